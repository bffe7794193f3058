"""How an exercise is told may differ by set and by round."""

from __future__ import annotations

import re

import pytest
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.settings.resolve import resolve
from audiocoach.timeline import Utterance, fit
from audiocoach.timeline.script import MarkerKind

SETS = """
  - name: calf raise
    sets: 3
    reps: 2
    tempo: 2-0-2-0{rest}
    setup:
      - Stand on a step.
      - {{say: Take a weight., set: 2, time: ~5s}}
    movement: [Rise., {{say: Rise on one foot., set: 3}}]
    cues: []
"""
ROUNDS = """
  - rounds: 3{between}
    exercises:
      - name: plank
        position: on hands and knees
        work: 10s
        setup: {{say: On your forearms., round: 3}}
        movement: [{{say: Straighten your legs., round: 1}}, {{say: Lift one foot., round: 2}}]
        mistake: {{say: No sagging now., round: 2}}
      - {{name: march, work: 10s}}
"""
SAID = (
    *("Stand on a step.", "Take a weight.", "Rise.", "Rise on one foot."),
    *("On your forearms.", "Straighten your legs.", "Lift one foot.", "No sagging now."),
)


def heard(exercises: str, kind: MarkerKind, **coaching: object) -> list[tuple[str, list[str]]]:
    """What of all that is heard before each set, or in each exercise."""
    routine = loads(f"title: T\nlanguage: en\nexercises:{exercises}")
    script = compile_script(routine, resolve(coaching, {}, routine).settings)
    timeline = fit(script, clip_lengths(script.sounds(), 0))
    marks = [mark for mark in timeline.markers if mark.marker.kind is kind]
    found: list[tuple[str, list[str]]] = [(mark.marker.title, []) for mark in marks]
    for cue in timeline.cues:
        if isinstance(cue.sound, Utterance) and cue.sound.text in SAID:
            after = sum(mark.at <= cue.start for mark in marks)
            found[min(after, len(found) - 1)][1].append(cue.sound.text)
    return found


@pytest.mark.parametrize("rest", ["", "\n    rest: 40s", "\n    rest: 30-40s"])
@pytest.mark.parametrize("telling", ["full", "minimal"])
def test_what_is_for_one_set_is_told_before_it(rest: str, telling: str) -> None:
    sets = heard(
        SETS.format(rest=rest).replace("    cues: []\n", ""), MarkerKind.SET, coaching=telling
    )
    full = telling == "full"
    assert [said for _, said in sets] == [
        ["Stand on a step.", "Rise."],
        ["Take a weight."],
        ["Rise on one foot."] if full else [],
    ]


@pytest.mark.parametrize("between", ["", "\n    rest: 60s", "\n    rest_between: 40s"])
def test_what_is_for_one_round_is_told_in_it(between: str) -> None:
    text = ROUNDS.format(between=between)
    turns = heard(text, MarkerKind.EXERCISE)
    said = [word for _, words in turns for word in words]
    first, *second, last = said
    assert (first, last) == ("Straighten your legs.", "On your forearms.")
    assert sorted(second) == ["Lift one foot.", "No sagging now."]


def test_a_task_of_the_hands_is_told_minimally_too() -> None:
    text = ROUNDS.format(between="").replace("round: 3}", "round: 3, time: ~5s}")
    said = [
        word for _, words in heard(text, MarkerKind.EXERCISE, coaching="minimal") for word in words
    ]
    assert "On your forearms." in said


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            "work: 5s, sets: 2, setup: {say: Up., set: 3}",
            "setup is for set 3, and there is no more than 2 sets",
        ),
        (
            "every: 30s, reps: 3, sets: 2, setup: {say: Up., set: 2}",
            "every leaves no time to say anything before a later set",
        ),
        ("work: 5s, start: {say: Up., set: 1}", "'set' is not a field here"),
    ],
)
def test_what_nobody_could_hear_is_refused(fields: str, message: str) -> None:
    with pytest.raises(RoutineError, match=re.escape(message)):
        loads(f"title: T\nlanguage: en\nexercises:\n  - {{name: a, {fields}}}\n")
