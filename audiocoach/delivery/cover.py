"""The cover: title, length and the course of a session as a square picture, readable when small.

A player shows it at 64 to 600 pixels. So the length is what one sees first, and the title stands
in letters as large as it leaves room for.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.sound.link import ObjectCache
from audiocoach.timeline.landing import entrances
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import SAMPLE_RATE, IntervalKind
from audiocoach.timeline.timeline import Timeline

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MEDIA_TYPE: Final = "image/png"
KIND: Final = "cover"
"""The kind under which covers are kept in the cache."""
_VERSION: Final = 2
"""Of the drawing: another one gives another picture of the same session."""
SIDE: Final = 600
"""Pixels."""
_EDGE: Final = 44
_WIDTH: Final = SIDE - 2 * _EDGE
_GROUND, _INK, _QUIET = "#0b3d36", "#fffdf6", "#14564c"
_WORK, _REST = "#68d8bf", "#f2b66d"
_SHADES: Final = 24
"""Steps from the ground to the colour of letters on it, for their edges."""
_TITLE: Final = (76, 66, 56, 48, 40, 34)
"""Heights of letters to try, the largest first."""
_TITLE_ROOM: Final = 210
_LEADING: Final = 115
"""From line to line, in percent of the height of the letters."""
_NUMBER: Final = 210
_BAR: Final = (480, 556)
"""Top and bottom of the course."""
_ELLIPSIS: Final = "…"
_FONT: Final = Path(__file__).parent / "fonts" / "inter-latin-700-normal.woff"
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
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIDE, SIDE), _GROUND)
    pen = ImageDraw.Draw(image)
    _draw_title(pen, what.title)
    pen.text((_EDGE - 6, 462), what.length, _INK, _font(_NUMBER), anchor="ls")
    if ":" not in what.length:
        right = _EDGE + pen.textlength(what.length, _font(_NUMBER))
        pen.text((right + 10, 462), "min", _WORK, _font(72), anchor="ls")
    for start, end, colour in what.course:
        top, bottom = _BAR if colour == _QUIET else (_BAR[0] + 16, _BAR[1] - 16)
        pen.rectangle((start, top, max(start, end), bottom), colour)
    return _png(image)


def _png(image: Image) -> bytes:
    from PIL.Image import Dither

    buffer = io.BytesIO()
    image.quantize(palette=_palette(), dither=Dither.NONE).save(buffer, "PNG")
    return buffer.getvalue()


def _palette() -> Image:
    """All colours there are: to search the picture for them would take ten times as long."""
    from PIL import Image
    from PIL.ImageColor import getrgb

    ground = getrgb(_GROUND)
    shades = [
        round(start + (end - start) * step / _SHADES)
        for letters in (_INK, _WORK)
        for step in range(_SHADES + 1)
        for start, end in zip(ground, getrgb(letters), strict=True)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*shades, *getrgb(_QUIET), *getrgb(_REST)])
    return palette


def _draw_title(pen: ImageDraw, title: str) -> None:
    """In the largest letters that fit; a title with letters missing from the font is left out."""
    if not _can_write(title):
        return
    fitted = (_fitted(pen, title, height) for height in _TITLE)
    height, lines = next(filter(None, fitted), None) or _cut(pen, title, _TITLE[-1])
    for number, line in enumerate(lines):
        top = 40 + number * height * _LEADING // 100
        pen.text((_EDGE, top), line, _INK, _font(height), anchor="lt")


def _fitted(pen: ImageDraw, title: str, height: int) -> tuple[int, list[str]] | None:
    """The lines of a title in letters of a height, if there is room."""
    font = _font(height)
    lines = list(_lines(pen, title, font))
    wide = max(pen.textlength(line, font) for line in lines)
    fits = wide <= _WIDTH and len(lines) * height * _LEADING // 100 <= _TITLE_ROOM
    return (height, lines) if fits else None


def _cut(pen: ImageDraw, title: str, height: int) -> tuple[int, list[str]]:
    """As many lines as there is room for, each cut to the room it has."""
    font = _font(height)
    lines = list(_lines(pen, title, font))[: _TITLE_ROOM * 100 // (height * _LEADING)]
    return height, [_shortened(pen, line, font) for line in lines]


def _shortened(pen: ImageDraw, line: str, font: FreeTypeFont) -> str:
    cut = line
    while pen.textlength(cut, font) > _WIDTH:
        cut = f"{cut.removesuffix(_ELLIPSIS)[:-1]}{_ELLIPSIS}"
    return cut


def _lines(pen: ImageDraw, title: str, font: FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font) > _WIDTH:
            yield line
            longer = word
        line = longer
    yield line


def _can_write(title: str) -> bool:
    unknown = _shape("\N{HIRAGANA LETTER A}")
    return bool(title.strip()) and all(
        letter.isspace() or _shape(letter) != unknown for letter in title
    )


def _shape(letter: str) -> bytes:
    return bytes(_font(_TITLE[-1]).getmask(letter))


@cache
def _font(height: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(_FONT), height)
