"""Each assistant's form of what people say holds the same phrases, and is up to date."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiocoach.assistant.known import known
from audiocoach.assistant.ovos import forms as ovos
from audiocoach.coaching.phrases import phrases_for
from audiocoach.remote import Intent, said
from audiocoach.sayings import WHOLE, Manner, languages, sayings_for
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
    held = {
        path.name: text.splitlines()
        for path, text in ovos.files().items()
        if path.parent.name == ovos.TAGS[language]
    }
    for intent in Intent:
        lines = held[ovos.intent_file(intent)]
        if intent is Intent.BEGIN:
            assert lines
            assert all(wishes(line, sayings, known(language)).meant for line in lines)
            assert {wishes(line, sayings, known(language)).routine for line in lines} == set(
                sayings.routines
            )
            continue
        assert lines == list(sayings.phrases(intent, *WHOLE))
        assert held[f"{intent}.voc"] == list(sayings.phrases(intent, Manner.BARE))
    assert held["let-be.voc"] == list(sayings.let_be)
    for phrase in sayings.filled(Intent.BEGIN):
        told = phrase.format(exercise="?", pace="", length="")  # as the skill is asked
        assert wishes(told, sayings, known(language)).meant, phrase


@pytest.mark.parametrize("language", languages())
def test_a_dialog_says_what_the_catalogue_does(language: str) -> None:
    """Filled in as OpenVoiceOS does it, each sentence is the one that other assistants hear."""
    phrases = phrases_for(language)
    values: dict[str, str | int] = {"name": "X y", "time": "zz", "whole": "W", "words": "w w"}
    values |= {"number": 2, "count": 7}
    for message in phrases.messages:
        if not message.startswith(("remote-", "assistant-")) or message in ovos.UNSAID:
            continue
        told = said(phrases, message.replace("-", ".", 1), **values)
        path = Path(ovos.TAGS[language], f"{ovos.dialog(told.key)}.dialog")
        (line,) = ovos.files()[path].splitlines()
        assert not set(line) & set("()[]|"), "they mean something there"
        filled = line.format(**told.values)
        assert filled[:1].upper() + filled[1:] == told.text
