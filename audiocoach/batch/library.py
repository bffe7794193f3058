"""A library file: in TOML, which routines are built, with which values of which settings.

    routines = ["foot-*", "circuit", "clinic/*.yaml"]  # names, paths from here, patterns
    output = "sessions"                     # the folder to write to, from here
    name = "{language}/{routine}-{pace}"    # of each file; .mp3 where it has no other ending
    also = ["html", "vtt"]                  # as --also; bundle = true, for = "car" likewise

    [settings]                              # a list: every value, with every value of the others
    language = ["en", "de"]
    pace = ["slow", "normal"]
    duration = "20:00"

    [[except]]                              # in their order, each on what those before it left
    when = {routine = "foot-care", language = "de"}
    leave_out = true

    [[except]]
    when = {routine = "circuit"}
    set = {pace = "brisk", countdown = 5}

The settings are those of the command line, written as there; TOML's own numbers and true and false
will do as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any, Final, TypeAlias

from audiocoach.batch.lines import places
from audiocoach.batch.variants import (
    SPREADING,
    Variant,
    in_a_file_name,
    refuse_the_same_file_twice,
    routine_name,
)
from audiocoach.delivery.beside import Beside, wanted
from audiocoach.delivery.formats import MP3, by_ending
from audiocoach.errors import UsageError
from audiocoach.routine.load import bundled
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS, Setting
from audiocoach.settings.toml import TomlError, toml_text, toml_tree
from audiocoach.wording import did_you_mean, label, quoted

_KEYS: Final = ("routines", "output", "name", "also", "bundle", "for", "settings", "except")
_EXCEPT_KEYS: Final = ("when", "leave_out", "set")
_ROUTINE: Final = "routine"
_PATTERN: Final = re.compile(r"[*?\[]")

_Value: TypeAlias = str | tuple[str, ...]
_Combination: TypeAlias = dict[str, _Value]
"""Values of settings as they are written, by name."""


class LibraryError(UsageError):
    """A library file that can't be used; the message names file, line, field and remedy."""


@dataclass(frozen=True, slots=True)
class Library:
    """What a library file asks for."""

    path: Path
    folder: Path
    """Where its files go."""
    variants: tuple[Variant, ...]

    @property
    def manifest(self) -> Path:
        """Where its manifest is: what its files were made from."""
        return self.folder / f"{self.path.stem}.manifest.jsonl"


def read_library(path: Path, folder: Path | None = None) -> Library:
    """The sessions that the library file asks for, as files in `folder`, or in its own.

    Raises LibraryError.
    """
    return _Reader(path, _text(path)).library(folder)


def _text(path: Path) -> str:
    try:
        return toml_text(path)
    except (FileNotFoundError, NotADirectoryError):
        wrong = "there is no such file; name the TOML file of a library"
    except OSError as reason:
        wrong = f"it can't be read ({reason.strerror}); fix that, or name another file"
    except TomlError as reason:
        wrong = f"it {reason}" + ("" if reason.is_file else "; name the TOML file of a library")
    raise LibraryError(f"{path}: {wrong}", place="--library")


@dataclass(frozen=True, slots=True)
class _Exception:
    """What is otherwise for some of the sessions."""

    routines: tuple[str, ...]
    """Names or patterns of them; empty for all."""
    when: Mapping[str, tuple[Any, ...]]
    """Values that were read, by setting."""
    replaced: Mapping[str, tuple[_Value, ...]] | None
    """None leaves them out."""

    def matches(self, source: str, values: _Combination) -> bool:
        name = routine_name(source)
        if self.routines and not any(fnmatchcase(name, each) for each in self.routines):
            return False
        return all(
            setting in values and _read(SETTINGS[setting], values[setting]) in wanted_values
            for setting, wanted_values in self.when.items()
        )

    def applied(self, values: _Combination) -> Iterator[_Combination]:
        if self.replaced is not None:
            for chosen in product(*self.replaced.values()):
                yield values | dict(zip(self.replaced, chosen, strict=True))


