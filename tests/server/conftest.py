"""A page waits for its session however busy the computer is, unless a test says otherwise."""

from __future__ import annotations

import pytest

from audiocoach.server import site


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "_AT_ONCE", 60.0)
