"""What is typed beside the mark leads to what was meant: one line, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import TINY, call, tiny

LIBRARY = "foot-care, foot-relief"


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("list", 2, "there is no command 'list'; did you mean: audiocoach routines"),
        ("bild", 2, "there is no command 'bild'; did you mean: audiocoach build"),
        ("qqqqq", 2, "there is no command 'qqqqq'; see: audiocoach --help"),
        ("foot-relief", 2, "to make a session of a routine: audiocoach build foot-relief"),
        ("mine.yaml", 2, "to make a session of a routine: audiocoach build mine.yaml"),
        ("voices lst", 2, "there is no command 'lst'; did you mean: audiocoach voices list"),
        ("build --speed 2", 2, "there is no flag --speed; did you mean --rate? see:"),
        ("build --length 9min", 2, "there is no flag --length; did you mean --duration? see:"),
        ("build --duraton 9min", 2, "there is no flag --duraton; did you mean --duration? see:"),
        ("build -Q", 2, "there is no flag -Q; see: audiocoach build --help-all"),
        ("build --duration", 2, "--duration needs a value"),
        ("build -d 20", 2, "--duration: '20' has no unit; did you mean 20min?"),
        ("build 20m", 3, "A length is given in one word: --duration 20min."),
        ("build -d 20min minutes", 3, "A length is given in one word: --duration 20min."),
        ("build mine.yml", 3, "mine.yml: there is no such file; did you mean 'mine.yaml'?"),
        ("build --pace fast", 2, "--pace: 'fast' is not possible here; write slow, normal or"),
        ("serve --port x", 2, "--port: write a whole number from 0 to 65535"),
        ("build --processes 0", 2, "--processes: write a whole number from 1 to 256"),
        ("voices try", 2, "NAME is missing; see: audiocoach voices try --help"),
        ("voices --json try x", 2, "--json: write it after 'try'"),
        ("check seated.yaml", 3, "did you mean 'sitting on chair'?"),
        ("build --language it", 3, "there are no phrases for 'it' yet; there are phrases for de,"),
        ("voices remove nope", 5, 'there is no voice "nope" to remove; added: '),
    ],
)
def test_it_leads_to_the_right_one(
    tmp_path: Path, cache: Path, line: str, code: int, says: str
) -> None:
    (tmp_path / "mine.yaml").write_text(TINY)
    (tmp_path / "seated.yaml").write_text(
        TINY.replace("    hold: 3s", "    position: sitting\n    hold: 3s")
    )
    done = call(*line.split(), cwd=tmp_path, cache=cache)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith("audiocoach: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_has_two_flags(tmp_path: Path, cache: Path, flag: str) -> None:
    assert call(flag, cwd=tmp_path, cache=cache).stdout.startswith("audiocoach 0.")


@pytest.mark.parametrize("length", ["20m", "20 minutes", "20min", "20:00"])
def test_a_length_is_written_as_people_do(tmp_path: Path, cache: Path, length: str) -> None:
    done = call("config", "--duration", length, cwd=tmp_path, cache=cache)
    assert "duration         20:00" in done.stdout


def test_the_program_by_itself_says_what_to_type_first(tmp_path: Path, cache: Path) -> None:
    done = call(cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stderr) == (0, "")
    assert 5 <= len(done.stdout.splitlines()) <= 8
    for first in ("audiocoach build ", "audiocoach new ", "audiocoach --help"):
        assert first in done.stdout


@pytest.mark.parametrize("name", ["wall-sit", "wall sit", "WALL-SIT"])
def test_an_exercise_may_be_one_word(tmp_path: Path, cache: Path, name: str) -> None:
    tiny(tmp_path)
    done = call("preview", "tiny.yaml", "--skip", name, cwd=tmp_path, cache=cache)
    assert "Your choice: without wall sit." in done.stdout
