"""Which cues are heard inside a gap or interval of a given length, and when.

Two cues never overlap and none is cut off: where there is no room for both, the
less important one is left out, and a note says so.

What stands at an instant of an interval, or right at its end, is placed by its beat: the clip
begins as much sooner or later as it takes for its beat to fall `BEAT_MS` after the instant. That
is the same for all, so from beat to beat it is as long as from instant to instant, and no word
begins before what it belongs to: a chapter, or a jump to a rep, never cuts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from types import MappingProxyType
from typing import Final

from audiocoach.timeline.script import (
    FRAME_MS,
    Anchor,
    Cue,
    CueKind,
    Gap,
    Interval,
    Item,
    Placement,
    Script,
    Sound,
)
from audiocoach.timeline.timeline import LeftOut

SEPARATION_MS: Final = 2 * FRAME_MS
"""Two cues, or a cue and the end of the time it stands in, are this far apart at least."""
ANNOUNCED_MS: Final = 10 * FRAME_MS
"""What follows another word, an announcement, is this far from the next where the time can grow:
else "Number twelve" and "Lower" sound like one phrase."""


BEAT_MS: Final = 9 * FRAME_MS
"""A beat is heard so long after its instant; few words have more before it (`sound/beat.py`)."""

Milliseconds = Mapping[Sound, int]
NO_LEADS: Final[Milliseconds] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CastCue:
    """A cue that will be heard, `offset` ms after the start of what it stands in."""

    offset: int
    sound: Sound
    cue: Cue
    on_beat: bool = False
    """Whether it is placed by its beat."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The cues that will be heard, in order, and notes on those that won't."""

    cues: tuple[CastCue, ...] = ()
    notes: tuple[LeftOut, ...] = ()


def leads(beats: Milliseconds) -> dict[Sound, int]:
    """How long (ms) after its instant each sound begins, so that its beat is on time."""
    return {sound: max(0, BEAT_MS - beat) for sound, beat in beats.items()}


def at_an_end(items: Sequence[Item], index: int) -> bool:
    """Whether the item is a cue that is heard right when an interval ends."""
    return isinstance(items[index], Cue) and index > 0 and isinstance(items[index - 1], Interval)


def on_beats(script: Script) -> tuple[Sound, ...]:
    """Each sound that is placed by its beat, once."""
    found: dict[Sound, None] = {}
    for index, item in enumerate(script.items):
        if isinstance(item, Interval):
            timed = (each for each in item.placements if each.anchor is not Anchor.AFTER)
            found |= dict.fromkeys(sound for each in timed for sound in each.cue.sounds())
        elif isinstance(item, Cue) and at_an_end(script.items, index):
            found |= dict.fromkeys(item.sounds())
    return tuple(found)


def needed(interval: Interval, lengths: Milliseconds, leads: Milliseconds = NO_LEADS) -> int:
    """The shortest length (ms) of the interval in which all its cues fit."""
    end = 0
    least = 0
    for placement in interval.placements:
        if placement.anchor is Anchor.END:
            least = max(least, end + SEPARATION_MS + placement.offset)
            continue
        announced = placement.anchor is Anchor.AFTER
        lead = NO_LEADS if announced else leads
        length = max(lead.get(sound, 0) + lengths[sound] for sound in placement.cue.sounds())
        end = (end if announced else 0) + placement.offset + length
        least = max(least, end + (ANNOUNCED_MS if announced else SEPARATION_MS))
    return least


def limits(script: Script, beats: Milliseconds) -> dict[Sound, int]:
    """How long (ms) a word may go on after its beat that has another on a fixed beat behind it."""
    found: dict[Sound, int] = {}
    for item in script.items:
        if isinstance(item, Interval):
            for sound, room in _rooms(item, beats):
                found[sound] = min(room, found.get(sound, room))
    return found


