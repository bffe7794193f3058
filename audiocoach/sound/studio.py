"""The studio makes every sound of a session once, levels it, and keeps it in the clip cache.

Each voice has a single gain. It is measured on the calibration sentences of the language, not on
the routine at hand, so a clip is the same in every session and stays in the cache when another
sentence changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import VoiceError
from audiocoach.routine.recordings import Recording
from audiocoach.sound import beat, chime, fingerprint, own
from audiocoach.store import Cache, key
from audiocoach.timeline.script import SAMPLES_PER_MS, Chime, Sound, Utterance
from audiocoach.timeline.timeline import Hurried
from audiocoach.wording import excerpt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.voice.base import Voice
    from audiocoach.voice.segment import AudioSegment

PREPARATION: Final = "3"
"""Part of every clip's key; raise it if clips are made differently."""

Progress = Callable[[int, int], None]
"""Called with how many utterances have been spoken, and how many there are to speak."""


@dataclass(frozen=True, slots=True)
class Take:
    """A recorded sound: the key and the length of its samples (48 kHz)."""

    key: str
    length: int
    limit: int | None = None
    """How long (samples) it may go on after its beat, if it was hurried for that reason."""


@dataclass(frozen=True, slots=True)
class Takes:
    """The recorded sounds of a session: what the fit, the linker and the mix need to know."""

    studio: Studio
    takes: Mapping[Sound, Take]
    notes: tuple[Hurried, ...] = ()
    """Words that were spoken faster to fit their beat, for the user to read."""

    @property
    def lengths(self) -> dict[Sound, int]:
        """The length of each sound in samples at 48 kHz."""
        return {sound: take.length for sound, take in self.takes.items()}

    def key(self, sound: Sound) -> str:
        """A stable name for the samples of a sound."""
        return self.takes[sound].key

    def samples(self, sound: Sound) -> NDArray[np.int16]:
        """The samples of a sound (48 kHz mono); a clip damaged in the cache is made again.

        Raises VoiceError if it can't be.
        """
        return self.studio.samples(sound, self.takes[sound])

    def fingerprints(self, sounds: Iterable[Sound]) -> dict[Sound, bytes]:
        """The fingerprint of each of these sounds. Raises VoiceError as `samples` does."""
        size, make = fingerprint.SIZE, fingerprint.fingerprint
        return self._of_each("prints", fingerprint.VERSION, size, make, sounds)

    def beats(self, sounds: Iterable[Sound]) -> dict[Sound, int]:
        """How many samples after its start the beat of each of these sounds is.

        For a chime, or a sound of the user's, it is the onset. Raises VoiceError as `samples` does.
        """
        wanted = list(sounds)
        spoken = [sound for sound in wanted if isinstance(sound, Utterance)]
        found = self._of_each("beats", beat.VERSION, 2, beat.in_two_bytes, spoken)
        beats = {sound: int.from_bytes(ms, "big") for sound, ms in found.items()}
        return {sound: beats.get(sound, 0) * SAMPLES_PER_MS for sound in wanted}

    def loudness(self, sounds: Iterable[Sound]) -> dict[Sound, float]:
        """The loudness (LUFS) of each of these sounds. Raises VoiceError as `samples` does."""
        from audiocoach.sound.loudness import VERSION, in_two_bytes

        found = self._of_each("loud", VERSION, 2, in_two_bytes, sounds)
        return {sound: -int.from_bytes(each, "big") / 100 for sound, each in found.items()}

    def _of_each(
        self,
        kind: str,
        version: str,
        size: int,
        make: Callable[[NDArray[np.int16]], bytes],
        sounds: Iterable[Sound],
    ) -> dict[Sound, bytes]:
        """What is made of the samples of each sound, `size` bytes.

        It is one entry of the cache for all of them, and one for each: a session with other
        flags has other sounds, but hardly a new one.
        """
        wanted, cache = list(dict.fromkeys(sounds)), self.studio.cache
        together = key(kind, version, *map(self.key, wanted))
        kept = cache.get(kind, together)
        if kept is None or len(kept) != size * len(wanted):
            names = {sound: key(kind, version, self.key(sound)) for sound in wanted}
            known = cache.payloads(kind, names.values())
            for sound, name in names.items():
                if len(known.get(name, b"")) != size:
                    known[name] = make(self.samples(sound))
                    cache.put(kind, name, known[name])
            kept = b"".join(known[name] for name in names.values())
            cache.put(kind, together, kept)
        return {sound: kept[n * size : (n + 1) * size] for n, sound in enumerate(wanted)}


