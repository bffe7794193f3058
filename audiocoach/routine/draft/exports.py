"""Tables as programs export them, with commas or semicolons between their cells."""

from __future__ import annotations

import re
from typing import Final

_FEWEST: Final = 3
"""Separators of a row; a sentence with as many commas in every line is rare."""
_QUOTED: Final = re.compile(r'"[^"\n]*"')


def barred(text: str) -> str:
    """The text with bars for the separators of exported tables, as long as it is."""
    lines = text.split("\n")
    for separator in (";", ","):
        counts = [_cells(line, separator) for line in lines]
        for n, count in enumerate(counts):
            alike = count >= _FEWEST and count in (counts[n - 1 : n] + counts[n + 1 : n + 2])
            if alike:
                lines[n] = _barred(lines[n], separator)
    return "\n".join(lines)


def _cells(line: str, separator: str) -> int:
    """How many separators a line has outside of quotes; 0 if a space follows one, as in prose."""
    plain = _QUOTED.sub("", line)
    return 0 if f"{separator} " in plain else plain.count(separator)


def _barred(line: str, separator: str) -> str:
    kept = _QUOTED.sub(lambda match: match[0].replace(separator, "\0"), line)
    return kept.replace(separator, "|").replace("\0", separator).replace('"', " ")
