"""Measures batches: `scripts/bench.py batch [--repeat N] [--json]`.

The batch: the 18 bundled routines, eSpeak, an empty cache. It is made by this process, by one
process and by two of ours, and by a Dask cluster of two worker processes over TCP, in turn, so
that a busy machine slows them alike: compare ratios. Then, by two processes and by Dask, once more
with a full cache, where a session is little work. The overhead of Dask is what a task costs the
command and the scheduler: 200 are sent that do next to nothing.

What follows is a simulation, not a measurement: a million sessions on 1 to 1,000 workers, with the
times measured here, in seconds of a processor; what was not measured is told with it. One computer
plans sessions, hands out tasks and takes in files, one after the other; a worker does one task at a
time and has one more at hand; the network carries one file after the other. A session is linked
when the last task that speaks for it has ended.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from clusters import cluster  # noqa: E402 - found by the lines above

from audiocoach.batch.build import build_all  # noqa: E402
from audiocoach.batch.cluster import Cluster  # noqa: E402
from audiocoach.batch.crew import MOST, Crew  # noqa: E402
from audiocoach.batch.graph import Speak, Speaker  # noqa: E402
from audiocoach.batch.planning import Planner  # noqa: E402
from audiocoach.batch.processes import Processes  # noqa: E402
from audiocoach.batch.variants import Variant, spread  # noqa: E402
from audiocoach.batch.work import SpeakWork, do  # noqa: E402
from audiocoach.listener import SILENT  # noqa: E402
from audiocoach.pipeline import Session  # noqa: E402
from audiocoach.routine.load import bundled  # noqa: E402
from audiocoach.settings.resolve import Options  # noqa: E402
from audiocoach.settings.surroundings import Surroundings  # noqa: E402
from audiocoach.store import Cache  # noqa: E402
from audiocoach.voice.base import open_voice  # noqa: E402

LIMIT: Final = 600.0
SECOND: Final = 96_000
"""Bytes of a second of speech."""
WORKERS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
SESSIONS: Final = 1_000_000
GIGABIT: Final = 117e6
"""Bytes a second of a network of 1 Gbit/s."""

KOKORO: Final = 0.52
"""Seconds of a processor for a second of speech by Kokoro (docs/voices.md: 167 s for 323)."""
TASKS: Final = 200
"""So many are sent, to see what one costs who sends it."""


# -- measured --------------------------------------------------------------------------


def batch(folder: Path) -> tuple[Variant, ...]:
    """The sessions that are made."""
    options = Options(voice="espeak", offline=True)
    return spread([name for name, _ in bundled()], options, folder)


def seconds(folder: Path, cache: Path, crew: Callable[[Cache], Crew | None]) -> float:
    """How long a batch takes. Raises the error of a session that fails."""
    around, kept = Surroundings({**os.environ, "AUDIOCOACH_CACHE": str(cache)}), Cache(cache)
    began = time.monotonic()
    outcomes = build_all(batch(folder), cache=kept, surroundings=around, crew=crew(kept))
    took = time.monotonic() - began
    for outcome in outcomes:
        if not isinstance(outcome, Session):
            raise TypeError(outcome)
    return took


def measured(repeat: int, folder: Path) -> tuple[dict[str, list[float]], float]:
    """Seconds of each way, in each round; and what a task costs who sends it."""
    found: dict[str, list[float]] = {}
    sent = []

    def note(name: str, taken: float) -> None:
        found.setdefault(name, []).append(taken)
        say(f"{name}: {taken:.1f} s")

    for _ in range(repeat):
        for name, crew in (
            ("this process", lambda _: None),
            ("1 process", lambda _: Processes(1, LIMIT)),
            ("2 processes", lambda _: Processes(2, LIMIT)),
        ):
            cache = folder / "cache"
            note(name, seconds(folder / "out", cache, crew))
            if name == "2 processes":
                note(f"{name}, warm", seconds(folder / "out", cache, crew))
            shutil.rmtree(cache)
        cache = folder / "cache"
        with cluster(folder, cache) as workers:
            around = Surroundings({**os.environ, "AUDIOCOACH_CACHE": str(cache)})

            joined = partial(_joined, workers.address, around)
            note("Dask, 2 workers", seconds(folder / "out", cache, joined))
            note("Dask, 2 workers, warm", seconds(folder / "out", cache, joined))
            sent.append(sending(joined(Cache(cache)), workers.scheduler.pid, Cache(cache), around))
        shutil.rmtree(cache)
    return found, median(sent)


def sending(crew: Crew, scheduler: int, cache: Cache, around: Surroundings) -> float:
    """Seconds of a processor that a task takes here and in the scheduler, the mean."""
    import psutil  # type: ignore[import-untyped] # comes with distributed

    voice = open_voice("espeak", language="en", rate=1, cache=cache, surroundings=around)
    nothing = Speak(Speaker(voice.name, "en", 1, voice.fingerprint), ())
    there = psutil.Process(scheduler)

    def taken() -> float:
        own, other = resource.getrusage(resource.RUSAGE_SELF), there.cpu_times()
        return own.ru_utime + own.ru_stime + float(other.user + other.system)

    work = SpeakWork(nothing, around.carried())
    try:
        crew.workers()
        began = taken()
        for doing in [crew.begin(work, SILENT) for _ in range(TASKS)]:
            doing.result()
        return (taken() - began) / TASKS
    finally:
        crew.close()


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of a processor, and bytes, that a session or a task takes."""

    plan: float
    """Planning a session, on the one computer."""
    take_in: float
    """Writing its file and hashing it, there."""
    send: float
    """A task, there: to make its request, and to be told of its end."""
    link: float
    """On a worker."""
    speak: float
    """An utterance by eSpeak, on a worker."""
    speech: float
    """Seconds of speech of an utterance, which cost nothing by themselves."""
    utterances: float
    """Of a session, that no session before it had."""
    size: float
    """Bytes of a session."""


