"""Finds the line of something in a TOML file, which its parser doesn't report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_HEADER: Final = re.compile(r"\s*\[(\[?)\s*([\w.-]+)\s*\]")
_KEY: Final = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")


def places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Where each table and each key stands: its names, and its line from 1."""
    within: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            first, *rest = header[2].split(".")
            if header[1]:
                counts[first] = counts.get(first, 0) + 1
                yield (first,), number
            within = (f"{first} {counts[first]}" if first in counts else first, *rest)
            yield within, number
        elif key := _KEY.match(line):
            yield (*within, *key[1].split(".")), number
