"""What is said if a session can't have the length asked for: why not, and what is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from audiocoach.assistant.known import known, title
from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import FitError
from audiocoach.remote import Said, length, said
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.sayings.wishes import Wish
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS

_MINUTE: Final = 60 * SAMPLE_RATE
Fits = Callable[[Mapping[str, Any]], bool]
"""Whether the session fits with these settings added to those asked for."""


def what_fits(wish: Wish, language: str, error: FitError, fits: Fits) -> Iterator[Said]:
    """Why it can't be that long, and what is possible instead, if anything."""
    phrases = phrases_for(language)
    routine = load(wish.routine)
    name = title(routine, language)
    if error.asked > error.longest:
        longest = error.longest * SAMPLES_PER_MS // _MINUTE * _MINUTE
        yield said(phrases, "assistant.too-long", name=name, time=length(phrases, longest))
        return
    shortest = -(-error.shortest * SAMPLES_PER_MS // _MINUTE) * _MINUTE
    yield said(phrases, "assistant.too-short", name=name, time=length(phrases, shortest))
    if fits({"coaching": Telling.BRIEF}):
        yield said(phrases, "assistant.in-few-words")
    elif other := _no_longer_than(error.asked, language):
        yield said(phrases, "assistant.would-fit", name=other)
    else:
        yield from _in_part(wish, routine, language, fits)


def _in_part(wish: Wish, routine: Routine, language: str, fits: Fits) -> Iterator[Said]:
    """An exercise whose leaving out is enough; else one that fits alone."""
    phrases = phrases_for(language)
    skipped = tuple(wish.settings.get("skip", ()))
    told = _told(routine, language)
    left = [each for each in wish.settings.get("only", told) if each not in skipped]
    if found := _first(left, lambda each: fits({"skip": (*skipped, each)})):
        yield said(phrases, "assistant.leave-out", name=told[found])
    elif found := _first(left, lambda each: fits({"only": (each,)})):
        yield said(phrases, "assistant.alone", name=told[found])


def _first(names: Iterable[str], suits: Callable[[str], bool]) -> str | None:
    return next(filter(suits, names), None)


def _told(routine: Routine, language: str) -> dict[str, str]:
    """What each exercise is called in a language, as a title, by its name in the file."""
    words = routine.translations.get(language, {})
    told = {each.name: words.get(each.name, each.name) for each in routine.all_exercises()}
    return {own: f"{name[0].upper()}{name[1:]}" for own, name in told.items()}


def _no_longer_than(asked: int, language: str) -> str | None:
    """The title of the longest routine that lasts no longer by its own account."""
    fitting = [
        (routine.duration, title(routine, language))
        for each in known(language)
        for routine in [load(each.name)]
        if routine.duration and routine.duration <= asked
    ]
    return max(fitting)[1] if fitting else None
