"""What stood in the way in public handouts, each as a small text of its own."""

from __future__ import annotations

from drafts import drafted_text

from audiocoach.routine.draft.model import Draft, DraftExercise


def read(text: str, language: str = "en") -> Draft:
    return drafted_text(f"My leaflet\n\n{text}\n", language=language)


def dose(exercise: DraftExercise) -> dict[str, object]:
    return {name: made.value for name, made in exercise.figures.items() if name != "position"}


SHEET = """\
Complete these exercises 4-5 times per week.

Wall press up

1 Start with both hands on a wall.

2 Then bend both elbows.

3 Repeat 10-15 times, rest for one minute, repeat again.

Wall slide

1 Start with a band around both wrists.

2 Repeat for 10-15 repetitions, rest for one minute, and repeat again.
"""


def test_numbered_steps_of_an_exercise_are_no_counts() -> None:
    draft = read(SHEET)
    wanted = {"sets": 2, "reps": [10, 15], "rest_s": 60}
    assert [dose(each) for each in draft.exercises] == [wanted, wanted]
    assert not any(made.doubt for each in draft.exercises for made in each.figures.values())


def test_how_often_exercises_are_done_is_no_range_of_their_numbers() -> None:
    assert read(SHEET).figures["schedule"].value == {"times": [4, 5], "per": "week"}


def test_what_marks_a_line_is_no_number_that_was_not_read() -> None:
    assert read(SHEET).unread == []


def test_a_position_is_that_of_the_text_before_that_of_the_name() -> None:
    draft = read("Seated twist\nLie on your back and turn. 10 times.")
    assert draft.exercises[0].figures["position"].value == "lying on back"


def test_knees_to_the_chest_are_no_kneeling() -> None:
    draft = read("1. Estiramiento de rodillas al pecho\nMantén 20 segundos. Tres veces.", "es")
    assert "position" not in draft.exercises[0].figures


def test_angles_that_belong_to_a_name() -> None:
    draft = read("Supported 90-90 rotation\nLower your hand slowly, then repeat 10 times.")
    assert draft.exercises[0].name == "Supported 90-90 rotation"
    assert dose(draft.exercises[0]) == {"reps": 10}
    assert not draft.exercises[0].figures["reps"].doubt


SLIDES = """\
Rolling a bottle

Picture of a foot on a bottle
slide 1 of 2
slide 1 of 2, Rolling a bottle,

  1. Hold the chair with a hand on each side.
  2. Roll a bottle under your foot.
  3. Repeat 8 to 12 times with each foot.

Wall stretch (knee straight)

slide 2 of 2
slide 2 of 2, Wall stretch (knee straight),

  1. Put a strap round your foot, and hold an end in each hand.
  2. Hold the stretch for 15 to 30 seconds.
  3. Repeat 2 to 4 times.
"""


def test_lines_that_count_pictures_or_pages_divide_nothing() -> None:
    roll, wall = read(SLIDES).exercises
    assert (roll.name, wall.name) == ("Rolling a bottle", "Wall stretch (knee straight)")
    assert dose(roll) == {"reps": [8, 12], "sides": "each"}
    assert dose(wall) == {"reps": [2, 4], "hold_s": [15, 30]}  # "in each hand" is no side
