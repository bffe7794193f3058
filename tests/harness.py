"""What no session may be lost by, many times over: kills, builds at once, damage, limits.

`.venv/bin/python tests/harness.py [kills|at-once|damage|limits]... [--times N]` prints a line for
each that went wrong, then how many there were; the tests of `scripts/test` try a few of the same.
Of these are always the same ones tried; only where a signal hits depends on the computer.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from running import PATIENCE, command, environment, files, tiny

from audiocoach import pipeline
from audiocoach.errors import FitError
from audiocoach.routine.load import bundled
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.wording import clock

Trials = Iterator[str]
"""Of each trial what went wrong, or ""."""

OLD: Final = b"the old audiocoach session " * 1000
SIGNALS: Final = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
AT_ONCE: Final = 5


def reference(folder: Path) -> tuple[bytes, float]:
    """The session as it is when nothing disturbs it, and how long it took to make."""
    tiny(folder)
    began = time.monotonic()
    assert started(folder, folder / "reference", "x.mp3").wait(PATIENCE) == 0
    return (folder / "x.mp3").read_bytes(), time.monotonic() - began


def started(folder: Path, cache: Path, output: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("build", folder / "tiny.yaml", "-q", "-o", output),
        cwd=folder,
        env=environment(cache),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kills(folder: Path, times: int, chance: random.Random) -> Trials:
    """Builds over an old file that get a signal; then one more with the cache that was left."""
    whole, seconds = reference(folder)
    own = folder / "own"
    own.mkdir()
    for number in range(times):
        (own / "x.mp3").write_bytes(OLD)
        tiny(own)
        cache = folder / f"cache{number}"
        process = started(own, cache, "x.mp3")
        time.sleep(seconds * chance.uniform(0, 1.2))
        kind = chance.choice(SIGNALS)
        process.send_signal(kind)
        code = process.wait(PATIENCE)
        if (own / "x.mp3").read_bytes() not in (OLD, whole):
            yield f"{kind.name}, exit code {code}: the file is neither the old one nor the new"
        elif built(own, cache) != whole:
            yield f"{kind.name}, exit code {code}: the next build makes another session"
        elif left := files(own) - {"x.mp3", "tiny.yaml"}:
            yield f"{kind.name}, exit code {code}: the next build leaves {left}"
        else:
            yield ""


def at_once(folder: Path, times: int, chance: random.Random) -> Trials:
    """Builds on one empty cache, some of them of the same file."""
    whole, _ = reference(folder)
    for number in range(0, times, AT_ONCE):
        cache = folder / f"cache{number}"
        names = [f"out/{number}/{chance.randrange(AT_ONCE - 1)}.mp3" for _ in range(AT_ONCE)]
        builds = [(name, started(folder, cache, name)) for name in names]
        for name, process in builds:
            code = process.wait(PATIENCE)
            same = code == 0 and (folder / name).read_bytes() == whole
            yield "" if same else f"{name}: exit code {code}, or other bytes"
        if extra := files(folder / f"out/{number}") - {Path(name).name for name in names}:
            yield f"they leave {extra}"


def damage(folder: Path, times: int, chance: random.Random) -> Trials:
    """Builds with a cache of which an entry is damaged."""
    from fuzzing import spoiled

    whole, _ = reference(folder)
    cache = folder / "reference"
    entries = sorted(path for path in (cache / "v1").rglob("*") if path.is_file())
    for _ in range(times):
        path = chance.choice(entries)
        path.write_bytes(spoiled(path.read_bytes(), chance))
        yield "" if built(folder, cache) == whole else f"{path.parent.parent.name}: other bytes"


def built(folder: Path, cache: Path) -> bytes:
    pipeline.build(folder / "tiny.yaml", folder / "x.mp3", cache=Cache(cache))
    return (folder / "x.mp3").read_bytes()


def limits(folder: Path, times: int, chance: random.Random) -> Trials:
    """Sessions of the lengths that an error names, of every bundled routine, told in many ways."""
    cache = Cache(folder / "cache")
    names = [name for name, _ in bundled()]
    tried = 0
    while tried < times:
        options = Options(
            voice=chance.choice(["espeak", "espeak:en-gb-x-rp"]),
            pace=chance.choice(["slow", "normal", "brisk"]),
            coaching=chance.choice(["full", "brief", "minimal", "fade"]),
            countdown=chance.choice(["0", "3", "5"]),
        )
        name, asked = names[tried % len(names)], chance.choice(["70s", "3h", "29min", "299s"])
        try:
            pipeline.rehearse(name, options.but(duration=asked), cache=cache)
        except FitError as error:
            for limit in (error.shortest, error.longest):
                yield reached(name, options.but(duration=limit), limit, folder, cache)
                tried += 1
        else:
            tried += 1
            yield ""


def reached(name: str, options: Options, limit: int, folder: Path, cache: Cache) -> str:
    """Build a session of that length (ms)."""
    try:
        session = pipeline.build(name, folder / "x.mp3", options, cache=cache)
    except FitError as error:
        return f"{name} {options.pace} {options.coaching}: {error}"
    made = session.timeline.total
    return "" if made == limit * SAMPLES_PER_MS else f"{name}: {made} samples, not {clock(limit)}"


KINDS: Final[dict[str, tuple[Callable[[Path, int, random.Random], Trials], int]]] = {
    "kills": (kills, 200),
    "at-once": (at_once, 50),
    "damage": (damage, 250),
    "limits": (limits, 200),
}
"""What is tried, and how often."""


def main() -> int:
    """1 if anything went wrong. Ctrl-C ends a kind with the figures so far."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kinds", nargs="*", help=f"{', '.join(KINDS)}; by default all")
    parser.add_argument("--times", type=int, help="how often; each kind has its own number")
    asked = parser.parse_args()
    wrong = 0
    for kind in asked.kinds or KINDS:
        trials, times = KINDS[kind]
        began, tried, bad = time.monotonic(), 0, 0
        with tempfile.TemporaryDirectory() as name:
            at_home(Path(name))
            for told in trials(Path(name), asked.times or times, random.Random(0)):  # noqa: S311
                tried += 1
                bad += bool(told)
                if told:
                    say(f"{kind}: {told}")
        say(f"{kind}: {tried} tried in {time.monotonic() - began:.0f} s, {bad} went wrong")
        wrong += bad
    return int(bool(wrong))


def at_home(folder: Path) -> None:
    """No text leaves this computer, and no config of the user's is read."""
    config = folder / "config.toml"
    config.write_text("offline = true\n", encoding="utf-8")
    os.environ["AUDIOCOACH_CONFIG"] = str(config)
    os.environ["AUDIOCOACH_VOICES"] = str(folder / "voices")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
