"""Where Piper voices come from: a folder, or by `download` the web."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from audiocoach.errors import VoiceError
from audiocoach.voice.piper.index import INDEX, chunks, wanted_files
from audiocoach.voice.piper.names import (
    FOLDER_VARIABLE,
    SOURCE_VARIABLE,
    Progress,
    files_of,
    folder_in_tree,
)


class VoiceSource(Protocol):
    """Where voices come from."""

    def fetch(self, name: str, folder: Path, progress: Progress | None) -> None:
        """Put `NAME.onnx` and `NAME.onnx.json` into a folder, whole. Raises VoiceError."""


def open_source(source: str | Path) -> VoiceSource:
    """The source at an address or in a folder. Raises VoiceError if it is neither."""
    if str(source).startswith(("http://", "https://")):
        from audiocoach.voice.piper.download import Web  # requests, 60 ms

        return Web(str(source).rstrip("/"))
    folder = Path(source).expanduser()
    if not folder.is_dir():
        raise VoiceError(
            f"there is no folder {folder} to take voices from; name a folder, or an address "
            f"that begins with https:// ({SOURCE_VARIABLE})"
        )
    return Folder(folder)


@dataclass(frozen=True, slots=True)
class Folder:
    """A copy of the tree on disk, or a folder with just the two files; the index may be missing."""

    path: Path

    def fetch(self, name: str, folder: Path, progress: Progress | None) -> None:
        """Copy the files, and check them if there is an index. Raises VoiceError."""
        model, config = files_of(name)
        tree = self.path / folder_in_tree(name)
        place = tree if (tree / model).is_file() else self.path
        originals = [place / model, place / config]
        missing = [str(each) for each in originals if not each.is_file()]
        if missing:
            raise VoiceError(
                f'{self.path} has no voice "{name}": {" and ".join(missing)} '
                "missing; download both files there first"
            )
        index = self.path / INDEX
        wanted = wanted_files(index.read_bytes(), str(index), name) if index.is_file() else []
        told = Told(progress, sum(each.stat().st_size for each in originals))
        for original in originals:
            with original.open("rb") as file, (folder / original.name).open("wb") as copy:
                told.pass_on(chunks(file), copy)
        for each in wanted:
            each.verify(folder / each.name)


class Told:
    """Writes what comes, and adds up the bytes for a progress bar."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._finished = 0
        self._current = 0

    def begin(self, current: int) -> None:
        """Of the file at hand, so many bytes are there."""
        self._current = current
        self._tell()

    def finish(self, size: int) -> None:
        """The file at hand is whole; the next one begins."""
        self._finished += size
        self.begin(0)

    def pass_on(self, pieces: Iterable[bytes], file: IO[bytes]) -> None:
        """Write the pieces. Raises VoiceError when the disk does not take them."""
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
