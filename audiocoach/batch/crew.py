"""Who does the tasks of a batch: the interface, and the crew that is this process itself."""

from __future__ import annotations

import math
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Protocol, TypeAlias

from audiocoach.batch.work import LinkWork, Result, Work, do
from audiocoach.listener import Listener
from audiocoach.store import Cache

MOST: Final = 16
"""Utterances in a task done elsewhere: enough that starting a voice and sending the task cost
little in comparison, and few enough that little is lost with it."""
Doing: TypeAlias = "Future[Result]"


class LostError(Exception):
    """A task vanished with whoever did it, or took too long; it may be tried again."""


class Crew(Protocol):
    """Does tasks: one after the other, or many at once on many computers."""

    @property
    def most(self) -> int | None:
        """The most utterances in a task; None if a voice here speaks everything."""

    @property
    def by_hand(self) -> bool:
        """Whether finished files come back as bytes."""

    @property
    def dashboard(self) -> str:
        """The address of its dashboard; "" if it has none."""

    def room(self) -> float:
        """How many tasks it takes at once, so that nobody waits for work."""

    def workers(self) -> int:
        """How many workers there are now; 0 while there is nobody."""

    def begin(self, work: Work, listener: Listener) -> Doing:
        """Start a task. The future raises LostError if it may be tried again."""

    def close(self) -> None:
        """End everything in progress, at once; nothing is left running."""


class Here:
    """This process.

    This thread, one task after the other, has the utterances spoken: so no service is asked more
    at a time than by a single build, and Ctrl-C ends the voice as it does there; a voice itself
    says several texts at a time. Meanwhile sessions are linked, by a thread for each voice: those
    of one voice share most of their regions, and what the first encodes the next ones find.

    Threads, not processes, for a few sessions: what takes long, LAME and the voices, holds no
    lock of Python's. Eight sessions of 20 minutes by two eSpeak voices, on two cores, took 7 s of
    CPU this way and 9 s in two processes.
    """

    most = None
    by_hand = False
    dashboard = ""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._lanes: defaultdict[str, ThreadPoolExecutor] = defaultdict(
            lambda: ThreadPoolExecutor(1, thread_name_prefix="link")
        )

    def room(self) -> float:
        """No end: a lane has its queue."""
        return math.inf

    def workers(self) -> int:
        """This process."""
        return 1

    def begin(self, work: Work, listener: Listener) -> Doing:
        """Speak it now, or link it in the background."""
        if isinstance(work, LinkWork):
            return self._lanes[work.speaker.fingerprint].submit(do, work, self._cache, listener)
        done: Doing = Future()
        done.set_result(do(work, self._cache, listener))
        return done

    def close(self) -> None:
        """Wait for what is being linked; the listener ends it."""
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        for lane in self._lanes.values():
            lane.shutdown()
