"""The cache over time: what it holds, what goes first, and folders it shares or may not write."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from audiocoach.errors import UsageError
from audiocoach.store import DECODED, Cache, key, open_cache, size_limit

DAY = 24 * 3600


def entry(cache: Cache, kind: str, name: str) -> Path:
    return next(Path(cache.where).glob(f"v1/{kind}/*/{key(name)}"))


def aged(path: Path, days: int) -> None:
    when = time.time() - days * DAY
    os.utime(path, (when, when))


def filled(root: Path, kinds: dict[str, str]) -> Cache:
    """A cache with an entry of 1000 bytes for each name, and its kind."""
    cache = Cache(root)
    for name, kind in kinds.items():
        cache.put(kind, key(name), b"x" * 936)
    return cache


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = filled(tmp_path, dict.fromkeys("abcdef", "clip"))
    for age, name in enumerate("abcdef"):
        aged(entry(cache, "clip", name), days=10 - age)
    assert cache.get("clip", key("a")) is not None  # used: now the youngest
    assert cache.trim(limit=5000) == 2000
    assert {name for name in "abcdef" if cache.get("clip", key(name))} == set("adef")


def test_answers_of_an_online_service_go_last(tmp_path: Path) -> None:
    cache = filled(tmp_path, {"a": "gtts", "b": "clip", "c": "clip", "d": "region"})
    aged(entry(cache, "gtts", "a"), days=100)
    cache.trim(limit=1200, dear=("gtts",))
    assert cache.usage() == {"gtts": (1, 1000)}


def test_what_a_file_of_the_user_has_too_goes_first(tmp_path: Path) -> None:
    cache = filled(tmp_path, {"a": DECODED, "b": "clip", "c": DECODED})
    aged(entry(cache, "clip", "b"), days=100)
    assert cache.trim(limit=2500, dear=("gtts",)) == 1000
    assert cache.usage() == {"clip": (1, 1000), DECODED: (1, 1000)}


def test_under_its_limit_nothing_goes(tmp_path: Path) -> None:
    cache = filled(tmp_path, {"a": "clip"})
    assert cache.trim(limit=1000) == 0


def test_a_run_that_wrote_nothing_does_not_look(tmp_path: Path) -> None:
    filled(tmp_path, {"a": "clip", "b": "clip"})
    assert Cache(tmp_path).trim(limit=1) == 0


@pytest.mark.parametrize(
    ("text", "limit"), [("", 10**9), ("500MB", 5 * 10**8), ("2 gb", 2 * 10**9), ("7", 7)]
)
def test_the_limit_is_read(text: str, limit: int) -> None:
    assert size_limit(text) == limit


@pytest.mark.parametrize("text", ["lots", "-1", "1.5GB", "1PB"])
def test_a_limit_that_is_no_size_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="AUDIOCOACH_CACHE_LIMIT"):
        size_limit(text)


def test_a_folder_the_user_named_may_be_shared(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        cache = open_cache(tmp_path)
        cache.put("clip", key("a"), b"x")
    finally:
        os.umask(before)
    file = entry(cache, "clip", "a")
    assert stat.S_IMODE(file.stat().st_mode) == 0o664
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o775


def test_the_users_own_folder_is_private(tmp_path: Path) -> None:
    cache = filled(tmp_path / "own", {"a": "clip"})
    file = entry(cache, "clip", "a")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_entries_that_cannot_be_touched_are_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = filled(tmp_path, {"a": "clip"})
    aged(entry(cache, "clip", "a"), days=3)

    def refused(*_: object) -> None:
        raise PermissionError("read-only")

    # `in os.supports_fd` asks for the function itself.
    monkeypatch.setattr(os, "supports_fd", {refused})
    monkeypatch.setattr(os, "utime", refused)
    assert cache.get("clip", key("a")) == b"x" * 936
