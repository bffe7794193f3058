"""Writes a draft as a routine file that is accepted.

Where the routine format can't hold something as it was read, or a session can't, it is written more
plainly, and what was lost stands in a comment as a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Final

from audiocoach.errors import RoutineError
from audiocoach.routine.draft.leftovers import values_of
from audiocoach.routine.draft.model import Draft, Figure
from audiocoach.routine.draft.routine_file import Manner, RoutineFile, is_timed
from audiocoach.routine.load import loads

_COUNTS: Final = ("sets", "reps", "rounds")
_MOST_REPS: Final = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A routine file, and how many figures in it are sure, and how many are to be checked."""

    text: str
    exercises: int
    sure: int
    doubtful: int
    manner: Manner = field(default_factory=Manner)
    """How plainly it had to be written."""


def write(draft: Draft, accept: Callable[[str], object] = loads) -> Written:
    """The routine file of a draft that has exercises, as near to it as `accept` lets through.

    `accept` raises RoutineError for a file that it refuses; so does this, if it refuses them all.
    """
    manner = Manner()
    while True:
        writer = RoutineFile(draft, manner)
        text = writer.text()
        try:
            accept(text)
        except RoutineError as error:
            plainer = _plainer(manner, draft, _named(error, draft), text)
            if plainer == manner:
                raise
            manner = plainer
        else:
            return _written(writer, text)


def with_length_asked(draft: Draft, written: Written) -> Written:
    """The same file without its length, which no session of it can have: that is a question."""
    length = replace(draft.figures["duration_s"], doubt="out of reach")
    asked = replace(draft, figures=draft.figures | {"duration_s": length})
    writer = RoutineFile(asked, written.manner)
    return _written(writer, writer.text())


def _written(writer: RoutineFile, text: str) -> Written:
    pen = writer.pen
    return Written(text, len(writer.draft.exercises), pen.sure, pen.doubtful, writer.manner)


def _plainer(manner: Manner, draft: Draft, named: frozenset[int], text: str) -> Manner:
    """What is tried after a refused text, where it was refused for some exercises by name."""
    every = frozenset(range(len(draft.exercises)))
    known = named or frozenset(n for n in every if _is_huge(draft.exercises[n].figures))
    if known - manner.plain:
        return replace(manner, plain=manner.plain | known)
    if any(map(is_timed, draft.groups)) and not manner.by_round:
        return replace(manner, by_round=True)
    if not manner.flat and any(_is_huge(group.figures) for group in draft.groups):
        return replace(manner, flat=True)
    if _is_routine(text):
        return manner
    return replace(manner, plain=every, flat=manner.plain == every)


def _is_huge(figures: Mapping[str, Figure]) -> bool:
    """Whether a dose is more than anybody does, and maybe more than a session can hold."""
    counts = [max(values_of(figures[name].value), default=1) for name in _COUNTS if name in figures]
    return prod(counts) > _MOST_REPS


def _is_routine(text: str) -> bool:
    try:
        loads(text)
    except RoutineError:
        return False
    return True


def _named(error: RoutineError, draft: Draft) -> frozenset[int]:
    """The exercises that an error is about."""
    told = "\n".join(problem.field for problem in error.problems)
    return frozenset(n for n, each in enumerate(draft.exercises) if f"({each.name[:30]}" in told)
