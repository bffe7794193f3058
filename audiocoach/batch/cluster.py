"""The crew of a Dask cluster: workers on any number of computers, which share only the cache.

Each thread of a worker has a process of its own for the tasks (`child.py`), so that a task that
hangs or crashes can be ended without its worker. Whatever a worker, or the scheduler, loses is
reported as lost, and the batch gives it out again.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import os
import pickle
import re
import threading
import time
from collections.abc import Callable, Iterable, Set
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from uuid import uuid4

from audiocoach import __version__
from audiocoach.batch.child import Child, opened
from audiocoach.batch.crew import MOST, Doing, LostError
from audiocoach.batch.work import SpeakWork, Work
from audiocoach.errors import AudiocoachError, LackError, UsageError
from audiocoach.listener import SILENT, Listener
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, open_cache
from audiocoach.wording import quoted

if TYPE_CHECKING:
    from distributed import Client, Future

_KIND: Final = "cluster"
_ADDRESS: Final = re.compile(r"(tcp|tls|ws|wss)://\S+$")
_Answer: TypeAlias = "concurrent.futures.Future[dict[str, object]]"
"""What a worker says, by its address."""
_CONNECT: Final = 10.0
"""Seconds until a scheduler that does not answer is told."""
PATIENCE: Final = 600.0
"""Seconds to wait, in the middle of a batch, for a scheduler or for the first worker."""
_AGAIN: Final = 2.0
_DASHBOARD: Final = 2.0
"""Seconds in which a dashboard has to answer."""
_COUNTED: Final = 1.0
"""Seconds for which the number of workers is believed."""
ANSWER: Final = 30.0
"""Seconds that a worker has to answer, and until it is asked again."""


class Cluster:
    """The workers of a scheduler."""

    most = MOST
    by_hand = True

    def __init__(
        self,
        address: str,
        limit: float,
        cache: Cache,
        around: Surroundings,
        listener: Listener = SILENT,
    ) -> None:
        """A task may take `limit` seconds. The listener hears of workers that do not answer.

        Raises UsageError for an address where no scheduler answers, LackError without the extra, or
        where a worker has another version, or another cache.
        """
        self._address = address
        self._limit = limit
        self._token = uuid4().hex
        self._around = around.carried()
        self._listener = listener
        self._running: dict[Future[Any], Doing] = {}
        self._bound: dict[Future[Any], frozenset[str]] = {}
        """To which workers alone some of these were given."""
        self._lock = threading.Lock()
        self._threads = (0.0, 0)
        self._gone_since: float | None = None
        cache.put(_KIND, self._token, b"shared")
        if cache.warning:  # which waits for it; what is not kept, no worker will see
            raise LackError(f"--cluster: {cache.warning}")
        self._client = self._connected()
        self._asked: dict[str, tuple[float, _Answer]] = {}
        """When each worker that is there was asked last, and its answer."""
        self._well: set[str] = set()
        """Those of them that answered,"""
        self._silent: set[str] = set()
        """and those that did not, and were told."""
        self._ask_workers(self._there(), ANSWER)

    @property
    def dashboard(self) -> str:
        """The address of the cluster's dashboard; "" if it has none.

        A scheduler without bokeh names an address too, but there is nothing there.
        """
        from urllib.request import ProxyHandler, build_opener

        try:
            link = str(self._client.dashboard_link)
            with build_opener(ProxyHandler({})).open(link, timeout=_DASHBOARD):
                return link
        except (OSError, ValueError, LookupError):
            return ""

    def room(self) -> float:
        """For each thread of a worker, one task and a spare."""
        return 2 * self.workers()

    def workers(self) -> int:
        """The threads of all workers; waits for a scheduler that is gone.

        Raises LackError when there has been none for too long, or one joined that would make
        something else.
        """
        at, count = self._threads
        if time.monotonic() - at > _COUNTED:
            count = self._counted()
            self._threads = (time.monotonic(), count)
        return count

    def begin(self, work: Work, listener: Listener) -> Doing:  # noqa: ARG002 - it hears the whole
        """Start a task on whichever worker the scheduler chooses."""
        doing: Doing = concurrent.futures.Future()
        service = work.task.speaker.service if isinstance(work, SpeakWork) else ""
        try:
            chosen = frozenset(self._well if self._silent else ())
            future = self._client.submit(
                perform,
                pickle.dumps(work),
                self._limit,
                service,
                key=f"audiocoach-{uuid4().hex}",
                workers=sorted(chosen) or None,
            )
        except Exception as reason:  # noqa: BLE001 - whatever it is, the scheduler has gone
            doing.set_exception(LostError(f"it could not be sent ({reason})"))
            return doing
        with self._lock:
            self._running[future] = doing
            if chosen:
                self._bound[future] = chosen
        future.add_done_callback(self._ended)
        return doing

    def close(self) -> None:
        """Start no more tasks; forget the others."""
        with self._lock:
            futures = list(self._running)
            self._running.clear()
        if self._client.status == "running":
            self._client.cancel(futures, force=True)
        self._client.close(timeout=_CONNECT)

    # -- how it goes -------------------------------------------------------------------

    def _ended(self, future: Future[Any]) -> None:
        """Hand a result on; anything but a result is a loss."""
        with self._lock:
            doing = self._running.pop(future, None)
        if doing is None:
            return
        try:
            result = opened(future.result())
        except LostError as lost:
            doing.set_exception(lost)
        except BaseException as reason:  # noqa: BLE001 - KilledWorker, CancelledError, CommClosedError
            doing.set_exception(LostError(f"its worker was lost ({type(reason).__name__})"))
        else:
            doing.set_result(result)
        future.release()

    def _counted(self) -> int:
        if self._client.status != "running":
            self._reconnect()
        threads = self._there()
        self._ask_workers(threads)
        self._let_go(threads.keys())
        if count := sum(threads[each] for each in self._well):
            self._gone_since = None
            return count
        self._gone_since = self._gone_since or time.monotonic()
        if time.monotonic() - self._gone_since > PATIENCE:
            raise LackError(
                f"--cluster: there has been no worker at {self._address} for "
                f"{PATIENCE / 60:.0f} min; start one with: dask worker {self._address}"
            )
        return 0

    def _let_go(self, here: Set[str]) -> None:
        """Tell as lost what was given to workers of which none is there any more."""
        with self._lock:
            self._bound = {each: to for each, to in self._bound.items() if each in self._running}
            gone = [each for each, to in self._bound.items() if here and not to & here]
            lost = [self._running.pop(each) for each in gone]
        for doing in lost:
            doing.set_exception(LostError("its workers were lost"))
        if gone and self._client.status == "running":
            self._client.cancel(gone, force=True)

    def _there(self) -> dict[str, int]:
        """The threads of each worker that the scheduler knows."""
        try:
            running = self._client.status == "running"
            threads: dict[str, int] = self._client.nthreads() if running else {}
        except Exception:  # noqa: BLE001 - the scheduler went away just now
            return {}
        return threads

    def _reconnect(self) -> None:
        """A scheduler that was started anew knows nothing of us: all that ran is lost."""
        with self._lock:
            lost, self._running = list(self._running.values()), {}
        self._asked.clear()
        self._well.clear()
        self._silent.clear()
        for doing in lost:
            doing.set_exception(LostError("its scheduler was lost"))
        try:
            self._client = self._connected()
        except UsageError:
            time.sleep(_AGAIN)

    def _connected(self) -> Client:
        try:
            from distributed import Client
        except ImportError:
            from audiocoach.installing import install_command

            install = install_command("audiocoach[cluster]")
            raise LackError(f"--cluster needs the extra cluster: {install}") from None
        # What it would say of lost connections, we tell; and where the bar is, nobody else writes.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        if not _ADDRESS.match(self._address):
            raise UsageError(
                f"--cluster: {quoted(self._address)} is not an address; write it as tcp://host:8786",
                place="--cluster",
            )
        try:
            return Client(self._address, timeout=_CONNECT, set_as_default=False, name="audiocoach")
        except (OSError, ValueError, TimeoutError) as reason:
            raise UsageError(
                f"--cluster: no scheduler answers at {self._address} ({reason}); start one with: "
                "dask scheduler, or correct the address",
                place="--cluster",
            ) from reason

    def _ask_workers(self, there: Iterable[str], patience: float = _COUNTED) -> None:
        """Ask each worker when it joins, and from time to time, and see which ones answer.

        One that is frozen would be waited for until the scheduler gives it up: it gets nothing to
        do while others answer. Waits `patience` seconds for those that joined. Raises LackError
        for one that would make something else.
        """
        here = set(there)
        self._well &= here
        self._silent &= here
        joined = {
            each: (time.monotonic(), self._asked_of(each, examine, self._token, self._around))
            for each in here - self._asked.keys()
        }
        self._asked = {each: self._asked[each] for each in here & self._asked.keys()} | joined
        concurrent.futures.wait([answer for _, answer in joined.values()], patience)
        for address, (since, answer) in [*self._asked.items()]:
            late = time.monotonic() - since >= ANSWER
            if answer.done():
                self._heard(address, answer)
                if late and address in self._well:
                    self._asked[address] = time.monotonic(), self._asked_of(address, well)
            elif late and address not in self._silent:
                self._silent.add(address)
                self._well.discard(address)
                self._listener.notice(
                    f"warning: the worker {address} does not answer; it gets no work until it does"
                )

    def _heard(self, address: str, answer: _Answer) -> None:
        """Take in what a worker says of itself. Raises LackError."""
        gone = OSError("it is gone")
        problem = (
            gone if answer.cancelled() else answer.exception() or answer.result().get(address, gone)
        )
        if isinstance(problem, OSError):  # it, or the scheduler, died just now
            self._well.discard(address)
            self._asked.pop(address)  # if it is there yet, it is asked as one that joins
        elif problem:
            raise LackError(f"--cluster: the worker {address} {_told(problem)}")
        else:
            self._well.add(address)
            self._silent.discard(address)

    def _asked_of(self, address: str, question: Callable[..., str], *about: object) -> _Answer:
        """A question on its way to a worker, which it answers beside what it does."""

        async def asked() -> dict[str, object]:
            found: dict[str, object] = await self._client.run(
                question, *about, workers=[address], on_error="return"
            )
            return found

        loop = cast(Any, self._client.loop)
        return asyncio.run_coroutine_threadsafe(asked(), loop.asyncio_loop)


def _told(problem: object) -> str:
    if isinstance(problem, BaseException):  # it has no audiocoach, or one that knows no batch
        return f"can't be used ({problem}); install audiocoach {__version__} there"
    return str(problem)


# -- on a worker -----------------------------------------------------------------------

_own = threading.local()


def perform(work: bytes, limit: float, service: str) -> bytes:
    """Do a task in the process that belongs to this thread.

    While an online service is in use, no other worker of the cluster uses it.
    """
    from distributed import Lock

    if not hasattr(_own, "child"):
        _own.child = Child()
    child: Child = _own.child
    with Lock(f"audiocoach-{service}") if service else nullcontext():
        return child.answer(work, limit)


def well() -> str:
    """A worker that can answer is well."""
    return ""


def examine(token: str, around: Surroundings) -> str:
    """What is wrong with this worker; "" if nothing is."""
    try:
        cache = open_cache(around.at(os.environ).place("CACHE"))
        if cache.get(_KIND, token) is None:
            return (
                "has a different cache from this computer; set AUDIOCOACH_CACHE to one that all "
                "workers can reach, in the environment of each"
            )
    except AudiocoachError as error:
        return f"can't be used: {error}"
    return ""
