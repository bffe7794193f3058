"""Where one may land: the places from which a session can safely be heard.

Whoever comes in from outside (a link, a saved place, "next", a stream that starts later) hears what
to do before it has to be done, and never lands within a prescribed time. All positions are samples.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from audiocoach.timeline.outline import HEADINGS, Part, PlacedInterval, Unit, outline
from audiocoach.timeline.script import SAMPLE_RATE, CueKind, Interval, IntervalKind
from audiocoach.timeline.timeline import PlacedSpan, Timeline

_LEADING: Final = frozenset({CueKind.COUNTDOWN, CueKind.REP})
"""What leads straight into a rep: "number six"; "three, two, one"."""
_AT_ONCE: Final = SAMPLE_RATE
"""The longest silence between such words, and before what they lead into."""


def landings(timeline: Timeline) -> tuple[int, ...]:
    """The places in order, the first at 0: where a part is entered, each explaining sentence, each
    rest.

    None lies in the count-in of a passage, in the passage, or in what ends it; but a rest in it has
    one at its start.
    """
    parts = outline(timeline)
    found = {0, *entrances(parts), *(rest.start for rest in _rests(parts))}
    for part in parts:
        closed = passages(part)
        found.update(
            cue.start
            for cue in part.cues
            if not any(start <= cue.start <= end for start, end in closed)
        )
    return tuple(sorted(found))


def entrances(parts: Iterable[Part]) -> tuple[int, ...]:
    """Where each part is entered: its start, or the start of the rest that leads straight into it.

    Such a rest says what comes, and counts into it.
    """
    parts = tuple(parts)
    leading = {rest.end: rest.start for rest in _rests(parts)}
    return tuple(leading.get(part.start, part.start) for part in parts)


def entered(timeline: Timeline) -> tuple[tuple[Part, int, int], ...]:
    """Each part that lasts, with where it is entered, and where the next one is.

    A round that opens with nothing but a rest is not such a part: one enters the exercise there.
    """
    parts = outline(timeline)
    starts = entrances(parts)
    stretches = zip(parts, starts, (*starts[1:], timeline.total), strict=True)
    return tuple((part, start, end) for part, start, end in stretches if start < end)


def landed(places: Sequence[int], at: int) -> int:
    """The last of the places (of `landings`, so the first is 0) that is not after a position."""
    return places[max(bisect_right(places, at) - 1, 0)]


def units(parts: Iterable[Part]) -> tuple[Unit, ...]:
    """All that is done, rests included, in order."""
    return tuple(unit for part in parts for passage in part.passages for unit in passage.units)


def lead(timeline: Timeline, at: int, since: int = 0) -> int:
    """Where the words that lead straight into what is done at a position begin.

    None before `since`; the position itself where there are none.
    """
    found = at
    before = bisect_left(timeline.cues, at, key=lambda cue: cue.start)
    for cue in reversed(timeline.cues[:before]):
        leads = cue.cue.kind in _LEADING and found - cue.end <= _AT_ONCE
        if not leads or cue.start < since:
            break
        found = cue.start
    return found


def taken_up(timeline: Timeline) -> tuple[int, ...]:
    """Where each of the `units` can be resumed, with what leads into it and no part of another."""
    found, free = list[int](), 0
    for unit in units(outline(timeline)):
        first, last = unit.steps[0], unit.steps[-1]
        found.append(lead(timeline, first.start, free))
        # The countdown at its end belongs to what follows a rest.
        free = first.start if unit.kind is IntervalKind.REST else last.end
    return tuple(found)


def passages(part: Part) -> tuple[tuple[int, int], ...]:
    """Start and end of what must be heard as a whole: each passage with its count-in."""
    counted_in = {span.end: span.start for span in part.spans if _is_count_in(span)}
    return tuple(
        (counted_in.get(passage.start, passage.start), passage.end) for passage in part.passages
    )


def since(timeline: Timeline, at: int) -> Timeline:
    """The timeline of a session that begins at a position, one of `landings`.

    It contains what begins there or later, and the heading above it.
    """
    headings = [mark for mark in timeline.markers if mark.marker.kind in HEADINGS and mark.at <= at]
    later = [mark for mark in timeline.markers if mark.at > at]
    return replace(
        timeline,
        cues=tuple(
            replace(cue, start=cue.start - at, beat=None if cue.beat is None else cue.beat - at)
            for cue in timeline.cues
            if cue.start >= at
        ),
        markers=(
            *(replace(mark, at=0) for mark in headings[-1:]),
            *(replace(mark, at=mark.at - at) for mark in later),
        ),
        spans=tuple(
            replace(span, start=span.start - at) for span in timeline.spans if span.start >= at
        ),
        total=timeline.total - at,
    )


def _rests(parts: Iterable[Part]) -> tuple[PlacedInterval, ...]:
    return tuple(unit.steps[0] for unit in units(parts) if unit.kind is IntervalKind.REST)


def _is_count_in(span: PlacedSpan) -> bool:
    return isinstance(span.item, Interval) and span.item.kind is IntervalKind.COUNT_IN
