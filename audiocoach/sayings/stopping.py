"""What stops a session, and what only contains a word for it.

Who says such a word wants to stop, whatever else is said ("stop, it hurts"; "how do I stop"; "I
can't, please stop"), unless the word is denied ("don't stop"), asked about ("when does it stop") or
meant for something else ("stop the timer"). Where one can't tell, it stops: to begin again is
easy. Who says that "it won't stop" wants it to, too.

The table `stopping` of a language holds patterns. In one, `(a|b)` is one of these; at `...` words
of `between` may stand, at `*` a courtesy too, at `~` words of `subjects`, at `#` three words of any
kind; `^` is the start, with or without `openers`, and `$` the end, with or without `objects`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from audiocoach.sayings.words import any_of, plain

_PIECE: Final = re.compile(r"\(([^)]*)\)|(\S+)")
_SIGNS: Final = frozenset({"...", "*", "~", "#", "^", "$"})
_SET_ASIDE: Final = " , "
"""What stands where words were that stop nothing; no text that is compared holds it."""


class Stopping:
    """What stops in one language: the table `stopping`, with its courtesies and articles."""

    def __init__(
        self, table: Mapping[str, Any], courtesy: Iterable[str], articles: Iterable[str]
    ) -> None:
        self._table = table
        self._courtesy = tuple(courtesy)
        self._articles = any_of(articles)

    def halts(self, said: str) -> bool:
        """Whether it stops the session."""
        if self._patterns["unheeded"].search(said):
            return True
        return bool(self._patterns["halt"].search(self._rest(said)))

    def holds(self, said: str) -> bool:
        """Whether it asks for a pause: "wait, the phone is ringing"."""
        asks = self._asking.match(said)
        return not (asks or self.halts(said)) and bool(
            self._patterns["hold"].search(self._rest(said))
        )

    def denies(self, said: str) -> bool:
        """Whether it asks for the session to go on as it is."""
        acts = self.halts(said) or self.holds(said)
        return not acts and any(map(self._is_denial, self._denied.finditer(said)))

    def spares(self, said: str) -> bool:
        """Whether it is no reason to stop, though it may contain a word for it."""
        inside = said.split()[1:-1]
        return not self.halts(said) and bool(
            self._rest(said) != said
            or self._asking.match(said)
            or not set(inside).isdisjoint(map(plain, self._table["within"]))
        )

    @cached_property
    def let_be(self) -> tuple[str, ...]:
        """Each way to deny, with nothing in between."""
        return tuple(itertools.chain.from_iterable(map(_expanded, self._table["let-be"])))

    def _rest(self, said: str) -> str:
        """What is left without that which is denied, asked about or meant for something else."""
        rest = self._denied.sub(self._without, said)
        for other in (self._patterns["about"], self._for_others):
            rest = other.sub(_SET_ASIDE, rest)
        return " ".join(rest.split())

    def _without(self, denied: re.Match[str]) -> str:
        return _SET_ASIDE if self._is_denial(denied) else denied[0]

    def _is_denial(self, denied: re.Match[str]) -> bool:
        """Not what is said after "I can": "I can not stop" is "I can not. Stop!" as well."""
        before = denied.string[: denied.start()]
        return not re.search(rf"(?<!\S){any_of(self._table['trouble'])}(?: \S+)? $", before)

    @cached_property
    def _denied(self) -> re.Pattern[str]:
        return self._patterns["let-be"]

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        return re.compile(rf"{any_of(self._table['asking'])}(?!\S)")

    @cached_property
    def _for_others(self) -> re.Pattern[str]:
        """ "Stop the kitchen timer"; "musik stopp"."""
        verbs, others = any_of(self._table["verbs"]), any_of(self._table["others"])
        first = rf"(?<!\S){verbs}(?: \S+){{0,3}}? {others}(?!\S)"
        return re.compile(rf"{first}|^(?:{self._articles} )*{others} {verbs}$")

    @cached_property
    def _gaps(self) -> Mapping[str, str]:
        table = self._table
        between = table["between"]
        return {
            "...": rf"(?: {any_of(between)})*",
            "*": rf"(?: {any_of((*between, *self._courtesy))})*",
            "~": rf"(?: {any_of(table['subjects'])})*",
            "#": r"(?: [^\s,]+){0,3}",
            "^": rf"^(?:{any_of(table['openers'])} )*",
            "$": rf"(?: {any_of(table['objects'])})*$",
        }

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        """For each list of patterns, one that finds any of them."""
        keys = ("halt", "hold", "unheeded", "let-be", "about")
        return {
            key: re.compile(rf"(?<!\S)(?:{'|'.join(map(self._compiled, self._table[key]))})(?!\S)")
            for key in keys
        }

    def _compiled(self, pattern: str) -> str:
        made = ""
        for words, sign in _PIECE.findall(pattern):
            if sign in self._gaps:
                made += self._gaps[sign]
            else:
                space = "" if made in ("", self._gaps["^"]) else " "
                made += space + any_of(_alternatives(words, sign))
        return made


def _expanded(pattern: str) -> Iterator[str]:
    """Each way to say a pattern, with nothing where something may stand."""
    pieces = (_alternatives(*piece) for piece in _PIECE.findall(pattern) if piece[1] not in _SIGNS)
    yield from map(" ".join, itertools.product(*pieces))


def _alternatives(words: str, sign: str) -> list[str]:
    """The words of a group, or the one that stands alone."""
    return words.split("|") if words else [sign]
