"""What people say to a session: a file for each language, with a table for each intent.

An intent has phrases in several manners. *Plain*, *polite* and *clumsy* ones say what they are
about ("next exercise"), so any assistant can know them at any time. *Bare* ones ("next") do not,
and other skills know them too: they are for when a session is the one thing that is heard. No
phrase begins with a word that the platforms keep for themselves (`owned`: "play", "start").

`stopping` tells what stops a session from what only holds a word for it: see `stopping.py`.

`begin` has slots: `{routine}` is a name of one, `{exercise}`, `{pace}` and `{length}` are a wish
about it. What is wished is read from the whole of what was said, by `wishes`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from audiocoach.errors import RoutineError
from audiocoach.language import base
from audiocoach.remote import Intent
from audiocoach.sayings.stopping import Stopping
from audiocoach.sayings.words import any_of, plain

_FOLDER: Final = Path(__file__).parent
_ENDING: Final = ".toml"
_SLOT: Final = re.compile(r"\{(\w+)\}")
_REPEATED: Final = re.compile(r"^(.+?)(?: \1)+$")


class Manner(StrEnum):
    """How something is said."""

    BARE = "bare"
    PLAIN = "plain"
    POLITE = "polite"
    CLUMSY = "clumsy"


WHOLE: Final = (Manner.PLAIN, Manner.POLITE, Manner.CLUMSY)
"""The manners in which a phrase says what it is about."""
OF_THE_WHOLE: Final = (Intent.PAUSE, Intent.GO_ON, Intent.STOP)
"""The intents that concern a whole session, whatever it is called."""


@dataclass(frozen=True)
class Sayings:
    """What is said in one language."""

    language: str
    table: Mapping[str, Any]

    def phrases(self, intent: Intent, *manners: Manner) -> tuple[str, ...]:
        """The phrases of an intent, in all manners or in some; slots are not filled in."""
        said = self.table[intent]
        return tuple(phrase for manner in manners or Manner for phrase in said.get(manner, ()))

    def filled(self, intent: Intent, *manners: Manner) -> tuple[str, ...]:
        """The same with names in place of `{routine}`; the slots for wishes stay."""
        return tuple(
            phrase.replace("{routine}", name)
            for phrase in self.phrases(intent, *manners)
            for name in (self.names if "{routine}" in phrase else ("",))
        )

    def begun(self, names: Iterable[str]) -> tuple[str, ...]:
        """What begins a routine with these names; the slots for wishes stay.

        Nothing that begins with a word of the platforms, is said for something else or says
        nothing: a routine may be called "Start strong", "Next exercise" or "The".
        """
        names = tuple(names)
        found = dict.fromkeys(
            phrase.replace("{routine}", name)
            for phrase in self.phrases(Intent.BEGIN)
            for name in names
            if not phrase.startswith("{routine}") or self._content(plain(name))
        )
        return tuple(
            phrase
            for phrase in found
            if plain(phrase).split()[0] not in self._owned
            and self._without_courtesy(phrase) not in self._heard
        )

    @cached_property
    def _owned(self) -> frozenset[str]:
        return frozenset(map(plain, self.owned))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names by which people ask for routines, and which routine each means."""
        return {name: routine for routine, all_ in self.routines.items() for name in all_}

    @property
    def routines(self) -> Mapping[str, tuple[str, ...]]:
        """The bundled routines available in this language, each with its spoken names."""
        return {name: tuple(spoken) for name, spoken in self.table["routines"].items()}

    @property
    def owned(self) -> tuple[str, ...]:
        """The words that no phrase begins with, because platforms reserve them."""
        return tuple(self.table["owned"])

    def understood(self, text: str) -> Intent | None:
        """What someone wants who says this to a session; for `begin`, see `wishes` too.

        A phrase as it is written, or with other words that mean nothing of their own.
        """
        said = self._without_courtesy(text)
        if meant := self._heard.get(said):
            return meant
        if self._stopping.halts(said):  # before any word that means nothing elsewhere is left out
            return Intent.STOP
        meant = self._by_content.get(self._content(said)) or self._of_the_whole(said)
        return meant or (Intent.PAUSE if self._stopping.holds(said) else None)

    def _of_the_whole(self, said: str) -> Intent | None:
        """What is said of a session by any name: "pause the foot workout"."""
        unnamed = self._named.sub(" ", f" {said} ")
        meant = self._by_content.get(self._content(unnamed))
        return meant if meant in OF_THE_WHOLE else None

    @cached_property
    def _named(self) -> re.Pattern[str]:
        lists = (self.names, self.table["whole"], self.table["these"])
        return re.compile(rf"(?<= ){any_of(chain(*lists))}(?= )")

    def lets_be(self, text: str) -> bool:
        """Whether someone asks for nothing to be done: "don't stop"."""
        said = self._without_courtesy(text)
        return not self.understood(text) and self._stopping.denies(said)

    def spares(self, text: str) -> bool:
        """Whether a text stops nothing, though it contains a word for it: "stop the timer"."""
        said = self._without_courtesy(text)
        return not self.understood(text) and self._stopping.spares(said)

    @property
    def let_be(self) -> tuple[str, ...]:
        """What people say so that nothing is done. It is not an intent, and must not be taken for
        one."""
        return self._stopping.let_be

    @cached_property
    def _stopping(self) -> Stopping:
        table = self.table
        return Stopping(table["stopping"], table["courtesy"], table["articles"])

    @cached_property
    def _heard(self) -> Mapping[str, Intent]:
        return {
            self._without_courtesy(phrase): intent
            for intent in Intent
            for phrase in self.phrases(intent)
            if not _SLOT.search(phrase)
        }

    @cached_property
    def _by_content(self) -> Mapping[str, Intent]:
        """Intents by what is left of their phrases, where that is of one intent only."""
        found: dict[str, set[Intent]] = {}
        for phrase, intent in self._heard.items():
            found.setdefault(self._content(phrase), set()).add(intent)
        alone = {
            content: next(iter(intents))
            for content, intents in found.items()
            if content and len(intents) == 1
        }
        return alone | {
            content: self._heard[content] for content in found if content in self._heard
        }

    def _content(self, said: str) -> str:
        """The words that wish something: "begin my back workout" is not "back"."""
        return " ".join(word for word in said.split() if word not in self._contentless)

    @cached_property
    def _contentless(self) -> frozenset[str]:
        return self.empty - set(map(plain, self.table["beginning"]))

    @cached_property
    def empty(self) -> frozenset[str]:
        """The words that ask for nothing by themselves."""
        lists = (self.table["fillers"], *self.table["articles"])
        return frozenset(plain(" ".join(lists)).split())

    def _without_courtesy(self, text: str) -> str:
        said, before = plain(text), ""
        while said != before:
            before = said
            for word in self._courtesy:
                shorter = said.removeprefix(f"{word} ").removesuffix(f" {word}")
                said = shorter or said
        return _REPEATED.sub(r"\1", said)

    @cached_property
    def _courtesy(self) -> tuple[str, ...]:
        return tuple(map(plain, self.table["courtesy"]))


def languages() -> tuple[str, ...]:
    """The languages in which one can speak to a session."""
    return tuple(sorted(file.stem for file in _FOLDER.glob(f"*{_ENDING}")))


def sayings_for(language: str) -> Sayings:
    """The sayings of a language: `en-GB` is served by `en`. Raises RoutineError for none."""
    served = base(language)
    if served not in languages():
        raise RoutineError(
            f"a session can't be controlled by voice in {language!r} yet; "
            f"{', '.join(languages())} are known"
        )
    return _read(served)


@cache
def _read(language: str) -> Sayings:
    text = (_FOLDER / f"{language}{_ENDING}").read_text("utf-8")
    return Sayings(language, tomllib.loads(text))


def slots(phrase: str) -> Iterator[str]:
    """The slots of a phrase, in order."""
    yield from _SLOT.findall(phrase)
