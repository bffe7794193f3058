"""The types that every stage shares: what is said, what is waited for, which times may stretch.

A `Script` is the compiler's output: the whole flat session before any length is
known. Times are whole milliseconds. See `docs/architecture.md`, "Words".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from audiocoach.routine.recordings import Recording
from audiocoach.routine.times import Source

SAMPLE_RATE = 48_000
"""Samples a second, everywhere once a clip has been prepared."""
SAMPLES_PER_MS = SAMPLE_RATE // 1000
FRAME_SAMPLES = 1152
"""Samples in one MPEG-1 Layer III frame (ISO/IEC 11172-3, 2.4.2.1)."""
FRAME_MS = FRAME_SAMPLES // SAMPLES_PER_MS
"""One frame at 48 kHz is exactly 24 ms, so whole milliseconds never round."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text to be spoken in a language: the unit of synthesis and of the clip cache."""

    text: str
    language: str


class Chime(StrEnum):
    """The sounds that are not speech."""

    START = "start"
    SIDE = "side"
    BELL = "bell"
    END = "end"


Sound = Utterance | Chime | Recording


class CueKind(StrEnum):
    """What a cue is for."""

    WELCOME = "welcome"
    NAME = "name"
    SET_UP = "set-up"
    INSTRUCTION = "instruction"
    SAFETY = "safety"
    ACTION = "action"
    COUNT = "count"
    COUNTDOWN = "countdown"
    HALFWAY = "halfway"
    REP = "rep"
    REST = "rest"
    NEXT = "next"
    SIDE = "side"
    ORIENT = "orient"
    ENCOURAGEMENT = "encouragement"
    CLOSE = "close"
    CHIME = "chime"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the routine file something comes from; line 0 means "added by audiocoach"."""

    line: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound at its place in the script.

    `choices` holds, for a cue that speaks the length of the interval it stands in, the sound for
    each length (ms) the interval may be given by the fit; `sound` is then the one for its natural
    length. `shorter` are forms of it that say less, the longest first: one of them is spoken if
    there is no room for the whole.
    """

    sound: Sound
    kind: CueKind
    origin: Origin = Origin()
    choices: tuple[tuple[int, Sound], ...] = ()
    priority: int = 0
    """If two cues collide, the one with the lower priority is left out."""
    shorter: tuple[Sound, ...] = ()

    def sounds(self) -> tuple[Sound, ...]:
        """Every sound that this cue may end up as."""
        return (self.sound, *(sound for _, sound in self.choices), *self.shorter)

    @property
    def shortest(self) -> Sound:
        """Its shortest form."""
        return self.shorter[-1] if self.shorter else self.sound

    def sound_for(self, length: int) -> Sound:
        """The sound to use when the interval around the cue lasts `length` ms."""
        return dict(self.choices).get(length, self.sound)


class Glue(StrEnum):
    """The classes of stretch, in the order in which the fit uses them."""

    MOVE = "move"
    """Getting down, getting up, handling equipment."""
    RANGE = "range"
    """A range that was prescribed: moves inside its own ends, in whole seconds."""
    BETWEEN = "between"
    """Pauses between exercises and before an effort."""
    TEMPO = "tempo"
    """Free tempo and relaxing: one value for all reps of a set."""
    END = "end"
    """Standing still at the end."""
    RIGID = "rigid"
    """Never stretched: minimum and maximum are the natural length."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long something may last (ms). Rigid when minimum and maximum are equal."""

    minimum: int
    natural: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.natural <= self.maximum:
            raise ValueError(f"a span needs 0 <= minimum <= natural <= maximum, got {self}")

    @classmethod
    def exactly(cls, ms: int) -> Span:
        return cls(ms, ms, ms)

    @property
    def rigid(self) -> bool:
        return self.minimum == self.maximum


class Wait(StrEnum):
    """What a gap is for; the catalogues have words for each (`wait-fetch`)."""

    PAUSE = "pause"
    """Between two sentences."""
    FETCH = "fetch"
    """Fetching what is needed."""
    DO = "do"
    """Doing what was said."""
    MOVE = "move"
    """Changing position."""
    FIRST = "first"
    """Before the first exercise."""
    READY = "ready"
    EXERCISES = "exercises"
    """Between exercises."""
    SETS = "sets"
    SIDES = "sides"
    VARIANTS = "variants"
    """Changing direction, or whatever `each` changes."""
    SETTLE = "settle"
    """Staying still at the end."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence between cues.

    `fillers` are orienting lines, spoken evenly spread inside the gap, as many
    as it takes to leave no silence longer than the script's `orient_after`.
    """

    span: Span
    glue: Glue
    wait: Wait
    fillers: tuple[Cue, ...] = ()
    origin: Origin = Origin()


