"""The sessions of a routine for an assistant that cannot make them itself: one for each pace."""

from __future__ import annotations

from collections.abc import Iterable

from audiocoach.assistant.answers import PACES, Recorded
from audiocoach.listener import SILENT, Listener
from audiocoach.pipeline import rehearse
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.values import Pace


def options_at(pace: Pace, own: Pace, options: Options) -> Options:
    """The same at another pace, and at the natural length.

    At a fixed length it would be neither slower nor faster.
    """
    return options if pace is own else options.but(pace=pace.value, duration="natural")


def recorded(
    routine: str,
    options: Options,
    paces: Iterable[Pace] = PACES,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
) -> dict[Pace, Recorded]:
    """The sessions, by pace: first the one that is asked for. Raises as `rehearse` does."""

    def made(options: Options) -> Recorded:
        return Recorded(rehearse(routine, options, listener=listener, surroundings=surroundings))

    asked = made(options)
    others = {
        pace: made(options_at(pace, asked.pace, options))
        for pace in paces
        if pace is not asked.pace
    }
    return {asked.pace: asked, **others}
