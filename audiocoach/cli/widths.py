"""How wide printed lines are: none is cut inside a word at the edge of a terminal."""

from __future__ import annotations

import os
import re
import sys
from typing import Final

_WIDEST: Final = 100
"""Longer lines are hard to read, however wide the terminal."""
_NARROWEST: Final = 40
_USUAL: Final = 80
_STYLE: Final = re.compile(r"\x1b\[[0-9;]*m")


def plain() -> bool:
    """Whether stdout should get plain text only: it is not a terminal, or a simple one."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return not terminal or os.environ.get("TERM") == "dumb"


def width_of(descriptor: int) -> int:
    """How many columns text may take there: 1 is stdout, 2 stderr."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return min(max(int(columns), _NARROWEST), _WIDEST)
    try:
        found = os.get_terminal_size(descriptor).columns
    except OSError:  # a file or a pipe
        found = _USUAL
    return min(max(found or _USUAL, _NARROWEST), _WIDEST)


def filled(line: str, width: int, *, hang: int = 0) -> str:
    """A line broken at spaces, its continuation indented by `hang`; long words stay whole."""
    begin = line[: len(line) - len(line.lstrip(" "))]
    lines, current = [], ""
    for word in line[len(begin) :].split(" "):
        longer = f"{current} {word}" if current else f"{begin}{word}"
        if current and columns(longer) > width:
            lines.append(current.rstrip())
            begin = " " * hang
            longer = f"{begin}{word}"
        current = longer
    return "\n".join([*lines, current.rstrip()])


def columns(text: str) -> int:
    """How many columns a text takes on a terminal: a style takes none, a wide letter two."""
    text = _STYLE.sub("", text)
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text
    )
