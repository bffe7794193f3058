"""Sets aside what stands in a text and is none of the routine: what it forbids, advertising.

Both are taken out before the text is divided, so that no line of them is a heading, an exercise or
the dose of one; each is listed whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import Span
from audiocoach.routine.draft.sentences import Clause

_LISTED: Final = ("bullet", "letter", "number", "small")
"""The kinds of lines that are items of a list."""
_SIGNS: Final = " ,;:(–—-"
"""What stands between two parts of a sentence."""


@dataclass(slots=True)
class _Heading:
    """A heading over lines that are set aside."""

    kind: str
    listed: list[Span]
    """Where they are listed."""
    last: Line | None = None
    """The last of them so far."""

    def is_over(self, line: Line) -> bool:
        """Whether a line belongs to what stands under it."""
        if self.kind == "hash" or line.kind == "hash":
            return line.kind != "hash"
        if self.last is None:
            return not line.gap or line.kind in _LISTED
        spaced = self.last.gap and line.kind in _LISTED
        return line.kind == self.last.kind and (spaced or not line.gap)


def set_aside(book: Book, lines: list[Line]) -> list[Line]:
    """The lines without what is forbidden or advertised; the draft lists it."""
    kept: list[Line] = []
    over: _Heading | None = None
    gap = False
    for line in lines:
        heading = _heading(book, line)
        if over and not heading and over.is_over(line):
            over.last = line
            over.listed.append((line.start, line.end))
            rest = None
        elif heading:
            over = heading if _is_alone(book, line) else None
            heading.listed.append((line.start, line.end))
            rest = None
        else:
            over = None
            rest = _without(book, line)
        gap = gap or line.gap
        if rest:
            kept.append(replace(rest, gap=gap))
            gap = False
    _blank(book)
    return kept


def _heading(book: Book, line: Line) -> _Heading | None:
    """What a line begins with that says not to do it, or that it is advertising."""
    pattern = book.grammar.pattern
    apart = line.gap or line.kind in (*_LISTED, "hash")
    if pattern("scope", "forbids").match(line.text):
        return _Heading(line.kind, book.draft.forbidden)
    if apart and pattern("scope", "avoids").match(line.text):
        return _Heading(line.kind, book.draft.forbidden)
    if pattern("scope", "advert_label").match(line.text):
        return _Heading(line.kind, book.draft.left_out)
    return None


def _is_alone(book: Book, line: Line) -> bool:
    """Whether nothing but such a heading stands in a line."""
    names = ("forbids", "avoids", "advert_label")
    found = (book.grammar.pattern("scope", name).match(line.text) for name in names)
    return any(match and match.end() == len(line.text) for match in found)


def _without(book: Book, line: Line) -> Line | None:
    """A line without the sentences that are set aside; None if it has no others."""
    clauses = book.said([line])
    adverts = [clause for clause in clauses if _is_advert(book, clause)]
    if adverts and adverts[0] is clauses[0]:
        adverts = clauses  # it goes on: "Get ours now! Use it for 30 seconds."
    banned = [span for each in clauses if each not in adverts for span in _forbidden(book, each)]
    book.draft.left_out += [each.span for each in adverts]
    book.draft.forbidden += banned
    spans = [*banned, *(each.span for each in adverts)]
    return _cut(line, spans) if spans else line


def _is_advert(book: Book, clause: Clause) -> bool:
    """Whether a sentence sells something; "try our glute bridge" does not."""
    match = clause.search(book.grammar.pattern("scope", "advert"))
    thing = match["thing"] if match else None
    moves = thing is not None and book.grammar.pattern("names", "movement").search(thing)
    return match is not None and not moves


def _forbidden(book: Book, clause: Clause) -> Iterator[Span]:
    """What a sentence says not to do as yet: itself, or what of it stands beside something else.

    "Leg press 3 x 12 - no leg press until your check" forbids all of it; "Bridge 3 x 10; no jumps
    until your check" does not forbid the bridge.
    """
    match = clause.search(book.grammar.pattern("scope", "not_yet"))
    if match is None:
        return
    begin = clause.spot(match)[0]
    before = clause.raw[: begin - clause.span[0]]
    told = next((words for words in match.groupdict().values() if words), "")
    same = _words(told) <= _words(before)
    yield clause.span if same or not before.strip(_SIGNS) else (begin, clause.span[1])


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.casefold()))


def _cut(line: Line, spans: list[Span]) -> Line | None:
    """What is left of a line without some of its words; None if that is nothing."""
    text = line.text
    for begin, end in spans:
        blank = " " * (end - begin)
        text = text[: begin - line.start] + blank + text[end - line.start :]
    text = text.rstrip(_SIGNS)
    lead = len(text) - len(text.lstrip())
    if not any(map(str.isalnum, text)):
        return None
    return replace(line, start=line.start + lead, end=line.start + len(text), text=text[lead:])


def _blank(book: Book) -> None:
    """Blank what was set aside, so that nobody reads it."""
    for begin, end in [*book.draft.forbidden, *book.draft.left_out]:
        blank = re.sub(r"[^\n]", " ", book.view[begin:end])
        book.view = book.view[:begin] + blank + book.view[end:]
