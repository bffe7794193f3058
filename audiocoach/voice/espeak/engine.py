"""eSpeak NG, the voice that is always available: offline, included, 100 languages.

The library never runs in this process (see `worker`): it is not safe in threads, repeats itself
inexactly and can crash. Names are checked against the files of its data folder, so a wrong
`--voice` starts no process.

Why the plain voice of a language, told 125 words a minute. What eSpeak calls 125 comes to 151 words
a minute in our sentences, and its 145 to 175. Whisper (base, greedy) heard 40 coaching sentences
(312 words), and had to tell 63 short cues apart, from a closed list, through the band of a phone's
loudspeaker in pink noise as loud as the speech:

    en-us      sentences, words wrong    cues right in noise
    145        20.8 %                    65 %
    125        12.8 %                    75 %
    110        like 125 (screened)       lone words get worse: their vowels are stretched

In German, Spanish and French 130 with a gap between words did better than 145 as well (61 to 43 %,
52 to 35 %, 101 to 86 % wrong: Whisper base is weak in these). Variants on the klatt synthesiser
please Whisper and lose in noise (51 against 75 %): they have 5 dB less from 1 to 4 kHz.
m6, without klatt and understood best in quiet, gains nothing there: 40 of 51 cues right, against 43
(`scripts/hear --noise`).
No person has judged it by ear yet.
"""

# Imports inside functions are those a rebuild from the cache never needs

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import espeakng_loader

from audiocoach.language import base
from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice import text as texts
from audiocoach.voice.base import Offer, failing_as
from audiocoach.voice.espeak import names, respelling

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.espeak.pool import Launch
    from audiocoach.voice.segment import AudioSegment

WORKER = Path(__file__).with_name("worker.py")
LICENCE = "GPL-3.0-or-later"
"""Of eSpeak NG and its data."""
NATURAL_RATE = 125
SLOWEST_RATE = 80
"""eSpeak's own limit, in words a minute; slower speech is stretched."""
MOST_WORKERS = 4
MOST_CHARACTERS = 10_000
"""No text of this length fits a minute; it is refused before a process reads it."""
SHARED_DATA = ("phontab", "phonindex", "phondata", "intonations")


@dataclass(frozen=True)
class EspeakVoice:
    """One eSpeak voice; `language_file` is a path below `lang/`, `variant` may be empty."""

    package: Path
    library: str
    language_file: str
    variant: str
    words_per_minute: int
    online: bool = False
    tempo: float = 1.0
    licence: str = LICENCE

    @property
    def name(self) -> str:
        """The full spelling: `espeak:en-us+f3`."""
        label = names.label_of(self.language_file)
        return f"espeak:{label}" + (f"+{self.variant}" if self.variant else "")

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the library, its data files for this voice and our own code (1.3 ms).

        Contents, not version numbers: no package metadata to read (15 ms), and a
        library built for another platform, whose bytes may differ, counts as another.
        """
        contents = (path.read_bytes() if path.is_file() else b"" for path in self.sources())
        return f"{self.name} {self.words_per_minute} wpm {key(*contents)}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech at 22 050 Hz mono, in order. Raises VoiceError naming the utterance."""
        from audiocoach.voice.child import processors
        from audiocoach.voice.espeak.pool import speak_all
        from audiocoach.voice.espeak.worker import SAMPLE_RATE
        from audiocoach.voice.segment import audible

        workers = min(processors(), MOST_WORKERS)
        with failing_as(self.name):
            language = base(names.label_of(self.language_file))
            said = [_said(utterance.text, language) for utterance in utterances]
            # `closing` ends the workers at once also when the caller stops early.
            with closing(speak_all(said, self.launch(), workers=workers)) as spoken:
                for utterance, samples in zip(utterances, spoken, strict=True):
                    yield utterance, audible(samples, SAMPLE_RATE, utterance.text)

    def launch(self, *, once: bool = not hasattr(os, "fork")) -> Launch:
        """How to run a worker that speaks with this voice.

        It runs in the folder of the data, with "." as the path: eSpeak cuts paths at 160 bytes (230
        on Windows), and a virtual environment is easily deeper than that.
        """
        from audiocoach.voice.espeak.pool import Launch

        voice = self.language_file + (f"+{self.variant}" if self.variant else "")
        python = [sys.executable, "-I", "-S", str(WORKER), "once" if once else "fork"]
        command = [*python, self.library, ".", voice, str(self.words_per_minute)]
        return Launch(command, self.package, once=once)

    def sources(self) -> Iterator[Path]:
        """Every file that the sound depends on."""
        data = self.package / "espeak-ng-data"
        yield Path(self.library)
        yield Path(texts.__file__)  # what the text is made into
        yield Path(respelling.__file__)
        yield WORKER  # and what eSpeak is told
        yield from (data / name for name in SHARED_DATA)
        language = data / "lang" / self.language_file
        yield language
        yield data / f"{names.dictionary(language)}_dict"
        if self.variant:
            yield data / names.VARIANTS / self.variant


class EspeakEngine:
    """Opens eSpeak voices by name."""

    name = "espeak"
    online = False

    def offers(self, language: str) -> Sequence[Offer]:
        """The clearest voice for the language, then its other accents."""
        return [
            Offer(f"espeak:{label}", "embedded, offline, synthetic", licence=LICENCE)
            for label in names.labels_for(language, _data())
        ]

    def open(
        self,
        voice: str,
        *,
        language: str,
        rate: float,
        cache: Cache,  # noqa: ARG002 - it speaks as fast as a cache reads
    ) -> EspeakVoice:
        """The voice `en-us`, `en-us+f3` or `+f3`, or the clearest one for `language`.

        Raises VoiceError for a voice, variant or language eSpeak does not have.
        """
        data = _data()
        wanted, _, variant = voice.partition("+")
        wanted_rate = NATURAL_RATE * rate
        file = (
            names.file_named(wanted, language, data) if wanted else names.file_for(language, data)
        )
        return EspeakVoice(
            package=data.parent,
            library=espeakng_loader.get_library_path(),
            language_file=file,
            variant=names.variant(variant, data) if variant else "",
            words_per_minute=max(SLOWEST_RATE, round(wanted_rate)),
            tempo=min(1.0, wanted_rate / SLOWEST_RATE),
        )


ENGINE = EspeakEngine()


def _data() -> Path:
    return Path(espeakng_loader.get_data_path()).parent / "espeak-ng-data"


def _said(text: str, language: str) -> str:
    said = respelling.respelt(texts.speakable(text, MOST_CHARACTERS), language)
    if not said:
        raise texts.unspeakable(text, "has nothing to say")
    return said
