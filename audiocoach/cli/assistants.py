"""The commands that make what assistants need: assistant alexa and homeassistant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from audiocoach.cli.helping import Command
from audiocoach.cli.options import QuietOption, RoutineArgument, with_settings
from audiocoach.cli.output import put, say, screen
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiocoach.assistant.answers import Recorded
    from audiocoach.settings.values import Pace

app = typer.Typer(
    help="Control sessions by voice: files for an assistant; see docs/assistants.md.",
    invoke_without_command=True,
)
FolderOption = Annotated[Path, typer.Option(help="The folder to write to.")]
_HTTP: Final = re.compile(r"https?://[^\s/?#{}'\"]+[^\s?#{}'\"]*$")
"""An address to which a path can be added."""
_MEDIA: Final = "media-source://media_source/local/audiocoach"


@app.callback()
def assistant(context: typer.Context) -> None:
    """Control sessions by voice: files for an assistant; see docs/assistants.md."""
    if context.invoked_subcommand is None:
        put(context.get_help() + "\n")


@app.command(
    "homeassistant",
    cls=Command,
    epilog="audiocoach assistant homeassistant --folder ha --media --player media_player.kitchen\n"
    "audiocoach assistant homeassistant foot-care --folder ha "
    "--url http://192.168.1.20:8765/SECRET --player media_player.kitchen",
)
@with_settings
def homeassistant(
    folder: FolderOption,
    player: Annotated[str, typer.Option(help="The media player to use: media_player.NAME.")],
    routine: RoutineArgument = "foot-relief",
    url: Annotated[
        str | None,
        typer.Option(help="The address that 'audiocoach serve' tells, to play from."),
    ] = None,
    media: Annotated[
        bool,
        typer.Option("--media", help="Write the sound as files for the media folder instead."),
    ] = False,
    quiet: QuietOption = False,
    *,
    options: Options,
) -> None:
    """Write a package for Home Assistant: sentences, a timer, and scripts.

    With --media it works without a server, at one pace, and takes about 10 MB for each place.
    """
    from audiocoach.assistant.answers import PACES
    from audiocoach.assistant.homeassistant.package import MS, Package
    from audiocoach.assistant.recording import recorded
    from audiocoach.delivery.file import check_place, write_whole

    if bool(url) is media:
        raise UsageError("give either --url or --media, to say where the sound comes from")
    if not player.startswith("media_player."):
        raise UsageError("--player: write a media player, such as media_player.kitchen")
    if url and not _HTTP.match(url):
        raise UsageError("--url: write the address that 'audiocoach serve' tells: http://...")
    path = folder / "packages" / "audiocoach.yaml"
    check_place(path)
    name = Path(routine).stem
    with screen(quiet=quiet) as listener:
        sessions = recorded(routine, options, PACES[1:2] if media else PACES, listener)
    if url:
        addresses = {pace: _address(url, name, options, pace, MS) for pace in sessions}
    else:
        addresses = dict.fromkeys(sessions, f"{_MEDIA}/{name}/{MS}.mp3")
    package = Package(name, sessions, addresses, player, _names(name, sessions), few=media)
    write_whole(path, [package.text().encode()])
    if media:
        _write_sound(package.places(), sessions, folder / "media" / "audiocoach" / name)
    if not quiet:
        say(f"written to {folder}; docs/assistants.md says where it goes")


@app.command(
    "alexa",
    cls=Command,
    epilog="audiocoach assistant alexa --folder skill --url https://coach.example.org/SECRET",
)
@with_settings
def alexa(
    folder: FolderOption,
    url: Annotated[
        str,
        typer.Option(
            help="Where 'audiocoach serve' can be reached: https, with a real certificate."
        ),
    ],
    routine: RoutineArgument = "foot-relief",
    application: Annotated[
        str, typer.Option(help="The ID of your skill; requests for any other are refused.")
    ] = "",
    quiet: QuietOption = False,
    *,
    options: Options,
) -> None:
    """Write a skill for Alexa: interaction models, and a handler for AWS Lambda.

    In each language that the routine is available in.
    """
    from audiocoach.assistant.alexa.skill import files
    from audiocoach.assistant.recording import recorded
    from audiocoach.delivery.file import check_place, write_whole
    from audiocoach.routine.load import load
    from audiocoach.routine.translate import speaks
    from audiocoach.sayings import languages

    if not _HTTP.match(url) or not url.startswith("https:"):
        raise UsageError("--url: Alexa plays only from https; write https://...")
    check_place(folder / "sessions.json")
    name, told = Path(routine).stem, load(routine)
    asked = options.language or None
    spoken = [each for each in languages() if speaks(told, each) and asked in (None, each)]
    sessions, addresses, names = {}, {}, {}
    with screen(quiet=quiet) as listener:
        for language in spoken:
            own = options.but(language=language)
            sessions[language] = recorded(routine, own, listener=listener)
            addresses[language] = {
                pace: _whole(url, name, own, pace) for pace in sessions[language]
            }
            names[language] = _names(name, sessions[language])
    for path, text in files(name, sessions, addresses, names, application).items():
        write_whole(folder / path, [text.encode()])
    if not quiet:
        say(f"written to {folder}; docs/assistants.md says where it goes")


def _names(name: str, sessions: Mapping[Pace, Recorded]) -> tuple[str, ...]:
    """What the routine is called: a bundled one in several ways, another one by its title.

    Raises UsageError where that can't be said.
    """
    from audiocoach.sayings import sayable, sayings_for

    timeline = next(iter(sessions.values())).remote.timeline
    known = sayings_for(timeline.language).routines.get(name, (timeline.title,))
    said = dict.fromkeys(sayable(each, timeline.language) for each in known)
    names = tuple(filter(None, said))
    if not names:
        raise UsageError(f"nobody could ask for {timeline.title!r}: give it a title of words")
    return names


def _address(url: str, name: str, options: Options, pace: Pace, ms: str) -> str:
    """The address of a session from the place that `ms` stands for."""
    from audiocoach.assistant.recording import options_at
    from audiocoach.server import address

    chosen = options_at(pace, options).given
    pairs = [
        (name, value if isinstance(value, str) else SETTINGS[name].written(value))
        for name, value in chosen.items()
        if name in address.ASKED
    ]
    path = address.Address(name, address.options(pairs), start=0).path
    return url.rstrip("/") + path.removesuffix("0.mp3") + f"{ms}.mp3"


def _whole(url: str, name: str, options: Options, pace: Pace) -> str:
    """The address of a whole session."""
    return _address(url, name, options, pace, "").removesuffix("/from/.mp3") + ".mp3"


def _write_sound(
    places: Mapping[Pace, list[int]], sessions: Mapping[Pace, Recorded], folder: Path
) -> None:
    """The session from each of its places on, a file each."""
    from audiocoach.delivery.file import write_whole

    for pace, all_ in places.items():
        for ms in all_:
            write_whole(folder / f"{ms}.mp3", sessions[pace].sound(ms))
