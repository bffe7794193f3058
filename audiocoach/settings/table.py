"""All settings in one table: each field of `Settings` is a row.

Its flag with its help, its environment variable, its key in a routine's `coaching` and in the
config, its checks, and the field of `Options` all follow from the row. So adding a setting takes a
row here, and the line that obeys it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

from audiocoach.errors import UsageError
from audiocoach.settings.kinds import (
    AMOUNT,
    BED,
    LANGUAGE,
    LENGTH,
    MARKS,
    NAMES,
    RATE,
    SILENCE,
    SWITCH,
    VOICE,
    Kind,
    choice,
    whole_number,
)
from audiocoach.settings.values import (
    Ambience,
    Amount,
    Count,
    Direction,
    Mark,
    Pace,
    Side,
    Telling,
)

Values = Mapping[str, Any]
"""Values of settings by name."""
_T = TypeVar("_T")


class Place(StrEnum):
    """Where a setting can be given; earlier places win."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    ROUTINE = "routine"
    CONFIG = "config"
    DEFAULT = "default"


class Family(StrEnum):
    """What a setting is about; the help shows each in a panel of its own."""

    PACE = "Pace"
    COACHING = "Coaching"
    VOICE = "Voice"
    SOUND = "Sound"
    DOSE = "Dose"


EACH_TIME: Final = frozenset({Place.FLAG, Place.ENVIRONMENT})
"""Where the user chooses for one build."""
_EVERYWHERE: Final = frozenset(Place) - {Place.DEFAULT}
_NOT_IN_A_ROUTINE: Final = _EVERYWHERE - {Place.ROUTINE}
_PLACES: Final = {
    Family.PACE: _EVERYWHERE,
    Family.COACHING: _EVERYWHERE,
    Family.VOICE: _NOT_IN_A_ROUTINE,  # it must not choose who hears its texts
    Family.SOUND: _NOT_IN_A_ROUTINE,  # it knows no device and no room
    Family.DOSE: EACH_TIME,  # in a config it would change every routine, and nobody knew why
}


class Setting(NamedTuple):  # defined at each start, and five times as fast as a dataclass
    """One thing the user can choose."""

    name: str
    default: Any
    family: Family
    kind: Kind
    help: str
    places: frozenset[Place]
    words: str = ""
    """The default in words, if the value itself doesn't say it."""
    short: str = ""
    """The one-letter flag."""
    own: bool = False
    """Whether an exercise may have its own value."""
    usual: bool = False
    """Whether the short help shows it."""

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    def flag_for(self, value: Any) -> str:
        """The flag for a value: a switch has a second one to turn it off."""
        return f"--no-{self.flag[2:]}" if value is False else self.flag

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"AUDIOCOACH_{self.name.upper()}"

    def written(self, value: Any) -> str:
        """A value as the user would write it, or the default in words."""
        return self.kind.write(value) or self.words

    def read(self, text: str) -> Any:
        """The value that a text stands for. Raises ValueError with what is wrong and what is
        possible."""
        text = text.strip()
        if not text:
            raise ValueError("has no value; write one, or leave it out")
        return self.kind.read(text)

    def read_from(self, place: str, text: str) -> Any:
        """The value of a text given by a flag or a variable. Raises UsageError."""
        try:
            return self.read(text)
        except ValueError as error:
            raise self.error(place, str(error)) from None

    def error(self, place: str, problem: str) -> UsageError:
        """What is wrong with a flag or a variable of this setting."""
        return UsageError(f"{place}: {problem}", setting=self.name, place=place)


def setting(family: Family, kind: Kind, text: str, default: _T, **more: Any) -> _T:
    """The row of a setting, `text` being its help, and `more` the other fields of `Setting`."""
    row = {"family": family, "kind": kind, "help": text, "places": _PLACES[family]}
    return field(default=default, metadata=row | more)


_PRESETS: Final[Mapping[str, Values]] = {
    # More time for everything makes it longer: squeezed back to the routine's own length,
    # there would be less of it than before.
    "gentle": {
        "duration": None,
        "pace": Pace.SLOW,
        "rate": 0.9,
        "transition": Amount(percent=130),
        "countdown": 5,
        "coaching": Telling.FULL,
    },
    "standard": {},
    "express": {
        "duration": None,
        "pace": Pace.BRISK,
        "coaching": Telling.BRIEF,
        "encouragement": False,
    },
    "eyes-free": {
        "duration": None,
        "pace": Pace.SLOW,
        "rate": 0.9,
        "coaching": Telling.FULL,
        "eyes_free": True,
        "breath": True,
    },
}
_P, _C, _V, _S, _D = Family


