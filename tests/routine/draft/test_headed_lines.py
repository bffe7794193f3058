"""Lines of a plan with a heading of their own in front: drills, strides, rounds by side."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft


def told(draft: Draft) -> list[tuple[str, dict[str, Any]]]:
    """The name of each exercise with its figures, but for a position."""
    return [
        (x.name, {n: made.value for n, made in x.figures.items() if n != "position"})
        for x in draft.exercises
    ]


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        (
            "en",
            "Drills on the straight – A-skips 3 x 15 seconds, side shuffles 3 x 15 seconds.",
            ["A-skips", "side shuffles"],
        ),
        (
            "de",
            "Lauf-ABC auf der Geraden – Kniehebelauf 3 x 15 Sekunden, Anfersen 3 x 15 Sekunden.",
            ["Kniehebelauf", "Anfersen"],
        ),
        (
            "es",
            "Técnica en la recta – skipping 3 x 15 segundos, talones al glúteo 3 x 15 segundos.",
            ["skipping", "talones al glúteo"],
        ),
        (
            "fr",
            "Gammes en ligne – montées de genoux 3 x 15 secondes, talons-fesses 3 x 15 secondes.",
            ["montées de genoux", "talons-fesses"],
        ),
    ],
)
def test_what_a_heading_lists_in_its_line_are_exercises(
    language: str, line: str, names: list[str]
) -> None:
    draft = drafted_text(f"Plan\n\nPlank: 40 s.\n{line}\nSquats: 12 s.\n", language=language)
    found = [each for each in told(draft) if each[0] in names]
    assert found == [(name, {"sets": 3, "work_s": 15}) for name in names] or found == [
        (name, {"sets": 3, "hold_s": 15}) for name in names
    ]
    assert len(draft.exercises) == 4


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "Strides: 5 x 20 seconds along the canal, 40 seconds easy.", "Strides"),
        ("de", "Steigerungsläufe: 5 x 20 Sekunden am Kanal, 40 Sekunden locker.", None),
        ("es", "Trotes: 5 x 20 segundos por el canal, 40 segundos de descanso.", "Trotes"),
        ("fr", "Foulées: 5 x 20 secondes le long du canal, 40 secondes de repos.", None),
    ],
)
def test_a_label_names_work_and_its_rest(language: str, line: str, name: str | None) -> None:
    draft = drafted_text(f"Plan\n\nPlank: 40 s.\n{line}\nSquats: 12 s.\n", language=language)
    first = draft.exercises[1]
    assert first.name == (name or first.name)
    assert {n: made.value for n, made in first.figures.items()} == {
        "sets": 5,
        "work_s": 20,
        "rest_s": 40,
    }


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Then run 2 minutes, walk 1 minute (a stroll, no standing about). Four times."),
        ("de", "Dann 2 Minuten laufen, 1 Minute gehen (schlendern, keine Hast). Viermal."),
        ("es", "Luego corra 2 minutos, camine 1 minuto (paseo suave, sin pararse). Cuatro veces."),
        ("fr", "Puis courez 2 minutes, marchez 1 minute (sans vous arrêter, hein). Quatre fois."),
    ],
)
def test_an_aside_is_no_turn(language: str, line: str) -> None:
    draft = drafted_text(f"Plan\n\nPlank: 40 s.\n\n{line}\n", language=language)
    (group,) = draft.groups
    assert [draft.exercises[n].value("work_s") for n in group.members] == [120, 60]
    assert group.figures["rounds"].value == 4


CIRCUITS = {
    "en": "Circuit\n\nCIRCUIT, 4 rounds\n45 s work / 15 s rest.\n• Squats\n"
    "• Side plank – in round 1 and 3 right, in 2 and 4 left\n• Burpees\n",
    "de": "Plan\n\nZIRKEL, 4 Runden\n45 s Belastung / 15 s Wechsel.\n• Kniebeugen\n"
    "• Seitstütz – in Runde 1 und 3 rechts, in 2 und 4 links\n• Hampelmann\n",
    "es": "Plan\n\nCIRCUITO, 4 vueltas\n45 s trabajo / 15 s descanso.\n• Sentadillas\n"
    "• Plancha lateral – en la ronda 1 y 3 derecha, en la 2 y la 4 izquierda\n• Burpees\n",
    "fr": "Plan\n\nCIRCUIT, 4 tours\n45 s d'effort / 15 s de repos.\n• Squats\n"
    "• Gainage latéral – aux tours 1 et 3 à droite, aux 2 et 4 à gauche\n• Burpees\n",
}


@pytest.mark.parametrize("language", sorted(CIRCUITS))
def test_the_numbers_of_rounds_are_no_reps(language: str) -> None:
    draft = drafted_text(CIRCUITS[language], language=language)
    assert [each.value("work_s") for each in draft.exercises] == [45, 45, 45]
    assert all("reps" not in each.figures for each in draft.exercises)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "COOL-DOWN\n5 min jogging. Then hip stretch, each side 40 s.", "hip stretch"),
        ("de", "ABWÄRMEN\n5 min auslaufen. Dann Hüfte dehnen, je Seite 40 s.", "Hüfte dehnen"),
        (
            "es",
            "VUELTA A LA CALMA\n5 min de trote. Luego estiramiento de cadera, cada lado 40 s.",
            "estiramiento de cadera",
        ),
        (
            "fr",
            "RETOUR AU CALME\n5 min de footing. Puis étirement de hanche, chaque côté 40 s.",
            "étirement de hanche",
        ),
    ],
)
def test_a_name_behind_then_stands_before_its_dose(language: str, text: str, name: str) -> None:
    draft = drafted_text(f"Plan\n\nMAIN\nSquats 3 x 12\nRow 3 x 12\n\n{text}\n", language=language)
    last = draft.exercises[-1]
    assert (last.name, last.value("hold_s"), last.value("sides")) == (name, 40, "each")


SOME = {
    "en": "Sheet\n\nExercises 1 and 2 are done on the bed. Please do them every two hours.\n\n"
    "1. Circles\nCircle both feet 10 times.\n\n2. Squeeze\nSqueeze, 10 times.\n\n"
    "3. Raise\nRise 8 times.\n",
    "de": "Blatt\n\nÜbungen 1 und 2 machen Sie im Bett. Wiederholen Sie sie alle zwei Stunden.\n\n"
    "1. Kreise\n10 Kreise.\n\n2. Anspannen\n10-mal anspannen.\n\n3. Heben\nHeben, 8-mal.\n",
    "es": "Hoja\n\nLos ejercicios 1 y 2 se hacen en la cama. Hágalos cada dos horas.\n\n"
    "1. Círculos\n10 círculos.\n\n2. Apretar\nApriete 10 veces.\n\n3. Subir\nSuba 8 veces.\n",
    "fr": "Fiche\n\nLes exercices 1 et 2 se font au lit. Faites-les toutes les deux heures.\n\n"
    "1. Cercles\n10 cercles.\n\n2. Serrer\nSerrez 10 fois.\n\n3. Monter\nMontez 8 fois.\n",
}


@pytest.mark.parametrize("language", sorted(SOME))
def test_how_often_them_is_about_those_of_the_sentence_before(language: str) -> None:
    draft = drafted_text(SOME[language], language=language)
    often = {"every": "2 hours"}
    assert [each.value("schedule") for each in draft.exercises] == [often, often, None]
    assert "schedule" not in draft.figures
