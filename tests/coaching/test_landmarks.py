"""Half of the reps is told beside movements, where nobody may take it for an order."""

from __future__ import annotations

import re

import pytest

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline import Utterance

AMOUNT = re.compile(r"half|halb|hälfte|mitad|moitié|mi-chemin", re.IGNORECASE)
"""By itself, and beside "lower", it would say how far to go."""
DONE = {"en": "are|done", "de": "geschafft|liegt", "es": "llevas|has", "fr": "déjà|faite?"}
"""What tells that it is behind the listener."""
TEMPOS = ("2-0-2-0", "3-1-1-0", "1-0-1-0", "2-1-2-1", "5-0-5-0")
WAYS = (*(f"tempo: {tempo}" for tempo in TEMPOS), "hold: 3s", "rep_duration: 2s")


def said(language: str, way: str, sides: str) -> list[str]:
    """All that is heard of an exercise of twelve reps in three sets."""
    exercise = f"{{name: T, sets: 3, reps: 12, rest: 5s, sides: {sides}, {way}}}"
    routine = loads(f"title: T\nlanguage: {language}\nexercises: [{exercise}]\n")
    sounds = [sound for cue in compile_script(routine).cues() for sound in cue.sounds()]
    return [sound.text for sound in sounds if isinstance(sound, Utterance)]


@pytest.mark.parametrize("language", DONE)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sides", ["both", "alternating", "right-then-left"])
def test_half_of_the_reps_is_never_heard_as_how_far_to_go(
    language: str, way: str, sides: str
) -> None:
    halves = [text for text in said(language, way, sides) if AMOUNT.search(text)]
    assert halves or way in ("tempo: 1-0-1-0", "rep_duration: 2s")
    for text in halves:
        assert re.search(rf"\b({DONE[language]})\b", text, re.IGNORECASE), text


@pytest.mark.parametrize("language", DONE)
def test_each_wording_tells_what_is_behind_the_listener(language: str) -> None:
    phrases = phrases_for(language)
    for wording in phrases.wordings("cue.reps-halfway"):
        text = phrases.worded("cue.reps-halfway", wording)
        assert re.search(rf"\b({DONE[language]})\b", text, re.IGNORECASE), text
