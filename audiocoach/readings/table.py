"""What a language can read aloud: the rows that `text.py` applies. Each language is a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from audiocoach.language import base
from audiocoach.readings.sides import Sides


@dataclass(frozen=True, slots=True)
class Describing:
    """A number and a unit that say what something is like: "a 2 kg vest", "a 2-kg vest"."""

    plural: bool
    """Which form of the unit is heard then: "2 kilo", but "30-Sekunden"."""
    joined: str
    """What is put between the two where they were written with a hyphen."""
    after: frozenset[str] = frozenset()
    """Words after which they describe whatever follows: "the 5 kg weight" ..."""
    not_before: frozenset[str] = frozenset()
    """... but not this: "the 5 kg in your hand"."""
    things: frozenset[str] = frozenset()
    """What they describe in any case: "5 kg dumbbells"."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one language; a key is written as people write it."""

    abbreviations: Mapping[str, str]
    """A space in a key may be missing; `#` stands for a number that follows."""
    ends: frozenset[str]
    """Those of the abbreviations that often end a sentence: `etc.`."""
    units: Mapping[str, tuple[str, str]]
    """After a number: one, and more than one. `"` and `'` may be among them."""
    fractions: Mapping[str, str]
    """`1/2` alone: "half". Any other is read as its two numbers."""
    mixed: Mapping[str, str]
    """`1/2` after a whole number: "and a half"."""
    symbols: Mapping[str, str]
    """Anywhere, as a word."""
    per: Mapping[str, str]
    """After a slash: `km` in 6:30/km, `leg` in 10/leg."""
    sides: Sides
    """Marks of sides, and the words they are."""
    to: str
    """Between the ends of a range."""
    ratio: str
    """In 2:1."""
    times: str
    """In 3 x 10."""
    once: str
    """For `1x`."""
    about: str
    """For `~` before a number."""
    out_of: str
    """In 7/10, of a scale."""
    often: str = ""
    """After the number in `x3`, where it is another word than `times`."""
    own: Callable[[str], str] = str
    """What is read in this language alone, after all else: German ordinals."""
    slash: str = "/"
    """What stands before the unit of a rate, as a pattern: also `10 x lado`."""
    counted: frozenset[str] = frozenset()
    """What is counted, before the slash of a rate: `reps/leg`."""
    o_clock: frozenset[str] = frozenset()
    """Words after which `6:30` is a time of day."""
    known: frozenset[str] = frozenset()
    """What looks like shorthand and is read right as it is, in small letters: AMRAP, NOT, a.m.
    `#` stands for a number before it."""
    before_letters: frozenset[str] = frozenset()
    """Words after which a letter is one: an L."""
    timed: frozenset[str] = frozenset()
    """Words after which 60" are seconds, where they are inches elsewhere."""
    numbered: frozenset[str] = frozenset()
    """Words after which a single Roman numeral is one: `Phase V`."""
    minus: str = "minus"
    decimal: str = ","
    """What stands before the decimals."""
    plural_from: float = 1.000_1
    """From which number on there is more than one."""
    describing: Describing | None = None
    """Where a unit has another form when it describes something."""
    no_end_after: frozenset[str] = frozenset()
    """Words after which a number and a dot are an ordinal, not the end of a sentence."""


_FOLDER: Final = Path(__file__).parent
_LONGEST_CODE: Final = 3


@cache
def readings(language: str) -> Readings | None:
    """The readings of a language such as `en-GB`; None if there is no file of it here."""
    name = base(language)
    if len(name) > _LONGEST_CODE or not (_FOLDER / f"{name}.py").is_file():
        return None
    found: Readings = import_module(f"audiocoach.readings.{name}").READINGS
    return found
