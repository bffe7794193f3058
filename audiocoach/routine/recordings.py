"""The user's own sounds: files beside a routine, heard at instants of a held or worked time.

A sound is decoded when the routine is read: only then is known how long it is heard, which
decides whether it fits into its time and when the words after it begin. What comes of it is a
value like any other, so that nothing after the loader opens a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from os.path import realpath
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from audiocoach.routine.times import format_ms
from audiocoach.wording import nearest_file, quoted

if TYPE_CHECKING:
    from audiocoach.decoding import Samples

RATE: Final = 48_000
"""Samples a second, as everywhere after this."""
LONGEST: Final = 20_000
"""Milliseconds of a file at most: a bowl rings out in that, and no song begins."""
MOST: Final = 20
"""Different files of a routine at most: decoded they take 2 MB each."""
_LONGEST_NAME: Final = 200
_FADE: Final = RATE // 100
_FULL: Final = 32_767
_LOOKED_AT: Final = 1000
"""Names in a folder among which the one that was meant is looked for."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound of the user's, decoded: from where it is first heard to where it ends.

    Its peak is full scale, so that neither a quiet file nor a loud one loses anything before it
    is levelled.
    """

    name: str
    """Its file, as the routine has it."""
    digest: str
    """The hash of its samples."""
    samples: bytes = field(repr=False, compare=False)
    """48 kHz, mono, 16 bit, little-endian."""

    @property
    def count(self) -> int:
        """How many samples there are."""
        return len(self.samples) // 2

    @property
    def ms(self) -> int:
        """Its length, as a whole number that is not too small."""
        return -(-self.count * 1000 // RATE)


class Sounds:
    """The sounds beside a routine, each decoded once; none without a folder to look in."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, Recording] = {}

    def recording(self, name: str) -> Recording:
        """The sound of that file. Raises ValueError that tells what is wrong, and what helps."""
        if name not in self._known:
            if len(self._known) == MOST:
                raise ValueError(f"is one sound too many; a routine has {MOST} at most")
            self._known[name] = _decoded(name, self._path(name))
        return self._known[name]

    def _path(self, name: str) -> Path:
        """Where a sound lies: never outside the folder of the routine, whoever wrote it."""
        if self._folder is None:
            raise ValueError(
                "is a file, and this routine is not read from a file of yours; leave it out"
            )
        if not name.isprintable() or len(name) > _LONGEST_NAME:
            raise ValueError("must be the name of a file, such as gong.wav")
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or "\\" in name or ":" in name:
            raise ValueError(
                "must lie in the folder of the routine, or in one below; copy it there, and "
                "write it from there, such as gong.wav or bells/gong.wav"
            )
        path = self._folder.joinpath(*parts)
        if not Path(realpath(path)).is_relative_to(realpath(self._folder)):
            raise ValueError("is a link that leads out of the folder of the routine; copy the file")
        return path


def _decoded(name: str, path: Path) -> Recording:
    from audiocoach.decoding import NoSoundError

    try:
        sound = _heard(path)
    except NoSoundError as error:
        remedy = "" if error.remedy else f"; {_meant(path)}put the file next to the routine"
        raise ValueError(f"{quoted(name)}: {error}{remedy}") from error
    if sound is None:
        raise ValueError(f"{quoted(name)}: it is silent; name another file")
    pcm = (sound * (_FULL / abs(sound).max())).round().astype("<i2").tobytes()
    return Recording(name, sha256(pcm).hexdigest(), pcm)


def _heard(path: Path) -> Samples | None:
    """The part of a file that is heard. Raises NoSoundError, also if it is too long."""
    import numpy as np

    from audiocoach.decoding import NoSoundError, opened, samples, trimmed

    parts, most = [], LONGEST * RATE // 1000
    with opened(path) as decoder:
        for part in samples(decoder, RATE):
            parts.append(part)
            if sum(map(len, parts)) > most:
                length = format_ms(max(decoder.frames * 1000 // decoder.samplerate, LONGEST))
                raise NoSoundError(
                    f"it lasts {length}, and a sound {format_ms(LONGEST)} at most", "cut it"
                )
    return trimmed(np.concatenate(parts), _FADE)


def _meant(path: Path) -> str:
    """What the file was perhaps to be called, as the middle of a message."""
    with suppress(OSError):
        files = (each.name for each in islice(path.parent.iterdir(), _LOOKED_AT) if each.is_file())
        if close := nearest_file(path.name, files):
            return f"did you mean {quoted(close)}? Or "
    return ""


def check_room(sounds: Iterable[tuple[int, Recording]], length: int, time: str) -> None:
    """Refuse a sound that outlasts the `time` (of `length` ms) in which it begins at an instant.

    Raises ValueError.
    """
    for at, sound in sounds:
        if at + sound.ms > length:
            raise ValueError(
                f"{quoted(sound.name)} lasts {format_ms(sound.ms)}, and {time} is over "
                f"{format_ms(length - at)} after it begins; let it begin sooner, or cut it"
            )
