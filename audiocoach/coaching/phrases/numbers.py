"""How each language writes a number, and which plural form a number takes.

The rules are those of the CLDR, as far as they make a difference here; the tests compare them
with Babel's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

_PLACES: Final = 3
"""Decimal places at most: times are whole milliseconds."""


class Numbers(NamedTuple):
    """The numbers of one language."""

    decimal: str
    """What stands before the decimal places."""
    group: str
    """What stands between thousands."""
    form: Callable[[float], str]
    """The form that a number takes: `one`, `other`, or what else the language has."""

    def written(self, value: float, *, grouped: bool = True, least: int = 0) -> str:
        """A number in figures, with at least that many decimal places."""
        whole, _, places = f"{value:{',' if grouped else ''}.{_PLACES}f}".partition(".")
        places = places.rstrip("0").ljust(least, "0")
        return whole.replace(",", self.group) + (self.decimal + places if places else "")


def _one(value: float) -> str:
    return "one" if value == 1 else "other"


def _one_below_two(value: float) -> str:
    return "one" if abs(value) < 2 else "other"


FORMS: Final[Mapping[str, Callable[[float], str]]] = {
    "one": _one,
    "one-below-two": _one_below_two,
}
"""The rules that a catalogue may name for the form of a number."""
