"""A program of the user's own as a voice: it reads a text on stdin and writes a WAV.

One process an utterance, some at once, each in a process group of its own that is
killed when it takes too long, writes too much or the build stops. What it writes goes
to files in a private folder, not to pipes: nothing can block on a full pipe, a child
left behind can't hold one open, and many programs write a right WAV header only where
they can go back to it. The text is on stdin alone (`config.check_placeholders` says why).

The WAV is read here and not by `wave`: before Python 3.12 that refuses the extensible
header (what sox and ffmpeg write for 24 bits), and floats (what neural voices write).
"""

# Imports inside functions are those a rebuild from the cache never needs

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import signal
import struct
import threading
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.settings.config import Config, Program
from audiocoach.settings.surroundings import Surroundings
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Offer, nearest

if TYPE_CHECKING:
    import subprocess
    from concurrent.futures import Future

    from audiocoach.store import Cache
    from audiocoach.voice.segment import AudioSegment

LEAST_AT_ONCE, MOST_AT_ONCE = 2, 4
"""How many run at once when the user does not say; on one core, two still hide a network."""
MOST_SECONDS: Final = 60
"""Speech longer than this is no utterance."""
MOST_BYTES: Final = 64 << 20
"""A minute in studio quality takes half of it."""
POLL: Final = 0.05
"""Seconds between two looks at how much a program has written."""
SMALL: Final = 1_000_000
"""Bytes up to which a file is known by what is in it; a larger one by its size and date."""
SILENCE: Final = 1000
"""A peak this many times below full scale (-60 dBFS) is no speech."""
SHOWN: Final = 160
"""Characters of a program's complaint that an error message quotes."""
UNKNOWN_SIZE: Final = 0x7000_0000
"""A program that writes its header before it knows the size says 0, or something above this."""
PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
FORMAT: Final = struct.Struct("<HHI6xH")
"""Coding, channels, frames a second, bits a sample."""
CODINGS: Final = {(PCM, 8), (PCM, 16), (PCM, 24), (PCM, 32), (FLOAT, 32), (FLOAT, 64)}
"""The kinds of samples that are read: coding, and bits a sample."""


class _FaultError(Exception):
    """What a program did instead of speaking, as the middle of an error message."""


