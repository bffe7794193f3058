"""A tree of Piper voices on the web: its index says what a voice consists of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from audiocoach.errors import VoiceError
from audiocoach.voice.download import Web
from audiocoach.voice.piper.source import ELSEWHERE, INDEX, wanted_files
from audiocoach.voice.piper.voice import CARD, HOME, MOST_OF_CARD, folder_in_tree
from audiocoach.voice.shelf import Progress, Told

MOST_INDEX: Final = 16 << 20
"""Bytes; the index is a file of some hundred kB."""


def fetch(base: str, name: str, folder: Path, progress: Progress | None) -> None:
    """Download the two files of a voice from the tree at an address. Raises VoiceError.

    Its card too, if possible: nothing depends on it, and it is changed now and then while the index
    keeps the old checksum. So it is not checked, and a voice works without it.
    """
    with Web(base, ELSEWHERE, home=HOME) as web:
        content = web.read(INDEX, "the list of voices", MOST_INDEX)
        wanted = wanted_files(content, f"{base}/{INDEX}", name)
        told = Told(progress, sum(each.size for each in wanted))
        tree = folder_in_tree(name)
        parts = [web.fetch(f"{tree}/{each.name}", each, folder, told) for each in wanted]
        with suppress(VoiceError):
            (folder / CARD).write_bytes(web.read(f"{tree}/{CARD}", CARD, MOST_OF_CARD))
    for each, part in zip(wanted, parts, strict=True):
        part.replace(folder / each.name)
