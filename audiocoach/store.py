"""The content cache: what was once made is kept under the hash of what it was made from.

One entry is one file, `root/v1/KIND/xx/KEY`: a header of 64 bytes that guards
itself, then the payload, which the header guards. Texts may be personal: they are
in no file name, and only their owner may open the folder, unless the user names
one: that may be shared, and then the umask rules.

    4  magic "acc1"     8  samples        8  payload length
   28  BLAKE2b of the payload            16  BLAKE2b of kind, key and the 48 bytes before

An entry that is damaged, cut short or of another kind or key counts as missing
and is replaced by the next `put`. An entry is written to a file beside it, which is
then renamed, so two builds at once never see half of one. Nothing is synced to
disk: after a power cut the checksums tell. What is used is touched once a day; when
the cache outgrows its limit, what was not used for longest goes first.
"""

from __future__ import annotations

import os
import re
import struct
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from audiocoach.errors import DeliveryError, UsageError

VERSION = "v1"
MAGIC = b"acc1"
FIELDS = struct.Struct("<4sQQ28s")
GUARD_SIZE = 16
HEADER_SIZE = FIELDS.size + GUARD_SIZE
TEMPORARY = ".writing-"
"""How the name of a file that is being written begins; a key never begins so."""
ABANDONED = 3600.0
"""Seconds after which a file that is still being written was left by a killed build."""
O_BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone has it, and writes "\\r\\n" for "\\n" without it."""
ENVIRONMENT = "AUDIOCOACH_CACHE"
LIMIT_ENVIRONMENT = "AUDIOCOACH_CACHE_LIMIT"
"""Both for messages: who opens the cache reads them."""
DEFAULT_LIMIT = 1_000_000_000
"""Bytes: about 30 sessions of 20 minutes, each with sentences of its own."""
TRIMMED_TO = 0.9
"""Of the limit, so that not every build has to trim."""
TOUCHED_EVERY = 24 * 3600.0
SIZE_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def open_cache(chosen: Path | None) -> Cache:
    """The user's cache: in the folder the user chose, or where the platform keeps caches."""
    if chosen:
        return Cache(chosen, shared=True)
    from platformdirs import user_cache_path  # 13 ms, for those who did not choose

    return Cache(user_cache_path("audiocoach", appauthor=False))


def size_limit(text: str) -> int:
    """The most bytes the cache may hold: 500 million of `500MB`, 1 GB of "".

    Raises UsageError for a text that is no size.
    """
    if not text:
        return DEFAULT_LIMIT
    match = re.fullmatch(r"(\d{1,9})\s*([KMGT]?B)?", text, re.IGNORECASE)
    if match is None:
        raise UsageError(f"{LIMIT_ENVIRONMENT}={text!r} is not a size; write it as 500MB or 2GB")
    return int(match[1]) * SIZE_UNITS[(match[2] or "").upper()]


