"""The Piper voices on this computer: added, listed, removed.

A voice is a folder with two files, the model and its description:

    ROOT/piper/en_US-lessac-medium/en_US-lessac-medium.onnx
    ROOT/piper/en_US-lessac-medium/en_US-lessac-medium.onnx.json

It is put together in `ROOT/piper/.partial` and gets its place by one renaming, so
there is the whole voice or none. What an interrupted download left there is
continued by the next. Two programs that add the same voice take turns.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from audiocoach.errors import VoiceError
from audiocoach.voice.base import nearest

ENVIRONMENT = "AUDIOCOACH_VOICES"
SOURCE_ENVIRONMENT = "AUDIOCOACH_PIPER_VOICES"
HOME = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the voices of the Piper project live; any copy of that tree will do."""
SAMPLES = "https://rhasspy.github.io/piper-samples"
"""Where a person can hear them all."""
PARTIAL = ".partial"
NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2}|[0-9]{3})-(\w{1,60})-(\w{1,20})")
"""`en_US-lessac-medium`: language, region, speaker and quality, and nothing a path could use."""
QUALITIES = ("high", "medium", "low", "x_low")

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""


@dataclass(frozen=True, slots=True)
class Added:
    """A voice that is on this computer."""

    name: str
    model: Path
    language: str
    """`en_US`"""
    sample_rate: int
    length_scale: float
    """How slow it speaks by itself."""
    speakers: int
    speaker_names: dict[str, int] = field(hash=False)
    phonemes: str
    """How it turns text into sounds: `espeak`, or `text`, or a way of one language."""

    @property
    def config(self) -> Path:
        """The description beside the model."""
        return config_of(self.model)

    @property
    def quality(self) -> str:
        """`high`, `medium`, `low` or `x_low`."""
        return self.name.rpartition("-")[2]

    @property
    def size(self) -> int:
        """The bytes it takes on disk."""
        return self.model.stat().st_size + self.config.stat().st_size


def root() -> Path:
    """Where the voices are: below AUDIOCOACH_VOICES, else where the platform keeps user data."""
    if chosen := os.environ.get(ENVIRONMENT):
        return Path(chosen).expanduser() / "piper"
    from platformdirs import user_data_path  # 13 ms, for those who did not choose

    return user_data_path("audiocoach", appauthor=False) / "voices" / "piper"


def added() -> list[Added]:
    """Every voice that can be used, by name. What is incomplete or damaged does not count."""
    try:
        names = sorted(entry.name for entry in os.scandir(root()))
    except OSError:
        return []
    return [voice for voice in map(_load, names) if voice]


def find(name: str) -> Added | None:
    """The added voice of that name, capital letters or not."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return next((voice for voice in added() if voice.name.casefold() == folded), None)


def add(name: str, *, source: str | Path | None = None, progress: Progress | None = None) -> Added:
    """Put a voice on this computer; one that is there already is left as it is.

    `source` is the address of a copy of the tree at `HOME`, or a folder that holds
    one or just the two files; else AUDIOCOACH_PIPER_VOICES names it, else it is
    `HOME`. Connects to it. `progress` is told the bytes that are there and the bytes
    there will be. Raises VoiceError with the remedy; what was downloaded by then is
    kept, and the next call goes on from there.
    """
    from audiocoach.voice.piper.download import open_source

    name = checked(name)
    place = root()
    with _making(place), _lock(place / PARTIAL, name):
        if voice := _load(name):
            return voice
        work = place / PARTIAL / name
        work.mkdir(parents=True, exist_ok=True)
        chosen = source or os.environ.get(SOURCE_ENVIRONMENT) or HOME
        open_source(chosen).fetch(name, work, progress)
        _check_config(work / f"{name}.onnx.json", name)
        for left in work.iterdir():
            if left.name not in (f"{name}.onnx", f"{name}.onnx.json"):
                left.unlink()  # the beginning of an older release
        _discard(place / name, place)  # damaged, or it would have been loaded
        work.rename(place / name)
    voice = _load(name)
    if voice is None:
        raise VoiceError(
            f'the voice "{name}" was taken away while it was added; '
            f"run audiocoach voices add {name} again"
        )
    return voice


def remove(name: str) -> None:
    """Delete an added voice, and what an interrupted download of it left.

    Raises VoiceError if there is neither, or it may not be deleted.
    """
    name = checked(name)
    place = root()
    folders = [folder for folder in (place / name, place / PARTIAL / name) if folder.is_dir()]
    if not folders:
        names = [voice.name for voice in added()]
        raise VoiceError(
            f'there is no voice "{name}" to remove; {nearest(name, names)}'
            f"added: {', '.join(names) or 'none'}"
        )
    with _making(place), _lock(place / PARTIAL, name):
        for folder in folders:
            _discard(folder, place)


def checked(name: str) -> str:
    """A name in its one spelling. Raises VoiceError for what is no name of a Piper voice."""
    plain = unicodedata.normalize("NFC", name.strip())
    if not NAME.fullmatch(plain):
        from audiocoach.voice.espeak.pool import shortened

        raise VoiceError(
            f"{shortened(name)} is not the name of a Piper voice; "
            f"names look like en_US-lessac-medium (listen at {SAMPLES})"
        )
    return plain


def path_in_tree(name: str) -> str:
    """Where the model of a voice is in a copy of the tree, as a path with "/"."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    family, region, speaker, quality = match.groups()
    return f"{family}/{family}_{region}/{speaker}/{quality}/{name}.onnx"


