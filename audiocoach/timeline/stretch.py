"""How much each pause stretches: glue, and the tension that sets it.

A script is turned into numbers: what is fixed, and variables that may move between a minimum and a
maximum. One number, the tension, then moves them all. Each class of glue starts to stretch at its
own tension, and all reach their limits together: so there is an order, but no pause takes
everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from audiocoach.errors import FitError
from audiocoach.routine.times import Source
from audiocoach.timeline.placing import NO_LEADS, Milliseconds, at_an_end, needed
from audiocoach.timeline.script import (
    FRAME_MS,
    Cue,
    Gap,
    Glue,
    Interval,
    Script,
    Span,
)

_FULL: Final = 1 << 20
"""Tension is a whole number: 0 is natural, this the longest, minus this the shortest."""

# At which percent of the tension each class of glue starts to give, when the
# session has to grow and when it has to shrink (docs/architecture.md, "The fit").
# Shrinking cuts the time people need to get down and up last.
_GIVES_FROM: Final = {
    Glue.MOVE: (0, 60),
    Glue.RANGE: (15, 45),
    Glue.BETWEEN: (30, 15),
    Glue.TEMPO: (45, 30),
    Glue.END: (60, 0),
}
# Shared times move in steps large enough that a set keeps one rhythm: three
# frames of an MP3 (72 ms), so that equal reps fall equally on the frame grid.
_TEMPO_STEP: Final = 3 * FRAME_MS
# The length of a prescribed range is spoken, so it is a whole number of seconds.
_RANGE_STEP: Final = 1000


@dataclass(slots=True)
class Variable:
    """One unknown of the fit: a gap, or all the intervals that share a length."""

    span: Span
    glue: Glue
    step: int
    members: int = 1

    def value(self, tension: int) -> int:
        """Its length (ms) at a tension: natural at 0, its limits at `_FULL` and `-_FULL`."""
        growing = tension >= 0
        to_grow, to_shrink = _GIVES_FROM[self.glue]
        start = (to_grow if growing else to_shrink) * _FULL // 100
        share = max(0, abs(tension) - start)
        limit = self.span.maximum if growing else self.span.minimum
        moved = abs(limit - self.span.natural) * share // (_FULL - start)
        return self._on_step(self.span.natural + (moved if growing else -moved))

    def join(self, span: Span) -> None:
        """Add another interval of the same length; the tightest one decides the minimum."""
        self.members += 1
        self.span = _with_room(self.span, span.minimum, span.natural)

    @property
    def fine(self) -> bool:
        """Whether it can take any whole millisecond, and so make up for what steps leave over."""
        return self.step == 1 and self.members == 1

    def _on_step(self, value: int) -> int:
        if self.step == 1 or value in (self.span.minimum, self.span.maximum):
            return value
        nearest = (value + self.step // 2) // self.step * self.step
        return min(max(nearest, self.span.minimum), self.span.maximum)


@dataclass(slots=True)
class Problem:
    """The script as numbers: what is fixed, and what can give."""

    fixed: int = 0
    variables: list[Variable] = field(default_factory=list)
    rigid: dict[int, int] = field(default_factory=dict)
    """Item index to length (ms), for everything that can't stretch."""
    of_item: dict[int, int] = field(default_factory=dict)
    """Item index to variable index."""
    of_share: dict[str | int, int] = field(default_factory=dict)
    """The name of a shared length, or the index of an item with its own, to variable index."""

    @property
    def shortest(self) -> int:
        """The length (ms) with every variable at its minimum."""
        return self.total([variable.span.minimum for variable in self.variables])

    @property
    def longest(self) -> int:
        """The length (ms) with every variable at its maximum."""
        return self.total([variable.span.maximum for variable in self.variables])

    def total(self, values: Sequence[int]) -> int:
        """The length (ms) of the session when the variables have these values."""
        return self.fixed + sum(
            value * variable.members for value, variable in zip(values, self.variables, strict=True)
        )

    def at(self, tension: int) -> list[int]:
        """The value of every variable at a tension."""
        return [variable.value(tension) for variable in self.variables]

    def fine_at(self, values: Sequence[int], tension: int) -> list[int]:
        """The values with those that take any millisecond moved to another tension."""
        return [
            variable.value(tension) if variable.fine else value
            for value, variable in zip(values, self.variables, strict=True)
        ]

    def lengths(self, values: Sequence[int]) -> dict[int, int]:
        """The length (ms) of every item but the markers, by index."""
        return self.rigid | {item: values[index] for item, index in self.of_item.items()}

    def fix(self, item: int, length: int) -> None:
        """Add an item that always lasts `length` ms."""
        self.rigid[item] = length
        self.fixed += length

    def vary(self, item: int, variable: Variable, share: str = "") -> None:
        """Add an item that can stretch; all with the same `share` are one variable."""
        index = self.of_share.setdefault(share or item, len(self.variables))
        self.of_item[item] = index
        if index < len(self.variables):
            self.variables[index].join(variable.span)
        else:
            self.variables.append(variable)


