"""Writing a file whole or not at all: a build that is killed leaves the old file as it was.

Until it is complete a file is named `.NAME.PROCESS-RANDOM.part`; then it is renamed over the
old one. What a killed build left so, the next build of that file removes.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from audiocoach.errors import DeliveryError

_EXCLUSIVE: Final = (
    os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
"""Nothing that stands there already is opened: no file, and no link to one."""
_MADE_BY: Final = re.compile(r"([0-9]{1,9})-[0-9a-f]{8}\.part")


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the chunks to `path`, replacing what was there only when all are written.

    Raises DeliveryError when the folder or the disk refuses.
    """
    with whole_file(path) as file:
        file.writelines(chunks)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, read and seek in that becomes `path` if the block ends without an error.

    Raises DeliveryError when the folder or the disk refuses.
    """
    try:
        _check_place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(path)
        with _part(path) as file:
            yield file
    except OSError as error:
        reason = error.strerror or str(error)
        raise DeliveryError(f"cannot write {path}: {reason}; name another file", path) from error


def _check_place(path: Path) -> None:
    """Refuse what is no place for a file: a folder, a device, a folder inside a file."""
    if path.is_dir():
        raise DeliveryError(f"cannot write {path}: it is a folder; name a file in it", path)
    if path.exists() and not path.is_file():
        raise DeliveryError(
            f"cannot write {path}: it is not a regular file; name another file", path
        )
    for folder in path.parents:
        if folder.is_dir():
            return
        if folder.exists():
            raise DeliveryError(
                f"cannot write {path}: {folder} is a file; name another folder", path
            )


@contextmanager
def _part(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    descriptor = os.open(part, _EXCLUSIVE, 0o666)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _remove_left(path: Path) -> None:
    """Remove what builds of this file left that do not run any more."""
    start = f".{path.name}."
    with suppress(OSError):  # a folder that can't be listed, a file that can't be removed
        for each in path.parent.iterdir():
            made_by = _MADE_BY.fullmatch(each.name.removeprefix(start))
            if made_by and each.name.startswith(start) and not _runs(int(made_by[1])):
                each.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return False  # and where it does, Windows removes no file that is open
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True
