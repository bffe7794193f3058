"""The lock files: names, versions, markers and hashes of all we depend on, no more."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
HEARING = ROOT / "requirements-hear.lock"
LOCKS = (RUNTIME, DEVELOPMENT, HEARING)
HOME_ASSISTANT = ROOT / "requirements-homeassistant.lock"
OVOS = ROOT / "requirements-ovos.lock"
PACKAGE = ROOT / "requirements-package.lock"
"""Each of an environment of its own."""
OTHERS = (OVOS, HOME_ASSISTANT, PACKAGE)

PIN = re.compile(r"([a-z0-9-]+)==([0-9][a-z0-9.!]*)(?: ; [\w '().<>=!*]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
COMMENT = "# Made by scripts/lock from pyproject.toml."
FROM_SOURCE = re.compile(r"--no-binary [a-z0-9-]+|--only-binary :all:")


def pins(lock: Path) -> set[tuple[str, str]]:
    lines = lock.read_text("utf-8").splitlines()
    return {(pin[1], pin[2]) for line in lines if (pin := PIN.fullmatch(line))}


def wanted() -> list[list[Requirement]]:
    """What each lock has to hold, beside what those before it hold."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = pyproject["dependency-groups"]
    texts = (pyproject["project"]["dependencies"], groups["dev"], groups["hear"])
    return [[Requirement(text) for text in each] for each in texts]


@pytest.mark.parametrize("lock", [*LOCKS, *OTHERS], ids=lambda lock: lock.name)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: Path) -> None:
    first, *lines = lock.read_text("utf-8").splitlines()
    assert first == COMMENT
    if lock not in LOCKS:
        lines = [line for line in lines if not FROM_SOURCE.fullmatch(line)]
    odd = [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))]
    assert not odd
    followed_by = zip(lines, [*lines[1:], ""], strict=True)
    bare = [line for line, after in followed_by if PIN.fullmatch(line) and not HASH.match(after)]
    assert not bare
    assert PIN.fullmatch(lines[0])


def test_each_dependency_is_locked_at_a_version_it_allows() -> None:
    requirements: list[Requirement] = []
    for lock, more in zip(LOCKS, wanted(), strict=True):
        requirements += more
        for requirement in requirements:
            name = canonicalize_name(requirement.name)
            versions = [version for pinned, version in pins(lock) if pinned == name]
            allowed = [version for version in versions if requirement.specifier.contains(version)]
            assert allowed, f"{lock.name} lacks {requirement}: run scripts/lock"


def test_what_tests_an_assistant_is_locked_at_the_versions_that_passed() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    texts = (*pyproject["project"]["dependencies"], *pyproject["dependency-groups"]["ovos"])
    for requirement in map(Requirement, texts):
        name = canonicalize_name(requirement.name)
        versions = [version for pinned, version in pins(OVOS) if pinned == name]
        assert any(requirement.specifier.contains(each, prereleases=True) for each in versions)


def test_one_environment_can_serve_every_lock() -> None:
    assert pins(RUNTIME) < pins(DEVELOPMENT) < pins(HEARING)