@dataclass(frozen=True)
class CommandVoice:
    """A program, and how it is run."""

    name: str
    path: str
    """The program, found; absolute."""
    program: Program
    language: str
    rate: float

    @property
    def online(self) -> bool:
        """Whether the texts may leave this computer: that they don't, only the user can say."""
        return self.program.online is not False

    @property
    def tempo(self) -> float:
        """The rate, unless the program is told it."""
        return 1.0 if self._uses("{rate}") else self.rate

    @cached_property
    def fingerprint(self) -> str:
        """The program, its arguments, and the files they name: a script, a model."""
        digest = hashlib.blake2b(digest_size=16)
        for part in [os.path.realpath(self.path), *self.arguments("{wav}")[1:]]:
            for known in (os.fsencode(part), self._contents(part)):
                digest.update(len(known).to_bytes(8, "little") + known)
        return f"command {self.language} {self.rate:g} {digest.hexdigest()}"

    def speak(self, utterances: Sequence[Utterance]) -> Generator[tuple[Utterance, AudioSegment]]:
        """Speech as the program gives it, in order. Raises VoiceError naming the utterance.

        No more is begun than may run at once, so a failure wastes little.
        """
        from concurrent.futures import ThreadPoolExecutor

        runner = _Runner(self.program)
        workers = self.program.at_once or min(max(os.cpu_count() or 1, LEAST_AT_ONCE), MOST_AT_ONCE)
        pool = ThreadPoolExecutor(workers, thread_name_prefix="command")
        waiting = iter(utterances)
        begun: deque[tuple[Utterance, Future[AudioSegment]]] = deque()

        def begin(count: int) -> None:
            for utterance in islice(waiting, count):
                begun.append((utterance, pool.submit(self._say, utterance, runner)))

        try:
            begin(workers)
            while begun:
                utterance, future = begun.popleft()
                segment = future.result()
                begin(1)
                yield utterance, segment
        finally:
            runner.stop()
            pool.shutdown(cancel_futures=True)

    def arguments(self, wav: str) -> list[str]:
        """The argument list with which the sound of an utterance goes to the file `wav`."""
        values = {"{wav}": wav, "{rate}": f"{self.rate:g}", "{language}": self.language}
        filled = list(self.program.command[1:])
        for placeholder, value in values.items():
            filled = [argument.replace(placeholder, value) for argument in filled]
        return [self.path, *filled]

    def _uses(self, placeholder: str) -> bool:
        return any(placeholder in argument for argument in self.program.command[1:])

    def _contents(self, argument: str) -> bytes:
        """What tells the contents of the file an argument names; nothing if it names none."""
        path = Path(self.program.folder or "", argument)
        try:
            if not path.is_file():
                return b""
            status = path.stat()
            if status.st_size > SMALL:
                return f"{status.st_size} {status.st_mtime_ns}".encode()
            return path.read_bytes()
        except OSError:
            return b""

    def _say(self, utterance: Utterance, runner: _Runner) -> AudioSegment:
        from tempfile import TemporaryDirectory

        from audiocoach.wording import quoted

        try:
            with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
                return self._spoken(utterance, runner, Path(folder))
        except _FaultError as fault:
            raise VoiceError(
                f"{self.name} {fault} at {quoted(utterance.text)}; {self._remedy()}"
            ) from None
        except OSError as reason:
            raise VoiceError(
                f"the sound of {self.name} cannot be kept for a moment: {reason}; "
                "free space there, or name another folder with TMPDIR=/path/to/folder"
            ) from reason

    def _spoken(self, utterance: Utterance, runner: _Runner, folder: Path) -> AudioSegment:
        wav = folder / "speech.wav"
        command = self.arguments(str(wav))
        try:
            runner.run(command, _line(utterance.text), wav, to_stdout=not self._uses("{wav}"))
            return read_wav(_content(wav))
        except _FaultError as fault:
            complaint = _first_line(wav.with_suffix(ERRORS))
            raise _FaultError(f"{fault}{complaint}") from None

    def _remedy(self) -> str:
        by_hand = f"echo Hello | {shlex.join(self.arguments('out.wav'))}"
        return f"try it by hand: {by_hand}" + ("" if self._uses("{wav}") else " > out.wav")


class CommandEngine:
    """Opens programs: by their path, or by the name the user's config gives them."""

    name = "command"
    online = False
    """Each program for itself: see `CommandVoice.online`."""

    def offers(self, language: str) -> Sequence[Offer]:
        """The programs of the user's config that speak the language, in their order there."""
        config = Surroundings.here().config
        offers = [
            Offer(f"command:{name}", f"your program {program.command[0]}", _step(program))
            for name, program in config.voices.items()
            if _speaks(program, language)
        ]
        step = f"name it under [voices.NAME] in {config.path}"
        return offers or [Offer("command:NAME", "a program of your own", step)]

    def open(
        self,
        voice: str,
        *,
        language: str,
        rate: float,
        cache: Cache,  # noqa: ARG002 - a clip of it is kept like any other
    ) -> CommandVoice:
        """The program at the path `voice`, or the one with that name in the user's config.

        Raises VoiceError if there is none, it can't be run or does not speak `language`.
        """
        if os.sep in voice or "/" in voice:
            program = Program((voice,))
        else:
            config = Surroundings.here().config
            voice = voice or _first(config, language)
            program = _named(voice, config)
        name = f"command:{voice}"
        if not _speaks(program, language):
            raise VoiceError(
                f'{name} speaks "{program.language}", and the routine is in "{language}"; '
                f"choose another --voice, or change its language in your config"
            )
        return CommandVoice(name, _found(name, program), program, language, rate)


ENGINE = CommandEngine()


def _first(config: Config, language: str) -> str:
    for name, program in config.voices.items():
        if _speaks(program, language):
            return name
    raise VoiceError(
        f"--voice command needs a program: command:/path/to/program, or command:NAME for one "
        f"that [voices.NAME] in {config.path} defines"
    )


