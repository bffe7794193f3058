"""How authors lay a text out: drills, dots that lead, blocks, letters, the dose of all."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft


def named(draft: Draft) -> dict[str, dict[str, Any]]:
    """The figures of each exercise, by its name."""
    return {
        each.name: {name: made.value for name, made in each.figures.items()}
        for each in draft.exercises
    }


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "DRILL A: LEGO\nHold for 20 seconds.\n\nDRILL B: HUMMING\nHold for 20 seconds."),
        ("en", "Move 1: LEGO\nHold for 20 seconds.\n\nMove 2: HUMMING\nHold for 20 seconds."),
        ("de", "Technik A: LEGO\n5 Sekunden halten.\n\nTechnik B: HUMMING\n20 Sekunden halten."),
        ("es", "Técnica 1: LEGO\nMantenga 5 s.\n\nTécnica 2: HUMMING\nMantenga 20 segundos."),
        ("fr", "Méthode A : LEGO\nTenez 5 secondes.\n\nMéthode B : HUMMING\nTenez 20 secondes."),
    ],
)
def test_what_counts_exercises_is_no_part_of_a_name(language: str, line: str) -> None:
    assert named(drafted_text(f"My page\n\n{line}\n", language=language))["HUMMING"]["hold_s"] == 20


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "WARM-UP ...... brisk walk, 6 minutes\n"
            "PART ONE ..... run 4 minutes, walk 2 minutes; three times through\n"
            "COOL-DOWN .... gentle walk, 5 minutes\n",
        ),
        (
            "de",
            "Aufwärmen .... zügiges Gehen, 6 Minuten\n"
            "Teil 1 ....... laufen 4 Minuten, gehen 2 Minuten; dreimal\n"
            "Ausklang ..... lockeres Gehen, 5 Minuten\n",
        ),
        (
            "es",
            "Calentamiento: marcha rápida, 6 minutos\n"
            "Bloque 1: correr 4 minutos, caminar 2 minutos; tres veces\n"
            "Vuelta a la calma: marcha suave, 5 minutos\n",
        ),
        (
            "fr",
            "Échauffement : marche rapide, 6 minutes\n"
            "Bloc 1 : courir 4 minutes, marcher 2 minutes, trois fois\n"
            "Retour au calme : marche lente, 5 minutes\n",
        ),
    ],
)
def test_a_part_has_its_work_by_turns_behind_its_heading(language: str, text: str) -> None:
    draft = drafted_text("My club\n" + text, language=language)
    assert [each.value("work_s") for each in draft.exercises] == [360, 240, 120, 300]
    (group,) = draft.groups
    assert (group.members, group.figures["rounds"].value) == ([1, 2], 3)


DOSES = [
    (
        "en",
        "The dose, unless it says otherwise below\n  3 sets of 12 repetitions, 45 seconds between "
        "sets\n  Work the injured ankle only\n",
    ),
    (
        "en",
        "For every exercise below:\n- 3 sets of 12\n- rest 45 seconds between sets\n"
        "- only the injured ankle\n",
    ),
    (
        "de",
        "Bei jeder Übung:\n 3 Sätze mit 12 Wiederholungen, 45 Sekunden Pause zwischen den "
        "Sätzen\n nur der verletzte Fuß\n",
    ),
    (
        "es",
        "En todos los ejercicios:\n 3 series de 12 repeticiones, 45 segundos de descanso entre "
        "series\n solo con el tobillo lesionado\n",
    ),
    (
        "fr",
        "Pour tous les exercices :\n 3 séries de 12 répétitions, 45 secondes de repos entre les "
        "séries\n seulement du côté blessé\n",
    ),
]


@pytest.mark.parametrize(("language", "dose"), DOSES)
def test_the_dose_of_all_stands_line_by_line_under_a_heading(language: str, dose: str) -> None:
    draft = drafted_text(f"My page\n\n{dose}\n1. Lego\n...\n\n2. Domino\n...\n", language=language)
    wanted = {"sets": 3, "reps": 12, "rest_s": 45, "sides": "affected"}
    assert named(draft) == {"Lego": wanted, "Domino": wanted}


def test_the_rounds_of_letters_stand_behind_the_last() -> None:
    draft = drafted_text(
        "Gym B\n\nw/u\n row erg 4:00 @ 20spm\n ankle rocks x12/side\n\n"
        "A1) front squat 5 @31X1 (50kg)\nA2) chin-up 6\n    4 rds, 90s after A2\n\n"
        "B) side plank 2x35s L then R, 20s off\n\nc/d\n 90/90 stretch 1:30 e/s\n",
        language="en",
    )
    assert [each.phase for each in draft.exercises] == [
        *["warmup"] * 2,
        *["main"] * 3,
        "cooldown",
    ]
    assert draft.exercises[0].value("work_s") == 240
    assert draft.exercises[2].value("reps") == 5
    assert draft.exercises[4].value("sides") == "left-then-right"
    (group,) = draft.groups
    assert group.members == [2, 3]
    assert {name: made.value for name, made in group.figures.items()} == {"rounds": 4, "rest_s": 90}


def test_each_block_has_its_own_work_and_the_rest_after_it() -> None:
    draft = drafted_text(
        "My half-hour\n\n>> Get warm\nSkip with a rope for 4 minutes.\n\n>> Block one: the grind\n"
        "45 seconds of work, 15 seconds to change over, 3 laps:\n"
        "   - kettlebell swings (light one)\n"
        "   - step-ups on the bottom stair, switching legs every time\n"
        "Then get your breath back for two minutes.\n\n>> Block two: the burn\n"
        "20 seconds of work, 10 seconds off, 4 laps:\n   - skater hops\n   - hollow hold\n\n"
        ">> Come down\nWalk around the block for 5 minutes.\n\nThat's it: half an hour.\n",
        language="en",
    )
    assert {name: told["work_s"] for name, told in named(draft).items()} == {
        "Skip with a rope": 240,
        "kettlebell swings (light one)": 45,
        "step-ups on the bottom stair": 45,
        "skater hops": 20,
        "hollow hold": 20,
        "Walk around the block": 300,
    }
    assert draft.groups[0].figures["rest_after_s"].value == 120
    assert draft.figures["duration_s"].value == 1800


def test_the_sides_of_a_window_are_the_parts_of_a_breath() -> None:
    draft = drafted_text(
        "My page\n\nDRILL A: BOX BREATHING\nSit on a chair.\n  Left side: breathe in, 4 seconds\n"
        "  Top: keep the air in, 4 seconds\n  Right side: breathe out, 4 seconds\n"
        "  Bottom: stay empty, 4 seconds\nGo around the window six times.\n\n"
        "DRILL B: THE HUM\nBreathe in for a count of three, then hum out for a count of six. "
        "Keep going for five minutes.\n",
        language="en",
    )
    first, second = draft.exercises
    assert first.value("phases_s") == [4, 4, 4, 4]
    assert first.value("reps") == 6
    assert second.value("phases_s") == [3, 6]


def test_a_short_time_for_each_of_two_movements_is_one_exercise() -> None:
    draft = drafted_text(
        "My page\n\n• Long holds: squeeze and hold for 5 seconds. Do 10.\n\n"
        "• Flicks: squeeze and drop at once, one second for each. Do 10.\n",
        language="en",
    )
    assert [each.name for each in draft.exercises] == ["Long holds", "Flicks"]


def test_a_numbered_list_under_a_heading_names_the_exercises() -> None:
    draft = drafted_text(
        "Bladder control\n\nFinding the muscles\nSit or stand. Tighten and lift.\n\n"
        "The exercises\n1. Slow squeezes: tighten and hold for 8 seconds. Repeat 10 times.\n"
        "2. Quick squeezes: tighten for one second and let go. 10 of these.\n\n"
        "When to do them\nThree times a day.\n",
        language="en",
    )
    assert [each.name for each in draft.exercises] == ["Slow squeezes", "Quick squeezes"]


def test_what_stands_below_a_list_of_bare_names_is_none_of_the_last() -> None:
    draft = drafted_text(
        "My class\n40 s work / 20 s rest\n1 Squat\n2 Climbers\n3 Lunges\n4 Plank\n"
        "Rest 1 min after each round\n",
        language="en",
    )
    assert {name: told["work_s"] for name, told in named(draft).items()} == dict.fromkeys(
        ("Squat", "Climbers", "Lunges", "Plank"), 40
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "#1 Calf stretch 3 x 30 s\n\n#2 same but knee bent\n"),
        ("de", "1) Wadendehnung 3 x 30 s\n\n2) dasselbe, aber Knie gebeugt\n"),
        ("es", "1) Estiramiento 3 x 30 s\n\n2) lo mismo pero rodilla doblada\n"),
        ("fr", "1) Étirement 3 x 30 s\n\n2) pareil, mais genou plié\n"),
    ],
)
def test_the_same_but_otherwise_has_the_dose_of_the_one_before(language: str, text: str) -> None:
    first, second = drafted_text(f"My page\n\n{text}", language=language).exercises
    assert first.value("hold_s") == second.value("hold_s") == 30
    assert second.name.startswith(f"{first.name}, ")


def test_a_walk_home_has_no_schedule_of_its_own() -> None:
    draft = drafted_text(
        "Begin with five minutes of brisk walking. Alternate 90 seconds of running and two minutes "
        "of walking, eight times. End with five minutes of easy walking. Three outings a week.\n",
        language="en",
    )
    assert draft.figures["schedule"].value == {"times": 3, "per": "week"}
    assert draft.exercises[0].name == "brisk walking"


def test_the_head_of_a_table_with_one_blank_between_columns_is_cut_by_the_rows() -> None:
    draft = drafted_text(
        "Hips\n\n"
        "Exercise                   Sides  Sets x reps Hold     Rest     Days/week\n"
        "Clamshell                  L/R    3 x 15      -        30 s     5\n"
        "Bridge, two legs           no     3 x 12      5 s      60 s     5\n\n"
        "Where it says L/R, do all sets on the left side first, then all of them on the right.\n",
        language="en",
    )
    first, second = draft.exercises
    assert (first.value("rest_s"), first.value("sides")) == (30, "left-then-right")
    assert (second.value("hold_s"), second.value("rest_s")) == (5, 60)


def test_a_star_marks_the_rows_that_a_note_is_about() -> None:
    draft = drafted_text(
        "Arms\n\nExercise | Sets | Reps | Days a week\nPress * | 3 | 12 | 4\nRow | 3 | 10 | 4\n\n"
        "* one arm at a time: all sets with the left arm before the right.\n",
        language="en",
    )
    assert [each.value("sides") for each in draft.exercises] == ["left-then-right", None]
    assert draft.exercises[0].value("schedule") == {"times": 4, "per": "week"}


def test_the_letters_of_two_exercises_before_their_rounds_are_no_exercise() -> None:
    draft = drafted_text(
        "Gym\n\n1. Hangs 5x10s, 2' rest\n2. Pull-ups 5/4/3, 90s rest\n4a. Press x10 e/s\n"
        "4b. Dead bug x8/side\n   4a+4b back to back, 3 rds, 1 min between rds\n5. Plank 2x20s\n",
        language="en",
    )
    assert [each.name for each in draft.exercises] == [
        *["Hangs", "Pull-ups", "Press", "Dead bug", "Plank"],
    ]
    assert draft.groups[0].figures["rounds"].value == 3
    assert draft.exercises[1].value("sets") == 3


def test_a_line_that_begins_with_a_word_of_the_clock_alone_is_read() -> None:
    draft = drafted_text("My class\n\nBlock A\n(EMOM) ten minutes\nSquat: 20\n", language="en")
    assert draft.title == "My class"
