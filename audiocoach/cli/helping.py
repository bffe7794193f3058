"""The help of a command: in one screen what most people use, and all of it with --help-all.

Plain text, wrapped at words. It does without rich, which takes longer to import than everything
else here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from audiocoach.cli.slips import called, no_command
from audiocoach.cli.widths import filled, plain, width_of
from audiocoach.errors import UsageError
from audiocoach.settings.table import SETTINGS

_ALL: Final = "--help-all"
_MARGIN: Final = 2
_LEFT: Final = 28
"""What is longer in the left column has its explanation below it."""
_SHORT: Final = 4
"""Columns of a one-letter flag, or of its absence."""


class Command(TyperCommand):
    """A command whose help is a page of ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the short page."""
        formatter.write(page(self, ctx, whole=False))


class Group(TyperGroup):
    """A group of commands whose help is a page of ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(page(self, ctx, whole=False))

    def resolve_command(self, ctx: Any, args: Any) -> Any:
        """Find the command; raises UsageError if there is none of that name."""
        name = args[0]
        unknown = self.get_command(ctx, name) is None and not name.startswith("-")
        if unknown and not ctx.resilient_parsing:
            raise UsageError(no_command(name, ctx), place=name)
        return super().resolve_command(ctx, args)


def alone(context: typer.Context, act: Callable[..., None], **flags: Any) -> None:
    """What a group does when no command follows: call `act` with the flags that were given.

    Raises BadParameter for a flag before a command, which would never get it.
    """
    given = {name: value for name, value in flags.items() if value}
    command = context.invoked_subcommand
    if command is None:
        act(**given)
    elif given:
        raise typer.BadParameter(f"write it after {command!r}", param_hint=f"--{min(given)}")


def _show_all(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(page(context.command, context, whole=True), nl=False)
        raise typer.Exit


HELP_ALL: Final = typer.Option(
    _ALL,
    is_eager=True,
    callback=_show_all,
    help="Show every flag, with its default.",
)
"""For commands with more flags than a screen holds."""


def page(command: Any, context: Any, *, whole: bool) -> str:
    """The help of a command as lines that end; the first sentence on each usual flag, or all."""
    width = width_of(1)
    params = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    whole = whole or not any(_ALL in each.opts for each in params)
    about = inspect.cleandoc(command.help or "").split("\n\n")
    parts = [filled(" ".join(each.split()), width) for each in (about if whole else about[:1])]
    parts.append(filled(_usage(command, context, params), width, hang=7))
    arguments = [each for each in params if each.param_type_name == "argument"]
    if arguments:
        parts.append(_section("Arguments", [_argument(each) for each in arguments], width))
    for title, commands in _commands(command, context):
        parts.append(_section(title, commands, width))
    flags = [each for each in params if each.param_type_name == "option"]
    for title, some in _panels(flags, whole=whole):
        parts.append(_section(title, [_flag(each, whole=whole) for each in some], width))
    if command.epilog:
        lines = [line for each in command.epilog.split("\n") for line in _example(each, width)]
        parts.append("\n".join([_heading("Examples" if len(lines) > 1 else "Example"), *lines]))
    return "\n\n".join(parts) + "\n"


def _usage(command: Any, context: Any, params: Sequence[Any]) -> str:
    words = [context.command_path]
    for each in params:
        name = called(each)
        if each.param_type_name == "argument":
            words.append((name if each.required else f"[{name}]") + "..." * (each.nargs != 1))
        elif each.required:
            words.append(f"{name} {_metavar(each)}")
    words.append("COMMAND ..." if hasattr(command, "commands") else "[FLAG]...")
    return f"{_heading('Usage')} {' '.join(words)}"


def _commands(command: Any, context: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The commands of a group, under what they are for."""
    by_title: dict[str, list[tuple[str, str]]] = {}
    for name in command.list_commands(context) if hasattr(command, "commands") else ():
        each = command.get_command(context, name)
        about = inspect.cleandoc(each.help or "").split("\n\n")[0]
        by_title.setdefault(each.rich_help_panel or "Commands", []).append(
            (name, " ".join(about.split()))
        )
    yield from by_title.items()


def _panels(flags: Sequence[Any], *, whole: bool) -> Iterator[tuple[str, list[Any]]]:
    """The flags under their titles; under one title, where they are few."""
    if any(_ALL in each.opts for each in flags) and whole:
        titles = dict.fromkeys(each.rich_help_panel or "Flags" for each in flags)
        for title in titles:
            yield title, [each for each in flags if (each.rich_help_panel or "Flags") == title]
        return
    usual = [each for each in flags if whole or _is_usual(each)]
    if usual:
        yield "Flags", usual


def _is_usual(flag: Any) -> bool:
    row = SETTINGS.get(flag.name)
    return flag.rich_help_panel is None or (row is not None and row.usual)


def _argument(param: Any) -> tuple[str, str]:
    return called(param), _explained(param)


def _flag(param: Any, *, whole: bool) -> tuple[str, str]:
    """`-d, --duration LENGTH` and what it is for."""
    short = [each for each in param.opts if not each.startswith("--")]
    long = [each for each in param.opts if each.startswith("--")]
    names = f"{short[0]}, ".rjust(_SHORT) if short else " " * _SHORT
    if param.secondary_opts:
        long = [f"--[no-]{each[2:]}" for each in long]
    left = f"{names}{', '.join(long)}"
    if not param.is_flag:
        left += f" {_metavar(param)}"
    return left, _explained(param) if whole else _first_sentence(_explained(param))


def _metavar(param: Any) -> str:
    """The word, or the choice of words, that stands for the value of a flag."""
    return str(param.metavar or param.name.upper()).replace(" | ", "|")


def _explained(param: Any) -> str:
    """The help of a parameter, and what holds without it."""
    text = " ".join((param.help or "").split())
    default = param.default
    if param.show_default and default not in (None, False, "", ()) and not callable(default):
        text += f" Default: {default}."
    return text


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> str:
    """Rows in two columns; what is too long for the left one has a line of its own."""
    fitting = [len(left) for left, _ in rows if len(left) <= _LEFT]
    indent = _MARGIN + max(fitting, default=_LEFT) + 2
    lines = [_heading(title)]
    for left, text in rows:
        first = f"{' ' * _MARGIN}{left}"
        if len(first) + 2 <= indent:
            lines.append(filled(first.ljust(indent) + text, width, hang=indent))
        else:
            lines += [first, filled(" " * indent + text, width, hang=indent)]
    return "\n".join(lines)


def _example(line: str, width: int) -> list[str]:
    """A command line, as it can be pasted: what is too long goes on after a backslash."""
    if len(line) + _MARGIN <= width:
        return [" " * _MARGIN + line]
    lines = filled(" " * _MARGIN + line, width - 2, hang=_MARGIN + 4).split("\n")
    return [*(f"{each} \\" for each in lines[:-1]), lines[-1]]


def _heading(text: str) -> str:
    return f"{text}:" if plain() else typer.style(f"{text}:", bold=True)
