"""Which value of each setting applies to a build, and why.

A setting given in several places is taken from the first of these: the flag, the environment
variable, the routine, the config; otherwise its default applies. A preset stands directly below the
place that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from audiocoach.errors import Problem, RoutineError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import (
    EACH_TIME,
    OWN,
    PRESETS,
    SETTINGS,
    Family,
    Place,
    Setting,
    Settings,
    Values,
    names,
)
from audiocoach.settings.values import Telling
from audiocoach.wording import label, nearest, quoted

if TYPE_CHECKING:
    from audiocoach.routine.model import Exercise, Routine
    from audiocoach.settings.config import Config


class Options:
    """What a user asks for: any of the settings in `table.py`, by name.

    Each is a value, or the text that the flag of that name takes (`pace=Pace.SLOW` or
    `pace="slow"`); lengths are in ms (`duration=1_200_000` or `duration="20:00"`). None, or
    an empty tuple, leaves it to the environment, the routine and the config. `level` to
    `skip` change the dose, and the welcome says so; nothing else changes what is prescribed.
    """

    __slots__ = ("given",)

    def __init__(self, **given: Any) -> None:
        """Raises TypeError for a name that is no setting."""
        for name in given.keys() - SETTINGS.keys():
            meant = nearest(name, SETTINGS)
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise TypeError(f"there is no setting {name!r}{hint}")
        self.given: Values = {
            name: given[name] for name in SETTINGS if given.get(name) not in (None, ())
        }

    def __getattr__(self, name: str) -> Any:
        """What is asked of a setting; None, or an empty tuple, where nothing is."""
        if name not in SETTINGS:
            raise AttributeError(f"there is no setting {name!r}")
        return self.given.get(name, () if SETTINGS[name].kind.is_list else None)

    def but(self, **changes: Any) -> Options:
        """The same with some settings changed."""
        return Options(**{**self.given, **changes})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and self.given == other.given

    def __hash__(self) -> int:
        return hash(frozenset(self.given.items()))

    def __repr__(self) -> str:
        return f"Options({', '.join(f'{name}={value!r}' for name, value in self.given.items())})"


class Chosen(NamedTuple):
    """The value of a setting, and where it comes from."""

    value: Any
    place: Place = Place.DEFAULT
    origin: str = "default"
    """The place in words: `--pace`, `AUDIOCOACH_PACE`, `the routine, line 7`."""


_Layer = dict[str, Chosen]
"""What one place says."""
_STRENGTH: Final = {place: strength for strength, place in enumerate(Place)}
"""The lower, the stronger."""


class Resolved(dict[str, Chosen]):
    """Every setting, with the value that applies."""

    def __init__(self, chosen: Mapping[str, Chosen]) -> None:
        super().__init__(chosen)
        firm = frozenset(name for name, each in chosen.items() if each.place in EACH_TIME)
        values = {name: each.value for name, each in chosen.items()}
        self.settings = Settings(**values, firm=firm)

    def chosen_now(self, name: str) -> Any:
        """The value if the user chose it for this very build, by flag or variable; else None."""
        chosen = self[name]
        return chosen.value if chosen.place in EACH_TIME else None

    def changed(self) -> dict[str, Chosen]:
        """The settings that somebody chose."""
        return {name: each for name, each in self.items() if each.place is not Place.DEFAULT}

    def flags(self) -> tuple[str, ...]:
        """The pace, coaching and sound settings that the user chose, as flags: `("--pace slow",
        "--no-chimes")`; of a file, only the name."""
        return tuple(
            _as_flag(SETTINGS[name], each.value)
            for name, each in self.changed().items()
            if each.place is not Place.ROUTINE
            and SETTINGS[name].family in (Family.PACE, Family.COACHING, Family.SOUND)
        )

    def family(self, family: Family) -> dict[str, Any]:
        """The values of the settings of a family, by name."""
        return {name: self[name].value for name in self if SETTINGS[name].family is family}


def _as_flag(row: Setting, value: Any) -> str:
    if row.kind.is_switch:
        return row.flag_for(value=value)
    return f"{row.flag} {value.name if isinstance(value, Path) else row.written(value)}"


def settled(
    options: Options, routine: Routine | None = None, surroundings: Surroundings | None = None
) -> Resolved:
    """What applies to a build, given these options, the environment, the routine and the config.

    Without `surroundings`, those of this process. Raises UsageError, RoutineError or ConfigError
    for an impossible value.
    """
    around = surroundings or Surroundings.here()
    return resolve(options.given, around.environ, routine, around.config)


def resolve(
    flags: Values,
    environ: Mapping[str, str],
    routine: Routine | None = None,
    config: Config | None = None,
) -> Resolved:
    """What applies, given the flags, the environment, the routine and the config.

    A flag is a text as on the command line, or a value such as `Pace.SLOW`. Raises UsageError for a
    flag or variable, and RoutineError or ConfigError for a value in those files, each with the
    place, what is wrong and what is possible.
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
    return Resolved(_without_a_length_for_another_telling(chosen))


