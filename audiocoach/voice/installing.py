"""How a package is put beside audiocoach in the environment that it runs in."""

from __future__ import annotations

import sys
from pathlib import Path


def install_command(requirement: str) -> str:
    """The command to type here: by pipx, by uv, or by the pip of this very environment."""
    return command_for(
        requirement, prefix=sys.prefix, base=sys.base_prefix, executable=sys.executable
    )


def command_for(requirement: str, *, prefix: str, base: str, executable: str) -> str:
    """The same for an environment at `prefix`, made from the Python at `base`."""
    parts = Path(prefix).parts
    if "pipx" in parts and "venvs" in parts:
        return f"pipx inject audiocoach '{requirement}'"
    if "uv" in parts and "tools" in parts:
        return f"uv tool install audiocoach --with '{requirement}'"
    if prefix == base:
        return f"python3 -m pip install '{requirement}'"
    made_by_uv = _says(Path(prefix) / "pyvenv.cfg", "uv =")
    if made_by_uv and not any(Path(prefix).glob("[Ll]ib*/**/site-packages/pip")):
        return f"uv pip install --python '{executable}' '{requirement}'"
    quoted = f"'{executable}'" if " " in executable else executable
    return f"{quoted} -m pip install '{requirement}'"


def _says(file: Path, begin: str) -> bool:
    try:
        return any(line.startswith(begin) for line in file.read_text("utf-8").splitlines())
    except (OSError, ValueError):
        return False
