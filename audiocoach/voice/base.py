"""What a voice is, and how one is opened by its name.

An engine is an object with four attributes (`Engine`), a voice one with five (`Voice`). The engines
that come with audiocoach are in a table, a row each; another package adds one with an entry point
in the group `audiocoach.voices`. Nothing here imports an engine, pydub or numpy: a rebuild that
finds every clip in the cache never pays for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from importlib import import_module
from typing import (
    TYPE_CHECKING,
    Final,
    NamedTuple,
    Protocol,
    cast,
    runtime_checkable,
)

from audiocoach.errors import VoiceError
from audiocoach.language import base
from audiocoach.settings.kinds import FASTEST, SLOWEST
from audiocoach.timeline.script import Utterance
from audiocoach.wording import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache
    from audiocoach.voice.segment import AudioSegment

ENTRY_POINTS = "audiocoach.voices"


class Unasked(Enum):
    """When an engine that nobody named is considered, in this order."""

    ADDED = auto()
    """If the user has added a voice for the language."""
    ANSWERS = auto()
    """If its service answers, according to its `probe`. It keeps answers under its own name."""
    LAST = auto()
    """If no other can speak: it works on every computer."""
    NEVER = auto()
    """Its programs are the user's own, and only the config knows whether they are online."""


class BuiltIn(NamedTuple):
    """An engine that comes with audiocoach."""

    engine: str
    """`module:attribute`: an Engine, or a function that makes one from the surroundings."""
    title: str
    """What messages call it."""
    unasked: Unasked
    receiver: str = ""
    """Who gets the texts."""


BUILT_IN: Final = {
    "espeak": BuiltIn("audiocoach.voice.espeak.engine:ENGINE", "eSpeak", Unasked.LAST),
    "gtts": BuiltIn(
        "audiocoach.voice.gtts.engine:ENGINE",
        "gTTS",
        Unasked.ANSWERS,
        "Google Translate's speech service",
    ),
    "kokoro": BuiltIn("audiocoach.voice.kokoro.engine:KokoroEngine", "Kokoro", Unasked.ADDED),
    "piper": BuiltIn("audiocoach.voice.piper.engine:PiperEngine", "Piper", Unasked.ADDED),
    "command": BuiltIn("audiocoach.voice.command.engine:CommandEngine", "command", Unasked.NEVER),
}


class Voice(Protocol):
    """Someone who can speak."""

    @property
    def name(self) -> str:
        """The full name of this voice, as the user writes it: `espeak:en-us+f3`."""

    @property
    def fingerprint(self) -> str:
        """Everything except the text that affects the sound: part of the key in the clip cache."""

    @property
    def online(self) -> bool:
        """Whether the texts leave this computer."""

    @property
    def tempo(self) -> float:
        """How much faster its speech must still be played, pitch kept; 1.0 if it obeys `rate`."""

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech for each utterance, in the order given, as soon as it is ready.

        The sound has the engine's own sample rate and level. Close the iterator
        to stop early. Raises VoiceError naming the utterance that failed.
        """


@runtime_checkable
class Licensed(Protocol):
    """A voice whose licence is known."""

    @property
    def licence(self) -> str:
        """On which terms it may be used: `Apache-2.0`; "" where nobody says."""


def licence_of(voice: Voice) -> str:
    """On which terms a voice may be used; "" where nobody says."""
    return voice.licence if isinstance(voice, Licensed) else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice that is available, for the list of voices."""

    spec: str
    """What to write after `--voice`."""
    about: str = ""
    step: str = ""
    """The one thing to do before it can be used; empty when it is ready."""
    licence: str = ""
    """On which terms it may be used; empty where nobody says."""
    package: str = ""
    """The installed package that contains it; empty if the user added it, or the engine has it."""


class Engine(Protocol):
    """Where voices come from."""

    @property
    def name(self) -> str:
        """What stands before the colon of `--voice engine:voice`."""

    @property
    def online(self) -> bool:
        """Whether the texts leave this computer."""

    def offers(self, language: str) -> Sequence[Offer]:
        """Its voices for a language (a BCP 47 tag), the best first. Opens no connection."""

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> Voice:
        """The voice of that name ("" is the engine's best for `language`).

        `rate` multiplies the natural rate; an engine that can't change its own leaves it to
        `Voice.tempo`. Anything costly to make may be kept in `cache` under a kind of the engine's
        own. Raises VoiceError for a name or a language the engine does not know.
        """


def open_voice(
    spec: str, *, language: str, rate: float, cache: Cache, surroundings: Surroundings
) -> Voice:
    """The voice written as `engine[:voice[+variant]]`, for texts in `language` (a BCP 47 tag).

    `rate`, 0.5 to 2.0, multiplies the engine's natural rate of speaking. Raises
    VoiceError, in one line, for a rate, engine, voice or variant that does not exist.
    """
    if not SLOWEST <= rate <= FASTEST:
        raise VoiceError(f"the rate must be between {SLOWEST} and {FASTEST}, not {rate:g}")
    name, _, voice = spec.partition(":")
    with failing_as(spec):
        engine = find_engine(name, surroundings)
        return engine.open(voice, language=language, rate=rate, cache=cache)


@contextmanager
def failing_as(voice: str) -> Iterator[None]:
    """Let a VoiceError from inside know which voice failed."""
    try:
        yield
    except VoiceError as error:
        error.voice = error.voice or voice
        raise


def recommended(language: str, key: str) -> str:
    """What the catalogue of a language recommends as a voice (`voice.espeak`); "" if nothing."""
    from audiocoach.coaching.phrases import languages, phrases_for  # 50 ms, part of any build

    return phrases_for(language).inline(key) if base(language) in languages() else ""


def find_engine(name: str, surroundings: Surroundings) -> Engine:
    """The engine of that name. Raises VoiceError if there is none, or it can't be loaded."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].engine.partition(":")
        found = getattr(import_module(module), attribute)
        return cast(Engine, found(surroundings) if callable(found) else found)
    found = _added()
    if name not in found:
        known = sorted(engine_names())
        raise VoiceError(
            f"there is no voice engine '{name}'; {did_you_mean(name, known)}"
            f"write --voice ENGINE or ENGINE:VOICE; engines: {', '.join(known)}"
        )
    try:
        return cast(Engine, found[name].load())
    except Exception as reason:
        raise VoiceError(
            f"the voice engine '{name}' ({found[name].value}) cannot be loaded: {reason}; "
            "reinstall the package it comes from"
        ) from reason


def engine_names() -> list[str]:
    """Every engine there is, the built-in ones first."""
    return [*BUILT_IN, *sorted(set(_added()) - set(BUILT_IN))]


def _added() -> dict[str, EntryPoint]:
    """The engines of other packages. Only when one is asked for: it takes 15 to 40 ms."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=ENTRY_POINTS)}
