"""A voice is slowed to a coach's pace by what it is measured to need, and never hurried."""

from __future__ import annotations

import pytest

from audiocoach.coaching.phrases import languages
from audiocoach.voice.piper import pace

TEXT = "One two three four five six seven eight nine ten hip-width it's"
WORDS = 12


@pytest.mark.parametrize("per_minute", [120, 180, 204, 210, 235, 260])
def test_a_quick_voice_is_slowed_to_the_pace_and_a_slow_one_is_left(per_minute: float) -> None:
    natural = 60 * WORDS / per_minute

    def seconds(slowness: float) -> float:
        return natural * (0.2 + 0.8 * slowness)  # whole frames: a share does not grow

    slower = pace.slowness(TEXT, seconds)
    wanted = min(per_minute, pace.PACE)
    assert 60 * WORDS / seconds(slower) == pytest.approx(wanted, rel=0.01)
    assert (slower == 1.0) == (per_minute <= pace.PACE)


def test_none_is_slowed_beyond_what_can_be_listened_to() -> None:
    assert pace.slowness(TEXT, lambda slowness: slowness) == pace.SLOWEST
    assert pace.slowness(TEXT, lambda _: 1.0) == 1.0  # it obeys no factor


@pytest.mark.parametrize("language", languages())
def test_each_language_has_a_sentence_to_be_measured_on(language: str) -> None:
    assert len(pace.sentence(language).split()) >= 8
    assert pace.sentence(f"{language}-XX") == pace.sentence(language)
    assert pace.sentence("eu") == pace.sentence("en")
