"""What is said once for many exercises, or of some by their names; by a small text each."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft

TWO = "Plan\n\n1. Calf raise\n3 sets of 12.\n\n2. Towel stretch\n3 sets of 4.\n\nNotes\n"
ZWEI = "Plan\n\n1. Kniebeuge\n3 Sätze zu 12.\n\n2. Dehnung\n3 Sätze zu 4.\n\nHinweise\n"
TABLE = "Plan\n\nExercise | Sets | Reps\nHalf squat | 3 | 12\nHip lift | 2 | 8\nRow | 2 | 9\n\n"
DAILY = {"times": 1, "per": "day"}
OTHER_DAYS = {"every": "2 days"}


def of(draft: Draft, field: str) -> list[Any]:
    """A figure of each exercise."""
    return [each.value(field) for each in draft.exercises]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TWO + "Rest 60 seconds between sets, but 75 seconds after the stretch.", [60, 75]),
        (TWO + "Rest 45 seconds between sets. For the calf raise take a full minute.", [60, 45]),
        (ZWEI + "60 Sekunden Pause zwischen den Sätzen, bei der Dehnung 90 Sekunden.", [60, 90]),
    ],
)
def test_a_rest_is_another_for_one(text: str, wanted: list[Any]) -> None:
    assert of(drafted_text(text), "rest_s") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Do the raise every day and the stretch on alternate days.", [DAILY, OTHER_DAYS]),
        ("Do the stretch every other day; everything else is once a day.", [DAILY, OTHER_DAYS]),
    ],
)
def test_how_often_is_another_for_one(text: str, wanted: list[Any]) -> None:
    draft = drafted_text(TWO + text)
    assert of(draft, "schedule") == wanted
    assert "schedule" not in draft.figures


@pytest.mark.parametrize(
    "text",
    [
        "One-sided ones (all but the half squat and the row): all reps on the left before moving "
        "to the right.",
        "Sides. (Everything except the row and the half squat.) Finish the left, then the right.",
    ],
)
def test_the_order_of_sides_is_for_those_that_are_not_excepted(text: str) -> None:
    assert of(drafted_text(TABLE + text), "sides") == [None, "left-then-right", None]


def test_a_paragraph_under_a_table_is_about_its_rows() -> None:
    draft = drafted_text(TABLE + "Rests. 50 seconds between sets.\n\nSquat. Sink 10 inches.\n")
    assert of(draft, "rest_s") == [50, 50, 50]


@pytest.mark.parametrize(
    "text",
    [
        "Do 12 repetitions of each exercise. Rest for 90 seconds and repeat once more.",
        "Each exercise 12 times. Rest 90 seconds, then do it all again.",
    ],
)
def test_a_dose_that_is_said_once_is_done_once_more(text: str) -> None:
    draft = drafted_text(f"Plan\n\n{text}\n\na) Curl\nLift the hand.\n\nb) Press\nPush.\n")
    assert of(draft, "sets") == [2, 2]
    assert of(draft, "reps") == [12, 12]
    assert of(draft, "rest_s") == [90, 90]


@pytest.mark.parametrize(
    ("text", "names", "rounds"),
    [
        (
            "Jog for 5 minutes, walk for 3 minutes. Repeat three times in all.",
            ["Jog", "walk (2)"],
            3,
        ),
        ("Run 3 min, walk 90 sec. Then repeat the whole lot once more.", ["Run", "walk (2)"], 2),
        ("3 Min. laufen, 90 Sek. gehen. Das Ganze noch einmal.", ["laufen", "gehen"], 2),
    ],
)
def test_work_by_turns_in_an_item_of_a_list(text: str, names: list[str], rounds: int) -> None:
    language = "de" if "Min." in text else "en"
    draft = drafted_text(f"Week 4\n\n1. Walk: 5 min\n2. {text}\n", language=language)
    (group,) = draft.groups
    assert [draft.exercises[n].name for n in group.members] == names
    assert group.figures["rounds"].value == rounds


def test_work_by_turns_in_a_paragraph() -> None:
    draft = drafted_text(
        "Week one\n\nWalk for five minutes. Then alternate 60 seconds of jogging and 90 seconds of "
        "walking for a total of 20 minutes. Half an hour, all told.\n"
    )
    assert [each.name for each in draft.exercises] == ["Walk", "jogging", "walking"]
    assert draft.groups[0].figures["until_s"].value == 1200
    assert draft.figures["duration_s"].value == 1800


def test_numbered_steps_are_one_exercise() -> None:
    draft = drafted_text(
        "Belly breathing\n\n1. Sit on a chair.\n2. Breathe in for 4 counts.\n3. Hold for 2 counts."
        "\n4. Breathe out for 6 counts.\n5. Repeat 10 times.\n"
    )
    (exercise,) = draft.exercises
    assert exercise.value("phases_s") == [4, 2, 6]
    assert exercise.value("reps") == 10


def test_a_heading_over_lettered_exercises_gives_their_position() -> None:
    draft = drafted_text(
        "Exercises after your operation\n\nIN BED, on your back\nA. Buttock squeeze. Hold for 5 "
        "seconds. 10 times.\nB. Sliding. Slide the leg out. 8 times.\n\nON YOUR FEET, holding a "
        "chair\nC. Leg back. Hold for 3 seconds. 10 times.\nD. Squats. 9 times.\n\n"
        "B to D are done four times a day.\n"
    )
    assert of(draft, "position") == ["lying on back", "lying on back", "standing", "standing"]
    often = {"times": 4, "per": "day"}
    assert of(draft, "schedule") == [None, often, often, often]


def test_a_name_stands_behind_a_word_of_order() -> None:
    draft = drafted_text(
        "4 moves\n\nFirst: Figure Four\nCross one ankle and hold for 30 seconds.\n\n"
        "Second: Hip Hinge\nPush your hips back. Ten slow reps.\n"
    )
    assert [each.name for each in draft.exercises] == ["Figure Four", "Hip Hinge"]


def test_a_footnote_of_a_table_is_no_exercise() -> None:
    draft = drafted_text(
        TABLE + "* between repetitions\n\n1) Hip lift: injured side only.\n"
        "2) Row: when 3 x 10 is easy, take the green band.\n"
    )
    assert len(draft.exercises) == 3
    assert of(draft, "sides") == [None, "affected", None]


def test_other_figures_for_beginners_are_a_question() -> None:
    draft = drafted_text(
        "Intervals\n\nBeginners work for 20 seconds at each station and have 40 seconds to get to "
        "the next; if you are advanced it is the other way round. Four laps.\n\n1. Swings\n"
        "2. Step-ups\n3. Bear crawl\n"
    )
    assert {each.figures["work_s"].doubt for each in draft.exercises} == {"levels"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hold for six seconds, then rest for just as long. Eight times.", "en"),
        (
            "Das Becken heben. Sechs Sekunden oben bleiben, dann ebenso lange ausruhen. Achtmal.",
            "de",
        ),
        ("Mantenga seis segundos y descanse el mismo tiempo. Ocho veces.", "es"),
        ("Tenez six secondes et relâchez aussi longtemps. Huit fois.", "fr"),
    ],
)
def test_a_rest_as_long_as_the_hold(text: str, language: str) -> None:
    draft = drafted_text(f"Plan\n\nBridge\n{text}\n", language=language)
    assert of(draft, "hold_s") == of(draft, "rep_rest_s") == [6]


@pytest.mark.parametrize(
    "text",
    ["Therapy office: 01632 960 744, Monday to Friday.", "We are in Monday to Friday, 9:00-16:00."],
)
def test_office_hours_are_no_schedule(text: str) -> None:
    assert "schedule" not in drafted_text(TWO + text).figures


def test_the_number_beside_an_exercise_that_a_letter_says_is_for_each_side() -> None:
    draft = drafted_text("Session B\n\n1. Step-down: 3 sets, 12 R, 8 L. 45s\n2. Squat 3x5, 60s\n")
    assert draft.exercises[0].value("reps") == {"right": 12, "left": 8}
    assert of(draft, "rest_s") == [45, 60]
