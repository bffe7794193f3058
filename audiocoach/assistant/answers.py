"""Answers written down: for assistants that run no code of ours, or none but a few lines.

What the remote answers depends on nothing but the place. So every answer of a session is a table of
rows, each for the seconds from its own on, and whoever reads it needs no more than a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from audiocoach.delivery.audio import mp3_parts
from audiocoach.pipeline import Rehearsal, mastered
from audiocoach.remote import Intent, Place, Remote
from audiocoach.settings.values import Pace
from audiocoach.sound.link import uncut
from audiocoach.timeline.landing import landed
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS

WRITTEN: Final[tuple[Intent, ...]] = tuple(
    intent
    for intent in Intent
    if intent
    not in (
        Intent.BEGIN,
        Intent.PAUSE,
        Intent.GO_ON,
        Intent.STOP,
        Intent.SLOWER,
        Intent.FASTER,
    )
)
"""The intents that a table answers; the others are a matter of the player, or of two sessions."""
PACES: Final = tuple(Pace)


class Row(NamedTuple):
    """An answer from a second on."""

    second: int
    say: str
    to: int | None = None
    """Where the session goes on (ms); None where it stays."""


@dataclass(frozen=True)
class Recorded:
    """A session whose answers are written down."""

    rehearsal: Rehearsal

    @cached_property
    def remote(self) -> Remote:
        """Who answers."""
        return Remote(self.rehearsal.timeline)

    @cached_property
    def _starts(self) -> list[int]:
        """Where a file may begin, as `serve` has it too."""
        return uncut(self.remote.timeline, self.remote.landings)

    @property
    def total(self) -> int:
        """Its length in ms."""
        return self.remote.timeline.total // SAMPLES_PER_MS

    def rows(self, intent: Intent) -> list[Row]:
        """What is answered to an intent, from which second on."""
        return list(_changes(self.total, lambda at: self._answer(intent, at)))

    def rows_to(self, other: Recorded, intent: Intent) -> list[Row]:
        """The same for SLOWER and FASTER: where the other session goes on."""

        def answer(at: int) -> tuple[str, int | None]:
            place = Place(at)
            say = self.remote.answer(intent, place).say
            return say, other.ms(self.remote.resumed(place, other.remote).at)

        return list(_changes(self.total, answer))

    def ms(self, at: int) -> int:
        """The place in ms at which a file that is to begin at a sample does."""
        return -(-landed(self._starts, at) // SAMPLES_PER_MS)

    def sound(self, ms: int) -> Iterator[bytes]:
        """The MP3 of the session from a place on. Raises VoiceError."""
        start = landed(self._starts, ms * SAMPLES_PER_MS)
        tag, track = mp3_parts(mastered(self.rehearsal), start)
        return chain([tag], track)

    def _answer(self, intent: Intent, at: int) -> tuple[str, int | None]:
        reply = self.remote.answer(intent, Place(at))
        return reply.say, (None if reply.place.at == at else self.ms(reply.place.at))


def _changes(total: int, answer: Callable[[int], tuple[str, int | None]]) -> Iterator[Row]:
    """A row for each second whose answer is another one than that of the second before."""
    before = None
    for second in range(total // 1000 + 2):
        now = answer(second * SAMPLE_RATE)
        if now != before:
            yield Row(second, *now)
        before = now
