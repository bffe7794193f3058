"""What holds for every test: no text leaves the computer, and the user's own config is not read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audiocoach.settings.table import SETTINGS


@pytest.fixture(scope="session", autouse=True)
def _at_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    config = tmp_path_factory.mktemp("config") / "config.toml"
    config.write_text("offline = true\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOCOACH_CONFIG", str(config))
        patch.setenv("AUDIOCOACH_VOICES", str(config.parent / "voices"))
        for row in SETTINGS.values():
            patch.delenv(row.variable, raising=False)
        yield
