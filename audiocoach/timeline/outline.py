"""The outline: the tree that a timeline keeps, from the parts of a session down to each rep.

Sheets, chapters, pages and captions read it, and so does everything that jumps in a session: a part
begins where its title is spoken. Everything comes from markers, spans and their addresses; nobody
reads a title back. All positions are samples.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeVar

from audiocoach.timeline.script import (
    Address,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
)
from audiocoach.timeline.timeline import PlacedCue, PlacedMarker, PlacedSpan, Timeline

HEADINGS: Final = frozenset({MarkerKind.SECTION, MarkerKind.EXERCISE, MarkerKind.ROUND})
"""The markers at which a part begins."""

Timed = TypeVar("Timed", PlacedCue, PlacedSpan)
_OneSide = tuple[int, Literal["right", "left"] | None]
"""An exercise, and one of its sides."""


@dataclass(frozen=True, slots=True)
class PlacedInterval(PlacedSpan):
    """The smallest thing to do: a movement, a hold, timed work or a rest."""

    item: Interval


@dataclass(frozen=True, slots=True)
class Unit:
    """What is done once: a rep with its steps, a bout of timed work, a rest."""

    steps: tuple[PlacedInterval, ...]

    @property
    def kind(self) -> IntervalKind:
        """What its first step is."""
        return self.steps[0].item.kind

    @property
    def address(self) -> Address:
        """Its exercise, round, set, side, variant and rep."""
        return self.steps[0].item.address


@dataclass(frozen=True, slots=True)
class Passage:
    """Units with nothing between them but words, with what is said meanwhile."""

    side: str
    """The name of the side it is done on; "" if there is only one, or sides alternate."""
    units: tuple[Unit, ...]
    cues: tuple[PlacedCue, ...]

    @property
    def start(self) -> int:
        return self.units[0].steps[0].start

    @property
    def end(self) -> int:
        return self.units[-1].steps[-1].end


@dataclass(frozen=True, slots=True)
class Part:
    """Everything under one heading: an exercise in one round, what opens a round, a section.

    Parts follow one another without gaps.
    """

    kind: MarkerKind
    title: str
    address: Address
    """Its exercise and round; no exercise in a section, and before a round."""
    start: int
    end: int
    passages: tuple[Passage, ...]
    cues: tuple[PlacedCue, ...]
    spans: tuple[PlacedSpan, ...]

    @property
    def again(self) -> bool:
        """Whether it is an exercise that was explained in an earlier round."""
        return bool(self.address.exercise) and self.address.round > 1


def outline(timeline: Timeline) -> tuple[Part, ...]:
    """The parts of a timeline; the time before the first heading is a part with the session's
    title."""
    heads = [mark for mark in timeline.markers if mark.marker.kind in HEADINGS]
    if not heads or heads[0].at > 0:
        heads.insert(0, PlacedMarker(0, Marker(MarkerKind.SECTION, timeline.title)))
    starts = [head.at for head in heads]
    ends = [*starts[1:], timeline.total]
    sides = {
        (mark.marker.address.exercise, mark.marker.address.side): mark.marker.title
        for mark in timeline.markers
        if mark.marker.kind is MarkerKind.SIDE
    }
    inside = zip(_cut(timeline.cues, starts), _cut(timeline.spans, starts), strict=True)
    return tuple(
        Part(
            head.marker.kind,
            head.marker.title[:1].upper() + head.marker.title[1:],
            head.marker.address,
            head.at,
            end,
            tuple(_passages(spans, cues, sides)),
            cues,
            spans,
        )
        for head, end, (cues, spans) in zip(heads, ends, inside, strict=True)
    )


def _cut(things: Iterable[Timed], starts: Sequence[int]) -> list[tuple[Timed, ...]]:
    """What begins in each of the stretches that start at `starts`."""
    found: list[list[Timed]] = [[] for _ in starts]
    for thing in things:
        found[bisect_right(starts, thing.start) - 1].append(thing)
    return [tuple(each) for each in found]


def _passages(
    spans: Iterable[PlacedSpan], cues: Sequence[PlacedCue], sides: Mapping[_OneSide, str]
) -> Iterator[Passage]:
    """What is done in a part, cut where a side, a pause or a count-in comes between."""
    found: list[tuple[str, list[PlacedInterval]]] = []
    side, begun, apart = "", 0, True
    for span in spans:
        item = span.item
        if isinstance(item, Gap) or item.kind is IntervalKind.COUNT_IN:
            apart = apart or item.glue is not Glue.RIGID or isinstance(item, Interval)
            continue
        # A rest has no side of its own, nor has a rep where sides alternate.
        named = sides.get((item.address.exercise, item.address.side))
        if named and (named, item.address.set) != (side, begun):
            side, begun, apart = named, item.address.set, True
        if apart:
            found.append((side, []))
        found[-1][1].append(PlacedInterval(span.start, span.length, item))
        apart = False
    starts = [cue.start for cue in cues]
    for side, steps in found:
        low, high = (bisect_left(starts, at) for at in (steps[0].start, steps[-1].end))
        yield Passage(side, tuple(_units(steps)), tuple(cues[low:high]))


def _units(steps: Iterable[PlacedInterval]) -> Iterator[Unit]:
    """The steps of a rep together; anything outside a rep is a unit of its own."""

    def rep(numbered: tuple[int, PlacedInterval]) -> object:
        number, step = numbered
        return step.item.address if step.item.address.rep else number

    for _, same in groupby(enumerate(steps), rep):
        yield Unit(tuple(step for _, step in same))
