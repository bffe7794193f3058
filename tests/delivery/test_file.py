"""Writing whole or not at all: full disks, refused links, kills between any two steps."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from running import PATIENCE, environment, files, run, tiny

from audiocoach.delivery import file as delivery
from audiocoach.delivery.file import write_whole
from audiocoach.errors import DeliveryError

OLD: Final = b"old"
CHUNKS: Final = [b"new ", b"", b"content" * 1000]
NEW: Final = b"".join(CHUNKS)
Ways = Callable[[], None]


def as_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has no name until it is complete."""
    if not hasattr(os, "O_TMPFILE"):
        pytest.skip("no files without a name here")


def without_nameless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS."""
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def refused_nameless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on NFS: the flag is known, the file system refuses it."""
    real = os.open

    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", opened)


def refused_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on some layered file systems: made without a name, it can't be given one."""
    monkeypatch.setattr(os, "link", raiser(errno.EPERM))


def raiser(number: int) -> Callable[..., Any]:
    def failing(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


WAYS = [as_on_linux, without_nameless_files, refused_nameless_files, refused_names]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def every_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way a file system may go."""
    request.param(monkeypatch)


@pytest.mark.usefixtures("every_way")
def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "made/too/x.mp3"
    for content in (CHUNKS, [OLD], [], CHUNKS):
        assert write_whole(path, content) == len(b"".join(content))
        assert path.read_bytes() == b"".join(content)
        assert files(tmp_path) == {"made/too/x.mp3"}


@pytest.mark.usefixtures("every_way")
def test_everyone_may_read_it_whom_the_umask_lets(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        write_whole(tmp_path / "x.mp3", CHUNKS)
    finally:
        os.umask(umask)
    assert (tmp_path / "x.mp3").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("every_way")
@pytest.mark.parametrize("reason", [KeyboardInterrupt, ValueError, OSError])
def test_what_fails_midway_leaves_the_old_file(tmp_path: Path, reason: type[BaseException]) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise reason

    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    with pytest.raises(DeliveryError if reason is OSError else reason):
        write_whole(path, chunks())
    assert path.read_bytes() == OLD
    assert files(tmp_path) == {"x.mp3"}


@pytest.mark.usefixtures("every_way")
@pytest.mark.parametrize("step", ["os.replace", "os.fdopen", "os.link"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_a_step_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    refusal: DeliveryError | None = None
    with monkeypatch.context() as failing:
        failing.setattr(step, raiser(number))
        try:
            write_whole(path, CHUNKS)
        except DeliveryError as error:
            refusal = error
    if refusal is None:  # not a step of this way, or there was another way
        assert step in ("os.fdopen", "os.link")
        assert path.read_bytes() == NEW
    else:
        assert str(path) in str(refusal)
        assert os.strerror(number) in str(refusal)
        assert refusal.exit_code == 6
        assert path.read_bytes() == OLD
    assert files(tmp_path) == {"x.mp3"}
    write_whole(path, CHUNKS)
    assert path.read_bytes() == NEW


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is for Linux")
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_disk_that_is_full_while_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    # A few bytes wait in a buffer, and fail only when they are flushed.
    monkeypatch.setattr(delivery, "_nameless", lambda _folder: os.open("/dev/full", os.O_RDWR))
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    with pytest.raises(DeliveryError, match="No space left on device"):
        write_whole(path, [b"x" * size])
    assert path.read_bytes() == OLD
    assert files(tmp_path) == {"x.mp3"}


def test_a_part_left_by_a_killed_build_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".x.mp3.part").write_bytes(b"half")
    write_whole(tmp_path / "x.mp3", CHUNKS)
    assert (tmp_path / "x.mp3").read_bytes() == NEW
    assert files(tmp_path) == {"x.mp3"}


@pytest.mark.parametrize("place", ["folder", "file/x.mp3", "file/y/x.mp3", "pipe"])
def test_what_is_no_place_for_a_file_stays_as_it_is(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(OLD)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DeliveryError) as error:
        write_whole(tmp_path / place, CHUNKS)
    assert str(tmp_path / place) in str(error.value)
    assert "\n" not in str(error.value)
    assert (tmp_path / "file").read_bytes() == OLD
    assert (tmp_path / "pipe").is_fifo()
    assert files(tmp_path) == {"file", "pipe"}


# A process that kills itself between two steps

_KILLED = """
import os, signal, sys
from pathlib import Path
from audiocoach.delivery.file import write_whole

place, step, nameless = sys.argv[1:]
if nameless == "without":
    del os.O_TMPFILE

def killed(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def chunks():
    yield b"n" * 100_000
    if step == "chunk":
        killed()

if step != "chunk":
    setattr(os, step, killed)
write_whole(Path(place), chunks())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs files without a name")
@pytest.mark.parametrize(
    ("step", "nameless", "left"),
    [
        ("chunk", "with", set()),
        ("link", "with", set()),
        ("replace", "with", {".x.mp3.part"}),  # the one moment it has a name, and is complete
        ("chunk", "without", {".x.mp3.part"}),
        ("replace", "without", {".x.mp3.part"}),
    ],
)
def test_a_kill_between_two_steps(tmp_path: Path, step: str, nameless: str, left: set[str]) -> None:
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), step, nameless],
        env=environment(tmp_path / "cache"),
        timeout=PATIENCE,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
    assert files(tmp_path) == {"x.mp3"} | left
    write_whole(path, CHUNKS)
    assert path.read_bytes() == NEW
    assert files(tmp_path) == {"x.mp3"}


# The whole program on a full disk


def test_a_full_disk_is_one_line_and_exit_code_6(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny(tmp_path)
    cache = tmp_path / "cache"
    assert run("build", "tiny.yaml", "-q", cwd=tmp_path, cache=cache).returncode == 0
    whole = (tmp_path / "output/tiny.mp3").read_bytes()
    before = files(tmp_path)
    for room in (0, 1, 4096, 300_000, len(whole) - 1):
        done = limited(room, tmp_path, cache)
        assert done.returncode == 6, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "cannot write output/tiny.mp3: File too large" in done.stderr
        assert (tmp_path / "output/tiny.mp3").read_bytes() == whole
        assert files(tmp_path) == before
    assert limited(len(whole), tmp_path, cache).returncode == 0


def limited(room: int, folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Build where no file may be larger than `room` bytes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {most})); "
    start = "from audiocoach.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-B", "-c", limit + start, "build", "tiny.yaml", "-q"],
        cwd=folder,
        env=environment(cache),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_no_room_for_the_cache_either_is_still_one_build(tmp_path: Path) -> None:
    """Nothing can be kept and the MP3 can't be written: the MP3 is what is told."""
    tiny(tmp_path)
    done = limited(1000, tmp_path, tmp_path / "cache")
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) == 1
    assert "cannot write output/tiny.mp3" in done.stderr
    assert {name for name in files(tmp_path) if not name.startswith("cache/")} == {"tiny.yaml"}
