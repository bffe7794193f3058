"""Turns the WAV that a program wrote into sound.

Not by `wave`: before Python 3.12 that refuses the extensible header (what sox and ffmpeg write
for 24 bits), and floats (what neural voices write).
"""

from __future__ import annotations

import struct
from typing import Final

from audiocoach.voice.command.runner import FaultError
from audiocoach.voice.segment import AudioSegment

MOST_SECONDS: Final = 60
"""Speech longer than this is no utterance."""
SILENCE: Final = 1000
"""A peak this many times below full scale (-60 dBFS) is no speech."""
UNKNOWN_SIZE: Final = 0x7000_0000
"""A program that writes its header before it knows the size says 0, or something above this."""
PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
FORMAT: Final = struct.Struct("<HHI6xH")
"""Coding, channels, frames a second, bits a sample."""
CODINGS: Final = {(PCM, 8), (PCM, 16), (PCM, 24), (PCM, 32), (FLOAT, 32), (FLOAT, 64)}
"""The kinds of samples that are read: coding, and bits a sample."""


def read_wav(content: bytes) -> AudioSegment:
    """The sound in a WAV: 8, 16, 24 or 32 bits or floats, any rate, any number of channels.

    Raises FaultError if there is none.
    """
    if not content:
        raise _odd("wrote no sound: nothing")
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise _odd(f"wrote something that is not a WAV (it begins {content[:8]!r})")
    coding, channels, rate, samples = _chunks(content)
    samples = samples[: len(samples) - len(samples) % (_width(coding) * channels)]
    if len(samples) > MOST_SECONDS * rate * channels * _width(coding):
        raise _odd(f"spoke for more than {MOST_SECONDS} s, too long for one utterance")
    width, data = _integers(coding, samples)
    segment = AudioSegment(data=data, sample_width=width, frame_rate=rate, channels=channels)
    if segment.max * SILENCE < segment.max_possible_amplitude:
        raise _odd("wrote a WAV without a sound")
    return segment


def _odd(problem: str) -> FaultError:
    return FaultError(f"ended with exit code 0, but {problem}")


def _chunks(content: bytes) -> tuple[tuple[int, int], int, int, bytes]:
    """Coding and bits, channels, rate and samples of a WAV."""
    form = b""
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if name == b"fmt ":
            form = body
        elif name == b"data" and len(form) >= FORMAT.size:
            if len(body) < size < UNKNOWN_SIZE:
                raise _odd(f"wrote a WAV cut short: {len(body)} of {size} bytes")
            return (*_format(form), body if size else content[at + 8 :])
        at += 8 + size + size % 2
    raise _odd("wrote a WAV without samples")


def _format(form: bytes) -> tuple[tuple[int, int], int, int]:
    coding, channels, rate, bits = FORMAT.unpack_from(form)
    if coding == EXTENSIBLE and len(form) >= 26:
        coding = int.from_bytes(form[24:26], "little")
    if (coding, bits) not in CODINGS or not channels or not 1000 <= rate <= 768_000:
        raise _odd(
            f"wrote a WAV of a kind audiocoach can't read (coding {coding}, {bits} bits, "
            f"{channels} channels, {rate} Hz): 16 bits of plain PCM are best"
        )
    return (coding, bits), channels, rate


def _width(coding: tuple[int, int]) -> int:
    return coding[1] // 8


def _integers(coding: tuple[int, int], samples: bytes) -> tuple[int, bytes]:
    """The samples as signed integers, and the bytes each takes: 1, 2 or 4."""
    import numpy as np

    match coding:
        case (_, 8):
            return 1, (np.frombuffer(samples, "u1") ^ 0x80).tobytes()
        case (_, 24):
            wide = np.zeros((len(samples) // 3, 4), "u1")
            wide[:, 1:] = np.frombuffer(samples, "u1").reshape(-1, 3)
            return 4, wide.tobytes()
        case (kind, _) if kind == FLOAT:
            loud = np.nan_to_num(np.frombuffer(samples, f"<f{_width(coding)}").astype("f8"))
            return 4, (loud.clip(-1, 1) * (2**31 - 1)).astype("<i4").tobytes()
        case _:
            return _width(coding), samples
