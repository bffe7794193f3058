"""A bed from a file: decoded to 48 kHz mono, and looped by fading its end into its start.

A short file is decoded once, into a temporary file. A longer one is decoded twice: once to be
measured, which the cache remembers, and then as it is heard, while LAME encodes what came before on
the other core. So an hour of music fills neither memory nor disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from soundfile import SoundFile

from audiocoach.decoding import NoSoundError, opened, samples
from audiocoach.errors import UsageError
from audiocoach.settings.values import Ambience
from audiocoach.sound.ahead import ahead
from audiocoach.sound.bed import Loop
from audiocoach.sound.loudness import HOP, Samples, hop_energies, to_pcm
from audiocoach.sound.meter import of_equal_length
from audiocoach.sound.spool import Spool
from audiocoach.store import Cache, key
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.wording import nearest

_VERSION: Final = "3"
"""Raise it when a file is decoded, measured or faded in another way."""
_SHORTEST: Final = SAMPLE_RATE
_MEAN: Final = SAMPLE_RATE // 4
"""Samples over which the mean is taken away: what is slower than that, nobody hears."""
_ALONG: Final = (np.arange(_MEAN, dtype=np.float32) + np.float32(0.5)) / np.float32(_MEAN)
"""Where in such a stretch each of its samples lies."""
_KEPT: Final = 10 * 60 * SAMPLE_RATE
"""Samples (58 MB) up to which what was decoded is kept on disk: of music, a piece."""
_SEAM: Final = 3 * SAMPLE_RATE
"""Samples in which the end is faded into the start; at most a quarter of the file."""

Pcm = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Survey:
    """What has to be known about a file before it is heard."""

    length: int
    """Of its loop, in samples."""
    seam: Pcm
    """The beginning of the loop: the start and the end of the file together."""
    energies: NDArray[np.float64]

    def as_bytes(self) -> bytes:
        """For the cache."""
        sizes = np.array([self.length, len(self.seam)], "<i8").tobytes()
        return sizes + _bytes(self.seam) + self.energies.astype("<f8").tobytes()

    @classmethod
    def read(cls, kept: bytes) -> Self:
        """Read what `as_bytes` wrote."""
        length, seam = np.frombuffer(kept, "<i8", 2).tolist()
        energies = np.frombuffer(kept, "<f8", offset=16 + 2 * seam)
        return cls(length, np.frombuffer(kept, "<i2", seam, 16), energies)


@dataclass(frozen=True, slots=True)
class Spooled:
    """The loop of a file that was decoded as a whole."""

    spool: Spool
    length: int
    energies: NDArray[np.float64]

    def read(self, at: int, count: int) -> Pcm:
        """So many samples of it without an end, from `at` on."""
        parts = []
        while count:
            first = at % self.length
            part = min(count, self.length - first)
            parts.append(np.frombuffer(self.spool.get(2 * first, 2 * part), "<i2"))
            at, count = at + part, count - part
        return np.concatenate(parts)


class Recorded:
    """The loop of a file, decoded as it is read: best from start to end."""

    def __init__(self, path: Path, survey: Survey) -> None:
        self._path, self._survey = path, survey
        self._pieces = _endless(path, survey)
        self._held = np.zeros(0, np.int16)
        self._first = 0
        """Where what is held begins."""

    @property
    def length(self) -> int:
        return self._survey.length

    @property
    def energies(self) -> NDArray[np.float64]:
        return self._survey.energies

    def read(self, at: int, count: int) -> Pcm:
        """So many samples of it without an end, from `at` on. Raises UsageError."""
        if at < self._first:
            self._pieces = _endless(self._path, self._survey)
            self._held, self._first = self._held[:0], 0
        while self._first + len(self._held) < at + count:
            kept = self._held[max(at - self._first, 0) :]
            self._first += len(self._held) - len(kept)
            self._held = np.concatenate([kept, next(self._pieces)])
        return self._held[at - self._first :][:count]


def _endless(path: Path, survey: Survey) -> Iterator[Pcm]:
    """The loop again and again. It knows no Recorded, so that it ends with the one it belongs to:
    what decodes and resamples would stay until the collector came, and is not to at exit."""
    while True:
        at = 0
        for piece in _decoded(path, survey.length):
            at += len(piece)
            begun = survey.seam[at - len(piece) : at]
            yield np.concatenate([begun, piece[len(begun) :]])
        if at < survey.length:
            raise _changed(path)


def check_recording(path: Path) -> None:
    """Refuse a file that is not a sound. Raises UsageError."""
    with _opened(path):
        pass


def recording(path: Path, cache: Cache, needed: int) -> Loop:
    """The loop of a file, for a session of `needed` samples (48 kHz). Raises UsageError."""
    name = key("recording", _VERSION, _digest(path), needed)
    kept = cache.get("bed", name)
    pieces = ahead(_decoded(path, needed))
    spool = Spool() if min(_length(path), needed) <= _KEPT else None
    if spool:
        pieces = _spooled(pieces, spool)
    if kept is None:
        survey = _surveyed(path, pieces, needed)
        cache.put("bed", name, survey.as_bytes())
    else:
        survey = Survey.read(kept)
    if not spool:
        return Recorded(path, survey)
    if kept is not None and sum(map(len, pieces)) < survey.length:
        raise _changed(path)
    spool.put(0, _bytes(survey.seam))
    return Spooled(spool, survey.length, survey.energies)


def _length(path: Path) -> int:
    """About how many samples a file has at 48 kHz."""
    with _opened(path) as decoder:
        return int(decoder.frames) * SAMPLE_RATE // int(decoder.samplerate)


def _spooled(pieces: Iterable[Pcm], spool: Spool) -> Iterator[Pcm]:
    """The same pieces, each put into a spool before it is handed on. Raises DeliveryError."""
    for piece in pieces:
        spool.add(_bytes(piece))
        yield piece


def _bytes(samples: Pcm) -> bytes:
    return samples.astype("<i2", copy=False).tobytes()


def _digest(path: Path) -> bytes:
    with _opened(path), path.open("rb") as file:
        return file_digest(file, blake2b).digest()


def _surveyed(path: Path, pieces: Iterable[Pcm], needed: int) -> Survey:
    """Measure a file, or as much of it as is needed."""
    energies: list[NDArray[np.float64]] = []
    first = last = before = np.zeros(0, np.int16)
    count, heard = 0, False
    for piece in of_equal_length(pieces):
        energies.append(hop_energies(piece))
        first = first if count else piece
        before, last = last, piece
        count, heard = count + len(piece), heard or bool(piece.any())
    if not heard:
        raise _error(path, "it is silent; name another file")
    if count == needed:
        return Survey(count, first[:0], np.concatenate(energies))
    if count < _SHORTEST:
        raise _error(path, "it is shorter than a second; name a longer one")
    size = min(_SEAM, count // 4)
    seam = _faded(first[:size], np.concatenate([before, last])[-size:])
    energies[0] = hop_energies(np.concatenate([seam, first[size:]]))
    length = count - size
    return Survey(length, seam, np.concatenate(energies)[: -(-length // HOP)])


def _faded(start: Pcm, end: Pcm) -> Pcm:
    """The start and the end at once, each as loud as it was together."""
    turn = np.linspace(0, np.pi / 2, len(start), dtype=np.float32)
    joined = np.rint(start * np.sin(turn) + end * np.cos(turn))
    return np.asarray(joined.clip(-32768, 32767), np.int16)


def _decoded(path: Path, most: int) -> Iterator[Pcm]:
    """The first samples of a file (48 kHz mono): so many, or those until its end."""
    left = most
    with _opened(path) as decoder:
        for part in _steady(samples(decoder, SAMPLE_RATE)):
            yield to_pcm(part[:left])
            left -= min(len(part), left)
            if not left:
                return


def _steady(parts: Iterable[Samples]) -> Iterator[Samples]:
    """The same without an offset, which a meter does not hear either: a high-pass of 2 Hz.

    The mean of each quarter of a second is taken away, on a line from one such stretch to the
    next: a mean of its own for each sample would cost as much as decoding.
    """
    left, before = np.zeros(0, np.float32), np.zeros(0, np.float32)
    for part in parts:
        left = np.concatenate([left, part])
        whole = left[: len(left) // _MEAN * _MEAN].reshape(-1, _MEAN)
        if len(whole) > 1:
            means = whole.mean(axis=1, dtype=np.float64).astype(np.float32)
            turns = (np.concatenate([before if len(before) else means[:1], means[:-1]]) + means) / 2
            yield _without(whole[:-1], turns[:-1], turns[1:]).reshape(-1)
            left, before = left[whole.size - _MEAN :], means[-2:-1]
    if len(left):  # a stretch, and less than one more, which has the mean of that
        mean = left[:_MEAN].mean(keepdims=True, dtype=np.float64).astype(np.float32)
        turn = (mean + before) / 2 if len(before) else mean
        yield _without(left[np.newaxis, :_MEAN], turn, mean).reshape(-1)
        yield left[_MEAN:] - mean


def _without(stretches: Samples, first: Samples, last: Samples) -> Samples:
    """Stretches of sound less a line each, from a first value to a last one."""
    rise = (last - first)[:, np.newaxis] * _ALONG[: stretches.shape[1]]
    rise += first[:, np.newaxis]
    return np.subtract(stretches, rise, out=rise)


@contextmanager
def _opened(path: Path) -> Iterator[SoundFile]:
    """What decodes a file. Raises UsageError for one that can't be read, here or while it is."""
    try:
        with opened(path) as decoder:
            yield decoder
    except NoSoundError as error:
        raise _error(path, str(error) if error.remedy else f"{error}; {_those(path)}") from error


def _those(path: Path) -> str:
    """What can be a bed, and what was perhaps meant."""
    meant = nearest(str(path), [str(each) for each in Ambience])
    hint = f"did you mean {meant}? " if meant else ""
    return f"{hint}write rain, brook, drone or a sound file"


def _changed(path: Path) -> UsageError:
    return _error(path, "it changed while it was read; build again")


def _error(path: Path, wrong: str) -> UsageError:
    return UsageError(f"--bed {path}: {wrong}", setting="bed", place="--bed")
