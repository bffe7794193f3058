"""A program of the user's own as a voice: it reads a text on stdin and writes a WAV.

One process an utterance, some at once, each in a process group of its own that is
killed when it takes too long, writes too much or the build stops. What it writes goes
to files in a private folder, not to pipes: nothing can block on a full pipe, a child
left behind can't hold one open, and many programs write a right WAV header only where
they can go back to it. The text is on stdin alone (`config.check_placeholders` says why).
"""

# Imports inside functions are those a rebuild from the cache never needs

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.language import same
from audiocoach.settings.config import Config, Program
from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Offer, failing_as
from audiocoach.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache
    from audiocoach.voice.command.runner import Runner
    from audiocoach.voice.segment import AudioSegment

LEAST_AT_ONCE, MOST_AT_ONCE = 2, 4
"""How many run at once if the user doesn't say; even on one core, two hide the delay of a network.
"""
SMALL: Final = 1_000_000
"""Files up to this many bytes are identified by their content, larger ones by size and date."""


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
        """Whether the texts may leave this computer: only the user can say that they don't."""
        return self.program.online is not False

    @property
    def tempo(self) -> float:
        """The rate, unless it is passed to the program."""
        return 1.0 if self._uses("{rate}") else self.rate

    @property
    def licence(self) -> str:
        """What the user states."""
        return self.program.licence

    @cached_property
    def fingerprint(self) -> str:
        """The program, its arguments, and the files they name: a script, a model."""
        parts = [os.path.realpath(self.path), *self.arguments("{wav}")[1:]]
        known = key(*parts, *map(self._contents, parts))
        return f"command {self.language} {self.rate:g} {known}"

    def speak(self, utterances: Sequence[Utterance]) -> Generator[tuple[Utterance, AudioSegment]]:
        """Speech as the program gives it, in order. Raises VoiceError naming the utterance.

        No more are started than may run at once, so a failure wastes little.
        """
        from audiocoach.voice.child import Crew, processors
        from audiocoach.voice.command.runner import Runner

        runner = Runner(self.program)
        workers = self.program.at_once or min(max(processors(), LEAST_AT_ONCE), MOST_AT_ONCE)
        crew = Crew(workers, runner.stop, ahead=1)
        say = partial(self._say, runner)
        with failing_as(self.name), closing(crew.in_order(say, utterances)) as spoken:
            yield from spoken

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
        with suppress(OSError):
            if path.is_file():
                size, date = path.stat().st_size, path.stat().st_mtime_ns
                return path.read_bytes() if size <= SMALL else f"{size} {date}".encode()
        return b""

    def _say(self, runner: Runner, utterance: Utterance) -> AudioSegment:
        from tempfile import TemporaryDirectory

        from audiocoach.voice.command.runner import FaultError, complaint
        from audiocoach.voice.command.wav import read_wav

        text = utterance.text
        try:
            with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
                wav = Path(folder, "speech.wav")
                command = self.arguments(str(wav))
                try:
                    said = runner.run(command, text, wav, to_stdout=not self._uses("{wav}"))
                    return read_wav(said)
                except FaultError as fault:
                    raise VoiceError(
                        f"{self.name} {fault}{complaint(wav)} at {quoted(text)}; {self._remedy()}",
                        utterance=text,
                    ) from None
        except OSError as reason:
            raise VoiceError(
                f"the sound of {self.name} cannot be stored temporarily: {reason}; "
                "free space there, or name another folder with TMPDIR=/path/to/folder",
                utterance=text,
            ) from reason

    def _remedy(self) -> str:
        by_hand = f"echo Hello | {shlex.join(self.arguments('out.wav'))}"
        return f"try it by hand: {by_hand}" + ("" if self._uses("{wav}") else " > out.wav")


class CommandEngine:
    """Opens programs: by their path, or by the name the user's config gives them."""

    name = "command"
    online = False
    """Depends on the program: see `CommandVoice.online`."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def offers(self, language: str) -> Sequence[Offer]:
        """The programs of the user's config that speak the language, in their order there."""
        config = self._surroundings.config
        offers = [
            Offer(
                f"command:{name}",
                f"your program {program.command[0]}",
                _step(program),
                program.licence,
            )
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
            config = self._surroundings.config
            able = (each for each in config.voices if _speaks(config.voices[each], language))
            voice = voice or next(able, "")
            program = _defined(voice, config)
        name = f"command:{voice}"
        if not _speaks(program, language):
            raise VoiceError(
                f"{name} speaks '{program.language}', and the routine is in '{language}'; "
                f"choose another --voice, or change its language in your config"
            )
        return CommandVoice(name, _found(name, program), program, language, rate)


def _defined(name: str, config: Config) -> Program:
    if not name:
        raise VoiceError(
            f"--voice command needs a program: command:/path/to/program, or command:NAME for one "
            f"that [voices.NAME] in {config.path} defines"
        )
    if name in config.voices:
        return config.voices[name]
    path = shutil.which(name)
    or_path = f", or write --voice command:{path}" if path else ""
    raise VoiceError(
        f"your config {config.path} defines no voice '{name}'; {did_you_mean(name, config.voices)}"
        f'add [voices.{name}] with command = ["program", "argument"]{or_path}'
    )


def _speaks(program: Program, language: str) -> bool:
    return program.language is None or same(program.language, language)


def _found(name: str, program: Program) -> str:
    """The absolute path of a program. Raises VoiceError when it can't be run."""
    wanted = os.path.expanduser(program.command[0])  # noqa: PTH111 - a Path drops the "./"
    if not os.path.dirname(wanted):  # noqa: PTH120 - likewise
        found = shutil.which(wanted)
        if found is None:
            raise VoiceError(f"{name}: there is no program '{wanted}' on your PATH; install it")
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
