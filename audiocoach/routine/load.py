"""Reads a routine from YAML: a bundled one by its name, or a file by its path.

Whatever is wrong becomes one RoutineError that tells every mistake, each as
`file:line:column: field: what was found; what is allowed`.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from audiocoach.errors import Problem, RoutineError
from audiocoach.routine.base import Model
from audiocoach.routine.bundle import SIZE_LIMIT, bundled, is_path
from audiocoach.routine.levels import Level, Reading, at_level, by_level
from audiocoach.routine.model import Breath, Group, Routine, Step
from audiocoach.routine.problems import Mistake, Words, item_label, mistakes
from audiocoach.routine.recordings import Sounds
from audiocoach.routine.times import Time, is_length
from audiocoach.routine.unfold import until_mistake
from audiocoach.routine.ways import ABLE
from audiocoach.routine.written import TO
from audiocoach.routine.yaml_tree import Mapping, Mark, Node, Scalar, Sequence, YamlError, read_tree
from audiocoach.wording import nearest, nearest_file, printable, quoted

__all__ = ["SIZE_LIMIT", "bundled", "bundled_text", "from_bytes", "load", "loads"]

PROBLEM_LIMIT: Final = 20
_NOTHING: Final = object()
"""Stands for a missing value: no field accepts it, not even if it may be None."""


def load(source: str | Path, *, name: str = "", sounds: bool = True) -> Routine:
    """Read the bundled routine of that name, or the file at that path.

    A text with a slash or an ending (`./mine`, `mine.yaml`) is a path, any other a name. Errors
    call the file `name`, or by its path. `sounds` says whether the routine may name sound files
    next to it; no bundled routine does.

    Raises RoutineError when there is no such routine, or it can't be read or used.
    """
    if isinstance(source, str) and not is_path(source):
        return loads(bundled_text(source), name=f"{source}.yaml")
    path = Path(source)
    content = _read_file(path, printable(name or str(path)))
    name = printable(name or str(source))
    return loads(_decode(content, name), name=name, folder=path.parent if sounds else None)


def from_bytes(content: bytes, name: str) -> Routine:
    """Read a routine that is not in a file; errors call it `name`. Raises RoutineError."""
    if len(content) > SIZE_LIMIT:
        raise RoutineError(Problem("this is too large; a routine has 1 MB at most", name))
    return loads(_decode(content, name), name=name)


def loads(text: str, *, name: str = "<routine>", folder: Path | None = None) -> Routine:
    """Read a routine from YAML text; errors call it `name`.

    The sounds that it names are in `folder`; without one it may name none. Raises RoutineError if
    it can't be used.
    """
    name = printable(name)
    try:
        tree = read_tree(text)
    except YamlError as error:
        raise RoutineError(Problem(printable(str(error)), name, *error.mark)) from None
    if by_level(tree):
        message = "give values by level for single fields, not for the whole file"
        raise RoutineError(Problem(message, name, 1, 1))
    own = _level(tree)
    reading = Reading(own, sounds=Sounds(folder))
    found = {own: _routine_at(tree, name, reading)}
    if _tree_at(tree, own) != tree or reading.by_ability:  # levels differ
        found = {
            level: found.get(level)
            or _routine_at(tree, name, Reading(level, sounds=reading.sounds))
            for level in Level
        }
    slips = _slips(found)
    for level, result in found.items():
        if isinstance(result, list) and any(each.slip and each not in slips for each in result):
            found[level] = _routine_at(
                tree, name, Reading(level, tolerant=True, sounds=reading.sounds)
            )
    routines = {level: result for level, result in found.items() if isinstance(result, Routine)}
    if slips or len(routines) < len(found):
        raise _error(found, slips, name)
    if len(routines) > 1:
        for routine in routines.values():
            routine._at.update(routines)
    return routines[own]


def _routine_at(tree: Mapping, name: str, reading: Reading) -> Routine | list[Mistake]:
    """The routine of one level, or what is wrong with it."""
    chosen = _tree_at(tree, reading.level)
    reading.breath = _breath(chosen)
    try:
        routine = Routine.model_validate(_plain_values(chosen), context=reading)
    except ValidationError as error:
        return mistakes(error, chosen)
    _locate(routine, chosen, name, reading.level)
    return _miscounted(routine.exercises) or routine


def _tree_at(tree: Mapping, level: Level) -> Mapping:
    """The file at one level; which level it is itself for stays as written."""
    chosen = {
        key: entry if key == "level" else replace(entry, value=at_level(entry.value, level))
        for key, entry in tree.entries.items()
    }
    return replace(tree, entries=chosen)


def _level(tree: Mapping) -> Level:
    """The routine's own level; a wrong one is told when it is validated."""
    entry = tree.entries.get("level")
    text = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
    return Level(text) if text in tuple(Level) else Level.BEGINNER


def _breath(tree: Mapping) -> tuple[Time, Time] | None:
    """How long a breath lasts; any length for a wrong one, which is told on its own."""
    entry = tree.entries.get("breath")
    if entry is None:
        return None
    with suppress(ValidationError):
        breath = Breath.model_validate(_plain_values(entry.value))
        return breath.inhale, breath.exhale
    return Time.prescribed(4000), Time.prescribed(4000)


def _miscounted(steps: tuple[Step, ...], path: tuple[str, ...] = ()) -> list[Mistake]:
    """Groups whose rounds can't be counted, without those that only hold such a group."""
    found: list[Mistake] = []
    for number, group in enumerate(steps, start=1):
        if not isinstance(group, Group):
            continue
        here = (*path, item_label("group", number, group.name))
        inside = _miscounted(group.exercises, here)
        found += inside
        mistake = None if inside else until_mistake(group)
        if mistake:
            worded = partial(Words, list(here), mistake)
            found.append(Mistake(group.mark("until"), mistake, slip=False, worded=worded))
    return found


