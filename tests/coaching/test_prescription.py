"""What no pace flag may change: holds, work, rests, reps, sets, sides, their order, the beat.

For every bundled routine and for random ones, with each setting alone, each preset, and random
combinations; at any length the session can have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples, routines

from audiocoach.coaching.compiler import compile_script
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine
from audiocoach.routine.times import Source
from audiocoach.settings.kinds import NATURAL
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import PRESETS, SETTINGS, Place, names
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    CueKind,
    Interval,
    IntervalKind,
    MarkerKind,
)

ORDER = (MarkerKind.EXERCISE, MarkerKind.ROUND, MarkerKind.SET, MarkerKind.SIDE, MarkerKind.REP)

Event = tuple[str, str]
"""A marker (its kind and title), or a prescribed time or rest (its source and limits)."""


def prescribed(timeline: Timeline) -> list[Event]:
    """Every marker of the dose and every prescribed time, in order."""
    marks = [
        (mark.at, 0, (mark.marker.kind.value, mark.marker.title))
        for mark in timeline.markers
        if mark.marker.kind in ORDER
    ]
    times = []
    for placed in timeline.spans:
        item, length = placed.item, placed.length // SAMPLES_PER_MS
        if not isinstance(item, Interval) or item.source is Source.EDITORIAL:
            continue
        assert item.span.minimum <= length <= item.span.maximum
        if item.source is Source.PRESCRIBED:
            assert placed.length == item.span.minimum * SAMPLES_PER_MS
        limits = f"{item.source.value} {item.span.minimum}-{item.span.maximum} ms"
        kind = "rest" if item.kind is IntervalKind.REST else "time"
        kind = "switch" if item.share.endswith(".side-rest") else kind
        times.append((placed.start, 1, (kind, limits)))
    # Where several stand at one instant, as they came: the sort is stable.
    return [event for _, _, event in sorted(marks + times, key=lambda each: each[:2])]


def whichever_side_is_first(events: list[Event]) -> list[tuple[Event, ...]]:
    """The same with what belongs to each side kept together, and the sides of a set sorted."""
    parts: list[tuple[Event, ...]] = [tuple(each for each in events if each[0] == "switch")]
    events = [each for each in events if each[0] != "switch"]
    for sided, inside in groupby(blocks(events), key=lambda block: block[0][0] == "side"):
        part = list(inside)
        parts.extend(sorted(part) if sided else part)
    return parts


def blocks(events: list[Event]) -> Iterator[tuple[Event, ...]]:
    """The events cut before each rest, and each marker that is not a rep."""
    block: list[Event] = []
    for event in events:
        if block and event[0] in ("exercise", "round", "set", "side", "rest"):
            yield tuple(block)
            block = []
        block.append(event)
    yield tuple(block)


def assert_on_the_beat(timeline: Timeline) -> None:
    """Each second that is counted falls a whole number of seconds from an end of its time."""
    ends = [
        (placed.start, placed.start + placed.length)
        for placed in timeline.spans
        if isinstance(placed.item, Interval) and placed.item.source is not Source.EDITORIAL
    ]
    for cue in timeline.cues:
        inside = [(start, end) for start, end in ends if start <= cue.start < end]
        if cue.cue.kind is CueKind.COUNT and inside:
            ((start, end),) = inside
            assert 0 in {(cue.start - start) % SAMPLE_RATE, (end - cue.start) % SAMPLE_RATE}


def sessions(routine: Routine, chosen: Mapping[str, str | bool], where: int) -> Iterator[Timeline]:
    """The session with these settings: at its natural length, and at one inside its limits."""
    script = compile_script(routine, resolve(chosen, {}, routine).settings)
    lengths = clip_lengths(script.sounds(), 0)
    natural = fit(script, lengths)
    yield natural
    limits = natural.fit
    yield fit(script, lengths, limits.shortest + (limits.longest - limits.shortest) * where // 100)


def as_written(routine: Routine) -> list[Event]:
    """What is prescribed without any setting."""
    expected = prescribed(next(sessions(routine, {}, 50)))
    assert expected
    return expected


def assert_untouched(
    expected: list[Event], routine: Routine, chosen: Mapping[str, str | bool], where: int = 50
) -> None:
    """The settings leave the prescription as it is without them."""
    for timeline in sessions(routine, chosen, where):
        found = prescribed(timeline)
        if "first_side" in chosen:
            assert whichever_side_is_first(found) == whichever_side_is_first(expected)
        else:
            assert found == expected
        assert_on_the_beat(timeline)


_LENGTHS = st.integers(0, 60_000).map(lambda ms: f"{ms}ms")
_FACTORS = st.integers(0, 1000).map(lambda percent: f"x{percent // 100}.{percent % 100:02d}")
_MARK = st.integers(1, 90).map(lambda n: f"{n}s") | st.integers(1, 99).map(lambda n: f"{n}%")
_WRITTEN = {
    "duration": st.integers(60_000, 3_600_000).map(lambda ms: f"{ms}ms") | st.just(NATURAL),
    "rate": st.integers(50, 200).map(lambda percent: f"{percent / 100}"),
    "transition": _LENGTHS | _FACTORS,
    "get_ready": _LENGTHS | _FACTORS,
    "max_silence": st.integers(5, 120).map(lambda n: f"{n}s") | st.just("off"),
    "warn_at": st.lists(_MARK, min_size=1, max_size=3).map(",".join) | st.just("off"),
    "seed": st.integers(0, 999_999_999).map(str),
    "bed_level": st.integers(14, 40).map(str),
}
PACED = ("duration", *names(Place.ROUTINE))


def written(name: str) -> st.SearchStrategy[str | bool]:
    """Any value of a setting, as it is written."""
    if SETTINGS[name].kind.is_switch:
        return st.booleans()
    return _WRITTEN[name] if name in _WRITTEN else st.sampled_from(SETTINGS[name].kind.choices)


any_settings = st.fixed_dictionaries({}, optional={name: written(name) for name in PACED})

EACH = [
    *((name, choice) for name in PACED for choice in SETTINGS[name].kind.choices),
    *((name, on) for name in PACED if SETTINGS[name].kind.is_switch for on in (True, False)),
    *(("transition", text) for text in ("0s", "45s", "x0.5", "x3")),
    *(("get_ready", text) for text in ("0s", "20s", "x3")),
    *(("max_silence", text) for text in ("5s", "1min", "off")),
    *(("warn_at", text) for text in ("30s,10s", "10%", "1s", "off")),
    *(("seed", text) for text in ("1", "999999999")),
    *(("bed_level", text) for text in ("14", "40")),
    *(("rate", text) for text in ("0.5", "2.0")),
    *(("duration", text) for text in ("1h", NATURAL)),
]
NAMES = [name for name, _ in bundled()]


def test_each_setting_is_tried() -> None:
    assert {name for name, _ in EACH} == set(PACED)
    assert set(SETTINGS["preset"].kind.choices) == set(PRESETS)


@pytest.mark.parametrize("name", NAMES)
def test_no_setting_alone_touches_a_bundled_routine(name: str) -> None:
    routine = load(name)
    expected = as_written(routine)
    for setting, value in EACH:
        assert_untouched(expected, routine, {setting: value})


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(10))
@given(chosen=any_settings, where=st.integers(0, 100))
def test_no_combination_touches_a_bundled_routine(
    name: str, chosen: dict[str, str | bool], where: int
) -> None:
    routine = load(name)
    assert_untouched(as_written(routine), routine, chosen, where)


@settings(max_examples=examples(150))
@given(routine=routines(), chosen=any_settings, where=st.integers(0, 100))
def test_no_combination_touches_any_routine(
    routine: Routine, chosen: dict[str, str | bool], where: int
) -> None:
    assert_untouched(as_written(routine), routine, chosen, where)


def test_a_change_would_be_noticed() -> None:
    """The comparison sees a rep, a second, a side and an order that are not as before."""
    events: list[Event] = [
        ("exercise", "lunge"),
        *(("side", "right leg"), ("rep", "1"), ("prescribed", "3000-3000 ms")),
        *(("side", "left leg"), ("rep", "1"), ("prescribed", "5000-5000 ms")),
        ("exercise", "squat"),
    ]
    turned = [events[0], *events[4:7], *events[1:4], events[7]]
    assert turned != events
    assert whichever_side_is_first(turned) == whichever_side_is_first(events)
    for index in range(len(events)):
        shorter = events[:index] + events[index + 1 :]
        assert whichever_side_is_first(shorter) != whichever_side_is_first(events)
    swapped = [*events[:3], events[6], *events[4:6], events[3], events[7]]
    assert whichever_side_is_first(swapped) != whichever_side_is_first(events)
