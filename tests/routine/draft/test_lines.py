"""Plans in short lines: work by turns, supersets, tables, lists, in every language."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft


def read(text: str, language: str = "en") -> Draft:
    return drafted_text(f"My plan\n\n{text}\n", language=language)


def told(draft: Draft) -> list[tuple[str, dict[str, Any]]]:
    """The name of each exercise with its figures."""
    return [(x.name, {n: made.value for n, made in x.figures.items()}) for x in draft.exercises]


def group(draft: Draft) -> dict[str, Any]:
    """The members and figures of the only group."""
    (found,) = draft.groups
    members = [draft.exercises[n].name for n in found.members]
    return {"members": members} | {name: made.value for name, made in found.figures.items()}


@pytest.mark.parametrize(
    ("language", "line", "wanted"),
    [
        ("en", "run 2 min / walk 1 min x 6", {"members": ["run", "walk"], "rounds": 6}),
        ("en", "Run 1 min, walk 2 min, repeat 5 times.", {"members": ["Run", "walk"], "rounds": 5}),
        (
            "en",
            "Alternate 60 seconds of running and 90 seconds of walking for a total of 20 minutes.",
            {"members": ["running", "walking"], "until_s": 1200},
        ),
        (
            "de",
            "5 x 3 min laufen / 2 min gehen",
            {"members": ["laufen", "gehen"], "rounds": 5},
        ),
        (
            "es",
            "6 x 2 min trote / 1 min caminata",
            {"members": ["trote", "caminata"], "rounds": 6},
        ),
        (
            "fr",
            "6 x (2 min course / 1 min marche)",
            {"members": ["course", "marche"], "rounds": 6},
        ),
    ],
)
def test_work_done_by_turns_is_a_group(language: str, line: str, wanted: dict[str, Any]) -> None:
    draft = read(line, language)
    assert group(draft) == wanted
    assert all("work_s" in x.figures for x in draft.exercises)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "8 x (1 min hard / 2 min easy)"),
        ("de", "8 x (1 min schnell / 2 min Pause)"),
        ("es", "8 x (1 min fuerte / 2 min suave)"),
        ("fr", "8 x (1 min vite / 2 min récup)"),
    ],
)
def test_what_is_easy_between_is_a_rest(language: str, line: str) -> None:
    (exercise,) = read(line, language).exercises
    found = {name: made.value for name, made in exercise.figures.items()}
    assert found == {"sets": 8, "work_s": 60, "rest_s": 120}


def test_work_by_turns_takes_no_line_beside_it() -> None:
    draft = read("Warm up: 5 min brisk walk\nrun 2 min / walk 1 min x 6\nCool down: 5 min stroll")
    assert [name for name, _ in told(draft)] == ["brisk walk", "run", "walk", "stroll"]
    assert told(draft)[0][1] == {"work_s": 300}


def test_letters_without_a_point_are_a_superset_with_a_question() -> None:
    draft = read("A1 Push-up 3 x 12\nA2 Inverted row 3 x 10, rest 60 s\nB Plank 3 x 40 s")
    assert group(draft) == {"members": ["Push-up", "Inverted row"], "rounds": 3, "rest_s": 60}
    assert {made.doubt for made in draft.groups[0].figures.values()} == {"by turns"}
    assert told(draft)[2] == ("Plank", {"sets": 3, "hold_s": 40})


def test_a_superset_that_the_text_names_is_sure() -> None:
    draft = read("Superset\n\nA1. Push-up 3 x 12\nA2. Inverted row 3 x 10")
    assert not any(made.doubt for made in draft.groups[0].figures.values())


def test_marked_headings_have_lines_of_their_own() -> None:
    draft = read("A) FORCE\n   Squat 5 x 5\nB) AMRAP 8 min\n   5 push-ups\n   10 air squats")
    assert [name for name, _ in told(draft)] == ["Squat", "push-ups", "air squats"]
    assert group(draft) == {"members": ["push-ups", "air squats"], "until_s": 480}


def test_bare_counts_in_a_list() -> None:
    draft = read("3 rounds, 60s rest between rounds.\n\nSquat 12\nLunge 10 each leg\nPush-up 8")
    assert told(draft) == [
        ("Squat", {"reps": 12}),
        ("Lunge", {"reps": 10, "sides": "each"}),
        ("Push-up", {"reps": 8}),
    ]


def test_the_height_of_a_step_is_no_time() -> None:
    draft = read('Step up: 3 x 10 on a 6" step\nBox jump 24" 5 x 3')
    assert told(draft) == [
        ("Step up", {"sets": 3, "reps": 10}),
        ("Box jump", {"sets": 5, "reps": 3}),
    ]


@pytest.mark.parametrize("rule", ["", "-----------------------------------\n"])
def test_a_table_in_columns_of_blanks(rule: str) -> None:
    draft = read(
        "EXERCISE            SETS   REPS    TEMPO     REST\n"
        f"{rule}"
        "Leg press            3     12-15   3-0-1-0   60 s\n"
        "Split squat          2     10/10   -         90 s\n"
        "Plank                3     30 s    -         30 s"
    )
    assert told(draft) == [
        ("Leg press", {"sets": 3, "reps": [12, 15], "tempo": "3-0-1-0", "rest_s": 60}),
        ("Split squat", {"sets": 2, "reps": 10, "sides": "each", "rest_s": 90}),
        ("Plank", {"sets": 3, "hold_s": 30, "rest_s": 30}),
    ]


def test_dotted_leaders_and_numbered_stations() -> None:
    draft = read(
        "STATION 1   Hampelmann .................. 30 Sek.\n"
        "STATION 2   Kniebeuge am Geländer ....... 12 Wdh.",
        "de",
    )
    assert told(draft) == [
        ("Hampelmann", {"work_s": 30}),
        ("Kniebeuge am Geländer", {"reps": 12}),
    ]


def test_rows_marked_by_number_and_letter_are_a_superset() -> None:
    draft = read(
        "| | Übung | Sätze | Wdh. | Pause |\n|---|---|---|---|---|\n"
        "| 1 | Kniebeuge | 4 | 6–8 | 2 min |\n"
        "| 2a | Bankdrücken | 3 | 10 | – |\n| 2b | Latzug | 3 | 12 | 90 s |\n\n"
        "2a und 2b als Supersatz.",
        "de",
    )
    assert group(draft) == {"members": ["Bankdrücken", "Latzug"], "rounds": 3, "rest_s": 90}


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_as_a_program_exports_it(separator: str) -> None:
    rows = [
        "#|exercise|side|sets|reps|hold_sec|rest_sec|notes",
        '1|Bird dog|alternating|3|6|8|30|"6 per side, slowly"',
        "2|Hip hinge||2|12||60|",
        '3|Press-up||2|10|||"do not perform"',
    ]
    draft = read("\n".join(rows).replace("|", separator))
    assert told(draft) == [
        ("Bird dog", {"sets": 3, "reps": 6, "hold_s": 8, "rest_s": 30, "sides": "alternating"}),
        ("Hip hinge", {"sets": 2, "reps": 12, "rest_s": 60}),
    ]
    assert len(draft.forbidden) == 1


def test_a_sentence_with_commas_is_no_table() -> None:
    draft = read("Squat, lunge, press, row: 3 x 10.\nPush,pull,hold,rest and so on.")
    assert not any(x.name == "lunge" for x in draft.exercises)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "Clams, bridges and squats, 10 of each", ["Clams", "bridges", "squats"]),
        ("de", "ABC: Kniehebelauf, Anfersen, je 30 Sekunden", ["Kniehebelauf", "Anfersen"]),
        ("es", "Isquios y aductores 30 segs cada uno", ["Isquios", "aductores"]),
        ("fr", "Gammes : fentes, talons-fesses, 20 secondes chacun", ["fentes", "talons-fesses"]),
    ],
)
def test_several_names_with_one_dose_for_each(language: str, text: str, names: list[str]) -> None:
    found = told(read(text, language))
    assert [name for name, _ in found] == names
    assert len({str(figures) for _, figures in found}) == 1


def test_numbers_in_front_without_a_point() -> None:
    draft = read("1 chin tucks, 10, hold 5 secs\n2 wall angels, 2 sets of 8\n3 rows, 3 x 12")
    assert [name for name, _ in told(draft)] == ["chin tucks", "wall angels", "rows"]
    assert told(draft)[0][1] == {"reps": 10, "hold_s": 5}


def test_a_list_under_a_heading_has_exercises_of_its_own() -> None:
    draft = read(
        "In the morning:\n- Heel slide: bend the knee, 10 times.\n"
        "- Quad squeeze: press down for 5 seconds, 10 times.\n\n"
        "In the evening:\n- Wall squat: 3 sets of 10.\n- Balance: stand for 30 seconds."
    )
    names = [name for name, _ in told(draft)]
    assert names == ["Heel slide", "Quad squeeze", "Wall squat", "Balance"]


@pytest.mark.parametrize(
    ("language", "typed", "untyped"),
    [
        ("fr", "Fente : 3 séries de 10, récup 45 sec", "Fente : 3 series de 10, recup 45 sec"),
        ("es", "Puente: 10 repeticiones por día", "Puente: 10 repeticiones por dia"),
    ],
)
def test_accents_may_be_left_out(language: str, typed: str, untyped: str) -> None:
    assert told(read(untyped, language)) == told(read(typed, language))


def test_the_same_line_twice() -> None:
    draft = read("Squat 3 x 10\nSquat 3 x 10")
    assert {figures["reps"] for _, figures in told(draft)} == {10}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "no 1 is chin tucks, hold 5 secs x 8\n\nno 2 turns - ten each way\n\n"
            "no 3 shrugs, 12 reps\n",
            ["chin tucks", "turns", "shrugs"],
        ),
        (
            "de",
            "Nr. 1 ist Kinn zurück, 8 mal\n\nNr. 2: Drehen, 10 mal\n\n"
            "Nr. 3 Schultern heben, 12 mal\n",
            ["Kinn zurück", "Drehen", "Schultern heben"],
        ),
        (
            "en",
            "1   Ankle pumps\n    20 times.\n\n2   Static quads\n    Hold for 5 seconds.\n"
            "    10 times.\n\n3   Heel slides\n    10 times.\n",
            ["Ankle pumps", "Static quads", "Heel slides"],
        ),
        (
            "es",
            "CALENT remo 5 min\nA/ sentadilla 4x5\nB/ peso muerto 3x8\nVC estirar psoas 90 s\n",
            ["remo", "sentadilla", "peso muerto", "estirar psoas"],
        ),
    ],
)
def test_more_ways_to_count_exercises(language: str, text: str, names: list[str]) -> None:
    draft = drafted_text(f"My list\n\n{text}", language=language)
    assert [each.name for each in draft.exercises] == names


def test_a_number_before_a_name_under_a_heading_is_no_step() -> None:
    """A chat: headings with times of the day, and the plan in one of them, by numbers."""
    draft = drafted_text(
        "Coach Bev\nMorning Nat, gym tomorrow while the track is shut\n\n"
        "Session plan\nRead this first, and bring water and a towel for the mats\n"
        "1. Trap bar deadlift 5x5\n2. Split squat 3x8\n3. Calf raise 4x12\n4. Row 3x10\n\n"
        "Afterwards\nStretch a little, and tell me how it went when you are home again\n"
    )
    doses = [(each.name, each.value("sets"), each.value("reps")) for each in draft.exercises]
    assert doses == [
        ("Trap bar deadlift", 5, 5),
        ("Split squat", 3, 8),
        ("Calf raise", 4, 12),
        ("Row", 3, 10),
    ]
