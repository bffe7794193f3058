"""What is decoded, and what is said, in one line, of files that are no sound."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sounds import gong

from audiocoach.decoding import NoSoundError, opened, samples
from audiocoach.mpeg import has_frames

RATE = 48_000
JUNK = random.Random(4).randbytes(50_000)  # noqa: S311 - no secret


def length(path: Path) -> int:
    with opened(path) as decoder:
        return sum(map(len, samples(decoder, RATE)))


@pytest.mark.parametrize("junk", [JUNK, b"# notes\n" * 500, b"ID3\x03\0\0\0\0\0\0" + JUNK, b""])
def test_what_is_called_mp3_and_is_none_is_one_line_of_ours_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], junk: bytes
) -> None:
    (tmp_path / "noise.mp3").write_bytes(junk)
    with pytest.raises(NoSoundError) as caught, opened(tmp_path / "noise.mp3"):
        pass
    assert str(caught.value) == (
        "it can't be decoded (Format not recognised); name an MP3, WAV, FLAC or Ogg"
    )
    assert capfd.readouterr() == ("", ""), "libmpg123 writes to stderr by itself"


def test_a_file_that_only_begins_like_an_mp3_is_not_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "noise.mp3").write_bytes(b"\xff\xfb\x90\x00" + JUNK)
    with pytest.raises(NoSoundError) as caught, opened(tmp_path / "noise.mp3"):
        pass
    assert str(caught.value).startswith("it can't be decoded (no sound in it)")


@pytest.mark.parametrize("before", [b"", bytes(3000), b"ID3\x03\0\0\0\x08\0\0" + bytes(131_072)])
def test_an_mp3_is_known_whatever_stands_before_its_frames(tmp_path: Path, before: bytes) -> None:
    path = gong(tmp_path, "gong.mp3")
    whole = length(path)
    path.write_bytes(before + path.read_bytes())
    assert abs(length(path) - whole) <= 2 * 1152 * RATE // 44_100


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg"])
def test_what_a_file_holds_counts_not_what_it_is_called(tmp_path: Path, kind: str) -> None:
    path = gong(tmp_path, f"gong.{kind}")
    whole = length(path)
    assert length(path.rename(tmp_path / "gong.mp3")) == whole


def test_frames_are_two_in_a_row(tmp_path: Path) -> None:
    content = gong(tmp_path, "gong.mp3").read_bytes()
    assert has_frames(content)
    assert has_frames(b"\xff\xff" + content)
    assert not has_frames(JUNK)
    assert not has_frames(content[:100])
    assert not has_frames(b"\xff")
