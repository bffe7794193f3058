"""Which encouraging line comes when: varied, never the same twice in a row, repeatable."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from audiocoach.coaching.phrases import Phrases

_DONE: Final = "exercise.done"


class Encouragement:
    """The lines of a language in an order that the seed decides, from the first one again.

    With the seed 0 the order is that of the catalogue.
    """

    def __init__(self, phrases: Phrases, seed: int) -> None:
        self._phrases = phrases
        order = range(len(phrases.variants(_DONE, name="")))
        shuffled = sorted(order, key=lambda index: sha256(f"{seed} {index}".encode()).digest())
        self._order = shuffled if seed else order

    def line(self, index: int, name: str) -> str:
        """The line after exercise number `index` (from 0), which is called `name`."""
        lines = self._phrases.variants(_DONE, name=name)
        return lines[self._order[index % len(lines)]]
