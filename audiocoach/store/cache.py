"""The cache as everyone uses it: what it returns is intact, and no failure stops a build."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from audiocoach.errors import DeliveryError
from audiocoach.store import entry
from audiocoach.store.entry import HEADER_SIZE, Entry
from audiocoach.store.folder import Folder
from audiocoach.store.place import Place

if TYPE_CHECKING:
    from concurrent.futures import Future

    from audiocoach.store.couriers import Couriers

_Found = TypeVar("_Found")

DECODED: Final = "decoded"
"""The kind of what is decoded again from a file of the user's, who still has it."""
OWN: Final = frozenset({DECODED, "notice", "probe", "script", "voice-file"})
"""Kinds that concern a single computer: notices shown there, the state of its network and files."""
_LENGTH: Final = "length"
"""The kind under which the folder near a distant place keeps how long an entry there is."""
_MOST_WAITING: Final = 64
"""Entries on their way to a distant place; the next one has to wait."""


class Cache:
    """The cache in a place; of a folder the path is enough.

    What is read from a distant place is also kept `near`. What is stored is near at once, and on
    its way to the distant place until `flush`. A place that can't be written never stops a build:
    entries then stay near, or in memory until it ends, and `warning` says so in one line.
    """

    def __init__(self, place: Place | Path, near: Folder | None = None) -> None:
        self.place = Folder(place) if isinstance(place, Path) else place
        self.near = near
        self._warning: str | None = None
        self._written = False
        self._memory: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._sending: deque[Future[bool]] = deque()

    @property
    def where(self) -> str:
        """The folder, or the address, as the user calls it."""
        return self.place.where

    @property
    def warning(self) -> str | None:
        """Why something is not kept, and what to do about it; None if everything is."""
        self.flush()
        return self._warning

    def get(self, kind: str, key: str) -> bytes | None:
        """The payload, or None if there is no intact entry."""
        if remembered := self._memory.get((kind, key)):
            return remembered[1]
        for place in self._places(kind):
            found = _read(place, kind, key)
            if found and found.whole:
                if place is not self.near:
                    self._bring(kind, key, found.payload, found.samples)
                return found.payload
        return None

    def length(self, kind: str, key: str, *, near: bool = False) -> int | None:
        """The samples the entry was put with, read from its header alone; None when missing.

        `near` asks no distant place.

        The size is checked where the place tells it, the payload is not: `get` may still find it
        damaged.
        """
        if remembered := self._memory.get((kind, key)):
            return remembered[0]
        nearest, *distant = self._places(kind)
        found = _read(nearest, kind, key, HEADER_SIZE)
        if found is None and distant:
            known = entry.key(kind, key)
            found = _read(nearest, _LENGTH, known, HEADER_SIZE)
            if near or found is not None:
                return found.samples if found else None
            if found := _read(self.place, kind, key, HEADER_SIZE):
                self._bring(_LENGTH, known, b"", found.samples)
        return found.samples if found else None

    def lengths(self, kind: str, keys: Iterable[str], *, near: bool = False) -> dict[str, int]:
        """The length of each of these entries that exists.

        A distant place is asked for all at once, and with `near` for none.
        """
        return self._each(partial(self.length, kind, near=near), keys)

    def payloads(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The payload of each of these that is intact; a distant place is asked for all at once."""
        return self._each(partial(self.get, kind), keys)

    def put(self, kind: str, key: str, payload: bytes, *, samples: int = 0) -> None:
        """Keep `payload`; `samples` (0 or more) is the number `length` will give. Never fails."""
        content = entry.sealed(kind, key, payload, samples)
        nearest, *distant = self._places(kind)
        kept = self._keep(nearest, kind, key, content)
        if kept and distant:
            send = partial(self._keep, self.place, kind, key, content)
            self._sending.append(self._couriers.send(send))
            self.flush(_MOST_WAITING)
        elif distant:
            kept = self._keep(self.place, kind, key, content)
        if not kept:
            self._memory[kind, key] = (samples, payload)

    def flush(self, most: int = 0) -> None:
        """Wait until at most that many entries are on their way to a distant place."""
        while len(self._sending) > most:
            with suppress(IndexError):  # another thread waits for the last one
                self._sending.popleft().result()

    def prove(self) -> None:
        """Return if entries can be kept. Raises DeliveryError with what to do about it."""
        try:
            self.place.prove()
        except OSError as reason:
            raise DeliveryError(self.place.unkept(reason)) from reason

    def usage(self) -> dict[str, tuple[int, int]]:
        """How many entries and bytes there are of each kind. Raises DeliveryError."""
        self.flush()
        return usage_of(self.place)

    def clear(self) -> int:
        """Remove every entry; gives the bytes that were freed. Raises DeliveryError."""
        self.flush()
        if self.near is not None:
            self.near.remove(self.near.entries())
        kept = list(self.place.entries())
        self.place.remove(kept)
        self._memory.clear()
        return sum(each.size for each in kept)

    def trim(self, limit: int, dear: Collection[str] = ()) -> int:
        """Drop the least recently used entries until at most nine tenths of `limit` bytes are left.

        What is large and soon made again goes first. Entries of a `dear` kind, which cost requests
        to a service, go only when nothing else is left. Only checks if something was stored since
        the cache was opened. For a distant place, only near entries go. Returns the bytes freed.
        """
        folder = self.near or self.place
        if not (self._written and isinstance(folder, Folder)):
            return 0
        return folder.trim(limit, first=DECODED, last=dear)

    def _places(self, kind: str) -> tuple[Place, ...]:
        """Where entries of a kind are, the nearest first."""
        if self.near is None:
            return (self.place,)
        return (self.near,) if kind in OWN else (self.near, self.place)

    def _keep(self, place: Place, kind: str, key: str, content: bytes) -> bool:
        """Write an entry; False if it can't be. What is not near is only slower, and no matter."""
        try:
            place.write(kind, key, content)
        except OSError as reason:
            if place is self.place:
                self._warning = place.unkept(reason)
            return False
        self._written = True
        return True

    def _bring(self, kind: str, key: str, payload: bytes, samples: int) -> None:
        """Keep near what was found far away."""
        if self.near is not None:
            self._keep(self.near, kind, key, entry.sealed(kind, key, payload, samples))

    def _each(self, find: Callable[[str], _Found | None], keys: Iterable[str]) -> dict[str, _Found]:
        """What is found for each key, without the keys for which there is nothing."""
        wanted = list(dict.fromkeys(keys))
        found = map(find, wanted) if self.near is None else self._couriers.map(find, wanted)
        return {key: each for key, each in zip(wanted, found, strict=True) if each is not None}

    @cached_property
    def _couriers(self) -> Couriers:
        from audiocoach.store.couriers import Couriers  # 5 ms, for those with a distant place

        return Couriers()


def usage_of(place: Place) -> dict[str, tuple[int, int]]:
    """How many entries and bytes a place has of each kind. Raises DeliveryError."""
    found: dict[str, tuple[int, int]] = {}
    for kept in place.entries():
        count, total = found.get(kept.kind, (0, 0))
        found[kept.kind] = (count + 1, total + kept.size)
    return found


def _read(place: Place, kind: str, key: str, most: int = -1) -> Entry | None:
    """The entry, at most so many bytes of it, if its header is this entry's and whole."""
    try:
        content, size = place.read(kind, key, most)
    except OSError:
        return None
    found = entry.opened(kind, key, content)
    torn = found and size is not None and size != HEADER_SIZE + found.length
    return None if torn else found
