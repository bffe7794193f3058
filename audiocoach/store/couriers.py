"""Threads that wait for a distant place, and for whom nobody waits.

Those of `concurrent.futures` are waited for when Python ends. After Ctrl-C that would last as long
as a service that hangs takes to be given up.
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
"""Couriers: entries that a distant place is asked for, or given, at the same time."""


class Couriers:
    """Do what they are given in the order in which it comes."""

    def __init__(self) -> None:
        self._errands: SimpleQueue[Callable[[], None]] = SimpleQueue()
        for number in range(AT_ONCE):
            Thread(target=self._serve, name=f"cache {number}", daemon=True).start()

    def send(self, act: Callable[[], _Got]) -> Future[_Got]:
        """Have something done; the future has its result, or what it raised."""
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
