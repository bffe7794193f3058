"""How fast the built-in voice tells what is bundled: words at a pace that is understood best."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiocoach.checking import session
from audiocoach.routine.load import load
from audiocoach.store import Cache
from audiocoach.timeline.told import told


@pytest.mark.parametrize("name", ["foot-relief", "muscle-relaxation"])
def test_the_words_are_calm_and_the_pauses_make_it_slow(name: str, cache: Path) -> None:
    """Some 150 to 180 words a minute in sentences, 110 to 130 with the pauses between them."""
    figures = told(session(load(name), Cache(cache)))
    assert 140 <= figures.in_sentences <= 180
    assert 105 <= figures.in_tellings <= 135
    assert figures.after_movement >= 1_000
