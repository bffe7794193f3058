"""Building a session with the command line, and hearing it.

Nothing here imports audiocoach: it runs as a process of its own, as a user runs it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from ears import RATE, UNKNOWN, Ears, Grammar, Pcm, envelope, knows, segments_of
from mutagen.id3 import ID3
from score import Heard, Score, heard_by_times

ROOT = Path(__file__).parents[2]


def build(cache: Path, *arguments: str) -> list[dict[str, Any]]:
    """Build with the command line; returns its report, one entry a session."""
    command = [sys.executable, "-m", "audiocoach", "build", *arguments, "--json"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"AUDIOCOACH_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    return report if isinstance(report, list) else [report]


def decode(file: Path) -> Pcm:
    pcm, rate = soundfile.read(file, dtype="int16")
    assert (rate, pcm.ndim) == (RATE, 1)
    return np.asarray(pcm)


def chapters_of(file: Path) -> list[float]:
    """The starts of the chapters, in seconds, in the order of time."""
    return [start / 1000 for start, _, _ in sorted(chapter_frames(file))]


def chapter_frames(file: Path) -> list[tuple[int, int, str]]:
    frames = ID3(file).getall("CHAP")
    return [(frame.start_time, frame.end_time, frame.element_id) for frame in frames]


def hear(
    file: Path, score: Score, *, sounds: bool = False, grammar: Grammar | None = None
) -> Heard:
    """Hear an MP3 by times, and if asked which sounds are the same, or also what they say.

    The sound itself is not kept: an hour of it has 360 MB.
    """
    return hear_sound(decode(file), score, sounds=sounds, grammar=grammar)


def hear_sound(
    pcm: Pcm, score: Score, *, sounds: bool = False, grammar: Grammar | None = None
) -> Heard:
    segments = segments_of(envelope(pcm))
    heard = heard_by_times(pcm, score, segments)
    if sounds or grammar:
        ears = Ears(grammar) if grammar else Ears()
        heard.sounds = [ears.sound_of(pcm, segment) for segment in segments]
        heard.words = _words(heard, ears, grammar) if grammar else None
    return heard


def _words(heard: Heard, ears: Ears, grammar: Grammar) -> list[str]:
    """What is said where the score asks for a word of the grammar."""
    words = [UNKNOWN] * len(heard.segments)
    for slot, segment in zip(heard.score.slots, heard.filled, strict=True):
        if segment is not None and knows(grammar, slot.word):
            words[segment] = ears.word_of(heard.sounds[segment])
    return words
