"""What goes wrong while Kokoro is added or speaks: one line, nothing lost, no damaged clip.

Whole builds by the command line, with the tiny network.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from building import Place, finished, stopped_keeps_what_was_spoken, two_at_once_make_what_one_makes
from kokoro_tiny import tiny_kokoro, tiny_network
from running import ROOT, files, no_file_larger_than

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


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        source = tiny_kokoro(folder / "source", patch).folder
        audiocoach = (sys.executable, "-c", BUILD, str(source))
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
        made = Place(folder, "kokoro:af_heart", audiocoach, {"PYTHONPATH": paths})
        patch.setenv("AUDIOCOACH_VOICES", str(made.voices))
        engine().add("af_heart", str(source), None)
        yield made


@pytest.fixture(scope="module")
def source(place: Place) -> Path:
    """A folder with all the files, to add voices from."""
    return place.folder / "source"


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


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_keeps_what_was_spoken_and_leaves_nothing_else(
    place: Place, whole: bytes, number: signal.Signals
) -> None:
    stopped_keeps_what_was_spoken(place, whole, number, workers)


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
    two_at_once_make_what_one_makes(place, whole)


def test_a_network_that_is_swapped_is_one_line_and_no_file(place: Place) -> None:
    there = place.voices / "kokoro" / INT8.file
    there.write_bytes(tiny_network()[:-1] + b"\0")
    said = place.refused("swapped")
    there.write_bytes(tiny_network())
    assert "is damaged, or of another version; repair it with: audiocoach voices add" in said


# While it is added


@pytest.mark.parametrize("content", [b"of release 1.1", tiny_network()[:-1] + b"\0"])
def test_a_network_of_another_version_is_not_added(
    source: Path, others: Path, tmp_path: Path, content: bytes
) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / INT8.file).write_bytes(content)
    (damaged / "af_heart.bin").write_bytes((source / "af_heart.bin").read_bytes())
    with pytest.raises(VoiceError, match=r"is damaged.*it is another version.*--from") as told:
        engine().add("af_heart", str(damaged), None)
    assert "\n" not in str(told.value)
    assert not files(others) & {INT8.file, "af_heart.bin"}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of a file's size")
def test_a_full_disk_is_one_line_and_the_next_addition_is_whole(source: Path, others: Path) -> None:
    style = (source / "af_heart.bin").read_bytes()
    with (
        no_file_larger_than(len(style) - 1),
        pytest.raises(VoiceError, match=r"cannot be (written|changed) .*AUDIOCOACH_VOICES") as told,
    ):
        engine().add("af_heart", str(source), None)
    assert "\n" not in str(told.value)
    assert "af_heart.bin" not in files(others)
    engine().add("af_heart", str(source), None)
    assert (others / "af_heart.bin").read_bytes() == style


def test_those_that_add_at_once_take_turns(source: Path, others: Path) -> None:
    names = ["af_heart", "am_michael", "ef_dora"] * 2
    with ThreadPoolExecutor(len(names)) as pool:
        had = list(pool.map(lambda name: engine().add(name, str(source), None), names))
    assert [each.spec for each in had] == [f"kokoro:{name}" for name in names]
    for name in (INT8.file, *(f"{each}.bin" for each in names)):
        assert (others / name).read_bytes() == (source / name).read_bytes()
