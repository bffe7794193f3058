"""The limits that an error names: each was tried, so a session of that length can be made.

What is said depends on the length asked for ("about 4 minutes"), and so do the limits. The limits
of an impossible session are not always those of a possible one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from audiocoach.errors import FitError
from audiocoach.timeline.timeline import Fit

Trial = Callable[[int | None], Fit]
"""Fits the session again, told as one of that many ms (None: of its natural length).

Raises FitError if it can't be that long.
"""

_TRIES: Final = 12
"""As the limits hardly change with the words, the first or second try succeeds."""
_STEPS: Final = (1000, 1)
"""Whole seconds; milliseconds for a session that has no whole second inside its limits."""


def that_hold(error: FitError, trial: Trial) -> FitError:
    """The same error with limits at which a session is made.

    They are the nearest that were found; an error that is not about limits stays as it is.
    """
    if error.shortest <= error.asked <= error.longest:
        return error
    natural = trial(None).natural
    for step in _STEPS:
        shortest = _outermost(error, error.shortest, step, trial)
        longest = _outermost(error, error.longest, -step, trial)
        if shortest is not None and longest is not None and shortest <= longest:
            natural = min(max(natural, shortest), longest)
            return FitError(error.asked, shortest, natural, longest)
    return error


def _outermost(error: FitError, limit: int, step: int, trial: Trial) -> int | None:
    """The outermost length on steps that holds near a limit; a positive step is its way inwards.

    From the limit inwards until one holds, then outwards as far as that one's own limit says.
    """
    at, found = _inwards(limit, step), None
    for _ in range(_TRIES):
        try:
            own = trial(at)
        except FitError as refused:
            if found is not None:
                return found
            nearest = _inwards(_limit(refused, step), step)
            at = max(nearest, at + step, key=lambda length: length * step)
        else:
            found, at = at, _inwards(_limit(own, step), step)
            if (found - at) * step <= 0 or _is_asked_or_beyond(at, error, step):
                return found
    return found


def _limit(found: Fit | FitError, step: int) -> int:
    return found.shortest if step > 0 else found.longest


def _inwards(ms: int, step: int) -> int:
    """The first multiple of a step from a length on, upwards or (below 0) downwards."""
    return -(-ms // step) * step


def _is_asked_or_beyond(length: int, error: FitError, step: int) -> bool:
    """Whether a limit there would not say why the length asked for can't be."""
    on_this_side = (error.asked < error.shortest) == (step > 0)
    return on_this_side and (length - error.asked) * step <= 0
