"""A process that makes sessions for years keeps nothing of them."""

from __future__ import annotations

import gc
import json
import os
import tracemalloc
from pathlib import Path

from audiocoach import Options, Rehearsal, pipeline
from audiocoach.routine.load import loads
from audiocoach.store import Cache

REHEARSALS = int(os.environ.get("REHEARSALS", "6"))
"""`REHEARSALS=500 scripts/test tests/pipeline/test_long_lived.py` does a thousand in a row."""
EXERCISES = [
    {"name": "squat", "reps": 2, "rep_duration": "2s"},
    {"name": "plank", "hold": "3s", "sides": "right-then-left"},
]
NOISE = 5_000
"""Bytes a rehearsal."""


def grown(folder: Path, rehearsals: int, kept: list[Rehearsal] | None = None) -> int:
    """The bytes a rehearsal leaves behind, where it is kept or not."""
    cache, options = Cache(folder), Options(voice="espeak", offline=True)
    held = []
    tracemalloc.start()
    for number in range(2 * rehearsals):
        language = ("en", "de")[number % 2]
        about = {"title": f"Session {number}", "language": language, "exercises": EXERCISES}
        done = pipeline.rehearse(loads(json.dumps(about)), options, cache=cache)
        if kept is not None:
            kept.append(done)
        del done
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return (held[-1] - held[rehearsals - 1]) // rehearsals


def test_a_process_that_rehearses_again_and_again_stays_flat(tmp_path: Path) -> None:
    assert grown(tmp_path, REHEARSALS) < NOISE


def test_what_is_kept_would_be_noticed(tmp_path: Path) -> None:
    assert grown(tmp_path, 3, []) > 2 * NOISE
