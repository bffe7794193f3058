"""Bytes that would not fit in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from weakref import finalize

from audiocoach.errors import DeliveryError


class Spool:
    """Bytes in an unnamed file, which disappears with the last reference to this."""

    def __init__(self) -> None:
        with _told():
            self._file = TemporaryFile()  # noqa: SIM115 - closed by the line below
        finalize(self, self._file.close)

    def add(self, content: bytes) -> None:
        """Append something. Raises DeliveryError."""
        self.put(self._file.seek(0, os.SEEK_END), content)

    def put(self, at: int, content: bytes) -> None:
        """Put something at a place. Raises DeliveryError."""
        with _told():
            self._file.seek(at)
            self._file.write(content)
            self._file.flush()

    def get(self, at: int, size: int) -> bytes:
        """The bytes at a place: that many, or all until the end."""
        self._file.seek(at)
        return self._file.read(size)


@contextmanager
def _told() -> Iterator[None]:
    """Let an error of the disk be one of ours, about the folder that the user does not see."""
    try:
        yield
    except OSError as error:
        folder = Path(gettempdir())
        raise DeliveryError(
            f"cannot write a temporary file in {folder}: {error.strerror or error}; "
            "make room there, or set TMPDIR to another folder",
            folder,
        ) from error
