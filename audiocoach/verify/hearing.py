"""Which cues of a plan are heard, and where: each is found by its fingerprint.

A cue that is not where it should be is looked for as part of a *piece*: cues in a row that are all
equally early or late, as in a copy that was cut. The rest are looked for one by one. Times are ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audiocoach.delivery.plan import Plan, PlannedCue, PlannedSound
from audiocoach.sound.fingerprint import Fingerprint, decibels, fitting, middle, read
from audiocoach.timeline.script import FRAME_MS, SAMPLES_PER_MS

ALIKE_DB: Final = 0.25
"""A clip that matches at least this well is the one that was planned.

Measured: 0.07 at most in copies from 32 kbit/s up, 0.41 at least between "Number two" and "Number
three" of one voice.
"""
ALIKE_IN_OPUS_DB: Final = 0.5
"""Opus changes what is quiet in short clips: 0.34 at most in four sessions."""
UNHEARD_DB: Final = -20.0
"""Anything that much quieter than planned is not heard."""
_REACH: Final = 150
"""So far around its place a cue is looked for first."""
_FAR: Final = 3000
"""And so far if it is not there."""
_STEP: Final = 10
"""Of the curves that are compared to find a piece."""
_FLOOR_DB: Final = -60.0
_MOST_PIECES: Final = 12
_SHORTEST_PIECE: Final = 3
"""Cues."""
_FEW: Final = 24
"""Cues that tell whether a piece is at a place."""
_MOST_ALONE: Final = 100
"""Cues that are looked for alone; where there are more, it is another file."""


@dataclass(frozen=True, slots=True)
class HeardCue:
    """What was found out about a cue."""

    cue: PlannedCue
    piece: float
    """How much later than planned its piece is."""
    shift: int
    """How much later than planned it is itself."""
    level: float
    """dB over the planned level, at its place."""
    heard: bool
    """Whether it is heard, in its place or elsewhere."""
    slack: int = 0
    """How far to either side it would sound the same."""
    instead: PlannedSound | None = None
    """What is heard in its place."""

    @property
    def start(self) -> int:
        return round(self.cue.start / SAMPLES_PER_MS)

    @property
    def silent(self) -> bool:
        """Whether nothing is heard in its place."""
        return self.level < UNHEARD_DB


class Ear:
    """Looks for clips in the levels of a file."""

    def __init__(self, plan: Plan, levels: NDArray[np.float16], alike: float = ALIKE_DB) -> None:
        self.plan = plan
        self._alike = alike
        self.levels = levels
        self._prints = {id(sound): read(sound.fingerprint) for sound in plan.sounds}

    def listen(self) -> list[HeardCue]:
        """What was found out about each cue, in the order of the plan."""
        heard = [self._near(cue, 0) for cue in self.plan.cues]
        heard = self._pieces(heard)
        taken = [(each.start + each.shift, each.cue.length) for each in heard if each.heard]
        lost = [place for place, each in enumerate(heard) if not each.heard]
        for place in lost[:_MOST_ALONE]:
            heard[place] = self._alone(heard[place], taken)
        return heard

    def print_of(self, sound: PlannedSound) -> Fingerprint:
        return self._prints[id(sound)]

    def like(self, at: int, most: int) -> PlannedSound | None:
        """The sound of the plan that is heard from about `at` on, and lasts `most` ms at most."""
        best: tuple[float, PlannedSound] | None = None
        for sound in self.plan.sounds:
            if sound.length // SAMPLES_PER_MS > most:
                continue
            shift, apart = self._fit(sound, at, 24, 2)
            loud = self._level(sound, at + shift) > UNHEARD_DB
            if loud and apart <= self._alike and (best is None or apart < best[0]):
                best = (apart, sound)
        return best[1] if best else None

    # -- one cue -----------------------------------------------------------------

    def _near(self, cue: PlannedCue, piece: int) -> HeardCue:
        """A cue at its place in a piece that is so much later."""
        at = round(cue.start / SAMPLES_PER_MS) + piece
        places, apart = self._fits(cue.sound, at, _REACH, 1)
        shift, slack = middle(places), int(np.ptp(places)) // 2
        level = self._level(cue.sound, at + shift)
        found = apart <= self._alike and level > UNHEARD_DB
        if not found:
            shift, level, slack = 0, self._level(cue.sound, at), 0
        return HeardCue(cue, piece, piece + shift, level, found, slack=slack)

    def _alone(self, lost: HeardCue, taken: Sequence[tuple[int, int]]) -> HeardCue:
        """A cue that is not at its place: elsewhere, or something else is heard in its place."""
        at = lost.start + round(lost.piece)
        moved = self._elsewhere(lost.cue.sound, at, taken)
        if moved is not None:
            level = self._level(lost.cue.sound, at + moved)
            return HeardCue(lost.cue, lost.piece, round(lost.piece) + moved, level, heard=True)
        if lost.silent:
            return lost
        length = lost.cue.length // SAMPLES_PER_MS
        instead = self.like(at, length + _FAR)
        if instead is lost.cue.sound:
            instead = None
        return HeardCue(lost.cue, lost.piece, lost.shift, lost.level, heard=False, instead=instead)

    def _elsewhere(
        self, sound: PlannedSound, at: int, taken: Sequence[tuple[int, int]]
    ) -> int | None:
        """How far from its place a sound is heard where no other cue is, if it is."""
        length = sound.length // SAMPLES_PER_MS
        others = [
            (start, start + samples // SAMPLES_PER_MS)
            for start, samples in taken
            if abs(start - at) < 2 * _FAR + length
        ]
        found = []
        for near in range(-_FAR, _FAR, 2 * _REACH):
            shift, apart = self._fit(sound, at + near + _REACH, _REACH, 1)
            place = near + _REACH + shift
            start, end = at + place, at + place + length
            free = all(end <= low + FRAME_MS or start + FRAME_MS >= high for low, high in others)
            if apart <= self._alike and free and self._level(sound, start) > UNHEARD_DB:
                found.append(place)
        return min(found, key=abs) if found else None

    def _fit(self, sound: PlannedSound, at: int, reach: int, step: int) -> tuple[int, float]:
        """Where around `at` a sound fits best, and how unlike it is there."""
        places, apart = self._fits(sound, at, reach, step)
        return middle(places), apart

    def _fits(
        self, sound: PlannedSound, at: int, reach: int, step: int
    ) -> tuple[NDArray[np.int64], float]:
        """All places around `at` where it does."""
        length = sound.length // SAMPLES_PER_MS
        window = self._window(at - reach, at + length + reach)
        starts = np.arange(0, 2 * reach + 1, step)
        places, apart = fitting(window, starts, length, self.print_of(sound))
        return places - reach, apart

    def _level(self, sound: PlannedSound, at: int) -> float:
        """How much louder (dB) than planned it is where this sound should be."""
        window = self._window(at, at + max(sound.length // SAMPLES_PER_MS, 1))
        return float(decibels(window.mean(dtype=np.float64))) - self.print_of(sound).level

    def _window(self, start: int, end: int) -> NDArray[np.float32]:
        """Mean squares from `start` to `end`, with silence around the file."""
        known = self.levels[max(start, 0) : max(end, 0)].astype(np.float32)
        before = min(max(-start, 0), end - start)
        sound = np.power(np.float32(10), known / 10)
        return np.asarray(np.pad(sound, (before, end - start - before - len(sound))), np.float32)

    # -- pieces ------------------------------------------------------------------

    def _pieces(self, heard: list[HeardCue]) -> list[HeardCue]:
        """Look for cues in a row that are not at their places, at another place together."""
        runs = [list(run) for lost, run in groupby(heard, lambda each: not each.heard) if lost]
        runs = [run for run in runs if len(run) >= _SHORTEST_PIECE]
        runs.sort(key=len, reverse=True)
        found = dict(enumerate(heard))
        places = {id(each.cue): place for place, each in enumerate(heard)}
        for run in runs[:_MOST_PIECES]:
            shift = self._shift_of([each.cue for each in run])
            if shift is None:
                continue
            for each in run:
                found[places[id(each.cue)]] = self._near(each.cue, shift)
        return list(found.values())

    def _shift_of(self, cues: Sequence[PlannedCue]) -> int | None:
        """How much later than planned these cues all are, if they are to be found."""
        first = cues[0].start // SAMPLES_PER_MS
        wanted = self._expected(cues)
        there = _curve(self.levels)
        there -= there.mean() if there.size else 0  # or it would be laid where most is said
        size = 1 << (len(wanted) + len(there)).bit_length()
        alike = np.fft.irfft(np.fft.rfft(there, size) * np.conj(np.fft.rfft(wanted, size)), size)
        best = int(np.argmax(alike))
        best -= size if best > size - len(wanted) else 0
        shift = best * _STEP - first // _STEP * _STEP
        # What was cut away can't be there.
        ends = len(self.levels)
        left = [cue for cue in cues if 0 <= cue.start // SAMPLES_PER_MS + shift < ends]
        near = [self._near(cue, shift) for cue in left[:: -(-len(left) // _FEW) or 1]]
        right = [each.shift for each in near if each.heard]
        if len(right) < max(_SHORTEST_PIECE, 0.6 * len(near)):
            return None
        return round(float(np.median(right)))

    def _expected(self, cues: Sequence[PlannedCue]) -> NDArray[np.float32]:
        """The course of the level that is planned from the first of these cues on."""
        first = cues[0].start // SAMPLES_PER_MS // _STEP
        end = cues[-1].end // SAMPLES_PER_MS // _STEP + 1
        curve = np.zeros(end - first, np.float32)
        for cue in cues:
            known = self.print_of(cue.sound)
            at = cue.start // SAMPLES_PER_MS // _STEP - first
            steps = cue.length // SAMPLES_PER_MS // _STEP
            parts = np.arange(steps) * len(known.shape) // max(steps, 1)
            part = known.level + known.shape[parts] - _FLOOR_DB
            curve[at : at + steps] = np.maximum(part, 0)[: len(curve) - at]
        return curve


def _curve(levels: NDArray[np.float16]) -> NDArray[np.float32]:
    """The course of the level of a file, in steps of 10 ms, over the floor."""
    whole = levels[: len(levels) // _STEP * _STEP].astype(np.float32).reshape(-1, _STEP)
    mean = np.power(np.float32(10), whole / 10).mean(axis=1)
    return np.asarray(np.maximum(decibels(mean) - _FLOOR_DB, 0), np.float32)
