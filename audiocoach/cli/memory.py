"""Too little memory is reported by us, not by a library that ends the process itself.

OpenBLAS, a part of numpy, does that when it is loaded: with a line of its own and exit code 1, or
with a signal that looks like Ctrl-C. A rebuild needs no numpy, so whether there is room is asked
when numpy is about to be imported, and only where memory has a limit (`ulimit -v`).
"""

from __future__ import annotations

import os
import sys
from mmap import mmap
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


class _Asker:
    """Finds no module; it is only asked for each that is imported."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "numpy":
            mmap(-1, ROOM).close()
