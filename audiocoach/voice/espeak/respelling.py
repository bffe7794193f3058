"""Words that eSpeak says as others, respelt so that it does not.

Some are so brief that they are mistaken: Whisper (`scripts/hear espeak`) takes "of", as in "number
two of eight", for "on" or "and" in six of ten texts; with its full vowel, in half as many. Others
it takes for English, such as the French "dos". Voices that read by its rules have those too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_BRIEF: Final = {"en": {"of": "ov"}}
_FOREIGN: Final = {"fr": {"dos": "dau"}}


def respelt(text: str, language: str) -> str:
    """The text as it is given to eSpeak, for a voice of a language (`en`)."""
    return at_home(_respelt(text, _BRIEF.get(language, {})), language)


def at_home(text: str, language: str) -> str:
    """The text without words that eSpeak takes for those of another language."""
    return _respelt(text, _FOREIGN.get(language, {}))


def _respelt(text: str, words: Mapping[str, str]) -> str:
    for word, spelling in words.items():
        text = re.sub(rf"(?<![\w-]){word}(?![\w-])", spelling, text)
    return text
