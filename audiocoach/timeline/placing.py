"""Which cues are heard inside a gap or interval of a given length, and when.

Two cues never overlap and none is cut off. If there is no room for all, they are placed by
priority, the most important first, each in its shortest form; the remaining room then goes to
longer forms, again by priority. A note names each cue that found no place.

A cue at an instant of an interval, or right at its end, is placed by its beat: the clip begins as
much sooner or later as it takes for its beat to fall `BEAT_MS` after the instant. That is the same
for all, so from beat to beat it is as long as from instant to instant, and no word begins before
what it belongs to: a chapter, or a jump to a rep, never cuts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    IntervalKind,
    Item,
    Placement,
    Script,
    Sound,
)
from audiocoach.timeline.timeline import LeftOut

SEPARATION_MS: Final = 2 * FRAME_MS
"""The least distance between two cues, or between a cue and the end of its interval."""
ANNOUNCED_MS: Final = 10 * FRAME_MS
"""An announcement is at least this far from the next word, if the time can grow: otherwise "Number
twelve" and "Lower" would sound like one phrase."""


BEAT_MS: Final = 9 * FRAME_MS
"""How long after its instant a beat is heard; few words have more sound before their beat
(`sound/beat.py`)."""

_TIGHT: Final = 10 * FRAME_MS
_COMFORTABLE: Final = 63 * FRAME_MS
"""Pauses between sentences: the shortest, and the longest that is ours and gives way to a word."""

_TIMED: Final = (Anchor.START, Anchor.END, Anchor.PART)
"""What is anchored in this way is at a fixed instant, the rest next to other words."""

Milliseconds = Mapping[Sound, int]
NO_LEADS: Final[Milliseconds] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CastCue:
    """A cue that will be heard, `offset` ms after the start of its gap or interval."""

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
            timed = (each for each in item.placements if each.anchor in _TIMED)
            found |= dict.fromkeys(sound for each in timed for sound in each.cue.sounds())
        elif isinstance(item, Cue) and at_an_end(script.items, index):
            found |= dict.fromkeys(item.sounds())
    return tuple(found)


def needed(
    interval: Interval,
    lengths: Milliseconds,
    leads: Milliseconds = NO_LEADS,
    *,
    shortest: bool = False,
) -> int:
    """The shortest length (ms) of the interval in which all its cues fit.

    Each in its whole form, or in its `shortest`.
    """
    end = 0
    least = 0
    for index, placement in enumerate(interval.placements):
        if placement.anchor in (Anchor.END, Anchor.BEFORE):
            ahead = _ahead(interval.placements[index:], lengths)
            least = max(least, end + SEPARATION_MS + ahead)
            continue
        if placement.anchor is Anchor.PART:
            continue
        announced = placement.anchor is Anchor.AFTER
        lead = leads if placement.anchor in _TIMED else NO_LEADS
        sounds = placement.cue.sounds()
        if shortest and placement.cue.shorter:
            sounds = placement.cue.shorter[-1:]
        length = max(lead.get(sound, 0) + lengths[sound] for sound in sounds)
        end = (end if announced else 0) + placement.offset + length
        least = max(least, end + (ANNOUNCED_MS if announced else SEPARATION_MS))
    return least


def _ahead(placements: Sequence[Placement], lengths: Milliseconds) -> int:
    """How long (ms) before the end of an interval the first of these begins, at the latest."""
    first = placements[0]
    if first.anchor is Anchor.END:
        return first.offset
    length = max(lengths[sound] for sound in first.cue.sounds())
    rest = placements[1:]
    return length + first.offset + (_ahead(rest, lengths) if rest else 0)


def limits(script: Script, beats: Milliseconds) -> dict[Sound, int]:
    """How long (ms) a word may go on after its beat if another on a fixed beat follows it."""
    found: dict[Sound, int] = {}
    for item in script.items:
        if isinstance(item, Interval):
            for sound, room in _rooms(item, beats):
                found[sound] = min(room, found.get(sound, room))
    return found


