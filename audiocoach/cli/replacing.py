"""Files that stand where sessions are to be written: what is the user's own is not lost."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audiocoach.cli.output import fancy, is_terminal, say
from audiocoach.delivery.ours import Standing
from audiocoach.errors import DeliveryError
from audiocoach.wording import printable

if TYPE_CHECKING:
    from audiocoach.batch.variants import Variant


def ask_before_replacing(variants: Iterable[Variant], *, overwrite: bool) -> dict[Path, Standing]:
    """What stands now where each is to go; asks before what audiocoach did not make is replaced.

    Where nobody can answer, and where the answer is no, raises DeliveryError. The routine itself
    is never replaced: that, the build tells.
    """
    standing = {}
    for each in variants:
        path = each.output
        standing[path] = there = Standing(path)
        if there.is_foreign and not (overwrite or _same(path, each.source) or _may_replace(path)):
            raise DeliveryError(
                f"{path} exists, and audiocoach did not make it; name another file with "
                "--output, or say --overwrite",
                path,
            )
    return standing


def _same(path: Path, source: str) -> bool:
    with suppress(OSError, ValueError):  # a bundled name
        return path.samefile(source)
    return False


def say_if_another(standing: Standing, title: str) -> None:
    """Say that a session of another title was replaced."""
    if standing.is_another(title):
        say(f"{printable(str(standing.path))} was another session, and is replaced")


def _may_replace(path: Path) -> bool:
    if not (is_terminal(sys.stdin) and fancy()):
        return False
    question = f"{printable(str(path))} exists, and audiocoach did not make it. Write over it?"
    return typer.confirm(question, err=True)
