"""Where in each word its beat is, as heard: by two published measures, and by where it is put.

A listener who hears "three, two, one" does not hear onsets fall on seconds, but beats. Of one word
all onsets lie equally far from their beats, so how far is found from the session itself: by the
times between words that have to stand on exact beats. What is found must be what the measures say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

import numpy as np
from beats import cummins_and_port, marcus
from ears import MS, Pcm, Segment

if TYPE_CHECKING:
    from score import Score

_ROUNDS = 20
_LONGEST_MS = 1000
"""What is heard after that is another word."""
_ALIKE_MS = 6
"""One sound is heard to last as long each time, give or take a few ms of the coder's noise."""


@dataclass(frozen=True)
class Pulse:
    """Of each saying, how many seconds after its onset its beat is.

    A saying is a word as one sound: "squeeze" may be said in one way here and in another there.
    """

    sayings: Sequence[str]
    """Of each slot."""
    placed: Mapping[str, float]
    """Where it is put: the session's own beats fall there."""
    measured: Mapping[str, tuple[float, float]]
    """Where it is, by Cummins and Port and by Marcus."""

    def after(self, slot: int) -> float:
        return self.placed[self.sayings[slot]]


def beats_of(pcm: Pcm, segment: Segment) -> tuple[float, float]:
    """Seconds from the onset of a sound to its beat, by both measures."""
    return cummins_and_port(_word(pcm, segment)) / 1000, rough_beat(pcm, segment)


def rough_beat(pcm: Pcm, segment: Segment) -> float:
    """The same by Marcus alone, for every sound of a session: it takes a third of the time."""
    return marcus(_word(pcm, segment)) / 1000


def _word(pcm: Pcm, segment: Segment) -> Pcm:
    end = min(segment.end, segment.start + _LONGEST_MS)
    return pcm[segment.start * MS : end * MS]


def pulse_of(
    pcm: Pcm, score: Score, segments: Sequence[Segment], filled: Sequence[int | None]
) -> Pulse:
    """The pulse of a session whose slots are filled by these segments."""
    heard = [None if n is None else segments[n] for n in filled]
    sayings = _sayings([slot.word for slot in score.slots], heard)
    first = {sayings[n]: each for n, each in reversed(list(enumerate(heard))) if each}
    measured = {saying: beats_of(pcm, segment) for saying, segment in first.items()}
    usual = {saying: fmean(both) for saying, both in measured.items()}
    placed = dict(usual)
    for _ in range(_ROUNDS):
        found: dict[str, list[float]] = {}
        for saying, beside in _beside(score, heard, sayings, placed):
            found.setdefault(saying, []).append(placed[saying] - beside)
        placed |= {saying: median(each) for saying, each in found.items()}
        off = fmean(placed[saying] - usual[saying] for saying in found) if found else 0.0
        placed |= {saying: placed[saying] - off for saying in found}
    return Pulse(sayings, placed, measured)


def _sayings(words: Sequence[str], heard: Sequence[Segment | None]) -> list[str]:
    """The word of each slot, with a number for each length it is heard with."""
    lengths: dict[str, set[int]] = {}
    for word, segment in zip(words, heard, strict=True):
        if segment:
            lengths.setdefault(word, set()).add(segment.end - segment.start)
    number = {
        (word, length): str(
            sum(b - a > _ALIKE_MS for a, b in pairwise(sorted(each)) if b <= length)
        )
        for word, each in lengths.items()
        for length in each
    }
    return [
        f"{word} {number[word, segment.end - segment.start]}" if segment else word
        for word, segment in zip(words, heard, strict=True)
    ]


def _beside(
    score: Score,
    heard: Sequence[Segment | None],
    sayings: Sequence[str],
    placed: Mapping[str, float],
) -> Iterator[tuple[str, float]]:
    """How far each word's beat is from where the others of its measure or rhythm have it."""

    def known(slots: Sequence[tuple[int, float]]) -> list[tuple[str, float, float]]:
        there = [(sayings[n], beat, segment) for n, beat in slots if (segment := heard[n])]
        return [(saying, beat, each.at + placed[saying]) for saying, beat, each in there]

    rigid = [((span.first, 0.0), (span.last, span.most)) for span in score.spans if span.rigid]
    timed = [*(measure.beats for measure in score.measures), *rigid]
    placed_by_seconds = {sayings[n] for beats in timed for n, _ in beats}
    for beats in timed:
        found = known(beats)
        zero = median(at - beat for _, beat, at in found) if found else 0.0
        yield from ((saying, at - beat - zero) for saying, beat, at in found)
    for rhythm in score.rhythms:
        found = known([(slot, float(n)) for n, slot in enumerate(rhythm.slots)])
        if len({saying for saying, _, _ in found}) > 1:  # of one alone nothing is learnt
            firm = [each for each in found if each[0] in placed_by_seconds]
            if len({saying for saying, _, _ in firm}) == 1 or not firm:
                firm = found
            # The others are put where the pace says: of themselves they would keep any pace.
            numbers, ats = (np.array(each) for each in list(zip(*firm, strict=True))[1:])
            pace = float(np.median(np.diff(ats) / np.diff(numbers)))
            zero = float(np.median(ats - numbers * pace))
            yield from ((saying, at - n * pace - zero) for saying, n, at in found)
