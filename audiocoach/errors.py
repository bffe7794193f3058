"""Every error a user can meet, each with its exit code.

An error that reaches the user is one clear line: what is wrong, where, and what
to do about it. Anything else that escapes is a defect of ours (exit code 1, with
a traceback).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from audiocoach.wording import clock


class AudiocoachError(Exception):
    """The base of every error that the user can fix. `str()` of it is the message."""

    exit_code: ClassVar[int] = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Whole in another process too, whatever its `__init__` takes."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[AudiocoachError], args: tuple[object, ...], known: dict[str, object]
) -> AudiocoachError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(known)
    return error


class UsageError(AudiocoachError):
    """A setting, by flag, in the environment or in the user's config file, that cannot be used."""

    exit_code = 2

    def __init__(self, message: str, *, setting: str = "", place: str = "") -> None:
        """`setting` is the name of one, `place` the flag, the variable or the key it came by."""
        super().__init__(message)
        self.setting = setting
        self.place = place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix in a routine, with its place as far as known; `str()` gives one line."""

    message: str
    """What was found, and what is allowed."""
    file: str = ""
    line: int = 0
    """From 1; 0 if unknown."""
    column: int = 0
    field: str = ""
    """Where it is: `exercise 2 (squat): hold`."""
    levels: tuple[str, ...] = ()
    """The levels that are affected, if not all are."""

    def __str__(self) -> str:
        place = [str(each) for each in (self.file, self.line, self.column) if each]
        levels = f"at level{'s' if len(self.levels) > 1 else ''} {' and '.join(self.levels)}"
        told = [":".join(place), levels if self.levels else "", self.field, self.message]
        return ": ".join(part for part in told if part)


class RoutineError(AudiocoachError):
    """A routine that cannot be used: each problem to fix, and how many `more` were left out."""

    exit_code = 3

    def __init__(self, *problems: Problem | str, more: int = 0) -> None:
        self.problems = tuple(
            each if isinstance(each, Problem) else Problem(each) for each in problems
        )
        self.more = more
        lines = [str(each) for each in self.problems]
        if more:
            lines.append(f"{self.problems[0].file}: and {more:,} more")
        super().__init__("\n".join(lines))


class AffectedSideError(RoutineError):
    """A routine mentions the affected side, and nobody has said which side that is."""


class FitError(AudiocoachError):
    """A session cannot be as long as asked. All times in ms."""

    exit_code = 4

    def __init__(
        self, asked: int, shortest: int, natural: int, longest: int, *, about: bool = False
    ) -> None:
        """The limits are those that were tried, or `about` these."""
        self._about = about
        self.asked = asked
        self.shortest = shortest
        self.natural = natural
        self.longest = longest
        super().__init__(self._text())

    def _text(self) -> str:
        if self.shortest <= self.asked <= self.longest and not self._about:
            return (
                f"no sum of whole seconds of rest makes exactly {clock(self.asked)}; "
                "try a length a few seconds away"
            )
        limits = (
            f"the session can last {self.limits}, not {clock(self.asked)}, "
            "without changing what is prescribed"
        )
        if self.asked < self.shortest:
            return f"{limits}; use --duration natural, or leave an exercise out with --skip"
        return f"{limits}; use --duration natural, or repeat it with --rounds"

    @property
    def limits(self) -> str:
        """The possible lengths, in whole seconds, or in milliseconds if no whole second is
        possible."""
        shortest, longest = -(-self.shortest // 1000) * 1000, self.longest // 1000 * 1000
        if self._about:
            return f"about {clock(shortest)} to {clock(longest)}"
        if shortest > longest:
            return f"from {self.shortest}ms to {self.longest}ms (natural length {self.natural}ms)"
        natural = min(max((self.natural + 500) // 1000 * 1000, shortest), longest)
        return f"from {clock(shortest)} to {clock(longest)} (natural length {clock(natural)})"


class VoiceError(AudiocoachError):
    """The voice is unknown, or it failed to speak.

    `voice` is who could not, as the user spells it, and `utterance` the text, where known.
    """

    exit_code = 5

    def __init__(self, message: str, *, utterance: str | None = None, voice: str = "") -> None:
        super().__init__(message)
        self.utterance = utterance
        self.voice = voice


class DeliveryError(AudiocoachError):
    """A file could not be written: a full disk, missing permission, a missing folder.

    `path` is the file, where it is known.
    """

    exit_code = 6

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class VerificationError(AudiocoachError):
    """A finished file is not what was built, or it can't be read."""

    exit_code = 7


class LackError(AudiocoachError):
    """Something is missing on this computer: memory, a player, the packages of an extra."""

    exit_code = 8
