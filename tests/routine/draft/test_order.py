"""The exercises of a draft are in the order of the text, whatever reader found each."""

from __future__ import annotations

import pytest
from drafts import drafted_text

TABLE = "| Exercise | Sets | Reps |\n|---|---|---|\n| Squat | 3 | 10 |\n| Lunge | 3 | 8 |\n"


def _names(text: str, language: str = "en") -> list[str]:
    return [each.name for each in drafted_text(text, language=language).exercises]


def test_what_a_note_tells_between_exercises_stands_between_them() -> None:
    text = "My day\n\nBridge\nLift your hips. 10 reps.\n\n{}\n\nClam\nOpen the knees. 12 reps.\n"
    assert _names(text.format("Then walk for 10 minutes."))[1:] == ["walk", "Clam"]


def test_a_warm_up_before_a_table_comes_before_its_rows() -> None:
    text = f"My plan\n\nWarm up with 3 minutes of marching.\n\n{TABLE}"
    assert _names(text) == ["marching", "Squat", "Lunge"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "FIT\n\n3 rounds of:\n- Squats 10 reps\n- Lunges 8 reps\n\nWarm up: 3 min jogging.\n",
        ),
        (
            "de",
            "Zirkel\n\n3 Runden:\n- Beugen 10 Wdh.\n- Brücke 8 Wdh.\n\nAufwärmen: 3 Min. Trab.\n",
        ),
        (
            "es",
            "Circuito\n\n3 rondas:\n- Sentadillas 10\n- Puente 8\n\nCalentamiento: 3 min trote.\n",
        ),
        ("fr", "Circuit\n\n3 tours :\n- Squats 10\n- Pont 8\n\nÉchauffement : 3 min de course.\n"),
    ],
)
def test_a_warm_up_that_is_told_last_is_done_first(language: str, text: str) -> None:
    draft = drafted_text(text, language=language)
    assert [each.phase for each in draft.exercises] == ["warmup", "main", "main"]
    assert all(group.members == [1, 2] for group in draft.groups)
