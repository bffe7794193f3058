"""What no text of a bundled routine says: it may stand alone, and nobody need look."""

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


def texts(name: str) -> list[str]:
    return [each.text for each in spoken(load(name))]


@pytest.mark.parametrize("name", NAMES)
def test_no_exercise_is_told_by_another(name: str) -> None:
    assert [text for text in texts(name) if ANOTHER.search(text)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != LOOKING])
def test_nobody_has_to_look(name: str) -> None:
    assert [text for text in texts(name) if SIGHT.search(text)] == []
