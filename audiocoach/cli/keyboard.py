"""Single keys from the terminal, for a command that keeps running."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def keys() -> Callable[[float], str]:
    """Reads single keys from the terminal on stdin: waits that many seconds, then gives "".

    The terminal is as it was when the program ends. Without a terminal there are no keys.
    """
    if not sys.stdin or not sys.stdin.isatty():
        return _no_keys
    return _windows_keys if sys.platform == "win32" else _unix_keys()


def _no_keys(seconds: float) -> str:
    time.sleep(seconds)
    return ""


def _windows_keys(seconds: float) -> str:
    import msvcrt

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined]
            return str(msvcrt.getwch())  # type: ignore[attr-defined]
        time.sleep(0.02)
    return ""


def _unix_keys() -> Callable[[float], str]:
    import atexit
    import os
    import select
    import termios
    import tty

    place = sys.stdin.fileno()
    before = termios.tcgetattr(place)
    atexit.register(termios.tcsetattr, place, termios.TCSADRAIN, before)
    tty.setcbreak(place)

    def read(seconds: float) -> str:
        ready, _, _ = select.select([place], [], [], seconds)
        return os.read(place, 8).decode(errors="replace") if ready else ""

    return read
