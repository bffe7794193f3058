"""Entries in object storage, through fsspec: one object each, at the same paths as files in a
folder.

An object is stored completely or not at all, and of several stored at once the last one stays: they
are identical, because an entry is named by what it was made from. Nobody can tell what was last
used there, so nothing is ever removed: that is left to a lifecycle rule.

A request that fails temporarily is repeated, three times at most. Once one has failed for good,
nothing is requested for a minute: a build goes on without a service that is down, and doesn't wait
for it at every word.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, Final, Protocol, TypeVar

from audiocoach.errors import DeliveryError
from audiocoach.store.place import VERSION, Kept, path_of

_Answer = TypeVar("_Answer")

WAITS: Final = (0.25, 1.0, 4.0)
"""Seconds before a request is repeated, give or take half, so that many don't come at once."""
SET_ASIDE: Final = 60.0
"""Seconds for which a failed service is left alone."""


class Files(Protocol):
    """What is used of `fsspec.AbstractFileSystem`."""

    def cat_file(self, path: str, *, start: int | None = None, end: int | None = None) -> bytes: ...
    def pipe_file(self, path: str, value: bytes) -> Any: ...
    def ls(self, path: str, *, detail: bool) -> list[Any]: ...
    def find(self, path: str, *, detail: bool) -> Any: ...
    def rm(self, path: Sequence[str]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a service did not do what was asked, in words that contain no secret."""

    problem: str
    remedy: str
    passing: bool = False
    """Whether trying again may help."""


class Service(Protocol):
    """A kind of object storage."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """The exceptions its files raise when they can't do what was asked."""

    def files(self) -> Files:
        """Its files; imported when first needed, because their libraries are slow to import."""

    def fault(self, reason: Exception) -> Fault | None:
        """What one of its failures means; None if there is just no such object."""


def _found(folder: str, files: Files) -> Any:
    return files.find(folder, detail=True)


class BucketError(OSError):
    """A service did not do what was asked, and won't if it is asked again."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.problem)
        self.fault = fault


class Bucket:
    """What begins with `path` in a bucket; `where` is what the user calls it."""

    def __init__(
        self, where: str, path: str, service: Service, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.where = where
        self._path = path
        self._service = service
        self._sleep = sleep
        self._files: Files | None = None
        self._opening = Lock()
        self._out: Fault | None = None
        self._again = 0.0

    def read(self, kind: str, key: str, most: int = -1) -> tuple[bytes, int | None]:
        """The first bytes of an entry, at most that many; also its size, if it is smaller."""
        path = self._at(path_of(kind, key))
        if most < 0:
            content = self._asked(lambda files: files.cat_file(path))
        else:
            content = self._asked(lambda files: files.cat_file(path, start=0, end=most))
        return content, None if len(content) == most else len(content)

    def write(self, kind: str, key: str, content: bytes) -> None:
        """Put an object."""
        path = self._at(path_of(kind, key))
        self._asked(lambda files: files.pipe_file(path, content))

    def entries(self) -> Iterator[Kept]:
        """Every entry. Raises DeliveryError if they can't be listed."""
        for folder in self._listed(lambda files: files.ls(self._at(VERSION), detail=False)):
            kind = folder.rstrip("/").rpartition("/")[2]
            find = partial(_found, folder)
            for path, about in self._listed(find).items():
                yield Kept(kind, path, about["size"])

    def remove(self, entries: Iterable[Kept]) -> None:
        """Remove these objects. Raises DeliveryError."""
        gone = [entry.path for entry in entries]
        if gone:
            self._told(lambda files: files.rm(gone))
            left = {entry.path for entry in self.entries()}.intersection(gone)
            if left:  # s3fs passes over what it may not delete
                raise DeliveryError(
                    f"{len(left)} entries of {self.where} could not be removed: the key may not "
                    "delete; grant it s3:DeleteObject"
                )

    def prove(self) -> None:
        """Return if an object can be put, read and removed."""
        kind, key, content = "proof", os.urandom(20).hex(), os.urandom(16)
        path = self._at(path_of(kind, key))
        self.write(kind, key, content)
        try:
            found, _ = self.read(kind, key)
            self._asked(lambda files: files.rm([path]))
        except FileNotFoundError:
            found = b""
        if found != content:
            raise BucketError(Fault("what was stored there is missing", "Name another one"))

    def unkept(self, reason: OSError) -> str:
        """That nothing can be shared here, why, and what to do about it."""
        problem, remedy = str(reason), "Name another one"
        if isinstance(reason, BucketError):
            problem, remedy = reason.fault.problem, reason.fault.remedy
        return (
            f"the cache in {self.where} cannot be used: {problem}; what is made is not shared. "
            f"{remedy}"
        )

    def _at(self, path: str) -> str:
        return f"{self._path}/{path}"

    def _listed(self, act: Callable[[Files], Any]) -> Any:
        """What is listed, which may be nothing. Raises DeliveryError."""
        try:
            return self._told(act)
        except FileNotFoundError:
            return {}

    def _told(self, act: Callable[[Files], _Answer]) -> _Answer:
        """An answer, or a DeliveryError that says why there is none."""
        try:
            return self._asked(act)
        except BucketError as reason:
            raise DeliveryError(
                f"the cache in {self.where} cannot be used: {reason.fault.problem}. "
                f"{reason.fault.remedy}"
            ) from reason

    def _opened(self) -> Files:
        with self._opening:
            if self._files is None:
                self._files = self._service.files()
            return self._files

    def _asked(self, act: Callable[[Files], _Answer]) -> _Answer:
        """An answer of the service. Raises FileNotFoundError, or BucketError for all else."""
        waits = iter(WAITS)
        while True:
            if self._out and time.monotonic() < self._again:  # maybe by another thread's request
                raise BucketError(self._out)
            try:
                return act(self._opened())
            except self._service.failures as reason:
                fault = self._service.fault(reason)
                if fault is None:
                    raise FileNotFoundError(str(reason)) from reason
                wait = next(waits, None) if fault.passing else None
                if wait is None:
                    self._out, self._again = fault, time.monotonic() + SET_ASIDE
                    raise BucketError(fault) from reason
            self._sleep(wait * (0.5 + os.urandom(1)[0] / 255))
