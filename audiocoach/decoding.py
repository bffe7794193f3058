"""External sound: decoded from a file, in mono at any rate, with silence at both ends removed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from audiocoach.mpeg import has_frames
from audiocoach.wording import clock

Samples = NDArray[np.float32]
_MOST_SAMPLES: Final = 480_000
"""Decoded at a time, of all channels together."""
_MOST_CHANNELS: Final = 8
_LOOKED_INTO: Final = 1 << 16
"""Bytes among which an MP3 has a frame; not behind a large tag, by which it's known as well."""
_NO_FILE: Final = 7
"""libsndfile's SFE_BAD_FILE."""
_SILENCE: Final = 10 ** (-60 / 20)
"""What never gets louder than this (-60 dB of full scale) has no sound in it."""
_ONSET: Final = 10 ** (-45 / 20)
"""The sound begins at the first sample above this part of its peak."""
_TAIL: Final = 10 ** (-60 / 20)
"""The sound ends after the last sample above this part of its peak."""


class NoSoundError(ValueError):
    """A file is not a usable sound: what is wrong, and what helps."""

    def __init__(self, wrong: str, remedy: str = "") -> None:
        super().__init__(f"{wrong}; {remedy}" if remedy else wrong)
        self.remedy = remedy


@contextmanager
def opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """What decodes a file.

    Raises NoSoundError if it can't be read, now or later on; without a remedy if there is no
    file.
    """
    try:
        if not path.is_file():
            raise NoSoundError("it is not a file" if path.exists() else "there is no such file")
        # Opened here for Python's own words about what can't be; libsndfile reads by itself,
        # as it takes half as long again through a file of Python's.
        with path.open("rb", buffering=0) as file, _decoder(path, file) as decoder:
            if decoder.channels > _MOST_CHANNELS:
                raise NoSoundError(f"it has {decoder.channels} channels", "name one in stereo")
            yield decoder
    except soundfile.LibsndfileError as error:
        # The file is there: libsndfile says otherwise of an MP3 without a frame.
        why = "no sound in it" if error.code == _NO_FILE else error.error_string.rstrip(".")
        raise NoSoundError(
            f"it can't be decoded ({why})", "name an MP3, WAV, FLAC or Ogg"
        ) from error
    except OSError as error:
        wrong = f"it can't be read: {error.strerror or error}"
        raise NoSoundError(wrong, "name a file you may read") from error


def _decoder(path: Path, file: FileIO) -> soundfile.SoundFile:
    """libsndfile's: of a name that ends in .mp3 it believes that, whatever is in the file, and
    libmpg123 complains on stderr; a file without a name is known by what it holds alone.
    """
    begin = file.read(_LOOKED_INTO)
    if os.name == "nt" or has_frames(begin):  # on Windows no number of a file is Python's alone
        return soundfile.SoundFile(_named(path))
    file.seek(0)
    return soundfile.SoundFile(file.fileno(), closefd=False)


def _named(path: Path) -> str | bytes:
    """A file as libsndfile takes it: not as "-", which is stdin, and but on Windows in bytes."""
    whole = path.absolute()
    return str(whole) if os.name == "nt" else os.fsencode(whole)


def samples(decoder: soundfile.SoundFile, rate: int) -> Iterator[Samples]:
    """The sound, piece by piece, mixed to mono. Raises NoSoundError where the file is cut off."""
    stream = soxr.ResampleStream(decoder.samplerate, rate, 1, dtype="float32")
    count = 0
    try:
        while True:
            read = decoder.read(_MOST_SAMPLES // decoder.channels, "float32", always_2d=True)
            count += len(read)
            yield np.asarray(stream.resample_chunk(_mono(read), last=not len(read)), np.float32)
            if not len(read):
                break
    finally:
        del stream  # the traceback of an error would hold it until the end, where soxr complains
    if count < decoder.frames:
        there, whole = (
            clock(1000 * each // decoder.samplerate) for each in (count, decoder.frames)
        )
        raise NoSoundError(f"it ends after {there} of {whole}", "get the whole file")


def _mono(channels: Samples) -> Samples:
    """The mean of all channels: numpy takes seven times as long along so short an axis."""
    mono = channels[:, 0].copy()
    for number in range(1, channels.shape[1]):
        mono += channels[:, number]
    mono /= channels.shape[1]
    if np.isfinite(mono).all():
        return mono
    return np.nan_to_num(mono, posinf=1.0, neginf=-1.0)


def trimmed(sound: Samples, fade: int) -> Samples | None:
    """From the acoustic onset to the end of the tail; None if nothing is audible.

    The last `fade` samples, at most a quarter of all, are faded out in place.
    """
    level = np.abs(sound)
    peak = float(level.max(initial=0.0))
    if peak < _SILENCE:
        return None
    onset = int(np.argmax(level > peak * _ONSET))
    end = len(level) - int(np.argmax(level[::-1] > peak * _TAIL))
    kept = sound[onset:end]
    fade = min(fade, len(kept) // 4)
    kept[len(kept) - fade :] *= np.linspace(1, 0, fade + 1, dtype=np.float32)[1:]
    return kept
