"""Where Piper voices come from: a folder here, the web in `download`.

Both have an index, `voices.json`: what each voice consists of, with sizes and checksums.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from audiocoach.errors import VoiceError
from audiocoach.voice.piper.voice import (
    CARD,
    HOME,
    SAMPLES,
    SOURCE_VARIABLE,
    files_of,
    folder_in_tree,
)
from audiocoach.voice.shelf import Progress, Told, Wanted, copied
from audiocoach.wording import did_you_mean

INDEX: Final = "voices.json"
ELSEWHERE: Final = f"--from or {SOURCE_VARIABLE}"
"""How to name another place."""


def copy_from(source: Path, name: str, folder: Path, progress: Progress | None) -> None:
    """Copy the files from a copy of the tree, or a folder with just the two.

    They are checked if there is an index. Raises VoiceError.
    """
    if not source.is_dir():
        raise VoiceError(
            f"there is no folder {source} to take voices from; name a folder, or an address "
            f"that begins with https:// ({ELSEWHERE})"
        )
    tree = source / folder_in_tree(name)
    model, config = files_of(name)
    place = tree if (tree / model).is_file() else source
    originals = [place / model, place / config]
    missing = [str(each) for each in originals if not each.is_file()]
    if missing:
        raise VoiceError(
            f"{source} has no voice '{name}': {' and '.join(missing)} "
            "missing; download both files there first"
        )
    originals += [card for card in (place / CARD,) if card.is_file()]
    index = source / INDEX
    wanted = wanted_files(index.read_bytes(), str(index), name) if index.is_file() else []
    told = Told(progress, sum(each.stat().st_size for each in originals))
    for original in originals:
        copied(original, folder, told)
    for each in wanted:
        each.verify(folder / each.name)


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
            f"name a copy of {HOME} with {ELSEWHERE}"
        )
    if name not in index:
        raise VoiceError(
            f"there is no Piper voice '{name}'; {did_you_mean(name, index)}"
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
            f"the index does not say what '{name}' consists of; use another mirror with {ELSEWHERE}"
        ) from reason
