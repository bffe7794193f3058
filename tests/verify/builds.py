"""A hundred sessions are built and verified: none may be found to be other than it was built.

`.venv/bin/python tests/verify/builds.py [NUMBER]` builds so many (100), of every bundled routine,
with other settings, languages, voices and formats each time, always the same ones for a number;
prints a line for each that is found wrong, then the figures nearest to their limits.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audiocoach import pipeline
from audiocoach.errors import AudiocoachError
from audiocoach.routine.load import bundled, load
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.verify.report import Report, verify_file

_VOICES: Final = {
    "en": ("espeak", "espeak:en-gb-x-rp", "espeak:en-us+f3", "espeak:en-gb-scotland+m3"),
    "de": ("espeak", "espeak:de+f2"),
    "es": ("espeak", "espeak:es-419"),
    "fr": ("espeak", "espeak:fr-fr+m7"),
}
_SETTINGS: Final = {
    "pace": ("slow", "normal", "brisk"),
    "rate": ("0.8", "1.0", "1.4"),
    "coaching": ("full", "brief", "minimal", "fade"),
    "count": ("auto", "every", "ends", "off"),
    "countdown": ("0", "3", "5"),
    "max_silence": ("20s", "1min", "off"),
    "chimes": ("on", "off"),
    "encouragement": ("on", "off"),
    "seed": ("1", "7"),
}
_ENDINGS: Final = ("mp3", "mp3", "mp3", "wav", "flac", "opus")


@dataclass(frozen=True)
class Trial:
    """A session to be built."""

    routine: str
    options: Options
    ending: str

    def __str__(self) -> str:
        chosen = {name: getattr(self.options, name) for name in (*_SETTINGS, "voice", "language")}
        told = " ".join(f"{name}={value}" for name, value in chosen.items() if value is not None)
        return f"{self.routine}.{self.ending} {told}"


def trials(number: int, seed: int = 0) -> Iterator[Trial]:
    """So many sessions, each routine in turn."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret here
    names = [name for name, _ in bundled()]
    for place in range(number):
        name = names[place % len(names)]
        languages = ["en", *load(name).translations]
        language = chance.choice(languages)
        picked = chance.sample(sorted(_SETTINGS), 3)
        chosen = {each: chance.choice(_SETTINGS[each]) for each in picked}
        options = Options(
            duration="natural",
            offline=True,
            language=language,
            voice=chance.choice(_VOICES[language]),
        )
        switches = {key: value == "on" for key, value in chosen.items() if value in ("on", "off")}
        switches.pop("max_silence", None)
        switches.pop("count", None)
        yield Trial(name, options.but(**chosen | switches), chance.choice(_ENDINGS))


def tried(trial: Trial, folder: Path, cache: Cache) -> Report:
    """Build it, and verify it against its plan and its routine."""
    path = folder / f"x.{trial.ending}"
    surroundings = Surroundings({"AUDIOCOACH_CONFIG": os.devnull + ".toml"})
    pipeline.build(trial.routine, path, trial.options, cache=cache, surroundings=surroundings)
    return verify_file(path, trial.routine, trial.options, surroundings=surroundings)


@dataclass
class Tally:
    """What came of the sessions so far."""

    built: int = 0
    wrong: int = 0
    minutes: float = 0.0
    largest: int = 0
    loudness: tuple[float, float] = (0.0, -99.0)

    def add(self, report: Report) -> None:
        heard, (low, high) = report.found.heard, self.loudness
        self.minutes += heard.samples / 48_000 / 60
        self.largest = max(self.largest, len(report.found.tags.plan))
        self.loudness = (min(low, heard.loudness), max(high, heard.loudness))
        self.wrong += bool(report.failed)


def main(number: int) -> int:
    """1 if any session was found wrong. Ctrl-C ends it with the figures so far."""
    began, tally = time.monotonic(), Tally()
    with tempfile.TemporaryDirectory() as name, suppress(KeyboardInterrupt):
        folder = Path(name)
        cache = Cache(folder / "cache")
        for trial in trials(number):
            try:
                report = tried(trial, folder, cache)
            except AudiocoachError as error:
                say(f"{trial}: {error}")
                tally.wrong += 1
            else:
                tally.add(report)
                for finding in report.failed:
                    say(f"{trial}: {finding.what}: {finding.detail}")
            tally.built += 1
    low, high = tally.loudness
    say(
        f"{tally.built} sessions of {tally.minutes:.0f} min in {time.monotonic() - began:.0f} s: "
        f"{tally.wrong} false alarms; the largest plan has {tally.largest} bytes; "
        f"{low:.1f} to {high:.1f} LUFS"
    )
    return int(bool(tally.wrong))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
