"""How even the counts of a voice are heard, by measures that the program does not use."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.sound.beat import beat
from audiocoach.timeline.script import SAMPLES_PER_MS
from scripts.hearing.recogniser import Clip

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))

from beats import MEASURES, largest_step, spread

MOST: Final = 20


def counts(language: str) -> list[str]:
    """The texts of the counts from one to twenty."""
    number = phrases_for(language).number
    return [f"{number(n).capitalize()}." for n in range(1, MOST + 1)]


def measured(clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    """By each measure: the spread and the largest step (ms) of the counts 1 to 10 and 1 to 20.

    Placed by their beats, and for comparison by the onset of their sound.
    """
    found = {}
    for name, measure in MEASURES.items():
        onset = [measure(clip) for clip in clips]
        placed = [at - beat(clip) / SAMPLES_PER_MS for at, clip in zip(onset, clips, strict=True)]
        found[name] = {
            "spread 1-10": spread(placed[:10]),
            "spread 1-10 by onset": spread(onset[:10]),
            "spread 1-20": spread(placed),
            "largest step 1-20": largest_step(placed),
        }
    return {name: {what: round(ms, 1) for what, ms in row.items()} for name, row in found.items()}


def told(spec: str, found: dict[str, dict[str, float]]) -> Iterable[str]:
    """The lines a person reads."""
    yield f"{spec}: how far apart counts are heard when they are placed by their beats"
    for name, row in found.items():
        near, onset, far = (row[f"spread {each}"] for each in ("1-10", "1-10 by onset", "1-20"))
        share = f"by onset {onset:.0f}: {100 * near / onset:.0f} %"
        step = f"largest step {row['largest step 1-20']:.0f} ms"
        yield f"  {name:18} 1-10: {near:.0f} ms ({share}); 1-20: {far:.0f} ms, {step}"
