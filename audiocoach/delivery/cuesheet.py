"""The cue sheet: a timeline as text that reads the way the session sounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.delivery.words import exact, note_text, plain, seconds, sound_text, timed
from audiocoach.routine.times import Source
from audiocoach.timeline.outline import HEADINGS
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    CueKind,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Utterance,
)
from audiocoach.timeline.timeline import PlacedMarker, PlacedSpan, Timeline
from audiocoach.wording import clock

WIDTH: Final = 80
"""Columns of a sheet that doesn't go to a terminal."""

_BEFORE: Final = 11
"""Columns before the words: the time, and two spaces."""
_SHORTEST_BAR: Final = 8

# SGR codes (ECMA-48) that show on a light and on a dark ground.
_GREY: Final = "2"
_HEADING: Final = "1"
_WORK: Final = "32"
_REST: Final = "35"
_NOTE: Final = "33"
_COLOURS: Final = {
    CueKind.NAME: "1",
    CueKind.SAFETY: "31",
    CueKind.ACTION: "1;32",
    CueKind.SIDE: "33",
    **dict.fromkeys((CueKind.COUNT, CueKind.COUNTDOWN, CueKind.HALFWAY, CueKind.REP), "36"),
    **dict.fromkeys((CueKind.REST, CueKind.NEXT), _REST),
    **dict.fromkeys((CueKind.ORIENT, CueKind.ENCOURAGEMENT, CueKind.CHIME), _GREY),
}


def timeline_sheet(timeline: Timeline, *, coloured: bool = False, width: int = WIDTH) -> str:
    """A timeline as text: the time of each cue, and the pauses and prescribed times between.

    Pauses (dots), work and holds (equal signs) and rests (dashes) are drawn to
    length, a second a column; if it ends in `>`, it is longer than the line of
    `width` columns. Coloured, each kind of cue has its colour, by escape sequences.
    """
    phrases = phrases_for(timeline.language)
    lines = [
        _Line(0, 0, f"{timeline.title}  {clock(timeline.total // SAMPLES_PER_MS)}", _HEADING),
        *sorted(_lines(timeline, phrases, width), key=lambda line: (line.at, line.rank)),
    ]
    return "".join(f"{line.text(coloured=coloured)}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its sample position, its rank among lines at the same one, and its colour."""

    at: int
    rank: int
    words: str
    colour: str
    before: str = ""

    def text(self, *, coloured: bool) -> str:
        if not (coloured and self.colour):
            return self.before + self.words
        return f"{self.before}\x1b[{self.colour}m{self.words}\x1b[0m"


def _lines(timeline: Timeline, phrases: Phrases, width: int) -> Iterator[_Line]:
    for marker in timeline.markers:
        yield _marker_line(marker)
    for span in timeline.spans:
        if line := _span_line(phrases, span, width):
            yield line
    for cue in timeline.cues:
        colour, text = _COLOURS.get(cue.cue.kind, ""), sound_text(phrases, cue.sound)
        heard = text if isinstance(cue.sound, Utterance) else f"({text})"
        yield _Line(cue.start, 2, heard, colour, f"{_clock(cue.start)}  ")
    for note in timeline.notes:
        text = phrases.inline("sheet.note", note=note_text(note, phrases))
        yield _Line(timeline.total, 3, text, _NOTE)


def _marker_line(placed: PlacedMarker) -> _Line:
    title = placed.marker.title
    if placed.marker.kind in HEADINGS:
        return _Line(placed.at, 0, title.upper(), _HEADING, f"\n{_clock(placed.at)}  ")
    return _Line(placed.at, 0, f"-- {title}", _GREY, " " * _BEFORE)


def _span_line(phrases: Phrases, placed: PlacedSpan, width: int) -> _Line | None:
    item, length = placed.item, placed.length // SAMPLES_PER_MS
    time = seconds(phrases, length)
    if isinstance(item, Gap):
        if item.glue is Glue.RIGID:
            return None
        what = phrases.inline(f"wait.{item.wait.value}")
        stroke, colour, words = ".", _GREY, phrases.inline("sheet.pause", time=time, what=what)
    elif item.source is Source.EDITORIAL:
        return None
    else:
        stroke, colour = ("-", _REST) if item.kind is IntervalKind.REST else ("=", _WORK)
        words = f"[{', '.join([plain(timed(phrases, item, time)), *_whence(phrases, item)])}]"
    room = max(width - _BEFORE - 1 - len(words), _SHORTEST_BAR)
    return _Line(placed.start, 1, f"{_bar(stroke, length, room)} {words}", colour, " " * _BEFORE)


def _whence(phrases: Phrases, item: Interval) -> Iterator[str]:
    """What is prescribed of it, and in which line of the routine."""
    if item.source is Source.RANGE:
        low, high = exact(phrases, item.span.minimum), exact(phrases, item.span.maximum)
        range_ = phrases.inline("exact.range", low=low, high=high)
        yield phrases.inline("sheet.prescribed-range", range=range_)
    else:
        yield phrases.inline("sheet.prescribed")
    if item.origin.line:
        yield phrases.inline("sheet.line", line=item.origin.line)


def _bar(stroke: str, length: int, room: int) -> str:
    """A second a column, and never nothing."""
    columns = max((length + 500) // 1000, 1)
    return stroke * columns if columns <= room else stroke * (room - 1) + ">"


def _clock(samples: int) -> str:
    ms = samples // SAMPLES_PER_MS
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes:>3}:{ms // 1000:02d}.{ms % 1000 // 100}".rjust(9)
