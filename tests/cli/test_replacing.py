"""What stands where a session is to go: nothing is lost without a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import HealthCheck, given, settings
from running import PATIENCE, TINY, call, environment, files, tiny
from strategies import examples, routines, timeline_of

from audiocoach.delivery.formats import SHEETS
from audiocoach.delivery.ours import Standing
from audiocoach.routine.model import Routine

Audiocoach = Callable[..., "CompletedProcess[str]"]
OWN = b"ID3 my only copy of a song " * 1000
SOUNDS = ("mp3", "wav", "flac", "opus", "m4b", "html")


@pytest.fixture
def audiocoach(tmp_path: Path, cache: Path) -> Audiocoach:
    tiny(tmp_path)
    return partial(call, cwd=tmp_path, cache=cache, AUDIOCOACH_VOICE="espeak")


def test_a_script_gets_an_error_and_the_file_stays(audiocoach: Audiocoach, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(OWN)
    done = audiocoach("build", "tiny.yaml", "-o", "song.mp3")
    assert done.returncode == 6
    assert done.stderr == (
        "audiocoach: song.mp3 exists, and audiocoach did not make it; name another file with "
        "--output, or use --overwrite\n"
    )
    assert song.read_bytes() == OWN
    assert audiocoach("build", "tiny.yaml", "-o", "song.mp3", "--overwrite").returncode == 0
    assert song.read_bytes()[:3] == b"ID3"
    assert song.read_bytes() != OWN


def test_of_several_sessions_none_is_made_then(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "tiny-slow.mp3").write_bytes(OWN)
    done = audiocoach("build", "tiny.yaml", "--pace", "slow,brisk", "-o", ".")
    assert done.returncode == 6
    assert "tiny-slow.mp3 exists" in done.stderr
    assert files(tmp_path) == {"tiny.yaml", "tiny-slow.mp3"}


@pytest.mark.parametrize("form", SOUNDS)
def test_a_session_is_built_again_without_a_word(
    audiocoach: Audiocoach, tmp_path: Path, form: str
) -> None:
    first = audiocoach("build", "tiny.yaml", "-o", f"x.{form}")
    again = audiocoach("build", "tiny.yaml", "-o", f"x.{form}", "--pace", "slow")
    assert (first.returncode, again.returncode) == (0, 0)
    assert "another session" not in again.stderr
    assert not Standing(tmp_path / f"x.{form}").is_foreign


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(routines())
def test_a_sheet_is_known_by_how_it_begins(tmp_path: Path, routine: Routine) -> None:
    timeline, sheet = timeline_of(routine), tmp_path / "sheet"
    for form in SHEETS.values():
        content = form.make(timeline).encode()
        sheet.write_bytes(content)
        assert not Standing(sheet).is_foreign, form.name
        sheet.write_bytes(b"My notes on audiocoach:\n" + content)
        assert Standing(sheet).is_foreign, form.name


@pytest.mark.parametrize(
    "own",
    [
        "# Notes\n\nTo audiocoach I listen on Mondays.\n",
        "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nMade by audiocoach\n",
        "1\n00:00:00,000 --> 00:00:04,000\nMade by audiocoach\n",
        "[ti:audiocoach]\n[00:00.00]Hello\n",
        '{"version": 1, "title": "audiocoach"}\n',
        '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><title>audiocoach</title>',
        "<!doctype html>\n<title>My page</title>\n<p>Made with audiocoach.",
    ],
)
def test_a_text_that_names_us_is_not_ours_for_that(tmp_path: Path, own: str) -> None:
    (tmp_path / "x").write_text(own)
    assert Standing(tmp_path / "x").is_foreign


@pytest.mark.parametrize("name", ["x.txt", "x.srt", "x.html", "x.zip"])
def test_a_file_beside_the_session_is_not_lost(
    audiocoach: Audiocoach, tmp_path: Path, name: str
) -> None:
    line = ("build", "tiny.yaml", "-o", "x.mp3", "--also", "txt,srt,html", "--bundle")
    (tmp_path / name).write_bytes(OWN)
    done = audiocoach(*line)
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert f"{name} exists, and audiocoach did not make it; " in done.stderr
    assert files(tmp_path) == {"tiny.yaml", name}
    assert (tmp_path / name).read_bytes() == OWN
    assert audiocoach(*line, "--overwrite").returncode == 0
    assert audiocoach(*line, "--pace", "slow").returncode == 0  # these are all ours


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("preview tiny.yaml -o x.md", "--pace slow"),
        ("preview tiny.yaml --format srt -o x.md", "--pace slow"),
        ("voices try espeak -o x.mp3", "--language de"),
        ("routines schema -o x.json", ""),
    ],
)
def test_nor_is_one_where_another_file_is_to_go(
    audiocoach: Audiocoach, tmp_path: Path, line: str, again: str
) -> None:
    path = tmp_path / line.rsplit(maxsplit=1)[-1]
    path.write_bytes(OWN)
    done = audiocoach(*line.split())
    assert (done.returncode, done.stdout) == (6, "")
    assert f"{path.name} exists, and audiocoach did not make it; name another" in done.stderr
    assert path.read_bytes() == OWN
    for more in ("--overwrite", again):
        audiocoach(*line.split(), *more.split())
        assert not Standing(path).is_foreign


def test_nor_is_an_album_where_a_car_gets_its_folder(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    (tmp_path / "car").mkdir()
    for number in range(1, 6):
        (tmp_path / f"car/0{number} Song.mp3").write_bytes(OWN)
    line = ("build", "tiny.yaml", "--for", "car", "-o", "car")
    done = audiocoach(*line)
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert " and 2 more exist, and audiocoach did not make them; name another folder" in done.stderr
    assert done.stderr.count("Song.mp3") == 3
    assert len(files(tmp_path / "car")) == 5
    assert audiocoach(*line, "--overwrite").returncode == 0
    assert audiocoach(*line, "--pace", "slow").returncode == 0
    (tmp_path / "new.txt").write_bytes(OWN)
    done = audiocoach("build", "tiny.yaml", "--for", "car", "-o", "new", "--also", "txt")
    assert "new.txt exists, and audiocoach did not make it; " in done.stderr
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "folder.mp3/own").write_bytes(OWN)
    done = audiocoach("build", "tiny.yaml", "-o", "folder.mp3")
    assert "cannot write folder.mp3: it is a folder; name a file in it" in done.stderr


def test_an_empty_file_is_nobodys(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "x.mp3").touch()
    assert audiocoach("build", "tiny.yaml", "-o", "x.mp3").returncode == 0


@pytest.mark.parametrize("title", ["Other", "Füße & more", "足"])
def test_another_session_is_replaced_with_a_word(
    audiocoach: Audiocoach, tmp_path: Path, title: str
) -> None:
    (tmp_path / "other.yaml").write_text(TINY.replace("Tiny", title), encoding="utf-8")
    assert audiocoach("build", "tiny.yaml", "-o", "x.mp3").returncode == 0
    done = audiocoach("build", "other.yaml", "-o", "x.mp3")
    assert "x.mp3 was another session, and is replaced" in done.stderr
    assert "another session" not in audiocoach("build", "other.yaml", "-o", "x.mp3").stderr


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        ("", "tiny"),
        ("--only wall-sit", "tiny-wall-sit"),
        ("--only 1", "tiny-exercise-1"),
        ("--only 1,2", "tiny-exercise-1-2"),
        ("--skip heel-raise --rounds 2", "tiny-without-heel-raise-2-rounds"),
        ("--reps 3", "tiny-3-reps"),
        ("--pace slow", "tiny"),
    ],
)
def test_another_dose_is_another_file(
    audiocoach: Audiocoach, tmp_path: Path, flags: str, name: str
) -> None:
    assert audiocoach("build", "tiny.yaml", *flags.split()).returncode == 0
    assert files(tmp_path) == {"tiny.yaml", f"output/{name}.mp3"}


@pytest.mark.parametrize(
    ("flags", "made"),
    [("", "new/tiny.mp3"), ("--reps 3", "new/tiny-3-reps.mp3"), ("--also txt", "new/tiny.mp3")],
)
def test_a_slash_makes_it_a_folder(
    audiocoach: Audiocoach, tmp_path: Path, flags: str, made: str
) -> None:
    for _ in range(2):  # new, and there
        done = audiocoach("build", "tiny.yaml", *flags.split(), "-o", "new/")
        assert done.returncode == 0, done.stderr
        assert made in files(tmp_path)
        assert not (tmp_path / "new").is_file()


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 6), ("", 6)])
def test_a_terminal_is_asked(tmp_path: Path, cache: Path, answer: str, code: int) -> None:
    import pexpect

    tiny(tmp_path)
    (tmp_path / "song.mp3").write_bytes(OWN)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "audiocoach", "build", "tiny.yaml", "-o", "song.mp3"],
        cwd=str(tmp_path),
        env=environment(cache, TERM="xterm", AUDIOCOACH_VOICE="espeak"),
        timeout=PATIENCE,
    )
    child.expect("Overwrite it")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == code
    assert ((tmp_path / "song.mp3").read_bytes() == OWN) is bool(code)
