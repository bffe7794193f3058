"""The command `serve`: sessions for any device with a browser or a player."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from audiocoach.cli import completing
from audiocoach.cli.output import put, say
from audiocoach.errors import LackError, UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import SETTINGS

if TYPE_CHECKING:
    from audiocoach.server.app import Post
    from audiocoach.server.desk import House
    from audiocoach.server.door import Door

EXAMPLES: Final = """\
audiocoach serve
audiocoach serve --lan
audiocoach serve --routines my-routines --voice espeak"""
_LONG_LIVED: Final = (700, 10, 10)
"""How often Python looks for garbage by itself: other commands end before there is any."""
_PATH: Final = "server-path"
"""The file beside the config that keeps the path of --lan."""


_ALEXA: Final = "/alexa"
"""Where Alexa asks, behind the path of --lan."""


def serve(
    routines: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="A folder of your own routines; read again when one of them changes.",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port to listen on; 0 for a free one.")
    ] = 8765,
    lan: Annotated[
        bool,
        typer.Option(
            "--lan",
            help="Also let devices on your network connect, at an address that nobody can guess. "
            "Default: this computer only.",
        ),
    ] = False,
    new_path: Annotated[
        bool,
        typer.Option(
            "--new-path", help="With --lan: make a new address; the old one stops working."
        ),
    ] = False,
    voice: Annotated[
        str | None,
        typer.Option(
            metavar=SETTINGS["voice"].kind.metavar,
            autocompletion=completing.voices,
            help="The voice, unless an address chooses one; see 'audiocoach voices'. "
            f"Default: {SETTINGS['voice'].words}.",
        ),
    ] = None,
    offline: Annotated[
        bool | None,
        typer.Option(
            "--offline/--no-offline",
            help="Let no text leave this computer (the default, except with --alexa); --no-offline "
            "lets whoever opens the pages choose an online voice.",
        ),
    ] = None,
    alexa: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --lan: answer Alexa at the path /alexa, using the skill that 'audiocoach "
            "assistant alexa' wrote to this folder. The answers go to Amazon.",
        ),
    ] = None,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the pages in your browser.")
    ] = False,
) -> None:
    """Serve pages and sessions, made on request, to this computer or to your network.

    Needs the extra audiocoach[serve]. Ctrl-C stops it.
    """
    try:
        from audiocoach.server.run import run
    except ImportError as error:
        from audiocoach.installing import extra_command

        raise LackError(
            f"serve needs the packages of an extra: {extra_command('serve')}"
        ) from error
    from audiocoach.server.app import App
    from audiocoach.server.network import EVERYWHERE, HERE, listening

    for flag, given in (("--new-path", new_path), ("--alexa", alexa)):
        if given and not lan:
            raise UsageError(f"{flag}: only with --lan is there such an address", place=flag)
    if alexa and offline:
        raise UsageError(
            "--alexa: its answers go to Amazon, which --offline forbids", place="--alexa"
        )
    posts, hosts = _skill(alexa) if alexa else ({}, frozenset[str]())
    house = _house(routines, voice, online=offline is False)
    gc.set_threshold(*_LONG_LIVED)
    with listening(EVERYWHERE if lan else HERE, port) as listener:
        taken = listener.getsockname()[1]
        door, address = _door(house.surroundings, taken, lan=lan, anew=new_path)
        door = replace(door, hosts=door.hosts | hosts)
        _announce(address, lan=lan)
        if posts:
            say(f"Alexa is answered at {door.root}{_ALEXA} of your https address.")
        if open_page:
            typer.launch(address)
        with suppress(KeyboardInterrupt):
            run(App(house, door, posts), listener)
    say("audiocoach: stopped")


def _house(routines: Path | None, voice: str | None, *, online: bool) -> House:
    """What the server is started with. Raises UsageError or VoiceError for what can't be."""
    from audiocoach.server.desk import House
    from audiocoach.server.memory import MemoryCache
    from audiocoach.server.shelf import Shelf
    from audiocoach.settings.resolve import settled
    from audiocoach.store import open_cache, size_limit
    from audiocoach.voice.base import find_engine

    here = Surroundings.here()
    if routines is not None and not routines.is_dir():
        raise UsageError(f"--routines: {routines} is not a folder", place="--routines")
    options = Options(voice=voice, offline=not online)
    spoken = settled(options, surroundings=here).settings.voice
    if spoken and not online and find_engine(spoken.partition(":")[0], here).online:
        raise UsageError(
            f"{spoken} is an online voice: the texts of all who open these pages would leave "
            "this computer; use --no-offline if that is all right",
            setting="voice",
        )
    size_limit(here.variable("CACHE_LIMIT"))  # told now, and not after the first session
    kept = open_cache(here.place("CACHE"))
    cache = MemoryCache(kept.place, kept.near)
    return House(Shelf(routines), options, cache, here, online=online)


def _skill(folder: Path) -> tuple[dict[str, Post], frozenset[str]]:
    """Who answers Alexa, by its path, and by which names it asks. Raises UsageError, LackError."""
    try:
        from audiocoach.assistant.alexa.endpoint import Endpoint, fetched, trusted_store
    except ImportError as error:
        from audiocoach.installing import extra_command

        raise LackError(f"--alexa needs a package: {extra_command('alexa')}") from error
    remedy = "write the folder with 'audiocoach assistant alexa --application ID'"
    try:
        data = json.loads((folder / "sessions.json").read_text("utf-8"))
        names = {urlsplit(each["url"]).hostname or "" for each in data["sessions"].values()}
        application = data["application"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = f"--alexa: {folder} contains no sessions.json of a skill; {remedy}"
        raise UsageError(message, place="--alexa") from None
    if not application:
        message = f"--alexa: {folder} does not contain the ID of your skill; {remedy}"
        raise UsageError(message, place="--alexa")
    endpoint = Endpoint(data, trusted_store(), fetched, lambda: datetime.now(UTC))
    return {_ALEXA: endpoint}, frozenset(names)


def _door(surroundings: Surroundings, port: int, *, lan: bool, anew: bool) -> tuple[Door, str]:
    """Who comes in, and the address to open."""
    from audiocoach.server.door import LOOPBACK, Door
    from audiocoach.server.network import HERE, kept_secret, lan_address, names

    if not lan:
        return Door(), f"http://{HERE}:{port}/"
    address = lan_address()
    secret = kept_secret(surroundings.config.path.with_name(_PATH), anew=anew)
    host = f"{address or HERE}:{port}"
    door = Door(LOOPBACK | names(address), secret, host)
    return door, f"http://{host}{door.root}/"


def _announce(address: str, *, lan: bool) -> None:
    """Say where the pages are and who reaches them."""
    put(f"{address}\n")
    if not lan:
        say("Only this computer can open it. Ctrl-C stops.")
        return
    import segno

    if sys.stdout is not None and sys.stdout.isatty():
        segno.make(address, micro=False).terminal(compact=True)
    say(
        "Anyone who is on your network and knows this address can open it, unencrypted; nobody "
        "can guess it. Your router lets nobody in from outside unless you have set it up to. "
        "Ctrl-C stops."
    )
