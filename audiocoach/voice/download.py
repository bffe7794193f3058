"""Downloads the files of voices from the web, or a mirror.

Nothing is trusted: a file whose size or checksum is not the expected one is deleted. A download
that breaks off continues where it stopped (HTTP Range); if the server can't do that, it starts
over. A request that fails before its answer begins is made again by urllib3, one that breaks off in
the middle by us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import IncompleteRead
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import requests
from requests import Response
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from audiocoach.errors import VoiceError
from audiocoach.voice.net import Again, HttpSession, UnsafeRedirectError, causes
from audiocoach.voice.shelf import CHUNK, Told, Wanted

_T = TypeVar("_T")

TIMEOUT: Final = 30.0
"""Seconds without a byte after which a connection is given up."""
ATTEMPTS: Final = 5
"""Attempts without a single new byte; one that got further does not count."""
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that are often temporary."""
AGAIN: Final = Again(
    ATTEMPTS - 1, status_forcelist=PASSING, backoff_factor=1, raise_on_status=False
)


class BrokenOffError(Exception):
    """An answer ended in the middle, or was not what was asked for: that may pass."""


class GivenUpError(Exception):
    """Every attempt has failed; `str()` says how the last one did."""


class Web:
    """The files at an address; use it as a context. `elsewhere` is how to name another place."""

    def __init__(self, base: str, elsewhere: str, *, home: str = "") -> None:
        self._base = base.rstrip("/")
        self._host = urlsplit(base).hostname or base
        self._elsewhere = elsewhere
        self._home = home
        self._session = HttpSession(TIMEOUT, TIMEOUT, follow=True, again=AGAIN)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def read(self, path: str, what: str, most: int) -> bytes:
        """At most so many bytes of a small file. Raises VoiceError."""

        def attempt() -> bytes:
            with self._answer(path) as answer:
                return b"".join(_received(answer, most))

        return self._persist(attempt, what)

    def fetch(self, path: str, wanted: Wanted, folder: Path, told: Told) -> Path:
        """Download a file, continuing what is there, and return its path. Raises VoiceError."""
        # Its checksum in the name: never continue with the bytes of another release.
        part = folder / f"{wanted.name}.{wanted.digest[:12]}.part"
        attempt = partial(self._continue, path, wanted, part, told)
        self._persist(attempt, wanted.name, wanted.size, partial(_size, part))
        wanted.verify(part)
        told.finish(wanted.size)
        return part

    def _continue(self, path: str, wanted: Wanted, part: Path, told: Told) -> None:
        have = _size(part)
        if have >= wanted.size:
            return
        with self._answer(path, have) as answer:
            start, total = _place_of(answer)
            if total is not None and total != wanted.size:
                raise VoiceError(
                    f"{self._host} has {wanted.name} with {total} bytes instead of "
                    f"{wanted.size}; try later, or another mirror with {self._elsewhere}"
                )
            if start not in (0, have):
                raise BrokenOffError("the answer was for another part of the file")
            with part.open("ab" if start else "wb") as file:
                told.begin(start)
                told.pass_on(_received(answer, wanted.size - start), file)
        if _size(part) < wanted.size:
            raise BrokenOffError("the connection was cut")

    def _persist(
        self,
        attempt: Callable[[], _T],
        what: str,
        size: int = 0,
        have: Callable[[], int] = lambda: 0,
    ) -> _T:
        """Attempt until it works, or nothing new comes any more. Raises VoiceError."""
        again = AGAIN
        while True:
            before = have()
            try:
                return attempt()
            except (BrokenOffError, GivenUpError) as reason:
                come = have()
                again = AGAIN if come > before else again
                if isinstance(reason, GivenUpError) or not again.total:
                    got = f" at {come / 1e6:.1f} of {size / 1e6:.1f} MB" if come else ""
                    keeps = "; what has arrived is kept" if come else ""
                    raise VoiceError(
                        f"{what} could not be downloaded from {self._host}{got} ({reason}){keeps}; "
                        "check the connection (behind a proxy: HTTPS_PROXY) and run the same "
                        f"command again, or name a mirror or a folder with {self._elsewhere}"
                    ) from reason
                again = again.increment(error=reason)
                again.sleep()

    @contextmanager
    def _answer(self, path: str, start: int = 0) -> Iterator[Response]:
        """The answer for a file from byte `start`. Raises GivenUpError or VoiceError."""
        headers = {"User-Agent": "audiocoach", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        request = requests.Request("GET", f"{self._base}/{quote(path)}", headers).prepare()
        try:
            answer = self._session.send(request, stream=True)
        except UnsafeRedirectError as unsafe:
            raise VoiceError(
                f"{unsafe.host} redirects to an unsafe address "
                f"({unsafe.target[:80]}); use another mirror with {self._elsewhere}"
            ) from None
        except (RequestException, OSError) as error:
            raise GivenUpError(_cause(error)) from error
        with answer:
            self._accept(answer, path)
            yield answer

    def _accept(self, answer: Response, path: str) -> None:
        says = f"{answer.status_code} {answer.reason}"
        if answer.status_code in PASSING:
            raise GivenUpError(f"it answers {says}")
        if answer.status_code == 416:
            raise VoiceError(
                f"{self._host} has less of {path} than expected; "
                f"try later, or another mirror with {self._elsewhere}"
            )
        if answer.status_code >= 300:
            raise VoiceError(
                f"{self._host} answers {says} for {path}; the address "
                f"must be that of a copy of {self._home or self._base} ({self._elsewhere})"
            )


def _received(answer: Response, most: int) -> Iterator[bytes]:
    """What comes, in chunks, up to `most` bytes. Raises BrokenOffError."""
    while most > 0:
        try:
            # Not by requests' own way, which loses the beginning of a chunk that is cut off.
            chunk = answer.raw.read(min(CHUNK, most), decode_content=False)
        except (OSError, HTTPError) as error:
            raise BrokenOffError(_cause(error)) from error
        if not chunk:
            return
        most -= len(chunk)
        yield chunk


def _place_of(answer: Response) -> tuple[int, int | None]:
    """Where an answer begins in the file, and how long the whole file is, if it says so."""
    if answer.status_code == 206:
        span, _, total = answer.headers.get("Content-Range", "").rpartition("/")
        start = span.rpartition(" ")[2].partition("-")[0]
        if not start.isdigit():
            raise BrokenOffError("the answer does not say which part of the file it is")
        return int(start), int(total) if total.isdigit() else None
    length = answer.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() else None


def _cause(error: Exception) -> str:
    """What an error was made from in the end, in the words of the system where it has some."""
    *_, root = causes(error)
    if isinstance(root, IncompleteRead):
        return "the connection was cut"
    return str(getattr(root, "strerror", None) or root) or type(root).__name__


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
