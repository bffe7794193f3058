"""Kokoro itself, where `scripts/hear` has put it: its bytes, its short words, its memory."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.clip import prepare, samples
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLE_RATE, Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.child import Children
from audiocoach.voice.kokoro.engine import KokoroVoice
from audiocoach.voice.kokoro.store import KokoroStore

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
    lengths = {
        utterance.text: len(samples(prepare(segment, 0.0, voice.tempo))) / SAMPLE_RATE
        for utterance, segment in voice.speak([Utterance(text, "en") for text in COUNTS])
    }
    assert all(0.35 < length < 1.0 for length in lengths.values()), lengths


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux")
def test_a_worker_takes_less_than_400_mb(
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
    assert 150e6 < max(peaks) < 400e6
