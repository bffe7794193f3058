"""Rewording changes no figure: each table of `rewordings/` has many ways to say the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from strategies import sized

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


def some(table: dict[str, Any], row: dict[str, Any]) -> list[str]:
    """Every fourth of the sayings; all of them where all examples are tried."""
    return list(worded(table, row))[:: sized(4, 1)]


def figures(language: str, row: dict[str, Any], saying: str) -> dict[str, Any]:
    """The figures of a text that is one exercise, with its own doubts left out."""
    name, movement = row["exercise"]
    told = f"{movement} {row.get('after', '')} {saying}"
    told = f"{saying} {movement}" if row.get("before") else told
    draft = read(f"{name} +\n\n{name}\n{told}\n", language)
    found = [each.figures for each in draft.exercises] + [draft.figures]
    return {name: made.value for each in found for name, made in each.items()}


@pytest.mark.parametrize(("language", "kind"), KINDS)
def test_a_figure_is_the_same_in_whatever_words(language: str, kind: str) -> None:
    row = TABLES[language][kind]
    found = {saying: figures(language, row, saying) for saying in some(TABLES[language], row)}
    if "ways" in row:
        found = {saying: _of_both_ways(each, row["ways"]) for saying, each in found.items()}
    if "position" not in row["want"]:
        found = {saying: _without(each, "position") for saying, each in found.items()}
    if "sides" not in row["want"]:
        found = {saying: _without(each, "sides") for saying, each in found.items()}
    assert {saying: each for saying, each in found.items() if each != row["want"]} == {}


def _without(found: dict[str, Any], name: str) -> dict[str, Any]:
    """The figures but for one."""
    return {field: value for field, value in found.items() if field != name}


def _of_both_ways(found: dict[str, Any], ways: int) -> dict[str, Any]:
    """The figures without the variants, or the sides, if there are as many as should be."""
    variants = found.pop("each", ())
    both = len(variants) == ways or found.get("sides") in ("right-then-left", "left-then-right")
    return found if both else {**found, "each": variants}
