"""What a note says of how exercises are done: all of them, or some by their place or name.

"The first two exercises are for both legs; the rest are for your new knee only." What stands before
the exercises and does not say that it holds for each of them is a question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.aimed import MOST_KNOWN, named, ranked
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.groups import is_numbered, place_of
from audiocoach.routine.draft.manner import find_sides, side_of_all
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.things import equip_session

_ONE: Final = ("affected", "right", "left")
"""The sides of which there is one."""


_ORDERED: Final = ("right-then-left", "left-then-right", "alternating")


def take_some(book: Book, clause: Clause) -> bool:
    """Take sides and positions that a sentence gives to some exercises; gives whether it did.

    A sentence that holds a number too is left for others to read.
    """
    if clause.has("scope", "ignored") or clause.has("scope", "refused"):
        return False
    if len(book.draft.exercises) > MOST_KNOWN:
        return False
    told: list[DraftExercise] = []
    given = False
    for part in _parts(book, clause):
        targets = _targets(book, part, told)
        by_name = [] if targets or part.has("words", "for_all") else named(book, part.raw)
        told += targets
        targets = targets or by_name
        made = _manner(part) if 0 < len(targets) < len(book.draft.exercises) else {}
        sides = made.get("sides")
        if sides and not (sides.value in _ONE and part.has("words", "only_side")):
            del made["sides"]
        if by_name:  # "with the shoulders loose" names no exercise
            made.pop("position", None)
        given = given or bool(made)
        for exercise in targets:
            for name, figure in made.items():
                exercise.put(name, figure)
    equip_session(book, clause)
    return given and not (clause.findings or clause.tagged.present())


def take_opening(book: Book) -> None:
    """Take the position, and the one side, that is told before the exercises begin."""
    places = [place_of(book, n) for n in range(len(book.draft.exercises))]
    first = min(places, default=0)
    own = {clause.span for clauses in book.own.values() for clause in clauses}
    for clause in book.clauses:
        if clause.span[0] >= first or clause.span in own:
            continue
        for part in _parts(book, clause):
            ignored = any(part.has("scope", name) for name in ("ignored", "refused", "mistake"))
            some = part.has("scope", "numbered") or part.has("words", "others")
            if ignored or some or not part.has("words", "instructs"):
                continue
            for name, made in _manner(part).items():
                known = book.defaults.get(name)
                if name == "sides" and part.has("sides", "on_condition"):
                    continue
                only = name == "position" or part.has("words", "only_side")
                if known is None and only and made.value not in _ORDERED:
                    book.defaults[name] = replace(made, doubt=made.doubt or "all")


def _parts(book: Book, clause: Clause) -> list[Clause]:
    """What stands between the semicolons of a sentence."""
    parts = re.finditer(r"[^;]+", clause.raw)
    return [Clause(m[0], clause.span[0] + m.start(), book.grammar) for m in parts]


def _targets(book: Book, part: Clause, told: list[DraftExercise]) -> list[DraftExercise]:
    """The exercises that a part of a sentence is about."""
    known = [each for each in book.draft.exercises if each.phase == "main"]
    match = book.grammar.pattern("words", "some").search(part.raw)
    if match:
        return ranked(book, match)
    if part.has("words", "others"):
        rest = [x for x in known if x not in told and not is_numbered(book, x)]
        return rest if len(rest) < len(known) else []
    return []


def _manner(part: Clause) -> dict[str, Figure]:
    """The position and the sides in a part of a sentence."""
    told = Reading(DraftExercise(""), [part], part.grammar)
    find_position(told)
    find_sides(told)
    made = told.exercise.figures
    side = side_of_all(part, part.grammar, alone=True)
    if side:
        made["sides"] = Figure(side[0], (side[1],), "affected" if side[0] == "affected" else "")
    sides = made.get("sides")
    if sides and sides.doubt in ("both feet", "one side"):
        del made["sides"]
    return made
