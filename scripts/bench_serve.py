"""Measures `audiocoach serve` on loopback: `scripts/bench.py serve [--seconds N] [--json]`.

The load comes from wrk (Debian's package `wrk`). The server is a process of its own, with the
embedded voice and an empty cache; the session is `foot-relief`, 20:00, 14.4 MB.

first build      nothing was spoken yet: until the first byte
new combination  flags nobody asked for yet, whose clips are known (`preview` spoke them): until
                 the first byte and until the last, the medians
known            until the first byte, the median
whole sessions   16 clients who fetch it whole, again and again: how many a second, and the 95th
                 percentile of how long one takes
ranges           200 clients who fetch parts of 64 kB, again and again; another status than 2xx
                 or 3xx is an error
memory           the proportional set size with the sessions above, once the 200 clients were
                 served, for whom the answers to each are held until they are sent, and after
                 10,000 requests more of the same
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
SESSION: Final = "/s/foot-relief.mp3"
COMBINATIONS: Final = (
    *(
        "pace=slow",
        "pace=brisk",
        "transition=x1.5",
        "transition=x0.8",
        "get_ready=5s",
        "chimes=off",
    ),
    *("first_side=left", "encouragement=off", "halfway=off", "last_one=off", "countdown=5"),
    *("duration=19:00", "duration=21:00", "duration=18:30", "pace=slow,chimes=off", "breath=off"),
)
REQUESTS: Final = 10_000
SETTLING: Final = 3.0
"""Seconds in which a server notices that its clients are gone, and drops what is for them."""
RANGES: Final = """
request = function()
  local from = math.random(0, 14000000)
  return wrk.format("GET", nil, {["Range"] = "bytes=" .. from .. "-" .. (from + 65535)})
end
"""
"""wrk itself counts what is neither 2xx nor 3xx as an error."""
CLIENTS: Final = ("-t2", "-c200")
DONE: Final = """
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\nMEASURED {"requests": %d, "seconds": %f, "p95": %f, "errors": ' ..
    '{"connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(95) / 1e6,
    e.connect, e.read, e.write, e.status, e.timeout))
end
"""


class BenchError(Exception):
    """What keeps the measurement from being made."""


@dataclass(frozen=True)
class Load:
    """What wrk found. Times in seconds."""

    requests: int
    seconds: float
    p95: float
    errors: dict[str, int]
    """How many of each kind, as wrk counts them."""

    @property
    def each_second(self) -> float:
        return self.requests / self.seconds

    @property
    def failed(self) -> str:
        """The errors in words."""
        found = [f"{count} {kind}" for kind, count in self.errors.items() if count]
        return f"errors: {', '.join(found)}" if found else "0 errors"


@dataclass(frozen=True)
class Measured:
    """All that was measured: seconds, and bytes of memory."""

    first_build: float
    new_combination: float
    new_combination_whole: float
    known: float
    whole: Load
    ranges: Load
    memory_first: int
    memory_served: int
    memory_after: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell. A goal that is missed is no failure."""
    parser = argparse.ArgumentParser(prog="bench.py serve", allow_abbrev=False)
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="of the ranges")
    parser.add_argument("--json", action="store_true", help="print data, not lines")
    asked = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="audiocoach-bench-") as folder:
            found = measure(Path(folder), asked.seconds)
    except BenchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write((json.dumps(asdict(found), indent=2) if asked.json else told(found)) + "\n")
    return 0


