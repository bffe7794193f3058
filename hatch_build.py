"""The long description of the package: the README without what leads nowhere outside a checkout."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_IMAGE = re.compile(r"^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")


def described(readme: str) -> str:
    """The page with the words of each link into the checkout, and without its pictures."""
    return _LINK.sub(r"\1", _IMAGE.sub("", readme))


class CustomMetadataHook(MetadataHookInterface):
    """Gives the metadata its readme."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set what pyproject.toml calls dynamic."""
        text = Path(self.root, "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": described(text)}
