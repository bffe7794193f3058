"""The cover: title, length and the course of a session as a square picture, readable when small.

A player shows it at 64 to 600 pixels. So the length is what one sees first, and the title is in the
largest letters that fit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from audiocoach.sound.link import ObjectCache
from audiocoach.timeline.landing import entrances
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import SAMPLE_RATE, IntervalKind
from audiocoach.timeline.timeline import Timeline

MEDIA_TYPE: Final = "image/png"
KIND: Final = "cover"
"""The kind under which covers are kept in the cache."""
_VERSION: Final = 3
"""Of the drawing: another one gives another picture of the same session."""
SIDE: Final = 600
"""Pixels."""
_EDGE: Final = 44
_WIDTH: Final = SIDE - 2 * _EDGE
_GROUND, _INK, _QUIET = "#0b3d36", "#fffdf6", "#14564c"
_WORK, _REST = "#68d8bf", "#f2b66d"
_TITLE: Final = (76, 66, 56, 48, 40, 34)
"""Heights of letters to try, the largest first."""
_TITLE_ROOM: Final = 210
_CAPITALS: Final = 73
"""How high capitals are, in percent of the height of the letters."""
_LEADING: Final = 115
"""From line to line, in percent of the height of the letters."""
_NUMBER: Final = 210
_BAR: Final = (480, 556)
"""Top and bottom of the course."""
_ELLIPSIS: Final = "…"
_FONT: Final = Path(__file__).parent / "fonts" / "inter-latin-700-normal.ttf"
_FAMILY: Final = "Inter"
_Stretch = tuple[int, int, str]
"""Where something begins and ends (pixels) and its colour."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """What is drawn; equal ones give equal pictures."""

    title: str
    length: str
    course: tuple[_Stretch, ...]


def cover(timeline: Timeline, cache: ObjectCache) -> bytes:
    """The picture of a session, a PNG; drawn once, and then kept."""
    drawn = _Cover(timeline.title, _length(timeline.total), tuple(_course(timeline)))
    key = hashlib.sha256(repr((_VERSION, drawn)).encode(errors="surrogatepass")).hexdigest()
    if kept := cache.get(KIND, key):
        return kept
    picture = _draw(drawn)
    cache.put(KIND, key, picture)
    return picture


def _length(samples: int) -> str:
    """Whole minutes, as one would ask for a session: `20`; below one, `0:45`."""
    seconds = round(samples / SAMPLE_RATE)
    return str(round(seconds / 60)) if seconds >= 60 else f"0:{seconds:02d}"


def _course(timeline: Timeline) -> Iterator[_Stretch]:
    """The parts, and in them work and rest, from left to right."""

    def at(samples: int) -> int:
        return _EDGE + round(samples * _WIDTH / max(timeline.total, 1))

    parts = outline(timeline)
    starts = sorted({*map(at, entrances(parts)), at(timeline.total)})
    yield from ((start, end - 4, _QUIET) for start, end in pairwise(starts))
    for part in parts:
        for passage in part.passages:
            for unit in passage.units:
                colour = _REST if unit.kind is IntervalKind.REST else _WORK
                yield at(unit.steps[0].start), at(unit.steps[-1].end) - 1, colour


def _draw(what: _Cover) -> bytes:
    from resvg_py import svg_to_bytes

    return svg_to_bytes(
        svg_string=tostring(_svg(what), encoding="unicode"),
        font_files=[str(_FONT)],
        skip_system_fonts=True,
    )


def _svg(what: _Cover) -> Element:
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(SIDE),
            "height": str(SIDE),
            "font-family": _FAMILY,
            "font-weight": "bold",
        },
    )
    _box(svg, (0, SIDE), (0, SIDE), _GROUND)
    height, lines = _title(what.title)
    for number, line in enumerate(lines):
        top = 40 + number * height * _LEADING // 100
        _write(svg, line, (_EDGE, top + height * _CAPITALS // 100), height, _INK)
    _write(svg, what.length, (_EDGE - 6, 462), _NUMBER, _INK)
    if ":" not in what.length:
        _write(svg, "min", (_EDGE + round(_wide(what.length, _NUMBER)) + 10, 462), 72, _WORK)
    for start, end, colour in what.course:
        inset = 0 if colour == _QUIET else 16
        _box(svg, (start, max(start, end) + 1), (_BAR[0] + inset, _BAR[1] - inset), colour)
    return svg


def _box(svg: Element, across: tuple[int, int], down: tuple[int, int], colour: str) -> None:
    (left, right), (top, bottom) = across, down
    path = f"M{left} {top}H{right}V{bottom}H{left}z"
    SubElement(svg, "path", {"d": path, "fill": colour})


def _write(svg: Element, text: str, at: tuple[int, int], height: int, colour: str) -> None:
    look = {"x": str(at[0]), "y": str(at[1]), "font-size": str(height), "fill": colour}
    SubElement(svg, "text", look).text = text


def _title(title: str) -> tuple[int, list[str]]:
    """In the largest letters that fit; a title with letters missing from the font is left out."""
    if not all(letter.isspace() or letter in _widths() for letter in title):
        return _TITLE[-1], []
    fitted = (_fitted(title, height) for height in _TITLE)
    return next(filter(None, fitted), None) or _cut(title, _TITLE[-1])


def _fitted(title: str, height: int) -> tuple[int, list[str]] | None:
    """The lines of a title in letters of a height, if there is room."""
    lines = list(_lines(title, height))
    wide = max(_wide(line, height) for line in lines)
    fits = wide <= _WIDTH and len(lines) * height * _LEADING // 100 <= _TITLE_ROOM
    return (height, lines) if fits else None


def _cut(title: str, height: int) -> tuple[int, list[str]]:
    """As many lines as there is room for, each cut to the room it has."""
    lines = list(_lines(title, height))[: _TITLE_ROOM * 100 // (height * _LEADING)]
    return height, [_shortened(line, height) for line in lines]


def _shortened(line: str, height: int) -> str:
    cut = line
    while _wide(cut, height) > _WIDTH:
        cut = f"{cut.removesuffix(_ELLIPSIS)[:-1]}{_ELLIPSIS}"
    return cut


def _lines(title: str, height: int) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and _wide(longer, height) > _WIDTH:
            yield line
            longer = word
        line = longer
    yield line


def _wide(text: str, height: int) -> float:
    """Pixels, without kerning, which almost always takes some away."""
    return height * sum(_widths()[letter] for letter in text) / 1000


@cache
def _widths() -> dict[str, int]:
    """From each letter that the font has to the next, in thousandths of the height.

    A table, as resvg tells neither which letters a font has nor how wide they are; a test compares
    it with the font.
    """
    widths: dict[str, int] = json.loads(_FONT.with_suffix(".json").read_bytes())
    return widths