def _joined(address: str, around: Surroundings, cache: Cache) -> Crew:
    return Cluster(address, LIMIT, cache, around)


def costs(folder: Path, send: float) -> Costs:
    """Measured in this process, over the batch; what a task costs was measured before."""
    cache = Cache(folder / "costs")
    around = Surroundings({**os.environ, "AUDIOCOACH_CACHE": str(folder / "costs")})
    variants = batch(folder / "out")
    began = processor()
    planner = Planner(variants, cache, around)
    orders = [planner.order(each) for each in variants]
    missing = {
        (order.speaker, utterance)
        for order in orders
        for utterance in planner.missing(order, order.prepared())
    }
    planned = processor() - began
    began = processor()
    for speaker in {speaker for speaker, _ in missing}:
        texts = [utterance for who, utterance in missing if who == speaker]
        for at in range(0, len(texts), MOST):
            do(SpeakWork(Speak(speaker, tuple(texts[at : at + MOST])), around), cache)
    spoken = processor() - began
    clips = sum(size for kind, (_, size) in cache.usage().items() if kind == "clip")
    began = processor()
    build_all(variants, cache=cache, surroundings=around)
    linked = processor() - began - planned
    sizes = [each.output.stat().st_size for each in variants]
    count = len(variants)
    return Costs(
        plan=planned / count,
        take_in=taken_in(variants),
        send=send,
        link=linked / count,
        speak=spoken / len(missing),
        speech=clips / SECOND / len(missing),
        utterances=len(missing) / count,
        size=sum(sizes) / count,
    )


def taken_in(variants: Sequence[Variant]) -> float:
    """Seconds to write and to hash a session, the mean."""
    from hashlib import sha256

    began = processor()
    for variant in variants:
        content = variant.output.read_bytes()
        variant.output.write_bytes(content)
        sha256(content).digest()
    return (processor() - began) / len(variants)


