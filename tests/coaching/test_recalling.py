"""In a later round a dose is told again where another one has been met since."""

from __future__ import annotations

from itertools import pairwise

import pytest
from heard_in import text, timeline

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import read_aloud

_EVERY_MINUTE = """
- rounds: 2
  exercises:
    - {name: A a, every: 60s, reps: [15, 12], load: [16 kg, 20 kg]}
    - {name: B b, every: 60s, reps: 8, load: 5 kg}
"""
_IN_ROUNDS = """
- rounds: 3
  exercises:
    - {name: A a, reps: 10, load: 10 kg, rep_duration: 3s}
    - {name: B b, reps: 6, load: 6 kg, rep_duration: 3s}
"""
_BY_THE_CLOCK = """
- rounds: 2
  rest_between: 30s
  exercises:
    - {name: A a, reps: 10, load: 10 kg, rep_duration: 3s}
    - {name: B b, reps: 6, load: 6 kg, rep_duration: 3s}
"""


def heard(exercises: str, language: str) -> list[str]:
    return [text(cue.sound) for cue in timeline(exercises, language).cues]


def told_after_name(lines: list[str], name: str) -> list[list[str]]:
    """The two lines behind each that names an exercise."""
    return [lines[at + 1 : at + 3] for at, line in enumerate(lines) if name in line]


def dose(language: str, reps: int, load: str) -> list[str]:
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=reps))
    return [often, read_aloud(f"{load}.", language)]


@pytest.mark.parametrize("language", languages())
def test_each_minute_tells_its_dose_again_in_every_round(language: str) -> None:
    told = told_after_name(heard(_EVERY_MINUTE, language), "B b")
    assert told.count(dose(language, 8, "5 kg")) == 2  # it was told ahead, and fifteen since


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("exercises", "again"), [(_IN_ROUNDS, 2), (_BY_THE_CLOCK, 1)])
def test_so_do_rounds_with_a_clock_and_without(exercises: str, again: int, language: str) -> None:
    lines = heard(exercises, language)
    for name, reps, load in (("A a", 10, "10 kg"), ("B b", 6, "6 kg")):
        assert told_after_name(lines, name).count(dose(language, reps, load)) == again


def test_nothing_is_told_again_where_all_have_the_same_dose() -> None:
    same = _IN_ROUNDS.replace("10", "6")
    assert heard(same, "en").count("Six times.") == 2


def test_a_time_that_the_clock_keeps_needs_not_be_known_again() -> None:
    timed = """
    - rounds: 3
      exercises:
        - {name: A a, work: 20s}
        - {name: B b, work: 30s}
    """
    assert heard(timed, "en").count("For thirty seconds.") == 1


@pytest.mark.parametrize("language", languages())
def test_a_load_that_is_told_anyway_is_not_told_twice(language: str) -> None:
    changed = _EVERY_MINUTE.replace("load: 5 kg", "load: [5 kg, 6 kg]")
    lines = heard(changed, language)
    assert not [line for line, after in pairwise(lines) if after and line.endswith(after.lower())]
    loads = [line for line in lines if line.endswith(read_aloud("6 kg.", language))]
    assert len(loads) == 2  # in all rounds, and in its own
