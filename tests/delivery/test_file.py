"""Writing whole or not at all: full disks, planted links, kills between any two steps."""

from __future__ import annotations

import errno
import os
import resource
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from running import PATIENCE, call, command, environment, files, no_file_larger_than, run, tiny

from audiocoach.delivery.file import check_place, file_for, whole_file, write_whole
from audiocoach.errors import DeliveryError

OLD: Final = b"old"
CHUNKS: Final = [b"new ", b"", b"content" * 1000]
NEW: Final = b"".join(CHUNKS)


def raiser(number: int) -> Callable[..., Any]:
    def failing(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "made/too/x.mp3"
    for content in (CHUNKS, [OLD], [], CHUNKS):
        write_whole(path, content)
        assert path.read_bytes() == b"".join(content)
        assert files(tmp_path) == {"made/too/x.mp3"}


def test_everyone_may_read_it_whom_the_umask_lets(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        write_whole(tmp_path / "x.mp3", CHUNKS)
    finally:
        os.umask(umask)
    assert (tmp_path / "x.mp3").stat().st_mode & 0o777 == 0o640


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


@pytest.mark.parametrize("step", ["os.open", "os.replace", "os.fdopen", "os.mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_a_step_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    place = tmp_path / "new/x.mp3" if step == "os.mkdir" else path
    with monkeypatch.context() as failing:
        failing.setattr(step, raiser(number))
        with pytest.raises(DeliveryError) as refusal:
            write_whole(place, CHUNKS)
    assert str(place) in str(refusal.value)
    assert os.strerror(number) in str(refusal.value)
    assert refusal.value.path == place
    assert refusal.value.exit_code == 6
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
    real = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda *_: real(os.open("/dev/full", os.O_RDWR), "w+b"))
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    with pytest.raises(DeliveryError, match="No space left on device"):
        write_whole(path, [b"x" * size])
    assert path.read_bytes() == OLD
    assert files(tmp_path) == {"x.mp3"}


# What stands beside it


def left_by(process: int, number: int = 0x0123ABCD) -> str:
    return f".audiocoach-{process}-{number:08x}.part"


@pytest.fixture(scope="module")
def ended() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_what_a_killed_build_left_is_removed_and_nothing_else(tmp_path: Path, ended: int) -> None:
    others = {
        left_by(os.getpid()),  # a build that runs
        f".audiocoach-{ended}-notes.part",
        f".x.mp3.{ended}-0123abcd.part",
        ".x.mp3.part",
        f"audiocoach-{ended}-0123abcd.part",
    }
    for name in (left_by(ended), left_by(ended, 1), *others):
        (tmp_path / name).write_bytes(b"half")
    write_whole(tmp_path / "x.mp3", CHUNKS)  # whatever the name of the build that was killed
    assert (tmp_path / "x.mp3").read_bytes() == NEW
    assert files(tmp_path) == {"x.mp3"} | others


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no file that is open")
def test_what_a_process_of_another_container_writes_is_left_to_it(
    tmp_path: Path, ended: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number may be that of a process that has ended here."""
    monkeypatch.setattr(os, "getpid", lambda: ended)
    with whole_file(tmp_path / "x.mp3") as first:
        first.write(b"first")
        write_whole(tmp_path / "y.mp3", CHUNKS)
    assert (tmp_path / "x.mp3").read_bytes() == b"first"
    assert files(tmp_path) == {"x.mp3", "y.mp3"}


def test_a_name_may_be_as_long_as_the_folder_takes(tmp_path: Path) -> None:
    longest = "x" * (os.pathconf(tmp_path, "PC_NAME_MAX") - 4) + ".mp3"
    write_whole(tmp_path / longest, CHUNKS)
    assert files(tmp_path) == {longest}


def test_two_builds_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.mp3"
    with whole_file(path) as first:
        first.write(b"first")
        with whole_file(path) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
    assert path.read_bytes() == b"first"
    assert files(tmp_path) == {"x.mp3"}


@pytest.mark.skipif(os.name != "posix", reason="symbolic links are POSIX")
@pytest.mark.parametrize("there", [True, False])
def test_a_link_that_was_planted_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: int, there: bool
) -> None:
    """Neither one that is foreseen, nor one that looks as if a build had left it."""
    monkeypatch.setattr(os, "urandom", bytes)
    victim = tmp_path / "victim"
    if there:
        victim.write_bytes(OLD)
    planted = tmp_path / f".audiocoach-{os.getpid()}-00000000.part"
    planted.symlink_to(victim)
    (tmp_path / left_by(ended)).symlink_to(victim)
    with pytest.raises(DeliveryError):
        write_whole(tmp_path / "x.mp3", CHUNKS)
    assert victim.exists() is there
    assert not there or victim.read_bytes() == OLD
    assert not (tmp_path / "x.mp3").exists()
    assert not (tmp_path / left_by(ended)).is_symlink()


def test_a_folder_that_cannot_be_listed_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "iterdir", raiser(errno.EACCES))
    write_whole(tmp_path / "x.mp3", CHUNKS)
    assert (tmp_path / "x.mp3").read_bytes() == NEW


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


# Outputs that are not plain files

LINKS: Final = pytest.mark.skipif(os.name != "posix", reason="links, pipes, devices are POSIX")


@LINKS
@pytest.mark.parametrize("there", [True, False])
def test_through_a_link_its_target_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "else").mkdir()
    target = tmp_path / "else/target.mp3"
    if there:
        target.write_bytes(OLD)
    (tmp_path / "second").symlink_to("else/target.mp3")
    (tmp_path / "x.mp3").symlink_to(tmp_path / "second")
    write_whole(tmp_path / "x.mp3", CHUNKS)
    assert target.read_bytes() == NEW
    assert not target.is_symlink()
    assert (tmp_path / "x.mp3").readlink() == tmp_path / "second"
    assert (tmp_path / "second").is_symlink()
    assert files(tmp_path) == {"x.mp3", "second", "else/target.mp3"}


@LINKS
def test_a_ring_of_links_and_a_link_to_a_folder_are_refused(tmp_path: Path) -> None:
    for name, target in {"a": "b", "b": "a", "c": "folder", "d": "/dev/null"}.items():
        (tmp_path / name).symlink_to(target)
    (tmp_path / "folder").mkdir()
    for name, why in {"a": "levels of symbolic", "c": "a folder", "d": "regular file"}.items():
        for refuse in (check_place, lambda path: write_whole(path, CHUNKS)):
            with pytest.raises(DeliveryError, match=f"cannot write .*/{name}: .*{why}.*; name"):
                refuse(tmp_path / name)
        assert (tmp_path / name).is_symlink()
    assert files(tmp_path) == {"a", "b", "d"}  # `c` counts as the folder it leads to


@LINKS
@pytest.mark.parametrize("device", ["/dev/null", "/dev/full", "/dev/zero", "/dev/tty"])
def test_a_device_is_refused_and_stays(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    before = Path(device).stat()
    for refuse in (check_place, lambda path: write_whole(path, CHUNKS)):
        with pytest.raises(DeliveryError, match=f"cannot write {device}: it is not a regular"):
            refuse(Path(device))
    after = Path(device).stat()
    assert (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)


@pytest.mark.parametrize("place", ["{}.mp3", "new/{}.mp3", "new/{}/x.mp3", "{}/new/x.mp3"])
def test_a_name_that_no_folder_takes_is_told_before_anything_is_made(
    tmp_path: Path, place: str
) -> None:
    for long in ("x" * 300, "ö" * 130):
        with pytest.raises(DeliveryError, match="name too long; name another"):
            check_place(tmp_path / place.format(long))
    assert files(tmp_path) == set()
    assert not (tmp_path / "new").exists()


def listening(pipe: Path) -> Future[bytes]:
    """What a reader of a pipe gets to its end."""
    pool = ThreadPoolExecutor(1)
    got = pool.submit(pipe.read_bytes)
    pool.shutdown(wait=False)
    return got


@LINKS
def test_a_pipe_gets_what_is_whole_and_nothing_else(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    check_place(pipe)
    with file_for(pipe) as file:
        assert file.suffix == ".wav"
        write_whole(file, CHUNKS)
        got = listening(pipe)
    assert got.result(PATIENCE) == NEW
    with suppress(InterruptedError), file_for(pipe) as file:  # nothing is written, and no wait
        write_whole(file, CHUNKS)
        raise InterruptedError
    assert pipe.is_fifo()


def piped(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command("build", "tiny.yaml", *arguments),
        cwd=folder,
        env=environment(folder / "cache"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@LINKS
def test_the_sound_on_standard_output_is_that_of_the_file(tmp_path: Path) -> None:
    tiny(tmp_path)
    assert piped(tmp_path, "-o", "x.mp3").stdout == b""
    whole = (tmp_path / "x.mp3").read_bytes()
    for name in ("-", "/dev/stdout", "/dev/fd/1"):
        done = piped(tmp_path, "-o", name)
        assert done.returncode == 0, done.stderr
        assert done.stdout == whole, name
        assert b"Heel raise" in done.stderr
    assert {name for name in files(tmp_path) if not name.startswith("cache/")} == {
        "tiny.yaml",
        "x.mp3",
    }


@LINKS
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-o", "-", "--json"], 2, "--output - and --json both write to standard output"),
        (["-o", "-", "--pace", "slow,brisk"], 2, "--output: - is one file"),
        (["-o", "/dev/null"], 6, "cannot write /dev/null"),
        (["-o", "x" * 300 + ".mp3"], 6, "name too long"),
        (["-o", ".mp3"], 2, ".mp3 is an ending without a name"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_the_build(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    tiny(tmp_path)
    done = piped(tmp_path, *arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == b""
    assert files(tmp_path) == {"tiny.yaml"}  # no cache: nothing was spoken


@LINKS
def test_a_file_without_a_name_makes_a_session_that_is_not_hidden(tmp_path: Path) -> None:
    tiny(tmp_path).rename(tmp_path / ".yaml")
    done = run("build", "./.yaml", cwd=tmp_path, cache=tmp_path / "cache")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "output") == {"session.mp3"}


@LINKS
def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    tiny(tmp_path)
    gone = f"{shlex.join(command('build', 'tiny.yaml', '-q', '-o', '-'))} | head -c 10"
    done = subprocess.run(
        ["/bin/bash", "-c", f"{gone}; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env=environment(tmp_path / "cache"),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout[:3] == b"ID3"
    assert (done.returncode, done.stderr) == (1, b"")  # like whoever plays it and has enough


# A process that kills itself between two steps

_KILLED = """
import os, signal, sys
from pathlib import Path
from audiocoach.delivery.file import write_whole

place, step = sys.argv[1:]

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


@pytest.mark.skipif(os.name != "posix", reason="kills are POSIX")
@pytest.mark.parametrize(("step", "parts"), [("open", 0), ("chunk", 1), ("replace", 1)])
def test_a_kill_between_two_steps(tmp_path: Path, step: str, parts: int) -> None:
    """It leaves the old file as it was; what it left beside it, the next build removes."""
    path = tmp_path / "x.mp3"
    path.write_bytes(OLD)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), step],
        env=environment(tmp_path / "cache"),
        timeout=PATIENCE,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
    left = files(tmp_path) - {"x.mp3"}
    assert len(left) == parts
    assert all(name.endswith(".part") for name in left)
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
        with no_file_larger_than(room):
            done = call("build", "tiny.yaml", "-q", cwd=tmp_path, cache=cache)
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
