"""The cache: what is damaged is missing, two builds at once are fine, failures don't matter."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import stat
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.store import Cache, key, open_cache
from audiocoach.store.entry import HEADER_SIZE
from audiocoach.store.folder import TEMPORARY

KEY = key("a text", 1)
PAYLOAD = bytes(range(256)) * 4


def entry(root: Path, kind: str = "clip", of: str = KEY) -> Path:
    return root / "v1" / kind / of[:2] / of


def test_one_file_an_entry_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("clip", KEY, PAYLOAD)
    cache.put("clip", KEY, PAYLOAD[::-1])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [entry(tmp_path)]
    assert cache.get("clip", KEY) == PAYLOAD[::-1]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    root = tmp_path / "cache"
    Cache(root).put("clip", KEY, PAYLOAD)
    for path in [root, *root.rglob("*")]:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


@given(parts=st.lists(st.text() | st.binary() | st.integers(), max_size=4), data=st.data())
def test_keys_differ_when_parts_differ(parts: list[str | bytes | int], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.text() | st.binary() | st.integers(), max_size=4))
    same = [type(each) for each in parts] == [type(each) for each in other] and parts == other
    assert (key(*parts) == key(*other)) == same


def test_parts_are_not_just_joined() -> None:
    keys = {key("ab", "c"), key("a", "bc"), key("abc"), key(b"abc"), key("1"), key(1), key()}
    assert len(keys) == 7
    assert key("\ud800") != key("\ud801")
    assert key("a text", 1) == "32fb1732a52b0536f2bcfa947d30baff04509410"  # for ever


# Damage


@settings(max_examples=examples(100))
@given(
    size=st.integers(0, 300),
    position=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 7),
)
def test_a_flipped_bit_anywhere_is_noticed(size: int, position: float, bit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put("clip", KEY, PAYLOAD[:size], samples=size)
        path = entry(Path(folder))
        content = bytearray(path.read_bytes())
        where = int(position * len(content))
        content[where] ^= 1 << bit
        path.write_bytes(content)
        assert cache.get("clip", KEY) is None
        assert cache.length("clip", KEY) == (None if where < HEADER_SIZE else size)
        cache.put("clip", KEY, PAYLOAD[:size], samples=size)
        assert cache.get("clip", KEY) == PAYLOAD[:size]


@settings(max_examples=examples(80))
@given(kept=st.integers(0, HEADER_SIZE + 99))
def test_a_cut_entry_is_missing(kept: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put("clip", KEY, PAYLOAD[:100], samples=5)
        path = entry(Path(folder))
        path.write_bytes(path.read_bytes()[:kept])
        assert cache.get("clip", KEY) is None
        assert cache.length("clip", KEY) is None


@settings(max_examples=examples(50))
@given(content=st.binary(max_size=400))
def test_a_foreign_file_is_missing(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = entry(Path(folder))
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        cache = Cache(Path(folder))
        assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (None, None)


def test_an_entry_under_another_name_is_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("clip", KEY, PAYLOAD, samples=7)
    other = key("another")
    entry(tmp_path, "clip", other).parent.mkdir(parents=True, exist_ok=True)
    entry(tmp_path, "mp3").parent.mkdir(parents=True)
    entry(tmp_path, "mp3").write_bytes(entry(tmp_path).read_bytes())
    entry(tmp_path).rename(entry(tmp_path, "clip", other))
    assert (cache.get("clip", other), cache.length("clip", other)) == (None, None)
    assert (cache.get("mp3", KEY), cache.length("mp3", KEY)) == (None, None)


def test_a_folder_in_the_place_of_an_entry_does_not_matter(tmp_path: Path) -> None:
    entry(tmp_path).mkdir(parents=True)
    cache = Cache(tmp_path)
    assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (None, None)
    cache.put("clip", KEY, PAYLOAD, samples=7)
    assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (PAYLOAD, 7)


# Failures


@pytest.mark.parametrize("step", ["os.open", "pathlib.Path.replace", "pathlib.Path.mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_cache_that_cannot_be_written_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    cache = Cache(tmp_path / "cache")
    with monkeypatch.context() as failing:
        failing.setattr(step, _raiser(number))
        cache.put("clip", KEY, PAYLOAD, samples=9)
    assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (PAYLOAD, 9)
    assert Cache(tmp_path / "cache").get("clip", KEY) is None
    assert cache.warning is not None
    assert str(tmp_path / "cache") in cache.warning
    assert os.strerror(number) in cache.warning
    assert "AUDIOCOACH_CACHE=" in cache.warning
    assert "\n" not in cache.warning
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _raiser(number: int) -> object:
    def failing(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is for Linux")
def test_a_full_disk_found_while_writing_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, mode: str) -> object:
        os.close(descriptor)
        return Path("/dev/full").open(mode)

    monkeypatch.setattr("os.fdopen", full)
    cache = Cache(tmp_path)
    cache.put("clip", KEY, PAYLOAD)
    assert "No space left" in (cache.warning or "")
    assert cache.get("clip", KEY) == PAYLOAD
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_in_the_place_of_the_folder_is_a_warning(tmp_path: Path) -> None:
    root = tmp_path / "file"
    root.write_bytes(b"mine")
    cache = Cache(root)
    cache.put("clip", KEY, PAYLOAD)
    assert cache.get("clip", KEY) == PAYLOAD
    assert cache.warning is not None
    assert root.read_bytes() == b"mine"


def test_ctrl_c_while_writing_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Cache(tmp_path).put("clip", KEY, PAYLOAD)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# Several builds


def put_many(root: Path, seed: int, rounds: int) -> None:
    cache = Cache(root)
    for number in range(rounds):
        size = (number * 7919 + seed) % 100_000
        cache.put("clip", key(number % 5), bytes([number % 5]) * size, samples=size)


def readable(root: Path) -> list[tuple[int, bytes]]:
    """The entries of `put_many` that can be read, each checked against its samples."""
    found = []
    for number in range(5):
        cache = Cache(root)
        payload = cache.get("clip", key(number))
        if payload is not None:
            assert set(payload) <= {number}
            found.append((number, payload))
    return found


def test_builds_at_once_never_see_half_an_entry(tmp_path: Path) -> None:
    put_many(tmp_path, 0, 5)
    spawn = multiprocessing.get_context("spawn")
    builds = [spawn.Process(target=put_many, args=(tmp_path, seed, 150)) for seed in (1, 2)]
    for build in builds:
        build.start()
    while any(build.is_alive() for build in builds):
        assert len(readable(tmp_path)) == 5
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0, 0]
    assert not list(tmp_path.rglob(f"{TEMPORARY}*"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_a_killed_build_leaves_no_damaged_entry(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    for delay in (0.0, 0.003, 0.01):
        build = spawn.Process(target=put_many, args=(tmp_path, int(delay * 1000), 1_000_000))
        build.start()
        while not readable(tmp_path):
            time.sleep(0.001)
        time.sleep(delay)
        build.kill()
        build.join()
        entries = [path for path in tmp_path.rglob("*") if len(path.name) == len(KEY)]
        assert len(readable(tmp_path)) == len(entries) > 0


def test_files_left_by_a_killed_build_are_swept_after_an_hour(tmp_path: Path) -> None:
    folder = entry(tmp_path).parent
    folder.mkdir(parents=True)
    old, young = folder / f"{TEMPORARY}old", folder / f"{TEMPORARY}young"
    for path, age in ((old, 3700), (young, 3500)):
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    Cache(tmp_path).put("clip", KEY, PAYLOAD)
    assert not old.exists()
    assert young.exists()


def test_a_clock_that_is_wrong_sweeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of a file server and that of this machine may be hours apart."""
    folder = entry(tmp_path).parent
    folder.mkdir(parents=True)
    (folder / f"{TEMPORARY}young").touch()
    hours_ahead = time.time() + 10 * 3600
    monkeypatch.setattr(time, "time", lambda: hours_ahead)
    Cache(tmp_path).put("clip", KEY, PAYLOAD)
    assert (folder / f"{TEMPORARY}young").exists()


def test_a_folder_that_somebody_removed_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put("clip", KEY, PAYLOAD)
    shutil.rmtree(tmp_path / "cache")
    cache.put("clip", KEY, PAYLOAD)
    assert cache.warning is None
    assert Cache(tmp_path / "cache").get("clip", KEY) == PAYLOAD


# Where


def test_the_user_names_the_folder(tmp_path: Path) -> None:
    assert open_cache(tmp_path / "there").where == str(tmp_path / "there")


def test_the_platform_names_the_folder_otherwise() -> None:
    where = Path(open_cache(None).where)
    assert "audiocoach" in where.parts
    assert where.is_absolute()
