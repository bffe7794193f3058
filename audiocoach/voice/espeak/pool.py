"""The main program's side of `espeak_worker`: some workers, run in parallel.

A thread a worker, because a pipe can be waited for with a time limit on every
platform only by another thread. The threads do nothing but wait.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from audiocoach.errors import VoiceError
from audiocoach.voice.espeak.worker import (
    CHILD_SECONDS,
    CRASHED,
    HEADER,
    LENGTH,
    MOST_BYTES,
    MOST_SECONDS,
    REFUSED,
    SPOKEN,
    TOO_LONG,
)

ATTEMPTS = 2
"""A crash of eSpeak often does not happen again: one retry, in a fresh process."""
AHEAD = 2
"""Requests at a time for each worker: one is being spoken, one is ready or next."""
PATIENCE = ATTEMPTS * CHILD_SECONDS + 10.0
"""Seconds until a worker that answers nothing is given up; includes starting it twice."""
SHOWN = 40
"""Characters of a text that an error message quotes."""


class CrashError(Exception):
    """A worker, or the child it forked, ended without an answer."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How a worker is run: `command` in `folder`.

    With `once` it answers one request and is then replaced: the way of Windows.
    """

    command: Sequence[str]
    folder: Path
    once: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said: one of the states of `espeak_worker`, and its body."""

    status: int
    body: bytes


class Worker:
    """A process that speaks, started when it is first asked."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def ask(self, text: str) -> Answer:
        """Speak one text, in a fresh process if the first one crashed. Raises CrashError."""
        for _ in range(ATTEMPTS - 1):
            with suppress(CrashError):
                return self._ask_once(text)
        return self._ask_once(text)

    def stop(self) -> None:
        """End the process and its child now; the worker can't be asked again."""
        with self._lock:
            self._stopped = True
            self._end()

    def _ask_once(self, text: str) -> Answer:
        with self._lock:
            process = self._start()
        try:
            answer = exchange(process, text)
        except CrashError:
            with self._lock:
                self._end()
            raise
        if self._launch.once:
            with self._lock:
                self._end()
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise CrashError("stopped")
        if self._process is None:
            self._process = subprocess.Popen(
                self._launch.command,
                cwd=self._launch.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # the C library's last words mean nothing to a user
                # Its own group: Ctrl-C reaches us alone, and `_end` takes the child along.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                | getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for pipe in _pipes(process):
            with suppress(OSError):  # a request it never read
                pipe.close()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    return cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)


def exchange(process: subprocess.Popen[bytes], text: str) -> Answer:
    """Send one request and read its answer. Raises CrashError when there is no proper answer."""
    requests, answers = _pipes(process)
    request = text.encode()
    try:
        requests.write(LENGTH.pack(len(request)) + request)
        requests.flush()
        header = answers.read(HEADER.size)
        if len(header) < HEADER.size:
            raise CrashError("it ended")
        status, size = HEADER.unpack(header)
        if status not in (SPOKEN, CRASHED, TOO_LONG, REFUSED) or size > MOST_BYTES:
            raise CrashError("it answered nonsense")
        body = answers.read(size)
    except (OSError, ValueError) as reason:  # ValueError: the pipe was closed by `stop`
        raise CrashError(str(reason)) from reason
    if len(body) < size:
        raise CrashError("it ended half-way")
    if status == CRASHED:
        raise CrashError(f"exit code {body.decode(errors='replace')}")
    return Answer(status, body)


def speak_all(
    texts: Sequence[str], launch: Launch, *, workers: int, patience: float = PATIENCE
) -> Generator[bytes]:
    """The samples of each text (16 bit mono, 22 050 Hz), in order, each as soon as it is ready.

    Raises VoiceError naming the text that can't be spoken, also when a worker gives
    no answer for `patience` seconds. However it ends, no process is left.
    """
    crew = [Worker(launch) for _ in range(min(workers, len(texts)))]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in crew:
        idle.put(worker)

    def job(text: str) -> Answer:
        worker = idle.get()
        try:
            return worker.ask(text)
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(max_workers=len(crew) or 1, thread_name_prefix="espeak")
    requests = ((text, executor.submit(job, text)) for text in texts)
    try:
        # Asked a little ahead only: what nobody has taken yet lies in memory.
        waiting: deque[tuple[str, Future[Answer]]] = deque(islice(requests, AHEAD * len(crew)))
        while waiting:
            text, future = waiting.popleft()
            samples = _samples(text, future, patience)
            waiting.extend(islice(requests, 1))
            yield samples
    finally:
        for worker in crew:
            worker.stop()
        executor.shutdown(cancel_futures=True)


def _samples(text: str, future: Future[Answer], patience: float) -> bytes:
    """The samples one text came to; every text before it is done, so it is being spoken now."""
    try:
        answer = future.result(timeout=patience)
    except TimeoutError:
        raise VoiceError(
            f"eSpeak did not answer for {patience:g} s at {shortened(text)}; "
            "reword it, or try again when the computer is less busy"
        ) from None
    except CrashError as reason:
        raise VoiceError(
            f"eSpeak crashed twice at {shortened(text)} ({reason}); reword it, "
            "or choose another voice with --voice"
        ) from None
    except OSError as reason:
        raise VoiceError(f"eSpeak cannot be started: {reason}") from reason
    if answer.status == REFUSED:
        raise VoiceError(
            f"{answer.body.decode(errors='replace')} (at {shortened(text)}); "
            "reinstall espeakng-loader, or choose another voice with --voice"
        )
    if answer.status == TOO_LONG:
        raise VoiceError(
            f"{shortened(text)} takes more than {MOST_SECONDS} s to say; "
            "split it into several sentences"
        )
    return answer.body


def shortened(text: str) -> str:
    """A text as an error message shows it: quoted, on one line, at most `SHOWN` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f'"{line}"' if len(line) <= SHOWN else f'"{line[: SHOWN - 1].rstrip()}…"'
