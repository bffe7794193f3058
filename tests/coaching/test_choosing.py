"""`--only`, `--skip` and `--rounds`: what is left of a routine, and what is said about it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import prescription, routines

from audiocoach.coaching.compiler import change_lines, compile_script
from audiocoach.errors import RoutineError
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Group, Routine
from audiocoach.routine.select import Dose, select

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
    chosen = select(routine, Dose(only=only, skip=skip))
    assert names(chosen) == left
    assert chosen.change.left_out == tuple(name for name in names(routine) if name not in left)


def test_what_is_left_of_a_group_keeps_its_rounds_and_rest() -> None:
    (group,) = select(loads(NESTED), Dose(only=["three"])).exercises
    assert isinstance(group, Group)
    assert (group.rounds, str(group.rest)) == (2, "20s")


def test_nothing_chosen_is_the_routine_itself() -> None:
    routine = loads(NESTED)
    assert select(routine, Dose()) is routine
    assert select(routine, Dose(rounds=1)) is routine
    assert change_lines(select(routine, Dose(only=["1", "2", "3", "4", "two"]))) == []


@pytest.mark.parametrize("name", ["", "0", "5", "-1", "1.0", "²", "٣", "tow", "x" * 10_000])
def test_an_exercise_there_is_not(name: str) -> None:
    for only, skip in (([name], []), ([], [name])):
        with pytest.raises(RoutineError) as error:
            select(loads(NESTED), Dose(only=only, skip=skip))
        assert "there are: 1 one, 2 two, 3 three, 4 2" in str(error.value)
        assert "\n" not in str(error.value)
        assert ("did you mean 'two'" in str(error.value)) == (name == "tow")


def test_nothing_left_is_an_error() -> None:
    with pytest.raises(RoutineError, match="no exercise is left"):
        select(loads(NESTED), Dose(only=["one"], skip=["1"]))


@settings(max_examples=60, deadline=None)
@given(routine=routines(), rounds=st.integers(2, 4))
def test_rounds_repeat_what_is_prescribed(routine: Routine, rounds: int) -> None:
    assert prescription(select(routine, Dose(rounds=rounds))) == prescription(routine) * rounds


@settings(max_examples=60, deadline=None)
@given(routine=routines(), data=st.data())
def test_any_choice_leaves_what_was_chosen_in_order(routine: Routine, data: st.DataObject) -> None:
    count = len(names(routine))
    chosen = data.draw(st.sets(st.integers(1, count), min_size=1))
    if any(names(routine)[number - 1].isdigit() for number in chosen):
        return
    left = select(routine, Dose(only=[str(number) for number in chosen]))
    assert names(left) == [names(routine)[number - 1] for number in sorted(chosen)]
    compile_script(left)


def test_the_original_is_untouched() -> None:
    routine = load("foot-care")
    before = routine.model_dump()
    select(routine, Dose(only=["2"], rounds=3))
    assert routine.model_dump() == before
    assert change_lines(routine) == []
