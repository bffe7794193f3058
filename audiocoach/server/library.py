"""What the library and the feed list: each routine, as its session would be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from audiocoach.coaching.phrases import languages
from audiocoach.errors import AudiocoachError
from audiocoach.language import base
from audiocoach.pipeline import prepare
from audiocoach.routine.model import Routine
from audiocoach.routine.recordings import Recording
from audiocoach.routine.translate import speaks
from audiocoach.server.address import Address
from audiocoach.server.desk import Desk, House
from audiocoach.server.pages import Entry
from audiocoach.server.recording import PLAYER, SOUND
from audiocoach.server.shelf import Book, Unusable
from audiocoach.settings.resolve import Options
from audiocoach.timeline import fit
from audiocoach.timeline.script import SAMPLES_PER_MS, Chime, Sound

_REMEMBERED: Final = 500
_LETTER_MS: Final = 72
_CLIP_MS: Final = 240
"""How long a letter takes to be spoken, and a clip beside its letters, about: what a length is
estimated by while nothing was spoken yet."""


class Listed(NamedTuple):
    """A session that can be asked for, with its routine."""

    book: Book
    options: Options
    entry: Entry


def language_of(chosen: Options, accepted: str) -> str:
    """The language of a page: as chosen, else the first that a browser accepts and we have."""
    wanted = [str(chosen.language or ""), *(each.partition(";")[0] for each in accepted.split(","))]
    known = (base(each.strip().lower()) for each in wanted)
    return next((each for each in known if each in languages()), "en")


def listed(
    desk: Desk, chosen: Options, language: str, root: str
) -> tuple[list[Listed], list[Entry]]:
    """The sessions of all routines, those in the language first; and files that can't be used."""
    sessions, broken = [], []
    for book in desk.house.shelf.books().values():
        if isinstance(book, Unusable):
            broken.append(Entry(book.name, language, problem=book.problem))
            continue
        options = _spoken(book.routine, chosen, language)
        entry = _entry(desk, book, options, root)
        if entry.problem:
            broken.append(entry)
        else:
            sessions.append(Listed(book, options, entry))
    titles = Counter(each.entry.title for each in sessions)
    sessions = [_told_apart(each) if titles[each.entry.title] > 1 else each for each in sessions]
    sessions.sort(key=lambda each: base(each.entry.language) != base(language))
    return sessions, broken


def _told_apart(session: Listed) -> Listed:
    """A session whose title is another's too, with the name of its routine."""
    entry = session.entry
    return session._replace(entry=replace(entry, title=f"{entry.title} ({session.book.name})"))


def _spoken(routine: Routine, chosen: Options, language: str) -> Options:
    """What is chosen, in the language of the page, or in the routine's own."""
    wanted = chosen.language or language
    if base(wanted) == base(routine.language) or not speaks(routine, wanted):
        return chosen.but(language=None)
    return chosen.but(language=wanted)


def _entry(desk: Desk, book: Book, options: Options, root: str) -> Entry:
    address = Address(book.name, options, PLAYER)
    sketch = _sketch(desk.house, book, options)
    fact = desk.fact(book, options)
    return Entry(
        sketch.title,
        sketch.language,
        sketch.about,
        sketch.exercises,
        fact.total // SAMPLES_PER_MS if fact else sketch.ms,
        fact is not None or sketch.exact,
        root + address.path,
        root + address.but(SOUND).path,
        sketch.problem,
    )


@lru_cache(_REMEMBERED)
def _sketch(house: House, book: Book, options: Options) -> Entry:
    """The entry of a session before anything of it is spoken."""
    try:
        prepared = prepare(
            book.routine, house.options.but(**options.given), house.cache, house.surroundings
        )
        asked = prepared.role.chosen.settings.duration
        lengths = {sound: _length(sound) for sound in prepared.script.sounds()}
        ms = asked or fit(prepared.script, lengths).total // SAMPLES_PER_MS
    except AudiocoachError as error:
        return Entry(book.routine.title, book.routine.language, problem=str(error))
    routine = prepared.routine
    return Entry(
        routine.title,
        routine.language,
        " ".join(each.say for each in routine.about),
        tuple(exercise.name for exercise in routine.all_exercises()),
        ms,
        exact=asked is not None,
    )


def _length(sound: Sound) -> int:
    """How long a sound is, about (samples)."""
    if isinstance(sound, Recording):
        return sound.count
    if isinstance(sound, Chime):
        return 2 * _CLIP_MS * SAMPLES_PER_MS
    return (_CLIP_MS + _LETTER_MS * len(sound.text)) * SAMPLES_PER_MS
