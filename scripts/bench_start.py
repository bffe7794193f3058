"""Measures what a command costs before it does anything: `scripts/bench.py start [--repeat N]`.

Seconds of a processor, not of a clock, each time of a whole process; all take turns. `ratio` is
the median over the rounds of each command to the floor in the same round: Python, importing what
no command line of ours can do without. The modules are compiled before the first round, as they
are once installed. The session is `foot-relief` by eSpeak, all of it in the cache.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
NO_CONFIG: Final = ROOT / "audiocoach" / "routine" / "__init__.py"
"""An empty file: a config must be a regular one."""
FLOOR: Final = "import typer, pydantic"
GOALS: Final = {"--help": 0.15, "a warm foot-relief": 0.3}


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by what the table calls it; the first is the floor."""
    warm = ["build", "foot-relief", "--voice", "espeak", "-o", str(folder / "session.mp3")]
    return {
        FLOOR: [sys.executable, "-c", FLOOR],
        "--version": ours("--version"),
        "--help": ours("--help"),
        "build --help": ours("build", "--help"),
        "a warm foot-relief": ours(*warm),
    }


def ours(*arguments: str) -> list[str]:
    """Our own command line."""
    return [sys.executable, "-m", "audiocoach", *arguments]


def processor(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of a processor that a command takes, with all that it starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(rounds: int, folder: Path) -> dict[str, list[float]]:
    """The seconds of each command in each round, after one that does not count."""
    environment = os.environ | {
        "AUDIOCOACH_CACHE": str(folder / "cache"),
        "AUDIOCOACH_CONFIG": str(NO_CONFIG),
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    wanted = commands(folder)
    taken: dict[str, list[float]] = {name: [] for name in wanted}
    for done in range(rounds + 1):
        for name, command in wanted.items():
            seconds = processor(command, environment)
            if done:
                taken[name].append(seconds)
    return taken


def table(taken: dict[str, list[float]]) -> str:
    """A line for each command: its least and its median seconds, its ratio, the goal."""
    lines = [f"{'':<24}{'least':>8}{'median':>8}{'ratio':>7}{'goal':>8}"]
    for name, seconds in taken.items():
        ratio = median(own / floor for own, floor in zip(seconds, taken[FLOOR], strict=True))
        goal = f"{GOALS[name]:.2f} s" if name in GOALS else ""
        lines.append(
            f"{name:<24}{min(seconds):>6.3f} s{median(seconds):>6.3f} s{ratio:>7.2f}{goal:>8}"
        )
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    """Measure and tell. A goal that is missed is no failure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--repeat", type=int, default=10, metavar="N", help="rounds (default: 10)")
    parser.add_argument("--json", action="store_true", help="print data, not a table")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="audiocoach-bench-") as folder:
        taken = measured(max(asked.repeat, 1), Path(folder))
    sys.stdout.write((json.dumps(taken) if asked.json else table(taken)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
