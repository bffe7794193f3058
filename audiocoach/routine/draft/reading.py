"""Reads a text: finds its exercises, and the figures of each, with their exact words.

A text is divided by its layout; each part is read by the reader of its kind: tables, several
exercises in one line, an exercise with its sentences. What stands outside is said of the session
or of all, and what belongs together is grouped at the end.
"""

from __future__ import annotations

import re
from collections import Counter

from audiocoach.routine.draft.blocks import lay_out
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.groups import (
    apply_defaults,
    make_groups,
    make_supersets,
    share_all_minutes,
)
from audiocoach.routine.draft.leftovers import leave_out
from audiocoach.routine.draft.lines import lines_of
from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.naming import title_of
from audiocoach.routine.draft.notes import take_note
from audiocoach.routine.draft.rows import read_table
from audiocoach.routine.draft.sections import pop_heading, read_loose, read_section
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import LANGUAGES, grammar_for
from audiocoach.routine.draft.things import sort_equipment


def language_of(text: str) -> str | None:
    """The language of a text, by its commonest words; None if none of ours leads clearly."""
    words = Counter(re.findall(r"[^\W\d_]+", text[:20_000].casefold()))
    scores = {
        language: sum(words[word] for word in grammar_for(language).words("language"))
        for language in LANGUAGES
    }
    best, second = sorted([*scores.values(), 0], reverse=True)[:2]
    if best < 1 or best < 1.3 * second:
        return None
    return max(scores, key=lambda language: scores[language])


def read(text: str, language: str) -> Draft:
    """Read a text in that language, one of `LANGUAGES`."""
    book = Book(text, grammar_for(language))
    lines = lines_of(book.view)
    circuit = any(
        finding.field in ("work", "rounds", "group_until") or clause.has("scope", "each_exercise")
        for clause in book.said(lines)
        if not clause.has("scope", "ignored")
        for finding in clause.findings
    )
    layout = lay_out(lines, book, circuit=circuit)
    book.draft.title = title_of(layout.title, lines)
    outside = ([layout.title] if layout.title else []) + layout.notes
    for rows in layout.tables:
        read_table(book, rows)
    forbidden = False
    context: list[Clause] = []
    for part in layout.sections:
        book.context = context
        context = pop_heading(book, part, layout.sections) or context
        forbidden = read_section(book, part, outside, circuit=circuit, forbidden=forbidden)
    outside.sort(key=lambda each: each.start)
    paragraphs = [(line.part, book.sentences([line])) for line in outside]
    styles = {part.style for part in layout.sections}
    if not book.draft.exercises or (styles <= {"runin", "lines"} and not layout.tables):
        first_line = layout.title.start if layout.title else -1
        paragraphs = [
            (under, each)
            for under, each in paragraphs
            if (each[:1] and each[0].span[0] == first_line) or not read_loose(book, each)
        ]
    for under, paragraph in paragraphs:
        take_note(book, paragraph, under)
    apply_defaults(book)
    make_supersets(book)
    share_all_minutes(book)
    make_groups(book)
    sort_equipment(book)
    leave_out(book)
    return book.draft
