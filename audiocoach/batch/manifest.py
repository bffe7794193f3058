"""The manifest of a library: what each of its files was made from, and what came of it.

It is next to the files, with a line of JSON for each session. A session is not built again if its
inputs and the hashes of its files are unchanged. A line is written as soon as its session is, so
however a build ends, what was built is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache as remembering
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Final

from audiocoach import __version__
from audiocoach.batch.library import Library
from audiocoach.batch.planning import Order
from audiocoach.delivery.file import write_whole
from audiocoach.errors import DeliveryError
from audiocoach.pipeline import Session
from audiocoach.routine.base import Model
from audiocoach.routine.load import bundled_text
from audiocoach.routine.recordings import Recording
from audiocoach.settings.table import SETTINGS, Family
from audiocoach.sound.studio import PREPARATION
from audiocoach.timeline.script import SAMPLES_PER_MS

_MAKERS: Final = ("lameenc", "mutagen", "numpy", "pedalboard", "resvg_py", "soundfile", "soxr")
"""Packages whose version may change the bytes of a session."""


class Manifest:
    """Which sessions of a library exist, and what they were made from."""

    def __init__(self, library: Library) -> None:
        """Raises DeliveryError for a manifest that can't be read."""
        self.path = library.manifest
        self._library = library
        self._wanted = {self._name(each.output) for each in library.variants}
        self._sessions = dict(_read(self.path))
        self._listed = {name for known in self._sessions.values() for name in known["files"]}
        self._changed = False
        self._content = remembering(_content)

    def unchanged(self, order: Order) -> bool:
        """Whether a session is already what would be built, judged by its inputs and its files'
        hashes."""
        output, beside = order.variant.output, order.variant.beside
        known = self._sessions.get(self._name(output))
        if known is None or known["inputs"] != self.inputs(order):
            return False
        wanted = map(self._name, (output, *beside.paths(output)))
        return all(name in _with_folders(known["files"]) for name in wanted) and all(
            _facts(self.path.parent / name) == facts for name, facts in known["files"].items()
        )

    def lists(self, path: Path) -> bool:
        """Whether a file is listed."""
        return self._name(path) in self._listed

    def built(self, order: Order, session: Session) -> None:
        """Record a session that was written. Raises DeliveryError."""
        name = self._name(order.variant.output)
        made = [session.path, *session.beside]
        files = [file for path in made for file in ([path] if path.is_file() else path.iterdir())]
        self._sessions[name] = {
            "session": name,
            "length_ms": session.timeline.total // SAMPLES_PER_MS,
            "voice": session.voice,
            "inputs": self.inputs(order),
            "files": {self._name(file): _facts(file) for file in sorted(files)},
        }
        try:
            with self.path.open("ab") as file:
                file.write(b"\n" + _line(self._sessions[name]))  # what a kill cut off stays apart
        except OSError as error:
            raise DeliveryError(
                f"cannot write {self.path}: {error.strerror}; without it everything is built again",
                self.path,
            ) from error
        self._changed = True

    def close(self) -> None:
        """Rewrite it, a line for each session, sorted by name. Raises DeliveryError."""
        if self._changed:
            write_whole(self.path, (_line(self._sessions[name]) for name in sorted(self._sessions)))

    def left_over(self) -> list[str]:
        """Files of sessions that the library no longer asks for."""
        files = (
            name
            for session, known in self._sessions.items()
            if session not in self._wanted
            for name in known["files"]
        )
        return sorted(name for name in files if (self.path.parent / name).exists())

    def inputs(self, order: Order) -> dict[str, Any]:
        """Everything that determines the bytes of a session."""
        variant, settings = order.variant, order.chosen
        bed = settings.settings.bed
        return {
            "routine": self._content(variant.source),
            "sounds": sorted({each.digest for each in _recordings(order.routine)}),
            "settings": {
                name: _written(name, chosen.value)
                for name, chosen in settings.changed().items()
                if SETTINGS[name].family is not Family.VOICE or name == "language"
            },
            "flags": list(settings.flags()),
            "bed": self._content(str(bed)) if isinstance(bed, Path) else "",
            "voice": [order.speaker.name, order.speaker.fingerprint],
            "beside": [row.name for row in variant.beside.formats],
            "bundle": variant.beside.bundle,
            "for": variant.beside.device.name if variant.beside.device else "",
            "versions": _versions(),
        }

    def _name(self, path: Path) -> str:
        """A file as the manifest calls it."""
        return path.relative_to(self._library.folder).as_posix()


def _read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sessions of a manifest; what is no whole line of one is passed over."""
    if not path.is_file() and path.exists():
        raise DeliveryError(f"cannot read {path}: it is not a file; move it away", path)
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise DeliveryError(
            f"cannot read {path}: {error.strerror}; fix that, or move it away", path
        ) from error
    for line in text.split("\n"):
        try:
            known = json.loads(line)
        except (ValueError, RecursionError):  # a build was killed while it wrote, or by hand
            continue
        if _is_whole(known):
            yield known["session"], known


def _is_whole(known: object) -> bool:
    """Whether it is what a line holds."""
    match known:
        case {"session": str(), "inputs": dict(), "files": dict(files)}:
            return all(map(_is_inside, files))
    return False


def _is_inside(name: str) -> bool:
    """Whether a name can be that of a file beside the manifest, or in a folder there."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\0" in name)


def _with_folders(names: Iterable[str]) -> set[str]:
    """The names of files, and of the folders that they are in."""
    paths = {PurePosixPath(name) for name in names}
    return {each.as_posix() for path in paths for each in (path, *path.parents)}


def _line(session: Mapping[str, Any]) -> bytes:
    """As a line of a manifest; what UTF-8 can't hold of a file's name is written as JSON does."""
    text = json.dumps(session, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode(errors="backslashreplace")


def _facts(path: Path) -> dict[str, Any] | None:
    """Size and hash of a file; None if it is not there."""
    try:
        with path.open("rb") as file:
            return {"size": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}
    except (OSError, ValueError):  # or it is no name that a file can have
        return None


def _content(source: str) -> str:
    """The hash of a routine's text, or of a file."""
    path = Path(source)
    content = path.read_bytes() if path.is_file() else bundled_text(source).encode()
    return sha256(content).hexdigest()


def _written(name: str, value: object) -> str:
    """A value of a setting; a file by its name, wherever it lies."""
    return value.name if isinstance(value, Path) else SETTINGS[name].written(value)


def _recordings(value: object) -> Iterator[Recording]:
    """Every sound of the user's in a routine."""
    if isinstance(value, Recording):
        yield value
    elif isinstance(value, Model):
        for _, inner in value:
            yield from _recordings(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _recordings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _recordings(inner)


@remembering
def _versions() -> dict[str, str]:
    return {
        "audiocoach": __version__,
        "preparation": PREPARATION,
        **{name: _version(name) for name in _MAKERS},
    }


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError

    try:
        return version(package)
    except PackageNotFoundError:
        return ""