class Studio:
    """Makes the clips of one voice; the next build finds them again."""

    def __init__(self, voice: Voice, language: str, cache: Cache) -> None:
        self.voice = voice
        self.cache = cache
        self._language = language

    def record(self, sounds: Iterable[Sound], progress: Progress | None = None) -> Takes:
        """Have the voice speak those of these sounds that the cache lacks.

        Raises VoiceError naming the utterance that failed.
        """
        found = self._cached(sounds)
        missing = [each for each, take in found.items() if not take and isinstance(each, Utterance)]
        for done, (utterance, samples) in enumerate(self._record(missing), start=1):
            found[utterance] = Take(self._key(utterance), samples)
            if progress:
                progress(done, len(missing))
        self.cache.flush()
        return Takes(self, {sound: take for sound, take in found.items() if take})

    def known(self, sounds: Iterable[Sound], *, near: bool = False) -> Takes:
        """Those of these sounds that nobody has to speak, as far as the cache tells.

        `near` asks no distant place.
        """
        found = self._cached(sounds, near=near)
        return Takes(self, {sound: take for sound, take in found.items() if take})

    def level(self) -> None:
        """Measure the voice, unless that has been done. Raises VoiceError."""
        if self._cached_gain() is None:
            with self._saying_what_is_a_test():
                self._measure_gain(said for _, said in self.voice.speak(self._calibration()))

    def hurried(self, takes: Takes, limits: Mapping[Sound, int]) -> Takes:
        """The takes, with those sped up that go on too long after their beat.

        `limits` are samples. A note tells of each. Raises VoiceError as `Takes.samples` does.
        """
        found, notes = dict(takes.takes), []
        beats = takes.beats(sound for sound in limits if sound in found)
        for sound, beat_at in beats.items():
            take, limit = found[sound], limits[sound]
            if isinstance(sound, Utterance) and take.length - beat_at > limit:
                hurried = self._hurry(sound, take, limit)
                if hurried:
                    found[sound] = hurried
                    notes.append(Hurried(sound, take.length, hurried.length))
        return Takes(self, found, tuple(notes))

    def to_speak(self, sounds: Iterable[Sound]) -> list[Utterance]:
        """What the voice would have to speak for these: what the cache lacks, and the calibration
        sentences."""
        missing = self.missing(sounds)
        level = [] if not missing or self._cached_gain() is not None else self._calibration()
        return [*level, *missing]

    def missing(self, sounds: Iterable[Sound]) -> list[Utterance]:
        """Those of these that the cache lacks."""
        found = self._cached(each for each in sounds if isinstance(each, Utterance))
        return [each for each, take in found.items() if not take and isinstance(each, Utterance)]

    def has_all(self, sounds: Iterable[Sound]) -> bool:
        """Whether nothing has to be spoken: the cache has every clip."""
        return all(self._cached(sounds).values())

    def samples(self, sound: Sound, take: Take) -> NDArray[np.int16]:
        """The samples of a take (48 kHz mono); a clip damaged in the cache is made again."""
        import numpy as np

        if isinstance(sound, Chime):
            return chime.render(sound)
        if isinstance(sound, Recording):
            return own.render(sound)
        payload = self.cache.get("clip", take.key)
        if payload is None:
            self._make_again(sound, take)
            payload = self.cache.get("clip", take.key)
        if payload is None:
            raise VoiceError(
                f"the clip of {sound.text!r} can't be kept: something else is changing the cache; "
                "build again, or set AUDIOCOACH_CACHE to a folder of your own",
                utterance=sound.text,
                voice=self.voice.name,
            )
        return np.frombuffer(payload, "<i2")

    def _make_again(self, sound: Utterance, take: Take) -> None:
        if take.limit is not None:  # of the natural clip, spoken again only if it is damaged too
            natural = Take(self._key(sound), 0)
            self._make_hurried(self.samples(sound, natural), take.key, take.limit)
            return
        for _ in self._record([sound]):
            pass

    def _key(self, utterance: Utterance) -> str:
        """The key of a clip that is not hurried."""
        prepared = self._preparation("clip")
        return key(*prepared, utterance.language, utterance.text)

    def _cached(self, sounds: Iterable[Sound], *, near: bool = False) -> dict[Sound, Take | None]:
        """Each sound as it is before it is hurried; None for what has to be spoken."""
        wanted = list(sounds)
        keys = {each: self._key(each) for each in wanted if isinstance(each, Utterance)}
        lengths = self.cache.lengths("clip", keys.values(), near=near)

        def take(sound: Sound) -> Take | None:
            if isinstance(sound, Chime):
                return Take(chime.identity(sound), chime.length(sound))
            if isinstance(sound, Recording):
                return Take(own.identity(sound), own.length(sound))
            natural = keys[sound]
            return Take(natural, lengths[natural]) if natural in lengths else None

        return {sound: take(sound) for sound in wanted}

    def _record(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, int]]:
        """Have utterances spoken, cleaned, levelled and kept; gives the length of each."""
        if not utterances:
            return
        from audiocoach.sound.clip import prepare

        gain = self._cached_gain()
        calibration = [] if gain is not None else self._calibration()
        speech = self.voice.speak([*calibration, *utterances])
        if gain is None:
            with self._saying_what_is_a_test():
                gain = self._measure_gain(next(speech)[1] for _ in calibration)
        for utterance, segment in speech:
            clip = prepare(segment, gain, self.voice.tempo)
            samples = len(clip.raw_data) // 2
            self.cache.put("clip", self._key(utterance), clip.raw_data, samples=samples)
            yield utterance, samples

    # -- words that are longer than their beat ----------------------------------

    def _hurry(self, sound: Utterance, natural: Take, limit: int) -> Take | None:
        """A word spoken faster so that it fits its limit; None if it would not be clear."""
        hurried = key("hurried", natural.key, limit)
        samples = self.cache.length("clip", hurried)
        if samples is None:
            samples = self._make_hurried(self.samples(sound, natural), hurried, limit)
        return Take(hurried, samples, limit) if samples is not None else None

    def _make_hurried(self, natural: NDArray[np.int16], hurried: str, limit: int) -> int | None:
        from audiocoach.sound.clip import from_samples, hurry

        clip = hurry(from_samples(natural), limit)
        if clip is None:
            return None
        samples = len(clip.raw_data) // 2
        self.cache.put("clip", hurried, clip.raw_data, samples=samples)
        return samples

    # -- level -----------------------------------------------------------------

    def _calibration(self) -> list[Utterance]:
        lines = phrases_for(self._language).variants("calibration")
        return [Utterance(line, self._language) for line in lines]

    @contextmanager
    def _saying_what_is_a_test(self) -> Iterator[None]:
        """Let nobody look for a text in a routine that is a test sentence of ours."""
        try:
            yield
        except VoiceError as error:
            if error.utterance in [each.text for each in self._calibration()]:
                shown = excerpt(error.utterance)
                whose = f"{shown} (a sentence of audiocoach's own, to measure a new voice)"
                error.args = (str(error).replace(shown, whose, 1),)
            raise

    def _gain_key(self) -> str:
        texts = [line.text for line in self._calibration()]
        return key(*self._preparation("gain"), self._language, *texts)

    def _preparation(self, kind: str) -> tuple[str, ...]:
        """What every key of this voice begins with: all that changes the sound but the text."""
        return (kind, PREPARATION, self.voice.fingerprint, f"{self.voice.tempo:g}")

    def _cached_gain(self) -> float | None:
        payload = self.cache.get("gain", self._gain_key())
        return float(payload) if payload else None

    def _measure_gain(self, speech: Iterable[AudioSegment]) -> float:
        from audiocoach.sound.clip import prepare, samples
        from audiocoach.sound.loudness import gain_for

        # To a hundredth of a decibel, so that the last bits of a sum never change a clip.
        gain = round(gain_for(samples(prepare(segment, 0.0)) for segment in speech), 2)
        self.cache.put("gain", self._gain_key(), f"{gain:.2f}".encode())
        return gain
