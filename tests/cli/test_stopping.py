"""A build that is stopped: the old file is whole, or the new one is; nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import PATIENCE, command, environment, files, in_session, tiny
from strategies import sized

from audiocoach import pipeline
from audiocoach.store import Cache

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="signals are POSIX, and processes are looked for in /proc"
)

OLD = b"the old audiocoach session " * 1000


@dataclass(frozen=True)
class Stopped:
    """What a stopped build left."""

    code: int
    stderr: str
    mp3: bytes
    beside: frozenset[str]
    """Files in the folder of the MP3, itself included."""
    rebuilt: bytes
    beside_rebuilt: frozenset[str]


@dataclass(frozen=True)
class Reference:
    """The session as it is when nobody stops it, and how long a cold build took."""

    mp3: bytes
    seconds: float


def start(folder: Path) -> subprocess.Popen[str]:
    """Start a cold build over an old file, in a process group of its own."""
    return subprocess.Popen(
        command("build", "tiny.yaml", "-q", "--overwrite", "-o", "out/x.mp3"),
        cwd=folder,
        env=environment(folder / "cache"),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("reference")
    tiny(folder)
    began = time.monotonic()
    process = start(folder)
    _, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stderr) == (0, "")
    return Reference((folder / "out/x.mp3").read_bytes(), time.monotonic() - began)


def stopped(folder: Path, number: signal.Signals, delay: float, *, once_begun: bool) -> Stopped:
    """Start a cold build, send a signal after `delay`, and build anew with the cache it left."""
    tiny(folder)
    (folder / "out").mkdir()
    (folder / "out/x.mp3").write_bytes(OLD)
    process = start(folder)
    while once_begun and process.poll() is None and not (folder / "cache").exists():
        time.sleep(0.002)
    time.sleep(delay)
    # To the whole group, as a terminal does with Ctrl-C; a kill is for the one alone.
    (os.kill if number is signal.SIGKILL else os.killpg)(process.pid, number)
    _, stderr = process.communicate(timeout=PATIENCE)
    wait_for_the_end_of_session(process.pid)
    mp3, beside = (folder / "out/x.mp3").read_bytes(), frozenset(files(folder / "out"))
    again = folder / "out/x.mp3"
    pipeline.build(folder / "tiny.yaml", again, cache=Cache(folder / "cache"))
    rebuilt, left = again.read_bytes(), frozenset(files(folder / "out"))
    return Stopped(process.returncode, stderr, mp3, beside, rebuilt, left)


def wait_for_the_end_of_session(leader: int) -> None:
    """Every process of the build ends; those that stay are a failure."""
    deadline = time.monotonic() + 10
    while left := in_session(leader):
        assert time.monotonic() < deadline, f"still running: {left}"
        time.sleep(0.01)


def all_stopped(
    folder: Path, number: signal.Signals, delays: list[float], *, once_begun: bool
) -> list[Stopped]:
    """One build for each delay, two at once."""

    def one(index: int) -> Stopped:
        own = folder / str(index)
        own.mkdir()
        return stopped(own, number, delays[index], once_begun=once_begun)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(len(delays))))


def assert_whole(result: Stopped, reference: Reference) -> None:
    assert result.mp3 in (OLD, reference.mp3)
    left = result.beside - {"x.mp3"}
    assert all(name.startswith(".audiocoach-") and name.endswith(".part") for name in left)
    # No signal handler runs then: what is left, the next build removes.
    assert not left or result.code in (-signal.SIGKILL, -signal.SIGTERM)
    assert result.rebuilt == reference.mp3
    assert result.beside_rebuilt == {"x.mp3"}


def test_a_killed_build_leaves_the_old_file_or_the_new(
    tmp_path: Path, reference: Reference
) -> None:
    # From before the first import to after the end.
    times = sized(3, 6)
    delays = [reference.seconds * 2.1 * part / times for part in range(1, times + 1)]
    for result in all_stopped(tmp_path, signal.SIGKILL, delays, once_begun=False):
        assert result.code in (-signal.SIGKILL, 0)
        assert_whole(result, reference)


def test_a_terminated_build_leaves_the_old_file_or_the_new(
    tmp_path: Path, reference: Reference
) -> None:
    delays = [reference.seconds * part / 3 for part in range(1, 3)]
    for result in all_stopped(tmp_path, signal.SIGTERM, delays, once_begun=False):
        assert result.code in (-signal.SIGTERM, 0)
        assert result.stderr == ""
        assert_whole(result, reference)


def test_ctrl_c_is_one_line_and_130(tmp_path: Path, reference: Reference) -> None:
    # From when it begins to speak: before that Python itself starts.
    delays = [0.0, *(reference.seconds * part / 8 for part in range(1, sized(2, 4)))]
    results = all_stopped(tmp_path, signal.SIGINT, delays, once_begun=True)
    for result in results:
        assert_whole(result, reference)
        if result.code == 130:
            assert result.stderr == "audiocoach: stopped\n"
        else:  # it was done, or Python was just leaving
            assert result.code in (0, -signal.SIGINT)
            assert (result.mp3, result.stderr) == (reference.mp3, "")
    assert 130 in {result.code for result in results}
