"""A bed from a file: decoded to 48 kHz mono, and made a loop by fading its end into its start.

The samples wait in a spool, as music of an hour would fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from soundfile import SoundFile

from audiocoach.decoding import NoSoundError, opened, samples
from audiocoach.errors import UsageError
from audiocoach.settings.values import Ambience
from audiocoach.sound.loudness import to_pcm
from audiocoach.sound.spool import Spool
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.wording import nearest

_SHORTEST: Final = SAMPLE_RATE
_SEAM: Final = 3 * SAMPLE_RATE
"""Samples in which the end is faded into the start; at most a quarter of the file."""
_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class Spooled:
    """A loop in a spool."""

    spool: Spool
    length: int

    def read(self, at: int, count: int) -> NDArray[np.int16]:
        """The samples from `at` on: as many as asked for, or those until its end."""
        return _read(self.spool, at, min(count, self.length - at))


def check_recording(path: Path) -> None:
    """Refuse what is no sound. Raises UsageError."""
    with _opened(path):
        pass


def recording(path: Path, needed: int) -> Spooled:
    """The loop of a file, for a session of `needed` samples (48 kHz). Raises UsageError."""
    spool, count, heard = Spool(), 0, False
    with _opened(path) as decoder:
        for part in samples(decoder, SAMPLE_RATE):
            pcm = to_pcm(part)
            spool.add(pcm.astype("<i2", copy=False).tobytes())
            count, heard = count + len(pcm), heard or bool(pcm.any())
            if count >= needed:
                break
    if not heard:
        raise _error(path, "nothing is heard in it; name another file")
    if count >= needed:
        return Spooled(spool, count)
    if count < _SHORTEST:
        raise _error(path, "it is shorter than a second; name a longer one")
    return _looped(spool, count)


def _looped(spool: Spool, count: int) -> Spooled:
    """A loop whose start is its start and its end at once, each as loud as it was together."""
    seam = min(_SEAM, count // 4)
    length = count - seam
    turn = np.linspace(0, np.pi / 2, seam, dtype=np.float32)
    start, end = (_read(spool, at, seam).astype(np.float32) for at in (0, length))
    joined = np.rint(start * np.sin(turn) + end * np.cos(turn))
    spool.put(0, joined.clip(-32768, 32767).astype("<i2").tobytes())
    return Spooled(spool, length)


def _read(spool: Spool, at: int, count: int) -> NDArray[np.int16]:
    return np.frombuffer(spool.get(at * _BYTES, count * _BYTES), "<i2")


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
    return f"{hint}write rain, brook, drone or a file of sound"


def _error(path: Path, wrong: str) -> UsageError:
    return UsageError(f"--bed {path}: {wrong}", setting="bed", place="--bed")
