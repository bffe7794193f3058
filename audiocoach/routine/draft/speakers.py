"""Tells who speaks in a dialogue, "Q: ...", "Coach: ...", from a label such as "Dose:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

_LED: Final = re.compile(r"\s*(?P<who>[^\W\d_][^\n:;.!?\d|]{0,24}?)\s?:\s+(?=\S)")
_FEWEST: Final = 2
"""Times that each speaks, and how many do."""
_MOST: Final = 5
"""Who speaks in a dialogue at most."""
_SHARE: Final = 0.6
"""Share of the lines that somebody is named for."""


def spoken(raws: Sequence[str]) -> Mapping[int, int]:
    """How many letters of which lines only tell who speaks; none if the text is no dialogue.

    In a dialogue most lines are somebody's, each speaks more than once, and somebody asks.
    """
    led = {n: match for n, raw in enumerate(raws) if (match := _LED.match(raw))}
    counts = Counter(match["who"].casefold() for match in led.values())
    said = {n: match for n, match in led.items() if counts[match["who"].casefold()] >= _FEWEST}
    speakers = {match["who"].casefold() for match in said.values()}
    full = sum(any(map(str.isalnum, raw)) for raw in raws)
    asked = any(raws[n].rstrip().endswith("?") for n in said)
    many = _FEWEST <= len(speakers) <= _MOST and len(said) >= _SHARE * full
    return {n: match.end() for n, match in said.items()} if asked and many else {}
