"""How often some exercises are done: by number, place, kind, heading, and what is left."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

DAILY = {"times": 1, "per": "day"}
TWICE = {"times": 2, "per": "day"}
THRICE = {"times": 3, "per": "day"}
WEEKLY = {"times": 3, "per": "week"}
OTHER = {"every": "2 days"}
HOURS = {"every": "2 hours"}


def often(text: str, language: str) -> list[Any]:
    """How often each exercise is done, and the session."""
    draft = drafted_text(text, language=language)
    session = draft.figures.get("schedule")
    return [*(each.value("schedule") for each in draft.exercises), session and session.value]


THREE = {
    "en": "1. Heel slide\nSlide the heel. 10 times.\n\n2. Bridge\nLift. 8 times.\n\n"
    "3. Half squat\nBend. 12 times.\n",
    "de": "1. Fersenschieben\nDie Ferse schieben. 10-mal.\n\n2. Brücke\nBecken heben. 8-mal.\n\n"
    "3. Kniebeuge\nBeugen. 12-mal.\n",
    "es": "1. Péndulo\nBalancee. 10 veces.\n\n2. Puente\nSuba. 8 veces.\n\n"
    "3. Sentadilla\nBaje. 12 veces.\n",
    "fr": "1. Pendule\nBalancez. 10 fois.\n\n2. Pont\nMontez. 8 fois.\n\n"
    "3. Squat\nDescendez. 12 fois.\n",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Exercises 1 and 2 every day, exercise 3 only every other day."),
        ("en", "Numbers 1 to 2 daily; number 3 every other day."),
        ("en", "1 and 2 are daily, the rest is every other day."),
        ("de", "Frau B., die Übungen 1–2 bitte täglich, Übung 3 nur jeden zweiten Tag."),
        ("de", "Übung 1 und 2 täglich, alles andere jeden zweiten Tag."),
        ("es", "Los ejercicios 1 y 2 todos los días; el ejercicio 3, solo cada dos días."),
        ("es", "Ejercicios 1 a 2 cada día, el resto cada dos días."),
        ("fr", "Les exercices 1 et 2 tous les jours, l'exercice 3 un jour sur deux."),
        ("fr", "Exercices 1 à 2 tous les jours ; le reste un jour sur deux."),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_one_sentence_tells_by_numbers_how_often(language: str, words: str, *, first: bool) -> None:
    text = (
        f"Home\n\n{words}\n\n{THREE[language]}" if first else f"Home\n\n{THREE[language]}\n{words}"
    )
    assert often(text, language) == [DAILY, DAILY, OTHER, None]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Every day, but exercises 2 and 3 only three times a week."),
        ("de", "Üben Sie täglich, das Kräftigen (Übung 2 und 3) aber nur dreimal in der Woche."),
    ],
)
def test_a_frequency_before_all_names_is_that_of_the_session(language: str, words: str) -> None:
    found = often(f"Home\n\n{words}\n\n{THREE[language]}", language)
    assert sorted(found[:1] + found[-1:], key=str) == sorted([None, DAILY], key=str)
    assert found[1:3] == [WEEKLY, WEEKLY]


PARTED = (
    "On the bed\n\nHeel slide\nSlide the heel. 10 times.\n\nThigh squeeze\nTighten. 8 times."
    "\n\nStanding up\n\nHeel raise\nOn your toes. 12 times.\n\nOutdoors\n\nWalk\n"
    "Walk for 10 minutes every other day.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "Please do the bed and standing exercises three times a day.",
        "Three times a day for the bed exercises and standing exercises, please.",
    ],
)
def test_a_heading_names_the_exercises_of_a_frequency(words: str) -> None:
    found = often(f"New knee\n\n{words}\n\n{PARTED}", "en")
    assert found == [THRICE, THRICE, THRICE, OTHER, None]


FLOOR = (
    "Slow lifts\nLift and hold for 8 seconds. 10 times.\n\nQuick lifts\nLift and let go. 15 times."
    "\n\nHip tilt\nTip your hips. 8 times.\n\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "Slow and quick lifts: three times a day. Hip tilt: twice a day.",
        "The lifts three times a day, everything else twice.",
        "Do the lifts three times each day; everything else twice a day.",
    ],
)
def test_names_and_kinds_have_a_frequency_each(words: str) -> None:
    assert often(f"For mothers\n\n{FLOOR}{words}\n", "en") == [THRICE, THRICE, TWICE, None]


@pytest.mark.parametrize(
    ("language", "above", "between"),
    [
        (
            "en",
            "Exercises 1 and 2 are done in bed. Do them every two hours.",
            "Once you are up, add the two below, three times a day.",
        ),
        (
            "de",
            "Die Übungen 1 und 2 gehen im Bett. Machen Sie diese alle zwei Stunden.",
            "Später kommen die nächsten zwei dazu, dreimal am Tag.",
        ),
        (
            "es",
            "Los ejercicios 1 y 2 se hacen en la cama. Hágalos cada dos horas.",
            "Cuando se levante, añada los dos siguientes, tres veces al día.",
        ),
        (
            "fr",
            "Les exercices 1 et 2 se font au lit. Faites-les toutes les deux heures.",
            "Une fois levé, ajoutez les deux suivants, trois fois par jour.",
        ),
    ],
)
def test_them_and_the_next_ones_are_those_and_no_others(
    language: str, above: str, between: str
) -> None:
    one, two, three = THREE[language].split("\n\n")
    four = three.replace("3. ", "4. ").replace("Half", "Low").replace("Knie", "Tief")
    text = f"Home\n\n{above}\n\n{one}\n\n{two}\n\n{between}\n\n{three}\n{four}"
    assert often(text, language) == [HOURS, HOURS, THRICE, THRICE, None]


def test_both_kinds_are_the_two_before() -> None:
    one, two, three = FLOOR.strip().split("\n\n")
    text = f"For mothers\n\n{one}\n\n{two}\n\nDo both kinds three times a day.\n\n{three} Daily.\n"
    assert often(text, "en") == [THRICE, THRICE, DAILY, None]


def test_what_is_not_done_has_no_frequency() -> None:
    text = (
        "Heel\n\nheel drops on the floor. 3 sets of 15.\n\ncalf stretch. 30 seconds each side.\n\n"
    )
    text += "do NOT do the runners stretch with the heel down, i did that 10 times a day\n"
    assert often(text, "en")[:2] == [None, None]


LETTERED = (
    "Your exercises\n\nON THE BED\nDo exercises A to C three times a day.\n\n"
    "A  Foot pumps\nMove both feet up and down, 20 times.\n\n"
    "B  Buttock squeezes\nSqueeze and hold for 5 seconds. 10 times.\n\n"
    "C  Thigh press\nPush the knee down for 3 seconds. 12 times.\n\n"
    "IN STANDING\nD  Hip extension\nTake the leg back. 2 sets of 8, every two hours.\n"
)


def test_letters_without_a_point_mark_exercises_in_order() -> None:
    draft = drafted_text(LETTERED, language="en")
    assert [(each.label, each.name) for each in draft.exercises] == [
        ("A", "Foot pumps"),
        ("B", "Buttock squeezes"),
        ("C", "Thigh press"),
        ("D", "Hip extension"),
    ]
    assert often(LETTERED, "en") == [THRICE, THRICE, THRICE, HOURS, None]


def test_an_article_is_no_letter() -> None:
    text = "Tips\n\nA Plank\nHold 20 seconds.\n\nA Bridge\nHold 30 seconds.\n\nA Squat\n8 times.\n"
    assert not any(each.label for each in drafted_text(text, language="en").exercises)


WEEKS = {
    "en": "Daily for the first two weeks, then 3 times a week.",
    "de": "Täglich in den ersten zwei Wochen, dann 3-mal pro Woche.",
    "es": "A diario las dos primeras semanas, luego 3 veces por semana.",
    "fr": "Chaque jour les deux premières semaines, puis 3 fois par semaine.",
}


@pytest.mark.parametrize("language", WEEKS)
def test_the_first_two_weeks_are_no_exercises(language: str) -> None:
    found = often(f"{WEEKS[language]}\n\n{THREE[language]}", language)
    assert found[:-1] == [None] * (len(found) - 1)
