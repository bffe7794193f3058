"""What people say, in Alexa's form: an interaction model for each language. Pure.

If Alexa has a built-in intent, our phrases are added to it: then a plain "next" is understood
without the name of the skill, as long as the session was the last thing played.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from audiocoach.remote import Intent
from audiocoach.sayings import WHOLE, Sayings, slots

INVOCATION: Final = "audio coach"
LOCALES: Final = {
    "de": ("de-DE",),
    "en": ("en-US", "en-GB", "en-AU", "en-CA", "en-IN"),
    "es": ("es-ES", "es-MX", "es-US"),
    "fr": ("fr-FR", "fr-CA"),
}
"""Each model is for one of them: Alexa understands no other with it."""
_OWN: Final = {
    Intent.PAUSE: "Pause",
    Intent.GO_ON: "Resume",
    Intent.STOP: "Stop",
    Intent.NEXT: "Next",
    Intent.PREVIOUS: "Previous",
    Intent.REPEAT: "Repeat",
    Intent.FROM_START: "StartOver",
}
"""Those that Alexa has an intent for."""
_REQUIRED: Final = (
    "Cancel", "Help", "Fallback", "NavigateHome", "LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff",
)  # fmt: skip
"""What a skill that plays sound has to have besides."""


def intent_name(intent: Intent) -> str:
    """What Alexa calls an intent."""
    if intent in _OWN:
        return f"AMAZON.{_OWN[intent]}Intent"
    return "".join(part.capitalize() for part in intent.split("-")) + "Intent"


def samples(sayings: Sayings, intent: Intent, names: Iterable[str]) -> list[str]:
    """What people say for an intent; for `begin`, with the names of the routine.

    Bare words belong to Alexa's built-in intents, or need the name of the skill.
    """
    if intent is Intent.BEGIN:
        return list(sayings.begun(names))
    return list(sayings.phrases(intent, *WHOLE) if intent in _OWN else sayings.phrases(intent))


def model(sayings: Sayings, names: Iterable[str], exercises: Iterable[str]) -> dict[str, Any]:
    """The interaction model of a language, for a routine of these names and exercises."""
    names = tuple(names)
    intents = [
        {
            "name": intent_name(intent),
            "samples": samples(sayings, intent, names),
            **({"slots": _slots(sayings)} if intent is Intent.BEGIN else {}),
        }
        for intent in Intent
    ]
    required = [{"name": f"AMAZON.{name}Intent", "samples": []} for name in _REQUIRED]
    types = [
        {
            "name": "PACE",
            "values": [
                {"id": value, "name": {"value": words[0], "synonyms": list(words[1:])}}
                for value, words in sayings.table["words"]["pace"].items()
            ],
        },
        {"name": "EXERCISE", "values": [{"name": {"value": name}} for name in exercises]},
    ]
    language = {"invocationName": INVOCATION, "intents": [*intents, *required], "types": types}
    return {"interactionModel": {"languageModel": language}}


def _slots(sayings: Sayings) -> list[dict[str, str]]:
    used = {slot for phrase in sayings.phrases(Intent.BEGIN) for slot in slots(phrase)}
    types = {"pace": "PACE", "exercise": "EXERCISE", "length": "AMAZON.DURATION"}
    return [{"name": name, "type": kind} for name, kind in types.items() if name in used]
