"""Keeps what a routine was compiled to, so that the same build need not do it again.

Reading a routine and compiling it takes a third of a rebuild, most of it to import what does it.
What is kept holds only for what it came from: the bytes of the routine, what is asked of the build
from anywhere, and the program itself (its own files, the packages beside it, Python). If anything
differs, it is compiled again. So is any routine that names sound files, because those may change
independently.

It is kept on this computer alone, and made of a few classes of ours that hold values and do
nothing: whoever can write into the cache can't have anything else made of it.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from audiocoach.delivery.comment import Remarks
from audiocoach.routine.bundle import content_of
from audiocoach.settings.resolve import Options, Resolved
from audiocoach.settings.surroundings import PREFIX, Surroundings
from audiocoach.store import Cache
from audiocoach.store.entry import key
from audiocoach.timeline.script import Script

KIND: Final = "script"
_PROTOCOL: Final = 5
_TRUSTED: Final = {
    *("audiocoach.delivery.comment", "audiocoach.recall", "audiocoach.routine.levels"),
    *("audiocoach.routine.times", "audiocoach.settings.resolve", "audiocoach.settings.table"),
    *("audiocoach.settings.values", "audiocoach.timeline.script", "pathlib"),
}
"""The modules of all classes that may be kept."""
_UNREADABLE: Final = (
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
)
"""With LookupError, TypeError and ValueError all that reading anything may raise."""


class Compiled(NamedTuple):
    """A routine compiled for one build: all that a session is made of."""

    script: Script
    chosen: Resolved
    remarks: Remarks


class Recall:
    """What one build was compiled to, if it is known."""

    def __init__(
        self, kept: Cache, source: str | Path, options: Options, surroundings: Surroundings
    ) -> None:
        """`kept` is where it is looked for. Raises ConfigError."""
        self._cache = kept
        self._made_from = (source, options, surroundings)
        self._key = _key(*self._made_from)

    def found(self) -> Compiled | None:
        """What was kept; None if nothing was, or nothing that can be used."""
        payload = self._cache.get(KIND, self._key) if self._key else None
        try:
            found = _Reader(BytesIO(payload)).load() if payload else None
        except (*_UNREADABLE, LookupError, TypeError, ValueError):
            return None
        return found if isinstance(found, Compiled) else None

    def keep(self, compiled: Compiled) -> None:
        """Keep it for the next time, unless the routine was changed meanwhile."""
        if self._key and self._key == _key(*self._made_from):
            written = BytesIO()
            _Writer(written, _PROTOCOL).dump(compiled)
            self._cache.put(KIND, self._key, written.getvalue())


class _Writer(pickle.Pickler):
    """Writes a member of an enumeration as its class and its value, under every Python."""

    def reducer_override(self, obj: object) -> Any:
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


class _Reader(pickle.Unpickler):
    """Makes objects of the classes in `_TRUSTED` only."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(import_module(module), name) if module in _TRUSTED else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is none of those that are kept")
        return found


def _key(source: str | Path, options: Options, surroundings: Surroundings) -> str | None:
    """What a build is kept under; None where the routine or the program can't be read."""
    config = surroundings.config
    own = sorted((name, text) for name, text in surroundings.environ.items() if PREFIX in name)
    try:
        parts = (_program(), str(source), content_of(source), str(Path.home()))
    except (OSError, RuntimeError, ValueError):  # no such file, no home, a name with a NUL
        return None
    return key(KIND, *parts, repr(options), repr(own), repr(config))


@cache
def _program() -> str:
    """All that decides what a routine is compiled to. Raises OSError where it is not in files."""
    return repr((sys.version, sorted(_files(Path(__file__).parent)), sorted(_packages())))


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    """The files of the program: the path, size and time of each."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir():
                if each.name != "__pycache__":
                    yield from _files(each.path)
            else:
                status = each.stat()
                yield each.path, status.st_size, status.st_mtime_ns


def _packages() -> Iterator[str]:
    """Every package that is installed where Python looks for them, with its version."""
    for folder in sys.path:
        if folder.endswith("-packages"):
            with os.scandir(folder) as found:
                yield from (each.path for each in found if each.name.endswith("-info"))
