"""A routine in another language: every spoken text replaced by its translation in the file.

`translations` in a routine holds, for each language, a map from a text as it is written
in the file to what is said instead. Notes, quotes and sources stay as they are: nobody
hears them. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeVar

from audiocoach.errors import Problem, RoutineError
from audiocoach.language import base, same
from audiocoach.routine.base import Model
from audiocoach.routine.model import Exercise, Phase, Routine, Schedule, Sides
from audiocoach.routine.values import SideNames
from audiocoach.wording import quoted

_Told = TypeVar("_Told", bound=Model)
_Say = Callable[[str, int], str]
"""What is said instead of a text on that line."""

_UNSPOKEN: Final[dict[type[Model], frozenset[str]]] = {
    Routine: frozenset({"language", "source"}),
    Exercise: frozenset({"phase", "limb"}),
    Phase: frozenset({"name"}),
    Schedule: frozenset({"per"}),
}
"""Fields whose texts are not heard, besides all that are maps; a limb is heard with its side."""
_NO_LIMB: Final = Exercise.model_fields["limb"].default
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text of a routine, and the line it first stands on (0 if unknown)."""

    text: str
    line: int


def translate(routine: Routine, language: str) -> Routine:
    """The routine with every text, at each of its levels, in `language`.

    `de-AT` is served by translations to `de`. Into the routine's own language nothing is
    translated; `en-GB` then makes an `en` routine a British one. Raises RoutineError if
    there is no such translation, or a text lacks it.
    """
    if same(language, routine.language):
        return _spoken_in(routine, language)
    table = _table_to(routine, language)
    if table is None:
        raise _error(routine, language, _no_translation(routine, language), "what to translate")
    if lacking := missing(routine, language):
        raise _error(routine, language, _untranslated(language, lacking), "them all")
    return _spoken_in(routine, language, lambda text, _: table[text])


def speaks(routine: Routine, language: str) -> bool:
    """Whether the routine is in that language, or has a translation to it, complete or not."""
    return same(language, routine.language) or _table_to(routine, language) is not None


def missing(routine: Routine, language: str) -> tuple[Spoken, ...]:
    """The texts that have no translation to `language`, in the order of the file."""
    if same(language, routine.language):
        return ()
    table = _table_to(routine, language) or {}
    return tuple(each for each in spoken(routine) if not table.get(each.text))


def unused(routine: Routine, language: str) -> tuple[str, ...]:
    """What is translated to `language` though no text of the routine reads like it any more."""
    texts = {each.text for each in spoken(routine)}
    return tuple(text for text in _table_to(routine, language) or {} if text not in texts)


def spoken(routine: Routine) -> tuple[Spoken, ...]:
    """Every text to translate, at any level, each once, in the order of the file."""
    lines: dict[str, int] = {}

    def note(text: str, line: int) -> str:
        lines.setdefault(text, line)
        return text

    for each in (routine, *map(routine.at_level, routine.levels)):
        _all_told(each, note)
    return tuple(sorted((Spoken(*each) for each in lines.items()), key=lambda each: each.line))


def _table_to(routine: Routine, language: str) -> dict[str, str] | None:
    """The translations to a language: those to `de-AT`, else those to `de`."""
    tables = routine.translations
    return tables.get(language, tables.get(base(language)))


def _as_written(text: str, _: int) -> str:
    return text


def _spoken_in(routine: Routine, language: str, say: _Say = _as_written) -> Routine:
    def told(each: Routine) -> Routine:
        return _all_told(each, say).model_copy(update={"language": language})

    result = told(routine)
    result._at = {level: told(routine.at_level(level)) for level in routine.levels}
    for other in result._at.values():
        other._at = result._at
    return result


def _all_told(routine: Routine, say: _Say) -> Routine:
    """A routine at one level with `say` for every text; also for names it no longer holds."""
    told = _told(routine, say)
    line = routine.line("exercises")
    left_out, unneeded = (
        tuple(say(name, line) for name in names)
        for names in (routine.change.left_out, routine.change.unneeded)
    )
    told._change = replace(routine.change, left_out=left_out, unneeded=unneeded)
    return told


def _told(model: _Told, say: _Say) -> _Told:
    silent = _UNSPOKEN.get(type(model), frozenset())
    told = {
        field: _value(value, model.line(field), say)
        for field, value in model
        if field not in silent
    }
    if isinstance(model, Exercise):
        told["limb"] = _limb(model, say)
    if isinstance(model, Phase) and say is not _as_written:
        heard = model.heard_name  # else it is for the sheets, and in another language
        told["name"] = say(heard, model.line("name")) if heard else model.name and ""
    written = model.model_fields_set  # what is left to its default is still not written
    changed = {each: v for each, v in told.items() if each in written or v != getattr(model, each)}
    return model.model_copy(update=changed)


def _value(value: object, line: int, say: _Say) -> object:
    if isinstance(value, Model):
        return _told(value, say)
    if isinstance(value, tuple):
        return tuple(_value(item, line, say) for item in value)
    return say(value, line) if isinstance(value, str) and not isinstance(value, Enum) else value


def _limb(exercise: Exercise, say: _Say) -> str | SideNames:
    """`foot` becomes the whole name of each side: in many languages "right" depends on it.

    In the routine's own language it stays: there the catalogue knows how to name the side.
    """
    limb = exercise.limb
    if isinstance(limb, SideNames):
        return _told(limb, say)
    if say is _as_written or limb == _NO_LIMB or exercise.sides is Sides.BOTH:
        return limb
    line = exercise.line("limb")
    return SideNames.model_construct(
        right=say(f"right {limb}", line), left=say(f"left {limb}", line)
    )


def _no_translation(routine: Routine, language: str) -> str:
    others = ", ".join(routine.translations)
    known = f"it is in {routine.language}" + (f", with translations to {others}" if others else "")
    return f"there is no translation of this routine to {language!r}; {known}"


def _untranslated(language: str, lacking: tuple[Spoken, ...]) -> str:
    shown = ", ".join(f"{quoted(each.text)} (line {each.line})" for each in lacking[:_SHOWN])
    more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
    texts = "a text has" if len(lacking) == 1 else "texts have"
    return f"{texts} no translation to {language!r}: {shown}{more}"


def _error(routine: Routine, language: str, found: str, listed: str) -> RoutineError:
    """At the place of the translations, if there are any."""
    command = f"'audiocoach check {routine._file} --language {language}'"
    message = f"{found}. {command} lists {listed}"
    if routine.translations:
        return RoutineError(routine.problem("translations", message))
    return RoutineError(Problem(message, routine._file))
