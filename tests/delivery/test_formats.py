"""The table of formats: each row works, and an ending that none has is refused before any work."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
import soundfile
from running import PATIENCE, call, environment, files, tiny

from audiocoach import pipeline
from audiocoach.batch.build import build_all
from audiocoach.batch.variants import Variant
from audiocoach.delivery import formats
from audiocoach.delivery.formats import FORMATS, SHEETS, endings, of_session, of_sheet
from audiocoach.errors import UsageError
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache

SHORT = ("tiny.yaml", "--voice", "espeak", "--skip", "1")
ALL_SOUNDS = endings(is_sound=True)
ALL_SHEETS = endings(is_sound=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _tiny(tmp_path: Path) -> None:
    tiny(tmp_path)


def test_the_recommended_endings_are_a_list_to_read() -> None:
    assert re.fullmatch(
        r"\.mp3, (\.\w+( \([\w ]+\))?, )*\.\w+( \([\w ]+\))? or \.\w+( \([\w ]+\))?", ALL_SOUNDS
    )
    assert ALL_SHEETS.startswith(".txt, .md (to print), .svg (a picture)")
    assert " or ." in ALL_SHEETS


def test_no_name_or_ending_is_there_twice() -> None:
    assert set(Counter(row.name for row in FORMATS).values()) == {1}
    assert set(Counter(ending for row in FORMATS for ending in row.endings).values()) == {1}
    assert all(ending == ending.lower() for row in FORMATS for ending in row.endings)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_every_maker_is_there_and_the_media_type_is_one(row: formats.Format) -> None:
    module, _, function = row.maker.partition(":")
    assert callable(getattr(import_module(f"audiocoach.delivery.{module}"), function))
    assert row.media_type.startswith("audio/") is (row.is_sound and row is not formats.PAGE)
    assert row.media_type.count("/") == 1


@pytest.mark.parametrize("ending", [".mp3", ".wav", ".flac", ".opus", ".ogg"])
def test_build_writes_what_the_ending_says(tmp_path: Path, cache: Path, ending: str) -> None:
    done = call("build", *SHORT, "-q", "-o", f"x{ending.upper()}", cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    info = soundfile.info(tmp_path / f"x{ending.upper()}")
    wanted = {".mp3": "MP3", ".wav": "WAV", ".flac": "FLAC", ".opus": "OGG", ".ogg": "OGG"}
    assert info.format == wanted[ending]
    assert info.subtype == {"MP3": "MPEG_LAYER_III", "OGG": "OPUS"}.get(info.format, "PCM_16")


@pytest.mark.parametrize("name", SHEETS)
def test_preview_writes_each_sheet_by_name_and_by_ending(
    tmp_path: Path, cache: Path, name: str
) -> None:
    named = call("preview", *SHORT, "--format", name, cwd=tmp_path, cache=cache)
    assert (named.returncode, named.stderr) == (0, "")
    assert named.stdout
    for ending in SHEETS[name].endings:
        done = call("preview", *SHORT, "-o", f"x{ending}", cwd=tmp_path, cache=cache)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / f"x{ending}").read_text("utf-8") == named.stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "build none.yaml -o x.aac",
            f"x.aac: a session can't be written as .aac; name a file that ends in {ALL_SOUNDS}",
        ),
        (
            "build none.yaml -o x.TXT",
            "x.TXT: a session can't be written as .txt, which is for sheets: "
            f"use audiocoach preview, or name a file that ends in {ALL_SOUNDS}",
        ),
        (
            "voices try espeak -o x.doc",
            f"x.doc: a session can't be written as .doc; name a file that ends in {ALL_SOUNDS}",
        ),
        (
            "preview none.yaml -o x.ass",
            f"x.ass: a preview can't be written as .ass; name a file that ends in {ALL_SHEETS}, "
            "or say which with --format",
        ),
        (
            "preview none.yaml -o x.opus",
            "x.opus: a preview can't be written as .opus, which is for sound: use audiocoach "
            f"build, or name a file that ends in {ALL_SHEETS}, "
            "or say which with --format",
        ),
    ],
)
def test_what_no_format_ends_in_is_refused_before_any_work(
    tmp_path: Path, line: str, says: str
) -> None:
    """The routine isn't even looked for."""
    done = call(*line.split(), cwd=tmp_path, cache=tmp_path / "cache")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"audiocoach: {says}\n")
    assert files(tmp_path) == {"tiny.yaml"}


def test_python_callers_are_told_as_well(tmp_path: Path) -> None:
    cache, source = Cache(tmp_path / "cache"), str(tmp_path / "tiny.yaml")
    with pytest.raises(UsageError, match=r"can't be written as \.aac"):
        pipeline.build(source, tmp_path / "x.aac", cache=cache)
    variant = Variant("tiny", source, Options(), tmp_path / "x.aac")
    (outcome,) = build_all([variant], cache=cache)
    assert isinstance(outcome, UsageError)
    assert files(tmp_path) == {"tiny.yaml"}


def test_several_sessions_are_not_one_file_whatever_its_ending(tmp_path: Path) -> None:
    for row in FORMATS:
        for ending in row.endings:
            line = ("build", "tiny.yaml", "--pace", "slow,brisk", "-o", f"x{ending}")
            done = call(*line, cwd=tmp_path, cache=tmp_path / "cache")
            assert done.returncode == 2
            assert f"x{ending} is one file, and there are 2 sessions; name a" in done.stderr


def test_a_name_without_an_ending_is_an_mp3_or_a_text(tmp_path: Path) -> None:
    for name in ("x", ".hidden", "a.b/x"):
        assert of_session(tmp_path / name) is formats.MP3
        assert of_sheet(tmp_path / name) is formats.TEXT


def test_what_is_no_file_is_told_as_such(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "v1.2").mkdir()
    for command in ("build", "preview"):
        done = call(command, *SHORT, "-o", "v1.2", cwd=tmp_path, cache=cache)
        assert done.returncode == 6
        assert "cannot write v1.2: it is a folder; name a file in it" in done.stderr


def test_the_help_and_the_completion_say_what_there_is(tmp_path: Path, cache: Path) -> None:
    told = call("build", "--help", cwd=tmp_path, cache=cache, COLUMNS="200").stdout
    assert endings(is_sound=True) in " ".join(told.split())
    told = call("preview", "--help-all", cwd=tmp_path, cache=cache, COLUMNS="200").stdout
    assert endings(is_sound=False) in " ".join(told.replace("│", " ").split())
    code = "import sys; sys.argv = ['audiocoach']; from audiocoach.cli import main; main()"
    asked = {"COMP_WORDS": "audiocoach preview --format ", "COMP_CWORD": "3"}
    completed = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(cache, _AUDIOCOACH_COMPLETE="complete_bash", **asked),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert completed.stdout.split() == list(SHEETS)
