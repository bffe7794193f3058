"""Where the numbers fall inside a prescribed time.

An N-second hold has N numbers on beats 0 to N-1 and the release word, which
follows it, on beat N. Counting down, n falls n seconds before the end. The
rules by length are in docs/architecture.md, "How it is counted".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.timeline.script import Anchor, Cue, CueKind, Origin, Placement, Utterance

BEAT_MS: Final = 1_000
_EVERY_SECOND_UP_TO: Final = 5_000
_HALFWAY_FROM: Final = 15_000
TEN_SECONDS_FROM: Final = 20_000
_LONGEST_UNMARKED: Final = 20_000
_ROUND: Final = 5_000
_APART: Final = 2_000
"""Halfway is not said when ten seconds follow this soon."""


class Counter:
    """Places counts for one language; every cue it makes carries the origin it was given."""

    def __init__(self, phrases: Phrases, language: str, origin: Origin) -> None:
        self._phrases = phrases
        self._language = language
        self._origin = origin

    def held(self, length: int, first: str) -> tuple[Placement, ...]:
        """The cues inside a held or worked time of `length` ms.

        `first` is the word on beat 0; when it is empty, a short hold is counted
        from "one" and a long one begins with "hold".
        """
        if length <= _EVERY_SECOND_UP_TO:
            return tuple(self._each_second(length, first))
        opening = self._cue(first or f"{self._phrases('cue.hold')}.", CueKind.ACTION)
        halfway = tuple(self._halfway(length))
        return (Placement(opening), *halfway, *self._run_out(length, halved=bool(halfway)))

    def countdown(self, seconds: int) -> tuple[Placement, ...]:
        """`three, two, one`: n falls n seconds before the end."""
        return tuple(
            Placement(self._number(left, CueKind.COUNTDOWN), Anchor.END, left * BEAT_MS)
            for left in range(seconds, 0, -1)
        )

    def rest(self, length: int, shortest: int | None = None) -> tuple[Placement, ...]:
        """The end of a rest of up to `length` ms: ten seconds, and three, two, one.

        Ten seconds are told only if the rest lasts 20 s even when it is at its `shortest`.
        """
        ten = (length if shortest is None else shortest) >= TEN_SECONDS_FROM
        return (*self.time_left(length, ten=ten), *self.countdown(3))

    def time_left(
        self, length: int, said: tuple[int, ...] = (), *, ten: bool = True
    ) -> tuple[Placement, ...]:
        """Time-left lines, so that no stretch of a long time goes unmarked for over 20 s.

        `said` are the instants (ms) at which something is said anyway, `ten` is whether ten
        seconds are told. None are needed in a time shorter than 20 s.
        """
        if length < TEN_SECONDS_FROM:
            return ()
        last = (self._left(10 * BEAT_MS, CueKind.COUNTDOWN),) if ten else ()
        return (*self._time_left(length, said), *last)

    def _each_second(self, length: int, first: str) -> Iterator[Placement]:
        for beat in range(-(-length // BEAT_MS)):
            word = first if first and beat == 0 else ""
            cue = self._cue(word, CueKind.ACTION) if word else self._number(beat + 1, CueKind.COUNT)
            yield Placement(cue, Anchor.START, beat * BEAT_MS)

    def _halfway(self, length: int) -> Iterator[Placement]:
        ten_seconds = length - 10 * BEAT_MS if length > TEN_SECONDS_FROM else length
        if length >= _HALFWAY_FROM and ten_seconds - length // 2 >= _APART:
            halfway = self._cue(self._phrases("cue.halfway"), CueKind.HALFWAY)
            yield Placement(halfway, Anchor.START, length // 2)

    def _run_out(self, length: int, *, halved: bool) -> tuple[Placement, ...]:
        if length > TEN_SECONDS_FROM:
            said = (length // 2,) if halved else ()
            return (*self.time_left(length, said), *self.countdown(3))
        five = Placement(self._number(5, CueKind.COUNTDOWN), Anchor.END, 5 * BEAT_MS)
        return (five, *self.countdown(3))

    def _time_left(self, length: int, said: tuple[int, ...]) -> Iterator[Placement]:
        for start, end in pairwise(sorted({0, length - 10 * BEAT_MS, *said})):
            for left in _marks(length - start, length - end):
                yield self._left(left, CueKind.ORIENT)

    def _left(self, left: int, kind: CueKind) -> Placement:
        seconds = left // BEAT_MS
        minutes, rest = divmod(seconds, 60)
        if minutes >= 2 and rest:
            text = self._phrases("cue.minutes-seconds-left", minutes=minutes, seconds=rest)
        elif minutes >= 2:
            text = self._phrases("cue.minutes-left", minutes=minutes)
        else:
            text = self._phrases("cue.seconds-left", seconds=seconds)
        return Placement(self._cue(f"{text}.", kind), Anchor.END, left)

    def _number(self, value: int, kind: CueKind) -> Cue:
        word = self._phrases.number(value)
        return self._cue(f"{word[:1].upper()}{word[1:]}.", kind)

    def number(self, value: int) -> Cue:
        """A bare count."""
        return self._number(value, CueKind.COUNT)

    def _cue(self, text: str, kind: CueKind) -> Cue:
        return Cue(Utterance(text, self._language), kind, self._origin)


def _marks(start: int, end: int) -> list[int]:
    """The times left (ms) to tell between two others, evenly spread and no more than needed.

    In whole multiples of five seconds, so that a person can picture them.
    """
    parts = -(-(start - end) // _LONGEST_UNMARKED)
    while True:
        steps = (start - part * (start - end) // parts for part in range(1, parts))
        marks = [(left + _ROUND // 2) // _ROUND * _ROUND for left in steps]
        if all(a - b <= _LONGEST_UNMARKED for a, b in pairwise([start, *marks, end])):
            return marks
        parts += 1
