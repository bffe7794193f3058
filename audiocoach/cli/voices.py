"""The commands about voices: list, try, add, remove."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from audiocoach.cli.options import OfflineOption
from audiocoach.cli.output import byte_bar, put, say, screen

app = typer.Typer(help="Who can speak: list, try, add and remove voices.")

LanguageOption = Annotated[
    str, typer.Option("--language", "-l", help="The language of the texts, such as en or de.")
]


@app.callback(
    invoke_without_command=True,
    epilog="Examples: audiocoach voices · audiocoach voices --language de",
)
def list_voices(context: typer.Context, language: LanguageOption = "en") -> None:
    """List who is ready to speak, and who needs one step more."""
    if context.invoked_subcommand:
        return
    from audiocoach.errors import VoiceError
    from audiocoach.voice.base import engine_names, find_engine

    for name in engine_names():
        try:
            engine = find_engine(name)
            offers = engine.offers(language)
        except VoiceError as error:
            put(f"{name}: {error}\n")
            continue
        where = "online: texts leave this computer" if engine.online else "on this computer"
        put(f"{name} ({where})\n")
        for offer in offers:
            state = f"needs: {offer.step}" if offer.step else "ready"
            put(f"  {offer.spec:<32} {state:<46} {offer.about}".rstrip() + "\n")
        if not offers:
            put(f"  nothing for {language}\n")


@app.command(
    "try",
    epilog="Examples: audiocoach voices try espeak:en-us+f3 · "
    "audiocoach voices try gtts 'Grip the floor.' -o sample.mp3",
)
def try_voice(
    name: Annotated[str, typer.Argument(help="The voice, as after --voice.")],
    text: Annotated[str, typer.Argument(help="What to say instead of a bit of coaching.")] = "",
    language: LanguageOption = "en",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Keep the sample in this file.")
    ] = None,
    offline: OfflineOption = None,
) -> None:
    """Make and play ten seconds of real coaching."""
    from audiocoach.coaching.sample import sample_script
    from audiocoach.delivery.player import play
    from audiocoach.pipeline import sample

    with screen(quiet=False) as listener, TemporaryDirectory() as folder:
        path = output or Path(folder) / "sample.mp3"
        sample(sample_script(language, text), name, path, offline=offline, listener=listener)
        played = play(path)
        if output:
            say(f"{output} is the sample")
        if not played:
            say(
                "nothing here can play an MP3: install mpv or ffmpeg, or keep the sample "
                "with --output and open it"
            )


@app.command("add", epilog="Example: audiocoach voices add en_US-lessac-medium")
def add_voice(
    name: Annotated[str, typer.Argument(help="A Piper voice, such as en_US-lessac-medium.")],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="PLACE", help="A mirror's address, or a local folder."),
    ] = None,
) -> None:
    """Download a Piper voice; an interrupted download goes on where it stopped."""
    from audiocoach.voice.piper_store import add

    with byte_bar(name) as progress:
        voice = add(name, source=source, progress=progress)
    say(f"{voice.name} is ready ({voice.size / 1e6:.0f} MB): --voice piper:{voice.name}")


@app.command("remove", epilog="Example: audiocoach voices remove en_US-lessac-medium")
def remove_voice(
    name: Annotated[str, typer.Argument(help="An added Piper voice.")],
) -> None:
    """Remove an added Piper voice."""
    from audiocoach.voice.piper_store import remove

    remove(name)
    say(f"{name} is removed")
