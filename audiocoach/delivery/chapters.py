"""Chapters: the sections and exercises of a session, as tags and reports list them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from audiocoach.timeline.script import SAMPLES_PER_MS, MarkerKind
from audiocoach.timeline.timeline import Timeline

MOST_CHAPTERS: Final = 255
"""The number of entries in a CTOC frame of ID3 is one byte."""
_CHAPTERS: Final = frozenset({MarkerKind.SECTION, MarkerKind.EXERCISE})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the session with a title; times in ms."""

    title: str
    start: int
    end: int


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """The chapters of a session, without gaps: each ends where the next begins."""
    marks = [mark for mark in timeline.markers if mark.marker.kind in _CHAPTERS]
    # A table of contents holds 255 entries; of a longer session every second mark, or third.
    marks = marks[:: -(-len(marks) // MOST_CHAPTERS) or 1]
    starts = [mark.at for mark in marks]
    return tuple(
        Chapter(_titled(mark.marker.title), mark.at // SAMPLES_PER_MS, end // SAMPLES_PER_MS)
        for mark, end in zip(marks, [*starts[1:], timeline.total], strict=False)
    )


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]
