"""Combines the reports of many tasks for one listener."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from threading import Event, Lock

from audiocoach.listener import Listener, Stage


class _GoneError(Exception):
    """Nobody wants the sessions any more; ends the thread that still links one."""


class Audience(Listener):
    """Listens to all tasks of a batch."""

    def __init__(self, listener: Listener, sessions: int) -> None:
        self.gone = Event()
        """Set when nobody listens any more."""
        self._listener = listener
        self._lock = Lock()
        self._parts: defaultdict[Stage, dict[object, tuple[int, int]]] = defaultdict(dict)
        self._told: dict[Stage, tuple[int, int]] = {}
        self._noticed: dict[str, bool] = {}
        self._sessions = sessions
        self._spoken = self._to_speak = 0
        self._tell(Stage.BUILD, 0, sessions)

    def seat(self) -> Listener:
        """A listener for one task that is done in this process."""
        return _Seat(self)

    def part(self, seat: object, stage: Stage, done: int, total: int) -> None:
        """Report how far one task is. Raises _GoneError when everything has to stop."""
        if self.gone.is_set():
            raise _GoneError
        with self._lock:
            if stage is Stage.SPEAK:
                self._tell(stage, self._spoken + done, max(self._to_speak, self._spoken + total))
                return
            parts = self._parts[stage]
            parts[seat] = (done, total)
            dones, totals = zip(*parts.values(), strict=True)
            self._tell(stage, sum(dones), sum(totals))

    def spoken(self, done: int, total: int) -> None:
        """That many utterances have been spoken in all, of that many known to be missing."""
        with self._lock:
            self._spoken, self._to_speak = done, total
            if total:
                self._tell(Stage.SPEAK, done, total)

    def busy(self, tasks: int, workers: int) -> None:
        """That many tasks are running, on that many workers."""
        with self._lock:
            self._listener.busy(tasks, workers)

    def notice(self, line: str) -> bool:
        """Pass on a notice the first time it is heard; True if it was shown."""
        with self._lock:
            if line not in self._noticed:
                self._noticed[line] = self._listener.notice(line)
            return self._noticed[line]

    def ended(self, sessions: int) -> None:
        """That many sessions have been made, or failed."""
        with self._lock:
            self._tell(Stage.BUILD, sessions, self._sessions)

    def _tell(self, stage: Stage, done: int, total: int) -> None:
        """Pass on what is new."""
        if self._told.get(stage) != (done, total):
            self._told[stage] = (done, total)
            self._listener.progress(stage, done, total)


@dataclass(frozen=True, slots=True, eq=False)
class _Seat(Listener):
    """Hears one task."""

    audience: Audience

    def progress(self, stage: Stage, done: int, total: int) -> None:
        self.audience.part(self, stage, done, total)

    def notice(self, line: str) -> bool:
        return self.audience.notice(line)