def _preset_of(layer: _Layer) -> _Layer:
    """What a preset sets, all but the length: which one holds is known only at the end."""
    by = layer.get("preset")
    if by is None:
        return {}
    values = {name: value for name, value in PRESETS[by.value].items() if name != "duration"}
    return {name: Chosen(value, by.place, _of_preset(by)) for name, value in values.items()}


def _of_preset(by: Chosen) -> str:
    return f"preset {by.value} ({by.origin})"


def _without_a_length_for_another_telling(chosen: _Layer) -> _Layer:
    """A routine's own length is for a session told as the routine is.

    It would squeeze a gentle session, or one that is described to closed eyes, and put long
    silences into a brief one. So what needs more or less time takes the length of weaker places
    back, and that of the routine even where it is in the config itself, which is weaker.
    """
    by, told, length = chosen["preset"], chosen["coaching"], chosen["duration"]
    freed = by.value is not None and "duration" in PRESETS[by.value]
    weaker = _STRENGTH[length.place] > _STRENGTH[by.place]
    if freed and (weaker or (by.place, length.place) == (Place.CONFIG, Place.ROUTINE)):
        return {**chosen, "duration": Chosen(None, by.place, _of_preset(by))}
    if length.value is None or length.place in EACH_TIME:
        return chosen
    if told.value in (Telling.BRIEF, Telling.MINIMAL):
        return {**chosen, "duration": _natural("coaching", told)}
    described = chosen["eyes_free"]
    if described.value and described.place is not length.place:
        return {**chosen, "duration": _natural("eyes_free", described)}
    return chosen


def _natural(name: str, by: Chosen) -> Chosen:
    setting = SETTINGS[name]
    return Chosen(None, by.place, f"{name} is {setting.written(by.value)} ({by.origin})")


def _from_flags(flags: Values) -> _Layer:
    layer = {}
    for name, given in flags.items():
        row = SETTINGS[name]
        if row.kind.is_list and not isinstance(given, str):
            value = tuple(given)
        else:
            text = given if isinstance(given, str) else row.kind.write(given)
            value = row.read_from(row.flag, text)
        layer[name] = Chosen(value, Place.FLAG, row.flag_for(value))
    return layer


def _from_environment(environ: Mapping[str, str]) -> _Layer:
    return {
        name: Chosen(row.read_from(row.variable, text), Place.ENVIRONMENT, row.variable)
        for name, row in SETTINGS.items()
        if (text := environ.get(row.variable, "").strip())
    }


