"""Where a rest by the clock leaves hardly time to move, the position is told before all else."""

from __future__ import annotations

import pytest
from heard_in import timeline, within

from audiocoach.coaching.hurried import hurried_moves
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline.script import IntervalKind

_WORDS = {
    "en": ("elbow", "Knees down.", "Lift your hips."),
    "de": ("Ellbogen", "Knie ab.", "Heb die Hüfte."),
    "es": ("codo", "Baja las rodillas.", "Sube la cadera."),
    "fr": ("coude", "Posez les genoux.", "Levez le bassin."),
}


def circuit(language: str, rest: str) -> str:
    limb, finish, start = _WORDS[language]
    return f"""
    - rounds: 2
      rest_between: {rest}
      exercises:
        - {{name: A a, position: on hands and knees, work: 20s, finish: "{finish}"}}
        - {{name: B b, position: lying on side, work: 20s, sides: right, limb: {limb},
           start: "{start}"}}
    """


def into_side_plank(language: str, rest: str) -> list[str]:
    rests = within(timeline(circuit(language, rest), language), IntervalKind.REST)
    return [line for line in rests[2] if line]


@pytest.mark.parametrize("language", languages())
def test_the_position_comes_first_and_nothing_of_how_long_it_lasts(language: str) -> None:
    limb, finish, start = _WORDS[language]
    phrases = phrases_for(language)
    side = phrases.inline("side-name", side="right", limb=limb)
    moved = (
        phrases("position.lying-on-side"),
        phrases("position-brief.lying-on-side"),
        phrases("position-least.lying-on-side"),
    )
    ended, named, position, name, entered, *_ = into_side_plank(language, "10s")
    assert ended == finish
    assert position in moved  # on the only side there is, which is known by then
    assert (named, name, entered) == (phrases("cue.rep-side", side=side), "B b.", start)


@pytest.mark.parametrize("language", languages())
def test_it_has_to_be_taken_before_one_is_led_on_from_it(language: str) -> None:
    """In fifteen seconds there would be time enough, if the hips were not lifted in these too."""
    ended, _, position, *_ = into_side_plank(language, "15s")
    assert ended == _WORDS[language][1]
    assert position == phrases_for(language)("position.lying-on-side")


@pytest.mark.parametrize("language", languages())
def test_a_longer_rest_is_told_as_ever(language: str) -> None:
    phrases = phrases_for(language)
    ended, rested, *others = into_side_plank(language, "30s")
    assert ended == _WORDS[language][1]
    thirty = phrases.inline("dose.seconds", number=30)
    assert rested in {
        phrases.worded("cue.rest-seconds", wording, seconds=thirty)
        for wording in phrases.wordings("cue.rest-seconds")
    }
    assert phrases("position.lying-on-side") in others[1:]


def test_the_time_to_move_begins_with_the_words_that_ask_for_it() -> None:
    def noted(rest: str, finish: str) -> list[str]:
        steps = "\n".join(
            f"    - {{name: {name}, position: {position}, work: 20s, finish: {finish!r}}}"
            for name, position in (("A", "standing"), ("B", "sitting on chair"))
        )
        head = f"title: T\nlanguage: en\nexercises:\n- rounds: 2\n  rest_between: {rest}\n"
        return [str(each) for each in hurried_moves(loads(f"{head}  exercises:\n{steps}\n"))]

    long = "Let both arms sink slowly to your sides."
    assert len(noted("4s", long)) == 2
    assert "there are 4s, of which" in noted("4s", long)[0]
    assert noted("9s", long) == []
