"""What a voice is, and how a voice is chosen.

An engine is a module with one function, the `Opener`: it gets what stands after
the colon of `--voice engine:name`, and answers with a `Voice`. The engines that
come with audiocoach stand in a table, another package adds one by an entry point
in the group `audiocoach.voices`. Nothing here imports an engine, pydub or numpy:
a rebuild that finds every clip in the cache never pays for them.
"""

# Imports inside functions are those a rebuild from the cache never needs

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import Utterance

if TYPE_CHECKING:
    from audiocoach.voice.segment import AudioSegment

ENTRY_POINTS = "audiocoach.voices"
BUILT_IN = {"espeak": "audiocoach.voice.espeak:open_espeak"}
SLOWEST, FASTEST = 0.5, 2.0


class Voice(Protocol):
    """Someone who can speak."""

    @property
    def name(self) -> str:
        """How the user spells this voice in full: `espeak:en-us+f3`."""

    @property
    def fingerprint(self) -> str:
        """Everything but the text that changes the sound: part of the key of the clip cache."""

    @property
    def online(self) -> bool:
        """Whether the texts leave this computer."""

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech for each utterance, in the order given, each as soon as it is ready.

        The sound has the engine's own sample rate and level. Close the iterator
        to stop early. Raises VoiceError naming the utterance that failed.
        """


class Opener(Protocol):
    """The one function an engine offers."""

    def __call__(self, name: str, *, language: str, rate: float) -> Voice:
        """The voice `name` ("" is the engine's best for `language`, a BCP 47 tag).

        `rate` multiplies the engine's natural rate. Raises VoiceError for a
        name or a language the engine does not know.
        """


def open_voice(spec: str, *, language: str, rate: float = 1.0) -> Voice:
    """The voice spelt `engine[:voice[+variant]]`, for texts in `language` (a BCP 47 tag).

    `rate`, 0.5 to 2.0, multiplies the engine's natural rate of speaking. Raises
    VoiceError, in one line, for a rate, engine, voice or variant that does not exist.
    """
    if not SLOWEST <= rate <= FASTEST:
        raise VoiceError(f"the rate must be between {SLOWEST} and {FASTEST}, not {rate:g}")
    engine, _, name = spec.partition(":")
    return _opener(engine)(name, language=language, rate=rate)


def nearest(word: str, names: Iterable[str]) -> str:
    """The names most like `word`, as the middle of an error message: "did you mean a or b? "."""
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), folded, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(folded[each] for each in close)}? " if close else ""


def _opener(engine: str) -> Opener:
    if engine in BUILT_IN:
        module, _, function = BUILT_IN[engine].partition(":")
        return cast(Opener, getattr(import_module(module), function))
    # Looked at only for a name that is not built in: importlib.metadata takes 15 to 40 ms.
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if engine not in found:
        known = sorted({*BUILT_IN, *found})
        raise VoiceError(
            f'there is no voice engine "{engine}"; {nearest(engine, known)}'
            f"engines: {', '.join(known)} (spelt --voice engine:voice)"
        )
    try:
        return cast(Opener, found[engine].load())
    except (ImportError, AttributeError) as reason:
        raise VoiceError(
            f'the voice engine "{engine}" ({found[engine].value}) cannot be loaded: {reason}; '
            "reinstall the package it comes from"
        ) from reason
