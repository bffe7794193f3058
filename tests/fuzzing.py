"""Every fuzzer in one: damaged and hostile inputs, for each reader of what comes from outside.

`scripts/fuzz 10min` tries them for ten minutes, `--only verify` those of one reader, `--seed 5`
others. First come the kept inputs, `tests/corpus/READER/*`: each once did harm. The readers take
turns, each in a process of its own, so that one that crashes or hangs is found and the others go
on. What was found is kept in `fuzz-found/READER-HASH`; once it is mended, it belongs in the corpus.

An input does harm if reading it raises anything but the error that is for it, takes more than
`SECONDS` of the processor, or ends the process.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import multiprocessing
import os
import random
import re
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
CORPUS: Final = HERE / "corpus"
FOUND: Final = "fuzz-found"
SECONDS: Final = 10.0
"""Of the processor, for one input: far more than any needs, on a busy machine too."""
TURN: Final = 20.0
"""Seconds each reader has before the next one is tried."""
HANGS: Final = 60.0
"""Seconds without a new input, after which a process hangs."""

Chance = random.Random
Change = Callable[[bytes, Chance], bytes]


# -- what can happen to bytes ---------------------------------------------------------


def _flip(content: bytes, chance: Chance) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8, 60])):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def _cut(content: bytes, chance: Chance) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice([1, 4, 100, len(content)]) :]


def _number(content: bytes, chance: Chance) -> bytes:
    """A number of four bytes is another, as sizes are."""
    at = chance.randrange(len(content))
    value = chance.choice([0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1])
    return content[:at] + struct.pack(chance.choice("<>") + "I", value) + content[at + 4 :]


def _twice(content: bytes, chance: Chance) -> bytes:
    start = chance.randrange(len(content))
    end = start + chance.choice([1, 10, 500, 5000])
    times = chance.choice([2, 3, 100])
    return (content[:start] + content[start:end] * times + content[end:])[:2_000_000]


def _rubbish(content: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.choice([1, 7, 300])) + content[at:]


_CHANGES: Final[tuple[Change, ...]] = (_flip, _flip, _cut, _number, _twice, _rubbish)


def spoiled(content: bytes, chance: Chance) -> bytes:
    """Bytes after one to four accidents; most of them hit the head, where the sizes stand."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        change = chance.choice(_CHANGES)
        head = chance.choice([64, 4096, len(content)])
        content = change(content[:head] or b"\0", chance) + content[head:]
    return content


# -- the readers -----------------------------------------------------------------------


@dataclass(frozen=True)
class Reader:
    """Something of ours that reads what comes from outside."""

    name: str
    make: Callable[[Chance], bytes]
    """An input."""
    read: Callable[[bytes, Path], None]
    """Read it, in a folder that may be used; raises for what is no clear refusal."""


def _routine(chance: Chance) -> bytes:
    from fuzz import mutated, sources

    return mutated(chance.choice(sources()), chance)


def _read_routine(content: bytes, folder: Path) -> None:
    from fuzz import outcome

    path = folder / "fuzzed.yaml"
    path.write_bytes(content)
    outcome(path)


_YAML: Final = (
    *("a", ":", "-", " ", "\n", "  ", "[", "]", "{", "}", ",", "&a", "*a", "!!int", "|", ">", "?"),
    *(
        "<<",
        "'",
        '"',
        "#",
        "---",
        "...",
        "%YAML 1.2",
        "\t",
        "title: T\n",
        "exercises:\n",
        "é",
        "\0",
    ),
    *("  - name: x\n", "    hold: 3s\n", "language: en\n", "\ufeff", "\\", "@", "`", "9" * 40),
)


def _yaml(chance: Chance) -> bytes:
    return "".join(chance.choices(_YAML, k=chance.choice([3, 20, 200]))).encode()


def _config(chance: Chance) -> bytes:
    lines = (
        *('voice = "espeak"', "offline = true", 'pace = "slow"', "fallback = 1", "rate = 1e999"),
        *('[voices.mine]\ncommand = ["x", "{wav}"]', "online = false", "[[voices]]", 'a.b.c = "x"'),
        *("duration = 12:00:00", f"x = {'[' * 300}", f"seed = {'9' * 4000}", 'level = "\\u0000"'),
        *(
            "d = 1979-05-27T07:32:00Z",
            "max_silence = '20s'",
            "warn_at = [1, 2]",
            "chimes = {a = 1}",
        ),
    )
    text = "\n".join(chance.choices(lines, k=chance.choice([1, 3, 8]))).encode()
    return spoiled(text, chance) if chance.random() < 0.5 else text


def _read_config(content: bytes, folder: Path) -> None:
    from audiocoach.errors import AudiocoachError
    from audiocoach.settings.config import load_config
    from audiocoach.settings.resolve import resolve

    path = folder / "config.toml"
    path.write_bytes(content)
    try:
        resolve({}, {}, None, load_config(path))
    except AudiocoachError as error:
        told = str(error)
        assert "\n" not in told, told


