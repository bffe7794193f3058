"""The sound flags, as a user gives them: a bed, where it may be named, and what stops a build."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from running import TINY, call, files, no_file_larger_than, run, tiny

LINE = ("build", "tiny.yaml", "-q", "--voice", "espeak", "--skip", "1", "-o", "x.mp3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny(tmp_path)
    return tmp_path


def built(folder: Path, *more: str, cache: str = "cache") -> bytes:
    done = call(*LINE, *more, cwd=folder, cache=folder / cache)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "x.mp3").read_bytes()


def noise(seconds: int) -> NDArray[np.float64]:
    """In stereo, at 44.1 kHz."""
    return np.random.default_rng(3).normal(size=(seconds * 44_100, 2)) * 0.1


@pytest.mark.parametrize("bed", ["brook", "music.wav"])
def test_the_same_bed_gives_the_same_bytes_cold_warm_and_in_another_process(
    folder: Path, bed: str
) -> None:
    soundfile.write(folder / "music.wav", noise(13), 44_100)
    cold, warm = (built(folder, "--bed", bed) for _ in range(2))
    done = run(*LINE, "--bed", bed, cwd=folder, cache=folder / "other")
    assert done.returncode == 0
    assert cold == warm == (folder / "x.mp3").read_bytes()
    length = soundfile.info(folder / "x.mp3").frames
    built(folder)
    assert soundfile.info(folder / "x.mp3").frames == length
    (folder / "y.mp3").write_bytes(cold)
    verified = call("verify", "y.mp3", cwd=folder, cache=folder / "cache")
    assert verified.returncode == 0, verified.stdout


def test_a_routine_may_name_a_bed_but_no_file(folder: Path) -> None:
    own = TINY.replace("exercises:", "coaching: {bed: drone, bed_level: 30}\nexercises:")
    (folder / "tiny.yaml").write_text(own)
    end = slice(-200_000, None)  # the flags stand in the tag, at the front
    with_bed = built(folder)[end]
    assert with_bed != built(folder, "--bed", "off")[end]
    assert with_bed == built(folder, "--bed", "drone", "--bed-level", "30")[end]
    (folder / "tiny.yaml").write_text(own.replace("drone", "/etc/passwd"))
    done = call(*LINE, cwd=folder, cache=folder / "cache")
    assert done.returncode == 3
    wrong = "coaching: bed: '/etc/passwd' is not possible here; write off, rain, brook or drone"
    assert wrong in done.stderr
    assert "--bed" in done.stderr


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--bed", "rian"), "--bed rian: there is no such file; did you mean rain?"),
        (("--bed", "tiny.yaml"), "--bed tiny.yaml: it can't be decoded"),
        (("--bed", "rain", "--bed-level", "14"), "--bed-level: 14 dB is too little under rain"),
        (("--bed-level", "50"), "--bed-level: '50' is not a whole number from 14 to 40"),
        (("--bitrate", "100"), "--bitrate: '100' is not possible here; "),
    ],
)
def test_what_can_not_be_is_told_before_anything_is_spoken(
    folder: Path, flags: tuple[str, ...], says: str
) -> None:
    done = call(*LINE, *flags, cwd=folder, cache=folder / "cache")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"audiocoach: {says}")
    assert not [path for path in (folder / "cache").rglob("*") if path.is_file()]


def test_a_bed_that_breaks_off_is_one_line(folder: Path) -> None:
    """And no word of the libraries, at the end of the program neither."""
    soundfile.write(folder / "whole.flac", noise(30), 44_100)
    whole = (folder / "whole.flac").read_bytes()
    (folder / "cut.flac").write_bytes(whole[: len(whole) * 3 // 4])
    done = run(*LINE, "--bed", "cut.flac", cwd=folder, cache=folder / "cache")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("audiocoach: --bed cut.flac: it")


def test_the_comment_names_a_file_without_its_folder(folder: Path) -> None:
    (folder / "private").mkdir()
    noise = np.random.default_rng(1).normal(size=96_000) * 0.05
    soundfile.write(folder / "private" / "forest.flac", noise, 48_000)
    content = built(folder, "--bed", "private/forest.flac", "--stereo")
    assert b"--bed forest.flac --stereo" in content
    assert b"private" not in content


def test_a_full_disk_is_one_line_and_leaves_the_old_file(folder: Path) -> None:
    whole = built(folder, "--bed", "rain")
    before = files(folder)
    for room in (0, 50_000, len(whole) - 1):
        with no_file_larger_than(room):
            done = call(*LINE, "--bed", "rain", cwd=folder, cache=folder / "cache")
        assert (done.returncode, done.stderr.count("\n")) == (6, 1), done.stderr
        assert "cannot write " in done.stderr
        assert (folder / "x.mp3").read_bytes() == whole
        assert files(folder) == before
