"""The command build: sessions of routines."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.batches import (
    MOST_PROCESSES,
    Hands,
    Told,
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
    RoutinesArgument,
    ends_as_a_folder,
    with_settings,
)
from audiocoach.cli.output import (
    put_json,
    refuse_sound_on_a_terminal,
    say,
    screen,
)
from audiocoach.cli.questions import questions_of, say_questions, say_questions_of_all
from audiocoach.cli.replacing import ask_before_replacing, say_if_another
from audiocoach.cli.reports import report, session_json
from audiocoach.cli.side import knowing_the_side
from audiocoach.cli.sources import STDIN, source_of
from audiocoach.delivery.file import STDOUT
from audiocoach.delivery.formats import (
    DEVICES,
    NAMES,
    PAGE,
    by_ending,
    endings,
)
from audiocoach.delivery.ours import Standing
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.batch.variants import Variant
    from audiocoach.pipeline import Session

EXAMPLES: Final = """\
audiocoach build
audiocoach build foot-care --duration 18min
audiocoach build mine.yaml -o mine.mp3 --pace slow --skip 'toe walk'
audiocoach build foot-relief foot-care --language en,de -o folder"""
_SEVERAL: Final = "Several sessions"
_FILES: Final = "Files"


@with_settings
def build(
    routine: RoutinesArgument = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write; its ending chooses the format: "
            f"{endings(is_sound=True)}; - for standard output; a folder/ (with a slash), or for "
            "several sessions. Default: output/NAME-OF-ROUTINE.mp3.",
        ),
    ] = None,
    open_page: Annotated[
        bool,
        typer.Option("--open", help="Also write a page that plays it, and open that."),
    ] = False,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            metavar="FILE",
            rich_help_panel=_SEVERAL,
            help="Build the sessions of a library file (TOML: routines, settings, file names), "
            "but only those that have changed; see docs/batch.md.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            rich_help_panel=_SEVERAL,
            help="Say what would be built, how much is in the cache, and about how long it "
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
            help="Build several sessions at a time, in that many processes.",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            rich_help_panel=_SEVERAL,
            help="Build the sessions on the workers of this Dask scheduler; see docs/batch.md.",
        ),
    ] = None,
    time_limit: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            rich_help_panel=_SEVERAL,
            help="How long a task may take in a process or on a worker before it is stopped "
            "and tried again.",
        ),
    ] = "10min",
    also: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT[,...]",
            autocompletion=completing.each_of(completing.among(NAMES)),
            rich_help_panel=_FILES,
            help="Write these too, under the same name: html (a page that plays it, on any "
            "device with a browser), vtt, srt, lrc, json, md, svg, or another audio format.",
        ),
    ] = None,
    bundle: Annotated[
        bool,
        typer.Option(
            "--bundle",
            rich_help_panel=_FILES,
            help="Write a zip of it and all of these too.",
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            rich_help_panel=_FILES,
            help="Overwrite a file that audiocoach did not make. Without this, you are asked in "
            "a terminal, and a script gets an error.",
        ),
    ] = False,
    device: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="car",
            rich_help_panel=_FILES,
            autocompletion=completing.among(tuple(DEVICES)),
            help="Write a folder for a car instead: a numbered MP3 for each chapter, 44.1 kHz, "
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
            help="Also say why this voice was chosen, and how far the pauses are stretched.",
        ),
    ] = False,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Make the MP3 of a routine, exactly as long as asked for.

    With several routines, or several values for a flag (--pace slow,normal), make every
    combination: one MP3 each, named by what differs.
    """
    from audiocoach.batch.variants import spread
    from audiocoach.delivery.beside import wanted

    hands = Hands(processes, cluster, time_limit)
    told = Told(quiet=quiet, verbose=verbose, json=json)
    place = None if output is None else Path(output)
    if library:
        named = {"--also": also, "--bundle": bundle, "--for": device, "--open": open_page}
        refuse_beside_a_library(routine, options, named)
        build_library(library, place, hands, told, dry_run=dry_run, overwrite=overwrite)
        return
    _refuse_two_on_stdout(place, json=json)
    folder = place or Surroundings.here().folder("OUTPUT") or Path("output")
    beside = wanted(also, bundle=bundle, device=device)
    if open_page:
        beside = beside.and_page()
    sources = routine or [DEFAULT_ROUTINE]
    variants = spread(sources, options, folder, beside)
    if len(variants) > 1:
        _refuse_one_place(len(variants), place, open_page=open_page)
    elif place and (device or not ends_as_a_folder(str(output))):
        variants = (replace(variants[0], output=place),)
    alone = len(variants) == 1 and not hands.named
    if STDIN in sources and (dry_run or not alone):
        raise UsageError(
            "-: standard input is one routine, for one session; name a file", place="-"
        )
    if dry_run:
        look_at(variants, told)
        return
    ask_before_replacing(variants, overwrite=overwrite)
    if not alone:
        if place == STDOUT or open_page:
            raise UsageError(
                "--processes and --cluster write files; name one with --output, without --open",
                place="--output",
            )
        build_several(variants, hands, told)
        say_questions_of_all(sources, quiet=quiet)
        return
    session = _build_one(variants[0], told)
    if open_page:
        _open(session)


def _refuse_one_place(count: int, output: Path | None, *, open_page: bool) -> None:
    """Raises UsageError for what only one session can have."""
    if open_page:
        raise UsageError(
            f"--open: there are {count} sessions; open the page of one", place="--open"
        )
    if output and (by_ending(output) or output == STDOUT or _is_no_folder(output)):
        raise UsageError(
            f"--output: {output} is one file, and there are {count} sessions; name a folder"
        )


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


def _build_one(variant: Variant, told: Told) -> Session:
    from audiocoach import pipeline

    source, standing = source_of(variant.source), Standing(variant.output)
    with screen(quiet=told.quiet) as listener:
        session = knowing_the_side(
            lambda options: pipeline.build(
                source, variant.output, options, listener=listener, beside=variant.beside
            ),
            variant.options,
        )
    if not told.quiet:
        report(session, verbose=told.verbose)
        say_if_another(standing, session.timeline.title)
        say_questions(questions_of(variant.source))
    if told.json:
        put_json(session_json(session))
    return session
