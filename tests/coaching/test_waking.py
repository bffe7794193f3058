"""Texts at which an assistant may wake are noted; ours have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.coaching import phrases
from audiocoach.coaching.doubts import waking, waking_texts
from audiocoach.coaching.phrases import languages
from audiocoach.routine.load import bundled, load, loads

TOP = "title: T\nlanguage: en\nexercises:\n  - name: squat\n    reps: 2\n    hold: 3s\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Turn away from the computer.", "computer"),
        ("Okay Nabu, stand up.", "Okay Nabu"),
        ("Make your election.", "election"),
        ("OK, Google, stand up.", "OK, Google"),
        ("Hey Mycroft!", "Hey Mycroft"),
        ("Move like Ziggy.", "Ziggy"),
        ("Echo the movement.", "Echo"),
        ("Écho du mouvement.", "Écho"),
        ("Draw a letter with your toes.", "a letter"),
        ("Two computers.", "computers"),
    ],
)
def test_a_text_at_which_an_assistant_may_wake_is_noted(text: str, found: str) -> None:
    (note,) = waking_texts(loads(f'{TOP}    movement: "{text}"\n'))
    assert str(note).startswith(f"<routine>:7: an assistant may be woken by {found!r} in {text!r}")


def test_other_texts_are_not() -> None:
    assert not list(waking_texts(loads(f"{TOP}    movement: Compute. Hey, stand up. Alexander.\n")))
    for name, _ in bundled():
        assert not list(waking_texts(load(name))), name


@pytest.mark.parametrize("language", languages())
def test_nothing_that_is_said_of_our_own_wakes_one(language: str) -> None:
    catalogue = Path(phrases.__file__).with_name(f"{language}.ftl").read_text("utf-8")
    told = [line for line in catalogue.splitlines() if not line.startswith("#")]
    assert not [line for line in told if waking(line)]
