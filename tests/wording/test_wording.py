"""The words of messages: what is shown of a text, and which name was perhaps meant."""

from __future__ import annotations

import pytest

from audiocoach.wording import did_you_mean, excerpt, nearest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One.", '"One."'),
        ("two\nlines\x00 \x1b[31m", '"two lines [31m"'),
        ("x" * 40, '"' + "x" * 40 + '"'),
        ("x" * 41, '"' + "x" * 39 + '…"'),
        ("\ud800", '""'),
    ],
)
def test_a_text_in_a_message_is_short_and_on_one_line(text: str, shown: str) -> None:
    assert excerpt(text) == shown


def test_the_names_that_may_be_meant_stand_in_their_own_spelling() -> None:
    names = ["gTTS", "eSpeak", "Espeak-NG"]
    assert did_you_mean("ESPAEK", names) == "did you mean eSpeak or Espeak-NG? "
    assert did_you_mean("ESPAEK", names, most=1) == "did you mean eSpeak? "
    assert nearest("ESPAEK", names) == "eSpeak"


def test_nothing_is_meant_when_nothing_is_near() -> None:
    assert did_you_mean("xyzzy", ["espeak", "gtts"]) == ""
    assert nearest("xyzzy", ["espeak", "gtts"]) is None


def test_a_name_is_compared_to_no_more_than_its_beginning() -> None:
    """The time it takes grows with the square of what a stranger wrote."""
    assert nearest("hold" + " " * 40 + "x" * 1_000_000, ["hold" + " " * 36]) == "hold" + " " * 36
