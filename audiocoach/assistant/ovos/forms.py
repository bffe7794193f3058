"""What people say and what they are answered, in OpenVoiceOS's form: the files of its `locale`
folders.

For each language, from the tables of `sayings` and the catalogues of `coaching.phrases`:

- an `.intent` for each intent, with its phrases as a plain list: optional words match in one
  version of its parsers and not in another. That of `begin` holds the plain ways to ask for each
  routine and no wishes: its parsers take seconds for a thousand phrases, and a slot of theirs takes
  any word. All other ways the skill reads itself, as a fallback (`skill.py`);
- a `.voc` for each intent with its bare words, and `let-be.voc` with what is no intent;
- a `.dialog` for each sentence that is answered.

To use other words, put files of these names into the folder that OpenVoiceOS has for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.remote import Intent
from audiocoach.sayings import WHOLE, Manner, Sayings, languages, sayings_for, slots

FOLDER: Final = Path(__file__).parent / "locale"
TAGS: Final = {"de": "de-de", "en": "en-us", "es": "es-es", "fr": "fr-fr"}
LET_BE: Final = "let-be"
"""The vocabulary of sentences that ask for nothing."""
_ANSWERS: Final = ("remote-", "assistant-")
UNSAID: Final = ("assistant-help", "assistant-whole")
"""OpenVoiceOS has its own help, and the skill can make what is asked for."""
_VALUES: Final = ("count", "name", "number", "time", "whole", "words")
"""Those of the sentences that are answered."""


def intent_file(intent: Intent) -> str:
    """The name of the file of an intent."""
    return f"{intent}.intent"


def dialog(key: str) -> str:
    """The name of the dialog of a sentence (`remote.which`)."""
    return key.partition(".")[2]


def files() -> dict[Path, str]:
    """Every file, by its path under `locale`."""
    return {
        Path(TAGS[language], name): "".join(f"{line}\n" for line in lines)
        for language in languages()
        for name, lines in (
            *_intents(sayings_for(language)),
            *_vocabulary(sayings_for(language)),
            *_dialogs(phrases_for(language)),
        )
    }


def _intents(sayings: Sayings) -> Iterator[tuple[str, Iterable[str]]]:
    for intent in Intent:
        manners = (Manner.PLAIN,) if intent is Intent.BEGIN else WHOLE
        phrases = sayings.filled(intent, *manners)
        yield intent_file(intent), [phrase for phrase in phrases if not list(slots(phrase))]


def _vocabulary(sayings: Sayings) -> Iterator[tuple[str, Iterable[str]]]:
    for intent in Intent:
        if bare := sayings.phrases(intent, Manner.BARE):
            yield f"{intent}.voc", bare
    yield f"{LET_BE}.voc", sayings.let_be


def _dialogs(phrases: Phrases) -> Iterator[tuple[str, Iterable[str]]]:
    slots_of_theirs = {name: f"{{{name}}}" for name in _VALUES}
    for message in phrases.messages:
        if message.startswith(_ANSWERS) and message not in UNSAID:
            yield f"{message.partition('-')[2]}.dialog", [phrases(message, **slots_of_theirs)]
