"""What a user may get wrong: one clear line each, the documented exit code, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from running import PATIENCE, call, environment, files, run, tiny
from strategies import sized

CODES = (USAGE, ROUTINE, LENGTH, VOICE, FILE) = (2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Mistake:
    """A command line, its exit code, and words the message must hold."""

    line: str
    code: int
    words: tuple[str, ...]
    lines: int = 1

    @property
    def arguments(self) -> list[str]:
        return self.line.split()


MISTAKES = [
    Mistake("build nonsense", ROUTINE, ("'nonsense'", "foot-care, foot-relief")),
    Mistake("build foot-releif", ROUTINE, ("Did you mean 'foot-relief'",)),
    Mistake("build ./none.yaml", ROUTINE, ("none.yaml", "no such file")),
    Mistake("build ./a.folder", ROUTINE, ("a.folder", "folder")),
    Mistake("build ./empty.yaml", ROUTINE, ("empty.yaml:1:1:", "empty")),
    Mistake("build ./large.yaml", ROUTINE, ("large.yaml", "5.0 MB")),
    Mistake("build ./binary.yaml", ROUTINE, ("binary.yaml:1:1:", "UTF-8")),
    Mistake("build ./several.yaml", ROUTINE, ("several.yaml:2:11:", "several.yaml:5:11:"), lines=2),
    Mistake("check ./several.yaml", ROUTINE, ("several.yaml:2:11:", "several.yaml:5:11:"), lines=2),
    Mistake("preview nonsense", ROUTINE, ("'nonsense'",)),
    Mistake("routines show nonsense", ROUTINE, ("'nonsense'",)),
    Mistake("routines copy nonsense x.yaml", ROUTINE, ("'nonsense'",)),
    Mistake("build tiny.yaml --only lunge", ROUTINE, ("'lunge'", "1 wall sit, 2 heel raise")),
    Mistake("build tiny.yaml --only 3", ROUTINE, ("'3'", "1 wall sit, 2 heel raise")),
    Mistake("build tiny.yaml --skip heel-rise", ROUTINE, ("did you mean 'heel raise'",)),
    Mistake("build tiny.yaml --skip 1 --skip 2", ROUTINE, ("no exercise is left",)),
    Mistake("build tiny.yaml -d 10h", LENGTH, ("10:00:00", "can last from", "--rounds")),
    Mistake("build tiny.yaml -d 10min", LENGTH, ("10:00", "can last from", "--rounds")),
    Mistake("preview tiny.yaml -d 1s", LENGTH, ("0:01", "can last from", "--skip")),
    Mistake("build tiny.yaml --voice nobody", VOICE, ("'nobody'", "espeak")),
    Mistake("build tiny.yaml --voice espeak:xx-nobody", VOICE, ("'xx-nobody'", "en-us")),
    Mistake("build tiny.yaml --voice espeak:en+nobody", VOICE, ("nobody",)),
    Mistake("build tiny.yaml --rate 9", USAGE, ("between 0.5 and 2.0",)),
    Mistake("build tiny.yaml --rate 0", USAGE, ("between 0.5 and 2.0",)),
    Mistake("build tiny.yaml --rate nan", USAGE, ("between 0.5 and 2.0",)),
    Mistake("build tiny.yaml -o a.folder", FILE, ("a.folder", "it is a folder")),
    Mistake("build tiny.yaml -o tiny.yaml/x.mp3", FILE, ("tiny.yaml is a file",)),
    Mistake("build tiny.yaml -o /dev/null", FILE, ("/dev/null", "not a regular file")),
    Mistake("build tiny.yaml -o /proc/none/x.mp3", FILE, ("cannot write /proc/none/x.mp3",)),
    Mistake(f"build tiny.yaml -o {'x' * 300}.mp3", FILE, ("File name too long",)),
    Mistake("preview tiny.yaml -o a.folder", FILE, ("it is a folder",)),
    Mistake("routines copy foot-care tiny.yaml", FILE, ("tiny.yaml exists already",)),
    Mistake("routines copy foot-care tiny.yaml/x", FILE, ("tiny.yaml is a file",)),
    Mistake("build tiny.yaml -d bad", USAGE, ("--duration", "'bad'", "natural"), lines=0),
    Mistake("build tiny.yaml -d 20", USAGE, ("--duration", "no unit"), lines=0),
    Mistake("build tiny.yaml -d 0s", USAGE, ("--duration", "empty"), lines=0),
    Mistake("build tiny.yaml --pace fast", USAGE, ("--pace", "slow", "normal", "brisk"), lines=0),
    Mistake("build tiny.yaml --rounds 0", USAGE, ("--rounds",), lines=0),
    Mistake("build tiny.yaml --rounds 101", USAGE, ("--rounds",), lines=0),
    Mistake("build tiny.yaml --rate fast", USAGE, ("--rate",), lines=0),
    Mistake("build tiny.yaml --bogus", USAGE, ("--bogus",), lines=0),
    Mistake("bogus", USAGE, ("bogus",), lines=0),
    Mistake("check", USAGE, ("name one routine to check",)),
    Mistake("check --all", USAGE, ("or none and --told --all",)),
    Mistake("check tabata --told --all", USAGE, ("or none and --told --all",)),
]

SEVERAL = """\
title: Several
language: "English, please"
exercises:
  - name: squat
    reps: many
    hold: 3s
