"""A picture of the session to print: an SVG with a row for each exercise, all to the same scale.

Each row begins at the left with its own first second, so that lengths of exercises can be compared,
and a hold of three seconds is still wide enough to see. Differences that matter are in lightness or
pattern, not in colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, takewhile
from typing import Final
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.delivery.words import minutes, plain, rough, summary, timed
from audiocoach.routine.times import Source
from audiocoach.timeline.outline import Part, outline
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Utterance,
)
from audiocoach.timeline.timeline import PlacedSpan, Timeline
from audiocoach.wording import clock

_CANVAS: Final = 1120
"""The size of the canvas: with five exercises it has the shape of a landscape page."""
_EDGE: Final = 28
_LABELS: Final = 250
"""Width of the column of names."""
_LEFT: Final = _EDGE + _LABELS
_LANE: Final = _CANVAS - _EDGE - _LEFT
"""Width of the longest row."""
_TOP: Final = 128
_ROW: Final = 86
_HIGH: Final = 30
_BAR_AT: Final = 22
_SPEECH_AT: Final = _BAR_AT + _HIGH + 4
_SPEECH_HIGH: Final = 7
_LEGEND: Final = 58
_GRID: Final = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
"""Seconds between two lines of the axis."""
_CLOSEST: Final = 70
"""Of two such lines, so that their labels don't touch."""
_LETTER: Final = 0.54
"""Width of a letter, as a part of its height, in any plain font."""

_INK, _SOFT = "#1a1a1a", "#595959"
_BOLD: Final = {"font-weight": "bold"}
_FADED: Final = {"fill": _SOFT}
_CENTRED: Final = {"text-anchor": "middle"}
_HALO: Final = {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}
"""Lets no line of the axis run through a text."""
_FILLS: Final = {
    "work": {"fill": "#1f4e79", "stroke": "#ffffff", "stroke-width": "0.4"},
    "free": {"fill": "#9cc3e4", "stroke": "#1f4e79", "stroke-width": "0.6"},
    "rest": {"fill": "url(#hatch)", "stroke": "#a85400", "stroke-width": "0.8"},
    "pause": {"fill": "#e4e4e4"},
}
_Box = tuple[float, float, float, float]
"""x, y, width and height."""
# What XML 1.0 can't hold at all, escaped or not.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def picture(timeline: Timeline) -> str:
    """A timeline as a standalone SVG; the same timeline gives the same bytes."""
    phrases, rows = phrases_for(timeline.language), outline(timeline)
    height = _TOP + _ROW * len(rows) + _LEGEND
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "xml:lang": _as_xml(timeline.language),
            "width": str(_CANVAS),
            "height": str(height),
            "viewBox": f"0 0 {_CANVAS} {height}",
            "role": "img",
            "font-family": "sans-serif",
            "fill": _INK,
        },
    )
    SubElement(svg, "title").text = _as_xml(timeline.title)
    count = sum(1 for part in rows if part.address.exercise and not part.again)
    about = f"{minutes(timeline.total)} · {phrases.inline('sheet.exercises', count=count)}"
    SubElement(svg, "desc").text = phrases.inline("picture.about", extent=about)
    _hatch(svg)
    _rect(svg, "paper", (0, 0, _CANVAS, height), fill="#ffffff")
    _write(svg, _fitted(timeline.title, _CANVAS - 2 * _EDGE, 33), (_EDGE, 52), 30, **_BOLD)
    _write(svg, about, (_EDGE, 78), 16, **_FADED)
    _axis(svg, phrases, rows)
    for number, part in enumerate(rows):
        _lane(svg, phrases, part, _TOP + _ROW * number, _scale(rows))
    _legend(svg, phrases, height - _LEGEND + 14)
    indent(svg, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(svg, encoding="unicode")}\n'


def _scale(rows: Iterable[Part]) -> float:
    """Width of a sample."""
    return _LANE / max([1, *(part.end - part.start for part in rows)])


