"""The routines that come with audiocoach: where they are. It imports nothing, for completion."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def bundled() -> list[tuple[str, Traversable]]:
    """The routines that come with audiocoach: name and file, by name."""
    found = (files("audiocoach.routine") / "library").iterdir()
    return sorted(
        ((file.name.removesuffix(".yaml"), file) for file in found if file.name.endswith(".yaml")),
        key=lambda pair: pair[0],
    )
