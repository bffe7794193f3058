"""What Piper voices are called, where they are, and what the description next to a model says."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from audiocoach.errors import VoiceError
from audiocoach.language import elsewhere, same
from audiocoach.voice.onnx import is_whole
from audiocoach.wording import quoted

SOURCE_VARIABLE: Final = "AUDIOCOACH_PIPER_VOICES"
"""For messages: who opens the store reads it."""
HOME: Final = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the voices of the Piper project live; any copy of that tree will do."""
SAMPLES: Final = "https://rhasspy.github.io/piper-samples"
"""Where they can all be heard."""
NAME: Final = re.compile(r"([a-z]{2,3})_([A-Z]{2}|[0-9]{3})-(\w{1,60})-(\w{1,20})")
"""`en_US-ljspeech-medium`: language, region, speaker and quality, and nothing a path could use."""

QUALITIES: Final = ("high", "medium", "low", "x_low")


def checked(name: str) -> str:
    """A name in its standard spelling. Raises VoiceError if it is not the name of a Piper voice."""
    plain = unicodedata.normalize("NFC", name.strip())
    if not NAME.fullmatch(plain):
        raise VoiceError(
            f"{quoted(name)} is not the name of a Piper voice; "
            f"names look like en_US-ljspeech-medium (listen at {SAMPLES})"
        )
    return plain


def files_of(name: str) -> tuple[str, str]:
    """The names of its two files, the model and its description."""
    return f"{name}.onnx", f"{name}.onnx.json"


CARD: Final = "MODEL_CARD"
"""What its makers say about a voice; it may be next to the two files."""
MOST_OF_CARD: Final = 1 << 14
UNSETTLED: Final = "unsettled"
"""The ending of a licence that is in doubt."""
NOT_FREE: Final = ("lessac", "ryan")
"""Voices whose recordings are licensed for research, or not for commerce; many were fine-tuned from
these, and whether their terms reach that far is open."""
_LICENCE: Final = re.compile(r"^\W*License:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_ANCESTOR: Final = re.compile(r"fine-?tuned (?:from|on) (.+)", re.IGNORECASE)


def licence_in(card: str) -> str:
    """What a model card says: `CC0`, or `CC0, fine-tuned from lessac: unsettled`; "" if nothing."""
    said = "; ".join(dict.fromkeys(_LICENCE.findall(card)))
    ancestors = " ".join(_ANCESTOR.findall(card)).casefold()
    doubtful = [name for name in NOT_FREE if name in ancestors]
    if not said or not doubtful:
        return said
    return f"{said}, fine-tuned from {' and '.join(doubtful)}: {UNSETTLED}"


def folder_in_tree(name: str) -> str:
    """Where the files of a voice are in a copy of the tree, as a path with "/"."""
    language, speaker, quality = name.split("-")
    return f"{language.partition('_')[0]}/{language}/{speaker}/{quality}"


@dataclass(frozen=True, slots=True)
class Added:
    """A voice that is on this computer."""

    name: str
    model: Path
    language: str
    """`en_US`"""
    sample_rate: int
    length_scale: float
    """How slowly it speaks by default."""
    speakers: int
    speaker_names: dict[str, int] = field(hash=False)
    phonemes: str
    """How it turns text into sounds: `espeak`, or `text`, or a way of one language."""
    package: str = ""
    """The installed package that brings it; empty when the user added it."""

    @property
    def config(self) -> Path:
        """The description beside the model."""
        return self.model.with_name(f"{self.model.name}.json")

    @property
    def quality(self) -> str:
        """`high`, `medium`, `low` or `x_low`."""
        return self.name.rpartition("-")[2]

    @property
    def licence(self) -> str:
        """What the card beside the model says of it; "" if there is none, or it doesn't say."""
        try:
            with self.model.with_name(CARD).open("rb") as file:
                return licence_in(file.read(MOST_OF_CARD).decode("utf-8", "replace"))
        except OSError:
            return ""

    @property
    def size(self) -> int:
        """The bytes it takes on disk."""
        return self.model.stat().st_size + self.config.stat().st_size

    @property
    def readable(self) -> bool:
        """Whether eSpeak reads its texts; others need more packages, or download something
        (Chinese)."""
        return self.phonemes in ("espeak", "text")


def load_added(root: Path, name: str) -> Added | None:
    """The voice in the folder of that name, or None if it is not whole."""
    return load_from(root / name, name)


def load_from(folder: Path, name: str, package: str = "") -> Added | None:
    """The voice with that name whose two files lie in a folder, or None if it is not whole.

    `package` is the one that brought the folder.
    """
    plain = unicodedata.normalize("NFC", name)
    model, config = (folder / file for file in files_of(name))
    try:
        settings = settings_of(config)
        if not NAME.fullmatch(plain) or not model.stat().st_size:
            return None
        return Added(
            name=plain,
            model=model,
            language=str(settings.get("language", {}).get("code") or plain.partition("-")[0]),
            sample_rate=int(settings["audio"]["sample_rate"]),
            length_scale=float(settings.get("inference", {}).get("length_scale", 1.0)),
            speakers=int(settings.get("num_speakers", 1)),
            speaker_names={str(k): int(v) for k, v in settings.get("speaker_id_map", {}).items()},
            phonemes=str(settings.get("phoneme_type", "espeak")),
            package=package,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def check_config(config: Path, name: str) -> None:
    """Refuse a description that Piper could not use, before it takes its place."""
    try:
        settings = settings_of(config)
        int(settings["audio"]["sample_rate"])
        settings["phoneme_id_map"]["^"]
        settings["espeak"]["voice"]
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise VoiceError(
            f"the description of '{name}' ({config.name}) is not one of a Piper voice "
            f"({type(reason).__name__}: {reason}); get the voice from another source"
        ) from reason


def check_model(model: Path, name: str) -> None:
    """Refuse a truncated model, and a file that is none: not every source has checksums."""
    content = model.read_bytes()
    if not is_whole(content):
        raise VoiceError(
            f"the model of '{name}' ({model.name}, {len(content) / 1e6:.0f} MB) is cut off, "
            "or not a model; get it again, or from another source"
        )


def best_first(voices: Sequence[Added], language: str) -> list[Added]:
    """Those that speak the language: the right region first, then the better quality."""

    def rank(voice: Added) -> tuple[bool, int, str]:
        quality = (*QUALITIES, voice.quality).index(voice.quality)
        return elsewhere(voice.language, language), quality, voice.name

    return sorted((each for each in voices if same(each.language, language)), key=rank)


def settings_of(config: Path) -> dict[str, Any]:
    """What a description says. Raises OSError, ValueError, or TypeError if it is no object."""
    settings = json.loads(config.read_text("utf-8"))
    if not isinstance(settings, dict):
        raise TypeError("not an object")
    return settings
