"""The server's cache: what was read recently is not read from disk again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from audiocoach.store import DECODED, Cache
from audiocoach.store.folder import Folder
from audiocoach.store.place import Place

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

_MOST_BYTES: Final = 48_000_000
"""Regions and what is as small, of about ten sessions of twenty minutes with nothing in common."""
_MOST_LENGTHS: Final = 50_000
_MOST_UNWRITTEN: Final = 1_000
"""Entries that live in memory alone, as the disk is full."""
_LARGE: Final = frozenset({"clip", DECODED})
"""Kinds that are asked for once, when a region is encoded or a bed is laid."""


class Bounded(Generic[_Key, _Value]):
    """A map that drops the least recently used values when their total cost grows too high."""

    def __init__(self, most: int, cost: Callable[[_Value], int]) -> None:
        self._most, self._cost = most, cost
        self._held: OrderedDict[_Key, _Value] = OrderedDict()
        self._sum = 0
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value, unless it alone costs too much."""
        with self._lock:
            if key in self._held:
                self._sum -= self._cost(self._held.pop(key))
            self._held[key] = value
            self._sum += self._cost(value)
            while self._sum > self._most:
                _, dropped = self._held.popitem(last=False)
                self._sum -= self._cost(dropped)


class MemoryCache(Cache):
    """The cache in a place, with what was last read from it in memory."""

    def __init__(self, place: Place, near: Folder | None = None) -> None:
        super().__init__(place, near)
        self._payloads: Bounded[tuple[str, str], bytes] = Bounded(_MOST_BYTES, len)
        self._lengths: Bounded[tuple[str, str], int] = Bounded(_MOST_LENGTHS, lambda _: 1)

    def get(self, kind: str, key: str) -> bytes | None:
        """The payload, or None when there is no sound entry."""
        found = self._payloads.get((kind, key))
        if found is None and (found := super().get(kind, key)) and kind not in _LARGE:
            self._payloads.put((kind, key), found)
        return found

    def put(self, kind: str, key: str, payload: bytes, *, samples: int = 0) -> None:
        """Keep `payload`; if the disk refuses, enough of it in memory to make a session."""
        super().put(kind, key, payload, samples=samples)
        while len(self._memory) > _MOST_UNWRITTEN:
            del self._memory[next(iter(self._memory))]

    def length(self, kind: str, key: str) -> int | None:
        """The samples the entry was put with; None when missing."""
        found = self._lengths.get((kind, key))
        if found is None and (found := super().length(kind, key)) is not None:
            self._lengths.put((kind, key), found)
        return found
