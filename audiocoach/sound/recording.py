"""A bed from a file: decoded to 48 kHz mono, and looped by fading its end into its start.

What was decoded is kept in the cache, a piece at a time, so that a file is decoded and measured
once, and fills no memory. A piece that the cache lacks is decoded again when it is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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
from audiocoach.store import DECODED, Cache, key
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.wording import nearest

_VERSION: Final = "4"
"""Raise it when a file is decoded, measured or faded in another way."""
_SHORTEST: Final = SAMPLE_RATE
_MEAN: Final = SAMPLE_RATE // 4
"""Samples over which the mean is taken away: what is slower than that, nobody hears."""
_ALONG: Final = (np.arange(_MEAN, dtype=np.float32) + np.float32(0.5)) / np.float32(_MEAN)
"""Where in such a stretch each of its samples lies."""
_PIECE: Final = 10 * SAMPLE_RATE
"""Samples (1 MB) that are kept as one; no less than a seam, and whole hops of loudness."""
_HELD: Final = 4
"""Pieces held in memory: a short loop is then read from the cache once."""
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


class Source:
    """The samples of a file (48 kHz mono) in pieces of `_PIECE`, kept in the cache."""

    def __init__(self, path: Path, cache: Cache) -> None:
        self.path, self._cache = path, cache
        self._status = _status(path)
        self.digest = _digest(path)
        self._held: dict[int, Pcm] = {}
        self._coming: Iterator[Pcm] = iter(())
        self._next = 0
        """The number of the piece that is decoded next."""

    def piece(self, number: int) -> Pcm:
        """The piece of that number, from 0; empty behind the end. Raises UsageError."""
        if number not in self._held:
            while len(self._held) >= _HELD:
                del self._held[next(iter(self._held))]
            self._held[number] = self._kept(number)
        return self._held[number]

    def _kept(self, number: int) -> Pcm:
        kept = self._cache.get(DECODED, self._name(number))
        return np.frombuffer(kept, "<i2") if kept is not None else self._decoded(number)

    def _decoded(self, number: int) -> Pcm:
        """Decode a file up to a piece, and keep what goes by."""
        if not 0 < self._next <= number:
            self._coming, self._next = of_equal_length(_decoded(self.path), _PIECE), 0
        piece = np.zeros(0, np.int16)
        while self._next <= number:
            piece = next(self._coming, piece[:0])
            # What can't be kept on disk is not to fill the memory, and no other file's be kept.
            if len(piece) and not self._cache.warning and _status(self.path) == self._status:
                self._cache.put(DECODED, self._name(self._next), _bytes(piece))
            self._next += 1
        return piece

    def _name(self, number: int) -> str:
        return key("recording", _VERSION, self.digest, number)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The loop of a file."""

    source: Source
    survey: Survey

    @property
    def length(self) -> int:
        return self.survey.length

    @property
    def energies(self) -> NDArray[np.float64]:
        return self.survey.energies

    def read(self, at: int, count: int) -> Pcm:
        """So many samples of it without an end, from `at` on. Raises UsageError."""
        parts, end = [], at + count
        while at < end:
            first = at % self.length
            most = min(end - at, self.length - first)
            if not len(part := self._from(first)[:most]):
                raise _error(self.source.path, "it changed while it was read; build again")
            parts.append(part)
            at += len(part)
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, np.int16), *parts])

    def _from(self, first: int) -> Pcm:
        """What there is at once from a place in the loop on."""
        if first < len(self.survey.seam):
            return self.survey.seam[first:]
        number, into = divmod(first, _PIECE)
        return self.source.piece(number)[into:]


def check_recording(path: Path) -> None:
    """Refuse a file that is not a sound. Raises UsageError."""
    with _opened(path):
        pass


def key_of(path: Path) -> str:
    """A name for the sound of a file. Raises UsageError."""
    return key("recording", _VERSION, _digest(path))


def recording(path: Path, cache: Cache, needed: int) -> Loop:
    """The loop of a file, for a session of `needed` samples (48 kHz). Raises UsageError."""
    source = Source(path, cache)
    name = key("recording", _VERSION, source.digest, needed)
    kept = cache.get("bed", name)
    if kept is not None:
        return Recorded(source, Survey.read(kept))
    survey = _surveyed(path, ahead(_pieces(source, needed)), needed)
    cache.put("bed", name, survey.as_bytes())
    return Recorded(source, survey)


def _pieces(source: Source, needed: int) -> Iterator[Pcm]:
    """The first samples of a file: so many, or those until its end."""
    for number in range(-(-needed // _PIECE)):
        piece = source.piece(number)
        if len(piece):
            yield piece[: needed - number * _PIECE]
        if len(piece) < _PIECE:
            return


def _status(path: Path) -> tuple[int, int] | None:
    """By what another file in the place of this one is noticed; None when there is none."""
    with suppress(OSError):
        status = path.stat()
        return status.st_size, status.st_mtime_ns
    return None


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
    for piece in pieces:
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


def _decoded(path: Path) -> Iterator[Pcm]:
    """The sound of a file (48 kHz mono). Raises UsageError."""
    with _opened(path) as decoder:
        yield from map(to_pcm, _steady(samples(decoder, SAMPLE_RATE)))


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


def _error(path: Path, wrong: str) -> UsageError:
    return UsageError(f"--bed {path}: {wrong}", setting="bed", place="--bed")
