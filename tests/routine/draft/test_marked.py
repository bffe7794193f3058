"""What words beside a dose may seem to say is left out, or marked; a line each in `marked/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from test_manifold import told

from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.reading import read

MARKED: Final = Path(__file__).parent / "marked"
PAGES: Final = {
    "en": "My page\n\n1. Bridge\nUp and down, 7 reps.\n\n2. {}\n{}\n\n3. Clam\nOpen it, 9 reps.\n",
    "de": "Mein Blatt\n\n1. Brücke\n7-mal heben.\n\n2. {}\n{}\n\n3. Muschel\n9-mal öffnen.\n",
    "es": "Mi hoja\n\n1. Puente\n7 repeticiones.\n\n2. {}\n{}\n\n3. Almeja\n9 repeticiones.\n",
    "fr": "Ma fiche\n\n1. Pont\n7 répétitions.\n\n2. {}\n{}\n\n3. Coquillage\n9 répétitions.\n",
}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_only_what_is_certain_has_no_mark(language: str) -> None:
    odd = {}
    for line in (MARKED / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, wanted = line.partition(" => ")
        draft = read(PAGES[language].format(*text.split(" | ")), language)
        found = [draft.figures, *(each.figures for each in draft.exercises[1:-1])]
        sure = {
            f"{name} {told(made.value)}"
            for figures in found
            for name, made in figures.items()
            if not made.doubt
        }
        if (sure or {"none"}) != set(wanted.split("; ")):
            odd[text] = sure
    assert odd == {}


def figures_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """The figures of each exercise, by its name."""
    return {
        each.name: {name: made.value for name, made in each.figures.items()}
        for each in draft.exercises
    }


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en",
         "- Slides: 10 times\n- Turns with a stick (an old broom of yours will do): 12 times",
         "Turns with a stick"),
        ("de", "- Gleiten: 10-mal\n- Drehen mit Stab (ein alter Besenstiel tut es auch): 12-mal",
         "Drehen mit Stab"),
        ("es", "- Deslizar: 10 veces\n- Giros con palo (vale una escoba de su casa): 12 veces",
         "Giros con palo"),
        ("fr", "- Glisser : 10 fois\n- Rotation avec bâton (un manche à balai convient) : 12 fois",
         "Rotation avec bâton"),
    ],
)  # fmt: skip
def test_long_words_in_brackets_are_no_words_of_the_name(
    language: str, text: str, name: str
) -> None:
    found = figures_of(read(f"A sheet\n\n{text}\n", language))
    assert found[name] == {"reps": 12}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Cool down with a 5-minute walk. Then stretch your calves, 30 seconds per leg."),
        ("de", "Cool-down: 5 Minuten Gehen. Dann die Waden dehnen, 30 Sekunden pro Bein."),
        ("es", "Para enfriar, 5 minutos de caminata. Luego estire los gemelos, 30 s por pierna."),
        ("fr", "Retour au calme : 5 minutes de marche. Puis étirez les mollets, 30 s par jambe."),
    ],
)
def test_a_walk_and_the_stretch_behind_it_are_two(language: str, text: str) -> None:
    page = "A plan\n\nSquats: 3 x 12\n\nLunges: 3 x 10\n\n"
    found = list(figures_of(read(page + text + "\n", language)).values())[2:]
    assert [each.get("work_s", each.get("hold_s")) for each in found] == [300, 30]
    assert [each.get("sides") for each in found] == [None, "each"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sunday: 40 min walk.\n\nStretches, always: calves, 20 s each, twice per leg."),
        ("de", "Sonntag: 40 min Gehen.\n\nDehnen, immer: Waden, je 20 s, zweimal pro Bein."),
        ("es", "Domingo: 40 min de caminata.\n\nEstirar: gemelos, 20 s, dos veces por pierna."),
        ("fr", "Dimanche : 40 min de marche.\n\nÉtirements : mollets, 20 s, deux fois par jambe."),
    ],
)
def test_times_behind_an_exercise_are_no_rounds_of_it(language: str, text: str) -> None:
    assert read(f"A plan\n\n{text}\n", language).groups == []


TWO_KINDS = {
    "en": "Do the bed and standing exercises three times a day.\n\nBridge\n10 reps.\n\n"
    "Walking\nWalk for 5 minutes twice a day.\n",
    "de": "Übungen im Bett dreimal täglich.\n\nBrücke\n10 Wiederholungen.\n\n"
    "Gehen\nZweimal täglich 5 Minuten gehen.\n",
    "es": "Haga los ejercicios en la cama tres veces al día.\n\nPuente\n10 repeticiones.\n\n"
    "Caminar\nCamine 5 minutos dos veces al día.\n",
    "fr": "Faites les exercices au lit trois fois par jour.\n\nPont\n10 répétitions.\n\n"
    "Marche\nMarchez 5 minutes deux fois par jour.\n",
}


@pytest.mark.parametrize("language", sorted(TWO_KINDS))
def test_how_often_some_kinds_are_done_is_not_how_often_all_is(language: str) -> None:
    draft = read(f"Hip +\n\n{TWO_KINDS[language]}", language)
    assert "schedule" not in draft.figures
    assert [each.value("schedule")["times"] for each in draft.exercises] == [3, 2]


HEADED = {
    "en": ("BED EXERCISES", "STANDING EXERCISES", "three times a day", "twice a day", "10 reps."),
    "de": ("ÜBUNGEN IM BETT", "ÜBUNGEN IM STEHEN", "3 x täglich", "zweimal täglich", "10-mal."),
    "es": ("EJERCICIOS EN LA CAMA", "EJERCICIOS DE PIE", "3 veces al día", "2 veces al día",
           "10 veces."),
    "fr": ("EXERCICES AU LIT", "EXERCICES DEBOUT", "3 fois par jour", "2 fois par jour",
           "10 fois."),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(HEADED))
def test_how_often_stands_in_the_heading_over_some(language: str) -> None:
    bed, stand, first, second, dose = HEADED[language]
    page = f"Page +\n\n{bed} ({first})\n\n(a) Bravo\nX. {dose}\n\n(b) Alpha\nY. {dose}\n\n"
    page += f"{stand} ({second})\n\n(c) Delta\nZ. {dose}\n\n(d) Echo\nV. {dose}\n"
    draft = read(page, language)
    assert [each.name for each in draft.exercises] == ["Bravo", "Alpha", "Delta", "Echo"]
    assert [each.value("schedule")["times"] for each in draft.exercises] == [3, 3, 2, 2]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Train daily, the squats (exercise 1) but only three times a week."),
        ("de", "Üben Sie täglich, das Kräftigen (Übung 1) aber nur dreimal in der Woche."),
        ("es", "Practique a diario, la fuerza (ejercicio 1) pero solo tres veces por semana."),
        ("fr", "À faire chaque jour, le renforcement (exercice 1) mais trois fois par semaine."),
    ],
)
def test_of_two_frequencies_the_first_is_that_of_all(language: str, text: str) -> None:
    draft = read(f"Page +\n\n{text}\n\n1) Squats\n2 x 10\n\n2) Rows\n2 x 8\n", language)
    assert draft.figures["schedule"].value == {"times": 1, "per": "day"}


def test_a_heading_stands_over_a_heading() -> None:
    text = (
        "Page +\n\nOn the bed\nBridge\nLift the hips up slowly and down again. Do 10.\n\n"
        "At the worktop\nHeel raise\nHold on to the worktop and go up on your toes. Do 12.\n"
    )
    assert figures_of(read(text, "en"))["Heel raise"]["reps"] == 12


@pytest.mark.parametrize(
    ("language", "head", "time"),
    [
        ("en", "EXERCISE\tSETS\tREPS/TIME\tREST", "20 sec"),
        ("de", "ÜBUNG\tSÄTZE\tWDH./DAUER\tPAUSE", "20 s"),
        ("es", "EJERCICIO\tSERIES\tREPETICIONES/TIEMPO\tDESCANSO", "20 s"),
        ("fr", "EXERCICE\tSÉRIES\tRÉPÉTITIONS/DURÉE\tREPOS", "20 s"),
    ],
)
def test_a_column_of_counts_or_times(language: str, head: str, time: str) -> None:
    page = f"Page +\n\n{head}\nBravo\t3\t15\t45 s\nAlpha\t2\t{time}\t30 s\nDelta\t2\t8\t30 s\n"
    found = figures_of(read(page, language))
    assert found["Bravo"] == {"sets": 3, "reps": 15, "rest_s": 45}
    assert found["Alpha"] == {"sets": 2, "hold_s": 20, "rest_s": 30}


def test_a_count_of_times_a_day_is_no_number_of_an_exercise() -> None:
    text = "Page +\n\nDo the exercises 2 or 3 times a day.\n\n1. Up\n8 reps.\n\n2. Clam\n9 reps.\n"
    draft = read(text, "en")
    assert draft.figures["schedule"].value == {"times": [2, 3], "per": "day"}
    assert [each.value("schedule") for each in draft.exercises] == [None, None]


def test_numbers_without_points_that_count_the_lines_are_no_reps() -> None:
    text = (
        "Card +\n\n3 rounds, 45 s per exercise\n1 Plank\n2 Squat jumps\n3 Pull-aparts\n4 Twists\n"
    )
    found = figures_of(read(text, "en"))
    assert list(found) == ["Plank", "Squat jumps", "Pull-aparts", "Twists"]
    assert [each.get("reps") for each in found.values()] == [None] * len(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "- Squats: 3 x 12\n- Rows: 3 x 10\n- Ice: 15 min\n"),
        ("de", "- Kniebeugen: 3 x 12\n- Rudern: 3 x 10\n- Kälte: 15 min\n"),
        ("es", "- Sentadillas: 3 x 12\n- Remo: 3 x 10\n- Hielo: 15 min\n"),
        ("fr", "- Squats : 3 x 12\n- Tirages : 3 x 10\n- Glace : 15 min\n"),
    ],
)
def test_ice_in_a_list_is_no_exercise(language: str, text: str) -> None:
    assert len(read(f"Plan +\n\n{text}", language).exercises) == 2
