"""The comment in a file: what was changed, when to stop, where it comes from, and who speaks.

It includes the licence of the voice, since whoever receives the file may want to pass it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from audiocoach.coaching.phrases import phrases_for

if TYPE_CHECKING:
    from audiocoach.routine.model import Routine


class Remarks(NamedTuple):
    """What the comment takes from a routine."""

    language: str
    changes: tuple[str, ...]
    """What the user changed about the dose, one sentence each."""
    safety: tuple[str, ...]
    source: str
    """Where the figures come from; "" if the routine does not say."""


def remarks(routine: Routine) -> Remarks:
    """The remarks on a routine as used in this session."""
    from audiocoach.coaching.compiler import change_lines

    cited = routine.source and filter(None, (routine.source.title, routine.source.url))
    return Remarks(
        routine.language,
        tuple(change_lines(routine)),
        tuple(instruction.say for instruction in routine.safety),
        ", ".join(cited or ()),
    )


def comment(remarks: Remarks, voice: str, licence: str = "", flags: Iterable[str] = ()) -> str:
    """In the language of the session; `flags` are those that were given (`--pace slow`).

    For a voice that is a program on this computer, only the program's name is given. `licence` is
    that of the voice, if known.
    """
    return " ".join(_sentences(remarks, voice, licence, " ".join(flags)))


def _sentences(remarks: Remarks, voice: str, licence: str, flags: str) -> Iterator[str]:
    phrases = phrases_for(remarks.language)
    yield from remarks.changes
    yield from remarks.safety or phrases.variants("welcome.safety")
    if remarks.source:
        yield phrases("comment.source", name=remarks.source)
    engine, _, name = voice.partition(":")
    yield phrases("comment.voice", name=f"{engine}:{PurePath(name).name}" if name else engine)
    if licence:
        yield phrases("comment.licence", name=licence)
    if flags:
        yield phrases("comment.flags", name=flags)