@cache
def _wave() -> bytes:
    import wave

    target = io.BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(16_000)
        written.writeframes(bytes(range(256)) * 40)
    return target.getvalue()


def _read_wave(content: bytes, folder: Path) -> None:
    from audiocoach.voice.command.runner import FaultError
    from audiocoach.voice.command.wav import read_wav

    with suppress(FaultError):
        read_wav(content)


@cache
def _speech() -> bytes:
    """An MP3 of a second, as a service sends it: no tag, no Info frame."""
    import numpy as np

    from audiocoach.sound.mp3 import encode_region

    wave = 9000 * np.sin(np.arange(48_000) / 20)
    return encode_region(np.asarray(wave, np.int16), 0)


def _read_answer(content: bytes, folder: Path) -> None:
    from audiocoach.voice.gtts.answer import UnbelievableError, believe, decode

    with suppress(UnbelievableError):
        believe(decode(content), "Number three.", slow=False)


@cache
def _sessions() -> tuple[bytes, ...]:
    """A small session in each format."""
    from audiocoach import pipeline
    from audiocoach.routine.load import loads
    from audiocoach.settings.resolve import Options
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache

    routine = loads("title: T\nlanguage: en\nexercises:\n  - name: sit\n    hold: 3s\n")
    with tempfile.TemporaryDirectory() as name:
        made = []
        for ending in ("mp3", "wav", "flac", "opus", "m4b"):
            path = Path(name) / f"x.{ending}"
            options = Options(voice="espeak", duration="natural", coaching="minimal", countdown="0")
            around = Surroundings({"AUDIOCOACH_CONFIG": os.devnull + ".toml"})
            pipeline.build(routine, path, options, cache=Cache(Path(name)), surroundings=around)
            made.append(path.read_bytes())
    return tuple(made)


def _session(chance: Chance) -> bytes:
    """A session that was damaged; or its plan was, and is sealed again."""
    content = chance.choice(_sessions())
    start = content.find(b"acp1")
    if start < 0 or chance.random() < 0.5:
        return spoiled(content, chance)
    from mutagen.id3 import ID3

    plan = content[start : start + _plan_size(ID3, content)]
    body = spoiled(plan[20:], chance)[: len(plan) - 20].ljust(len(plan) - 20, b"\0")
    seal = hashlib.blake2b(body, digest_size=16).digest()
    return content[:start] + b"acp1" + seal + body + content[start + len(plan) :]


def _plan_size(reader: Any, content: bytes) -> int:
    at = content.find(b"ID3")
    (frame,) = reader(io.BytesIO(content[at:])).getall("PRIV")
    return len(frame.data)


def _read_session(content: bytes, folder: Path) -> None:
    from audiocoach.errors import VerificationError
    from audiocoach.verify.report import verify_file

    path = folder / "fuzzed"
    path.write_bytes(content)
    with suppress(VerificationError):
        for finding in verify_file(path).findings:
            assert "\n" not in finding.detail, finding


@cache
def _entry() -> bytes:
    from audiocoach.store import Cache

    with tempfile.TemporaryDirectory() as name:
        kept = Cache(Path(name))
        kept.put("clip", "a" * 40, bytes(1000), samples=500)
        (path,) = Path(name).rglob("a" * 40)
        return path.read_bytes()


def _read_entry(content: bytes, folder: Path) -> None:
    from audiocoach.store import Cache

    kept = Cache(folder / "cache")
    path = folder / "cache" / "v1" / "clip" / "aa" / ("a" * 40)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    payload = kept.get("clip", "a" * 40)
    assert payload in (None, bytes(1000)), "a damaged entry was believed"
    kept.length("clip", "a" * 40)


def _spoiling(whole: Callable[[], bytes]) -> Callable[[Chance], bytes]:
    return lambda chance: spoiled(whole(), chance)


READERS: Final = {
    each.name: each
    for each in (
        Reader("routine", _routine, _read_routine),
        Reader("yaml", _yaml, _read_routine),
        Reader("config", _config, _read_config),
        Reader("wav", _spoiling(_wave), _read_wave),
        Reader("answer", _spoiling(_speech), _read_answer),
        Reader("verify", _session, _read_session),
        Reader("entry", _spoiling(_entry), _read_entry),
    )
}


def kept(reader: Reader) -> list[Path]:
    """The inputs that once did harm."""
    return sorted((CORPUS / reader.name).glob("*"))


def harm(reader: Reader, content: bytes, folder: Path) -> str:
    """What an input does that it should not, in a line; "" if nothing."""
    began = time.process_time()
    try:
        reader.read(content, folder)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = " ".join(str(error).split())[:200]
        return f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {told}"
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > SECONDS else ""