def _rooms(interval: Interval, beats: Milliseconds) -> Iterator[tuple[Sound, int]]:
    """Each word on a fixed beat with the time from there until the next begins, or the end."""
    for anchor in (Anchor.START, Anchor.END):
        words = [each for each in interval.placements if each.anchor is anchor]
        for placement, following in pairwise(words):
            before = min(beats.get(following.cue.sound, BEAT_MS), BEAT_MS)
            room = abs(following.offset - placement.offset) - SEPARATION_MS
            yield placement.cue.sound, room - before
        if words and anchor is Anchor.END:
            yield words[-1].cue.sound, words[-1].offset - SEPARATION_MS - BEAT_MS
        if words and anchor is Anchor.START and interval.span.rigid:
            room = interval.span.natural - words[-1].offset - SEPARATION_MS
            yield words[-1].cue.sound, room - BEAT_MS


def cast_interval(
    interval: Interval, length: int, lengths: Milliseconds, leads: Milliseconds = NO_LEADS
) -> Cast:
    """The cues of an interval that lasts `length` ms; `lengths` are those of the clips (ms)."""
    kept = list(interval.placements)
    notes: list[LeftOut] = []
    while True:
        cues = _offsets(kept, length, lengths, leads)
        lost = _first_lost(cues, length, lengths)
        if lost is None:
            return Cast(tuple(sorted(cues, key=lambda cue: cue.offset)), tuple(notes))
        loser, winner = lost
        if kept[loser].cue.kind is not CueKind.ORIENT:
            notes.append(_left_out(kept[loser].cue, interval, length, winner))
        del kept[loser]


def cast_gap(gap: Gap, length: int, lengths: Milliseconds, orient_after: int) -> Cast:
    """Orienting lines, evenly spread, so that no silence is longer than `orient_after` ms."""
    if not orient_after or length <= orient_after or not gap.fillers:
        return Cast()
    count = (length - 1) // orient_after
    slot = length // (count + 1)
    cues: list[CastCue] = []
    notes: list[LeftOut] = []
    for number, cue in enumerate(islice(cycle(gap.fillers), count), start=1):
        if lengths[cue.sound] + SEPARATION_MS > slot:
            notes.append(_left_out(cue, gap, length))
        else:
            cues.append(CastCue(number * slot // FRAME_MS * FRAME_MS, cue.sound, cue))
    return Cast(tuple(cues), tuple(notes))


def _offsets(
    placements: list[Placement], length: int, lengths: Milliseconds, leads: Milliseconds
) -> list[CastCue]:
    cues: list[CastCue] = []
    end = 0
    for placement in placements:
        sound = placement.cue.sound_for(length)
        base = {Anchor.START: 0, Anchor.AFTER: end, Anchor.END: length}[placement.anchor]
        offset = base + (-placement.offset if placement.anchor is Anchor.END else placement.offset)
        on_beat = placement.anchor is not Anchor.AFTER and sound in leads
        offset += leads[sound] if on_beat else 0
        end = offset + lengths[sound]
        cues.append(CastCue(offset, sound, placement.cue, on_beat))
    return cues


def _first_lost(
    cues: list[CastCue], length: int, lengths: Milliseconds
) -> tuple[int, Cue | None] | None:
    """The index of a cue that must go, and the more important one that needs its room, if any."""
    ends = [cue.offset + lengths[cue.sound] + SEPARATION_MS for cue in cues]
    for index, cue in enumerate(cues):
        if cue.offset < 0 or ends[index] > length:
            return index, None
    for index, following in pairwise(sorted(range(len(cues)), key=lambda i: cues[i].offset)):
        if ends[index] > cues[following].offset:
            # Of two that matter the same the later goes, in the order of the script.
            winner, loser = sorted((index, following), key=lambda i: (-cues[i].cue.priority, i))
            return loser, cues[winner].cue
    return None


def _left_out(cue: Cue, place: Gap | Interval, length: int, winner: Cue | None = None) -> LeftOut:
    kind, label = (place.wait, "") if isinstance(place, Gap) else (place.kind, place.label)
    beside = winner.sound if winner else None
    less = winner is not None and winner.priority > cue.priority
    return LeftOut(cue.sound, cue.origin.line, kind, label, length, beside, less)
