"""The main program's side of `worker`: some workers, run in parallel.

A thread a worker, because a pipe can be waited for with a time limit on every
platform only by another thread. The threads do nothing but wait.
"""

from __future__ import annotations

import subprocess
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
from audiocoach.voice.child import Children
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
from audiocoach.wording import excerpt

ATTEMPTS = 2
"""A crash of eSpeak often does not happen again: one retry, in a fresh process."""
AHEAD = 2
"""Requests at a time for each worker: one is being spoken, one is ready or next."""
PATIENCE = ATTEMPTS * CHILD_SECONDS + 10.0
"""Seconds until a worker that answers nothing is given up; includes starting it twice."""


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
class Reply:
    """What a worker said: one of the states of `worker`, and its body."""

    status: int
    body: bytes


class Worker:
    """A process that speaks, started when it is first asked."""

    def __init__(self, launch: Launch, children: Children) -> None:
        self._launch = launch
        self._children = children
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, text: str) -> Reply:
        """Speak one text, in a fresh process if the first one crashed. Raises CrashError."""
        for _ in range(ATTEMPTS - 1):
            with suppress(CrashError):
                return self._ask_once(text)
        return self._ask_once(text)

    def _ask_once(self, text: str) -> Reply:
        process, self._process = self._process or self._start(), None
        try:
            reply = exchange(process, text)
        except CrashError:
            self._children.end(process)
            raise
        if self._launch.once:
            self._children.end(process)
        else:
            self._process = process
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        return self._children.start(
            self._launch.command,
            self._launch.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the C library's last words mean nothing to a user
        )


def exchange(process: subprocess.Popen[bytes], text: str) -> Reply:
    """Send one request and read its answer. Raises CrashError when there is no proper answer."""
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
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
    return Reply(status, body)


def speak_all(
    texts: Sequence[str], launch: Launch, *, workers: int, patience: float = PATIENCE
) -> Generator[bytes]:
    """The samples of each text (16 bit mono, 22 050 Hz), in order, each as soon as it is ready.

    Raises VoiceError naming the text that can't be spoken, also when a worker gives
    no answer for `patience` seconds. However it ends, no process is left.
    """
    children = Children()
    crew = [Worker(launch, children) for _ in range(min(workers, len(texts)))]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in crew:
        idle.put(worker)

    def job(text: str) -> Reply:
        worker = idle.get()
        try:
            return worker.ask(text)
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(max_workers=len(crew) or 1, thread_name_prefix="espeak")
    requests = ((text, executor.submit(job, text)) for text in texts)
    try:
        # Asked a little ahead only: what nobody has taken yet lies in memory.
        waiting: deque[tuple[str, Future[Reply]]] = deque(islice(requests, AHEAD * len(crew)))
        while waiting:
            text, future = waiting.popleft()
            samples = _samples(text, future, patience)
            waiting.extend(islice(requests, 1))
            yield samples
    finally:
        children.stop()
        executor.shutdown(cancel_futures=True)


def _samples(text: str, future: Future[Reply], patience: float) -> bytes:
    """The samples one text came to; every text before it is done, so it is being spoken now."""
    shown = excerpt(text)
    try:
        reply = future.result(timeout=patience)
    except TimeoutError:
        raise VoiceError(
            f"eSpeak did not answer for {patience:g} s at {shown}; "
            "reword it, or try again when the computer is less busy",
            utterance=text,
        ) from None
    except CrashError as reason:
        raise VoiceError(
            f"eSpeak crashed twice at {shown} ({reason}); reword it, "
            "or choose another voice with --voice",
            utterance=text,
        ) from None
    except OSError as reason:
        raise VoiceError(f"eSpeak cannot be started: {reason}", utterance=text) from reason
    if reply.status == REFUSED:
        raise VoiceError(
            f"{reply.body.decode(errors='replace')} (at {shown}); "
            "reinstall espeakng-loader, or choose another voice with --voice",
            utterance=text,
        )
    if reply.status == TOO_LONG:
        raise VoiceError(
            f"{shown} takes more than {MOST_SECONDS} s to say; split it into several sentences",
            utterance=text,
        )
    return reply.body
