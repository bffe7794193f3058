"""A list that runs on in one line has an exercise for each of its items."""

from __future__ import annotations

import pytest
from drafts import drafted_text


def _told(text: str, language: str) -> list[tuple[str, dict[str, object]]]:
    draft = drafted_text(text, language=language)
    assert not draft.unread
    return [
        (each.name, {name: made.value for name, made in each.figures.items()})
        for each in draft.exercises
    ]


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        (
            "en",
            "Do: 1) squats 10 reps 2) push-ups 8 reps 3) bridge 12 reps",
            "squats push-ups bridge",
        ),
        (
            "en",
            "1. Squats 10 reps, 2. push-ups 8 reps, 3. bridge 12 reps",
            "Squats push-ups bridge",
        ),
        (
            "en",
            "(1) squats 10 reps; (2) push-ups 8 reps; (3) bridge 12 reps",
            "squats push-ups bridge",
        ),
        (
            "de",
            "1) Kniebeugen 10 Wdh. 2) Liegestütze 8 Wdh. 3) Brücke 12 Wdh.",
            "Kniebeugen Liegestütze Brücke",
        ),
        (
            "es",
            "Haga: 1) sentadillas 10 veces 2) flexiones 8 veces 3) puente 12 veces",
            "sentadillas flexiones puente",
        ),
        ("fr", "1) squats 10 fois 2) pompes 8 fois 3) pont 12 fois", "squats pompes pont"),
    ],
)
def test_items_in_one_line_are_exercises(language: str, line: str, names: str) -> None:
    told = _told(f"My day\n\n{line}\n", language)
    assert [name for name, _ in told] == names.split()
    assert [figures["reps"] for _, figures in told] == [10, 8, 12]


def test_numbers_in_a_sentence_are_no_list() -> None:
    text = "My day\n\nBridge\nLift your hips, 1) slowly, and lower. 3 sets of 10.\n"
    assert [each.name for each in drafted_text(text, language="en").exercises] == ["Bridge"]
