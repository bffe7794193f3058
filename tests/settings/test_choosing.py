"""The dose flags: what becomes of a routine, and what is said about it."""

from __future__ import annotations

from itertools import zip_longest
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, prescription, routines

from audiocoach.coaching.compiler import change_lines, compile_script
from audiocoach.delivery.prescription import dose_table
from audiocoach.errors import RoutineError
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Change, Group, Routine, Sides
from audiocoach.routine.select import select
from audiocoach.routine.unfold import turns

NESTED = """
title: Nested
language: en
exercises:
  - {name: one, hold: 1s}
  - rounds: 2
    rest: 20s
    exercises:
      - {name: two, hold: 2s}
      - exercises:
          - {name: three, hold: 3s}
  - {name: "2", hold: 4s}
"""


def names(routine: Routine) -> list[str]:
    return [exercise.name for exercise in routine.all_exercises()]


@pytest.mark.parametrize(
    ("only", "skip", "left"),
    [
        ([], [], ["one", "two", "three", "2"]),
        (["three", "ONE "], [], ["one", "three"]),
        ([], ["two"], ["one", "three", "2"]),
        (["1", "3"], ["three"], ["one"]),
        (["2"], [], ["2"]),  # a name is stronger than a number
        (["4"], [], ["2"]),
        (["one", "one"], [], ["one"]),
    ],
)
def test_what_is_left(only: list[str], skip: list[str], left: list[str]) -> None:
    routine = loads(NESTED)
    chosen = select(routine, only=only, skip=skip)
    assert names(chosen) == left
    assert chosen.change.left_out == tuple(name for name in names(routine) if name not in left)


def test_what_is_left_of_a_group_keeps_its_rounds_and_rest() -> None:
    (group,) = select(loads(NESTED), only=["three"]).exercises
    assert isinstance(group, Group)
    assert (group.rounds, str(group.rest)) == (2, "20s")


def test_nothing_chosen_is_the_routine_itself() -> None:
    routine = loads(NESTED)
    assert select(routine) is routine
    assert select(routine, rounds=1) is routine
    assert change_lines(select(routine, only=["1", "2", "3", "4", "two"])) == []


@pytest.mark.parametrize("name", ["", "0", "5", "-1", "1.0", "²", "٣", "tow", "x" * 10_000])
def test_an_exercise_there_is_not(name: str) -> None:
    for only, skip in (([name], []), ([], [name])):
        with pytest.raises(RoutineError) as error:
            select(loads(NESTED), only=only, skip=skip)
        assert "there are: 1 one, 2 two, 3 three, 4 2" in str(error.value)
        assert "\n" not in str(error.value)
        assert ("did you mean 'two'" in str(error.value)) == (name == "tow")


def test_nothing_left_is_an_error() -> None:
    with pytest.raises(RoutineError, match="no exercise is left"):
        select(loads(NESTED), only=["one"], skip=["1"])


@settings(max_examples=examples(60))
@given(routine=routines(), rounds=st.integers(2, 4))
def test_rounds_repeat_what_is_prescribed(routine: Routine, rounds: int) -> None:
    assert prescription(select(routine, rounds=rounds)) == prescription(routine) * rounds


@settings(max_examples=examples(60))
@given(routine=routines(), data=st.data())
def test_any_choice_leaves_what_was_chosen_in_order(routine: Routine, data: st.DataObject) -> None:
    count = len(names(routine))
    chosen = data.draw(st.sets(st.integers(1, count), min_size=1))
    if any(names(routine)[number - 1].isdigit() for number in chosen):
        return
    left = select(routine, only=[str(number) for number in chosen])
    assert names(left) == [names(routine)[number - 1] for number in sorted(chosen)]
    compile_script(left)


SIDED = """
title: Sided
language: en
exercises:
  - {name: lunge, sides: right-then-left, reps: 8, hold: 1s}
  - {name: march, sides: alternating, sets: 3, reps: 10, rep_duration: 1s}
  - rounds: 2
    exercises:
      - {name: kick, sides: left, work: 20s}
  - {name: plank, sets: 2, hold: 30s}
"""
OTHER_SIDE_TOO = ["right-then-left", "alternating", "left-then-right", "both"]