@dataclass(frozen=True)
class _Reader:
    """Reads one file; every error has its place in it."""

    path: Path
    text: str
    lines: dict[tuple[str, ...], int] = field(init=False)
    tree: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", dict(places(self.text)))
        object.__setattr__(self, "tree", self._parsed())

    def _parsed(self) -> dict[str, Any]:
        try:
            return toml_tree(self.text)
        except TomlError as reason:
            where = ":".join([str(self.path), *(reason.place or ())])
            raise LibraryError(f"{where}: it {reason}") from reason

    def error(self, problem: str, *field: str) -> LibraryError:
        """What is wrong with a field, given by the names of the tables it is in and its own."""
        places = (field[:end] for end in range(len(field), 0, -1))
        line = next((self.lines[place] for place in places if place in self.lines), 0)
        where = f"{self.path}:{line}" if line else f"{self.path}"
        shown = ": ".join(label(part) for part in field)
        return LibraryError(": ".join(part for part in (where, shown, problem) if part))

    def library(self, folder: Path | None) -> Library:
        self._refuse_unknown(self.tree, _KEYS)
        beside = self._beside()
        folder = folder or self.path.parent / self._one_text("output", "output")
        sources = self._sources()
        settings = self._settings(self._table("settings"), "settings")
        exceptions = [self._exception(*each) for each in self._exceptions()]
        sessions = self._sessions(sources, settings, exceptions)
        template = self._template(sessions)
        variants = tuple(
            self._variant(template, source, values, folder, beside) for source, values in sessions
        )
        refuse_the_same_file_twice(variants, self._the_same_file)
        library = Library(self.path, folder, variants)
        for each in variants:
            self._refuse_name(each, library.manifest)
        return library

    # -- what is asked for -------------------------------------------------------------

    def _sources(self) -> tuple[str, ...]:
        patterns = self._texts(self.tree.get("routines"), "routines")
        if not patterns:
            raise self.error('is missing; write routines = ["foot-*", "my/*.yaml"]', "routines")
        found = (source for pattern in patterns for source in self._matching(pattern))
        return tuple(dict.fromkeys(found))

    def _matching(self, pattern: str) -> Sequence[str]:
        names = [name for name, _ in bundled()]
        if not ("/" in pattern or pattern.endswith((".yaml", ".yml"))):
            found = [name for name in names if fnmatchcase(name, pattern)]
            if not found:
                meant = did_you_mean(pattern, names, most=1)
                known = ", ".join(names)
                problem = f"no bundled routine is called {quoted(pattern)}"
                raise self.error(f"{problem}; {meant}there are: {known}", "routines")
            return found
        if not _PATTERN.search(pattern):
            return [str(self.path.parent / pattern)]
        try:
            paths = sorted(self._globbed(pattern))
        except (ValueError, NotImplementedError) as reason:
            raise self.error(f"{quoted(pattern)}: {reason}", "routines") from reason
        if not paths:
            problem = f"no file next to the library matches {quoted(pattern)}"
            raise self.error(f"{problem}; fix the pattern, or leave it out", "routines")
        return [str(path) for path in paths]

    def _globbed(self, pattern: str) -> Iterator[Path]:
        absolute = PurePosixPath(pattern).is_absolute()
        start = Path(Path(pattern).anchor) if absolute else self.path.parent
        inside = str(PurePosixPath(pattern).relative_to("/")) if absolute else pattern
        return (path for path in start.glob(inside) if path.is_file())

    def _settings(self, table: Mapping[str, Any], *field: str) -> dict[str, tuple[_Value, ...]]:
        return {name: self._values(name, value, *field) for name, value in table.items()}

    def _values(self, name: str, value: object, *field: str) -> tuple[_Value, ...]:
        """The values that a setting takes, one after the other."""
        row = SETTINGS.get(name)
        if row is None:
            hint = did_you_mean(name, SETTINGS, most=1)
            problem = f"is not a setting; {hint}see audiocoach config for all of them"
            raise self.error(problem, *field, name)
        if row.kind.is_list:
            return (self._texts(value, *field, name),)
        if value == []:
            raise self.error("has no value; write one, or leave the field out", *field, name)
        texts: dict[object, str] = {}
        for each in value if isinstance(value, list) else [value]:
            text = self._as_text(each, *field, name)
            read = self._checked(row, text, *field)
            if read in texts:
                raise self.error(f"{quoted(text)} is given twice; leave one out", *field, name)
            texts[read] = str(self.path.parent / read) if isinstance(read, Path) else text
        return tuple(texts.values())

    def _checked(self, row: Setting, text: str, *field: str) -> Any:
        try:
            return row.read(text)
        except ValueError as error:
            raise self.error(str(error), *field, row.name) from None

    def _exceptions(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        tables = self.tree.get("except", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            raise self.error("must be tables, each under a line [[except]]", "except")
        return ((f"except {number}", table) for number, table in enumerate(tables, start=1))

    def _exception(self, where: str, table: Mapping[str, Any]) -> _Exception:
        self._refuse_unknown(table, _EXCEPT_KEYS, where)
        when = dict(self._table("when", table, where))
        routines = self._texts(when.pop(_ROUTINE, []), where, "when", _ROUTINE)
        read = {
            name: tuple(_read(SETTINGS[name], value) for value in values)
            for name, values in self._settings(when, where, "when").items()
        }
        left_out = table.get("leave_out", False)
        if left_out not in (True, False):
            raise self.error("must be true or false", where, "leave_out")
        replaced = self._settings(self._table("set", table, where), where, "set")
        if bool(replaced) == left_out:
            raise self.error("needs either leave_out = true or set = {...}", where)
        return _Exception(routines, read, None if left_out else replaced)

    def _sessions(
        self,
        sources: Iterable[str],
        settings: Mapping[str, tuple[_Value, ...]],
        exceptions: Sequence[_Exception],
    ) -> list[tuple[str, _Combination]]:
        ordered = {name: settings[name] for name in _in_order(settings)}
        sessions = [
            (source, dict(zip(ordered, values, strict=True)))
            for source in sources
            for values in product(*ordered.values())
        ]
        for number, exception in enumerate(exceptions, start=1):
            kept, met = [], False
            for source, values in sessions:
                if exception.matches(source, values):
                    met = True
                    kept += [(source, each) for each in exception.applied(values)]
                else:
                    kept.append((source, values))
            if not met:
                problem = "no session matches that; fix it, or leave the table out"
                raise self.error(problem, f"except {number}", "when")
            sessions = kept
        different = {
            (source, frozenset(values.items())): (source, values) for source, values in sessions
        }
        if not different:
            raise self.error("leaves every session out; fix one of these tables", "except")
        return list(different.values())

    # -- what the files are called -----------------------------------------------------

    def _template(self, sessions: Sequence[tuple[str, _Combination]]) -> str:
        """The template of the names; without one, the routine's and what differs."""
        if "name" not in self.tree:
            names = _in_order({name for _, values in sessions for name in values})
            differing = [
                name for name in names if len({values.get(name) for _, values in sessions}) > 1
            ]
            return "-".join(f"{{{name}}}" for name in (_ROUTINE, *differing))
        template = self._one_text("name", "")
        try:
            parts = list(Formatter().parse(template))
        except ValueError as reason:
            raise self.error(f"{quoted(template)}: {reason}", "name") from None
        known = (_ROUTINE, *SETTINGS)
        for _, name, form, conversion in parts:
            if name is not None and (name not in known or form or conversion):
                hint = did_you_mean(name, known, most=1)
                problem = f"{{{name}}} is not a field; {hint}there are routine and the settings"
                raise self.error(problem, "name")
        path = PurePosixPath(template)
        if path.is_absolute() or ".." in path.parts or "\\" in template or template.endswith("/"):
            raise self.error("must be the path of a file inside the output folder", "name")
        return template

    def _variant(
        self, template: str, source: str, values: _Combination, folder: Path, beside: Beside
    ) -> Variant:
        name = "".join(
            before + ("" if key is None else self._field(key, source, values))
            for before, key, _, _ in Formatter().parse(template)
        )
        form = by_ending(Path(name)) if by_ending(Path(template)) else None
        file = name if form or beside.device else f"{name}{MP3.endings[0]}"
        return Variant(name, source, Options(**values), folder / file, beside)

    def _refuse_name(self, variant: Variant, manifest: Path) -> None:
        """Raises LibraryError where a session can't be, or not again."""
        name, ending = variant.name, variant.output.suffix
        if not name.rpartition("/")[2].strip("."):
            raise self.error(f"{quoted(name)} names no file; put {{{_ROUTINE}}} into it", "name")
        if variant.beside.device and by_ending(variant.output):
            problem = f"{quoted(name)} is to be a folder of tracks; leave {ending} out"
            raise self.error(problem, "name")
        if manifest in (variant.output, *variant.output.parents):
            problem = f"{quoted(name)} is where the manifest goes; write another name"
            raise self.error(problem, "name")

    def _field(self, name: str, source: str, values: _Combination) -> str:
        if name == _ROUTINE:
            return routine_name(source)
        if name in values:
            value = values[name]
            return in_a_file_name(value if isinstance(value, str) else "-".join(value))
        if "name" not in self.tree:
            return "default"
        problem = f"{{{name}}} has no value for {source}; give {name} one under [settings]"
        raise self.error(problem, "name")

    def _the_same_file(self, first: Variant, second: Variant) -> UsageError:
        pair = (first.options.given, second.options.given)
        differing = [name for name in SETTINGS if pair[0].get(name) != pair[1].get(name)]
        told = " and of ".join(differing) if first.source == second.source else ""
        what = f"two values of {told}" if told else f"{first.source} and {second.source}"
        remedy = f"put {{{differing[0]}}} into the name" if told else "leave one out, or rename it"
        return self.error(f"{first.output} would be written twice, for {what}; {remedy}", "name")

    # -- values of TOML ----------------------------------------------------------------

    def _beside(self) -> Beside:
        also, device = self._texts(self.tree.get("also"), "also"), self.tree.get("for")
        bundle = self.tree.get("bundle", False)
        if bundle not in (True, False):
            raise self.error("must be true or false", "bundle")
        try:
            return wanted(
                ",".join(also) or None,
                bundle=bundle,
                device=None if device is None else self._as_text(device, "for"),
            )
        except UsageError as error:
            field = {"--for": "for", "--bundle": "bundle"}.get(error.place, "also")
            raise self.error(str(error), field) from None

    def _table(
        self, key: str, inside: Mapping[str, Any] | None = None, *field: str
    ) -> Mapping[str, Any]:
        table = (self.tree if inside is None else inside).get(key, {})
        if not isinstance(table, dict):
            raise self.error(f"must be a table: {key} = {{...}}", *field, key)
        return table

    def _refuse_unknown(self, table: Mapping[str, Any], known: Sequence[str], *field: str) -> None:
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known, most=1)
                more = "; a setting stands under [settings]" if key in SETTINGS else ""
                problem = f"is unknown here{more}; {hint}keys: {', '.join(known)}"
                raise self.error(problem, *field, key)

    def _one_text(self, key: str, default: str) -> str:
        value = self.tree.get(key, default)
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise self.error("must be a text in quotes", key)
        return value

    def _texts(self, value: object, *field: str) -> tuple[str, ...]:
        values = [] if value is None else value if isinstance(value, list) else [value]
        if all(isinstance(each, str) and each.strip() and "\0" not in each for each in values):
            return tuple(values)
        raise self.error('must be a text in quotes, or several: ["one", "two"]', *field)

    def _as_text(self, value: object, *field: str) -> str:
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, str | int | float):
            return str(value)
        raise self.error('must be a value such as "slow", 3 or true, or a list of them', *field)


def _read(row: Setting, value: _Value) -> Any:
    return row.read(value) if isinstance(value, str) else value


def _in_order(names: Iterable[str]) -> list[str]:
    """As the command line lists sessions: those of a language together."""
    order = {name: place for place, name in enumerate((*SPREADING, *SETTINGS))}
    return sorted(names, key=lambda name: (name != "language", order[name]))
