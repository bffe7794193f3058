"""Kokoro-82M, the voice that is easiest to understand: neural, offline, in English, Spanish and
French.

An extra (`audiocoach[kokoro]`): onnxruntime is 24 MB, the network 92 MB (326 MB where floats are
faster), a voice 0.5 MB. A recogniser (Whisper base, greedy) gets about 1 % of our words wrong,
against 15 % with eSpeak (docs/voices.md). It takes half a second of processor time for a second of
speech. This file finds voices by name, `store` keeps them, `worker` speaks in a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.installing import install_command
from audiocoach.language import same
from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice import text as texts
from audiocoach.voice.adding import Had
from audiocoach.voice.base import Offer, failing_as
from audiocoach.voice.kokoro.store import Added, KokoroStore, speaker_named
from audiocoach.voice.kokoro.voices import LICENCE, RECOMMENDED, Speaker, speaking
from audiocoach.voice.natural import Candidate

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache
    from audiocoach.voice.espeak.engine import EspeakVoice
    from audiocoach.voice.espeak.pool import Launch
    from audiocoach.voice.segment import AudioSegment
    from audiocoach.voice.shelf import Progress

REQUIREMENT: Final = "onnxruntime>=1.20"
FACTOR: Final = 0.52
"""Seconds of processor time a second of speech in a session: 167 for 323 (int8, x86-64 with VNNI).

The network gives more sound than is kept: 0.31 a second of that.
"""
PACE: Final = 180.0
"""Words a minute that a quicker voice is slowed to, at the upper end of a coach's 150 to 180.

Of 40 short cues of the foot sessions, said by af_heart, Whisper hears two wrong at 165.
"""
MOST_CHARACTERS: Final = 1000
MOST_WORKERS: Final = 2
"""Each takes 410 MB of memory."""
PATIENCE: Final = 300.0
"""Seconds for an utterance: a slow machine needs three times as long as it lasts."""
_BOOT: Final = (
    "import sys; sys.path.append(sys.argv.pop(1)); "
    "from audiocoach.voice.kokoro.worker import main; main(*sys.argv[1:])"
)


@dataclass(frozen=True)
class KokoroVoice:
    """One added voice; `reader` is the eSpeak voice that turns its texts into phonemes."""

    added: Added
    reader: EspeakVoice
    rate: float
    cache: Cache
    online: bool = False
    tempo: float = 1.0
    licence: str = LICENCE

    @property
    def name(self) -> str:
        """The full spelling: `kokoro:af_heart`."""
        return f"kokoro:{self.added.speaker.name}"

    @property
    def paced(self) -> float:
        """The factor from the network's pace to a coach's, at the given rate."""
        return round(min(1.0, PACE / self.added.speaker.pace) * self.rate, 4)

    @cached_property
    def fingerprint(self) -> str:
        """The checksums of network and style, of eSpeak and its data, onnxruntime and our code.

        Raises VoiceError when a file is not what it was when it was added.
        """
        self.added.check(self.cache)
        here = Path(__file__).parent
        ours = [here / name for name in ("worker.py", "graph.py", "vocabulary.json")]
        parts = [path.read_bytes() for path in (*ours, here.parents[1] / "tempo.py", *_runtime())]
        sums = [sha256 for _, sha256 in self.added.files]
        pace = f"{self.paced:g} alone {self.rate:g}"
        return f"{self.name} {pace} {key(self.reader.fingerprint, *sums, *parts)}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech at 24 kHz mono, in order. Raises VoiceError naming the utterance."""
        if not utterances:
            return
        from audiocoach.voice.child import processors
        from audiocoach.voice.espeak.pool import speak_all
        from audiocoach.voice.kokoro.worker import SAMPLE_RATE
        from audiocoach.voice.segment import audible

        workers = min(processors(), MOST_WORKERS)
        with failing_as(self.name):
            said = [texts.speakable(each.text, MOST_CHARACTERS, "split it") for each in utterances]
            spoken = speak_all(said, self.launch(), workers=workers, patience=PATIENCE)
            with closing(spoken):
                for utterance, samples in zip(utterances, spoken, strict=True):
                    if not samples:
                        raise texts.unspeakable(utterance.text, "has nothing to say")
                    yield utterance, audible(samples, SAMPLE_RATE, utterance.text)

    def launch(self) -> Launch:
        """How a worker that speaks with this voice is run: beside eSpeak's data, as that one."""
        from audiocoach.voice.espeak.pool import Launch
        from audiocoach.voice.kokoro.worker import MOST_SECONDS

        import_from = str(Path(__file__).resolve().parents[3])
        files = [str(file.resolve()) for file, _ in self.added.files]
        reader = [self.reader.library, ".", self.reader.language_file]
        python = [sys.executable, "-I", "-c", _BOOT, import_from]
        return Launch(
            [*python, *files, f"{self.paced:g}", f"{self.rate:g}", *reader],
            self.reader.package,
            engine="Kokoro",
            remedy=f"repair it with: audiocoach voices add {self.name}",
            most_seconds=MOST_SECONDS,
        )


