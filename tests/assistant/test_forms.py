"""Each assistant's form of what people say holds the same phrases, and is up to date."""

from __future__ import annotations

import os

import pytest

from audiocoach.assistant.known import known
from audiocoach.assistant.ovos import forms as ovos
from audiocoach.remote import Intent
from audiocoach.sayings import WHOLE, languages, sayings_for
from audiocoach.sayings.wishes import wishes


def test_the_files_of_openvoiceos_are_those_of_the_table() -> None:
    files = ovos.files()
    if os.environ.get("UPDATE_GOLDEN"):
        for path, text in files.items():
            (ovos.FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
            (ovos.FOLDER / path).write_text(text, encoding="utf-8")
    there = {path.relative_to(ovos.FOLDER) for path in ovos.FOLDER.glob("*/*")}
    assert there == set(files)
    for path, text in files.items():
        assert (ovos.FOLDER / path).read_text("utf-8") == text, (
            f"{path} is old: UPDATE_GOLDEN=1 scripts/test tests/assistant/test_forms.py"
        )


@pytest.mark.parametrize("language", languages())
def test_openvoiceos_knows_the_phrases_of_the_table(language: str) -> None:
    sayings = sayings_for(language)
    for intent in ovos.INTENTS:
        (held,) = (
            text.splitlines()
            for path, text in ovos.files().items()
            if path.parent.name.startswith(language) and path.name == ovos.intent_file(intent)
        )
        assert held == list(sayings.phrases(intent, *WHOLE))
    assert set(Intent) - set(ovos.INTENTS) == {Intent.BEGIN}
    for phrase in sayings.filled(Intent.BEGIN):
        told = phrase.format(exercise="?", pace="", length="")  # as the skill is asked
        assert wishes(told, sayings, known(language)).meant, phrase
