"""What is true of every file in the repository, and of the wheel made from it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Where packages come from, and where a machine keeps its files, is no business of ours.
FOREIGN = re.compile(
    r"pypi\.(?:org|python)|pythonhosted\.|anaconda\.(?:org|com)"
    r"|--(?:extra-)?index-(?:url)|--find-(?:links)|file:/{2,}"
    r"|(?<![\w.~-])/(?:root|work|home|Users)/"
)


def files() -> list[Path]:
    """Every file that is, or would be, committed."""
    listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = [git, "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *listing]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8", "ignore").splitlines(), start=1)
        if FOREIGN.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "from https://pypi" + ".org/simple",
        "--index" + "-url x",
        "cd /ro" + "ot/x",
        "at '/wo" + "rk/main'",
    ],
)
def test_the_search_for_hosts_and_paths_finds_them(line: str) -> None:
    assert FOREIGN.search(line)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel"]
    subprocess.run([*build, "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_holds_every_file_of_the_package(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "audiocoach"
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == ours
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_the_long_description_leads_nowhere_in_a_checkout(built: Path) -> None:
    """A package index shows it where there are neither our pages nor our pictures."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata["Author"] == "The audiocoach maintainers"
    text = str(metadata.get_payload())
    assert "# audiocoach" in text
    assert "all settings" in text  # the words of a link
    assert not re.search(r"\]\((?!https?:)", text)


def test_the_source_distribution_builds_what_the_checkout_does(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {each.partition("/")[2] for each in archive.getnames()}
    assert {"hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "scripts/build"} <= names
    package = ROOT / "audiocoach"
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours <= names
