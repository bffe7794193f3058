"""The index of a tree of Piper voices, `voices.json`: what each consists of, and its checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from audiocoach.errors import VoiceError
from audiocoach.voice.piper.names import HOME, SAMPLES, SOURCE_VARIABLE, files_of
from audiocoach.wording import did_you_mean

INDEX: Final = "voices.json"
CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as the index has it."""

    name: str
    size: int
    md5: str

    def verify(self, path: Path) -> None:
        """Delete a file that is not this one, and raise VoiceError."""
        digest = hashlib.md5(usedforsecurity=False)
        with path.open("rb") as file:
            for chunk in chunks(file):
                digest.update(chunk)
        size = path.stat().st_size
        if size == self.size and digest.hexdigest() == self.md5.lower():
            return
        path.unlink()
        raise VoiceError(
            f"{self.name} is damaged: {size} bytes with checksum {digest.hexdigest()}, expected "
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
        return _entries(index[name]["files"], name)
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise VoiceError(
            f'the index does not say what "{name}" consists of; '
            f"use another mirror with {SOURCE_VARIABLE}"
        ) from reason


def _entries(listed: dict[str, Any], name: str) -> list[Wanted]:
    files = {key.rpartition("/")[2]: value for key, value in listed.items()}
    return [
        Wanted(each, int(files[each]["size_bytes"]), str(files[each]["md5_digest"]))
        for each in files_of(name)
    ]


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk
