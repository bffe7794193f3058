"""More ways to say a dose, how often, and what belongs to what; each was once read wrongly."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text


def only(text: str, language: str) -> dict[str, Any]:
    """The figures of the one exercise of a text."""
    (exercise,) = drafted_text(f"My page\n\nBridge\n{text}\n", language=language).exercises
    return {name: made.value for name, made in exercise.figures.items()}


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "March for 45 seconds. Breathe for 15. Go again, and then once more.", {"sets": 3}),
        ("en", "Stay for 20 seconds, shake your arms loose for 5. 3 times.", {"rep_rest_s": 5}),
        ("en", "Hold for 20 seconds, back out for ten, three times in all.", {"hold_s": 20}),
        ("en", "Do as many as you can in 60 seconds. Rest for at least a minute.", {"work_s": 60}),
        ("en", "Lift as many times as you can, up to 20.", {"reps": 20}),
        ("en", "Do 10, or as many as you can, then change legs.", {"reps": 10}),
        ("en", "Please do this 10 times, at least once an hour.", {"schedule": {"every": "hour"}}),
        ("en", "Circle 10 times, mornings only.", {"schedule": {"times": 1, "per": "day"}}),
        ("en", "Keep alternating until each leg has done eight.", {"reps": 8}),
        ("en", "Five breaths, change legs, and then once more on both.", {"sets": 2}),
        ("en", "Eight breaths, change legs, eight more.", {"sets": None, "hold_breaths": 8}),
        ("en", "Let your head tip back over it for 2 seconds. 6 of these.", {"tempo": None}),
        ("en", "Swing 12 times with your tight leg.", {"sides": "affected"}),
        ("en", "Lift 12 times with the right leg. Start again with the left.", {"reps": 12}),
        (
            "de",
            "Zwei Sekunden nach außen ziehen, vier Sekunden zurück. 8 Mal.",
            {"phases_s": [2, 4]},
        ),
        ("de", "In drei Sekunden aufstehen, in vier hinsetzen. Nur abends 8 Mal.", {"reps": 8}),
        ("de", "15-mal rechtsherum, 15-mal linksherum.", {"each": ["rechtsherum", "linksherum"]}),
        ("fr", "Levez la jambe tendue en 2 secondes, baissez en 4. 8 fois.", {"phases_s": [2, 4]}),
        ("fr", "Le soir seulement, 8 fois.", {"schedule": {"times": 1, "per": "day"}}),
        (
            "es",
            "Hágalo durante medio minuto. Descanse otro medio minuto. 4 series.",
            {"rest_s": 30},
        ),
        ("es", "Solo por la noche, 8 veces.", {"schedule": {"times": 1, "per": "day"}}),
    ],
)
def test_a_dose_is_understood_however_it_is_said(
    language: str, text: str, wanted: dict[str, Any]
) -> None:
    found = only(text, language)
    assert {name: found.get(name) for name in wanted} == wanted


def often(text: str) -> dict[str, Any]:
    """How often each exercise of a text is done, and all of them."""
    draft = drafted_text(text, language="en")
    told = {each.name: each.value("schedule") for each in draft.exercises}
    whole = draft.figures.get("schedule")
    return {**told, "": whole.value if whole else None}


TWO = "My page\n\n1. Bridge\nLift 10 times.\n\n2. Plank\nHold for 30 seconds.\n\n"


def test_what_is_said_of_the_first_and_of_the_rest_is_theirs() -> None:
    found = often(f"{TWO}The first one is three times a day, the rest just in the morning.")
    assert found["Bridge"] == {"times": 3, "per": "day"}
    assert found["Plank"] == {"times": 1, "per": "day"}


def test_everything_else_is_what_was_not_named() -> None:
    found = often(f"{TWO}The bridges need a rest, so every other day. Everything else is daily.")
    assert found == {"Bridge": {"every": "2 days"}, "Plank": {"times": 1, "per": "day"}, "": None}


def test_how_often_is_asked_where_only_advice_tells_of_it() -> None:
    draft = drafted_text(f"{TWO}Once a week is enough at first; twice means trouble.")
    assert draft.figures["schedule"].doubt


def test_a_list_may_count_in_roman_numerals() -> None:
    text = "My page\n\ni. Bridge\nLift 10 times.\n\nii. Plank\nHold 30 s.\n\niii. Clam\n12 reps.\n"
    assert [each.name for each in drafted_text(text).exercises] == ["Bridge", "Plank", "Clam"]


def test_a_table_may_have_a_column_for_each_level() -> None:
    text = "Move;Sets;Reps beginner;Reps advanced\nSquat;3;8;12\nLunge;2;6;10\n"
    squat, lunge = drafted_text(f"My page\n\n{text}", language="en").exercises
    assert squat.value("reps") == {"beginner": 8, "advanced": 12}
    assert lunge.value("reps") == {"beginner": 6, "advanced": 10}


def test_headings_name_what_stands_below_them() -> None:
    text = (
        "Breathe out\n\nThe 4-6 Breath\n\nLie down. Breathe in for 4 seconds, out for 6. Do 10.\n\n"
        "Humming Bee\n\nSit down. Inhale for 3 seconds, hum out for 6 seconds. 7 times.\n\n"
        "Let your breathing be ordinary for two minutes.\n"
    )
    draft = drafted_text(text, language="en")
    assert [each.name for each in draft.exercises][:2] == ["The 4-6 Breath", "Humming Bee"]
    assert draft.exercises[0].value("phases_s") == [4, 6]


def test_a_box_without_units_is_seconds_and_a_question() -> None:
    text = (
        "My page\n\nBelly breathing\nLie on your back, and let the hand rise as you breathe in for "
        "3 seconds. Breathe out for 6 seconds. Ten breaths, three times a day.\n\n"
        "Box breathing\nSit in a straight chair.\n- In for 4.\n- Wait for 4.\n- Out for 4.\n"
        "- Wait for 4.\nGo around the box five times before your coffee.\n"
    )
    exercise = drafted_text(text, language="en").exercises[1]
    assert exercise.value("phases_s") == [4, 4, 4, 4]
    assert exercise.figures["phases_s"].doubt == "elliptic"


def test_the_steps_of_one_exercise_do_not_divide_the_text() -> None:
    text = (
        "My page\n\nEven breath\nSit. Breathe in for 5 seconds and out for 5 seconds. 8 times.\n\n"
        "Alternate nostril\nSeated as before.\n1. Close the right, breathe in for 4 seconds.\n"
        "2. Breathe out for 8 seconds.\n3. Nine rounds.\n\nHumming bee\nLie down. Hum 7 times.\n"
    )
    names = [each.name for each in drafted_text(text, language="en").exercises]
    assert names == ["Even breath", "Alternate nostril", "Humming bee"]


def test_the_stamp_of_a_message_may_have_no_brackets() -> None:
    text = "Bev, 06:31\nGym 2moro\n\nBev, 06:33\n1. Trap bar DL 5x5, 2 min\n2. Nordics 3x6\n"
    names = [each.name for each in drafted_text(text, language="en").exercises]
    assert names == ["Trap bar DL", "Nordics"]


def test_a_table_may_have_a_column_for_each_side() -> None:
    text = "Exercise | Sets | Right | Left | Rest\nCalf raise | 2 | 15 | 20 | 60 s\n"
    (raised,) = drafted_text(f"My page\n\n{text}", language="en").exercises
    assert raised.value("reps") == {"right": 15, "left": 20}
    assert raised.figures["sides"].doubt == "order"


def test_what_stands_under_a_table_by_level_is_no_exercise() -> None:
    text = "Work by level\n\n- Squats\n- Lunges\n\nBeginners: 30 seconds of work, 30 of rest.\n"
    draft = drafted_text(text, language="en")
    assert "Beginners" not in [each.name for each in draft.exercises]


def test_things_on_the_belly_do_not_turn_somebody_over() -> None:
    (bridge,) = drafted_text("My page\n\nBridge\nHand on your belly. 10 times.\n").exercises
    assert bridge.value("position") is None


def test_what_is_said_of_some_by_their_numbers_is_theirs() -> None:
    text = (
        "My page\n\nExercises 1 to 2 should be done lying on your back, five times each, hourly. "
        "Exercises 3 to 4 should be done twice a day, ten times each.\n\n"
        "1. Bridge\nLift your hips.\n\n2. Tilt\nTilt your hips.\n\n"
        "3. Squat\nBend your knees.\n\n4. Lunge\nStep out.\n"
    )
    found = drafted_text(text, language="en").exercises
    assert [each.value("reps") for each in found] == [5, 5, 10, 10]
    assert [each.value("position") for each in found] == ["lying on back"] * 2 + [None] * 2
    assert [each.value("schedule") for each in found] == [
        *[{"every": "hour"}] * 2,
        *[{"times": 2, "per": "day"}] * 2,
    ]
