"""A number that no rule reads becomes the figure that its exercise lacks, as a question."""

from __future__ import annotations

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.guesses import GUESS
from audiocoach.routine.draft.model import Figure


def only(text: str) -> dict[str, Figure]:
    (exercise,) = drafted_text(f"My page\n\nBridge\n{text}\n", language="en").exercises
    return exercise.figures


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("3 sets of 10. Then you daydream forty seconds away.", "rest_s", 40),
        ("Hold for 5 seconds. 10 times. Four seconds go by in daydreams.", "rep_rest_s", 4),
        ("Hold for 5 seconds. Eleven of us manage it.", "reps", 11),
    ],
)
def test_what_an_exercise_lacks_is_guessed(text: str, field: str, value: float) -> None:
    made = only(text)[field]
    assert (made.value, made.doubt) == (value, GUESS)


@pytest.mark.parametrize(
    "text",
    [
        "3 sets of 10. It took me 4000 seconds.",  # no rest is so long
        "Do 10. On the 90th day you will be fine.",  # no dose
        "Hold for 5 seconds, 10 times. When it hurts, wait 3 weeks.",
    ],
)
def test_what_is_no_dose_is_not_guessed(text: str) -> None:
    assert all(made.doubt != GUESS for made in only(text).values())


def test_the_other_figures_keep_their_question() -> None:
    found = only("3 sets of 10. Then you daydream forty seconds away.")
    assert found["sets"].doubt == found["reps"].doubt == "beside"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Shake your legs out for 30 seconds."),
        ("de", "Schütteln Sie die Beine 30 Sekunden aus."),
        ("es", "Sacuda las piernas durante 30 segundos."),
        ("fr", "Secouez les jambes pendant 30 secondes."),
    ],
)
def test_shaking_the_legs_out_is_work_and_neither_a_rest_nor_a_hold(
    language: str, told: str
) -> None:
    text = f"My page\n\nLegs\n{told}\n\nBridge\n10 x.\n\nClam\n12 x.\n"
    first = drafted_text(text, language=language).exercises[0].figures
    assert (first["work_s"].value, first["work_s"].doubt) == (30, "")
