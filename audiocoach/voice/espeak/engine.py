"""eSpeak NG, the voice that is always there: offline, in the wheel, 100 languages.

The library never runs in this process (see `worker`): it is not safe in
threads, repeats itself inexactly and can crash. Names are checked against the
files of its data folder, so a wrong `--voice` costs no process.

Why plain en-us at 145 words a minute. 54 coaching lines were played through the band of
a phone's loudspeaker (0.5 to 7 kHz) into pink noise, and pocketsphinx, which
knows the 54 lines, had to tell which one it heard. Right answers at three levels of noise,
for 23 voices at 160 words a minute:

    en-us 45 37 7 · m3 47 37 8 · john 45 37 10 · klatt2 44 37 13 · en (British) 44 32 7
    f5 42 33 5 · en-gb-x-rp 42 32 6 · f3 38 34 5 · Michael 30 11 0 · steph 8 0 0

Plain en-us is as clear as the best within the error of such a test (about 3 lines);
the dull voices are out. klatt2 needs 4 dB more headroom than en-us. From 130 to
180 words a minute en-us stays at 44 to 46, so the rate is chosen for the listener
alone: 145 gives 3.6 syllables a second in these lines, the 140 to 150 words
a minute of ordinary prose advised for older listeners.
No person has judged it by ear yet.

German, Spanish and French have no such recogniser. There the audibility of a third of
foot-relief in the same noise was computed (bands from 0.4 to 6.3 kHz, weighted as for
speech intelligibility), at 6 and -6 dB:

    en-us .47 .22 · f5 .51 .22 · Michael .33 .13 · steph .25 .07
    de .41 .17 · f5 .50 .21 · steph .22 .06      es .43 .20 · f3 .52 .25 · es-419 .44 .20
    fr .43 .20 · f5 .51 .23 · fr-ch .43 .20

It tells dull voices from clear ones, but f5 in English, which the recogniser above
finds no clearer, comes out ahead as well; so the plain voice of each language it is. At 145
words a minute they say 3.7 (de), 4.8 (es) and 4.7 (fr) syllables a second: as in English,
about six tenths of what people read at (Pellegrino and others 2011, Language 87, p. 539).
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

from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice import text as texts
from audiocoach.voice.base import Offer, failing_as
from audiocoach.voice.espeak import names

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.espeak.pool import Launch
    from audiocoach.voice.segment import AudioSegment

WORKER = Path(__file__).with_name("worker.py")
NATURAL_RATE = 145
SLOWEST_RATE = 80
"""eSpeak's own limit, in words a minute; a slower `--rate` gives this."""
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
        from audiocoach.voice.espeak.pool import speak_all
        from audiocoach.voice.espeak.worker import SAMPLE_RATE
        from audiocoach.voice.segment import audible

        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        with failing_as(self.name):
            said = [_said(utterance.text) for utterance in utterances]
            # `closing` ends the workers at once also when the caller stops early.
            with closing(speak_all(said, self.launch(), workers=workers)) as spoken:
                for utterance, samples in zip(utterances, spoken, strict=True):
                    yield utterance, audible(samples, SAMPLE_RATE, utterance.text)

    def launch(self, *, once: bool = not hasattr(os, "fork")) -> Launch:
        """How a worker that speaks with this voice is run.

        It runs in the folder the data lies in and is told ".": eSpeak cuts a path
        at 160 bytes (230 on Windows), and a virtual environment easily lies deeper.
        """
        from audiocoach.voice.espeak.pool import Launch

        voice = self.language_file + (f"+{self.variant}" if self.variant else "")
        python = [sys.executable, "-I", "-S", str(WORKER), "once" if once else "fork"]
        command = [*python, self.library, ".", voice, str(self.words_per_minute)]
        return Launch(command, self.package, once=once)

    def sources(self) -> Iterator[Path]:
        """Every file the sound depends on."""
        data = self.package / "espeak-ng-data"
        yield Path(self.library)
        yield Path(texts.__file__)  # what the text is made into
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
            Offer(f"espeak:{label}", "embedded, offline, synthetic")
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
        file = (
            names.file_named(wanted, language, data) if wanted else names.file_for(language, data)
        )
        return EspeakVoice(
            package=data.parent,
            library=espeakng_loader.get_library_path(),
            language_file=file,
            variant=names.variant(variant, data) if variant else "",
            words_per_minute=max(SLOWEST_RATE, round(NATURAL_RATE * rate)),
        )


ENGINE = EspeakEngine()


def _data() -> Path:
    return Path(espeakng_loader.get_data_path()).parent / "espeak-ng-data"


def _said(text: str) -> str:
    said = texts.speakable(text, MOST_CHARACTERS)
    if not said:
        raise texts.unspeakable(text, "has nothing to say")
    return said
