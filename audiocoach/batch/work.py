"""What a task does, in whichever process: it gets everything it needs as data, and the cache.

Only the cache is shared: a routine need not be on the computer that links a session, and finished
files go back as bytes if the requester has another disk.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from audiocoach import __version__
from audiocoach.batch.graph import Said, Speak, Speaker
from audiocoach.casting import Casting, Role
from audiocoach.delivery.beside import Beside
from audiocoach.delivery.file import write_whole
from audiocoach.delivery.formats import CAR, Format
from audiocoach.errors import AudiocoachError, LackError, VoiceError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.pipeline import Prepared, Session, deliver, spoken
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import Resolved
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache, open_cache
from audiocoach.timeline.script import Script, Utterance
from audiocoach.voice.base import Voice, open_voice
from audiocoach.voice.choice import Choice, refuse_online

_TRIES: Final = 3
"""Utterances of a task that may fail until the voice is taken for dead."""


@dataclass(frozen=True, slots=True)
class SpeakWork:
    """Have a voice speak something, and keep it."""

    task: Speak
    surroundings: Surroundings
    version: str = __version__


@dataclass(frozen=True, slots=True)
class LinkWork:
    """Write a session, and the other files wanted next to it."""

    routine: Routine
    script: Script
    chosen: Resolved
    choice: Choice
    speaker: Speaker
    output: Path
    beside: Beside
    surroundings: Surroundings
    by_hand: bool = False
    """Whether the files come back as bytes, because `output` is on another computer's disk."""
    version: str = __version__


Work: TypeAlias = SpeakWork | LinkWork


@dataclass(frozen=True, slots=True)
class Spoke:
    """The outcome for the utterances."""

    said: Said
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A session, or why there is none; and its files, if they are returned as bytes."""

    outcome: Session | AudiocoachError
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """By path, relative to the folder of the output."""
    device: Format | None = None

    def write(self) -> None:
        """Write the files that were returned as bytes. Raises DeliveryError."""
        if not self.files or isinstance(self.outcome, AudiocoachError):
            return
        output = self.outcome.path
        if self.device is CAR:
            from audiocoach.delivery.car import whole_car

            with whole_car(output) as folder:
                for name, content in self.files:
                    if (inside := PurePosixPath(name)).parts[0] == output.name:
                        (folder / inside.name).write_bytes(content)
        for name, content in self.files:
            if "/" not in name:
                write_whole(output.with_name(name), [content])


Result: TypeAlias = Spoke | Linked


def do(work: Work, cache: Cache | None = None, listener: Listener = SILENT) -> Result:
    """Do it here; an error that the user can fix is part of the result."""
    around = work.surroundings if cache else work.surroundings.at(os.environ)
    cache = cache or open_cache(around.place("CACHE"))
    if isinstance(work, SpeakWork):
        try:
            _same_program(work)
            said = _say(work.task, cache, around, listener)
        except VoiceError as error:
            said = Said(frozenset(), mute=error)
        return Spoke(said, cache.warning)
    try:
        _same_program(work)
        return _link(work, cache, around, listener)
    except AudiocoachError as error:
        return Linked(error)


def _same_program(work: Work) -> None:
    if work.version != __version__:
        raise VoiceError(
            f"a worker has audiocoach {__version__}, and {work.version} was asked for; "
            "install the same version on every worker"
        )


def voice_of(speaker: Speaker, cache: Cache, surroundings: Surroundings) -> Voice:
    """The voice, checked to be the same as where the session was planned. Raises VoiceError."""
    voice = open_voice(
        speaker.name,
        language=speaker.language,
        rate=speaker.rate,
        cache=cache,
        surroundings=surroundings,
    )
    if speaker.stays_here:
        refuse_online(voice)
    if voice.fingerprint != speaker.fingerprint:
        raise VoiceError(
            f"{speaker.name} sounds different on a worker ({voice.fingerprint}) from where the "
            f"batch was started ({speaker.fingerprint}); install the same versions on both",
            voice=speaker.name,
        )
    return voice


def _say(task: Speak, cache: Cache, surroundings: Surroundings, listener: Listener) -> Said:
    """Say it, one failure after the other left out. Raises VoiceError for a voice that is mute."""
    speaker = task.speaker
    studio = Studio(voice_of(speaker, cache, surroundings), speaker.language, cache)
    if not task.utterances:
        studio.level()
        return Said(frozenset())
    left, failed = list(task.utterances), dict[Utterance, VoiceError]()
    while left:
        try:
            studio.record(left, lambda done, of: listener.progress(Stage.SPEAK, done, of))
            break
        except VoiceError as error:
            culprit = next((each for each in left if each.text == error.utterance), None)
            if culprit is None or speaker.service or len(failed) + 1 == _TRIES:
                kept = frozenset(each for each in left if studio.has_all([each]))
                return Said(kept, failed, error)
            failed[culprit] = error
            left.remove(culprit)
    return Said(frozenset(task.utterances) - failed.keys(), failed)


def _link(work: LinkWork, cache: Cache, surroundings: Surroundings, listener: Listener) -> Linked:
    voice = voice_of(work.speaker, cache, surroundings)
    role = Role(work.routine.language, work.chosen, cache, surroundings)
    prepared = Prepared.of(work.routine, work.script, role)
    rehearsal = spoken(prepared, Casting(work.choice, voice), listener)
    if not work.by_hand:
        return Linked(deliver(rehearsal, work.output, listener, work.beside))
    try:
        with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            session = deliver(rehearsal, folder / work.output.name, listener, work.beside)
            files = tuple(
                (path.relative_to(folder).as_posix(), path.read_bytes())
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            )
    except OSError as error:
        raise LackError(f"a worker can't store a session temporarily: {error}") from error
    parent = work.output.parent
    beside = tuple(parent / path.name for path in session.beside)
    made = replace(session, path=work.output, beside=beside)
    return Linked(made, files, work.beside.device)