def measure(folder: Path, seconds: int) -> Measured:
    """Start a server and load it. Raises BenchError."""
    if shutil.which("wrk") is None:
        raise BenchError("wrk is missing; on Debian: apt-get install wrk")
    environment = os.environ | {
        "AUDIOCOACH_CACHE": str(folder / "cache"),
        "AUDIOCOACH_CONFIG": str(folder / "config.toml"),
        "PYTHONPATH": str(ROOT),
    }
    with served(environment) as (address, process):
        first, _ = fetched(address + SESSION)
        for flags in COMBINATIONS:
            speak(flags, environment)
        combined = [fetched(f"{address}/s/foot-relief/{each}.mp3") for each in COMBINATIONS]
        known = [fetched(address + SESSION)[0] for _ in range(100)]
        script = folder / "load.lua"
        whole = load(script, DONE, address, ("-t2", "-c16", "-d10s"))
        at_first = memory(process.pid)
        ranges = load(script, RANGES + DONE, address, (*CLIENTS, f"-d{seconds}s"))
        served_all = memory(process.pid)
        done = 0
        while done < REQUESTS:
            done += load(script, RANGES + DONE, address, (*CLIENTS, "-d5s")).requests
        after = memory(process.pid)
    begun, done_with = (median(each) for each in zip(*combined, strict=True))
    sizes = (at_first, served_all, after)
    return Measured(first, begun, done_with, median(known), whole, ranges, *sizes)


def told(found: Measured) -> str:
    """The lines for a person."""
    return "\n".join(
        [
            f"first build      {found.first_build:8.2f} s",
            f"new combination  {found.new_combination * 1000:8.1f} ms   (goal: under 100); "
            f"its last byte {found.new_combination_whole * 1000:.0f} ms",
            f"known            {found.known * 1000:8.1f} ms   (goal: under 10)",
            f"whole sessions   {found.whole.each_second:8.1f} a second, 95 % within "
            f"{found.whole.p95:.2f} s, {found.whole.failed}",
            f"ranges           {found.ranges.each_second:8.1f} a second for 200 clients in "
            f"{found.ranges.seconds:.0f} s, 95 % within {found.ranges.p95:.2f} s, "
            f"{found.ranges.failed}   (goal: none)",
            f"memory           {found.memory_first / 1e6:8.1f} MB, once 200 clients were served "
            f"{found.memory_served / 1e6:.1f} MB, {REQUESTS:,} requests later "
            f"{found.memory_after / 1e6:.1f} MB   (goal: flat)",
        ]
    )


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server: its address, and its process."""
    command = [sys.executable, "-m", "audiocoach", "serve", "--port", "0", "--voice", "espeak"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            address = (process.stdout.readline() if process.stdout else "").strip().rstrip("/")
            if not address:
                raise BenchError("the server did not start")
            yield address, process
        finally:
            process.terminate()


def speak(flags: str, environment: dict[str, str]) -> None:
    """Have the clips of a session spoken, and nothing linked."""
    given = [each.replace("_", "-").partition("=") for each in flags.split(",")]
    options = [
        option
        for name, _, value in given
        for option in ([f"--no-{name}"] if value == "off" else [f"--{name}", value])
    ]
    command = [sys.executable, "-m", "audiocoach", "preview", "--voice", "espeak", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"preview {flags} failed:\n{done.stderr}")


def fetched(address: str) -> tuple[float, float]:
    """Seconds until the first byte of what is at an address, and until the last."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=600)) as connection:
        begin = time.perf_counter()
        connection.request("GET", parts.path)
        reply = connection.getresponse()
        reply.read(1)
        first = time.perf_counter() - begin
        reply.read()
        if reply.status != 200:
            raise BenchError(f"{address}: {reply.status}")
        return first, time.perf_counter() - begin


def load(script: Path, program: str, address: str, options: tuple[str, ...]) -> Load:
    """Have wrk ask for the session as a script says. Raises BenchError."""
    script.write_text(program, encoding="utf-8")
    command = ["wrk", *options, "--timeout", "60s", "-s", str(script), address + SESSION]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("MEASURED "):
            return Load(**json.loads(line.removeprefix("MEASURED ")))
    raise BenchError(f"wrk failed:\n{done.stdout}{done.stderr}")


def memory(process: int) -> int:
    """The proportional set size of a process that has nothing to do."""
    time.sleep(SETTLING)
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    return next(
        int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")
    )


if __name__ == "__main__":
    sys.exit(main())
