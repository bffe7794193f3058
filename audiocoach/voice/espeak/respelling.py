"""Words that eSpeak says so briefly that they are mistaken for others, respelt so that they are
not.

Whisper (`scripts/hear espeak`) takes "of", as in "number two of eight", for "on" or "and" in six of
ten texts; with its full vowel, in half as many.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {"en": {"of": "ov"}}


def respelt(text: str, language: str) -> str:
    """The text as it is given to eSpeak, for a voice of a language (`en`)."""
    for word, spelling in _WORDS.get(language, {}).items():
        text = re.sub(rf"(?<![\w-]){word}(?![\w-])", spelling, text)
    return text
