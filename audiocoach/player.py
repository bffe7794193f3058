"""Plays a file with whatever player this computer has, to try a voice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

# Each plays an MP3 to its end without a window. One row a program, the best first.
_PLAYERS: Final = (
    ("afplay",),  # macOS has it
    ("mpv", "--no-video", "--really-quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("mpg123", "-q"),
    ("play", "-q"),
    ("gst-play-1.0", "-q"),
    ("cvlc", "--play-and-exit", "--quiet"),
)


def find_player() -> tuple[str, ...] | None:
    """The command line of a player that is installed, without the file; None if there is none."""
    for command in _PLAYERS:
        if program := shutil.which(command[0]):
            return (program, *command[1:])
    return None


def play(path: Path, seconds: float) -> bool:
    """Play a file of that length, and wait for its end; False if that is impossible here.

    Without a sound device, some players report success without playing: one that returns in less
    than half the time has played nothing.
    """
    command = find_player()
    if command is not None:
        began = time.monotonic()
        done = subprocess.run(
            [*command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode == 0 and time.monotonic() - began >= seconds / 2
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the file is ours; Windows picks the player
        return True
    return False
