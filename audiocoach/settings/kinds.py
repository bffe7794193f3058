"""How the value of a setting is written: the same on the command line, in the environment, in a
routine and in the config.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from audiocoach.language import no_code
from audiocoach.routine.times import format_ms, parse_ms
from audiocoach.routine.written import EXACT
from audiocoach.settings.values import Ambience, Amount, Mark
from audiocoach.wording import nearest, quoted

NATURAL: Final = "natural"
"""How the length of an unstretched session is written; its value is None."""
OFF: Final = "off"
SLOWEST: Final = 0.5
FASTEST: Final = 2.0
"""Limits of the speed of a voice, times its natural one."""
SHORTEST_SILENCE: Final = 5_000
"""The lowest limit (ms) on silence; below it a session would be chatter."""
_MOST_TIMES: Final = 10
"""How often a pause may be as long as by itself, at most."""

_SWITCH: Final = {"on": True, "off": False, "yes": True, "no": False, "true": True, "false": False}


_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "fast": ("brisk", "express"),
    "faster": ("brisk", "express"),
    "quick": ("brisk", "express"),
    "slower": ("slow", "gentle"),
    "medium": ("normal", "standard", "intermediate"),
    "easy": ("gentle", "beginner"),
    "hard": ("advanced",),
    "expert": ("advanced",),
    "short": ("brief", "express"),
    "long": ("full",),
    "less": ("brief",),
    "more": ("full",),
    "none": ("off", "minimal"),
    "all": ("full",),
}
"""What people write for a choice, and what it is called here, in one setting or another."""


class Kind(NamedTuple):
    """A kind of value: how it is read, written, and described to an editor."""

    metavar: str
    """Its placeholder in the help."""
    read: Callable[[str], Any]
    """The value that a text stands for. Raises ValueError with what was found and what is allowed.
    """
    write: Callable[[Any], str]
    """The text of a value, "" for none; `read` gives the value back."""
    schema: Mapping[str, Any] = MappingProxyType({})
    """The JSON Schema of it in a routine, to an editor that takes `5` for a number; empty where
    no routine may hold it."""
    choices: tuple[str, ...] = ()
    """All possible values, if they can be listed."""
    is_switch: bool = False
    """Whether its flag has a counterpart that begins with `--no-`."""
    is_list: bool = False
    """Whether its flag may be repeated."""
    has_commas: bool = False
    """Whether a single value may contain commas."""

    @property
    def spreads(self) -> bool:
        """Whether its flag may hold several values, separated by commas, one for each variant."""
        return not (self.is_switch or self.is_list or self.has_commas)


def choice(values: Iterable[Any], none: str = "") -> Kind:
    """One of a few values, written as they print; `none` is the text that stands for None."""
    by_text = {str(value): value for value in values} | ({none: None} if none else {})
    numbers = [int(text) for text in by_text if text.isdigit()]

    def read(text: str) -> Any:
        if text in by_text:
            return by_text[text]
        *first, last = by_text
        other = (each for each in _MEANT.get(text.casefold(), ()) if each in by_text)
        meant = next(other, None) or nearest(text, by_text)
        hint = f"did you mean {meant}? " if meant else ""
        raise ValueError(
            f"{quoted(text)} is not possible here; {hint}write {', '.join(first)} or {last}"
        )

    schema, write = {"enum": [*numbers, *by_text]}, partial(_as_printed, none=none)
    return Kind(" | ".join(by_text), read, write, schema, choices=tuple(by_text))


def _as_printed(value: object, none: str = "") -> str:
    return none if value is None else str(value)


def _read_switch(text: str) -> bool:
    if text in _SWITCH:
        return _SWITCH[text]
    raise ValueError(f"{quoted(text)} is not possible here; write on or off")


SWITCH: Final = Kind(
    "on | off",
    _read_switch,
    lambda value: "on" if value else "off",
    {"enum": ["on", "off", "yes", "no", True, False, "true", "false"]},
    is_switch=True,
)


def whole_number(least: int, most: int) -> Kind:
    """A whole number between two limits."""

    def read(text: str) -> int:
        if re.fullmatch(r"[0-9]{1,12}", text) and least <= int(text) <= most:
            return int(text)
        raise ValueError(f"{quoted(text)} is not a whole number from {least} to {most}")

    schema = {"type": ["integer", "string"], "minimum": least, "maximum": most}
    metavar = f"{least}-{most}" if most <= 1000 else "NUMBER"
    return Kind(metavar, read, _as_printed, schema | {"pattern": "^[0-9]+$"})


def _read_rate(text: str) -> float:
    number = re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,20})?", text)
    if number and SLOWEST <= float(text) <= FASTEST:
        return float(text)
    raise ValueError(f"{quoted(text)} is not a number between {SLOWEST} and {FASTEST}")


RATE: Final = Kind(
    f"{SLOWEST}-{FASTEST}",
    _read_rate,
    lambda value: repr(float(value)),
    {
        "type": ["number", "string"],
        "minimum": SLOWEST,
        "maximum": FASTEST,
        "pattern": r"^[0-9]+(\.[0-9]+)?$",
    },
)


def _read_ms(text: str, otherwise: str) -> int:
    """A time in ms; the message of the ValueError ends with what may be written otherwise."""
    try:
        return parse_ms(text)
    except ValueError as error:
        raise ValueError(f"{error}{otherwise}") from None


def _written_ms(ms: int) -> str:
    """A time so that it can be read again: a clock has no thousandths."""
    return f"{ms}ms" if ms > 60_000 and ms % 1000 else format_ms(ms)


def _read_duration(text: str) -> int | None:
    if text == NATURAL:
        return None
    if re.fullmatch("[1-9][0-9]{0,2}", text):
        raise ValueError(f"{quoted(text)} has no unit; did you mean {text}min? Or write {NATURAL}")
    length = _read_ms(text, f" (or '{NATURAL}')")
    if length == 0:
        raise ValueError("a session can't be empty")
    return length


LENGTH: Final = Kind(
    f"TIME | {NATURAL}",
    _read_duration,
    lambda value: NATURAL if value is None else _written_ms(value),
)


def _read_amount(text: str) -> Amount:
    match = re.fullmatch(r"[x×] ?([0-9]{1,3})(?:\.([0-9]{1,2}))?", text)
    if match is None:
        return Amount(_read_ms(text, "; or a factor such as x1.5"))
    percent = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if percent > _MOST_TIMES * 100:
        raise ValueError(f"{quoted(text)} is too much; x{_MOST_TIMES} is the most")
    return Amount(percent=percent)


def _written_amount(amount: Amount) -> str:
    return f"x{amount.percent / 100:g}" if amount.ms is None else _written_ms(amount.ms)


AMOUNT: Final = Kind(
    "TIME | xN",
    _read_amount,
    _written_amount,
    {
        "description": "A length such as 12s, or a factor such as x1.5.",
        "type": "string",
        "pattern": rf"^({EXACT}|[x×] ?[0-9]+(\.[0-9]+)?)$",
        "examples": ["12s", "x1.5"],
    },
)


def _read_marks(text: str) -> tuple[Mark, ...]:
    if text == OFF:
        return ()
    return tuple(_read_mark(part.strip()) for part in text.split(","))


def _read_mark(text: str) -> Mark:
    if match := re.fullmatch(r"([0-9]{1,2}) ?%", text):
        mark = Mark(percent=int(match[1]))
    else:
        mark = Mark(_read_ms(text, f"; or 10%, or '{OFF}'"))
    if mark == Mark(0) or mark == Mark():
        raise ValueError(f"{quoted(text)} is the end itself; write '{OFF}' for none")
    return mark


def _written_mark(mark: Mark) -> str:
    return f"{mark.percent}%" if mark.ms is None else _written_ms(mark.ms)


_MARK: Final = rf"({EXACT}|[0-9]+\s*%)"
MARKS: Final = Kind(
    f"TIME,... | N% | {OFF}",
    _read_marks,
    lambda marks: ",".join(map(_written_mark, marks)) or OFF,
    {
        "description": "Times before the end such as 10s or '30s,10s', a share such as 10%, "
        "or off.",
        "type": "string",
        "pattern": rf"^({_MARK}(\s*,\s*{_MARK})*|{OFF})$",
        "examples": ["10s", "10%", OFF],
    },
    has_commas=True,
)


def _read_silence(text: str) -> int:
    if text == OFF:
        return 0
    ms = _read_ms(text, f" (or '{OFF}')")
    if ms < SHORTEST_SILENCE:
        shortest = format_ms(SHORTEST_SILENCE)
        raise ValueError(f"{quoted(text)} is too short; write {shortest} or more, or '{OFF}'")
    return ms


SILENCE: Final = Kind(
    f"TIME | {OFF}",
    _read_silence,
    lambda ms: "" if ms is None else _written_ms(ms) if ms else OFF,
    {"type": "string", "pattern": rf"^({EXACT}|{OFF})$", "examples": ["20s", "1min", OFF]},
)


def _read_language(text: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", text):
        return text
    raise ValueError(f"{quoted(text)} {no_code(text)}")


LANGUAGE: Final = Kind("LANGUAGE", _read_language, _as_printed)

VOICE: Final = Kind("VOICE", str, _as_printed)


def _read_bed(text: str) -> Ambience | Path | None:
    if text == OFF:
        return None
    return Ambience(text) if text in _BEDS else Path(text).expanduser()


_BEDS: Final = tuple(map(str, Ambience))
BED: Final = Kind(
    " | ".join((OFF, *_BEDS, "FILE")),
    _read_bed,
    partial(_as_printed, none=OFF),
    {"enum": [OFF, *_BEDS]},
    choices=(OFF, *_BEDS),
)
"""A file is the user's own to name: a value that is a Path is read from no routine and no request.
"""


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


NAMES: Final = Kind("NAME", _read_names, ", ".join, is_list=True)
