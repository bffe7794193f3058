"""How a Piper voice speaks: real speech, and the same bytes for the same text.

Voices of this kind (VITS) draw random numbers while they speak. Without them they
speak more evenly than they were trained to, and a user reports artifacts
(rhasspy/piper#319). So a voice keeps its own noise, and the noise is made
repeatable: onnxruntime draws from a generator that starts from the seed of the
process when a session is made, and goes on from run to run. So each sentence has a
session of its own, and one thread, because sums are split by the number of threads
(4 gave other bytes than 1 or 2). Sentences spoken at the same time win most of that
back. Measured with a network of random numbers of the size of a voice (51 MB, 2 cores): a
session is made in 0.15 s, a sentence of 2.3 s spoken in 0.06 to 0.1 s; twelve of
them took 3.3 s instead of 2.3 s, once in the life of the clip cache.

The bytes are the same in any order, with any number of workers and in another
process. Another kind of processor may round otherwise.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b, file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from audiocoach.errors import VoiceError
from audiocoach.store import Cache, key
from audiocoach.timeline.script import Utterance
from audiocoach.voice import text as texts
from audiocoach.voice.base import failing_as
from audiocoach.voice.piper import carrier
from audiocoach.voice.piper.voice import Added, settings_of
from audiocoach.wording import excerpt

if TYPE_CHECKING:
    import onnxruntime
    from piper import PiperVoice as PiperModel

    from audiocoach.voice.segment import AudioSegment

SEED: Final = 1
SENTENCE_PAUSE: Final = 0.3
"""Seconds between the sentences of one utterance; Piper itself leaves none."""
MOST_CHARACTERS: Final = 1000
"""About a minute; the memory of one sentence grows with the square of its length."""
MOST_WORKERS: Final = 4

# Piper warns of each letter its voice has no sound for; nobody could act on it.
logging.getLogger("piper").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class PiperVoice:
    """One speaker of an added voice. `carrier` is whether short words need a sentence around."""

    added: Added
    speaker: int
    speaker_name: str
    rate: float
    carrier: bool
    cache: Cache
    online: bool = False
    tempo: float = 1.0

    @property
    def name(self) -> str:
        """The full spelling: `piper:en_US-libritts-high+p3922`."""
        return f"piper:{self.added.name}" + (f"+{self.speaker_name}" if self.speaker_name else "")

    @property
    def length_scale(self) -> float:
        """How slow it is told to speak."""
        return self.added.length_scale / self.rate

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the voice, of piper-tts, of onnxruntime and of our own code.

        Contents, not version numbers, as for eSpeak. The 60 MB of a model are read
        once; after that its size, time and place on the disk stand for it.
        """
        modules = (__file__, carrier.__file__, texts.__file__)
        ours = [*map(Path, modules), self.added.config]
        lead = carrier.lead_in(self.added.language).encode()
        parts = [lead, self._model_hash(), *(path.read_bytes() for path in ours), *_library()]
        short = "carried" if self.carrier else "plain"
        return f"{self.name} {self.length_scale:.6g} {short} {key(*parts)}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech, mono, in order. Raises VoiceError naming the utterance."""
        if not utterances:
            return
        from audiocoach.voice.child import Crew
        from audiocoach.voice.segment import audible

        with failing_as(self.name):
            speech = Speech(self)
            crew = Crew(min(os.cpu_count() or 1, MOST_WORKERS), speech.stop)
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
    """A loaded voice; `say` may be called from several threads."""

    def __init__(self, voice: PiperVoice) -> None:
        from piper import SynthesisConfig

        self._voice = voice
        self._sessions = _Sessions(voice.added.model)
        self._model = _load(voice, self._sessions)
        self._settings = SynthesisConfig(
            speaker_id=voice.speaker,
            length_scale=voice.length_scale,
            # Its own level: a peak brought to full scale makes "six" louder than "one".
            normalize_audio=False,
        )

    def say(self, utterance: Utterance) -> bytes:
        """The samples of an utterance (16 bit). Raises VoiceError naming it."""
        import numpy as np

        text = utterance.text
        try:
            samples = self._said(texts.speakable(text, MOST_CHARACTERS, "split it"))
        except _failures() as reason:
            raise VoiceError(
                f'the Piper voice "{self._voice.added.name}" failed at {excerpt(text)} '
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
        text = " ".join(text.replace("[", " ").split())  # "[[" would begin phonemes
        added = self._voice.added
        if not self._voice.carrier:
            return self._synthesized(text)
        for phrase in carrier.phrases(text, added.language):
            word = carrier.cut(self._synthesized(phrase.sentence), added.sample_rate, phrase)
            if word is not None:
                return word
        return self._synthesized(carrier.leaning(text))

    def _synthesized(self, text: str) -> carrier.Samples:
        """The sentences of a text with pauses between; empty if no letter in it has a sound."""
        import numpy as np

        pause = np.zeros(round(SENTENCE_PAUSE * self._voice.added.sample_rate), np.float32)
        parts: list[carrier.Samples] = []
        for chunk in self._model.synthesize(text, self._settings):
            if any(phoneme.isalpha() for phoneme in chunk.phonemes):
                parts += [pause, np.atleast_1d(chunk.audio_float_array)]
        return np.concatenate(parts[1:]) if parts else pause[:0]


class _Sessions:
    """Stands for an onnxruntime session, and makes a fresh one for each run."""

    def __init__(self, model: Path) -> None:
        import onnxruntime

        onnxruntime.set_seed(SEED)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4  # what matters comes as an exception
        given = {"sess_options": options, "providers": ["CPUExecutionProvider"]}
        self._made = partial(onnxruntime.InferenceSession, str(model), **given)
        self._run = onnxruntime.RunOptions()
        self._run.log_severity_level = 4

    def run(self, outputs: list[str] | None, inputs: dict[str, Any]) -> Any:
        """As `InferenceSession.run`."""
        return self._made().run(outputs, inputs, self._run)

    def stop(self) -> None:
        """End every run under way, and let no other begin."""
        self._run.terminate = True


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
        raise VoiceError(
            "Piper was taken away while it was used; pip install 'piper-tts>=1.8,<2' again"
        )
    for path in sorted(folder.iterdir()):
        if path.suffix in (".py", ".so", ".pyd"):
            yield path.name.encode() + path.read_bytes()
    data = sorted(os.scandir(folder / "espeak-ng-data"), key=lambda entry: entry.name)
    yield "".join(f"{each.name} {each.stat().st_size}," for each in data if each.is_file()).encode()
    yield Path(runtime.origin).read_bytes()


def _load(voice: PiperVoice, sessions: _Sessions) -> PiperModel:
    """Piper's own voice, on our sessions. Raises VoiceError for a damaged description."""
    import piper
    from piper.config import PiperConfig

    try:
        config = PiperConfig.from_dict(settings_of(voice.added.config))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise VoiceError(
            f"{voice.added.config} cannot be used ({_first_line(reason)}); add the voice again: "
            f"audiocoach voices remove {voice.added.name}, then add"
        ) from reason
    return piper.PiperVoice(session=cast("onnxruntime.InferenceSession", sessions), config=config)


def _failures() -> tuple[type[Exception], ...]:
    """What Piper and onnxruntime raise; the latter's errors have no class in common."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    named = vars(state).values()
    own = [each for each in named if isinstance(each, type) and issubclass(each, Exception)]
    return (RuntimeError, ValueError, LookupError, TypeError, OSError, MemoryError, *own)


def _first_line(reason: BaseException) -> str:
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0][:160]