def _rooms(interval: Interval, beats: Milliseconds) -> Iterator[tuple[Sound, int]]:
    """Each word on a fixed beat with the time from there until the next begins, or the end.

    One that has shorter forms is said in the shortest before it is hurried.
    """
    for anchor in (Anchor.START, Anchor.END):
        words = [each for each in interval.placements if each.anchor is anchor]
        for placement, following in pairwise(words):
            before = min(beats.get(following.cue.sound, BEAT_MS), BEAT_MS)
            room = abs(following.offset - placement.offset) - SEPARATION_MS
            yield placement.cue.shortest, room - before
        if words and anchor is Anchor.END:
            yield words[-1].cue.shortest, words[-1].offset - SEPARATION_MS - BEAT_MS
        if words and anchor is Anchor.START and interval.span.rigid:
            room = interval.span.natural - words[-1].offset - SEPARATION_MS
            yield words[-1].cue.shortest, room - BEAT_MS


def cast_interval(
    interval: Interval, length: int, lengths: Milliseconds, leads: Milliseconds = NO_LEADS
) -> Cast:
    """The cues of an interval that lasts `length` ms; `lengths` are those of the clips (ms)."""
    placements = tuple(_moved(each, interval, length) for each in interval.placements)
    stage = _Stage(placements, length, lengths, leads)
    everything = dict.fromkeys(range(len(interval.placements)), 0)
    if stage.clash(everything) is None:
        return Cast(stage.cues(everything))
    kept, beaten = stage.chosen()
    if beaten and interval.kind is IntervalKind.REST:
        tight = _Stage(tuple(map(_tightened, placements)), length, lengths, leads)
        others = tight.chosen()
        if len(others[1]) < len(beaten):
            stage, (kept, beaten) = tight, others
    notes = (
        _left_out(cue, interval, length, winner)
        for cue, winner in beaten
        if cue.kind is not CueKind.ORIENT
    )
    return Cast(stage.cues(kept), tuple(notes))


def _tightened(placement: Placement) -> Placement:
    """The same behind a shorter pause: of a rest it gives way before a word does."""
    if placement.anchor is Anchor.AFTER and _TIGHT < placement.offset <= _COMFORTABLE:
        return replace(placement, offset=_TIGHT)
    return placement


def _moved(placement: Placement, interval: Interval, length: int) -> Placement:
    """The same, from the start, where it is as far into an interval as into its natural length."""
    if placement.anchor is not Anchor.PART:
        return placement
    offset = placement.offset * length // interval.span.natural
    return replace(placement, anchor=Anchor.START, offset=offset)


_Chosen = dict[int, int]
"""The cues that are heard, by their index, each with the form it is heard in; 0 is the whole."""
_Otherwise = Callable[[_Chosen, int, tuple[int, ...]], _Chosen]
"""What is kept where a cue clashes with these."""


