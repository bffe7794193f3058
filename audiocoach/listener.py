"""Hearing how a build goes on: what a command line, a page or a test may show of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """What a build is busy with, for a progress bar."""

    BUILD = "building"
    """Of sessions; told only where there are several."""
    SPEAK = "speaking"
    LINK = "linking"
    HEAR = "hearing"
    """Of a finished file, in seconds of it."""


class Listener:
    """Hears how a build goes on; by itself it does nothing. Subclass it to show something."""

    def progress(self, stage: Stage, done: int, total: int) -> None:
        """`done` of `total` parts of a stage are done."""

    def busy(self, tasks: int, workers: int) -> None:
        """So many tasks of a batch are being done, by so many workers."""

    def notice(self, line: str) -> bool:  # noqa: ARG002 - for those who show it
        """What the user should know before it happens, in one line; True if it was shown."""
        return False


SILENT: Final = Listener()
