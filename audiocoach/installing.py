"""How to install packages next to audiocoach, in the environment it runs in."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

NAME: Final = "audiocoach"
_PROJECT: Final = Path(__file__).resolve().parents[1] / "pyproject.toml"
"""Of a checkout; there is none beside an installed package."""


def install_command(*requirements: str) -> str:
    """The command to type here: by pipx, by uv, or by the pip of this very environment."""
    return command_for(
        requirements,
        prefix=sys.prefix,
        base=sys.base_prefix,
        executable=sys.executable,
        source=_source(),
    )


def extra_command(*extras: str) -> str:
    """The command that installs what these extras of audiocoach contain."""
    if _is_installed():
        return install_command(f"{NAME}[{','.join(extras)}]")
    return install_command(*(each for extra in extras for each in _of_checkout(extra)))


def command_for(
    requirements: Sequence[str], *, prefix: str, base: str, executable: str, source: str = NAME
) -> str:
    """The same for an environment at `prefix`, made from the Python at `base`.

    `source` is where audiocoach itself was installed from: its name, or a folder.
    """
    parts = Path(prefix).parts
    wanted = " ".join(f"'{each}'" for each in requirements)
    if "pipx" in parts and "venvs" in parts:
        return f"pipx inject {NAME} {wanted}"
    if "uv" in parts and "tools" in parts:
        extras = [each.removeprefix(NAME) for each in requirements if each.startswith(f"{NAME}[")]
        others = [each for each in requirements if not each.startswith(f"{NAME}[")]
        again = f"'{source}{extras[0]}'" if extras else shlex.quote(source)
        return " ".join(["uv tool install", again, *(f"--with '{each}'" for each in others)])
    if prefix == base:
        return f"python3 -m pip install {wanted}"
    made_by_uv = _says(Path(prefix) / "pyvenv.cfg", "uv =")
    if made_by_uv and not any(Path(prefix).glob("[Ll]ib*/**/site-packages/pip")):
        return f"uv pip install --python '{executable}' {wanted}"
    quoted = f"'{executable}'" if " " in executable else executable
    return f"{quoted} -m pip install {wanted}"


def _says(file: Path, begin: str) -> bool:
    try:
        return any(line.startswith(begin) for line in file.read_text("utf-8").splitlines())
    except (OSError, ValueError):
        return False


@cache
def _is_installed() -> bool:
    """Whether installers know audiocoach: what scripts/build makes, they do not."""
    try:
        distribution(NAME)
    except PackageNotFoundError:
        return False
    return True


def _source() -> str:
    """The folder that audiocoach was installed from, or its name (PEP 610)."""
    try:
        told = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return NAME
    place = urlsplit(str(told.get("url", "")))
    return unquote(place.path) if place.scheme == "file" else NAME


def _of_checkout(extra: str) -> tuple[str, ...]:
    """What an extra brings, as the checkout says it."""
    import tomllib

    try:
        project = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]
        brought = project["optional-dependencies"][extra]
        return tuple(each.partition(";")[0].strip() for each in brought)
    except (OSError, ValueError, KeyError):
        return (f"{NAME}[{extra}]",)