"""
HUGE = """\
title: Huge
language: en
exercises:
  - rounds: 100
    exercises:
      - {name: squat, sets: 1000, reps: 1000, hold: 3s}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files the command lines above speak of."""
    folder = tmp_path_factory.mktemp("mistakes")
    tiny(folder)
    (folder / "a.folder").mkdir()
    (folder / "empty.yaml").touch()
    (folder / "large.yaml").write_bytes(b"a" * 5_000_000)
    (folder / "binary.yaml").write_bytes(bytes(range(128, 256)) * 20)
    (folder / "several.yaml").write_text(SEVERAL)
    return folder


def assert_told(mistake: Mistake, done: CompletedProcess[str]) -> None:
    assert done.returncode == mistake.code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in mistake.words:
        assert word in done.stderr
    if mistake.lines:
        assert len(done.stderr.splitlines()) == mistake.lines, done.stderr
        assert all(line.strip() == line for line in done.stderr.splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and /dev are as on Linux")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.line[:60])
def test_a_mistake_is_told_in_a_line(mistake: Mistake, folder: Path, cache: Path) -> None:
    before = files(folder)
    assert_told(mistake, call(*mistake.arguments, cwd=folder, cache=cache, COLUMNS="500"))
    assert files(folder) == before


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and /dev are as on Linux")
def test_a_process_of_its_own_tells_it_as_well(folder: Path, cache: Path) -> None:
    def process(mistake: Mistake) -> CompletedProcess[str]:
        return run(*mistake.arguments, cwd=folder, cache=cache, COLUMNS="500")

    by_code = ([mistake for mistake in MISTAKES if mistake.code == code] for code in CODES)
    some = [mistake for mistakes in by_code for mistake in mistakes[:: sized(12, 3)]]
    assert {mistake.code for mistake in some} == set(CODES)
    with ThreadPoolExecutor(2) as pool:
        for mistake, done in zip(some, pool.map(process, some), strict=True):
            assert_told(mistake, done)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_in(tmp_path: Path) -> None:
    tiny(tmp_path)
    (tmp_path / "closed").mkdir(mode=0o500)
    done = run("build", "tiny.yaml", "-o", "closed/x.mp3", cwd=tmp_path, cache=tmp_path / "cache")
    assert done.returncode == FILE
    assert done.stderr.count("\n") == 1
    assert "cannot write closed/x.mp3: Permission denied" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is kept by Linux")
def test_a_routine_that_unfolds_hugely_is_refused_in_little_memory(tmp_path: Path) -> None:
    """A hundred million reps: refused, by a process that may have 512 MB of addresses."""
    tiny(tmp_path, HUGE)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29)); "
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{limit}from audiocoach.cli import main; main()",
            "check",
            "tiny.yaml",
        ],
        cwd=tmp_path,
        env=environment(tmp_path / "cache"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == ROUTINE
    assert done.stderr.count("\n") == 1
    assert "lower rounds, sets or reps" in done.stderr


# Whatever a routine says, it is said or refused; a terminal is never written to raw.

HOSTILE = {
    "tags": "<speak><break time='10h'/>Lift</speak> &amp; [[h@l'oU]]",
    "a bell": '"Lift \\x07"',
    "an escape": '"\\x1b[31mLift"',
    "a nul": '"Li\\0ft"',
    "an emoji": "🦶",
    "words and emoji": "Lift 🦶 now",
    "right to left": '"Lift \\u200f now \\u200e"',
    "an override": '"\\u202eLift"',
    "Arabic": "ارفع قدمك",
    "half a letter": '"Lift \\ud83e"',
    "braces": "'Lift {name} {0} {'",
    "percent": "Lift %s %(x)d 100%",
    "dashes": "--help -v",
    "a long sentence": "word " * 390,
    "a long word": "a" * 2000,
    "many digits": "9" * 1990,
    "only stops": "'... 1 ...'",
}
SPOKEN = {"tags", "words and emoji", "right to left", "Arabic", "braces", "percent", "dashes"}
"""Those that are spoken; of the others each may be refused."""


def hostile(where: str, text: str) -> str:
    """A routine with the text as name, movement, or word on the beat."""
    fields = {"name": "squat", "movement": "Move.", "go": "Go"} | {where: text}
    lines = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return f"title: Hostile\nlanguage: en\nexercises:\n  -\n{lines}    hold: 1s\n"


@pytest.mark.parametrize("where", ["name", "movement"])
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_is_said_or_refused(
    tmp_path: Path, cache: Path, what: str, where: str
) -> None:
    tiny(tmp_path, hostile(where, HOSTILE[what]))
    done = call("build", "tiny.yaml", "-o", "x.mp3", cwd=tmp_path, cache=cache)
    assert done.stderr.replace("\n", "").isprintable()
    if what in SPOKEN:
        assert done.returncode == 0, done.stderr
    elif done.returncode:
        assert done.returncode in (ROUTINE, VOICE)
        assert done.stderr.count("\n") == 1
    assert files(tmp_path) == {"tiny.yaml"} | ({"x.mp3"} if done.returncode == 0 else set())
