"""Levels and ranges of ability: who does how much, wherever a value stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.errors import RoutineError
from audiocoach.routine.levels import Level
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Group, Routine
from audiocoach.routine.times import Source, Time

H = "title: T\nlanguage: en\nexercises:\n"
E = H + "  - name: squat\n"


def at(text: str, level: str) -> Routine:
    return loads(text).at_level(Level(level))


def by_level(text: str, *fields: str) -> list[Any]:
    """What the fields of the first exercise hold, from beginner to advanced."""
    firsts = [next(at(text, level).all_exercises()) for level in Level]
    return [tuple(getattr(first, field) for field in fields) for first in firsts]


def seconds(*numbers: int) -> list[tuple[Time]]:
    return [(Time.prescribed(number * 1000),) for number in numbers]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{beginner: 5, intermediate: 8, advanced: 10}", [5, 8, 10]),
        ("{advanced: 10, beginner: 5}", [5, 5, 10]),
        ("{beginner: 5}", [5, 5, 5]),
        ("{intermediate: 8}", [8, 8, 8]),
        ("{intermediate: 8, advanced: 10}", [8, 8, 10]),
        ("{beginner: 5, intermediate: {beginner: 6, intermediate: 7}}", [5, 7, 7]),
        ("8-12", [8, 10, 12]),
        ("8-11", [8, 9, 11]),
        ("1\N{EN DASH}2", [1, 1, 2]),
        ("{beginner: 5, advanced: 8-12}", [5, 5, 12]),
    ],
)
def test_a_count_for_each_level(written: str, meant: list[int]) -> None:
    text = E + f"    hold: 3s\n    reps: {written}\n"
    assert by_level(text, "reps") == [(count,) for count in meant]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3-10s", seconds(3, 6, 10)),
        ("1:00-1:30", seconds(60, 75, 90)),
        ("10s-15s", seconds(10, 12, 15)),
        ("500ms-2s", [(Time.prescribed(ms),) for ms in (500, 1250, 2000)]),
        (
            "[3-5s, 10s]",
            [((Time.prescribed(n * 1000), Time.prescribed(10_000)),) for n in (3, 4, 5)],
        ),
    ],
)
def test_a_range_of_ability(written: str, meant: list[tuple[Time]]) -> None:
    assert by_level(E + f"    hold: {written}\n", "hold") == meant


def test_a_rest_and_a_phase_are_prescribed_ranges_and_the_same_for_everybody() -> None:
    routine = loads(E + "    reps: 3\n    phases: [{time: 5-10s}]\n    sets: 2\n    rest: 10-15s\n")
    (exercise,) = routine.all_exercises()
    assert routine.levels == ()
    assert exercise.phases[0].time == Time(5000, 10_000, 10_000, Source.RANGE)
    assert exercise.rest == Time(10_000, 15_000, 15_000, Source.RANGE)


def test_anything_can_be_written_by_level() -> None:
    text = (
        "title: {beginner: Gentle, advanced: Hard}\nlanguage: en\n"
        "duration: {beginner: 10min, advanced: 20min}\n"
        "exercises:\n"
        "  beginner:\n"
        "    - {name: sit, hold: 3s}\n"
        "  advanced:\n"
        "    - beginner: {name: never, hold: 3s}\n"
        "      advanced: {name: run, work: 1min, setup: {beginner: No., advanced: [Yes., Go.]}}\n"
        "    - rounds: {advanced: 3}\n"
        "      exercises: [{name: jump, work: 20s}]\n"
    )
    gentle, hard = at(text, "beginner"), at(text, "advanced")
    run, circuit = hard.exercises
    assert (gentle.title, gentle.duration, len(gentle.exercises)) == ("Gentle", 600_000, 1)
    assert (hard.title, hard.duration) == ("Hard", 1_200_000)
    assert isinstance(run, Exercise)
    assert isinstance(circuit, Group)
    assert [each.say for each in run.setup] == ["Yes.", "Go."]
    assert circuit.rounds == 3
    assert (run.line("setup"), circuit.exercises[0].line("work")) == (9, 11)


def test_a_breath_by_level() -> None:
    text = (
        "breath:\n  beginner: {inhale: 3s, exhale: 4s}\n"
        "  advanced: {inhale: 5s, exhale: {beginner: 1s, advanced: 7s}}\n"
        + E
        + "    hold: 2 breaths\n"
    )
    assert by_level(text, "hold") == seconds(14, 14, 24)


def test_the_routine_says_whose_level_is_taken_unasked() -> None:
    text = E + "    reps: 8-12\n    hold: 3s\n"
    for level, reps in (("beginner", 8), ("intermediate", 10), ("advanced", 12)):
        routine = loads(f"level: {level}\n{text}")
        (exercise,) = routine.all_exercises()
        assert exercise.reps == reps
        assert routine.at_level(Level(level)) == routine
    assert loads(text) == loads(text).at_level(Level.BEGINNER)


def test_every_level_knows_all_from_beginner_to_advanced() -> None:
    routine = loads("level: advanced\n" + E + "    hold: 3-9s\n")
    assert routine.levels == tuple(Level)
    for level in Level:
        assert routine.at_level(level).levels == tuple(Level)
        assert routine.at_level(level).at_level(Level.ADVANCED) == routine


def test_a_routine_that_is_the_same_for_everybody_has_no_levels() -> None:
    routine = loads(E + "    hold: 3s\n", name="mine.yaml")
    assert routine.levels == ()
    assert routine.at_level(Level.BEGINNER) is routine
    with pytest.raises(RoutineError) as told:
        routine.at_level(Level.ADVANCED)
    assert str(told.value) == (
        "mine.yaml: this routine is the same at every level; leave --level out"
    )


def test_what_has_an_effect_at_one_level_is_no_mistake_at_another() -> None:
    text = (
        "title: T\nlanguage: en\nexercises:\n"
        "  - {name: a, hold: 3s, sets: 1-3, rest: 30s}\n"
        "  - {name: b, reps: {beginner: 5, advanced: [5, 6]}, hold: 3s, rest: {advanced: [30s]}}\n"
        "  - rounds: {beginner: 1, advanced: 2}\n"
        "    rest: 1min\n"
        "    rest_between: 10s\n"
        "    exercises:\n"
        "      beginner: [{name: c, work: 9s}]\n"
        "      advanced: [{name: c, work: 9s}, {name: d, work: 9s}]\n"
    )
    sets = [[each.set_count for each in at(text, level).all_exercises()] for level in Level]
    assert sets == [[1, 1, 1], [2, 1, 1], [3, 2, 1, 1]]


@given(
    low=st.integers(1, 1000), more=st.integers(1, 999), step=st.sampled_from(["", "s", "ms", "min"])
)
def test_the_middle_lies_between_and_is_never_more_than_half_way(
    low: int, more: int, step: str
) -> None:
    high = min(low + more, 1000)
    if low == high:
        return
    field = "reps" if not step else "work"
    dose = f"hold: 3s, reps: {low}-{high}" if not step else f"work: {low}-{high}{step}"
    found = [
        value if isinstance(value, int) else value.natural
        for (value,) in by_level(H + f"  - {{name: a, {dose}}}\n", field)
    ]
    unit = {"": 1, "s": 1000, "ms": 1, "min": 60_000}[step]
    first, middle, last = found
    assert (first, last) == (low * unit, high * unit)
    assert first <= middle <= (first + last) / 2
    assert (first + last) / 2 - middle < max(1, 1000 if unit >= 1000 else 1)
