"""The questions of a draft that its routine file still asks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from audiocoach.cli.output import say

_MOST_LINES: Final = 12
"""Lines that are named."""


def questions_of(file: str) -> list[int]:
    """The lines of a file that still ask what its draft asked; none of a bundled routine."""
    from audiocoach.routine.draft.questions import open_questions

    path = Path(file)
    if not path.is_file():
        return []
    return open_questions(path.read_text(encoding="utf-8-sig", errors="replace"))


def say_questions(lines: list[int], file: str = "") -> None:
    """Note which lines still ask; `file` is named where there are several."""
    if lines:
        shown = ", ".join(map(str, lines[:_MOST_LINES])) + (", ..." if lines[_MOST_LINES:] else "")
        say(
            f"note: {file and f'{file}: '}{len(lines)} question{'s' if len(lines) > 1 else ''} of "
            f"the draft {'are' if len(lines) > 1 else 'is'} still open (line {shown}): answer each "
            '"# check:" line, and delete it'
        )


def say_questions_of_all(files: Iterable[str], *, quiet: bool) -> None:
    """Note for each of several files which of its lines still ask, unless `quiet`."""
    for file in () if quiet else dict.fromkeys(files):
        say_questions(questions_of(file), file)
