"""Entries in a folder, possibly on a network file system: one file each.

Texts may be personal: they are in no file name, and only their owner may open the folder, unless
the user names one: that may be shared, and then the umask rules.

An entry is written to a file beside it, which is then renamed, so builds at once, on whichever
machines, never see half of one, and none waits for another: there are no locks to be left behind.
Nothing is synced to disk: after a power cut the checksums tell. What is used is touched once a
day; when the folder outgrows its limit, what was not used for longest goes first.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from audiocoach.errors import DeliveryError
from audiocoach.store.place import ENVIRONMENT, VERSION, Kept, path_of

TEMPORARY = ".writing-"
"""How the name of a file being written begins; no key begins like this."""
ABANDONED = 3600.0
"""Seconds after which an unfinished file must have been left by a killed build."""
O_BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone has it, and writes "\\r\\n" for "\\n" without it."""
TRIMMED_TO = 0.9
"""Of the limit, so that not every build has to trim."""
TOUCHED_EVERY = 24 * 3600.0


class Folder:
    """The folder `root`, which is created when the first entry is written."""

    def __init__(self, root: Path, *, shared: bool = False) -> None:
        self.root = root
        self._mode = 0o777 if shared else 0o700
        self._ready: set[Path] = set()

    @property
    def where(self) -> str:
        """Its path."""
        return str(self.root)

    def read(self, kind: str, key: str, most: int = -1) -> tuple[bytes, int | None]:
        """The first bytes of an entry, at most that many, and its full size."""
        with self._path(kind, key).open("rb", buffering=0) as file:
            return file.read(most), _touch(file.fileno())

    def write(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry; nobody ever sees half of it."""
        path = self._path(kind, key)
        try:
            self._write(path, content)
        except FileNotFoundError:  # somebody removed the folder since we last wrote there
            self._ready.discard(path.parent)
            self._write(path, content)

    def entries(self) -> Iterator[Kept]:
        """Every entry. Raises DeliveryError if there is a folder in which they can't be seen."""
        self._refuse_unreadable()
        for _, entry in self._entries():
            yield entry

    def remove(self, entries: Iterable[Kept]) -> None:
        """Remove these files. Raises DeliveryError."""
        for entry in entries:
            path = self.root / entry.path
            try:
                path.unlink(missing_ok=True)
            except OSError as reason:
                message = f"cannot remove {path}: {reason.strerror}"
                raise DeliveryError(message, path) from reason

    def prove(self) -> None:
        """Return if files can be created in the folder and those below it, or the folder itself
        can."""
        from tempfile import TemporaryFile  # 4 ms, for who asks

        there = next(each for each in (self.root, *self.root.parents) if each.exists())
        with TemporaryFile(dir=there):
            pass
        for each in (self.root / VERSION).glob("**/"):
            if not os.access(each, os.W_OK):
                raise PermissionError(13, os.strerror(13), str(each))

    def trim(self, limit: int, *, first: str, last: Collection[str]) -> int:
        """Drop the least recently used entries, as `Cache.trim` says; returns the bytes freed."""

        def order(entry: tuple[float, Kept]) -> tuple[bool, bool, float]:
            used, kept = entry
            return kept.kind in last, kept.kind != first, used

        entries = sorted(self._entries(), key=order)
        excess = sum(entry.size for _, entry in entries) - limit
        if excess <= 0:
            return 0
        excess += int(limit * (1 - TRIMMED_TO))
        freed = 0
        for _, entry in entries:
            if freed >= excess:
                break
            with suppress(OSError):  # another build may have dropped it, or be reading it
                (self.root / entry.path).unlink()
                freed += entry.size
        return freed

    def unkept(self, reason: OSError) -> str:
        """A line saying that nothing can be written here, why, and what to do about it."""
        return (
            f"the cache in {self.root} cannot be written "
            f"({reason.strerror or reason}); what is made is not kept. Free space there, "
            f"or name another folder with {ENVIRONMENT}=/path/to/folder"
        )

    def _path(self, kind: str, key: str) -> Path:
        return self.root / path_of(kind, key)

    def _refuse_unreadable(self) -> None:
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
                    f"fix that, or name another folder with {ENVIRONMENT}=/path/to/folder",
                    folder,
                ) from reason

    def _entries(self) -> Iterator[tuple[float, Kept]]:
        """Each entry that can be seen, and when it was last used."""
        for path in (self.root / VERSION).glob("*/*/[!.]*"):
            with suppress(OSError):
                status = path.stat()
                place = path.relative_to(self.root).as_posix()
                yield status.st_mtime, Kept(path.parts[-3], place, status.st_size)

    def _write(self, path: Path, content: bytes) -> None:
        folder, new = path.parent, path.parent not in self._ready
        if new and not folder.is_dir():
            self.root.mkdir(self._mode, parents=True, exist_ok=True)
            for part in (folder.parent.parent, folder.parent, folder):
                part.mkdir(self._mode, exist_ok=True)
        temporary = folder / f"{TEMPORARY}{os.urandom(8).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | O_BINARY
        descriptor = os.open(temporary, flags, self._mode & 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                now = os.fstat(file.fileno()).st_mtime if new else 0.0
            _replace(temporary, path)
        except BaseException:  # Ctrl-C too
            with suppress(OSError):
                temporary.unlink()
            raise
        if new:
            self._ready.add(folder)
            _sweep(folder, now - ABANDONED)


def _touch(descriptor: int) -> int:
    """Note that an entry was used, once a day; gives its size in bytes."""
    status = os.fstat(descriptor)
    if os.utime in os.supports_fd and time.time() - status.st_mtime > TOUCHED_EVERY:
        with suppress(OSError):  # a cache that is read-only, or somebody else's
            os.utime(descriptor)
    return status.st_size


def _replace(temporary: Path, path: Path) -> None:
    """Rename; on Windows an entry another build is reading can't be replaced."""
    try:
        temporary.replace(path)
    except PermissionError:
        # The entry is there under the hash of what it was made from: it is the same.
        if not (os.name == "nt" and path.exists()):
            raise
        temporary.unlink()


def _sweep(folder: Path, before: float) -> None:
    """Remove what a killed build left in this folder: looked for once, where one writes anyway.

    `before` is by the clock of the file system: a server's may be hours from ours.
    """
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(TEMPORARY):
                with suppress(OSError):  # another build swept it first
                    if entry.stat().st_mtime < before:
                        Path(entry.path).unlink()
