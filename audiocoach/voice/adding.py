"""Adding voices to this computer, and removing them, through the engine that keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.base import BUILT_IN, find_engine
from audiocoach.voice.shelf import Progress

USUAL = "piper"
"""The engine assumed for a voice named without one."""


@dataclass(frozen=True, slots=True)
class Had:
    """A voice that is on this computer now."""

    spec: str
    language: str
    size: int
    """Bytes."""
    licence: str


@runtime_checkable
class Keeper(Protocol):
    """An engine whose voices are added and removed."""

    def terms(self, voice: str, source: str | None) -> str:
        """What adding a voice would bring, from where, on which terms; opens no connection.

        Raises VoiceError for a name that no voice can have.
        """

    def add(self, voice: str, source: str | None, progress: Progress | None) -> Had:
        """Put a voice on this computer; an existing one is left as it is.

        `source` is an address, a folder or a file. Connects to it, or to the official place. Raises
        VoiceError with the remedy; whatever has arrived by then is kept for the next call.
        """

    def removable(self) -> list[str]:
        """The voices that `remove` can delete, each as one writes it after `--voice`."""

    def remove(self, voice: str) -> None:
        """Delete an added voice. Raises VoiceError if there is none of that name."""


def keeper_of(spec: str, surroundings: Surroundings) -> tuple[Keeper, str]:
    """The engine that keeps the voice `engine:voice`, and the voice. Raises VoiceError."""
    name, colon, voice = spec.partition(":")
    if name not in BUILT_IN:  # a plain name, or the path of a file
        name, voice = USUAL, spec
    engine = find_engine(name, surroundings)
    if not isinstance(engine, Keeper):
        raise VoiceError(f"{name} has nothing to add or remove; its voices are ready as they are")
    return engine, voice if colon else spec


def removable(surroundings: Surroundings) -> Iterator[str]:
    """Every voice that can be removed from this computer."""
    for name in BUILT_IN:
        with suppress(VoiceError, ImportError):
            engine = find_engine(name, surroundings)
            if isinstance(engine, Keeper):
                yield from engine.removable()
