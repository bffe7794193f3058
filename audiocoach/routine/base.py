"""What every part of a routine has: strictness, and its place in the file."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo

from audiocoach.errors import Problem
from audiocoach.routine.levels import Reading
from audiocoach.routine.yaml_tree import Mark
from audiocoach.wording import printable


class Model(BaseModel):
    """An unknown key is an error, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    shorthand: ClassVar[Any] = None
    """The type of what may be written in place of its fields."""
    _marks: dict[str, Mark] = PrivateAttr(default_factory=dict)
    _file: str = PrivateAttr(default="the routine")
    _abilities: dict[str, str] = PrivateAttr(default_factory=dict)
    """The fields that a level took out of a range of ability, and what is noted of it."""

    def __eq__(self, other: object) -> bool:
        """Equal when they prescribe and tell the same, wherever they were read from."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # it holds a dict of quotes

    def mark(self, field: str = "") -> Mark:
        """Where `field` is in the routine file (the whole thing for ""); 0, 0 if unknown."""
        return self._marks.get(field, self._marks.get("", Mark(0, 0)))

    def line(self, field: str = "") -> int:
        """The line of that place."""
        return self.mark(field).line

    def ability(self, field: str) -> str:
        """Of which range of ability the value of `field` is, and for whom; "" if of none."""
        return self._abilities.get(field, "")

    def problem(self, field: str, message: str, told: str = "") -> Problem:
        """What is wrong with `field`, and where it stands; `told` is what the message calls it."""
        return Problem(printable(message), self._file, *self.mark(field), printable(told))


class SlipError(ValueError):
    """What has no effect: a mistake, unless it has one at another level."""


def slip(message: str, info: ValidationInfo) -> None:
    """Raises SlipError, unless the loader found that it has an effect at another level."""
    if not (isinstance(info.context, Reading) and info.context.tolerant):
        raise SlipError(message)