def _from_routine(routine: Routine) -> _Layer:
    """Raises RoutineError with every mistake, a line each."""
    layer: _Layer = {}
    problems = []
    if routine.duration is not None:
        layer["duration"] = _of_routine(routine, "duration", routine.duration)
    for name, text in routine.coaching.items():
        key = f"coaching.{name}"
        try:
            value = _for_any_user(_setting_for(name, Place.ROUTINE), text)
            layer[name] = _of_routine(routine, key, value)
        except _NotHereError as error:
            problems.append(routine.problem(key, f"{quoted(name)} {error}", "coaching"))
        except ValueError as error:
            problems.append(routine.problem(key, str(error), f"coaching: {name}"))
    for exercise in routine.all_exercises():
        problems += _own_problems(exercise)
    if problems:
        raise RoutineError(*problems)
    return layer


def in_exercise(settings: Settings, exercise: Exercise) -> Settings:
    """The settings that apply to one exercise: its own, except where the user chose for this build.

    Its own were validated with those of its routine.
    """
    own = {
        name: SETTINGS[name].read(text)
        for name, text in exercise.coaching.items()
        if name not in settings.firm
    }
    return replace(settings, **own) if own else settings


def _own_problems(exercise: Exercise) -> Iterator[Problem]:
    """What is wrong with the settings of an exercise."""
    for name, text in exercise.coaching.items():
        key = f"coaching.{name}"
        if name not in OWN:
            message = f"{quoted(name)} {_not_own(name)}; keys: {', '.join(OWN)}"
            yield exercise.problem(key, message, f"{label(exercise.name)}: coaching")
            continue
        try:
            SETTINGS[name].read(text)
        except ValueError as error:
            yield exercise.problem(key, str(error), f"{label(exercise.name)}: coaching: {name}")


def _not_own(name: str) -> str:
    if name in SETTINGS:
        return "can't differ for one exercise"
    meant = nearest(name, OWN)
    return "is unknown" + (f"; did you mean {meant}?" if meant else "")


def _for_any_user(row: Setting, text: str) -> Any:
    """The value of a text in a routine, which may come from anywhere. Raises ValueError."""
    value = row.read(text)
    if not isinstance(value, Path):
        return value
    *first, last = row.kind.choices
    raise ValueError(
        f"{quoted(text)} is not possible here; write {', '.join(first)} or {last}, "
        f"and name a file of yours with {row.flag}"
    )


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
            read = _setting_for(name, Place.CONFIG).read(_as_text(value))
            layer[name] = Chosen(read, Place.CONFIG, "the config")
        except ValueError as error:
            known = name if name in SETTINGS else ""
            raise config.error(label(name), str(error), known) from None
    return layer


def _as_text(value: object) -> str:
    """A value of TOML as it would be written elsewhere."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("must be one value, such as a text")


class _NotHereError(ValueError):
    """A name that is not allowed in a place; the message continues after the name."""


_NO_CHOICE: Final = {
    Family.VOICE: "must not say who hears its texts",
    Family.SOUND: "knows no device",
}


def _setting_for(name: str, place: Place) -> Setting:
    """The setting of that name, if it can be given in the place. Raises _NotHereError."""
    known = names(place)
    if name in known:
        return SETTINGS[name]
    row = SETTINGS.get(name)
    if row is None:
        keys = (*known, "voices") if place is Place.CONFIG else known
        meant = nearest(name, keys)
        hint = f"did you mean {meant}? " if meant else ""
        raise _NotHereError(f"is unknown; {hint}keys: {', '.join(keys)}")
    if row.family is Family.PACE:
        raise _NotHereError("belongs at the top of a routine, not here")
    otherwise = " or ".join([row.flag, row.variable])
    if row.family in _NO_CHOICE:
        raise _NotHereError(
            f"is no choice of a routine, which {_NO_CHOICE[row.family]}; "
            f"use {otherwise}, or your config"
        )
    if place is Place.ROUTINE:
        raise _NotHereError(
            f"is a dose, and belongs in the exercises; to change it, use {otherwise}"
        )
    raise _NotHereError(f"would change every routine; use {otherwise}")
