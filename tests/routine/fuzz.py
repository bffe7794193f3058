"""Routine files that were damaged or garbled: each gives a session or a clear error.

`python tests/routine/fuzz.py 10000 [SEED]` tries as many, and tells the longest time and
the most memory. A file that does worse is written to the current folder.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from audiocoach.coaching.compiler import compile_script
from audiocoach.errors import AudiocoachError, RoutineError
from audiocoach.routine.load import PROBLEM_LIMIT, bundled, bundled_text, load
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import fit

TIMES: Final = 15
"""What one file may take of the processor: so many times what the file with everything takes."""
MEGABYTES: Final = 200
"""What the whole process may take."""
EVERYTHING: Final = Path(__file__).with_name("everything.yaml")
_JARGON: Final = (
    "Value error",
    "Input should",
    "permitted",
    "pydantic",
    "Traceback",
    "object at 0x",
)
_VALUE: Final = re.compile(r"(?<=: )[^,{}\[\]\n]+")
_NASTY: Final = (
    *("", "~", "null", "[]", "{}", "[[]]", "[1, 2]", "{a: b}", "-1", "0", "3", "1e9", "0x10"),
    *("true", "3s", "0s", "-3s", "24h", "25h", "999999999999s", "10-15s", "15-10s", "~3s", "~0s"),
    *("~3s (2-5s)", "3-1-2-0", "0-0-0-0", "8-12", "12-8", "0-1000", "1000", "1001", "9" * 5000),
    *("AMRAP", "until tired", "5 breaths", "999 breaths", "inhale", "breath", "1:30", "1:75"),
    *("{beginner: 3}", "{beginner: 3s, advanced: [3s, 4s]}", "{advanced: {beginner: {}}}"),
    *("{beginner: x, oops: y}", "{right: 3s, left: 4s}", "{right: 3}", "[1s, 2s]", "[1000, 9]"),
    *("{say: x, time: 3s}", "[{at: 1s, say: x}]", "[{name: a, hold: 3s}]", "&x [*x]", "*band"),
    *("!!int 3", "<<: *band", '"\\ud800"', '"\\e[31m"', '"\\0"', "'", '"', "\u202e", "*no"),
    *("...", "---", "%", "@", "`", "\t", "\x1b[2J", "x" * 3000, "[" * 60, "{a: " * 60, "é" * 90),
    *("both", "alternating", "right-then-left", "standing", "advanced", "en", "xx", "zz-ZZ"),
)


def sources() -> list[str]:
    """The bundled routines, and a file with all there is in the language."""
    return [EVERYTHING.read_text("utf-8"), *(bundled_text(name) for name, _ in bundled())]


# -- what can happen to a file -------------------------------------------------------


def _flip(text: bytes, chance: random.Random) -> bytes:
    """One bit of a byte is another."""
    place = chance.randrange(len(text))
    return text[:place] + bytes([text[place] ^ 1 << chance.randrange(8)]) + text[place + 1 :]


def _cut(text: bytes, chance: random.Random) -> bytes:
    """The end is missing, or something from the middle."""
    start = chance.randrange(len(text))
    length = chance.choice([1, 2, 10, 100, len(text)])
    return text[:start] + text[start + length :]


def _repeat(text: bytes, chance: random.Random) -> bytes:
    """Some lines are there twice, or a thousand times."""
    lines = text.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    end = start + chance.choice([1, 1, 2, 5, 30])
    times = chance.choice([2, 2, 3, 50, 1000])
    return b"".join([*lines[:start], *lines[start:end] * times, *lines[end:]])[:2_000_000]


def _swap(text: bytes, chance: random.Random) -> bytes:
    """Two lines stand in each other's place."""
    lines = text.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _insert(text: bytes, chance: random.Random) -> bytes:
    """Something stands where it should not."""
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(_NASTY).encode("utf-8", "replace") + text[place:]