def _slips(found: dict[Level, Routine | list[Mistake]]) -> set[Mistake]:
    """What has no effect at any level."""
    told = [set(each) if isinstance(each, list) else set() for each in found.values()]
    return {each for each in set.intersection(*told) if each.slip}


def _error(
    found: dict[Level, Routine | list[Mistake]], slips: set[Mistake], name: str
) -> RoutineError:
    """Every mistake, with the levels that have it where these are not all."""
    levels = {slip: list(found) for slip in slips}
    for level, result in found.items():
        for mistake in result if isinstance(result, list) else ():
            if mistake not in slips:
                levels.setdefault(mistake, []).append(level)
    ordered = sorted(levels, key=lambda mistake: mistake.mark)
    told = [
        each.problem(name, levels[each] if len(levels[each]) < len(found) else ())
        for each in ordered[:PROBLEM_LIMIT]
    ]
    return RoutineError(*told, more=len(ordered) - len(told))


def bundled_text(name: str) -> str:
    """The YAML text of a bundled routine.

    Raises RoutineError when there is none of that name; the message lists those there are.
    """
    known = dict(bundled())
    if name in known:
        return known[name].read_text(encoding="utf-8")
    listed = ", ".join(known)
    raise RoutineError(f"{_no_such_name(name, list(known))} The bundled routines: {listed}")


def _no_such_name(name: str, known: list[str]) -> str:
    missing = f"there is no routine named {quoted(name)}."
    for path in (f"./{name}", f"./{name}.yaml", f"./{name}.yml"):
        if name and _is_file(path):
            return f"{missing} For the file of that name write {quoted(path)}."
    if is_length(name):
        return f"{missing} A length is given in one word: --duration 20min."
    meant = nearest(name, known)
    if meant:
        return f"{missing} Did you mean {meant!r}?"
    return f"{missing} A file is given by its path, such as ./my-routine.yaml."


def _is_file(path: str) -> bool:
    with suppress(OSError, ValueError):  # a name too long, or with a NUL
        return Path(path).is_file()
    return False


def _read_file(path: Path, name: str) -> bytes:
    """The bytes of a regular file of a sensible size; anything else is never opened."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise RoutineError(Problem("this is a folder; name the file in it", name))
        if not stat.S_ISREG(status.st_mode):
            raise RoutineError(Problem("this is not a regular file", name))
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise RoutineError(Problem(_no_such_file(path), name)) from None
    except PermissionError:
        raise RoutineError(Problem("you are not allowed to read this file", name)) from None
    except OSError as error:
        raise RoutineError(Problem(f"it can't be read ({error.strerror})", name)) from None
    except ValueError:  # a NUL in the path
        raise RoutineError(Problem("this can't be the path of a file", name)) from None
    if len(content) > SIZE_LIMIT:
        size = max(status.st_size, len(content)) / 1_000_000
        raise RoutineError(Problem(f"{size:.1f} MB is too large; a routine has 1 MB at most", name))
    return content


def _no_such_file(path: Path) -> str:
    if path.stem in dict(bundled()):
        return f"there is no such file; the bundled routine is named {path.stem!r}"
    with suppress(OSError, ValueError):  # a folder that can't be listed
        there = [each.name for each in path.parent.iterdir() if each.suffix in (".yaml", ".yml")]
        other = nearest_file(path.name, there)
        if other:
            return f"there is no such file; did you mean {str(path.with_name(other))!r}?"
    return "there is no such file"


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RoutineError(Problem("this file is UTF-16; save it as UTF-8", name))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        byte = content[error.start]
        message = f"this is not UTF-8 text (byte 0x{byte:02X}); save it as UTF-8"
        raise RoutineError(Problem(message, name, line, column)) from None


def _plain_values(node: Node) -> Any:
    match node:
        case Scalar():
            return _NOTHING if node.empty else node.text
        case Sequence():
            return [_plain_values(item) for item in node.items]
        case Mapping():
            return {key: _plain_values(entry.value) for key, entry in node.entries.items()}


def _locate(value: object, node: Node, name: str, level: Level) -> None:
    """Tell every model in a value at which places its fields stand, and which ranges they were."""
    if isinstance(value, tuple):
        # One text may stand for a list of one.
        nodes = node.items if isinstance(node, Sequence) else [node]
        for item, item_node in zip(value, nodes, strict=True):
            _locate(item, item_node, name, level)
    elif isinstance(value, Model):
        value._file = name
        value._marks[""] = Mark(node.mark.line, 1)
        for field, entry in node.entries.items() if isinstance(node, Mapping) else ():
            value._marks[field] = entry.mark
            inner = getattr(value, field)
            _locate(inner, entry.value, name, level)
            if isinstance(inner, dict) and isinstance(entry.value, Mapping):
                keys = entry.value.entries.items()
                value._marks |= {f"{field}.{key}": each.mark for key, each in keys}
            if field in ABLE and (ranges := [each for each in _texts(entry.value) if _TO(each)]):
                value._abilities[field] = f"of {', '.join(ranges)}, level {level}"


_TO: Final = re.compile(TO).search


def _texts(node: Node) -> Iterator[str]:
    """Every text in a value."""
    match node:
        case Scalar():
            yield node.text.strip()
        case Sequence():
            for item in node.items:
                yield from _texts(item)
        case Mapping():
            for entry in node.entries.values():
                yield from _texts(entry.value)
