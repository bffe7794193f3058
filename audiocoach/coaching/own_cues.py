"""The routine's own words, bells and sounds at instants of a hold or of timed work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.writer import sentence
from audiocoach.routine.told import TimedCue
from audiocoach.timeline.placing import BEAT_MS, SEPARATION_MS
from audiocoach.timeline.script import FRAME_MS, Anchor, Chime, Cue, Origin, Placement

AFTER_SOUND: Final = BEAT_MS + FRAME_MS + SEPARATION_MS
"""From the end of a sound to words (ms): it begins this beat late, and ends with a frame."""


def own_cues(body: Body, length: int) -> tuple[Placement, ...]:
    """The routine's words and sounds at instants of a time of `length` ms, and its bell.

    Words at the instant of a sound come after it.
    """
    sounds = [*_sounds(body, length)]
    waits = {at: body.writer.lasts(cue) + AFTER_SOUND for at, cue in sounds}
    words = ((at + waits.get(at, 0), cue) for at, cue in _words(body, length))
    return tuple(Placement(cue, Anchor.START, at) for at, cue in (*sounds, *words))


def _sounds(body: Body, length: int) -> Iterator[tuple[int, Cue]]:
    """When (ms) the bell rings, or a sound of the user's begins."""
    writer, bell = body.writer, body.exercise.bell
    if bell and writer.says("bell"):
        rule, sound = ("own-sound", bell.sound) if bell.sound else ("bell", Chime.BELL)
        for at in bell.instants(length):
            yield at, writer.cue(rule, sound, body.origin("bell"))
    for at, cue in _told_here(body, length):
        if cue.sound:
            yield at, writer.cue("own-sound", cue.sound, Origin(cue.line("sound")))


def _words(body: Body, length: int) -> Iterator[tuple[int, Cue]]:
    for at, cue in _told_here(body, length):
        if cue.say:
            yield at, body.writer.cue("own-cue", sentence(cue.say), Origin(cue.line("say")))


def _told_here(body: Body, length: int) -> Iterator[tuple[int, TimedCue]]:
    """The cues of the routine for this set and round, each with its instant (ms)."""
    here = body.writer.address
    for cue in body.exercise.cues:
        at = cue.instant(length)
        mine = cue.set in (None, here.set) and cue.round in (None, here.round)
        if mine and 0 <= at < length:
            yield at, cue
