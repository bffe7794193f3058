"""The affected side of a routine that speaks of one: asked for where a build needs to know it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from audiocoach.cli.output import fancy
from audiocoach.errors import AffectedSideError
from audiocoach.settings.resolve import Options

Done = TypeVar("Done")


def knowing_the_side(act: Callable[[Options], Done], options: Options) -> Done:
    """What `act` makes with these options; asks for the affected side where it must be known.

    Without a terminal to ask at, raises AffectedSideError.
    """
    try:
        return act(options)
    except AffectedSideError:
        if sys.stdin is None or not sys.stdin.isatty() or not fancy():
            raise
    from audiocoach.cli.asking import asked_side

    return act(options.but(affected=asked_side()))
