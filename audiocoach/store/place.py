"""Where the bytes of entries are kept: what a cache needs from a folder or a bucket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

VERSION: Final = "v1"
"""Of the layout: an entry is `v1/KIND/xx/KEY` of a place, xx being how the key begins."""
ENVIRONMENT: Final = "AUDIOCOACH_CACHE"
"""The name for messages; whoever opens the cache reads the variable."""


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
    """Keeps entries, each complete or not at all; any number of processes may share a place.

    Failures raise OSError; `FileNotFoundError` from `read` just means that there is no such entry.
    """

    @property
    def where(self) -> str:
        """What the user calls it."""

    def read(self, kind: str, key: str, most: int = -1) -> tuple[bytes, int | None]:
        """The first bytes of an entry, at most that many, and its full size if known."""

    def write(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry, replacing any existing one."""

    def entries(self) -> Iterator[Kept]:
        """Every entry. Raises DeliveryError if they can't be seen."""

    def remove(self, entries: Iterable[Kept]) -> None:
        """Remove those of these that still exist. Raises DeliveryError."""

    def prove(self) -> None:
        """Return if entries can be kept here."""

    def unkept(self, reason: OSError) -> str:
        """A line saying that nothing can be kept here, why, and what to do about it."""
