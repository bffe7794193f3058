"""What a shell completes: only from this computer, never from the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import typer

from audiocoach.errors import AudiocoachError

Completed = list[str] | list[tuple[str, str]]
Completing = Callable[[typer.Context, str], Completed]


def among(choices: Iterable[str]) -> Callable[[typer.Context, str], list[str]]:
    """What completes the value of a flag that has these choices."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        del context  # nothing before it matters
        return _beginning(incomplete, choices)

    return complete


def each_of(complete: Completing, *commands: str) -> Completing:
    """The same for the last of several values separated by commas, in these commands (default:
    all)."""

    def complete_last(context: typer.Context, incomplete: str) -> Completed:
        begun, comma, last = incomplete.rpartition(",")
        if not comma or context.info_name not in (commands or (context.info_name,)):
            return complete(context, incomplete)
        taken = begun.split(",")
        words = (each if isinstance(each, str) else each[0] for each in complete(context, last))
        return [f"{begun},{word}" for word in words if word not in taken]

    return complete_last


def routines(incomplete: str) -> list[str]:
    """The bundled routines, then the routine files in this folder."""

    files: list[str] = []
    with suppress(OSError):  # a folder that can't be listed
        files = [each.name for each in Path().iterdir() if each.suffix in (".yaml", ".yml")]
    return _beginning(incomplete, [*bundled_names(), *sorted(files)])


def bundled_names(incomplete: str = "") -> list[str]:
    """The bundled routines."""
    from audiocoach.routine.bundle import bundled

    return _beginning(incomplete, [name for name, _ in bundled()])


def languages(context: typer.Context, incomplete: str) -> list[str]:
    """The languages that sessions can be in."""
    del context
    from audiocoach.coaching.phrases import languages as spoken

    return _beginning(incomplete, spoken())


def voices(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The voices for the language that was chosen: those that are ready, then the others."""
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.voice.base import BUILT_IN, find_engine

    here, language = Surroundings.here(), str(context.params.get("language") or "en")
    found: list[tuple[str, str]] = []
    for name in BUILT_IN:
        with suppress(AudiocoachError, ImportError):
            found += [
                (each.spec, f"needs: {each.step}" if each.step else "ready")
                for each in find_engine(name, here).offers(language)
            ]
    found.sort(key=lambda each: each[1] != "ready")
    return [each for each in found if each[0].startswith(incomplete)]


def removable(incomplete: str) -> list[str]:
    """The voices that the user added, and can remove."""
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.voice.adding import removable as all_of_them

    return _beginning(incomplete, all_of_them(Surroundings.here()))


def exercises(context: typer.Context, incomplete: str) -> list[str]:
    """The exercises of the routine named earlier on the line, each as one word."""
    from audiocoach.routine.load import load

    # A flag that waits for its value ends the parsing: what came before is left over.
    named: list[str] = context.args or ["foot-relief"]
    names: list[str] = []
    for source in named:
        with suppress(AudiocoachError):
            names += [each.name.replace(" ", "-") for each in load(source).all_exercises()]
    return _beginning(incomplete, dict.fromkeys(names))


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
