"""The pipeline, top to bottom: prepare, cast, rehearse, deliver."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache as once
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from audiocoach import __version__
from audiocoach.casting import Casting, Role
from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.audio import Master
from audiocoach.delivery.beside import NOTHING, Beside
from audiocoach.delivery.chapters import Chapter, chapters
from audiocoach.delivery.comment import comment, remarks
from audiocoach.delivery.file import file_for
from audiocoach.delivery.formats import of_session
from audiocoach.errors import DeliveryError, FitError, RoutineError, VoiceError
from audiocoach.listener import SILENT, Forecast, Listener, Stage
from audiocoach.recall import Compiled, Recall
from audiocoach.routine.bundle import SIZE_LIMIT
from audiocoach.settings.resolve import Options, Resolved, settled
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import Family, Place, Settings
from audiocoach.sound.beds import bed_of, check_bed
from audiocoach.sound.mp3 import coding_of
from audiocoach.sound.studio import Progress, Studio, Takes
from audiocoach.speaking import likely, needs_nobody, requests, speak
from audiocoach.store import Cache, open_cache, size_limit
from audiocoach.timeline import Script, Timeline
from audiocoach.timeline.bounds import that_hold
from audiocoach.timeline.digest import digest
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.timeline.timeline import Fit
from audiocoach.voice.base import Voice, licence_of, open_voice
from audiocoach.voice.choice import ONLINE, SERVICES, Choice

if TYPE_CHECKING:  # what reads and compiles a routine is imported when one is: a third of a rebuild
    from audiocoach.routine.model import Routine

_SOON: Final = 3.0
"""Seconds that need no word before."""
Source: TypeAlias = "Routine | str | Path"
"""A routine: loaded, a bundled name, or the path of a file."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session that is compiled, and waits for a voice."""

    compiled: Compiled
    role: Role
    read: Callable[[], Routine]
    """Returns the routine as this session uses it."""
    keep: Callable[[], None] = lambda: None
    """Stores it for the next identical build."""

    @classmethod
    def of(cls, routine: Routine, script: Script, role: Role) -> Prepared:
        """A routine, and what it was compiled to."""
        return cls(Compiled(script, role.chosen, remarks(routine)), role, lambda: routine)

    @property
    def script(self) -> Script:
        """What is said and waited for."""
        return self.compiled.script

    @property
    def routine(self) -> Routine:
        """The routine as this session has it. Raises RoutineError if it is no longer there."""
        return self.read()

    def all_cached(self, spec: str) -> bool:
        """Whether everything this voice would say is in the cache."""
        studio = self.studio(self.role.open(spec))
        return needs_nobody(studio, self.script, self.role.chosen.settings.duration)

    def studio(self, voice: Voice) -> Studio:
        """The studio for that voice."""
        return Studio(voice, self.script.language, self.role.cache)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A session that has been timed to the sample, but not yet written."""

    prepared: Prepared
    timeline: Timeline
    takes: Takes
    choice: Choice
    requests: int
    """How many requests to an online service its voice needed, counted before it spoke."""

    @property
    def routine(self) -> Routine:
        """The routine as this session has it. Raises RoutineError if it is no longer there."""
        return self.prepared.routine

    @property
    def script(self) -> Script:
        """What is said and waited for."""
        return self.prepared.script

    @property
    def settings(self) -> Resolved:
        """What holds for it."""
        return self.prepared.role.chosen

    @property
    def surroundings(self) -> Surroundings:
        """What it took from the computer it runs on."""
        return self.prepared.role.surroundings

    def cold_requests(self, spec: str = ONLINE) -> int | None:
        """How many requests a voice would need with an empty cache; makes none.

        0 for a voice on this computer, None for one that can't speak this at all.
        """
        language, nothing = self.script.language, Cache(Path(os.devnull))
        try:
            voice = open_voice(
                spec, language=language, rate=1.0, cache=nothing, surroundings=self.surroundings
            )
            studio = Studio(voice, language, nothing)
            return requests(studio, likely(studio, self.script, self.settings.settings.duration))
        except (VoiceError, ImportError):
            return None


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has been written."""

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
    beside: tuple[Path, ...] = ()
    """The other files that were written with it."""


def build(  # noqa: PLR0913 - what may be handed in
    source: Source,
    output: str | Path,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
    beside: Beside = NOTHING,
) -> Session:
    """Make the session of a routine (a bundled name, a file, or a loaded one).

    It is an MP3, or whatever the ending of `output` or the device of `beside` says
    (`delivery/formats.py`); `beside` says what else to write under the same name. A file is
    replaced only when the new one is complete. The same routine, options, voice and versions
    give the same bytes. `surroundings` defaults to those of this process. Raises
    RoutineError, VoiceError, FitError, DeliveryError or UsageError.
    """
    path = Path(output)
    check_output(source, path, beside)
    beside.row(path)
    around = surroundings or Surroundings.here()
    limit = size_limit(around.variable("CACHE_LIMIT"))
    prepared = prepare(source, options, cache, around)
    role = prepared.role

    def act(casting: Casting) -> Session:
        return deliver(spoken(prepared, casting, listener), path, listener, beside)

    session = role.perform(act, listener, prepared.all_cached)
    role.cache.trim(limit, SERVICES)
    return session


