"""Bytes that are too many for the memory."""

from __future__ import annotations

from tempfile import TemporaryFile
from weakref import finalize


class Spool:
    """Bytes in a file without a name, which is gone when nobody holds this any more."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by the line below
        finalize(self, self._file.close)

    def add(self, content: bytes) -> None:
        """Put something at the end."""
        self.put(self._file.seek(0, 2), content)

    def put(self, at: int, content: bytes) -> None:
        """Put something at a place."""
        self._file.seek(at)
        self._file.write(content)

    def get(self, at: int, size: int) -> bytes:
        """What stands at a place: so many bytes, or those until the end."""
        self._file.seek(at)
        return self._file.read(size)
