"""What the service answers, made sound: decoded, measured before it is believed, joined."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Pcm = NDArray[np.int16]

LOUD_ENOUGH = 328
"""A peak below this (-40 dBFS) is no speech: the service speaks close to full scale."""
WINDOWS_A_SECOND = 50
AUDIBLE = 0.003
"""A window whose peak is below this part of the clip's peak (-50 dB) is silence."""
QUICKEST = 0.02
"""Seconds of sound a character: half of what the fastest speech has."""
SLOWEST = 0.7
"""Seconds a character: figures and symbols are read out in full ("1234" is 16 syllables)."""
AT_LEAST, AT_MOST = 0.08, 3.0
"""Seconds of sound a text of one character has, and what is added to the slowest."""
MARGIN = 0.02
"""Seconds that are kept before and after the sound of a part."""


class UnbelievableError(Exception):
    """The answer is no speech of this text; `str()` of it says why."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded speech, mono."""

    pcm: Pcm
    rate: int


def decode(mp3: bytes) -> Sound:
    """The sound of an answer. Raises UnbelievableError if it is not MP3."""
    try:
        with soundfile.SoundFile(io.BytesIO(mp3)) as file:
            if file.format != "MP3":
                raise UnbelievableError("an answer that is not MP3")
            mono = file.read(dtype="int16", always_2d=True).mean(axis=1)
            return Sound(np.rint(mono).astype(np.int16), file.samplerate)
    except soundfile.LibsndfileError as reason:
        raise UnbelievableError("an answer that is not MP3") from reason


def believe(sound: Sound, text: str, *, slow: bool) -> None:
    """Raises UnbelievableError unless this may well be `text`, spoken."""
    level = np.abs(sound.pcm.astype(np.int32))
    peak = int(level.max(initial=0))
    if peak < LOUD_ENOUGH:
        raise UnbelievableError("an answer without sound")
    audible = _audible_seconds(level, sound.rate, peak * AUDIBLE)
    if audible < max(AT_LEAST, QUICKEST * len(text)):
        raise UnbelievableError("an answer too short for the text")
    if len(level) / sound.rate > (AT_MOST + SLOWEST * len(text)) * (2 if slow else 1):
        raise UnbelievableError("an answer too long for the text")


def joined(sounds: Sequence[Sound], pauses: Sequence[int]) -> Sound:
    """The parts of one utterance, each with its pause (ms) after it but the last.

    The service puts silence of its own round every answer; it goes first.
    """
    if len(sounds) == 1:
        return sounds[0]
    rate = sounds[0].rate
    pieces: list[Pcm] = []
    for sound, pause in zip(sounds, pauses, strict=True):
        pieces += [_trimmed(_at_rate(sound, rate)), np.zeros(pause * rate // 1000, np.int16)]
    return Sound(np.concatenate(pieces[:-1]), rate)


def _audible_seconds(level: NDArray[np.int32], rate: int, threshold: float) -> float:
    window = rate // WINDOWS_A_SECOND
    whole = level[: len(level) // window * window].reshape(-1, window)
    return float((whole.max(axis=1, initial=0) > threshold).sum() / WINDOWS_A_SECOND)


def _at_rate(sound: Sound, rate: int) -> Sound:
    """Old answers in the cache keep their rate, should the service ever change its own."""
    if sound.rate == rate:
        return sound
    return Sound(np.asarray(soxr.resample(sound.pcm, sound.rate, rate), np.int16), rate)


def _trimmed(sound: Sound) -> Pcm:
    level = np.abs(sound.pcm.astype(np.int32))
    audible = np.flatnonzero(level > level.max() * AUDIBLE)
    margin = int(MARGIN * sound.rate)
    return sound.pcm[max(0, audible[0] - margin) : audible[-1] + 1 + margin]
