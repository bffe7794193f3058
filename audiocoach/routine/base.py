"""What every part of a routine has: strictness, and its place in the file."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo

from audiocoach.errors import Problem
from audiocoach.routine.levels import Reading


class Model(BaseModel):
    """An unknown key is an error, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    shorthand: ClassVar[Any] = None
    """The type of what may be written in place of its fields."""
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)
    _columns: dict[str, int] = PrivateAttr(default_factory=dict)
    _file: str = PrivateAttr(default="the routine")

    def __eq__(self, other: object) -> bool:
        """Equal when they prescribe and tell the same, wherever they were read from."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # it holds a dict of quotes

    def line(self, field: str = "") -> int:
        """The line of `field` in the routine file (of the whole thing for ""), 0 if unknown."""
        return self._lines.get(field, self._lines.get("", 0))

    def column(self, field: str) -> int:
        """The column of `field` in that line, 1 if unknown."""
        return self._columns.get(field, 1)

    def where(self, field: str = "") -> str:
        """`file:line:column` of `field` for an error message; what is known of it."""
        line = self.line(field)
        return f"{self._file}:{line}:{self.column(field)}" if line else self._file

    def problem(self, field: str, message: str, told: str = "") -> Problem:
        """What is wrong with `field`, and where it stands; `told` is what the message calls it."""
        line = self.line(field)
        return Problem(message, self._file, line, self.column(field) if line else 0, told)


class SlipError(ValueError):
    """What has no effect: a mistake, unless it has one at another level."""


def slip(message: str, info: ValidationInfo) -> None:
    """Raises SlipError, unless the loader found that it has an effect at another level."""
    if not (isinstance(info.context, Reading) and info.context.tolerant):
        raise SlipError(message)
