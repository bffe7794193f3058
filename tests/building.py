"""A build in a folder, for what may happen to it: killed, or two at once. Any voice speaks."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from running import PATIENCE, clips, environment, in_session, tiny

HOLD = "title: Tiny\nlanguage: en\nexercises: [{name: wall sit, hold: 3s}]\n"


@dataclass(frozen=True)
class Place:
    """A folder with a tiny routine, and a voice to say it."""

    folder: Path
    voice: str
    audiocoach: Sequence[str] = (sys.executable, "-P", "-m", "audiocoach")
    """The command line that the words of `build` are put to."""
    variables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tiny(self.folder, HOLD)

    @property
    def voices(self) -> Path:
        """Where the voices are."""
        return self.folder / "voices"

    def start(self, cache: str, output: str = "x.mp3") -> subprocess.Popen[str]:
        """Begin to build into the folder of a cache, in a process group of its own."""
        to = f"{cache}/{output}"
        build = ["build", "tiny.yaml", "-q", "--voice", self.voice, "-o", to]
        variables = {"AUDIOCOACH_VOICES": str(self.voices), **self.variables}
        return subprocess.Popen(
            [*self.audiocoach, *build],
            cwd=self.folder,
            env=environment(self.folder / cache, **variables),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def built(self, cache: str) -> bytes:
        """A whole session."""
        assert finished(self.start(cache)) == (0, "")
        return self.session(cache)

    def session(self, cache: str, output: str = "x.mp3") -> bytes:
        """What was built."""
        return (self.folder / cache / output).read_bytes()

    def clips(self, cache: str) -> dict[str, bytes]:
        """What is kept of what was spoken."""
        return clips(self.folder / cache)

    def refused(self, cache: str) -> str:
        """The one line by which a build ends that gives no file and keeps no clip."""
        code, said = finished(self.start(cache))
        assert code
        assert said.count("\n") == 1
        assert not self.clips(cache)
        assert not (self.folder / cache / "x.mp3").exists()
        return said


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a build ended, and what it said."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def stopped_keeps_what_was_spoken(
    place: Place,
    whole: bytes,
    number: signal.Signals,
    others: Callable[[int], Iterable[int]] = lambda _: (),
) -> None:
    """A build that is stopped keeps its clips, leaves nothing else, and the next one is whole.

    `others` are the processes it started that are in no session with it.
    """
    cache = number.name
    process = place.start(cache)
    while process.poll() is None and not place.clips(cache):
        time.sleep(0.002)
    speaking = list(others(process.pid))
    process.send_signal(number)
    code, said = finished(process)
    if code:
        assert code == {signal.SIGINT: 130, signal.SIGKILL: -signal.SIGKILL}[number]
        assert said == ("audiocoach: stopped\n" if number is signal.SIGINT else "")
        assert not (place.folder / cache / "x.mp3").exists()
    deadline = time.monotonic() + 10
    while in_session(process.pid) or not all(map(gone, speaking)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    kept = place.clips(cache)
    assert kept
    assert place.built(cache) == whole
    assert place.clips(cache).items() >= kept.items()


def two_at_once_make_what_one_makes(place: Place, whole: bytes) -> None:
    """Two builds with one cache, each into a file of its own."""
    names = ("one.mp3", "two.mp3")
    both = [place.start("shared", name) for name in names]
    assert [finished(each) for each in both] == [(0, "")] * 2
    assert {place.session("shared", name) for name in names} == {whole}


def gone(process: int) -> bool:
    """Whether a process has ended, as /proc has it."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