# -- posing: the script as numbers ---------------------------------------------


def pose(script: Script, lengths: Milliseconds, leads: Milliseconds = NO_LEADS) -> Problem:
    """The script as numbers; `lengths` are those of the clips, in ms."""
    problem = Problem()
    for index, item in enumerate(script.items):
        match item:
            case Cue():
                lead = leads.get(item.sound, 0) if at_an_end(script.items, index) else 0
                problem.fix(index, lead + lengths[item.sound])
            case Gap() | Interval() if item.span.rigid:
                problem.fix(index, item.span.natural)
            case Gap():
                problem.vary(index, Variable(item.span, item.glue, step=1))
            case Interval(source=Source.RANGE):
                problem.vary(index, Variable(item.span, item.glue, _RANGE_STEP))
            case Interval():
                least, whole = (
                    -(-needed(item, lengths, leads, shortest=shortest) // FRAME_MS) * FRAME_MS
                    for shortest in (True, False)
                )
                span = _with_room(item.span, least, whole)
                problem.vary(index, Variable(span, item.glue, _TEMPO_STEP), item.share)
    return problem


def _with_room(span: Span, least: int, whole: int) -> Span:
    """The span with a minimum of at least `least`, so that its words fit, inside its maximum.

    By nature it has room for the `whole` of them, not only for their shortest forms.
    """
    minimum = min(max(span.minimum, least), span.maximum)
    natural = min(max(span.natural, whole), span.maximum)
    return Span(minimum, max(minimum, natural), span.maximum)


# -- solving: how much each gives ------------------------------------------------


def solve(problem: Problem, target: int) -> list[int]:
    """The length of every variable, so that the total is the target to the millisecond.

    First everything is set to the tension that comes nearest to the target; then the remainder left
    by the large steps of tempo and rests is made up by the pauses that can take any millisecond,
    again all at one tension.
    """
    for tempo_step in (_TEMPO_STEP, 1):
        for variable in problem.variables:
            if variable.glue is Glue.TEMPO:
                variable.step = tempo_step
        for values in _candidates(problem, target):
            if (exact := _made_up(problem, values, target)) is not None:
                return exact
    raise FitError(target, problem.shortest, problem.total(problem.at(0)), problem.longest)


def _candidates(problem: Problem, target: int) -> tuple[list[int], ...]:
    """Values just below the target, just above it, and in between one variable at a time."""
    tension = _tightest(lambda tension: problem.total(problem.at(tension)), target)
    below, above = problem.at(tension), problem.at(min(tension + 1, _FULL))
    return below, above, _mixed(problem, below, above, target)


def _made_up(problem: Problem, values: Sequence[int], target: int) -> list[int] | None:
    """The values with the fine ones moved so that the total is the target; None if they can't."""

    def total(tension: int) -> int:
        return problem.total(problem.fine_at(values, tension))

    if not total(-_FULL) <= target <= total(_FULL):
        return None
    tension = _tightest(total, target)
    below = problem.fine_at(values, tension)
    above = problem.fine_at(values, min(tension + 1, _FULL))
    left = target - problem.total(below)
    for index, value in enumerate(above):
        step = min(value - below[index], left)
        below[index] += step
        left -= step
    return below


def _tightest(total: Callable[[int], int], target: int) -> int:
    """The highest tension at which `total`, which never falls as tension rises, is in reach."""
    low, high = -_FULL, _FULL + 1
    while high - low > 1:
        middle = (low + high) // 2
        if total(middle) <= target:
            low = middle
        else:
            high = middle
    return low


def _mixed(problem: Problem, below: Sequence[int], above: Sequence[int], target: int) -> list[int]:
    mixed = list(below)
    total = problem.total(mixed)
    for index, variable in enumerate(problem.variables):
        step = (above[index] - mixed[index]) * variable.members
        if total + step <= target:
            mixed[index] = above[index]
            total += step
    return mixed
