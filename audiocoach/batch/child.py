"""A child process that does tasks, one after the other.

Its work can be ended at once by killing it; and whatever ends it, such as a bug in a library or too
little memory, ends only one task. `main` is what runs in it: requests come on stdin and answers go
to stdout, each pickled, after its length in 8 bytes. When stdin is closed it ends, also in the
middle of a task.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Final, cast

from audiocoach.batch.crew import LostError
from audiocoach.batch.graph import Said
from audiocoach.batch.work import Linked, LinkWork, Result, Spoke, Work, do
from audiocoach.errors import AudiocoachError, VoiceError
from audiocoach.voice.child import Children, share_processors

_LENGTH: Final = struct.Struct("<Q")
_BOOT: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from audiocoach.batch.child import main; main()"
)
_IMPORT_FROM: Final = str(Path(__file__).resolve().parents[2])
_GRACE: Final = 5.0
"""Seconds a process has to end what it started; then it is killed."""


class Child:
    """The process, as seen by whoever gives it work; if it has ended, a new one is started."""

    def __init__(self) -> None:
        self._children = Children()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, work: Work, limit: float) -> Result:
        """Have a task done within `limit` seconds, as `answer` does."""
        return opened(self.answer(pickle.dumps(work), limit))

    def answer(self, request: bytes, limit: float) -> bytes:
        """The pickled result of pickled work.

        Raises LostError if the process ended, or had to be ended because it took too long.
        """
        late = threading.Event()
        process = self._process or self._started()
        self._process = process
        requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)

        def end_late() -> None:
            late.set()
            self._end(process)

        timer = threading.Timer(limit, end_late)
        timer.daemon = True
        timer.start()
        try:
            requests.write(_LENGTH.pack(len(request)) + request)
            requests.flush()
            result = _read(answers, *_LENGTH.unpack(answers.read(_LENGTH.size)))
        except (OSError, ValueError, struct.error, EOFError) as reason:
            self._process = None
            self._end(process)
            why = f"took more than {limit:g} s" if late.is_set() else "ended its process"
            raise LostError(f"it {why}") from reason
        finally:
            timer.cancel()
        return result

    def close(self) -> None:
        """End the process, with all that it started."""
        if self._process:
            self._end(self._process)
        self._children.stop()

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return self._children.start(
                [sys.executable, "-P", "-c", _BOOT, _IMPORT_FROM],
                None,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as reason:
            raise LostError(f"its process can't be started ({reason})") from reason

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """It ends what it started itself once its stdin is closed; what does not is killed."""
        with suppress(OSError, ValueError):
            cast(IO[bytes], process.stdin).close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        self._children.end(process)


def _read(stream: IO[bytes], length: int) -> bytes:
    """So many bytes. Raises EOFError where there are fewer."""
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def opened(answer: bytes) -> Result:
    """The result in an answer from a child process."""
    return cast(Result, pickle.loads(answer))  # noqa: S301 - our own process


def main() -> None:
    """Do tasks until stdin is closed."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    share_processors(1)  # as many of us run as there are processors
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(waiting,), daemon=True).start()
    with suppress(KeyboardInterrupt, BrokenPipeError):
        while (request := waiting.get()) is not None:
            answer = pickle.dumps(_answer(request))
            answers.write(_LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _listen(waiting: SimpleQueue[bytes | None]) -> None:
    requests = os.fdopen(0, "rb")
    while len(head := requests.read(_LENGTH.size)) == _LENGTH.size:
        waiting.put(requests.read(_LENGTH.unpack(head)[0]))
    waiting.put(None)
    import _thread

    _thread.interrupt_main()


def _answer(request: bytes) -> Result:
    work: Work = pickle.loads(request)  # noqa: S301 - of the process that started us
    try:
        return do(work)
    except Exception as error:  # noqa: BLE001 - one session must not end a thousand others
        told = _told(error)
        if isinstance(work, LinkWork):
            return Linked(AudiocoachError(told))
        return Spoke(Said(frozenset(), mute=VoiceError(told, voice=work.task.speaker.name)))


def _told(error: Exception) -> str:
    """An error of the program's own in a line, with its place."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"audiocoach itself failed ({where}: {type(error).__name__}: {error}); please report it"
