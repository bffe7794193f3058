"""Breaths inside a time that was written in breaths: paced, and counted down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.news import numbered
from audiocoach.coaching.pacing import paced
from audiocoach.routine.times import Source, Time
from audiocoach.timeline.script import Anchor, Cue, Placement

_SEVERAL: Final = 2
"""Of fewer breaths, the words of a phase are enough, if it has any."""


def is_paced(time: Time, word: str) -> bool:
    """Whether it is told when to breathe in a time that begins with that word."""
    return time.breaths >= (_SEVERAL if word else 1)


def breaths(body: Body, time: Time, first: Cue | None, *, ends: bool = True) -> Iterator[Placement]:
    """When to breathe in and out in so many whole breaths, and how many are left.

    `first` is the word of the phase, and takes the place of the first "in". If a breath may be
    longer or shorter than its natural length, so may each of these, by the same amount; also at
    another pace. Where none of them `ends` what is done, none is called the last one.
    """
    anchor = Anchor.START if time.source is Source.PRESCRIBED else Anchor.PART
    natural = paced(time, body.writer.settings.pace).natural
    inhale, exhale = (each * natural // time.natural for each in time.breath)
    for number in range(time.breaths):
        at = number * (inhale + exhale)
        left = time.breaths - number
        yield Placement(
            first if first and not number else _in(body, number, left, ends=ends), anchor, at
        )
        out = body.writer.cue("breath-pace", body.writer.phrases("cue.breath-out"))
        yield Placement(out, anchor, at + inhale)


def _in(body: Body, number: int, left: int, *, ends: bool) -> Cue:
    """In, and how many breaths are left with this one; of the first that is known."""
    writer = body.writer
    told = numbered(body) and number and (left > 1 or not ends or writer.says("last-one"))
    text = writer.phrases("cue.breath-in", left=left if told else 0)
    if told and left == 1 and not ends:
        text = writer.phrases("cue.breath-in-one-more")
    short = writer.phrases("cue.breath-in", left=0)
    return writer.or_less(writer.cue("breath-pace", text), short if told else "")