def _replace(text: bytes, chance: random.Random) -> bytes:
    """A value is another; the rest stays as it is."""
    plain = text.decode("utf-8", "replace")
    values = list(_VALUE.finditer(plain))
    if not values:
        return text
    found = chance.choice(values)
    nasty = chance.choice([*_NASTY, *(chance.choice(values)[0] for _ in range(20))])
    return (plain[: found.start()] + nasty + plain[found.end() :]).encode("utf-8", "replace")


_MUTATIONS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(_flip, _cut, _repeat, _swap, _insert),
    *(_replace,) * 5,
)


def mutated(text: str, chance: random.Random) -> bytes:
    """A file after one to four accidents."""
    content = text.encode()
    for _ in range(chance.choice([1, 1, 1, 2, 3, 4])):
        content = chance.choice(_MUTATIONS)(content, chance) or b"\n"
    return content


# -- what comes of it ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file, and what it took of the processor (s)."""

    kind: str
    seconds: float


def outcome(path: Path) -> Outcome:
    """Load, compile and fit a file.

    Raises AssertionError for an error that is not clear; any other exception is a defect.
    """
    gong = path.parent / "gong.wav"  # of the file with everything
    if not gong.exists():
        soundfile.write(gong, np.sin(np.arange(4800) / 9), 48_000)
    before = time.process_time()
    kind = _session(path)
    return Outcome(kind, time.process_time() - before)


def yardstick(folder: Path) -> float:
    """What the file with everything takes of the processor as it is now, in seconds."""
    path = shutil.copy(EVERYTHING, folder / "everything.yaml")
    return statistics.median(outcome(Path(path)).seconds for _ in range(5))


def _session(path: Path) -> str:
    try:
        routine = load(path)
    except RoutineError as error:
        check_message(str(error), str(path))
        return "refused when it was read"
    try:
        _compile(routine)
    except AudiocoachError as error:
        for line in str(error).split("\n"):
            check_words(line)
        return "refused when it was compiled"
    return "a session"


def _compile(routine: Routine) -> None:
    from strategies import clip_lengths

    coaching = resolve({}, {}, routine).settings
    script = compile_script(routine, coaching)
    fit(script, clip_lengths(script.sounds(), 1), routine.duration)


def check_message(message: str, name: str) -> None:
    """Every line of it begins with the place, and is fit to print."""
    lines = message.split("\n")
    assert len(lines) <= PROBLEM_LIMIT + 1, message
    for line in lines:
        assert re.match(r"(:\d+:\d+: | is |: and [\d,]+ more)", line.removeprefix(name)) or (
            line.startswith(f"{name}: ")
        ), line
        check_words(line)


def check_words(message: str) -> None:
    """One line that a person can read."""
    assert message.isprintable(), message
    assert len(message) < 2000, message
    assert not any(jargon in message for jargon in _JARGON), message


# -- many of them --------------------------------------------------------------------


def outcomes(number: int, seed: int, folder: Path) -> Iterator[tuple[Path, Outcome]]:
    """What came of so many mutated files; the file is there until the next is asked for."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret here
    texts = sources()
    path = folder / "mutated.yaml"
    for _ in range(number):
        path.write_bytes(mutated(chance.choice(texts), chance))
        yield path, outcome(path)


def megabytes() -> float:
    """The most memory this process ever had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def main(number: int, seed: int) -> int:
    """Try `number` files, say what came of them; 1 if any took too long or too much."""
    kinds: Counter[str] = Counter()
    slowest, failed = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        most = TIMES * yardstick(Path(folder))
        for path, each in outcomes(number, seed, Path(folder)):
            kinds[each.kind] += 1
            slowest = max(slowest, each.seconds)
            if each.seconds > most:
                failed += 1
                Path(f"slow-{failed}.yaml").write_bytes(path.read_bytes())
    for kind, count in kinds.most_common():
        print(f"{count:7,} {kind}")  # noqa: T201
    print(f"longest {slowest:.2f} s, most memory {megabytes():.0f} MB")  # noqa: T201
    return int(bool(failed) or megabytes() > MEGABYTES)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
