"""Levels of ability: any value of a routine may be written once for each.

`reps: {beginner: 5, advanced: 10}` stands for the number of the chosen level, and so
does any other mapping whose keys are all levels. A range of ability, such as
`hold: 3-10s`, is the least for a beginner and the most for the advanced.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from audiocoach.routine.recordings import Sounds
from audiocoach.routine.times import Time
from audiocoach.routine.yaml_tree import Mapping, Node, Scalar, Sequence


class Level(StrEnum):
    """How able the listener is, the least able first."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


_ORDER = tuple(Level)


@dataclass(slots=True)
class Reading:
    """What the fields of a routine need to know while it is read."""

    level: Level = Level.BEGINNER
    breath: tuple[Time, Time] | None = None
    """How long the routine's inhale and exhale last."""
    tolerant: bool = False
    """Whether what has no effect at this level has one at another."""
    by_ability: bool = False
    """Set when a range of ability was met."""
    sounds: Sounds = field(default_factory=Sounds)
    """The files of sound that the routine may name."""

    def able(self, low: int, high: int, step: int = 1) -> int:
        """What the level does of a range of ability; half of it goes down to a whole `step`."""
        self.by_ability = True
        match self.level:
            case Level.BEGINNER:
                return low
            case Level.INTERMEDIATE:
                return max(low, (low + high) // 2 // step * step)
            case Level.ADVANCED:
                return high


def at_level(node: Node, level: Level) -> Node:
    """The file with the value of `level` in place of all that is written by level."""
    match node:
        case Mapping() if by_level(node):
            return at_level(node.entries[_nearest_level(node, level)].value, level)
        case Mapping():
            entries = {
                key: replace(entry, value=at_level(entry.value, level))
                for key, entry in node.entries.items()
            }
            return replace(node, entries=entries)
        case Sequence():
            return replace(node, items=[at_level(item, level) for item in node.items])
        case Scalar():
            return node


def by_level(node: Mapping) -> bool:
    return bool(node.entries) and all(key in _ORDER for key in node.entries)


def _nearest_level(node: Mapping, level: Level) -> str:
    """The level itself, or the nearest lower one that is given, or the nearest higher."""
    place = _ORDER.index(level)
    order = [*reversed(_ORDER[: place + 1]), *_ORDER[place + 1 :]]
    return next(each for each in order if each in node.entries)
