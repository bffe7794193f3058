"""How often a sentence says some exercises are done, by names, numbers and places."""

from __future__ import annotations

from typing import Any, Final

import pytest
from drafts import drafted_text

THREE: Final = {
    "en": "1. Bridge\nLift your hips. 10 times.\n\n2. Wall push-up\nLean and push. 10 times.\n\n"
    "3. Calf stretch\nHold 30 seconds.\n\n",
    "de": "1. Brücke\nDas Becken heben. 10-mal.\n\n2. Wandliegestütz\nLehnen, drücken. 10-mal.\n\n"
    "3. Wadendehnung\n30 Sekunden halten.\n\n",
    "es": "1. Puente\nSuba la cadera. 10 veces.\n\n2. Flexiones en la pared\nEmpuje. 10 veces.\n\n"
    "3. Estiramiento de gemelos\nMantenga 30 segundos.\n\n",
    "fr": "1. Pont\nMontez le bassin. 10 fois.\n\n2. Pompes au mur\nPoussez. 10 fois.\n\n"
    "3. Étirement du mollet\nTenez 30 secondes.\n\n",
}


def often(text: str, language: str = "en") -> list[Any]:
    """How often the session is done, and each exercise, in a word."""
    draft = drafted_text(text, language=language)
    told = [draft.figures.get("schedule")]
    told += [each.figures.get("schedule") for each in draft.exercises]
    return [each and (each.value.get("every") or tuple(each.value.values())) for each in told]


TWICE, THRICE, DAILY, WEEKLY = (2, "day"), (3, "day"), (1, "day"), (1, "week")


@pytest.mark.parametrize(
    ("language", "note", "wanted"),
    [
        ("en", "Bridges and wall push-ups twice a day, the rest when you like.", [TWICE, TWICE]),
        ("en", "Calf stretches are every other day, everything else daily.", [DAILY, DAILY]),
        ("en", "Do 1 and 3 every two hours, 2 three times a day.", ["2 hours", THRICE, "2 hours"]),
        (
            "en",
            "Exercises 1 and 2 are done twice a day, exercise 3 once a week.",
            [TWICE, TWICE, WEEKLY],
        ),
        (
            "en",
            "Do the calf stretch three times each day; everything else twice.",
            [TWICE, TWICE, THRICE],
        ),
        ("de", "Brücke und Wadendehnung dreimal am Tag, der Rest nach Laune.", [THRICE, None]),
        (
            "es",
            "El puente y las flexiones el jueves y el sábado, 3 días por semana en total.",
            [(3, "week"), (3, "week"), None],
        ),
        (
            "de",
            "Bitte die Übungen 1–2 täglich, Übung 3 nur jeden zweiten Tag.",
            [DAILY, DAILY, "2 days"],
        ),
        (
            "es",
            "Los ejercicios 1 y 2 cada día, el 3 un día sí y otro no.",
            [DAILY, DAILY, "2 days"],
        ),
        (
            "fr",
            "Les exercices 1 et 2 tous les jours, le 3 un jour sur deux.",
            [DAILY, DAILY, "2 days"],
        ),
    ],
)
def test_a_note_tells_it_of_some_by_name_or_number(
    language: str, note: str, wanted: list[Any]
) -> None:
    for text in (f"My page\n\n{note}\n\n{THREE[language]}", f"My page\n\n{THREE[language]}{note}"):
        found = often(text, language)
        assert [found[0], *found[1:][: len(wanted)]] == [None, *wanted]


def test_the_first_words_of_a_longer_name_name_it() -> None:
    text = (
        "My knee\n\n1. Leg raises on the mat\nLift. 12 times.\n\n2. Step-ups, low step\n12 times.\n"
        "\n3. Balance\nStand on one leg for 30 seconds.\n\nLeg raises every day, the rest every "
        "other day.\n"
    )
    assert often(text) == [None, DAILY, "2 days", "2 days"]


