"""The pipeline, top to bottom: the one place that knows every room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from audiocoach.coaching.compiler import change_lines, compile_script
from audiocoach.coaching.options import Coaching, Pace
from audiocoach.delivery.file import write_whole
from audiocoach.delivery.tags import Chapter, chapters, id3
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.sound.link import link
from audiocoach.sound.studio import Studio
from audiocoach.timeline import Script, Timeline, fit
from audiocoach.timeline.placing import limits
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.voice.base import open_voice
from audiocoach.voice.cache import Cache, open_cache, size_limit

NATURAL: Final = "natural"


class Stage(StrEnum):
    """What a build is busy with, for a progress bar."""

    SPEAK = "speaking"
    LINK = "linking"


Progress = Callable[[Stage, int, int], None]
"""Told the stage, how many of its parts are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a session is made. Nothing here changes a prescribed time.

    `duration` is in ms; None takes the routine's own, `"natural"` stretches
    nothing. `rate` multiplies the speed of the voice. `only`, `skip` and
    `rounds` change the dose, and the welcome says so.
    """

    duration: int | Literal["natural"] | None = None
    voice: str = "espeak"
    rate: float = 1.0
    pace: Pace = Pace.NORMAL
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A session that is timed to the sample, but not yet written."""

    routine: Routine
    script: Script
    timeline: Timeline
    studio: Studio
    cache: Cache


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was written."""

    path: Path
    size: int
    voice: str
    timeline: Timeline
    chapters: tuple[Chapter, ...]
    warning: str | None = None
    """One line when the cache could not keep what was made."""


def rehearse(
    source: Routine | str | Path,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """Load, compile, speak and fit a routine: everything but the MP3.

    Raises RoutineError, VoiceError or FitError.
    """
    loaded = source if isinstance(source, Routine) else load(source)
    routine = select(loaded, only=options.only, skip=options.skip, rounds=options.rounds)
    target = _target(routine, options)
    script = compile_script(routine, Coaching(pace=options.pace, duration=target))
    cache = cache or open_cache()
    voice = open_voice(options.voice, language=routine.language, rate=options.rate, cache=cache)
    studio = Studio(voice, routine.language, cache)
    rooms = {sound: ms * SAMPLES_PER_MS for sound, ms in limits(script).items()}
    lengths = studio.lengths(script.sounds(), rooms, _told(progress, Stage.SPEAK))
    timeline = fit(script, lengths, target)
    timeline = replace(timeline, notes=(*studio.notes, *timeline.notes))
    return Rehearsal(routine, script, timeline, studio, cache)


def build(
    source: Routine | str | Path,
    output: str | Path,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Session:
    """Make the session of a routine (a bundled name, a file, or a loaded one) as an MP3.

    The file at `output` is replaced only when the new one is complete. The same
    routine, options and versions give the same bytes. Raises RoutineError,
    VoiceError, FitError or DeliveryError.
    """
    done = rehearse(source, options, cache=cache, progress=progress)
    timeline, studio = done.timeline, done.studio
    track = link(timeline, studio.key, studio.samples, done.cache, _told(progress, Stage.LINK))
    tag = id3(timeline, comment=" ".join(change_lines(done.routine)))

    def contents() -> Iterator[bytes]:
        yield tag
        yield from track

    size = write_whole(Path(output), contents())
    done.cache.trim(size_limit())
    return Session(
        Path(output), size, studio.voice.name, timeline, chapters(timeline), done.cache.warning
    )


def _target(routine: Routine, options: Options) -> int | None:
    if options.duration == NATURAL:
        return None
    return options.duration if options.duration is not None else routine.duration


def _told(progress: Progress | None, stage: Stage) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(stage, done, total)
