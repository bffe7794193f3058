"""Getting the two files of a Piper voice: from the web, a mirror or a folder.

Nothing is believed: sizes and checksums come from `voices.json`, the index of the
tree, and a file that does not match is deleted. A download that breaks off goes on
where it stopped (HTTP Range), a server that can't do so is read from the start.
urllib heeds HTTPS_PROXY and NO_PROXY and checks certificates.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from time import sleep
from typing import IO, Any, Final, Protocol
from urllib.parse import quote, urlsplit

from audiocoach.errors import VoiceError
from audiocoach.voice.base import nearest
from audiocoach.voice.piper.store import (
    ENVIRONMENT,
    HOME,
    SAMPLES,
    SOURCE_ENVIRONMENT,
    Progress,
    config_of,
    path_in_tree,
)

INDEX: Final = "voices.json"
MOST_INDEX: Final = 16 << 20
"""Bytes; the index is a file of some hundred kB."""
CHUNK: Final = 1 << 16
TIMEOUT: Final = 30.0
"""Seconds without a byte until a connection is given up."""
ATTEMPTS: Final = 5
"""Tries without a single new byte; one that got further does not count."""
MOST_PATIENCE: Final = 60.0
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that often change by themselves."""


class Source(Protocol):
    """Where voices come from."""

    def fetch(self, name: str, folder: Path, progress: Progress | None) -> None:
        """Put `NAME.onnx` and `NAME.onnx.json` into a folder, whole. Raises VoiceError."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as the index has it."""

    name: str
    size: int
    md5: str


