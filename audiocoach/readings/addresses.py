"""Addresses and hashtags, which no one can use by ear: they are left out, and `check` says so."""

from __future__ import annotations

import re
from typing import Final

_DOMAINS: Final = "com|org|net|info|edu|gov|io|app|co|uk|ie|us|ca|au|eu|de|at|ch|es|mx|fr|be"
_ADDRESS: Final = re.compile(
    r"(?<![\w@/.-])(?:"
    r"(?:https?://|www\.)[^\s<>()\"]*[\w/]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})(?:/[^\s<>()\"]*[\w/]|(?![\w.]|\s+[a-z]\.))"
    r"|\#[^\W\d]\w+)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(rf"\(\s*{_ADDRESS.pattern}\s*\)", re.IGNORECASE)
"""One in brackets, with them."""


def addresses(text: str) -> list[str]:
    """The addresses and hashtags of a text, as they are written."""
    return _ADDRESS.findall(text)


def without_addresses(text: str) -> str:
    """A text as it is heard."""
    return _ADDRESS.sub(" ", _ALONE.sub(" ", text))
