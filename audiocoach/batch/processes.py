"""The crew of several processes on this computer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from audiocoach.batch.child import Child
from audiocoach.batch.crew import MOST, Doing
from audiocoach.batch.work import Result, Work
from audiocoach.listener import Listener


class Processes:
    """A number of processes, each with a thread here that gives it work."""

    most = MOST
    by_hand = False
    dashboard = ""

    def __init__(self, count: int, limit: float) -> None:
        """A task may take `limit` seconds."""
        self._count = count
        self._limit = limit
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="process")
        self._own = threading.local()
        self._children: list[Child] = []

    def room(self) -> float:
        """For each, one task in progress and the next one."""
        return 2 * self._count

    def workers(self) -> int:
        """The processes."""
        return self._count

    def begin(self, work: Work, listener: Listener) -> Doing:  # noqa: ARG002 - it hears the whole
        """Start a task in the next free process."""
        return self._threads.submit(self._ask, work)

    def close(self) -> None:
        """End them all."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.close()
        self._threads.shutdown()

    def _ask(self, work: Work) -> Result:
        if not hasattr(self._own, "child"):
            self._own.child = Child()
            self._children.append(self._own.child)
        child: Child = self._own.child
        return child.ask(work, self._limit)
