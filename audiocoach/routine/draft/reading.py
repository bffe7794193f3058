"""Reads a text: finds its exercises, and the figures of each, with their exact words.

A text is divided by its layout; each part is read by the reader of its kind: tables, several
exercises in one line, an exercise with its sentences. What stands outside is said of the session
or of all, and what belongs together is grouped at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from audiocoach.routine.draft.blocks import lay_out
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.groups import (
    apply_defaults,
    make_groups,
    make_supersets,
    share_all_minutes,
)
from audiocoach.routine.draft.guesses import guess
from audiocoach.routine.draft.leftovers import leave_out
from audiocoach.routine.draft.lines import NAME_WORDS, Line, lines_of
from audiocoach.routine.draft.listing import listings, take_listing
from audiocoach.routine.draft.model import Draft, Span
from audiocoach.routine.draft.naming import tell_apart, title_of
from audiocoach.routine.draft.notes import take_note
from audiocoach.routine.draft.numbered import numbered_in, take_numbered
from audiocoach.routine.draft.opening import take_opening
from audiocoach.routine.draft.pairs import Turns, add_turns, told_apart, turns_in
from audiocoach.routine.draft.parts import Section
from audiocoach.routine.draft.rows import read_table
from audiocoach.routine.draft.schedules import settle_often
from audiocoach.routine.draft.sections import (
    heads,
    is_led,
    is_rest,
    is_walk,
    pop_heading,
    read_loose,
    read_section,
)
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import LANGUAGES, grammar_for
from audiocoach.routine.draft.things import sort_equipment
from audiocoach.routine.draft.trust import mark_doubts

_OF_ALL: Final = frozenset(("work", "rounds", "sets_each", "group_until"))
"""The findings that exercises without a dose of their own have together."""
_MOST_MARKS: Final = 2
"""What may stand between a heading and an exercise: "A."."""


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
    lines = told_apart(book, lines_of(book.view))
    by_number, lists = numbered_in(book, lines), listings(book, lines)
    of_all = any(map(_is_of_all, book.said(lines)))
    circuit = of_all or bool(lists or by_number)
    turned = {line.start: told for line in lines[1:] if (told := _turned(book, line))}
    shared = _shared(book, lines)
    over = [line for each in lists for line in each.over] + [each.line for each in by_number]
    apart = turned.keys() | {each.start for each in [*shared, *over]}
    layout = lay_out([each for each in lines if each.start not in apart], book, circuit=circuit)
    found = [*layout.sections, *_by_turns(book, lines, turned)]
    layout.sections = sorted(found, key=lambda part: part.name)
    book.draft.title = title_of(layout.title, lines)
    outside = ([layout.title] if layout.title else []) + layout.notes + shared
    for rows in layout.tables:
        read_table(book, rows)
    book.dosed_styles = _dosed_styles(book, layout.sections)
    forbidden = False
    context: list[Clause] = []
    for part in layout.sections:
        if part.name[0] in turned and part.heading:
            add_turns(book, part.heading, turned[part.name[0]], part.part)
            continue
        if is_rest(book, part):
            continue
        context = _over(book, layout.notes, part.name[0]) or context
        following = pop_heading(book, part, layout.sections)
        book.context = context
        listed = of_all or bool(by_number) or any(each.holds(part.name[0]) for each in lists)
        forbidden = read_section(book, part, outside, circuit=listed, forbidden=forbidden)
        context = following or context
    outside.sort(key=lambda each: each.start)
    paragraphs = [(under.part, book.sentences(told)) for under, told in _paragraphs(book, outside)]
    lined = {part.style for part in layout.sections} <= {"runin", "lines"}
    plain = not book.draft.exercises or (lined and not layout.tables)
    first_line = layout.title.start if layout.title else -1
    paragraphs = [
        (under, each)
        for under, each in paragraphs
        if (each[:1] and each[0].span[0] == first_line)
        or not (plain or is_led(book, each) or is_walk(book, each))
        or not read_loose(book, each)
    ]
    for under, paragraph in paragraphs:
        take_note(book, paragraph, under)
    take_numbered(book, by_number)
    for each in lists:
        take_listing(book, each)
    take_opening(book)
    guess(book)
    apply_defaults(book)
    make_supersets(book)
    share_all_minutes(book)
    make_groups(book)
    tell_apart(book)
    sort_equipment(book)
    mark_doubts(book)
    settle_often(book)
    leave_out(book)
    return book.draft


def _dosed_styles(book: Book, sections: list[Section]) -> dict[str, Span]:
    """The styles of parts that are exercises, with the places of the first and the last such."""
    found: dict[str, list[int]] = {}
    for section in sections:
        if book.has_dose(section.told):
            found.setdefault(section.style, []).append(section.name[0])
    return {style: (min(at), max(at)) for style, at in found.items() if len(at) > 1}


def _is_of_all(clause: Clause) -> bool:
    """Whether a sentence has the dose of all exercises, or is a heading over it."""
    if clause.has("scope", "ignored"):
        return False
    found = {each.field for each in clause.findings}
    told = bool(found) or len(clause.raw.split()) <= NAME_WORDS
    return bool(found & _OF_ALL) or (told and clause.has("scope", "each_exercise"))


def _over(book: Book, notes: list[Line], place: int) -> list[Clause]:
    """The heading right before an exercise, over this and others: "In bed, on your back"."""
    before = [line for line in notes if line.end < place]
    if not before or not heads(book, before[-1]):
        return []
    between = book.view[before[-1].end : place]
    return book.sentences(before[-1:]) if len(between.split()) < _MOST_MARKS else []


def _paragraphs(book: Book, lines: list[Line]) -> list[tuple[Line, list[Line]]]:
    """Each line alone, but those right below a heading over the dose of all: "The dose:"."""
    found: list[tuple[Line, list[Line]]] = []
    for line in lines:
        head = found[-1][0] if found else line
        last = found[-1][1][-1] if found else line
        apart = line.gap or len(book.view[last.end : line.start].split()) >= _MOST_MARKS
        if head is not line and not apart and _is_for_all(book, head):
            found[-1][1].append(line)
        else:
            found.append((line, [line]))
    return found


def _shared(book: Book, lines: list[Line]) -> list[Line]:
    """The headings over the dose of all exercises, and the lines right below each."""
    found: list[Line] = []
    for n, line in enumerate(lines):
        below = bool(found) and lines[n - 1] is found[-1] and not line.gap
        if (n and _is_for_all(book, line)) or (below and line.kind in ("", "bullet")):
            found.append(line)
    return found


def _is_for_all(book: Book, line: Line) -> bool:
    """Whether a short line is over the dose of all exercises: "Each exercise:"."""
    short = len(line.text.split()) <= NAME_WORDS and not book.has_dose([line])
    return short and any(each.has("scope", "each_exercise") for each in book.said([line]))


def _by_turns(book: Book, lines: list[Line], turned: Mapping[int, Turns]) -> list[Section]:
    """The lines with work by turns, as parts of the text, each under the heading before it."""
    found: list[Section] = []
    under = -1
    for line in lines:
        under = line.start if book.heads_part(line) else under
        if line.start in turned:
            section = Section((line.start, line.end), [line], "turns", heading=line, part=under)
            found.append(section)
    return found


def _turned(book: Book, line: Line) -> Turns | None:
    """What is done by turns in a line, or in it behind a heading: "Part one: run 2 min, ..."."""
    head = book.heads_part(line)
    return turns_in(book, line.after(head) if head else line)
