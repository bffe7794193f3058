"""The first page shows what the program does: its picture, its first minute, its output.

After a change that is meant, look at the difference and make them anew with
`UPDATE_GOLDEN=1 scripts/test tests/docs/test_readme.py`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "images" / "foot-relief.svg"
NOTHING_ADDED = {
    "AUDIOCOACH_VOICE": "",
    "AUDIOCOACH_PIPER_PACKAGES": "0",
    "AUDIOCOACH_VOICES": "none",
}
"""Neither a voice nor a package with one."""
_BLOCK = r"(```{}\n)(.*?)(^```$)"


@pytest.fixture(scope="module")
def run(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(cache, tmp_path_factory.mktemp("readme"))


class Run:
    """The program as a reader of the page runs it, but with the embedded voice."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "AUDIOCOACH_CACHE": str(cache),
            "AUDIOCOACH_VOICE": "espeak",
            "COLUMNS": "80",
            "PYTHONPATH": str(ROOT),
        }

    def __call__(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "audiocoach", *words],
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=True,
        )


def shown(language: str, number: int, now: str) -> str:
    """The block of that language and number on the page; with `UPDATE_GOLDEN`, set to `now`."""
    page = README.read_text("utf-8")
    blocks = re.finditer(_BLOCK.format(language), page, re.MULTILINE | re.DOTALL)
    block = list(blocks)[number]
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(page[: block.start(2)] + now + page[block.end(2) :], encoding="utf-8")
        return now
    return block[2]


def test_the_picture_is_what_is_drawn(run: Run) -> None:
    drawn = run("preview", "--format", "svg").stdout
    if os.environ.get("UPDATE_GOLDEN"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text("utf-8") == drawn


def test_the_first_minute_is_what_is_said(run: Run) -> None:
    sheet = run("preview").stdout.splitlines(keepends=True)
    begins = next(place for place, line in enumerate(sheet) if "Welcome." in line)
    said = [line for line in sheet[begins:] if re.match(r" +\d+:\d\d", line)]
    now = "".join(takewhile(lambda line: line.lstrip().startswith("0:"), said))
    assert shown("text", 0, now) == now


def test_the_example_is_built_as_shown(run: Run) -> None:
    page = README.read_text("utf-8")
    (routine,) = re.findall(_BLOCK.format("yaml"), page, re.MULTILINE | re.DOTALL)
    (run.folder / "calves.yaml").write_text(routine[1], encoding="utf-8")
    (line,) = re.findall(r"^audiocoach (build calves\.yaml .*)$", page, re.MULTILINE)
    now = run(*line.split(), **NOTHING_ADDED).stderr
    path = r"('[^']+'|\S+)( -m )?audiocoach|'[^']+audiocoach'"  # a folder may have a space
    now = re.sub(rf"({path})(?= (play|voices) )", "audiocoach", now)  # as installed
    assert shown("text", 1, now) == now
