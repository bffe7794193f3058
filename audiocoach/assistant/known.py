"""The bundled routines, as people may refer to them in a language."""

from __future__ import annotations

from functools import cache

from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.sayings import sayings_for
from audiocoach.sayings.wishes import Known


@cache
def known(language: str) -> tuple[Known, ...]:
    """Each routine available in a language, with its spoken names and its exercises."""
    return tuple(
        Known(name, (*spoken, title(routine, language)), _exercises(routine))
        for name, spoken in sayings_for(language).routines.items()
        for routine in [load(name)]
    )


def title(routine: Routine, language: str) -> str:
    """The title of a routine in a language, or its own."""
    return routine.translations.get(language, {}).get(routine.title, routine.title)


def _exercises(routine: Routine) -> tuple[tuple[str, ...], ...]:
    return tuple(map(routine.names_of, routine.all_exercises()))
