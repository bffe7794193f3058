"""Where Piper voices come from: a folder here, the web in `download`.

Both have an index, `voices.json`: what each voice consists of, with sizes and checksums.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from audiocoach.errors import VoiceError
from audiocoach.voice.piper.voice import HOME, SAMPLES, SOURCE_VARIABLE, files_of, folder_in_tree
from audiocoach.wording import did_you_mean

FOLDER_VARIABLE: Final = "AUDIOCOACH_VOICES"
"""For messages: who opens the store reads it."""
INDEX: Final = "voices.json"
CHUNK: Final = 1 << 16

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""


def copy_from(source: Path, name: str, folder: Path, progress: Progress | None) -> None:
    """Copy the files from a copy of the tree, or a folder with just the two.

    They are checked if there is an index. Raises VoiceError.
    """
    if not source.is_dir():
        raise VoiceError(
            f"there is no folder {source} to take voices from; name a folder, or an address "
            f"that begins with https:// ({SOURCE_VARIABLE})"
        )
    tree = source / folder_in_tree(name)
    model, config = files_of(name)
    place = tree if (tree / model).is_file() else source
    originals = [place / model, place / config]
    missing = [str(each) for each in originals if not each.is_file()]
    if missing:
        raise VoiceError(
            f'{source} has no voice "{name}": {" and ".join(missing)} '
            "missing; download both files there first"
        )
    index = source / INDEX
    wanted = wanted_files(index.read_bytes(), str(index), name) if index.is_file() else []
    told = Told(progress, sum(each.stat().st_size for each in originals))
    for original in originals:
        with original.open("rb") as file, (folder / original.name).open("wb") as copy:
            told.pass_on(iter(partial(file.read, CHUNK), b""), copy)
    for each in wanted:
        each.verify(folder / each.name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as the index has it."""

    name: str
    size: int
    md5: str

    def verify(self, path: Path) -> None:
        """Delete a file that is not this one, and raise VoiceError."""
        with path.open("rb") as file:
            md5 = hashlib.file_digest(file, partial(hashlib.md5, usedforsecurity=False)).hexdigest()
        size = path.stat().st_size
        if size == self.size and md5 == self.md5.lower():
            return
        path.unlink()
        raise VoiceError(
            f"{self.name} is damaged: {size} bytes with checksum {md5}, expected "
            f"{self.size} with {self.md5}; it was deleted. Run the same command again, and if "
            f"that does not help use another mirror with {SOURCE_VARIABLE}"
        )


def wanted_files(content: bytes, where: str, name: str) -> list[Wanted]:
    """What an index says of the two files of a voice.

    Raises VoiceError if it has no such one, or is no index.
    """
    try:
        index = json.loads(content)
    except ValueError:
        index = None
    if not isinstance(index, dict):
        raise VoiceError(
            f"{where} is not the index of a collection of Piper voices; "
            f"name a copy of {HOME} with {SOURCE_VARIABLE}"
        )
    if name not in index:
        raise VoiceError(
            f'there is no Piper voice "{name}"; {did_you_mean(name, index)}'
            f"all of them can be heard at {SAMPLES}"
        )
    try:
        files = {path.rpartition("/")[2]: file for path, file in index[name]["files"].items()}
        return [
            Wanted(each, int(files[each]["size_bytes"]), str(files[each]["md5_digest"]))
            for each in files_of(name)
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise VoiceError(
            f'the index does not say what "{name}" consists of; '
            f"use another mirror with {SOURCE_VARIABLE}"
        ) from reason


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
