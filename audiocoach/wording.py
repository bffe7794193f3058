"""How messages word what was found and what was perhaps meant.

A routine file may come from anywhere, so nothing of it reaches a terminal
unescaped, and nothing of it makes a message long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 60
_LONGEST_NAME: Final = 40


def quoted(text: str) -> str:
    """`text` in quotes on one line, escaped, and shortened when it is long."""
    return repr(_shortened(text, _LONGEST))


def printable(text: str) -> str:
    """`text` with everything escaped that could move a cursor, reorder or hide a message."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def label(text: str) -> str:
    """A name for use inside a message: escaped, without quotes, shortened."""
    return printable(_shortened(text, _LONGEST_NAME))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was perhaps meant."""
    import difflib  # for error messages only

    # It is quadratic in the length of the word, which a stranger wrote.
    found = difflib.get_close_matches(word[:_LONGEST_NAME].casefold(), list(known), n=1)
    return found[0] if found else None


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
