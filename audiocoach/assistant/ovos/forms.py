"""What people say, as OpenVoiceOS reads it: a file an intent in the folder of each language.

A plain list, as optional words match in one version of its parsers and not in another. What begins
a session has none: its parsers take seconds for a thousand phrases, and a slot of theirs takes
any word. The skill reads it itself, as a fallback (`skill.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from audiocoach.remote import Intent
from audiocoach.sayings import WHOLE, languages, sayings_for

FOLDER: Final = Path(__file__).parent / "locale"
_TAGS: Final = {"de": "de-de", "en": "en-us", "es": "es-es", "fr": "fr-fr"}
INTENTS: Final = tuple(intent for intent in Intent if intent is not Intent.BEGIN)
"""Those that have a file."""


def intent_file(intent: Intent) -> str:
    """The name of the file of an intent."""
    return f"{intent}.intent"


def files() -> dict[Path, str]:
    """Every file, by its path under `locale`."""
    return {
        Path(_TAGS[language], intent_file(intent)): "".join(
            f"{phrase}\n" for phrase in sayings_for(language).filled(intent, *WHOLE)
        )
        for language in languages()
        for intent in INTENTS
    }
