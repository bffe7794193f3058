"""Groups by the clock: each exercise begins on its time, whatever lies between."""

from __future__ import annotations

from itertools import pairwise

import pytest
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    Interval,
    IntervalKind,
    MarkerKind,
    Utterance,
)

EMOM = """
  - rounds: 3
    exercises:
      - {name: swing, every: 60s, reps: 10}
      - {name: push-up, every: 45s, reps: 8, position: on hands and knees}
"""
BREATHS = """
  - rounds: 3
    rest_between: 0s
    exercises:
      - {name: quick breaths, reps: 5, phases: [{say: In, time: 1.5s}, {say: Out, time: 1.5s}]}
      - {name: empty hold, hold: [30s, 1min, 90s], act: {say: Hold, time: 1s}, release: {time: 2s}}
"""
AMRAP = """
  - until: 5min
    exercises:
      - {name: push-up, reps: 5, tempo: 1-0-1-0}
      - {name: squat, reps: 10, tempo: 1-0-1-0}
"""
STATIONS = """
  - rounds: 2
    rest_between: [15s, 0s, 30s]
    exercises: [{name: a, work: 20s}, {name: b, work: 20s}, {name: c, work: 20s}]
"""


def timeline(exercises: str, language: str = "en") -> Timeline:
    script = compile_script(loads(f"title: T\nlanguage: {language}\nexercises:{exercises}"))
    return fit(script, clip_lengths(script.sounds(), 0))


def intervals(of: Timeline) -> list[tuple[Interval, int, int]]:
    """Each with its start and length (samples)."""
    return [
        (span.item, span.start, span.length) for span in of.spans if isinstance(span.item, Interval)
    ]


def begins(of: Timeline) -> list[int]:
    """When (ms) each exercise begins, from the first on, and when the last is over."""
    done = [each for each in intervals(of) if each[0].kind is not IntervalKind.COUNT_IN]
    (_, first, _), (_, last, length) = done[0], done[-1]
    marks = [mark.at for mark in of.markers if mark.marker.kind is MarkerKind.EXERCISE]
    starts = [first, *marks[1:], last + length]
    return [(at - first) // SAMPLES_PER_MS for at in starts]


def lasting(of: Timeline) -> list[int]:
    return [after - before for before, after in pairwise(begins(of))]


def test_two_exercises_take_turns_on_the_minute() -> None:
    assert lasting(timeline(EMOM)) == [60_000, 45_000] * 3


def test_breaths_go_straight_into_a_growing_hold() -> None:
    expected = [15_000, 33_000, 15_000, 63_000, 15_000, 93_000]
    assert lasting(timeline(BREATHS)) == expected


def test_until_lasts_as_long_as_it_says() -> None:
    assert begins(timeline(AMRAP))[-1] == 300_000


def test_what_follows_at_once_is_named_before() -> None:
    of = timeline(EMOM)
    said = [cue for cue in of.cues if isinstance(cue.sound, Utterance)]
    texts = {id(cue): cue.sound.text for cue in said if isinstance(cue.sound, Utterance)}
    marks = [mark.at for mark in of.markers if mark.marker.kind is MarkerKind.EXERCISE]
    for at, name in zip(marks[1:], ["push-up", "swing"] * 3, strict=False):
        just_before = range(at - 10_000 * SAMPLES_PER_MS, at)
        heard = [cue for cue in said if cue.start in just_before and name in texts[id(cue)]]
        assert len(heard) == 1
    assert sum("hands and knees" in text for text in texts.values()) == 3


def test_stations_may_have_different_rests() -> None:
    of = timeline(STATIONS)
    rests = [length for item, _, length in intervals(of) if item.kind is IntervalKind.REST]
    assert [each // SAMPLES_PER_MS for each in rests] == [15_000, 30_000, 15_000]
    assert begins(of)[-1] == 6 * 20_000 + 60_000


SWITCH = """
  - rounds: 2
    rest_between: 10s
    exercises:
      - {name: side plank, sides: right-then-left, limb: arm, work: 20s, side_rest: 6s}
      - {name: march, work: 30s}
"""


@pytest.mark.parametrize("language", languages())
def test_a_prescribed_change_of_sides_lets_the_clock_run_through(language: str) -> None:
    of = timeline(SWITCH, language)
    assert lasting(of) == [56_000, 40_000, 56_000, 30_000]
    side = phrases_for(language).inline("side-name", side="left", limb="arm")
    rests = [
        (start, start + length)
        for item, start, length in intervals(of)
        if item.kind is IntervalKind.REST and length == 6_000 * SAMPLES_PER_MS
    ]
    assert len(rests) == 2
    for start, end in rests:
        inside = [cue for cue in of.cues if start <= cue.start < end]
        texts = [cue.sound.text for cue in inside if isinstance(cue.sound, Utterance)]
        assert side in texts[0]
        assert len(texts) >= 4  # and three, two, one


def test_a_time_to_change_needs_two_sides() -> None:
    with pytest.raises(RoutineError, match=r"side_rest is between the sides; write sides: right"):
        timeline("\n  - {name: a, work: 20s, sides: right, side_rest: 5s}\n")


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ("rounds: 2, rest_between: [15s]", "rest_between has 1 value, and needs 2: one after each"),
        ("rest_between: [15s, 20s]", "has 2 values, and needs 1: one after each exercise but the"),
        ("rounds: 2, rest: 1min, rest_between: [1s, 2s]", "has 2 values, and needs 1"),
        ("rounds: 2, rest_between: [15s, ~3s]", "must be prescribed"),
    ],
)
def test_a_list_of_rests_has_one_for_each_place(group: str, message: str) -> None:
    exercises = "[{name: a, work: 20s}, {name: b, work: 20s}]"
    with pytest.raises(RoutineError) as caught:
        loads(f"title: T\nlanguage: en\nexercises:\n  - {{{group}, exercises: {exercises}}}\n")
    assert message in str(caught.value)