def rehearse(
    source: Source,
    options: Options = Options(),
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
) -> Rehearsal:
    """Load, compile, speak and fit a routine: everything but the file.

    `surroundings` defaults to those of this process. Raises RoutineError,
    VoiceError, FitError or UsageError.
    """
    prepared = prepare(source, options, cache, surroundings or Surroundings.here())
    act = partial(spoken, prepared, listener=listener)
    return prepared.role.perform(act, listener, prepared.all_cached)


# -- the steps -----------------------------------------------------------------------


def prepare(
    source: Source, options: Options, cache: Cache | None, surroundings: Surroundings
) -> Prepared:
    """Load a routine, resolve its settings, and compile it; `cache` is the user's if None.

    Raises RoutineError or UsageError.
    """
    cache = cache or open_cache(surroundings.place("CACHE"))
    if not isinstance(source, str | Path):
        return _compiled(source, options, cache, surroundings)
    recall = Recall(cache, source, options, surroundings)
    if kept := recall.found():
        check_bed(kept.chosen.settings)
        role = Role(kept.script.language, kept.chosen, cache, surroundings)
        return Prepared(kept, role, once(lambda: adapted(source, options, surroundings)[0]))
    prepared = _compiled(source, options, cache, surroundings)
    if prepared.routine.sound_files:
        return prepared
    return replace(prepared, keep=partial(recall.keep, prepared.compiled))


def _compiled(
    source: Source, options: Options, cache: Cache, surroundings: Surroundings
) -> Prepared:
    from audiocoach.coaching.compiler import compile_script

    routine, chosen = adapted(source, options, surroundings)
    script = compile_script(routine, chosen.settings)
    return Prepared.of(routine, script, Role(routine.language, chosen, cache, surroundings))


def adapted(
    source: Source, options: Options, surroundings: Surroundings
) -> tuple[Routine, Resolved]:
    """A routine as this session has it, in its language and dose, and the settings that hold.

    Raises RoutineError or UsageError.
    """
    loaded = _loaded(source) if isinstance(source, str | Path) else source
    chosen = settled(options, loaded, surroundings)
    check_bed(chosen.settings)
    return _in_language(_dosed(loaded, chosen), chosen), chosen


def spoken(prepared: Prepared, casting: Casting, listener: Listener = SILENT) -> Rehearsal:
    """Speak what the cache lacks, and fit; the next build may then reuse what was compiled.

    Raises VoiceError or FitError.
    """
    script, studio = prepared.script, prepared.studio(casting.voice)
    settings = prepared.role.chosen.settings
    _forecast(studio, script, settings, listener)
    try:
        told = speak(studio, script, settings.duration, partial(listener.progress, Stage.SPEAK))
    except FitError as error:
        raise _with_limits_that_hold(error, prepared, studio) from None
    prepared.keep()
    return Rehearsal(prepared, told.timeline, told.takes, casting.choice, told.requests)


def _forecast(studio: Studio, script: Script, settings: Settings, listener: Listener) -> None:
    """Let it be known when the voice will take long: how often it asks, how long, how large."""
    from audiocoach.voice.effort import is_slow, seconds_for

    name = studio.voice.name
    if not is_slow(name):
        return
    from audiocoach.sound.expected import natural_seconds, samples
    from audiocoach.voice.natural import slowness

    lacking = likely(studio, script, settings.duration)
    texts = studio.to_speak(lacking)
    speech = sum(map(samples, texts)) / SAMPLE_RATE
    if seconds_for(name, speech) < _SOON:
        return
    seconds = seconds_for(name, speech) * slowness()
    length = (settings.duration or 0) / 1000 or natural_seconds(script)
    size = round(length * settings.bitrate * 125)
    asked = requests(studio, lacking)
    listener.forecast(Forecast(name, len(texts), asked, seconds, size))


def _with_limits_that_hold(error: FitError, prepared: Prepared, studio: Studio) -> FitError:
    """The error with limits that were tried: told, spoken and fitted at those lengths.

    A voice that can't say the few other words leaves it as it was.
    """
    settings = prepared.role.chosen.settings

    def trial(duration: int | None) -> Fit:
        return at_length(prepared.routine, replace(settings, duration=duration), studio).fit

    try:
        return that_hold(error, trial)
    except VoiceError:
        return error