def _hatch(svg: Element) -> None:
    pattern = SubElement(
        SubElement(svg, "defs"),
        "pattern",
        {"id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"},
    )
    _rect(pattern, "ground", (0, 0, 6, 6), fill="#fff3e3")
    strokes = {"d": "M-1 1L1 -1M0 6L6 0M5 7L7 5", "stroke": "#d9822b", "stroke-width": "1.2"}
    SubElement(pattern, "path", strokes)


def _axis(svg: Element, phrases: Phrases, rows: tuple[Part, ...]) -> None:
    """Lines through all rows, each a step after the beginning of the row."""
    scale = _scale(rows) * SAMPLE_RATE
    step = next((step for step in _GRID if step * scale >= _CLOSEST), _GRID[-1])
    bottom = _TOP + _ROW * len(rows)
    axis = SubElement(svg, "g", {"class": "axis"})
    right = _FADED | {"text-anchor": "end"}
    _write(axis, phrases.inline("picture.axis"), (_CANVAS - _EDGE, 78), 12, **right)
    for number in range(int(_LANE / scale / step + 1e-6) + 1):
        seconds = number * step
        x = _LEFT + seconds * scale
        _line(axis, (x, x), (_TOP - 14, bottom), "#c4c4c4")
        _write(axis, clock(seconds * 1000), (x, _TOP - 19), 13, **_FADED, **_CENTRED)


def _lane(svg: Element, phrases: Phrases, part: Part, top: int, scale: float) -> None:
    group = SubElement(svg, "g", {"class": "row"})
    _line(group, (_EDGE, _CANVAS - _EDGE), (top, top), "#8a8a8a")
    _names(group, phrases, part, top)
    y = top + _BAR_AT
    length = (part.end - part.start) * scale
    frame = {"fill": "#ffffff", "stroke": "#8a8a8a", "stroke-width": "0.8"}
    _rect(group, "length", (_LEFT, y, length, _HIGH), **frame)
    for span in part.spans:
        if look := _look(span):
            x = _LEFT + (span.start - part.start) * scale
            _box(group, phrases, span, look, (x, y, span.length * scale, _HIGH))
    _speech(group, part, top + _SPEECH_AT, scale)
    _captions(group, phrases, part, top + _BAR_AT - 7, scale)


def _names(group: Element, phrases: Phrases, part: Part, top: int) -> None:
    number = f"{part.address.exercise}. " if part.address.exercise else ""
    title = _fitted(number + part.title, _LABELS - 14, 19)
    _write(group, title, (_EDGE, top + 22), 17, **_BOLD)
    times = f"{minutes(part.start)} – {minutes(part.end)}"
    _write(group, times, (_EDGE, top + 38), 13, **_FADED)
    for line, text in enumerate(_wrapped(summary(phrases, part.passages), _LABELS - 14, 12)):
        _write(group, text, (_EDGE, top + 53 + 14 * line), 12)


def _look(span: PlacedSpan) -> str:
    """Which box a span is drawn as; none for short pauses between words and for the count-in."""
    match span.item:
        case Gap(glue=Glue.RIGID) | Interval(kind=IntervalKind.COUNT_IN):
            return ""
        case Gap():
            return "pause"
        case Interval(kind=IntervalKind.REST):
            return "rest"
        case Interval(source=Source.EDITORIAL):
            return "free"
        case _:
            return "work"


