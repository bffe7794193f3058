"""How a Piper voice speaks: with its own noise, and yet the same bytes for the same text.

Voices of this kind (VITS) draw random numbers while they speak. Without them they
speak more evenly than they were trained to, and a user reports artifacts
(rhasspy/piper#319). So a voice keeps its own noise, and the noise is made
repeatable. onnxruntime goes on drawing from run to run, whatever seed it is given; so the noise
becomes an input (`graph`), the same row of numbers each time, and one session speaks everything.
With one thread: sums are split by the number of threads (4 gave other bytes than 1 or 2).
Sentences are spoken at the same time on the one session instead.

A model whose graph is made in another way gets a session for each sentence: a new session begins
to draw from the seed of the process. With a real voice of 63 MB that is three times as dear (0.43 s
a session; a second of speech takes 0.25 s in place of 0.09).

The bytes are the same in any order, with any number of workers and in another
process. Another kind of processor may round otherwise.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b, file_digest
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from audiocoach.errors import VoiceError
from audiocoach.language import base, same
from audiocoach.store import Cache, key
from audiocoach.timeline.script import Utterance
from audiocoach.voice import onnx
from audiocoach.voice import text as texts
from audiocoach.voice.base import failing_as
from audiocoach.voice.espeak import respelling
from audiocoach.voice.piper import carrier, graph, pace, pictures, sessions, whole
from audiocoach.voice.piper.graph import AHEAD, BLURRED
from audiocoach.voice.piper.sessions import Network, Sessions, failures
from audiocoach.voice.piper.voice import Added, settings_of
from audiocoach.wording import excerpt

if TYPE_CHECKING:
    import onnxruntime
    from piper import PiperVoice as PiperModel

    from audiocoach.voice.segment import AudioSegment

SENTENCE_PAUSE: Final = 0.36
"""Seconds between the sentences of one utterance; of the silence that ends one no sound is made."""
MOST_CHARACTERS: Final = 1000
"""About a minute; the memory needed for a sentence grows with the square of its length."""
MOST_WORKERS: Final = 4

# Piper warns of each letter its voice has no sound for; nobody could act on it.
logging.getLogger("piper").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class PiperVoice:
    """One speaker of an added voice. `carrier`: whether short words need a sentence around them."""

    added: Added
    speaker: int
    speaker_name: str
    rate: float
    carrier: bool
    cache: Cache
    licence: str = ""
    online: bool = False
    tempo: float = 1.0

    @property
    def name(self) -> str:
        """The full spelling: `piper:en_US-libritts-high+p3922`."""
        return f"piper:{self.added.name}" + (f"+{self.speaker_name}" if self.speaker_name else "")

    @property
    def length_scale(self) -> float:
        """How slow it would be told to speak if its own pace were a coach's."""
        return self.added.length_scale / self.rate

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the voice, of piper-tts, of onnxruntime and of our own code.

        Contents, not version numbers, as for eSpeak. The 60 MB of a model are read
        once; after that its size, time and place on the disk stand for it.
        """
        modules = (carrier, graph, onnx, pace, pictures, respelling, sessions, texts, whole)
        files = [__file__, *(str(each.__file__) for each in modules)]
        ours = [*map(Path, files), self.added.config]
        language = self.added.language
        told = [carrier.lead_in(language).encode(), pace.sentence(language).encode()]
        measure = whole.measure(language, self.cache) if self.carrier else None
        told.append(measure.fingerprint.encode() if measure else b"")
        parts = [*told, self._model_hash(), *(path.read_bytes() for path in ours), *_library()]
        short = "carried" if self.carrier else "plain"
        return f"{self.name} {self.length_scale:.6g} {short} {key(*parts)}"

    @cached_property
    def network(self) -> Network:
        """Its model, which is loaded once: a session is spoken in parts (`speaking.py`)."""
        return Network(self.added.model)

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech, mono, in order. Raises VoiceError naming the utterance."""
        if not utterances:
            return
        from audiocoach.voice.child import Crew, processors
        from audiocoach.voice.segment import audible

        with failing_as(self.name):
            speech = Speech(self, [utterance.text for utterance in utterances])
            crew = Crew(min(processors(), MOST_WORKERS), speech.stop)
            with closing(crew.in_order(speech.say, utterances)) as spoken:
                for utterance, samples in spoken:
                    yield utterance, audible(samples, self.added.sample_rate, utterance.text)

    def _model_hash(self) -> bytes:
        stat = self.added.model.stat()
        known = key(str(self.added.model), stat.st_size, stat.st_mtime_ns, stat.st_ino)
        found = self.cache.get("piper-model", known)
        if found is None:
            with self.added.model.open("rb") as file:
                found = file_digest(file, lambda: blake2b(digest_size=28)).digest()
            self.cache.put("piper-model", known, found)
        return found


