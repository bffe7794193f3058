"""What a server holds in memory of its cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audiocoach.server.memory import MemoryCache
from audiocoach.store import DECODED, key
from audiocoach.store.folder import Folder


@pytest.mark.parametrize(("kind", "held"), [("region", True), ("clip", False), (DECODED, False)])
def test_what_is_asked_for_once_takes_no_room_from_what_is_asked_for_again(
    tmp_path: Path, kind: str, held: bool
) -> None:
    cache, name = MemoryCache(Folder(tmp_path / "cache")), key("one")
    cache.put(kind, name, b"sound")
    assert cache.get(kind, name) == b"sound"
    shutil.rmtree(tmp_path / "cache")
    assert (cache.get(kind, name) is not None) is held
