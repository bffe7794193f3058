"""The pen of the compiler: appends cues, gaps and markers to a growing script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from audiocoach.coaching.options import Coaching
from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.model import Instruction
from audiocoach.timeline.script import (
    Chime,
    Cue,
    CueKind,
    Gap,
    Glue,
    Interval,
    Item,
    Marker,
    MarkerKind,
    Origin,
    Span,
    Utterance,
)

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=\S)")


def sentences(text: str) -> list[str]:
    """The sentences of a text: each is one utterance, so that pauses are ours to place."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


class Writer:
    """Collects the items of a script; knows the phrases and the pace."""

    def __init__(self, phrases: Phrases, coaching: Coaching, language: str) -> None:
        self.phrases = phrases
        self.coaching = coaching
        self.language = language
        self.items: list[Item] = []

    def cue(self, text: str, kind: CueKind, origin: Origin = Origin()) -> Cue:
        """A spoken cue, not yet placed."""
        return Cue(Utterance(text, self.language), kind, origin)

    def add(self, item: Item) -> None:
        """Append an item."""
        self.items.append(item)

    def say(self, text: str, kind: CueKind, origin: Origin = Origin()) -> None:
        """Speak a text sentence by sentence, with a pause between any two spoken cues."""
        for sentence in sentences(text):
            self.breathe()
            self.add(self.cue(sentence, kind, origin))

    def chime(self, chime: Chime) -> None:
        """Sound a chime, with a pause before and after."""
        self.breathe()
        self.add(Cue(chime, CueKind.CHIME))
        self.pause(self.coaching.sentence_pause)

    def breathe(self) -> None:
        """A sentence pause, if the last thing was a sound."""
        if self.items and isinstance(self.items[-1], Cue):
            self.pause(self.coaching.sentence_pause)

    @property
    def paused_for(self) -> int:
        """The natural length (ms) of the pause that came last; 0 if something else did."""
        last = self.items[-1] if self.items else None
        return last.span.natural if isinstance(last, Gap) else 0

    def pause(self, ms: int) -> None:
        """A short pause that belongs to the speech and does not stretch."""
        self.add(Gap(Span.exactly(ms), Glue.RIGID, "pause"))

    def gap(
        self,
        times: tuple[int, int, int],
        glue: Glue,
        reason: str,
        orient: Iterable[str] = (),
        origin: Origin = Origin(),
    ) -> None:
        """A pause that stretches between its minimum and maximum (ms)."""
        lines = tuple(dict.fromkeys((*orient, *self.phrases.variants("exercise.orient"))))
        fillers = tuple(self.cue(line, CueKind.ORIENT, origin) for line in lines)
        self.add(Gap(self.coaching.gap(*times), glue, reason, fillers, origin))

    def instruct(self, instructions: Iterable[Instruction], kind: CueKind) -> None:
        """Say each instruction and give the listener its time."""
        for instruction in instructions:
            origin = Origin(instruction.line("say"))
            self.say(instruction.say, kind, origin)
            if instruction.time:
                time = instruction.time
                self.gap(
                    (time.minimum, time.natural, time.maximum),
                    Glue.MOVE,
                    "do what was said",
                    instruction.orient,
                    Origin(instruction.line("time")),
                )

    def mark(self, kind: MarkerKind, title: str, origin: Origin = Origin()) -> None:
        """Mark an instant; it lies behind the sentence pause, where the next sound begins."""
        self.breathe()
        self.add(Marker(kind, title, origin))

    def interval(self, interval: Interval) -> None:
        """Append an interval."""
        self.add(interval)
