"""Writing a file whole or not at all: a build that is killed leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from audiocoach.errors import DeliveryError


def write_whole(path: Path, chunks: Iterable[bytes]) -> int:
    """Write the chunks to `path`, replacing what was there only when all are written.

    Returns the size in bytes. Raises DeliveryError when the folder or the disk
    refuses. Where the system can (Linux), the new file has no name until it is
    complete, so that even a kill leaves nothing behind; elsewhere it is named
    `.NAME.part` until then, and the next build writes over it.
    """
    try:
        _check_place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _replacement(path) as file:
            return sum(file.write(chunk) for chunk in chunks)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DeliveryError(f"cannot write {path}: {reason}; name another file") from error


def _check_place(path: Path) -> None:
    """Refuse what is no place for a file: a folder, a device, a folder inside a file."""
    if path.is_dir():
        raise DeliveryError(f"cannot write {path}: it is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise DeliveryError(f"cannot write {path}: it is not a regular file; name another file")
    for folder in path.parents:
        if folder.is_dir():
            return
        if folder.exists():
            raise DeliveryError(f"cannot write {path}: {folder} is a file; name another folder")


@contextlib.contextmanager
def _replacement(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".{path.name}.part")
    descriptor = _nameless(path.parent)
    if descriptor is None:
        with _named(part, path) as file:
            yield file
        return
    with os.fdopen(descriptor, "w+b") as file:
        yield file
        file.flush()
        _give_name(file, part, path)


def _give_name(file: BinaryIO, part: Path, path: Path) -> None:
    part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # With a folder given, Python calls linkat(2), which follows the link in /proc.
        os.link(f"/proc/self/fd/{file.fileno()}", part.name, dst_dir_fd=folder)
    except OSError:
        # Some file systems make nameless files and then refuse to name them.
        file.seek(0)
        with _named(part, path) as named:
            shutil.copyfileobj(file, named)
        return
    finally:
        os.close(folder)
    try:
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _nameless(folder: Path) -> int | None:
    """A descriptor of a file without a name in `folder`; None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not Path("/proc/self/fd").exists():
        return None
    try:
        return os.open(folder, flag | os.O_RDWR | os.O_CLOEXEC, 0o666)
    except OSError:
        return None


@contextlib.contextmanager
def _named(part: Path, path: Path) -> Iterator[BinaryIO]:
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
