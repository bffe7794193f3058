"""Cuts lines into sentences, and finds the figures of each by the rules of the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from audiocoach.routine.draft.lexer import tag
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import Span
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import Item, Tagged

_LONGEST_ASIDE: Final = 40
"""Letters of a sentence in brackets that is a part of the one around it."""
_END: Final = re.compile(r"[.!?…]+[\"')\]”»]*(?:\s+|$)(?=[\"'(“„«¿¡\[]?[^\W_])|[.!?]+[)\"']*\s*$")
_SHORT_UNIT: Final = 3
"""Letters of a unit that a point may end: "40 sec. per side"."""
_FEW: Final = 3
"""Words that are no sentence yet: "8 min. Rowing"."""
_LENGTHS: Final = ("duration", "title_duration")
_DROP: Final = "drop"
"""What a rule calls words that make no figure."""
_WHOLE: Final = ("reps", "sets", "rounds", "listed", "repeat", "more", "total")
"""The findings that count something."""
SHORTEST_SESSION: Final = 180
LONGEST_SESSION: Final = 4 * 3600
"""Seconds; a time outside of these is no length of a session."""
_LONGEST_OF: Final[dict[str, float]] = {
    **dict.fromkeys(("hold", "rest", "rep_rest", "between", "round_rest", "while"), 1800),
    **dict.fromkeys(("for", "work"), LONGEST_SESSION),
}
"""Seconds that a figure has at most; hours of sleep or of waiting are none."""
LONGEST: Final = 1500
"""Letters of a sentence; a longer one is no sentence, and is cut."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure in a sentence: what it is, the item, and its words in the text."""

    field: str
    item: Item
    span: Span
    at: int
    """Where the item stands in the tagged sentence."""

    def moved(self, start: int) -> Finding:
        """The same in a sentence that stands so much later in the text."""
        begin, end = self.span
        return Finding(self.field, self.item, (begin + start, end + start), self.at)


