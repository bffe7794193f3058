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


@pytest.mark.parametrize("given", ["s3://bucket/x", "S3://bucket", "s3:/bucket/x", "gs://b"])
def test_an_address_is_no_folder(given: str) -> None:
    assert Surroundings({"AUDIOCOACH_CACHE": given}).place("CACHE") == given


@pytest.mark.parametrize("given", ["/a/b", "a/b", "C:/a", "C:\\a", "~/a", "./s3:/a"])
def test_a_place_may_be_a_folder(given: str) -> None:
    surroundings = Surroundings({"AUDIOCOACH_CACHE": given})
    assert isinstance(surroundings.place("CACHE"), Path)
    assert surroundings.place("CACHE") == surroundings.folder("CACHE")
