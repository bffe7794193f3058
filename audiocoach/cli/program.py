"""What to type to run this program again, the way it was run this time."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from shutil import which
from typing import Final

NAME: Final = "audiocoach"
COMPLETING: Final = "_AUDIOCOACH_COMPLETE"
"""Set by a shell that asks for completion; the command line is then in another variable."""
ABOUT_COMPLETION: Final = frozenset({"--install-completion", "--show-completion"})


def program() -> str:
    """`audiocoach`, or its path if a shell would not find this one."""
    run = Path(sys.argv[0])
    if run.name == "__main__.py":  # this Python with -m, perhaps by what scripts/build puts there
        run = Path(sys.executable).with_name(NAME)
        if not run.is_file():
            return f"{_short(Path(sys.executable))} -m {NAME}"
    if run.stem != NAME or not run.is_file():
        return NAME
    found = which(NAME)
    return NAME if found and run.samefile(found) else _short(run.absolute())


def _short(path: Path) -> str:
    """A path in words for a shell, from here if it lies below."""
    here = Path.cwd()
    if path.is_relative_to(here):
        path = Path(os.path.relpath(path, here))
    return shlex.quote(str(path))
