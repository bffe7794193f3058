"""Following the progress of a build, for a command line, a page or a test to show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """What a build is doing, for a progress bar."""

    BUILD = "building"
    """Building sessions; reported only if there are several."""
    SPEAK = "speaking"
    LINK = "linking"
    HEAR = "checking"
    """Checking a finished file; counted in seconds of sound."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long a build is about to take, if that is long."""

    voice: str
    texts: int
    """Texts to be spoken."""
    requests: int
    """Requests to an online service; 0 for a voice on this computer."""
    seconds: float
    bytes: int
    """Of the session as an MP3."""


class Listener:
    """Follows the progress of a build; by itself it does nothing. Subclass it to show something."""

    def progress(self, stage: Stage, done: int, total: int) -> None:
        """`done` of `total` parts of a stage are done."""

    def busy(self, tasks: int, workers: int) -> None:
        """That many tasks of a batch are running, on that many workers."""

    def forecast(self, expected: Forecast) -> None:
        """Called before a voice speaks for more than a few seconds: what it will take."""

    def notice(self, line: str) -> bool:  # noqa: ARG002 - for those who show it
        """Something the user should know in advance, in one line; True if it was shown."""
        return False


SILENT: Final = Listener()