@pytest.mark.parametrize(
    ("wanted", "sides"),
    [
        ("right", ["right", "right", "right", "both"]),
        ("left", ["left", "left", "left", "both"]),
        ("both", OTHER_SIDE_TOO),
    ],
)
def test_sides_are_for_exercises_that_have_them(
    wanted: Literal["right", "left", "both"], sides: list[str]
) -> None:
    chosen = select(loads(SIDED), sides=wanted)
    assert [exercise.sides.value for exercise in chosen.all_exercises()] == sides
    assert chosen.change == Change(sides=wanted)


def test_sets_are_for_all_and_reps_for_exercises_that_have_them() -> None:
    chosen = select(loads(SIDED), sets=2, reps=5)
    found = [(exercise.sets, exercise.reps) for exercise in chosen.all_exercises()]
    assert found == [(2, 5), (2, 5), (2, None), (2, None)]
    assert chosen.change == Change(sets=2, reps=5)
    assert isinstance(chosen.exercises[2], Group)
    assert chosen.exercises[2].rounds == 2


def test_what_is_so_already_is_no_change() -> None:
    routine = loads(SIDED)
    kick = select(routine, only=["kick", "plank"])
    assert select(kick, reps=3) is kick
    assert select(loads(NESTED), sides="left", sets=1).change == Change()
    leveled = loads(SIDED.replace("reps: 8", "reps: 8-9"))
    assert select(leveled, level="beginner") is leveled


def test_rounds_repeat_what_could_not_be_written_so() -> None:
    by_side = loads(SIDED.replace("hold: 1s", "hold: {right: 1s, left: 2s}"))
    assert len(list(turns(select(by_side, sides="left", rounds=2)))) == 10
    by_level = loads(SIDED.replace("sets: 2, ", "rest: 9s, sets: {beginner: 1, advanced: 2}, "))
    assert len(list(turns(select(by_level, rounds=2)))) == 10


def test_a_level_the_routine_does_not_have_is_an_error() -> None:
    with pytest.raises(RoutineError, match="the same at every level; leave --level out"):
        select(loads(NESTED), level="advanced")


def test_every_change_is_told_in_one_sentence() -> None:
    chosen = select(loads(SIDED), skip=["1"], sides="both", sets=1, reps=1, rounds=2)
    assert change_lines(chosen) == [
        "Your choice: without lunge.",
        "Your choice: both sides.",
        "Your choice: one set of each exercise.",
        "Your choice: one rep in each set.",
        "Your choice: two rounds.",
    ]
    assert dose_table(chosen).splitlines()[1:6] == change_lines(chosen)
    for level in ("beginner", "intermediate", "advanced"):
        (line,) = change_lines(loads(SIDED).changed((), Change(level=level)))
        assert line.startswith("Your choice: the ")
        assert level in line


@settings(max_examples=examples(40))
@given(
    routine=routines(),
    sides=st.sampled_from(["right", "left", "both", None]),
    sets=st.none() | st.integers(1, 5),
    reps=st.none() | st.integers(1, 9),
)
def test_any_other_dose_can_be_told(
    routine: Routine,
    sides: Literal["right", "left", "both"] | None,
    sets: int | None,
    reps: int | None,
) -> None:
    chosen = select(routine, sides=sides, sets=sets, reps=reps)
    try:
        compile_script(chosen)
    except RoutineError as error:
        assert "until is too short" in str(error)  # noqa: PT017 - most doses can be told
    for before, now in zip(routine.all_exercises(), chosen.all_exercises(), strict=True):
        assert now.set_count == (sets or before.set_count)
        assert (now.sides is Sides.BOTH) == (before.sides is Sides.BOTH)
        for field in ("reps", "hold", "work", "load"):
            value, former = getattr(now, field), getattr(before, field)
            if field == "reps" and reps and (former or before.until):
                assert value == ((reps,) * now.set_count if isinstance(former, tuple) else reps)
            elif isinstance(former, tuple):  # the first ones, and after them the last one again
                ends = zip_longest(value, former[: now.set_count], fillvalue=former[-1])
                assert all(one == other for one, other in ends)
            else:
                assert value == former
        unlike = {"sets", "reps", "until", "hold", "work", "load", "rest", "sides"}
        assert now.model_dump(exclude=unlike) == before.model_dump(exclude=unlike)
        assert now.problem("name", "") == before.problem("name", "")


def test_the_original_is_untouched() -> None:
    routine = load("foot-care")
    before = routine.model_dump()
    select(routine, only=["2"], rounds=3, sides="left", sets=4, reps=2)
    assert routine.model_dump() == before
    assert change_lines(routine) == []