def _named(name: str, config: Config) -> Program:
    if name in config.voices:
        return config.voices[name]
    path = shutil.which(name)
    or_path = f", or write --voice command:{path}" if path else ""
    raise VoiceError(
        f'your config {config.path} defines no voice "{name}"; {nearest(name, config.voices)}'
        f'add [voices.{name}] with command = ["program", "argument"]{or_path}'
    )


def _speaks(program: Program, language: str) -> bool:
    if program.language is None:
        return True
    first, second = (tag.replace("_", "-").split("-")[0] for tag in (program.language, language))
    return first.casefold() == second.casefold()


def _found(name: str, program: Program) -> str:
    """The absolute path of a program. Raises VoiceError when it can't be run."""
    wanted = os.path.expanduser(program.command[0])  # noqa: PTH111 - a Path drops the "./"
    if not os.path.dirname(wanted):  # noqa: PTH120 - likewise
        found = shutil.which(wanted)
        if found is None:
            raise VoiceError(f'{name}: there is no program "{wanted}" on your PATH; install it')
        return str(Path(found).absolute())
    path = Path(program.folder or "", wanted).absolute()
    if not path.is_file():
        raise VoiceError(f"{name}: there is no program {path}; name one that exists")
    if not os.access(path, os.X_OK):
        raise VoiceError(f"{name}: {path} is not executable; chmod +x {shlex.quote(str(path))}")
    return str(path)


def _step(program: Program) -> str:
    try:
        _found("command", program)
    except VoiceError as reason:
        return str(reason).partition(": ")[2]
    return ""


# -- processes -------------------------------------------------------------------------

TEXT, ERRORS = ".txt", ".err"
"""Beside the WAV: what the program reads, and what it complains of."""


