"""The commands that tell a routine: build, preview."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli.batches import (
    MOST_PROCESSES,
    Hands,
    build_library,
    build_several,
    look_at,
    refuse_beside_a_library,
)
from audiocoach.cli.options import (
    DEFAULT_ROUTINE,
    MESSAGES,
    JsonOption,
    QuietOption,
    RoutineArgument,
    RoutinesArgument,
    completing,
    with_settings,
)
from audiocoach.cli.output import (
    deliver,
    put_json,
    refuse_sound_on_a_terminal,
    say,
    screen,
)
from audiocoach.cli.reports import report, session_json, settings_json
from audiocoach.cli.side import knowing_the_side
from audiocoach.delivery.file import STDOUT
from audiocoach.delivery.formats import (
    DEVICES,
    JSON,
    PAGE,
    SHEETS,
    TEXT,
    Format,
    by_ending,
    endings,
    of_sheet,
)
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.wording import quoted

if TYPE_CHECKING:
    from audiocoach.batch.variants import Variant
    from audiocoach.pipeline import Rehearsal, Session

BUILD_EXAMPLES: Final = """\
audiocoach build
audiocoach build foot-care --duration 18min
audiocoach build mine.yaml -o mine.mp3 --pace slow --skip 'toe walk'
audiocoach build foot-relief foot-care --language en,de -o folder"""
PREVIEW_EXAMPLES: Final = """\
audiocoach preview foot-care | less
audiocoach preview --output sheet.md
audiocoach preview --format svg > session.svg"""
_SEVERAL: Final = "Several sessions"
_FILES: Final = "Files"


@with_settings
def build(
    routine: RoutinesArgument = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write; its ending picks the format. Possible: "
            f"{endings(is_sound=True)}; - for standard output, a folder for several sessions. "
            "Default: output/NAME-OF-ROUTINE.mp3.",
        ),
    ] = None,
    open_page: Annotated[
        bool,
        typer.Option("--open", help="Write a page beside it that plays it, and open that."),
    ] = False,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            metavar="FILE",
            rich_help_panel=_SEVERAL,
            help="Build what a library file asks for (TOML: routines, values of settings, names), "
            "and of that only what changed; see docs/batch.md.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            rich_help_panel=_SEVERAL,
            help="Say what would be built, what of it is in the cache, and about how long it "
            "takes; write nothing.",
        ),
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=MOST_PROCESSES,
            metavar="NUMBER",
            rich_help_panel=_SEVERAL,
            help="Speak and link several sessions in so many processes, not all in this one.",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            rich_help_panel=_SEVERAL,
            help="Have the workers of this Dask scheduler speak and link them; see docs/batch.md.",
        ),
    ] = None,
    time_limit: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            rich_help_panel=_SEVERAL,
            help="What takes longer in a process, or on a worker, is ended and tried again.",
        ),
    ] = "10min",
    also: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT[,...]",
            rich_help_panel=_FILES,
            help="Write these beside it, with its stem: html (a page that plays it, on any device "
            "with a browser), vtt, srt, lrc, json, md, svg, or another sound.",
        ),
    ] = None,
    bundle: Annotated[
        bool,
        typer.Option(
            "--bundle",
            rich_help_panel=_FILES,
            help="Write it and all of these beside it, as one zip.",
        ),
    ] = False,
    device: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="car",
            rich_help_panel=_FILES,
            autocompletion=completing(tuple(DEVICES)),
            help="Write a folder for a car instead: an MP3 a chapter, numbered, 44.1 kHz, with "
            "short tags.",
        ),
    ] = None,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            rich_help_panel=MESSAGES,
            help="Say also why this voice speaks, and how far the pauses are stretched.",
        ),
    ] = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Make the MP3 of a routine, exactly as long as asked for.

    With several routines, or several values after flags (--pace slow,normal), make every
    combination: one MP3 each, named by what differs.
    """
    from audiocoach.batch.variants import spread
    from audiocoach.delivery.beside import wanted

    hands = Hands(processes, cluster, time_limit)
    if library:
        named = {"--also": also, "--bundle": bundle, "--for": device, "--open": open_page}
        refuse_beside_a_library(routine, options, named)
        build_library(
            library, output, hands, dry_run=dry_run, quiet=quiet, verbose=verbose, json=json
        )
        return
    _refuse_two_on_stdout(output, json=json)
    folder = output or Surroundings.here().folder("OUTPUT") or Path("output")
    beside = wanted(also, bundle=bundle, device=device)
    if open_page:
        beside = beside.and_page()
    variants = spread(routine or [DEFAULT_ROUTINE], options, folder, beside)
    several = len(variants) > 1
    if several and open_page:
        raise UsageError(
            f"--open: these are {len(variants)} sessions; open the page of one", place="--open"
        )
    if several and output and (by_ending(output) or output == STDOUT or _is_no_folder(output)):
        raise UsageError(
            f"--output: {output} is one file, and these are {len(variants)} sessions; name a folder"
        )
    if output and not several:
        variants = (replace(variants[0], output=output),)
    if dry_run:
        look_at(variants, quiet=quiet, json=json)
    elif several or hands.named:
        if hands.named and (output == STDOUT or open_page):
            raise UsageError(
                "--processes and --cluster write files; name one with --output, without --open",
                place="--output",
            )
        build_several(variants, hands, quiet=quiet, verbose=verbose, json=json)
    else:
        session = _build_one(variants[0], quiet=quiet, verbose=verbose, json=json)
        if open_page:
            _open(session)


def _refuse_two_on_stdout(output: Path | None, *, json: bool) -> None:
    refuse_sound_on_a_terminal(output)
    if output == STDOUT and json:
        raise UsageError(
            "--output - and --json both write to standard output; name a file with --output, "
            "or leave --json out",
            place="--json",
        )


def _is_no_folder(path: Path) -> bool:
    with suppress(OSError):  # told where it is written
        return path.exists() and not path.is_dir()
    return False


def _open(session: Session) -> None:
    """Open the page of a session; where there is no browser, say where the page is."""
    import webbrowser

    page = next(path for path in session.beside if path.suffix == PAGE.endings[0])
    if not webbrowser.open(page.resolve().as_uri()):
        say(f"no browser was found; open {page} in one")


def _build_one(variant: Variant, *, quiet: bool, verbose: bool, json: bool) -> Session:
    from audiocoach import pipeline

    with screen(quiet=quiet) as listener:
        session = knowing_the_side(
            lambda options: pipeline.build(
                variant.source, variant.output, options, listener=listener, beside=variant.beside
            ),
            variant.options,
        )
    if not quiet:
        report(session, verbose=verbose)
    if json:
        put_json(session_json(session))
    return session


@with_settings
def preview(
    routine: RoutineArgument = DEFAULT_ROUTINE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completing(tuple(SHEETS)),
            help=f"What to show it as: {', '.join(SHEETS)}. Without it: as the file of --output "
            f"ends ({endings(is_sound=False)}), else text.",
        ),
    ] = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Show the cue sheet: all that will be said, and when. Writes no audio."""
    from audiocoach.pipeline import check_output, rehearse

    if output:
        check_output(routine, output)
    written_as = _sheet(form, output, json=json)
    with screen(quiet=quiet) as listener:
        rehearsal = knowing_the_side(
            lambda known: rehearse(routine, known, listener=listener), options
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
