"""eSpeak NG, the voice that is always there: offline, in the wheel, 100 languages.

The library never runs in this process (see `espeak_worker`): it is not safe in
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

import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Offer, nearest

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.espeak.pool import Launch
    from audiocoach.voice.segment import AudioSegment

WORKER = Path(__file__).with_name("worker.py")
NATURAL_RATE = 145
SLOWEST_RATE = 80
"""eSpeak's own limit, in words a minute; a slower `--rate` gives this."""
DEFAULTS = {"en": "en-us"}
"""Languages whose best voice is not the one eSpeak gives to the bare tag."""
MOST_WORKERS = 4
MOST_CHARACTERS = 10_000
"""No text of this length fits a minute; it is refused before a process reads it."""
SILENCE = 32
"""A peak below this (-60 dBFS) is no speech: eSpeak answers "..." with 7 ms of nothing."""
VARIANTS = "voices/!v"
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
        return f"espeak:{_label(self.language_file)}" + (f"+{self.variant}" if self.variant else "")

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the library, its data files for this voice and our own code (1.3 ms).

        Contents, not version numbers: no package metadata to read (15 ms), and a
        library built for another platform, whose bytes may differ, counts as another.
        """
        digest = hashlib.blake2b(digest_size=16)
        for path in self.sources():
            content = path.read_bytes() if path.is_file() else b""
            digest.update(len(content).to_bytes(8, "little") + content)
        return f"{self.name} {self.words_per_minute} wpm {digest.hexdigest()}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech at 22 050 Hz mono, in order. Raises VoiceError naming the utterance."""
        from audiocoach.voice.espeak.pool import speak_all
        from audiocoach.voice.espeak.worker import SAMPLE_RATE
        from audiocoach.voice.segment import AudioSegment

        texts = [_speakable(utterance.text) for utterance in utterances]
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        # `closing` ends the workers at once also when the caller stops early.
        with closing(speak_all(texts, self.launch(), workers=workers)) as spoken:
            for utterance, samples in zip(utterances, spoken, strict=True):
                segment = AudioSegment(
                    data=samples, sample_width=2, frame_rate=SAMPLE_RATE, channels=1
                )
                if segment.max < SILENCE:
                    raise _unspeakable(utterance.text, "gives no sound")
                yield utterance, segment

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
        yield Path(__file__)  # what the text is made into
        yield WORKER  # and what eSpeak is told
        yield from (data / name for name in SHARED_DATA)
        language = data / "lang" / self.language_file
        yield language
        yield data / f"{_dictionary(language)}_dict"
        if self.variant:
            yield data / VARIANTS / self.variant


