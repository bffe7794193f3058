"""What audiocoach says of its own: one catalogue file per language beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from audiocoach.errors import RoutineError


def languages() -> tuple[str, ...]:
    """The languages there is a catalogue for, such as `("en",)`."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


class Phrases:
    """The phrases of one language. Numbers given to a phrase become words."""

    def __init__(self, language: str, table: dict[str, Any]) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """The phrase at `key` (`cue.ready`), filled in and with a capital first letter.

        Raises RoutineError if the catalogue lacks it.
        """
        text = self.inline(key, **values)
        return text[:1].upper() + text[1:]

    def inline(self, key: str, **values: object) -> str:
        """The same without the capital, to stand inside another phrase."""
        return str(self._find(key)).format(
            **{name: self._word(value) for name, value in values.items()}
        )

    def variants(self, key: str) -> tuple[str, ...]:
        """The phrases of a list such as `exercise.orient`."""
        return tuple(self._find(key))

    def number(self, value: int) -> str:
        """A whole number in words where people would say a word, else in digits."""
        numbers: list[str] = self._find("numbers")
        if value < len(numbers):
            return numbers[value]
        tens: dict[str, str] = self._find("tens")
        return tens.get(str(value), str(value))

    def listing(self, things: Sequence[str]) -> str:
        """`a, b and c`."""
        if len(things) < 2:
            return "".join(things)
        return self.inline("and", first=", ".join(things[:-1]), last=things[-1])

    def _word(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value

    def _find(self, key: str) -> Any:
        found: Any = self._table
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise RoutineError(f"the {self.language} phrases lack {key!r}")
            found = found[part]
        return found


@cache
def phrases_for(language: str) -> Phrases:
    """The catalogue for a language tag: `en-GB` is served by `en`.

    Raises RoutineError if there is none.
    """
    base = language.partition("-")[0]
    if base not in languages():
        known = ", ".join(languages())
        raise RoutineError(
            f"there are no phrases for {language!r} yet; there are phrases for {known}"
        )
    text = resources.files(__name__).joinpath(f"{base}.toml").read_text("utf-8")
    return Phrases(base, tomllib.loads(text))
