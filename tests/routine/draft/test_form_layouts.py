"""Forms, dialogues, and lists whose doses stand elsewhere: what a person finds in them."""

from __future__ import annotations

from typing import Any, Final

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.lines import lines_of


def told(text: str, language: str = "en") -> dict[str, dict[str, Any]]:
    """The dose of each exercise, by its name."""
    wanted = ("sets", "reps", "hold_s", "rest_s", "work_s", "schedule")
    return {
        each.name: {name: each.value(name) for name in wanted if each.value(name) is not None}
        for each in drafted_text(text, language=language).exercises
    }


FORMS: Final = [
    "Exercise: Clam\nSets: 3\nReps: 12\nRest: 30 seconds\n\nExercise: Bridge\nSets: 2\nReps: 15\n",
    "CLAM\nSets ...... 3\nReps ..... 12\nRest .... 30 s\n\nBRIDGE\nSets ..... 2\nReps ..... 15\n",
    "Plan\n\n3 x 12, rest 30 seconds\nClam\nSlowly.\n\n2 x 15\nBridge\nSlowly.\n",
]


@pytest.mark.parametrize("text", FORMS)
def test_a_form_holds_one_exercise_a_block(text: str) -> None:
    found = {name.casefold(): dose for name, dose in told(text).items()}
    assert found == {
        "clam": {"sets": 3, "reps": 12, "rest_s": 30},
        "bridge": {"sets": 2, "reps": 15},
    }


@pytest.mark.parametrize(
    ("language", "names", "doses"),
    [
        (
            "en",
            ("Ankle pumps", "Heel slides", "Bridges"),
            ("Exercise 1: 20 times.", "Exercises 2 and 3: 3 sets of 8."),
        ),
        ("en", ("Ankle pumps", "Heel slides", "Bridges"), ("1: 20 times.", "2-3: 3 sets of 8.")),
        (
            "de",
            ("Fußpumpe", "Fersenrutschen", "Brücke"),
            ("Übung 1: 20-mal.", "Übungen 2 bis 3: 3 Sätze mit 8 Wiederholungen."),
        ),
        (
            "es",
            ("Bombeo", "Talones", "Puente"),
            ("Ejercicio 1: 20 veces.", "Ejercicios 2 y 3: 3 series de 8."),
        ),
        (
            "fr",
            ("Pompage", "Talons", "Pont"),
            ("Exercice 1 : 20 fois.", "Exercices 2 et 3 : 3 séries de 8."),
        ),
    ],
)
def test_doses_at_the_end_belong_to_the_exercises_of_these_numbers(
    language: str, names: tuple[str, ...], doses: tuple[str, ...]
) -> None:
    listed = "\n".join(f"{n}. {name}" for n, name in enumerate(names, 1))
    text = f"Plan\n\n{listed}\n\n" + "\n".join(doses)
    found = told(text, language)
    first, *others = names
    assert found == {first: {"reps": 20}, **{name: {"sets": 3, "reps": 8} for name in others}}


def test_letters_under_numbers_are_the_exercises() -> None:
    text = (
        "Balance\n\n1. On two feet\n  a) Feet together: hold 30 seconds.\n"
        "  b) Tandem: hold 20 seconds.\n2. Strength\n  a) Heel raises: 2 sets of 12.\n"
        "  b) Sit to stand: 10 times.\n"
    )
    assert list(told(text)) == ["Feet together", "Tandem", "Heel raises", "Sit to stand"]


@pytest.mark.parametrize("between", ["| **Upper body** | | |\n", "| | | |\n| Upper body | | |\n"])
def test_a_row_of_one_cell_is_a_heading(between: str) -> None:
    head = "| Exercise | Sets | Reps |\n|---|---|---|\n"
    text = f"{head}| Squat | 3 | 10 |\n{between}| Row | 2 | 12 |\n"
    assert told(text) == {"Squat": {"sets": 3, "reps": 10}, "Row": {"sets": 2, "reps": 12}}


def test_who_speaks_in_a_dialogue_is_no_exercise() -> None:
    text = (
        "At the physio\n\nQ: My neck is stiff. What can I do?\nA: Chin tucks. Hold for 5 seconds, "
        "10 times.\nQ: And for the shoulders?\nA: Shrugs. 3 sets of 12.\n"
    )
    assert told(text) == {
        "Chin tucks": {"hold_s": 5, "reps": 10},
        "Shrugs": {"sets": 3, "reps": 12},
    }


@pytest.mark.parametrize("label", ["Start", "Aim", "Dose"])
def test_a_label_is_nobody_who_speaks(label: str) -> None:
    text = f"Home plan\n\n{label}: sit tall.\nDo ten.\n\n{label}: stand up.\nDo five.\n"
    assert any(line.text.startswith(label) for line in lines_of(text))


def test_numbered_steps_are_one_exercise() -> None:
    text = (
        "How to do the press-up on your elbows\n\nStep 1: Lie on your front.\nStep 2: Push up "
        "until your arms are straight.\nStep 3: Hold for two seconds.\nStep 4: Lower down.\n\n"
        "Repeat ten times.\n"
    )
    assert told(text) == {"press-up on your elbows": {"reps": 10, "hold_s": 2}}


