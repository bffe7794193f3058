"""Variants that are held one after the other in a position that is not left between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from heard_in import text, timeline
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples, routine_of

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.timeline import fit
from audiocoach.timeline.script import SAMPLES_PER_MS, Interval, IntervalKind

ONE_LEG = """
- name: X
  hold: 10s
  sides: right
  start: Z.
  each: [A, B, C]
"""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("finish", ["", "  finish: Q."])
def test_nobody_releases_what_no_start_leads_into_again(language: str, finish: str) -> None:
    phrases = phrases_for(language)
    heard = [text(cue.sound) for cue in timeline(ONE_LEG + finish, language).cues]
    released = f"{phrases('cue.release')}."
    left = phrases("cue.leave")
    stays = [heard.index(phrases("cue.other", variant=name)) - 1 for name in ("B", "C")]
    ways = [phrases.worded("cue.stay", name) for name in phrases.wordings("cue.stay")]
    assert [heard[place] for place in stays] == ways
    assert heard.count("Z.") == 1
    assert heard.count("Q.") == bool(finish)
    assert heard.count(left) == (not finish)
    assert released not in heard


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("way", ["work: 5s", "work: 20s"])
def test_nobody_leaves_a_position_in_which_something_else_is_worked(
    way: str, language: str
) -> None:
    """As behind a hold; "stop" is for the end of the last."""
    phrases = phrases_for(language)
    worked = ONE_LEG.replace("hold: 10s", way).replace("[A, B, C]", "[A, B]")
    heard = [text(cue.sound) for cue in timeline(worked, language).cues]
    before = heard[heard.index(phrases("cue.other", variant="B")) - 1]
    assert before in [phrases.worded("cue.stay", name) for name in phrases.wordings("cue.stay")]
    assert heard.count(phrases("cue.stop")) == 1


LONGEST_HELD_MS = 6_000
_ways = st.lists(st.integers(1, 60).map(lambda letters: "a" * letters), min_size=2, max_size=3)


@settings(max_examples=examples(60))
@given(
    names=_ways,
    finish=st.sampled_from(["", "Foot down."]),
    countdown=st.sampled_from([0, 3, 5]),
    rate=st.sampled_from([0.7, 1.0, 1.3]),
    language=st.sampled_from(languages()),
)
def test_from_one_hold_to_the_next_a_position_is_left_or_kept_for_six_seconds(
    names: list[str], finish: str, countdown: int, rate: float, language: str
) -> None:
    """However long the session is made, and from the end of the one until the other begins."""
    step = {"name": "X", "hold": "15s", "start": "Foot up.", "each": names}
    routine = routine_of({**step, **({"finish": finish} if finish else {})}, language=language)
    coaching, leave = Coaching(countdown=countdown, rate=rate), phrases_for(language)("cue.leave")
    script = compile_script(routine, coaching)
    lengths = clip_lengths(script.sounds(), 0)
    natural = fit(script, lengths)
    for of in (natural, fit(script, lengths, natural.fit.longest)):
        holds = [
            span
            for span in of.spans
            if isinstance(span.item, Interval) and span.item.kind is IntervalKind.HOLD
        ]
        for before, after in pairwise(holds):
            between = [text(cue.sound) for cue in of.cues if before.end <= cue.start < after.start]
            if {finish or leave} & {*between}:
                assert "Foot up." in between
            else:
                assert after.start - before.end <= LONGEST_HELD_MS * SAMPLES_PER_MS