class EspeakEngine:
    """Opens eSpeak voices by name."""

    name = "espeak"
    online = False

    def offers(self, language: str) -> Sequence[Offer]:
        """The clearest voice for the language, then its other accents."""
        data = _data()
        try:
            best = _label(_for_language(language, data))
        except VoiceError:
            return []
        base = language.replace("_", "-").partition("-")[0].casefold()
        labels = [_label(file) for file in _language_files(data)]
        others = [label for label in labels if label.split("-")[0] == base and label != best]
        return [
            Offer(f"espeak:{label}", "embedded, offline, synthetic") for label in (best, *others)
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
        import espeakng_loader

        data = _data()
        wanted, _, variant = voice.partition("+")
        return EspeakVoice(
            package=data.parent,
            library=espeakng_loader.get_library_path(),
            language_file=(
                _named(wanted, language, data) if wanted else _for_language(language, data)
            ),
            variant=_variant(variant, data) if variant else "",
            words_per_minute=max(SLOWEST_RATE, round(NATURAL_RATE * rate)),
        )


ENGINE = EspeakEngine()


def _data() -> Path:
    import espeakng_loader

    return Path(espeakng_loader.get_data_path()).parent / "espeak-ng-data"


def _named(wanted: str, language: str, data: Path) -> str:
    """The language file of a voice the user named.

    Raises VoiceError if there is none, or it is for another language than the texts'.
    """
    files = _language_files(data)
    found = _find(wanted, files, data)
    if found is None:
        names = [_label(file) for file in files]
        raise VoiceError(
            f'eSpeak has no voice "{wanted}"; {nearest(wanted, names)}choose '
            f"--voice espeak:NAME with a language tag such as {_examples(names)}"
        )
    best = _for_language(language, data)
    if _base(best, data).isdisjoint(_base(found, data)):
        raise VoiceError(
            f'espeak:{_label(found)} does not speak "{language}", the language of the texts; '
            f"choose --voice espeak:{_label(best)}"
        )
    return found


def _base(file: str, data: Path) -> set[str]:
    """The languages a voice says it speaks, without their regions: `en` for `en-us`."""
    tags = [tag for tag, *_ in _values(data / "lang" / file, "language")]
    return {tag.partition("-")[0].casefold() for tag in (*tags, _label(file))}


def _for_language(language: str, data: Path) -> str:
    """The language file for a tag: `de-AT` is spoken as `de`. Raises VoiceError."""
    files = _language_files(data)
    tag = language.replace("_", "-")
    while tag:
        found = _find(DEFAULTS.get(tag.casefold(), tag), files, data)
        if found is not None:
            return found
        tag = tag.rpartition("-")[0]
    raise VoiceError(
        f'eSpeak does not speak "{language}"; it has {len(files)} languages and accents '
        f"({_examples([_label(file) for file in files])} …): choose --voice espeak:NAME"
    )


def _find(wanted: str, files: Sequence[str], data: Path) -> str | None:
    """The file with this name, else the one that says it is best for this tag (`en-gb`: `en`)."""
    folded = wanted.replace("_", "-").casefold()
    by_name = {name.casefold(): file for file in files for name in (file, _label(file))}
    return by_name.get(folded) or _aliases(files, data).get(folded)


def _aliases(files: Sequence[str], data: Path) -> dict[str, str]:
    """Each tag in the `language` lines of the files, with the file that gives it the best rank.

    Read only for a name that is no file name (3 ms). A line is `language TAG [RANK]`;
    a lower rank is better, and 5 is meant when it is left out.
    """
    ranked: dict[str, tuple[int, str]] = {}
    for file in files:
        for tag, *rank in _values(data / "lang" / file, "language"):
            this = (int(rank[0]) if rank and rank[0].isdigit() else 5, file)
            ranked[tag.casefold()] = min(ranked.get(tag.casefold(), this), this)
    return {tag: file for tag, (_, file) in ranked.items()}


def _language_files(data: Path) -> list[str]:
    """Every voice, as its path below `lang/`, with "/" on every platform.

    By hand, as `Path.rglob` takes 5 ms of every rebuild here and this 0.6 ms.
    """
    root = data / "lang"
    files = []
    for entry in os.scandir(root):
        if entry.is_dir():
            files += [f"{entry.name}/{name}" for name in os.listdir(entry.path)]  # noqa: PTH208
        else:
            files.append(entry.name)
    return sorted(files)


def _variant(wanted: str, data: Path) -> str:
    """The file of a variant; eSpeak itself silently ignores one it lacks. Raises VoiceError."""
    folder = data / VARIANTS
    names = {path.name.casefold(): path.name for path in folder.iterdir()}
    found = names.get(wanted.casefold())
    if found is None:
        raise VoiceError(
            f'eSpeak has no variant "{wanted}"; {nearest(wanted, names.values())}choose f1 to f5, '
            f"m1 to m8 or another file of {folder} (--voice espeak:en-us+f3)"
        )
    return found


def _dictionary(language: Path) -> str:
    """The name of the pronunciation dictionary a language file uses."""
    for name, *_ in _values(language, "dictionary"):
        return name
    return language.name.partition("-")[0].casefold()


def _values(path: Path, attribute: str) -> Iterator[list[str]]:
    """The words after `attribute` on each line of a voice file that begins with it."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match line.split():
            case [first, *words] if first == attribute and words:
                yield words


def _label(file: str) -> str:
    """How a language file is called: its name in lower case, which eSpeak takes as well."""
    return file.rpartition("/")[2].casefold()


def _examples(names: Sequence[str]) -> str:
    return ", ".join(name for name in ("en-us", "en-gb-x-rp", "de", "fr", "es") if name in names)


def _speakable(text: str) -> str:
    """A text without what eSpeak would obey instead of saying. Raises VoiceError if too long.

    Control characters (U+0001 starts eSpeak's own commands, NUL ends the text) and
    lone surrogates become spaces; letters and their accents are put together, or
    eSpeak names the accent.
    """
    if len(text) > MOST_CHARACTERS:
        raise _unspeakable(text, f"has more than {MOST_CHARACTERS} characters")
    composed = unicodedata.normalize("NFC", text)
    clean = " ".join(
        "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in composed).split()
    )
    if not clean:
        raise _unspeakable(text, "has nothing to say")
    return clean


def _unspeakable(text: str, problem: str) -> VoiceError:
    from audiocoach.voice.espeak.pool import shortened

    return VoiceError(f"the text {shortened(text)} {problem}; reword it")
