"""How long a short word should be if nothing of it is lost: as long as the same word in eSpeak.

eSpeak makes each sound of a word by rule. A neural voice may swallow one, above all at the end of a
sentence: joe said "eight" without its t, in half of eSpeak's time, and it was heard as "hey"; of
"out" was heard "oh". Spoken in another way, with 0.7 of it, both were heard right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import Utterance

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.espeak.engine import EspeakVoice

ENOUGH: Final = 2 / 3
"""The share of eSpeak's time from which a word counts as complete."""


def measure(language: str, cache: Cache) -> EspeakVoice | None:
    """eSpeak's voice for a language; None if it has none."""
    from audiocoach.voice.espeak.engine import ENGINE

    try:
        return ENGINE.open("", language=language, rate=1.0, cache=cache)
    except VoiceError:
        return None


def seconds(texts: Sequence[str], language: str, cache: Cache) -> dict[str, float]:
    """How long eSpeak sounds in each text; without those that it can't say."""
    import numpy as np

    from audiocoach.voice.piper.carrier import sounding

    voice = measure(language, cache)
    found: dict[str, float] = {}
    left = [Utterance(text, language) for text in texts] if voice else []
    while voice and left:
        try:
            for utterance, segment in voice.speak(left):
                sound = np.frombuffer(segment.raw_data, "<i2").astype(np.float32)
                found[utterance.text] = sounding(sound, segment.frame_rate)
                left = left[1:]
        except VoiceError:
            left = left[1:]  # each word for itself: what others are there must not matter
    return found
