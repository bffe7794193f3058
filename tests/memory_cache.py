"""A cache of objects in memory."""

from __future__ import annotations

from collections.abc import Iterable


class MemoryCache:
    """Keeps what it is given, by kind and key."""

    warning = None

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        return self.objects.get((kind, key))

    def payloads(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: self.objects[kind, key] for key in keys if (kind, key) in self.objects}

    def put(self, kind: str, key: str, payload: bytes) -> None:
        self.objects[kind, key] = payload
