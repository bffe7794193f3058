"""Words that would be taken for others by where they stand: numbers, orders, a wish for haste."""

from __future__ import annotations

import pytest
from heard_in import number, timeline, within

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.timeline.script import IntervalKind


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("reps", "rest"), [(4, "6s"), (3, "4s")])
def test_no_count_follows_right_behind_how_often(language: str, reps: int, rest: str) -> None:
    """ "Four times. Three. Two. One." is one count to the ear."""
    dose = f"- {{name: X, sets: 2, reps: [5, {reps}], tempo: 1-0-1-0, rest: {rest}}}"
    (heard,) = within(timeline(dose, language), IntervalKind.REST)
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=reps))
    assert often in heard
    counts = [number(language, each) for each in (3, 2, 1)]
    left = counts[1:] if rest == "6s" else []
    assert [each for each in heard if each in counts] == left


@pytest.mark.parametrize("language", languages())
def test_a_rest_by_the_clock_gives_nobody_time_of_their_own(language: str) -> None:
    group = """
    - rounds: 2
      rest_between: 25s
      exercises:
        - {name: X, work: 20s}
        - {name: Y, position: on hands and knees, work: 20s}
    """
    phrases = phrases_for(language)
    heard = [line for each in within(timeline(group, language), IntervalKind.REST) for line in each]
    assert phrases("position.timed-standing") in heard
    assert phrases("position.standing") not in heard
