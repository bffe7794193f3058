"""Every setting there is, in one table: flags, environment variables, the `coaching` of a routine,
the config, their help and their checks all follow from it.

A setting that is given in several places is taken from the first of these: the flag, the
environment variable, the routine, the config; else its default holds. A preset stands directly
below the place that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from audiocoach.errors import RoutineError, UsageError
from audiocoach.settings.kinds import (
    AMOUNT,
    LANGUAGE,
    LENGTH,
    MARKS,
    NAMES,
    NATURAL,
    RATE,
    SILENCE,
    SWITCH,
    VOICE,
    Kind,
    choice,
    whole,
)
from audiocoach.settings.options import Amount, Coaching, Count, Direction, Mark, Pace, Telling
from audiocoach.wording import label, nearest, printable, quoted

if TYPE_CHECKING:
    from audiocoach.routine.model import Routine
    from audiocoach.routine.select import Dose
    from audiocoach.settings.config import Config

Values = Mapping[str, Any]
"""Values of settings by name."""

AS_WRITTEN: Final = "as-written"


class Place(StrEnum):
    """Where a setting can be given; the earlier one is the stronger one."""

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
    DOSE = "Dose"


_EVERYWHERE: Final = frozenset(Place) - {Place.DEFAULT}
_NOT_IN_A_ROUTINE: Final = _EVERYWHERE - {Place.ROUTINE}
_EACH_TIME: Final = frozenset({Place.FLAG, Place.ENVIRONMENT})


class Setting(NamedTuple):  # defined at each start, and five times as fast as a dataclass
    """One thing the user can choose."""

    name: str
    family: Family
    kind: Kind
    help: str
    default: Any = None
    words: str = ""
    """What holds by default, in words, where the value does not say it."""
    short: str = ""
    """The one-letter flag."""
    places: frozenset[Place] = _EVERYWHERE

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    def flag_for(self, value: Any) -> str:
        """The flag that gives a value: a switch is put off by another one."""
        return f"--no-{self.flag[2:]}" if value is False else self.flag

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"AUDIOCOACH_{self.name.upper()}"

    @property
    def default_words(self) -> str:
        """The default as the help tells it."""
        return self.words or self.kind.write(self.default)

    def written(self, value: Any) -> str:
        """A value as the user would write it, or in words what holds without one."""
        return self.words if value is None else self.kind.write(value)


def _voice(name: str, kind: Kind, text: str, *, words: str = "", default: Any = None) -> Setting:
    """A routine must not choose who hears its texts."""
    return Setting(name, Family.VOICE, kind, text, default, words, places=_NOT_IN_A_ROUTINE)


def _dose(name: str, kind: Kind, text: str, *, words: str = "as prescribed") -> Setting:
    """In a config it would change every routine, and nobody would remember why."""
    return Setting(name, Family.DOSE, kind, text, words=words, places=_EACH_TIME)


PRESET: Final = "preset"
_PRESET_NAMES: Final = ("gentle", "standard", "express", "eyes-free")
_P, _C = Family.PACE, Family.COACHING

SETTINGS: Final[Mapping[str, Setting]] = {
    row.name: row
    for row in (
        Setting(
            "duration", _P, LENGTH,
            "Length of the session: 20:00, 18min, or 'natural' for no stretching. A routine's own "
            "length is for a session told in full: with --coaching brief or minimal, the default "
            "is natural.",
            NATURAL, "the routine's own", short="-d",
        ),
        Setting(
            "pace", _P, choice(Pace),
            "Length of pauses and of free movements; never of what is prescribed.", Pace.NORMAL,
        ),
        Setting(
            "rate", _P, RATE, "Speed of the voice; the counts stay on their beats.", 1.0
        ),
        Setting(
            "transition", _P, AMOUNT,
            "Pauses between exercises, sets and sides: a length, or times their own.", Amount(),
        ),
        Setting(
            "get_ready", _P, AMOUNT,
            "The pause between 'Ready' and the count-in: a length, or times its own.", Amount(),
        ),
        Setting(
            "first_side", _P, choice(("right", "left", AS_WRITTEN)),
            "The side to begin with, where both are done.", AS_WRITTEN,
        ),
        Setting(
            "max_silence", _P, SILENCE,
            "The longest time in which nothing is heard.", 20_000,
        ),
        Setting(
            PRESET, _C, choice(_PRESET_NAMES),
            "Several settings at once; see 'audiocoach config --preset NAME'.", words="none",
        ),
        Setting(
            "coaching", _C, choice(Telling),
            "How much is told; the counts are a matter of their own. 'fade' tells less and less.",
            Telling.FULL,
        ),
        Setting(
            "eyes_free", _C, SWITCH,
            "Describe positions and directions for someone who can't look.", default=False,
        ),
        Setting(
            "count", _C, choice(Count),
            "Which seconds are counted aloud. 'auto': all up to 5 s, the last ones of longer "
            "times.",
            Count.AUTO,
        ),
        Setting(
            "count_direction", _C, choice(Direction),
            "Which way seconds are counted. 'auto': up where all are counted, else down.",
            Direction.AUTO,
        ),
        Setting(
            "countdown", _C, choice((0, 3, 5, 10)), "Seconds counted in before an effort.", 3
        ),
        Setting(
            "warn_at", _C, MARKS,
            "When the time left is told in long times: so long before the end.", (Mark(10_000),),
        ),
        Setting("halfway", _C, SWITCH, "Say 'halfway'.", default=True),
        Setting("last_one", _C, SWITCH, "Say which rep or set is the last.", default=True),
        Setting("encouragement", _C, SWITCH, "Say encouraging words.", default=True),
        Setting(
            "seed", _C, whole(0, 999_999_999),
            "Which encouraging words come when: another number, another choice.", 0,
        ),
        Setting("chimes", _C, SWITCH, "Sound the chimes.", default=True),
        Setting("breath", _C, SWITCH, "Say when to breathe.", default=True),
        _voice(
            "voice", VOICE,
            "Who speaks: engine[:voice[+variant]], such as espeak:en-us+f3; see 'audiocoach "
            "voices'.",
            words="the best there is",
        ),
        _voice("offline", SWITCH, "Let no text leave this computer.", default=False),
        _voice(
            "fallback", SWITCH,
            "If the voice fails, have the whole session spoken by the next one.", default=False,
        ),
        _voice(
            "language", LANGUAGE, "The language of the session.", words="the routine's own"
        ),
        Setting(
            "level", Family.DOSE, choice(("beginner", "intermediate", "advanced")),
            "The level of the exercises, where they have levels.",
            words="the routine's own", places=_NOT_IN_A_ROUTINE,
        ),
        _dose(
            "sides", choice(("right", "left", "both")),
            "Which side to exercise, where an exercise has sides.",
        ),
        _dose("sets", whole(1, 1000), "Sets of each exercise."),
        _dose("reps", whole(1, 1000), "Reps in each set, where there are reps."),
        _dose("rounds", whole(1, 100), "Do the whole routine this many times."),
        _dose(
            "only", NAMES, "Only this exercise, by name or number; may be repeated.",
            words="every exercise",
        ),
        _dose(
            "skip", NAMES, "Leave this exercise out; may be repeated.", words="no exercise"
        ),
    )
}  # fmt: skip
"""Every setting by name, in the order in which they are shown."""

_CHANGED_BY_PRESETS: Final[Mapping[str, Values]] = {
    # More time for everything makes it longer: squeezed back to the routine's own length,
    # there would be less of it than before.
    "gentle": {
        "duration": NATURAL,
        "pace": Pace.SLOW,
        "rate": 0.9,
        "transition": Amount(percent=130),
        "countdown": 5,
        "coaching": Telling.FULL,
    },
    "express": {
        "duration": NATURAL,
        "pace": Pace.BRISK,
        "coaching": Telling.BRIEF,
        "encouragement": False,
    },
    "eyes-free": {
        "duration": NATURAL,
        "pace": Pace.SLOW,
        "rate": 0.9,
        "coaching": Telling.FULL,
        "eyes_free": True,
        "breath": True,
    },
}
_STANDARD: Final[Values] = {
    name: SETTINGS[name].default
    for values in _CHANGED_BY_PRESETS.values()
    for name in values
    if name != "duration"  # a routine knows its own
}
PRESETS: Final[Mapping[str, Values]] = {**_CHANGED_BY_PRESETS, "standard": _STANDARD}
"""What each preset sets. `standard` takes back what the others change, and leaves the rest."""


# -- what holds, and why -----------------------------------------------------------


class Chosen(NamedTuple):
    """The value of a setting, and where it comes from."""

    value: Any
    place: Place = Place.DEFAULT
    origin: str = "default"
    """The place in words: `--pace`, `AUDIOCOACH_PACE`, `the routine, line 7`."""


_Layer = dict[str, Chosen]
"""What one place says."""


class Resolved(Mapping[str, Chosen]):
    """Every setting, each with the value that holds."""

    def __init__(self, chosen: Mapping[str, Chosen]) -> None:
        self._chosen = chosen

    def __getitem__(self, name: str) -> Chosen:
        return self._chosen[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def value(self, name: str) -> Any:
        """The value of a setting; None where none was given and there is no default."""
        return self[name].value

    def chosen_now(self, name: str) -> Any:
        """The value when the user chose it for this very build, by flag or variable; else None."""
        chosen = self[name]
        return chosen.value if chosen.place in _EACH_TIME else None

    def changed(self) -> dict[str, Chosen]:
        """The settings for which somebody chose something."""
        return {name: each for name, each in self.items() if each.place is not Place.DEFAULT}

    def coaching(self) -> Coaching:
        """How the session is told."""
        value = self.value
        return Coaching(
            duration=_or_none(value("duration"), NATURAL),
            pace=value("pace"),
            transition=value("transition"),
            get_ready=value("get_ready"),
            telling=value("coaching"),
            eyes_free=value("eyes_free"),
            count=value("count"),
            direction=value("count_direction"),
            countdown=value("countdown"),
            warn_at=value("warn_at"),
            halfway=value("halfway"),
            last_one=value("last_one"),
            encouragement=value("encouragement"),
            seed=value("seed"),
            chimes=value("chimes"),
            breath=value("breath"),
            first_side=_or_none(value("first_side"), AS_WRITTEN),
            max_silence=value("max_silence"),
        )

    def dose(self) -> Dose:
        """What the user changed about what is done."""
        from audiocoach.routine.select import Dose  # pydantic: 60 ms, for those who build

        return Dose(
            level=self.value("level"),
            sides=self.value("sides"),
            sets=self.value("sets"),
            reps=self.value("reps"),
            rounds=self.value("rounds"),
            only=self.value("only") or (),
            skip=self.value("skip") or (),
        )


def _or_none(value: Any, none: str) -> Any:
    return None if value == none else value


def resolve(
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    routine: Routine | None = None,
    config: Config | None = None,
) -> Resolved:
    """What holds, of all that the flags, the environment, the routine and the config say.

    A flag is a text as on the command line, or a value such as `Pace.SLOW`; one that is None or
    empty was not given. Raises UsageError for a flag or variable, RoutineError and ConfigError
    for what stands in those, each with the place, what is wrong and what is possible.
    """
    layers = (
        _from_flags(flags),
        _from_environment(environ),
        _from_routine(routine) if routine else {},
        _from_config(config) if config else {},
    )
    chosen = {name: Chosen(row.default) for name, row in SETTINGS.items()}
    for layer in reversed(layers):
        chosen |= _preset_of(layer)
        chosen |= layer
    return Resolved(_without_the_routines_length(chosen))


def _preset_of(layer: _Layer) -> _Layer:
    if PRESET not in layer:
        return {}
    by = layer[PRESET]
    origin = f"preset {by.value} ({by.origin})"
    return {name: Chosen(value, by.place, origin) for name, value in PRESETS[by.value].items()}


def _without_the_routines_length(chosen: _Layer) -> _Layer:
    """A length meant for a session told in full would put long silences into a brief one."""
    told, length = chosen["coaching"], chosen["duration"]
    if told.value not in (Telling.BRIEF, Telling.MINIMAL) or length.place in _EACH_TIME:
        return chosen
    if length.value == NATURAL:
        return chosen
    natural = Chosen(NATURAL, told.place, f"coaching is {told.value} ({told.origin})")
    return {**chosen, "duration": natural}


def _from_flags(flags: Mapping[str, Any]) -> _Layer:
    layer = {}
    for name, given in flags.items():
        if given is None or given == ():
            continue
        row = SETTINGS[name]
        value = _flag_value(row, given)
        layer[name] = Chosen(value, Place.FLAG, row.flag_for(value))
    return layer


def _flag_value(row: Setting, value: Any) -> Any:
    if row.kind.is_list and not isinstance(value, str):
        return tuple(value)
    text = value if isinstance(value, str) else row.kind.write(value)
    try:
        return _read(row, text)
    except ValueError as error:
        raise UsageError(f"{row.flag}: {error}") from None


def _from_environment(environ: Mapping[str, str]) -> _Layer:
    layer = {}
    for name, row in SETTINGS.items():
        if text := environ.get(row.variable, "").strip():
            try:
                layer[name] = Chosen(_read(row, text), Place.ENVIRONMENT, row.variable)
            except ValueError as error:
                raise UsageError(f"{row.variable}: {error}") from None
    return layer


def _from_routine(routine: Routine) -> _Layer:
    """Raises RoutineError with every mistake, a line each."""
    layer: _Layer = {}
    problems = []
    if routine.duration is not None:
        layer["duration"] = _of_routine(routine, "duration", routine.duration)
    for name, text in routine.coaching.items():
        key = f"coaching.{name}"
        try:
            layer[name] = _of_routine(routine, key, _read(_allowed(name, Place.ROUTINE), text))
        except _NotHereError as error:
            problems.append(f"{routine.where(key)}: coaching: {quoted(name)} {error}")
        except ValueError as error:
            problems.append(f"{routine.where(key)}: coaching: {name}: {error}")
    if problems:
        raise RoutineError("\n".join(map(printable, problems)))
    return layer


def _of_routine(routine: Routine, key: str, value: Any) -> Chosen:
    line = routine.line(key)
    return Chosen(value, Place.ROUTINE, f"the routine, line {line}" if line else "the routine")


def _from_config(config: Config) -> _Layer:
    """Raises ConfigError."""
    own = {"voice": config.voice, "offline": config.offline, "fallback": config.fallback}
    layer = {
        name: Chosen(value, Place.CONFIG, "the config") for name, value in own.items() if value
    }
    for name, value in config.settings.items():
        try:
            read = _read(_allowed(name, Place.CONFIG), _as_text(value))
            layer[name] = Chosen(read, Place.CONFIG, "the config")
        except ValueError as error:
            raise config.error(label(name), str(error)) from None
    return layer


def _as_text(value: object) -> str:
    """A value of TOML as it would be written elsewhere."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("must be one value, such as a text")


