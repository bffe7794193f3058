"""pydub's `AudioSegment`, imported without its noise.

On import pydub warns that ffmpeg is missing (nothing here needs it) and that
`audioop` is deprecated (on Python 3.13 `audioop-lts` takes its place); compiling it on
3.12+ warns of its regular expressions. Every import of pydub goes through this module.
"""

from __future__ import annotations

import warnings

from audiocoach.voice.text import unspeakable

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Couldn't find ff(mpeg|probe)")
    warnings.filterwarnings("ignore", message="'audioop' is deprecated")
    warnings.filterwarnings("ignore", message=r"(?:\"\\.\" is an )?invalid escape sequence")
    from pydub import AudioSegment

__all__ = ["AudioSegment", "audible", "mono"]

_SILENCE = 32
"""A peak below this (-60 dBFS) is no speech: eSpeak answers "..." with 7 ms of nothing."""


def mono(samples: bytes, rate: int) -> AudioSegment:
    """Samples of 16 bits as a segment."""
    return AudioSegment(data=samples, sample_width=2, frame_rate=rate, channels=1)


def audible(samples: bytes, rate: int, text: str) -> AudioSegment:
    """The same for the sound of a text. Raises VoiceError if it is silent."""
    segment = mono(samples, rate)
    if segment.max < _SILENCE:
        raise unspeakable(text, "gives no sound")
    return segment
