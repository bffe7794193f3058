"""Which encouraging line comes when: varied, never the same twice in a row, repeatable."""

from __future__ import annotations

import zlib

from audiocoach.coaching.phrases import Phrases


class Encouragement:
    """The lines of a language in an order that the seed decides, from the first one again.

    With the seed 0 the order is that of the catalogue.
    """

    def __init__(self, phrases: Phrases, seed: int) -> None:
        lines = phrases.variants("exercise.done")
        shuffled = sorted(lines, key=lambda line: zlib.crc32(f"{seed} {line}".encode()))
        self._lines = shuffled if seed else lines

    def line(self, index: int, name: str) -> str:
        """The line after exercise number `index` (from 0), which is called `name`."""
        return self._lines[index % len(self._lines)].format(name=name)
