"""Work in the background: in threads, and in processes that are killed together with all they
started."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import IO, Final, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

POLL: Final = 0.2
"""Seconds; Windows sees Ctrl-C only between two waits."""


_share: list[int] = []


def share_processors(count: int) -> None:
    """From now on this process uses at most that many processors, and leaves the rest to others."""
    _share[:] = [count]


def processors() -> int:
    """How many processors a voice may use."""
    return _share[0] if _share else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Crew:
    """Threads that process one item after the other."""

    workers: int
    stop: Callable[[], None]
    """Ends whatever is being made, at once."""
    ahead: int = 2
    """Items at a time for each worker: one is being made, one is ready or next.

    Results that nobody has taken yet stay in memory.
    """
    patience: float = math.inf
    """Seconds to wait for an item once all those before it are finished."""

    def in_order(
        self, make: Callable[[Item], Made], items: Iterable[Item]
    ) -> Generator[tuple[Item, Made]]:
        """What is made of each item, in their order, each as soon as it is ready.

        Raises what `make` raises, and TimeoutError with the item that was waited for in vain.
        However it ends, no thread is left running: close it to stop early.
        """
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="voice")
        begun = ((item, pool.submit(make, item)) for item in items)
        try:
            waiting = deque(islice(begun, self.ahead * self.workers))
            while waiting:
                item, future = waiting.popleft()
                until = time.monotonic() + self.patience
                while not wait([future], POLL).done:
                    if time.monotonic() > until:
                        raise TimeoutError(item)
                made = future.result()
                waiting.extend(islice(begun, 1))
                yield item, made
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # before a worker takes up another
            self.stop()
            pool.shutdown()


class StoppedError(Exception):
    """No more processes are started, and nobody waits for an answer."""


class Children:
    """The processes of one task, each in a group of its own; threads may share them."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = Lock()

    def start(
        self, command: Sequence[str], folder: Path | None, **streams: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Run a program in a folder, with `stdin`, `stdout` and `stderr` as for `Popen`.

        Raises OSError if that is impossible, StoppedError after `stop`.
        """
        with self._lock:
            if self._stopped:
                raise StoppedError
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=streams["stdin"],
                stdout=streams["stdout"],
                stderr=streams["stderr"],
                # A group to be killed as one, that Ctrl-C does not reach, and no terminal.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                | getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._running.add(process)
            return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process, if it is still running, and everything it started that stayed in its
        group."""
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
