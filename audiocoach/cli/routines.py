"""The commands about the bundled routines: list, show, copy; and the schema of routine files."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.helping import Command, alone
from audiocoach.cli.options import JsonOption, OutputOption, OverwriteOption
from audiocoach.cli.output import deliver, put, put_json, say
from audiocoach.cli.replacing import ask_before_writing
from audiocoach.cli.tables import tell_rows
from audiocoach.errors import DeliveryError, UsageError
from audiocoach.routine.times import LONGEST_MS, parse_ms
from audiocoach.wording import clock

if TYPE_CHECKING:
    from audiocoach.checking import Overview

NameArgument = Annotated[
    str, typer.Argument(autocompletion=completing.bundled_names, help="A bundled routine.")
]
_ARTICLE: Final = re.compile(r"\bon (chair|floor|back|front|side)\b")
"""In the name of a position, where words have an article."""
app = typer.Typer(help="List the routines that come with audiocoach; show or copy one.")


LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        "-l",
        autocompletion=completing.languages,
        help="Only routines available in this language; show them in it.",
    ),
]
AtLeastOption = Annotated[
    str | None,
    typer.Option("--at-least", metavar="TIME", help="Only those that last at least this long."),
]
AtMostOption = Annotated[
    str | None,
    typer.Option(
        "--at-most", metavar="TIME", help="Only those that last at most this long, such as 10min."
    ),
]


@app.callback(
    invoke_without_command=True,
    epilog="audiocoach routines\naudiocoach routines list --at-most 10min",
)
def routines(context: typer.Context, json: JsonOption = False) -> None:
    """List the routines that come with audiocoach; show or copy one."""
    alone(context, list_routines, json=json)


@app.command("list", cls=Command, epilog="audiocoach routines list --language de --at-most 20min")
def list_routines(
    language: LanguageOption = None,
    at_least: AtLeastOption = None,
    at_most: AtMostOption = None,
    json: JsonOption = False,
) -> None:
    """List the bundled routines: length, purpose, position and equipment."""
    from audiocoach.checking import overview
    from audiocoach.routine.load import bundled, load
    from audiocoach.routine.translate import speaks

    shortest, longest = _limit("--at-least", at_least, 0), _limit("--at-most", at_most, LONGEST_MS)
    loaded = {name: load(name) for name, _ in bundled()}
    found = {
        name: overview(routine, language)
        for name, routine in loaded.items()
        if language is None or speaks(routine, language)
    }
    found = {name: each for name, each in found.items() if shortest <= each.length <= longest}
    if json:
        put_json([_as_json(name, each) for name, each in found.items()])
        return
    tell_rows([_row(name, each) for name, each in found.items()])
    if not found:
        say("no routine matches; leave out a filter")


def _limit(flag: str, text: str | None, otherwise: int) -> int:
    """A length in ms. Raises UsageError."""
    try:
        return otherwise if text is None else parse_ms(text)
    except ValueError as error:
        raise UsageError(f"{flag}: {error}", place=flag) from None


def _row(name: str, each: Overview) -> tuple[str, ...]:
    minutes = max(1, round(each.length / 60_000))
    length = f"about {minutes} min" if each.about else clock(each.length)
    needs = f"needs: {', '.join(each.equipment)}" if each.equipment else "needs nothing"
    positions = ", ".join(_ARTICLE.sub(_with_article, position) for position in each.positions)
    return name, length, each.purpose, positions, needs


def _with_article(found: re.Match[str]) -> str:
    """`on a chair`, of what a routine calls `on chair`."""
    return f"on {'a' if found[1] == 'chair' else 'the'} {found[1]}"


def _as_json(name: str, each: Overview) -> dict[str, Any]:
    from dataclasses import asdict

    told = asdict(each)
    length, about = told.pop("length"), told.pop("about")
    return {"name": name, "length_ms": length, "length_is_estimated": about, **told}


@app.command("show", cls=Command, epilog="audiocoach routines show foot-care | less")
def show_routine(name: NameArgument) -> None:
    """Print the YAML of a bundled routine."""
    from audiocoach.routine.load import bundled_text

    put(bundled_text(name))


@app.command("copy", cls=Command, epilog="audiocoach routines copy foot-relief mine.yaml")
def copy_routine(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(help="The file to create; it must not exist yet.")],
) -> None:
    """Copy a bundled routine to a file, as a start for your own."""
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
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Print the JSON Schema of routine files, for completion in your editor."""
    from audiocoach.routine.schema import schema_text
    from audiocoach.settings.table import coaching_schema, own_coaching_schema

    if output:
        ask_before_writing(output, overwrite=overwrite)
    deliver(schema_text(coaching_schema(), own_coaching_schema()), output)
