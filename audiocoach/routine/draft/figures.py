"""An exercise as it is read: its clauses, what was found in them, and figures made of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.sentences import Clause, Finding
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import Item

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
