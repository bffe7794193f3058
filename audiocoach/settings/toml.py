"""Reads a TOML file that anyone may have written, with care: no more of it than is sensible.

Messages are worded to follow the name of the file.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any, Final

MOST_BYTES: Final = 1 << 20
_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")


class TomlError(Exception):
    """Why a file can't be read as TOML: "is not UTF-8; save it as UTF-8"."""

    def __init__(
        self, wrong: str, *, place: tuple[str, str] | None = None, is_file: bool = True
    ) -> None:
        """`place` is line and column; for what is no file another one has to be named."""
        super().__init__(wrong)
        self.place = place
        self.is_file = is_file


def toml_text(path: Path) -> str:
    """What is written in a file. Raises OSError as the system does, and TomlError."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):  # a pipe would be waited for
        what = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
        raise TomlError(what, is_file=False)
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TomlError(f"is larger than {MOST_BYTES >> 20} MB")
    try:
        return content.decode("utf-8-sig")  # Notepad writes a byte order mark
    except UnicodeDecodeError as reason:
        raise TomlError("is not UTF-8; save it as UTF-8") from reason


def toml_tree(text: str) -> dict[str, Any]:
    """The content of a text. Raises TomlError."""
    import tomllib  # 10 ms, for those who have such a file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        at = _PLACE.search(str(reason))
        what = str(reason).removesuffix(at[0]) if at else str(reason)
        place = (at[1], at[2]) if at else None
        raise TomlError(f"is not TOML: {what}", place=place) from reason
    except RecursionError as reason:
        raise TomlError("is nested too deeply; simplify it") from reason
    except ValueError as reason:
        raise TomlError("has too long a number; simplify it") from reason