def _box(group: Element, phrases: Phrases, span: PlacedSpan, look: str, box: _Box) -> None:
    """A span to scale; what is prescribed with its seconds, where it has room for them."""
    drawn = _rect(group, look, box, **_FILLS[look])
    if look not in ("work", "rest") or isinstance(span.item, Gap):
        return
    text = plain(rough(phrases, span.length // SAMPLES_PER_MS))
    told = plain(timed(phrases, span.item, text))
    SubElement(drawn, "title").text = _as_xml(f"{minutes(span.start)} {told}")
    x, y, width, _ = box
    middle, half = x + width / 2, _wide(text, 12) / 2 + 2
    if 2 * half + 2 > width:
        return
    if look == "rest":
        _rect(group, "plate", (middle - half, y + 7, 2 * half, 16), fill="#ffffff")
    ink = {"fill": "#ffffff"} if look == "work" else {}
    _write(group, text, (middle, y + 19.5), 12, **_CENTRED, **ink)


def _speech(group: Element, part: Part, y: int, scale: float) -> None:
    """A tick for each thing said, as long as it is."""
    ticks = ""
    for cue in part.cues:
        if isinstance(cue.sound, Utterance):
            x, width = (cue.start - part.start) * scale, _n(max(cue.length * scale - 0.5, 0.7))
            ticks += f"M{_n(_LEFT + x)} {y}h{width}v{_SPEECH_HIGH}h-{width}z"
    if ticks:
        SubElement(group, "path", {"class": "speech", "d": ticks, "fill": "#7a7a7a"})


def _captions(group: Element, phrases: Phrases, part: Part, y: int, scale: float) -> None:
    """Above each passage what it is: all in full, or all as short as it takes to fit.

    Where not even the sides fit, the column of names tells all.
    """
    starts = [_LEFT + (passage.start - part.start) * scale for passage in part.passages]
    rooms = [end - x - 8 for x, end in pairwise([*starts, _CANVAS - _EDGE])]
    full = [plain(summary(phrases, [passage])) for passage in part.passages]
    short = [plain(summary(phrases, [passage], brief=True)) for passage in part.passages]
    for texts in (full, short, [passage.side for passage in part.passages]):
        if all(_wide(text, 12) <= room for text, room in zip(texts, rooms, strict=True)):
            for x, text in zip(starts, texts, strict=True):
                _write(group, text, (x, y), 12, **_HALO)
            return


def _legend(svg: Element, phrases: Phrases, y: int) -> None:
    group = SubElement(svg, "g", {"class": "legend"})
    x: float = _EDGE
    for look, style in _FILLS.items():
        text = phrases.inline(f"picture.{look}")
        _rect(group, f"sample-{look}", (x, y, 26, 16), **style)
        _write(group, text, (x + 33, y + 13), 13)
        x += 33 + _wide(text, 13) + 22
    _rect(group, "sample-speech", (x, y + 5, 26, _SPEECH_HIGH), fill="#7a7a7a")
    _write(group, phrases.inline("picture.voice"), (x + 33, y + 13), 13)


# -- drawing -------------------------------------------------------------------------


def _rect(parent: Element, kind: str, box: _Box, **style: str) -> Element:
    names = ("x", "y", "width", "height")
    place = {name: _n(number) for name, number in zip(names, box, strict=True)}
    return SubElement(parent, "rect", {"class": kind} | place | style)


def _line(parent: Element, x: tuple[float, float], y: tuple[float, float], ink: str) -> None:
    ends = {"x1": _n(x[0]), "x2": _n(x[1]), "y1": _n(y[0]), "y2": _n(y[1])}
    SubElement(parent, "line", ends | {"stroke": ink, "stroke-width": "0.8"})


def _write(parent: Element, text: str, at: tuple[float, float], size: float, **style: str) -> None:
    place = {"x": _n(at[0]), "y": _n(at[1]), "font-size": _n(size)}
    SubElement(parent, "text", place | style).text = _as_xml(text)


def _n(number: float) -> str:
    """A coordinate to the hundredth, without needless noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _wide(text: str, size: float) -> float:
    """About how wide a text is: rather too much, as no font is known."""
    return size * sum(_LETTER * (1 + (east_asian_width(char) in "WF")) for char in text)


def _fitted(text: str, width: float, size: float) -> str:
    if _wide(text, size) <= width:
        return text
    room = width - _wide("…", size)
    widths = accumulate(_wide(char, size) for char in text)
    return text[: sum(1 for _ in takewhile(lambda used: used <= room, widths))].rstrip() + "…"


def _wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """`text` in three lines, cut at a space; what is too long for them ends in an ellipsis."""
    words = text.split(" ")
    for last in (False, False, True):
        widths = accumulate(_wide(f"{word} ", size) for word in words)
        count = sum(1 for _ in takewhile(lambda used: used <= width, widths))
        line = words if last else words[: max(count, 1)]
        words = words[len(line) :]
        if line:
            yield _fitted(" ".join(line), width, size)


def _as_xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
