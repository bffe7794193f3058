"""The cue sheet: a script or a timeline as text that reads like the session sounds.

`parts` cuts a timeline at its headings, and `dose` says in short what is done in
one: the printed sheet (markdown.py) and the picture (picture.py) are made of these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from audiocoach.routine.times import Source, format_ms
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    Anchor,
    Cue,
    CueKind,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Item,
    Marker,
    MarkerKind,
    Placement,
    Script,
    Sound,
    Span,
    Utterance,
    Wait,
)
from audiocoach.timeline.timeline import PlacedCue, PlacedMarker, PlacedSpan, Timeline
from audiocoach.wording import clock

WIDTH: Final = 80
"""Columns of a sheet that goes to no terminal."""

_HEADINGS: Final = frozenset({MarkerKind.SECTION, MarkerKind.EXERCISE, MarkerKind.ROUND})
_MARGIN: Final = 11
"""Columns before the words: the time, and two spaces."""
_SHORTEST_BAR: Final = 8
_LONGEST_WORDS: Final = 6
_CUTS: Final = re.compile(
    r"(?<=×) | (?=×)| (?=(?:s|min)\b)|(?<=\b(?:hold|work|rest|reps)) "
    r"|(?<=\d) (?=reps\b)|(?<=\bof) |(?<=\babout) |(?<=\(prescribed) "
)
"""The spaces inside figures."""

# SGR codes (ECMA-48) that show on a light and on a dark ground.
_PLAIN: Final = ""
_FAINT: Final = "2"
_HEADING: Final = "1"
_WORK: Final = "32"
_REST: Final = "35"
_NOTE: Final = "33"
_COLOURS: Final = {
    CueKind.NAME: "1",
    CueKind.SAFETY: "31",
    CueKind.ACTION: "1;32",
    CueKind.COUNT: "36",
    CueKind.COUNTDOWN: "36",
    CueKind.HALFWAY: "36",
    CueKind.REP: "36",
    CueKind.REST: "35",
    CueKind.NEXT: "35",
    CueKind.SIDE: "33",
    CueKind.ORIENT: "2",
    CueKind.ENCOURAGEMENT: "2",
    CueKind.CHIME: "2",
}

_Placed = TypeVar("_Placed")


def script_sheet(script: Script) -> str:
    """A script as text: what is said, what is waited for, and how far each time may stretch.

    A time with a range in brackets may stretch inside it; one without is exact.
    Inside an interval each word stands behind the second it falls on.
    """
    lines = [f"{script.title} ({script.language})"]
    for item in script.items:
        lines.extend(_script_lines(item))
    return "\n".join(lines) + "\n"


def _script_lines(item: Item) -> Iterator[str]:
    match item:
        case Marker() if item.kind in _HEADINGS:
            yield ""
            yield f"{item.title.upper()}"
        case Marker():
            yield f"  -- {item.title}"
        case Cue():
            yield f"  {_words(item.sound)}"
        case Gap() if item.span.rigid:
            pass  # The short pauses between sentences go without saying.
        case Gap():
            yield f"  ... {_span(item.span)}: {WAITS[item.wait]}"
        case Interval():
            words = "  ".join(_placed(placement) for placement in item.placements)
            source = "" if item.source is Source.EDITORIAL else f" {item.source.value}"
            yield f"  [{item.name}, {_span(item.span)}{source}]  {words}"


WAITS: Final = {
    Wait.PAUSE: "pause",
    Wait.FETCH: "fetch what is needed",
    Wait.DO: "do what was said",
    Wait.MOVE: "change position",
    Wait.FIRST: "before the first exercise",
    Wait.READY: "get ready",
    Wait.EXERCISES: "between exercises",
    Wait.SETS: "between sets",
    Wait.SIDES: "change sides",
    Wait.VARIANTS: "change direction",
    Wait.SETTLE: "stay still",
}


def _span(span: Span) -> str:
    if span.rigid:
        return _seconds(span.natural)
    low, high = _seconds(span.minimum), _seconds(span.maximum)
    return f"{_seconds(span.natural)} ({low} to {high})"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + " s"


def _placed(placement: Placement) -> str:
    words = _words(placement.cue.sound)
    offset = f"{placement.offset / 1000:g}"
    match placement.anchor:
        case Anchor.START:
            return f"{offset}: {words}"
        case Anchor.END:
            return f"-{offset}: {words}"
        case Anchor.AFTER:
            return f"then {words}"


def _words(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else f"({sound.value} chime)"


def timeline_sheet(timeline: Timeline, *, coloured: bool = False, width: int = WIDTH) -> str:
    """A timeline as text: the time of each cue, and the pauses and prescribed times between.

    Pauses (dots), work and holds (equal signs) and rests (dashes) are drawn to
    length, a second a column; one that ends in `>` is longer than the line of
    `width` columns. Coloured, each kind of cue has its colour, by escape sequences.
    """
    lines = [
        _Line(0, 0, f"{timeline.title}  {clock(timeline.total // SAMPLES_PER_MS)}", _HEADING),
        *sorted(_timeline_lines(timeline, width), key=lambda line: (line.at, line.rank)),
        *(_Line(timeline.total, 0, f"note: {note}", _NOTE) for note in timeline.notes),
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


def _timeline_lines(timeline: Timeline, width: int) -> Iterator[_Line]:
    for marker in timeline.markers:
        yield _marker_line(marker)
    for span in timeline.spans:
        if line := _span_line(span, width):
            yield line
    for cue in timeline.cues:
        colour = _COLOURS.get(cue.cue.kind, _PLAIN)
        yield _Line(cue.start, 2, _words(cue.sound), colour, f"{_time(cue.start)}  ")


def _marker_line(placed: PlacedMarker) -> _Line:
    title = placed.marker.title
    if placed.marker.kind in _HEADINGS:
        return _Line(placed.at, 0, title.upper(), _HEADING, f"\n{_time(placed.at)}  ")
    return _Line(placed.at, 0, f"-- {title}", _FAINT, " " * _MARGIN)


def _span_line(placed: PlacedSpan, width: int) -> _Line | None:
    item, length = placed.item, placed.length // SAMPLES_PER_MS
    if isinstance(item, Gap):
        if item.glue is Glue.RIGID:
            return None
        stroke, colour, words = ".", _FAINT, f"{_seconds(length)}: {WAITS[item.wait]}"
    elif item.source is Source.EDITORIAL:
        return None
    else:
        stroke, colour = ("-", _REST) if is_rest(placed) else ("=", _WORK)
        where = f", line {item.origin.line}" if item.origin.line else ""
        rigid = item.source is Source.PRESCRIBED
        kind = "prescribed" if rigid else f"prescribed {_range(item.span)}"
        words = f"[{item.name} {_seconds(length)}, {kind}{where}]"
    room = max(width - _MARGIN - 1 - len(words), _SHORTEST_BAR)
    return _Line(placed.start, 1, f"{_bar(stroke, length, room)} {words}", colour, " " * _MARGIN)


def _bar(stroke: str, length: int, room: int) -> str:
    """A second a column, and never nothing."""
    columns = max((length + 500) // 1000, 1)
    return stroke * columns if columns <= room else stroke * (room - 1) + ">"


def _range(span: Span) -> str:
    return f"{format_ms(span.minimum)}-{format_ms(span.maximum)}"


def _time(samples: int) -> str:
    ms = samples // SAMPLES_PER_MS
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes:>3}:{ms // 1000:02d}.{ms % 1000 // 100}".rjust(9)


# -- what a printed sheet is made of -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the session under one heading; times in samples."""

    kind: MarkerKind
    title: str
    start: int
    end: int
    number: int
    """Of the exercise, from 1; 0 for a part that is none."""
    again: bool
    """Whether the exercise was told before, in an earlier round."""
    cues: tuple[PlacedCue, ...]
    spans: tuple[PlacedSpan, ...]
    markers: tuple[PlacedMarker, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is repeated: a rep with its phases, a bout of work, a rest."""

    spans: tuple[PlacedSpan, ...]

    @property
    def rest(self) -> bool:
        return all(map(is_rest, self.spans))

    @property
    def text(self) -> str:
        """Its prescribed times, or if it has none, about how long it takes."""
        fixed = [span for span in self.spans if source_of(span) is not Source.EDITORIAL]
        return ", ".join(map(_phase, fixed or self.spans))


@dataclass(frozen=True, slots=True)
class Block:
    """Units with nothing between them but words; times in samples."""

    side: str
    units: tuple[Unit, ...]

    @property
    def start(self) -> int:
        return self.units[0].spans[0].start

    @property
    def end(self) -> int:
        last = self.units[-1].spans[-1]
        return last.start + last.length


def parts(timeline: Timeline) -> tuple[Part, ...]:
    """The timeline cut at its headings, without holes."""
    heads = [mark for mark in timeline.markers if mark.marker.kind in _HEADINGS]
    if not heads or heads[0].at > 0:
        heads.insert(0, PlacedMarker(0, Marker(MarkerKind.SECTION, timeline.title)))
    numbers = _numbers(heads)
    found = []
    for head, end in zip(heads, [*(head.at for head in heads[1:]), timeline.total], strict=True):
        marker, last = head.marker, head is heads[-1]
        number, again = next(numbers)
        found.append(
            Part(
                marker.kind,
                marker.title[:1].upper() + marker.title[1:],
                head.at,
                end,
                number,
                again,
                _between(timeline.cues, head.at, end, lambda cue: cue.start, last=last),
                _between(timeline.spans, head.at, end, lambda span: span.start, last=last),
                _between(timeline.markers, head.at, end, lambda mark: mark.at, last=last),
            )
        )
    return tuple(found)


def _numbers(heads: Iterable[PlacedMarker]) -> Iterator[tuple[int, bool]]:
    """The number of each exercise, and whether it was there in an earlier round; 0 for others."""
    known: dict[tuple[str, int], tuple[int, int]] = {}
    count = rounds = 0
    for marker in (head.marker for head in heads):
        rounds += marker.kind is MarkerKind.ROUND
        if marker.kind is not MarkerKind.EXERCISE:
            yield 0, False
            continue
        key = marker.title, marker.origin.line
        number, seen = known.get(key, (0, rounds))
        again = seen < rounds
        if not again:
            count += 1
            number = count
        known[key] = number, rounds
        yield number, again


def _between(
    placed: Sequence[_Placed],
    start: int,
    end: int,
    at: Callable[[_Placed], int],
    *,
    last: bool = False,
) -> tuple[_Placed, ...]:
    low = bisect_left(placed, start, key=at)
    return tuple(placed[low:] if last else placed[low : bisect_left(placed, end, key=at)])


def blocks(part: Part) -> tuple[Block, ...]:
    """What is done in a part, cut where a side, a pause or a count-in comes between."""
    found: list[Block] = []
    units: list[list[PlacedSpan]] = []
    side = ""
    in_rep = fresh = False

    def close() -> None:
        if units:
            found.append(Block(side, tuple(Unit(tuple(unit)) for unit in units)))
            units.clear()

    things: list[PlacedMarker | PlacedSpan] = [*part.markers, *part.spans]
    things.sort(key=lambda thing: thing.at if isinstance(thing, PlacedMarker) else thing.start)
    for thing in things:
        if isinstance(thing, PlacedMarker):
            if thing.marker.kind is MarkerKind.SIDE:
                close()
                side = thing.marker.title
            in_rep, fresh = thing.marker.kind is MarkerKind.REP, True
        elif is_done(thing):
            if fresh or not in_rep or not units:
                units.append([])
            units[-1].append(thing)
            fresh = False
        elif isinstance(thing.item, Interval) or thing.item.glue is not Glue.RIGID:
            close()
    close()
    return tuple(found)


def dose(done: Iterable[Block]) -> str:
    """What is done, in short: `6 × work 20 s, 5 × rest 15 s (prescribed 10–15 s)`."""
    sides: dict[str, list[str]] = {}
    rests: Counter[str] = Counter()
    for block in done:
        for (rest, text), run in groupby(block.units, lambda unit: (unit.rest, unit.text)):
            count = sum(1 for _ in run)
            if rest:
                rests[text] += count
            else:
                sides.setdefault(block.side, []).append(_times(count, text))
    told = {
        side: ", then ".join(_times(len(list(same)), text) for text, same in groupby(runs))
        for side, runs in sides.items()
    }
    if len(set(told.values())) == 1:
        names = ", then ".join(filter(None, told))
        lines = [f"{names}: {text}" if names else text for text in [next(iter(told.values()))]]
    else:
        lines = [f"{side}: {text}" if side else text for side, text in told.items()]
    resting = [_times(count, text) for text, count in rests.items()]
    return ", ".join(filter(None, ["; ".join(lines), *resting]))


def cues_in(block: Block, cues: Sequence[PlacedCue]) -> tuple[PlacedCue, ...]:
    """What is said while it is done; of cues in order of start."""
    return _between(cues, block.start, block.end, lambda cue: cue.start)


def is_done(placed: PlacedSpan) -> bool:
    """Whether it is work, a movement, a hold or a rest: no pause and no count-in."""
    item = placed.item
    return isinstance(item, Interval) and (item.source is not Source.EDITORIAL or bool(item.share))


def is_rest(placed: PlacedSpan) -> bool:
    return isinstance(placed.item, Interval) and placed.item.kind is IntervalKind.REST


def source_of(placed: PlacedSpan) -> Source:
    return placed.item.source if isinstance(placed.item, Interval) else Source.EDITORIAL


def minutes(samples: int) -> str:
    """A position or length to the second: `1:22`."""
    return clock(samples // SAMPLES_PER_MS // 1000 * 1000)


def rough(ms: int) -> str:
    """A length as people say it: `3 s`, `90 s`, `2 min`, `2:30 min`."""
    if ms < 120_000:
        return f"{(ms + 50) // 100 / 10:g} s"
    return f"{clock((ms + 500) // 1000 * 1000).removesuffix(':00')} min"


def whole(text: str) -> str:
    """A dose whose figures no line break can cut."""
    return _CUTS.sub("\N{NO-BREAK SPACE}", text)


def words_done(cues: Iterable[PlacedCue]) -> str:
    """The words that make one move or rest, each once: `Grip. … Release.`"""
    kinds = (CueKind.ACTION, CueKind.REST)
    words = list(dict.fromkeys(_words(cue.sound) for cue in cues if cue.cue.kind in kinds))
    return " … ".join([*words[:_LONGEST_WORDS], *(["…"] if len(words) > _LONGEST_WORDS else [])])


def _phase(placed: PlacedSpan) -> str:
    item, length = placed.item, placed.length // SAMPLES_PER_MS
    if not isinstance(item, Interval):
        return ""
    about = "about " if item.source is Source.EDITORIAL else ""
    of = "of " if item.kind is IntervalKind.REP else ""
    text = f"{item.name} {of}{about}{rough(length)}"
    if item.source is Source.RANGE:
        low, high = rough(item.span.minimum), rough(item.span.maximum)
        unit = high[high.index(" ") :]
        text += f" (prescribed {low.removesuffix(unit)}–{high})"
    return text


def _times(count: int, text: str) -> str:
    if count == 1:
        return text
    if text.startswith("rep of "):
        return f"{count} reps {text.removeprefix('rep ')}"
    grouped = ", " in text and " × " not in text
    return f"{count} × ({text})" if grouped else f"{count} × {text}"
