"""The utterances of `utterances.toml` and `strangers.toml`, each with what it means.

For every assistant's test.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from audiocoach.remote import Intent
from audiocoach.sayings import sayings_for

PEOPLE: Final = "utterances"
STRANGERS: Final = "strangers"
BRIEF: Final = 5
"""Words of a command; who says more has a reason or a question too, and no sentence holds these."""


def utterances(language: str, who: str = PEOPLE) -> tuple[tuple[str, Intent | None], ...]:
    """What they say in a language, and what it means; None for what must not be taken."""
    file = Path(__file__).with_name(f"{who}.toml")
    table = tomllib.loads(file.read_text("utf-8"))[language]
    return tuple(
        (said, None if name == "none" else Intent(name))
        for name, all_ in table.items()
        for said in all_
    )


def naming(language: str, said: tuple[tuple[str, Intent | None], ...]) -> dict[str, Intent]:
    """Those that stop or pause and name the session, briefly: any assistant has to hear them."""
    called = set(sayings_for(language).table["whole"])
    return {
        text: meant
        for text, meant in said
        if meant in (Intent.STOP, Intent.PAUSE)
        and called & set(text.split())
        and len(text.split()) <= BRIEF
    }
