"""Who holds longer than before hears how long, at the latest as the hold begins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from heard_in import timeline
from heard_reps import text

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import Interval, IntervalKind

HOLD = "hold: [10s, 15s, 20s]"
SETS = (
    *("", ", reps: 2", ", sides: right-then-left", ", sides: alternating, reps: 2"),
    *(", start: Lift it.", ", load: [2 kg, 3 kg, 4 kg]", ", sides: right-then-left, side_rest: 3s"),
    *(
        ", act: {say: Up, time: 1s}, release: {say: Down, time: 2s}",
        ", each: [{name: A}, {name: B}]",
    ),
)
RESTS = ("", "2s", "3s", "5s", "20s")
BREATHS = (
    "{name: quick, reps: 3, phases: [{say: In, time: 1500ms}, {say: Out, time: 1500ms}]}",
    "{name: slow, reps: 3, phases: [{say: In, time: 4s}, {say: Out, time: 4s}]}",
    "{name: squat, reps: 3, tempo: 2-0-1-0}",
    "{name: march, work: 25s}",
)
BETWEEN = ("0s", "[0s, 0s, 5s]", "[0s, 0s, 15s]", "3s", "5s")


def untold(language: str, of: Timeline) -> list[str]:
    """What is heard before each hold that is longer than the last one, where that is not told."""
    holds = [
        span
        for span in of.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.HOLD
        if span.item.span.natural in (10_000, 15_000, 20_000)
    ]
    assert len(holds) > 2
    found = []
    for before, hold in pairwise(holds):
        assert isinstance(before.item, Interval)
        assert isinstance(hold.item, Interval)
        length = hold.item.span.natural
        said = [text(each) for each in of.cues if before.end <= each.start <= hold.start + 9_600]
        told = phrases_for(language).inline("count-seconds", seconds=length // 1000).casefold()
        if length != before.item.span.natural and not any(told in each.casefold() for each in said):
            found.append(" ".join(said))
    return found


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", RESTS)
def test_it_is_heard_in_each_set_however_short_the_rest(language: str, rest: str) -> None:
    for more in SETS:
        rests = f", rest: {rest}" if rest else ""
        of = timeline(f"- {{name: X, {HOLD}{rests}{more}}}", language, 90)
        assert untold(language, of) == [], more


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("between", BETWEEN)
def test_it_is_heard_in_each_round_of_breaths(language: str, between: str) -> None:
    for first in BREATHS:
        for act in ("", ", act: {time: 1s}, release: {say: In, time: 2s}"):
            group = f"""
            - rounds: 3
              rest_between: {between}
              exercises:
                - {first}
                - {{name: empty hold, {HOLD}{act}}}
                - {{name: rest, hold: 12s, act: {{time: 1s}}, release: {{time: 2s}}}}
            """
            assert untold(language, timeline(group, language, 90)) == [], (first, act)
    phrases = phrases_for(language)
    of = timeline("- {name: X, hold: [10s, 15s], rest: 20s}", language, 90)
    told = phrases("cue.hold-for", seconds=phrases.inline("count-seconds", seconds=15))
    assert told not in map(text, of.cues), "the rest has told it"
