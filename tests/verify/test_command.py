"""The command `audiocoach verify`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run, tiny


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A routine and its session, `x.mp3`."""
    made = tmp_path_factory.mktemp("verified")
    routine = tiny(made)
    done = run("build", routine, "-q", "-o", "x.mp3", cwd=made, cache=cache)
    assert done.returncode == 0, done.stderr
    routine.rename(made / "tiny.yaml")
    return made


def test_a_session_as_it_was_built_is_exit_code_0(folder: Path, cache: Path) -> None:
    done = run("verify", "x.mp3", "tiny.yaml", cwd=folder, cache=cache)
    assert done.returncode == 0, done.stdout
    assert done.stderr == "x.mp3 is as it was built\n"
    assert all(line.startswith("ok  ") for line in done.stdout.splitlines())
    assert "every frame is as it was written" in done.stdout
    assert "it is what 'Tiny' compiles to now" in done.stdout


def test_one_that_is_not_is_exit_code_7(folder: Path, cache: Path) -> None:
    content = (folder / "x.mp3").read_bytes()
    (folder / "half.mp3").write_bytes(content[: len(content) // 2])
    done = run("verify", "half.mp3", cwd=folder, cache=cache)
    assert done.returncode == 7
    assert "are missing: it was cut at the end" in done.stdout
    assert "play the file that was built, or build it again" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("audiocoach: half.mp3 is not as it was built: ")


def test_a_damaged_one_is_one_line_whatever_the_decoder_says(folder: Path, cache: Path) -> None:
    """It writes one for each frame of which it can make nothing."""
    content = bytearray((folder / "x.mp3").read_bytes())
    for at in range(len(content) // 2, len(content), 500):
        content[at] ^= 0xFF
    (folder / "damaged.mp3").write_bytes(content)
    done = run("verify", "damaged.mp3", cwd=folder, cache=cache)
    assert done.returncode == 7
    (line,) = done.stderr.splitlines()
    assert line.startswith("audiocoach: damaged.mp3 is not as it was built: ")


def test_as_json(folder: Path, cache: Path) -> None:
    done = run("verify", "x.mp3", "tiny.yaml", "--pace", "slow", "--json", cwd=folder, cache=cache)
    told = json.loads(done.stdout)
    assert done.returncode == 7
    assert (told["good"], told["format"], told["plan"]["format"]) == (False, "mp3", "mp3")
    assert told["samples"] == told["plan"]["samples"]
    assert told["true_peak_dbtp"] <= -1
    (wrong,) = (each for each in told["findings"] if not each["good"])
    assert wrong["what"] == "routine"
    assert "flags it was built with" in wrong["remedy"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["none.mp3"], 7, "cannot verify none.mp3: there is no such file"),
        (["tiny.yaml"], 7, "tiny.yaml can't be decoded"),
        (["x.mp3", "--pace", "slow"], 2, "name it too"),
        (["x.mp3", "no-such-routine"], 3, "no-such-routine"),
        (["x.mp3", "tiny.yaml", "--pace", "odd"], 2, "odd"),
    ],
)
def test_a_mistake_is_one_line(
    arguments: list[str], code: int, says: str, folder: Path, cache: Path
) -> None:
    done = run("verify", *arguments, cwd=folder, cache=cache)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
