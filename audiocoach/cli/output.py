"""What the command line prints: messages on stderr, data on stdout, a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from audiocoach.errors import DeliveryError, UsageError
from audiocoach.listener import Listener, Stage
from audiocoach.settings.resolve import Chosen
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import clock, printable

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

    from audiocoach.pipeline import Session
    from audiocoach.timeline.timeline import Fit


_STDERR: Final = 2
"""The descriptor that libraries in C write to."""


def print_anything() -> None:
    """No letter is beyond stdout and stderr, whatever the locale."""
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
    """A message that can't be written is lost, and neither the session nor the exit code."""
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
    """What libraries write to stderr by themselves is lost meanwhile; what we say is not.

    The MP3 decoder in libsndfile has a line of its own for each frame that is damaged.
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
    """Let go what stdout did not take: it would fail once more when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    typer.echo("\n".join(printable(line) for line in text.split("\n")), err=True)


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


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Each row as a line, in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def fancy() -> bool:
    """Whether messages go to a terminal that knows more than plain text."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


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
    """Raises UsageError for `--output -` where nothing takes what is written to stdout."""
    from audiocoach.delivery.file import STDOUT

    if output == STDOUT and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            "--output -: a terminal can't play what is written to it; "
            "let a program take it (| mpv -), or name a file",
            place="--output",
        )


class Screen(Listener):
    """Shows how a build goes on: a progress bar on a terminal, and what should be known."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._tasks = {stage: bar.add_task(stage, visible=False) for stage in Stage} if bar else {}

    def progress(self, stage: Stage, done: int, total: int) -> None:
        """Move the bar of the stage."""
        if self._bar:
            self._bar.update(self._tasks[stage], completed=done, total=total, visible=True)

    def busy(self, tasks: int, workers: int) -> None:
        """Say beside the bar of the sessions how many tasks are being done, and by how many."""
        if self._bar and workers > 1:
            told = f"{tasks} tasks, {workers} workers  {Stage.BUILD}"
            self._bar.update(self._tasks[Stage.BUILD], description=told)

    def notice(self, line: str) -> bool:
        """Say it on stderr."""
        say(line)
        return True


@contextmanager
def screen(*, quiet: bool) -> Iterator[Listener]:
    """A listener that shows what goes on; when quiet, only what nobody should miss."""
    if quiet or not fancy():
        yield Screen(None)
        return
    from rich.progress import MofNCompleteColumn, TimeRemainingColumn

    columns = (MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with _bar("{task.description:>9}", *columns, transient=True) as bar:
        yield Screen(bar)


@contextmanager
def byte_bar(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar in bytes on a terminal; nothing where there is none."""
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


def report(session: Session) -> None:
    from audiocoach.delivery.json import notes_in_english

    fit = session.timeline.fit
    path, *others = facts(session)
    typer.echo("  ".join([bold(path), *others]), err=True)
    for beside in session.beside:
        say(f"  {beside}")
    for chapter in session.chapters:
        say(f"  {clock(chapter.start // 1000 * 1000):>7}  {chapter.title}")
    say(_fitted(fit))
    say_who_speaks(session)
    for change in session.changes:
        say(change)
    for note in notes_in_english(session.timeline):
        say(f"note: {note}")
    if session.warning:
        say(f"warning: {session.warning}")


def _fitted(fit: Fit) -> str:
    """How far the pauses are from their natural lengths, and how far they could be."""
    shortest, longest = _rough(fit.shortest + 499), _rough(fit.longest - 500)
    if not fit.used:
        return f"at its natural length (possible: {shortest} to {longest})"
    verb = "stretched" if fit.used > 0 else "shortened"
    return (
        f"pauses {verb} by {abs(fit.used)} % of what is possible "
        f"(shortest {shortest}, natural {_rough(fit.natural)}, longest {longest})"
    )


def facts(session: Session) -> tuple[str, str, str, str]:
    """File, length, size and voice."""
    from audiocoach.timeline.script import SAMPLES_PER_MS

    return (
        printable(str(session.path)),
        clock(session.timeline.total // SAMPLES_PER_MS),
        f"{session.size / 1e6:.1f} MB",
        printable(session.voice),
    )


def bold(path: str) -> str:
    return typer.style(path, bold=True) if fancy() and "NO_COLOR" not in os.environ else path


def say_who_speaks(session: Session) -> None:
    """The voice that was chosen for the user, and why."""
    choice = session.choice
    if choice.how_to_choose_otherwise:
        say(f"voice: {session.voice}")
        for reason in (*choice.why.split("; "), choice.how_to_choose_otherwise):
            say(f"  {reason}")


def _rough(ms: int) -> str:
    return clock((ms + 500) // 1000 * 1000)


def session_json(session: Session) -> dict[str, Any]:
    from audiocoach.delivery.json import fit_json, notes_in_english
    from audiocoach.timeline.script import SAMPLES_PER_MS

    timeline = session.timeline
    return {
        "file": str(session.path),
        "size": session.size,
        "voice": session.voice,
        "voice_reason": session.choice.why,
        "length_ms": timeline.total // SAMPLES_PER_MS,
        "samples": timeline.total,
        "fit": fit_json(timeline.fit),
        "chapters": [
            {"title": part.title, "start_ms": part.start, "end_ms": part.end}
            for part in session.chapters
        ],
        "notes": notes_in_english(timeline),
        "beside": [str(path) for path in session.beside],
        "changed_by_you": list(session.changes),
        "settings": settings_json(session.settings.changed()),
    }


def settings_json(chosen: Mapping[str, Chosen]) -> dict[str, Any]:
    """Each setting as it would be written, and the place it comes from."""
    return {
        name: {"value": _json_value(name, each.value), "from": each.origin}
        for name, each in chosen.items()
    }


def _json_value(name: str, value: Any) -> Any:
    """A value for JSON: lists and switches as such, all else as the text of a flag."""
    if isinstance(value, bool):
        return value
    kind = SETTINGS[name].kind
    return (list(value) if kind.is_list else kind.write(value)) or None
