"""audiocoach's own phrases: a catalogue for each language, next to this file.

The catalogues are Project Fluent (projectfluent.org), a format for translators: each
language has its own plurals and its own word order, and no code knows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, Term

from audiocoach.coaching.phrases.filling import Entry, Filler, UnsaidError, Value
from audiocoach.coaching.phrases.numbers import FORMS, Numbers
from audiocoach.errors import RoutineError
from audiocoach.language import base

_FOLDER: Final = Path(__file__).parent
_ENDING: Final = ".ftl"
_MODEL: Final = "en"
"""The language whose catalogue has every message."""
_BEGIN: Final = re.compile(
    r"^(?:(?P<name>-?[a-zA-Z][\w-]*) *=|[^\s#}]).*(?:\n(?:[ }].*)?(?=\n|\Z))*", re.MULTILINE
)
"""An entry: a line that begins with its name, or with anything that no line may begin with, and
the indented and empty lines after it."""
_OF_NUMBERS: Final = ("", "decimal", "group")
"""What the term `-numbers` says: the rule for their form, and their marks."""
_REMEMBERED: Final = 4_096
"""Phrases that are not made anew: a set of a thousand reps says twice as many, most of them again
in the next set."""


def languages() -> tuple[str, ...]:
    """The languages there is a catalogue for, such as `("de", "en")`."""
    return tuple(sorted(file.stem for file in _FOLDER.glob(f"*{_ENDING}")))


class Phrases:
    """The phrases of one language, read from the text of its catalogue.

    A message is parsed when it is first said: a session says one in three, and parsing all of them
    would be a tenth of a rebuild. Raises RoutineError if the text is not Fluent: at once for a line
    that starts no message, otherwise when the message is first said.
    """

    def __init__(self, language: str, text: str) -> None:
        self.language = language
        functions: dict[str, Callable[..., Value]] = {
            "WORDS": self._words,
            "FIGURE": self._in_figures,
            "QUOTED": repr,
            "BEGINS": _begins,
        }
        self._texts = _entries(language, text)
        self._parsed: dict[str, Entry] = {}
        self._filler = Filler(lambda: self.numbers, functions, self._entry)
        self.messages = tuple(name for name in self._texts if not name.startswith("-"))
        self._said = lru_cache(_REMEMBERED)(self._fill_in)

    @cached_property
    def numbers(self) -> Numbers:
        """How the language writes numbers. Raises RoutineError where the catalogue doesn't say."""
        entry = self._entry("-numbers")
        form, decimal, group = (
            self._filler.fill(pattern, {}) if pattern else ""
            for pattern in (entry.pattern(each) if entry else None for each in _OF_NUMBERS)
        )
        if form not in FORMS or not decimal:
            raise self._lacks("-numbers")
        return Numbers(decimal, group, FORMS[form])

    def __call__(self, key: str, **values: object) -> str:
        """The phrase at `key` (`cue.ready`), filled in and with a capital first letter.

        Whole numbers among the values choose a form, and are said as words. Raises
        RoutineError if the catalogue lacks the phrase, or the phrase needs another value.
        """
        text = self.inline(key, **values)
        return text[:1].upper() + text[1:]

    def inline(self, key: str, **values: object) -> str:
        """The same without the capital, to stand inside another phrase."""
        return self._said(key, "", tuple(sorted(values.items())))

    def wordings(self, key: str) -> tuple[str, ...]:
        """The names of the wordings of a phrase: empty for its own, then its attributes."""
        message = self._message(key)
        return (*([""] if message.value else []), *message.attributes)

    def worded(self, key: str, wording: str, **values: object) -> str:
        """The phrase in the wording of that name, with a capital first letter."""
        text = self._said(key, wording, tuple(sorted(values.items())))
        return text[:1].upper() + text[1:]

    def variants(self, key: str, **values: object) -> tuple[str, ...]:
        """The phrases of a list such as `exercise.orient`: the attributes of its message."""
        attributes = self._message(key).attributes
        if not attributes:
            raise self._lacks(key)
        return tuple(
            self._formatted(f"{key}.{name}", pattern, values)
            for name, pattern in attributes.items()
        )

    def number(self, value: int) -> str:
        """A whole number in words where people would say a word, else in digits."""
        has_word = f"number-{value}" in self._texts
        return self.inline(f"number.{value}") if has_word else str(value)

    def listing(self, things: Sequence[str]) -> str:
        """`a, b and c`."""
        if len(things) < 2:
            return "".join(things)
        return self.inline("and", first=", ".join(things[:-1]), last=things[-1])

    def _fill_in(self, key: str, wording: str, values: tuple[tuple[str, object], ...]) -> str:
        pattern = self._message(key).pattern(wording)
        named = f"{key}.{wording}" if wording else key
        if pattern is None:
            raise self._lacks(named)
        return self._formatted(named, pattern, dict(values))

    def _message(self, key: str) -> Entry:
        entry = self._entry(re.sub("[. ]", "-", key))
        if entry is None:
            raise self._lacks(key)
        return entry

    def read_all(self) -> None:
        """Parse every message now. Raises RoutineError where the text is no Fluent."""
        for name in self._texts:
            self._entry(name)

    def _entry(self, name: str) -> Entry | None:
        """The message or term of that name, if there is one, parsed when it is first asked for."""
        if name not in self._parsed and name in self._texts:
            self._parsed[name] = _parsed(self.language, self._texts[name])
        return self._parsed.get(name)

    def _formatted(self, key: str, pattern: Pattern, values: Mapping[str, object]) -> str:
        try:
            return self._filler.fill(pattern, values)
        except UnsaidError as error:
            message = f"the {self.language} phrase {key!r} can't be said: {error}"
            raise RoutineError(message) from None

    def _words(self, value: Value) -> Value:
        """The function WORDS of the catalogues: a whole number in words, all else as it is."""
        if isinstance(value, int | float) and value == int(value):
            return self.number(int(value))
        return value

    def _in_figures(self, value: Value, *, minimumFractionDigits: int = 0) -> str:  # noqa: N803
        """The function FIGURE of the catalogues: a number in figures, all else as it is.

        Its option has the name that it has in Fluent's own NUMBER.
        """
        if isinstance(value, str):
            return value
        return self.numbers.written(value, grouped=False, least=minimumFractionDigits)

    def _lacks(self, key: str) -> RoutineError:
        return RoutineError(f"the {self.language} phrases lack {key!r}")


