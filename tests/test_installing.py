"""The command that puts a package beside audiocoach, in each kind of environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach import installing
from audiocoach.installing import command_for, extra_command


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
    assert command_for(["x>=1"], prefix=prefix, base="/usr", executable=python) == command


def test_one_made_by_uv_has_no_pip(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nuv = 0.13.8\n")
    given = {"prefix": str(tmp_path), "base": "/usr", "executable": f"{tmp_path}/bin/python"}
    assert command_for(["x"], **given) == f"uv pip install --python '{tmp_path}/bin/python' 'x'"
    (tmp_path / "lib/python3.12/site-packages/pip").mkdir(parents=True)
    assert command_for(["x"], **given) == f"{tmp_path}/bin/python -m pip install 'x'"


def test_uv_is_told_again_where_audiocoach_came_from() -> None:
    tool = {"prefix": "/h/uv/tools/audiocoach", "base": "/usr", "executable": "python"}
    asked = command_for(["x>=1"], **tool, source="/h/check out")
    assert asked == "uv tool install '/h/check out' --with 'x>=1'"
    asked = command_for(["audiocoach[serve]"], **tool, source="/h/out")
    assert asked == "uv tool install '/h/out[serve]'"


def test_an_extra_is_named_where_installers_know_audiocoach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installing, "_is_installed", lambda: True)
    assert extra_command("m4b", "play").endswith("pip install 'audiocoach[m4b,play]'")


def test_in_a_checkout_what_an_extra_brings_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_is_installed", lambda: False)
    assert extra_command("serve").endswith("-m pip install 'segno>=1.6' 'uvicorn>=0.40'")
    assert "python_version" not in extra_command("alexa")
    monkeypatch.setattr(installing, "_PROJECT", Path("none.toml"))
    assert extra_command("serve").endswith("pip install 'audiocoach[serve]'")
