"""The user's own sounds, brought to the level of a voice.

Key and length are known without levelling, so a session whose objects are cached needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audiocoach.routine.recordings import Recording
from audiocoach.timeline.script import FRAME_SAMPLES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION: Final = 1
"""Raise it if sounds are levelled differently: part of the cache key."""
_MOST_GAIN_DB: Final = 6.0
"""The limiter takes no more than this, and the little under its ceiling, from the peak of a sound.

What is one strike, such as of a wood block, stays softer than speech: as loud, it would be bent.
"""


def identity(recording: Recording) -> str:
    """A name for the samples of a sound."""
    return f"sound {recording.digest} {VERSION}"


def length(recording: Recording) -> int:
    """Length in samples (48 kHz): a whole number of frames."""
    return -(-recording.count // FRAME_SAMPLES) * FRAME_SAMPLES


def render(recording: Recording) -> NDArray[np.int16]:
    """The samples of a sound (48 kHz mono), as loud as speech and under the ceiling."""
    import numpy as np

    from audiocoach.sound.limiter import limit
    from audiocoach.sound.loudness import TARGET_LUFS, loudness, to_float, to_gain, to_pcm

    sound = to_float(np.frombuffer(recording.samples, "<i2"))
    gain = min(TARGET_LUFS - loudness(sound), _MOST_GAIN_DB)
    levelled = to_pcm(limit(sound * np.float32(to_gain(gain))))
    return np.pad(levelled, (0, length(recording) - len(levelled)))
