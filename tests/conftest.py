"""What holds for every test: no text leaves the computer, and the user's own config is not read.

How much is tried, and how many processes try it: `scripts/test` is quick, `.ci/run` thorough.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from audiocoach.settings.table import SETTINGS

if TYPE_CHECKING:
    from s3_server import Proxy

# No test is about time. `thorough` tries all the examples that a test asks for, each time
# other ones, whatever an earlier run found; `quick` a fifth of them.
settings.register_profile("thorough", max_examples=100, deadline=None, database=None)
settings.register_profile("thousands", max_examples=2_000, deadline=None, database=None)
settings.register_profile("quick", max_examples=20, deadline=None)
settings.load_profile("quick")  # unless --hypothesis-profile says otherwise


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A process a core for all tests, none for a file or folder: to start them takes longer."""
    return 0 if config.option.file_or_dir else None


@pytest.fixture(scope="session", autouse=True)
def _at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    config = tmp_path_factory.mktemp("config") / "config.toml"
    config.write_text("offline = true\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOCOACH_CONFIG", str(config))
        patch.setenv("AUDIOCOACH_VOICES", str(config.parent / "voices"))
        patch.setenv("AUDIOCOACH_PIPER_PACKAGES", "0")
        for row in SETTINGS.values():
            patch.delenv(row.variable, raising=False)
        yield


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A cache for whoever does not ask what is in it: each word is spoken once in a run.

    All processes of the run use it at once, as any builds may.
    """
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "cache"


@pytest.fixture(scope="session")
def _s3_server() -> Iterator[Proxy]:
    from s3_server import serving  # seconds, for those who use it

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with serving() as proxy:
        yield proxy


@pytest.fixture
def s3(_s3_server: Proxy, monkeypatch: pytest.MonkeyPatch) -> Proxy:
    """S3 on this computer, as this process finds it; nothing fails yet."""
    for name in [each for each in os.environ if each.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in _s3_server.environment.items():
        monkeypatch.setenv(name, value)
    _s3_server.failing()
    return _s3_server
