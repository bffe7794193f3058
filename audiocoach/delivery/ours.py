"""What stands where a session is to be written: nothing, a session, or a file of somebody's own."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from audiocoach.delivery.id3 import ARTIST

_MARK: Final = ARTIST.encode()
"""It is in every session, whatever the format."""
_ENDS: Final = 1 << 20
"""Bytes at the beginning and at the end of a file: in one of them its tag is."""
_ENCODINGS: Final = ("utf-8", "utf-16-le", "latin-1")
"""In which a tag may hold a title."""


class Standing:
    """The file at a path, as it is now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends = _ends(path)

    @property
    def is_foreign(self) -> bool:
        """Whether something is in it that audiocoach did not make."""
        return bool(self._ends) and _MARK not in self._ends

    def is_another(self, title: str) -> bool:
        """Whether it is a session of another title."""
        titles = {
            text.encode(code, "ignore") for text in (title, escape(title)) for code in _ENCODINGS
        }
        return bool(self._ends) and not any(each in self._ends for each in titles if each)


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
