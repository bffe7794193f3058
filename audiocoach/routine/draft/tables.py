"""The tables of the grammar: one for each language, and the shapes that all share.

A table is a TOML file in `grammar/`; what stands in it is told in docs/drafting.md. Here its
macros are filled in and its patterns compiled, once for each language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

from audiocoach.routine.draft.tagged import ITEMS, KINDS, letters

LANGUAGES: Final = ("en", "de", "es", "fr")
_MACRO: Final = re.compile(r"\{([A-Za-z_]+)\}")
_BUILT_IN: Final = {
    **{letter: letters(kind) for letter, kind in KINDS.items()},
    "P": f"{letters('number')} ?x ?{letters('number')}",
    "items": ITEMS,
    "gap": rf"[^.;!?{ITEMS}]{{0,60}}?",
    "q": "'",
}


WITHOUT_NUMBER: Final = frozenset(
    ("duration", "every", "frequency", "breaths", "times", "sets", "weekdays", "more", "same")
)
"""Kinds of items of which words without a number tell: a minute, daily."""


@dataclass(frozen=True, slots=True)
class ItemRule:
    """How words become an item: a pattern, and what it makes of them."""

    kind: str
    pattern: re.Pattern[str]
    value: tuple[float, ...] = ()
    """How many of the unit, where the words hold no number; added to it in a range."""
    doubt: str = ""
    per: str = ""


class Grammar:
    """What the table of one language says, compiled."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = _table(language)
        self._macros = self._all_macros()

    def _all_macros(self) -> Mapping[str, str]:
        units = self._table["units"]
        named = {"second": units["s"], "minute": units["min"], "hour": units["h"]}
        named["unit"] = "|".join(units.values())
        built = _BUILT_IN | {name: rf"(?:{value})(?!\w)" for name, value in named.items()}
        filled: dict[str, str] = dict(built)
        for name, value in self._table["macros"].items():
            filled[name] = _fill(value, filled)
        return filled

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern of the table with its macros filled in."""
        filled = _fill(pattern, self._macros)
        return re.compile(_plain_too(filled, self.language), re.IGNORECASE)

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """The numbers in words, folded."""
        table = self._table["numbers"]
        every = {**table["words"], **table.get("phrases", {})}
        plain = {words.translate(_PLAIN): value for words, value in every.items()}
        return plain | every if self.language in _UNTYPED else every

    @cached_property
    def about(self) -> frozenset[str]:
        """The numbers in words that are not exact, folded: "une vingtaine", "about a dozen"."""
        told = self._table["numbers"]["about"]
        return frozenset((*told, *(words.translate(_PLAIN) for words in told)))

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number as it is written, in digits or in words."""
        table = self._table["numbers"]
        words = sorted(map(re.escape, self.numbers), key=len, reverse=True)
        phrases = [_plain_too(table["compound"], self.language), *words]
        digits = r"(?<![\w.,])\d+(?:[.,]\d{1,2})?(?!\d)|(?<=\d[x×])\d+|(?<=[x×*@])\d+|[½¼¾]"
        glued = table.get("glued", "")
        limbs = table.get("limbs", "(?!)")  # "à quatre pattes" counts nothing
        return re.compile(
            rf"{digits}|(?<!\w)(?:{'|'.join(phrases)})(?!\w)(?!\s+(?:{limbs})\b)"
            + (f"|{glued}" if glued else ""),
            re.IGNORECASE,
        )

    @cached_property
    def units(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The units of time, and how each is written."""
        order = ("ms", "s", "min", "h")
        units = self._table["units"]
        return tuple((name, re.compile(units[name], re.IGNORECASE)) for name in order)

    @cached_property
    def compound(self) -> re.Pattern[str]:
        """A number in words of two parts, such as twenty-five."""
        return self.compiled(self._table["numbers"]["compound"])

    @cached_property
    def items(self) -> tuple[ItemRule, ...]:
        """What words become items, in order."""
        return tuple(map(self._item, self._table["item"]))

    def _item(self, row: Mapping[str, Any]) -> ItemRule:
        value = row.get("value", ())
        values = tuple(value) if isinstance(value, list | tuple) else (value,)
        pattern = self.compiled(row["pattern"])
        return ItemRule(row["kind"], pattern, values, row.get("doubt", ""), row.get("per", ""))

    @cached_property
    def figures(self) -> tuple[re.Pattern[str], ...]:
        """What figure an item is, by the words around it, in order."""
        return tuple(map(self.compiled, self._table["figures"]["rules"]))

    @cached_property
    def wordy_items(self) -> re.Pattern[str]:
        """What words without a number are an item, in one pattern: most sentences have none."""
        return _union(rule.pattern for rule in self.items if rule.kind in WITHOUT_NUMBER)

    @cached_property
    def wordy_figures(self) -> re.Pattern[str]:
        """What words without an item are a figure, in one pattern."""
        return _union(self.figures)

    @cached_property
    def each_pairs(self) -> tuple[re.Pattern[str], ...]:
        """Words that name two variants of one movement."""
        return tuple(map(self.compiled, self._table["each"]["pairs"]))

    @cache  # noqa: B019 - the grammars themselves are few, and kept
    def pattern(self, section: str, name: str) -> re.Pattern[str]:
        """One pattern of a section of the table; one that never matches if it has none."""
        return self.compiled(self._table.get(section, {}).get(name, "(?!)"))

    @cache  # noqa: B019 - likewise
    def section(self, section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """All patterns of a section, in order."""
        found = self._table[section].items()
        return tuple((name, self.compiled(value)) for name, value in found)

    def say(self, name: str) -> str:
        """A word of ours in that language, for the routine."""
        return str(self._table["say"].get(name, ""))

    def words(self, name: str) -> tuple[str, ...]:
        """A list of plain words of the table."""
        return tuple(self._table["words"][name])


@cache
def grammar_for(language: str) -> Grammar:
    """The grammar of a language, one of `LANGUAGES`."""
    return Grammar(language)


@cache
def shapes() -> tuple[ItemRule, ...]:
    """What looks the same in every language."""
    return tuple(
        ItemRule(row["kind"], re.compile(row["pattern"], re.IGNORECASE))
        for row in _table("shapes")["shape"]
    )


def _table(name: str) -> Any:
    path = files(__package__ or "") / "grammar" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _union(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Any of some patterns, for a search that only asks whether there is one."""
    nameless = (re.sub(r"\(\?P<\w+>", "(?:", each.pattern) for each in patterns)
    return re.compile("|".join(f"(?:{each})" for each in nameless), re.IGNORECASE)


_PLAIN: Final = str.maketrans("áàâéèêëíîïóôúùûñç", "aaaeeeeiiioouuunc")
_UNTYPED: Final = ("es", "fr")
"""The languages whose accents people, and scans, leave out."""


def _plain_too(pattern: str, language: str) -> str:
    """A pattern that also finds its words without their accents."""
    if language not in _UNTYPED:
        return pattern
    parts: list[str] = []
    inside = escaped = False
    for char in pattern:
        plain = char.translate(_PLAIN)
        both = char + plain if plain != char else char
        parts.append(both if inside or both == char else f"[{both}]")
        if not escaped and char in "[]":
            inside = char == "["
        escaped = char == "\\" and not escaped
    return "".join(parts)


def _fill(pattern: str, macros: Mapping[str, str]) -> str:
    return _MACRO.sub(lambda match: macros[match[1]], pattern)
