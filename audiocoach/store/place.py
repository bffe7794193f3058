"""Where the bytes of entries are kept: what a cache asks of a folder, or of a bucket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

VERSION: Final = "v1"
"""Of the layout: an entry is `v1/KIND/xx/KEY` of a place, xx being how the key begins."""
ENVIRONMENT: Final = "AUDIOCOACH_CACHE"
"""For messages: who opens the cache reads it."""


def path_of(kind: str, key: str) -> str:
    """The path of an entry in its place, with slashes."""
    return f"{VERSION}/{kind}/{key[:2]}/{key}"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that a place holds."""

    kind: str
    path: str
    """The path as the place knows it."""
    size: int
    """Bytes."""


class Place(Protocol):
    """Keeps entries, each of them whole or not at all; any number of processes may share one.

    What can't be done raises OSError; `FileNotFoundError` of `read` says that there is no such
    entry, and nothing is wrong.
    """

    @property
    def where(self) -> str:
        """What the user calls it."""

    def read(self, kind: str, key: str, most: int = -1) -> tuple[bytes, int | None]:
        """An entry's first bytes, at most so many, and the size of it all if that is told."""

    def write(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry, in place of any there is."""

    def entries(self) -> Iterator[Kept]:
        """Every entry. Raises DeliveryError if they can't be seen."""

    def remove(self, entries: Iterable[Kept]) -> None:
        """Remove these, as far as they are still there. Raises DeliveryError."""

    def prove(self) -> None:
        """Return if entries can be kept here."""

    def unkept(self, reason: OSError) -> str:
        """One line: that nothing can be kept here, why, and what to do about it."""
