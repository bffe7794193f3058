"""A short word is compared with eSpeak's, whatever else is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.store import Cache
from audiocoach.voice.piper import whole

NOWHERE = Cache(Path("nowhere"))


def test_each_word_is_measured_for_itself() -> None:
    texts = ["Eight.", "One.", "Hold."]
    found = whole.seconds(texts, "en", NOWHERE)
    assert list(found) == texts
    assert 0.25 < found["Eight."] < found["One."] < 0.8
    among_others = ["\u2026", "One.", "...", "Eight."]  # what eSpeak can't say
    assert whole.seconds(among_others, "en", NOWHERE) == {
        text: found[text] for text in ("One.", "Eight.")
    }


@pytest.mark.parametrize("language", ["tlh-XX", "xx"])
def test_a_language_that_espeak_lacks_has_no_measure(language: str) -> None:
    assert whole.seconds(["One."], language, NOWHERE) == {}
