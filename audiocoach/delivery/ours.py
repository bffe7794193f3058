"""What already exists where a session will be written: nothing, a session, or another file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Final

from audiocoach.delivery.formats import FORMATS

_MARK: Final = b"audiocoach"
"""The artist in the tag of every sound, and in the name of its plan."""
_BEGINNINGS: Final = (
    *(row.begins for row in FORMATS if row.begins),
    rb'\{\n  "\$schema": ".*",\n  "title": "audiocoach routine",\n',
)
"""Of the texts we write: every sheet, and the schema of routines."""
_ENDS: Final = 1 << 20
"""Bytes at the beginning and at the end of a file: in one of them its tag is."""


class Standing:
    """The file at a path, as it is now."""

    def __init__(self, path: Path, begins: Sequence[bytes] = ()) -> None:
        """`begins`: how else a text of ours may begin, as regular expressions."""
        self.path = path
        self._begins = (*_BEGINNINGS, *begins)
        self._ends = _ends(path)

    @property
    def is_foreign(self) -> bool:
        """Whether it contains anything that audiocoach did not make."""
        return bool(self._ends) and not self._is_ours()

    def _is_ours(self) -> bool:
        """In a text anybody may have written our name, so it must begin as ours do."""
        if b"\0" in self._ends:
            return _MARK in self._ends
        return any(re.match(begins, self._ends) for begins in self._begins)

    def is_another(self, title: str) -> bool:
        """Whether it is a session with another title."""
        return bool(self._ends) and not any(each in self._ends for each in _as_written(title))


def _as_written(title: str) -> Iterator[bytes]:
    """A title as the tags of each format hold it, with what stands before it there."""
    with suppress(UnicodeEncodeError):
        yield b"\0" + title.encode("latin-1")  # ID3
    yield b"\1\xff\xfe" + title.encode("utf-16-le")  # ID3, what Latin-1 lacks
    yield b"TITLE=" + title.encode()  # Vorbis comments
    yield b"\0\0\0\1\0\0\0\0" + title.encode()  # MP4
    yield b">" + escape(title).encode()  # the page


def _ends(path: Path) -> bytes:
    """The beginning and the end of a file; nothing of what is none, or can't be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            begin = file.read(_ENDS)
            file.seek(max(len(begin), path.stat().st_size - _ENDS))
            return begin + file.read(_ENDS)
    except (OSError, ValueError):
        return b""
