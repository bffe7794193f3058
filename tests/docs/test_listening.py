"""The figures of docs/listening.md are those of a session as it is built today."""

from __future__ import annotations

import io
import math
import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from strategies import sized

from audiocoach.pipeline import Rehearsal, rehearse
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS
from audiocoach.sound.loudness import TARGET_LUFS
from audiocoach.sound.mix import HUM_PEAK, chunks
from audiocoach.sound.mp3 import Coding, encode_region
from audiocoach.store import Cache
from audiocoach.store.folder import Folder

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "listening.md").read_text("utf-8")
TEXT = " ".join(PAGE.split())
RATE = 48_000


def told(pattern: str) -> float:
    """The number that the page tells where the pattern has its group."""
    found = re.search(pattern, TEXT)
    assert found, pattern
    return float(found[1])


@pytest.fixture(scope="module")
def relief(cache: Path) -> Rehearsal:
    options = Options(voice="espeak", duration="20:00")
    return rehearse("foot-relief", options, cache=Cache(Folder(cache, shared=True)))


def test_how_much_of_a_session_is_silence(relief: Rehearsal) -> None:
    ends = [0, *(cue.end for cue in relief.timeline.cues)]
    starts = [*(cue.start for cue in relief.timeline.cues), relief.timeline.total]
    gaps = [start - end for end, start in zip(ends, starts, strict=True)]
    assert round(sum(gaps) / RATE / 60) == told(r"about (\d+) are silence between words")
    assert round(max(gaps) / RATE) == told(r"at 20:00 lasts about (\d+) seconds")


@pytest.mark.skipif(sized(0, 1) == 0, reason="takes seconds; tried where all examples are")
def test_what_ffmpeg_makes_of_a_session(relief: Rehearsal) -> None:
    pcm = np.concatenate(list(chunks(relief.timeline, relief.takes.samples))).tobytes()
    source = ["-f", "s16le", "-ar", "48000", "-ac", "1", "-i", "pipe:"]
    skipping = "silenceremove=stop_periods=-1:stop_threshold=-30dB:stop_duration=0.15"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, "-af", skipping]
    done = subprocess.run(
        [*command, "-f", "s16le", "pipe:"], input=pcm, capture_output=True, check=True
    )
    left = len(done.stdout) / 2 / RATE / 60
    assert round(left) == told(r"left (?:about )?(\d+) minutes of the 20")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", *source, "-af", "ebur128"]
    done = subprocess.run([*command, "-f", "null", "-"], input=pcm, capture_output=True, check=True)
    (loudness,) = re.findall(r"I: +(\S+) LUFS", done.stderr.decode().rpartition("Summary:")[2])
    in_mp3 = float(loudness) + 20 * math.log10(0.95)  # as LAME scales
    assert in_mp3 == pytest.approx(told(r"measures (-\d+\.\d) LUFS"), abs=0.3)


def bandwidth(coding: Coding) -> float:
    """Up to where (kHz) noise is as loud as it was."""
    noise = np.random.default_rng(0).normal(size=4 * RATE) * 3000
    stream = io.BytesIO(encode_region(noise.astype(np.int16), 0, coding))
    decoded = soundfile.read(stream, always_2d=True)[0][8192:180_000, 0]
    windows = decoded[: len(decoded) // 4096 * 4096].reshape(-1, 4096) * np.hanning(4096)
    power = np.square(np.abs(np.fft.rfft(windows))).mean(axis=0)
    level = 10 * np.log10(power / np.median(power[50:300]))
    return float(np.flatnonzero(level > -6)[-1] * RATE / 4096 / 1000)


def test_the_table_of_bit_rates() -> None:
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) MB \| (\d+) kHz \| (\d+) kHz \|", PAGE, re.MULTILINE)
    assert [kbit for kbit, *_ in rows] == list(SETTINGS["bitrate"].kind.choices)
    for kbit, size, mono, stereo in rows:
        assert float(size) == pytest.approx(int(kbit) * 1200 / 8 / 1000, abs=0.05)
        assert round(bandwidth(Coding(int(kbit)))) == int(mono)
        assert round(bandwidth(Coding(int(kbit), 2))) == int(stereo)


def test_the_hum() -> None:
    assert told(r"at (-\d+) dBFS where there would be") == round(20 * math.log10(HUM_PEAK / 32768))
    speech = told(r"a comfortable (\d+) dB SPL it is")
    assert told(r"dB SPL it is at (\d+) dB SPL") == speech - TARGET_LUFS - 54
    assert speech - TARGET_LUFS - 54 < told(r"of hearing at 40 Hz is (\d+) dB")
