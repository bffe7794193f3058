"""What is done, in which order, and how much of it: the routine unfolded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Group, Routine
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import (
    Turn,
    blocks,
    rest_after,
    rest_between_rounds,
    round_count,
    turns,
    unfolded_reps,
)

H = "title: T\nlanguage: en\nexercises:\n"


def routine(steps: str) -> Routine:
    return loads(H + steps)


def only(step: str) -> Exercise:
    (exercise,) = routine(f"  - {step}\n").exercises
    assert isinstance(exercise, Exercise)
    return exercise


def group(steps: str) -> Group:
    (found,) = routine(steps).exercises
    assert isinstance(found, Group)
    return found


def told(exercise: Exercise) -> list[str]:
    """Each block in a line."""
    lines = []
    for block in blocks(exercise):
        time = block.named
        parts = (
            block.set_number,
            block.side,
            block.variant and block.variant.name,
            f"x{block.reps}",
            time,
        )
        lines.append(" ".join(str(part) for part in parts if part))
    return lines


# -- blocks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "lines"),
    [
        ("hold: 30s", ["1 x1 30s"]),
        ("reps: [8, 10], hold: 3s", ["1 x8 3s", "2 x10 3s"]),
        ("reps: [8, 10], hold: [3s, 4s]", ["1 x8 3s", "2 x10 4s"]),
        ("work: [20s, 30s], rest: 10s", ["1 x1 20s", "2 x1 30s"]),
        ("reps: 5, every: 60s, sets: 2", ["1 x5 1:00", "2 x5 1:00"]),
        ("reps: [5, 6], every: 60s", ["1 x5 1:00", "2 x6 1:00"]),
        (
            "reps: {right: 8, left: 12}, hold: 3s, sides: left-then-right",
            ["1 left x12 3s", "1 right x8 3s"],
        ),
        (
            "work: {right: 20s, left: 30s}, sides: right-then-left, sets: 2",
            ["1 right x1 20s", "1 left x1 30s", "2 right x1 20s", "2 left x1 30s"],
        ),
        ("reps: 5, hold: 3s, sides: left", ["1 left x5 3s"]),
        ("reps: 5, hold: 3s, sides: alternating", ["1 x5 3s"]),
        (
            "reps: [3, 4], tempo: 3-1-2-0, each: [in, out], sides: right-then-left",
            [
                *("1 right in x3", "1 right out x3", "1 left in x3", "1 left out x3"),
                *("2 right in x4", "2 right out x4", "2 left in x4", "2 left out x4"),
            ],
        ),
    ],
)
def test_every_block_has_plain_numbers_of_its_own(dose: str, lines: list[str]) -> None:
    assert told(only(f"{{name: squat, {dose}}}")) == lines


def test_the_user_may_begin_with_the_other_side() -> None:
    exercise = only("{name: a, hold: 3s, sides: right-then-left}")
    assert [block.side for block in blocks(exercise, "left")] == ["left", "right"]
    assert [block.side for block in blocks(exercise, "right")] == ["right", "left"]
    assert [block.side for block in blocks(only("{name: a, hold: 3s}"), "left")] == [None]


@pytest.mark.parametrize(
    ("dose", "rests"),
    [
        ("work: 20s, sets: 3, rest: 10s", ["10s", "10s", "None"]),
        ("work: 20s, sets: 3, rest: 10-15s", ["10s-15s", "10s-15s", "None"]),
        ("work: 20s, sets: 3, rest: [10s, 15s]", ["10s", "15s", "None"]),
        ("work: 20s, sets: 2, rest: [10s, 15s], rest_after_last: true", ["10s", "15s"]),
        ("work: 20s, rest: 10s, rest_after_last: true", ["10s"]),
        ("work: 20s, sets: 2", ["None", "None"]),
    ],
)
def test_a_rest_after_each_set_but_the_last(dose: str, rests: list[str]) -> None:
    exercise = only(f"{{name: squat, {dose}}}")
    numbers = range(1, exercise.set_count + 1)
    assert [str(rest_after(exercise, number)) for number in numbers] == rests


@pytest.mark.parametrize(
    ("dose", "reps"),
    [
        ("until: 5min, tempo: 3-1-2-0", 50),
        ("until: 1min, tempo: 3-1-2-1", 8),
        ("until: 7s, tempo: 3-1-2-1", 1),
        ("until: 1min, tempo: 3-1-2-0, sides: alternating", 5),
        ("until: 71.9s, tempo: 3-1-2-0, sides: alternating", 5),
        ("until: 12s, tempo: 3-1-2-0, sides: alternating", 1),
        ("until: 1min, rep_duration: 2.5s", 24),
        ("until: 1min, phases: [{time: 4s}, {time: 4s}]", 7),
        ("until: 1min, hold: 3s, act: {time: 1s}, release: {time: 2s}", 10),
        ("until: 2000s, rep_duration: 2s", 1000),
    ],
)
def test_as_many_whole_reps_as_fit_into_a_time(dose: str, reps: int) -> None:
    (block,) = blocks(only(f"{{name: squat, {dose}}}"))
    assert block.reps == reps


# -- rounds --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "exercises", "rounds"),
    [
        ("until: 5min", "[{name: a, work: 20s}, {name: b, work: 40s}]", 5),
        ("until: 299s", "[{name: a, work: 20s}, {name: b, work: 40s}]", 4),
        ("until: 90s, rest: 30s", "[{name: a, work: 30s}]", 2),
        ("until: 90s, rest: 20-30s", "[{name: a, work: 30s}]", 2),
        ("until: 90s, rest_between: 30s", "[{name: a, work: 30s}]", 2),
        ("until: 5min, rest_between: 15s", "[{name: a, work: 30s}, {name: b, work: 30s}]", 3),
        ("until: 60s, rest_between: 5s, rest: 1s", "[{name: a, hold: 3s}, {name: b, hold: 9s}]", 3),
        ("until: 60s", "[{name: a, work: 5s, sets: 2, rest: 10s}]", 3),
        ("until: 60s", "[{name: a, work: 5s, sets: 2, rest: 10s, rest_after_last: true}]", 2),
        ("until: 60s", "[{name: a, work: [5s, 10s], each: [in, out]}]", 2),
        ("until: 60s", "[{name: a, reps: 2, tempo: 1-1-1-0, sides: alternating}]", 5),
        ("until: 60s", "[{name: a, work: {right: 5s, left: 9s}, sides: right-then-left}]", 4),
        ("until: 10min", "[{name: a, reps: 5, every: 60s, sets: 3}]", 3),
        ("until: 60s", "[{rounds: 3, rest: 1s, exercises: [{name: a, work: 6s}]}]", 3),
        ("until: 60s", "[{until: 20s, exercises: [{name: a, work: 6s}]}]", 3),
        ("until: 60s", "[{rounds: 3, exercises: [{name: a, work: [1s, 2s, 3s]}]}]", 10),
        ("until: 60s", "[{rounds: 2, exercises: [{name: a, work: [1s, 2s, 3s]}]}]", 5),
        ("until: 18s", "[{name: a, work: [1s, 2s, 3s]}]", 3),
        ("rounds: 4", "[{name: a, reps: 3, hold: 3s}]", 4),
        ("name: x", "[{name: a, reps: 3, hold: 3s}]", 1),
    ],
)  # fmt: skip
def test_as_many_whole_rounds_as_fit_into_a_time(fields: str, exercises: str, rounds: int) -> None:
    assert round_count(group(f"  - {{{fields}, exercises: {exercises}}}\n")) == rounds


def test_a_dose_that_was_changed_may_leave_no_room_for_a_round() -> None:
    found = group("  - until: 1min\n    exercises: [{name: a, work: 20s}]\n")
    (exercise,) = found.exercises
    longer = exercise.model_copy(update={"work": Time.prescribed(61_000)})
    changed = found.model_copy(update={"exercises": (longer,)})
    with pytest.raises(RoutineError) as error:
        round_count(changed)
    assert str(error.value) == (
        "<routine>:4:5: until is too short: 1:00, and a round takes 1:01 by what is prescribed"
    )


def doses(steps: str) -> list[str]:
    return [
        f"{turn.exercise.name} {line}"
        for turn in turns(routine(steps))
        for line in told(turn.exercise)
    ]


def test_a_list_as_long_as_there_are_rounds_has_a_value_for_each() -> None:
    steps = (
        "  - rounds: 3\n"
        "    exercises:\n"
        "      - {name: a, reps: [21, 15, 9], hold: [3s, 2s, 1s]}\n"
        "      - exercises: [{name: b, work: [3s, 2s, 1s]}]\n"
        "      - {name: c, work: 9s}\n"
    )
    assert doses(steps) == [
        *("a 1 x21 3s", "b 1 x1 3s", "c 1 x1 9s"),
        *("a 1 x15 2s", "b 1 x1 2s", "c 1 x1 9s"),
        *("a 1 x9 1s", "b 1 x1 1s", "c 1 x1 9s"),
    ]


@pytest.mark.parametrize(
    ("fields", "dose"),
    [
        ("rounds: 3", "reps: [8, 9], hold: 1s"),
        ("rounds: 2", "reps: [8, 9], hold: 1s, sets: 2"),
        ("rounds: 2", "reps: [8, 9], hold: 1s, rest: 5s"),
        ("until: 4s", "work: [1s, 1s]"),
        ("until: 2s", "work: [1s, 1s]"),
    ],
)
def test_any_other_list_has_a_value_for_each_set(fields: str, dose: str) -> None:
    steps = f"  - {{{fields}, exercises: [{{name: a, {dose}}}]}}\n"
    found = [turn.exercise for turn in turns(routine(steps))]
    assert {exercise.set_count for exercise in found} == {2}
    assert len(found) == round_count(group(steps))


def seen(turn: Turn) -> tuple[str, tuple[int, ...], bool, str, str, str]:
    number = "{}/{}".format(*turn.round) if turn.round else ""
    ahead = " ".join(exercise.name for exercise in turn.ahead)
    return turn.exercise.name, turn.path, turn.again, number, str(turn.rest or ""), ahead


def test_turns_say_where_they_stand_and_what_begins_with_them() -> None:
    steps = (
        "  - {name: a, hold: 3s}\n"
        "  - rounds: 2\n"
        "    rest: 30s\n"
        "    exercises:\n"
        "      - {name: b, hold: 3s}\n"
        "      - rounds: 2\n"
        "        exercises: [{name: c, hold: 3s}]\n"
    )
    assert [seen(turn) for turn in turns(routine(steps))] == [
        ("a", (0,), False, "", "", ""),
        ("b", (1, 0), False, "", "", ""),
        ("c", (1, 1, 0), False, "", "", ""),
        ("c", (1, 1, 0), True, "2/2", "", ""),
        ("b", (1, 0), True, "2/2", "30s", ""),
        ("c", (1, 1, 0), True, "", "", ""),
        ("c", (1, 1, 0), True, "2/2", "", ""),
    ]


def test_a_circuit_by_the_clock_rests_before_all_but_the_first() -> None:
    steps = (
        "  - rounds: 2\n"
        "    rest_between: 15s\n{}"
        "    exercises: [{{name: a, work: 30s}}, {{name: b, work: 30s}}, {{name: c, work: 30s}}]\n"
    )
    rest = "    rest: 1min\n"
    for more, between in ((rest, "1:00"), ("", "15s")):
        assert [seen(turn) for turn in turns(routine(steps.format(more)))] == [
            ("a", (0, 0), False, "", "", "b c"),
            ("b", (0, 1), False, "", "15s", ""),
            ("c", (0, 2), False, "", "15s", ""),
            ("a", (0, 0), True, "2/2", between, ""),
            ("b", (0, 1), True, "", "15s", ""),
            ("c", (0, 2), True, "", "15s", ""),
        ]
        assert str(rest_between_rounds(group(steps.format(more)))) == between


def test_what_unfolds_to_billions_is_counted_at_once() -> None:
    deep = "[{name: a, reps: 1000, sets: 1000, hold: 1s, sides: alternating}]"
    for _ in range(5):
        deep = f"[{{rounds: 1000, exercises: {deep}}}]"
    (step,) = loads(f"title: T\nlanguage: en\nexercises: {deep}\n").exercises
    assert unfolded_reps(step) == 2 * 10**21


def test_nested_times_to_fill_are_counted_at_once() -> None:
    deep = "[{name: a, work: 1s}]"
    for _ in range(15):
        deep = f"[{{until: 5min, exercises: {deep}}}]"
    (step,) = loads(f"title: T\nlanguage: en\nexercises: {deep}\n").exercises
    assert unfolded_reps(step) == 300


# -- against an independent reading of what is written -------------------------------


class Bout(NamedTuple):
    """What a block comes to, read from the file alone."""

    name: str
    side: str | None
    variant: str | None
    reps: int
    seconds: int | None


SIDES: dict[str, tuple[str | None, ...]] = {
    "both": (None,),
    "alternating": (None,),
    "right": ("right",),
    "left": ("left",),
    "right-then-left": ("right", "left"),
    "left-then-right": ("left", "right"),
}
_small = st.integers(1, 4)
_counts = st.integers(1, 9)


@st.composite
def written_exercises(draw: st.DrawFn) -> dict[str, Any]:
    """An exercise as plain data; its times are whole seconds, as numbers."""
    sides = draw(st.sampled_from(list(SIDES)))
    exercise: dict[str, Any] = {"name": draw(st.sampled_from("abc")), "sides": sides}
    length = draw(_small)
    shapes = [_counts, st.lists(_counts, min_size=length, max_size=length)]
    if len(SIDES[sides]) == 2:
        shapes.append(st.fixed_dictionaries({"right": _counts, "left": _counts}))
    values = st.one_of(shapes)
    way = draw(st.sampled_from(["hold alone", "work", "rep_duration"]))
    if way == "rep_duration":
        exercise["reps"] = draw(values)
        exercise["rep_duration"] = draw(_counts)
    else:
        exercise[way.split()[0]] = draw(values)
        if sides == "alternating":
            exercise["sides"] = "both"
    listed = any(isinstance(value, list) for value in exercise.values())
    if draw(st.booleans()):
        exercise["sets"] = length if listed else draw(_small)
    sets = exercise.get("sets", length if listed else 1)
    if sets > 1 and draw(st.booleans()):
        rest = st.lists(_counts, min_size=sets - 1, max_size=sets - 1)
        exercise["rest"] = draw(_counts | rest)
    if draw(st.booleans()):
        exercise["each"] = ["in", "out"]
    return exercise


def written_groups(
    steps: st.SearchStrategy[dict[str, Any]],
) -> st.SearchStrategy[dict[str, Any]]:
    inside = {"exercises": st.lists(steps, min_size=1, max_size=3)}
    return st.one_of(
        st.fixed_dictionaries(inside | {"rounds": _small}),
        st.fixed_dictionaries(inside | {"rounds": st.integers(2, 4), "rest": _counts}),
        st.fixed_dictionaries(inside | {"until": st.integers(5, 600)}, optional={"rest": _counts}),
    )


STEPS = st.recursive(written_exercises(), written_groups, max_leaves=5)
TIMES = ("hold", "work", "rep_duration", "rest", "until")


def in_yaml(step: dict[str, Any]) -> str:
    """The data as YAML, with units."""

    def value(field: str, given: Any) -> Any:
        if field == "exercises":
            return [mapping(each) for each in given]
        if isinstance(given, list):
            return [value(field, each) for each in given]
        if isinstance(given, dict):
            return {key: value(field, each) for key, each in given.items()}
        return f"{given}s" if field in TIMES else given

    def mapping(each: dict[str, Any]) -> dict[str, Any]:
        return {field: value(field, given) for field, given in each.items()}

    return json.dumps(mapping(step))


def bouts(step: dict[str, Any], lap: tuple[int, int] = (1, 1)) -> Iterator[Bout]:
    """Everything that is done, rounds and sets gone through one by one."""
    if "exercises" not in step:
        yield from exercise_bouts(step, *lap)
        return
    for number in range(1, written_rounds(step) + 1):
        if "until" in step:
            inner = (1, 1)
        else:
            inner = (number, step["rounds"]) if step["rounds"] > 1 else lap
        for each in step["exercises"]:
            yield from bouts(each, inner)


def exercise_bouts(step: dict[str, Any], number: int, rounds: int) -> Iterator[Bout]:
    lists = [value for key, value in step.items() if key in ("reps", "hold", "work")]
    length = next((len(value) for value in lists if isinstance(value, list)), None)
    by_round = length == rounds > 1 and "sets" not in step and "rest" not in step
    sets = step.get("sets", 1 if by_round else length or 1)
    for index in range(sets):
        for side in SIDES[step["sides"]]:
            for variant in step.get("each", [None]):
                place = number - 1 if by_round else index
                reps = chosen(step.get("reps", 1), place, side)
                seconds = chosen(step.get("hold", step.get("work")), place, side)
                yield Bout(step["name"], side, variant, reps, seconds)


def chosen(value: Any, index: int, side: str | None) -> Any:
    if isinstance(value, list):
        return value[index]
    return value[side] if isinstance(value, dict) else value


def written_rounds(step: dict[str, Any]) -> int:
    if "until" not in step:
        return int(step["rounds"])
    whole = sum(seconds(each) for each in step["exercises"])
    spent, rounds = whole, 0
    while spent <= step["until"]:
        rounds += 1
        spent += step.get("rest", 0) + whole
    return rounds


def seconds(step: dict[str, Any], lap: tuple[int, int] = (1, 1)) -> int:
    """How long a step takes, by all that is prescribed."""
    if "exercises" in step:
        rounds = written_rounds(step)
        total = (rounds - 1) * step.get("rest", 0)
        for number in range(1, rounds + 1):
            inner = (number, rounds) if rounds > 1 and "until" not in step else lap
            inner = (1, 1) if "until" in step else inner
            total += sum(seconds(each, inner) for each in step["exercises"])
        return int(total)
    found = list(exercise_bouts(step, *lap))
    turn = 2 if step["sides"] == "alternating" else 1
    worked = sum(bout.seconds or bout.reps * step["rep_duration"] * turn for bout in found)
    rest = step.get("rest", 0)
    sets = len(found) // len(SIDES[step["sides"]]) // len(step.get("each", [None]))
    return worked + (sum(rest) if isinstance(rest, list) else rest * (sets - 1))


def possible(step: dict[str, Any]) -> bool:
    """Whether at least one round fits into every time to fill, and not too many."""
    if "exercises" not in step:
        return True
    inside = all(possible(each) for each in step["exercises"])
    return inside and written_rounds(step) >= 1 and seconds(step) < 20_000


@given(STEPS.filter(possible))
@settings(max_examples=examples(200))
def test_turns_and_blocks_agree_with_what_is_written(step: dict[str, Any]) -> None:
    found = loads(f"title: T\nlanguage: en\nexercises: [{in_yaml(step)}]\n")
    unfolded = [
        Bout(
            turn.exercise.name,
            block.side,
            block.variant.name if block.variant else None,
            block.reps,
            time.natural // 1000 if (time := block.named) else None,
        )
        for turn in turns(found)
        for block in blocks(turn.exercise)
    ]
    assert unfolded == list(bouts(step))


@given(STEPS.filter(possible))
@settings(max_examples=examples(200))
def test_the_count_of_reps_is_that_of_the_blocks(step: dict[str, Any]) -> None:
    found = loads(f"title: T\nlanguage: en\nexercises: [{in_yaml(step)}]\n")
    counted = sum(
        block.reps * (2 if turn.exercise.sides.value == "alternating" else 1)
        for turn in turns(found)
        for block in blocks(turn.exercise)
    )
    assert unfolded_reps(found.exercises[0]) == counted
