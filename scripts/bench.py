"""Measures audiocoach against two plain ways of making the same session.

    .venv/bin/python scripts/bench.py [--repeat N] [--json]
    .venv/bin/python scripts/bench.py serve [--seconds N] [--json]     (see bench_serve.py)
    .venv/bin/python scripts/bench.py batch [--repeat N] [--json]      (see bench_batch.py)
    .venv/bin/python scripts/bench.py start [--repeat N] [--json]      (see bench_start.py)

Every job is a whole process, from its start to its end, and all jobs take turns, so
that a busy machine slows them alike: compare ratios, not seconds. `to (a)` is the median
over the rounds. The file cache of the system is warm for all. The session is
`foot-relief`, 20:00, with the embedded voice.

(a) One eSpeak NG process reads the cues as one SSML document, its gaps as breaks, into
    a pipe; ffmpeg makes an MP3 of it, 96 kbit/s mono. Nothing is levelled or cached, no
    count is on its beat, no chapter is written. It is the floor. eSpeak speaks at
    22 kHz; "at 48 kHz" is the same with the sample rate of our file.
(b) The usual script around gTTS and pydub: for each cue a gap of silence and a clip are
    added to the session with `+=`, and pydub exports it through ffmpeg. The clips are WAV
    files that lie ready, so neither speaking nor a network is counted: its time is for
    the assembly alone, and comes on top of the voice's.
(c) LAME, by lameenc, encodes the samples of an hour over a bed that lie ready in a file, with the
    settings of ours: what a session over a bed can't do without. They are those that we give it,
    taken from a WAV: what was an MP3 before costs it less. Over rain, which is made here; over
    four minutes of an MP3 of noise that swells, in stereo at 44.1 kHz; and over an hour of it.

The compiler is also measured by itself, inside one process, with clips of made-up lengths:
for the session, and for three hours of it.

Memory comes from an extra round, whose times do not count: *largest* is the peak of
the largest process (`ru_maxrss`), *tree* the highest sum over all processes of a job
(proportional set size, in which shared libraries count for a share; sampled from /proc
on Linux; a peak of less than some milliseconds is missed). MB are 10^6 bytes.
"""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
NO_CONFIG = ROOT / "audiocoach" / "routine" / "__init__.py"
"""An empty file: a config must be a regular one."""
NOT_COMPILED = "PYTHONDONTWRITEBYTECODE"
"""With it each process would compile our modules anew, a tenth of a second."""
APART = ("batch", "serve", "start")
"""What has a file of its own."""
ROUTINE = ("foot-relief", "--duration", "20:00")
ROUNDS_OF_THREE_HOURS = 12
AN_HOUR = ("foot-relief", "--rounds", "3", "--duration", "1:00:00")
MUSIC = (
    "anoisesrc=c=pink:r=44100:d=3600:a=0.3:s=1[a];anoisesrc=c=brown:r=44100:d=3600:a=0.3:s=2[b];"
    "[a][b]join=inputs=2:channel_layout=stereo,tremolo=f=0.2:d=0.6"
)
"""What ffmpeg makes a bed of."""
TEN_TIMES = ("foot-relief", "--rounds", "10", "--duration", "3:20:00")
BYTES_PER_SECOND = 96_000 / 8
MEGABYTE = 1e6
SAMPLING: Final = 0.002
"""Seconds between two looks at the memory of a job."""
TAIL = 8
"""Lines of a failed job's messages that are shown."""
INSTALL = "run scripts/test once: it installs the development environment, which holds all of it"

GOAL_COLD = 1.0
GOAL_WARM = 0.3
GOAL_MEMORY = 64.0
GOAL_TEN_TIMES = 2.0
GOAL_THREE_HOURS = 1.0
GOAL_BED = 1.3
GOAL_BED_MEMORY = 120.0


class BenchError(Exception):
    """What keeps the measurement from being made, in a line or two."""


# -- the programs of the baselines: each runs alone, as `python -c` ------------------------


