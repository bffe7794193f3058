"""Casting: who speaks, and why; for the pipeline, voice samples, the doctor and the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from audiocoach.errors import VoiceError
from audiocoach.listener import Listener
from audiocoach.settings.resolve import Resolved
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.voice.base import Voice, open_voice
from audiocoach.voice.choice import (
    Cached,
    Choice,
    Choosing,
    Probe,
    Wish,
    fallback_order,
    noticed,
    refuse_online,
)

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Casting:
    """Who speaks."""

    choice: Choice
    voice: Voice


@dataclass(frozen=True, slots=True)
class Role:
    """What has to be spoken, and under which conditions."""

    language: str
    chosen: Resolved
    cache: Cache
    surroundings: Surroundings

    @property
    def wish(self) -> Wish:
        """What the user said about the voice; the config only states a preference."""
        said = self.chosen.chosen_now
        return Wish(self.surroundings.config, said("voice"), offline=said("offline"))

    def cast(self, *, cached: Cached = lambda _: False, probe: Probe | None = None) -> Casting:
        """The voice that the user wants, or the best there is.

        `cached` says whether the cache has all that a voice would say, `probe` why a service can't
        be reached. Raises VoiceError for a voice that does not exist, or is online where no text
        may leave.
        """
        asked = (self.language, self.wish, self.cache, self.surroundings)
        choice = Choosing(*asked, cached, probe).choice()
        return Casting(choice, self.open(choice.spec))

    def open(self, spec: str) -> Voice:
        """The voice of that name, at the rate that was chosen. Raises VoiceError."""
        voice = open_voice(
            spec,
            language=self.language,
            rate=self.chosen.settings.rate,
            cache=self.cache,
            surroundings=self.surroundings,
        )
        if self.wish.stays_here:
            refuse_online(voice)
        return voice

    def announce(self, casting: Casting, listener: Listener) -> None:
        """Say once what is sent where."""
        if casting.choice.notice and listener.notice(casting.choice.notice):
            noticed(casting.choice, self.cache)

    def perform(self, act: Callable[[Casting], _Made], listener: Listener, cached: Cached) -> _Made:
        """Make something with the chosen voice or, if it fails and that is allowed, with the next
        one.

        Then everything is made again. A voice that does not exist is a mistake, and never replaced.
        """
        casting = self.cast(cached=cached)
        self.announce(casting, listener)
        if not self.chosen.settings.fallback:
            return act(casting)
        for spec in fallback_order(self.language, casting.choice.spec, self.surroundings):
            try:
                return act(casting)
            except VoiceError as error:
                listener.notice(f"{spec} speaks the whole session instead: {error}")
                why = f"{casting.choice.spec} failed"
                choice = Choice(spec, why, "--no-fallback stops instead")
                casting = Casting(choice, self.open(spec))
        return act(casting)
