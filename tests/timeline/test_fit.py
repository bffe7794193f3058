"""The fit: exact to the sample, fair, and never at the cost of what is prescribed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    Session,
    clip_beats,
    clip_lengths,
    examples,
    prescription,
    routines,
    sessions,
)

from audiocoach.coaching.compiler import compile_script
from audiocoach.errors import FitError
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.times import Source
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Pace
from audiocoach.timeline import Script, Timeline, fit
from audiocoach.timeline.placing import BEAT_MS, on_beats
from audiocoach.timeline.script import SAMPLES_PER_MS, Anchor, Gap, Glue, Interval, Sound
from audiocoach.timeline.timeline import LeftOut, PlacedSpan
from audiocoach.wording import clock

MINUTE = 60_000
WORDS = dict(enumerate(["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"], start=10))


def told(
    routine: Routine, seed: int = 0, coaching: Settings = Settings()
) -> tuple[Script, dict[Sound, int]]:
    return Session(routine, coaching, seed).compiled()


def prescribed(timeline: Timeline) -> list[int]:
    """The length (ms) of every prescribed interval and rest in a timeline."""
    return [
        span.length // SAMPLES_PER_MS
        for span in timeline.spans
        if isinstance(span.item, Interval) and span.item.source is not Source.EDITORIAL
    ]


def assert_sound(
    timeline: Timeline, routine: Routine, first_side: Literal["right", "left"] | None = None
) -> None:
    """What must hold for every timeline of a routine."""
    assert all(first.end <= second.start for first, second in pairwise(timeline.cues))
    assert timeline.cues[0].start >= 0
    assert timeline.cues[-1].end <= timeline.total
    for span in timeline.spans:
        length = span.length // SAMPLES_PER_MS
        assert span.item.span.minimum <= length <= span.item.span.maximum, span
    expected = prescription(routine, first_side)
    found = prescribed(timeline)
    assert len(found) == len(expected)
    for length, (shortest, longest) in zip(found, expected, strict=True):
        assert shortest <= length <= longest
    shared: dict[str, set[int]] = {}
    for span in timeline.spans:
        # One without a share has a length of its own: a release that is kept short, for one.
        item = span.item
        if isinstance(item, Interval) and item.glue is Glue.TEMPO and item.share:
            shared.setdefault(item.share, set()).add(span.length)
    assert all(len(lengths) == 1 for lengths in shared.values())


@settings(max_examples=examples(150))
@given(session=sessions(), where=st.integers(0, 1000))
def test_any_routine_told_in_any_way_fits_any_length_within_its_limits(
    session: Session, where: int
) -> None:
    script, lengths = session.compiled()
    assert session.compiled() == (script, lengths)
    natural = fit(script, lengths)
    assert_sound(natural, session.routine, session.coaching.first_side)
    limits = natural.fit
    target = limits.shortest + (limits.longest - limits.shortest) * where // 1000
    timeline = fit(script, lengths, target)
    assert timeline.total == target * SAMPLES_PER_MS
    assert_sound(timeline, session.routine, session.coaching.first_side)


@settings(max_examples=examples(60))
@given(session=sessions(), where=st.integers(0, 1000))
def test_from_beat_to_beat_it_is_as_long_as_from_instant_to_instant(
    session: Session, where: int
) -> None:
    script, lengths = session.compiled()
    beats = clip_beats(on_beats(script), session.seed)
    limits = fit(script, lengths, None, beats).fit
    target = limits.shortest + (limits.longest - limits.shortest) * where // 1000
    timeline = fit(script, lengths, target, beats)
    assert timeline.total == target * SAMPLES_PER_MS
    assert_sound(timeline, session.routine, session.coaching.first_side)
    instants = {edge for span in timeline.spans for edge in instants_of(span)}
    for cue in timeline.cues:
        if cue.beat is None:
            continue
        assert cue.beat == cue.start + beats[cue.sound]
        if beats[cue.sound] <= BEAT_MS * SAMPLES_PER_MS:
            assert cue.beat - BEAT_MS * SAMPLES_PER_MS in instants


def instants_of(span: PlacedSpan) -> Iterator[int]:
    """Where in an interval a cue may be asked for, and where it ends."""
    if not isinstance(span.item, Interval):
        return
    yield span.end
    for placement in span.item.placements:
        offset = placement.offset * SAMPLES_PER_MS
        yield span.end - offset if placement.anchor is Anchor.END else span.start + offset


@settings(max_examples=examples(60))
@given(routine=routines(), seed=st.integers(0, 99), beyond=st.integers(1, 10 * MINUTE))
def test_beyond_its_limits_it_says_what_they_are(routine: Routine, seed: int, beyond: int) -> None:
    script, lengths = told(routine, seed)
    limits = fit(script, lengths).fit
    for target in (limits.shortest - beyond, limits.longest + beyond):
        with pytest.raises(FitError) as error:
            fit(script, lengths, target)
        told_limits = (error.value.shortest, error.value.natural, error.value.longest)
        assert (error.value.asked, *told_limits) == (
            target,
            limits.shortest,
            limits.natural,
            limits.longest,
        )
        # In whole seconds, both inside the true limits.
        assert f"from {clock(-(-limits.shortest // 1000) * 1000)} " in str(error.value)
        assert f"to {clock(limits.longest // 1000 * 1000)} " in str(error.value)
    assert fit(script, lengths, limits.shortest).total == limits.shortest * SAMPLES_PER_MS
    assert fit(script, lengths, limits.longest).total == limits.longest * SAMPLES_PER_MS


@settings(max_examples=examples(60))
@given(routine=routines(), seed=st.integers(0, 99))
def test_pace_never_touches_the_prescription(routine: Routine, seed: int) -> None:
    for pace in Pace:
        script, lengths = told(routine, seed, Settings(pace=pace))
        assert_sound(fit(script, lengths), routine)


@settings(max_examples=examples(40))
@given(routine=routines(), slowness=st.integers(1, 8))
def test_a_slow_voice_is_never_cut_off_or_talked_over(routine: Routine, slowness: int) -> None:
    script = compile_script(routine)
    lengths = clip_lengths(script.sounds(), 0, slowness)
    timeline = fit(script, lengths)
    assert_sound(timeline, routine)
    placed = len(timeline.cues)
    assert placed > 0
    if slowness == 8:
        assert all(isinstance(note, LeftOut) for note in timeline.notes)


def fractions(timeline: Timeline, growing: bool) -> dict[Glue, list[float]]:
    """For each class of pause, how far each one moved between natural (0) and its limit (1)."""
    moved: dict[Glue, list[float]] = {}
    for placed in timeline.spans:
        span = placed.item.span
        if span.rigid or not isinstance(placed.item, Gap):
            continue
        change = placed.length // SAMPLES_PER_MS - span.natural
        room = span.maximum - span.natural if growing else span.natural - span.minimum
        if room >= 1000:
            moved.setdefault(placed.item.glue, []).append(abs(change) / room)
    return moved


@pytest.mark.parametrize("name", ["foot-relief", "foot-care"])
@pytest.mark.parametrize("percent", [20, 50, 80])
@pytest.mark.parametrize("growing", [True, False])
def test_the_stretch_is_fair_and_in_order(name: str, percent: int, growing: bool) -> None:
    script, lengths = told(load(name))
    limits = fit(script, lengths).fit
    end = limits.longest if growing else limits.shortest
    target = limits.natural + (end - limits.natural) * percent // 100
    moved = fractions(fit(script, lengths, target), growing)
    for each in moved.values():
        # Equal within a class: a frame (24 ms) of snapping, and what whole steps leave over.
        assert max(each) - min(each) < 0.06
    order = [Glue.MOVE, Glue.BETWEEN, Glue.END]
    means = [sum(moved[glue]) / len(moved[glue]) for glue in order]
    assert means == sorted(means, reverse=growing)
    assert all(mean < 1 for mean in means)


def test_at_the_limits_everything_is_at_its_limit() -> None:
    script, lengths = told(load("foot-relief"))
    limits = fit(script, lengths).fit
    longest = fit(script, lengths, limits.longest)
    assert all(s.length == s.item.span.maximum * SAMPLES_PER_MS for s in longest.spans)
    assert longest.fit.used == 100
    shortest = fit(script, lengths, limits.shortest)
    assert shortest.fit.used == -100


def test_rests_of_a_range_are_whole_seconds_and_say_their_length() -> None:
    script, lengths = told(load("foot-relief"))
    limits = fit(script, lengths).fit
    seen = set()
    for target in range(limits.shortest, limits.longest, 20_011):
        timeline = fit(script, lengths, target)
        rests = [span for span in timeline.spans if span.item.glue is Glue.RANGE]
        assert len(rests) == 5
        for rest in rests:
            seconds, remainder = divmod(rest.length, 48_000)
            assert remainder == 0
            seen.add(seconds)
            said = next(cue for cue in timeline.cues if cue.start == rest.start)
            assert f"{WORDS[seconds]} seconds" in str(said.sound)
    assert {10, 15} <= seen


def test_a_gap_that_grows_long_gets_orienting_lines() -> None:
    script, lengths = told(load("foot-relief"))
    limits = fit(script, lengths).fit
    timeline = fit(script, lengths, limits.longest)
    sounding = sorted((cue.start, cue.end) for cue in timeline.cues)
    silences = [after[0] - before[1] for before, after in pairwise(sounding)]
    assert max(silences) <= 20 * 48_000


@settings(max_examples=examples(30))
@given(routine=routines())
def test_the_same_script_gives_the_same_timeline(routine: Routine) -> None:
    first, second = compile_script(routine), compile_script(routine)
    assert first == second
    lengths = clip_lengths(first.sounds(), 3)
    assert fit(first, lengths) == fit(second, lengths)
