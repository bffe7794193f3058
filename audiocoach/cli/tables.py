"""Tables for people: in columns if they fit, and on a terminal broken between words."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final

from audiocoach.cli.output import is_terminal, put, tell
from audiocoach.cli.widths import columns, filled, width_of

_DEEPEST: Final = 26
"""Columns; what does not fit goes on below, and not further to the right than this."""
_STDOUT: Final = 1

Row = tuple[str, ...]


def aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Each row as a line, in columns."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _joined(row, widths)


def tell_rows(rows: Sequence[Row], *, indent: int = 0) -> None:
    """Print rows in columns on stdout; on a terminal, what does not fit continues below the first
    cell."""
    if not is_terminal(sys.stdout):
        for line in aligned(rows):
            put(f"{' ' * indent}{line}\n")
        return
    width = width_of(_STDOUT) - indent
    if max((columns(line) for line in aligned(rows)), default=0) <= width:
        for line in aligned(rows):
            tell(" " * indent + line)
        return
    first = max(columns(row[0]) for row in rows) + 2
    hang = first if first <= _DEEPEST else 4
    for row in rows:
        for line in "\n".join(_stacked(row, first, hang, width)).split("\n"):
            put(f"{' ' * indent}{line}\n")


def _joined(row: Row, widths: Sequence[int]) -> str:
    cells = (cell + " " * (size - columns(cell)) for cell, size in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _stacked(row: Row, first: int, hang: int, width: int) -> Iterator[str]:
    """The cells of a row, one after the other, on as many lines as they need."""
    line = row[0]
    for number, cell in enumerate(filter(None, row[1:])):
        longer = f"{line.ljust(first)}{cell}" if number == 0 else f"{line}  {cell}"
        if columns(longer) > width and line.strip():
            yield filled(line, width, hang=hang)
            longer = " " * hang + cell
        line = longer
    yield filled(line, width, hang=hang)
