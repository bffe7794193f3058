"""scripts/build and scripts/test set everything up themselves, and say what is missing.

They run here in a small tree of their own, with a stand-in package and locks that need
no index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKING = "making the environment (once)…"
NO_PINS = "# Made by scripts/lock from pyproject.toml.\n"
STAND_IN = """
import os, sys
print("ran", *sys.argv[1:], os.environ["AUDIOCOACH_OUTPUT"], os.getcwd(), sep="|")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell scripts")


class Tree:
    """A checkout in little, in a folder with a space and a letter that is not ASCII."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checköut"
        self.path = folder / "bin"
        self.elsewhere = folder / "elsewhere"
        for made in (self.path, self.elsewhere, self.root / "audiocoach"):
            made.mkdir(parents=True)
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        self.lock("requirements.lock", "")
        self.lock("requirements-dev.lock", "")
        (self.root / "audiocoach" / "__init__.py").touch()
        (self.root / "audiocoach" / "__main__.py").write_text(STAND_IN)
        for tool in ("dirname", "sed"):
            found = shutil.which(tool)
            assert found
            (self.path / tool).symlink_to(found)

    def lock(self, name: str, pins: str) -> None:
        (self.root / name).write_text(NO_PINS + pins)

    def python(self, name: str, command: str) -> None:
        """Put a `python3` of some kind on the PATH. PYTHONPATH may bring it to its knees."""
        script = self.path / name
        script.write_text(f"#!/bin/sh\n{command}\n")
        script.chmod(0o755)

    def sabotaged(self, name: str, module: str, code: str) -> None:
        """A Python that runs `code` when it imports `module`."""
        saboteur = self.path / f"modules of {name}"
        saboteur.mkdir()
        (saboteur / f"{module}.py").write_text(code)
        real = Path(sys.base_prefix, "bin", "python3")
        self.python(name, f"PYTHONPATH='{saboteur}' exec '{real}' \"$@\"")

    def start(self, script: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.root / "scripts" / script), *arguments],
            cwd=self.elsewhere,
            env={"PATH": str(self.path), "LC_ALL": "C", **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
        )

    def run(self, script: str, *arguments: str, **variables: str) -> tuple[int, str, str]:
        process = self.start(script, *arguments, **variables)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


@pytest.mark.parametrize("script", ["build", "test"])
def test_without_python_it_says_so_in_one_line(tree: Tree, script: str) -> None:
    code, _, err = tree.run(script)
    assert code != 0
    assert err.startswith("audiocoach: no Python was found")
    assert err.count("\n") == 1


def test_a_python_that_is_too_old_is_named_with_what_is_needed(tree: Tree) -> None:
    tree.sabotaged("python3", "sitecustomize", "import sys\nsys.version_info = (3, 9, 2)\n")
    code, _, err = tree.run("build")
    assert code != 0
    assert err.startswith("audiocoach: Python 3.11 or newer is needed, and only 3.9 was found")
    assert err.count("\n") == 1


def test_a_missing_venv_module_is_named_with_the_package_to_install(tree: Tree) -> None:
    tree.sabotaged("python3", "ensurepip", "raise ImportError\n")
    code, _, err = tree.run("test")
    assert code != 0
    assert "lacks the venv module" in err
    assert f"apt install python3.{sys.version_info.minor}-venv" in err
    assert err.count("\n") == 1


def test_python_that_was_asked_for_is_not_silently_replaced(tree: Tree) -> None:
    tree.python("python3", f"exec '{sys.executable}' \"$@\"")
    code, _, err = tree.run("build", PYTHON="/nowhere/python3")
    assert code != 0
    assert err.startswith("audiocoach: PYTHON=/nowhere/python3 does not run")


@pytest.mark.parametrize("version", [(3, 12), (3, 14)])
def test_home_assistant_is_left_out_aloud_where_its_python_is_missing(
    tree: Tree, version: tuple[int, int]
) -> None:
    setting = f"import sys\nsys.version_info = {(*version, 0)}\n"
    tree.sabotaged("python3.13", "sitecustomize", setting)
    (tree.path / "cmp").symlink_to("/bin/false")
    code, _, err = tree.run("assistants", "homeassistant", HOME=str(tree.elsewhere))
    assert code == 69
    assert err.startswith("audiocoach: Home Assistant is tested with Python 3.13, and there is no")
    assert err.count("\n") == 1


def test_the_environment_is_made_once_for_two_at_once_and_mended(tree: Tree) -> None:
    tree.python("python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    tree.python("python3", f"exec '{Path(sys.base_prefix, 'bin', 'python3')}' \"$@\"")

    both = [tree.start("build", "a file.yaml", "--to", name) for name in ("one", "two")]
    outputs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum(err.count(MAKING) for _, err in outputs) == 1
    for name, (out, _) in zip(("one", "two"), outputs, strict=True):
        # The output folder is the checkout's; other paths are relative to the caller.
        where = f"{tree.root / 'output'}|{tree.elsewhere}"
        assert out == f"ran|build|a file.yaml|--to|{name}|{where}\n"

    code, out, err = tree.run("build", AUDIOCOACH_OUTPUT="mine")
    assert (code, err) == (0, "")
    assert "|mine|" in out

    # Nothing listens there. The half-made environment is not trusted afterwards.
    tree.lock("requirements-dev.lock", f"pytest==9.2.0 \\\n    --hash=sha256:{'0' * 64}\n")
    pip = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "1",
    }
    code, _, err = tree.run("test", **pip)
    assert code != 0
    assert err.splitlines()[1:] == ["audiocoach: the package index cannot be reached (needed once)"]
    code, _, err = tree.run("build")
    assert (code, err) == (0, f"audiocoach: {MAKING}\n")
