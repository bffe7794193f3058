"""A picture of the session to print: an SVG with one row an exercise, all to one scale.

Each row begins at the left with its own first second, so that the lengths of
exercises compare, and a hold of three seconds is still wide enough to see. What
matters differs in lightness or pattern, not in colour alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, takewhile
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from audiocoach.delivery.cuesheet import (
    Part,
    blocks,
    dose,
    is_done,
    is_rest,
    minutes,
    parts,
    rough,
    source_of,
    whole,
)
from audiocoach.routine.times import Source
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Gap, Glue, Utterance
from audiocoach.timeline.timeline import PlacedSpan, Timeline
from audiocoach.wording import clock

WIDTH: Final = 1120
"""Of the canvas: with five exercises it has the shape of a landscape page."""
_EDGE: Final = 28
_LABELS: Final = 250
"""Width of the column of names."""
_LEFT: Final = _EDGE + _LABELS
_LANE: Final = WIDTH - _EDGE - _LEFT
"""Width of the longest row."""
_TOP: Final = 128
_ROW: Final = 86
_HIGH: Final = 30
_BAR_AT: Final = 22
_SPEECH_AT: Final = _BAR_AT + _HIGH + 4
_SPEECH_HIGH: Final = 7
_LEGEND: Final = 58
_STEPS: Final = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
"""Seconds between two lines of the axis."""
_CLOSEST: Final = 70
"""Of two such lines, so that their labels don't touch."""
_LETTER: Final = 0.54
"""Width of a letter, as a part of its height, in any plain font."""

_INK, _SOFT = "#1a1a1a", "#595959"
_BOLD: Final = {"font-weight": "bold"}
_FAINT: Final = {"fill": _SOFT}
_CENTRED: Final = {"text-anchor": "middle"}
_HALO: Final = {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}
"""Lets no line of the axis run through a text."""
_FILLS: Final = {
    "work": {"fill": "#1f4e79", "stroke": "#ffffff", "stroke-width": "0.4"},
    "free": {"fill": "#9cc3e4", "stroke": "#1f4e79", "stroke-width": "0.6"},
    "rest": {"fill": "url(#hatch)", "stroke": "#a85400", "stroke-width": "0.8"},
    "pause": {"fill": "#e4e4e4"},
}
_LEGENDS: Final = (
    ("work", "work or hold, as prescribed"),
    ("free", "movement, about this long"),
    ("rest", "rest"),
    ("pause", "pause, or time to get into place"),
)
_ASIDE: Final = re.compile(r" \(prescribed [^)]*\)| of about [\d:.]+ \w+")
_Box = tuple[float, float, float, float]
"""x, y, width and height."""
# What XML 1.0 can't hold at all, escaped or not.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def picture(timeline: Timeline) -> str:
    """A timeline as a standalone SVG; the same timeline gives the same bytes."""
    rows = parts(timeline)
    height = _TOP + _ROW * len(rows) + _LEGEND
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "xml:lang": _clean(timeline.language),
            "width": str(WIDTH),
            "height": str(height),
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "font-family": "sans-serif",
            "fill": _INK,
        },
    )
    SubElement(svg, "title").text = _clean(timeline.title)
    count = sum(1 for part in rows if part.number and not part.again)
    about = f"{minutes(timeline.total)} · {count} exercise{'s' if count != 1 else ''}"
    SubElement(svg, "desc").text = f"The timeline of the session: {about}"
    _hatch(svg)
    _rect(svg, "paper", (0, 0, WIDTH, height), fill="#ffffff")
    _text(svg, _fitted(timeline.title, WIDTH - 2 * _EDGE, 33), (_EDGE, 52), 30, **_BOLD)
    _text(svg, about, (_EDGE, 78), 16, **_FAINT)
    _axis(svg, rows)
    for number, part in enumerate(rows):
        _row(svg, part, _TOP + _ROW * number, _scale(rows))
    _legend(svg, height - _LEGEND + 14)
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


def _axis(svg: Element, rows: tuple[Part, ...]) -> None:
    """Lines through all rows, each a step after the beginning of the row."""
    scale = _scale(rows) * SAMPLE_RATE
    step = next((step for step in _STEPS if step * scale >= _CLOSEST), _STEPS[-1])
    bottom = _TOP + _ROW * len(rows)
    axis = SubElement(svg, "g", {"class": "axis"})
    right = _FAINT | {"text-anchor": "end"}
    _text(axis, "time from the beginning of each row", (WIDTH - _EDGE, 78), 12, **right)
    for number in range(int(_LANE / scale / step + 1e-6) + 1):
        seconds = number * step
        x = _LEFT + seconds * scale
        grid = {"x1": _n(x), "x2": _n(x), "y1": str(_TOP - 14), "y2": str(bottom)}
        SubElement(axis, "line", grid | {"stroke": "#c4c4c4", "stroke-width": "0.8"})
        _text(axis, clock(seconds * 1000), (x, _TOP - 19), 13, **_FAINT, **_CENTRED)


def _row(svg: Element, part: Part, top: int, scale: float) -> None:
    group = SubElement(svg, "g", {"class": "row"})
    rule = {"x1": str(_EDGE), "x2": str(WIDTH - _EDGE), "y1": str(top), "y2": str(top)}
    SubElement(group, "line", rule | {"stroke": "#8a8a8a", "stroke-width": "0.8"})
    _names(group, part, top)
    y = top + _BAR_AT
    length = (part.end - part.start) * scale
    frame = {"fill": "#ffffff", "stroke": "#8a8a8a", "stroke-width": "0.8"}
    _rect(group, "length", (_LEFT, y, length, _HIGH), **frame)
    for span in part.spans:
        if kind := _kind(span):
            x = _LEFT + (span.start - part.start) * scale
            _box(group, span, kind, (x, y, span.length * scale, _HIGH))
    _speech(group, part, top + _SPEECH_AT, scale)
    _doses(group, part, top + _BAR_AT - 7, scale)


