"""Phases of two seconds: each has its "two", or none has."""

from __future__ import annotations

import pytest
from heard_in import number, text

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.routine.load import loads
from audiocoach.timeline.script import Interval


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("letters", range(3, 20))
def test_no_two_is_counted_in_one_of_them_alone(language: str, letters: int) -> None:
    words = ["B" + "o" * letters, "B" + "o" * (letters + 1)]
    first, second = (f"{{say: {word}, time: 2s}}" for word in words)
    lift = f"{{name: lift, reps: 3, phases: [{first}, {second}, {{name: top, time: 6s}}]}}"
    script = compile_script(loads(f"title: T\nlanguage: {language}\nexercises: [{lift}]\n"))
    said = [
        [text(each.cue.sound) for each in item.placements]
        for item in script.items
        if isinstance(item, Interval) and item.placements
    ]
    two = number(language, 2)
    one, other = ([two in told for told in said if told[0] == f"{word}."] for word in words)
    assert len(one) == 3
    assert one == other
