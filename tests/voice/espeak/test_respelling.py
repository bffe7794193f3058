"""Words that eSpeak is given in another spelling: they sound as that, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.espeak.engine import ENGINE
from audiocoach.voice.espeak.respelling import at_home, respelt


def spoken(text: str, language: str = "en") -> bytes:
    voice = ENGINE.open("", language=language, rate=1.0, cache=Cache(Path("nowhere")))
    [(_, segment)] = voice.speak([Utterance(text, language)])
    return bytes(segment.raw_data)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Number two of eight is next.", "Number two ov eight is next."),
        ("Out of the house, off the wall.", "Out ov the house, off the wall."),
        ("A one-of-a-kind stroke of luck", "A one-of-a-kind stroke ov luck"),
        ("OF NOTE: often", "OF NOTE: often"),
    ],
)
def test_a_word_is_spelt_as_it_is_understood(text: str, told: str) -> None:
    assert respelt(text, "en") == told
    assert respelt(text, "de") == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("Allongez-vous sur le dos.", "Allongez-vous sur le dau."), ("un dosseret", "un dosseret")],
)
def test_a_word_taken_for_another_language_is_spelt_as_it_sounds(text: str, told: str) -> None:
    assert respelt(text, "fr") == at_home(text, "fr") == told
    assert respelt(text, "es") == at_home(text, "es") == text


def test_what_is_only_said_briefly_stays_for_voices_that_say_it_whole() -> None:
    assert at_home("Two of ten.", "en") == "Two of ten."


def test_espeak_is_told_so() -> None:
    assert spoken("Two of ten.") == spoken("Two ov ten.")
    assert spoken("Two of ten.", "de") != spoken("Two ov ten.", "de")
