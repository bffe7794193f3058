"""What a RoutineError knows: each thing to mend, and where it stands."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from audiocoach.errors import Problem, RoutineError
from audiocoach.routine.load import PROBLEM_LIMIT, load, loads
from audiocoach.routine.model import Group
from audiocoach.routine.select import select
from audiocoach.routine.translate import translate
from audiocoach.routine.unfold import round_count

H = "title: T\nlanguage: en\nexercises:\n"


def error(text: str) -> RoutineError:
    with pytest.raises(RoutineError) as raised:
        loads(text, name="mine.yaml")
    return raised.value


def test_every_mistake_is_a_problem_of_its_own() -> None:
    found = error(H + "  - {name: squat, reps: 10, hold: 3}\n  - {name: a, repeat: 3, hold: 3s}\n")
    first, second = found.problems
    assert first == Problem(
        "'3' has no unit; write it with its unit, such as 3s, 1:30, 2min or 500ms",
        *("mine.yaml", 4, 35, "exercise 1 (squat): hold"),
    )
    assert (second.line, second.column) == (5, 15)
    assert second.field == "exercise 2 (a)"
    assert second.message == "'repeat' is not a field here; did you mean 'sets'?"
    assert str(found) == f"{first}\n{second}"


def test_a_mistake_at_some_levels_names_them() -> None:
    step = "  - {name: a, hold: {beginner: 3s, intermediate: 4, advanced: 5}}\n"
    levels = {each.message[:3]: each.levels for each in error(H + step).problems}
    assert levels == {"'4'": ("intermediate",), "'5'": ("advanced",)}
    (everywhere,) = error(H + "  - {name: a, hold: {beginner: 3s}, setup: ''}\n").problems
    assert everywhere.levels == ()


def test_no_more_are_told_than_anybody_reads_but_they_are_counted() -> None:
    found = error(H + "  - {name: a, hold: 3}\n" * (PROBLEM_LIMIT + 3))
    assert (len(found.problems), found.more) == (PROBLEM_LIMIT, 3)
    assert str(found).endswith("\nmine.yaml: and 3 more")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: [\n", (2, 1)),
        ("beginner: {}\nadvanced: {}\n", (1, 1)),
        (H + "  - {until: 3s, exercises: [{name: a, work: 20s}]}\n", (4, 6)),
    ],
)
def test_what_is_wrong_with_the_file_has_its_place(text: str, place: tuple[int, int]) -> None:
    (problem,) = error(text).problems
    assert (problem.file, problem.line, problem.column) == ("mine.yaml", *place)


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_bytes(b"title: T\nlanguage: \xff\n")
    for path, line in ((tmp_path / "none.yaml", 0), (tmp_path / "x" / "..", 0), (wrong, 2)):
        with pytest.raises(RoutineError) as raised:
            load(path)
        (problem,) = raised.value.problems
        assert (problem.file, problem.line) == (str(path), line)


def test_what_was_changed_or_asked_for_later_has_its_place_too() -> None:
    text = H + "  - until: 65s\n    exercises: [{name: a, reps: 20, tempo: 1-0-2-0}]\n"
    routine = loads(text, name="mine.yaml")
    (group,) = select(routine, reps=30).exercises
    assert isinstance(group, Group)
    with pytest.raises(RoutineError) as raised:
        round_count(group)
    assert [str(each)[:14] for each in raised.value.problems] == ["mine.yaml:4:5:"]
    with pytest.raises(RoutineError) as raised:
        translate(routine, "de")
    assert [(each.file, each.line) for each in raised.value.problems] == [("mine.yaml", 0)]
    with pytest.raises(RoutineError) as raised:
        select(routine, level="advanced")
    assert [(each.file, each.line) for each in raised.value.problems] == [("mine.yaml", 0)]


def test_a_plain_text_is_a_problem_without_a_place() -> None:
    found = RoutineError("no exercise is left")
    assert found.problems == (Problem("no exercise is left"),)
    assert str(found) == "no exercise is left"


def test_it_comes_back_whole_from_another_process() -> None:
    found = error(H + "  - {name: a, hold: 3}\n" * (PROBLEM_LIMIT + 3))
    again = copy.deepcopy(found)  # rebuilt as when it is pickled
    assert (again.problems, again.more, str(again)) == (found.problems, found.more, str(found))
