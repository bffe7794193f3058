"""How long an unspoken sound is likely to be, for estimates."""

from __future__ import annotations

from typing import Final

from audiocoach.routine.recordings import Recording
from audiocoach.sound import chime
from audiocoach.timeline import fit
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Chime, Script, Sound

_LETTERS: Final = 12
"""Letters in a second of speech: of all that `foot-relief` may say in English, by eSpeak, 11.6."""
_SHORTEST: Final = 0.4
"""Seconds of speech at least."""


def samples(sound: Sound) -> int:
    """Samples of a sound, whole milliseconds."""
    if isinstance(sound, Chime):
        return chime.length(sound)
    if isinstance(sound, Recording):
        return sound.ms * SAMPLES_PER_MS
    ms = max(_SHORTEST, len(sound.text) / _LETTERS) * 1000
    return round(ms) * SAMPLES_PER_MS


def natural_seconds(script: Script) -> float:
    """About how long a session is if nothing is stretched."""
    lengths = {sound: samples(sound) for sound in script.sounds()}
    return fit(script, lengths, None).total / SAMPLE_RATE
