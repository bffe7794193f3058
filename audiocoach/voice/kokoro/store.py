"""Kokoro's files on this computer: a network, which all voices share, and a style for each voice.

    ROOT/kokoro/kokoro-v1.0.int8.onnx
    ROOT/kokoro/af_heart.bin

Their checksums are known (`voices`), and are checked again if a file has changed.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.store import Cache
from audiocoach.voice.base import failing_as
from audiocoach.voice.kokoro.voices import (
    MODELS,
    RECOMMENDED,
    SPEAKERS,
    STYLE_SIZE,
    STYLES,
    Model,
    Speaker,
    quickest,
)
from audiocoach.voice.shelf import (
    PARTIAL,
    Progress,
    Told,
    Wanted,
    copied,
    digest_of,
    is_right,
    lock,
    making,
    root_of,
)
from audiocoach.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings

ELSEWHERE: Final = "--from"


@dataclass(frozen=True, slots=True)
class Added:
    """A voice that is on this computer."""

    speaker: Speaker
    model: Model
    folder: Path

    @property
    def files(self) -> tuple[tuple[Path, str], ...]:
        """The network and the style, each with its checksum."""
        return (
            (self.folder / self.model.file, self.model.sha256),
            (self.folder / self.speaker.file, self.speaker.sha256),
        )

    @property
    def size(self) -> int:
        """The bytes it takes on disk; the network serves other voices too."""
        return sum(file.stat().st_size for file, _ in self.files)

    def check(self, cache: Cache) -> None:
        """Raise VoiceError if a file is not what it should be."""
        for file, sha256 in self.files:
            try:
                right = is_right(file, sha256, cache)
            except OSError as reason:
                raise VoiceError(f"{file} cannot be read: {reason.strerror or reason}") from reason
            if not right:
                raise VoiceError(
                    f"{file} is damaged, or of another version; repair it with: "
                    f"audiocoach voices add kokoro:{self.speaker.name}"
                )


class KokoroStore:
    """The voices in the folder that was chosen, or where the platform keeps user data."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self.models = quickest(platform.machine())

    @cached_property
    def root(self) -> Path:
        """The folder of the voices."""
        return root_of(self._surroundings, "kokoro")

    def added(self) -> list[Added]:
        """Every voice that has both files, in the order of the table."""
        try:
            sizes = {each.name: each.stat().st_size for each in os.scandir(self.root)}
        except OSError:
            return []
        model = next((each for each in self.models if sizes.get(each.file) == each.size), None)
        if model is None:
            return []
        return [
            Added(speaker, model, self.root)
            for speaker in SPEAKERS.values()
            if sizes.get(speaker.file) == STYLE_SIZE
        ]

    def find(self, name: str) -> Added | None:
        """The added voice of that name, capital letters or not."""
        return next((v for v in self.added() if v.speaker.name == name.casefold()), None)

    def has_some_of(self, speaker: Speaker) -> bool:
        """Whether the style of a voice is there, whole or not."""
        return (self.root / speaker.file).exists()

    def lacking(self, name: str, source: Path | None = None) -> list[Wanted]:
        """What is missing for a voice: those of its files that are absent or damaged.

        A folder may hold the other network. Raises VoiceError for a name that no voice has.
        """
        speaker = speaker_named(name)
        models = [Wanted(each.file, each.size, each.sha256) for each in self.models]
        style = Wanted(speaker.file, STYLE_SIZE, speaker.sha256)
        there = [each for each in models if source and _in_folder(source, each.name)]
        have = any(self._whole(each) for each in models)
        lacks = [] if have else [*there, *models][:1]
        return lacks if self._whole(style) else [*lacks, style]

    def add(
        self, name: str, *, source: str | None = None, progress: Progress | None = None
    ) -> Added:
        """Put a voice on this computer; what is there already is left as it is.

        `source` is an address or a folder with the files, or one of the files; else they come from
        their official places. Connects to these. Raises VoiceError with the remedy; what was
        downloaded by then is kept, and the next call goes on from there.
        """
        speaker, work = speaker_named(name), self.root / PARTIAL
        with failing_as(f"kokoro:{speaker.name}"), making(self.root), lock(work, "kokoro"):
            place = None if _is_address(source) else _folder(source)
            lacking = self.lacking(speaker.name, place)
            told = Told(progress, sum(each.size for each in lacking))
            for each in lacking:
                if place:
                    part = _copied(place, each, work, told)
                else:
                    part = _downloaded(source, each, work, told)
                part.replace(self.root / each.name)
        found = self.find(speaker.name)
        if found is None:
            raise VoiceError(
                f"kokoro:{speaker.name} was removed while it was being added; "
                f"run audiocoach voices add kokoro:{speaker.name} again"
            )
        return found

    def remove(self, name: str) -> None:
        """Delete a voice, and with the last one the network. Raises VoiceError for none."""
        speaker = speaker_named(name)
        with making(self.root), lock(self.root / PARTIAL, "kokoro"):
            style = self.root / speaker.file
            if not style.is_file():
                names = ", ".join(each.speaker.name for each in self.added())
                raise VoiceError(
                    f"there is no voice kokoro:{speaker.name} to remove; added: {names or 'none'}"
                )
            style.unlink()
            if not any((self.root / each.file).is_file() for each in SPEAKERS.values()):
                for model in self.models:
                    (self.root / model.file).unlink(missing_ok=True)

    def _whole(self, wanted: Wanted) -> bool:
        place = self.root / wanted.name
        there = place.is_file() and place.stat().st_size == wanted.size
        return there and digest_of(place) == wanted.digest


def speaker_named(name: str) -> Speaker:
    """The voice of that name, capital letters or not. Raises VoiceError if there is none."""
    if found := SPEAKERS.get(name.strip().casefold()):
        return found
    raise VoiceError(
        f"there is no Kokoro voice {quoted(name)}; {did_you_mean(name, SPEAKERS)}"
        f"choose one of {', '.join(RECOMMENDED)}, or another from docs/voices.md"
    )


def _is_address(source: str | None) -> bool:
    return source is None or source.startswith(("http://", "https://"))


def _folder(source: str | None) -> Path:
    """The folder that a path names, or that the file it names lies in. Raises VoiceError."""
    place = Path(os.path.expanduser(source or "."))  # noqa: PTH111 - a Path refuses ~somebody
    if not place.exists():
        raise VoiceError(f"there is no {place} to take a voice from; name a file or a folder")
    return place if place.is_dir() else place.parent


def _in_folder(folder: Path, name: str) -> Path | None:
    """A file of that name, or in the folder of styles as their makers have it."""
    return next(
        (each for each in (folder / name, folder / "voices" / name) if each.is_file()), None
    )


def _copied(folder: Path, wanted: Wanted, work: Path, told: Told) -> Path:
    original = _in_folder(folder, wanted.name)
    if original is None:
        raise VoiceError(
            f"{folder} has no {wanted.name} ({wanted.size / 1e6:.1f} MB); put it there"
        )
    part = copied(original, work, told)
    wanted.verify(part)
    return part


def _downloaded(source: str | None, wanted: Wanted, work: Path, told: Told) -> Path:
    from audiocoach.voice.download import Web  # requests, 60 ms

    home = MODELS if wanted.name.endswith(".onnx") else STYLES
    with Web(source or home, ELSEWHERE) as web:
        return web.fetch(wanted.name, wanted, work, told)
