"""The command line. Only options, messages and exit codes: the work is in `pipeline.py`.

Messages go to stderr, data (cue sheets, YAML, JSON) to stdout.

Exit codes: 0 done · 1 a defect of audiocoach · 2 wrong usage · 3 the routine ·
4 the length · 5 the voice · 6 the file · 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import json as jsonlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NoReturn, cast

import typer

from audiocoach import __version__
from audiocoach.coaching.options import Pace
from audiocoach.errors import AudiocoachError, DeliveryError

if TYPE_CHECKING:
    from audiocoach.pipeline import Options, Progress, Session

_STOPPED: Final = 130

app = typer.Typer(
    help="Compile an exercise routine into one guided audio session.",
    epilog="Start with: audiocoach build   (makes the 20-minute foot session)",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
routines_app = typer.Typer(help="The routines that come with audiocoach.", no_args_is_help=True)
app.add_typer(routines_app, name="routines")


def main() -> NoReturn:
    """Run the command line; an error of the user's is one line and an exit code."""
    try:
        app()
    except AudiocoachError as error:
        _say(_prefixed(str(error)))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("audiocoach: stopped; nothing was changed")
        sys.exit(_STOPPED)
    sys.exit(0)


# -- options, each defined once ---------------------------------------------------

RoutineArgument = Annotated[
    str,
    typer.Argument(help="A bundled routine (see 'routines list') or the path of a YAML file."),
]
DurationOption = Annotated[
    str | None,
    typer.Option(
        "--duration",
        "-d",
        metavar="TIME",
        help="Length of the session: 20:00, 18min, or 'natural' for no stretching. "
        "[default: the routine's own]",
    ),
]
VoiceOption = Annotated[
    str,
    typer.Option(help="Who speaks: engine[:voice[+variant]], such as espeak:en-gb-x-rp+f3."),
]
RateOption = Annotated[
    float, typer.Option(help="Speed of the voice, 0.5 to 2.0; the counts stay on their beats.")
]
PaceOption = Annotated[
    Pace, typer.Option(help="Length of pauses and of free movements; never of what is prescribed.")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this exercise, by name or number; may be repeated."),
]
SkipOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Leave this exercise out; may be repeated."),
]
RoundsOption = Annotated[
    int | None, typer.Option(min=1, max=100, help="Do the whole routine this many times.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No messages but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]


def _options(
    duration: str | None,
    voice: str,
    rate: float,
    pace: Pace,
    only: list[str] | None,
    skip: list[str] | None,
    rounds: int | None,
) -> Options:
    from audiocoach.pipeline import Options

    return Options(
        duration=_duration(duration),
        voice=voice,
        rate=rate,
        pace=pace,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        rounds=rounds,
    )


def _duration(text: str | None) -> int | Literal["natural"] | None:
    from audiocoach.pipeline import NATURAL
    from audiocoach.routine.times import parse_ms

    if text is None or text == NATURAL:
        return cast(Literal["natural"] | None, text)
    try:
        length = parse_ms(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error} (or 'natural')", param_hint="--duration") from None
    if length == 0:
        raise typer.BadParameter("a session can't be empty", param_hint="--duration")
    return length


# -- commands ----------------------------------------------------------------------


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"audiocoach {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command(
    epilog="Examples: audiocoach build · audiocoach build foot-care --duration 18min · "
    "audiocoach build my.yaml -o my.mp3 --pace slow --skip 'toe walk'"
)
def build(
    routine: RoutineArgument = "foot-relief",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The MP3 to write. [default: output/NAME-OF-ROUTINE.mp3]"
        ),
    ] = None,
    duration: DurationOption = None,
    voice: VoiceOption = "espeak",
    rate: RateOption = 1.0,
    pace: PaceOption = Pace.NORMAL,
    only: OnlyOption = None,
    skip: SkipOption = None,
    rounds: RoundsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Make the MP3 of a routine, exactly as long as asked for."""
    from audiocoach import pipeline

    options = _options(duration, voice, rate, pace, only, skip, rounds)
    path = output or _default_output(routine)
    with _progress(quiet) as progress:
        session = pipeline.build(routine, path, options, progress=progress)
    if not quiet:
        _report(session)
    if json:
        typer.echo(jsonlib.dumps(_session_json(session), ensure_ascii=False, indent=2))


@app.command(
    epilog="Examples: audiocoach preview · audiocoach preview foot-care | less · "
    "audiocoach preview --json > timeline.json"
)
def preview(
    routine: RoutineArgument = "foot-relief",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to stdout.")
    ] = None,
    duration: DurationOption = None,
    voice: VoiceOption = "espeak",
    rate: RateOption = 1.0,
    pace: PaceOption = Pace.NORMAL,
    only: OnlyOption = None,
    skip: SkipOption = None,
    rounds: RoundsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Show the cue sheet: all that will be said, and when. Writes no audio."""
    from audiocoach.delivery.cuesheet import timeline_sheet
    from audiocoach.pipeline import rehearse
    from audiocoach.timeline.form import to_json

    options = _options(duration, voice, rate, pace, only, skip, rounds)
    with _progress(quiet) as progress:
        timeline = rehearse(routine, options, progress=progress).timeline
    if json:
        text = jsonlib.dumps(to_json(timeline), ensure_ascii=False, indent=2) + "\n"
    else:
        text = timeline_sheet(timeline)
    _deliver(text, output)


