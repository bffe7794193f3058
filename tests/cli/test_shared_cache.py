"""A cache on S3 as a user meets it: sessions, `cache`, `doctor`, and what goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from running import call, command, environment, tiny
from s3_server import BUCKET, Proxy

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the folder near it is moved by XDG_CACHE_HOME"
)
TINIER = "title: Tiny\nlanguage: en\nexercises:\n  - name: squat\n    hold: 1s\n"
Build = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def address() -> str:
    return f"s3://{BUCKET}/{os.urandom(6).hex()}"


@pytest.fixture
def machine(s3: Proxy, address: str, tmp_path: Path) -> Build:
    """Runs audiocoach as on a computer of that name, with the bucket as its cache."""
    tiny(tmp_path, TINIER)

    def run(name: str, *arguments: str, **more: str) -> CompletedProcess[str]:
        home = {"XDG_CACHE_HOME": str(tmp_path / name), "AUDIOCOACH_CACHE": address}
        return call(*arguments, cwd=tmp_path, cache=tmp_path, **(home | more))

    return run


def built(machine: Build, name: str, **more: str) -> tuple[bytes, str]:
    """The session that a computer builds, and what it says."""
    output = Path(f"{name}.mp3")
    done = machine(name, "build", "tiny.yaml", "--voice", "espeak", "-q", "-o", str(output), **more)
    assert done.returncode == 0, done.stderr
    return output.read_bytes(), done.stderr


def objects(s3: Proxy, method: str) -> list[str]:
    return [path for asked, path in s3.requests if asked == method]


def test_the_same_session_whichever_the_cache(
    machine: Build, s3: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here, _ = built(machine, "folder", AUDIOCOACH_CACHE=str(tmp_path / "cache"))
    assert s3.requests == []
    assert built(machine, "first") == (here, "")
    s3.requests.clear()
    assert built(machine, "second") == (here, "")
    assert objects(s3, "PUT") == [], "nothing is spoken or encoded again"
    s3.requests.clear()
    assert built(machine, "second") == (here, "")
    assert s3.requests == [], "all of it is near"


def test_a_damaged_bucket_is_spoken_again_and_healed(
    machine: Build, s3: Proxy, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audiocoach.store import open_cache

    monkeypatch.chdir(tmp_path)
    here, _ = built(machine, "folder", AUDIOCOACH_CACHE=str(tmp_path / "cache"))
    built(machine, "first")
    bucket = open_cache(address).place
    entries = list(bucket.entries())
    for number, entry in enumerate(entries):
        key = entry.path.rpartition("/")[2]
        content = bytearray(bucket.read(entry.kind, key)[0])
        content[number * 31 % len(content)] ^= 4
        bucket.write(entry.kind, key, bytes(content))
    assert built(machine, "second") == (here, "")
    s3.requests.clear()
    assert built(machine, "third") == (here, "")
    assert objects(s3, "PUT") == []


def test_a_service_that_fails_stops_nothing_and_is_told(
    machine: Build, s3: Proxy, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here, _ = built(machine, "folder", AUDIOCOACH_CACHE=str(tmp_path / "cache"))
    s3.fault = lambda _method, _path: "403"
    done = machine("denied", "build", "tiny.yaml", "--voice", "espeak", "-o", "denied.mp3")
    assert Path("denied.mp3").read_bytes() == here
    *_, said = done.stderr.splitlines()
    assert said.startswith(f"warning: the cache in {address} cannot be used: access is denied (")
    s3.failing()
    assert built(machine, "denied") == (here, ""), "what is near needs no bucket"


def test_info_clear_and_doctor(machine: Build, s3: Proxy, address: str) -> None:
    machine("one", "build", "tiny.yaml", "--voice", "espeak", "-q")
    place, total, *kinds = machine("one", "cache", "info").stdout.splitlines()
    assert place == address
    assert total.endswith(" MB; nothing is removed, except by a lifecycle rule of the bucket")
    near = kinds.index("local copy of what this computer has read or made:")
    assert [kind for kind in kinds[:near] if kind.startswith("  clip ")]
    assert "/one/audiocoach/near/" in kinds[near + 1]
    assert kinds[near + 2].endswith("MB of at most 1000 MB (set by AUDIOCOACH_CACHE_LIMIT)")
    (line,) = (
        each for each in machine("one", "doctor").stdout.splitlines() if f" {address}" in each
    )
    assert line.startswith("ok  cache")
    freed = machine("one", "cache", "clear")
    assert (freed.returncode, freed.stderr[:6]) == (0, "freed ")
    assert machine("one", "cache", "info").stdout.splitlines()[1].startswith("0.0 MB; ")
    s3.fault = lambda _method, _path: "403"
    said = machine("one", "doctor").stdout
    assert "access is denied (AccessDenied)" in said
    for what in ("info", "clear"):
        done = machine("one", "cache", what)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (6, "", 1)
        assert "access is denied (AccessDenied)" in done.stderr


@pytest.mark.parametrize("arguments", [["build", "tiny.yaml"], ["cache", "info"], ["serve"]])
def test_an_address_with_a_password_is_refused_and_not_repeated(
    machine: Build, arguments: list[str]
) -> None:
    done = machine("one", *arguments, AUDIOCOACH_CACHE="s3://key:hush@bucket/x")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "set AWS_ACCESS_KEY_ID" in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_as_a_process_it_ends_without_a_word(s3: Proxy, address: str, tmp_path: Path) -> None:
    """The threads and connections of its libraries end with it."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "own"), "AUDIOCOACH_CACHE": address}
    tiny(tmp_path, TINIER)
    done = subprocess.run(
        command("build", "tiny.yaml", "--voice", "espeak", "-q"),
        cwd=tmp_path,
        env=environment(tmp_path, **home),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
