"""Reps of any kind: no number is taken for another; nobody misses a side, or the last rep."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from heard_reps import Numbers, done, groups, left_out, text
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coachings, examples, exercises, hurried_lengths, routine_of

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.settings.values import Count, Direction
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import Address


def timeline_of(of: Script) -> Timeline:
    return fit(of, hurried_lengths(of, 0))


@settings(max_examples=examples(150))
@given(exercise=exercises(), coaching=coachings(), language=st.sampled_from(languages()))
def test_no_number_is_followed_by_one_it_does_not_belong_to(
    exercise: dict[str, Any], coaching: Coaching, language: str
) -> None:
    """In one time the seconds go one way, and none comes after the number of a rep."""
    reads = Numbers(language)
    timeline = timeline_of(compile_script(routine_of(exercise, language=language), coaching))
    count = exercise.get("coaching", {}).get("count", coaching.count)
    auto = coaching.count_direction is Direction.AUTO and count == Count.AUTO
    for rep in groups(timeline):
        ways = set()
        for _, cues in rep:
            seconds = [n for cue in cues if (n := reads.second(cue)) is not None]
            ways |= {after > before for before, after in pairwise(seconds)}
            numbered = [place for place, cue in enumerate(cues) if reads.is_rep(cue)]
            if numbered:
                later = [text(cue) for cue in cues[numbered[0] + 1 :] if reads.second(cue)]
                assert not later, [text(cue) for cue in cues]
        assert len(ways) < 2 or not auto, [[text(cue) for cue in cues] for _, cues in rep]


@settings(max_examples=examples(150))
@given(exercise=exercises(), language=st.sampled_from(languages()))
def test_the_last_rep_is_announced_whatever_fills_it(
    exercise: dict[str, Any], language: str
) -> None:
    """Before it begins; where no word has room in the rep before, with its first word.

    Where all is too short for that as well, a note says so.
    """
    reads = Numbers(language)
    timeline = timeline_of(compile_script(routine_of(exercise, language=language)))
    totals = _totals(timeline)
    reps = list(groups(timeline))
    pair = 2 if exercise["sides"] == "alternating" else 1
    for place, ((opening, first), *_) in enumerate(reps):
        address = opening.item.address  # type: ignore[union-attr]
        total = totals[address.exercise, address.set, address.variant, _one(address, pair)]
        before = [each for rep in reps[max(0, place - pair) : place] for each in rep]
        if total <= pair or address.rep != total:
            continue
        heard_before = [cue for _, cues in before for cue in cues]
        spoken = [cue for cue in first if isinstance(cue.sound, Utterance)]
        heard = any(map(reads.is_last, [*heard_before, *spoken[:1]]))
        assert heard or any(map(reads.is_last, left_out(timeline))), [*map(text, heard_before)]


def _one(address: Address, pair: int) -> str | None:
    return None if pair > 1 else address.side


def _totals(timeline: Timeline) -> dict[tuple[object, ...], int]:
    totals: dict[tuple[object, ...], int] = {}
    for span, _ in done(timeline):
        at = span.item.address  # type: ignore[union-attr]
        for side in {at.side, None}:
            key = (at.exercise, at.set, at.variant, side)
            totals[key] = max(at.rep, totals.get(key, 0))
    return totals


@settings(max_examples=examples(150))
@given(exercise=exercises(), language=st.sampled_from(languages()))
def test_no_count_begins_right_behind_another_one(exercise: dict[str, Any], language: str) -> None:
    """From phase to phase, and rep to rep: "two, one, two" is no count at all."""
    reads = Numbers(language)
    timeline = timeline_of(compile_script(routine_of(exercise, language=language)))
    for (done_before, before), (span, cues) in pairwise(done(timeline)):
        worded = before and reads.second(before[0]) is None  # else one count follows the other
        if worded and cues and span.start == done_before.end:
            last, first = reads.second(before[-1]), reads.second(cues[0])
            assert last is None or first is None or last < first, [*map(text, [*before, *cues])]