def config_of(model: Path) -> Path:
    """The description of a model, by its name."""
    return model.with_name(f"{model.name}.json")


def _load(name: str) -> Added | None:
    """The voice in the folder of that name, or None if it is not whole."""
    match = NAME.fullmatch(unicodedata.normalize("NFC", name))
    if match is None:
        return None
    model = root() / name / f"{name}.onnx"
    try:
        settings = _settings(config_of(model))
        if not model.stat().st_size:
            return None
        language: Any = settings.get("language", {})
        return Added(
            name=unicodedata.normalize("NFC", name),
            model=model,
            language=str(language.get("code") or f"{match[1]}_{match[2]}"),
            sample_rate=int(settings["audio"]["sample_rate"]),
            length_scale=float(settings.get("inference", {}).get("length_scale", 1.0)),
            speakers=int(settings.get("num_speakers", 1)),
            speaker_names={str(k): int(v) for k, v in settings.get("speaker_id_map", {}).items()},
            phonemes=str(settings.get("phoneme_type", "espeak")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _settings(config: Path) -> dict[str, Any]:
    settings = json.loads(config.read_text("utf-8"))
    if not isinstance(settings, dict):
        raise TypeError("not an object")
    return settings


def _check_config(config: Path, name: str) -> None:
    """Refuse a description that Piper could not use, before it takes its place."""
    try:
        settings = _settings(config)
        int(settings["audio"]["sample_rate"])
        settings["phoneme_id_map"]["^"]
        settings["espeak"]["voice"]
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise VoiceError(
            f'the description of "{name}" ({config.name}) is not one of a Piper voice '
            f"({type(reason).__name__}: {reason}); get the voice from another source"
        ) from reason


def _discard(folder: Path, place: Path) -> None:
    """Take a folder away in one step, then delete it."""
    if not folder.exists():
        return
    rubbish = place / PARTIAL / f"removed-{os.urandom(6).hex()}"
    folder.rename(rubbish)
    shutil.rmtree(rubbish, ignore_errors=True)


@contextmanager
def _making(place: Path) -> Iterator[None]:
    """Make the folders, and turn what the disk refuses into a message."""
    try:
        (place / PARTIAL).mkdir(parents=True, exist_ok=True)
        yield
    except OSError as reason:
        raise VoiceError(
            f"the folder of voices {place} cannot be changed ({reason.strerror or reason}); "
            f"free space or allow writing there, or name another folder with "
            f"{ENVIRONMENT}=/path/to/folder"
        ) from reason


@contextmanager
def _lock(folder: Path, name: str) -> Iterator[None]:
    """Wait until no other program changes this voice; the system unlocks for one that dies."""
    with (folder / f"{name}.lock").open("ab") as file:
        _acquire(file)
        yield


if sys.platform == "win32":
    import msvcrt

    def _acquire(file: BinaryIO) -> None:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after 10 s
            except OSError:
                continue
            return

else:
    import fcntl

    def _acquire(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


def best_first(voices: Sequence[Added], language: str) -> list[Added]:
    """Those that speak the language: the right region first, then the better quality."""
    family, _, region = language.replace("_", "-").casefold().partition("-")

    def rank(voice: Added) -> tuple[bool, int, str]:
        own = voice.language.replace("_", "-").casefold().partition("-")[2]
        quality = QUALITIES.index(voice.quality) if voice.quality in QUALITIES else len(QUALITIES)
        return bool(region) and own != region, quality, voice.name

    return sorted((each for each in voices if family_of(each.language) == family), key=rank)


def family_of(language: str) -> str:
    """`en` of `en_US`, `en-GB` or `EN`."""
    return language.replace("_", "-").partition("-")[0].casefold()