class KokoroEngine:
    """Opens Kokoro's voices by name."""

    name = "kokoro"
    online = False

    def __init__(self, surroundings: Surroundings) -> None:
        self._store = KokoroStore(surroundings)

    def offers(self, language: str) -> Sequence[Offer]:
        """The added voices for the language, then those worth adding. Opens no connection."""
        install = "" if find_spec("onnxruntime") else install_command(REQUIREMENT)
        speakers = speaking(language)
        have = {each.speaker.name for each in self._store.added()}
        ready = [_offer(each, install) for each in speakers if each.name in have]
        others = [
            _offer(each, install or f"audiocoach voices add kokoro:{each.name}")
            for each in speakers
            if each.name in RECOMMENDED and each.name not in have
        ]
        return [*ready, *others]

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> KokoroVoice:
        """The voice `af_heart`, or the best of those added for a language.

        Raises VoiceError when onnxruntime is missing, or the voice was not added or speaks another
        language.
        """
        from audiocoach.voice.espeak.engine import ENGINE

        if find_spec("onnxruntime") is None:
            raise VoiceError(f"Kokoro is not installed; run: {install_command(REQUIREMENT)}")
        speaker = speaker_named(voice) if voice else self._best(language)
        if not same(speaker.language, language):
            instead = self._instead(language)
            raise VoiceError(
                f"kokoro:{speaker.name} speaks {speaker.language}, the routine is in "
                f"'{language}'; {instead}"
            )
        added = self._store.find(speaker.name)
        if added is None:
            lacks = "whole" if self._store.has_some_of(speaker) else "added"
            raise VoiceError(
                f"the voice kokoro:{speaker.name} is not {lacks}; "
                f"run: audiocoach voices add kokoro:{speaker.name}"
            )
        reader = ENGINE.open(speaker.language, language=language, rate=1.0, cache=cache)
        return KokoroVoice(added, reader, rate, cache)

    def candidate(self, language: str) -> Candidate | None:
        """The best for a language: all have the same licence, and are equally well understood."""
        best = next((each for each in speaking(language) if each.name in RECOMMENDED), None)
        if best is None:
            return None
        why = f"easiest to understand (1 % of words misheard), {LICENCE}, 93 MB"
        step = "" if find_spec("onnxruntime") else install_command(REQUIREMENT)
        return Candidate(f"kokoro:{best.name}", why, FACTOR, step)

    def terms(self, voice: str, source: str | None) -> str:
        """How much is missing, where it comes from, and the licence."""
        size = sum(each.size for each in self._store.lacking(voice))
        place = source or "github.com and huggingface.co"
        from_there = f"{size / 1e6:.0f} MB from {place}" if size else "already here"
        return f"kokoro:{speaker_named(voice).name}: {from_there}, licence {LICENCE}"

    def add(self, voice: str, source: str | None, progress: Progress | None) -> Had:
        """Put a voice, and the network if it isn't there, on this computer. Raises VoiceError."""
        added = self._store.add(voice, source=source, progress=progress)
        speaker = added.speaker
        return Had(f"kokoro:{speaker.name}", speaker.language, added.size, LICENCE)

    def removable(self) -> list[str]:
        """The voices that the user added."""
        return [f"kokoro:{each.speaker.name}" for each in self._store.added()]

    def remove(self, voice: str) -> None:
        """Delete a voice, and the network with the last one. Raises VoiceError."""
        self._store.remove(voice)

    def _best(self, language: str) -> Speaker:
        """The best added voice for a language. Raises VoiceError if there is none."""
        speakers = speaking(language)
        for speaker in speakers:
            if self._store.find(speaker.name):
                return speaker
        raise VoiceError(
            f"there is no Kokoro voice for '{language}' yet; {self._instead(language)}"
        )

    def _instead(self, language: str) -> str:
        """What to do for a voice that speaks a language."""
        for offer in self.offers(language):
            return f"run: {offer.step}" if offer.step else f"choose --voice {offer.spec}"
        return "it speaks English, Spanish and French; choose another voice with --voice"


def _offer(speaker: Speaker, step: str) -> Offer:
    about = f"neural, offline, 93 MB, {speaker.about}"
    return Offer(f"kokoro:{speaker.name}", about, step, LICENCE)


def _runtime() -> Iterator[Path]:
    """The file of onnxruntime that names its version."""
    spec = find_spec("onnxruntime")
    if spec is None or spec.origin is None:
        again = install_command(REQUIREMENT)
        raise VoiceError(f"onnxruntime was removed while in use; run: {again}")
    yield Path(spec.origin)
