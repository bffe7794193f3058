"""Three decoders of three families, and ffmpeg's meter: what our MP3s and levels are held to."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

Decoder = Callable[[bytes], NDArray[np.float32]]
Meter = Callable[[NDArray[np.float32]], tuple[float, float]]

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def decode_soundfile(mp3: bytes) -> NDArray[np.float32]:
    """libsndfile, that is mpg123."""
    decoded, rate = soundfile.read(io.BytesIO(mp3), dtype="float32")
    assert rate == 48_000
    return np.asarray(decoded)


def decode_miniaudio(mp3: bytes) -> NDArray[np.float32]:
    """dr_mp3, that is minimp3."""
    miniaudio = pytest.importorskip(
        "miniaudio", reason="miniaudio has no wheel for Linux on ARM: dr_mp3 is not tested there"
    )
    decoded = miniaudio.mp3_read_f32(mp3)
    assert (decoded.sample_rate, decoded.nchannels) == (48_000, 1)
    return np.frombuffer(decoded.samples, np.float32)


def decode_ffmpeg(mp3: bytes) -> NDArray[np.float32]:
    """ffmpeg's own, from a file: reading a pipe, it does not cut the padding at the end."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "decoded.mp3")
        file.write_bytes(mp3)
        command = [FFMPEG, "-v", "error", "-i", str(file), "-f", "f32le", "pipe:"]
        done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.float32)


@pytest.fixture
def decode() -> Decoder:
    """One decoder, for tests that ask about the bytes and not about decoders."""
    return decode_soundfile


@pytest.fixture(params=[decode_soundfile, decode_miniaudio, decode_ffmpeg])
def any_decoder(request: pytest.FixtureRequest) -> Decoder:
    """Each decoder in turn."""
    decoder: Decoder = request.param
    return decoder


def measure(sound: NDArray[np.float32]) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP) as ffmpeg's ebur128 filter has them."""
    source = ["-f", "f32le", "-ar", "48000", "-ac", "1", "-i", "pipe:"]
    meter = ["-af", "ebur128=peak=true", "-f", "null", "-"]
    done = subprocess.run(
        [FFMPEG, "-nostats", *source, *meter],
        input=sound.astype("<f4").tobytes(),
        capture_output=True,
        check=True,
    )
    summary = done.stderr.decode().rpartition("Summary:")[2]
    loudness = re.search(r"I: +(\S+) LUFS", summary)
    peak = re.search(r"Peak: +(\S+) dBFS", summary)
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


@pytest.fixture
def ebur128() -> Meter:
    return measure
