"""The affected side, if a routine mentions one: asked for when a build needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from audiocoach.cli.output import fancy
from audiocoach.errors import AffectedSideError
from audiocoach.settings.resolve import Options

Done = TypeVar("Done")


def knowing_the_side(act: Callable[[Options], Done], options: Options) -> Done:
    """What `act` makes with these options; asks for the affected side if it is needed.

    Raises AffectedSideError if there is no terminal to ask in.
    """
    try:
        return act(options)
    except AffectedSideError:
        if sys.stdin is None or not sys.stdin.isatty() or not fancy():
            raise
    from audiocoach.cli.asking import asked_side

    return act(options.but(affected=asked_side()))