class BrokenOffError(Exception):
    """The connection failed in a way that may pass; `wait` is what the server asked for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def open_source(source: str | Path) -> Source:
    """The source at an address or in a folder. Raises VoiceError if it is neither."""
    if str(source).startswith(("http://", "https://")):
        return Web(str(source).rstrip("/"))
    folder = Path(source).expanduser()
    if not folder.is_dir():
        raise VoiceError(
            f"there is no folder {folder} to take voices from; name a folder, or an address "
            f"that begins with https:// ({SOURCE_ENVIRONMENT})"
        )
    return Folder(folder)


@dataclass(frozen=True, slots=True)
class Folder:
    """A copy of the tree on disk, or a folder with just the two files; the index may be missing."""

    path: Path

    def fetch(self, name: str, folder: Path, progress: Progress | None) -> None:
        """Copy the files, and check them if there is an index. Raises VoiceError."""
        model = self._model(name)
        originals = [model, config_of(model)]
        missing = [str(each) for each in originals if not each.is_file()]
        if missing:
            raise VoiceError(
                f'{self.path} has no voice "{name}": {" and ".join(missing)} '
                "missing; download both files there first"
            )
        index = self.path / INDEX
        wanted = _entries(_parsed(index.read_bytes(), str(index)), name) if index.is_file() else []
        told = _Told(progress, sum(each.stat().st_size for each in originals))
        for original in originals:
            with original.open("rb") as file, (folder / original.name).open("wb") as copy:
                told.pass_on(_chunks(file), copy)
        for each in wanted:
            _verify(folder / each.name, each)

    def _model(self, name: str) -> Path:
        tree = self.path / path_in_tree(name)
        return tree if tree.is_file() else self.path / f"{name}.onnx"


@dataclass(frozen=True, slots=True)
class Web:
    """The tree at an address."""

    base: str

    def fetch(self, name: str, folder: Path, progress: Progress | None) -> None:
        """Download the files, going on with what is there. Raises VoiceError."""
        wanted = _entries(self._index(), name)
        told = _Told(progress, sum(each.size for each in wanted))
        directory = path_in_tree(name).rpartition("/")[0]
        parts: dict[Path, Path] = {}
        for each in wanted:
            # Its checksum in the name: never continue with the bytes of another release.
            part = folder / f"{each.name}.{each.md5[:12]}.part"
            self._download(f"{directory}/{each.name}", each, part, told)
            _verify(part, each)
            parts[part] = folder / each.name
            told.finish(each.size)
        for part, place in parts.items():
            part.replace(place)

    def _index(self) -> dict[str, Any]:
        content = b""

        def attempt() -> None:
            nonlocal content
            with closing(self._open(INDEX, 0)) as answer:
                content = b"".join(_received(answer, MOST_INDEX))
                if _short(answer, len(content)):
                    raise BrokenOffError("the connection was cut")

        self._persist(attempt, "the list of voices")
        return _parsed(content, f"{self.base}/{INDEX}")

    def _download(self, path: str, wanted: Wanted, part: Path, told: _Told) -> None:
        def attempt() -> None:
            have = _size(part)
            if have < wanted.size:
                self._continue(path, wanted, part, have, told)

        self._persist(attempt, wanted.name, wanted.size, lambda: _size(part))

    def _continue(self, path: str, wanted: Wanted, part: Path, have: int, told: _Told) -> None:
        with closing(self._open(path, have)) as answer:
            start, total = _range(answer)
            if total is not None and total != wanted.size:
                raise VoiceError(
                    f"{self._host} has {wanted.name} with {total} bytes, its {INDEX} says "
                    f"{wanted.size}; try later, or another mirror with {SOURCE_ENVIRONMENT}"
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
        attempt: Callable[[], None],
        what: str,
        size: int = 0,
        have: Callable[[], int] = lambda: 0,
    ) -> None:
        """Attempt until it works, or nothing new comes any more."""
        failures = 0
        while True:
            before = have()
            try:
                attempt()
            except BrokenOffError as reason:
                failures = 1 if have() > before else failures + 1
                if failures == ATTEMPTS:
                    raise self._given_up(what, size, have(), reason) from reason
                sleep(max(0.5 * 2**failures, min(reason.wait, MOST_PATIENCE)))
            else:
                return

    def _given_up(self, what: str, size: int, have: int, reason: BrokenOffError) -> VoiceError:
        got = f" at {have / 1e6:.1f} of {size / 1e6:.1f} MB" if have else ""
        keeps = "; what has come is kept" if have else ""
        return VoiceError(
            f"{what} could not be had from {self._host}{got} ({reason}){keeps}; check the "
            "connection (behind a proxy: HTTPS_PROXY) and run the same command again, or name "
            f"a mirror or a folder with {SOURCE_ENVIRONMENT}"
        )

    def _open(self, path: str, start: int) -> HTTPResponse:
        """The answer for a file from byte `start`. Raises BrokenOffError or VoiceError."""
        headers = {"User-Agent": "audiocoach", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        request = urllib.request.Request(f"{self.base}/{quote(path)}", headers=headers)  # noqa: S310 - http(s) alone gets here
        try:
            answer: HTTPResponse = _opener().open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error, path) from error
        except (OSError, HTTPException) as error:
            raise BrokenOffError(_cause(error)) from error
        return answer

    def _refused(self, error: urllib.error.HTTPError, path: str) -> Exception:
        if error.code in PASSING:
            return BrokenOffError(
                f"it answers {error.code} {error.reason}", _seconds(error.headers["Retry-After"])
            )
        if error.code == 416:
            return VoiceError(
                f"{self._host} has less of {path} than its {INDEX} says; "
                f"try later, or another mirror with {SOURCE_ENVIRONMENT}"
            )
        return VoiceError(
            f"{self._host} answers {error.code} {error.reason} for {path}; the address "
            f"must be that of a copy of {HOME} ({SOURCE_ENVIRONMENT})"
        )

    @property
    def _host(self) -> str:
        return urlsplit(self.base).hostname or self.base


class _Told:
    """Adds up bytes for a progress bar."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._finished = 0
        self._current = 0

    def begin(self, current: int) -> None:
        self._current = current
        self._tell()

    def finish(self, size: int) -> None:
        self._finished += size
        self.begin(0)

    def pass_on(self, chunks: Iterator[bytes], file: IO[bytes]) -> None:
        """Write the chunks. Raises VoiceError when the disk does not take them."""
        for chunk in chunks:
            try:
                file.write(chunk)
                file.flush()
            except OSError as reason:
                free = shutil.disk_usage(Path(file.name).parent).free
                raise VoiceError(
                    f"{file.name} cannot be written ({reason.strerror or reason}; the voice takes "
                    f"{self._total / 1e6:.0f} MB, {free / 1e6:.0f} MB are free); make room and "
                    f"run the same command again, or name another folder with {ENVIRONMENT}"
                ) from reason
            self._current += len(chunk)
            self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._finished + self._current, self._total)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to http and https alone, and never from https to http."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's own
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        allowed = ("https:",) if req.full_url.startswith("https:") else ("https:", "http:")
        if not newurl.startswith(allowed):
            raise VoiceError(
                f"{urlsplit(req.full_url).hostname} leads to an address that is not safe "
                f"({newurl[:80]}); use another mirror with {SOURCE_ENVIRONMENT}"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Redirects)


