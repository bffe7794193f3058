"""The affected side: unknown in a file, known in a session."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from running import PATIENCE, command, environment, run

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.errors import AffectedSideError
from audiocoach.routine.load import loads
from audiocoach.routine.select import select
from audiocoach.routine.values import Side

REAL = {
    ("affected", "right"): "right",
    ("affected", "left"): "left",
    ("unaffected", "right"): "left",
    ("unaffected", "left"): "right",
    ("affected-then-unaffected", "right"): "right-then-left",
    ("affected-then-unaffected", "left"): "left-then-right",
    ("unaffected-then-affected", "right"): "left-then-right",
    ("unaffected-then-affected", "left"): "right-then-left",
}


def text(sides: str, language: str = "en") -> str:
    return (
        f"title: Knee\nlanguage: {language}\nexercises:\n"
        f"  - {{name: raise, sides: {sides}, limb: leg, reps: 2, hold: 2s}}\n"
        "  - rounds: 2\n"
        f"    exercises: [{{name: slide, sides: {sides}, work: 5s}}, {{name: stand, hold: 3s}}]\n"
    )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("sides", "affected"), REAL)
def test_it_is_heard_as_the_real_side(sides: str, affected: Side, language: str) -> None:
    known = select(loads(text(sides, language)), affected=affected)
    real = loads(text(REAL[sides, affected], language))
    assert compile_script(known) == compile_script(real)
    assert not known.change.sides  # the user chose nothing else than was prescribed


def test_a_routine_without_it_is_the_very_same() -> None:
    routine = loads(text("right-then-left"))
    assert select(routine, affected="left") is routine


def test_the_other_flags_know_the_real_side() -> None:
    both = select(loads(text("affected")), affected="left", sides="both")
    assert {each.sides.value for each in both.all_exercises()} == {"left-then-right", "both"}


def test_nobody_guesses() -> None:
    with pytest.raises(AffectedSideError) as caught:
        compile_script(loads(text("affected"), name="knee.yaml"))
    assert str(caught.value) == (
        "knee.yaml:4:19: raise: sides: 'affected' needs to know which side that is; "
        "choose with --affected right or --affected left"
    )


# -- as a command ----------------------------------------------------------------------


@pytest.fixture
def knee(tmp_path: Path) -> Path:
    file = tmp_path / "knee.yaml"
    file.write_text(text("affected"), "utf-8")
    return file


def test_the_flag_says_it_and_check_needs_none(knee: Path) -> None:
    folder = knee.parent
    cache = folder / "cache"
    told = run("preview", knee, "--affected", "left", "--voice", "espeak", cwd=folder, cache=cache)
    assert (told.returncode, told.stderr) == (0, "")
    name = phrases_for("en").inline("side-name", side="left", limb="leg")
    assert f"One side only: {name}." in told.stdout
    checked = run("check", knee, cwd=folder, cache=cache)
    assert checked.returncode == 0
    assert "sides affected" in checked.stdout
    silent = run("preview", knee, "--voice", "espeak", cwd=folder, cache=cache)
    assert silent.returncode == 3
    assert "--affected right or --affected left" in silent.stderr


@pytest.mark.skipif(os.name != "posix", reason="POSIX terminals")
def test_it_is_asked_for_in_a_terminal(knee: Path) -> None:
    folder = knee.parent
    arguments = command("preview", knee, "--voice", "espeak", "-o", folder / "sheet.txt")
    master, slave = os.openpty()
    os.write(master, b"left\n")
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env=environment(folder / "cache", TERM="xterm"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    code = process.wait(PATIENCE)
    seen = os.read(master, 65_536)
    for end in (master, slave):
        os.close(end)
    assert code == 0, seen
    assert b"Which side is the affected one (right, left)" in seen
    assert "One side only: left leg." in (folder / "sheet.txt").read_text("utf-8")
