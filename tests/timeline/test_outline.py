"""The outline: nothing of the timeline lost or doubled, and as much of each as is prescribed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from strategies import examples, routines, timeline_of

from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Exercise, Routine, Sides
from audiocoach.routine.unfold import blocks, rest_after, turns
from audiocoach.timeline import Timeline
from audiocoach.timeline.outline import Part, Unit, outline
from audiocoach.timeline.script import Gap, Glue, Interval, IntervalKind, MarkerKind

_Place = tuple[int, int, int, str | None, int]
"""Exercise, round, set, side and variant."""


def told(exercises: str) -> tuple[Part, ...]:
    return outline(timeline_of(loads(f"title: T\nlanguage: en\nexercises: [{exercises}]\n")))


def units(parts: tuple[Part, ...]) -> list[Unit]:
    return [unit for part in parts for passage in part.passages for unit in passage.units]


# as the timeline is


@settings(max_examples=examples(100))
@given(routines())
def test_nothing_is_lost_or_doubled(routine: Routine) -> None:
    timeline = timeline_of(routine)
    found = outline(timeline)
    assert found[0].start == 0
    assert found[-1].end == timeline.total
    assert all(one.end == two.start for one, two in pairwise(found))
    assert [cue for part in found for cue in part.cues] == list(timeline.cues)
    assert [span for part in found for span in part.spans] == list(timeline.spans)
    for part in found:
        check_passages(part)


def check_passages(part: Part) -> None:
    """All that is done stands in them in order, and no pause or count-in comes between."""
    done = [
        (span.start, span.length, span.item)
        for span in part.spans
        if isinstance(span.item, Interval) and span.item.kind is not IntervalKind.COUNT_IN
    ]
    steps = [step for unit in units((part,)) for step in unit.steps]
    assert [(step.start, step.length, step.item) for step in steps] == done
    assert bool(done) >= (part.kind is MarkerKind.EXERCISE)
    apart = [
        span
        for span in part.spans
        if (isinstance(span.item, Gap) and span.item.glue is not Glue.RIGID and span.length)
        or (isinstance(span.item, Interval) and span.item.kind is IntervalKind.COUNT_IN)
    ]
    for passage in part.passages:
        assert part.start <= passage.start < passage.end <= part.end
        assert not [span for span in apart if passage.start <= span.start < passage.end]
        inside = [cue for cue in part.cues if passage.start <= cue.start < passage.end]
        assert list(passage.cues) == inside
    assert all(one.end <= two.start for one, two in pairwise(part.passages))


# as the routine prescribes


@settings(max_examples=examples(100))
@given(routines())
def test_as_many_reps_sets_and_rests_as_are_prescribed(routine: Routine) -> None:
    check_counts(routine)


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_every_bundled_routine_is_whole(name: str) -> None:
    check_counts(load(name))


def check_counts(routine: Routine) -> None:
    found = outline(timeline_of(routine))
    done: Counter[_Place] = Counter()
    rests: Counter[tuple[int, int]] = Counter()
    for unit in units(found):
        at = unit.address
        if unit.kind is not IntervalKind.REST:
            done[at.exercise, at.round, at.set, at.side, at.variant] += 1
        elif at.set:
            rests[at.exercise, at.round] += 1
    wanted_rests: Counter[tuple[int, int]] = Counter()
    wanted: Counter[_Place] = Counter()
    numbers: dict[tuple[int, ...], int] = {}
    rounds: Counter[int] = Counter()
    for turn in turns(routine):
        number = numbers.setdefault(turn.path, len(numbers) + 1)
        rounds[number] += 1
        for set_number, side, variant, reps in prescribed(turn.exercise):
            wanted[number, rounds[number], set_number, side, variant] += reps
        sets = range(1, turn.exercise.set_count + 1)
        wanted_rests[number, rounds[number]] += sum(
            rest_after(turn.exercise, each) is not None for each in sets
        )
        if turn.exercise.side_rest:
            changes = len(turn.exercise.sides.blocks) - 1
            wanted_rests[number, rounds[number]] += changes * turn.exercise.set_count
    assert done == wanted
    assert rests == +wanted_rests
    exercises = [part.address for part in found if part.kind is MarkerKind.EXERCISE]
    assert [(at.exercise, at.round) for at in exercises] == list(wanted_rests)
    for part in found:
        numbered = [unit.address.rep for unit in units((part,)) if unit.address.rep]
        assert all(two in (one + 1, 1) for one, two in pairwise(numbered))


def prescribed(exercise: Exercise) -> Iterator[tuple[int, str | None, int, int]]:
    """Set, side, variant and how many reps, as the unfolded routine has them."""
    for block in blocks(exercise):
        variant = exercise.each.index(block.variant) + 1 if block.variant else 0
        if exercise.sides is Sides.ALTERNATING:
            yield block.set_number, "right", variant, block.reps
            yield block.set_number, "left", variant, block.reps
        else:
            yield block.set_number, block.side, variant, 1 if exercise.way.whole_set else block.reps


# where things stand


def test_the_same_exercise_in_a_later_round_keeps_its_number() -> None:
    found = told(
        "{rounds: 2, rest: 30s, exercises: [{name: a, hold: 3s}, {name: b, hold: 4s}]}, "
        "{name: c, hold: 5s}"
    )
    assert [(part.title, part.address.exercise, part.again) for part in found] == [
        ("Welcome", 0, False),
        ("A", 1, False),
        ("B", 2, False),
        ("Round 2 of 2", 0, False),
        ("A", 1, True),
        ("B", 2, True),
        ("C", 3, False),
        ("Close", 0, False),
    ]
    assert [unit.kind for unit in units((found[3],))] == [IntervalKind.REST]


def test_a_rep_has_its_steps_and_its_place() -> None:
    *_, part, _close = told(
        "{name: a, limb: leg, sides: right-then-left, each: [in, out], reps: 2, tempo: 3-1-2-0}"
    )
    assert [passage.side for passage in part.passages] == ["right leg"] * 2 + ["left leg"] * 2
    places = [
        (unit.address.side, unit.address.variant, unit.address.rep, len(unit.steps))
        for unit in units((part,))
    ]
    assert places == [
        (side, variant, rep, 3)
        for side in ("right", "left")
        for variant in (1, 2)
        for rep in (1, 2)
    ]


def test_sets_with_a_rest_between_are_one_passage_unless_a_side_begins() -> None:
    *_, part, _close = told("{name: a, sets: 3, work: 20s, rest: 15s}")
    (passage,) = part.passages
    kinds = [(unit.kind.value, unit.address.set) for unit in passage.units]
    assert kinds == [("work", 1), ("rest", 1), ("work", 2), ("rest", 2), ("work", 3)]
    *_, part, _close = told("{name: a, sides: right, sets: 2, work: 20s, rest: 15s}")
    assert [len(passage.units) for passage in part.passages] == [2, 1]


def test_a_phase_that_is_called_rest_is_none() -> None:
    *_, part, _close = told("{name: a, reps: 4, phases: [{say: rest, time: 5s}]}")
    (passage,) = part.passages
    assert [unit.kind for unit in passage.units] == [IntervalKind.PHASE] * 4


def test_a_rest_by_the_clock_is_no_part_of_the_rep_before() -> None:
    group = "{rounds: 1, rest_between: 10s, exercises: ["
    group += "{name: a, reps: 3, phases: [{say: Up, time: 2s}]}, {name: b, hold: 3s}]}"
    part = next(part for part in told(group) if part.address.exercise == 1)
    assert [unit.kind.value for unit in units((part,))] == ["phase"] * 3 + ["rest"]


def test_a_timeline_without_headings_is_one_part() -> None:
    timeline = timeline_of(loads("title: T\nlanguage: en\nexercises: [{name: x, hold: 3s}]\n"))
    fields = (timeline.spans, timeline.total, timeline.fit)
    (part,) = outline(Timeline("bare", "en", timeline.cues, (), *fields))
    assert (part.title, part.start, part.end) == ("Bare", 0, timeline.total)
    assert len(units((part,))) == 1
