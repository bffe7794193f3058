"""Where one may land: never in what is prescribed, never so that it begins untold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, routines, timeline_of

from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine
from audiocoach.timeline import Timeline
from audiocoach.timeline.landing import entrances, landed, landings, passages, since
from audiocoach.timeline.outline import outline
from audiocoach.timeline.script import Interval, IntervalKind


def check(timeline: Timeline) -> None:
    parts, places = outline(timeline), landings(timeline)
    assert places[0] == 0
    assert list(places) == sorted(set(places))
    assert places[-1] < timeline.total
    for span in timeline.spans:
        if isinstance(span.item, Interval):
            inside = [at for at in places if span.start < at < span.end]
            assert not inside, (span.item.kind, span.start, inside)
    resting = {
        span.end
        for span in timeline.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST
    }
    entered = entrances(parts)
    for part, at, following in zip(parts, entered, (*entered[1:], timeline.total), strict=True):
        done = {unit.kind for passage in part.passages for unit in passage.units}
        # Only what opens a round, with no more than a rest, is no place of its own.
        assert at < following or (at == following and done <= {IntervalKind.REST})
    assert set(entered) <= set(places)
    for part, at in zip(parts, entered, strict=True):
        assert (at < part.start) is (part.start in resting)


@settings(max_examples=examples(100))
@given(routines())
def test_no_place_is_inside_a_prescribed_time(routine: Routine) -> None:
    check(timeline_of(routine))


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_the_bundled_routines_can_be_entered_where_nothing_is_cut(name: str) -> None:
    check(timeline_of(load(name)))


@settings(max_examples=examples(100))
@given(routines(), st.integers(0, 2**40))
def test_a_jump_lands_before_what_it_asked_for_and_as_near_as_may_be(
    routine: Routine, at: int
) -> None:
    timeline = timeline_of(routine)
    places = landings(timeline)
    place = landed(places, at % timeline.total)
    assert place <= at % timeline.total
    assert not any(place < other <= at % timeline.total for other in places)


def test_a_passage_is_entered_from_its_count_in() -> None:
    timeline = timeline_of(load("foot-relief"))
    part = next(part for part in outline(timeline) if part.address.exercise == 1)
    (start, end), *_ = passages(part)
    counted = next(cue for cue in timeline.cues if cue.start >= start)
    assert counted.cue.kind.value == "countdown"
    place = landed(landings(timeline), (start + end) // 2)
    (heard,) = (cue for cue in timeline.cues if cue.start == place)
    assert heard.cue.kind.value == "action"
    assert heard.end <= start


@settings(max_examples=examples(60))
@given(routines(), st.integers(0, 2**40))
def test_what_is_left_from_a_place_on_is_what_the_whole_has_there(
    routine: Routine, at: int
) -> None:
    whole = timeline_of(routine)
    place = landed(landings(whole), at % whole.total)
    left = since(whole, place)
    assert left.total == whole.total - place
    assert [(cue.start + place, cue.sound) for cue in left.cues] == [
        (cue.start, cue.sound) for cue in whole.cues if cue.start >= place
    ]
    first, *others = outline(left)
    assert first.start == 0
    *_, under = (part for part in outline(whole) if part.start <= place)
    assert first.title == under.title
    starts = [part.start for part in outline(whole) if part.start > place]
    assert [part.start + place for part in others] == starts