@app.command(epilog="Example: audiocoach check my-routine.yaml")
def check(
    file: Annotated[str, typer.Argument(help="The routine to check: a path, or a bundled name.")],
) -> None:
    """Check a routine: every mistake with its line and the remedy, or the doses it prescribes."""
    from audiocoach.coaching import compile_script
    from audiocoach.delivery.doses import dose_table
    from audiocoach.routine.load import load

    routine = load(file)
    compile_script(routine)
    typer.echo(dose_table(routine), nl=False)


@routines_app.command("list")
def list_routines() -> None:
    """List the bundled routines."""
    from audiocoach.routine.load import bundled, load

    for name, _ in bundled():
        routine = load(name)
        exercises = ", ".join(exercise.name for exercise in routine.all_exercises())
        typer.echo(f"{name}: {exercises}")


@routines_app.command("show")
def show_routine(name: Annotated[str, typer.Argument(help="A bundled routine.")]) -> None:
    """Print the YAML of a bundled routine."""
    from audiocoach.routine.load import bundled_text

    typer.echo(bundled_text(name), nl=False)


@routines_app.command("copy", epilog="Example: audiocoach routines copy foot-relief mine.yaml")
def copy_routine(
    name: Annotated[str, typer.Argument(help="A bundled routine.")],
    file: Annotated[Path, typer.Argument(help="The file to make; it must not exist yet.")],
) -> None:
    """Copy a bundled routine to a file of your own, to start from."""
    from audiocoach.routine.load import bundled_text

    text = bundled_text(name)
    try:
        with file.open("x", encoding="utf-8") as copy:
            copy.write(text)
    except FileExistsError:
        raise DeliveryError(f"{file} exists already; name another file") from None
    except OSError as error:
        raise DeliveryError(f"cannot write {file}: {error.strerror}") from error
    _say(f"copied to {file}; build it with: audiocoach build ./{file}")


# -- output --------------------------------------------------------------------------


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _prefixed(message: str) -> str:
    return message if "\n" in message else f"audiocoach: {message}"


def _default_output(routine: str) -> Path:
    folder = Path(os.environ.get("AUDIOCOACH_OUTPUT") or "output")
    return folder / f"{Path(routine).name.removesuffix('.yaml').removesuffix('.yml')}.mp3"


def _deliver(text: str, output: Path | None) -> None:
    from audiocoach.delivery.file import write_whole

    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, [text.encode()])


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on a terminal; nothing when stderr goes elsewhere."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    from audiocoach.pipeline import Stage

    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {stage: bar.add_task(stage, visible=False) for stage in Stage}

        def show(stage: Stage, done: int, total: int) -> None:
            bar.update(tasks[stage], completed=done, total=total, visible=True)

        yield show


def _report(session: Session) -> None:
    from audiocoach.routine.times import clock
    from audiocoach.timeline.script import SAMPLES_PER_MS

    fit = session.timeline.fit
    length = clock(session.timeline.total // SAMPLES_PER_MS)
    bold = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    path = typer.style(str(session.path), bold=True) if bold else str(session.path)
    _say(f"{path}  {length}  {session.size / 1e6:.1f} MB  {session.voice}")
    for chapter in session.chapters:
        _say(f"  {clock(chapter.start // 1000 * 1000):>7}  {chapter.title}")
    verb = "stretched" if fit.used >= 0 else "shortened"
    _say(
        f"pauses {verb} by {abs(fit.used)} % of their room "
        f"(shortest {_rough(fit.shortest)}, natural {_rough(fit.natural)}, "
        f"longest {_rough(fit.longest)})"
    )
    for note in session.timeline.notes:
        _say(f"note: {note}")
    if session.warning:
        _say(f"warning: {session.warning}")


def _rough(ms: int) -> str:
    from audiocoach.routine.times import clock

    return clock((ms + 500) // 1000 * 1000)


def _session_json(session: Session) -> dict[str, Any]:
    from audiocoach.timeline.form import fit_json
    from audiocoach.timeline.script import SAMPLES_PER_MS

    timeline = session.timeline
    return {
        "file": str(session.path),
        "size": session.size,
        "voice": session.voice,
        "length_ms": timeline.total // SAMPLES_PER_MS,
        "samples": timeline.total,
        "fit": fit_json(timeline.fit),
        "chapters": [
            {"title": part.title, "start_ms": part.start, "end_ms": part.end}
            for part in session.chapters
        ],
        "notes": list(timeline.notes),
    }
