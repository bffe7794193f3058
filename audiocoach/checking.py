"""What `check` finds out about a routine: how long it can last, how it is narrated, what is not
heard.

It uses the routine's own settings and the built-in voice, so no text leaves the computer, and
neither the user's config nor the environment affects the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.doubts import (
    long_starts,
    lowered_first,
    shorthand,
    stopped_clocks,
    told_long_ahead,
    uncounted,
    unread_texts,
    waking_texts,
)
from audiocoach.coaching.hurried import (
    hurried_changes,
    hurried_loads,
    hurried_moves,
    hurried_starts,
)
from audiocoach.coaching.unrested import unled, untold_again
from audiocoach.delivery.json import notes_in_english
from audiocoach.errors import FitError, Problem, RoutineError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.pipeline import at_length
from audiocoach.routine.levels import Level
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.routine.times import format_ms
from audiocoach.routine.translate import translate
from audiocoach.routine.unfold import turns
from audiocoach.routine.unheard import unheard
from audiocoach.settings.resolve import resolve
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import Settings
from audiocoach.sound.expected import natural_seconds
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache
from audiocoach.timeline import Timeline
from audiocoach.timeline.bounds import that_hold
from audiocoach.timeline.timeline import Fit
from audiocoach.timeline.told import silences
from audiocoach.voice.base import open_voice
from audiocoach.wording import clock, quoted

VOICE: Final = "espeak"
Doubt = Callable[[Routine], Iterator[Problem]]
DOUBTS: Final[tuple[Doubt, ...]] = (
    unread_texts,
    shorthand,
    waking_texts,
    hurried_changes,
    hurried_loads,
    hurried_moves,
    hurried_starts,
    long_starts,
    stopped_clocks,
    told_long_ahead,
    unled,
    uncounted,
    lowered_first,
    unheard,
    untold_again,
)
"""What is not an error, but probably a mistake: a function each."""
ROOM_TO_SPEAK_MS: Final = 3_000
"""What a listener needs to say "next exercise" to an assistant, between two cues."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A routine as a list of them shows it."""

    title: str
    purpose: str
    """What its welcome says it is for, in a sentence; "" if it doesn't say."""
    length: int
    """The length of a session without any options (ms)."""
    about: bool
    """Whether the length is estimated from the speech, and not named by the routine."""
    positions: tuple[str, ...]
    equipment: tuple[str, ...]
    exercises: tuple[str, ...]
    languages: tuple[str, ...]
    """Its own first."""
    levels: tuple[str, ...]


