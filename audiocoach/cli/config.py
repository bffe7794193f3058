"""The command that shows the settings: each value, and where it comes from."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import with_settings
from audiocoach.cli.output import put_json
from audiocoach.cli.reports import settings_json
from audiocoach.cli.tables import tell_rows
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import printable

EXAMPLES: Final = """\
audiocoach config
audiocoach config mine.yaml --pace slow
audiocoach config --preset eyes-free"""


@with_settings
def config(
    routine: Annotated[
        str | None,
        typer.Argument(
            autocompletion=completing.routines,
            help="Take in the settings of this routine, as build does.",
        ),
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
    if json:
        put_json(settings_json(settings))
        return
    tell_rows(
        [
            (name, printable(SETTINGS[name].written(each.value)), printable(each.origin))
            for name, each in settings.items()
        ]
    )
