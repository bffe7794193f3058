"""What is wished with a session: "a slow foot workout without the toe walk, for ten minutes".

Words that no wish accounts for are kept and told, so that nothing is begun that was not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.sayings import Sayings, plain

MINUTE: Final = 60_000
DEFAULT: Final = "foot-relief"
"""What is begun where no routine is named."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A routine and how it is to be told, or what is to be left out."""

    routine: str = DEFAULT
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings by name, as `Options` takes them."""
    unknown: tuple[str, ...] = ()
    """Words that could not be accounted for; where there are any, nothing is to be begun."""
    meant: bool = False
    """Whether it can only be for us: a routine is named, and nothing but an exercise is doubted."""


@dataclass(frozen=True, slots=True)
class Known:
    """A routine as one may speak of it."""

    name: str
    spoken: tuple[str, ...]
    exercises: tuple[tuple[str, ...], ...] = ()
    """What each exercise is called; the first is its name in the file."""


def wishes(text: str, sayings: Sayings, known: Sequence[Known]) -> Wish:
    """What is wished by a text that begins a session."""
    reading = _Reading(f" {plain(text)} ", sayings)
    routine = reading.routine(known)
    chosen = routine or DEFAULT
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
    meant = routine is not None and (not unknown or unknown[0] in before)
    return Wish(chosen, settings, unknown, meant)


_BEFORE: Final = {"only": "only", "skip": "without"}
"""The table of the words that stand before the exercises of a setting."""


class _Reading:
    """A text from which one wish after another is taken."""

    def __init__(self, text: str, sayings: Sayings) -> None:
        self._text = text
        self._sayings = sayings
        self._articles = _any_of(sayings.table["articles"])

    def routine(self, known: Iterable[Known]) -> str | None:
        """The routine that is named, by its longest name."""
        names = {plain(spoken): each.name for each in known for spoken in each.spoken}
        for spoken in sorted(names, key=len, reverse=True):
            if self._take(rf" {re.escape(spoken)} "):
                return names[spoken]
        return None

    def chosen(self, key: str, exercises: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """The exercises named after one of the words of a list, with "and" between them."""
        names = {plain(spoken): own for own, *others in exercises for spoken in (own, *others)}
        if not names:
            return ()
        one = rf"(?: {self._articles})* {_any_of(names)}"
        between = rf"(?: {_any_of(self._sayings.table['and'])})?"
        pattern = rf" {_any_of(self._sayings.table[key])}((?:{between}{one})+) "
        chosen = dict[str, None]()
        while found := self._take(pattern):
            named = re.findall(rf"(?<= ){_any_of(names)}(?= )", f"{found[2]} ")
            chosen |= dict.fromkeys(names[each] for each in named)
        return tuple(chosen)

    def length(self) -> int | None:
        """A length in ms."""
        for words, minutes in self._sayings.table["lengths"].items():
            if self._take(rf" {re.escape(plain(words))} "):
                return int(minutes) * MINUTE
        numbers = _numbers(self._sayings)
        found = self._take(rf" (\d{{1,3}}|{_any_of(numbers)}) {_any_of(self._minutes)} ")
        if not found:
            return None
        said = found[1]
        return (int(said) if said.isdigit() else numbers[said]) * MINUTE

    @property
    def _minutes(self) -> Iterable[str]:
        return map(plain, self._sayings.table["minutes"])

    def one_of(self, values: Mapping[str, Sequence[str]]) -> str | None:
        """The value one of whose words is said."""
        found = None
        for value, words in values.items():
            if self._take(rf" {_any_of(words)} "):
                found = found or value
        return found

    def left(self) -> tuple[str, ...]:
        """The words that are left, but for those that wish nothing."""
        return tuple(word for word in self._text.split() if word not in self._sayings.empty)

    def _take(self, pattern: str) -> re.Match[str] | None:
        found = re.search(pattern, self._text)
        if found:
            self._text = f"{self._text[: found.start()]} {self._text[found.end() :]}"
        return found


def _any_of(words: Iterable[str]) -> str:
    """A group that takes any of the words, the longest first."""
    return f"({'|'.join(map(re.escape, sorted(map(plain, words), key=len, reverse=True)))})"


def _numbers(sayings: Sayings) -> dict[str, int]:
    """Numbers of minutes by their words."""
    words = phrases_for(sayings.language)
    spoken = {plain(words.number(number)): number for number in range(1, 121)}
    own = {plain(said): number for said, number in sayings.table["numbers"].items()}
    return {said: number for said, number in (spoken | own).items() if not said.isdigit()}