def overview(routine: Routine, language: str | None = None) -> Overview:
    """A routine in a few words, in that language; nothing is spoken for it.

    Raises RoutineError for a language it is not translated to.
    """
    told = translate(routine, language or routine.language)
    chosen = resolve({}, {}, told).settings
    length = chosen.duration
    if length is None:
        known = select(told, affected="right")
        length = round(natural_seconds(compile_script(known, chosen)) * 1000)
    done = list(told.all_exercises())
    return Overview(
        told.title,
        next((each.say for each in told.about), ""),
        length,
        chosen.duration is None,
        tuple(dict.fromkeys(str(each.position) for each in done if each.position)),
        told.needs,
        tuple(each.name for each in done),
        (routine.language, *routine.translations),
        tuple(routine.levels),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A routine that can be built, at one of its levels."""

    routine: Routine
    level: Level | None
    """None for a routine that is the same for everybody."""
    timeline: Timeline
    """The session as it is built when nothing else is asked for."""
    limits: tuple[int, int, int]
    """The shortest, natural and longest length (ms) at which a session was actually compiled and
    fitted."""

    @property
    def notes(self) -> list[str]:
        """What was probably meant differently, and which words would not be heard."""
        doubts = [str(problem) for doubt in DOUBTS for problem in doubt(self.routine)]
        speechless = map(str, without_room_to_speak(self.routine, self.timeline))
        return [*doubts, *speechless, *notes_in_english(self.timeline)]


def without_room_to_speak(routine: Routine, timeline: Timeline) -> Iterator[Problem]:
    """The exercises in which a listener can't speak without talking over the coach."""
    exercises = list({turn.path: turn.exercise for turn in turns(routine)}.values())
    for number, longest in sorted(silences(timeline).items()):
        if longest < ROOM_TO_SPEAK_MS:
            exercise = exercises[number - 1]
            message = (
                "it leaves no time to speak to an assistant: the longest pause between words is "
                f"{format_ms(longest // 100 * 100)}, and {format_ms(ROOM_TO_SPEAK_MS)} are needed; "
                "make a rest longer if you want to talk to the session"
            )
            yield exercise.problem("name", message, f"exercise {quoted(exercise.name)}")


@dataclass(frozen=True, slots=True)
class _Trial:
    """A routine and the voice that tries it out."""

    routine: Routine
    settings: Settings
    studio: Studio
    listener: Listener

    @classmethod
    def of(cls, routine: Routine, cache: Cache, listener: Listener) -> _Trial:
        """Raises VoiceError where the built-in voice does not speak the language."""
        routine = select(routine, affected="right")  # with the left one it is much the same
        settings, nowhere = resolve({}, {}, routine).settings, Surroundings({})
        language, rate = routine.language, settings.rate
        voice = open_voice(VOICE, language=language, rate=rate, cache=cache, surroundings=nowhere)
        return cls(routine, settings, Studio(voice, language, cache), listener)

    def session(self) -> Timeline:
        """As it would be built. Raises RoutineError if it can't be as long as its `duration`."""
        try:
            return self._timeline(self.settings.duration)
        except FitError as error:
            refused = that_hold(error, self._fit)
            raise RoutineError(_out_of_reach(self.routine, refused)) from None

    def limits(self, near: Fit) -> tuple[int, int, int]:
        """The shortest, natural and longest length (ms) that were tried."""
        too_short = FitError(0, near.shortest, near.natural, near.longest)
        tried = that_hold(too_short, self._fit)
        return tried.shortest, tried.natural, tried.longest

    def _timeline(self, duration: int | None) -> Timeline:
        settings = replace(self.settings, duration=duration)
        progress = partial(self.listener.progress, Stage.SPEAK)
        return at_length(self.routine, settings, self.studio, progress)

    def _fit(self, duration: int | None) -> Fit:
        return self._timeline(duration).fit


def check(
    routine: Routine, cache: Cache, language: str | None = None, listener: Listener = SILENT
) -> tuple[Checked, ...]:
    """Try a routine at each of its levels, its default one first; in its own language by default.

    Raises RoutineError where it can't be as long as its `duration`, and VoiceError where the
    built-in voice does not speak its language.
    """
    own = routine.level
    others = tuple(level for level in routine.levels if level is not own)
    levels: tuple[Level | None, ...] = (own, *others) if routine.levels else (None,)
    return tuple(_checked(routine, level, cache, language, listener) for level in levels)


def session(
    routine: Routine, cache: Cache, language: str | None = None, listener: Listener = SILENT
) -> Timeline:
    """The session as it is built, spoken by the built-in voice. Raises as `check` does."""
    told = translate(routine, language or routine.language)
    return _Trial.of(told, cache, listener).session()


def _checked(
    routine: Routine, level: Level | None, cache: Cache, language: str | None, listener: Listener
) -> Checked:
    told = translate(routine.at_level(level or routine.level), language or routine.language)
    trial = _Trial.of(told, cache, listener)
    try:
        timeline = trial.session()
    except RoutineError as error:
        levels = (level,) if level else ()
        raise RoutineError(*(replace(each, levels=levels) for each in error.problems)) from None
    return Checked(told, level, timeline, trial.limits(timeline.fit))


def _out_of_reach(routine: Routine, error: FitError) -> Problem:
    """Why a session can't be as long as the routine says, and what may be done about it."""
    if error.shortest <= error.asked <= error.longest:
        remedy = "its rests, in whole seconds, can't add up to exactly that"
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
