"""The comment in a file: what was changed, when to stop, where it comes from, and who speaks.

The licence of the voice is said too, since whoever is given the file may want to pass it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from audiocoach.coaching.compiler import change_lines
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.model import Routine


def comment(routine: Routine, voice: str, licence: str = "", flags: Iterable[str] = ()) -> str:
    """In the language of the session; `flags` are those that were given (`--pace slow`).

    Of a voice that is a program on this computer only the program's own name is told. `licence` is
    that of the voice, if it is known.
    """
    return " ".join(_sentences(routine, voice, licence, " ".join(flags)))


def _sentences(routine: Routine, voice: str, licence: str, flags: str) -> Iterator[str]:
    phrases = phrases_for(routine.language)
    yield from change_lines(routine)
    safety = [instruction.say for instruction in routine.safety]
    yield from safety or phrases.variants("welcome.safety")
    if routine.source:
        cited = filter(None, (routine.source.title, routine.source.url))
        yield phrases("comment.source", name=", ".join(cited))
    engine, _, name = voice.partition(":")
    yield phrases("comment.voice", name=f"{engine}:{PurePath(name).name}" if name else engine)
    if licence:
        yield phrases("comment.licence", name=licence)
    if flags:
        yield phrases("comment.flags", name=flags)