class Speech:
    """A loaded voice; `say` may be called from several threads.

    It is told in advance what it will say, because short words are measured together.
    """

    def __init__(self, voice: PiperVoice, texts: Sequence[str]) -> None:
        language = voice.added.language
        short = [_plain(text) for text in texts if carrier.phrases(_plain(text), language)]
        self._voice = voice
        self._whole = whole.seconds(short, language, voice.cache) if voice.carrier else {}
        self._sessions = Sessions(voice.network)
        self._model = _load(voice, self._sessions)
        self._measuring = Lock()

    def say(self, utterance: Utterance) -> bytes:
        """The samples of an utterance (16 bit). Raises VoiceError naming it."""
        import numpy as np

        text = utterance.text
        try:
            samples = self._said(texts.speakable(text, MOST_CHARACTERS, "split it"))
        except failures() as reason:
            raise VoiceError(
                f"the Piper voice '{self._voice.added.name}' failed at {excerpt(text)} "
                f"({_first_line(reason)}); reword it, or add the voice again: audiocoach voices "
                f"remove {self._voice.added.name}, then add",
                utterance=text,
            ) from reason
        if not len(samples):
            raise texts.unspeakable(text, "has nothing to say")
        if not np.isfinite(samples).all():
            raise texts.unspeakable(text, "comes out as noise")
        return bytes(np.clip(samples * 32767.0, -32768, 32767).astype(np.int16))

    def stop(self) -> None:
        """End what is being spoken, at the next step of the model."""
        self._sessions.stop()

    def _said(self, text: str) -> carrier.Samples:
        text = _plain(text)
        added, rate = self._voice.added, self._voice.added.sample_rate
        if not self._voice.carrier:
            return self._synthesized(text)
        found: list[carrier.Samples] = []
        sentences = carrier.phrases(text, added.language)
        for phrase in sentences:
            word = self._cut_out(phrase)
            if word is not None:
                found.append(word)
                if self._is_whole(word, text):
                    return carrier.levelled(word, rate, self._measured().loudness)
        alone = self._synthesized(carrier.leaning(text))
        if not sentences:
            return alone
        longest = max([*found, alone], key=lambda word: carrier.sounding(word, rate))
        return carrier.levelled(longest, rate, self._measured().loudness)

    def _cut_out(self, phrase: carrier.Phrase) -> carrier.Samples | None:
        """The word at the end of a phrase; None when it can't be told for certain.

        No sound is made of what stands before it, if the model can be told where to begin.
        """
        rate, config = self._voice.added.sample_rate, self._model.config
        marks, *others = (config.phoneme_id_map.get(each, ()) for each in (phrase.mark, " ", "_"))
        before = partial(_before_the_word, {*marks}, {*marks, *chain(*others)})
        scale = self._length_scale  # measured before anything is left out
        with self._sessions.leaving_out(before) as left_out:
            spoken = self._synthesized(phrase.sentence, scale)
        if not any(left_out):
            return carrier.cut(spoken, rate, phrase)
        spoken[: BLURRED * config.hop_length] = 0.0
        return carrier.cut_at(spoken, rate, AHEAD * config.hop_length)

    def _is_whole(self, word: carrier.Samples, text: str) -> bool:
        """Whether nothing of a word was lost; so, if eSpeak can't say it."""
        seconds = carrier.sounding(word, self._voice.added.sample_rate) * self._voice.rate
        return seconds >= whole.ENOUGH * self._whole.get(text, 0.0)

    @property
    def _length_scale(self) -> float:
        """How slow it is told to speak."""
        return self._voice.length_scale * self._measured().slowness

    def _measured(self) -> Measured:
        """How much slower than by itself the voice speaks, and how loud: found once, then kept."""
        added, kind = self._voice.added, "piper-pace"
        text = pace.sentence(added.language)
        name = key(kind, self._voice.fingerprint)

        spoken: list[carrier.Samples] = []

        def seconds(slowness: float) -> float:
            spoken.append(self._synthesized(text, added.length_scale * slowness))
            return carrier.sounding(spoken[-1], added.sample_rate)

        with self._measuring:
            kept = self._voice.cache.get(kind, name)
            if kept is None:
                slowness = pace.slowness(text, seconds)
                loudness = carrier.loudness(spoken[0], added.sample_rate)
                kept = f"{slowness:.2f} {loudness:.4f}".encode()
                self._voice.cache.put(kind, name, kept)
        return Measured(*map(float, kept.split()))

    def _synthesized(self, text: str, length_scale: float | None = None) -> carrier.Samples:
        """The sentences of a text with pauses between; empty if no letter in it has a sound."""
        import numpy as np
        from piper import SynthesisConfig

        settings = SynthesisConfig(
            speaker_id=self._voice.speaker,
            length_scale=length_scale or self._length_scale,
            # Its own level: a peak brought to full scale makes "six" louder than "one".
            normalize_audio=False,
        )
        pause = np.zeros(round(SENTENCE_PAUSE * self._voice.added.sample_rate), np.float32)
        parts: list[carrier.Samples] = []
        text = respelling.at_home(text, base(self._voice.added.language))
        for chunk in self._model.synthesize(text, settings):
            if any(phoneme.isalpha() for phoneme in chunk.phonemes):
                parts += [pause, np.atleast_1d(chunk.audio_float_array)]
        return np.concatenate(parts[1:]) if parts else pause[:0]


