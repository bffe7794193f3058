"""The voices and variants of eSpeak, as the files of its data folder name them.

A voice is a path below `lang/`, such as `gmw/en-US`; what users write is its label, `en-us`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from audiocoach.errors import VoiceError
from audiocoach.language import base, folded, widened
from audiocoach.voice.base import recommended
from audiocoach.wording import did_you_mean

VARIANTS = "voices/!v"


def labels_for(language: str, data: Path) -> list[str]:
    """The clearest voice for a language, then its other accents; empty if there is none."""
    try:
        best = label_of(file_for(language, data))
    except VoiceError:
        return []
    labels = [label_of(file) for file in _language_files(data)]
    return [best, *(each for each in labels if base(each) == base(language) and each != best)]


def file_named(wanted: str, language: str, data: Path) -> str:
    """The language file of a voice the user named.

    Raises VoiceError if there is none, or it is for another language than the texts'.
    """
    files = _language_files(data)
    found = _file_of(wanted, files, data)
    if found is None:
        labels = [label_of(file) for file in files]
        raise VoiceError(
            f"eSpeak has no voice '{wanted}'; {did_you_mean(wanted, labels)}choose "
            f"--voice espeak:NAME with a language tag such as {_examples(labels)}"
        )
    best = file_for(language, data)
    if _spoken_by(best, data).isdisjoint(_spoken_by(found, data)):
        raise VoiceError(
            f"espeak:{label_of(found)} does not speak '{language}', the language of the texts; "
            f"choose --voice espeak:{label_of(best)}"
        )
    return found


def _spoken_by(file: str, data: Path) -> set[str]:
    """The languages a voice says it speaks, without their regions: `en` for `en-us`."""
    tags = [tag for tag, *_ in _attribute(data / "lang" / file, "language")]
    return {base(tag) for tag in (*tags, label_of(file))}


def file_for(language: str, data: Path) -> str:
    """The language file for a tag: `de-AT` is spoken as `de`. Raises VoiceError."""
    files = _language_files(data)
    for tag in widened(language):
        best = recommended(tag, "voice.espeak") if tag == base(tag) else ""
        found = _file_of(best or tag, files, data)
        if found is not None:
            return found
    raise VoiceError(
        f"eSpeak does not speak '{language}'; it has {len(files)} languages and accents "
        f"({_examples([label_of(file) for file in files])} …): choose --voice espeak:NAME"
    )


def _file_of(wanted: str, files: Sequence[str], data: Path) -> str | None:
    """The file with this name, else the one that says it is best for this tag (`en-gb`: `en`)."""
    tag = folded(wanted)
    by_name = {name.casefold(): file for file in files for name in (file, label_of(file))}
    return by_name.get(tag) or _aliases(files, data).get(tag)


def _aliases(files: Sequence[str], data: Path) -> dict[str, str]:
    """Each tag in the `language` lines of the files, with the file that gives it the best rank.

    Read only for a name that is no file name (3 ms). A line is `language TAG [RANK]`;
    a lower rank is better, and 5 is meant when it is left out.
    """
    ranked: dict[str, tuple[int, str]] = {}
    for file in files:
        for tag, *rank in _attribute(data / "lang" / file, "language"):
            this = (int(rank[0]) if rank and rank[0].isdigit() else 5, file)
            ranked[tag.casefold()] = min(ranked.get(tag.casefold(), this), this)
    return {tag: file for tag, (_, file) in ranked.items()}


def _language_files(data: Path) -> list[str]:
    """Every voice, as its path below `lang/`, with "/" on every platform.

    By hand, as `Path.rglob` takes 5 ms of every rebuild here and this 0.6 ms.
    """
    root = data / "lang"
    files = []
    for entry in os.scandir(root):
        if entry.is_dir():
            files += [f"{entry.name}/{name}" for name in os.listdir(entry.path)]  # noqa: PTH208
        else:
            files.append(entry.name)
    return sorted(files)


def variant(wanted: str, data: Path) -> str:
    """The file of a variant; eSpeak itself silently ignores unknown ones. Raises VoiceError."""
    folder = data / VARIANTS
    names = {path.name.casefold(): path.name for path in folder.iterdir()}
    found = names.get(wanted.casefold())
    if found is None:
        meant = did_you_mean(wanted, names.values())
        raise VoiceError(
            f"eSpeak has no variant '{wanted}'; {meant}choose f1 to f5, "
            f"m1 to m8 or another file of {folder} (--voice espeak:en-us+f3)"
        )
    return found


def dictionary(language: Path) -> str:
    """The name of the pronunciation dictionary a language file uses."""
    for name, *_ in _attribute(language, "dictionary"):
        return name
    return base(language.name)


def _attribute(path: Path, attribute: str) -> Iterator[list[str]]:
    """The words after `attribute` on each line of a voice file that begins with it."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match line.split():
            case [first, *words] if first == attribute and words:
                yield words


def label_of(file: str) -> str:
    """The label of a language file: its name in lower case, which eSpeak accepts too."""
    return file.rpartition("/")[2].casefold()


def _examples(names: Sequence[str]) -> str:
    return ", ".join(name for name in ("en-us", "en-gb-x-rp", "de", "fr", "es") if name in names)
