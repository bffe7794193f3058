"""The commands about voices: list, try, add, remove."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audiocoach.cli import completing
from audiocoach.cli.helping import Command, alone
from audiocoach.cli.options import JsonOption, OfflineOption, OverwriteOption, file_option
from audiocoach.cli.output import (
    byte_bar,
    put_json,
    refuse_sound_on_a_terminal,
    say,
    screen,
    tell,
)
from audiocoach.cli.replacing import ask_before_writing
from audiocoach.cli.tables import tell_rows
from audiocoach.delivery.file import check_place, file_for
from audiocoach.delivery.formats import MP3
from audiocoach.errors import AudiocoachError, LackError, VoiceError
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.voice.base import Offer

app = typer.Typer(help="List, try, add and remove voices.")

_LANGUAGE = typer.Option(
    "--language",
    "-l",
    autocompletion=completing.languages,
    help="The language of the texts, such as en or de.",
)
LanguageOption = Annotated[str, _LANGUAGE]


@app.callback(
    invoke_without_command=True,
    epilog="audiocoach voices\naudiocoach voices --language de",
)
def voices(
    context: typer.Context,
    language: Annotated[str | None, _LANGUAGE] = None,
    json: JsonOption = False,
) -> None:
    """List the voices that are ready, and the step that each of the others needs."""
    alone(context, list_voices, language=language, json=json)


@app.command("list", cls=Command, epilog="audiocoach voices list --language de")
def list_voices(language: LanguageOption = "en", json: JsonOption = False) -> None:
    """List the voices that are ready, and the step that each of the others needs."""
    found = list(_engines(language))
    if json:
        put_json([told for each in found for told in _as_json(each)])
        return
    offline = _is_offline()
    for each in found:
        if each.problem:
            tell(f"{each.name}: {each.problem}")
            continue
        where = "online: texts leave this computer" if each.online else "on this computer"
        tell(f"{each.name} ({where})")
        tell_rows(
            [_row(offer, kept_out=each.online and offline) for offer in each.offers], indent=2
        )
        if not each.offers:
            tell(f"  nothing for {language}")
    if without := _without_phrases(language):
        say(without)


@dataclass(frozen=True, slots=True)
class _Engine:
    """An engine as the list shows it."""

    name: str
    online: bool = False
    offers: Sequence[Offer] = ()
    problem: str = ""


def _engines(language: str) -> Iterator[_Engine]:
    from audiocoach.voice.base import engine_names, find_engine

    here = Surroundings.here()
    for name in engine_names():
        try:
            engine = find_engine(name, here)
            yield _Engine(name, engine.online, engine.offers(language))
        except (AudiocoachError, ImportError) as error:
            yield _Engine(name, problem=str(error))


def _is_offline() -> bool:
    """Whether the user keeps all texts here, as far as the config can be read."""
    with suppress(AudiocoachError):
        return settled(Options()).settings.offline
    return False


def _row(offer: Offer, *, kept_out: bool) -> tuple[str, ...]:
    step = offer.step or ("--no-offline" if kept_out else "")
    ready = f"needs: {step}" if step else "ready"
    return offer.spec, ready, offer.about, f"licence: {offer.licence or 'not stated'}"


def _as_json(engine: _Engine) -> Iterator[dict[str, Any]]:
    if engine.problem:
        yield {"engine": engine.name, "problem": engine.problem}
    for offer in engine.offers:
        yield {
            "engine": engine.name,
            "voice": offer.spec,
            "online": engine.online,
            "ready": not offer.step,
            "step": offer.step,
            "about": offer.about,
            "licence": offer.licence,
            "package": offer.package,
        }


def _without_phrases(language: str) -> str:
    """That no session can be in a language, whoever speaks it; "" where there are phrases."""
    from audiocoach.coaching.phrases import languages
    from audiocoach.language import base

    if base(language) in languages():
        return ""
    return (
        f"audiocoach has no phrases for {language!r}, so sessions can't be made in it; there are "
        f"phrases for {', '.join(languages())}"
    )


@app.command(
    "try",
    cls=Command,
    epilog="audiocoach voices try espeak:en-us+f3\n"
    "audiocoach voices try gtts 'Grip the floor.' -o sample.mp3",
)
def try_voice(
    name: Annotated[
        str,
        typer.Argument(autocompletion=completing.voices, help="The voice, written as for --voice."),
    ],
    text: Annotated[str, typer.Argument(help="What to say instead of some coaching.")] = "",
    language: LanguageOption = "en",
    output: Annotated[Path | None, file_option("Save the sample to this file.")] = None,
    overwrite: OverwriteOption = False,
    offline: OfflineOption = None,
) -> None:
    """Make and play ten seconds of real coaching."""
    from audiocoach.coaching.sample import sample_script
    from audiocoach.pipeline import sample
    from audiocoach.player import play

    if output:
        ask_before_writing(output, overwrite=overwrite)
    script = sample_script(language, text.strip())
    with _place(output) as path:
        with screen(quiet=False) as listener:
            options = Options(voice=name, offline=offline, rate=1.0)
            seconds = sample(script, path, options, listener)
        if output:
            say(f"the sample is saved as {output}")
        if not play(path, seconds):
            problem = _why_not_heard(name)
            if not output:
                raise LackError(f"{problem}; save it with --output sample{MP3.endings[0]}")
            say(problem)


def _why_not_heard(voice: str) -> str:
    """Which part is missing: the voice itself has spoken."""
    from audiocoach.player import find_player

    player = find_player()
    if player is None:
        return f"{voice} has spoken, but there is no player here: install mpv or ffmpeg"
    return f"{voice} has spoken, but {Path(player[0]).name} could not play it: is there a speaker?"


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
            autocompletion=completing.voices,
            help="A voice, such as kokoro:af_heart or piper:en_US-ljspeech-medium; natural: the "
            "best for the language on this computer.",
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="PLACE", help="A mirror's address, a folder or a file."),
    ] = None,
    language: LanguageOption = "en",
    offline: OfflineOption = None,
) -> None:
    """Download a voice; an interrupted download continues where it stopped."""
    from audiocoach.store import open_cache
    from audiocoach.voice.adding import keeper_of
    from audiocoach.voice.base import open_voice
    from audiocoach.voice.natural import NAME, best, ready

    here = Surroundings.here()
    if name == NAME:
        found = best(language, here)
        say(f"{found.spec}: {found.why}")
        if (have := ready(language, here)) not in ("", found.spec):
            say(f"{have} is also natural, and already installed: it speaks until this one is added")
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
    size = f"{had.size / 1e6:.0f} MB, licence: {had.licence or 'not stated'}"
    try:
        cache = open_cache(here.place("CACHE"))
        open_voice(had.spec, language=had.language, rate=1.0, cache=cache, surroundings=here)
    except VoiceError as error:
        say(f"{had.spec} is added ({size}), but can't speak yet: {error}")
    else:
        say(f"{had.spec} is ready ({size}): --voice {had.spec}")


@app.command("remove", cls=Command, epilog="audiocoach voices remove kokoro:af_heart")
def remove_voice(
    name: Annotated[
        str, typer.Argument(autocompletion=completing.removable, help="An added voice.")
    ],
) -> None:
    """Remove an added voice."""
    from audiocoach.voice.adding import keeper_of

    engine, plain = keeper_of(name, Surroundings.here())
    engine.remove(plain)
    say(f"{name} is removed")


@contextmanager
def _place(output: Path | None) -> Iterator[Path]:
    """Where the sample is written: to the file the user named, or one deleted after playing."""
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
