"""Counts the words of audiocoach's own texts that a recogniser hears wrong.

    scripts/hear [VOICE]... [--language en] [--sample N] [--short] [--against FILE]
    scripts/hear [VOICE]... --noise
    scripts/hear [VOICE]... --beats
    scripts/hear --tests

Every distinct utterance of all bundled routines is spoken by the voice, made ready as for a
session (trimmed, levelled, 48 kHz), and given to Whisper base (int8, greedy, half a second of
silence on either side, the whole window of 30 s). What it writes is compared with the text:
without capitals and punctuation, figures as words, British and American spelling alike, and
"half way" is "halfway". English words of one sound ("two" and "to", "toe" and "tow") are equal,
for every voice; the list is in `scripts/hearing/texts.py`, and the report says how often it
counted. Words that are cut, doubled or made up count too, so more than 100 % can be wrong.

Whisper is no person. It hears each cue once, without its session, and it is hard on synthetic
voices. What it is good for is to compare: two voices, two rates, before and after. The 95 %
interval is a bootstrap over the utterances: what two runs differ by inside it may be chance.

Each run is kept as JSON (`--output`), a row for each utterance; `--against` such a file tells
which utterances are now heard better or worse. What was spoken and what was heard of it is kept in
the cache, so a run that was stopped goes on where it was, and only what sounds different is
listened to again. About a second of processor time an utterance: `--sample 150` for a look, which
takes the same utterances each time.

`--noise` asks which of the short cues of the foot sessions and the counts up to twenty a clip is,
through a phone's loudspeaker in noise. `--beats` hears nothing, but tells how even counts are.
`--publish` puts what was measured into the table of docs/voices.md. `--tests` runs the tests that
need the real voices.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audiocoach.errors import AudiocoachError, VoiceError
from audiocoach.language import base
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache, key, open_cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import engine_names, find_engine, open_voice
from scripts.hearing import beats, noise
from scripts.hearing.recogniser import HEARING, Clip, Heard, recogniser
from scripts.hearing.report import counted, difference, keep, keep_as, report, short
from scripts.hearing.table import publish
from scripts.hearing.texts import SHORT, Row, compared, utterances, words_of
from scripts.hearing.voices import REAL, put_real_voices

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "output" / "hear"
FEET: Final = ("foot-relief", "foot-care")


@dataclass(frozen=True)
class Session:
    """What is asked for, and where things are kept."""

    wish: argparse.Namespace
    cache: Cache
    language: str

    def clips(self, spec: str, texts: Sequence[str]) -> list[Clip]:
        """Have a voice say the texts. Raises AudiocoachError."""
        here = Surroundings.here()
        voice = open_voice(
            spec, language=self.language, rate=self.wish.rate, cache=self.cache, surroundings=here
        )
        sounds = [Utterance(text, self.language) for text in texts]
        takes = Studio(voice, self.language, self.cache).record(
            sounds, progress=lambda done, of: progress(spec, "spoken", done, of)
        )
        return [takes.samples(sound) for sound in sounds]

    def heard(self, spec: str, texts: Sequence[str]) -> list[Row]:
        """Have a voice say the texts, and hear them. Raises AudiocoachError."""
        hear: Heard | None = None
        rows = []
        for done, (text, clip) in enumerate(
            zip(texts, self.clips(spec, texts), strict=True), start=1
        ):
            name = key("heard", HEARING, base(self.language), clip.tobytes())
            known = self.cache.get("heard", name)
            if known is None:
                hear = hear or recogniser(self.language)
                known = hear(clip).encode()
                self.cache.put("heard", name, known)
                progress(spec, "heard", done, len(texts))
            rows.append(compared(text, known.decode(), self.language))
        return rows

    def kept_as(self, spec: str, what: str) -> Path:
        """Where a run is kept."""
        voice = re.sub("[^a-zA-Z0-9+_-]", "_", spec)
        rate = "" if self.wish.rate == 1 else f"-{self.wish.rate:g}"
        return Path(self.wish.output) / f"{voice}-{self.language}{rate}{what}.json"

    def noted(self, spec: str, measured: dict[str, object]) -> None:
        """Put what was measured into the table of the docs, if that is wished."""
        if self.wish.publish and self.wish.rate == 1 and not self.wish.text:
            publish(spec, self.language, measured)

    def by_words(self, spec: str) -> list[str]:
        """What was heard of each text."""
        texts = self.wish.text or utterances(self.language)
        if self.wish.short:
            texts = [text for text in texts if len(words_of(text, self.language)) <= SHORT]
        rows = self.heard(spec, texts[: self.wish.sample])
        path = self.kept_as(spec, "")
        measured: dict[str, object] = {} if self.wish.sample else {"short": counted(short(rows))}
        if not self.wish.short:
            measured |= {"all": counted(rows), "sample": bool(self.wish.sample)}
        self.noted(spec, measured)
        lines = [*report(spec, self.language, rows, self.wish.worst)]
        if self.wish.against:
            lines += difference(rows, self.wish.against)
        keep(path, spec, self.language, rows)
        return [*lines, f"  kept in {path}"]

    def by_noise(self, spec: str) -> list[str]:
        """Which cues are told apart in noise."""
        texts = list(dict.fromkeys([*beats.counts(self.language), *short_cues(self.language)]))
        clips = self.clips(spec, texts)
        taken = noise.told_apart(clips, texts, self.language, self.cache)
        right = sum(one == other for one, other in zip(texts, taken, strict=True))
        path = self.kept_as(spec, "-noise")
        rows = dict(zip(texts, taken, strict=True))
        keep_as(path, {"voice": spec, "right": right, "of": len(texts), "taken for": rows})
        self.noted(spec, {"noise": [right, len(texts)]})
        return [*noise.report(spec, texts, taken), f"  kept in {path}"]

    def by_beats(self, spec: str) -> list[str]:
        """How even counts are heard."""
        found = beats.measured(self.clips(spec, beats.counts(self.language)))
        path = self.kept_as(spec, "-beats")
        keep_as(path, {"voice": spec} | found)
        self.noted(spec, {"beats": found})
        return [*beats.told(spec, found), f"  kept in {path}"]


def short_cues(language: str) -> Iterable[str]:
    """Those of one or two words that the foot sessions say."""
    return sorted(
        text for text in utterances(language, FEET) if len(words_of(text, language)) <= SHORT
    )


def progress(spec: str, what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{spec}: {done} of {of} {what} ")
        sys.stderr.flush()


def ready(language: str) -> list[str]:
    """The first voice of each engine that can speak here without a further step, offline."""
    here = Surroundings.here()
    engines = [find_engine(name, here) for name in engine_names()]
    offered = [engine.offers(language) for engine in engines if not engine.online]
    best = [[offer.spec for offer in offers if not offer.step] for offers in offered]
    return [specs[0] for specs in best if specs]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/hear",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("voices", nargs="*", metavar="VOICE", help="as after --voice; else all")
    parser.add_argument("--language", "-l", default="en")
    parser.add_argument("--rate", type=float, default=1.0, help="as of build")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many utterances")
    parser.add_argument("--short", action="store_true", help="only those of one or two words")
    parser.add_argument("--text", action="append", metavar="TEXT", help="these texts instead")
    parser.add_argument("--worst", type=int, default=20, metavar="N")
    parser.add_argument("--output", type=Path, default=KEPT, metavar="FOLDER", help="for the JSON")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a JSON of another run")
    parser.add_argument("--noise", action="store_true", help="tell short cues apart in noise")
    parser.add_argument("--beats", action="store_true", help="measure how even counts are")
    parser.add_argument("--publish", action="store_true", help="into the table of docs/voices.md")
    parser.add_argument("--tests", action="store_true", help="run the tests of real voices")
    return parser.parse_args()


def main() -> int:
    wish = arguments()
    os.environ.setdefault("AUDIOCOACH_VOICES", str(REAL))
    here = Surroundings.here()
    cache = open_cache(here.place("CACHE"))
    if not wish.voices or any(spec.startswith("kokoro") for spec in wish.voices):
        try:
            put_real_voices(here)
        except VoiceError as error:
            sys.stderr.write(f"{error}\n")
    if wish.tests:
        pytest = [sys.executable, "-P", "-m", "pytest", "-n0", "-m", "real", str(ROOT / "tests")]
        return subprocess.run(pytest, check=False, cwd=ROOT).returncode
    session = Session(wish, cache, wish.language)
    way = session.by_noise if wish.noise else session.by_beats if wish.beats else session.by_words
    for spec in wish.voices or ready(wish.language):
        try:
            print(*way(spec), sep="\n", flush=True)  # noqa: T201 - it is a program
        except AudiocoachError as error:
            sys.stderr.write(f"\n{spec}: {error}\n")
            return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