def _received(answer: HTTPResponse, most: int) -> Iterator[bytes]:
    """What comes, in chunks, up to `most` bytes. Raises BrokenOffError."""
    while most > 0:
        try:
            chunk = answer.read(min(CHUNK, most))
        except (OSError, HTTPException) as error:
            raise BrokenOffError(_cause(error)) from error
        if not chunk:
            return
        most -= len(chunk)
        yield chunk


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _short(answer: HTTPResponse, received: int) -> bool:
    length = answer.headers["Content-Length"]
    return length is not None and length.isdigit() and received < min(int(length), MOST_INDEX)


def _range(answer: HTTPResponse) -> tuple[int, int | None]:
    """Where an answer begins in the file, and how long the whole file is, if it says so."""
    if answer.status == 206:
        span, _, total = (answer.headers["Content-Range"] or "").rpartition("/")
        start = span.rpartition(" ")[2].partition("-")[0]
        if not start.isdigit():
            raise BrokenOffError("the answer does not say which part of the file it is")
        return int(start), int(total) if total.isdigit() else None
    length = answer.headers["Content-Length"]
    return 0, int(length) if length and length.isdigit() else None


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0


def _cause(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _parsed(content: bytes, where: str) -> dict[str, Any]:
    try:
        index = json.loads(content)
    except ValueError:
        index = None
    if not isinstance(index, dict):
        raise VoiceError(
            f"{where} is not the index of a collection of Piper voices; "
            f"name a copy of {HOME} with {SOURCE_ENVIRONMENT}"
        )
    return index


def _entries(index: dict[str, Any], name: str) -> list[Wanted]:
    """What the index says of the two files of a voice. Raises VoiceError if it has no such one."""
    if name not in index:
        raise VoiceError(
            f'there is no Piper voice "{name}"; {nearest(name, index)}'
            f"all of them can be heard at {SAMPLES}"
        )
    try:
        files = {key.rpartition("/")[2]: value for key, value in index[name]["files"].items()}
        return [
            Wanted(each, int(files[each]["size_bytes"]), str(files[each]["md5_digest"]))
            for each in (f"{name}.onnx", f"{name}.onnx.json")
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise VoiceError(
            f'the index does not say what "{name}" consists of; '
            f"use another mirror with {SOURCE_ENVIRONMENT}"
        ) from reason


def _verify(path: Path, wanted: Wanted) -> None:
    """Delete a file that is not the one the index means, and raise VoiceError."""
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    size = path.stat().st_size
    if size == wanted.size and digest.hexdigest() == wanted.md5.lower():
        return
    path.unlink()
    raise VoiceError(
        f"{wanted.name} is damaged: {size} bytes with checksum {digest.hexdigest()}, expected "
        f"{wanted.size} with {wanted.md5}; it was deleted. Run the same command again, and if "
        f"that does not help use another mirror with {SOURCE_ENVIRONMENT}"
    )
