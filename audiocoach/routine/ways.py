"""The ways to fill a rep, a row each.

A rep is a list of phases, however it is written. Whoever loads, counts, shows or tells
an exercise reads this table or the phases, and knows no way by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, Protocol

from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Time


class Reps(Enum):
    """Whether a way can have reps."""

    NONE = auto()
    OPTIONAL = auto()
    NEEDED = auto()


class _Ends(Protocol):
    """What leads into a hold, and out of it."""

    @property
    def act(self) -> Phase: ...
    @property
    def release(self) -> Phase: ...


@dataclass(frozen=True, slots=True)
class Way:
    """A way to fill a rep, or a whole set."""

    field: str
    """The field of an exercise that it is written in; errors and origins name it."""
    phases: Callable[[Any, _Ends], tuple[Phase, ...]]
    """The phases of a rep, from the value of the field in one block, and the exercise."""
    reps: Reps = Reps.NEEDED
    by_set: bool = False
    """Whether its value may differ by set or side."""
    whole_set: bool = False
    """Whether the phases are those of a set, however many reps are done in it."""
    cues: bool = False
    """Whether the routine may have words at instants within it."""
    parts: tuple[str, ...] = ()
    """The fields of an exercise that hold whole phases of it."""

    @property
    def until(self) -> bool:
        """Whether it goes with `until`, which counts whole reps."""
        return not self.whole_set

    @property
    def paced(self) -> bool:
        """Whether a set begins so often, and what its reps leave of that is rest."""
        return self.whole_set and self.reps is Reps.NEEDED

    @property
    def purpose(self) -> str:
        """What the field says, for a message about what goes with it."""
        return f"{self.field} {'says when a set begins' if self.paced else 'describes a rep'}"


def _held(time: Time, exercise: _Ends) -> tuple[Phase, ...]:
    return (
        exercise.act.of(PhaseKind.ACT),
        Phase(time=time).of(PhaseKind.HOLD),
        exercise.release.of(PhaseKind.RELEASE),
    )


def _in_one(kind: PhaseKind) -> Callable[[Time, _Ends], tuple[Phase, ...]]:
    """One phase of that kind, as long as it is written."""
    return lambda time, _: (Phase(time=time).of(kind),)


WAYS: Final = (
    Way("hold", _held, Reps.OPTIONAL, by_set=True, cues=True, parts=("act", "release")),
    Way("work", _in_one(PhaseKind.WORK), Reps.NONE, by_set=True, whole_set=True, cues=True),
    Way("tempo", lambda tempo, _: tempo.phases),
    Way("rep_duration", _in_one(PhaseKind.REP)),
    Way("phases", lambda phases, _: phases, parts=("phases",)),
    Way("every", _in_one(PhaseKind.WORK), whole_set=True, cues=True),
)

FIGURES: Final = ("reps", *(way.field for way in WAYS if way.by_set))
"""The figures that may have a value for each set or for each side."""
BY_SET: Final = (*FIGURES, "load")
"""The fields that may."""
ABLE: Final = ("sets", "rounds", *FIGURES)
"""The fields in which a range is one of ability."""


def _all_ways() -> str:
    in_reps = [way.field for way in WAYS if way.reps is not Reps.NONE]
    told = [f"reps with {', '.join(in_reps[:-1])} or {in_reps[-1]}"]
    told += [way.field for way in WAYS if way.reps is Reps.NONE]
    told += [f"{way.field} alone" for way in WAYS if way.reps is Reps.OPTIONAL]
    return "; or ".join(told)


ALL_WAYS: Final = _all_ways()
"""What a dose can be, for a message."""
