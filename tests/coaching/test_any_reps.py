"""Reps of any kind: no number is taken for another; nobody misses a side, or the last rep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from blocks import by_address
from catalogues import said_as
from heard_reps import Numbers, done, groups, left_out, text
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coachings, examples, exercises, hurried_lengths, routine_of

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import side_name
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine
from audiocoach.routine.values import SideNames
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Count, Direction, Side
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import SAMPLE_RATE, Address, Interval
from audiocoach.timeline.timeline import PlacedCue, PlacedSpan


def address(rep: list[tuple[PlacedSpan, list[PlacedCue]]]) -> Address:
    item = rep[0][0].item
    assert isinstance(item, Interval)
    return item.address


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
@given(exercise=exercises(breaths=True), language=st.sampled_from(languages()))
def test_the_last_rep_is_announced_whatever_fills_it(
    exercise: dict[str, Any], language: str
) -> None:
    """Before it begins; where no word has room in the rep before, with its first word.

    Where all is too short for that as well, a note says so.
    """
    routine = routine_of(exercise, language=language, breath={"inhale": "4s", "exhale": "5s"})
    assert [*unannounced(routine, timeline_of(compile_script(routine)))] == []


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_so_it_is_in_what_is_bundled(name: str) -> None:
    routine = load(name)
    if not resolve({}, {}, routine).settings.last_one:
        return  # as it asks for
    script = compile_script(routine, resolve({}, {}, routine).settings)
    assert [*unannounced(routine, timeline_of(script))] == []


def unannounced(routine: Routine, timeline: Timeline) -> Iterator[tuple[Address, list[str]]]:
    """Each last rep that nothing announces, with what is heard in the one before."""
    reads, totals, known = Numbers(routine.language), _totals(timeline), by_address(routine)
    noted = any(map(reads.is_last, left_out(timeline)))
    reps = list(groups(timeline))
    for place, rep in enumerate(reps):
        at = address(rep)
        pair = known[at.exercise, at.round][0].exercise.sides.in_turn
        total = totals[_block(at, at.side if pair == 1 else None)]
        if total <= pair or at.rep != total:
            continue
        before = [
            cue for each in reps[max(0, place - pair) : place] for _, cues in each for cue in cues
        ]
        spoken = [cue for cue in rep[0][1] if isinstance(cue.sound, Utterance)]
        if not noted and not any(map(reads.is_last, [*before, *spoken[:1]])):
            yield at, [*map(text, before)]


def _block(at: Address, side: Side | None) -> Address:
    return replace(at, side=side, rep=0)


def _totals(timeline: Timeline) -> dict[Address, int]:
    totals: dict[Address, int] = {}
    for span, _ in done(timeline):
        at = span.item.address  # type: ignore[union-attr]
        for side in {at.side, None}:
            key = _block(at, side)
            totals[key] = max(at.rep, totals.get(key, 0))
    return totals


def in_phases() -> st.SearchStrategy[dict[str, Any]]:
    """Reps of phases of a few seconds, some without a word."""
    phase = st.fixed_dictionaries(
        {"time": st.integers(1, 8).map(lambda n: f"{n}s")},
        optional={"say": st.sampled_from(["Palm up", "Hold it there", "Down"])},
    )
    phases = st.lists(phase, min_size=2, max_size=4)
    return phases.map(lambda told: {"name": "X", "reps": 3, "phases": told})


@settings(max_examples=examples(150))
@given(exercise=exercises() | in_phases(), language=st.sampled_from(languages()))
def test_no_count_begins_right_behind_another_one(exercise: dict[str, Any], language: str) -> None:
    """From phase to phase, and rep to rep: "two, one, two" is no count at all."""
    reads, routine = Numbers(language), routine_of(exercise, language=language)
    timeline = timeline_of(compile_script(routine))
    goes = {
        f"{go}."
        for each in routine.all_exercises()
        for go in (each.go, *(one.go for one in each.each))
    }
    for (done_before, before), (span, cues) in pairwise(done(timeline)):
        # Else one count follows the other, or a word to go that all begin with.
        worded = before and reads.second(before[0]) is None and text(before[0]) not in goes
        if worded and cues and span.start == done_before.end:
            last, first = reads.second(before[-1]), reads.second(cues[0])
            assert last is None or first is None or last < first, [*map(text, [*before, *cues])]


@settings(max_examples=examples(150))
@given(exercise=exercises(sides="alternating"), language=st.sampled_from(languages()))
def test_whose_turn_it_is_is_heard_of_each_rep(exercise: dict[str, Any], language: str) -> None:
    """At the end of the rep before, or with its own first word; or a note says it is left out.

    The number of a pair may stand for its first side: everybody knows by then which that is.
    """
    routine, reads = routine_of(exercise, language=language), Numbers(language)
    script, phrases = compile_script(routine), phrases_for(language)
    timeline = timeline_of(script)
    (told,) = routine.all_exercises()
    own = bool(told.phases) and isinstance(told.phases[0].say, SideNames)
    noted = [text(note).casefold() for note in left_out(timeline)]
    landmarks = {
        each.rstrip(".").casefold()
        for key in ("cue.reps-halfway", "cue.two-pairs")
        for each in said_as(language, key)
    }
    for before, rep in pairwise(groups(timeline)):
        at, lasts = address(rep), rep[-1][0].end - rep[0][0].start
        if at.rep == 1 or not at.side or own:
            continue
        spoken = [cue for cue in rep[0][1] if isinstance(cue.sound, Utterance)]
        said = [*before[-1][1], *spoken[:1]]
        other = phrases("cue.side-only", side=at.side), phrases("cue.rep-other-side")
        names = {
            each.rstrip(".").casefold() for each in (side_name(phrases, told, at.side), *other)
        }
        lines = [*(text(cue).casefold() for cue in said), *noted]
        if not any(name in line for name in names for line in lines):
            quick = lasts < 2 * SAMPLE_RATE
            assert at.rep % 2 or quick, (lines, at)
            instead = any(mark in line for mark in landmarks for line in lines)
            assert instead or any(map(reads.is_rep, said)) or quick, (lines, at)
