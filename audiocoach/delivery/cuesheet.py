"""The cue sheet: a script or a timeline as text that reads like the session sounds."""

from __future__ import annotations

from collections.abc import Iterator

from audiocoach.routine.times import Source, clock, format_ms
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    Anchor,
    Cue,
    Gap,
    Glue,
    Interval,
    Item,
    Marker,
    MarkerKind,
    Placement,
    Script,
    Sound,
    Span,
    Utterance,
)
from audiocoach.timeline.timeline import PlacedCue, PlacedMarker, PlacedSpan, Timeline

_HEADINGS = frozenset({MarkerKind.SECTION, MarkerKind.EXERCISE, MarkerKind.ROUND})


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
            yield f"  ... {_span(item.span)}: {item.reason}"
        case Interval():
            words = "  ".join(_placed(placement) for placement in item.placements)
            source = "" if item.source is Source.EDITORIAL else f" {item.source.value}"
            yield f"  [{item.label}, {_span(item.span)}{source}]  {words}"


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


def timeline_sheet(timeline: Timeline) -> str:
    """A timeline as text: the time of each cue, and the pauses and prescribed times between."""
    lines = [f"{timeline.title}  {clock(timeline.total // SAMPLES_PER_MS)}", ""]
    for _, _, text in sorted(_timeline_lines(timeline), key=lambda line: line[:2]):
        lines.append(text)
    lines.extend(f"note: {note}" for note in timeline.notes)
    return "\n".join(lines) + "\n"


def _timeline_lines(timeline: Timeline) -> Iterator[tuple[int, int, str]]:
    """Each line with its sample position and its rank among lines at the same one."""
    for marker in timeline.markers:
        yield marker.at, 0, _marker_line(marker)
    for span in timeline.spans:
        if text := _span_line(span):
            yield span.start, 1, text
    for cue in timeline.cues:
        yield cue.start, 2, _cue_line(cue)


def _marker_line(placed: PlacedMarker) -> str:
    title = placed.marker.title
    if placed.marker.kind in _HEADINGS:
        return f"\n{_time(placed.at)}  {title.upper()}"
    return f"{'':>9}  -- {title}"


def _span_line(placed: PlacedSpan) -> str:
    item, length = placed.item, placed.length // SAMPLES_PER_MS
    if isinstance(item, Gap):
        if item.glue is Glue.RIGID:
            return ""
        return f"{'':>9}  ... {_seconds(length)}: {item.reason}"
    if item.source is Source.EDITORIAL:
        return ""
    where = f", line {item.origin.line}" if item.origin.line else ""
    kind = "prescribed" if item.source is Source.PRESCRIBED else f"prescribed {_range(item.span)}"
    return f"{'':>9}  [{item.label} {_seconds(length)}, {kind}{where}]"


def _range(span: Span) -> str:
    return f"{format_ms(span.minimum)}-{format_ms(span.maximum)}"


def _cue_line(placed: PlacedCue) -> str:
    return f"{_time(placed.start)}  {_words(placed.sound)}"


def _time(samples: int) -> str:
    ms = samples // SAMPLES_PER_MS
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes:>3}:{ms // 1000:02d}.{ms % 1000 // 100}".rjust(9)
