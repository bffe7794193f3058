"""Ways to say the same dose: each was once read as another, or not at all."""

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
        ("en", "March on the spot for three-quarters of a minute.", {"work_s": 45}),
        ("en", "Hold for five and a half seconds. 6 times.", {"hold_s": 5.5, "reps": 6}),
        ("en", "Two rounds of eight with each hand.", {"sets": 2, "reps": 8, "sides": "each"}),
        ("en", "Three rounds of 4 breaths.", {"sets": 3, "hold_breaths": 4}),
        ("en", "One-minute hold, a minute's breather, five times in total.", {"rep_rest_s": 60}),
        ("en", "Ten of those, a minute's rest, and two more sets.", {"sets": 3, "rest_s": 60}),
        (
            "en",
            "Lift 12 times, then turn over. Rest for 30 seconds and do a second set.",
            {"sets": 2},
        ),
        ("en", "12 reps, then a one-minute break, then a second set.", {"sets": 2, "rest_s": 60}),
        ("en", "Ten of those, a ninety-second break, ten more.", {"sets": 2, "rest_s": 90}),
        (
            "en",
            "Squeeze the ball for a count of six and ease off for three. 10 times.",
            {"hold_s": 6},
        ),
        ("en", "Fifteen of those. Two rounds in all, a minute apart.", {"sets": 2, "rest_s": 60}),
        ("en", "Take one leg out to the side. Only 8 of these.", {"reps": 8}),
        ("en", "Let a long breath go. Repeat 3 times.", {"reps": 3}),
        ("en", "Briskly bend and straighten your ankles for 30 seconds.", {"work_s": 30}),
        ("en", "Rest here for 8 breaths.", {"hold_breaths": 8}),
        ("en", "Twenty lifts in all, switching legs every time.", {"reps": 10}),
        ("en", "Circles x12 each way.", {"sides": None}),
        ("en", "Rest for a minute after 10 reps, then one more set.", {"sets": 2}),
        ("en", "Side plank 2x25-35s L+R, rest 20s", {"sides": "each"}),
        ("en", "5 like that, and 5 on the other side.", {"reps": 5}),
        ("en", "8ish per set n 3 sets.", {"sets": 3, "reps": 8}),
        ("en", "Squeeze 10 times. Sleep for 8 hours.", {"reps": 10}),
        ("en", "3 x 15, with half a minute to recover.", {"sets": 3, "rest_s": 30}),
        ("en", "Flap your knees for 30 seconds, rest for 10. Do three rounds.", {"work_s": 30}),
        ("en", "3 secs up 3 secs down, 3 lots of 12.", {"phases_s": [3, 3], "reps": 12}),
        ("en", "Take 2 seconds to open and 3 seconds to close. 8 times.", {"phases_s": [2, 3]}),
        (
            "en",
            "Breathe in for a count of five. Hold it, counting to two. Sigh it out for a count "
            "of seven. There: one round done. Do five more, which makes six.",
            {"phases_s": [5, 2, 7], "reps": 6},
        ),
        (
            "en",
            "Four counts in, four counts full, four counts out. Ten rounds.",
            {"phases_s": [4, 4, 4]},
        ),
        ("en", "Kneel on all fours. 10 times.", {"position": "on hands and knees"}),
        ("en", "Take a seat on a chair. 10 times.", {"position": "sitting on chair"}),
        ("en", "Alternate until you have done 10 on each side.", {"sides": "alternating"}),
        (
            "en",
            "Turn to the left, 3 breaths; turn to the right, 3 breaths.",
            {"sides": "left-then-right"},
        ),
        (
            "en",
            "Stand on the injured leg. Three times 30 seconds, and then the same on the good leg.",
            {"sides": "each"},
        ),
        ("en", "Lift once or twice a day, 8 reps.", {"schedule": {"times": [1, 2], "per": "day"}}),
        ("en", "8 reps. This is a twice-a-day job.", {"schedule": {"times": 2, "per": "day"}}),
        ("en", "Days Per Week: 5 to 6. 8 reps.", {"schedule": {"times": [5, 6], "per": "week"}}),
        ("de", "10 Wiederholungen. Eine Minute verschnaufen, dann noch einmal 10.", {"sets": 2}),
        ("de", "Vorn 2 Sekunden ein, 4 Sekunden durch die Lippen aus. Zehnmal.", {"reps": 10}),
        ("de", "3 x 10/Seite, 60 s", {"sets": 3, "reps": 10, "rest_s": 60, "sides": "each"}),
        ("de", "Auf allen vieren. 10-mal.", {"position": "on hands and knees"}),
        ("es", "3 x 8 c/lado, 60 s", {"sets": 3, "reps": 8, "rest_s": 60, "sides": "each"}),
        (
            "es",
            "Tome aire por la nariz en 3 segundos y suéltelo por la boca en 5 segundos. "
            "Ocho respiraciones.",
            {"phases_s": [3, 5], "reps": 8},
        ),
        (
            "fr",
            "Comptez-en huit, soufflez deux minutes, jusqu'à totaliser trois séries.",
            {"reps": 8, "sets": 3, "rest_s": 120},
        ),
        (
            "fr",
            "Quatre secondes pour descendre, une pause de deux secondes en bas, trois secondes "
            "pour remonter. 8 fois.",
            {"phases_s": [4, 2, 3]},
        ),
        ("fr", "Dix répétitions, puis on recommence une fois.", {"reps": 10, "sets": 2}),
    ],
)
def test_a_way_to_say_it(language: str, text: str, wanted: dict[str, Any]) -> None:
    found = only(text, language)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Have a blanket within reach. A breath is one in and one out."),
        ("en", "Our record is 9 rounds."),
        ("en", "I sprained mine 3 times in 2 years."),
        ("en", "F/44, 5'6, on my feet all day."),
        ("en", "When 2 x 6 is easy, take a soup can in each hand."),
        ("de", "Ein Atemzug heißt: einmal ein und einmal aus."),
        ("es", "Aquí una respiración es una inspiración y una espiración."),
    ],
)
def test_what_is_no_dose(language: str, text: str) -> None:
    draft = drafted_text(f"My page\n\n{text}\n", language=language)
    assert not any(each.figures for each in draft.exercises)


def test_each_side_is_a_question_where_sides_change_at_every_rep() -> None:
    draft = drafted_text("Plan\n\nBird dog\nLift one arm and the opposite leg. 6 each side.\n")
    assert draft.exercises[0].figures["sides"].doubt == "order"


def test_sitting_is_a_question_where_the_text_has_no_seat() -> None:
    draft = drafted_text("Plan\n\nTwist\nSit tall and turn. 6 reps.\n")
    assert draft.exercises[0].figures["position"].doubt == "two ways"


def test_lines_of_phases_are_one_exercise() -> None:
    text = "Square\n\nInhale: 4 seconds\nHold: 4 seconds\nExhale: 6 seconds\nRepeat: 8 times\n"
    (exercise,) = drafted_text(text).exercises
    assert exercise.value("phases_s") == [4, 4, 6]
    assert exercise.value("reps") == 8


def test_a_name_in_capitals_has_its_dose_below() -> None:
    draft = drafted_text(
        "MY HIPS\n\nOnce a day.\n\nCLAM with loop\non side - 3 x 12 each side - 30 sec rest\n"
        "STEP-DOWN\nstanding - 8 each leg - 3 sets - 1 min rest\nLUNGE\n2 x 8, 45 sec rest\n"
    )
    assert [each.name for each in draft.exercises] == ["CLAM with loop", "STEP-DOWN", "LUNGE"]
    assert [each.value("rest_s") for each in draft.exercises] == [30, 60, 45]
