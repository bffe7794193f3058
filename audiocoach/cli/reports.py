"""The report on a finished session: on stderr for people, as JSON for programs."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from audiocoach.cli.output import fancy, say
from audiocoach.cli.program import program
from audiocoach.delivery.formats import PAGE, by_ending
from audiocoach.language import base
from audiocoach.settings.resolve import Chosen
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import clock, printable

if TYPE_CHECKING:
    from audiocoach.pipeline import Session
    from audiocoach.timeline.timeline import Fit


def report(session: Session, *, verbose: bool = False) -> None:
    """Report what was made, and how to play it; when `verbose`, also why it is as it is."""
    from audiocoach.delivery.json import notes_in_english

    path, *others = facts(session)
    typer.echo("  ".join([bold(path), *others]), err=True)
    for beside in session.beside:
        say(f"  {beside}")
    for chapter in session.chapters:
        say(f"  {clock(chapter.start // 1000 * 1000):>7}  {chapter.title}")
    if verbose:
        say(how_fitted(session.timeline.fit))
    for change in session.changes:
        say(change)
    for note in notes_in_english(session.timeline):
        say(f"note: {note}")
    say_who_speaks(session, verbose=verbose)
    if hint := _how_to_play(session.path):
        say(hint)
    if session.warning:
        say(f"warning: {session.warning}")


def how_fitted(fit: Fit) -> str:
    """How far the pauses are from their natural lengths, as a share of their leeway."""
    shortest, longest = _rough(fit.shortest + 499), _rough(fit.longest - 500)
    if fit.total == fit.natural:
        return f"at its natural length (possible: {shortest} to {longest})"
    return (
        f"pauses {stretched(fit)} of their leeway "
        f"(shortest {shortest}, natural {_rough(fit.natural)}, longest {longest})"
    )


def stretched(fit: Fit) -> str:
    """`stretched by 23 %`, of a session that is not at its natural length."""
    verb = "stretched" if fit.total > fit.natural else "shortened"
    return f"{verb} by {abs(fit.used)} %" if fit.used else f"{verb} by less than 1 %"


def _how_to_play(path: Path) -> str:
    """What to do to hear a file; "" for what is no file of one session."""
    if not path.is_file():
        return ""
    if by_ending(path) is PAGE:
        return "open it in a browser"
    if shutil.which("mpv") or find_spec("miniaudio"):
        written = str(path) if path.is_absolute() or "/" in str(path) else f"./{path}"
        return f"play it: {program()} play {shlex.quote(printable(written))}"
    return "play it with any player, here or on your phone"


def facts(session: Session) -> tuple[str, str, str, str]:
    """File, length, size and voice."""
    from audiocoach.timeline.script import SAMPLES_PER_MS

    return (
        printable(str(session.path)),
        clock(session.timeline.total // SAMPLES_PER_MS),
        f"{session.size / 1e6:.1f} MB",
        printable(session.voice),
    )


def bold(path: str) -> str:
    return typer.style(path, bold=True) if fancy() and "NO_COLOR" not in os.environ else path


def say_who_speaks(session: Session, *, verbose: bool = False) -> None:
    """How to get a natural voice, if no voice was chosen; when `verbose`, who speaks and why."""
    from audiocoach.voice.choice import EMBEDDED

    choice = session.choice
    if not choice.how_to_choose_otherwise:
        return
    if verbose:
        say(f"voice: {session.voice}")
        for reason in (*choice.why.split("; "), choice.how_to_choose_otherwise):
            say(f"  {reason}")
    elif choice.spec == EMBEDDED:
        language = session.timeline.language
        flag = "" if base(language) == "en" else f" --language {language}"
        say(f"this voice is built in; for a natural one: {program()} voices add natural{flag}")


def _rough(ms: int) -> str:
    return clock((ms + 500) // 1000 * 1000)


def session_json(session: Session) -> dict[str, Any]:
    from audiocoach.delivery.json import fit_json, notes_in_english
    from audiocoach.timeline.script import SAMPLES_PER_MS

    timeline = session.timeline
    return {
        "file": str(session.path),
        "size": session.size,
        "voice": session.voice,
        "voice_reason": session.choice.why,
        "length_ms": timeline.total // SAMPLES_PER_MS,
        "samples": timeline.total,
        "fit": fit_json(timeline.fit),
        "chapters": [
            {"title": part.title, "start_ms": part.start, "end_ms": part.end}
            for part in session.chapters
        ],
        "notes": notes_in_english(timeline),
        "beside": [str(path) for path in session.beside],
        "changed_by_you": list(session.changes),
        "settings": settings_json(session.settings.changed()),
    }


def settings_json(chosen: Mapping[str, Chosen]) -> dict[str, Any]:
    """Each setting as it would be written, and the place it comes from."""
    return {
        name: {"value": _json_value(name, each.value), "from": each.origin}
        for name, each in chosen.items()
    }


def _json_value(name: str, value: Any) -> Any:
    """A value for JSON: lists and switches as such, all else as the text of a flag."""
    if isinstance(value, bool):
        return value
    kind = SETTINGS[name].kind
    return (list(value) if kind.is_list else kind.write(value)) or None