# -- many of them ------------------------------------------------------------------------


@dataclass
class Tally:
    """What came of a reader's inputs."""

    tried: int = 0
    seconds: float = 0.0
    found: dict[str, Path] = field(default_factory=dict)
    """What was wrong, each once, and the input that shows it."""
    kinds: set[str] = field(default_factory=set)
    """What was wrong but for its figures."""


def _turn(name: str, seed: int, seconds: float, folder: str, pipe: Any) -> None:
    """A turn of a reader, in a process of its own: sends the number tried, and what was found."""
    from audiocoach.cli.output import libraries_muted

    reader, chance, work = READERS[name], random.Random(seed), Path(folder)  # noqa: S311
    current = work / "current"
    inputs = _inputs(reader, chance, first=seed % 1000 == 0)
    began = time.monotonic()
    with libraries_muted():  # decoders have a line of their own for whatever they find
        for number, content in enumerate(inputs, start=1):
            current.write_bytes(content)
            wrong = harm(reader, content, work)
            pipe.send((number, wrong, content if wrong else b""))
            if time.monotonic() - began > seconds:
                break
    pipe.send(None)


def _inputs(reader: Reader, chance: Chance, *, first: bool) -> Iterator[bytes]:
    if first:
        for path in kept(reader):
            yield path.read_bytes()
    while True:
        yield reader.make(chance)


def take_turn(reader: Reader, seed: int, seconds: float, tally: Tally, found: Path) -> None:
    """Let a reader read for some seconds, and add what came of it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        child = context.Process(target=_turn, args=(reader.name, seed, seconds, folder, theirs))
        child.start()
        theirs.close()
        wrong, tried = "the process hangs", 0
        try:
            while ours.poll(HANGS):
                told = ours.recv()
                if told is None:
                    wrong = ""
                    break
                tried, harmful, content = told
                if harmful:
                    _keep(reader, harmful, content, tally, found)
        except EOFError:
            child.join()
            wrong = f"the process ended: {_ending(child.exitcode)}"
        finally:
            child.kill()
            child.join()
        current = Path(folder) / "current"
        if wrong:
            _keep(reader, wrong, current.read_bytes() if current.exists() else b"", tally, found)
    tally.tried += tried
    tally.seconds += time.monotonic() - began


def _ending(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _keep(reader: Reader, wrong: str, content: bytes, tally: Tally, found: Path) -> None:
    kind = re.sub(r"\d+", "N", wrong)
    if kind in tally.kinds:
        return
    tally.kinds.add(kind)
    found.mkdir(exist_ok=True)
    path = found / f"{reader.name}-{hashlib.sha256(content).hexdigest()[:12]}"
    path.write_bytes(content)
    tally.found[wrong] = path


def report(tallies: dict[str, Tally], seconds: float) -> str:
    """How long it ran, and what it found."""
    lines = [f"{'reader':<10}{'inputs':>9}{'seconds':>9}  found"]
    for name, tally in tallies.items():
        count = len(tally.found) or "nothing"
        lines.append(f"{name:<10}{tally.tried:>9,}{tally.seconds:>9.0f}  {count}")
        lines += [f"  {path}: {wrong}" for wrong, path in tally.found.items()]
    total = sum(tally.tried for tally in tallies.values())
    found = sum(len(tally.found) for tally in tallies.values())
    lines.append(f"{total:,} inputs in {seconds / 60:.1f} min: {found or 'nothing'} found")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """1 if anything was found."""
    from audiocoach.errors import AudiocoachError
    from audiocoach.routine.times import parse_ms

    parser = argparse.ArgumentParser(
        prog="scripts/fuzz", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument(
        "time", nargs="?", default="1min", help="how long: 30s, 10min (default 1min)"
    )
    parser.add_argument("--only", choices=sorted(READERS), action="append", help="only this reader")
    parser.add_argument("--seed", type=int, help="the same number gives the same inputs")
    asked = parser.parse_args(arguments)
    try:
        whole = parse_ms(asked.time) / 1000
    except (AudiocoachError, ValueError) as error:
        parser.error(f"{asked.time}: {error}")
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    readers = [READERS[name] for name in asked.only or READERS]
    tallies = {reader.name: Tally() for reader in readers}
    turn = min(TURN, whole / len(readers))
    began = time.monotonic()
    number = 0
    with suppress(KeyboardInterrupt):  # the report is made of what there is
        while time.monotonic() - began < whole:
            reader = readers[number % len(readers)]
            number_of_turn = number // len(readers)
            take_turn(reader, seed * 1000 + number_of_turn, turn, tallies[reader.name], Path(FOUND))
            number += 1
    sys.stdout.write(report(tallies, time.monotonic() - began) + f"seed {seed}\n")
    return int(any(tally.found for tally in tallies.values()))


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE / "routine")]  # what tests share
    sys.exit(main())
