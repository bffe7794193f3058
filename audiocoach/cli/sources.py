"""The routine that a command line names: a bundled one, a file, or what comes on standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from audiocoach.errors import UsageError

if TYPE_CHECKING:
    from audiocoach.routine.model import Routine

STDIN: Final = "-"


def source_of(text: str) -> Routine | str:
    """What to build from: the text itself, or for `-` the routine on standard input.

    Raises RoutineError for one that can't be used.
    """
    if text != STDIN:
        return text
    from audiocoach.routine.load import SIZE_LIMIT, from_bytes

    if sys.stdin is None:
        raise UsageError("there is no standard input to read a routine from", place=STDIN)
    return from_bytes(sys.stdin.buffer.read(SIZE_LIMIT + 1), "standard input")
