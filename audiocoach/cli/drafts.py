"""The commands that make a routine file: `draft` from a text, `new` from answers."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import JsonOption, OfflineOption, QuietOption, file_option
from audiocoach.cli.output import deliver, say
from audiocoach.errors import DeliveryError, UsageError
from audiocoach.language import same
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.routine.draft.writing import Written
    from audiocoach.routine.model import Routine

DRAFT_EXAMPLES = """\
audiocoach draft article.txt -o mine.yaml
audiocoach draft page.html --language de -o mine.yaml
pbpaste | audiocoach draft - -o mine.yaml"""
NEW_EXAMPLES = """\
audiocoach new mine.yaml
audiocoach new mine.yaml --from desk-break"""


def draft(
    article: Annotated[
        str,
        typer.Argument(help="A text, a Markdown file or a saved web page; - is standard input."),
    ],
    output: Annotated[
        Path | None,
        file_option("The file to create; it must not exist yet. Default: stdout."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", "-l", help="The language of the text: en, de, es or fr."),
    ] = None,
    json: JsonOption = False,
    writer: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="COMMAND",
            help="Let a program of yours read it: a command line such as 'ollama run llama3', "
            "or a name under [writers] in your config. It gets the text on standard input; its "
            "answer is checked against the text.",
        ),
    ] = None,
    offline: OfflineOption = None,
    quiet: QuietOption = False,
) -> None:
    """Draft a routine from a text: each figure with its words, each doubt as a question."""
    from audiocoach.delivery.json import as_text
    from audiocoach.drafting import draft_of, routine_of, writer_of
    from audiocoach.routine.draft.labels import labels
    from audiocoach.routine.draft.sources import article_text

    _refuse_existing(output)
    config = Surroundings.here().config
    program = None
    if writer is not None:
        at_home = config.offline if offline is None else offline
        program = writer_of(writer, config, offline=at_home)
    text = article_text(_read(article), article)
    if program and not quiet:
        patience = f"for up to {program.timeout:g} s; Ctrl-C stops it"
        say(f"waiting for {program.command[0]}, {patience}")
    found = draft_of(text, article, language=language, writer=program)
    if json:
        _put(as_text(labels(found)), output)
        return
    written = routine_of(found, article)
    _put(written.text, output)
    if not quiet:
        say(_summary(written, output))


def _put(text: str, output: Path | None) -> None:
    """Write a file, or to stdout; say which folder had to be made for it."""
    made = None if output is None or output.parent.is_dir() else output.parent
    deliver(text, output)
    if made:
        say(f"made the folder {made}")


def _read(article: str) -> bytes:
    from audiocoach.errors import Problem, RoutineError
    from audiocoach.routine.draft.sources import MOST_BYTES

    try:
        if article == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(article).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as reason:
        message = f"cannot be read ({reason.strerror}); name a text, a Markdown file or a web page"
        raise RoutineError(Problem(message, article)) from reason


def _summary(written: Written, output: Path | None) -> str:
    exercises = f"{written.exercises} exercise{'s' if written.exercises != 1 else ''}"
    lines = [f"{exercises}; figures: {written.sure} sure, {written.doubtful} to check"]
    if output is not None:
        path = _shell_path(output)
        lines[0] = f"drafted {output}: {lines[0]}"
        if written.doubtful:
            lines.append(f"answer each '# check:' line in {output}, and delete it; then:")
        lines += [f"  audiocoach check {path}", f"  audiocoach build {path}"]
    return "\n".join(lines)


def _refuse_existing(output: Path | None) -> None:
    if output is not None and os.path.lexists(output):
        raise DeliveryError(f"{output} exists already; name another file", output)


def _shell_path(path: Path) -> str:
    return shlex.quote(str(path) if path.is_absolute() else f"./{path}")


def new(
    file: Annotated[Path, typer.Argument(help="The file to create; it must not exist yet.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ROUTINE",
            autocompletion=completing.bundled_names,
            help="A bundled routine to start from.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            "-l",
            help="The language of the routine: en, de, es or fr. With --from, the language in "
            "which it is spoken.",
        ),
    ] = None,
) -> None:
    """Make a routine by answering a few questions about each exercise."""
    from audiocoach.cli.asking import asked_routine
    from audiocoach.routine.load import bundled_text, loads

    _refuse_existing(file)
    whole = True
    if source is not None:
        text = bundled_text(source)
    elif sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "new asks questions in a terminal, and there is none; start from a bundled routine: "
            "audiocoach new FILE --from desk-break, or from a text: audiocoach draft"
        )
    else:
        text, whole = asked_routine(language or "en")
    routine = loads(text, name=str(file))
    spoken = ""
    if language is not None and source is not None:
        _refuse_unspoken(routine, source, language)
        spoken = "" if same(language, routine.language) else f" -l {language}"
    _put(text, file)
    path = _shell_path(file)
    if not whole:
        say("\nThe exercise you were at is left out.")
    if spoken:
        say(f"its texts are in {routine.language}, and below them in {language}")
    say(f"made {file}; hear it with: audiocoach build {path}{spoken}")
    if not whole:
        raise typer.Abort


def _refuse_unspoken(routine: Routine, source: str, language: str) -> None:
    """Raises UsageError for a language that a bundled routine can't be spoken in."""
    from audiocoach.routine.translate import speaks

    if not speaks(routine, language):
        known = ", ".join([routine.language, *routine.translations])
        only = "" if routine.translations else " only"
        raise UsageError(
            f"--language {language}: {source} is in {known}{only}; leave it out, or take another: "
            f"audiocoach routines list --language {language}",
            place="language",
        )