class Measured(NamedTuple):
    """What is found out about a voice when it first speaks."""

    slowness: float
    """How much slower than its own pace it is made to speak."""
    loudness: float
    """The loudness of a sentence, and so of each single word."""


def _before_the_word(marks: Set[int], silent: Set[int], phonemes: Sequence[int]) -> int:
    """How many phonemes stand before what follows the last mark; 0 if there is none."""
    found = [n for n, each in enumerate(phonemes) if each in marks]
    after = range(found[-1], len(phonemes)) if found else range(0)
    return next((n for n in after if phonemes[n] not in silent), 0)


def _plain(text: str) -> str:
    return " ".join(text.replace("[", " ").split())  # "[[" would begin phonemes


def package() -> Path | None:
    """The folder of piper-tts, or None when it is not installed: another `piper` is not it."""
    spec = find_spec("piper")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return folder if folder and any(folder.glob("espeakbridge*")) else None


def _library() -> Iterator[bytes]:
    """The code of piper-tts, its dictionaries by name and size, the version of onnxruntime."""
    folder = package()
    runtime = find_spec("onnxruntime")
    if folder is None or runtime is None or runtime.origin is None:
        raise VoiceError("Piper was removed while in use; pip install 'piper-tts>=1.8,<2' again")
    for path in sorted(folder.iterdir()):
        if path.suffix in (".py", ".so", ".pyd"):
            yield path.name.encode() + path.read_bytes()
    data = sorted(os.scandir(folder / "espeak-ng-data"), key=lambda entry: entry.name)
    yield "".join(f"{each.name} {each.stat().st_size}," for each in data if each.is_file()).encode()
    yield Path(runtime.origin).read_bytes()


def _load(voice: PiperVoice, sessions: Sessions) -> PiperModel:
    """Piper's own voice, on our sessions. Raises VoiceError for a damaged description."""
    import piper
    from piper.config import PiperConfig

    try:
        config = PiperConfig.from_dict(settings_of(voice.added.config))
        config.phoneme_id_map = dict(config.phoneme_id_map)  # which Piper takes unseen
        if config.espeak_voice == "nl" and same(voice.added.language, "de"):
            config.espeak_voice = "de"  # de_DE-mls-medium is said to be labelled so
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise VoiceError(
            f"{voice.added.config} cannot be used ({_first_line(reason)}); add the voice again: "
            f"audiocoach voices remove {voice.added.name}, then add"
        ) from reason
    return piper.PiperVoice(session=cast("onnxruntime.InferenceSession", sessions), config=config)


def _first_line(reason: BaseException) -> str:
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0][:160]
