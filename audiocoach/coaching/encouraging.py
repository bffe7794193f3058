"""A word of encouragement during an effort: late, rarely, and only where there is room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import Writer
from audiocoach.routine.recordings import Recording
from audiocoach.timeline.script import Anchor, Placement, Sound

_LONG_EFFORT: Final = 180_000
"""An effort (ms) so long is encouraged by itself; a shorter one only late in a series."""
_LAST: Final = 12_000
"""The last seconds (ms) of an effort are counted, and need no other word."""
_ROOM: Final = (3_000, 4_000)
"""The least time (ms) from the cue before to an encouraging word, and from it to the next."""


def encouraged(
    writer: Writer, placements: Iterable[Placement], length: int, *, late: bool
) -> tuple[Placement, ...]:
    """The cues of an effort of `length` ms, with a word of encouragement in its last third.

    Used sparingly: only in a long effort, or `late` in a series of them; only if there is room
    between two other cues; and short enough not to be a burden.
    """
    found = tuple(placements)
    long = length >= RULES["encourage"].least and (late or length >= _LONG_EFFORT)
    if not long or not writer.says("encourage"):
        return found
    told = (
        at
        for each in found
        if each.anchor is not Anchor.AFTER
        for at in _taken(instant(each, length), each.cue.sound)
    )
    at = _latest_room([0, length, *told], length)
    if at is None:
        return found
    cue = writer.cue("encourage", writer.vary("cue.encourage"))
    here = Placement(cue, Anchor.END, length - at)
    return tuple(sorted((*found, here), key=lambda each: instant(each, length)))


def _taken(at: int, sound: Sound) -> Iterable[int]:
    """When (ms) there is no room for what begins then: all through a sound of the user's."""
    return range(at, at + 1 + (sound.ms if isinstance(sound, Recording) else 0), _ROOM[0])


def _latest_room(taken: list[int], length: int) -> int | None:
    """The last beat (ms) with room for a word between what is `taken` (ms); None without one."""
    taken, (after, before) = sorted(taken), _ROOM
    beats = range(length * 2 // 3 // BEAT_MS * BEAT_MS, length - _LAST, BEAT_MS)
    return next(
        (
            at
            for at in reversed(beats)
            if bisect_right(taken, at - after) == bisect_left(taken, at + before)
        ),
        None,
    )
