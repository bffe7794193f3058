"""Threads that wait for a distant place, and that nobody waits for.

Python waits for those of `concurrent.futures` when it ends. After Ctrl-C, that would last until a
hanging service is given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Final, TypeVar

_Given = TypeVar("_Given")
_Got = TypeVar("_Got")

AT_ONCE: Final = 16
"""How many couriers there are: entries read from or sent to a distant place at the same time."""


class Couriers:
    """Do what they are given, in order."""

    def __init__(self) -> None:
        self._errands: SimpleQueue[Callable[[], None]] = SimpleQueue()
        for number in range(AT_ONCE):
            Thread(target=self._serve, name=f"cache {number}", daemon=True).start()

    def send(self, act: Callable[[], _Got]) -> Future[_Got]:
        """Start something; the future has its result, or what it raised."""
        future: Future[_Got] = Future()
        self._errands.put(partial(_done, act, future))
        return future

    def map(self, act: Callable[[_Given], _Got], all_given: Iterable[_Given]) -> Iterator[_Got]:
        """The result for each that is given, in their order."""
        futures = [self.send(partial(act, given)) for given in all_given]
        return (future.result() for future in futures)

    def _serve(self) -> None:
        while True:
            self._errands.get()()


def _done(act: Callable[[], _Got], future: Future[_Got]) -> None:
    try:
        future.set_result(act())
    except BaseException as reason:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(reason)
