"""Texts of many kinds are read as a person has checked, figure by figure.

To see what has changed: look at the difference, and write it with DRAFTS=1 once it is right.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest
from drafts import GOLDEN, NAMES, SHARED, drafted, drafted_text, told

from audiocoach.coaching.compiler import compile_script
from audiocoach.drafting import routine_of
from audiocoach.routine.draft.model import Draft, DraftExercise
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Exercise
from audiocoach.routine.select import select


@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_read_as_a_person_has_checked(name: str) -> None:
    golden = GOLDEN / f"{name}.golden"
    found = told(drafted(name))
    if os.environ.get("DRAFTS"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_its_routine_loads_and_can_be_told(name: str) -> None:
    written = routine_of(drafted(name), name)
    compile_script(select(loads(written.text), affected="right"))
    assert written.text.count("# check:") >= written.doubtful > -1
    assert "how is it to be written" not in written.text


def figures(text: str, language: str = "en") -> dict[str, object]:
    """The figures of the only exercise in a text."""
    (exercise,) = drafted_text(f"Title here\n\nBridge\n{text}\n", language=language).exercises
    return {name: made.value for name, made in exercise.figures.items() if not made.doubt}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lift your hips and hold for three seconds. Repeat 10 times.", {"hold_s": 3, "reps": 10}),
        ("March for half a minute. Repeat five more times.", {"work_s": 30, "sets": 6}),
        ("Do 10 reps three times a day.", {"reps": 10, "schedule": {"times": 3, "per": "day"}}),
        ("Do a dozen with each leg.", {"reps": 12, "sides": "each"}),
        ("Hold 15-20 seconds, 3 times per side.", {"hold_s": [15, 20], "reps": 3, "sides": "each"}),
        ("3 sets of 12, with 45 seconds of rest.", {"sets": 3, "reps": 12, "rest_s": 45}),
        ("3x8-10 @3010, 90s rest", {"sets": 3, "reps": [8, 10], "tempo": "3-0-1-0", "rest_s": 90}),
        ("12, 10, 8 reps", {"reps": {"per_set": [12, 10, 8]}}),
        ("Do 8 with the right leg and 12 with the left leg.", {"reps": {"right": 8, "left": 12}}),
        (
            "Breathe in for 4 seconds and out for 6 seconds. Do 10.",
            {"phases_s": [4, 6], "reps": 10},
        ),
        ("Run for 2 1/2 minutes.", {"work_s": 150}),
        ("Stay for five breaths.", {"hold_breaths": 5}),
    ],
)
def test_figures_in_english(text: str, wanted: dict[str, object]) -> None:
    found = figures(text)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Fünfundzwanzig Sekunden halten, zweimal pro Bein.", {"hold_s": 25, "reps": 2}),
        ("de", "Acht- bis zehnmal. Eine halbe Minute Pause.", {"reps": [8, 10]}),
        (
            "de",
            "3 Sätze mit je 12 Wiederholungen, 45 s Pause.",
            {"sets": 3, "reps": 12, "rest_s": 45},
        ),
        ("fr", "Tenez vingt-cinq secondes. 3 fois de chaque côté.", {"hold_s": 25, "reps": 3}),
        ("fr", "2 séries de 12, avec 45 secondes de repos.", {"sets": 2, "reps": 12, "rest_s": 45}),
        ("es", "Mantenga treinta y cinco segundos. Repita 4 veces.", {"hold_s": 35, "reps": 4}),
        ("es", "10 repeticiones. Repita otras dos veces.", {"reps": 10, "sets": 3}),
    ],
)
def test_figures_in_other_languages(language: str, text: str, wanted: dict[str, object]) -> None:
    found = figures(text, language)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Hold for up to 10 seconds.",
        "Do ten, or fewer if it hurts.",
        "Start with 5 reps and build up to 10.",
        "Hold for a minute or so.",
        "Hold for at least 15 seconds.",
        "Repeat 10 times or until tired.",
    ],
)
def test_what_is_no_fixed_figure_is_a_question(text: str) -> None:
    assert figures(text).keys() <= {"position", "sides"}


@pytest.mark.parametrize(
    "noise",
    [
        "Bend your knee to 90 degrees.",
        "Use a 5 kg weight.",
        "About 8 in 10 adults have this.",
        "Call 555-0134 for help.",
        "You will be better in 6 weeks.",
        "Pain should stay below 3/10.",
        "See page 11 and figure 2.",
        "Last week you did 6 reps.",
        "People over 65 should ask first.",
        "It costs $200.",
    ],
)
def test_what_is_no_dose_makes_no_figure(noise: str) -> None:
    assert figures(f"Do 10 reps. {noise}") == {"reps": 10}


def test_an_exercise_that_is_not_to_be_done_is_left_out() -> None:
    draft = drafted_text(
        "My plan\n\nSquat: 3 x 10\n\nLunge: 2 x 8\n\nSit-up: do not do this one. 3 x 20\n"
    )
    assert [exercise.name for exercise in draft.exercises] == ["Squat", "Lunge"]
    assert "Sit-up" in "".join(draft.words(span) for span in draft.forbidden)


# the first two routines


def seconds(exercise: Exercise, field: str) -> object:
    """A prescribed time of a bundled routine, as a label has it."""
    value = getattr(exercise, field)
    if field == "hold" and value is None:
        value = next((p.time for p in exercise.phases if p.time.source.name == "PRESCRIBED"), None)
    if value is None:
        return None
    low, high = value.minimum / 1000, value.maximum / 1000
    return low if low == high else [low, high]


def of_library(exercise: Exercise) -> dict[str, object]:
    schedule = exercise.schedule
    return {
        "sets": exercise.set_count,
        "reps": exercise.reps,
        "hold_s": seconds(exercise, "hold"),
        "work_s": seconds(exercise, "work"),
        "rest_s": seconds(exercise, "rest"),
        "each": len(exercise.each),
        "sides": len(exercise.sides.blocks),
        "schedule": schedule and {"times": schedule.times, "per": schedule.per},
        "position": str(exercise.position),
    }


def of_draft(exercise: DraftExercise) -> dict[str, object]:
    named = ("sets", "reps", "hold_s", "work_s", "rest_s", "schedule", "position")
    found = {name: exercise.value(name) for name in named}
    return {
        **found,
        "sets": found["sets"] or 1,
        "each": len(exercise.value("each") or ()),
        "sides": 2 if exercise.value("sides") else 1,
    }


def source(name: str) -> Draft:
    path = SHARED / "sources" / name
    if not path.exists():
        pytest.skip("the sources do not lie beside the checkout")
    return drafted_text(path.read_bytes())


@pytest.mark.parametrize(
    ("name", "routine"),
    [("001_71769022e7abbc73.txt", "foot-relief"), ("000_aeeb1f056e314787.txt", "foot-care")],
)
def test_the_sources_become_the_bundled_routines(name: str, routine: str) -> None:
    draft = source(name)
    bundled = load(routine)
    assert list(map(of_draft, draft.exercises)) == list(map(of_library, bundled.all_exercises()))
    assert draft.figures["duration_s"].value * 1000 == bundled.duration
    assert ("schedule" in draft.figures) == (bundled.schedule is not None)
    questions = "\n".join(re.findall("# check: (.*)", routine_of(draft, "a.txt").text))
    assert "as many reps, or as many seconds?" in questions
    assert "one side at a time, or both together?" in questions
    assert ("how often the whole session" in questions) == (routine == "foot-relief")
    assert ("both at once, or one after the other?" in questions) == (routine == "foot-care")


def test_a_length_that_no_session_can_have_becomes_a_question() -> None:
    draft = drafted_text("A 55-minute workout\n\nSquat: 3 x 10\n\nBridge: hold 20 seconds\n")
    assert draft.figures["duration_s"].value == 55 * 60
    written = routine_of(draft, "a.txt")
    assert loads(written.text).duration is None
    assert '# check: duration: "55-minute workout"' in written.text
    fitting = replace(draft.figures["duration_s"], value=300)
    draft.figures["duration_s"] = fitting
    assert loads(routine_of(draft, "a.txt").text).duration == 300_000