def _read(row: Setting, text: str) -> Any:
    text = text.strip()
    if not text:
        raise ValueError("has no value; write one, or leave it out")
    return row.kind.read(text)


class _NotHereError(ValueError):
    """A name that can't stand in a place; the message goes on after the name."""


def _allowed(name: str, place: Place) -> Setting:
    """The setting of that name, if it can be given in the place. Raises _NotHereError."""
    known = names(place)
    if name in known:
        return SETTINGS[name]
    row = SETTINGS.get(name)
    if row is None:
        keys = (*known, "voices") if place is Place.CONFIG else known
        meant = nearest(name, keys)
        hint = f"did you mean {meant}? " if meant else ""
        raise _NotHereError(f"is no key; {hint}keys: {', '.join(keys)}")
    if row.family is Family.PACE:
        raise _NotHereError("stands at the top of a routine, not in here")
    otherwise = " or ".join([row.flag, row.variable])
    if row.family is Family.VOICE:
        raise _NotHereError(
            "is no choice of a routine, which must not say who hears its texts; "
            f"use {otherwise}, or your config"
        )
    if place is Place.ROUTINE:
        raise _NotHereError(
            f"is a dose, and stands in the exercises; to change it, use {otherwise}"
        )
    raise _NotHereError(f"would change every routine; use {otherwise}")


def names(place: Place) -> tuple[str, ...]:
    """The settings that can be given in a place. A routine's length stands at its top."""
    return tuple(
        name
        for name, row in SETTINGS.items()
        if place in row.places and not (place is Place.ROUTINE and name == "duration")
    )


def coaching_schema() -> dict[str, Any]:
    """The JSON Schema of `coaching` in a routine."""
    return {
        "description": "How this routine is told, unless the user says otherwise.",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _schema(SETTINGS[name]) for name in names(Place.ROUTINE)},
    }


def _schema(row: Setting) -> dict[str, Any]:
    told = (row.help, row.kind.schema.get("description", ""), f"Default: {row.default_words}.")
    return {**row.kind.schema, "description": " ".join(filter(None, told))}
