"""A cache of objects in memory."""

from __future__ import annotations


class MemoryCache:
    """Keeps what it is given, by kind and key."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        return self.objects.get((kind, key))

    def put(self, kind: str, key: str, payload: bytes) -> None:
        self.objects[kind, key] = payload
