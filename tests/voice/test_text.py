"""A text is cleaned once, in the same way for every engine."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.errors import VoiceError
from audiocoach.voice.text import speakable, unspeakable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hold.", "Hold."),
        (" two\n lines\t", "two lines"),
        ("before\x00after \x01c", "before after c"),
        ("a\u0301e\u0301", "áé"),
        ("lone \ud800 half", "lone half"),
        ("\x00\x01", ""),
        ("שלום", "שלום"),
    ],
)
def test_what_an_engine_would_obey_becomes_a_space(text: str, said: str) -> None:
    assert speakable(text, 100) == said


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    said = speakable(text, len(text))
    assert speakable(said, len(said)) == said
    assert not {unicodedata.category(char) for char in said} & {"Cc", "Cs"}


def test_a_text_too_long_is_refused_with_the_text_and_what_to_do() -> None:
    assert speakable("word", 4) == "word"
    with pytest.raises(VoiceError) as error:
        speakable("words", 4, "split it")
    assert str(error.value) == 'the text "words" has more than 4 characters; split it'
    assert error.value.utterance == "words"


def test_the_error_keeps_the_whole_text_and_shows_its_beginning() -> None:
    error = unspeakable("x" * 100, "gives no sound")
    assert str(error) == f'the text "{"x" * 39}…" gives no sound; reword it'
    assert error.utterance == "x" * 100
