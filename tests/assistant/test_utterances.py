"""What people and strangers say, by our own reading; each assistant's test has it by its own."""

from __future__ import annotations

import pytest
from utterances import PEOPLE, STRANGERS, utterances

from audiocoach.assistant.known import known
from audiocoach.remote import Intent
from audiocoach.sayings import languages, sayings_for
from audiocoach.sayings.wishes import wishes


@pytest.mark.parametrize("who", [PEOPLE, STRANGERS])
@pytest.mark.parametrize("language", languages())
def test_what_people_say_is_understood_and_nothing_else(language: str, who: str) -> None:
    sayings = sayings_for(language)
    said = utterances(language, who)
    assert len(said) == len(dict(said)) >= 40
    for text, meant in said:
        begins = wishes(text, sayings, known(language)).meant
        understood = Intent.BEGIN if begins else sayings.understood(text)
        assert understood is meant, text
        assert not (meant and sayings.lets_be(text)), text
