"""What the environment says where it is handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.settings.surroundings import Surroundings


def test_a_variable_is_its_text_without_spaces_around() -> None:
    given = Surroundings({"AUDIOCOACH_CACHE_LIMIT": " 2 GB "})
    assert given.variable("CACHE_LIMIT") == "2 GB"
    assert Surroundings({}).variable("CACHE_LIMIT") == ""


def test_a_folder_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Surroundings({"AUDIOCOACH_CACHE": "~/there"}).folder("CACHE") == tmp_path / "there"


@pytest.mark.parametrize("given", [{}, {"AUDIOCOACH_CACHE": ""}])
def test_a_folder_that_is_not_named_is_none(given: dict[str, str]) -> None:
    assert Surroundings(given).folder("CACHE") is None
