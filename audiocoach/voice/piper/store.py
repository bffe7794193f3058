"""The Piper voices on this computer: added, listed, removed.

A voice is a folder with two files, the model and its description, and where it came with one, what
its makers say of it:

    ROOT/piper/en_US-ljspeech-medium/en_US-ljspeech-medium.onnx
    ROOT/piper/en_US-ljspeech-medium/en_US-ljspeech-medium.onnx.json
    ROOT/piper/en_US-ljspeech-medium/MODEL_CARD

It is put in place by a single rename (`voice/shelf.py`), so a voice is complete or absent.
"""

from __future__ import annotations

import os
import unicodedata
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from audiocoach.errors import VoiceError
from audiocoach.voice.base import failing_as
from audiocoach.voice.piper.packages import Brought, installed
from audiocoach.voice.piper.source import copy_from
from audiocoach.voice.piper.voice import (
    CARD,
    HOME,
    Added,
    check_config,
    check_model,
    checked,
    files_of,
    load_added,
    load_from,
)
from audiocoach.voice.shelf import PARTIAL, Progress, discard, lock, making, root_of
from audiocoach.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings


class PiperStore:
    """The voices in the folder that was chosen, or where the platform keeps user data."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self.source = surroundings.variable("PIPER_VOICES") or HOME

    @cached_property
    def root(self) -> Path:
        """The folder of the voices."""
        return root_of(self._surroundings, "piper")

    def added(self) -> list[Added]:
        """Every voice that can be used, by name. Incomplete or damaged ones don't count.

        The user's own come before those from packages.
        """
        try:
            names = sorted(entry.name for entry in os.scandir(self.root))
        except OSError:
            names = []
        own = [voice for name in names if (voice := load_added(self.root, name))]
        have = {voice.name for voice in own}
        brought = self._brought.items()
        others = [
            load_from(each.folder, name, each.package) for name, each in brought if name not in have
        ]
        return [*own, *(voice for voice in others if voice)]

    @cached_property
    def _brought(self) -> dict[str, Brought]:
        from audiocoach.voice.piper.speech import package

        wanted = self._surroundings.variable("PIPER_PACKAGES") != "0"
        return installed() if wanted and package() else {}

    def find(self, name: str) -> Added | None:
        """The added voice of that name, capital letters or not."""
        folded = unicodedata.normalize("NFC", name).casefold()
        return next((voice for voice in self.added() if voice.name.casefold() == folded), None)

    def add(
        self, name: str, *, source: str | Path | None = None, progress: Progress | None = None
    ) -> Added:
        """Put a voice on this computer; one that is there already is left as it is.

        `source` is the address of a copy of the tree at `HOME`, or a folder that holds
        one or just the two files; else the surroundings name it, else it is `HOME`.
        Connects to it. `progress` is told the bytes that are there and the bytes
        there will be. Raises VoiceError with the remedy; what was downloaded by then is
        kept, and the next call goes on from there.
        """
        name = checked(name)
        with failing_as(f"piper:{name}"), making(self.root), lock(self.root / PARTIAL, name):
            if voice := load_added(self.root, name):
                return voice
            work = self.root / PARTIAL / name
            work.mkdir(parents=True, exist_ok=True)
            _fetch(source or self.source, name, work, progress)
            model, config = files_of(name)
            check_config(work / config, name)
            check_model(work / model, name)
            for left in work.iterdir():
                if left.name not in (*files_of(name), CARD):
                    left.unlink()  # the beginning of an older release
            discard(self.root / name, self.root)  # damaged, or it would have been loaded
            work.rename(self.root / name)
        voice = load_added(self.root, name)
        if voice is None:
            raise VoiceError(
                f"the voice '{name}' was removed while it was being added; "
                f"run audiocoach voices add {name} again"
            )
        return voice

    def remove(self, name: str) -> None:
        """Delete an added voice, and what an interrupted download of it left.

        Raises VoiceError if there is neither, or it may not be deleted.
        """
        folders = []
        with suppress(VoiceError):  # no name of a voice, so there is none of that name
            name = checked(name)
            places = (self.root / name, self.root / PARTIAL / name)
            folders = [folder for folder in places if folder.is_dir()]
        if not folders:
            raise self._nothing_to_remove(name)
        with making(self.root), lock(self.root / PARTIAL, name):
            for folder in folders:
                discard(folder, self.root)

    def _nothing_to_remove(self, name: str) -> VoiceError:
        if (brought := self._brought.get(name)) is not None:
            return VoiceError(
                f"the voice '{name}' comes with the package {brought.package}; to remove it, "
                "uninstall that package"
            )
        names = [voice.name for voice in self.added() if not voice.package]
        return VoiceError(
            f"there is no voice {quoted(name)} to remove; {did_you_mean(name, names)}"
            f"added: {', '.join(names) or 'none'}"
        )


def _fetch(source: str | Path, name: str, folder: Path, progress: Progress | None) -> None:
    """Put `NAME.onnx` and `NAME.onnx.json`, from an address or a folder, into a folder, whole.

    Raises VoiceError.
    """
    if str(source).startswith(("http://", "https://")):
        from audiocoach.voice.piper.tree import fetch  # requests, 60 ms

        return fetch(str(source).rstrip("/"), name, folder, progress)
    place = Path(os.path.expanduser(source))  # noqa: PTH111 - a Path refuses ~somebody
    return copy_from(place, name, folder, progress)
