"""Which cue of a closed list is it, through a phone's loudspeaker in noise?

Who knows what a session says need not write it down, but tell it from the rest: "Three" from
"Two". So Whisper is asked how likely each cue of the list is for a clip, what it thinks of that cue
over all clips is taken off (it expects some words more than others), and the likeliest is its
answer. A small loudspeaker gives little below 500 Hz; the noise is pink, and as loud as the speech
(ITU-R BS.1770).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from audiocoach.language import base
from audiocoach.sound.loudness import gain_for
from audiocoach.store import Cache, key
from audiocoach.timeline.script import SAMPLE_RATE
from scripts.hearing.recogniser import HEARING, RATE, Clip, Sound, in_silence, sound_of, whisper

LOWEST: Final = 500.0
"""Hz: below it a small loudspeaker falls off by 24 dB an octave."""
WINDOW: Final = 6 * RATE
"""What Whisper sees of a cue: a fifth of its window, and of its time."""
VERSION: Final = "closed 1"


def told_apart(
    clips: Sequence[Clip], texts: Sequence[str], language: str, cache: Cache
) -> list[str]:
    """The text of the list that each clip is taken for; clip n says text n."""
    scores = np.array([_scores(clip, n, texts, language, cache) for n, clip in enumerate(clips)])
    best = np.argmax(scores - scores.mean(axis=0), axis=1)
    return [texts[n] for n in best]


def in_noise(clip: Clip, seed: int) -> Sound:
    """A clip through a loudspeaker, with pink noise as loud."""
    spectrum = np.fft.rfft(clip / 32768)
    frequency = np.fft.rfftfreq(len(clip), 1 / SAMPLE_RATE)
    with np.errstate(divide="ignore"):
        spectrum /= np.sqrt(1 + (LOWEST / frequency) ** 8)
    speech = np.fft.irfft(spectrum, len(clip))
    noise = _pink(len(clip), seed)
    louder = gain_for([_pcm(noise)]) - gain_for([_pcm(speech)])
    mixed = speech * 10 ** (-louder / 20) + noise
    return sound_of(_pcm(mixed))


def report(spec: str, texts: Sequence[str], taken: Sequence[str]) -> Iterable[str]:
    """The lines a person reads."""
    right = sum(one == other for one, other in zip(texts, taken, strict=True))
    share = 100 * right / len(texts)
    yield f"{spec}: {right} of {len(texts)} cues told apart in noise ({share:.0f} %)"
    for text, other in zip(texts, taken, strict=True):
        if text != other:
            yield f"  {text}  ->  {other}"


def _scores(
    clip: Clip, seed: int, texts: Sequence[str], language: str, cache: Cache
) -> list[float]:
    """How likely each text is (natural logarithm) for a clip in noise."""
    name = key("heard", HEARING, VERSION, base(language), clip.tobytes(), seed, *texts)
    known = cache.get("heard", name)
    if known is None:
        known = json.dumps(_asked(in_noise(clip, seed), texts, language)).encode()
        cache.put("heard", name, known)
    found: list[float] = json.loads(known)
    return found


def _asked(sound: Sound, texts: Sequence[str], language: str) -> list[float]:
    import ctranslate2
    from faster_whisper.tokenizer import Tokenizer

    model = whisper()
    tokenizer = Tokenizer(
        model.hf_tokenizer, multilingual=True, task="transcribe", language=base(language)
    )
    padded = np.zeros(WINDOW, np.float32)
    heard = in_silence(sound)[:WINDOW]
    padded[: len(heard)] = heard
    features = model.feature_extractor(padded, padding=0)
    encoded = np.array(model.encode(features))
    found = []
    for text in texts:
        tokens = tokenizer.encode(f" {text}")
        (aligned,) = model.model.align(
            ctranslate2.StorageView.from_array(encoded),
            tokenizer.sot_sequence,
            [tokens],
            [encoded.shape[1] * 2],
        )
        found.append(float(np.log(np.maximum(aligned.text_token_probs, 1e-9)).sum()))
    return found


def _pink(samples: int, seed: int) -> NDArray[np.float64]:
    """Pink noise from 40 Hz on, a tenth of full scale; the same for a seed."""
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(samples))
    frequency = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE)
    white /= np.sqrt(np.maximum(frequency, 40.0))
    white[frequency < 40.0] = 0
    noise = np.fft.irfft(white, samples)
    return np.asarray(0.1 * noise / np.sqrt(np.mean(noise**2)))


def _pcm(sound: NDArray[Any]) -> Clip:
    return np.asarray(np.clip(sound * 32767, -32768, 32767), np.int16)
