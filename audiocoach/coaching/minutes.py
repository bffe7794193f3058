"""The minute that belongs to one set (EMOM): which set it is, how it ends, what begins behind it.

The reps are done at the listener's own pace, and nobody is told when they are over. So the count at
its end is said to lead into what comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.entering import Entering, entering, in_haste
from audiocoach.coaching.pacing import TIGHT_PAUSE
from audiocoach.coaching.rhythm import AFTER_WORD
from audiocoach.coaching.stations import instructed, speaking
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Instruction
from audiocoach.routine.unfold import Block
from audiocoach.timeline.script import Anchor, CueKind, Origin, Placement

_READY: Final = 300
"""Silence (ms) between "ready" and the count."""
_APART: Final = 1_000
"""So long (ms) before one is made ready no time left is told."""
_MOST_SECONDS: Final = 60
"""People tell a time left in seconds up to here."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads from one minute into the next: the way into a position, or "ready"; the count."""

    placements: tuple[Placement, ...]
    lasts: int
    """How long (ms) that takes."""

    @classmethod
    def into(cls, body: Body, after: Block | None, told: Iterable[Line], length: int) -> Lead:
        """The lead into the next set, or into the exercise that follows at once.

        What is `told` of that in the second half of a time of `length` ms matters more than
        "ready".
        """
        writer = body.writer
        start = body.start(after) if after else body.enters
        way = entering(writer, start) if start else None
        seconds = way.counted if way else writer.settings.countdown
        count = body.counter("work").countdown(seconds, "rest-ends")
        lead = tuple(_entered(writer, way) if way else _ready(writer, seconds))
        lasts = sum(writer.lasts(each.cue) + each.offset for each in lead) + seconds * BEAT_MS
        if way or speaking(writer, told) + lasts + BEAT_MS <= length // 2:
            return cls((*lead, *count), lasts)
        return cls(count, seconds * BEAT_MS)


def _entered(writer: Writer, way: Entering) -> Iterator[Placement]:
    """The way into a position that is tiring to wait in, with no more time than it needs."""
    for line in instructed(writer, "start", in_haste(way.told)):
        cue = writer.cue("start", line.text, Origin(line.line))
        yield Placement(cue, Anchor.BEFORE, TIGHT_PAUSE if line.after is None else line.after)


def _ready(writer: Writer, seconds: int) -> Iterator[Placement]:
    if seconds:
        cue = writer.cue("ready", writer.phrases("cue.ready"))
        yield Placement(cue, Anchor.BEFORE, _READY)


def led_out(placements: Iterable[Placement], lead: Lead, length: int) -> tuple[Placement, ...]:
    """What is said in a time of `length` ms that ends with a lead, with nothing counted beside."""
    from_here = length - lead.lasts - _APART
    kept = (
        each
        for each in placements
        if each.cue.kind is not CueKind.COUNTDOWN or instant(each, length) < from_here
    )
    return (*kept, *lead.placements)


def which_set(body: Body, block: Block) -> Iterator[Placement]:
    """Which of the sets that each begin on their time has begun."""
    total = body.exercise.set_count
    if total > 1 and body.writer.says("rep-number"):
        text = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
        cue = body.writer.cue("rep-number", text, body.origin("sets"))
        yield Placement(cue, Anchor.AFTER, AFTER_WORD)


def time_for_half(body: Body, placements: Iterable[Placement], length: int) -> Iterator[Placement]:
    """The time left in place of "halfway", which could be half of the sets, or of the reps."""
    seconds, rest = divmod(length // 2, BEAT_MS)
    for each in placements:
        if each.cue.kind is CueKind.HALFWAY and not rest and seconds <= _MOST_SECONDS:
            body.writer.unsaid("cue.halfway")
            yield body.counter("work").left(length // 2)
        else:
            yield each


def left_when_done(writer: Writer, told: Iterable[Instruction]) -> Iterator[Line]:
    """What leads out of a position, for who may still be at work."""
    lines = tuple(instructed(writer, "finish", told))
    for place, line in enumerate(lines):
        what = line.text.rstrip(".")
        text = line.text if place else writer.phrases("cue.when-done", what=what)
        yield line._replace(rule="finish", text=text)
