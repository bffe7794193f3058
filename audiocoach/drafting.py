"""From a text to a draft: read by us, or by a program of the user's and then checked by us.

The reading itself is in `audiocoach/routine/draft`; this module runs the program, and checks
whether a session can be as long as the text says.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from audiocoach.errors import Problem, RoutineError, UsageError
from audiocoach.language import base
from audiocoach.routine.draft.answers import AnswerError, checked, parsed
from audiocoach.routine.draft.asked import request
from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.reading import language_of, read
from audiocoach.routine.draft.tables import LANGUAGES
from audiocoach.routine.draft.writing import Written, with_length_asked, write
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.settings.config import WRITER_TIMEOUT, Config, Program
from audiocoach.timeline.script import Script, Sound, Utterance
from audiocoach.voice.child import Children
from audiocoach.wording import counted, one_line, printable

MOST_ANSWER: Final = 4 << 20
"""Bytes that a writer may answer."""
_POLL: Final = 0.05
_SHOWN: Final = 160
_LETTER_MS: Final = 62
"""How long a letter takes to be said, about, by measurement with eSpeak."""
_ONSET_MS: Final = 250
_CHIME_LETTERS: Final = 6
_MOST_FITTED: Final = 60
"""Exercises and groups of a session whose length is tried; more are no session, but a book."""
_MOST_EXERCISES: Final = 120
"""Exercises that no session has; more are refused before they are written."""
_ROOM: Final = 0.06
"""Share of its limits that a length must stay away from them, as the voice is not known yet."""


def draft_of(
    text: str, name: str, *, language: str | None = None, writer: Program | None = None
) -> Draft:
    """The draft of an article. `name` is used in errors.

    Raises RoutineError if no exercise is found or the language can't be detected, UsageError if the
    language is not supported or the writer can't be used.
    """
    own = read(text, _language(text, name, language))
    draft = _written_by(writer, own) if writer else own
    if not draft.exercises:
        raise RoutineError(
            Problem(
                "no exercise with a dose was found; give each exercise a heading or a line of its "
                "own, such as 'Squat: 3 x 10', or begin with: audiocoach new",
                printable(name),
            )
        )
    return draft


def _language(text: str, name: str, language: str | None) -> str:
    if language is not None:
        if base(language) not in LANGUAGES:
            raise UsageError(
                f"--language {language}: texts are read in {', '.join(LANGUAGES)}", place="language"
            )
        return base(language)
    found = language_of(text)
    if found is None:
        raise RoutineError(
            Problem(
                f"the language can't be detected; name it with --language ({', '.join(LANGUAGES)})",
                printable(name),
            )
        )
    return found


def routine_of(draft: Draft, name: str) -> Written:
    """The routine file of a draft; an impossible length becomes a question. `name` is for errors.

    Raises RoutineError if its exercises are too many for a session.
    """
    if len(draft.exercises) > _MOST_EXERCISES:
        raise RoutineError(_too_much(draft, name))
    compiled = _Compiled()
    try:
        written = write(draft, compiled.accept)
    except RoutineError as error:
        raise RoutineError(_too_much(draft, name)) from error
    if "duration_s" not in draft.figures or _fits(compiled):
        return written
    return with_length_asked(draft, written)


@dataclass
class _Compiled:
    """The last text that was accepted, with what it was compiled to, so that this is done once."""

    routine: Routine | None = None
    scripts: Sequence[Script] = ()

    def accept(self, text: str) -> None:
        """Compile a routine file. Raises RoutineError where it can't be."""
        self.routine = loads(text)
        self.scripts = scripts_of(self.routine)


def _too_much(draft: Draft, name: str) -> Problem:
    return Problem(
        f"{counted(len(draft.exercises), 'exercise')} were found, and that is more than a session "
        "can hold; keep the part with the exercises of one session",
        printable(name),
    )


def scripts_of(routine: Routine) -> list[Script]:
    """What a routine is compiled to at each level. Raises RoutineError where it can't be."""
    from audiocoach.coaching.compiler import compile_script

    at_levels = map(routine.at_level, routine.levels or (routine.level,))
    return [compile_script(select(each, affected="right")) for each in at_levels]  # as the left


