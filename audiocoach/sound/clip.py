"""Clips: spoken audio, ready to be placed on a beat.

A clip is a pydub `AudioSegment`, 48 kHz, mono, 16 bit, whose first sample is the
onset of its sound and whose length is a whole number of MP3 frames.
"""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

from audiocoach.decoding import trimmed
from audiocoach.errors import VoiceError
from audiocoach.sound.beat import beat
from audiocoach.sound.limiter import limit
from audiocoach.sound.loudness import Samples, to_float, to_gain, to_pcm
from audiocoach.tempo import change_tempo
from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, SAMPLES_PER_MS
from audiocoach.voice.segment import AudioSegment

_FADE = 10 * SAMPLES_PER_MS
MOST_HURRIED = 1.6
"""A word spoken faster than this many times its natural tempo is no longer clear."""


def prepare(speech: AudioSegment, gain_db: float, tempo: float = 1.0) -> AudioSegment:
    """Make a clip of raw speech (any rate, mono or stereo), `gain_db` louder.

    `tempo` is how much faster it is to be, pitch kept. The same speech gives the same bytes: plain
    rounding, without dither.
    """
    sound = _trim(_resample(_to_mono(speech), speech.frame_rate))
    if tempo != 1.0:
        sound = _trim(change_tempo(sound, tempo, SAMPLE_RATE))
    sound *= np.float32(to_gain(gain_db))
    return from_samples(_fill_frame(to_pcm(limit(sound))))


def hurry(clip: AudioSegment, most: int) -> AudioSegment | None:
    """The clip, sped up to at most `most` samples after its beat; None if it would be unclear."""
    sound = to_float(samples(clip))
    factor = _after_beat(clip) / max(most, 1)
    while factor <= MOST_HURRIED:
        stretched = _trim(change_tempo(sound, factor, SAMPLE_RATE))
        faster = from_samples(_fill_frame(to_pcm(limit(stretched))))
        if _after_beat(faster) <= most:
            return faster
        if factor == MOST_HURRIED:
            break
        # It ends with a frame, and stretched sound rings on a little: try faster, and as fast as
        # may be at last.
        factor = min(factor * 1.05, MOST_HURRIED)
    return None


def _after_beat(clip: AudioSegment) -> int:
    """How many samples a clip goes on after its beat."""
    return len(samples(clip)) - beat(samples(clip))


def samples(clip: AudioSegment) -> NDArray[np.int16]:
    """The samples of a clip."""
    return np.frombuffer(clip.raw_data, "<i2")


def from_samples(pcm: NDArray[np.int16]) -> AudioSegment:
    """A clip of samples (48 kHz mono)."""
    data = pcm.astype("<i2", copy=False).tobytes()
    return AudioSegment(data=data, sample_width=2, frame_rate=SAMPLE_RATE, channels=1)


def _to_mono(speech: AudioSegment) -> Samples:
    """Any number of channels and any sample width to floats, 1.0 being full scale."""
    interleaved = np.asarray(speech.get_array_of_samples(), np.float32)
    interleaved /= np.float32(speech.max_possible_amplitude)
    if speech.channels == 1:
        return interleaved
    return np.asarray(interleaved.reshape(-1, speech.channels).mean(axis=1), np.float32)


def _resample(sound: Samples, rate: int) -> Samples:
    return np.asarray(soxr.resample(sound, rate, SAMPLE_RATE, "HQ"), np.float32)


def _trim(sound: Samples) -> Samples:
    """From the acoustic onset to the end of the tail, which is faded out in place."""
    kept = trimmed(sound, _FADE)
    if kept is None:
        raise VoiceError("the voice gave no sound for this text; change the text or the voice")
    return kept


def _fill_frame(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    """With zeros at the end, to a whole number of frames."""
    return np.pad(pcm, (0, -len(pcm) % FRAME_SAMPLES))
