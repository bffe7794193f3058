"""What goes wrong while Kokoro is added or speaks: one line, nothing lost, no damaged clip.

Whole builds by the command line, with the tiny network.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from kokoro_tiny import tiny_kokoro, tiny_network
from running import PATIENCE, ROOT, clips, environment, files, in_session, no_file_larger_than, tiny

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.kokoro.engine import KokoroEngine
from audiocoach.voice.kokoro.voices import INT8

pytest.importorskip("onnxruntime", reason="pip install 'audiocoach[kokoro]'")

BUILD = """
import pytest, sys
from pathlib import Path
from kokoro_tiny import known
known(Path(sys.argv.pop(1)), pytest.MonkeyPatch())
from audiocoach.cli import main
main()
"""


@dataclass(frozen=True)
class Place:
    """A folder with a routine, and the tiny voices, added."""

    folder: Path
    source: Path

    def start(self, cache: str, output: str = "x.mp3") -> subprocess.Popen[str]:
        """Begin to build into the folder of a cache, in a process group of its own."""
        to = f"{cache}/{output}"
        build = ["build", "tiny.yaml", "-q", "--voice", "kokoro:af_heart", "-o", to]
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
        return subprocess.Popen(
            [sys.executable, "-c", BUILD, str(self.source), *build],
            cwd=self.folder,
            env=environment(self.folder / cache, PYTHONPATH=paths, AUDIOCOACH_VOICES=self.voices),
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

    @property
    def voices(self) -> str:
        """Where the voices are."""
        return str(self.folder / "voices")

    def clips(self, cache: str) -> dict[str, bytes]:
        """What is kept of what was spoken."""
        return clips(self.folder / cache)


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a build ended, and what it said."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        made = Place(folder, tiny_kokoro(folder / "source", patch).folder)
        patch.setenv("AUDIOCOACH_VOICES", made.voices)
        engine().add("af_heart", str(made.source), None)
        tiny(folder, "title: Tiny\nlanguage: en\nexercises: [{name: wall sit, hold: 3s}]\n")
        yield made


@pytest.fixture(scope="module")
def whole(place: Place) -> bytes:
    """The session as it is when nothing goes wrong."""
    return place.built("whole")


@pytest.fixture
def others(tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where voices are added to, in place of where they are."""
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path))
    return tmp_path / "kokoro"


def engine() -> KokoroEngine:
    return KokoroEngine(Surroundings.here())


# While it speaks


linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


def workers(leader: int) -> Iterator[int]:
    """The processes that speak for a build."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = status.read_text().rpartition(")")
            spoken = b"kokoro.worker" in (status.parent / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if spoken and int(rest.split()[1]) == leader:
            yield int(status.parent.name)


def gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_keeps_what_was_spoken_and_leaves_nothing_else(
    place: Place, whole: bytes, number: signal.Signals
) -> None:
    cache = number.name
    process = place.start(cache)
    while process.poll() is None and not place.clips(cache):
        time.sleep(0.002)
    speaking = list(workers(process.pid))
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


@linux
def test_a_worker_that_is_killed_is_not_heard_in_the_file(place: Place, whole: bytes) -> None:
    process = place.start("killed")
    killed: list[int] = []
    while process.poll() is None and not killed:
        for worker in workers(process.pid):
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)
        time.sleep(0.002)
    assert killed
    assert finished(process) == (0, "")
    assert place.session("killed") == whole


def test_two_builds_at_once_make_what_one_makes(place: Place, whole: bytes) -> None:
    names = ("one.mp3", "two.mp3")
    both = [place.start("shared", name) for name in names]
    assert [finished(each) for each in both] == [(0, "")] * 2
    assert {place.session("shared", name) for name in names} == {whole}


def test_a_network_that_is_swapped_is_one_line_and_no_file(place: Place) -> None:
    there = place.folder / "voices/kokoro" / INT8.file
    there.write_bytes(tiny_network()[:-1] + b"\0")
    code, said = finished(place.start("swapped"))
    there.write_bytes(tiny_network())
    assert code
    assert said.count("\n") == 1
    assert "is damaged, or of another version; mend it with: audiocoach voices add" in said
    assert not place.clips("swapped")
    assert not (place.folder / "swapped/x.mp3").exists()


# While it is added


@pytest.mark.parametrize("content", [b"of release 1.1", tiny_network()[:-1] + b"\0"])
def test_a_network_of_another_version_is_not_added(
    place: Place, others: Path, tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / INT8.file).write_bytes(content)
    (source / "af_heart.bin").write_bytes((place.source / "af_heart.bin").read_bytes())
    with pytest.raises(VoiceError, match=r"is damaged.*as of another version.*--from") as told:
        engine().add("af_heart", str(source), None)
    assert "\n" not in str(told.value)
    assert not files(others) & {INT8.file, "af_heart.bin"}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of a file's size")
def test_a_full_disk_is_one_line_and_the_next_addition_is_whole(place: Place, others: Path) -> None:
    style = (place.source / "af_heart.bin").read_bytes()
    with (
        no_file_larger_than(len(style) - 1),
        pytest.raises(VoiceError, match=r"cannot be (written|changed) .*AUDIOCOACH_VOICES") as told,
    ):
        engine().add("af_heart", str(place.source), None)
    assert "\n" not in str(told.value)
    assert "af_heart.bin" not in files(others)
    engine().add("af_heart", str(place.source), None)
    assert (others / "af_heart.bin").read_bytes() == style


def test_those_that_add_at_once_take_turns(place: Place, others: Path) -> None:
    names = ["af_heart", "am_michael", "ef_dora"] * 2
    with ThreadPoolExecutor(len(names)) as pool:
        had = list(pool.map(lambda name: engine().add(name, str(place.source), None), names))
    assert [each.spec for each in had] == [f"kokoro:{name}" for name in names]
    for name in (INT8.file, *(f"{each}.bin" for each in names)):
        assert (others / name).read_bytes() == (place.source / name).read_bytes()
