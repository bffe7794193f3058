"""The folder of added voices: whatever is put there is complete, or absent.

A file or folder is assembled in `.partial`, and put in place by a single rename. What an
interrupted download left there is continued by the next; two programs that add the same voice take
turns.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from audiocoach.errors import VoiceError
from audiocoach.store import key

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache

PARTIAL: Final = ".partial"
FOLDER_VARIABLE: Final = "AUDIOCOACH_VOICES"
"""For messages: who opens the shelf reads it."""
CHUNK: Final = 1 << 16

Progress = Callable[[int, int], None]
"""Called with how many bytes have arrived, and how many there will be."""


def root_of(surroundings: Surroundings, engine: str) -> Path:
    """The folder of an engine's voices: in the one that was chosen, or where users keep data."""
    if chosen := surroundings.folder("VOICES"):
        return chosen / engine
    from platformdirs import user_data_path  # 13 ms, for those who did not choose

    return user_data_path("audiocoach", appauthor=False) / "voices" / engine


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as its makers publish it."""

    name: str
    size: int
    digest: str
    """MD5 or SHA-256, as hex digits."""

    def verify(self, path: Path) -> None:
        """Delete a file that is not this one, and raise VoiceError."""
        digest, size = digest_of(path, self._kind), path.stat().st_size
        if size == self.size and digest == self.digest.lower():
            return
        path.unlink()
        raise VoiceError(
            f"{self.name} is damaged: {size} bytes with checksum {digest}, expected {self.size} "
            f"with {self.digest}; it was deleted. Run the same command again; if that does not "
            "help, it is another version: name another place with --from"
        )

    @property
    def _kind(self) -> str:
        return "md5" if len(self.digest) == 32 else "sha256"


def digest_of(path: Path, kind: str = "sha256") -> str:
    """The checksum of a file, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(
            file, partial(hashlib.new, kind, usedforsecurity=False)
        ).hexdigest()


def is_right(file: Path, sha256: str, cache: Cache) -> bool:
    """Whether a file has that checksum. Raises OSError when it can't be read.

    A file found correct is not read again until its size, time or place on the disk changes.
    """
    stat = file.stat()
    known = key(str(file), stat.st_size, stat.st_mtime_ns, stat.st_ino, sha256)
    if cache.get("voice-file", known) is None:
        if digest_of(file) != sha256:
            return False
        cache.put("voice-file", known, b"right")
    return True


def copied(original: Path, folder: Path, told: Told) -> Path:
    """Copy a file into a folder, and return its path. Raises VoiceError."""
    place = folder / original.name
    with original.open("rb") as file, place.open("wb") as copy:
        told.pass_on(iter(partial(file.read, CHUNK), b""), copy)
    told.finish(place.stat().st_size)
    return place


class Told:
    """Writes what arrives, and adds up the bytes for a progress bar."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._finished = 0
        self._current = 0

    def begin(self, current: int) -> None:
        """That many bytes of the current file have arrived."""
        self._current = current
        self._tell()

    def finish(self, size: int) -> None:
        """The current file is complete; the next one begins."""
        self._finished += size
        self.begin(0)

    def pass_on(self, pieces: Iterable[bytes], file: IO[bytes]) -> None:
        """Write the pieces. Raises VoiceError if the disk refuses them."""
        for piece in pieces:
            try:
                file.write(piece)
                file.flush()
            except OSError as reason:
                free = shutil.disk_usage(Path(file.name).parent).free
                raise VoiceError(
                    f"{file.name} cannot be written ({reason.strerror or reason}; the voice takes "
                    f"{self._total / 1e6:.0f} MB, {free / 1e6:.0f} MB are free); make room and "
                    f"run the same command again, or name another folder with {FOLDER_VARIABLE}"
                ) from reason
            self._current += len(piece)
            self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._finished + self._current, self._total)


def discard(folder: Path, place: Path) -> None:
    """Move a folder away in one step, then delete it."""
    if not folder.exists():
        return
    rubbish = place / PARTIAL / f"removed-{os.urandom(6).hex()}"
    folder.rename(rubbish)
    shutil.rmtree(rubbish, ignore_errors=True)


@contextmanager
def making(place: Path) -> Iterator[None]:
    """Create the folders, and turn errors of the disk into messages."""
    try:
        (place / PARTIAL).mkdir(parents=True, exist_ok=True)
        yield
    except OSError as reason:
        raise VoiceError(
            f"the folder of voices {place} cannot be changed ({reason.strerror or reason}); "
            f"free space or allow writing there, or name another folder with "
            f"{FOLDER_VARIABLE}=/path/to/folder"
        ) from reason


@contextmanager
def lock(folder: Path, name: str) -> Iterator[None]:
    """Wait until no other program changes this voice; the system unlocks for one that dies."""
    with (folder / f"{name}.lock").open("ab") as file:
        _acquire(file)
        yield


if sys.platform == "win32":
    import msvcrt

    def _acquire(file: BinaryIO) -> None:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after 10 s
            except OSError:
                continue
            return

else:
    import fcntl

    def _acquire(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
