"""The main program's side of `worker`: some workers, run in parallel.

One thread for each worker, because only a separate thread can wait for a pipe with a time limit on
every platform. The threads do nothing but wait.
"""

from __future__ import annotations

import subprocess
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import local
from typing import IO, Final, cast

from audiocoach.errors import VoiceError
from audiocoach.voice.child import Children, Crew
from audiocoach.voice.espeak import worker as protocol
from audiocoach.voice.espeak.worker import CRASHED, HEADER, REFUSED, TOO_LONG
from audiocoach.wording import excerpt

ATTEMPTS = 2
"""A crash of eSpeak often doesn't happen again: one retry, in a fresh process."""
PATIENCE = ATTEMPTS * protocol.CHILD_SECONDS + 10.0
"""Seconds after which a silent worker is given up; includes starting it twice."""
PIPES: Final = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
"""Standard streams; a C library's last words mean nothing to a user, so they are dropped."""

ANOTHER: Final = "choose another voice with --voice"


class CrashError(Exception):
    """A worker, or the child it forked, ended without an answer."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How to run a worker: `command` in `folder`; workers of other engines speak the same protocol.

    With `once` it answers one request and is then replaced: the way of Windows.
    """

    command: Sequence[str]
    folder: Path
    once: bool = False
    engine: str = "eSpeak"
    remedy: str = "reinstall espeakng-loader"
    """What to do if the worker says that it can't speak at all."""
    most_seconds: int = protocol.MOST_SECONDS


class Worker:
    """A process that speaks, started when it is first asked."""

    def __init__(self, launch: Launch, children: Children) -> None:
        self._launch = launch
        self._children = children
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, text: str) -> tuple[int, bytes]:
        """Speak one text, in a fresh process if the first one crashed. Raises CrashError.

        The answer is one of the states of `worker`, and its body.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(CrashError):
                return self._ask_once(text)
        return self._ask_once(text)

    def _ask_once(self, text: str) -> tuple[int, bytes]:
        launch = self._launch
        process = self._process or self._children.start(launch.command, launch.folder, **PIPES)
        self._process = None
        try:
            reply = exchange(process, text)
            if not launch.once:
                self._process = process
            return reply
        finally:
            if not self._process:
                self._children.end(process)


def exchange(process: subprocess.Popen[bytes], text: str) -> tuple[int, bytes]:
    """Send one request and read its answer. Raises CrashError when there is no proper answer."""
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    request = text.encode()
    try:
        requests.write(protocol.LENGTH.pack(len(request)) + request)
        requests.flush()
        header = answers.read(HEADER.size)
        if len(header) < HEADER.size:
            raise CrashError("it ended")
        status, size = HEADER.unpack(header)
        if status not in protocol.STATES or size > protocol.MOST_BYTES:
            raise CrashError("it answered nonsense")
        body = answers.read(size)
    except (OSError, ValueError) as reason:  # ValueError: the pipe was closed by `stop`
        raise CrashError(str(reason)) from reason
    if len(body) < size:
        raise CrashError("it ended half-way")
    if status == CRASHED:
        raise CrashError(f"exit code {body.decode(errors='replace')}")
    return status, body


def speak_all(
    texts: Sequence[str], launch: Launch, *, workers: int, patience: float = PATIENCE
) -> Generator[bytes]:
    """The samples of each text (16 bit mono, 22 050 Hz), in order, each as soon as it is ready.

    Raises VoiceError naming the text that can't be spoken, also when a worker gives
    no answer for `patience` seconds. However it ends, no process is left.
    """
    children = Children()
    own = local()

    def samples(text: str) -> bytes:
        if not hasattr(own, "worker"):
            own.worker = Worker(launch, children)
        return _samples(text, own.worker, launch)

    crew = Crew(workers, children.stop, patience=patience)
    with closing(crew.in_order(samples, texts)) as spoken:
        try:
            yield from (said for _, said in spoken)
        except TimeoutError as late:
            (text,) = late.args
            raise VoiceError(
                f"{launch.engine} did not answer for {patience:g} s at {excerpt(text)}; "
                "reword it, or try again when the computer is less busy",
                utterance=text,
            ) from None


def _samples(text: str, worker: Worker, launch: Launch) -> bytes:
    """The samples one text comes to."""
    shown = excerpt(text)
    try:
        status, body = worker.ask(text)
    except CrashError as reason:
        problem = f"{launch.engine} crashed twice at {shown} ({reason}); reword it, or {ANOTHER}"
        raise VoiceError(problem, utterance=text) from None
    except OSError as reason:
        raise VoiceError(f"{launch.engine} cannot be started: {reason}", utterance=text) from reason
    if status == REFUSED:
        why = body.decode(errors="replace")
        problem = f"{why} (at {shown}); {launch.remedy}, or {ANOTHER}"
        raise VoiceError(problem, utterance=text)
    if status == TOO_LONG:
        most = launch.most_seconds
        problem = f"{shown} takes more than {most} s to say; split it into several sentences"
        raise VoiceError(problem, utterance=text)
    return body
