"""Exercises that running sentences tell of, without a heading, a list or a name of their own."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.reading import language_of


def figures(draft: Draft) -> list[tuple[str, dict[str, Any]]]:
    """The figures of each exercise but for positions, with its name, in order."""
    return [
        (
            each.name,
            {name: made.value for name, made in each.figures.items() if name != "position"},
        )
        for each in draft.exercises
    ]


TOLD = {
    "en": (
        "Hi Sam,\n\nhere is what I'd like you to do for the hip.\n\n"
        "Start with the clamshell: lie on your side with your knees bent and open the top knee "
        "like a shell, 15 times on each side. Then roll onto your back for bridges, three sets of "
        "ten. After that stand up, hold on to a chair and do heel raises, 20 of them, slowly. "
        "Finish with a calf stretch against the wall for 30 seconds a leg.\n\nBest, Kim\n",
        [
            ("clamshell", {"reps": 15, "sides": "each"}),
            ("bridges", {"sets": 3, "reps": 10}),
            ("heel raises", {"reps": 20}),
            ("calf stretch against the wall", {"hold_s": 30, "sides": "each"}),
        ],
    ),
    "de": (
        "Servus! Also mein Plan fürs Knie geht so: Dann kommen Kniebeugen an der Wand, 3 Sätze "
        "à 12 mit einer Minute Pause. Anschließend Ausfallschritte, 8 pro Bein. Zum Schluss noch "
        "der Katzenbuckel, 15 Mal langsam auf und ab. Das mache ich dreimal die Woche.\n",
        [
            ("Kniebeugen an der Wand", {"sets": 3, "reps": 12, "rest_s": 60}),
            ("Ausfallschritte", {"reps": 8, "sides": "each"}),
            ("Katzenbuckel", {"reps": 15}),
        ],
    ),
    "es": (
        "Lo que me mandó la fisio para la espalda: primero gato-camello, 10 veces despacio. Luego "
        "el puente, 3 series de 12 y un minuto de descanso entre series. Después plancha lateral, "
        "20 segundos por lado, dos veces. Todo esto tres veces por semana.\n",
        [
            ("gato-camello", {"reps": 10}),
            ("puente", {"sets": 3, "reps": 12, "rest_s": 60}),
            ("plancha lateral", {"reps": 2, "hold_s": 20, "sides": "each"}),
        ],
    ),
    "fr": (
        "Salut, voilà ma routine du soir. D'abord la chaise contre le mur, 45 secondes, trois fois "
        "avec 30 secondes de pause. Puis les mollets sur une marche : trois séries de quinze. Pour "
        "finir, la posture du pigeon, une minute de chaque côté. Ça me prend 20 minutes, tous les "
        "deux jours.\n",
        [
            ("chaise contre le mur", {"sets": 3, "hold_s": 45, "rest_s": 30}),
            ("mollets sur une marche", {"sets": 3, "reps": 15}),
            ("posture du pigeon", {"hold_s": 60, "sides": "each"}),
        ],
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_a_paragraph_is_divided_at_its_words_of_order(language: str) -> None:
    text, wanted = TOLD[language]
    assert language_of(text) == language
    assert figures(drafted_text(text, language=language)) == wanted


def test_another_dose_of_the_same_kind_is_another_exercise() -> None:
    """No word of order stands between these; nobody does ten and eight of the same."""
    draft = drafted_text(
        "Make a gentle fist, keep it for five seconds and spread your fingers; ten of these is "
        "plenty. Bend your thumb across your palm, hold it there for another five seconds, and "
        "do that eight times.\n",
        language="en",
    )
    told = [each for _, each in figures(draft)]
    assert told == [{"reps": 10, "hold_s": 5}, {"reps": 8, "hold_s": 5}]


@pytest.mark.parametrize(
    "text",
    [
        "Lift the leg and hold for 5 seconds. Then lower it slowly. Repeat 10 times.",
        "Shrug up to your ears and hold for 5 seconds, then drop them. Eight times.",
        "Turn to the right and hold for 10 seconds; do the same to the left, and repeat the pair "
        "five times.",
    ],
)
def test_what_goes_on_with_a_movement_is_no_other_exercise(text: str) -> None:
    assert len(drafted_text(f"My page\n\n{text}\n", language="en").exercises) == 1


def test_how_often_all_is_done_is_not_the_dose_of_the_last() -> None:
    draft = drafted_text(TOLD["fr"][0], language="fr")
    assert draft.figures["schedule"].value == {"every": "2 days"}
    assert draft.figures["duration_s"].value == 1200


def test_what_is_refused_behind_a_dose_refuses_nothing_before_it() -> None:
    draft = drafted_text(
        "First grab the band, 3 x 15. Then hang from the bar for 20 seconds. Skip the overhead "
        "press, no matter what the app says about 5x5.\n",
        language="en",
    )
    assert figures(draft) == [
        ("grab the band", {"sets": 3, "reps": 15}),
        ("hang from the bar", {"hold_s": 20}),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "- Calf stretch, 25 seconds per leg\n- Quads, the same\n"),
        ("de", "- Waden, 25 Sekunden pro Bein\n- Oberschenkel vorn, ebenso\n"),
        ("es", "- Gemelos, 25 segundos por pierna\n- Cuádriceps, lo mismo\n"),
        ("fr", "- Mollets, 25 secondes par jambe\n- Quadriceps, pareil\n"),
    ],
)
def test_the_same_is_the_dose_of_the_one_before(language: str, text: str) -> None:
    draft = drafted_text(f"My page\n\n{text}", language=language)
    assert [told for _, told in figures(draft)] == [{"hold_s": 25, "sides": "each"}] * 2


@pytest.mark.parametrize(
    ("language", "rule"),
    [
        ("en", "Unless stated otherwise, for exercises B to C: 12 reps."),
        ("de", "Sofern nicht anders vermerkt, gilt für die Übungen B bis C: 12 Wiederholungen."),
        ("es", "Salvo que se indique otra cosa, en los ejercicios B a C: 12 repeticiones."),
        ("fr", "Sauf indication contraire, pour les exercices B à C : 12 répétitions."),
    ],
)
def test_what_holds_unless_said_otherwise_holds_for_the_letters_named(
    language: str, rule: str
) -> None:
    hold = {"en": "Hold for", "de": "Halten:", "es": "Mantenga", "fr": "Tenez"}[language]
    names = "".join(f"{letter} – Plank {letter}\n{hold} 5 s.\n\n" for letter in "ABC")
    draft = drafted_text(f"My page\n\n{rule}\n\n{names}", language=language)
    assert [told.get("reps") for _, told in figures(draft)] == [None, 12, 12]


def test_a_column_may_hold_two_figures() -> None:
    draft = drafted_text(
        "Circuit\n\nExercise | Work/Rest | Rounds\nSquats | 30/15 | 3\nPlank | 45/20 | 2\n",
        language="en",
    )
    assert figures(draft) == [
        ("Squats", {"work_s": 30, "rest_s": 15, "sets": 3}),
        ("Plank", {"work_s": 45, "rest_s": 20, "sets": 2}),
    ]


def test_what_is_done_without_is_not_needed() -> None:
    draft = drafted_text("My page\n\nBridge\nWithout a pillow, on a mat. 10 reps.\n", language="en")
    assert list(draft.exercises[0].equipment) == ["mat"]


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Do the first two three times a day, the third only once a day."),
        ("de", "Die ersten zwei dreimal täglich, die dritte nur einmal täglich."),
        ("es", "Los dos primeros tres veces al día, el tercero solo una vez al día."),
        ("fr", "Les deux premiers trois fois par jour, le troisième une fois par jour."),
    ],
)
def test_a_note_may_name_exercises_by_their_place(language: str, note: str) -> None:
    draft = drafted_text(
        f"My page\n\n1. Plank\n2 x 10.\n\n2. Squat\n2 x 10.\n\n3. Lunge\n2 x 10.\n\n{note}\n",
        language=language,
    )
    thrice, once = {"times": 3, "per": "day"}, {"times": 1, "per": "day"}
    assert [each.value("schedule") for each in draft.exercises] == [thrice, thrice, once]
    assert "schedule" not in draft.figures


def test_words_that_open_a_part_and_name_nothing_are_no_exercise() -> None:
    draft = drafted_text("Plank, 30 seconds, and the then squats, 20 times, and you then rest.\n")
    assert [each.name for each in draft.exercises] == ["Plank", "squats"]
