"""Surroundings that are wrong: one line, its exit code, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import PATIENCE, call, command, environment, files, tiny

from audiocoach.errors import DeliveryError
from audiocoach.store import Cache

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="devices and limits of Linux")

NOBODY = "~nosuchuser/x"


@pytest.mark.parametrize(
    ("variable", "arguments"),
    [
        ("AUDIOCOACH_CACHE", ["build", "tiny.yaml"]),
        ("AUDIOCOACH_CACHE", ["cache", "info"]),
        ("AUDIOCOACH_CACHE", ["cache", "clear"]),
        ("AUDIOCOACH_CONFIG", ["build", "tiny.yaml"]),
        ("AUDIOCOACH_CONFIG", ["config"]),
        ("AUDIOCOACH_VOICES", ["voices", "remove", "en_US-x-low"]),
        ("AUDIOCOACH_OUTPUT", ["build", "tiny.yaml"]),
    ],
)
def test_a_home_of_nobody_is_told(tmp_path: Path, variable: str, arguments: list[str]) -> None:
    tiny(tmp_path)
    given = {"cache": tmp_path / "cache", variable: NOBODY}
    if variable == "AUDIOCOACH_CACHE":
        given = {"cache": Path(NOBODY)}
    done = call(*arguments, cwd=tmp_path, **given)  # type: ignore[arg-type]
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"audiocoach: {variable}={NOBODY}: that user has no home folder here; "
        "write the path in full"
    ]


@pytest.mark.parametrize("variable", ["CACHE", "CONFIG", "VOICES", "PIPER_VOICES"])
def test_doctor_and_voices_say_it_and_go_on(tmp_path: Path, variable: str) -> None:
    given = {f"AUDIOCOACH_{variable}": NOBODY}
    for arguments in (["doctor", "--offline"], ["voices", "list"]):
        cache = Path(given.get("AUDIOCOACH_CACHE", tmp_path / "cache"))
        more = {name: text for name, text in given.items() if name != "AUDIOCOACH_CACHE"}
        done = call(*arguments, cwd=tmp_path, cache=cache, **more)
        assert done.returncode == 0
        assert done.stderr == ""


CONFIGS = {
    "brackets": ("a = " + "[" * 100_000, "is nested too deeply"),
    "braces": ("a = " + "{a=" * 100_000, "is nested too deeply"),
    "digits": ("a = " + "9" * 5000, "has too long a number"),
    "much": ("# " + "x" * 2_000_000, "is larger than 1 MB"),
}


@pytest.mark.parametrize("what", [*CONFIGS, "pipe", "/dev/zero", "/dev/full", "folder"])
def test_a_config_that_cannot_be_is_one_line(tmp_path: Path, what: str) -> None:
    path = tmp_path / what  # the name of a device stands for itself
    text, said = CONFIGS.get(what, ("", "is not a regular file; name another"))
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
        said = "is a folder; name another"
    elif text:
        path.write_text(text)
    done = subprocess.run(
        command("config"),
        cwd=tmp_path,
        env=environment(tmp_path / "cache", AUDIOCOACH_CONFIG=str(path)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,  # a pipe would be waited for
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert f"the config {path} {said}" in done.stderr


# Standard output and error on a full disk


def full(
    folder: Path, *arguments: str, stdout: bool = False, stderr: bool = False
) -> subprocess.CompletedProcess[str]:
    with Path("/dev/full").open("w") as disk:
        return subprocess.run(
            command(*arguments),
            cwd=folder,
            env=environment(folder / "cache"),
            stdin=subprocess.DEVNULL,
            stdout=disk if stdout else subprocess.PIPE,
            stderr=disk if stderr else subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--version"], ["--help"], ["config"], ["cache", "info"], ["doctor", "--offline"]),
        *(["routines", "show", "foot-care"], ["preview", "tiny.yaml"]),
    ],
)
def test_stdout_on_a_full_disk(tmp_path: Path, arguments: list[str]) -> None:
    tiny(tmp_path)
    done = full(tmp_path, *arguments, stdout=True)
    assert done.returncode == 6
    assert done.stderr.splitlines() == [
        "audiocoach: cannot write to stdout: No space left on device"
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "tiny.yaml", "-o", "x.mp3"], 0),
        (["build", "tiny.yaml", "-d", "10s"], 4),
        (["build", "nowhere.yaml"], 3),
        (["build", "--nonsense"], 2),
        (["voices", "try", "espeak:nobody"], 5),
    ],
)
def test_stderr_on_a_full_disk_loses_neither_session_nor_code(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    tiny(tmp_path)
    done = full(tmp_path, *arguments, stderr=True)
    assert done.returncode == code
    assert ("x.mp3" in files(tmp_path)) is (code == 0)


# Too little memory


@pytest.mark.parametrize("megabytes", [60, 110, 160, 400])
def test_too_little_memory_is_one_line_or_a_session(tmp_path: Path, megabytes: int) -> None:
    """From 100 to 160 OpenBLAS, a part of numpy, had the last word itself."""
    tiny(tmp_path)
    size = megabytes << 20
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({size}, {size})); "
    start = "from audiocoach.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-B", "-c", limit + start, "build", "tiny.yaml", "-q", "-o", "x.mp3"],
        cwd=tmp_path,
        env=environment(tmp_path / "cache"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    made = {name for name in files(tmp_path) if not name.startswith("cache/")}
    if done.returncode == 0:
        assert made == {"tiny.yaml", "x.mp3"}
    else:
        assert (done.returncode, len(done.stderr.splitlines())) == (8, 1), done.stderr
        assert made == {"tiny.yaml"}


# A cache that can't be read


def refusing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nobody may list this folder, not even root."""
    real = os.scandir

    def scandir(path: str | Path = ".") -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("which", ["v1", "v1/clip", "v1/clip/ab"])
def test_a_cache_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    cache = Cache(tmp_path)
    cache.put("clip", "ab" * 20, b"x")
    with monkeypatch.context() as patch:
        refusing(patch, tmp_path / which)
        for look in (cache.usage, cache.clear):
            with pytest.raises(DeliveryError, match=r"cannot be read .*Permission denied.*; fix"):
                look()
    assert cache.usage() == {"clip": (1, 65)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
@pytest.mark.parametrize("arguments", [["cache", "info"], ["cache", "clear"], ["doctor"]])
def test_a_cache_of_somebody_else(tmp_path: Path, arguments: list[str]) -> None:
    cache = tmp_path / "cache"
    Cache(cache).put("clip", "ab" * 20, b"x")
    cache.chmod(0)
    try:
        done = call(*arguments, cwd=tmp_path, cache=cache)
    finally:
        cache.chmod(0o700)
    told = done.stdout if arguments == ["doctor"] else done.stderr
    assert done.returncode == (0 if arguments == ["doctor"] else 6)
    assert "cannot be read" in told
