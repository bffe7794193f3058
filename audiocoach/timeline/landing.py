"""Where one may land: the places of a session from which it can be heard without harm.

Whoever comes in from outside (a link, a kept place, "next", a stream that begins later) hears
what to do before it has to be done, and no prescribed time in part. All positions are samples.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from audiocoach.timeline.outline import Part, Passage, outline
from audiocoach.timeline.script import Interval, IntervalKind
from audiocoach.timeline.timeline import PlacedSpan, Timeline


def landings(timeline: Timeline) -> tuple[int, ...]:
    """The places in order, the first at 0: each part, each sentence of a telling, each rest.

    None lies in the count-in of a passage, or in the passage and what ends it; but a rest in it
    has one at its start.
    """
    found = {0}
    for part in outline(timeline):
        found.add(part.start)
        closed = passages(part)
        found.update(
            cue.start
            for cue in part.cues
            if not any(start <= cue.start <= end for start, end in closed)
        )
        for passage in part.passages:
            found.update(_rests(passage))
    return tuple(sorted(found))


def landed(places: Sequence[int], at: int) -> int:
    """The last of the places (of `landings`, so the first is 0) that is not after a position."""
    return places[max(bisect_right(places, at) - 1, 0)]


def _rests(passage: Passage) -> Iterator[int]:
    for unit in passage.units:
        if unit.kind is IntervalKind.REST:
            yield unit.steps[0].start


def passages(part: Part) -> tuple[tuple[int, int], ...]:
    """Start and end of what is heard whole or not at all: each passage with its count-in."""
    counted_in = {span.end: span.start for span in part.spans if _is_count_in(span)}
    return tuple(
        (counted_in.get(passage.start, passage.start), passage.end) for passage in part.passages
    )


def _is_count_in(span: PlacedSpan) -> bool:
    return isinstance(span.item, Interval) and span.item.kind is IntervalKind.COUNT_IN
