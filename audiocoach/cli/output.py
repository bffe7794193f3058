"""What the command line prints: messages on stderr, data on stdout, a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import typer

from audiocoach.cli.widths import filled, width_of
from audiocoach.errors import DeliveryError, UsageError
from audiocoach.listener import Forecast, Listener, Stage
from audiocoach.wording import clock, printable

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


_STDOUT: Final = 1
_STDERR: Final = 2
"""The descriptor that libraries in C write to."""


def print_anything() -> None:
    """Let stdout and stderr print any letter, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


class _Patient(FileIO):
    """Takes all that is written, also what nothing can be done with: a disk may be full."""

    def write(self, content: Any) -> int:
        try:
            return super().write(content)
        except OSError:
            return len(memoryview(content).cast("B"))


def lose_no_build_for_a_message() -> None:
    """If a message can't be written, only the message is lost, not the session or the exit code."""
    stream = sys.stderr
    with suppress(OSError, ValueError):  # a stream of a test has no descriptor
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            raw = _Patient(stream.fileno(), "w", closefd=False)
            sys.stderr = TextIOWrapper(
                BufferedWriter(raw),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=True,
            )


@contextmanager
def libraries_muted() -> Iterator[None]:
    """Meanwhile drop what libraries write to stderr by themselves, but not what we say.

    The MP3 decoder in libsndfile prints a line for each damaged frame.
    """
    try:
        own, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # stderr is closed: nothing is heard anyway
        yield
        return
    ours, moved = sys.stderr, None
    with suppress(OSError, ValueError, AttributeError):  # None, or a stream without a descriptor
        if ours.fileno() == _STDERR:
            moved = TextIOWrapper(_Patient(own, "w", closefd=False), ours.encoding, ours.errors)
            moved.reconfigure(line_buffering=True)
            sys.stderr = moved
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        if moved:
            moved.flush()
        sys.stderr = ours
        os.dup2(own, _STDERR)
        os.close(own)
        os.close(nowhere)


def close_stdout() -> None:
    """Discard what stdout did not take; otherwise it would fail again when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Print a message on stderr; on a terminal, lines break between words."""
    lines = (printable(line) for line in text.split("\n"))
    if is_terminal(sys.stderr):
        lines = (_on_screen(line, width_of(_STDERR)) for line in lines)
    typer.echo("\n".join(lines), err=True)


def tell(line: str, *, hang: int | None = None) -> None:
    """Print a line on stdout for people to read; on a terminal it breaks between words.

    What does not fit continues below, indented by `hang` columns.
    """
    if is_terminal(sys.stdout):
        line = _on_screen(line, width_of(_STDOUT), hang)
    put(f"{line}\n")


def _on_screen(line: str, width: int, hang: int | None = None) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return filled(line, width, hang=indent + 2 if hang is None else hang)


def put(text: str) -> None:
    """Data on stdout."""
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        close_stdout()
        raise DeliveryError(f"cannot write to stdout: {error.strerror}") from error


def put_json(value: object) -> None:
    from audiocoach.delivery.json import as_text

    put(as_text(value))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is reading it right now."""
    return stream is not None and stream.isatty()


def fancy() -> bool:
    """Whether messages go to a terminal that can show more than plain text."""
    return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"


def prefixed(message: str) -> str:
    return message if "\n" in message else f"audiocoach: {message}"


def deliver(text: str, output: Path | None) -> None:
    from audiocoach.delivery.file import file_for, write_whole

    if output is None:
        put(text)
        return
    with file_for(output) as file:
        write_whole(file, [text.encode()])


def refuse_sound_on_a_terminal(output: Path | None) -> None:
    """Raises UsageError for `--output -` if stdout is a terminal."""
    from audiocoach.delivery.file import STDOUT

    if output == STDOUT and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            "--output -: a terminal can't play what is written to it; "
            "let a program take it (| mpv -), or name a file",
            place="--output",
        )


class Screen(Listener):
    """Shows the progress of a build: a bar on a terminal, and notices."""

    def __init__(self, bar: Progress | None, *, quiet: bool = False) -> None:
        self._bar = bar
        self._quiet = quiet
        self._tasks = {stage: bar.add_task(stage, visible=False) for stage in Stage} if bar else {}

    def progress(self, stage: Stage, done: int, total: int) -> None:
        """Move the bar of the stage."""
        if self._bar:
            self._bar.update(self._tasks[stage], completed=done, total=total, visible=True)

    def busy(self, tasks: int, workers: int) -> None:
        """Show next to the bar how many tasks are running, on how many workers."""
        if self._bar and workers > 1:
            told = f"{tasks} tasks, {workers} workers  {Stage.BUILD}"
            self._bar.update(self._tasks[Stage.BUILD], description=told)

    def forecast(self, expected: Forecast) -> None:
        """Say how long a slow voice will take."""
        if self._quiet:
            return
        asked = f" in {expected.requests} requests" if expected.requests else ""
        say(
            f"{expected.voice} has {expected.texts} texts to speak{asked}: about "
            f"{clock(round(expected.seconds) * 1000)}, once; the MP3 will have about "
            f"{expected.bytes / 1e6:.0f} MB"
        )

    def notice(self, line: str) -> bool:
        """Say it on stderr."""
        say(line)
        return True


@contextmanager
def screen(*, quiet: bool) -> Iterator[Listener]:
    """A listener that shows what is going on; when quiet, only what nobody should miss."""
    if quiet or not fancy():
        yield Screen(None, quiet=quiet)
        return
    from rich.progress import MofNCompleteColumn, TimeRemainingColumn

    columns = (MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with _bar("{task.description:>9}", *columns, transient=True) as bar:
        yield Screen(bar)


@contextmanager
def byte_bar(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar in bytes; nothing unless there is a terminal."""
    if not fancy():
        yield None
        return
    from rich.progress import DownloadColumn, TransferSpeedColumn

    with _bar("{task.description}", DownloadColumn(), TransferSpeedColumn()) as bar:
        task = bar.add_task(title)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _bar(title: str, *columns: ProgressColumn, transient: bool = False) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    return Progress(TextColumn(title), BarColumn(), *columns, console=console, transient=transient)
