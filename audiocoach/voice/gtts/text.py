"""Texts as the service takes them: clean, and in parts of at most 100 characters.

gTTS itself cuts a longer text at every comma, colon and full stop, one request
each (345 characters made 10). Here it is cut only where it must be: inside a clause
as seldom as can be, then into as few parts as can be, then at ends of sentences
rather than of clauses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from audiocoach.voice.text import speakable, unspeakable

MOST_CHARACTERS = 10_000
"""No text of this length fits ten minutes; it is refused before anything is sent."""
LONGEST_PART = 100
"""What the service takes at a time (`gTTS.GOOGLE_TTS_MAX_CHARS`)."""
SENTENCE_ENDS = ".!?…。！？؟।"
CLAUSE_ENDS = ",;:،؛、，；：—–"
WIDE_ENDS = "。！？、，；："
"""After these a text may be cut without a space."""
CLOSERS = "\"'”’»)]}」』"
"""They stand between the end of a sentence and the space after it."""
CONTEXT = 16
"""How many characters before a cut are looked at to see what ends there."""

Cost = tuple[int, int, int, int]
"""Cuts inside words, cuts inside clauses, parts, cuts at the ends of mere clauses."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one request asks for, and the pause after it, in ms."""

    text: str
    pause: int


@dataclass(frozen=True, slots=True)
class _Cut:
    cost: Cost
    pause: int


_AT_SENTENCE = _Cut((0, 0, 1, 0), 450)
_AT_CLAUSE = _Cut((0, 0, 1, 1), 200)
_AT_WORD = _Cut((0, 1, 1, 0), 40)
_IN_WORD = _Cut((1, 0, 1, 0), 0)


def pieces(text: str, longest: int = LONGEST_PART) -> list[Piece]:
    """The parts a text is asked for in. Raises VoiceError if it says nothing or never ends."""
    said = _split(speakable(text, MOST_CHARACTERS), longest)
    heard = [part for part in said if _says_something(part.text)]
    if not heard:
        raise unspeakable(text, "has nothing to say")
    return heard


def _says_something(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _split(text: str, longest: int) -> list[Piece]:
    """The cheapest way to cut a clean text, found from its start to its end."""
    cuts = dict(_cuts(text, longest))
    best: dict[int, tuple[Cost, int]] = {0: ((0, 0, 0, 0), 0)}
    for end, cut in cuts.items():
        near = takewhile(lambda start: len(text[start:end].strip()) <= longest, reversed(best))  # noqa: B023 - used at once
        best[end] = min((_sum(best[start][0], cut.cost), start) for start in near)
    return list(reversed(list(_walk_back(text, best, cuts))))


def _walk_back(
    text: str, best: dict[int, tuple[Cost, int]], cuts: dict[int, _Cut]
) -> Iterator[Piece]:
    end = len(text)
    while end > 0:
        start = best[end][1]
        yield Piece(text[start:end].strip(), cuts[end].pause)
        end = start


def _cuts(text: str, longest: int) -> Iterator[tuple[int, _Cut]]:
    """Every place where the text may be cut, its end being one."""
    last = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place - 1] == " " or text[place - 1] in WIDE_ENDS:
            yield from _in_word_cuts(text, last, place, longest)
            yield place, _cut_after(text[max(0, place - CONTEXT) : place])
            last = place


def _in_word_cuts(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, _Cut]]:
    """Inside what has no other place to cut and is too long, but not before an accent."""
    while len(text[start:end].rstrip()) > longest:
        cut = start + longest
        while cut > start + 1 and unicodedata.combining(text[cut]):
            cut -= 1
        yield cut, _IN_WORD
        start = cut


def _cut_after(before: str) -> _Cut:
    """What sort of place the end of `before` is."""
    last = before.rstrip().rstrip(CLOSERS)[-1:]
    if last and last in SENTENCE_ENDS:
        return _AT_SENTENCE
    return _AT_CLAUSE if last and last in CLAUSE_ENDS else _AT_WORD


def _sum(first: Cost, second: Cost) -> Cost:
    a, b, c, d = (x + y for x, y in zip(first, second, strict=True))
    return a, b, c, d
