"""What texts of bundled routines say: each stands alone, and is safe for who can't look."""

from __future__ import annotations

import re

import pytest

from audiocoach.routine.load import bundled, load
from audiocoach.routine.translate import spoken

NAMES = [name for name, _ in bundled()]
ANOTHER = re.compile(
    r"\b(as|than) before\b|\bnow the same\b|\byou just did\b|\bworktop again\b", re.I
)
"""With `--only` an exercise is the first one."""
SIGHT = re.compile(r"\blook (at|straight|up|down|ahead)\b|\byou (can )?see\b", re.I)
LOOKING = "eye-rest"
ON_THE_FLOOR = re.compile(r"\b(?:put|lay) the (\w+) on the floor", re.I)
"""But not a foot, which nobody stumbles over."""


def texts(name: str) -> list[str]:
    return [each.text for each in spoken(load(name))]


@pytest.mark.parametrize("name", NAMES)
def test_no_exercise_is_told_by_another(name: str) -> None:
    assert [text for text in texts(name) if ANOTHER.search(text)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != LOOKING])
def test_nobody_has_to_look(name: str) -> None:
    assert [text for text in texts(name) if SIGHT.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_put_on_the_floor_is_left_there(name: str) -> None:
    told = texts(name)
    put = [found[1] for text in told for found in ON_THE_FLOOR.finditer(text)]
    put = [thing for thing in put if thing != "foot"]
    assert [
        thing for thing in put if not any(f"Pick up the {thing}" in text for text in told)
    ] == []