class Clause:
    """A sentence, tagged, with the figures found in it; of more than `LONGEST` letters the first.

    The time that a pattern takes may grow with the square of the letters that it looks at.
    """

    def __init__(self, text: str, start: int, grammar: Grammar) -> None:
        self.raw = text[:LONGEST]
        self.span: Span = (start, start + len(self.raw))
        self.grammar = grammar
        self._has: dict[tuple[str, str], bool] = {}

    @cached_property
    def tagged(self) -> Tagged:
        """With items in place of its numbers."""
        return tag(self.raw, self.span[0], self.grammar)

    @cached_property
    def _found(self) -> list[Finding]:
        begin = self.span[0]
        found = (each.moved(begin) for each in _read(self.raw, self.grammar))
        return sorted(filter(self._may_be, found), key=lambda each: each.at)

    def _may_be(self, each: Finding) -> bool:
        """Whether a bare number is a count: "Squat 12", "Ten.", but not "The Hundred" or "1."."""
        if self.raw.strip(" .").isdigit():
            return False
        if each.field in ("reps", "listed") and each.item.kind == "number" and each.item.high == 1:
            begin, end = self.tagged.source(each.at, each.at + 1)
            if self.raw[begin - self.span[0] : end - self.span[0]].isalpha():
                return False  # "take one leg out"
        if each.field == "hold" and each.item.kind == "breaths" and each.item.high == 1:
            begin, end = (at - self.span[0] for at in self.tagged.source(each.at, each.at + 1))
            kept = self.grammar.pattern("words", "for_breath").search(self.raw[:begin])
            if kept is None and self.raw[begin:end].split()[0].isalpha():
                return False  # "let a long breath go"
        begin, end = (at - self.span[0] for at in each.span)
        return each.field != "listed" or any(map(str.isdigit, self.raw[begin:end]))

    @cached_property
    def findings(self) -> list[Finding]:
        """The figures, in the order of the text."""
        return [each for each in self._found if each.field != _DROP]

    @cached_property
    def dropped(self) -> list[Span]:
        """The places of items that were understood, and make no figure."""
        return [each.span for each in self._found if each.field == _DROP]

    def has(self, section: str, name: str) -> bool:
        """Whether a pattern of the grammar stands in it, with items or in plain words."""
        key = section, name
        if key not in self._has:
            pattern = self.grammar.pattern(section, name)
            self._has[key] = bool(self.search(pattern))
        return self._has[key]

    def spot(self, match: re.Match[str]) -> Span:
        """The place in the text of what a pattern found in the sentence, tagged or raw."""
        if match.string is self.raw:
            return self.span[0] + match.start(), self.span[0] + match.end()
        return self.tagged.source(*match.span())

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What a pattern finds in the plain words, else in those with items."""
        tagged = self.tagged.text
        found = pattern.search(self.raw)
        return found if found or tagged == self.raw else pattern.search(tagged)


def sentences(lines: Iterable[Line], grammar: Grammar) -> list[Clause]:
    """The sentences of some lines."""
    return [
        Clause(text, start, grammar)
        for line in lines
        for text, start in _split(line.text, line.start, grammar)
    ]


def _split(text: str, start: int, grammar: Grammar) -> Iterator[tuple[str, int]]:
    stops = grammar.words("sentence_stops")
    at = 0
    for match in _END.finditer(text):
        before = re.search(r"[\w.]*\w$", text[at : match.start()])
        last = before[0] if before else "?"
        unit = any(each.fullmatch(last) for _, each in grammar.units)
        goes_on = text[match.end() : match.end() + 1].islower()
        small = unit and len(last) <= _SHORT_UNIT and goes_on
        nth = grammar.pattern("words", "ordinal").search(text, at, match.start())
        if nth and text[match.start()] == ".":  # "jeden 2. Tag"
            continue
        if _is_aside(text, at, match.end()):
            continue
        if text[match.start()] == "." and (small or last.casefold() in stops):
            begun = len(text[at : match.start()].split()) > _FEW
            if not (unit and begun and text[match.end() : match.end() + 1].isupper()):
                continue
        yield from _cut(text[at : match.end()], start + at)
        at = match.end()
    yield from _cut(text[at:], start + at)


def _is_aside(text: str, begin: int, end: int) -> bool:
    """Whether a sentence ends in short brackets that go on: "skipping (no rope? pretend)"."""
    opened = text.rfind("(", max(begin, end - _LONGEST_ASIDE), end)
    if opened <= begin or ")" in text[opened:end]:
        return False
    closed = text.find(")", end, end + _LONGEST_ASIDE)
    return closed > 0 and not re.search(r"[.!?(]", text[end:closed])


def _cut(text: str, start: int) -> Iterator[tuple[str, int]]:
    kept = text.rstrip()
    for at in range(0, len(kept), LONGEST):
        yield kept[at : at + LONGEST], start + at


@lru_cache(maxsize=4096)
def _read(text: str, grammar: Grammar) -> tuple[Finding, ...]:
    """The figures of a sentence at the begin of the text, as the rules find them."""
    return tuple(_found(tag(text, 0, grammar), grammar))


def _found(tagged: Tagged, grammar: Grammar) -> Iterator[Finding]:
    used: set[str] = set()
    if not tagged.items and not grammar.wordy_figures.search(tagged.text):
        return
    for rule in grammar.figures:
        for match in rule.finditer(tagged.text):
            letters = {char for char in match[0] if char in tagged.items}
            named = dict(_places(match))
            own = {tagged.text[begin] for begin in named.values()} & letters
            if _DROP in named:
                used |= letters
                yield from _dropped(tagged, *match.span())
                continue
            if (own & used) or (letters and not own) or _is_out(named, tagged):
                continue
            if not _countable(named, tagged):
                continue
            used |= own
            span = tagged.source(*match.span()) if match[0] else None
            for name, begin in named.items():
                item = tagged.items.get(tagged.text[begin : begin + 1], Item("number"))
                if span:
                    yield Finding(name.rstrip("0123456789"), item, span, begin)


def _dropped(tagged: Tagged, begin: int, end: int) -> Iterator[Finding]:
    """The items of words that make no figure."""
    for at in range(begin, end):
        item = tagged.items.get(tagged.text[at])
        if item:
            yield Finding(_DROP, item, tagged.source(at, at + 1), at)


def _countable(named: dict[str, int], tagged: Tagged) -> bool:
    """Whether what is read as a count can be one: nobody does 6.45 reps."""
    counted = [at for name, at in named.items() if name.rstrip("0123456789") in _WHOLE]
    items = [tagged.items.get(tagged.text[at : at + 1]) for at in counted]
    return all(item is None or item.low == int(item.low) for item in items)


def _is_out(named: dict[str, int], tagged: Tagged) -> bool:
    """Whether a time can't be what it is read as: a rest of hours, a session of a minute."""
    return _no_length(named, tagged) or any(
        item is not None and item.kind == "duration" and item.low > _LONGEST_OF[name]
        for field, at in named.items()
        if (name := field.rstrip("0123456789")) in _LONGEST_OF
        for item in [tagged.items.get(tagged.text[at : at + 1])]
    )


def _no_length(named: dict[str, int], tagged: Tagged) -> bool:
    """Whether a time is read as the length of a session, and can be none."""
    lengths = [at for name, at in named.items() if name.rstrip("0123456789") in _LENGTHS]
    items = [tagged.items.get(tagged.text[at : at + 1]) for at in lengths]
    return any(
        item is not None and not SHORTEST_SESSION <= item.high <= LONGEST_SESSION for item in items
    )


def _places(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    for name, text in match.groupdict().items():
        if text is not None and not (text == "" and match[0] == ""):
            yield name, min(match.start(name), len(match.string) - 1)


def first(clauses: Sequence[Clause], section: str, name: str) -> Span | None:
    """The place of the first words that a pattern of the grammar finds."""
    for clause in clauses:
        match = clause.search(clause.grammar.pattern(section, name))
        if match and match[0].strip():
            return clause.spot(match)
    return None
