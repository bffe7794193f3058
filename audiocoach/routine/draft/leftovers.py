"""What was left out, and what holds a number and made no figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from audiocoach.routine.draft.book import Book, struck
from audiocoach.routine.draft.inline import marks_in
from audiocoach.routine.draft.lines import MARKER, lines_of, marks_of
from audiocoach.routine.draft.model import Draft, Figure, Span
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tagged import Item

_BLOCK: Final = 500
"""Letters of a text that are looked at together, so that long ones take no longer by the letter."""
_UNREAD: Final = ("noise", "distance")
"""The kinds of items that make no figure."""


def leave_out(book: Book) -> None:
    """List what was left out, and each sentence with a number of which no figure was made.

    A number that only stands inside the words of a figure, such as the kilos in the row of a
    table, is listed too.
    """
    draft = book.draft
    made = [each for x in draft.exercises for each in x.figures.values()]
    made += draft.figures.values()
    made += [each for group in draft.groups for each in group.figures.values()]
    loads = {x.load for x in draft.exercises}
    places: dict[int, list[Figure]] = {}
    for each in made:
        for begin, end in each.spans:
            for block in range(begin // _BLOCK, end // _BLOCK + 1):
                places.setdefault(block, []).append(each)
    marks = marks_of(book.view) | marks_in(lines_of(book.view))
    for line in lines_of(book.view, whole=True):
        for clause in book.said([line]):
            if clause.has("scope", "promise"):
                draft.left_out.append(clause.span)
                continue
            if any(
                not is_read(item, span, places.get(span[0] // _BLOCK, []))
                for item, span in _numbers(clause)
                if span not in loads and marks.isdisjoint(range(*span))
            ):
                refused = clause.has("scope", "refused") and clause.has("words", "refused_it")
                (draft.forbidden if refused else draft.unread).append(clause.span)
    draft.forbidden += struck(draft.text)
    draft.forbidden = sorted(
        each
        for n, each in enumerate(draft.forbidden)
        if not any(_within(each, other) for other in draft.forbidden[:n])
        and not any(_within(each, other) and each != other for other in draft.forbidden[n:])
    )
    draft.left_out.sort()
    listed = draft.forbidden
    draft.unread = [x for x in draft.unread if not any(_within(_told(draft, x), y) for y in listed)]


def _told(draft: Draft, span: Span) -> Span:
    """A place without the mark of a list in front of it."""
    words = draft.words(span)
    mark = MARKER.match(words)
    return (span[0] + mark.end(), span[1]) if mark else span


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _numbers(clause: Clause) -> Iterator[tuple[Item | None, Span]]:
    """The numbers of a sentence: as items, and digits that are in none."""
    found = []
    for at, char in enumerate(clause.tagged.text):
        if char in clause.tagged.items:
            span = clause.tagged.source(at, at + 1)
            found.append(span)
            item = clause.tagged.items[char]
            words = clause.raw[span[0] - clause.span[0] : span[1] - clause.span[0]]
            if item.kind != "number" or item.high > 1 or not words.isalpha():  # no article
                yield item, span
    for match in re.finditer(r"\d+", clause.raw):
        begin, end = clause.span[0] + match.start(), clause.span[0] + match.end()
        if not any(a <= begin and end <= b for a, b in found):
            yield None, (begin, end)


def is_read(item: Item | None, span: Span, made: list[Figure]) -> bool:
    """Whether a number is in the words of a figure, and in its value."""
    around = [each for each in made if any(a <= span[0] and span[1] <= b for a, b in each.spans)]
    if item is None or item.kind in _UNREAD:
        return False
    if item.kind == "tempo" or any(each.derived for each in around):
        return bool(around)
    told = {item.low, item.high, *item.values}
    return any(told <= set(values_of(each.value)) for each in around)


def values_of(value: Any) -> Iterator[float]:
    """All numbers of a value, also of an hour's minutes, and of "2-3 hours"."""
    if isinstance(value, dict):
        for each in value.values():
            yield from values_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from values_of(each)
    elif isinstance(value, str):
        yield from map(float, re.findall(r"\d+(?:\.\d+)?", value))
        yield 1.0
    elif isinstance(value, int | float):
        yield from (float(value), value / 60)
