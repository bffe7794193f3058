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
        ("routines foot-care", 2, "to see a routine: audiocoach routines show foot-care"),
        ("build --speed 2", 2, "there is no flag --speed; did you mean --rate? see:"),
        ("build --length 9min", 2, "there is no flag --length; did you mean --duration? see:"),
        ("build --duraton 9min", 2, "there is no flag --duraton; did you mean --duration? see:"),
        ("build -Q", 2, "there is no flag -Q; see: audiocoach build --help-all"),
        ("build --format wav", 2, "no flag --format; did you mean --also or --output? see:"),
        ("preview --fromat text", 2, "no flag --fromat; did you mean --format? see:"),
        ("build --music rain", 2, "there is no flag --music; did you mean --bed? see:"),
        ("build --background rain", 2, "there is no flag --background; did you mean --bed? see:"),
        ("build --volume 3", 2, "there is no flag --volume; see: audiocoach build --help-all"),
        ("check --music rain", 2, "there is no flag --music; see: audiocoach check --help"),
        ("build mine.yaml -d 20 --dry-run", 2, "--duration: '20' has no unit; did you mean 20min?"),
        ("build --duration", 2, "--duration needs a value"),
        ("doctor now", 2, "too many arguments: now; see: audiocoach doctor --help"),
        ("doctor it now", 2, "too many arguments: it now; see: audiocoach doctor --help"),
        ("preview -o new/", 2, "--output: new/ is a folder; name a file in it"),
        ("routines schema -o new/", 2, "--output: new/ is a folder; name a file in it"),
        ("voices try espeak -o new/", 2, "--output: new/ is a folder; name a file in it"),
        ("draft mine.yaml -o new/", 2, "--output: new/ is a folder; name a file in it"),
        ("build -d 20", 2, "--duration: '20' has no unit; did you mean 20min?"),
        ("build 20m", 3, "A length is given in one word: --duration 20min."),
        ("build -d 20min minutes", 3, "A length is given in one word: --duration 20min."),
        ("build mine.yml", 3, "mine.yml: there is no such file; did you mean 'mine.yaml'?"),
        ("check nosuch.yaml", 3, "there is no such file\n"),
        ("build --pace fast", 2, "'fast' is not possible here; did you mean brisk? write slow,"),
        ("build --coaching Short", 2, "did you mean brief? write full, brief, minimal or fade"),
        ("build --preset quick", 2, "did you mean express? write gentle, standard, express or"),
        ("build --language German", 2, "'German' is not a language code; did you mean de?"),
        ("build -l qq1", 2, "'qq1' is not a language code such as en, de or pt-BR"),
        ("play -l français", 2, "'français' is not a language code; did you mean fr?"),
        ("build --rate 1,5", 2, "between 0.5 and 2.0; a comma separates the values in '1,5'"),
        ("build mine.yaml --only l", 3, "did you mean 'wall sit' or 'heel raise'? (there are: 1"),
        ("build mine.yaml --skip 1,3", 3, "there is no exercise '3' (there are: 1 wall sit, 2"),
        ("build mine.yaml --only ,", 3, "there is no exercise ',' (there are: 1 wall sit, 2"),
        ("voices install natural", 2, "no command 'install'; did you mean: audiocoach voices add"),
        ("voices rm x", 2, "there is no command 'rm'; did you mean: audiocoach voices remove"),
        ("voices natural", 2, "did you mean: audiocoach voices add natural"),
        ("routines ls", 2, "did you mean: audiocoach routines list"),
        ("serve --port x", 2, "--port: write a whole number from 0 to 65535"),
        ("build --processes 0", 2, "--processes: write a whole number from 1 to 256"),
        ("voices try", 2, "NAME is missing; see: audiocoach voices try --help"),
        ("voices --json try x", 2, "--json: write it after 'try'"),
        ("check seated.yaml", 3, "did you mean 'sitting on chair'?"),
        ("build --language it", 3, "there are no phrases for 'it' yet; there are phrases for de,"),
        ("voices remove nope", 5, "there is no voice 'nope' to remove; added: "),
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


@pytest.mark.parametrize("chosen", ["1,2", "wall sit, 2", "heel-raise,1"])
def test_several_exercises_may_be_written_with_commas(
    tmp_path: Path, cache: Path, chosen: str
) -> None:
    third = "  - {name: 'squat, slow', reps: 2, hold: 1s}\n"
    tiny(tmp_path, TINY + third)
    done = call("preview", "tiny.yaml", "--only", chosen, cwd=tmp_path, cache=cache)
    assert "Your choice: without squat, slow." in done.stdout
    done = call("preview", "tiny.yaml", "--only", "Squat, slow", cwd=tmp_path, cache=cache)
    assert "Your choice: without wall sit and heel raise." in done.stdout


def test_one_exercise_alone_is_led_to_its_natural_length(tmp_path: Path, cache: Path) -> None:
    done = call("preview", "foot-care", "--only", "1", cwd=tmp_path, cache=cache)
    assert done.returncode == 4
    assert "prescribed; use --duration natural, or repeat it with --rounds" in done.stderr


@pytest.mark.parametrize("name", ["wall-sit", "wall sit", "WALL-SIT"])
def test_an_exercise_may_be_one_word(tmp_path: Path, cache: Path, name: str) -> None:
    tiny(tmp_path)
    done = call("preview", "tiny.yaml", "--skip", name, cwd=tmp_path, cache=cache)
    assert "Your choice: without wall sit." in done.stdout
