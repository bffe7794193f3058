"""The cache as everyone uses it: what is got is whole, and nothing that fails stops a build."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from audiocoach.errors import DeliveryError
from audiocoach.store.entry import HEADER_SIZE, Entry, opened, sealed
from audiocoach.store.folder import Folder
from audiocoach.store.place import Place


class Cache:
    """The cache in a place; of a folder the path is enough.

    A place that can't be written never stops a build: entries then live in
    memory until it ends, and `warning` says so in one line.
    """

    def __init__(self, place: Place | Path) -> None:
        self.place = Folder(place) if isinstance(place, Path) else place
        self.warning: str | None = None
        self._written = False
        self._memory: dict[tuple[str, str], tuple[int, bytes]] = {}

    @property
    def where(self) -> str:
        """The folder, or the address, as the user wrote it."""
        return self.place.where

    def get(self, kind: str, key: str) -> bytes | None:
        """The payload, or None when there is no whole entry."""
        if remembered := self._memory.get((kind, key)):
            return remembered[1]
        found = self._read(kind, key)
        return found.payload if found and found.whole else None

    def length(self, kind: str, key: str) -> int | None:
        """The samples the entry was put with, read from its header alone; None when missing.

        The size is checked where the place tells it, the payload is not: `get` may still find it
        damaged.
        """
        if remembered := self._memory.get((kind, key)):
            return remembered[0]
        found = self._read(kind, key, HEADER_SIZE)
        return found.samples if found else None

    def put(self, kind: str, key: str, payload: bytes, *, samples: int = 0) -> None:
        """Keep `payload`; `samples` (0 or more) is the number `length` will give. Never fails."""
        try:
            self.place.write(kind, key, sealed(kind, key, payload, samples))
            self._written = True
        except OSError as reason:
            self._memory[kind, key] = (samples, payload)
            self.warning = self.place.unkept(reason)

    def prove(self) -> None:
        """Return if entries can be kept. Raises DeliveryError with what to do about it."""
        try:
            self.place.prove()
        except OSError as reason:
            raise DeliveryError(self.place.unkept(reason)) from reason

    def usage(self) -> dict[str, tuple[int, int]]:
        """How many entries and bytes there are of each kind. Raises DeliveryError."""
        found: dict[str, tuple[int, int]] = {}
        for entry in self.place.entries():
            count, total = found.get(entry.kind, (0, 0))
            found[entry.kind] = (count + 1, total + entry.size)
        return found

    def clear(self) -> int:
        """Remove every entry; gives the bytes that were freed. Raises DeliveryError."""
        entries = list(self.place.entries())
        self.place.remove(entries)
        self._memory.clear()
        return sum(entry.size for entry in entries)

    def trim(self, limit: int, dear: Collection[str] = ()) -> int:
        """Drop what was not used for longest until at most nine tenths of `limit` bytes are left.

        What is of a `dear` kind, as it costs somebody's service, goes only when nothing else is
        left. Looks only if something was put since the cache was opened. Gives the bytes freed.
        """
        return self.place.trim(limit, dear) if self._written else 0

    def _read(self, kind: str, key: str, most: int = -1) -> Entry | None:
        """The entry, at most so many bytes of it, if its header is this entry's and whole."""
        try:
            content, size = self.place.read(kind, key, most)
        except OSError:
            return None
        found = opened(kind, key, content)
        torn = found and size is not None and size != HEADER_SIZE + found.length
        return None if torn else found
