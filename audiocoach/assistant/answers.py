"""Answers written down, for assistants that run none, or only a few lines, of our code.

The remote's answer depends only on the place in the session. So each kind of answer is a table,
whose rows apply from a moment on; reading it takes no more than a comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from audiocoach.delivery.audio import Master, mp3_encoded, mp3_parts
from audiocoach.delivery.entry import Entries, ms
from audiocoach.pipeline import Rehearsal, mastered
from audiocoach.remote import AGAIN, Intent, Place, Remote, length, told_anew
from audiocoach.settings.values import Pace
from audiocoach.timeline.landing import entered
from audiocoach.timeline.script import SAMPLES_PER_MS

if TYPE_CHECKING:
    from audiocoach.sound.encode import Encoded

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
"""The intents that a table answers; the others concern the player, or two sessions."""
_JUMPS: Final = frozenset({Intent.PREVIOUS, Intent.REPEAT, Intent.SAY_AGAIN, Intent.FROM_START})
"""What leads to a place even from that place."""
PACES: Final = tuple(Pace)
_Answer = tuple[str, int | None]
"""What is said, and where the session goes on (ms)."""


class Row(NamedTuple):
    """An answer that applies from a moment on."""

    since: int
    """In ms."""
    say: str
    to: int | None = None
    """Where the session continues (ms); None if it stays where it is."""


@dataclass(frozen=True)
class Recorded:
    """A session whose answers are written down."""

    rehearsal: Rehearsal

    @cached_property
    def remote(self) -> Remote:
        """Who answers."""
        return Remote(self.rehearsal.timeline)

    @cached_property
    def _entries(self) -> Entries:
        """Where a file may begin, as `serve` has it too."""
        return Entries(self.remote.timeline)

    @property
    def pace(self) -> Pace:
        """Its pace."""
        return self.rehearsal.settings.settings.pace

    @property
    def total(self) -> int:
        """Its length in ms."""
        return self.remote.timeline.total // SAMPLES_PER_MS

    @property
    def instead(self) -> str:
        """The answer to a request for less, or for another length: what is possible."""
        phrases, total = self.remote.phrases, self.remote.timeline.total
        whole = phrases("assistant.whole", time=length(phrases, total))
        return f"{phrases('assistant.failed')} {whole}"

    def rows(self, intent: Intent) -> list[Row]:
        """The answers to an intent, each from its moment on."""
        return list(self._changes(lambda at: self._answer(intent, at)))

    def rows_to(self, other: Recorded, intent: Intent) -> list[Row]:
        """The same for SLOWER and FASTER: where the other session continues."""

        def answer(at: int) -> _Answer:
            place = Place(at)
            reply = self.remote.answer(intent, place)
            if reply.anew is None:
                return reply.say, None
            return reply.say, other.ms(self.remote.resumed(place, other.remote).at)

        return list(self._changes(answer))

    def ms(self, at: int) -> int:
        """The place in ms at which a file that should begin at a sample really begins."""
        return self._entries.moment(at)

    def sound(self, ms: int) -> Iterator[bytes]:
        """The MP3 of the session from a place on. Raises VoiceError."""
        tag, track = mp3_parts(self._master, self._entries.at(ms), self._whole)
        return chain([tag], track)

    @cached_property
    def _master(self) -> Master:
        return mastered(self.rehearsal)

    @cached_property
    def _whole(self) -> Encoded | None:
        return mp3_encoded(self._master)

    def _answer(self, intent: Intent, at: int) -> _Answer:
        reply = self.remote.answer(intent, Place(at))
        stays = reply.place.at == at and not (intent in _JUMPS and reply.said is None)
        return reply.say, (None if stays else self.ms(reply.place.at))

    @cached_property
    def _moments(self) -> list[int]:
        """When an answer may become another one (ms): as something begins or ends, or time goes."""
        timeline = self.remote.timeline
        parts = entered(timeline)
        lasting = [(start, end) for _, start, end in parts]
        lasting += [(unit.steps[0].start, unit.steps[-1].end) for unit in self.remote.done]
        bounds = {0, *(cue.start for cue in timeline.cues), *chain.from_iterable(lasting)}
        bounds.update(*((span.start, span.end) for span in timeline.spans))
        bounds.update(start + AGAIN for _, start, _ in parts)
        for start, end in (*lasting, (0, timeline.total)):
            bounds.update(end - left for left in told_anew(end - start))
        return sorted(map(ms, {*bounds, timeline.total}))

    def _changes(self, answer: Callable[[int], _Answer]) -> Iterator[Row]:
        """A row for each moment whose answer is another one than that of the moment before."""
        before = None
        for moment in self._moments:
            now = answer(moment * SAMPLES_PER_MS)
            if now != before:
                yield Row(moment, *now)
            before = now
