"""How long people need to get from one position to another.

Floor to standing takes 4.1 (1.1) s in healthy people of 50-90 (Bohannon and
Lusardi 2004, doi 10.1080/09593980490887993) and 6.2 (3.4) s at 60 and over, as a
test; we plan mean + 2 SD and double it. The table is ours.
"""

from __future__ import annotations

from typing import Final

from audiocoach.routine.model import Position

Move = tuple[int, int, int]
"""Minimum, natural and maximum (ms)."""

SIDE_CHANGE: Final[Move] = (6_000, 10_000, 25_000)
VARIANT_CHANGE: Final[Move] = (3_000, 4_000, 12_000)

_UP, _CHAIR, _FLOOR, _LYING = "up", "chair", "floor", "lying"
_LEVEL: Final = {
    Position.STANDING: _UP,
    Position.SITTING_ON_CHAIR: _CHAIR,
    Position.SITTING_ON_FLOOR: _FLOOR,
    Position.KNEELING: _FLOOR,
    Position.HANDS_AND_KNEES: _FLOOR,
    Position.LYING_ON_BACK: _LYING,
    Position.LYING_ON_FRONT: _LYING,
    Position.LYING_ON_SIDE: _LYING,
}
_FROM_FLOOR: Final[Move] = (12_000, 20_000, 50_000)
_CHAIR_MOVE: Final[Move] = (4_000, 8_000, 20_000)
_ON_THE_FLOOR: Final[Move] = (6_000, 12_000, 30_000)
_MOVES: Final[dict[tuple[str, str], Move]] = {
    (_UP, _CHAIR): _CHAIR_MOVE,
    (_CHAIR, _UP): _CHAIR_MOVE,
    (_UP, _FLOOR): (8_000, 14_000, 30_000),
    (_UP, _LYING): (10_000, 18_000, 40_000),
    (_CHAIR, _FLOOR): (8_000, 14_000, 30_000),
    (_CHAIR, _LYING): (10_000, 18_000, 40_000),
    (_FLOOR, _UP): _FROM_FLOOR,
    (_LYING, _UP): _FROM_FLOOR,
    (_FLOOR, _CHAIR): _FROM_FLOOR,
    (_LYING, _CHAIR): _FROM_FLOOR,
    (_FLOOR, _LYING): _ON_THE_FLOOR,
    (_LYING, _FLOOR): _ON_THE_FLOOR,
    (_FLOOR, _FLOOR): _ON_THE_FLOOR,
    (_LYING, _LYING): _ON_THE_FLOOR,
}


def request(before: Position, after: Position, *, first: bool = False, timed: bool = False) -> str:
    """The key of the phrase that asks for a change of position, or to turn over in the same one.

    That may be the `first` of a session, or one in a `timed` rest, which leaves nobody time of
    their own.
    """
    if timed and after is Position.STANDING:
        return "position.timed-standing"
    if first and after is Position.SITTING_ON_CHAIR:
        return "position.first-sitting-on-chair"
    if _LEVEL[before] == _LYING and after is Position.SITTING_ON_FLOOR:
        return "position.sit-up"
    if _LEVEL[before] == _LEVEL[after] == _LYING:
        return f"position.turn-{'over' if before is after else after.value}"
    if _LEVEL[before] in (_FLOOR, _LYING) and after is Position.KNEELING:
        return f"position.up-{after.value}"
    return f"position.{after.value}"


def move(before: Position, after: Position) -> Move:
    """The time (ms) to get from one position to another one, or to turn over in it."""
    return _MOVES[_LEVEL[before], _LEVEL[after]]
