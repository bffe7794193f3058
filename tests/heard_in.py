"""What is heard in each time of a session: its beats, and the words on them."""

from __future__ import annotations

import textwrap
from typing import Any

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.timeline import Timeline, Utterance, fit
from audiocoach.timeline.script import FRAME_MS, FRAME_SAMPLES, Interval, IntervalKind, Sound
from audiocoach.timeline.timeline import PlacedCue, PlacedSpan

LEADING = (IntervalKind.REST, IntervalKind.COUNT_IN)
"""Times in which nothing is done."""
DONE = tuple(kind for kind in IntervalKind if kind not in LEADING)


def text(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else ""


def timeline(exercises: str, language: str, percent: int = 100, **coaching: Any) -> Timeline:
    """A session whose words last that part of the time they are thought to."""
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    routine = loads(f"title: T\nlanguage: {language}\nexercises:\n{body}\n")
    return told(routine, Coaching(**coaching), percent)


def told(routine: Routine, coaching: Coaching, percent: int = 100) -> Timeline:
    """A routine told in some way; its words last that part of the time they are thought to."""
    script, rate = compile_script(routine, coaching), coaching.rate
    frames = {
        each: speaking_ms(text(each), rate) * percent // 100 // FRAME_MS for each in script.sounds()
    }
    return fit(script, {each: count * FRAME_SAMPLES for each, count in frames.items()})


def beats(of: Timeline, *kinds: IntervalKind) -> list[tuple[PlacedSpan, list[PlacedCue]]]:
    """Every time of some kinds, with what is heard in it."""
    return [
        (span, [cue for cue in of.cues if span.start <= cue.start < span.end])
        for span in of.spans
        if isinstance(span.item, Interval) and span.item.kind in kinds
    ]


def within(of: Timeline, *kinds: IntervalKind) -> list[list[str]]:
    """The words that are heard in each time of some kinds."""
    return [[text(cue.sound) for cue in cues] for _, cues in beats(of, *kinds)]


def number(language: str, value: int) -> str:
    word = phrases_for(language).number(value)
    return f"{word[:1].upper()}{word[1:]}."
