"""The command `check`: what is wrong with a routine, what it prescribes, how long it can last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import JsonOption, QuietOption
from audiocoach.cli.output import put, put_json, say, screen, tell
from audiocoach.cli.questions import questions_of, say_questions
from audiocoach.cli.reports import stretched
from audiocoach.cli.sources import source_of
from audiocoach.cli.tables import tell_rows
from audiocoach.errors import RoutineError, UsageError, VoiceError
from audiocoach.settings.resolve import resolve
from audiocoach.settings.surroundings import Surroundings
from audiocoach.wording import clock

if TYPE_CHECKING:
    from audiocoach.checking import Checked
    from audiocoach.routine.model import Routine
    from audiocoach.store import Cache
    from audiocoach.timeline.told import Told

_HANG: Final = 9
"""Columns before what goes on of a dose."""
EXAMPLES: Final = """\
audiocoach check mine.yaml
audiocoach check mine.yaml --language de
audiocoach check --told --all"""


def check(
    file: Annotated[
        str | None,
        typer.Argument(
            autocompletion=completing.routines,
            help="The routine to check: a path, a bundled name, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            metavar="LANGUAGE",
            autocompletion=completing.languages,
            help="Check its translation into this language: what is missing, as YAML to paste, "
            "and what is no longer used.",
        ),
    ] = None,
    told: Annotated[
        bool,
        typer.Option(
            "--told",
            help="Measure how it is narrated: words a minute, pauses, silence, repetitions.",
        ),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="With --told: measure every bundled routine.")
    ] = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Check a routine: every mistake with its line and how to fix it, or the doses it prescribes.

    It also shows how long the session can last, and anything in it that nobody would hear. The
    built-in voice speaks it for that, so no text leaves the computer.
    """
    from audiocoach.routine.load import load

    if every != (file is None) or (every and not told):
        raise UsageError(
            "name one routine to check (audiocoach check mine.yaml), or none and --told --all",
            place="check",
        )
    if told:
        _tell(file, language, quiet=quiet, json=json)
    elif file is not None:
        questions = questions_of(file)
        source = source_of(file)
        routine = load(source) if isinstance(source, str) else source
        _check(routine, language, questions, quiet=quiet, json=json)
        if not quiet:
            say_questions(questions)


def _check(
    routine: Routine, language: str | None, questions: list[int], *, quiet: bool, json: bool
) -> None:
    from audiocoach import checking

    resolve({}, {}, routine)  # what is wrong with its settings is told before anything else
    if language is not None:
        _check_translation(routine, language)
    elif not json:
        _tell_doses(routine)
    versions: tuple[Checked, ...] = ()
    try:
        with screen(quiet=quiet) as listener:
            versions = checking.check(routine, _cache(), language, listener)
    except VoiceError as error:  # all but the lengths is sound
        say(f"note: its possible length is unknown: {error}")
    if json:
        put_json([{**_version_json(each), "open_questions": questions} for each in versions])
    elif language is None and versions:
        tell("length, spoken by the built-in voice")
        for version in versions:
            tell(_length(version), hang=3)
    if quiet:
        return
    for note in dict.fromkeys(note for each in versions for note in each.notes):
        say(f"note: {note}")
    if language is not None:
        say(f"{routine.title} is complete in {language}")


def _tell_doses(routine: Routine) -> None:
    from audiocoach.delivery.prescription import dose_table

    for line in dose_table(routine).splitlines():
        tell(line, hang=_HANG)


def _cache() -> Cache:
    from audiocoach.store import open_cache

    return open_cache(Surroundings.here().place("CACHE"))


def _length(version: Checked) -> str:
    """How long it can last, and how far the length it names is from the natural one."""
    level = f"{version.level}: " if version.level else ""
    shortest, natural, longest = (clock((ms + 500) // 1000 * 1000) for ms in version.limits)
    line = f"   {level}natural length {natural}, from {shortest} to {longest}"
    fit = version.timeline.fit
    if fit.total != fit.natural:
        line += f"; for {clock(fit.total)} its pauses are {stretched(fit)} of their leeway"
    return line


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


# -- how it is told --------------------------------------------------------------------


def _tell(file: str | None, language: str | None, *, quiet: bool, json: bool) -> None:
    """Print the figures of one routine, or of all that are bundled and speak the language."""
    from dataclasses import asdict

    from audiocoach import checking
    from audiocoach.routine.bundle import bundled
    from audiocoach.routine.load import load
    from audiocoach.routine.translate import speaks
    from audiocoach.timeline.told import told

    routines = {name: load(name) for name in ([file] if file else [name for name, _ in bundled()])}
    if language and not file:
        routines = {name: each for name, each in routines.items() if speaks(each, language)}
    with screen(quiet=quiet) as listener:
        figures = {
            name: told(checking.session(routine, _cache(), language, listener))
            for name, routine in routines.items()
        }
    if json:
        put_json([{"routine": name, **asdict(each)} for name, each in figures.items()])
        return
    tell_rows([_TOLD_HEAD, *(_told_row(name, each) for name, each in figures.items())])


_TOLD_HEAD: Final = (
    *("routine", "length", "words/min in sentences", "in explanations", "overall"),
    *("after movement", "longest silence", "cues", "numbers", "repeats", "most often"),
)


def _told_row(name: str, told: Told) -> tuple[str, ...]:
    return (
        name,
        clock((told.length + 500) // 1000 * 1000),
        *(str(rate or "-") for rate in (told.in_sentences, told.in_tellings, told.overall)),
        f"{told.after_movement / 1000:.1f} s" if told.after_movement else "-",
        f"{told.silence / 1000:.1f} s at {clock(told.silence_at // 1000 * 1000)}",
        str(told.cues),
        f"{told.numbers} %",
        str(told.repeats),
        f"{told.most_often} x {told.most}",
    )
