"""The address of a session: which routine, with which settings, from where on, in which format.

    /sessions/foot-relief.mp3?pace=slow&coaching=brief        for people
    /s/foot-relief/pace=slow,coaching=brief.mp3               for feeds, casts and assistants
    /s/foot-relief/pace=slow/from/75000.mp3                   from a mark (ms) to its end

Both forms mean the same; the second has no query and ends in the format, as many players require.
The settings are those of the table, written as for their flags. Pure: an address is a name to look
up, never a path in a file system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from audiocoach.server.refusals import AddressError
from audiocoach.settings.kinds import BED
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import nearest, quoted

LONGEST: Final = 2_000
"""The most characters of a path with its query; not every browser or player accepts more."""
MOST_SETTINGS: Final = 60
"""The most values in one address."""
NOT_ASKED: Final = frozenset({"offline", "fallback"})
"""Settings that only whoever starts the server decides: whether texts leave the computer, and who
may speak."""
ASKED: Final = tuple(name for name in SETTINGS if name not in NOT_ASKED)
"""The settings that an address may hold."""
_SAFE: Final = ":"
"""Characters that a value may contain unescaped, as in a length."""
_START: Final = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Address:
    """A session, or a part of one, in a format."""

    routine: str
    options: Options = Options()
    """The settings as written for their flags, in the order of the table."""
    ending: str = ".mp3"
    start: int | None = None
    """Where it begins (ms), if not at the beginning."""

    @property
    def path(self) -> str:
        """The canonical path, without a query; percent-encoded."""
        pairs = [f"{name}={_quoted(value)}" for name, value in _pairs(self.options)]
        parts = ["s", _quoted(self.routine), *([",".join(pairs)] if pairs else [])]
        if self.start is not None:
            parts += ["from", str(self.start)]
        return "/" + "/".join(parts) + self.ending

    def but(self, ending: str, start: int | None = None) -> Address:
        """The same session in another format, or from another place."""
        return Address(self.routine, self.options, ending, start)


def read(path: str, query: str, endings: Iterable[str]) -> Address | None:
    """The address that a path (still percent-encoded) and a query stand for; None if there is none.

    `endings` are those of the formats there are. Raises AddressError for something that looks like
    an address but asks for the impossible.
    """
    if len(path) + len(query) > LONGEST:
        raise AddressError(f"the address is longer than {LONGEST} characters")
    _, first, *rest = path.split("/") if path.count("/") >= 2 else ("", "")
    ending = max((each for each in endings if path.endswith(each)), key=len, default=None)
    if first not in {"s", "sessions"} or ending is None:
        return None
    *rest, last = rest
    rest.append(last.removesuffix(ending))
    start = None
    if len(rest) >= 3 and rest[-2] == "from":
        start = _start(rest[-1])
        rest = rest[:-2]
    routine = _text(rest[0])
    if first == "sessions" and len(rest) == 1:
        pairs = _of_query(query)
    elif first == "s" and len(rest) <= 2 and not query:
        pairs = _of_segment(rest[1]) if len(rest) == 2 else []
    else:
        return None
    return Address(routine, options(pairs), ending, start)


def of_query(query: str) -> Options:
    """The settings in the query of a page. Raises AddressError."""
    if len(query) > LONGEST:
        raise AddressError(f"the address is longer than {LONGEST} characters")
    return options(_of_query(query))


def options(pairs: Iterable[tuple[str, str]]) -> Options:
    """The settings that names and values mean; several values of one name are a list.

    Empty values are ignored: forms send one for each field. Raises AddressError for an impossible
    name or value.
    """
    given = [(name.replace("-", "_"), value.strip()) for name, value in pairs if value.strip()]
    if len(given) > MOST_SETTINGS:
        raise AddressError(f"an address holds {MOST_SETTINGS} settings at most")
    values: dict[str, str] = {}
    for name, same in groupby(sorted(given, key=itemgetter(0)), key=itemgetter(0)):
        values[name] = _written(name, [value for _, value in same])
    return Options(**values)


def with_query(path: str, chosen: Options) -> str:
    """A path with settings as its query."""
    pairs = "&".join(f"{name}={_quoted(value)}" for name, value in _pairs(chosen))
    return f"{path}?{pairs}" if pairs else path


def _written(name: str, values: list[str]) -> str:
    """A value as its setting would write it, so that one session has one address."""
    if name not in ASKED:
        meant = nearest(name, ASKED)
        hint = f"; did you mean {meant}?" if meant else f"; there are {', '.join(ASKED)}"
        raise AddressError(f"{quoted(name)} is not a setting for an address{hint}")
    kind = SETTINGS[name].kind
    if len(values) > 1 and not (kind.is_list or kind.has_commas):
        raise AddressError(f"{name} is given twice; leave one out")
    if kind is BED and values[0] not in kind.choices:  # it would be the name of a file
        raise AddressError(f"{name}: write {', '.join(kind.choices)}; a file can't be named here")
    try:
        value = SETTINGS[name].read(",".join(values))
    except ValueError as error:
        raise AddressError(f"{name}: {error}") from None
    return kind.write(value) or ",".join(values)


def _pairs(chosen: Options) -> list[tuple[str, str]]:
    """Each setting with its value; of a list, with each of its values."""
    return [
        (name, part.strip())
        for name, value in chosen.given.items()
        for part in (
            value.split(",")
            if SETTINGS[name].kind.is_list or SETTINGS[name].kind.has_commas
            else [value]
        )
    ]


def _of_segment(segment: str) -> list[tuple[str, str]]:
    pairs = [piece.partition("=") for piece in segment.split(",")]
    return [(_text(name), _text(value)) for name, _, value in pairs]


def _of_query(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=2 * MOST_SETTINGS
        )
    except ValueError:
        raise AddressError("the query can't be read") from None


def _text(piece: str) -> str:
    try:
        return unquote(piece, errors="strict")
    except UnicodeDecodeError:
        raise AddressError("the address is not UTF-8") from None


def _start(piece: str) -> int:
    if not _START.fullmatch(piece):
        raise AddressError(f"{quoted(piece)} is not a number of milliseconds")
    return int(piece)


def _quoted(text: str) -> str:
    return quote(text, safe=_SAFE)
