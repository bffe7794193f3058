"""What holds for some people or one exercise alone is not sure for all."""

from __future__ import annotations

import pytest
from drafts import drafted_text

CIRCUITS = {
    "en": "My page\n\n4 rounds, 40 seconds of work, 20 seconds of rest\n"
    "1. Squats\n2. Press-ups\n3. Lunges\n\n{}\n",
    "de": "Mein Blatt\n\n4 Runden, 40 Sekunden Arbeit, 20 Sekunden Pause\n"
    "1. Kniebeugen\n2. Liegestütze\n3. Ausfallschritte\n\n{}\n",
    "es": "Mi hoja\n\n4 rondas, 40 segundos de trabajo, 20 segundos de descanso\n"
    "1. Sentadillas\n2. Flexiones\n3. Zancadas\n\n{}\n",
    "fr": "Ma fiche\n\n4 tours, 40 secondes d'effort, 20 secondes de repos\n"
    "1. Squats\n2. Pompes\n3. Fentes\n\n{}\n",
}


def rounds_of(language: str, note: str) -> tuple[object, str]:
    """The rounds of a circuit over a note, and the question on them."""
    (group,) = drafted_text(CIRCUITS[language].format(note), language=language).groups
    made = group.figures["rounds"]
    return made.value, made.doubt


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Beginners do two."),
        ("en", "Under-16s do 3 not 4."),
        ("en", "If your knee hurts, stop after 2 rounds."),
        ("de", "Einsteiger machen zwei."),
        ("de", "Wer gerade erst anfängt, macht drei."),
        ("de", "Wenn das Knie schmerzt, nur 2 Runden."),
        ("es", "Los principiantes, dos."),
        ("es", "Si estás empezando, haz solo dos."),
        ("fr", "Les débutants en font deux."),
        ("fr", "Si le genou tire, tu fais 2 tours."),
    ],
)
def test_other_rounds_for_some_are_a_question(language: str, note: str) -> None:
    assert rounds_of(language, note) == (4, "levels")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Beginners take it easy."),
        ("de", "Wer Fragen hat, meldet sich."),
        ("es", "Si tienes dudas, pregunta."),
        ("fr", "Les débutants y vont doucement."),
    ],
)
def test_a_note_without_rounds_leaves_them_sure(language: str, note: str) -> None:
    assert rounds_of(language, note) == (4, "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My page\n\nHill sprints\n6 sprints of 20 seconds, walking back down in between.\n"),
        ("en", "My page\n\nStrides\n4 times 20 seconds. Jog back to the start.\n"),
        ("de", "Mein Blatt\n\nBergsprints\n6 x 20 Sekunden, locker zurückgehen.\n"),
        ("de", "Mein Blatt\n\nSteigerungen\n4 x 20 Sekunden, langsam zurück gehen.\n"),
        ("es", "Mi hoja\n\nCuestas\n6 x 20 segundos, vuelta andando.\n"),
        ("fr", "Ma fiche\n\nCôtes\n6 x 20 secondes, retour en marchant.\n"),
    ],
)
def test_a_rest_as_long_as_the_way_back_is_a_question(language: str, text: str) -> None:
    (exercise,) = drafted_text(text, language=language).exercises
    assert exercise.doubts["rest_s"] == "distance"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Each exercise: 3 sets.\n\nAlphabet\nDraw from A to Z. One time only.\n\n"
               "Bridge\n10 reps.\n"),
        ("en", "Each exercise: 3 sets.\n\nAlphabet\nDraw from A to Z, only 1 round.\n\n"
               "Bridge\n10 reps.\n"),
        ("de", "Jede Übung: 3 Sätze.\n\nAlphabet\nVon A bis Z malen, nur 1 Durchgang.\n\n"
               "Brücke\n10 Wiederholungen.\n"),
        ("es", "Cada ejercicio: 3 series.\n\nAlfabeto\nDibuje de la A a la Z, 1 sola vez.\n\n"
               "Puente\n10 repeticiones.\n"),
        ("fr", "Chaque exercice : 3 séries.\n\nAlphabet\nDessinez de A à Z, 1 seule fois.\n\n"
               "Pont\n10 répétitions.\n"),
    ],
)  # fmt: skip
def test_what_is_done_once_has_not_the_sets_of_all(language: str, text: str) -> None:
    first, second = drafted_text(f"My page\n\n{text}", language=language).exercises
    assert (first.value("sets"), second.value("sets")) == (None, 3)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Bridges are every other day, everything else daily."),
        ("de", "Die Brücke jeden zweiten Tag, alles andere täglich."),
        ("es", "El puente cada dos días, todo lo demás a diario."),
        ("fr", "Le pont un jour sur deux, tout le reste chaque jour."),
    ],
)
def test_how_often_one_is_done_is_not_how_often_all_is(language: str, text: str) -> None:
    name = {"en": "Bridge", "de": "Brücke", "es": "Puente", "fr": "Pont"}[language]
    page = f"My page\n\n1. {name}\n10 x.\n\n2. Clam\n8 x.\n\n3. {name} +\n8 x.\n\n{text}\n"
    made = drafted_text(page, language=language).figures.get("schedule")
    assert made is None or made.doubt


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Heel raises on flat ground (NOT off a step). 10 reps."),
        ("en", "Do it not on a chair. 10 reps."),
        ("de", "Fersenheben am Boden, nicht auf einer Stufe, nicht auf einem Stuhl. 10-mal."),
        ("es", "Elevación en el suelo, no sobre una silla. 10 veces."),
        ("fr", "Montées au sol, pas sur une chaise. 10 fois."),
    ],
)
def test_a_thing_that_is_not_to_be_taken_is_not_needed(language: str, text: str) -> None:
    draft = drafted_text(f"My page\n\n1. Alpha\n{text}\n\n2. Beta\n9 x.\n", language=language)
    assert [each.equipment for each in draft.exercises] == [{}, {}]
