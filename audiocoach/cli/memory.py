"""Too little memory is told by us, not by a library that ends the process itself.

OpenBLAS, a part of numpy, does that when it is loaded: with a line of its own and exit code 1, or
with a signal that looks like Ctrl-C. A rebuild needs no numpy, so whether there is room is asked
when numpy is about to be imported, and only where memory has a limit (`ulimit -v`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from mmap import mmap
from types import ModuleType
from typing import Final

ROOM: Final = 100 << 20
"""Bytes of addresses that numpy takes with one thread: 84 MB with numpy 2.4, measured."""


def ask_before_numpy() -> None:
    """From now on, importing numpy into too little room raises OSError (ENOMEM)."""
    if sys.platform != "win32":
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit

        if getrlimit(RLIMIT_AS)[0] != RLIM_INFINITY:
            # It would take 40 MB for each core more.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            sys.meta_path.insert(0, _Asker())


class _Asker(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing; only ask."""
        if fullname == "numpy":
            mmap(-1, ROOM).close()
        return None
