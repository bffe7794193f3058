"""What docs/dependencies.md says that the packages take once they are installed."""

from __future__ import annotations

import platform
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
THE_SAME = (platform.system(), platform.machine(), sys.version_info[:2])
MB = 1e6


def size_of(package: str) -> int:
    """The files that a package brings, without the bytecode that Python adds."""
    found = distribution(package)
    paths = [Path(str(found.locate_file(file))) for file in found.files or ()]
    return sum(path.stat().st_size for path in paths if path.suffix != ".pyc" and path.is_file())


@pytest.mark.skipif(
    THE_SAME != ("Linux", "x86_64", (3, 11)), reason="other wheels have other sizes"
)
def test_the_installed_size_is_the_one_written_down() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    said = re.search(r"Installed they take (\d+) MB, of which (\d+) are the bytecode", text)
    assert said
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [Requirement(line.removesuffix("\\")) for line in lines if re.match(r"[a-z]", line)]
    sizes = {pin.name: size_of(pin.name) for pin in pins if not pin.marker or pin.marker.evaluate()}
    assert abs(sum(sizes.values()) / MB - (int(said[1]) - int(said[2]))) < 1.5
