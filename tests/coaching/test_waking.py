"""Texts at which an assistant may wake are noted; ours have none."""

from __future__ import annotations

import pytest

from audiocoach.coaching.doubts import waking_texts
from audiocoach.routine.load import bundled, load, loads

TOP = "title: T\nlanguage: en\nexercises:\n  - name: squat\n    reps: 2\n    hold: 3s\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Turn away from the computer.", "computer"),
        ("Okay Nabu, stand up.", "Okay Nabu"),
        ("Make your election.", "election"),
    ],
)
def test_a_text_at_which_an_assistant_may_wake_is_noted(text: str, found: str) -> None:
    (note,) = waking_texts(loads(f'{TOP}    movement: "{text}"\n'))
    assert str(note).startswith(f"<routine>:7: an assistant may wake at {found!r} in {text!r}")


def test_other_texts_are_not() -> None:
    assert not list(waking_texts(loads(f"{TOP}    movement: Compute. Hey, stand up. Alexander.\n")))
    for name, _ in bundled():
        assert not list(waking_texts(load(name))), name
