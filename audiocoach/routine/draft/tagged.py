"""A sentence in which what was read of it stands as one letter each, and the way back.

The grammar is written over such sentences: "hold for 3 to 5 seconds" becomes "hold for D",
where the letter D is an item that knows its value and the place of its words. So no pattern
has to know how numbers are written, and every figure knows its exact words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Final

KINDS: Final = {
    "N": "number",
    "D": "duration",
    "C": "counts",
    "B": "breaths",
    "T": "times",
    "M": "more",
    "R": "reps",
    "S": "sets",
    "O": "rounds",
    "F": "frequency",
    "L": "list",
    "W": "durations",
    "Z": "tempo",
    "K": "distance",
    "X": "noise",
}
"""The kinds of items, by the letter that stands for them in a pattern."""
_WIDE: Final = re.compile(r"(?<=: ) +")
"""Spaces behind the first after a colon, as forms have them: "Reps:     12"."""
FILLER: Final = "\0"
"""What stands for the indent of a line that goes on, so that places in the source stay."""
_FIRST: Final = 0xF0000
_EACH: Final = 0x1000
_BASE: Final = {kind: _FIRST + n * _EACH for n, kind in enumerate(KINDS.values())}
ITEMS: Final = f"{chr(_FIRST)}-{chr(_FIRST + len(KINDS) * _EACH - 1)}"
"""All items, for use inside the brackets of a pattern."""


def letters(kind: str) -> str:
    """The brackets that match an item of that kind."""
    return f"[{chr(_BASE[kind])}-{chr(_BASE[kind] + _EACH - 1)}]"


@dataclass(frozen=True, slots=True)
class Item:
    """What was read of some words: a number, a time, how often."""

    kind: str
    low: float = 0
    high: float = 0
    doubt: str = ""
    """Why somebody must look at it; a word of a fixed list (`doubts.py`)."""
    per: str = ""
    """`day`, `week` or `hour`, of a frequency."""
    unit: str = ""
    """The unit of a time as `s`, `min`, `h`; of a frequency `every` for "every two days"."""
    values: tuple[float, ...] = ()
    text: str = ""
    """The digits of a tempo."""

    @property
    def value(self) -> float | list[float]:
        """The number, or the range `[low, high]`."""
        return self.low if self.low == self.high else [self.low, self.high]


class Tagged:
    """A sentence with items; `text` is what patterns see, `items` what its letters stand for."""

    def __init__(self, text: str, start: int) -> None:
        """`start` is where `text` stands in the source; its `FILLER`s are left out."""
        text = _WIDE.sub(lambda match: FILLER * len(match[0]), text)
        kept = [n for n, letter in enumerate(text) if letter != FILLER]
        self.text = text.replace(FILLER, "")
        self.items: dict[str, Item] = {}
        self._start = start
        self._begins = kept
        self._ends = [n + 1 for n in kept]

    def moved(self, start: int) -> Tagged:
        """The same sentence where it stands elsewhere in the source."""
        other = copy(self)
        other._start = start
        return other

    def source(self, begin: int, end: int) -> tuple[int, int]:
        """The place in the source of a part of `text`, which is not empty."""
        return self._start + self._begins[begin], self._start + self._ends[end - 1]

    def replace(
        self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], Item | None]
    ) -> None:
        """Put an item in place of each match for which `make` gives one."""
        if not pattern.search(self.text):  # as nearly always
            return
        parts: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            begin, end = match.span()
            item = make(match) if begin < end and len(self.items) < _EACH else None
            if item is None:
                continue
            letter = chr(_BASE[item.kind] + len(self.items))
            self.items[letter] = item
            parts += self.text[done:begin], letter
            begins += [*self._begins[done:begin], self._begins[begin]]
            ends += [*self._ends[done:begin], self._ends[end - 1]]
            done = end
        if done:
            self.text = "".join(parts) + self.text[done:]
            self._begins = begins + self._begins[done:]
            self._ends = ends + self._ends[done:]

    def present(self) -> list[Item]:
        """The items that still stand in `text`, in order."""
        return [self.items[char] for char in self.text if char in self.items]
