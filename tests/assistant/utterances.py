"""The utterances of `utterances.toml`, each with what it means; for every assistant's test."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from audiocoach.remote import Intent

_FILE: Final = Path(__file__).with_suffix(".toml")


def utterances(language: str) -> tuple[tuple[str, Intent | None], ...]:
    """What is said in a language, and what it means; None for what must not be taken."""
    table = tomllib.loads(_FILE.read_text("utf-8"))[language]
    return tuple(
        (said, None if name == "none" else Intent(name))
        for name, all_ in table.items()
        for said in all_
    )