# fmt: off
@dataclass(frozen=True, slots=True)
class Settings:
    """A value for every setting: how a session is made. Lengths are in ms.

    The compiler obeys those of pace and coaching, none of which changes what is prescribed; dose
    settings do change it, before the routine is compiled.
    """

    duration: int | None = setting(
        _P, LENGTH,
        "Length of the session: 20:00, 18min, or 'natural' for no stretching. A routine's own "
        "length is meant for full coaching: with --coaching brief or minimal, the default is "
        "natural.",
        default=None, words="the routine's own", short="-d", usual=True,
    )
    pace: Pace = setting(
        _P, choice(Pace),
        "Length of pauses and untimed movements; never of what is prescribed.",
        default=Pace.NORMAL, usual=True,
    )
    rate: float = setting(
        _P, RATE, "Speed of the voice; counts stay on the beat.", default=1.0
    )
    transition: Amount = setting(
        _P, AMOUNT,
        "Pauses between exercises, sets and sides: a length, or a multiple of their own.",
        default=Amount(),
    )
    get_ready: Amount = setting(
        _P, AMOUNT,
        "The pause between 'Ready' and the count-in: a length, or a multiple of its own.",
        default=Amount(),
    )
    first_side: Side | None = setting(
        _P, choice(("right", "left"), none="as-written"),
        "The side to start with, where both are exercised.", default=None,
    )
    max_silence: int | None = setting(
        _P, SILENCE, "The longest silence.",
        default=None, own=True,
        words="20s; within a time of over a minute 40s, of over five minutes 60s",
    )
    preset: str | None = setting(
        _C, choice(_PRESETS),
        "Several settings at once; see 'audiocoach config --preset NAME'.",
        default=None, words="none",
    )
    coaching: Telling = setting(
        _C, choice(Telling),
        "How much is explained; counts are set separately. 'fade' explains less and less.",
        default=Telling.FULL, usual=True,
    )
    eyes_free: bool = setting(
        _C, SWITCH,
        "Describe positions and directions for someone who can't look.", default=False,
    )
    count: Count = setting(
        _C, choice(Count),
        "Which seconds are counted aloud. 'auto': all up to 5 s, the last few of longer times.",
        default=Count.AUTO, own=True,
    )
    count_direction: Direction = setting(
        _C, choice(Direction),
        "Which way seconds are counted. 'auto': up if all are counted, else down.",
        default=Direction.AUTO, own=True,
    )
    countdown: int = setting(
        _C, choice((0, 3, 5, 10)), "Seconds counted in before each effort.", default=3, own=True
    )
    warn_at: tuple[Mark, ...] = setting(
        _C, MARKS,
        "How long before the end of a long time to announce the time left.",
        default=(Mark(10_000),), own=True,
    )
    halfway: bool = setting(_C, SWITCH, "Say 'halfway'.", default=True, own=True)
    last_one: bool = setting(
        _C, SWITCH, "Say which rep or set is the last.", default=True, own=True
    )
    encouragement: bool = setting(_C, SWITCH, "Say encouraging words.", default=True, own=True)
    seed: int = setting(
        _C, whole_number(0, 999_999_999),
        "Choose among the wordings, and when they are used: another number, another choice.",
        default=0,
    )
    chimes: bool = setting(_C, SWITCH, "Play the chimes.", default=True, own=True)
    breath: bool = setting(_C, SWITCH, "Say when to breathe.", default=True)
    voice: str | None = setting(
        _V, VOICE,
        "Who speaks: engine[:voice[+variant]], such as espeak:en-us+f3; see 'audiocoach voices'.",
        default=None, words="the best available", usual=True,
    )
    offline: bool = setting(
        _V, SWITCH, "Let no text leave this computer.", default=False, usual=True
    )
    fallback: bool = setting(
        _V, SWITCH,
        "If the voice fails, let another one speak the whole session.", default=False,
    )
    language: str | None = setting(
        _V, LANGUAGE, "The language of the session.",
        default=None, words="the routine's own", short="-l", usual=True,
    )
    bed: Ambience | Path | None = setting(
        _S, BED,
        "A background sound, lowered while the voice speaks: one of ours, or a file.",
        default=None, places=_EVERYWHERE,
    )
    bed_level: int = setting(
        _S, whole_number(14, 40),
        "How many dB the bed is below the voice; at least 15 for rain and brook.",
        default=20, places=_EVERYWHERE,
    )
    stereo: bool = setting(
        _S, SWITCH, "Write two identical channels, for equipment that plays mono on one side.",
        default=False,
    )
    bitrate: int = setting(
        _S, choice((48, 64, 96, 128, 160, 192, 256, 320)),
        "The bit rate of an MP3 or M4B, in kbit/s.", default=96,
    )
    keep_awake: bool = setting(
        _S, SWITCH,
        "Fill silence with an inaudible hum, for Bluetooth devices that fall asleep in it.",
        default=False,
    )
    level: str | None = setting(
        _D, choice(("beginner", "intermediate", "advanced")),
        "The level of the exercises, where they have levels.",
        default=None, words="the routine's own", places=_NOT_IN_A_ROUTINE,
    )
    affected: Side | None = setting(
        _D, choice(("right", "left")),
        "Which side a routine means by 'affected'.",
        default=None, words="asked for", places=_NOT_IN_A_ROUTINE,
    )
    sides: Literal["right", "left", "both"] | None = setting(
        _D, choice(("right", "left", "both")),
        "Which side to exercise, where an exercise has sides.",
        default=None, words="as prescribed",
    )
    sets: int | None = setting(
        _D, whole_number(1, 1000), "Sets of each exercise.", default=None, words="as prescribed"
    )
    reps: int | None = setting(
        _D, whole_number(1, 1000), "Reps in each set, where there are reps.",
        default=None, words="as prescribed",
    )
    rounds: int | None = setting(
        _D, whole_number(1, 100), "Do the whole routine this many times.",
        default=None, words="as prescribed",
    )
    only: tuple[str, ...] = setting(
        _D, NAMES, "Only these exercises, by name or number (1,3); may be repeated.",
        default=(), words="every exercise", usual=True,
    )
    skip: tuple[str, ...] = setting(
        _D, NAMES, "Leave these exercises out; may be repeated.",
        default=(), words="no exercise", usual=True,
    )
    firm: frozenset[str] = field(default=frozenset(), compare=False)
    """Not a setting: the names of those chosen for this very build, which no exercise overrides."""
