"""Processes of ours that can be killed with all they started, so that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO

Stream = int | IO[bytes]


class StoppedError(Exception):
    """No process is started any more; nobody waits for its answer."""


class Children:
    """The processes of one task, each in a group of its own; threads may share them."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = Lock()

    def start(
        self,
        command: Sequence[str],
        folder: Path | None,
        *,
        stdin: Stream,
        stdout: Stream,
        stderr: Stream,
    ) -> subprocess.Popen[bytes]:
        """Run a program in a folder. Raises OSError if it can't be, StoppedError after `stop`."""
        with self._lock:
            if self._stopped:
                raise StoppedError
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                # A group to be killed as one, that Ctrl-C does not reach, and no terminal.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                | getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._running.add(process)
            return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process, if it still runs, and all it started that stayed in its group."""
        with self._lock:
            if process not in self._running:
                return
            self._running.discard(process)
            with suppress(ProcessLookupError, PermissionError):
                if os.name == "posix":
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # it holds what was never read
                if pipe:
                    pipe.close()

    def stop(self) -> None:
        """End every process now, from any thread; none can be started any more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            self.end(process)
