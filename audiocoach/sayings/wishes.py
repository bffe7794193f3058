"""What someone asks for with a session: "a slow foot workout without the toe walk, for ten
minutes".

Words that no wish accounts for are reported, so that nothing unintended is begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.sayings import Sayings
from audiocoach.sayings.words import any_of, plain

MINUTE: Final = 60_000
DEFAULT: Final = "foot-relief"
"""The routine that is begun if none is named."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A routine, with the settings and omissions asked for."""

    routine: str = DEFAULT
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings by name, as `Options` takes them."""
    unknown: tuple[str, ...] = ()
    """Words that could not be understood; if there are any, nothing must be begun."""
    meant: bool = False
    """Whether it can only be for us: a routine is named, and only a wish is unclear."""


@dataclass(frozen=True, slots=True)
class Known:
    """A routine, as people may refer to it."""

    name: str
    spoken: tuple[str, ...]
    exercises: tuple[tuple[str, ...], ...] = ()
    """What each exercise is called; the first is its name in the file."""


def wishes(text: str, sayings: Sayings, known: Sequence[Known], default: str = DEFAULT) -> Wish:
    """What a text that begins a session asks for; `default` is used if no routine is named."""
    reading = _Reading(f" {plain(text)} ", sayings)
    routine = reading.routine(known)
    chosen = routine or default
    exercises = next((each.exercises for each in known if each.name == chosen), ())
    settings: dict[str, Any] = {}
    for name in ("only", "skip"):
        if named := reading.chosen(_BEFORE[name], exercises):
            settings[name] = named
    if length := reading.length():
        settings["duration"] = length
    for name, values in sayings.table["words"].items():
        if value := reading.one_of(values):
            settings[name] = value
    unknown = reading.left()
    before = {plain(word) for key in _BEFORE.values() for word in sayings.table[key]}
    doubted = not before.isdisjoint(unknown[:1]) or reading.is_of_wishes(unknown)
    meant = routine is not None and doubted
    return Wish(chosen, settings, unknown, meant)


_BEFORE: Final = {"only": "only", "skip": "without"}
"""The table of the words that stand before the exercises of a setting."""


class _Reading:
    """A text from which one wish after another is taken."""

    def __init__(self, text: str, sayings: Sayings) -> None:
        self._text = text
        self._sayings = sayings
        self._articles = any_of(sayings.table["articles"])

    def routine(self, known: Iterable[Known]) -> str | None:
        """The routine that is named, by its longest name."""
        names = {plain(spoken): each.name for each in known for spoken in each.spoken}
        for spoken in sorted(names, key=len, reverse=True):
            others = self._sayings.table["everyday"].get(spoken)
            if not (others and self._has(others)) and self._take(rf" {re.escape(spoken)} "):
                return names[spoken]
        return None

    def chosen(self, key: str, exercises: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """The exercises named after one of the words of a list, with "and" between them."""
        names = {plain(spoken): own for own, *others in exercises for spoken in (own, *others)}
        if not names:
            return ()
        one = rf"(?: {self._articles})* {any_of(names)}"
        between = rf"(?: {any_of(self._sayings.table['and'])})?"
        pattern = rf" {any_of(self._sayings.table[key])}((?:{between}{one})+) "
        chosen = dict[str, None]()
        while found := self._take(pattern):
            named = re.findall(rf"(?<= ){any_of(names)}(?= )", f"{found[2]} ")
            chosen |= dict.fromkeys(names[each] for each in named)
        return tuple(chosen)

    def length(self) -> int | None:
        """A length in ms; none where no time at all is asked for, and that stays in doubt."""
        for words, minutes in self._sayings.table["lengths"].items():
            if self._take(rf" {re.escape(plain(words))} "):
                return int(minutes) * MINUTE
        number = rf"(\d{{1,3}}|{any_of(self._numbers)})"
        hours, minutes = (any_of(self._sayings.table[key]) for key in ("hours", "minutes"))
        if found := self._take(rf" (\d) 5 {hours} "):  # 1.5 hours
            return (int(found[1]) * 60 + 30) * MINUTE
        more = rf"(?:(?: {any_of(self._sayings.table['and'])})? {number} {minutes})?"
        if found := self._take(rf" (?!0 ){number} {hours}{more} "):
            return (self._number(found[1]) * 60 + self._number(found[found.re.groups - 2])) * MINUTE
        found = self._take(rf" (?!0+ ){number} {minutes} ")
        return self._number(found[1]) * MINUTE if found else None

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return _numbers(self._sayings)

    def _number(self, said: str | None) -> int:
        return int(said) if said and said.isdigit() else self._numbers.get(said or "", 0)

    def one_of(self, values: Mapping[str, Sequence[str]]) -> str | None:
        """The value one of whose words is said; none where they differ, and these stay in doubt."""
        said = [value for value, words in values.items() if self._has(words)]
        if len(said) != 1:
            return None
        self._take(rf" {any_of(values[said[0]])} ")
        return said[0]

    def _has(self, words: Iterable[str]) -> bool:
        return bool(re.search(rf" {any_of(words)} ", self._text))

    def is_of_wishes(self, words: Iterable[str]) -> bool:
        """Whether these are of nothing but lengths and ways to tell."""
        table = self._sayings.table
        ways = chain.from_iterable(chain.from_iterable(map(dict.values, table["words"].values())))
        lengths = (*table["hours"], *table["minutes"], *table["none"], *self._numbers)
        known = set(map(plain, (*lengths, *ways)))
        return all(word.isdigit() or word in known for word in words)

    def left(self) -> tuple[str, ...]:
        """The words that are left, but for those that wish nothing."""
        return tuple(word for word in self._text.split() if word not in self._sayings.empty)

    def _take(self, pattern: str) -> re.Match[str] | None:
        found = re.search(pattern, self._text)
        if found:
            self._text = f"{self._text[: found.start()]} {self._text[found.end() :]}"
        return found


def _numbers(sayings: Sayings) -> dict[str, int]:
    """Numbers of minutes by their words, those of tens and units in one included."""
    words = phrases_for(sayings.language)
    spoken = {plain(words.number(number)): number for number in range(1, 121)}
    units = sayings.table["units"]
    own = {plain(said): number for said, number in sayings.table["round"].items()} | {
        plain(ten.replace("_", unit)): tens + number
        for ten, tens in sayings.table["tens"].items()
        for unit, number in units.items()
    }
    return {said: number for said, number in (spoken | own).items() if not said.isdigit()}