class _Runner:
    """Runs a program some times at once; `stop` ends them all, from another thread."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def run(self, command: Sequence[str], text: bytes, wav: Path, *, to_stdout: bool) -> None:
        """Run to a good end. Raises _FaultError if there is none; no process is left either way."""
        from subprocess import DEVNULL

        spoken, errors = wav.with_suffix(TEXT), wav.with_suffix(ERRORS)
        spoken.write_bytes(text)
        with spoken.open("rb") as stdin, wav.open("wb") as stdout, errors.open("wb") as stderr:
            streams = (stdin.fileno(), stdout.fileno() if to_stdout else DEVNULL, stderr.fileno())
            process = self._start(command, streams)
        try:
            code = self._wait(process, (wav, errors))
        finally:
            with self._lock:
                self._running.discard(process)
            _kill(process)
            process.wait()
        if code:
            raise _FaultError(_ended(code))

    def stop(self) -> None:
        """End every process now; none can be started any more."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _start(
        self, command: Sequence[str], streams: tuple[int, int, int]
    ) -> subprocess.Popen[bytes]:
        import subprocess

        with self._lock:
            if self._stopped:
                raise _FaultError("was stopped")
            try:
                process = subprocess.Popen(
                    command,
                    cwd=self._program.folder,
                    stdin=streams[0],
                    stdout=streams[1],
                    stderr=streams[2],
                    # Its own group, to be killed as one, and no terminal to ask questions on.
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                    | getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as reason:
                raise _FaultError(_not_started(command[0], reason)) from reason
            self._running.add(process)
            return process

    def _wait(self, process: subprocess.Popen[bytes], written: Sequence[Path]) -> int:
        from subprocess import TimeoutExpired

        deadline = time.monotonic() + self._program.timeout
        while True:
            try:
                return process.wait(POLL)
            except TimeoutExpired:
                for path in written:
                    _check_size(path)
            if time.monotonic() > deadline:
                raise _FaultError(
                    f"took longer than {self._program.timeout:g} s "
                    "(`timeout` of the voice in your config) and was killed"
                )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started that stayed in its group."""
    from contextlib import suppress

    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _ended(code: int) -> str:
    if code > 0:
        return f"ended with exit code {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"


def _not_started(path: str, reason: OSError) -> str:
    import errno

    if reason.errno == errno.ENOEXEC:
        return "cannot be started: its first line must be #! and the program that runs it"
    if reason.errno == errno.ENOENT and Path(path).is_file():
        return "cannot be started: the program its first line (#!) names does not exist"
    return f"cannot be started ({reason.strerror})"


def _line(text: str) -> bytes:
    """A text as one line, for programs that speak line by line; without control characters."""
    visible = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(visible.split()).encode(errors="replace") + b"\n"


def _check_size(path: Path) -> None:
    if path.exists() and path.stat().st_size > MOST_BYTES:
        raise _FaultError(f"wrote more than {MOST_BYTES >> 20} MB")


def _content(wav: Path) -> bytes:
    _check_size(wav)
    return wav.read_bytes() if wav.exists() else b""


def _first_line(errors: Path) -> str:
    """The first line of a program's complaints, in brackets; nothing if there is none."""
    if not errors.exists():
        return ""
    with errors.open("rb") as file:
        said = file.read(4096).decode(errors="replace").strip()
    if not said:
        return ""
    line = "".join(char if char.isprintable() else " " for char in said.splitlines()[0])
    return f" ({line[: SHOWN - 1].rstrip()}…)" if len(line) > SHOWN else f" ({line})"


# -- WAV ---------------------------------------------------------------------------------


def read_wav(content: bytes) -> AudioSegment:
    """The sound in a WAV: 8, 16, 24 or 32 bits or floats, any rate, any number of channels."""
    from audiocoach.voice.segment import AudioSegment

    if not content:
        raise _odd("wrote no sound: nothing")
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise _odd(f"wrote something that is not a WAV (it begins {content[:8]!r})")
    coding, channels, rate, samples = _parts(content)
    samples = samples[: len(samples) - len(samples) % (_width(coding) * channels)]
    if len(samples) > MOST_SECONDS * rate * channels * _width(coding):
        raise _odd(f"spoke for more than {MOST_SECONDS} s, too long for one utterance")
    width, data = _integers(coding, samples)
    segment = AudioSegment(data=data, sample_width=width, frame_rate=rate, channels=channels)
    if segment.max * SILENCE < segment.max_possible_amplitude:
        raise _odd("wrote a WAV without a sound")
    return segment


def _odd(problem: str) -> _FaultError:
    return _FaultError(f"ended with exit code 0, but {problem}")


def _parts(content: bytes) -> tuple[tuple[int, int], int, int, bytes]:
    """Coding and bits, channels, rate and samples of a WAV."""
    form = b""
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if name == b"fmt ":
            form = body
        elif name == b"data" and len(form) >= FORMAT.size:
            if len(body) < size < UNKNOWN_SIZE:
                raise _odd(f"wrote a WAV cut short: {len(body)} of {size} bytes")
            return (*_format(form), body if size else content[at + 8 :])
        at += 8 + size + size % 2
    raise _odd("wrote a WAV without samples")


def _format(form: bytes) -> tuple[tuple[int, int], int, int]:
    coding, channels, rate, bits = FORMAT.unpack_from(form)
    if coding == EXTENSIBLE and len(form) >= 26:
        coding = int.from_bytes(form[24:26], "little")
    if (coding, bits) not in CODINGS or not channels or not 1000 <= rate <= 768_000:
        raise _odd(
            f"wrote a WAV of a kind audiocoach can't read (coding {coding}, {bits} bits, "
            f"{channels} channels, {rate} Hz): 16 bits of plain PCM are best"
        )
    return (coding, bits), channels, rate


def _width(coding: tuple[int, int]) -> int:
    return coding[1] // 8


def _integers(coding: tuple[int, int], samples: bytes) -> tuple[int, bytes]:
    """The samples as signed integers, and the bytes each takes: 1, 2 or 4."""
    import numpy as np

    match coding:
        case (_, 8):
            return 1, (np.frombuffer(samples, "u1") ^ 0x80).tobytes()
        case (_, 24):
            wide = np.zeros((len(samples) // 3, 4), "u1")
            wide[:, 1:] = np.frombuffer(samples, "u1").reshape(-1, 3)
            return 4, wide.tobytes()
        case (kind, _) if kind == FLOAT:
            loud = np.nan_to_num(np.frombuffer(samples, f"<f{_width(coding)}").astype("f8"))
            return 4, (loud.clip(-1, 1) * (2**31 - 1)).astype("<i4").tobytes()
        case _:
            return _width(coding), samples
