"""The studio: every sound of a session is made once, levelled, and kept in the clip cache.

One gain brings a voice to its loudness. It is measured on the calibration
sentences of the language, not on the routine at hand, so that a clip is the same
in every session and stays in the cache when a sentence elsewhere is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import VoiceError
from audiocoach.sound import chime
from audiocoach.timeline.script import Chime, Sound, Utterance
from audiocoach.voice.cache import Cache, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.voice.base import Voice
    from audiocoach.voice.segment import AudioSegment

PREPARATION: Final = "1"
"""Part of every clip's key; raise it when clips are made differently."""

Progress = Callable[[int, int], None]
"""Told how many utterances were spoken, and how many there are to speak."""


class Studio:
    """Makes the clips of one voice; what it makes is found again by the next build."""

    def __init__(self, voice: Voice, language: str, cache: Cache) -> None:
        self.voice = voice
        self._language = language
        self._cache = cache
        self._keys: dict[Sound, str] = {}

    def lengths(
        self, sounds: Iterable[Sound], progress: Progress | None = None
    ) -> dict[Sound, int]:
        """The length of each sound in samples at 48 kHz; what is missing is spoken first.

        Raises VoiceError naming the utterance that failed.
        """
        wanted = list(sounds)
        known = {sound: self._length(sound) for sound in wanted}
        missing = [
            sound
            for sound, length in known.items()
            if length is None and isinstance(sound, Utterance)
        ]
        for done, (utterance, samples) in enumerate(self._record(missing), start=1):
            known[utterance] = samples
            if progress:
                progress(done, len(missing))
        return {sound: length for sound, length in known.items() if length is not None}

    def key(self, sound: Sound) -> str:
        """A stable name for the samples of a sound."""
        if isinstance(sound, Chime):
            return chime.key(sound)
        if sound not in self._keys:
            self._keys[sound] = key(
                "clip", PREPARATION, self.voice.fingerprint, sound.language, sound.text
            )
        return self._keys[sound]

    def samples(self, sound: Sound) -> NDArray[np.int16]:
        """The samples of a sound (48 kHz mono); a clip damaged in the cache is spoken again."""
        import numpy as np

        if isinstance(sound, Chime):
            return chime.render(sound)
        payload = self._cache.get("clip", self.key(sound))
        if payload is None:
            for _ in self._record([sound]):
                payload = self._cache.get("clip", self.key(sound))
        if payload is None:
            raise VoiceError(
                f"the clip of {sound.text!r} can't be kept: the cache changes under our hands; "
                "build again, or set AUDIOCOACH_CACHE to a folder of your own"
            )
        return np.frombuffer(payload, "<i2")

    def _length(self, sound: Sound) -> int | None:
        if isinstance(sound, Chime):
            return chime.length(sound)
        return self._cache.length("clip", self.key(sound))

    def _record(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, int]]:
        """Have utterances spoken, cleaned, levelled and kept; gives the length of each."""
        if not utterances:
            return
        from audiocoach.sound.clip import prepare

        gain = self._cached_gain()
        calibration = [] if gain is not None else self._calibration()
        speech = self.voice.speak([*calibration, *utterances])
        if gain is None:
            gain = self._measure_gain([next(speech)[1] for _ in calibration])
        for utterance, segment in speech:
            clip = prepare(segment, gain)
            samples = len(clip.raw_data) // 2
            self._cache.put("clip", self.key(utterance), clip.raw_data, samples=samples)
            yield utterance, samples

    # -- level -----------------------------------------------------------------

    def _calibration(self) -> list[Utterance]:
        lines = phrases_for(self._language).variants("calibration")
        return [Utterance(line, self._language) for line in lines]

    def _gain_key(self) -> str:
        texts = [line.text for line in self._calibration()]
        return key("gain", PREPARATION, self.voice.fingerprint, self._language, *texts)

    def _cached_gain(self) -> float | None:
        payload = self._cache.get("gain", self._gain_key())
        return float(payload) if payload else None

    def _measure_gain(self, speech: Sequence[AudioSegment]) -> float:
        from audiocoach.sound.clip import prepare, samples
        from audiocoach.sound.level import gain_for

        # To a hundredth of a decibel, so that the last bits of a sum never change a clip.
        gain = round(gain_for(samples(prepare(segment, 0.0)) for segment in speech), 2)
        self._cache.put("gain", self._gain_key(), f"{gain:.2f}".encode())
        return gain
