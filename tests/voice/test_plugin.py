"""The package of docs/voices.md, word for word: installed by pip, found, and heard."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import soundfile
from running import PATIENCE, ROOT, run

BLOCK = re.compile(r"`(\w+\.\w+)`:\n\n```\w+\n(.*?)```", re.DOTALL)


def example() -> dict[str, str]:
    """The files of the example, by name."""
    files = dict(BLOCK.findall((ROOT / "docs" / "voices.md").read_text("utf-8")))
    assert set(files) == {"audiocoach_tone.py", "pyproject.toml"}
    return files


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed package, as in site-packages."""
    source = tmp_path_factory.mktemp("source")
    target = tmp_path_factory.mktemp("installed")
    for name, text in example().items():
        (source / name).write_text(text, encoding="utf-8")
    if find_spec("hatchling"):
        offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile"]
        pip = [sys.executable, "-m", "pip", "install", *offline, "--target", str(target)]
        subprocess.run([*pip, str(source)], check=True, capture_output=True, timeout=PATIENCE)
    else:
        by_hand(source, target)
    return target


def by_hand(source: Path, target: Path) -> None:
    """What pip makes of the package, where its build backend is not installed."""
    (module,) = source.glob("*.py")
    (target / module.name).write_bytes(module.read_bytes())
    project = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
    info = target / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(metadata)
    points = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in named.items())
        for group, named in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(points))


def audiocoach(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), str(installed)])
    return run(*arguments, cwd=cwd, cache=cwd / "cache", PYTHONPATH=path)


def test_the_package_speaks_a_whole_session_of_exactly_20_minutes(
    installed: Path, tmp_path: Path
) -> None:
    ran = audiocoach(installed, tmp_path, "build", "--voice", "tone", "-o", "tone.mp3")
    assert ran.returncode == 0, ran.stderr
    assert "tone:440" in ran.stderr
    assert "Warning" not in ran.stderr
    assert soundfile.info(tmp_path / "tone.mp3").frames == 20 * 60 * 48_000


def test_its_own_error_is_one_line_and_exit_code_5(installed: Path, tmp_path: Path) -> None:
    ran = audiocoach(installed, tmp_path, "build", "--voice", "tone:high")
    assert ran.returncode == 5
    assert ran.stderr == "audiocoach: tone has no voice 'high'; write a pitch: --voice tone:440\n"


def test_a_misspelt_name_leads_to_it(installed: Path, tmp_path: Path) -> None:
    ran = audiocoach(installed, tmp_path, "build", "--voice", "tome")
    assert ran.returncode == 5
    assert "did you mean tone?" in ran.stderr
