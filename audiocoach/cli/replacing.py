"""Files that stand where sessions are to be written: what is the user's own is not lost."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from audiocoach.cli.output import fancy, is_terminal, say
from audiocoach.delivery.ours import Standing
from audiocoach.errors import DeliveryError
from audiocoach.wording import printable


def ask_before_replacing(paths: Iterable[Path], *, overwrite: bool) -> dict[Path, Standing]:
    """What stands at each path now; asks before what audiocoach did not make is written over.

    Where nobody can answer, and where the answer is no, raises DeliveryError.
    """
    standing = {path: Standing(path) for path in paths}
    for path, each in standing.items():
        if each.is_foreign and not overwrite and not _may_replace(path):
            raise DeliveryError(
                f"{path} exists, and audiocoach did not make it; name another file with "
                "--output, or say --overwrite",
                path,
            )
    return standing


def say_if_another(standing: Standing, title: str) -> None:
    """Say that a session of another title was replaced."""
    if standing.is_another(title):
        say(f"{printable(str(standing.path))} was another session, and is replaced")


def _may_replace(path: Path) -> bool:
    if not (is_terminal(sys.stdin) and fancy()):
        return False
    question = f"{printable(str(path))} exists, and audiocoach did not make it. Write over it?"
    return typer.confirm(question, err=True)
