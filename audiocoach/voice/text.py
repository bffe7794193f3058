"""Cleans texts for engines, and words the error for one that can't be spoken."""

from __future__ import annotations

import unicodedata

from audiocoach.errors import VoiceError
from audiocoach.wording import excerpt


def speakable(text: str, longest: int, remedy: str = "reword it") -> str:
    """A text without anything that an engine would obey, or stumble over, instead of saying it.

    Letters and their accents are put together, or the accent would be named. Control
    characters, which may end a text or begin commands, lone surrogates and runs of spaces
    become one space. Raises VoiceError for more than `longest` characters.
    """
    if len(text) > longest:
        raise unspeakable(text, f"has more than {longest} characters", remedy)
    composed = unicodedata.normalize("NFC", text)
    visible = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in composed)
    return " ".join("".join(visible).split())


def unspeakable(text: str, problem: str, remedy: str = "reword it") -> VoiceError:
    """The error for a text that no voice of an engine can speak."""
    return VoiceError(f"the text {excerpt(text)} {problem}; {remedy}", utterance=text)
