"""WAVs as programs write them: every width, header and half-truth."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.sound.clip import prepare, samples
from audiocoach.voice.command.runner import FaultError
from audiocoach.voice.command.wav import MOST_SECONDS, read_wav

RATE = 16_000
HALF = [0.5 * math.sin(2 * math.pi * 400 * n / RATE) for n in range(RATE)]
"""A second of a tone at half of full scale."""


def packed(sound: Sequence[float], bits: int) -> bytes:
    if bits == 8:
        return bytes(128 + round(127 * value) for value in sound)
    top = 2 ** (bits - 1) - 1
    return b"".join(round(top * v).to_bytes(bits // 8, "little", signed=True) for v in sound)


def riff(
    data: bytes, *, coding: int = 1, bits: int = 16, rate: int = RATE, size: int | None = None
) -> bytes:
    form = struct.pack("<HHIIHH", coding, 1, rate, rate * bits // 8, bits // 8, bits)
    length = len(data) if size is None else size
    chunks = struct.pack("<4sI", b"fmt ", 16) + form + struct.pack("<4sI", b"data", length) + data
    return struct.pack("<4sI4s", b"RIFF", min(length + 36, 2**32 - 1), b"WAVE") + chunks


def rms(content: bytes) -> float:
    clip = samples(prepare(read_wav(content), 0.0)).astype(float)
    return float(np.sqrt(np.mean(clip[4800:43_200] ** 2))) / 32768


TONE = 0.5 / math.sqrt(2)


@pytest.mark.parametrize("bits", [8, 16, 24, 32])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_width_sounds_the_same(bits: int, channels: int) -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((channels, bits // 8, RATE, 0, "NONE", ""))
        writer.writeframes(packed([value for value in HALF for _ in range(channels)], bits))
    segment = read_wav(file.getvalue())
    assert (segment.channels, segment.frame_rate, len(segment)) == (channels, RATE, 1000)
    assert rms(file.getvalue()) == pytest.approx(TONE, rel=0.01)


@pytest.mark.parametrize("bits", [32, 64])
def test_floats_are_read(bits: int) -> None:
    data = np.array([*HALF, float("nan"), 5.0, -5.0], f"<f{bits // 8}").tobytes()
    assert rms(riff(data, coding=3, bits=bits)) == pytest.approx(TONE, rel=0.01)


def test_the_extensible_header_is_read() -> None:
    form = struct.pack("<HHIIHHHHIH14s", 0xFFFE, 1, RATE, RATE * 3, 3, 24, 22, 24, 4, 1, b"\0" * 14)
    odd = struct.pack("<4sI4s", b"LIST", 3, b"abc\0")  # of an odd length, so padded
    data = packed(HALF, 24)
    content = b"RIFF\0\0\0\0WAVE" + struct.pack("<4sI", b"fmt ", len(form)) + form + odd
    content += struct.pack("<4sI", b"data", len(data)) + data
    assert rms(content) == pytest.approx(TONE, rel=0.01)


@pytest.mark.parametrize("size", [0, 0x7FFF_F000, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_size_written_before_it_was_known_is_not_believed(size: int) -> None:
    assert len(read_wav(riff(packed(HALF, 16) + b"\0", size=size))) == 1000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "wrote no sound"),
        (b"<html>429</html>", r"not a WAV \(it begins b'<html>42"),
        (riff(b""), "without a sound"),
        (riff(packed([0.0005] * RATE, 16)), "without a sound"),
        (riff(packed(HALF, 16), size=50_000), "cut short: 32000 of 50000 bytes"),
        (riff(packed(HALF, 16))[:30], "without samples"),
        (riff(packed(HALF, 16), coding=85), "coding 85, 16 bits, 1 channels, 16000 Hz"),
        (riff(packed(HALF, 16), rate=0), "0 Hz"),
        (riff(packed(HALF[:1000], 16) * (MOST_SECONDS + 1), rate=1000), "more than 60 s"),
    ],
)
def test_what_is_no_speech_is_told(content: bytes, says: str) -> None:
    with pytest.raises(FaultError, match=says):
        read_wav(content)


@given(st.binary(max_size=60), st.integers(0, 70), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_any_bytes_are_a_sound_or_a_fault(noise: bytes, cut: int, coding: int, bits: int) -> None:
    whole = riff(packed(HALF[:8], 16), coding=coding, bits=bits)
    for content in (noise, riff(noise), whole[:cut] + noise, b"RIFF\0\0\0\0WAVE" + noise):
        with suppress(FaultError):
            read_wav(content)
