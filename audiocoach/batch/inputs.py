"""The files a batch is made from, none of which a session of it may replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from audiocoach.batch.variants import Variant
from audiocoach.errors import AudiocoachError, DeliveryError
from audiocoach.routine.load import load
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.surroundings import Surroundings

_File: TypeAlias = tuple[int, int]
"""The number of a file and of its disk, whatever name leads to it."""


class Inputs:
    """The routines of a batch, their sounds, and its beds; collected when first needed."""

    def __init__(self, variants: Iterable[Variant], surroundings: Surroundings) -> None:
        self._variants = tuple(variants)
        self._surroundings = surroundings

    def refuse(self, variant: Variant) -> None:
        """Raises DeliveryError where a variant would replace a file that another one needs."""
        for path in variant.standing():
            if what := self.what_is(path):
                raise DeliveryError(f"{path} is {what}; name another file", path)

    def what_is(self, path: Path) -> str:
        """What role an existing file plays in the batch; "" if none."""
        return self._known.get(_number(path), "")

    @cached_property
    def _known(self) -> dict[_File, str]:
        known: dict[_File, str] = {}
        for path, what in self._found():
            with suppress(OSError, ValueError):  # who needs it will tell that it is not there
                known.setdefault(_number(path), what)
        return known

    def _found(self) -> Iterator[tuple[Path, str]]:
        for source in dict.fromkeys(each.source for each in self._variants):
            path = Path(source)
            yield path, f"the routine {source}"
            with suppress(OSError, ValueError, AudiocoachError):  # told where it is built
                if path.is_file() and b"sound" in path.read_bytes():
                    for name in sorted(load(path).sound_files):
                        yield path.parent / name, f"a sound of {source}"
        beds = {str(each.options.bed): each.options.bed for each in self._variants}
        for bed in beds.values():
            with suppress(AudiocoachError):
                found = settled(Options(bed=bed), surroundings=self._surroundings).settings.bed
                if isinstance(found, Path):
                    yield found, "a bed"


def _number(path: Path) -> _File:
    found = path.stat()
    return found.st_dev, found.st_ino
