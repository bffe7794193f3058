"""An entry of the cache, as bytes: a header of 64 bytes with a checksum of its own, then the
payload.

     4  magic "acc1"     8  samples        8  payload length
    28  BLAKE2b of the payload            16  BLAKE2b of kind, key and the 48 bytes before

An entry that is damaged, cut short or of another kind or key counts as missing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import blake2b

MAGIC = b"acc1"
FIELDS = struct.Struct("<4sQQ28s")
GUARD_SIZE = 16
HEADER_SIZE = FIELDS.size + GUARD_SIZE


def key(*parts: str | bytes | int) -> str:
    """The key for what is made from these parts (40 hex digits).

    Each part is hashed with its type and length, so two different lists of parts never share a key.
    """
    digest = blake2b(digest_size=20)
    for part in parts:
        kind, content = _encoded(part)
        digest.update(kind + len(content).to_bytes(8, "little") + content)
    return digest.hexdigest()


def _encoded(part: str | bytes | int) -> tuple[bytes, bytes]:
    match part:
        case str():
            return b"s", part.encode(errors="surrogatepass")
        case bytes():
            return b"b", part
        case int():
            return b"i", str(part).encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was read: its header is intact and its own; its payload may be damaged."""

    samples: int
    length: int
    """Bytes of the payload, by the header."""
    digest: bytes
    payload: bytes
    """The payload, as far as it was read."""

    @property
    def whole(self) -> bool:
        """Whether the payload is what was stored."""
        return _hash(self.payload) == self.digest


def sealed(kind: str, key: str, payload: bytes, samples: int) -> bytes:
    """The bytes of an entry."""
    fields = FIELDS.pack(MAGIC, samples, len(payload), _hash(payload))
    return fields + _guard(fields, kind, key) + payload


def opened(kind: str, key: str, content: bytes) -> Entry | None:
    """The entry that begins with these bytes; None if its header is damaged, or another entry's."""
    header, guard = content[: FIELDS.size], content[FIELDS.size : HEADER_SIZE]
    if guard != _guard(header, kind, key):
        return None
    magic, samples, length, digest = FIELDS.unpack(header)
    return Entry(samples, length, digest, content[HEADER_SIZE:]) if magic == MAGIC else None


def _guard(fields: bytes, kind: str, key: str) -> bytes:
    """Binds a header to its entry, so a file renamed to another key is noticed."""
    return blake2b(fields + f"{kind}/{key}".encode(), digest_size=GUARD_SIZE).digest()


def _hash(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=28).digest()
