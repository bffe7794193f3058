"""For an unknown command or flag: one line that suggests what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import typer

from audiocoach.wording import label, nearest, quoted

_FLAGS: Final = {
    "--speed": "--rate",
    "--tempo": "--pace",
    "--length": "--duration",
    "--time": "--duration",
    "--minutes": "--duration",
    "--lang": "--language",
    "--out": "--output",
    "--exclude": "--skip",
    "--exercise": "--only",
    "--force": "--overwrite",
    "--yes": "--overwrite",
    "--music": "--bed",
    "--background": "--bed",
    "--ambience": "--bed",
    "--noise": "--bed",
    "--format": "--also or --output",
    "--side": "--sides",
    "--style": "--coaching",
}
"""What other programs call a flag; where a command lacks the one that is meant, none is guessed.
"""
_COMMANDS: Final = {
    "list": "routines",
    "ls": "routines",
    "make": "build",
    "run": "build",
    "start": "build",
    "generate": "build",
    "show": "preview",
    "listen": "play",
    "init": "new",
    "create": "new",
    "validate": "check",
    "lint": "check",
    "settings": "config",
    "version": "--version",
    "help": "--help",
}
_IN_GROUPS: Final[Mapping[str, Mapping[str, str]]] = {
    "voices": {
        "install": "add",
        "download": "add",
        "get": "add",
        "rm": "remove",
        "delete": "remove",
        "uninstall": "remove",
        "ls": "list",
        "play": "try",
        "test": "try",
        "hear": "try",
        "natural": "add natural",
    },
    "routines": {"ls": "list", "cat": "show", "print": "show", "cp": "copy"},
    "cache": {"show": "info", "clean": "clear", "delete": "clear", "purge": "clear"},
    "assistant": {"hass": "homeassistant", "ha": "homeassistant"},
}
"""What other programs call a command."""
_EXTRA: Final = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
"""How Typer says that there are too many arguments."""
_ALIKE: Final = 0.7
"""What a mistyped flag shares with the one that was meant: `--bakground` is none of `--rounds`."""


def told(error: typer.TyperException) -> str:
    """The mistake in a command line, in one line with the remedy."""
    context: Any = getattr(error, "ctx", None)
    flag = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    program = context.command_path if context else "audiocoach"
    if flag and hasattr(error, "possibilities"):
        return _no_flag(flag, context, program)
    if flag:
        return f"{flag} needs a value"
    if param is not None and not error.message:
        return f"{called(param)} is missing; see: {program} --help"
    if param is not None:
        return f"{called(param)}: {_not_taken(param, error.message)}"
    if hint := getattr(error, "param_hint", ""):
        return f"{hint}: {error.message}"
    return f"{_too_many(error.message) or error.message.rstrip('.')}; see: {program} --help"


def no_command(name: str, context: Any) -> str:
    """Says that a group has no such command, and what may have been meant."""
    group, program = context.command, context.command_path
    if context.parent is None:
        if _is_routine(name):
            return f"to make a session of a routine: {program} build {label(name)}"
        if meant := _COMMANDS.get(name.casefold()):
            return f"there is no command {quoted(name)}; did you mean: {program} {meant}"
    elif group.name == "routines" and _is_routine(name):
        return f"to see a routine: {program} show {label(name)}"
    near = _IN_GROUPS.get(group.name, {}).get(name.casefold())
    near = near or nearest(name, group.list_commands(context))
    hint = f"did you mean: {program} {near}" if near else f"see: {program} --help"
    return f"there is no command {quoted(name)}; {hint}"


def called(param: Any) -> str:
    """A flag's long name, or an argument's placeholder."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name.upper())


def _no_flag(flag: str, context: Any, program: str) -> str:
    known = [
        name
        for each in (context.command.get_params(context) if context else ())
        for name in (*each.opts, *each.secondary_opts)
        if name.startswith("--")
    ]
    meant = _FLAGS.get(flag) or _nearest_flag(flag, known)
    if meant and not set(meant.split(" or ")) <= set(known):
        meant = None
    page = "--help-all" if "--help-all" in known else "--help"
    hint = f"did you mean {meant}? " if meant else ""
    return f"there is no flag {label(flag)}; {hint}see: {program} {page}"


def _too_many(message: str) -> str:
    """Of arguments that nobody takes, which they are; "" of another message."""
    extra = _EXTRA.match(message)
    if extra is None:
        return ""
    return f"too many arguments: {label(extra[1])}"


def _nearest_flag(flag: str, known: Iterable[str]) -> str | None:
    """The flag that a slip of the fingers made this of. Dashes are alike in any two."""
    near = nearest(flag.lstrip("-"), [each.lstrip("-") for each in known], alike=_ALIKE)
    return f"--{near}" if near else None


def _not_taken(param: Any, message: str) -> str:
    """Why a value is not taken: of a number, what is possible."""
    if param.type_descriptor.annotation is not int:
        return message
    limits = ((" from ", param.min), (" to ", param.max))
    return "write a whole number" + "".join(f"{word}{n}" for word, n in limits if n is not None)


def _is_routine(name: str) -> bool:
    """Whether it is the name or the path of a routine; nothing is read."""
    if name.casefold().endswith((".yaml", ".yml")):
        return True
    from audiocoach.routine.bundle import bundled

    return name in dict(bundled())
