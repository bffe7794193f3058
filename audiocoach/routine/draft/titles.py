"""The title of a text: of the sheet, and not of whoever hands it out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.lines import Line

_HEAD: Final = 6
"""Lines in which a letterhead and a title stand."""
_LONGEST: Final = 80
"""Letters of a title."""
_SENTENCE: Final = 100
"""Letters of a first line that is no title, but a sentence."""
_REPLY: Final = re.compile(r"^(?:re|fwd?|aw|wg|tr|rv)\s?:\s*", re.IGNORECASE)
_ENDS: Final = re.compile(r"\s{3,}|\||\(|(?<=[.!?:])\s")
"""What ends a title in its line."""


def without_letterhead(book: Book, lines: list[Line]) -> list[Line]:
    """The lines without those of a letterhead; its first stays where no title is below it."""
    head = {id(line) for line in lines[:_HEAD] if is_letterhead(book, line)}
    rest = [line for line in lines if id(line) not in head]
    handed = bool(lines) and id(lines[0]) in head
    return [lines[0], *rest] if handed and not (rest and _is_title(book, rest[0])) else rest


def _is_title(book: Book, line: Line) -> bool:
    """Whether a line tells what a sheet is about: "Home advice: upper back"."""
    told = book.grammar.pattern("scope", "sheet").search(line.text)
    short = len(line.text) <= _LONGEST and line.kind in ("", "hash")
    return told is not None and short and not book.has_own_dose(line)


def is_letterhead(book: Book, line: Line) -> bool:
    """Whether a line names a clinic, a street, a person or a telephone number, and no sheet."""
    pattern = book.grammar.pattern
    begin = book.view.rfind("\n", 0, line.start) + 1  # "C/ Mayor" seems to be marked by a letter
    if pattern("scope", "address").search(book.view[begin : line.end]):
        return True
    told = pattern("scope", "sheet").search(line.text) or book.has_own_dose(line)
    return not told and pattern("scope", "letterhead").search(line.text) is not None


def title_of(book: Book, line: Line | None, lines: Iterable[Line]) -> str:
    """The first line, or the first short one after it where that is none.

    "" if no line before the exercises is one.
    """
    named = (each.name_span[0] for each in book.draft.exercises if each.name_span)
    until = min(named, default=len(book.view))
    short = [
        each
        for each in list(lines)[:_HEAD]
        if len(each.text) <= _LONGEST
        and not each.kind
        and each.start < until
        and not is_letterhead(book, each)
    ]
    handed = line is not None and is_letterhead(book, line)
    if line is None or len(line.text) > _SENTENCE or handed:
        line = short[0] if short else None if handed else line
    if line is None:
        return ""
    text = _ENDS.split(_REPLY.sub("", line.text))[0].strip(" .:-–—#")
    return " ".join(text.split())[:_LONGEST].strip()
