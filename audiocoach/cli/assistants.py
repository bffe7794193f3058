"""The commands that make what assistants need: assistant alexa and homeassistant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from audiocoach.cli.helping import Command
from audiocoach.cli.options import OverwriteOption, QuietOption, RoutineArgument, with_settings
from audiocoach.cli.output import put, say, screen
from audiocoach.cli.replacing import ask_before_writing
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
_PLAYER: Final = re.compile(r"media_player\.[a-z0-9]+(?:_+[a-z0-9]+)*")
_SKILL: Final = re.compile(r"amzn1\.ask\.skill\.[A-Za-z0-9-]+")
_UNSAFE: Final = re.compile(r"[^\w.-]+")
"""What may mean something else in the address of a file."""
_MEDIA: Final = "media-source://media_source/local/audiocoach"


@app.callback(epilog="audiocoach assistant homeassistant --help")
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
        typer.Option(help="The address that 'audiocoach serve' prints, to play from."),
    ] = None,
    media: Annotated[
        bool,
        typer.Option("--media", help="Write the sound as files for the media folder instead."),
    ] = False,
    overwrite: OverwriteOption = False,
    quiet: QuietOption = False,
    *,
    options: Options,
) -> None:
    """Write a package for Home Assistant: sentences, a timer, and scripts.

    With --media it works without a server, at one pace, and takes about 10 MB for each place.
    """
    from audiocoach.assistant.answers import PACES
    from audiocoach.assistant.homeassistant.package import BEGINS, Package
    from audiocoach.assistant.recording import options_at, recorded
    from audiocoach.delivery.file import check_place, write_whole

    if bool(url) is media:
        raise UsageError("give either --url or --media, to say where the sound comes from")
    if not _PLAYER.fullmatch(player):
        raise UsageError("--player: write a media player, such as media_player.kitchen")
    if url and not _HTTP.match(url):
        raise UsageError("--url: write the address that 'audiocoach serve' prints: http://...")
    if url:
        _check_serves(url)
    path = folder / "packages" / "audiocoach.yaml"
    check_place(path)
    ask_before_writing(path, overwrite=overwrite, begins=BEGINS, flag="--folder")
    name = Path(routine).stem
    kept = _UNSAFE.sub("-", name)
    with screen(quiet=quiet) as listener:
        sessions = recorded(routine, options, () if media else PACES, listener)
    if url:
        own = next(iter(sessions))
        addresses = {pace: _address(url, name, options_at(pace, own, options)) for pace in sessions}
    else:
        addresses = dict.fromkeys(sessions, f"{_MEDIA}/{kept}")
    package = Package(name, sessions, addresses, player, _names(name, sessions), few=media)
    sounds = _sounds(package.places(), folder / "media" / "audiocoach" / kept) if media else []
    ask_before_writing(*(to for _, _, to in sounds), overwrite=overwrite, flag="--folder")
    write_whole(path, [package.text().encode()])
    for pace, ms, to in sounds:
        write_whole(to, sessions[pace].sound(ms))
    if not quiet:
        say(f"written to {folder}; docs/assistants.md says where it goes")


@app.command(
    "alexa",
    cls=Command,
    epilog="audiocoach assistant alexa --folder skill "
    "--url https://coach.example.org/SECRET --application amzn1.ask.skill.ID",
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
    application: Annotated[
        str, typer.Option(help="The ID of your skill; requests for any other are refused.")
    ],
    routine: RoutineArgument = "foot-relief",
    overwrite: OverwriteOption = False,
    quiet: QuietOption = False,
    *,
    options: Options,
) -> None:
    """Write a skill for Alexa: interaction models, and a handler for AWS Lambda.

    In each language that the routine is available in.
    """
    from audiocoach.assistant.alexa.skill import BEGINS, files, paths
    from audiocoach.assistant.recording import options_at, recorded
    from audiocoach.delivery.file import check_place, write_whole
    from audiocoach.routine.load import load
    from audiocoach.routine.translate import speaks
    from audiocoach.sayings import languages

    if not _HTTP.match(url) or not url.startswith("https:"):
        raise UsageError("--url: Alexa plays only from https; write https://...")
    _check_serves(url)
    if _port(url) not in (None, 443):
        raise UsageError("--url: Alexa only connects to port 443; forward that port to the server")
    if not _SKILL.fullmatch(application):
        raise UsageError("--application: write the ID of your skill: amzn1.ask.skill.ID")
    check_place(folder / "sessions.json")
    name, told = Path(routine).stem, load(routine)
    asked = options.language or None
    spoken = [each for each in languages() if speaks(told, each) and asked in (None, each)]
    to = [folder / each for each in paths(spoken)]
    ask_before_writing(*to, overwrite=overwrite, begins=BEGINS, flag="--folder")
    sessions, addresses, names = {}, {}, {}
    with screen(quiet=quiet) as listener:
        for language in spoken:
            asked = options.but(language=language)
            made = recorded(routine, asked, listener=listener)
            own = next(iter(made))
            sessions[language] = made
            addresses[language] = {
                pace: _whole(url, name, options_at(pace, own, asked)) for pace in made
            }
            names[language] = _names(name, sessions[language])
    for path, text in files(name, sessions, addresses, names, application).items():
        write_whole(folder / path, [text.encode()])
    if not quiet:
        say(f"written to {folder}; docs/assistants.md says where it goes")


def _check_serves(url: str) -> None:
    """Raises UsageError where an address has no port or path as `serve --lan` has."""
    from audiocoach.server.door import LOOPBACK

    _port(url)
    parts = urlsplit(url)
    if not parts.path.strip("/") and parts.hostname not in LOOPBACK:
        message = (
            "--url: give the whole address that 'audiocoach serve --lan' prints, with its path"
        )
        raise UsageError(message)


def _port(url: str) -> int | None:
    """The port that an address names. Raises UsageError."""
    try:
        return urlsplit(url).port
    except ValueError:
        raise UsageError(f"--url: {url} has no valid port") from None


def _names(name: str, sessions: Mapping[Pace, Recorded]) -> tuple[str, ...]:
    """What the routine is called: a bundled one in several ways, another one by its title.

    Raises UsageError where that can't be said.
    """
    from audiocoach.sayings import sayings_for
    from audiocoach.sayings.words import sayable

    timeline = next(iter(sessions.values())).remote.timeline
    known = sayings_for(timeline.language).routines.get(name, (timeline.title,))
    said = dict.fromkeys(sayable(each, timeline.language) for each in known)
    names = tuple(filter(None, said))
    if not names:
        raise UsageError(
            f"nobody could ask for {timeline.title!r} by voice: give it a title in words"
        )
    return names


def _address(url: str, name: str, options: Options) -> str:
    """The address in which N.mp3 is the session from N ms on."""
    from audiocoach.server import address

    pairs = [
        (name, value if isinstance(value, str) else SETTINGS[name].written(value))
        for name, value in options.given.items()
        if name in address.ASKED
    ]
    path = address.Address(name, address.options(pairs), start=0).path
    return url.rstrip("/") + path.removesuffix("/0.mp3")


def _whole(url: str, name: str, options: Options) -> str:
    """The address of a whole session."""
    return _address(url, name, options).removesuffix("/from") + ".mp3"


def _sounds(places: Mapping[Pace, list[int]], folder: Path) -> list[tuple[Pace, int, Path]]:
    """The session from each of its places (ms) on, and the file for it."""
    return [(pace, ms, folder / f"{ms}.mp3") for pace, all_ in places.items() for ms in all_]
