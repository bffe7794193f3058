"""What only some need stays out of `pip install audiocoach`."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from running import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pulled(wanted: list[str]) -> set[str]:
    """The packages that come with these, and with what they need themselves."""
    found: set[str] = set()
    left = [(Requirement(each), frozenset({""})) for each in wanted]
    while left:
        need, extras = left.pop()
        name = canonicalize_name(need.name)
        fits = need.marker is None or any(need.marker.evaluate({"extra": e}) for e in extras)
        if fits and name not in found:
            found.add(name)
            left += [(Requirement(e), frozenset({"", *need.extras})) for e in requires(name) or []]
    return found


def test_the_package_alone_brings_nothing_of_an_extra() -> None:
    alone = pulled(PROJECT["dependencies"])
    assert {"typer", "gtts", "pydub", "numpy"} < alone
    extras = PROJECT["optional-dependencies"]
    assert {"serve", "m4b", "play", "alexa", "ovos", "kokoro", "piper"} <= set(extras)
    of_extras = {canonicalize_name(Requirement(e).name) for each in extras.values() for e in each}
    assert not alone & of_extras
    assert not alone & {"starlette", "h11", "onnxruntime", "pyav", "cryptography"}
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}
    assert alone <= pinned
    assert not pinned & of_extras
