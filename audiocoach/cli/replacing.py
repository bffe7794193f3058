"""Files that already exist where sessions will be written: the user's own are not lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from audiocoach.cli.output import fancy, is_terminal, say
from audiocoach.delivery.ours import Standing
from audiocoach.errors import DeliveryError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.wording import printable

if TYPE_CHECKING:
    from audiocoach.batch.variants import Variant

_MOST_NAMED: Final = 3
"""Files that a line names."""


def ask_before_replacing(
    variants: Iterable[Variant],
    *,
    overwrite: bool,
    is_known: Callable[[Path], bool] = lambda path: False,  # noqa: ARG005 - none is
) -> None:
    """Ask before sessions, or files next to them, replace files that audiocoach did not make.

    Files that `is_known` are not examined. Raises DeliveryError if nobody can answer, or the answer
    is no. Files that the sessions are made from are never replaced: the build refuses that itself.
    """
    if overwrite:
        return
    there = (path for each in variants for path in each.standing() if not is_known(path))
    if foreign := [path for path in there if Standing(path).is_foreign]:
        from audiocoach.batch.inputs import Inputs

        inputs = Inputs(variants, Surroundings.here())
        _ask_about([path for path in foreign if not inputs.what_is(path)])


def ask_before_writing(
    *paths: Path, overwrite: bool, begins: Sequence[bytes] = (), flag: str = "--output"
) -> None:
    """The same for other files, named by a flag; `begins` says how else our own texts may begin."""
    if not overwrite:
        _ask_about([path for path in paths if Standing(path, begins).is_foreign], flag)


def _ask_about(foreign: list[Path], flag: str = "--output") -> None:
    """Ask, in one line, before these files are replaced. Raises DeliveryError as above."""
    if not foreign:
        return
    names = [printable(str(path)) for path in foreign]
    one, more = len(names) == 1, len(names) - _MOST_NAMED
    *others, last = names if more <= 0 else [*names[:_MOST_NAMED], f"{more:,} more"]
    told = " and ".join(filter(None, (", ".join(others), last)))
    told += (
        f" {'exists' if one else 'exist'}, and audiocoach did not make {'it' if one else 'them'}"
    )
    if not _may_replace(f"{told}. Overwrite {'it' if one else 'them'}?"):
        kind = "file" if one and flag == "--output" else "folder"
        remedy = f"name another {kind} with {flag}, or use --overwrite"
        raise DeliveryError(f"{told}; {remedy}", foreign[0])


def say_if_another(standing: Standing, title: str) -> None:
    """Say that a session of another title was replaced."""
    if standing.is_another(title):
        say(f"{printable(str(standing.path))} was another session, and is replaced")


def _may_replace(question: str) -> bool:
    return is_terminal(sys.stdin) and fancy() and typer.confirm(question, err=True)
