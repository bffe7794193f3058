"""Kokoro itself, where `scripts/hear` has put it: its bytes, its short words, its memory."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from beats import MEASURES, largest_step, spread
from numpy.typing import NDArray

from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.beat import beat
from audiocoach.sound.clip import prepare, samples
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.child import Children
from audiocoach.voice.kokoro.engine import KokoroVoice
from audiocoach.voice.kokoro.store import KokoroStore
from audiocoach.voice.kokoro.voices import INT8

REAL = Path(sys.prefix) / "share" / "voices"
HERE = Surroundings({"AUDIOCOACH_VOICES": str(REAL)})
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        KokoroStore(HERE).find("af_heart") is None,
        reason="the real Kokoro is not here: run scripts/hear --tests",
    ),
]

COUNTS = ["One.", "Two.", "Five.", "Eight.", "Ten.", "Pull.", "Hold."]
SENTENCE = "Stand barefoot, hip width apart, with a hand on the worktop."


@pytest.fixture
def voice(tmp_path: Path) -> KokoroVoice:
    cache = Cache(tmp_path)
    found = open_voice("kokoro:af_heart", language="en", rate=1.0, cache=cache, surroundings=HERE)
    assert isinstance(found, KokoroVoice)
    return found


def clips(voice: KokoroVoice, texts: list[str]) -> dict[str, NDArray[np.int16]]:
    """Each text as a clip."""
    spoken = voice.speak([Utterance(text, "en") for text in texts])
    return {said.text: samples(prepare(raw, 0.0)) for said, raw in spoken}


def test_the_bytes_are_the_same_in_any_order_and_number_of_workers(
    voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(texts: list[str]) -> dict[str, str]:
        spoken = voice.speak([Utterance(text, "en") for text in texts])
        return {u.text: hashlib.sha256(s.raw_data).hexdigest() for u, s in spoken}

    first = said([*COUNTS, SENTENCE])
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.MOST_WORKERS", 1)
    assert said([SENTENCE, *COUNTS[::-1]]) == first


def test_short_words_are_spoken_whole(voice: KokoroVoice) -> None:
    lengths = {text: len(clip) / SAMPLE_RATE for text, clip in clips(voice, COUNTS).items()}
    assert all(0.35 < length < 1.0 for length in lengths.values()), lengths


def test_counts_are_even_as_they_are_heard(voice: KokoroVoice) -> None:
    number = phrases_for("en").number
    counts = clips(voice, [f"{number(n).capitalize()}." for n in range(1, 21)])
    for measure in MEASURES.values():
        by_onset = [measure(clip) for clip in counts.values()]
        placed = [measure(clip) - beat(clip) / SAMPLES_PER_MS for clip in counts.values()]
        assert spread(placed[:10]) <= min(35, 0.55 * spread(by_onset[:10]))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux")
def test_a_worker_takes_less_than_430_mb(
    voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.MOST_WORKERS", 1)
    peaks = []
    end = Children.end

    def measured(children: Children, process: object) -> None:
        status = Path(f"/proc/{getattr(process, 'pid', os.getpid())}/status").read_text("utf-8")
        [peak] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
        peaks.append(int(peak) * 1024)
        end(children, process)  # type: ignore[arg-type]

    monkeypatch.setattr(Children, "end", measured)
    long = " ".join([SENTENCE] * 4)  # 16 s: more than a piece
    assert len(list(voice.speak([Utterance(long, "en"), Utterance("One.", "en")]))) == 2
    assert 150e6 < max(peaks) < 430e6


@pytest.mark.parametrize("measure", MEASURES)
def test_no_step_between_counts_is_far_off(voice: KokoroVoice, measure: str) -> None:
    number = phrases_for("en").number
    counts = clips(voice, [f"{number(n).capitalize()}." for n in range(1, 21)])
    heard = [MEASURES[measure](clip) - beat(clip) / SAMPLES_PER_MS for clip in counts.values()]
    assert largest_step(heard) <= 60


def test_a_worker_that_is_killed_is_replaced_and_no_clip_is_harmed(
    voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.voice.kokoro.engine.MOST_WORKERS", 1)
    expected = {text: clip.tobytes() for text, clip in clips(voice, COUNTS[:3]).items()}
    started = []
    start = Children.start

    def note(*given: Any, **streams: Any) -> subprocess.Popen[bytes]:
        started.append(start(*given, **streams))
        if len(started) == 1:
            started[0].kill()
        return started[-1]

    monkeypatch.setattr(Children, "start", note)
    assert {text: clip.tobytes() for text, clip in clips(voice, COUNTS[:3]).items()} == expected
    assert len(started) == 2


def test_a_bit_of_the_network_that_is_another_is_one_line(tmp_path: Path) -> None:
    shelf = tmp_path / "kokoro"
    shelf.mkdir()
    for name in (INT8.file, "af_heart.bin"):
        (shelf / name).write_bytes((REAL / "kokoro" / name).read_bytes())
    with (shelf / INT8.file).open("r+b") as file:
        file.seek(INT8.size // 2)
        [byte] = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    here = Surroundings({"AUDIOCOACH_VOICES": str(tmp_path)})
    cache = Cache(tmp_path / "cache")
    found = open_voice("kokoro:af_heart", language="en", rate=1.0, cache=cache, surroundings=here)
    with pytest.raises(
        VoiceError, match=r"int8\.onnx is damaged, or of another version; repair it"
    ):
        _ = found.fingerprint
