"""The command that shows the settings: each value, and where it comes from."""

from __future__ import annotations

import json as jsonlib
from typing import Annotated, Final

import typer

from audiocoach.cli.options import with_settings
from audiocoach.cli.output import aligned, put, settings_json
from audiocoach.settings.resolve import Options, Resolved, settled
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import printable

EXAMPLES: Final = (
    "Examples: audiocoach config · audiocoach config my.yaml --pace slow · "
    "audiocoach config --preset eyes-free"
)


@with_settings
def config(
    routine: Annotated[
        str | None, typer.Argument(help="Take in the settings of this routine, as build does.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    *,
    options: Options,
) -> None:
    """Show every setting: its value, and where that comes from.

    A flag is stronger than an environment variable, that is stronger than the routine, and the
    routine than your config.
    """
    from audiocoach.routine.load import load

    settings = settled(options, load(routine) if routine else None)
    put(jsonlib.dumps(settings_json(settings), indent=2) + "\n" if json else _as_table(settings))


def _as_table(settings: Resolved) -> str:
    rows = [
        (name, SETTINGS[name].written(each.value), each.origin) for name, each in settings.items()
    ]
    return "".join(f"{printable(line)}\n" for line in aligned(rows))
