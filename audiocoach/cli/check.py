"""The command `check`: what is wrong with a routine, what it prescribes, how long it can last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli.options import JsonOption, QuietOption
from audiocoach.cli.output import put, put_json, say, screen
from audiocoach.errors import RoutineError, VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.wording import clock

if TYPE_CHECKING:
    from audiocoach.checking import Checked
    from audiocoach.routine.model import Routine

EXAMPLES: Final = (
    "Examples: audiocoach check my-routine.yaml · audiocoach check mine.yaml --language de · "
    "audiocoach check mine.yaml --json"
)


def check(
    file: Annotated[str, typer.Argument(help="The routine to check: a path, or a bundled name.")],
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            metavar="LANGUAGE",
            help="Check its translation to this language: what is still to translate, "
            "as YAML to paste, and what is no longer used.",
        ),
    ] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Check a routine: every mistake with its line and the remedy, or the doses it prescribes.

    Also how long it can last, and what of it nobody would hear. It is spoken by the built-in
    voice for that, so no text leaves the computer.
    """
    from audiocoach.delivery.prescription import dose_table
    from audiocoach.routine.load import load

    routine = load(file)
    if language is not None:
        _check_translation(routine, language)
    elif not json:
        put(dose_table(routine))
    try:
        versions = _versions(routine, language, quiet=quiet)
    except VoiceError as error:  # all but the lengths is sound
        versions = ()
        say(f"note: how long it can last is not known: {error}")
    if json:
        put_json([_version_json(each) for each in versions])
    elif language is None and versions:
        put("length, spoken by the built-in voice\n" + "".join(map(_length, versions)))
    if quiet:
        return
    for note in dict.fromkeys(note for each in versions for note in each.notes):
        say(f"note: {note}")
    if language is not None:
        say(f"{routine.title} is complete in {language}")


def _versions(routine: Routine, language: str | None, *, quiet: bool) -> tuple[Checked, ...]:
    """The routine at each of its levels, tried out."""
    from audiocoach import checking
    from audiocoach.store import open_cache

    cache = open_cache(Surroundings.here().folder("CACHE"))
    with screen(quiet=quiet) as listener:
        return checking.check(routine, cache, language, listener)


def _length(version: Checked) -> str:
    """How long it can last, and how far the length it names is from the natural one."""
    level = f"{version.level}: " if version.level else ""
    shortest, natural, longest = (clock((ms + 500) // 1000 * 1000) for ms in version.limits)
    line = f"   {level}{natural} by nature, from {shortest} to {longest}"
    fit = version.timeline.fit
    if fit.total != fit.natural:
        verb = "stretched" if fit.used >= 0 else "shortened"
        line += f"; for {clock(fit.total)} its pauses are {verb} by {abs(fit.used)} % of their room"
    return f"{line}\n"


def _version_json(version: Checked) -> dict[str, Any]:
    from audiocoach.delivery.json import fit_json

    shortest, natural, longest = version.limits
    return {
        "title": version.routine.title,
        "language": version.routine.language,
        "level": version.level,
        "shortest_ms": shortest,
        "natural_ms": natural,
        "longest_ms": longest,
        "length_ms": version.timeline.fit.total,
        "used_percent": fit_json(version.timeline.fit)["used_percent"],
        "notes": version.notes,
    }


def _check_translation(routine: Routine, language: str) -> None:
    """Print what a translation lacks. Raises RoutineError if our own phrases lack anything."""
    from audiocoach.coaching.phrases import lacking, phrases_for
    from audiocoach.delivery.translation import translation_sheet

    phrases_for(language)
    phrases = lacking(language)
    put(translation_sheet(routine, language, phrases))
    if phrases:
        raise RoutineError(f"the phrases for {language} lack {phrases[0]!r}, and maybe others")