def speak_ssml(document: str, library: str, package: str) -> None:
    """Baseline (a), first half: eSpeak NG reads a document and writes samples to its output."""
    import ctypes
    import os
    from pathlib import Path

    text = Path(document).read_bytes()
    os.chdir(package)  # eSpeak cuts a long path to its data
    espeak = ctypes.CDLL(library)

    def receive(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            os.write(1, ctypes.string_at(samples, count * 2))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    held = callback(receive)
    synchronous, utf8, ssml, rate = 2, 1, 0x10, 1
    espeak.espeak_Initialize(synchronous, 0, b".", 0)
    espeak.espeak_SetSynthCallback(held)
    espeak.espeak_SetVoiceByName(b"en-us")
    espeak.espeak_SetParameter(rate, 125, 0)
    size = ctypes.c_size_t(len(text) + 1)
    espeak.espeak_Synth(text, size, 0, 1, 0, utf8 | ssml, None, None)


def join_with_pydub(clips: str, ffmpeg: str, output: str) -> None:
    """Baseline (b): `clips` lists the gap (ms) before each WAV file, and the last gap alone."""
    import json
    from pathlib import Path

    from pydub import AudioSegment

    AudioSegment.converter = ffmpeg
    session = AudioSegment.empty()
    for gap, clip in json.loads(Path(clips).read_text("utf-8")):
        session += AudioSegment.silent(gap, frame_rate=48_000)
        if clip:
            session += AudioSegment.from_wav(clip)
    session.export(output, format="mp3", bitrate="96k")


def encode_alone(sound: str, output: str) -> None:
    """Baseline (c): LAME alone, given 10 s at a time."""
    from pathlib import Path

    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(48_000)
    encoder.set_bit_rate(96)
    encoder.set_quality(5)
    with Path(sound).open("rb") as samples, Path(output).open("wb") as made:
        while part := samples.read(960_000):
            made.write(encoder.encode(part))
        made.write(encoder.flush())


def compile_alone(name: str, rounds: str, times: str) -> None:
    """Writes how long compiling and fitting take (s, the median), and how long the session is."""
    import json
    import time
    from statistics import median

    from audiocoach.coaching.compiler import compile_script
    from audiocoach.routine.load import load
    from audiocoach.routine.select import select
    from audiocoach.timeline import fit

    routine = select(load(name), rounds=int(rounds))
    lengths = dict.fromkeys(compile_script(routine).sounds(), 48_000)
    compiled, fitted, session = [], [], 0.0
    for _ in range(int(times)):
        begin = time.perf_counter()
        script = compile_script(routine)
        middle = time.perf_counter()
        session = fit(script, lengths).total / 48_000
        compiled.append(middle - begin)
        fitted.append(time.perf_counter() - middle)
    found = {"compile": median(compiled), "fit": median(fitted), "session": session}
    print(json.dumps(found))  # noqa: T201 - it is a program


def program(function: Callable[..., None], *options: str) -> list[str]:
    """The command that runs one of the functions above by itself."""
    source = f"import sys\n{inspect.getsource(function)}\n{function.__name__}(*sys.argv[1:])"
    return [sys.executable, *options, "-c", "from __future__ import annotations\n" + source]


# -- running and measuring ------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """What is measured: processes that pipe into each other."""

    name: str
    title: str
    commands: Sequence[Sequence[str]]
    cache: Path | None = None
    """The clip cache each run gets a copy of; None is an empty one."""
    output: Path | None = None
    once: bool = False
    """Too slow to be repeated: its time is that of the round in which memory is measured."""


@dataclass
class Result:
    """What the runs of a job came to. Times in seconds, memory in bytes, None: not measured."""

    seconds: list[float] = field(default_factory=list)
    largest: int | None = None
    tree: int | None = None
    length: float | None = None
    """Seconds of sound in the MP3 that was made, by its size."""

    @property
    def typical(self) -> float:
        return median(self.seconds)

    def to(self, other: Result) -> float:
        """How many times as long this took: round against round, as both were slowed alike."""
        return median(a / b for a, b in zip(self.seconds, other.seconds, strict=False))


@dataclass(frozen=True)
class Compiled:
    """How long the compiler took by itself (s), and how long the session is (s)."""

    title: str
    compile: float
    fit: float
    session: float

    @property
    def both(self) -> float:
        return self.compile + self.fit


def compilation(title: str, rounds: int, times: int) -> Compiled:
    """Measure compiling and fitting the routine done in `rounds`. Raises BenchError."""
    command = program(compile_alone)
    done = subprocess.run(
        [*command, ROUTINE[0], str(rounds), str(times)],
        check=False,
        env=_environment(Path(os.devnull)),  # it needs no cache
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = done.stderr.rstrip().splitlines()[-TAIL:]
        raise BenchError("\n".join([f"compiling {title} failed:", *lines, INSTALL]))
    return Compiled(title, **json.loads(done.stdout))


def measure(job: Job, folder: Path, *, memory: bool) -> tuple[float, int | None, int | None]:
    """Run a job once. Returns its time, and with `memory` that of the largest process and the tree.

    The copies of a cache are hard links: audiocoach replaces entries, it never changes one.
    """
    cache = folder / "cache"
    if job.cache:
        shutil.copytree(job.cache, cache, copy_function=os.link)
    environment = _environment(cache) | {"TMPDIR": str(folder)}
    log = folder / "messages"
    processes: list[subprocess.Popen[bytes]] = []
    stopped = threading.Event()
    samples: list[int] = []
    sampler = threading.Thread(target=_sample, args=(processes, stopped, samples))
    try:
        with log.open("wb") as messages:
            begin = time.perf_counter()
            for number, command in enumerate(job.commands, 1):
                source = processes[-1].stdout if processes else subprocess.DEVNULL
                last = number == len(job.commands)
                processes.append(
                    subprocess.Popen(
                        command,
                        cwd=folder,
                        env=environment,
                        stdin=source,
                        stdout=subprocess.DEVNULL if last else subprocess.PIPE,
                        stderr=messages,
                    )
                )
                if not isinstance(source, int) and source:
                    source.close()  # or the first would never notice that the second ended
            if memory:
                sampler.start()
            largest = [_wait(process) for process in processes]
            seconds = time.perf_counter() - begin
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                process.wait()
        stopped.set()
        if sampler.ident:
            sampler.join()
        shutil.rmtree(cache, ignore_errors=True)
    if any(process.returncode for process in processes):
        lines = log.read_text("utf-8", errors="replace").rstrip().splitlines()
        raise BenchError("\n".join([f"{job.title} failed:", *lines[-TAIL:], INSTALL]))
    known = [size for size in largest if size is not None]
    return seconds, max(known, default=None), max(samples, default=None)


def _environment(cache: Path) -> dict[str, str]:
    """What jobs run with: this checkout, this cache, no config of the user's.

    Our modules are compiled before the first round, as they are where they are installed.
    """
    compiled = {name: value for name, value in os.environ.items() if name != NOT_COMPILED}
    return compiled | {
        "AUDIOCOACH_CACHE": str(cache),
        "AUDIOCOACH_CONFIG": str(NO_CONFIG),
        "PYTHONPATH": str(ROOT),
    }


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for a process. Returns the peak memory of it or of one it waited for, whichever is more.

    Linux counts what this process held when it started the other as the other's: a floor
    of 25 MB, below all that is measured here.
    """
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _sample(
    processes: Sequence[subprocess.Popen[bytes]], stopped: threading.Event, samples: list[int]
) -> None:
    """Add the memory of all processes, over and over, until stopped; nothing without /proc.

    Each sample is the lower of two neighbours: a process that is just being started
    has the memory of its parent for a moment, which would be counted twice.
    """
    before = 0
    while not stopped.wait(SAMPLING):
        now = sum(_tree_size(process.pid) for process in processes)
        if now:
            samples.append(min(before, now))
        before = now


def _tree_size(process: int) -> int:
    """The proportional set size of a process and of those it started."""
    here = Path("/proc", str(process))
    size = 0
    with suppress(OSError, ValueError):  # it ended meanwhile, or there is no /proc
        for line in (here / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                size = int(line.split()[1]) * 1024
        for task in (here / "task").iterdir():
            children = (task / "children").read_text("ascii").split()
            size += sum(_tree_size(int(child)) for child in children)
    return size


# -- what is measured ------------------------------------------------------------------------


def audiocoach(*arguments: str) -> list[str]:
    """Our own command line."""
    return [sys.executable, "-m", "audiocoach", *arguments]


def find_ffmpeg() -> str:
    """The ffmpeg of the development environment, else that of the system. Raises BenchError."""
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        if found := shutil.which("ffmpeg"):
            return found
        raise BenchError(f"the baselines need ffmpeg; {INSTALL}") from None


def ssml(timeline: dict[str, Any]) -> str:
    """The cues of a timeline (`audiocoach preview --json`) as one document, gaps as breaks."""
    lines = ["<speak>"]
    at = 0.0
    for cue in timeline["cues"]:
        if "say" in cue:
            lines.append(f"{_break(cue['start'] - at)}{escape(cue['say'])}")
            at = cue["start"] + cue["duration"]
    return "\n".join([*lines, f"{_break(timeline['duration'] - at)}</speak>"])


def _break(seconds: float) -> str:
    return f'<break time="{round(seconds * 1000)}ms"/>'


def cut_clips(timeline: dict[str, Any], sound: Path, folder: Path) -> list[tuple[int, str]]:
    """A WAV file for each cue, cut out of the decoded session, with the gap (ms) before it."""
    rate = timeline["sample_rate"]
    clips = []
    at = 0.0
    with sound.open("rb") as session:
        for number, cue in enumerate(timeline["cues"]):
            path = folder / f"{number}.wav"
            session.seek(2 * round(cue["start"] * rate))
            with wave.open(str(path), "wb") as clip:
                clip.setparams((1, 2, rate, 0, "NONE", ""))
                clip.writeframes(session.read(2 * round(cue["duration"] * rate)))
            clips.append((round((cue["start"] - at) * 1000), str(path)))
            at = cue["start"] + cue["duration"]
    return [*clips, (round((timeline["duration"] - at) * 1000), "")]


def jobs(folder: Path) -> list[Job]:
    """Make what the jobs need in `folder`, and the jobs."""
    try:
        import espeakng_loader
    except ImportError:
        raise BenchError(f"audiocoach is not installed for this Python; {INSTALL}") from None
    ffmpeg = find_ffmpeg()
    quiet_ffmpeg = [ffmpeg, "-v", "error", "-y"]
    warm, long = folder / "warm", folder / "long"
    session, plan, sound = (folder / name for name in ("session.mp3", "plan.json", "session.pcm"))
    document, clips = folder / "session.ssml", folder / "clips"
    build = audiocoach("build", *ROUTINE, "--quiet", "--output", str(session))
    build_long = audiocoach("build", *TEN_TIMES, "--quiet", "--output", str(session))
    _prepare(build_long, long)
    music, song = folder / "music.mp3", folder / "song.mp3"
    for sound_of, seconds in ((music, "3600"), (song, "240")):
        noise = [*quiet_ffmpeg, "-filter_complex", MUSIC, "-t", seconds, "-b:a", "128k"]
        _prepare([*noise, str(sound_of)], warm)
    _prepare(build, warm)
    _prepare(audiocoach("preview", *ROUTINE, "--json", "--output", str(plan)), warm)
    _prepare([*quiet_ffmpeg, "-i", str(session), "-f", "s16le", str(sound)], warm)

    timeline = json.loads(plan.read_text("utf-8"))
    document.write_text(ssml(timeline), "utf-8")
    clips.mkdir()
    listed = json.dumps(cut_clips(timeline, sound, clips))
    sound.unlink()
    (clips / "list.json").write_text(listed, "utf-8")

    package = str(Path(espeakng_loader.get_data_path()).parent)
    speak = [*program(speak_ssml, "-I", "-S"), str(document), espeakng_loader.get_library_path()]
    listen = [*quiet_ffmpeg, "-f", "s16le", "-ar", "22050", "-ac", "1", "-i", "-"]
    made, rain = folder / "plain.mp3", folder / "rain"
    encode = ["-b:a", "96k", str(made)]
    join = [*program(join_with_pydub, "-W", "ignore"), str(clips / "list.json"), ffmpeg, str(made)]
    changed = ("foot-relief", "--duration", "21:00", "--quiet", "--output", str(session))
    return [
        Job("cold", "cold build", [build], output=session),
        Job("ssml", "(a) SSML | ffmpeg", [[*speak, package], [*listen, *encode]], output=made),
        Job("warm", "warm rebuild", [build], warm, session),
        Job("changed", "rebuild at 21:00", [audiocoach("build", *changed)], warm, session),
        Job("ten_times", "10 x as long, warm", [build_long], long, session),
        Job("preview", "preview, warm", [audiocoach("preview", *ROUTINE)], warm),
        Job("help", "--help", [audiocoach("--help")]),
        Job(
            "ssml_48k",
            "(a) at 48 kHz",
            [[*speak, package], [*listen, "-ar", "48000", *encode]],
            output=made,
        ),
        *over_bed("rain", "rain", folder),
        *over_bed("song", str(song), folder),
        *over_bed("file", str(music), folder),
        Job("song_first", "song.mp3 for the first time", [over(str(song), session)], rain),
        Job("file_first", "music.mp3 for the first time", [over(str(music), session)], rain),
        Job("pydub", "(b) pydub, no voice", [join], output=made, once=True),
    ]


def over(bed: str, session: Path) -> list[str]:
    """What builds an hour over a bed."""
    return audiocoach("build", *AN_HOUR, "--bed", bed, "--quiet", "--output", str(session))


def over_bed(name: str, bed: str, folder: Path) -> list[Job]:
    """An hour over a bed, and LAME alone for the same samples."""
    cache, session, whole = (folder / f"{name}{each}" for each in ("", ".mp3", ".wav"))
    _prepare(over(bed, whole), cache)
    sound = samples_of(whole)
    encode = [*program(encode_alone), str(sound), str(folder / "plain.mp3")]
    return [
        Job(name, f"an hour over {Path(bed).name}", [over(bed, session)], cache, session),
        Job(f"{name}_lame", "(c) LAME alone for it", [encode]),
    ]


def samples_of(whole: Path) -> Path:
    """The samples of a WAV in a file of their own, which takes its place."""
    sound = whole.with_suffix(".pcm")
    with wave.open(str(whole)) as session, sound.open("wb") as made:
        while part := session.readframes(480_000):
            made.write(part)
    whole.unlink()
    return sound


def _prepare(command: list[str], cache: Path) -> None:
    done = subprocess.run(
        command,
        check=False,
        env=_environment(cache),
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        lines = done.stderr.rstrip().splitlines()[-TAIL:]
        raise BenchError("\n".join(["the preparations failed:", *lines, INSTALL]))


def run(repeat: int, folder: Path) -> dict[str, tuple[Job, Result]]:
    """Measure all jobs in turn: memory first, which also warms the file cache, then times."""
    _say("preparing…")
    prepared = folder / "prepared"
    prepared.mkdir()
    results = {job.name: (job, Result()) for job in jobs(prepared)}
    work = folder / "work"
    work.mkdir()
    for number in range(repeat + 1):
        _say(f"round {number} of {repeat}…" if number else "memory…")
        for job, result in results.values():
            if number and job.once:
                continue
            seconds, largest, tree = measure(job, work, memory=not number)
            if number or job.once:
                result.seconds.append(seconds)
            if not number:
                result.largest, result.tree = largest, tree
                if job.output:
                    result.length = job.output.stat().st_size / BYTES_PER_SECOND
    return results


# -- telling ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Goal:
    """What is asked for: `value` at most `limit`. None: not measured."""

    title: str
    value: float | None
    limit: float
    unit: str

    @property
    def passed(self) -> bool | None:
        return None if self.value is None else self.value <= self.limit


def goals(results: dict[str, tuple[Job, Result]], compiled: Sequence[Compiled]) -> list[Goal]:
    """The goals, and how far they are met."""
    took = {name: result for name, (_, result) in results.items()}
    ours = [result.largest for name, (_, result) in results.items() if _is_ours(name)]
    known = [size for size in ours if size is not None]
    largest = max(known) / MEGABYTE if known else None
    return [
        Goal("cold build no slower than (a)", took["cold"].to(took["ssml"]), GOAL_COLD, "x"),
        Goal("warm rebuild", took["warm"].typical, GOAL_WARM, "s"),
        Goal("memory of our largest process, in any job", largest, GOAL_MEMORY, "MB"),
        Goal("ten times as long, warm", took["ten_times"].to(took["warm"]), GOAL_TEN_TIMES, "x"),
        *_of_beds(took),
        Goal(f"compiling {compiled[-1].title}", compiled[-1].compile, GOAL_THREE_HOURS, "s"),
    ]


def _of_beds(took: dict[str, Result]) -> Iterator[Goal]:
    for name, title, lame in (
        ("rain", "an hour over rain", "rain_lame"),
        ("song", "the same over four minutes of an MP3", "song_lame"),
        ("song_first", "the first time over that file", "song_lame"),
        ("file", "the same over an hour of an MP3", "file_lame"),
        ("file_first", "the first time over that file", "file_lame"),
    ):
        yield Goal(f"{title}, to (c)", took[name].to(took[lame]), GOAL_BED, "x")
        yield Goal("memory of that", _in_megabytes(took[name].largest), GOAL_BED_MEMORY, "MB")


def _is_ours(name: str) -> bool:
    """Whether a job is among those whose memory one goal is about."""
    theirs = ("ssml", "ssml_48k", "pydub", "rain_lame", "song_lame", "file_lame")
    return name not in (*theirs, "rain", "song", "song_first", "file", "file_first")


def _in_megabytes(size: int | None) -> float | None:
    return None if size is None else size / MEGABYTE


def machine() -> str:
    """What this runs on, without its name."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def table(results: dict[str, tuple[Job, Result]], compiled: Sequence[Compiled], repeat: int) -> str:
    """The results as text."""
    floor = results["ssml"][1]
    rows = [("", "median s", "best s", "to (a)", "largest MB", "tree MB", "MP3")]
    for job, result in results.values():
        rows.append(
            (
                job.title,
                f"{result.typical:.2f}",
                f"{min(result.seconds):.2f}",
                f"{result.to(floor):.2f}",
                _megabytes(result.largest),
                _megabytes(result.tree),
                _clock(result.length),
            )
        )
    lines = [f"{machine()}; {repeat} rounds, (b) once", ""]
    lines += [f"{row[0]:20}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows]
    lines += ["", *_compiler_table(compiled), ""]
    for goal in goals(results, compiled):
        verdict = {True: "passed", False: "missed", None: "not measured"}[goal.passed]
        value = "" if goal.value is None else f": {goal.value:.2f} {goal.unit}"
        lines.append(f"{verdict}: {goal.title}{value} (at most {goal.limit:g} {goal.unit})")
    return "\n".join(lines)


def _compiler_table(compiled: Sequence[Compiled]) -> list[str]:
    rows = [("the compiler alone", "compile s", "with fit s", "to the first", "session")]
    for each in compiled:
        ratio = f"{each.both / compiled[0].both:.1f}"
        times = (f"{each.compile:.3f}", f"{each.both:.3f}", ratio, _clock(each.session))
        rows.append((each.title, *times))
    return [f"{row[0]:20}" + "".join(f"{cell:>13}" for cell in row[1:]) for row in rows]


def _megabytes(size: int | None) -> str:
    return "-" if size is None else f"{size / MEGABYTE:.1f}"


def _clock(seconds: float | None) -> str:
    return "-" if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def as_json(
    results: dict[str, tuple[Job, Result]], compiled: Sequence[Compiled], repeat: int
) -> str:
    """The results as data: seconds and bytes."""
    found = {
        "machine": machine(),
        "repeat": repeat,
        "jobs": {
            name: {
                "title": job.title,
                **dataclasses.asdict(result),
                "median": result.typical,
                "to_a": result.to(results["ssml"][1]),
            }
            for name, (job, result) in results.items()
        },
        "compiler": [dataclasses.asdict(each) for each in compiled],
        "goals": [
            {**dataclasses.asdict(goal), "passed": goal.passed} for goal in goals(results, compiled)
        ],
    }
    return json.dumps(found, indent=2)


def _say(line: str) -> None:
    sys.stderr.write(f"bench: {line}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell. A goal that is missed is no failure."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in APART:
        apart = Path(__file__).with_name(f"bench_{given[0]}.py")
        return subprocess.call([sys.executable, str(apart), *given[1:]])
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n\n")[0], allow_abbrev=False
    )
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="rounds (default: 5)")
    parser.add_argument("--json", action="store_true", help="print data, not a table")
    asked = parser.parse_args(given)
    if asked.repeat < 1:
        parser.error("--repeat: one round at least")
    try:
        with tempfile.TemporaryDirectory(prefix="audiocoach-bench-") as folder:
            _say("compiling…")
            compiled = [
                compilation("the session", 1, asked.repeat),
                compilation("three hours", ROUNDS_OF_THREE_HOURS, asked.repeat),
            ]
            results = run(asked.repeat, Path(folder))
    except BenchError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("stopped")
        return 130
    told = as_json if asked.json else table
    sys.stdout.write(told(results, compiled, asked.repeat) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
