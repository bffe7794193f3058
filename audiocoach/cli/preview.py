"""The command preview: all that will be said, and when."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import (
    DEFAULT_ROUTINE,
    JsonOption,
    OutputOption,
    OverwriteOption,
    QuietOption,
    SourceArgument,
    with_settings,
)
from audiocoach.cli.output import deliver, screen
from audiocoach.cli.replacing import ask_before_writing
from audiocoach.cli.reports import settings_json
from audiocoach.cli.side import knowing_the_side
from audiocoach.cli.sources import source_of
from audiocoach.delivery.formats import JSON, SHEETS, TEXT, Format, endings, of_sheet
from audiocoach.settings.resolve import Options
from audiocoach.wording import quoted

if TYPE_CHECKING:
    from audiocoach.pipeline import Rehearsal

EXAMPLES: Final = """\
audiocoach preview foot-care | less
audiocoach preview --output sheet.md
audiocoach preview --format svg > session.svg"""


@with_settings
def preview(
    routine: SourceArgument = DEFAULT_ROUTINE,
    output: OutputOption = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completing.among(tuple(SHEETS)),
            help=f"The format: {', '.join(SHEETS)}. Without it, the ending of --output decides "
            f"({endings(is_sound=False)}), else text.",
        ),
    ] = None,
    overwrite: OverwriteOption = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Show the cue sheet: everything that will be said, and when. Makes no audio."""
    from audiocoach.pipeline import check_output, rehearse

    source = source_of(routine)
    if output:
        check_output(source, output)
        ask_before_writing(output, overwrite=overwrite)
    written_as = _sheet(form, output, json=json)
    with screen(quiet=quiet) as listener:
        rehearsal = knowing_the_side(
            lambda known: rehearse(source, known, listener=listener), options
        )
    deliver(_previewed(rehearsal, written_as, on_screen=output is None), output)


def _sheet(name: str | None, output: Path | None, *, json: bool) -> Format:
    """What to write: as a flag says, else as the ending of the file promises."""
    if name is not None and name not in SHEETS:
        *others, last = SHEETS
        known = f"{', '.join(others)} or {last}"
        raise typer.BadParameter(
            f"{quoted(name)} is not possible here; write {known}", param_hint="--format"
        )
    if json and name:
        raise typer.BadParameter(
            f"--json and --format {name} ask for two things; leave one out",
            param_hint="--format",
        )
    if json or name:
        return SHEETS[name] if name else JSON
    return of_sheet(output) if output else TEXT


def _previewed(rehearsal: Rehearsal, form: Format, *, on_screen: bool) -> str:
    more: dict[str, Any] = {}
    if form is JSON:
        more["more"] = {
            "requests": rehearsal.requests,
            "gtts_requests_cold": rehearsal.cold_requests(),
            "settings": settings_json(rehearsal.settings.changed()),
        }
    elif form is TEXT and on_screen and sys.stdout is not None and sys.stdout.isatty():
        more = {"coloured": _colours(), "width": shutil.get_terminal_size().columns}
    return str(form.make(rehearsal.timeline, **more))


def _colours() -> bool:
    """Whether the terminal on stdout shows colours and its user wants them (no-color.org)."""
    return os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
