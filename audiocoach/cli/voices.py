"""The commands about voices: list, try, add, remove."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Annotated

import typer

from audiocoach.cli.helping import Command
from audiocoach.cli.options import OfflineOption
from audiocoach.cli.output import (
    byte_bar,
    refuse_sound_on_a_terminal,
    say,
    screen,
    tell,
)
from audiocoach.cli.tables import tell_rows
from audiocoach.delivery.file import check_place, file_for
from audiocoach.delivery.formats import MP3
from audiocoach.errors import AudiocoachError, DeliveryError, VoiceError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings

app = typer.Typer(help="Who can speak: list, try, add and remove voices.")

_LANGUAGE = typer.Option("--language", "-l", help="The language of the texts, such as en or de.")
LanguageOption = Annotated[str, _LANGUAGE]


@app.callback(
    invoke_without_command=True,
    epilog="audiocoach voices\naudiocoach voices --language de",
)
def voices(context: typer.Context, language: Annotated[str | None, _LANGUAGE] = None) -> None:
    """List the voices that are ready, and the one step that each of the others needs."""
    command = context.invoked_subcommand
    if command is None:
        list_voices(language or "en")
    elif language is not None:
        raise typer.BadParameter(f"write it after {command!r}", param_hint="--language")


@app.command("list", cls=Command, epilog="audiocoach voices list --language de")
def list_voices(language: LanguageOption = "en") -> None:
    """List the voices that are ready, and the one step that each of the others needs."""
    from audiocoach.voice.base import engine_names, find_engine

    here = Surroundings.here()
    for name in engine_names():
        try:
            engine = find_engine(name, here)
            offers = engine.offers(language)
        except (AudiocoachError, ImportError) as error:
            tell(f"{name}: {error}")
            continue
        where = "online: texts leave this computer" if engine.online else "on this computer"
        tell(f"{name} ({where})")
        rows = [
            (
                offer.spec,
                f"needs: {offer.step}" if offer.step else "ready",
                offer.about,
                f"licence: {offer.licence or 'not told'}",
            )
            for offer in offers
        ]
        tell_rows(rows, indent=2)
        if not rows:
            tell(f"  nothing for {language}")


@app.command(
    "try",
    cls=Command,
    epilog="audiocoach voices try espeak:en-us+f3\n"
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
    from audiocoach.pipeline import sample
    from audiocoach.player import play

    script = sample_script(language, text.strip())
    with _place(output) as path:
        with screen(quiet=False) as listener:
            options = Options(voice=name, offline=offline, rate=1.0)
            seconds = sample(script, path, options, listener)
        if output:
            say(f"{output} is the sample")
        if not play(path, seconds):
            problem = "the sample could not be played here: it needs mpv or ffmpeg, and a speaker"
            if not output:
                raise DeliveryError(f"{problem}; keep it with --output sample{MP3.endings[0]}")
            say(problem)


@app.command(
    "add",
    cls=Command,
    epilog="audiocoach voices add natural\naudiocoach voices add kokoro:af_heart\n"
    "audiocoach voices add en_US-ljspeech-medium --from ~/Downloads",
)
def add_voice(
    name: Annotated[
        str,
        typer.Argument(
            help="A voice, such as kokoro:af_heart or piper:en_US-ljspeech-medium; natural: the "
            "best for the language on this computer."
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="PLACE", help="A mirror's address, a folder or a file."),
    ] = None,
    language: LanguageOption = "en",
    offline: OfflineOption = None,
) -> None:
    """Download a voice; an interrupted download goes on where it stopped."""
    from audiocoach.store import open_cache
    from audiocoach.voice.adding import keeper_of
    from audiocoach.voice.base import open_voice
    from audiocoach.voice.natural import NAME, best, ready

    here = Surroundings.here()
    if name == NAME:
        found = best(language, here)
        say(f"{found.spec}: {found.why}")
        if (have := ready(language, here)) not in ("", found.spec):
            say(f"{have} is natural too, and here already: it speaks until this one is added")
        if found.step:
            raise VoiceError(f"run: {found.step}, then: audiocoach voices add {found.spec}")
        name = found.spec
    engine, plain = keeper_of(name, here)
    if offline and (source is None or source.startswith(("http://", "https://"))):
        raise VoiceError(
            f"--offline: {name} would be downloaded; name a folder that holds it with --from",
            voice=name,
        )
    say(engine.terms(plain, source))
    with byte_bar(plain) as progress:
        had = engine.add(plain, source, progress)
    size = f"{had.size / 1e6:.0f} MB, licence: {had.licence or 'not told'}"
    try:
        cache = open_cache(here.place("CACHE"))
        open_voice(had.spec, language=had.language, rate=1.0, cache=cache, surroundings=here)
    except VoiceError as error:
        say(f"{had.spec} is added ({size}), but can't speak yet: {error}")
    else:
        say(f"{had.spec} is ready ({size}): --voice {had.spec}")


@app.command("remove", cls=Command, epilog="audiocoach voices remove kokoro:af_heart")
def remove_voice(
    name: Annotated[str, typer.Argument(help="An added voice.")],
) -> None:
    """Remove an added voice."""
    from audiocoach.voice.adding import keeper_of

    engine, plain = keeper_of(name, Surroundings.here())
    engine.remove(plain)
    say(f"{name} is removed")


@contextmanager
def _place(output: Path | None) -> Iterator[Path]:
    """Where the sample is written: what the user named, or a file that goes when it was heard."""
    if output:
        refuse_sound_on_a_terminal(output)
        check_place(output)
        with file_for(output) as file:
            yield file
    elif sys.platform == "win32":  # its player begins after we have ended
        yield Path(gettempdir()) / f"audiocoach-sample{MP3.endings[0]}"
    else:
        with TemporaryDirectory() as folder:
            yield Path(folder) / f"sample{MP3.endings[0]}"