# fmt: on


def rows(table: type[Settings]) -> dict[str, Setting]:
    """The row of each field, by name."""
    return {
        row.name: Setting(row.name, row.default, **row.metadata)
        for row in fields(table)
        if row.metadata
    }


SETTINGS: Final = rows(Settings)
"""Every setting by name, in the order in which they are shown."""

PRESETS: Final[Mapping[str, Values]] = {
    **_PRESETS,
    "standard": {
        name: SETTINGS[name].default
        for values in _PRESETS.values()
        for name in values
        if name != "duration"  # a routine knows its own
    },
}
"""What each preset sets. `standard` undoes what the others change, and leaves the rest."""


def names(place: Place) -> tuple[str, ...]:
    """The settings that can be given in a place. A routine's length is a field of its own."""
    return tuple(
        name
        for name, row in SETTINGS.items()
        if place in row.places and not (place is Place.ROUTINE and name == "duration")
    )


OWN: Final = tuple(name for name, row in SETTINGS.items() if row.own)
"""The settings for which an exercise may have its own value."""


def coaching_schema() -> dict[str, Any]:
    """The JSON Schema of `coaching` in a routine."""
    told = "How this routine is coached, unless the user says otherwise."
    return _map_schema(told, names(Place.ROUTINE))


def own_coaching_schema() -> dict[str, Any]:
    """The JSON Schema of `coaching` in an exercise."""
    return _map_schema("How this exercise is coached, unless the user says otherwise.", OWN)


def _map_schema(description: str, keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _schema(SETTINGS[name]) for name in keys},
    }


def _schema(row: Setting) -> dict[str, Any]:
    default = f"Default: {row.written(row.default)}."
    told = (row.help, row.kind.schema.get("description", ""), default)
    return {**row.kind.schema, "description": " ".join(filter(None, told))}
