"""The studio: every sound of a session is made once, levelled, and kept in the clip cache.

One gain brings a voice to its loudness. It is measured on the calibration
sentences of the language, not on the routine at hand, so that a clip is the same
in every session and stays in the cache when a sentence elsewhere is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import VoiceError
from audiocoach.sound import chime
from audiocoach.store import Cache, key
from audiocoach.timeline.script import Chime, Sound, Utterance
from audiocoach.timeline.timeline import Hurried

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.voice.base import Voice
    from audiocoach.voice.segment import AudioSegment

PREPARATION: Final = "3"
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
        self._hurried: dict[Sound, int] = {}
        self.notes: list[Hurried] = []
        """Words that were spoken faster to fit their beat, for the user to read."""

    def lengths(
        self,
        sounds: Iterable[Sound],
        limits: Mapping[Sound, int] = MappingProxyType({}),
        progress: Progress | None = None,
    ) -> dict[Sound, int]:
        """The length of each sound in samples at 48 kHz; what is missing is spoken first.

        A word that lasts longer than its limit (samples) is spoken faster, and a
        note says so. Raises VoiceError naming the utterance that failed.
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
        found = {sound: length for sound, length in known.items() if length is not None}
        for sound, limit in limits.items():
            if isinstance(sound, Utterance) and found.get(sound, 0) > limit:
                found[sound] = self._hurry(sound, found[sound], limit)
        return found

    def to_speak(self, sounds: Iterable[Sound]) -> list[Utterance]:
        """What the voice would be given for these: what the cache lacks, and what levels it."""
        missing = [
            sound
            for sound in sounds
            if isinstance(sound, Utterance) and self._length(sound) is None
        ]
        level = [] if not missing or self._cached_gain() is not None else self._calibration()
        return [*level, *missing]

    def has_all(self, sounds: Iterable[Sound]) -> bool:
        """Whether nothing has to be spoken: the cache has every clip."""
        return all(self._length(sound) is not None for sound in sounds)

    def key(self, sound: Sound) -> str:
        """A stable name for the samples of a sound."""
        if isinstance(sound, Chime):
            return chime.key(sound)
        if sound not in self._keys:
            self._keys[sound] = key(*self._preparation("clip"), sound.language, sound.text)
        return self._keys[sound]

    def samples(self, sound: Sound) -> NDArray[np.int16]:
        """The samples of a sound (48 kHz mono); a clip damaged in the cache is spoken again."""
        import numpy as np

        if isinstance(sound, Chime):
            return chime.render(sound)
        payload = self._cache.get("clip", self.key(sound))
        if payload is None:
            self._make_again(sound)
            payload = self._cache.get("clip", self.key(sound))
        if payload is None:
            raise VoiceError(
                f"the clip of {sound.text!r} can't be kept: the cache changes under our hands; "
                "build again, or set AUDIOCOACH_CACHE to a folder of your own"
            )
        return np.frombuffer(payload, "<i2")

    def _make_again(self, sound: Utterance) -> None:
        limit = self._hurried.pop(sound, None)
        damaged = self._keys.pop(sound)
        if limit is None:
            for _ in self._record([sound]):
                pass
        else:  # of the natural clip, which is spoken again only if it is damaged too
            self._make_hurried(sound, damaged, limit)
            self._keys[sound], self._hurried[sound] = damaged, limit

    def _length(self, sound: Sound) -> int | None:
        if isinstance(sound, Chime):
            return chime.length(sound)
        return self._cache.length("clip", self.key(sound))

    def _record(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, int]]:
        """Have utterances spoken, cleaned, levelled and kept; gives the length of each."""
        if not utterances:
            return
        from audiocoach.sound.clip import prepare

        tempo = self.voice.tempo
        gain = self._cached_gain()
        calibration = [] if gain is not None else self._calibration()
        speech = self.voice.speak([*calibration, *utterances])
        if gain is None:
            gain = self._measure_gain(next(speech)[1] for _ in calibration)
        for utterance, segment in speech:
            clip = prepare(segment, gain, tempo)
            samples = len(clip.raw_data) // 2
            self._cache.put("clip", self.key(utterance), clip.raw_data, samples=samples)
            yield utterance, samples

    # -- words that are longer than their beat ----------------------------------

    def _hurry(self, sound: Utterance, length: int, limit: int) -> int:
        """Have a word spoken faster so that it fits its limit; gives its length in samples."""
        natural = self.key(sound)
        hurried = key("hurried", natural, limit)
        samples = self._cache.length("clip", hurried)
        if samples is None:
            samples = self._make_hurried(sound, hurried, limit)
        if samples is None:
            return length
        self._keys[sound] = hurried
        self._hurried[sound] = limit
        self.notes.append(Hurried(sound, length, samples))
        return samples

    def _make_hurried(self, sound: Utterance, hurried: str, limit: int) -> int | None:
        from audiocoach.sound.clip import from_samples, shortened

        clip = shortened(from_samples(self.samples(sound)), limit)
        if clip is None:
            return None
        samples = len(clip.raw_data) // 2
        self._cache.put("clip", hurried, clip.raw_data, samples=samples)
        return samples

    # -- level -----------------------------------------------------------------

    def _calibration(self) -> list[Utterance]:
        lines = phrases_for(self._language).variants("calibration")
        return [Utterance(line, self._language) for line in lines]

    def _gain_key(self) -> str:
        texts = [line.text for line in self._calibration()]
        return key(*self._preparation("gain"), self._language, *texts)

    def _preparation(self, kind: str) -> tuple[str, ...]:
        """What every key of this voice begins with: all that changes the sound but the text."""
        tempo = f"{self.voice.tempo:g}"
        return (kind, PREPARATION, self.voice.fingerprint, tempo)

    def _cached_gain(self) -> float | None:
        payload = self._cache.get("gain", self._gain_key())
        return float(payload) if payload else None

    def _measure_gain(self, speech: Iterable[AudioSegment]) -> float:
        from audiocoach.sound.clip import prepare, samples
        from audiocoach.sound.loudness import gain_for

        # To a hundredth of a decibel, so that the last bits of a sum never change a clip.
        gain = round(gain_for(samples(prepare(segment, 0.0)) for segment in speech), 2)
        self._cache.put("gain", self._gain_key(), f"{gain:.2f}".encode())
        return gain
