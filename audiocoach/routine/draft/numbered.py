"""Lines that give exercises their dose by number alone: "Exercises 2 and 3: ten times each"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.lines import KINDS, Line
from audiocoach.routine.draft.model import DraftExercise
from audiocoach.routine.draft.schedules import put_schedule
from audiocoach.routine.draft.sight import DOSES

_MARK: Final = r"(?:\d{1,2}|(?-i:[A-H]))(?!\w|[.,]\d)"
_TO: Final = r"(?:to|through|bis|al?|à|-|–)"
_AND: Final = r"(?:,|,? ?(?:and|und|y|et|&|\+))"
MARKS: Final = rf"{_MARK}(?:\s?(?:{_TO}|{_AND})\s?{_MARK})*"
"""The numbers or letters of exercises: "1, 3 to 5", "A and B"."""
_HEAD: Final = re.compile(
    rf"\W{{0,3}}(?:(?:numbers?|nos?\.|nrn?\.|n[ºo°]s?)\s?|{KINDS}\w{{0,2}}\s+)?"
    rf"(?P<marks>{MARKS})(?:\.\)?|\))?\s?(?::|\s[–—-])\s+",
    re.IGNORECASE,
)
"""The numbers or letters of exercises in front of their dose."""
_LETTERS: Final = rf"(?-i:[A-H])(?!\w)(?:\s?(?:{_TO}|{_AND})\s?(?-i:[A-H])(?!\w))*"
_KIND: Final = r"(?:(?:die|los|las|les|the)\s+)?(?:exercises?|übung(?:en)?|ejercicios?|exercices?)"
_TOLD: Final = re.compile(
    r"(?:do|perform|repeat|practi[sc]e|(?:mach|üb|wiederhol)\w*(?: sie)?|haga|haz|realice|repita"
    rf"|faites|effectuez|répétez)\s+(?:{_KIND}\s+(?P<marks>{MARKS})|(?P<letters>{_LETTERS}))\s+",
    re.IGNORECASE,
)
"""A sentence that tells the dose of some exercises: "Do exercises C and D twice a day"."""
_RANGE: Final = re.compile(rf"\b({_MARK})\s?(?:{_TO}(?<=\w)(?!\w)|[-–])\s?({_MARK})", re.IGNORECASE)
_FEWEST: Final = 2
"""Exercises that must have such marks."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with a dose, and the marks of the exercises that it is for."""

    line: Line
    dose: Line
    marks: frozenset[str]


def numbered_in(book: Book, lines: Sequence[Line]) -> list[Numbered]:
    """The lines of a text that hold a dose and no name, behind marks that others have."""
    found = [each for line in lines for each in _told(book, line) or _headed(book, line)]
    mine = {id(each.line) for each in found}
    known = {
        line.mark.casefold()
        for line in lines
        if line.kind in ("number", "letter") and id(line) not in mine
    }
    kept = [each for each in found if each.marks <= known]
    return kept if len(known) >= _FEWEST else []


def _told(book: Book, line: Line) -> list[Numbered]:
    """The sentences of a line that holds nothing else than the doses of some exercises."""
    found = []
    dosed = False
    for clause in book.said([line]):
        match = _TOLD.match(clause.raw)
        if match is None or clause.has("scope", "refused"):
            return []
        dosed = dosed or any(each.field in DOSES for each in clause.findings)
        text = clause.raw[match.end() :]
        dose = Line(clause.span[1] - len(text), clause.span[1], text, gap=False)
        marks = frozenset(marks_in(match["marks"] or match["letters"]))
        found.append(Numbered(line, dose, marks))
    return found if dosed else []


def _headed(book: Book, line: Line) -> list[Numbered]:
    """The dose of a line that the numbers of some exercises lead."""
    begin = book.view.rfind("\n", 0, line.start) + 1
    begin = begin if line.kind in ("number", "letter", "bullet") else line.start
    whole = book.view[begin : line.end]
    head = _HEAD.match(whole)
    if head is None:
        return []
    text = whole[head.end() :]
    dose = Line(line.end - len(text), line.end, text, gap=False)
    first = book.clause(dose).tagged
    leads = first.text[:1] in first.items or book.goes_on(dose)
    if not (text and leads and book.has_own_dose(dose)) or book.names_itself(dose):
        return []
    return [Numbered(line, dose, frozenset(marks_in(head["marks"])))]


def marks_in(words: str) -> Iterator[str]:
    """The marks that some words tell: "1, 3 to 5"."""
    for match in _RANGE.finditer(words):
        first, last = (each.casefold() for each in match.groups())
        if first.isdigit() and last.isdigit():
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield from map(chr, range(ord(first[0]), ord(last[0]) + 1))
    yield from (
        mark.casefold() for mark in re.findall(r"\d{1,2}|\b[A-Ha-h]\b", _RANGE.sub(" ", words))
    )


def take_numbered(book: Book, lines: Sequence[Numbered]) -> None:
    """Give the exercises with some marks the dose of the line that is for them."""
    for told in lines:
        clauses = book.sentences([told.dose])
        for exercise in book.draft.exercises:
            if exercise.label.casefold() in told.marks:
                own = DraftExercise("")
                read_exercise(Reading(own, clauses, book.grammar))
                put_schedule(book, own, clauses)
                for name, made in own.figures.items():
                    exercise.put(name, made)
