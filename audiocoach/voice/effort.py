"""How long an engine takes to speak, for estimates."""

from __future__ import annotations

from typing import Final

SPEAKING: Final = {"espeak": 0.005, "piper": 0.085, "kokoro": 0.52, "gtts": 0.15}
"""Seconds of a processor that a second of speech takes: by eSpeak as in docs/batch.md, by Piper and
Kokoro as in docs/voices.md (33 s for what was thought to be 400 s, 167 s for 323 s); what gTTS
takes to answer is a guess."""
UNKNOWN: Final = 0.5


def is_slow(voice: str) -> bool:
    """Whether a voice is known to be slow; nobody knows about a user's own program."""
    return SPEAKING.get(voice.partition(":")[0], 0.0) > SPEAKING["espeak"]


def seconds_for(voice: str, speech: float) -> float:
    """About how long a voice takes for so many seconds of speech, where `SPEAKING` was measured."""
    return speech * SPEAKING.get(voice.partition(":")[0], UNKNOWN)
