"""Runs a program for one utterance, and kills it if it takes too long or writes too much."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from audiocoach.settings.config import Program
from audiocoach.voice.child import Children
from audiocoach.wording import one_line

MOST_BYTES: Final = 64 << 20
"""A minute in studio quality takes half of it."""
POLL: Final = 0.05
"""Seconds between two looks at how much a program has written."""
_AT_ONCE: Final = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
)
SHOWN: Final = 160
"""Characters of a program's complaint that an error message quotes."""
TEXT, ERRORS = ".txt", ".err"
"""Files next to the WAV: what the program reads, and its error output."""


class FaultError(Exception):
    """What a program did instead of speaking, as the middle of an error message."""


class Runner:
    """Runs a program some times at once; `stop` ends them all, from another thread."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._children = Children()
        self.stop = self._children.stop

    def run(self, command: Sequence[str], text: str, wav: Path, *, to_stdout: bool) -> bytes:
        """What it wrote to the file `wav`, or to stdout, which then goes there.

        Raises FaultError if there is no good end; no process is left either way.
        """
        spoken, errors = wav.with_suffix(TEXT), wav.with_suffix(ERRORS)
        # For programs that speak line by line; without control characters.
        spoken.write_bytes(one_line(text).encode(errors="replace") + b"\n")
        with spoken.open("rb") as stdin, wav.open("wb") as stdout, errors.open("wb") as stderr:
            into = stdout if to_stdout else subprocess.DEVNULL
            try:
                process = self._children.start(
                    command, self._program.folder, stdin=stdin, stdout=into, stderr=stderr
                )
            except OSError as reason:
                raise FaultError(_not_started(command[0], reason)) from reason
        try:
            code = self._wait(process, (wav, errors))
        finally:
            self._children.end(process)
        if code:
            raise FaultError(_ended(code))
        return _content(wav)

    def _wait(self, process: subprocess.Popen[bytes], written: Sequence[Path]) -> int:
        deadline = time.monotonic() + self._program.timeout
        while True:
            try:
                return process.wait(POLL)
            except subprocess.TimeoutExpired:
                for path in written:
                    _limit_size(path)
            if time.monotonic() > deadline:
                raise FaultError(
                    f"took longer than {self._program.timeout:g} s "
                    "(`timeout` of the voice in your config) and was killed"
                )


def complaint(wav: Path) -> str:
    """The first line of a program's error output, in brackets; "" if there is none."""
    try:
        said = _content(wav.with_suffix(ERRORS))[:4096].decode(errors="replace").strip()
    except FaultError:
        return ""
    if not said:
        return ""
    line = "".join(char if char.isprintable() else " " for char in said.splitlines()[0])
    return f" ({line[: SHOWN - 1].rstrip()}…)" if len(line) > SHOWN else f" ({line})"


def _ended(code: int) -> str:
    if code > 0:
        return f"ended with exit code {code}"
    names = {each.value: each.name for each in signal.Signals}
    return f"was killed by {names.get(-code, f'signal {-code}')}"


def _not_started(path: str, reason: OSError) -> str:
    if reason.errno == errno.ENOEXEC:
        return "cannot be started: its first line must be #! and the program that runs it"
    if reason.errno == errno.ENOENT and Path(path).is_file():
        return "cannot be started: the program its first line (#!) names does not exist"
    return f"cannot be started ({reason.strerror})"


def _limit_size(path: Path) -> None:
    if path.exists() and path.stat().st_size > MOST_BYTES:
        raise _too_much()


def _content(path: Path) -> bytes:
    """What is in a file; nothing if there is none.

    The program may have put anything in its place: a pipe that nobody writes to, a link to a
    device without end. So it is opened without waiting, looked at, and read up to a limit.
    Raises FaultError.
    """
    try:
        with open(path, "rb", opener=_at_once) as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as reason:
        raise FaultError(f"left no sound that can be read ({reason.strerror})") from reason
    if len(content) > MOST_BYTES:
        raise _too_much()
    return content


def _at_once(path: str, flags: int) -> int:
    """Open a file, and nothing else. Raises FaultError."""
    descriptor = os.open(path, flags | _AT_ONCE)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise FaultError("put something that is not a file in the place of its sound")


def _too_much() -> FaultError:
    return FaultError(f"wrote more than {MOST_BYTES >> 20} MB")
