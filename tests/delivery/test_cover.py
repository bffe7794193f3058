"""The cover: a square picture of any session, the same each time, drawn once."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from memory_cache import MemoryCache
from PIL import Image, ImageFont
from strategies import examples, routines, timeline_of

from audiocoach.delivery import cover as drawing
from audiocoach.delivery.cover import cover
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.timeline import Timeline

TITLES = ["Foot relief", "Füße, œufs, ¿qué?", "足のリハビリ", "x" * 80, "a " * 39 + "b", "1 🗑"]


def titled(title: str) -> Timeline:
    return timeline_of(
        loads(f"title: '{title}'\nlanguage: en\nexercises: [{{name: rest, hold: 3s}}]\n")
    )


def picture(timeline: Timeline) -> Image.Image:
    return Image.open(io.BytesIO(cover(timeline, MemoryCache()))).convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a box are as bright as letters."""
    return int((np.asarray(image.convert("L").crop(box)) > 160).sum())


@settings(max_examples=examples(30))
@given(routines())
def test_any_session_has_one_of_the_same_size_and_few_bytes(routine: Routine) -> None:
    timeline = timeline_of(routine)
    drawn = cover(timeline, MemoryCache())
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, image.size) == ("PNG", (600, 600))
    assert len(drawn) < 40_000
    assert drawn == cover(timeline, MemoryCache())


@pytest.mark.parametrize("title", TITLES)
def test_any_title_stays_in_its_place(title: str) -> None:
    image = picture(titled(title))
    ground = image.getpixel((2, 2))
    edge = np.asarray(image)
    for strip in (edge[:, :38], edge[:, -38:], edge[:30], edge[-38:]):
        assert (strip == ground).all()
    written = title.isascii() or "ü" in title
    assert bool(inked(image, (40, 30, 560, 255))) is written


def test_the_length_is_read_at_64_px() -> None:
    """The number is a tenth of the picture and more, so it is some 25 pixels high when small."""
    rows = np.asarray(picture(timeline_of(load("foot-relief"))).convert("L"))[255:475, 40:330]
    high = np.nonzero((rows > 160).any(axis=1))[0]
    assert (high[-1] - high[0]) * 64 / 600 >= 14


def test_it_is_drawn_once() -> None:
    kept = MemoryCache()
    timeline = titled("One")
    first = cover(timeline, kept)
    assert list(kept.objects.values()) == [first]
    ((place, _),) = kept.objects.items()
    kept.objects[place] = b"kept"
    assert cover(timeline, kept) == b"kept"
    assert cover(titled("Two"), kept) != b"kept"


def test_the_widths_of_letters_are_those_of_the_font() -> None:
    font = Path(drawing.__file__).parent / "fonts" / "inter-latin-700-normal.ttf"
    widths = json.loads(font.with_suffix(".json").read_bytes())
    letters = ImageFont.truetype(str(font), 1000, layout_engine=ImageFont.Layout.BASIC)
    absent = letters.getmask("\N{HIRAGANA LETTER A}")
    for letter, width in widths.items():
        assert letters.getlength(letter) == pytest.approx(width, abs=2), letter
        assert letter.isspace() or bytes(letters.getmask(letter)) != bytes(absent), letter
