"""Which sessions a command line asks for: each routine with each combination of values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from audiocoach.delivery.beside import NOTHING, Beside
from audiocoach.delivery.formats import MP3
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS, Setting
from audiocoach.wording import quoted

_NUMBERED: Final = ("only", "skip")
"""The settings that may name an exercise by its number."""
_NAMELESS: Final = "session"
"""The name of what comes from a file `.yaml`: a file `.mp3` would be hidden."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One session of many."""

    name: str
    """The routine's name, then the values in which the variants differ, and the doses that were
    chosen: `foot-care-en-slow-toe-press`."""
    source: str
    """A bundled name, or the path of a routine."""
    options: Options
    output: Path
    beside: Beside = NOTHING

    def standing(self) -> Iterator[Path]:
        """The existing files where its own will go; for a folder, everything in it."""
        beside: tuple[Path, ...] = ()
        with suppress(UsageError):  # told where it is built
            beside = self.beside.paths(self.output)
        with suppress(OSError, ValueError):
            is_folder = self.beside.device and self.output.is_dir()
            there = self.output.iterdir() if is_folder else [self.output]
            yield from filter(Path.is_file, [*there, *beside])


def spread(
    sources: Sequence[str], options: Options, folder: Path, beside: Beside = NOTHING
) -> tuple[Variant, ...]:
    """Every combination of the routines and of the values in the options, as files in `folder`.

    An option may hold several values in one text, separated by commas, if its setting `spreads`.
    The routines vary slowest, then the language, then the settings in the order of their table.
    Raises UsageError for a value that is missing, impossible or there twice, and for two variants
    that would be the same file.
    """
    given = {name: _values(SETTINGS[name], getattr(options, name)) for name in SPREADING}
    several = {name: values for name, values in given.items() if len(values) > 1}
    variants = tuple(
        _variant(source, dict(zip(several, values, strict=True)), options, folder, beside)
        for source in sources
        for values in product(*several.values())
    )
    refuse_the_same_file_twice(variants, _the_same_file)
    return variants


SPREADING: Final = sorted(
    (name for name, row in SETTINGS.items() if row.kind.spreads),
    key=lambda name: name != "language",  # listed by name, the sessions of a language are together
)


def _values(row: Setting, given: object) -> Sequence[str]:
    """The values an option holds, as they are written; none for one that holds at most one."""
    if not isinstance(given, str) or "," not in given:
        return ()
    texts = [text.strip() for text in given.split(",")]
    if not all(texts):
        problem = f"a value is missing beside a comma in {quoted(given)}"
        raise row.error(row.flag, f"{problem}; write it, or leave the comma out")
    written: dict[object, str] = {}
    for text in texts:
        try:
            value = row.read(text)
        except ValueError as error:
            raise row.error(
                row.flag, f"{error}; a comma separates the values in {quoted(given)}"
            ) from None
        if value in written:
            both = " and ".join(dict.fromkeys((quoted(written[value]), quoted(text))))
            raise row.error(row.flag, f"{both} would be built twice; leave one out")
        written[value] = text
    return texts


def _variant(
    source: str, values: Mapping[str, Any], options: Options, folder: Path, beside: Beside
) -> Variant:
    name = "-".join(
        [routine_name(source), *map(in_a_file_name, values.values()), *_doses(options, values)]
    )
    output = folder / (name if beside.device else f"{name}{MP3.endings[0]}")
    return Variant(name, source, options.but(**values), output, beside)


_DOSES: Final[Mapping[str, str]] = {
    "only": "{}",
    "skip": "without-{}",
    "affected": "affected-{}",
    "sides": "{}",
    "sets": "{}-sets",
    "reps": "{}-reps",
    "rounds": "{}-rounds",
    "level": "{}",
}
"""How a chosen dose is told in the name of a file."""


def _doses(options: Options, named: Mapping[str, Any]) -> Iterator[str]:
    """The doses the user chose: another dose is another session, and gets a file of its own."""
    for name, form in _DOSES.items():
        given = options.given.get(name, ())
        if name not in named:
            for value in given if isinstance(given, tuple) else (given,):
                text = in_a_file_name(str(value))
                yield form.format(
                    f"exercise-{text}"
                    if name in _NUMBERED and text.replace("-", "").isdigit()
                    else text
                )


def routine_name(source: str) -> str:
    """The name of a routine in file names."""
    name = Path(source).name.removesuffix(".yaml").removesuffix(".yml")
    return name.strip(".-") or _NAMELESS


def in_a_file_name(value: str) -> str:
    """A value without characters that have a meaning in file names on any system."""
    return re.sub(r"[^\w.]+", "-", value).strip("-.")


def refuse_the_same_file_twice(
    variants: Sequence[Variant], error: Callable[[Variant, Variant], UsageError]
) -> None:
    """Raise that error for the first two that would be the same file."""
    seen: dict[str, Variant] = {}
    for variant in variants:
        # Some file systems take Foot.mp3 and foot.mp3 for one.
        first = seen.setdefault(str(variant.output).casefold(), variant)
        if first is not variant:
            raise error(first, variant)


def _the_same_file(first: Variant, second: Variant) -> UsageError:
    if first == second:
        return UsageError(f"{first.source} is given twice; leave one out")
    return UsageError(
        f"{second.output} would be written twice, for {_difference(first, second)}; "
        "build them one by one, each with an --output of its own"
    )


def _difference(first: Variant, second: Variant) -> str:
    if first.source != second.source:
        return f"{first.source} and {second.source}"
    flags = [
        SETTINGS[name].flag
        for name in SPREADING
        if getattr(first.options, name) != getattr(second.options, name)
    ]
    return f"two values of {' and of '.join(flags)} for {first.source}"
