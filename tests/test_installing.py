"""The command that puts a package beside audiocoach, in each kind of environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.installing import command_for


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/h/.local/share/pipx/venvs/audiocoach", "pipx inject audiocoach 'x>=1'"),
        ("/h/.local/share/uv/tools/audiocoach", "uv tool install audiocoach --with 'x>=1'"),
        ("/usr", "python3 -m pip install 'x>=1'"),
        ("/h/a", "/h/a/bin/python -m pip install 'x>=1'"),
        ("/h/my env", "'/h/my env/bin/python' -m pip install 'x>=1'"),
    ],
)
def test_the_environment_decides(prefix: str, command: str) -> None:
    python = f"{prefix}/bin/python"
    assert command_for("x>=1", prefix=prefix, base="/usr", executable=python) == command


def test_one_made_by_uv_has_no_pip(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nuv = 0.13.8\n")
    given = {"prefix": str(tmp_path), "base": "/usr", "executable": str(tmp_path / "bin/python")}
    assert command_for("x", **given) == f"uv pip install --python '{tmp_path}/bin/python' 'x'"
    (tmp_path / "lib/python3.12/site-packages/pip").mkdir(parents=True)
    assert command_for("x", **given) == f"{tmp_path}/bin/python -m pip install 'x'"
