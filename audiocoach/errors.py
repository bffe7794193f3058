"""Every error a user can meet, each with its exit code.

An error that reaches the user is one clear line: what is wrong, where, and what
to do about it. Anything else that escapes is a defect of ours (exit code 1, with
a traceback).
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class AudiocoachError(Exception):
    """Base of every error that is the user's to mend. `str()` of it is the message."""

    exit_code: ClassVar[int] = 1


class UsageError(AudiocoachError):
    """A setting, by flag, in the environment or in the user's config file, that cannot be used."""

    exit_code = 2


class RoutineError(AudiocoachError):
    """A routine file that cannot be used; the message names file:line:column, field and remedy."""

    exit_code = 3


class FitError(AudiocoachError):
    """The routine cannot last as long as asked; the message gives the true limits."""

    exit_code = 4


class VoiceError(AudiocoachError):
    """The voice is unknown, or it failed to speak."""

    exit_code = 5


class DeliveryError(AudiocoachError):
    """A file could not be written: a full disk, a folder that is not ours, a missing path.

    `path` is the file, where it is known.
    """

    exit_code = 6

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path