def test_the_rest_is_what_comes_later_too() -> None:
    text = (
        "My knee\n\n1) Bridge. Lift your hips 10 times.\n\n2) Step-ups. 12 of them. Only every "
        "other day for this one. Everything else is morning and night.\n\n3) Balance. Stand on "
        "one leg for 30 seconds.\n"
    )
    assert often(text) == [None, TWICE, "2 days", TWICE]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Do both exercises three times a day."),
        ("de", "Machen Sie beide Übungen dreimal am Tag."),
        ("es", "Haga los dos ejercicios tres veces al día."),
        ("fr", "Faites les deux exercices trois fois par jour."),
    ],
)
def test_both_are_the_two_before(language: str, said: str) -> None:
    first, second, third, _ = THREE[language].split("\n\n")
    found = often("\n\n".join(["My page", first, f"{second} {said}", third]), language)
    assert found == [None, THRICE, THRICE, None]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Exercises 1 to 2 are done in bed. Please do them every two hours."),
        ("de", "Die Übungen 1 bis 2 gehen im Bett. Machen Sie diese alle zwei Stunden."),
        ("es", "Los ejercicios 1 a 2 son en la cama. Hágalos cada dos horas."),
        ("fr", "Les exercices 1 à 2 se font au lit. Répétez-les toutes les deux heures."),
    ],
)
def test_them_are_those_of_the_sentence_before(language: str, said: str) -> None:
    found = often(f"My page\n\n{said}\n\n{THREE[language]}", language)
    assert found == [None, "2 hours", "2 hours", None]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "When you can stand, add the two below, three times a day."),
        ("de", "Wenn Sie stehen können, kommen die folgenden zwei dazu, dreimal am Tag."),
        ("es", "Cuando pueda, añada los dos siguientes, tres veces al día."),
        ("fr", "Ensuite, ajoutez les deux exercices ci-dessous, trois fois par jour."),
    ],
)
def test_those_below_are_as_many_as_it_says(language: str, said: str) -> None:
    first, rest = THREE[language].split("\n\n", 1)
    found = often(f"My page\n\n{first}\n\n{said}\n\n{rest}", language)
    assert found == [None, None, THRICE, THRICE]


def test_letters_before_all_names_are_their_numbers() -> None:
    text = (
        "Meine Schulter\n\nBitte die Übungen A–B täglich, Übung C nur jeden zweiten Tag.\n\n"
        "A Pendel\nDen Arm 20-mal schwingen.\n\nB Schulterkreisen\n12-mal kreisen.\n\n"
        "C Dehnung\n30 Sekunden halten.\n"
    )
    draft = drafted_text(text, language="de")
    assert [each.name for each in draft.exercises] == ["Pendel", "Schulterkreisen", "Dehnung"]
    assert often(text, "de") == [None, DAILY, DAILY, "2 days"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Lie on your side. Same numbers as exercise 1."),
        ("en", "As no. 1, but lift the other end."),
        ("de", "Wie Übung 1, aber auf der Seite."),
        ("es", "Como el ejercicio 1, pero de lado."),
        ("fr", "Comme l'exercice 1, mais sur le côté."),
    ],
)
def test_the_dose_is_that_of_the_exercise_with_a_number(language: str, said: str) -> None:
    dose = {
        "en": "Twice 8, hold for 3 seconds each time. A minute's rest between sets.",
        "de": "Zwei Sätze mit 8 Wiederholungen, je 3 Sekunden halten.",
        "es": "Dos series de 8, mantenga 3 segundos.",
        "fr": "Deux séries de 8, tenez 3 secondes.",
    }[language]
    text = f"My page\n\n1. Bridge\n{dose}\n\n2. Plank\n{said}\n"
    draft = drafted_text(text, language=language)
    bridge, plank = (
        {name: made.value for name, made in each.figures.items() if name != "position"}
        for each in draft.exercises
    )
    assert bridge.keys() >= {"sets", "reps", "hold_s"}
    assert plank == bridge


def test_a_dose_of_its_own_is_kept_whatever_it_is_like() -> None:
    text = "My page\n\n1. Bridge\n3 x 12.\n\n2. Plank\nStand as in exercise 1. 2 x 20 s.\n"
    _, plank = drafted_text(text, language="en").exercises
    assert (plank.value("sets"), plank.value("reps"), plank.value("hold_s")) == (2, None, 20)


@pytest.mark.parametrize(
    ("language", "head"),
    [("en", "Station"), ("de", "Station"), ("es", "Máquina"), ("fr", "Atelier")],
)
def test_a_station_is_the_exercise_of_a_row(language: str, head: str) -> None:
    rest = {"en": "Rest", "de": "Pause", "es": "Descanso", "fr": "Repos"}[language]
    text = (
        f"My page\n\n{head} | Sets x reps | Tempo | {rest}\nRow | 3 x 12 | 2-0-2-1 | 70 s\n"
        "Pallof | 2 x 9 | - | 1 min 20\n"
    )
    draft = drafted_text(text, language=language)
    assert [each.value("rest_s") for each in draft.exercises] == [70, 80]