def _fits(compiled: _Compiled) -> bool:
    """Whether a session is likely to be able to last as long as the routine says."""
    from audiocoach.errors import FitError
    from audiocoach.timeline.fit import fit

    routine = compiled.routine
    target = routine.duration if routine else None
    if routine is None or target is None:
        return True
    if len(routine.exercises) > _MOST_FITTED:
        return False
    # On the minute, what is told before it and in it depends on the voice: too far off to judge.
    if any(each.every for each in routine.all_exercises()):
        return False
    for script in compiled.scripts:
        lengths = {sound: _spoken(sound) for sound in script.sounds()}
        for asked in (target, 1):  # no length is 1 ms, so the limits are told
            try:
                fit(script, lengths, asked)
            except FitError as error:
                if not _inside(error, target):
                    return False
                break
    return True


def _inside(error: object, target: int) -> bool:
    shortest, longest = getattr(error, "shortest", 0), getattr(error, "longest", 0)
    return bool(shortest * (1 + _ROOM) <= target <= longest * (1 - _ROOM))


def _spoken(sound: Sound) -> int:
    """About how long a sound lasts, in samples that fill whole frames."""
    letters = len(sound.text) if isinstance(sound, Utterance) else _CHIME_LETTERS
    return -(-(letters * _LETTER_MS + _ONSET_MS) * 48 // 1152) * 1152


# a program of the user's own


def writer_of(command: str, config: Config, *, offline: bool) -> Program:
    """The program that `--with` names: one of the config, or a command line.

    Raises UsageError if it can't be split or run, or if it may be online and must not be.
    """
    named = config.writers.get(command)
    if named is None:
        try:
            parts = tuple(shlex.split(command))
        except ValueError as reason:
            raise UsageError(f"--with {command!r}: {reason}", place="with") from reason
        if not parts:
            raise UsageError("--with needs a command, such as 'ollama run llama3'", place="with")
        program = Program(parts, timeout=WRITER_TIMEOUT)
    else:
        program = named
    if offline and program.online is not False:
        raise UsageError(
            f"--offline: {command!r} may send the text away; if it does not, say so under "
            f"[writers.NAME] in {config.path}: command = {list(program.command)}, online = false, "
            "and name it with --with NAME",
            place="offline",
        )
    if shutil.which(program.command[0]) is None and not Path(program.command[0]).is_file():
        raise UsageError(
            f"--with: there is no program '{program.command[0]}'; install it", place="with"
        )
    return program


def _written_by(writer: Program, own: Draft) -> Draft:
    answer = _asked(writer, request(own.text))
    try:
        return checked(parsed(answer), own)
    except AnswerError as reason:
        raise UsageError(
            f"--with {writer.command[0]}: {reason}; try it again, or without", place="with"
        ) from reason


def _asked(program: Program, question: str) -> str:
    """What a program answers on its standard output; it gets the question on its input."""
    children = Children()
    with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
        asked, answer, errors = (Path(folder, name) for name in ("asked", "answer", "errors"))
        asked.write_bytes(question.encode("utf-8", errors="replace"))
        with asked.open("rb") as stdin, answer.open("wb") as out, errors.open("wb") as complaints:
            try:
                process = children.start(
                    program.command, program.folder, stdin=stdin, stdout=out, stderr=complaints
                )
            except OSError as reason:
                raise UsageError(
                    f"--with {program.command[0]}: cannot be started ({reason.strerror})",
                    place="with",
                ) from reason
        try:
            code = _wait(process, program, answer)
        finally:
            children.end(process)
        if code:
            said = one_line(errors.read_bytes()[:2000].decode(errors="replace"))[:_SHOWN]
            raise UsageError(
                f"--with {program.command[0]} ended with exit code {code}"
                + (f" ({said})" if said else ""),
                place="with",
            )
        return answer.read_bytes()[:MOST_ANSWER].decode("utf-8", errors="replace")


def _wait(process: subprocess.Popen[bytes], program: Program, answer: Path) -> int:
    deadline = time.monotonic() + program.timeout
    while True:
        try:
            return process.wait(_POLL)
        except subprocess.TimeoutExpired:
            if answer.stat().st_size > MOST_ANSWER:
                raise UsageError(
                    f"--with {program.command[0]} wrote more than {MOST_ANSWER >> 20} MB",
                    place="with",
                ) from None
        if time.monotonic() > deadline:
            raise UsageError(
                f"--with {program.command[0]} took longer than {program.timeout:g} s and was "
                "ended; give it more with `timeout` under [writers.NAME] in your config",
                place="with",
            )
