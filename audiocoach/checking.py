"""What `check` finds out about a routine: how long it can last, and what of it nobody would hear.

It is told as the routine says and spoken by the built-in voice, so that no text leaves the
computer: neither the user's config nor the environment changes what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from audiocoach.delivery.json import notes_in_english
from audiocoach.errors import FitError, Problem, RoutineError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.pipeline import at_length
from audiocoach.routine.levels import Level
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import translate
from audiocoach.settings.resolve import resolve
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache
from audiocoach.timeline import Timeline
from audiocoach.timeline.bounds import that_hold
from audiocoach.timeline.timeline import Fit
from audiocoach.voice.base import open_voice
from audiocoach.wording import clock

VOICE: Final = "espeak"
Doubt = Callable[[Routine], Iterator[Problem]]
DOUBTS: Final[tuple[Doubt, ...]] = ()
"""What is no mistake, and yet likely to be one: a function each."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A routine that can be built, at one of its levels."""

    routine: Routine
    level: Level | None
    """None for a routine that is the same for everybody."""
    timeline: Timeline
    """The session as it is built when nothing else is asked for."""
    limits: tuple[int, int, int]
    """The shortest, natural and longest length (ms) that a session was told and fitted at."""

    @property
    def notes(self) -> list[str]:
        """What may be meant otherwise, and which words would not be heard."""
        doubts = [str(problem) for doubt in DOUBTS for problem in doubt(self.routine)]
        return [*doubts, *notes_in_english(self.timeline)]


def check(
    routine: Routine, cache: Cache, language: str | None = None, listener: Listener = SILENT
) -> tuple[Checked, ...]:
    """Try a routine out at each of its levels, its own first; in its own language by default.

    Raises RoutineError where it can't be as long as its `duration`, and VoiceError where the
    built-in voice does not speak its language.
    """
    own, tongue = routine.level, language or routine.language
    others = tuple(level for level in routine.levels if level is not own)
    levels: tuple[Level | None, ...] = (own, *others) if routine.levels else (None,)
    return tuple(
        _tried(translate(routine.at_level(level or own), tongue), level, cache, listener)
        for level in levels
    )


def _tried(routine: Routine, level: Level | None, cache: Cache, listener: Listener) -> Checked:
    settings = resolve({}, {}, routine).settings
    voice = open_voice(
        VOICE,
        language=routine.language,
        rate=settings.rate,
        cache=cache,
        surroundings=Surroundings({}),
    )
    studio = Studio(voice, routine.language, cache)
    told = partial(listener.progress, Stage.SPEAK)

    def timeline(duration: int | None) -> Timeline:
        return at_length(routine, replace(settings, duration=duration), studio, told)

    def trial(duration: int | None) -> Fit:
        return timeline(duration).fit

    try:
        own = timeline(settings.duration)
    except FitError as error:
        problem = _out_of_reach(routine, that_hold(error, trial))
        raise RoutineError(replace(problem, levels=(level,) if level else ())) from None
    fit = own.fit
    # Nothing is that short, so it names the limits that hold.
    tried = that_hold(FitError(0, fit.shortest, fit.natural, fit.longest), trial)
    return Checked(routine, level, own, (tried.shortest, tried.natural, tried.longest))


def _out_of_reach(routine: Routine, error: FitError) -> Problem:
    """Why a session can't be as long as the routine says, and what may be done about it."""
    if error.shortest <= error.asked <= error.longest:
        remedy = "no sum of its rests, which are whole seconds, makes exactly that"
        return routine.problem("duration", f"{remedy}; write one a few seconds away", "duration")
    too_long = error.asked > error.longest
    remedy = "add rounds or sets" if too_long else "take something out"
    return routine.problem(
        "duration",
        f"the session can't last {clock(error.asked)}: spoken by the built-in voice it lasts "
        f"{error.limits}, without changing what is prescribed; write a length in between, "
        f"{remedy}, or leave duration out",
        "duration",
    )
