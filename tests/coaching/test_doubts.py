"""What `check` asks about: allowed, but probably meant otherwise."""

from __future__ import annotations

import pytest

from audiocoach.coaching.doubts import lowered_first
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import loads

LIFTED = {
    "en": ("calf raise", "squat"),
    "de": ("Fersenheben", "Kniebeuge"),
    "es": ("elevación de talones", "sentadilla"),
    "fr": ("relevé de mollets", "flexion"),
}


@pytest.mark.parametrize("language", LIFTED)
def test_a_tempo_of_what_begins_with_the_lift_is_doubted(language: str) -> None:
    def doubts(name: str, more: str = "tempo: 3-1-2-1") -> list[str]:
        text = (
            f"title: T\nlanguage: {language}\nexercises:\n  - {{name: {name}, reps: 5, {more}}}\n"
        )
        return [str(each) for each in lowered_first(loads(text))]

    lifted, lowered = LIFTED[language]
    down, up = (phrases_for(language)(f"cue.{word}") for word in ("lower", "lift"))
    (doubt,) = doubts(lifted)
    assert f"phases: [{{say: {up}, time: 2s}}, {{time: 1s}}, {{say: {down}, time: 3s}}]" in doubt
    assert doubts(lowered) == []
    assert doubts(lifted, "tempo: 2-0-2-0, start: Up., finish: Down.") == []
    assert doubts(lifted, "tempo: {eccentric: {say: Sink, time: 2s}, concentric: 2s}") == []
    (doubt,) = doubts(lifted, "tempo: {eccentric: 2s, concentric: {say: Oh, time: 1s}}")
    assert f"phases: [{{say: Oh, time: 1s}}, {{say: {down}, time: 2s}}]" in doubt
