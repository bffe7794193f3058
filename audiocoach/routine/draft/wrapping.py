"""Tells the lines that an author ended from those that only ran out of room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

_NARROWEST: Final = 28
_WIDEST: Final = 120
"""Letters of the longest line of a paragraph whose lines are broken by its width."""
_SLACK: Final = 3
"""Letters of room that must be left behind a word that would have had room."""
_FEWEST: Final = 3
"""Lines of a list."""
_SURE: Final = 2
"""Times as many sentences that go on for want of room as others that go on."""
_ENDED: Final = re.compile(r"[.!?:;|][\"')\]]*$")
_CELLS: Final = re.compile(r"\||\t|\S {3,}\S")


def by_width(raws: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """The lines that begin something of their own, and those that go on, by their places.

    A line goes on if its first word had no room on the line before, in a paragraph in which
    sentences go over the ends of lines, or one as wide. Lines of which most would have had room
    are a list.
    """
    apart: set[int] = set()
    joined: set[int] = set()
    blocks = list(_blocks(raws))
    widths = [_width(raws[begin:end]) for begin, end in blocks]
    flowing = [_is_flowing(raws[a:b], width) for (a, b), width in zip(blocks, widths, strict=True)]
    told = sorted(width for width, flows in zip(widths, flowing, strict=True) if flows)
    usual = told[-1] if len(told) > 1 else 0
    for (begin, end), width, flows in zip(blocks, widths, flowing, strict=True):
        needed = {n: _needed(raws[n - 1], raws[n]) for n in range(begin + 1, end)}
        if flows or (usual and min(needed.values()) > usual):
            joined |= {n for n, letters in needed.items() if letters > width}
        elif _is_list(raws[begin:end], width, needed):
            apart |= {n for n in needed if not raws[n - 1].rstrip().endswith(",")}
    return frozenset(apart), frozenset(joined)


def _width(lines: Sequence[str]) -> int:
    return max(len(raw.rstrip()) for raw in lines)


def _is_list(lines: Sequence[str], width: int, needed: Mapping[int, int]) -> bool:
    """Whether most lines would have had room for more, or each begins anew and holds a number."""
    roomy = sum(letters + _SLACK <= width for letters in needed.values())
    alike = all(any(map(str.isdigit, raw)) and not raw.lstrip()[0].islower() for raw in lines)
    return len(lines) >= _FEWEST and (alike or 2 * roomy >= len(needed))


def _is_flowing(lines: Sequence[str], width: int) -> bool:
    """Whether sentences go over the ends of lines, and there because there was no room."""
    over = [_needed(*both) > width for both in pairwise(lines) if _flows(*both)]
    return _NARROWEST <= width <= _WIDEST and sum(over) > _SURE * (len(over) - sum(over))


def _blocks(raws: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines follow each other without an empty one, and hold no cells."""
    plain = [any(map(str.isalnum, raw)) and not _CELLS.search(raw) for raw in raws]
    begins = [n for n, each in enumerate(plain) if each and not (n and plain[n - 1])]
    for begin in begins:
        end = next((n for n in range(begin, len(raws)) if not plain[n]), len(raws))
        if end - begin > 1:
            yield begin, end


def _needed(before: str, raw: str) -> int:
    """Letters of a line with the first word of the next."""
    return len(before.rstrip()) + 1 + len(raw.split(maxsplit=1)[0])


def _flows(before: str, raw: str) -> bool:
    """Whether a sentence goes over the end of a line."""
    return raw.lstrip()[0].islower() and not is_ended(before)


def is_ended(raw: str) -> bool:
    """Whether a line ends a sentence."""
    return bool(_ENDED.search(raw.rstrip()))
