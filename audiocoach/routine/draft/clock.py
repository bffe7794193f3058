"""Rounds by the clock ("as many as possible in 8 minutes"): how long a rep takes, how many fit.

The format fills such a time with whole rounds exactly. The text gives the time and the reps, but
not how long a rep takes: that is chosen so that they meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from audiocoach.routine.model import Exercise, Group, Step
from audiocoach.routine.unfold import clock_ms, rest_between_rounds, unfolded_reps
from audiocoach.routine.values import MOST

USUAL_REP: Final = 3_000
"""How long a rep takes (ms) where nothing speaks for another time."""
OTHER_REP: Final = 4_000
"""Another such time, to see which exercises it makes longer."""
_QUICKEST: Final = 2_000
_SLOWEST: Final = 5_000
_STEP: Final = 100
"""Rep times are so many ms apart, which is easily read."""


def rep_times(usual: Group, other: Group) -> Sequence[int] | None:
    """How long (ms) a rep of each exercise takes for whole rounds to fill the group's time.

    The group is given twice: with reps of `USUAL_REP`, and of `OTHER_REP`. None if whole rounds
    can't fill it.
    """
    whole = clock_ms(usual, 1)
    if whole is None or usual.until is None:
        return None
    steps = zip(usual.exercises, other.exercises, strict=True)
    reps = [_free_reps(one, two) for one, two in steps]
    fixed, rest = whole - sum(reps) * USUAL_REP, _rest(usual)
    found = (
        times
        for rounds in range(1, MOST + 1)
        if (usual.until.natural + rest) % rounds == 0
        for times in _shared((usual.until.natural + rest) // rounds - fixed - rest, reps)
    )
    return min(found, key=lambda times: abs(min(times) - USUAL_REP), default=None)


def _shared(spare: int, reps: Sequence[int]) -> Iterator[Sequence[int]]:
    """A time (ms) for the reps of each exercise, so that all take that long; none if none does.

    One exercise may take a little longer for a rep than the others.
    """
    if not sum(reps):
        if not spare:
            yield [USUAL_REP] * len(reps)
        return
    each = spare // sum(reps) // _STEP * _STEP
    left = spare - each * sum(reps)
    for n, count in enumerate(reps):
        if count and left % count == 0 and _QUICKEST <= each <= each + left // count <= _SLOWEST:
            yield [each + (left // count if n == at else 0) for at in range(len(reps))]


def _free_reps(one: Step, two: Step) -> int:
    """How many reps of an exercise in a round take a time of ours."""
    if not isinstance(one, Exercise) or not isinstance(two, Exercise):
        return 0
    return unfolded_reps(one) if one.rep_ms != two.rep_ms else 0


def rounds_in(group: Group) -> int:
    """How many whole rounds fit into a group's time; 1 where some time in them is not known."""
    whole = clock_ms(group, 1)
    if whole is None or group.until is None:
        return 1
    rest = _rest(group)
    return max(1, min((group.until.natural + rest) // (whole + rest), MOST))


def _rest(group: Group) -> int:
    rest = rest_between_rounds(group)
    return rest.natural if rest else 0
