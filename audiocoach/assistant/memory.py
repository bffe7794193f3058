"""What is remembered from one time to the next: where each routine was left, and which were
finished. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from audiocoach.settings.table import SETTINGS


@dataclass(frozen=True, slots=True)
class Left:
    """Where a routine was left."""

    routine: str
    language: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    at: int = 0
    """The place in the session, in samples."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered."""

    left: tuple[Left, ...] = ()
    """One for each unfinished routine, the latest last."""
    done: tuple[str, ...] = ()
    """The routines that were finished once: whoever knows the welcome is spared it."""

    @property
    def latest(self) -> Left | None:
        """What was left last."""
        return self.left[-1] if self.left else None

    def of(self, routine: str) -> Left | None:
        """Where that routine was left, if it is unfinished."""
        return next((each for each in self.left if each.routine == routine), None)

    def leaving(self, left: Left) -> Kept:
        """The same, with this one left last."""
        return replace(self, left=(*self._but(left.routine), left))

    def finishing(self, routine: str) -> Kept:
        """The same, with this one finished."""
        done = dict.fromkeys((*self.done, routine))
        return Kept(self._but(routine), tuple(done))

    def _but(self, routine: str) -> tuple[Left, ...]:
        return tuple(each for each in self.left if each.routine != routine)

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    @classmethod
    def read(cls, stored: object) -> Kept:
        """What was stored; anything missing or malformed is dropped."""
        if not isinstance(stored, Mapping):
            return NOTHING
        left = map(_left, _list(stored.get("left")))
        done = _list(stored.get("done"))
        return cls(
            tuple(each for each in left if each),
            tuple(each for each in done if isinstance(each, str)),
        )


NOTHING: Final = Kept()
"""The memory of someone who has never done a routine."""


def _left(stored: object) -> Left | None:
    """Where a routine was left; None where that is not what was stored."""
    match stored:
        case {
            "routine": str(routine),
            "language": str(language),
            "settings": Mapping() as settings,
            "at": int(at),
        } if at >= 0:
            return Left(routine, language, _settings(settings), at)
    return None


def _settings(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in SETTINGS
    }


def _list(stored: object) -> list[Any]:
    return list(stored) if isinstance(stored, list | tuple) else []
