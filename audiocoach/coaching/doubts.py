"""What is no mistake in a routine, and yet likely to be one: `check` tells it as notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audiocoach.errors import Problem
from audiocoach.readings.text import unread
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import spoken
from audiocoach.wording import quoted


def unread_texts(routine: Routine) -> Iterator[Problem]:
    """Texts with letters or symbols that no voice of the language can read."""
    for each in spoken(routine):
        if marks := unread(each.text, routine.language):
            message = (
                f"a voice that speaks {quoted(routine.language)} can't read {quoted(marks)} in "
                f"{quoted(each.text)}; write it in words of that language"
            )
            yield replace(routine.problem("", message), line=each.line, column=0)
