"""The files of the skill: a model for each language, the sessions, and the handler. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from audiocoach.assistant.alexa import handler
from audiocoach.assistant.alexa.model import LOCALES, model
from audiocoach.assistant.answers import PACES, WRITTEN, Recorded
from audiocoach.remote import Intent
from audiocoach.sayings import sayings_for
from audiocoach.sayings.words import sayable
from audiocoach.settings.values import Pace

_LONGEST: Final = 140
"""Characters that the value of a slot may have."""
BEGINS: Final = (
    rb'\{\n "application": "amzn1\.ask\.skill\.[^"]*",\n "words": \{\n',
    rb'\{\n "interactionModel": \{\n  "languageModel": \{\n   "invocationName": ".*",\n'
    rb'   "intents": \[\n    \{\n     "name": "BeginIntent",\n',
    rb'"""Answers Alexa\'s requests: ',
)
"""How each kind of file begins, as regular expressions."""
Sessions = Mapping[str, Mapping[Pace, Recorded]]
"""By language, then by pace."""


def files(
    name: str,
    sessions: Sessions,
    addresses: Mapping[str, Mapping[Pace, str]],
    names: Mapping[str, tuple[str, ...]],
    application: str,
) -> dict[str, str]:
    """Each file by its path. `names` are those of the routine by language."""
    made = {
        path: _json(model(sayings_for(language), names[language], _exercises(_asked_for(paces))))
        for language, paces in sessions.items()
        for path in _models(language)
    }
    made["sessions.json"] = _json(data(name, sessions, addresses, application))
    made["lambda_function.py"] = Path(handler.__file__).read_text("utf-8")
    return made


def paths(languages: Iterable[str]) -> Iterator[str]:
    """The paths of all files."""
    for language in languages:
        yield from _models(language)
    yield from ("sessions.json", "lambda_function.py")


def _models(language: str) -> list[str]:
    return [f"models/{locale}.json" for locale in LOCALES[language]]


def data(
    name: str,
    sessions: Sessions,
    addresses: Mapping[str, Mapping[Pace, str]],
    application: str,
) -> dict[str, Any]:
    """What the handler reads."""
    return {
        "application": application,
        "words": {language: _words(name, language, paces) for language, paces in sessions.items()},
        "sessions": {
            _token(name, language, pace): {
                "url": addresses[language][pace],
                "title": session.remote.timeline.title,
                "lasts": session.total,
                "answers": _answers(paces, pace),
                "to": {
                    intent.value: _token(name, language, other)
                    for intent in (Intent.SLOWER, Intent.FASTER)
                    if (other := _step(pace, intent))
                },
            }
            for language, paces in sessions.items()
            for pace, session in paces.items()
        },
    }


def _words(name: str, language: str, paces: Mapping[Pace, Recorded]) -> dict[str, Any]:
    asked_for = _asked_for(paces)
    phrases = asked_for.remote.phrases
    return {
        "nothing": phrases("assistant.nothing"),
        "over": phrases("remote.over"),
        "failed": phrases("assistant.failed"),
        "whole": asked_for.instead,
        "help": phrases("assistant.help"),
        "pace": asked_for.pace.value,
        "sessions": {pace.value: _token(name, language, pace) for pace in paces},
    }


def _asked_for(paces: Mapping[Pace, Recorded]) -> Recorded:
    """The session that begins where no pace is wished: the first."""
    return next(iter(paces.values()))


def _answers(paces: Mapping[Pace, Recorded], pace: Pace) -> dict[str, list[Any]]:
    session = paces[pace]
    found: dict[str, list[Any]] = {intent.value: session.rows(intent) for intent in WRITTEN}
    for intent, key in ((Intent.SLOWER, "remote.slowest"), (Intent.FASTER, "remote.fastest")):
        other = _step(pace, intent)
        found[intent.value] = (
            session.rows_to(paces[other], intent)
            if other
            else [(0, session.remote.phrases(key), None)]
        )
    return found


def _step(pace: Pace, intent: Intent) -> Pace | None:
    index = PACES.index(pace) + (-1 if intent is Intent.SLOWER else 1)
    return PACES[index] if 0 <= index < len(PACES) else None


def _token(name: str, language: str, pace: Pace) -> str:
    return f"{name}/{language}/{pace}"


def _exercises(session: Recorded) -> list[str]:
    language = session.remote.timeline.language
    titles = [part.title for part in session.remote.parts if part.address.exercise]
    said = dict.fromkeys(sayable(title, language)[:_LONGEST].strip() for title in titles)
    return [each for each in said if each]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
