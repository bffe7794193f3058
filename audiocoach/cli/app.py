"""The program `audiocoach`: its commands, and how errors end."""

from __future__ import annotations

import atexit
import errno
import gc
import inspect
import os
import re
import sys
from collections.abc import Callable
from copy import copy
from typing import Annotated, Final, NoReturn

import typer
from typer.models import CommandInfo

from audiocoach import __version__
from audiocoach.cli import (
    assistants,
    build,
    caches,
    check,
    config,
    drafts,
    play,
    preview,
    routines,
    serve,
    slips,
    verify,
    voices,
)
from audiocoach.cli.helping import Command, Group
from audiocoach.cli.memory import ask_before_numpy
from audiocoach.cli.options import JsonOption, OfflineOption, SettingsCommand
from audiocoach.cli.output import (
    close_stdout,
    lose_no_build_for_a_message,
    prefixed,
    print_anything,
    put,
    put_json,
    say,
    tell,
)
from audiocoach.cli.program import ABOUT_COMPLETION, COMPLETING, NAME
from audiocoach.errors import AudiocoachError, DeliveryError, LackError
from audiocoach.settings.surroundings import Surroundings

_ABOUT_ALL: Final = ("-h", "--help", "-V", "--version")
"""What asks about the program, and about no command."""
_STOPPED: Final = 130
_HANG: Final = 16
"""Columns before what the doctor found."""
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)
_NO_ROOM: Final = re.compile("failed to map segment|annot allocate memory|can't start new thread")
"""How libraries, and Python itself, say that there is no memory."""

_MAKE: Final = "Make a session"
_WRITE: Final = "Write a routine"
_SET_UP: Final = "Set up"
_FIRST: Final = """\
audiocoach turns an exercise routine into one MP3 that coaches you through it.

  audiocoach build                make the 20-minute foot session
  audiocoach routines             choose another routine
  audiocoach new mine.yaml        write one of your own, by answering questions
  audiocoach voices add natural   get a voice that sounds like a person
  audiocoach --help               see what else there is
"""

app = typer.Typer(
    cls=Group,
    help="Turn an exercise routine into one MP3 that coaches you through it.",
    epilog="audiocoach build   # makes the 20-minute foot session",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _add(
    name: str,
    command: Callable[..., None],
    panel: str,
    examples: str,
    cls: type[Command] = Command,
) -> None:
    app.command(name, cls=cls, rich_help_panel=panel, epilog=examples)(command)


_add("build", build.build, _MAKE, build.EXAMPLES, SettingsCommand)
_add("preview", preview.preview, _MAKE, preview.EXAMPLES, SettingsCommand)
_add("play", play.play, _MAKE, play.EXAMPLES, SettingsCommand)
_add("serve", serve.serve, _MAKE, serve.EXAMPLES)
_add("verify", verify.verify, _MAKE, verify.EXAMPLES, SettingsCommand)
_add("check", check.check, _WRITE, check.EXAMPLES)
_add("draft", drafts.draft, _WRITE, drafts.DRAFT_EXAMPLES)
_add("new", drafts.new, _WRITE, drafts.NEW_EXAMPLES)
_add("config", config.config, _SET_UP, config.EXAMPLES, SettingsCommand)
app.add_typer(routines.app, name="routines", cls=Group, rich_help_panel=_WRITE)
app.add_typer(voices.app, name="voices", cls=Group, rich_help_panel=_SET_UP)
app.add_typer(caches.app, name="cache", cls=Group, rich_help_panel=_SET_UP)
app.add_typer(assistants.app, name="assistant", cls=Group, rich_help_panel=_SET_UP)


def main() -> NoReturn:
    """Run the command line; an error that the user can fix becomes one line and an exit code."""
    print_anything()
    lose_no_build_for_a_message()
    ask_before_numpy()
    atexit.register(gc.freeze)  # or Python looks for garbage once more, for a tenth of a rebuild
    try:
        _prepare_completion(sys.argv[1:])
        _tell_what_has_no_effect()
        code = _app_for(sys.argv[1:])(prog_name=NAME, standalone_mode=False)
    except AudiocoachError as error:
        say(prefixed(str(error)))
        sys.exit(error.exit_code)
    except typer.TyperException as error:
        say(prefixed(slips.told(error)))
        sys.exit(error.exit_code)
    except typer.Abort:  # Ctrl-C, or the end of what is read, at a question
        code = _STOPPED
    except Exception as error:
        told = _lack(error)
        if told is None:
            raise
        say(prefixed(str(told)))
        sys.exit(told.exit_code)
    if code == _STOPPED:
        say("audiocoach: stopped")
    sys.exit(code or 0)


def _lack(error: BaseException) -> AudiocoachError | None:
    """What this computer lacks; None if the error is a defect of ours."""
    if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
        close_stdout()  # --help and --version are written by Typer
        return DeliveryError(f"cannot write to stdout: {error.strerror}")
    cause: BaseException | None = error
    while cause:
        out_of_memory = isinstance(cause, OSError) and cause.errno == errno.ENOMEM
        if isinstance(cause, MemoryError) or out_of_memory or _NO_ROOM.search(str(cause)):
            remedy = "close other programs, or allow more (ulimit -v)"
            return LackError(f"there is too little memory; {remedy}")
        cause = cause.__cause__ or cause.__context__
    return None


def _tell_what_has_no_effect() -> None:
    """A misspelt variable, which would do nothing without a word."""
    if COMPLETING not in os.environ:
        for told in Surroundings.here().without_effect():
            say(prefixed(told))


def _prepare_completion(arguments: list[str]) -> None:
    """Raises UsageError as `shells.prepare` does, which few commands need to import."""
    if COMPLETING in os.environ or ABOUT_COMPLETION.intersection(arguments[:1]):
        from audiocoach.cli import shells

        shells.prepare(arguments, os.environ)


def _app_for(arguments: list[str]) -> typer.Typer:
    """The app with no other command than the one that is asked for, and without flags for none.

    To make the flags of all of them takes 20 ms.
    """
    asked = [each for each in app.registered_commands if each.name in arguments[:1]]
    groups = [each for each in app.registered_groups if each.name in arguments[:1]]
    if set(arguments[:1]) <= set(_ABOUT_ALL) and COMPLETING not in os.environ:
        asked = [_named(each) for each in app.registered_commands]
        groups = app.registered_groups
    elif not asked and not groups:
        return app
    smaller = copy(app)
    smaller.registered_commands, smaller.registered_groups = asked, groups
    return smaller


def _named(command: CommandInfo) -> CommandInfo:
    """A command as the help of the program lists it: its name, and what it is for."""
    listed = copy(command)
    listed.help = command.help or inspect.getdoc(command.callback)
    listed.callback = lambda: None
    return listed


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"audiocoach {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    del version  # shown by its callback
    if context.invoked_subcommand is None:
        put(_FIRST)


@app.command("doctor", cls=Command, rich_help_panel=_SET_UP, epilog="audiocoach doctor")
def doctor(offline: OfflineOption = None, json: JsonOption = False) -> None:
    """Show on one screen what works here, and how to fix what doesn't."""
    from dataclasses import asdict

    from audiocoach.doctor import examine

    findings = examine(Surroundings.here(), offline=offline)
    if json:
        put_json([asdict(finding) for finding in findings])
        return
    for finding in findings:
        mark = "ok" if finding.good else "--"
        tell(f"{mark}  {finding.what:<11} {finding.detail}", hang=_HANG)
        if finding.remedy:
            tell(" " * _HANG + finding.remedy, hang=_HANG)
