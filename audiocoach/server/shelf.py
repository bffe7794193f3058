"""A server's routines: the bundled ones, and those in a folder, read again when they change.

A name in a request is looked up in what was found here; it never becomes a path.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from audiocoach.errors import RoutineError
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine

_ENDINGS: Final = (".yaml", ".yml")
_MOST_FILES: Final = 500
"""Of a folder; the first ones by name."""
_LOOKS_AGAIN: Final = 1.0
"""Seconds in which a folder is not looked at twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A routine as it was read. Read again, it is another book."""

    name: str
    routine: Routine


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that can't be used, and why."""

    name: str
    problem: str


_Found = Book | Unusable


class Shelf:
    """All books by name, the user's own first; these hide bundled ones of the same name."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._bundled: dict[str, Book] = {}
        self._own: dict[Path, tuple[object, _Found]] = {}
        self._looked = 0.0
        self._lock = Lock()

    def books(self) -> Mapping[str, Book | Unusable]:
        """The current books; may read files."""
        with self._lock:
            if not self._bundled:
                self._bundled = {name: Book(name, load(name)) for name, _ in bundled()}
            if self._folder and time.monotonic() - self._looked > _LOOKS_AGAIN:
                self._own = self._read_folder(self._folder)
                self._looked = time.monotonic()
            own = {book.name: book for _, book in self._own.values()}
        return {**own, **{name: book for name, book in self._bundled.items() if name not in own}}

    def _read_folder(self, folder: Path) -> dict[Path, tuple[object, _Found]]:
        found: dict[Path, tuple[object, _Found]] = {}
        with suppress(OSError):  # it is gone, or was unplugged: then it holds nothing
            files = sorted(each for each in folder.iterdir() if each.suffix in _ENDINGS)
            for file in files[:_MOST_FILES]:
                stamp = _stamp(file)
                kept = self._own.get(file)
                found[file] = kept if kept and kept[0] == stamp else (stamp, _read(file))
        return found


def _stamp(file: Path) -> object:
    """What differs when a file was written again."""
    with suppress(OSError):
        status = file.stat()
        return status.st_mtime_ns, status.st_size, status.st_ino
    return None


def _read(file: Path) -> _Found:
    try:
        # Its path is nobody's business, and no other file of this computer is served.
        return Book(file.stem, load(file, name=file.name, sounds=False))
    except RoutineError as error:
        return Unusable(file.stem, str(error))
