"""Words as they are compared and as they are said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from audiocoach.coaching.phrases import phrases_for

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def plain(text: str) -> str:
    """A text in the form used to compare: no capitals, accents or signs, because recognisers differ
    in these.

    What French elides stands alone: `l' exercice`.
    """
    folded = _decomposed(_decomposed(text.replace("’", "'")).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.sub(r"[^\w']+", " ", bare)
    return " ".join(re.sub(r"\b([cdjlmnst]|qu)'(?=\w)", r"\1' ", words).split())


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def sayable(title: str, language: str) -> str:
    """A title as it would be said, in small letters: numbers are words, signs are left out."""
    number = phrases_for(language).number
    text = re.sub(r"\d+", lambda found: f" {number(int(found[0]))} ", title.replace("’", "'"))
    return " ".join(_WORD.findall(text.lower()))


def any_of(words: Iterable[str]) -> str:
    """A group that takes any of the words, the longest first."""
    return f"({'|'.join(map(re.escape, sorted(map(plain, words), key=len, reverse=True)))})"
