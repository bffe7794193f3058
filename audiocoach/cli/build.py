"""The commands that tell a routine: build, preview, check."""

from __future__ import annotations

import json as jsonlib
import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from audiocoach.cli.options import (
    JsonOption,
    QuietOption,
    RoutineArgument,
    RoutinesArgument,
    with_settings,
)
from audiocoach.cli.output import (
    deliver,
    outcome_json,
    put,
    report,
    report_all,
    report_failures,
    say,
    screen,
    session_json,
    settings_json,
)
from audiocoach.errors import AudiocoachError, RoutineError, UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.batch import Variant
    from audiocoach.pipeline import Rehearsal
    from audiocoach.routine.model import Routine

BUILD_EXAMPLES: Final = (
    "Examples: audiocoach build · audiocoach build foot-care --duration 18min · "
    "audiocoach build my.yaml -o my.mp3 --pace slow --skip 'toe walk' · "
    "audiocoach build foot-relief foot-care --language en,de --pace slow,normal -o folder"
)
PREVIEW_EXAMPLES: Final = (
    "Examples: audiocoach preview · audiocoach preview foot-care | less · "
    "audiocoach preview --output sheet.md · audiocoach preview --format svg > session.svg · "
    "audiocoach preview --json > timeline.json"
)


class Form(StrEnum):
    """What a preview is written as; `--json` asks for a fourth one."""

    TEXT = "text"
    MARKDOWN = "markdown"
    SVG = "svg"


_JSON: Final = "json"
_ENDINGS: Final = {
    ".json": _JSON,
    ".markdown": Form.MARKDOWN,
    ".md": Form.MARKDOWN,
    ".svg": Form.SVG,
    ".txt": Form.TEXT,
}
_OTHERS: Final = frozenset({".docx", ".htm", ".html", ".jpeg", ".jpg", ".mp3", ".pdf", ".png"})
"""Endings that promise what a preview is not."""


@with_settings
def build(
    routine: RoutinesArgument = ["foot-relief"],  # noqa: B006 - Typer only reads it
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The MP3 to write, or the folder for several. "
            "Default: output/NAME-OF-ROUTINE.mp3, and output.",
        ),
    ] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Make the MP3 of a routine, exactly as long as asked for.

    With several routines, or several values after flags (--pace slow,normal), make every
    combination: one MP3 each, named by what differs.
    """
    from audiocoach.batch import spread

    variants = spread(routine, options, output or _default_folder())
    if len(variants) == 1:
        _build_one(variants[0], output or variants[0].output, quiet=quiet, json=json)
        return
    if output and (output.suffix.lower() == ".mp3" or output.is_file()):
        raise UsageError(
            f"--output: {output} is one file, and these are {len(variants)} sessions; name a folder"
        )
    _build_several(variants, quiet=quiet, json=json)


def _build_one(variant: Variant, path: Path, *, quiet: bool, json: bool) -> None:
    from audiocoach import pipeline

    with screen(quiet=quiet) as listener:
        session = pipeline.build(variant.source, path, variant.options, listener=listener)
    if not quiet:
        report(session)
    if json:
        _put_json(session_json(session))


def _build_several(variants: Sequence[Variant], *, quiet: bool, json: bool) -> None:
    """Raises typer.Exit with the code of the first that failed."""
    from audiocoach.batch import build_all

    with screen(quiet=quiet) as listener:
        outcomes = build_all(variants, listener=listener)
    results = [(each.output, outcome) for each, outcome in zip(variants, outcomes, strict=True)]
    (report_failures if quiet else report_all)(results)
    if json:
        _put_json([outcome_json(path, outcome) for path, outcome in results])
    failed = [outcome for outcome in outcomes if isinstance(outcome, AudiocoachError)]
    if failed:
        raise typer.Exit(failed[0].exit_code)


def _put_json(told: object) -> None:
    put(jsonlib.dumps(told, ensure_ascii=False, indent=2) + "\n")


@with_settings
def preview(
    routine: RoutineArgument = "foot-relief",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to stdout.")
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help="A sheet to read, one to print, or a picture of the timeline. "
            "Without it: as the file of --output ends (.txt, .md, .svg, .json), else text.",
        ),
    ] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Show the cue sheet: all that will be said, and when. Writes no audio."""
    from audiocoach.pipeline import keep_the_routine, rehearse

    written_as = _form(form, output, json=json)
    if output:
        keep_the_routine(routine, output)
    with screen(quiet=quiet) as listener:
        rehearsal = rehearse(routine, options, listener=listener)
    deliver(_previewed(rehearsal, written_as, on_screen=output is None), output)


def _form(form: Form | None, output: Path | None, *, json: bool) -> Form | str:
    """What to write: as a flag says, else as the ending of the file promises."""
    if json and form:
        raise typer.BadParameter(
            f"--json and --format {form.value} ask for two things; leave one out",
            param_hint="--format",
        )
    if json or form:
        return form or _JSON
    ending = output.suffix.lower() if output else ""
    if ending in _OTHERS:
        raise typer.BadParameter(
            f"a preview can't be written as {ending}; name a file that ends in .txt, .md "
            "(to print), .svg (a picture) or .json, or say which with --format",
            param_hint="--output",
        )
    return _ENDINGS.get(ending, Form.TEXT)


def _previewed(rehearsal: Rehearsal, form: Form | str, *, on_screen: bool) -> str:
    from audiocoach.delivery.cuesheet import timeline_sheet
    from audiocoach.delivery.json import to_json
    from audiocoach.delivery.markdown import markdown_sheet
    from audiocoach.delivery.picture import picture

    timeline = rehearsal.timeline
    if form == _JSON:
        more = {
            "requests": rehearsal.requests,
            "gtts_requests_cold": rehearsal.cold_requests(),
            "settings": settings_json(rehearsal.settings.changed()),
        }
        return jsonlib.dumps(to_json(timeline) | more, ensure_ascii=False, indent=2) + "\n"
    if form is Form.MARKDOWN:
        return markdown_sheet(timeline)
    if form is Form.SVG:
        return picture(timeline)
    if on_screen and sys.stdout is not None and sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        return timeline_sheet(timeline, coloured=_colours(), width=width)
    return timeline_sheet(timeline)


def _colours() -> bool:
    """Whether the terminal on stdout shows colours and its user wants them (no-color.org)."""
    return os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


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
) -> None:
    """Check a routine: every mistake with its line and the remedy, or the doses it prescribes."""
    from audiocoach.coaching.compiler import compile_script
    from audiocoach.coaching.phrases import phrases_for
    from audiocoach.delivery.prescription import dose_table
    from audiocoach.routine.load import load
    from audiocoach.routine.translate import translate
    from audiocoach.settings.resolve import resolve

    routine = load(file)
    if language is not None:
        phrases_for(language)
    coaching = resolve({}, {}, routine).settings
    compile_script(routine, coaching)
    if language is None:
        put(dose_table(routine))
        return
    _check_phrases(routine, language)
    compile_script(translate(routine, language), coaching)
    say(f"{routine.title} is complete in {language}")


def _check_phrases(routine: Routine, language: str) -> None:
    """Print what a translation lacks. Raises RoutineError if our own phrases lack anything."""
    from audiocoach.coaching.phrases import lacking
    from audiocoach.delivery.translation import translation_sheet

    phrases = lacking(language)
    put(translation_sheet(routine, language, phrases))
    if phrases:
        raise RoutineError(f"the phrases for {language} lack {phrases[0]!r}, and maybe others")


def _default_folder() -> Path:
    return Surroundings.here().folder("OUTPUT") or Path("output")
