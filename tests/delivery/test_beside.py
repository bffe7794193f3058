"""What is written beside a session: every format with its stem, a bundle, and clear refusals."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from running import call, files, tiny
from sounds import gong

from audiocoach.delivery.beside import wanted
from audiocoach.delivery.formats import FORMATS
from audiocoach.errors import UsageError

QUICK = ("tiny.yaml", "--voice", "espeak", "--skip", "1")


@pytest.fixture(autouse=True)
def _tiny(tmp_path: Path) -> None:
    tiny(tmp_path)


def test_each_format_stands_beside_the_session(tmp_path: Path, cache: Path) -> None:
    names = ",".join(row.endings[0][1:] for row in FORMATS if row.name != "mp3")
    done = call(
        "build", *QUICK, "--json", "-o", "x.mp3", "--also", names, cwd=tmp_path, cache=cache
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    written = {f"x{row.endings[0]}" for row in FORMATS}
    assert files(tmp_path) == written | {"tiny.yaml"}
    assert {told["file"], *told["beside"]} == written
    for name in ("txt", "json", "svg", "vtt"):
        sheet = call("preview", *QUICK, "-o", f"y.{name}", cwd=tmp_path, cache=cache)
        assert sheet.returncode == 0
    for name in ("txt", "svg", "vtt"):
        assert (tmp_path / f"x.{name}").read_bytes() == (tmp_path / f"y.{name}").read_bytes()


def test_a_bundle_holds_the_session_and_all_sheets_twice_the_same(
    tmp_path: Path, cache: Path
) -> None:
    bundles = []
    for name in ("x.mp3", "x.mp3"):
        done = call("build", *QUICK, "-q", "-o", name, "--bundle", cwd=tmp_path, cache=cache)
        assert done.returncode == 0, done.stderr
        bundles.append((tmp_path / "x.zip").read_bytes())
    assert bundles[0] == bundles[1]
    assert files(tmp_path) == {"tiny.yaml", "x.mp3", "x.zip"}
    with ZipFile(tmp_path / "x.zip") as bundle:
        assert bundle.testzip() is None
        assert bundle.read("x.mp3") == (tmp_path / "x.mp3").read_bytes()
        sheets = {f"x{row.endings[0]}" for row in FORMATS if not row.is_sound}
        assert set(bundle.namelist()) == {"x.mp3", "x.html", *sheets}


def test_of_several_sessions_each_has_its_own(tmp_path: Path, cache: Path) -> None:
    flags = ("--also", "vtt", "--pace", "slow,brisk", "-o", "out")
    done = call("build", *QUICK, "-q", *flags, cwd=tmp_path, cache=cache)
    assert done.returncode == 0, done.stderr
    stems = ("tiny-slow-without-exercise-1", "tiny-brisk-without-exercise-1")
    assert files(tmp_path / "out") == {f"{stem}{end}" for stem in stems for end in (".mp3", ".vtt")}


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--also", "doc"), "'doc' is not a format; choose from txt, md, svg, json, vtt, srt, lrc"),
        (("--also", "vtt,,srt"), "a format is missing beside a comma"),
        (("--also", "mp3", "-o", "x.mp3"), "x.mp3 is the session itself; leave mp3 out"),
        (("--also", "vtt", "-o", "-"), "there is no file to write next to"),
        (("--open", "--pace", "slow,brisk"), "there are 2 sessions; open the page of one"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, cache: Path, flags: tuple[str, ...], said: str
) -> None:
    done = call("build", *QUICK, *flags, cwd=tmp_path, cache=cache)
    assert done.returncode == 2
    assert said in done.stderr
    assert files(tmp_path) == {"tiny.yaml"}


def test_the_routine_is_not_written_over(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "tiny.yaml").rename(tmp_path / "tiny.json")
    done = call("build", "tiny.json", "--also", "json", "-o", "tiny.mp3", cwd=tmp_path, cache=cache)
    assert done.returncode != 0
    assert "is the routine itself" in done.stderr
    assert files(tmp_path) == {"tiny.json"}


@pytest.mark.parametrize(
    "written", [["-o", "gong.wav"], ["-o", "here/gong.wav"], ["--also", "wav", "-o", "gong.mp3"]]
)
def test_nor_a_sound_of_it(tmp_path: Path, cache: Path, written: list[str]) -> None:
    """By whatever path; a file of that name elsewhere is none of it."""
    exercise = "{name: sit, hold: 5s, bell: {every: 3s, sound: gong.wav}}"
    tiny(tmp_path, f"title: T\nlanguage: en\nexercises: [{exercise}]\n")
    gong(tmp_path)
    (tmp_path / "here").symlink_to(tmp_path)
    before = (tmp_path / "gong.wav").read_bytes()
    done = call("build", "tiny.yaml", *written, "--overwrite", cwd=tmp_path, cache=cache)
    assert "gong.wav is a sound of the routine; name another file" in done.stderr
    assert (tmp_path / "gong.wav").read_bytes() == before
    (tmp_path / "other").mkdir()
    done = call("build", "tiny.yaml", "-o", "other/gong.wav", cwd=tmp_path, cache=cache)
    assert done.returncode == 0, done.stderr


def test_a_name_given_twice_is_one() -> None:
    assert len(wanted("md,markdown,.MD", bundle=False).formats) == 1
    with pytest.raises(UsageError):
        wanted("", bundle=False)