@pytest.mark.parametrize(
    ("language", "line", "names", "rounds"),
    [
        (
            "en",
            "8 hill sprints: 20 seconds up, 60 seconds walking down",
            ["hill sprints", "walking down"],
            8,
        ),
        (
            "en",
            "Main bit: run 8 minutes, then walk 2 minutes. Go through that 3 times.",
            ["run", "walk"],
            3,
        ),
        (
            "de",
            "6 Steigerungen: 20 s schnell, 60 s gehen",
            ["Steigerungen", "gehen"],
            6,
        ),
    ],
)
def test_a_count_before_a_colon_is_one_of_rounds(
    language: str, line: str, names: list[str], rounds: int
) -> None:
    draft = drafted_text(f"Club\n\n{line}\n", language=language)
    assert [each.name for each in draft.exercises] == names
    assert draft.groups[0].figures["rounds"].value == rounds


@pytest.mark.parametrize(
    ("language", "need", "things"),
    [
        (
            "en",
            "You need a mirror, a teaspoon (about 6 mm thick) and a warm flannel.",
            ["mirror", "teaspoon", "flannel"],
        ),
        (
            "en",
            "Kit: wobble cushion, paper plate, some patience and ten minutes",
            ["wobble cushion", "paper plate"],
        ),
        (
            "de",
            "Sie brauchen einen Spiegel, einen Kochlöffel und etwas Platz.",
            ["Spiegel", "Kochlöffel"],
        ),
        ("es", "Material: una cuchara de madera, un espejo y diez minutos.", ["cuchara", "espejo"]),
        (
            "fr",
            "Il vous faut une cuillère en bois, un miroir et un peu de temps.",
            ["cuillère", "miroir"],
        ),
    ],
)
def test_what_is_needed_is_told_by_its_list(language: str, need: str, things: list[str]) -> None:
    text = f"Title of it\n\n{need}\n\nA\n1. Squat: 10 reps\n2. Lunge: 10 reps\n"
    found = list(drafted_text(text, language=language).equipment)
    assert len(found) == len(things)
    assert all(
        thing in name for thing, name in zip(things, sorted(found, key=need.find), strict=True)
    )


@pytest.mark.parametrize(
    ("language", "opening", "position"),
    [
        ("en", "Practise sitting on a hard chair.", "sitting on chair"),
        ("en", "Do them lying on your back with your knees bent.", "lying on back"),
        ("de", "Üben Sie zuerst in Rückenlage.", "lying on back"),
        ("es", "Puede hacerlos de pie, junto a una mesa.", "standing"),
        ("fr", "Faites ces mouvements à genoux.", "kneeling"),
        ("en", "Do not do these lying on your back.", None),
    ],
)
def test_a_position_in_the_opening_is_asked_of_all(
    language: str, opening: str, position: str | None
) -> None:
    text = f"Programme 3\n\n{opening}\n\n1. Alpha: 10 x\n2. Gamma: 12 x\n"
    for exercise in drafted_text(text, language=language).exercises:
        assert exercise.value("position") == position
        assert position is None or exercise.figures["position"].doubt


def test_exercises_of_one_name_are_told_apart_in_their_order() -> None:
    text = (
        "Week 6\n\nMain part, three times round:\n  run 4 minutes\n  walk 75 seconds\n"
        "  run 2 minutes\n  walk 90 seconds\n"
    )
    draft = drafted_text(text)
    assert [each.name for each in draft.exercises] == ["run", "walk", "run (2)", "walk (2)"]


def test_a_named_part_among_exercises_stays_one_without_a_dose() -> None:
    text = (
        "Feet\n\nToe pull. Draw the toe up. Hold for 15 seconds, six times.\n\n"
        "Toe yoga. Lift the big toes alone. Perhaps thirty tries, more or less.\n\n"
        "Heel raise. Rise and lower. 3 sets of 12.\n"
    )
    draft = drafted_text(text)
    assert [each.name for each in draft.exercises] == ["Toe pull", "Toe yoga", "Heel raise"]


@pytest.mark.parametrize(
    ("again", "figure"),
    [("Do the whole thing twice.", 2), ("Go through the whole sequence three times.", 3)],
)
def test_the_whole_thing_at_the_end_of_an_exercise_is_a_question(again: str, figure: int) -> None:
    text = (
        "Hips\n\nTwist. Sit tall with both legs straight, and turn for 3 breaths a side. "
        f"{again}\n\nTree. Stand tall. 4 breaths on each leg.\n"
    )
    draft = drafted_text(text)
    assert not draft.groups
    twist = draft.exercises[0]
    (made,) = (twist.figures[name] for name in ("sets", "reps") if name in twist.figures)
    assert (made.value, bool(made.doubt)) == (figure, True)


def test_rounds_and_work_by_the_clock_over_letters_are_groups() -> None:
    text = (
        "Home\n\n1) Squat 4x8, 90s rest\n2) Pair, 3 rounds\n a) row x12\n b) press x15\n"
        "3) AMRAP 6 min: 10 thrusters + 8 V-ups\n"
    )
    draft = drafted_text(text)
    groups = [([draft.exercises[n].name for n in g.members], g.figures) for g in draft.groups]
    assert [names for names, _ in groups] == [["row", "press"], ["thrusters", "V-ups"]]
    assert (groups[0][1]["rounds"].value, groups[1][1]["until_s"].value) == (3, 360)
