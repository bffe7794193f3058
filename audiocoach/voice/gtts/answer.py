"""Turns the answers of the service into sound: decoded, checked for plausibility, joined."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from audiocoach.voice.gtts.frames import is_whole

Pcm = NDArray[np.int16]

LOUD_ENOUGH = 328
"""A peak below this (-40 dBFS) is no speech: the service speaks close to full scale."""
WINDOWS_A_SECOND = 50
AUDIBLE = 0.003
"""A window whose peak is below this part of the clip's peak (-50 dB) is silence."""
QUICKEST = 0.035
"""Seconds of sound for each letter or figure; the fastest speech has half as much again."""
UNHURRIED = 0.05
"""The same, of speech at an ordinary rate."""
SLOWEST = 0.7
"""Seconds for each character: figures and symbols are read out in full ("1234" has 16 syllables).
"""
LONGEST = 600.0
"""Seconds; more than any part lasts. No more is decoded, whatever an answer says it holds."""
AT_LEAST, AT_MOST = 0.08, 3.0
"""Seconds of sound a text of one character has, and what is added to the slowest."""
ENDING, FADED = 0.03, 0.03
"""An answer whose last seconds have a peak above this part of its own ends in the middle of a
sound: the service ends in silence."""
GRANULE = 576
"""Samples decoded at a time, in Layer III."""
MARGIN = 0.02
"""Seconds kept before and after the sound of a part."""


class UnbelievableError(Exception):
    """The answer can't be this text, spoken; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded speech, mono."""

    pcm: Pcm
    rate: int


def decode(mp3: bytes) -> Sound:
    """The sound of an answer. Raises UnbelievableError if it is not MP3, or damaged."""
    try:
        with soundfile.SoundFile(io.BytesIO(mp3)) as file:
            if file.format != "MP3":
                raise UnbelievableError("an answer that is not MP3")
            if not is_whole(mp3):
                raise UnbelievableError("a damaged answer")
            if file.frames > LONGEST * file.samplerate:
                raise UnbelievableError("an answer too long for any text")
            mono = file.read(dtype="int16", always_2d=True).mean(axis=1)
            pcm = np.rint(mono).astype(np.int16)
            if _has_holes(pcm):
                raise UnbelievableError("a damaged answer")
            return Sound(pcm, file.samplerate)
    except soundfile.LibsndfileError as reason:
        raise UnbelievableError("an answer that is not MP3") from reason


def _has_holes(pcm: Pcm) -> bool:
    """Whether the decoder could make nothing of a granule: then it leaves zeros amid the sound.

    Where all is well sound fades into silence, because the windows of granules overlap.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], pcm == 0, [False]])))
    starts, ends = edges[::2], edges[1::2]
    level = np.abs(np.pad(pcm.astype(np.int32), 1))
    beside = np.maximum(level[starts], level[ends + 1])
    return bool((beside[ends - starts >= GRANULE] > LOUD_ENOUGH).any())


def believe(sound: Sound, text: str, *, slow: bool) -> None:
    """Raises UnbelievableError unless this is plausibly `text`, spoken."""
    level = np.abs(sound.pcm.astype(np.int32))
    if level.max(initial=0) < LOUD_ENOUGH:
        raise UnbelievableError("an answer without sound")
    if not lasts(sound, text, QUICKEST):
        raise UnbelievableError("an answer too short for the text")
    if len(level) / sound.rate > (AT_MOST + SLOWEST * len(text)) * (2 if slow else 1):
        raise UnbelievableError("an answer too long for the text")


def lasts(sound: Sound, text: str, each: float) -> bool:
    """Whether there are that many seconds of sound for each letter or figure of a text."""
    level = np.abs(sound.pcm.astype(np.int32))
    audible = _audible_seconds(level, sound.rate, int(level.max(initial=0)) * AUDIBLE)
    return audible >= max(AT_LEAST, each * sum(map(str.isalnum, text)))


def breaks_off(sound: Sound) -> bool:
    """Whether the end seems to be missing; no rule can tell for everything the service speaks."""
    level = np.abs(sound.pcm.astype(np.int32))
    ending = level[-int(ENDING * sound.rate) :]
    return int(ending.max(initial=0)) > FADED * int(level.max(initial=0))


def joined(sounds: Sequence[Sound], pauses: Sequence[int]) -> Sound:
    """The parts of one utterance, each with its pause (ms) after it but the last.

    The service puts silence around every answer; that is removed first.
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
