"""Many ways to say a figure, a line each in `ways/`, are read as they are meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from audiocoach.routine.draft.reading import read

WAYS: Final = Path(__file__).parent / "ways"
LANGUAGES: Final = sorted(path.stem for path in WAYS.iterdir())
UNSAID: Final = ("position", "sides")
"""What the words of a movement may tell besides: only compared where a line names it."""


def said(language: str) -> list[tuple[str, str, dict[str, str]]]:
    """The name, the words and the figures of each line."""
    found = []
    for line in (WAYS / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, figures = line.partition(" => ")
            name, _, words = text.partition(" | ")
            wanted = dict(each.split(" ", 1) for each in figures.split("; "))
            found.append((name, words, wanted))
    return found


def figures(language: str, name: str, words: str) -> dict[str, str]:
    """The figures of a text that is one exercise."""
    draft = read(f"{name} +\n\n{name}\n{words}\n", language)
    found = [each.figures for each in draft.exercises[:1]] + [draft.figures]
    return {field: told(made.value) for each in found for field, made in each.items()} | (
        {} if len(draft.exercises) == 1 else {"exercises": str(len(draft.exercises))}
    )


def told(value: Any) -> str:
    """A value as the lines have it: "3-5", "2 a day", "every 2 hours", the number of variants."""
    if isinstance(value, dict) and "every" in value:
        return f"every {value['every']}"
    if isinstance(value, dict):
        return f"{told(value['times'])} a {value['per']}"
    if isinstance(value, list):
        words = any(isinstance(each, str) for each in value)
        return str(len(value)) if words else "-".join(map(str, value))
    return str(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_it_is_said_a_figure_is_read(language: str) -> None:
    odd = {}
    for name, words, wanted in said(language):
        found = figures(language, name, words)
        found = {
            field: value for field, value in found.items() if field in wanted or field not in UNSAID
        }
        if found != wanted:
            odd[words] = found
    assert odd == {}
