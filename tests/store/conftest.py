"""Places of every kind, for tests that hold for each of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from memory_store import Memory
from s3_server import BUCKET, Proxy

from audiocoach.store.bucket import Bucket, Files
from audiocoach.store.folder import Folder
from audiocoach.store.place import Place
from audiocoach.store.s3 import S3


class Quick(S3):
    """S3 by connections that serve all tests, as it takes a while to make some."""

    @cache  # noqa: B019 - one instance for each process
    def files(self) -> Files:
        return super().files()


@pytest.fixture(scope="session")
def quick() -> Quick:
    return Quick()


@pytest.fixture
def bucket(s3: Proxy, quick: Quick) -> Callable[[], Bucket]:
    """Opens a part of the bucket that is this test's own, as another build would."""
    path = f"{BUCKET}/{os.urandom(6).hex()}"
    return lambda: Bucket(f"s3://{path}", path, quick, lambda _: None)


@pytest.fixture(params=["folder", "memory", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Opens the same place again and again, as one build after the other does."""
    if request.param == "folder":
        return lambda: Folder(tmp_path / "cache")
    if request.param == "memory":
        path = f"/{os.urandom(6).hex()}"
        return lambda: Bucket("memory", path, Memory(), lambda _: None)
    opened: Callable[[], Place] = request.getfixturevalue("bucket")
    return opened
