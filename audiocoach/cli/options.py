"""The options of the command line: those of the settings, made from their table, and the rest."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.helping import HELP_ALL, Command
from audiocoach.errors import UsageError
from audiocoach.settings.kinds import Kind
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS, Setting
from audiocoach.wording import printable

RoutineArgument = Annotated[
    str,
    typer.Argument(
        metavar="ROUTINE",
        autocompletion=completing.routines,
        help="A bundled routine (see 'audiocoach routines') or the path of a YAML file.",
    ),
]
SourceArgument = Annotated[
    str,
    typer.Argument(
        metavar="ROUTINE",
        autocompletion=completing.routines,
        help="A bundled routine (see 'audiocoach routines'), the path of a YAML file, or - for "
        "standard input.",
    ),
]
DEFAULT_ROUTINE: Final = "foot-relief"
RoutinesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ROUTINE",
        autocompletion=completing.routines,
        help="A bundled routine (see 'audiocoach routines'), the path of a YAML file, or - for "
        "standard input. "
        f"Default: {DEFAULT_ROUTINE}.",
        show_default=False,
    ),
]
OfflineOption = Annotated[
    bool | None,
    typer.Option(
        "--offline/--no-offline",
        help=f"{SETTINGS['offline'].help} Default: as in your config, else no.",
        show_default=False,
    ),
]
_COMPLETED: Final[Mapping[str, completing.Completing]] = {
    "voice": completing.voices,
    "language": completing.languages,
    "only": completing.exercises,
    "skip": completing.exercises,
}
MESSAGES: Final = "Messages"
"""The title of this panel in the full help of a command with many flags."""
QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Print only errors.", rich_help_panel=MESSAGES),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Print the result as JSON on stdout.", rich_help_panel=MESSAGES),
]


def ends_as_a_folder(text: str) -> bool:
    """Whether a path is written as a folder, whether or not it exists."""
    return text.endswith(tuple(filter(None, (os.sep, os.altsep))))


def _a_file(text: str) -> Path:
    """The file that a flag names. Raises UsageError for a folder, which ends in a slash."""
    if ends_as_a_folder(text):
        raise UsageError(f"--output: {printable(text)} is a folder; name a file in it")
    return Path(text)


def file_option(about: str) -> Any:
    """The flag that names the file to write; for `Annotated[Path | None, ...]`."""
    return typer.Option("--output", "-o", metavar="FILE", parser=_a_file, help=about)


OutputOption = Annotated[Path | None, file_option("Write to this file instead of stdout.")]
OverwriteOption = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        help="Overwrite a file that audiocoach did not make. Without this, you are asked in a "
        "terminal, and a script gets an error.",
    ),
]


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a flag for each setting in place of its argument `options`.

    A mistake in a flag is reported by `resolve`, in the same words as in other places.
    """
    signature = inspect.signature(command, eval_str=True)
    own = [each for each in signature.parameters.values() if each.name != "options"]

    @wraps(command)
    def with_flags(**given: Any) -> None:
        given.pop(_HELP_ALL.name)
        command(options=_options(given), **given)

    signature = signature.replace(parameters=[*own, *_parameters(), _HELP_ALL])
    with_flags.__signature__ = signature  # type: ignore[attr-defined]
    with_flags.__annotations__ = {}  # Typer would evaluate them once more
    return with_flags


_HELP_ALL: Final = inspect.Parameter(
    "help_all",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[bool, HELP_ALL],
)


class SettingsCommand(Command):
    """A command with a flag for each setting; Typer only looks at those that are given.

    It creates a validator for each flag it looks at: for fifty, that is a twentieth of a rebuild.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer does it, with the usual errors."""
        every = self.params
        with suppress(typer.TyperException):  # the second look tells it
            given, *_ = self.make_parser(ctx).parse_args(list(args))
            if given.keys().isdisjoint({"help", _HELP_ALL.name}):
                self.params = [
                    each for each in every if each.name in given or each.name not in SETTINGS
                ]
        try:
            return super().parse_args(ctx, args)
        finally:
            self.params = every


@cache
def _parameters() -> tuple[inspect.Parameter, ...]:
    return tuple(map(_parameter, SETTINGS.values()))


def _options(given: dict[str, Any]) -> Options:
    """The settings among the arguments, taken out of them."""
    wanted = {name: given.pop(name, None) for name in SETTINGS}
    return Options(**{name: tuple(v) if isinstance(v, list) else v for name, v in wanted.items()})


def _parameter(row: Setting) -> inspect.Parameter:
    kind = row.kind
    flags = f"{row.flag}/{row.flag_for(value=False)}" if kind.is_switch else row.flag
    option = typer.Option(
        *(flag for flag in (flags, row.short) if flag),
        metavar=None if kind.is_switch else kind.metavar,
        help=f"{row.help} Default: {row.words or row.written(row.default)}.",
        show_default=False,
        rich_help_panel=row.family.value,
        autocompletion=_completing(row),
    )
    return inspect.Parameter(
        row.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[_type_of(kind), option],
    )


def _type_of(kind: Kind) -> Any:
    if kind.is_switch:
        return bool | None
    return list[str] | None if kind.is_list else str | None


def _completing(row: Setting) -> completing.Completing | None:
    """What completes the value of a setting's flag; `build` takes several of most."""
    choices = row.kind.choices
    complete = completing.among(choices) if choices else _COMPLETED.get(row.name)
    if complete is None:
        return None
    return completing.each_of(complete, *(() if row.kind.is_list else ("build",)))
