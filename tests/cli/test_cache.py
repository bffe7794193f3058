"""The cache as a user meets it: info, clear, a limit, and folders that can't be written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from running import call, command, environment, files, tiny

Audiocoach = Callable[..., "CompletedProcess[str]"]
TINIER = "title: Tiny\nlanguage: en\nexercises:\n  - name: squat\n    hold: 1s\n"


@pytest.fixture
def audiocoach(tmp_path: Path) -> Audiocoach:
    """Runs audiocoach in `tmp_path` with a cache that nobody has used."""
    tiny(tmp_path, TINIER)
    return partial(call, cwd=tmp_path, cache=tmp_path / "cache")


def good(done: CompletedProcess[str]) -> CompletedProcess[str]:
    assert done.returncode == 0, done.stderr
    return done


def size(tmp_path: Path) -> int:
    return sum(each.stat().st_size for each in (tmp_path / "cache").rglob("*") if each.is_file())


def test_info_says_where_it_is_and_what_it_holds(audiocoach: Audiocoach, tmp_path: Path) -> None:
    empty = good(audiocoach("cache", "info")).stdout.splitlines()
    assert empty == [
        str(tmp_path / "cache"),
        "0.0 MB of at most 1000 MB (set by AUDIOCOACH_CACHE_LIMIT)",
    ]
    assert not (tmp_path / "cache").exists()
    good(audiocoach("build", "tiny.yaml", "-q"))
    done = good(audiocoach("cache", "info", AUDIOCOACH_CACHE_LIMIT="2 GB"))
    place, total, *kinds = done.stdout.splitlines()
    assert total.startswith(f"{size(tmp_path) / 1e6:.1f} MB of at most 2000 MB")
    found = {kind.split()[0]: kind.split()[1] for kind in kinds}
    for kind in ("clip", "region", "gain"):
        held = [each for each in (tmp_path / "cache/v1" / kind).rglob("*") if each.is_file()]
        assert found[kind] == str(len(held))
    assert (place, done.stderr) == (str(tmp_path / "cache"), "")


def test_clear_frees_all_and_the_next_build_is_the_same(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    good(audiocoach("build", "tiny.yaml", "-q", "-o", "one.mp3"))
    freed = f"freed {size(tmp_path) / 1e6:.1f} MB\n"
    done = good(audiocoach("cache", "clear"))
    assert (done.stdout, done.stderr) == ("", freed)
    assert size(tmp_path) == 0
    assert good(audiocoach("cache", "clear")).stderr == "freed 0.0 MB\n"
    good(audiocoach("build", "tiny.yaml", "-q", "-o", "two.mp3"))
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()


def test_a_build_keeps_the_limit_and_drops_what_was_not_used_for_longest(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    good(audiocoach("build", "tiny.yaml", "-q", "-o", "one.mp3"))
    old = {each for each in (tmp_path / "cache").rglob("*") if each.is_file()}
    for each in old:
        os.utime(each, (time.time() - 9e5,) * 2)
    first = size(tmp_path)
    kilobytes = first * 3 // 2000
    limited = partial(audiocoach, AUDIOCOACH_CACHE_LIMIT=f"{kilobytes}kB")
    good(limited("build", "tiny.yaml", "-q", "--voice", "espeak:en-us+f3"))
    assert first * 1.2 < size(tmp_path) <= kilobytes * 1000
    left = {each for each in old if each.exists()}
    assert len(left) < len(old)
    spoken = {each for each in (tmp_path / "cache/v1/clip").rglob("*") if each.is_file()} - old
    assert len(spoken) >= 10  # of the new build nothing was dropped
    good(limited("build", "tiny.yaml", "-q", "-o", "two.mp3"))
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()
    assert size(tmp_path) <= kilobytes * 1000


@pytest.mark.parametrize("limit", ["abc", "-1", "0.5GB", "1 XB"])
def test_a_limit_that_is_none_is_told_before_anything_is_made(
    audiocoach: Audiocoach, tmp_path: Path, limit: str
) -> None:
    for arguments in (["build", "tiny.yaml"], ["cache", "info"]):
        done = audiocoach(*arguments, AUDIOCOACH_CACHE_LIMIT=limit)
        assert (done.returncode, done.stdout) == (2, "")
        said = f"audiocoach: AUDIOCOACH_CACHE_LIMIT='{limit}' is not a size; write it as 500MB"
        assert done.stderr.startswith(said)
    assert files(tmp_path) == {"tiny.yaml"}


def test_a_cache_that_can_not_be_written_stops_nothing_and_is_told(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()
    done = good(audiocoach("build", "tiny.yaml", "-o", "one.mp3"))
    *_, warning = done.stderr.splitlines()
    assert warning.startswith(f"warning: the cache in {tmp_path / 'cache'} cannot be written")
    assert "AUDIOCOACH_CACHE=/path/to/folder" in warning
    (tmp_path / "cache").unlink()
    good(audiocoach("build", "tiny.yaml", "-o", "two.mp3"))
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_that_was_named_may_be_shared(audiocoach: Audiocoach, tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        good(audiocoach("build", "tiny.yaml", "-q"))
    finally:
        os.umask(before)
    made = list((tmp_path / "cache").rglob("*"))
    assert {each.stat().st_mode & 0o777 for each in made if each.is_dir()} == {0o775}
    assert {each.stat().st_mode & 0o777 for each in made if each.is_file()} == {0o664}
    assert all(re.fullmatch("[0-9a-f]{40,64}", each.name) for each in made if each.is_file())


def test_two_builds_at_once_share_it(audiocoach: Audiocoach, tmp_path: Path) -> None:
    builds = [
        subprocess.Popen(
            command("build", "tiny.yaml", "-q", "-o", f"{name}.mp3"),
            cwd=tmp_path,
            env=environment(tmp_path / "cache"),
        )
        for name in ("one", "two")
    ]
    assert [build.wait(60) for build in builds] == [0, 0]
    assert (tmp_path / "one.mp3").read_bytes() == (tmp_path / "two.mp3").read_bytes()
    assert not [each for each in files(tmp_path / "cache") if ".writing-" in each]