class _Stage:
    """An interval of one length, in which cues look for a place."""

    def __init__(
        self,
        placements: tuple[Placement, ...],
        length: int,
        lengths: Milliseconds,
        leads: Milliseconds,
    ) -> None:
        self._placements = placements
        self._length = length
        self._lengths = lengths
        self._leads = leads
        self._forms = [(each.cue.sound_for(length), *each.cue.shorter) for each in placements]

    def cues(self, chosen: _Chosen) -> tuple[CastCue, ...]:
        """Those cues, in the order in which they are heard."""
        found = []
        for start, _, index in self._places(chosen):
            sound, placement = self._forms[index][chosen[index]], self._placements[index]
            found.append(CastCue(start, sound, placement.cue, self._on_beat(placement, sound)))
        return tuple(sorted(found, key=lambda cue: cue.offset))

    def chosen(self) -> tuple[_Chosen, list[tuple[Cue, Cue | None]]]:
        """What is heard, by priority; and the cues that found no room, each with what took it."""
        cues = [placement.cue for placement in self._placements]
        kept, beaten = self._by_weight(range(len(cues)))
        alone = {
            index: beaten[index - 1]
            for index in kept
            if self._placements[index].led and index - 1 in beaten
        }
        if alone:  # what has no sense without the cue before it leaves its room to others
            kept, beaten = self._by_weight(each for each in range(len(cues)) if each not in alone)
        told = sorted({**beaten, **alone}.items())
        return kept, [(cues[i], None if other is None else cues[other]) for i, other in told]

    def _by_weight(self, among: Iterable[int]) -> tuple[_Chosen, dict[int, int | None]]:
        """Which of some cues are heard; and those that found no room, each with what took it."""
        by_weight = sorted(among, key=lambda index: -self._placements[index].cue.priority)
        beaten: dict[int, int | None] = {}

        def left_out(kept: _Chosen, index: int, clash: tuple[int, ...]) -> _Chosen:
            beaten[index] = next((each for each in clash if each != index), None)
            return kept

        def less(kept: _Chosen, index: int, _: tuple[int, ...]) -> _Chosen:
            fuller = (self._with(kept, {index: form}) for form in range(1, kept[index]))
            return next((each for each in fuller if self.clash(each) is None), kept)

        shortest = {index: len(self._forms[index]) - 1 for index in by_weight}
        kept = self._admitted({}, shortest, left_out)
        kept = self._admitted(kept, {index: 0 for index in by_weight if kept.get(index)}, less)
        return kept, beaten

    def clash(self, chosen: _Chosen) -> tuple[int, ...] | None:
        """The cues, by index, that are in each other's way, or have no room; None if all fit."""
        places = self._places(chosen)
        for start, end, index in places:
            if start < 0 or end > self._length:
                return (index,)
        for (_, end, index), (start, _, following) in pairwise(sorted(places)):
            if end > start:
                return index, following
        return None

    def _admitted(self, kept: _Chosen, wanted: _Chosen, otherwise: _Otherwise) -> _Chosen:
        """What is kept with those that are wanted, the most important first, and fit beside it.

        All at once where nothing clashes, else one half after the other: a long time may hold
        thousands. What fits not even alone is left to `otherwise`.
        """
        tried = self._with(kept, wanted)
        clash = self.clash(tried)
        if clash is None:
            return tried
        if len(wanted) == 1:
            return otherwise(kept, next(iter(wanted)), clash)
        half, order = len(wanted) // 2, iter(wanted.items())
        for part in (dict(islice(order, half)), dict(order)):
            kept = self._admitted(kept, part, otherwise)
        return kept

    def _with(self, chosen: _Chosen, more: _Chosen) -> _Chosen:
        """The same with more cues, or with some in another form; in the order of the script."""
        return dict(sorted({**chosen, **more}.items()))

    def _on_beat(self, placement: Placement, sound: Sound) -> bool:
        return placement.anchor in _TIMED and sound in self._leads

    def _places(self, chosen: _Chosen) -> list[tuple[int, int, int]]:
        """Where each cue begins (ms), when the next one may be heard, and its index."""
        forms = [(index, self._lengths[self._forms[index][form]]) for index, form in chosen.items()]
        starts: list[int] = []
        end = 0
        for index, length in forms:
            placement, sound = self._placements[index], self._forms[index][chosen[index]]
            base = {Anchor.AFTER: end, Anchor.END: self._length}.get(placement.anchor, 0)
            base += self._leads[sound] if self._on_beat(placement, sound) else 0
            backwards = placement.anchor is Anchor.END
            starts.append(base - placement.offset if backwards else base + placement.offset)
            end = starts[-1] + length
        following = self._length
        for place, (index, length) in reversed(list(enumerate(forms))):
            if self._placements[index].anchor is Anchor.BEFORE:
                starts[place] = following - self._placements[index].offset - length
            following = starts[place]
        return [
            (start, start + length + SEPARATION_MS, index)
            for start, (index, length) in zip(starts, forms, strict=True)
        ]


def cast_gap(gap: Gap, length: int, lengths: Milliseconds, orient_after: int) -> Cast:
    """Orienting lines, evenly spread, so that no silence is longer than `orient_after` ms.

    Less than a frame more is no longer: by so much a pause is nudged to where a frame begins.
    """
    if not orient_after or length < orient_after + FRAME_MS or not gap.fillers:
        return Cast()
    count = (length - FRAME_MS) // orient_after
    slot = length // (count + 1)
    cues: list[CastCue] = []
    notes: list[LeftOut] = []
    for number, cue in enumerate(islice(cycle(gap.fillers), count), start=1):
        if lengths[cue.sound] + SEPARATION_MS > slot:
            notes.append(_left_out(cue, gap, length))
        else:
            cues.append(CastCue(number * slot // FRAME_MS * FRAME_MS, cue.sound, cue))
    return Cast(tuple(cues), tuple(notes))


def _left_out(cue: Cue, place: Gap | Interval, length: int, winner: Cue | None = None) -> LeftOut:
    kind, label = (place.wait, "") if isinstance(place, Gap) else (place.kind, place.label)
    beside = winner.sound if winner else None
    less = winner is not None and winner.priority > cue.priority
    return LeftOut(cue.sound, cue.origin.line, kind, label, length, beside, less)
