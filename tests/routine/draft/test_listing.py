"""A dose that stands once over a list of bare names, and what stands below the last of them."""

from __future__ import annotations

import pytest
from drafts import drafted_text

CIRCUITS = [
    (
        "en",
        "Hall class\n\n45 seconds of work, 15 seconds of rest. Three rounds, with 2 minutes "
        "between rounds.\n\n* Skater hops\n* Bear crawl\n* Side plank\n",
    ),
    (
        "en",
        "Hall class\n\nBLOCK ONE\nWork for 45 seconds, rest for 15. Three rounds, 2 minutes "
        "between rounds.\n1. Squat jumps\n2. Press-ups\n3. Plank\n",
    ),
    (
        "de",
        "Unser Zirkel\n\n45 Sekunden Arbeit, 15 Sekunden Wechsel. Drei Durchgänge, dazwischen "
        "2 Minuten Pause.\n\nStation 1: Kniebeugen\nStation 2: Seilspringen\n"
        "Station 3: Hampelmann\n",
    ),
    (
        "es",
        "Circuito\n\n45 segundos de trabajo, 15 segundos de descanso. Tres vueltas, 2 minutos "
        "entre vueltas.\n\n- Sentadillas\n- Plancha\n- Zancadas\n",
    ),
    (
        "fr",
        "Circuit\n\n45 secondes de travail, 15 secondes de repos. Trois tours, 2 minutes entre les "
        "tours.\n\n- Squats\n- Gainage\n- Fentes\n",
    ),
]


@pytest.mark.parametrize(("language", "text"), CIRCUITS)
def test_bare_names_have_the_dose_over_them(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    assert [each.value("work_s") for each in draft.exercises] == [45, 45, 45]
    (group,) = draft.groups
    figures = {name: made.value for name, made in group.figures.items()}
    assert group.members == [0, 1, 2]
    assert figures == {"rounds": 3, "rest_s": 120, "between_rest_s": 15}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", "Beginners: {} seconds of work.\nAdvanced: {} seconds of work."),
        ("en", "Beginners work for {} seconds; if you are advanced it is {} seconds of work."),
        ("de", "Anfänger: {} Sekunden Arbeit.\nFortgeschrittene: {} Sekunden Arbeit."),
        ("es", "Principiantes: {} segundos de trabajo.\nAvanzados: {} segundos de trabajo."),
        ("fr", "Débutants : {} secondes de travail.\nConfirmés : {} secondes de travail."),
    ],
)
def test_the_dose_over_a_list_may_differ_by_level(language: str, lines: str) -> None:
    text = f"Club\n\n{lines.format(30, 45)}\n\n* Burpees\n* Plank\n* Squats\n"
    draft = drafted_text(text, language=language)
    assert [each.value("work_s") for each in draft.exercises] == [
        {"beginner": 30, "advanced": 45}
    ] * 3


def test_a_dose_over_a_list_that_says_of_whom_is_a_question() -> None:
    draft = drafted_text("My plan\n\n10 reps, 3 sets.\n\n- Clam\n- Bridge\n- Bird dog\n")
    doses = [(each.value("sets"), each.figures["reps"].doubt) for each in draft.exercises]
    assert doses == [(3, "all")] * 3


def test_what_stands_below_a_list_of_lines_is_about_all_of_it() -> None:
    draft = drafted_text(
        "Friday\n\nPART 1: EMOM.\nMin 1: 12 snatches\nMin 2: 10 press-ups\nMin 3: rest\n"
        "Four times through. Then have 2 minutes off.\n\n"
        "PART 2: AMRAP, 8 minutes. As many rounds as you can manage of\n"
        "5 burpees\n10 sit-ups\n20 step-ups on a stair, alternating legs\n"
    )
    assert [each.name.split()[0] for each in draft.exercises] == [
        *("snatches", "press-ups"),
        *("burpees", "sit-ups", "step-ups"),
    ]
    assert [each.value("reps") for each in draft.exercises] == [12, 10, 5, 10, 20]
    minutes, most = draft.groups
    assert minutes.members == [0, 1]
    assert {name: made.value for name, made in minutes.figures.items()} == {
        "rounds": 4,
        "rest_after_s": 120,
    }
    assert (most.members, most.figures["until_s"].value) == ([2, 3, 4], 480)


def test_an_exercise_is_not_called_as_its_clock_is() -> None:
    draft = drafted_text(
        "Garage\n\nPART 1: EMOM\n12 kettlebell swings at the start of every minute, for 6 minutes."
        "\n\n"
        "PART 2: TABATA\nMountain climbers. 20 seconds of work, 10 seconds of rest, eight times.\n"
    )
    assert [each.name for each in draft.exercises] == ["kettlebell swings", "Mountain climbers"]


@pytest.mark.parametrize(
    "line",
    [
        "This gets me from bed to human in about 15 minutes.",
        "Bring a bolster and a strap. 50 minutes, longer if the heating works.",
        "20 mins if the dog leaves me alone.",
    ],
)
def test_how_long_all_takes_is_no_exercise(line: str) -> None:
    draft = drafted_text(f"Flow\n\n{line}\n\nTree. 5 breaths.\n\nCobra. 6 breaths.\n")
    assert [each.name for each in draft.exercises] == ["Tree", "Cobra"]
    assert draft.figures["duration_s"].value in (900, 1200, 3000)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Thursday Slow Flow, 60 minutes"),
        ("de", "Abendyoga, 60 Minuten"),
        ("es", "Yoga de noche, 60 minutos"),
        ("fr", "Yoga du soir, 60 minutes"),
    ],
)
def test_how_long_a_title_says_is_no_exercise(language: str, title: str) -> None:
    unit = {"en": "reps", "de": "Wdh.", "es": "repeticiones", "fr": "répétitions"}[language]
    draft = drafted_text(f"{title}\nCobra: 6 {unit}\nPlank: 5 {unit}\n", language=language)
    assert [each.name for each in draft.exercises] == ["Cobra", "Plank"]
    assert draft.figures["duration_s"].value == 3600
