"""Reads a text: finds its exercises, and the figures of each, with their exact words.

A text is divided by its layout; each part is read by the reader of its kind: tables, several
exercises in one line, an exercise with its sentences. What stands outside is said of the session
or of all, and what belongs together is grouped at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest
from typing import Final

from audiocoach.routine.draft.adding import add_twin
from audiocoach.routine.draft.apportion import share_out
from audiocoach.routine.draft.aside import set_aside
from audiocoach.routine.draft.blocks import lay_out
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.groups import (
    apply_defaults,
    make_groups,
    make_supersets,
    share_all_minutes,
)
from audiocoach.routine.draft.guesses import guess, guess_length
from audiocoach.routine.draft.inline import in_items
from audiocoach.routine.draft.leftovers import leave_out
from audiocoach.routine.draft.lines import NAME_WORDS, Line, lines_of
from audiocoach.routine.draft.listing import listings, take_listing
from audiocoach.routine.draft.model import Draft, Span
from audiocoach.routine.draft.naming import tell_apart
from audiocoach.routine.draft.notes import take_later, take_note
from audiocoach.routine.draft.numbered import numbered_in, take_numbered
from audiocoach.routine.draft.opening import take_opening
from audiocoach.routine.draft.order import put_in_order
from audiocoach.routine.draft.pairs import Turns, add_turns, told_apart, turns_in
from audiocoach.routine.draft.parts import Section
from audiocoach.routine.draft.rows import read_tables
from audiocoach.routine.draft.schedules import put_over, settle_often
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
from audiocoach.routine.draft.titles import title_of, without_letterhead
from audiocoach.routine.draft.trust import mark_doubts

_OF_ALL: Final = frozenset(("work", "rounds", "sets_each", "group_until"))
"""The findings that exercises without a dose of their own have together."""
_LISTED: Final = frozenset(("bullet", "number", "letter", "small"))
"""The kinds of lines of which lists are made."""
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
    lines = told_apart(
        book, without_letterhead(book, set_aside(book, in_items(lines_of(book.view))))
    )
    by_number, lists = numbered_in(book, lines), listings(book, lines)
    of_all = any(map(_is_of_all, book.said(lines)))
    circuit = of_all or bool(lists or by_number)
    shared = _shared(book, lines)
    over = [line for each in lists for line in each.over] + [each.line for each in by_number]
    aside = {each.start for each in [*shared, *over]}
    turned = {
        line.start: told
        for over, line in pairwise(lines)
        if line.start not in aside
        and (told := _turned(book, line))
        and not (told.is_with_rest(book) and _is_text_under(book, over, line))
    }
    apart = turned.keys() | aside
    layout = lay_out([each for each in lines if each.start not in apart], book, circuit=circuit)
    layout.sections = sorted(
        [*layout.sections, *_by_turns(book, lines, turned)], key=lambda part: part.name
    )
    outside = ([layout.title] if layout.title else []) + layout.notes + shared
    read_tables(book, layout.tables)
    book.dosed_styles, book.lists = _dosed_styles(book, layout.sections), _lists(lines)
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
        if _is_title(each, first_line)
        or not (plain or is_led(book, each) or is_walk(book, each))
        or not read_loose(book, each)
    ]
    paragraphs = [
        (under, each) for under, each in paragraphs if not (each and add_twin(book, each))
    ]
    for under, paragraph in paragraphs:
        take_note(book, paragraph, under, title=_is_title(paragraph, first_line))
    take_later(book)
    take_numbered(book, by_number)
    for each in lists:
        take_listing(book, each)
    take_opening(book)
    _settle(book, layout.title, lines)
    return book.draft


def _settle(book: Book, title: Line | None, lines: list[Line]) -> None:
    """Bring together what was read of each exercise, and ask what is not certain."""
    put_in_order(book)
    share_out(book)
    book.draft.title = title_of(book, title, lines)
    guess(book)
    put_over(book, lines)
    apply_defaults(book)
    make_supersets(book)
    share_all_minutes(book)
    make_groups(book)
    tell_apart(book)
    sort_equipment(book)
    mark_doubts(book)
    settle_often(book)
    guess_length(book)
    leave_out(book)


def _is_title(paragraph: list[Clause], first_line: int) -> bool:
    return bool(paragraph) and paragraph[0].span[0] == first_line


def _dosed_styles(book: Book, sections: list[Section]) -> dict[str, Span]:
    """The styles of parts that are exercises: where the first is, and the part behind the last."""
    found: dict[str, list[int]] = {}
    behind: dict[str, int] = {}
    for section, after in zip_longest(sections, sections[1:]):
        if book.has_dose(section.told):
            found.setdefault(section.style, []).append(section.name[0])
            next_one = after is not None and after.style == section.style
            behind[section.style] = (after if next_one else section).name[0]
    return {style: (min(at), behind[style]) for style, at in found.items() if len(at) > 1}


def _lists(lines: list[Line]) -> list[Span]:
    """Where lists begin and end: lines marked alike, of which one follows the other."""
    runs = [
        list(run) for kind, run in groupby(lines, key=lambda each: each.kind) if kind in _LISTED
    ]
    return [(run[0].start, run[-1].end) for run in runs if len(run) > 1]


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
        above = lines[n - 1] if n and not line.gap else None
        below = bool(found) and above is not None and above.start == found[-1].start
        if (n and _is_for_all(book, line)) or (below and line.kind in ("", "bullet")):
            headed = above is not None and (book.heads_part(above) > 0 or book.is_position(above))
            found.append(replace(line, part=above.start) if above and headed else line)
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


def _is_text_under(book: Book, over: Line, line: Line) -> bool:
    """Whether a line is several sentences right below the name of an exercise."""
    named = over.gap and not (line.gap or line.kind) and book.may_be_name(over)
    return named and len(book.said([line])) > 1


def _turned(book: Book, line: Line) -> Turns | None:
    """What is done by turns in a line, or in it behind a heading: "Part one: run 2 min, ..."."""
    head = book.heads_part(line)
    return turns_in(book, line.after(head) if head else line)
