"""An exercise as it is read: its clauses, what was found in them, and figures made of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.sentences import Clause, Finding
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import Item

_FEW_BEFORE: Final = 8
"""Letters before a time that begins its sentence."""
TIMED: Final = ("duration", "counts")
"""The kinds of items that are times."""
Found = list[tuple[Finding, Clause]]


def number(item: Item) -> Any:
    """The value of an item, whole where it can be: a number, a range, one for each set."""
    if item.values:
        return {"per_set": [_whole(value) for value in item.values]}
    if item.low == item.high:
        return _whole(item.low)
    return [_whole(item.low), _whole(item.high)]


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def figure(found: Finding, more: float = 0, derived: str = "") -> Figure:
    """The figure of a finding, `more` added to it."""
    value = number(found.item)
    if more and not isinstance(value, dict):
        value = [each + more for each in value] if isinstance(value, list) else value + more
    return Figure(value, (found.span,), found.item.doubt, derived)


def moves(grammar: Grammar, words: str) -> bool:
    """Whether some words tell of a movement that goes on, and of no position that is held."""
    if grammar.pattern("macros_of", "moves").search(words):
        return True
    unmoved = grammar.pattern("words", "unmoved")
    return any(
        not unmoved.search(re.split(r"[,.;:]", words[: match.start()])[-1])
        for match in grammar.pattern("macros_of", "moving").finditer(words)
    )


def _counts(found: Finding) -> bool:
    return found.field in ("reps", "sets", "repeat")


class Reading:
    """One exercise as it is read: its clauses, and what was found in them."""

    def __init__(
        self, exercise: DraftExercise, clauses: Sequence[Clause], grammar: Grammar
    ) -> None:
        self.exercise = exercise
        self.clauses = clauses
        self.grammar = grammar
        self.found: Found = []
        for clause in clauses:
            if clause.has("words", "last_only"):
                self._last_only(clause)
            else:
                self.found += [(each, clause) for each in clause.findings]

    def _last_only(self, clause: Clause) -> None:
        """What holds for the last rep alone has no field: a question."""
        match = clause.search(self.grammar.pattern("words", "last_only"))
        begin = clause.spot(match)[0] if match else clause.span[0]
        before = [each for each in clause.findings if each.span[1] <= begin and _counts(each)]
        self.found += [(each, clause) for each in before]
        for each in clause.findings:
            if each in before:
                continue
            name = "hold_breaths" if each.item.kind == "breaths" else f"{each.field}_s"
            if name in ("hold_breaths", "hold_s", "rest_s"):
                self.exercise.doubts[name] = "last only"

    def of(self, *names: str) -> Found:
        return [each for each in self.found if each[0].field in names]

    def one(self, *names: str) -> tuple[Finding, Clause] | None:
        return next(iter(self.of(*names)), None)

    def is_named_moving(self) -> bool:
        """Whether its name is a word for moving about: "walk", "rope jumping"."""
        return moves(self.grammar, self.exercise.name)


def is_moving(reading: Reading, clause: Clause, each: Finding) -> bool:
    """Whether what is done for a time is a movement, told beside it or in the sentence before."""
    words = clause.tagged.text[max(0, each.at - 110) : each.at + 40]
    if moves(reading.grammar, words):
        return True
    before = next((a for a, b in pairwise(reading.clauses) if b is clause), None)
    if each.at > _FEW_BEFORE or before is None:  # "Pedal in the air. One minute."
        return False
    held = any(each.field == "hold" for each in (*clause.findings, *before.findings))
    still = reading.grammar.pattern("phases", "hold")
    held = held or any(still.search(told.tagged.text) for told in (before, clause))
    return not held and not before.tagged.items and moves(reading.grammar, before.tagged.text)


def by_time(reading: Reading) -> bool:
    """Whether it is done for a time, so that "three times" counts sets."""
    if reading.of("work"):
        return True
    return any(is_moving(reading, clause, each) for each, clause in reading.of("for"))


def clause_words(reading: Reading, each: Finding) -> str:
    """The words of a finding in the text."""
    return next(
        clause.raw[each.span[0] - clause.span[0] : each.span[1] - clause.span[0]]
        for clause in reading.clauses
        if clause.span[0] <= each.span[0] < clause.span[1]
    )
