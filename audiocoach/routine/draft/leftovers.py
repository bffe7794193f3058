"""What was left out, and what holds a number and made no figure."""

from __future__ import annotations

import re

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.lines import lines_of
from audiocoach.routine.draft.model import Span
from audiocoach.routine.draft.sentences import Clause, sentences


def leave_out(book: Book) -> None:
    """List what was left out, and each sentence with a number that is nowhere yet."""
    draft = book.draft
    places = [span for x in draft.exercises for made in x.figures.values() for span in made.spans]
    places += [span for made in draft.figures.values() for span in made.spans]
    places += [span for g in draft.groups for made in g.figures.values() for span in made.spans]
    used = sorted(places)
    for line in lines_of(book.view):
        for clause in sentences([line], book.grammar):
            if clause.has("scope", "promise"):
                draft.left_out.append(clause.span)
            elif any(not inside(span, used) for span in numbers_of(clause)):
                draft.unread.append(clause.span)


def numbers_of(clause: Clause) -> list[Span]:
    """The places of the numbers of a sentence, noise included."""
    return [
        clause.tagged.source(at, at + 1)
        for at, char in enumerate(clause.tagged.text)
        if char in clause.tagged.items
    ] + [
        (clause.span[0] + match.start(), clause.span[0] + match.end())
        for match in re.finditer(r"\d+", clause.raw)
    ]


def inside(span: Span, places: list[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in places)
