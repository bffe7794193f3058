"""Writes a file completely or not at all: a build that is killed leaves the old file as it was.

Until it is complete a file is named `.audiocoach-PROCESS-RANDOM.part`; then it is renamed over the
old one. What a killed build leaves behind is removed by the next build that writes into that
folder. Links are followed to their targets. Standard output and pipes get a file once it is
complete; devices are refused.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from audiocoach.errors import DeliveryError

STDOUT: Final = Path("-")
"""Stands for standard output instead of a file."""
_EXCLUSIVE: Final = (
    os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
"""Nothing that is already there is opened: neither a file nor a link to one."""
_PART: Final = re.compile(r"\.audiocoach-([0-9]{1,9})-[0-9a-f]{8}\.part")
_MOST_LINKS: Final = 40
"""As many as Linux follows."""
_LONGEST_NAME: Final = 255
"""Bytes, where the system does not say."""


@contextmanager
def file_for(path: Path) -> Iterator[Path]:
    """The file to write for an output: the output itself, or a file of our own for a stream.

    Standard output (`-`) or a pipe gets it when the block ends without an error, so that no half a
    session goes through. Raises DeliveryError, and BrokenPipeError where the reader of standard
    output has gone.
    """
    if not _is_stream(path):
        yield path
        return
    from tempfile import TemporaryDirectory  # 4 ms, for those who write to a stream

    with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
        whole = Path(folder, "whole").with_suffix(path.suffix)
        yield whole
        with _told(path, "name a file"), _stream(path) as stream:
            with whole.open("rb") as file:
                shutil.copyfileobj(file, stream)
            stream.flush()


def check_place(path: Path) -> None:
    """Refuse a path that can't be written to, before anything is made. Raises DeliveryError."""
    if not _is_stream(path):
        with _told(path):
            _check_name(path)
            _check_place(path)


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the chunks to `path`, replacing what was there only when all are written.

    Raises DeliveryError when the folder or the disk refuses.
    """
    with whole_file(path) as file:
        file.writelines(chunks)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, read and seek in; it becomes `path` if the block ends without an error.

    Raises DeliveryError when the folder or the disk refuses.
    """
    with _told(path):
        _check_place(path)
        target = _target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(target.parent)
        with _part(target) as file:
            yield file


@contextmanager
def whole_folder(path: Path, is_ours: Callable[[str], bool]) -> Iterator[Path]:
    """A folder to fill; it becomes `path` if the block ends without an error.

    It replaces a folder in which every name is ours. Raises DeliveryError for another one, and
    when the folder or the disk refuses.
    """
    with _told(path):
        check_folder(path, is_ours)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(path.parent)
        part, old = _beside(path), _beside(path)
        part.mkdir()
        try:
            yield part
            if path.exists():
                path.rename(old)
            try:
                part.rename(path)
            except BaseException:
                old.rename(path)
                raise
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        shutil.rmtree(old, ignore_errors=True)


def check_folder(path: Path, is_ours: Callable[[str], bool]) -> None:
    """Refuse a path that is a file, or a folder with names that are not ours.

    Raises DeliveryError.
    """
    with _told(path):
        _check_place(path / "x")
        if path.is_dir():
            foreign = sorted(each.name for each in path.iterdir() if not is_ours(each.name))
            if foreign:
                raise DeliveryError(
                    f"cannot write {path}: it holds {foreign[0]}, which is not part of a session; "
                    "name a new folder",
                    path,
                )


@contextmanager
def _told(path: Path, remedy: str = "name another file") -> Iterator[None]:
    """Let an error of the system be one of ours, about the output as the user named it."""
    try:
        yield
    except BrokenPipeError as error:
        if path == STDOUT:  # the program then ends as it does with any other output
            raise
        gone = f"cannot write {path}: whatever was reading it has gone; {remedy}"
        raise DeliveryError(gone, path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        name = "to standard output" if path == STDOUT else path
        raise DeliveryError(f"cannot write {name}: {reason}; {remedy}", path) from error


# -- where it goes -----------------------------------------------------------------


def _is_stream(path: Path) -> bool:
    if path == STDOUT:
        return True
    with suppress(OSError):  # told by whoever looks closer
        return stat.S_ISFIFO(path.stat().st_mode)
    return False


def _stream(path: Path) -> BinaryIO:
    """Standard output or a pipe, to write to. What it can't take stays in no buffer of Python's."""
    if path != STDOUT:
        return path.open("wb")
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    sys.stdout.flush()
    return os.fdopen(os.dup(sys.stdout.fileno()), "wb")


def _check_place(path: Path) -> None:
    """Refuse what is no place for a file: a folder, a device, a folder inside a file."""
    found = _status(path)
    if found and stat.S_ISDIR(found.st_mode):
        raise DeliveryError(f"cannot write {path}: it is a folder; name a file in it", path)
    if found and not stat.S_ISREG(found.st_mode):
        raise DeliveryError(
            f"cannot write {path}: it is not a regular file; name another file, "
            "or - for standard output",
            path,
        )
    for folder in path.parents:
        if folder.is_dir():
            return
        if folder.exists():
            raise DeliveryError(
                f"cannot write {path}: {folder} is a file; name another folder", path
            )


def _status(path: Path) -> os.stat_result | None:
    """Of what a path leads to. It asks the system to follow a link, which may refuse to."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.stat()
    return None


def _check_name(path: Path) -> None:
    """Refuse a name that is too long. Where its folder is still to be made, no other call tells."""
    there = next((folder for folder in path.parents if folder.is_dir()), None)
    if there is None:
        return
    longest = _LONGEST_NAME
    with suppress(OSError, ValueError, AttributeError):
        longest = os.pathconf(there, "PC_NAME_MAX")
    if max(len(os.fsencode(part)) for part in path.relative_to(there).parts) > longest:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))


def _target(path: Path) -> Path:
    """The file that a path stands for: itself, or what a link, and a link behind it, leads to."""
    target = path
    for _ in range(_MOST_LINKS):
        if not target.is_symlink():
            break
        target = target.parent / target.readlink()
    else:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    found = _status(path)
    if found and not (target.exists() and os.path.samestat(found, target.stat())):
        # /dev/stdout leads to a file that no name leads to any more
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    return target


@contextmanager
def _part(path: Path) -> Iterator[BinaryIO]:
    part = _beside(path)
    descriptor = os.open(part, _EXCLUSIVE, 0o666)
    _lock(descriptor)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _beside(path: Path) -> Path:
    """Where a file is written until it is complete."""
    return path.with_name(f".audiocoach-{os.getpid()}-{os.urandom(4).hex()}.part")


def _remove_left(folder: Path) -> None:
    """Remove what builds left in a folder that do not run any more."""
    with suppress(OSError):  # a folder that can't be listed
        for each in folder.iterdir():
            made_by = _PART.fullmatch(each.name)
            if made_by and not _runs(int(made_by[1])) and not _is_being_written(each):
                with suppress(OSError):  # it is somebody else's
                    if each.is_dir() and not each.is_symlink():
                        shutil.rmtree(each)
                    else:
                        each.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return False  # and where it does, Windows removes no file that is open
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _is_being_written(part: Path) -> bool:
    """Whether it is written by a process we can't see, in a container that shares the folder."""
    if sys.platform == "win32":
        return False
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError:
        return True
    except OSError:  # not a file: a link that was planted
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Hold an open file until it is closed, or its process ends; False where somebody does."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system that knows no locks
            return True
    return True