def key(*parts: str | bytes | int) -> str:
    """The key for what is made from these parts (40 hex digits).

    Each part goes in with its type and length, so no two lists of parts share a key by
    the way they are joined.
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


class Cache:
    """The cache in the folder `root`, which is made when the first entry is put.

    A folder that can't be written never stops a build: entries then live in
    memory until it ends, and `warning` says so in one line.
    """

    def __init__(self, root: Path, *, shared: bool = False) -> None:
        self.root = root
        self.shared = shared
        self._mode = 0o777 if shared else 0o700
        self._written = 0
        self.warning: str | None = None
        self._memory: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._ready: set[Path] = set()

    def get(self, kind: str, key: str) -> bytes | None:
        """The payload, or None when there is no sound entry."""
        if remembered := self._memory.get((kind, key)):
            return remembered[1]
        found = self._read(kind, key)
        return found[2] if found and _hash(found[2]) == found[1] else None

    def length(self, kind: str, key: str) -> int | None:
        """The samples the entry was put with, read from its header alone; None when missing.

        The size of the file is checked, the payload is not: `get` may still find it damaged.
        """
        if remembered := self._memory.get((kind, key)):
            return remembered[0]
        found = self._read(kind, key, HEADER_SIZE)
        return found[0] if found else None

    def put(self, kind: str, key: str, payload: bytes, *, samples: int = 0) -> None:
        """Keep `payload`; `samples` (0 or more) is the number `length` will give. Never fails."""
        fields = FIELDS.pack(MAGIC, samples, len(payload), _hash(payload))
        path = self._path(kind, key)
        try:
            self._write(path, fields + _guard(fields, kind, key) + payload)
        except OSError as reason:
            self._memory[kind, key] = (samples, payload)
            self.warning = (
                f"the cache in {self.root} cannot be written "
                f"({reason.strerror or reason}); this build is not kept. Free space there, "
                f"or name another folder with {ENVIRONMENT}=/path/to/folder"
            )

    def usage(self) -> dict[str, tuple[int, int]]:
        """How many entries and bytes there are of each kind. Raises DeliveryError."""
        self._refuse_unreadable()
        found: dict[str, tuple[int, int]] = {}
        for _, size, path in self._entries():
            kind = path.parts[-3]
            count, total = found.get(kind, (0, 0))
            found[kind] = (count + 1, total + size)
        return found

    def clear(self) -> int:
        """Remove every entry; gives the bytes that were freed. Raises DeliveryError."""
        self._refuse_unreadable()
        freed = 0
        for _, size, path in self._entries():
            try:
                path.unlink(missing_ok=True)
            except OSError as reason:
                message = f"cannot remove {path}: {reason.strerror}"
                raise DeliveryError(message, path) from reason
            freed += size
        self._memory.clear()
        return freed

    def trim(self, limit: int, dear: Collection[str] = ()) -> int:
        """Drop what was not used for longest until at most nine tenths of `limit` bytes are left.

        What is of a `dear` kind, as it costs somebody's service, goes only when nothing else is
        left. Looks only if something was put since the cache was opened. Gives the bytes freed.
        """
        if not self._written:
            return 0
        entries = sorted(self._entries(), key=lambda each: (each[2].parts[-3] in dear, each[0]))
        excess = sum(size for _, size, _ in entries) - limit
        if excess <= 0:
            return 0
        excess += int(limit * (1 - TRIMMED_TO))
        freed = 0
        for _, size, path in entries:
            if freed >= excess:
                break
            with suppress(OSError):  # another build may have dropped it, or be reading it
                path.unlink()
                freed += size
        return freed

    def _read(self, kind: str, key: str, most: int = -1) -> tuple[int, bytes, bytes] | None:
        """Samples, payload hash and payload, if the header is this entry's and whole.

        At most so many bytes of it are read; the payload is not compared with its hash.
        """
        try:
            with self._path(kind, key).open("rb", buffering=0) as file:
                content = file.read(most)
                size = self._touch(file.fileno())
        except OSError:
            return None
        header, guard = content[: FIELDS.size], content[FIELDS.size : HEADER_SIZE]
        if guard != _guard(header, kind, key):
            return None
        magic, samples, length, digest = FIELDS.unpack(header)
        if magic != MAGIC or length != size - HEADER_SIZE:
            return None
        return samples, digest, content[HEADER_SIZE:]

    def _refuse_unreadable(self) -> None:
        """Raise DeliveryError if there is a folder in which entries can't be seen."""
        top = self.root / VERSION
        for folder in (top, *top.glob("*/"), *top.glob("*/*/")):
            try:
                with os.scandir(folder):
                    pass
            except FileNotFoundError:
                continue
            except OSError as reason:
                raise DeliveryError(
                    f"the cache in {self.root} cannot be read ({folder}: {reason.strerror}); "
                    f"mend that, or name another folder with {ENVIRONMENT}=/path/to/folder",
                    folder,
                ) from reason

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last used, its size in bytes, and its file."""
        for path in (self.root / VERSION).glob("*/*/[!.]*"):
            with suppress(OSError):
                status = path.stat()
                yield status.st_mtime, status.st_size, path

    def _touch(self, descriptor: int) -> int:
        """Note that an entry was used, once a day; gives its size in bytes."""
        status = os.fstat(descriptor)
        if os.utime in os.supports_fd and time.time() - status.st_mtime > TOUCHED_EVERY:
            with suppress(OSError):  # a cache that is read-only, or somebody else's
                os.utime(descriptor)
        return status.st_size

    def _path(self, kind: str, key: str) -> Path:
        return self.root / VERSION / kind / key[:2] / key

    def _write(self, path: Path, content: bytes) -> None:
        folder = path.parent
        if folder not in self._ready:
            if folder.is_dir():
                _sweep(folder)
            else:
                self.root.mkdir(self._mode, parents=True, exist_ok=True)
                for part in (folder.parent.parent, folder.parent, folder):
                    part.mkdir(self._mode, exist_ok=True)
            self._ready.add(folder)
        temporary = folder / f"{TEMPORARY}{os.urandom(8).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | O_BINARY
        descriptor = os.open(temporary, flags, self._mode & 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            _replace(temporary, path)
            self._written += len(content)
        except BaseException:  # Ctrl-C too
            with suppress(OSError):
                temporary.unlink()
            raise


def _replace(temporary: Path, path: Path) -> None:
    """Rename; on Windows an entry another build is reading can't be replaced."""
    try:
        temporary.replace(path)
    except PermissionError:
        # The entry is there under the hash of what it was made from: it is the same.
        if not (os.name == "nt" and path.exists()):
            raise
        temporary.unlink()


def _sweep(folder: Path) -> None:
    """Remove what a killed build left in this folder: looked for once, where one writes anyway."""
    limit = time.time() - ABANDONED
    for entry in os.scandir(folder):
        if entry.name.startswith(TEMPORARY):
            with suppress(OSError):  # another build swept it first
                if entry.stat().st_mtime < limit:
                    Path(entry.path).unlink()


def _guard(fields: bytes, kind: str, key: str) -> bytes:
    """Binds a header to its entry, so a file renamed to another key is noticed."""
    return blake2b(fields + f"{kind}/{key}".encode(), digest_size=GUARD_SIZE).digest()


def _hash(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=28).digest()
