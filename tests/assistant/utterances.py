"""The utterances of `utterances.toml` and `strangers.toml`, each with what it means.

For every assistant's test.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from audiocoach.remote import Intent

PEOPLE: Final = "utterances"
STRANGERS: Final = "strangers"


def utterances(language: str, who: str = PEOPLE) -> tuple[tuple[str, Intent | None], ...]:
    """What they say in a language, and what it means; None for what must not be taken."""
    file = Path(__file__).with_name(f"{who}.toml")
    table = tomllib.loads(file.read_text("utf-8"))[language]
    return tuple(
        (said, None if name == "none" else Intent(name))
        for name, all_ in table.items()
        for said in all_
    )
