"""Texts as the service takes them: clean, and in parts of at most 100 characters.

gTTS itself cuts a longer text at every comma, colon and full stop, one request each (345 characters
made 10). Here it is cut only where necessary: inside a clause as rarely as possible, then into as
few parts as possible, then at the ends of sentences rather than clauses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from audiocoach.voice.text import speakable, unspeakable

MOST_CHARACTERS = 10_000
"""No text of this length fits ten minutes; it is refused before anything is sent."""
LONGEST_PART = 100
"""The most that the service accepts at a time (`gTTS.GOOGLE_TTS_MAX_CHARS`)."""
SENTENCE_ENDS = ".!?…。！？؟।"
CLAUSE_ENDS = ",;:،؛、，；：—–"
WIDE_ENDS = "。！？、，；："
"""After these a text may be cut without a space."""
CLOSERS = "\"'”’»)]}」』"
"""They stand between the end of a sentence and the space after it."""
CONTEXT = 16
"""How many characters before a cut are looked at to see what ends there."""


class Piece(NamedTuple):
    """What one request asks for, and the pause after it, in ms."""

    text: str
    pause: int


class _Cut(NamedTuple):
    """What it costs to end a part here, and the pause after it, in ms."""

    cost: int
    pause: int


# Every cut makes a part. One inside a word costs more than any number inside clauses, one
# inside a clause more than any number of parts, a part more than any number of mere clauses.
_AT_SENTENCE = _Cut(10**5, 450)
_AT_CLAUSE = _Cut(10**5 + 1, 200)
_AT_WORD = _Cut(10**5 + 10**10, 40)
_IN_WORD = _Cut(10**5 + 10**15, 0)


def pieces(text: str, longest: int = LONGEST_PART) -> list[Piece]:
    """The parts in which a text is requested. Raises VoiceError if it says nothing or is far too
    long."""
    said = _split(speakable(text, MOST_CHARACTERS), longest)
    heard = [part for part in said if any(map(str.isalnum, part.text))]
    if not heard:
        raise unspeakable(text, "has nothing to say")
    return heard


def _split(text: str, longest: int) -> list[Piece]:
    """The cheapest way to cut a clean text, found from its start to its end."""
    best: dict[int, tuple[int, list[Piece]]] = {0: (0, [])}
    for end, cut in _cuts(text, longest):
        near = takewhile(lambda start: len(text[start:end].strip()) <= longest, reversed(best))  # noqa: B023 - used at once
        cost, start = min((best[start][0], start) for start in near)
        piece = Piece(text[start:end].strip(), cut.pause)
        best[end] = (cost + cut.cost, [*best[start][1], piece])
    return best[len(text)][1]


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