def _begins(text: Value, pattern: str) -> str:
    """The function BEGINS of the catalogues: whether a text begins so: `yes` or `no`.

    What depends on the next sound, as in "padre e hijo", reads it off the letters.
    """
    return "yes" if re.match(pattern, str(text), re.IGNORECASE) else "no"


def _entries(language: str, text: str) -> dict[str, str]:
    """The text of each message and term, by its name; the first, if there are several."""
    entries: dict[str, str] = {}
    for begun in _BEGIN.finditer(text):
        name, whole = begun["name"], begun[0]
        if not name:
            raise _unreadable(language, whole)
        entries.setdefault(name, whole)
    return entries


def _parsed(language: str, text: str) -> Entry:
    """An entry from its text. Raises RoutineError where that is no Fluent."""
    entry = FluentParser(with_spans=False).parse_entry(text)
    if not isinstance(entry, Message | Term):
        raise _unreadable(language, text)
    return Entry(entry.value, {each.id.name: each.value for each in entry.attributes})


def _unreadable(language: str, text: str) -> RoutineError:
    line = text.partition("\n")[0]
    return RoutineError(f"the {language} phrases can't be read at {line!r}")


def phrases_for(language: str) -> Phrases:
    """The catalogue for a language tag: `en-GB` is served by `en`.

    Raises RoutineError if there is none.
    """
    served = base(language)
    if served not in languages():
        known = ", ".join(languages())
        raise RoutineError(
            f"there are no phrases for {language!r} yet; there are phrases for {known}"
        )
    return _catalogue(served)


@cache
def _catalogue(language: str) -> Phrases:
    return Phrases(language, (_FOLDER / f"{language}{_ENDING}").read_text("utf-8"))


def lacking(language: str) -> tuple[str, ...]:
    """The messages that the catalogue of a language lacks, compared with English."""
    if base(language) not in languages():
        return ()
    own = set(phrases_for(language).messages)
    return tuple(name for name in phrases_for(_MODEL).messages if name not in own)