def processor() -> float:
    """Seconds of a processor that this process and those it waited for have taken."""
    own, others = (resource.getrusage(who) for who in (0, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


# -- simulated -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """What the simulation came to."""

    workers: int
    seconds: float
    busy: float
    """The share of their time that workers had work."""
    desk: float
    """The share of the time that the one computer had work."""
    wire: float
    """The share of the time that its network carried a file."""


def simulate(costs: Costs, workers: int, sessions: int, bandwidth: float = GIGABIT) -> Run:
    """Sessions on so many workers; each one's own utterances are spoken before it is linked."""
    desk = wire = busy = desk_worked = wire_worked = 0.0
    free = [0.0] * workers
    ended: list[tuple[float, int]] = []
    speaks = max(1, round(costs.utterances / MOST)) if costs.utterances else 0
    speak = costs.speak * costs.utterances / speaks if speaks else 0.0
    ready: deque[int] = deque()
    """Kinds of task that can begin: 0 to speak for a session, of which 1 is the last; 2 to link."""
    planned = done = running = 0
    while done < sessions:
        while running < 2 * workers and (ready or planned < sessions):
            if not ready:
                planned += 1
                desk += costs.plan
                desk_worked += costs.plan
                ready.extend([0] * (speaks - 1) + [1] if speaks else [2])
            kind = ready.popleft()
            desk += costs.send
            desk_worked += costs.send
            took = costs.link if kind == 2 else speak
            finish = max(heapq.heappop(free), desk) + took
            busy += took
            heapq.heappush(free, finish)
            heapq.heappush(ended, (finish, kind))
            running += 1
            if ended[0][0] <= desk:
                break
        finish, kind = heapq.heappop(ended)
        running -= 1
        desk = max(desk, finish)
        if kind == 1:
            ready.appendleft(2)
        elif kind == 2:
            carried = costs.size / bandwidth
            wire = max(wire, finish) + carried
            wire_worked += carried
            desk = max(desk, wire) + costs.take_in
            desk_worked += costs.take_in
            done += 1
    total = max(desk, wire)
    return Run(workers, total, busy / total / workers, desk_worked / total, wire_worked / total)


# -- told ------------------------------------------------------------------------------


def say(line: str) -> None:
    sys.stderr.write(f"bench: {line}\n")


def table(found: dict[str, list[float]], cost: Costs, runs: dict[str, list[Run]]) -> str:
    """All of it, to be read."""
    count = len(bundled())
    base = median(found["this process"])
    lines = [f"{count} sessions             sessions/min   to this process"]
    lines += [
        f"{name:<24} {count / median(taken) * 60:>10.0f}   {base / median(taken):.2f}"
        for name, taken in found.items()
    ]
    pairs = zip(found["Dask, 2 workers, warm"], found["2 processes, warm"], strict=True)
    more = sorted((dask - own) / count * 1000 for dask, own in pairs)
    tasks = 1 + cost.utterances / MOST
    lines.append(
        f"overhead of Dask: {cost.send * tasks * 1000:.0f} ms of a processor a session, here and "
        f"in the scheduler, for {tasks:.1f} tasks; warm, a session takes {median(more):.0f} ms "
        f"more than by processes, which begin anew each time ({more[0]:.0f} to {more[-1]:.0f} "
        f"ms in {len(more)} rounds)"
    )
    lines.append(
        "measured: " + ", ".join(f"{name} {value:.4g}" for name, value in asdict(cost).items())
    )
    lines.append(
        f"not measured here: Kokoro takes {KOKORO} s for a second of speech (docs/voices.md), "
        f"1 Gbit/s carries {GIGABIT / 1e6:.0f} MB a second, workers are as fast as this computer"
    )
    for name, some in runs.items():
        lines.append(f"simulated, {SESSIONS:,} sessions, {name}")
        lines.append("workers  sessions/min  workers busy  this computer busy  network busy")
        lines += [
            f"{run.workers:>7}  {SESSIONS / run.seconds * 60:>12,.0f}  {run.busy:>12.0%}"
            f"  {run.desk:>18.0%}  {run.wire:>12.0%}"
            for run in some
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, simulate and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="rounds (default: 3)")
    parser.add_argument("--json", action="store_true", help="print data, not a table")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="audiocoach-bench-") as name:
        folder = Path(name)
        (folder / "config.toml").touch()
        os.environ["AUDIOCOACH_CONFIG"] = str(folder / "config.toml")
        found, send = measured(asked.repeat, folder)
        cost = costs(folder, send)
    neural = replace(cost, speak=cost.speech * KOKORO)
    runs = {}
    for voice, each in (("eSpeak", cost), ("Kokoro", neural)):
        for title, bandwidth in (("1 Gbit/s", GIGABIT), ("10 Gbit/s", 10 * GIGABIT)):
            say(f"simulating {voice}, {title}…")
            runs[f"{voice}, {title}"] = [
                simulate(each, workers, SESSIONS, bandwidth) for workers in WORKERS
            ]
    if asked.json:
        told = {
            "seconds": found,
            "costs": asdict(cost),
            "assumed": {"kokoro": KOKORO, "gigabit": GIGABIT},
            "simulated": {name: [asdict(run) for run in some] for name, some in runs.items()},
        }
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
    else:
        sys.stdout.write(table(found, cost, runs) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
