"""The routines that come with audiocoach, and where any routine is. It imports nothing, for
completion."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

SIZE_LIMIT: Final = 1_000_000
"""Bytes of a routine file; the longest sensible one has a hundredth of that."""


def bundled() -> list[tuple[str, Traversable]]:
    """The routines that come with audiocoach: name and file, by name."""
    found = (files("audiocoach.routine") / "library").iterdir()
    return sorted(
        ((file.name.removesuffix(".yaml"), file) for file in found if file.name.endswith(".yaml")),
        key=lambda pair: pair[0],
    )


def is_path(source: str) -> bool:
    """Whether a text names a file, as it has a slash or an ending, and not a bundled routine."""
    return "/" in source or "\\" in source or "." in source


def content_of(source: str | Path) -> bytes:
    """The bytes of a routine, at most one more than it may have.

    Raises FileNotFoundError if there is none, or what is there is no regular file, OSError if it
    can't be read.
    """
    file = Path(source) if not isinstance(source, str) or is_path(source) else _bundled_file(source)
    if not file.is_file():
        raise FileNotFoundError(file)
    with file.open("rb") as opened:
        return opened.read(SIZE_LIMIT + 1)


def _bundled_file(name: str) -> Traversable:
    return files("audiocoach.routine") / "library" / f"{name}.yaml"
