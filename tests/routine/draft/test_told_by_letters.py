"""A paragraph that tells the doses of some exercises by their letters or numbers, in sentences."""

from __future__ import annotations

from typing import Final

import pytest
from drafts import doses, drafted_text

LETTERED: Final = {
    "en": "Do exercises A and B every hour. Do C and D twice a day, 5 times each.",
    "de": "Machen Sie die Übungen A und B jede Stunde. Machen Sie C und D zweimal täglich, 5-mal.",
    "es": "Haga los ejercicios A y B cada hora. Haga C y D dos veces al día, 5 veces cada uno.",
    "fr": "Faites les exercices A et B chaque heure. Faites C et D deux fois par jour, 5 fois.",
}
PAGE: Final = (
    "A leaflet\n\n{}\n\nA. Bridge\n7 x\n\nB. Huff\n3 x\n\nC. Arm raise\nUp.\n\nD. Roll\nBack.\n"
)
HOURLY: Final = {"every": "hour"}
TWICE: Final = {"times": 2, "per": "day"}


@pytest.mark.parametrize("language", sorted(LETTERED))
def test_each_has_the_dose_that_is_told_by_its_letter(language: str) -> None:
    draft = drafted_text(PAGE.format(LETTERED[language]), language=language)
    assert doses(draft, "reps", "schedule") == [
        ("bridge", 7, HOURLY),
        ("huff", 3, HOURLY),
        ("arm raise", 5, TWICE),
        ("roll", 5, TWICE),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Do 3 times a day.",
        "Do 2 to 3 sets of 5.",
        "Do exercises A and B twice a day, never C.",
    ],
)
def test_other_sentences_give_no_exercise_a_dose_by_its_mark(said: str) -> None:
    draft = drafted_text(PAGE.format(said), language="en")
    assert [name for name, _ in doses(draft, "reps")] == ["bridge", "huff", "arm raise", "roll"]
