"""A bell inside a held or worked time: at its instants to the sample, and in nobody's way."""

from __future__ import annotations

import pytest
from strategies import clip_lengths

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.writer import RINGING
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.sound import chime
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    Chime,
    Interval,
    IntervalKind,
    Utterance,
)

QUIET = Coaching(max_silence=0, warn_at=(), halfway=False)


def timeline(dose: str, coaching: Coaching = QUIET) -> Timeline:
    routine = loads(f"title: T\nlanguage: en\nexercises:\n  - {{name: a, {dose}}}\n")
    script = compile_script(routine, coaching)
    return fit(script, clip_lengths(script.sounds(), 0) | {Chime.BELL: chime.length(Chime.BELL)})


def rings(of: Timeline) -> list[list[float]]:
    """When (s) the bell rings in each held or worked time, from its beginning."""
    spans = [
        (span.start, span.start + span.length)
        for span in of.spans
        if isinstance(span.item, Interval)
        and span.item.kind in (IntervalKind.HOLD, IntervalKind.WORK)
    ]
    bells = [cue.start for cue in of.cues if cue.sound is Chime.BELL]
    assert sum(1 for at in bells if any(start <= at < end for start, end in spans)) == len(bells)
    return [
        [(at - start) / SAMPLE_RATE for at in bells if start <= at < end] for start, end in spans
    ]


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        ("hold: 3min, bell: every 60s", [[60.0, 120.0]]),
        ("hold: 3min, bell: every 1 min", [[60.0, 120.0]]),
        ("work: 100s, bell: {every: 30s}", [[30.0, 60.0, 90.0]]),
        ("hold: 40s, bell: -15s", [[25.0]]),
        ("hold: 40s, bell: {at: [10s, -15s, 20s]}", [[10.0, 20.0, 25.0]]),
        ("hold: 40s, bell: {every: 20s, at: 12.5s}", [[12.5, 20.0]]),
        ("work: [25s, 45s], rest: 20s, bell: every 20s", [[20.0], [20.0, 40.0]]),
        ("reps: 2, hold: 25s, act: {time: 12s}, bell: every 10s", [[10.0, 20.0], [10.0, 20.0]]),
        ("every: 30s, reps: 3, sets: 2, bell: every 15s", [[15.0], [15.0]]),
    ],
)
def test_it_rings_at_its_instants(dose: str, expected: list[list[float]]) -> None:
    found = rings(timeline(dose))
    assert [each for each in found if each] == expected


def test_words_at_its_instant_come_when_it_has_rung() -> None:
    of = timeline(
        "hold: 3min, bell: every 60s, cues: [{at: 1min, say: Soften}, {at: -1min, say: Soon}]"
    )
    bells = [cue for cue in of.cues if cue.sound is Chime.BELL]
    for bell, word in zip(bells, ("Soften.", "Soon."), strict=True):
        (said,) = [
            cue for cue in of.cues if isinstance(cue.sound, Utterance) and cue.sound.text == word
        ]
        assert bell.end <= said.start <= bell.start + 2 * SAMPLE_RATE


def test_words_wait_as_long_as_it_rings() -> None:
    assert chime.length(Chime.BELL) <= RINGING * SAMPLES_PER_MS


def test_without_chimes_it_is_silent() -> None:
    of = timeline("hold: 3min, bell: every 60s", Coaching(chimes=False))
    assert not [cue for cue in of.cues if cue.sound is Chime.BELL]


@pytest.mark.parametrize(
    ("dose", "message"),
    [
        ("hold: 30s, bell: every 30s", "every 30s never comes in hold, which is 30s long"),
        ("hold: 30s, bell: 40s", "40s lies outside hold, which is 30s long"),
        ("hold: [40s, 20s], bell: -25s", "-25s lies outside hold, which is 20s long"),
        ("reps: 3, tempo: 3-1-2-0, bell: 1s", "a bell rings in a worked or held time; give work"),
        ("hold: 30s, bell: {}", "a bell rings every so often, or at instants"),
        ("hold: 30s, bell: often", "'often' is not a time"),
        ("hold: 30s, bell: every so often", "'so often' is not a time"),
    ],
)
def test_a_bell_that_could_not_ring_is_refused(dose: str, message: str) -> None:
    with pytest.raises(RoutineError) as caught:
        timeline(dose)
    assert message in str(caught.value)
    assert str(caught.value).count("\n") == 0
