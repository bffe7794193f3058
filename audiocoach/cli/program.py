"""What to type to run this program again, as it was run now."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

NAME: Final = "audiocoach"


def program() -> str:
    """`audiocoach`, or the path of the program in the environment of a checkout."""
    if Path(sys.argv[0]).name != "__main__.py":
        return NAME
    # What scripts/build puts there; without it, this Python with -m.
    beside = Path(sys.executable).with_name(NAME)
    if beside.exists():
        return _short(beside)
    return f"{_short(Path(sys.executable))} -m {NAME}"


def _short(path: Path) -> str:
    """A path in words for a shell, from here if it lies below."""
    here = Path.cwd()
    if path.is_relative_to(here):
        path = Path(os.path.relpath(path, here))
    return shlex.quote(str(path))