def at_length(
    routine: Routine, settings: Settings, studio: Studio, progress: Progress | None = None
) -> Timeline:
    """The routine compiled, spoken and fitted with these settings, to the length they name.

    Raises RoutineError, VoiceError or FitError.
    """
    from audiocoach.coaching.compiler import compile_script

    script = compile_script(routine, settings)
    return speak(studio, script, settings.duration, progress).timeline


def deliver(
    rehearsal: Rehearsal, path: Path, listener: Listener = SILENT, beside: Beside = NOTHING
) -> Session:
    """Write a rehearsed session, and any files wanted next to it; the caller trims the cache.

    Raises DeliveryError, and VoiceError if a clip was damaged and can't be spoken again.
    """
    timeline, studio = rehearsal.timeline, rehearsal.takes.studio
    master = mastered(rehearsal, listener)
    with file_for(path) as file:
        beside.row(path).make(master, file)
        size = _size(file)
    return Session(
        path,
        size,
        studio.voice.name,
        timeline,
        chapters(timeline),
        rehearsal.choice,
        rehearsal.settings,
        rehearsal.prepared.compiled.remarks.changes,
        studio.cache.warning,
        beside.write(master, path),
    )


def mastered(rehearsal: Rehearsal, listener: Listener = SILENT) -> Master:
    """A rehearsed session, ready to be written in any format."""
    chosen, studio = rehearsal.settings, rehearsal.takes.studio
    licence = licence_of(studio.voice)
    return Master(
        rehearsal.timeline,
        rehearsal.takes,
        comment(rehearsal.prepared.compiled.remarks, studio.voice.name, licence, chosen.flags()),
        partial(listener.progress, Stage.LINK),
        digest(rehearsal.script),
        __version__,
        coding_of(chosen.settings),
        bed_of(chosen.settings, studio.cache),
    )


def _size(written: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    files = written.iterdir() if written.is_dir() else [written]
    return sum(each.stat().st_size for each in files)


def sample(
    script: Script,
    output: Path,
    options: Options,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
) -> float:
    """Write a short script (`coaching.sample`), spoken with those options; returns its seconds.

    Raises VoiceError, DeliveryError or UsageError.
    """
    form = of_session(output)
    around = surroundings or Surroundings.here()
    chosen = settled(options, surroundings=around)
    role = Role(script.language, chosen, open_cache(around.place("CACHE")), around)
    casting = role.cast()
    role.announce(casting, listener)
    told = speak(Studio(casting.voice, script.language, role.cache), script, None)
    form.make(Master(told.timeline, told.takes, program=__version__), output)
    return told.timeline.total / SAMPLE_RATE


def check_output(source: Source, output: Path, beside: Beside = NOTHING) -> None:
    """Refuse a place where no file can be, and one that holds the routine itself or one of its
    sounds.

    Raises DeliveryError, or UsageError for what can't stand beside the session.
    """
    beside.check(output)
    for path in (output, *beside.paths(output)):
        if isinstance(source, str | Path) and (is_read := _read_as(path, source)):
            raise DeliveryError(f"{path} is {is_read}; name another file with --output", path)


def _read_as(path: Path, source: str | Path) -> str:
    """What a file is to a routine that is read, "" if it is nothing to it."""
    with suppress(OSError, ValueError, RoutineError):  # one of them is not there, or can't be read
        if path.samefile(source):
            return "the routine itself"
        if _may_name(Path(source), path):  # hardly ever; only then it is loaded once more
            folder = Path(source).parent
            if any(path.samefile(folder / name) for name in _loaded(source).sound_files):
                return "a sound of the routine"
    return ""


def _may_name(source: Path, path: Path) -> bool:
    """Whether the name of a file stands anywhere in that of a routine."""
    if not source.is_file() or source.stat().st_size > SIZE_LIMIT:
        return False
    text = source.read_text("utf-8").casefold()
    return any(each.name.casefold() in text for each in (path, path.resolve()))


def _loaded(source: str | Path) -> Routine:
    from audiocoach.routine.load import load

    return load(source)


def _dosed(routine: Routine, chosen: Resolved) -> Routine:
    """The routine with the dose the user chose.

    A level in the config is for those routines that have levels; the others stay as they are.
    """
    from audiocoach.routine.select import select

    dose = chosen.family(Family.DOSE)
    if chosen["level"].place is Place.CONFIG and not routine.levels:
        dose["level"] = None
    return select(routine, **dose)


def _in_language(routine: Routine, chosen: Resolved) -> Routine:
    """In the language of the session. One in the config is for the routines that speak it."""
    from audiocoach.routine.translate import speaks, translate

    wanted = chosen.settings.language or routine.language
    if chosen.chosen_now("language"):
        phrases_for(wanted)  # where there are none, a translation of the routine would not help
    if chosen["language"].place is Place.CONFIG and not speaks(routine, wanted):
        return translate(routine, routine.language)
    return translate(routine, wanted)
