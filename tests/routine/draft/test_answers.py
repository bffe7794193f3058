"""The answer of a writer that lies, held against the text: nothing of it passes unmarked."""

from __future__ import annotations

from typing import Any

import pytest

from audiocoach.routine.draft.answers import checked
from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.reading import read
from audiocoach.routine.draft.writing import write

TEXT = """\
Two moves for the knees

Do these exercises three times a day. It takes about 20 minutes.

Heel raise
Stand tall. Rise onto your toes and hold for 5 seconds. Repeat 10 times. Do 3 sets, and rest for
30 seconds between sets.

Wall sit
Slide down the wall. Hold for 20 seconds. Do 3. You may want a format of your own.
Do not use a band.
"""
HEEL: dict[str, Any] = {
    "name": "Heel raise",
    "sets": 3,
    "reps": 10,
    "hold_s": 5,
    "rest_s": 30,
    "evidence": {
        "sets": "Do 3 sets",
        "reps": "Repeat 10 times",
        "hold_s": "hold for 5 seconds",
        "rest_s": "rest for\n30 seconds between sets",
    },
}
WALL: dict[str, Any] = {
    "name": "Wall sit",
    "hold_s": 20,
    "reps": 3,
    "evidence": {"hold_s": "Hold for 20 seconds", "reps": "Do 3"},
}
TRUE: dict[str, Any] = {
    "title": "Two moves for the knees",
    "exercises": [HEEL, WALL],
    "duration_s": 1200,
    "schedule": {"times": 3, "per": "day"},
    "evidence": {"duration_s": "takes about 20 minutes", "schedule": "three times a day"},
}


def answered(**told: Any) -> Draft:
    """The draft of a true answer, some of it replaced."""
    return checked(TRUE | told, read(TEXT, "en"))


def with_heel(**told: Any) -> Draft:
    """The same, some of its first exercise replaced."""
    words = told.pop("evidence", {})
    return answered(exercises=[HEEL | told | {"evidence": HEEL["evidence"] | words}, WALL])


def test_a_true_answer_has_no_question() -> None:
    draft = answered()
    assert not any(each.doubts for each in draft.exercises)
    assert not draft.doubts
    made = [*draft.figures.values(), *(x for e in draft.exercises for x in e.figures.values())]
    assert {each.doubt for each in made} == {""}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("rep_rest_s", 30, "rest for\n30 seconds between sets"),
        ("side_rest_s", 30, "rest for\n30 seconds between sets"),
        ("work_s", 30, "30 seconds"),
        ("work_s", 5, "hold for 5 seconds"),
        ("rest_s", 5, "hold for 5 seconds"),
        ("rest_s", 1200, "takes about 20 minutes"),
        ("reps", 3, "Do 3 sets"),
        ("sets", 10, "Repeat 10 times"),
        ("every_s", 30, "30 seconds"),
        ("each", ["toes out", "toes in"], "Rise onto your toes"),
    ],
)
def test_a_figure_of_words_that_are_another_figure_is_a_question(
    field: str, value: object, words: str
) -> None:
    own = {name: None for name in ("rest_s", "hold_s", "sets", "reps") if name != field}
    first = with_heel(**own, **{field: value}, evidence={field: words}).exercises[0]
    assert field not in first.figures
    assert first.doubts[field].startswith("the writer says ")


def test_an_exercise_that_the_text_has_once_is_asked_about_if_it_comes_twice() -> None:
    draft = answered(exercises=[HEEL, WALL, HEEL])
    assert ["name" in each.doubts for each in draft.exercises] == [False, False, True]


@pytest.mark.parametrize(
    "name", ["Stand tall", "Slide down the wall", "Two moves for the knees", "You may want"]
)
def test_words_of_the_text_that_name_no_exercise_are_asked_about(name: str) -> None:
    made_up = {"name": name, "reps": 10, "evidence": {"reps": "Repeat 10 times"}}
    last = answered(exercises=[HEEL, WALL, made_up]).exercises[-1]
    assert last.name == name
    assert "name" in last.doubts


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("duration_s", 2700, "takes about 20 minutes"),
        ("duration_s", 30, "30 seconds"),
        ("duration_s", 1200, "no such words"),
        ("schedule", {"times": 5, "per": "day"}, "three times a day"),
        ("schedule", {"times": 3, "per": "week"}, "three times a day"),
        ("schedule", {"times": 2, "per": "day"}, ""),
    ],
)
def test_a_lie_about_the_session_is_a_question(field: str, value: object, words: str) -> None:
    draft = answered(**{field: value}, evidence=TRUE["evidence"] | {field: words})
    assert field not in draft.figures
    assert draft.doubts[field].startswith("the writer says ")
    told = write(draft).text
    assert f"# check: {field.removesuffix('_s')}: the writer says " in told


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ({"rounds": 4}, {"rounds": "Do 3 sets"}),
        ({"rounds": 3}, {"rounds": "no such words"}),
        ({"rounds": 3}, {}),
        ({"rest_s": 60}, {"rest_s": "30 seconds"}),
    ],
)
def test_a_lie_about_rounds_is_a_question(group: dict[str, Any], words: dict[str, str]) -> None:
    members = {"members": ["Heel raise", "Wall sit"], "evidence": words}
    draft = answered(groups=[members | group])
    assert not draft.groups
    (field,) = group
    assert "Heel raise, Wall sit" in draft.doubts[field]
    assert "the writer says " in write(draft).text


def test_a_lie_beside_a_true_figure_of_a_group_is_a_question_there() -> None:
    text = f"{TEXT}\nDo 2 rounds of both, with 60 seconds between rounds.\n"
    group = {
        "members": ["Heel raise", "Wall sit"],
        "rounds": 2,
        "rest_s": 90,
        "evidence": {"rounds": "2 rounds", "rest_s": "60 seconds between rounds"},
    }
    draft = checked(TRUE | {"groups": [group]}, read(text, "en"))
    assert list(draft.groups[0].figures) == ["rounds"]
    assert draft.groups[0].doubts["rest_s"].startswith("the writer says ")
    assert "# check: rest: the writer says 90" in write(draft).text


def test_members_of_a_group_that_are_no_exercises_are_asked_about() -> None:
    text = f"{TEXT}\nDo 2 rounds of both.\n"
    group = {
        "members": ["Heel raise", "Wall sit", "Lunge"],
        "rounds": 2,
        "evidence": {"rounds": "2 rounds"},
    }
    draft = checked(TRUE | {"groups": [group]}, read(text, "en"))
    assert "Lunge" in draft.groups[0].doubts["members"]


def test_a_title_that_is_not_in_the_text_is_that_of_the_text() -> None:
    assert answered(title="Doctor Miracle's Cure").title == "Two moves for the knees"
    assert answered(title="moves for  the knees").title == "moves for the knees"


def test_equipment_is_a_word_of_the_text_that_it_does_not_deny() -> None:
    assert not answered(equipment=["mat", "band"]).equipment
    assert list(answered(equipment=["wall"]).equipment) == ["wall"]


def test_an_exercise_that_is_allowed_is_not_dropped_for_a_forbidden_one_like_it() -> None:
    text = "My page\n\nSquats\n3 sets of 10.\n\nOff limits: deep squats and jumps, 10 of them\n"
    squats = {"name": "Squats", "sets": 3, "reps": 10}
    words = {"sets": "3 sets of 10", "reps": "3 sets of 10"}
    own = read(text, "en")
    draft = checked({"exercises": [squats | {"evidence": words}, {"name": "Jumps"}]}, own)
    assert [each.name for each in draft.exercises] == ["Squats"]