def _names(group: Element, part: Part, top: int) -> None:
    number = f"{part.number}. " if part.number else ""
    title = _fitted(number + part.title, _LABELS - 14, 19)
    _text(group, title, (_EDGE, top + 22), 17, **_BOLD)
    times = f"{minutes(part.start)} – {minutes(part.end)}"
    _text(group, times, (_EDGE, top + 38), 13, **_FAINT)
    for line, text in enumerate(_wrapped(dose(blocks(part)), _LABELS - 14, 12)):
        _text(group, text, (_EDGE, top + 53 + 14 * line), 12)


def _kind(span: PlacedSpan) -> str:
    """Which box a span is drawn as; none for short pauses between words and for the count-in."""
    if is_done(span):
        if is_rest(span):
            return "rest"
        return "free" if source_of(span) is Source.EDITORIAL else "work"
    elastic = isinstance(span.item, Gap) and span.item.glue is not Glue.RIGID
    return "pause" if elastic else ""


def _box(group: Element, span: PlacedSpan, kind: str, box: _Box) -> None:
    """A span to scale; what is prescribed with its seconds, where it has room for them."""
    drawn = _rect(group, kind, box, **_FILLS[kind])
    if kind not in ("work", "rest") or isinstance(span.item, Gap):
        return
    text = rough(span.length // SAMPLES_PER_MS)
    SubElement(drawn, "title").text = _clean(f"{minutes(span.start)} {span.item.name} {text}")
    x, y, width, _ = box
    middle, half = x + width / 2, _length(text, 12) / 2 + 2
    if 2 * half + 2 > width:
        return
    if kind == "rest":
        _rect(group, "plate", (middle - half, y + 7, 2 * half, 16), fill="#ffffff")
    ink = {"fill": "#ffffff"} if kind == "work" else {}
    _text(group, text, (middle, y + 19.5), 12, **_CENTRED, **ink)


def _speech(group: Element, part: Part, y: int, scale: float) -> None:
    """A tick for each thing said, as long as it is."""
    ticks = "".join(
        f"M{_n(_LEFT + (cue.start - part.start) * scale)} {y}"
        f"h{_n(max(cue.length * scale - 0.5, 0.7))}v{_SPEECH_HIGH}"
        f"h-{_n(max(cue.length * scale - 0.5, 0.7))}z"
        for cue in part.cues
        if isinstance(cue.sound, Utterance)
    )
    if ticks:
        SubElement(group, "path", {"class": "speech", "d": ticks, "fill": "#7a7a7a"})


def _doses(group: Element, part: Part, y: int, scale: float) -> None:
    """Above each block what it is: all in full, or all as short as it takes to fit.

    Where not even the sides fit, the column of names tells all.
    """
    done = blocks(part)
    starts = [_LEFT + (block.start - part.start) * scale for block in done]
    rooms = [end - x - 8 for x, end in pairwise([*starts, WIDTH - _EDGE])]
    full = [dose([block]) for block in done]
    short = [_ASIDE.sub("", text) for text in full]
    for texts in (full, short, [block.side for block in done]):
        if all(_length(text, 12) <= room for text, room in zip(texts, rooms, strict=True)):
            for x, text in zip(starts, texts, strict=True):
                _text(group, text, (x, y), 12, **_HALO)
            return


def _legend(svg: Element, y: int) -> None:
    group = SubElement(svg, "g", {"class": "legend"})
    x: float = _EDGE
    for kind, text in _LEGENDS:
        _rect(group, f"sample-{kind}", (x, y, 26, 16), **_FILLS[kind])
        _text(group, text, (x + 33, y + 13), 13)
        x += 33 + _length(text, 13) + 22
    _rect(group, "sample-speech", (x, y + 5, 26, _SPEECH_HIGH), fill="#7a7a7a")
    _text(group, "the voice speaks", (x + 33, y + 13), 13)


# -- drawing -------------------------------------------------------------------------


def _rect(parent: Element, kind: str, box: _Box, **style: str) -> Element:
    names = ("x", "y", "width", "height")
    place = {name: _n(number) for name, number in zip(names, box, strict=True)}
    return SubElement(parent, "rect", {"class": kind} | place | style)


def _text(parent: Element, text: str, at: tuple[float, float], size: float, **style: str) -> None:
    place = {"x": _n(at[0]), "y": _n(at[1]), "font-size": _n(size)}
    SubElement(parent, "text", place | style).text = _clean(text)


def _n(number: float) -> str:
    """A coordinate to the hundredth, without needless noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _length(text: str, size: float) -> float:
    """About how wide a text is: rather too much, as no font is known."""
    return size * sum(_LETTER * (1 + _is_wide(char)) for char in text)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _fitted(text: str, width: float, size: float) -> str:
    if _length(text, size) <= width:
        return text
    room = width - _length("…", size)
    widths = accumulate(_length(char, size) for char in text)
    return text[: sum(1 for _ in takewhile(lambda used: used <= room, widths))].rstrip() + "…"


def _wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """`text` in three lines, cut at a space; what is too long for them ends in an ellipsis."""
    words = whole(text).split(" ")
    for last in (False, False, True):
        widths = accumulate(_length(f"{word} ", size) for word in words)
        count = sum(1 for _ in takewhile(lambda used: used <= width, widths))
        line = words if last else words[: max(count, 1)]
        words = words[len(line) :]
        if line:
            yield _fitted(" ".join(line), width, size)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
