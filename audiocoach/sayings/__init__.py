"""What people say to a session: a file a language beside this one, a table an intent.

An intent has phrases in several manners. *Plain*, *polite* and *clumsy* ones say what they are
about ("next exercise"), so any assistant can know them at any time. *Bare* ones ("next") do not,
and other skills know them too: they are for when a session is the one thing that is heard. No
phrase begins with a word that the platforms keep for themselves (`owned`: "play", "start").

`let-be` is what must not be taken for a word that it holds: "don't stop". There, `(a|b)` is one of
these, and at `...` the words of `between` may stand. What begins with a word of `asking` or names
one of `others` ("why did you stop", "stop the music") stops nothing either, nor does a word of
`within` inside a sentence; what else begins or ends with a word of `halt` stops, whatever else is
said: "stop, it hurts".

`begin` has slots: `{routine}` is a name of one, `{exercise}`, `{pace}` and `{length}` are a wish
about it. What is wished is read from the whole of what was said, by `wishes`.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import RoutineError
from audiocoach.language import base
from audiocoach.remote import Intent

_FOLDER: Final = Path(__file__).parent
_ENDING: Final = ".toml"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_BETWEEN: Final = " ... "
_REPEATED: Final = re.compile(r"^(.+?)(?: \1)+$")
_GROUP: Final = re.compile(r"[()]")


class Manner(StrEnum):
    """How something is said."""

    BARE = "bare"
    PLAIN = "plain"
    POLITE = "polite"
    CLUMSY = "clumsy"


WHOLE: Final = (Manner.PLAIN, Manner.POLITE, Manner.CLUMSY)
"""The manners that say what they are about."""


@dataclass(frozen=True)
class Sayings:
    """What is said in one language."""

    language: str
    table: Mapping[str, Any]

    def phrases(self, intent: Intent, *manners: Manner) -> tuple[str, ...]:
        """The phrases of an intent, in all manners or in these; slots are not filled in."""
        said = self.table[intent]
        return tuple(phrase for manner in manners or Manner for phrase in said.get(manner, ()))

    def filled(self, intent: Intent, *manners: Manner) -> tuple[str, ...]:
        """The same with a name in place of each `{routine}`; the slots of wishes stay."""
        return tuple(
            phrase.replace("{routine}", name)
            for phrase in self.phrases(intent, *manners)
            for name in (self.names if "{routine}" in phrase else ("",))
        )

    def begun(self, names: Iterable[str]) -> tuple[str, ...]:
        """What begins a routine of these names; the slots of wishes stay.

        Nothing that begins with a word of the platforms, or is said for something else: a routine
        may be called "Start strong" or "Next exercise".
        """
        names = tuple(names)
        found = dict.fromkeys(
            phrase.replace("{routine}", name)
            for phrase in self.phrases(Intent.BEGIN)
            for name in names
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
        """What routines are called when somebody asks for one, and which one that is."""
        return {name: routine for routine, all_ in self.routines.items() for name in all_}

    @property
    def routines(self) -> Mapping[str, tuple[str, ...]]:
        """The bundled routines that can be told in this language, each with its spoken names."""
        return {name: tuple(spoken) for name, spoken in self.table["routines"].items()}

    @property
    def owned(self) -> tuple[str, ...]:
        """The words that no phrase begins with: the platforms keep them for themselves."""
        return tuple(self.table["owned"])

    def understood(self, text: str) -> Intent | None:
        """What somebody wants who said that to a session; for `begin`, ask `wishes` too.

        A phrase as it is written, or with other words that mean nothing of their own.
        """
        said = self._without_courtesy(text)
        meant = self._heard.get(said) or self._by_content.get(self._content(said))
        return meant or (Intent.STOP if self._halts(said) else None)

    def _halts(self, said: str) -> bool:
        """Whether it begins or ends with a word that stops, in no question and for nobody else."""
        return not (self._spared(said) or _ends(said).isdisjoint(self._words("halt")))

    def lets_be(self, text: str) -> bool:
        """Whether somebody wants that nothing is done: "don't stop"."""
        said = self._without_courtesy(text)
        return said not in self._heard and bool(self._denied.search(said))

    def spares(self, text: str) -> bool:
        """Whether a text stops nothing, though it may hold a word for it: "stop the timer"."""
        return not self.understood(text) and self._spared(self._without_courtesy(text))

    def _spared(self, said: str) -> bool:
        words = set(said.split())
        within = self._words("within")
        return bool(
            self._denied.search(said)
            or self._asking.match(said)
            or words & self._words("others")
            or (words & within and not _ends(said) & within)
        )

    @cached_property
    def let_be(self) -> tuple[str, ...]:
        """What is said for that. It is no intent, and must not be taken for one."""
        return tuple(itertools.chain.from_iterable(map(_expanded, self.table["let-be"])))

    @cached_property
    def _denied(self) -> re.Pattern[str]:
        between = rf"(?: {any_of(self.table['between'])})*"
        patterns = (
            f"{between} ".join(
                " ".join(map(any_of, _alternatives(part))) for part in pattern.split(_BETWEEN)
            )
            for pattern in self.table["let-be"]
        )
        return re.compile(rf"\b(?:{'|'.join(patterns)})\b")

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        return re.compile(rf"{any_of(self.table['asking'])}\b")

    def _words(self, key: str) -> frozenset[str]:
        return frozenset(map(plain, self.table[key]))

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
        return " ".join(word for word in said.split() if word not in self.empty)

    @cached_property
    def empty(self) -> frozenset[str]:
        """The words that wish nothing of their own."""
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
    """What is said in a language: `en-GB` is served by `en`. Raises RoutineError if nothing is."""
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


def plain(text: str) -> str:
    """A text as it is compared: no capitals, accents or signs, as recognisers differ in these.

    What French elides stands alone: `l' exercice`.
    """
    folded = _decomposed(_decomposed(text.replace("’", "'")).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.sub(r"[^\w']+", " ", bare)
    return " ".join(re.sub(r"\b([cdjlmnst]|qu)'(?=\w)", r"\1' ", words).split())


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def sayable(title: str, language: str) -> str:
    """A title as it would be said, in small letters: numbers are words, signs are left out."""
    number = phrases_for(language).number
    text = re.sub(r"\d+", lambda found: f" {number(int(found[0]))} ", title.replace("’", "'"))
    return " ".join(_WORD.findall(text.lower()))


def any_of(words: Iterable[str]) -> str:
    """A group that takes any of the words, the longest first."""
    return f"({'|'.join(map(re.escape, sorted(map(plain, words), key=len, reverse=True)))})"


def _ends(said: str) -> set[str]:
    """The first word and the last."""
    words = said.split()
    return {*words[:1], *words[-1:]}


def _expanded(pattern: str) -> Iterator[str]:
    """Each way to say a pattern of `let-be`, with nothing in between."""
    yield from map(" ".join, itertools.product(*_alternatives(pattern.replace(_BETWEEN, " "))))


def _alternatives(part: str) -> list[list[str]]:
    """Of each piece of a pattern, the words that may stand there."""
    return [piece.strip().split("|") for piece in _GROUP.split(part) if piece.strip()]


def slots(phrase: str) -> Iterator[str]:
    """The slots of a phrase, in order."""
    yield from _SLOT.findall(phrase)
