"""How Piper voices are called, and where they lie: on the web, in a mirror, in a folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from audiocoach.errors import VoiceError
from audiocoach.wording import excerpt

FOLDER_VARIABLE: Final = "AUDIOCOACH_VOICES"
SOURCE_VARIABLE: Final = "AUDIOCOACH_PIPER_VOICES"
"""Both for messages: who opens the store reads them."""
HOME: Final = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the voices of the Piper project live; any copy of that tree will do."""
SAMPLES: Final = "https://rhasspy.github.io/piper-samples"
"""Where a person can hear them all."""
NAME: Final = re.compile(r"([a-z]{2,3})_([A-Z]{2}|[0-9]{3})-(\w{1,60})-(\w{1,20})")
"""`en_US-lessac-medium`: language, region, speaker and quality, and nothing a path could use."""

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""


def checked(name: str) -> str:
    """A name in its one spelling. Raises VoiceError for what is no name of a Piper voice."""
    plain = unicodedata.normalize("NFC", name.strip())
    if not NAME.fullmatch(plain):
        raise VoiceError(
            f"{excerpt(name)} is not the name of a Piper voice; "
            f"names look like en_US-lessac-medium (listen at {SAMPLES})"
        )
    return plain


def files_of(name: str) -> tuple[str, str]:
    """The names of its two files, the model and its description."""
    return f"{name}.onnx", f"{name}.onnx.json"


def folder_in_tree(name: str) -> str:
    """Where the files of a voice are in a copy of the tree, as a path with "/"."""
    language, speaker, quality = name.split("-")
    return f"{language.partition('_')[0]}/{language}/{speaker}/{quality}"
