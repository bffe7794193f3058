"""The commands about the bundled routines: list, show, copy; and the schema of routine files."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from audiocoach.cli.helping import Command
from audiocoach.cli.output import deliver, put, say, tell
from audiocoach.errors import DeliveryError

app = typer.Typer(help="List the routines that come with audiocoach; show or copy one.")


@app.callback(invoke_without_command=True, epilog="audiocoach routines")
def routines(context: typer.Context) -> None:
    """List the routines that come with audiocoach; show or copy one."""
    if context.invoked_subcommand is None:
        list_routines()


@app.command("list", cls=Command, epilog="audiocoach routines list")
def list_routines() -> None:
    """List the bundled routines."""
    from audiocoach.routine.load import bundled, load

    for name, _ in bundled():
        routine = load(name)
        exercises = ", ".join(exercise.name for exercise in routine.all_exercises())
        tell(f"{name}: {exercises}")


@app.command("show", cls=Command, epilog="audiocoach routines show foot-care | less")
def show_routine(name: Annotated[str, typer.Argument(help="A bundled routine.")]) -> None:
    """Print the YAML of a bundled routine."""
    from audiocoach.routine.load import bundled_text

    put(bundled_text(name))


@app.command("copy", cls=Command, epilog="audiocoach routines copy foot-relief mine.yaml")
def copy_routine(
    name: Annotated[str, typer.Argument(help="A bundled routine.")],
    file: Annotated[Path, typer.Argument(help="The file to make; it must not exist yet.")],
) -> None:
    """Copy a bundled routine to a file of your own, to start from."""
    from audiocoach.delivery.file import write_whole
    from audiocoach.routine.load import bundled_text

    text = bundled_text(name)
    if os.path.lexists(file):
        raise DeliveryError(f"{file} exists already; name another file", file)
    write_whole(file, [text.encode()])
    path = shlex.quote(str(file) if file.is_absolute() else f"./{file}")
    say(f"copied to {file}; build it with: audiocoach build {path}")


@app.command("schema", cls=Command, epilog="audiocoach routines schema -o routine.schema.json")
def print_schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to stdout.")
    ] = None,
) -> None:
    """Print the JSON Schema of routine files, for completion in your editor."""
    from audiocoach.routine.schema import schema_text
    from audiocoach.settings.table import coaching_schema, own_coaching_schema

    deliver(schema_text(coaching_schema(), own_coaching_schema()), output)