class Anchor(StrEnum):
    """What a cue's offset inside an interval is measured from."""

    START = "start"
    """From the start of the interval."""
    END = "end"
    """Back from the end of the interval."""
    PART = "part"
    """From the start, as a share of the natural length: later in an interval that grows."""
    AFTER = "after"
    """From the end of the cue before it."""
    BEFORE = "before"
    """Back from the onset of the cue after it, or from the end of the interval: its own end."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A cue inside an interval: its onset (BEFORE: its end) is `offset` ms from the anchor."""

    cue: Cue
    anchor: Anchor = Anchor.START
    offset: int = 0
    led: bool = False
    """Whether it is heard only behind the cue before it, as the last number of a count is."""


class IntervalKind(StrEnum):
    """What is done in an interval."""

    WORK = "work"
    """A timed bout."""
    HOLD = "hold"
    PHASE = "phase"
    """A part of a rep that has words of its own: a movement, a pause."""
    REP = "rep"
    """A whole rep with nothing counted inside."""
    REST = "rest"
    COUNT_IN = "count-in"


@dataclass(frozen=True, slots=True)
class Address:
    """Where in the routine a thing stands; 0 or None is in no exercise, round, set, side or rep.

    All count from 1. `exercise` is its number in the routine, `round` the pass through it,
    `variant` the number of one of the ways that `each` names. What follows an exercise, a set or a
    rep, such as a rest, has the address of what it follows, as far as that has ended.
    """

    exercise: int = 0
    round: int = 0
    set: int = 0
    side: Literal["right", "left"] | None = None
    variant: int = 0
    rep: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """Prescribed (or editorial) time: a hold, a movement, a work or a rest interval.

    All intervals with the same non-empty `share` get the same length: the reps
    of a set keep one rhythm.
    """

    span: Span
    glue: Glue
    source: Source
    kind: IntervalKind
    placements: tuple[Placement, ...] = ()
    share: str = ""
    origin: Origin = Origin()
    label: str = ""
    """The routine's name for it, in the language of the session; empty if it has none."""
    address: Address = Address()
    load: str = ""
    """What is lifted, pulled or pressed in it; empty if nothing is prescribed."""

    @property
    def name(self) -> str:
        """The routine's name for it, or else what it is."""
        return self.label or self.kind.value


class MarkerKind(StrEnum):
    """What begins at a marker; chapters are made of SECTION and EXERCISE."""

    SECTION = "section"
    EXERCISE = "exercise"
    ROUND = "round"
    SIDE = "side"
    SET = "set"
    REP = "rep"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Marker:
    """A named instant; `title` is in the language of the session."""

    kind: MarkerKind
    title: str
    origin: Origin = Origin()
    address: Address = Address()


Item = Cue | Gap | Interval | Marker


@dataclass(frozen=True, slots=True)
class Script:
    """The whole session in order, before any length is known."""

    title: str
    language: str
    items: tuple[Item, ...]
    orient_after: int = 15_000
    """A gap longer than this (ms) gets an orienting line; 0 means never."""

    def cues(self) -> Iterator[Cue]:
        """Every cue that may be spoken, fillers included, in order."""
        for item in self.items:
            match item:
                case Cue():
                    yield item
                case Gap():
                    yield from item.fillers
                case Interval():
                    yield from (placement.cue for placement in item.placements)

    def sounds(self) -> tuple[Sound, ...]:
        """Each distinct sound once, in the order of first use."""
        return tuple(dict.fromkeys(sound for cue in self.cues() for sound in cue.sounds()))

    def certain(self) -> Iterator[Sound]:
        """The sounds that every fit turns on, if not all that any does."""
        for item in self.items:
            if isinstance(item, Cue):
                yield item.sound
            elif isinstance(item, Interval):
                cues = (placement.cue for placement in item.placements)
                yield from (cue.sound for cue in cues if not cue.choices)
