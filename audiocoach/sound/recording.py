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
import soundfile
import soxr
from numpy.typing import NDArray

from audiocoach.errors import UsageError
from audiocoach.settings.values import Ambience
from audiocoach.sound.loudness import Samples, to_pcm
from audiocoach.sound.spool import Spool
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.wording import clock, nearest

_MOST_SAMPLES: Final = 480_000
"""Decoded at a time, of all channels together."""
_MOST_CHANNELS: Final = 8
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
        for samples in _samples(decoder, path):
            pcm = to_pcm(samples)
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
def _opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """What decodes a file. Raises UsageError for one that can't be read, here or while it is."""
    try:
        if not path.is_file():
            meant = nearest(str(path), [str(each) for each in Ambience])
            hint = f"did you mean {meant}? " if meant else ""
            wrong = "it is not a file" if path.exists() else "there is no such file"
            raise _error(path, f"{wrong}; {hint}write rain, brook, drone or a file of sound")
        with path.open("rb") as file, soundfile.SoundFile(file) as decoder:
            if decoder.channels > _MOST_CHANNELS:
                raise _error(path, f"it has {decoder.channels} channels; name one in stereo")
            yield decoder
    except soundfile.LibsndfileError as error:
        why = error.error_string.rstrip(".")
        raise _error(path, f"it can't be decoded ({why}); name an MP3, WAV, FLAC or Ogg") from error
    except OSError as error:
        raise _error(path, f"it can't be read: {error.strerror or error}") from error


def _samples(decoder: soundfile.SoundFile, path: Path) -> Iterator[Samples]:
    """The sound at 48 kHz, mixed to mono."""
    stream = soxr.ResampleStream(decoder.samplerate, SAMPLE_RATE, 1, dtype="float32")
    count = 0
    while True:
        read = decoder.read(_MOST_SAMPLES // decoder.channels, "float32", always_2d=True)
        mono = np.nan_to_num(read.mean(axis=1, dtype=np.float32), posinf=1.0, neginf=-1.0)
        count += len(read)
        yield np.asarray(stream.resample_chunk(mono, last=not len(read)), np.float32)
        if not len(read):
            break
    if count < decoder.frames:
        there, whole = (
            clock(1000 * each // decoder.samplerate) for each in (count, decoder.frames)
        )
        raise _error(path, f"it ends after {there} of {whole}; get the whole file")


def _error(path: Path, wrong: str) -> UsageError:
    return UsageError(f"--bed {path}: {wrong}", setting="bed", place="--bed")
