"""The program `audiocoach`: its commands, and what becomes of an error."""

from __future__ import annotations

import atexit
import errno
import gc
import inspect
import re
import sys
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
    routines,
    serve,
    verify,
    voices,
)
from audiocoach.cli.memory import ask_before_numpy
from audiocoach.cli.options import OfflineOption, SettingsCommand
from audiocoach.cli.output import (
    close_stdout,
    lose_no_build_for_a_message,
    prefixed,
    print_anything,
    put,
    say,
)
from audiocoach.errors import AudiocoachError, DeliveryError, LackError
from audiocoach.settings.surroundings import Surroundings

_ABOUT_ALL: Final = ("-h", "--help", "--version")
"""What asks about the program, and about no command."""
_STOPPED: Final = 130
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)
_NO_ROOM: Final = re.compile("failed to map segment|annot allocate memory|can't start new thread")
"""How libraries, and Python itself, say that there is no memory."""

app = typer.Typer(
    help="Compile an exercise routine into one guided audio session.",
    epilog="Start with: audiocoach build   (makes the 20-minute foot session)",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build", cls=SettingsCommand, epilog=build.BUILD_EXAMPLES)(build.build)
app.command("preview", cls=SettingsCommand, epilog=build.PREVIEW_EXAMPLES)(build.preview)
app.command("play", epilog=play.EXAMPLES)(play.play)
app.command("serve", epilog=serve.EXAMPLES)(serve.serve)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.command("verify", cls=SettingsCommand, epilog=verify.EXAMPLES)(verify.verify)
app.command("draft", epilog=drafts.DRAFT_EXAMPLES)(drafts.draft)
app.command("new", epilog=drafts.NEW_EXAMPLES)(drafts.new)
app.command("config", cls=SettingsCommand, epilog=config.EXAMPLES)(config.config)
app.add_typer(routines.app, name="routines")
app.add_typer(voices.app, name="voices")
app.add_typer(caches.app, name="cache")
app.add_typer(assistants.app, name="assistant")


def main() -> NoReturn:
    """Run the command line; an error of the user's is one line and an exit code."""
    print_anything()
    lose_no_build_for_a_message()
    ask_before_numpy()
    atexit.register(gc.freeze)  # or Python looks for garbage once more, for a tenth of a rebuild
    try:
        _app_for(sys.argv[1:])()
    except AudiocoachError as error:
        say(prefixed(str(error)))
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == _STOPPED:  # what Typer makes of Ctrl-C, without a word
            say("audiocoach: stopped")
        raise
    except Exception as error:
        told = _lack(error)
        if told is None:
            raise
        say(prefixed(str(told)))
        sys.exit(told.exit_code)
    sys.exit(0)


def _lack(error: BaseException) -> AudiocoachError | None:
    """What this computer lacks; None if it is a defect of ours."""
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


def _app_for(arguments: list[str]) -> typer.Typer:
    """The app with no other command than the one that is asked for, and without flags for none.

    To make the flags of all of them takes 20 ms.
    """
    asked = [each for each in app.registered_commands if each.name in arguments[:1]]
    groups = [each for each in app.registered_groups if each.name in arguments[:1]]
    if arguments[:1] and arguments[0] in _ABOUT_ALL:
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
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command("doctor", epilog="Example: audiocoach doctor")
def doctor(offline: OfflineOption = None) -> None:
    """Say in one screen what works here, and how to mend what does not."""
    from audiocoach.doctor import examine

    for finding in examine(Surroundings.here(), offline=offline):
        mark = "ok" if finding.good else "--"
        put(f"{mark}  {finding.what:<11} {finding.detail}\n")
        if finding.remedy:
            put(f"    {'':<11} {finding.remedy}\n")
