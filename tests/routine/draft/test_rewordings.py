"""Rewording changes no figure: each table of `rewordings/` has many ways to say the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from audiocoach.routine.draft.reading import read
from audiocoach.routine.draft.tables import LANGUAGES

TABLES: Final = {
    language: tomllib.loads(
        (Path(__file__).parent / "rewordings" / f"{language}.toml").read_text(encoding="utf-8")
    )
    for language in LANGUAGES
}
KINDS: Final = [
    (language, kind)
    for language, table in TABLES.items()
    for kind, row in table.items()
    if isinstance(row, dict) and "says" in row
]
_GLUED: Final = re.compile("[x×*]#|#x|@", re.IGNORECASE)
"""Sayings in which a number has digits only."""


def worded(table: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    """Each saying, with its number in digits and in words, and each unit."""
    number = str(row.get("number", ""))
    words = table["numbers"].get(number, "")
    for saying in row["says"]:
        for unit in table["seconds"] if "@" in saying else ("",):
            yield saying.replace("#", number).replace("@", unit).replace("~", table["long"])
        if "#" in saying and not _GLUED.search(saying):
            yield saying.replace("#", words).replace("~", table["long"])


def figures(language: str, row: dict[str, Any], saying: str) -> dict[str, Any]:
    """The figures of a text that is one exercise, with its own doubts left out."""
    name, movement = row["exercise"]
    text = f"{name} +\n\n{name}\n{movement} {row.get('after', '')} {saying}\n"
    draft = read(text, language)
    found = [each.figures for each in draft.exercises] + [draft.figures]
    return {name: made.value for each in found for name, made in each.items()}


@pytest.mark.parametrize(("language", "kind"), KINDS)
def test_a_figure_is_the_same_in_whatever_words(language: str, kind: str) -> None:
    row = TABLES[language][kind]
    found = {saying: figures(language, row, saying) for saying in worded(TABLES[language], row)}
    assert {saying: each for saying, each in found.items() if each != row["want"]} == {}
