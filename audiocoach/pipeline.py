"""The pipeline, top to bottom: the one place that knows every room."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from audiocoach.coaching.compiler import change_lines, compile_script
from audiocoach.delivery.file import write_whole
from audiocoach.delivery.id3 import Chapter, chapters, id3
from audiocoach.errors import DeliveryError, VoiceError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.routine.translate import speaks, translate
from audiocoach.settings.config import Config
from audiocoach.settings.resolve import Chosen, Options, Resolved, resolve
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import Family, Place
from audiocoach.sound.link import link
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache, open_cache, size_limit
from audiocoach.timeline import Script, Timeline, fit
from audiocoach.timeline.placing import limits
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Sound, Utterance
from audiocoach.voice.base import Voice, open_voice
from audiocoach.voice.choice import (
    ONLINE,
    Choice,
    Wish,
    choose,
    fallback_order,
    noticed,
    refuse_online,
)

_Made = TypeVar("_Made")


def settled(
    options: Options, routine: Routine | None = None, surroundings: Surroundings | None = None
) -> Resolved:
    """What holds for a build: what these options, the environment, the routine and the config say.

    Without `surroundings`, those of this process. Raises UsageError, RoutineError or ConfigError
    for a value that can't be.
    """
    around = surroundings or Surroundings.here()
    return resolve(options.given, around.environ, routine, around.config)


def wish(settings: Resolved, config: Config) -> Wish:
    """What the user said about the voice; what stands in the config is only preferred."""
    return Wish(config, settings.chosen_now("voice"), offline=settings.chosen_now("offline"))


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A session that is timed to the sample, but not yet written."""

    routine: Routine
    script: Script
    timeline: Timeline
    studio: Studio
    choice: Choice
    requests: int
    """How many requests to an online service its voice needed, counted before it spoke."""
    settings: Resolved

    def cold_requests(self, spec: str = ONLINE) -> int | None:
        """How many requests a voice would need that has said nothing yet; makes none.

        0 for a voice on this computer, None for one that can't speak this at all.
        """
        nothing = Cache(Path(os.devnull))
        try:
            voice = open_voice(spec, language=self.routine.language, rate=1.0, cache=nothing)
            studio = Studio(voice, self.routine.language, nothing)
            return _requests(studio, self.script.sounds())
        except (VoiceError, ImportError):
            return None


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was written."""

    path: Path
    size: int
    voice: str
    timeline: Timeline
    chapters: tuple[Chapter, ...]
    choice: Choice
    """Why this voice spoke, and how to choose otherwise."""
    settings: Resolved
    changes: tuple[str, ...] = ()
    """What the user changed about the dose, a sentence each."""
    warning: str | None = None
    """One line when the cache could not keep what was made."""


def rehearse(
    source: Routine | str | Path,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
) -> Rehearsal:
    """Load, compile, speak and fit a routine: everything but the MP3.

    Raises RoutineError, VoiceError, FitError or UsageError.
    """
    making = _Making(source, options, cache, listener)
    return making.with_a_voice(making.rehearse)


def build(
    source: Routine | str | Path,
    output: str | Path,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
) -> Session:
    """Make the session of a routine (a bundled name, a file, or a loaded one) as an MP3.

    The file at `output` is replaced only when the new one is complete. The same
    routine, options, voice and versions give the same bytes. Raises RoutineError,
    VoiceError, FitError, DeliveryError or UsageError.
    """
    keep_the_routine(source, Path(output))
    making = _Making(source, options, cache, listener)
    return making.with_a_voice(
        lambda choice, voice: making.write(making.rehearse(choice, voice), Path(output))
    )


def write(
    rehearsal: Rehearsal, output: str | Path, *, cache: Cache, listener: Listener = SILENT
) -> Session:
    """Link a rehearsed session and write it; leaves it to the caller to trim the cache.

    Raises DeliveryError, and VoiceError if a clip was damaged and can't be spoken again.
    """
    timeline, studio = rehearsal.timeline, rehearsal.studio
    told = partial(listener.progress, Stage.LINK)
    track = link(timeline, studio.key, studio.samples, cache, told)
    changes = tuple(change_lines(rehearsal.routine))
    tag = id3(timeline, comment=" ".join(changes))
    size = write_whole(Path(output), chain([tag], track))
    return Session(
        Path(output),
        size,
        studio.voice.name,
        timeline,
        chapters(timeline),
        rehearsal.choice,
        rehearsal.settings,
        changes,
        cache.warning,
    )


def sample(
    script: Script,
    voice: str,
    output: str | Path,
    *,
    offline: bool | None = None,
    listener: Listener = SILENT,
) -> float:
    """Write a short script (`coaching.sample`) spoken by a voice as an MP3; gives its seconds.

    Raises VoiceError, DeliveryError or UsageError.
    """
    here = Surroundings.here()
    options = Options(voice=voice, offline=offline)
    wanted = wish(settled(options, surroundings=here), here.config)
    cache = open_cache()
    choice = choose(script.language, wanted, cache)
    speaker = open_voice(voice, language=script.language, rate=1.0, cache=cache)
    if wanted.stays_here:
        refuse_online(speaker)
    if choice.notice and listener.notice(choice.notice):
        noticed(choice, cache)
    studio = Studio(speaker, script.language, cache)
    timeline = fit(script, studio.lengths(script.sounds()))
    track = link(timeline, studio.key, studio.samples, cache)
    write_whole(Path(output), chain([id3(timeline)], track))
    return timeline.total / SAMPLE_RATE


class _Making:
    """One build: the compiled script, and what it needs to be spoken and written."""

    def __init__(
        self,
        source: Routine | str | Path,
        options: Options,
        cache: Cache | None,
        listener: Listener,
    ) -> None:
        loaded = source if isinstance(source, Routine) else load(source)
        here = Surroundings.here()
        self._settings = settled(options, loaded, here)
        chosen = _dosed(loaded, self._settings)
        self._routine = translate(chosen, _language(chosen, self._settings["language"]))
        self._target = self._settings.settings.duration
        self._script = compile_script(self._routine, self._settings.settings)
        self._cache = cache or open_cache()
        self._limit = size_limit()
        self._wish = wish(self._settings, here.config)
        self._listener = listener

    def with_a_voice(self, make: Callable[[Choice, Voice], _Made]) -> _Made:
        """Make something with the chosen voice; where allowed, whole again with the next one.

        A voice that does not exist is the user's slip and never replaced.
        """
        choice = choose(self._routine.language, self._wish, self._cache, self._has_all)
        voice = self._open(choice.spec)
        self._announce(choice)
        for spec in self._others(choice.spec):
            try:
                return make(choice, voice)
            except VoiceError as error:
                self._listener.notice(f"{spec} speaks the whole session instead: {error}")
                choice = Choice(spec, f"{choice.spec} failed", "--no-fallback stops instead")
                voice = self._open(spec)
        return make(choice, voice)

    def rehearse(self, choice: Choice, voice: Voice) -> Rehearsal:
        """Speak what the cache lacks, and fit."""
        studio = Studio(voice, self._routine.language, self._cache)
        rooms = {sound: ms * SAMPLES_PER_MS for sound, ms in limits(self._script).items()}
        told = partial(self._listener.progress, Stage.SPEAK)
        requests = _requests(studio, self._script.sounds())
        lengths = studio.lengths(self._script.sounds(), rooms, told)
        timeline = fit(self._script, lengths, self._target)
        timeline = replace(timeline, notes=(*studio.notes, *timeline.notes))
        return Rehearsal(
            self._routine, self._script, timeline, studio, choice, requests, self._settings
        )

    def write(self, done: Rehearsal, path: Path) -> Session:
        """Write a rehearsed session, and keep the cache in its limit."""
        session = write(done, path, cache=self._cache, listener=self._listener)
        self._cache.trim(self._limit)
        return session

    def _open(self, spec: str) -> Voice:
        rate = self._settings.settings.rate
        voice = open_voice(spec, language=self._routine.language, rate=rate, cache=self._cache)
        if self._wish.stays_here:
            refuse_online(voice)
        return voice

    def _has_all(self, spec: str) -> bool:
        studio = Studio(self._open(spec), self._routine.language, self._cache)
        return studio.has_all(self._script.sounds())

    def _announce(self, choice: Choice) -> None:
        if choice.notice and self._listener.notice(choice.notice):
            noticed(choice, self._cache)

    def _others(self, failed: str) -> list[str]:
        if not self._settings.settings.fallback:
            return []
        return fallback_order(self._routine.language, failed)


@runtime_checkable
class _Asking(Protocol):
    """A voice that asks a service, and knows how often it would for these utterances."""

    def requests_needed(self, utterances: Iterable[Utterance]) -> int: ...


def _requests(studio: Studio, sounds: Iterable[Sound]) -> int:
    voice = studio.voice
    return voice.requests_needed(studio.to_speak(sounds)) if isinstance(voice, _Asking) else 0


def keep_the_routine(source: Routine | str | Path, output: Path) -> None:
    """Refuse to write over the routine that is read. Raises DeliveryError."""
    if isinstance(source, Routine):
        return
    with suppress(OSError, ValueError):  # one of them is not there
        if output.samefile(source):
            raise DeliveryError(f"{output} is the routine itself; name another file with --output")


def _dosed(routine: Routine, settings: Resolved) -> Routine:
    """The routine with the dose the user chose.

    A level in the config is for those routines that have levels; the others stay as they are.
    """
    dose = settings.family(Family.DOSE)
    if settings["level"].place is Place.CONFIG and not routine.levels:
        dose["level"] = None
    return select(routine, **dose)


def _language(routine: Routine, chosen: Chosen) -> str:
    """The language of the session. One in the config is for the routines that speak it."""
    wanted = str(chosen.value or routine.language)
    if chosen.place is Place.CONFIG and not speaks(routine, wanted):
        return routine.language
    return wanted
