"""The last of many reps is encouraged: once an exercise, where there is room, each in its words."""

from __future__ import annotations

import pytest
from catalogues import said_as
from strategies import timeline_of

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline.script import Utterance

MANY = "{name: bridge, reps: 6, sets: 2, hold: 3s, release: {say: Lower, time: ~4s (3-5s)}}"
TWELVE = "{name: curl, reps: 12, phases: [{say: Lift, time: 2s}, {say: Lower, time: 5s}]}"
ROUNDS = f"{{rounds: 2, exercises: [{TWELVE}]}}"


def encouraged(exercises: str, language: str = "en", coaching: str = "{}") -> list[str]:
    head = f"title: T\nlanguage: {language}\ncoaching: {coaching}\n"
    timeline = timeline_of(loads(f"{head}exercises: [{exercises}]"))
    said = [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    words = phrases_for(language).variants("cue.encourage-rep")
    assert timeline.notes == ()
    return [text for text in said if text.endswith(tuple(words))]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("exercise", [MANY, TWELVE, ROUNDS])
def test_it_is_said_once_an_exercise_behind_the_last_one(exercise: str, language: str) -> None:
    (told,) = encouraged(exercise, language)
    assert told.startswith(tuple(said_as(language, "cue.last-one")))


def test_each_has_other_words() -> None:
    found = [told.partition(". ")[2] for told in encouraged(", ".join([TWELVE, MANY, TWELVE]))]
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("exercise", "coaching"),
    [
        (TWELVE, "{encouragement: false}"),
        (TWELVE, "{last_one: false}"),
        (MANY.replace("sets: 2", "sets: 1"), "{}"),
        ("{name: squat, reps: 12, tempo: 2-0-2-0}", "{}"),  # no room beside the word
        ("{name: press, reps: 12, hold: 3s, release: {time: 1s}}", "{}"),
        ("{name: breath, reps: 12, phases: [{say: In, time: 4s}, {say: Out, time: 6s}]}", "{}"),
    ],
)
def test_it_is_sparing(exercise: str, coaching: str) -> None:
    assert encouraged(exercise, coaching=coaching) == []
