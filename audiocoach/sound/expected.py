"""How long an unspoken sound is likely to be, for estimates."""

from __future__ import annotations

from typing import Final

from audiocoach.errors import FitError
from audiocoach.routine.recordings import Recording
from audiocoach.sound import chime
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Chime, Script, Sound

_LETTERS: Final = 12
"""Letters in a second of speech: of all that `foot-relief` may say in English, by eSpeak, 11.6."""
_ERROR: Final = 15
"""Percent by which a length may be misjudged: voices differ, and most of a session is no speech."""
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
    return _natural(script).total / SAMPLE_RATE


def refuse_far_off(script: Script, duration: int) -> None:
    """Raise FitError for a length (ms) that is far beyond about the longest or the shortest."""
    about = _natural(script).fit
    least, most = about.shortest * (100 - _ERROR) // 100, about.longest * (100 + _ERROR) // 100
    if not least <= duration <= most:
        raise FitError(duration, about.shortest, about.natural, about.longest, about=True)


def _natural(script: Script) -> Timeline:
    return fit(script, {sound: samples(sound) for sound in script.sounds()}, None)
