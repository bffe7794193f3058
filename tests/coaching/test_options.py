"""What each option of telling does, and that it does nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from catalogues import plain
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples, routines

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.counting import Counter, instant
from audiocoach.coaching.phrases import phrases_for
from audiocoach.coaching.writer import Writer
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Amount, Count, Direction, Mark, Pace
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    Anchor,
    Chime,
    Cue,
    CueKind,
    Gap,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
    Origin,
    Placement,
    Wait,
)

MINUTE = 60_000
NUMBERS = {phrases_for("en").number(number): number for number in range(601)}


def counter(coaching: Coaching) -> Counter:
    return Counter(Writer(phrases_for("en"), coaching, "en"), Origin())


def text(placement: Placement) -> str:
    assert isinstance(placement.cue.sound, Utterance)
    return plain(placement.cue.sound.text).rstrip(".")


def told(placements: Iterable[Placement], length: int) -> str:
    """`0 One, 1 Two`: each word behind the second it falls on."""
    return ", ".join(f"{instant(each, length) / 1000:g} {text(each)}" for each in placements)


def routine(exercises: str, top: str = "") -> Routine:
    return loads(f"title: T\nlanguage: en\n{top}exercises:\n{exercises}\n")


def lines(of: Script) -> list[str]:
    return [plain(cue.sound.text) for cue in of.cues() if isinstance(cue.sound, Utterance)]


def spoken(exercises: str, **coaching: Any) -> list[str]:
    return lines(compile_script(routine(exercises), Coaching(**coaching)))


# Which seconds are counted, and which way

COUNTS = [
    # count, direction, what is said in 4 s, and in 12 s
    ("auto", "auto", "0 One, 1 Two, 2 Three, 3 Four", "0 Hold, 7 Five, 9 Three, 10 Two, 11 One"),
    ("auto", "down", "0 Four, 1 Three, 2 Two, 3 One", "0 Hold, 7 Five, 9 Three, 10 Two, 11 One"),
    ("auto", "up", "0 One, 1 Two, 2 Three, 3 Four", "0 Hold, 7 Eight, 9 Ten, 10 Eleven, 11 Twelve"),
    (
        *("every-5", "auto", "0 Hold, 1 Three, 2 Two, 3 One"),
        "0 Hold, 2 Ten, 7 Five, 9 Three, 10 Two, 11 One",
    ),
    (
        *("every-5", "up", "0 Hold, 1 Two, 2 Three, 3 Four"),
        "0 Hold, 4 Five, 9 Ten, 10 Eleven, 11 Twelve",
    ),
    ("ends", "auto", "0 Hold, 1 Three, 2 Two, 3 One", "0 Hold, 9 Three, 10 Two, 11 One"),
    ("ends", "up", "0 Hold, 1 Two, 2 Three, 3 Four", "0 Hold, 9 Ten, 10 Eleven, 11 Twelve"),
    ("off", "auto", "0 Hold", "0 Hold"),
    ("off", "up", "0 Hold", "0 Hold"),
    ("off", "down", "0 Hold", "0 Hold"),
]


@pytest.mark.parametrize(("count", "direction", "short", "longer"), COUNTS)
def test_which_seconds_are_counted(count: str, direction: str, short: str, longer: str) -> None:
    found = counter(Coaching(count=Count(count), count_direction=Direction(direction)))
    assert told(found.held(4_000, ""), 4_000) == short
    assert told(found.held(12_000, ""), 12_000) == longer


@pytest.mark.parametrize(("direction", "first", "last"), [("up", 1, 120), ("down", 120, 1)])
def test_every_second_is_counted_when_that_is_asked_for(
    direction: str, first: int, last: int
) -> None:
    found = counter(Coaching(count=Count.EVERY, count_direction=Direction(direction)))
    said = [(instant(each, 120_000), text(each)) for each in found.held(120_000, "")]
    assert [at for at, _ in said] == list(range(0, 120_000, 1000))
    numbers = [NUMBERS[word.lower()] for _, word in said]
    assert (numbers[0], numbers[-1]) == (first, last)
    assert {abs(after - before) for before, after in pairwise(numbers)} == {1}


counts = st.sampled_from(Count)
lengths = st.integers(1, 600).map(lambda n: n * 1000) | st.integers(1, 600_000)


@given(count=counts, length=lengths, first=st.sampled_from(["", "Go."]))
def test_up_counts_fall_on_the_second_that_begins(count: Count, length: int, first: str) -> None:
    found = counter(Coaching(count=count, count_direction=Direction.UP)).held(length, first)
    for placement in found:
        if placement.cue.kind is CueKind.COUNT:
            assert placement.anchor is Anchor.START
            assert placement.offset == (NUMBERS[text(placement).lower()] - 1) * 1000
            assert placement.offset < length


@given(count=counts, length=lengths, first=st.sampled_from(["", "Go."]))
def test_down_counts_fall_at_the_second_they_name(count: Count, length: int, first: str) -> None:
    found = counter(Coaching(count=count, count_direction=Direction.DOWN)).held(length, first)
    numbers = [each for each in found if text(each).lower() in NUMBERS]
    for placement in numbers:
        assert placement.anchor is Anchor.END
        assert placement.offset == NUMBERS[text(placement).lower()] * 1000
        assert placement.offset <= length
    if count is not Count.OFF and length >= 4_000:
        assert [text(each) for each in numbers[-3:]] == ["Three", "Two", "One"]


@given(
    count=counts,
    direction=st.sampled_from(Direction),
    length=lengths,
    halfway=st.booleans(),
    silence=st.sampled_from([0, 20_000]),
)
def test_whatever_is_counted_a_time_begins_with_one_word_and_no_two_share_a_beat(
    count: Count, direction: Direction, length: int, halfway: bool, silence: int
) -> None:
    coaching = Coaching(
        count=count, count_direction=direction, halfway=halfway, max_silence=silence
    )
    for first in ("", "Go."):
        at = [instant(each, length) for each in counter(coaching).held(length, first)]
        assert at[0] == 0 or (not first and count is not Count.OFF and length % 1000)
        assert at == sorted(set(at))
        assert at[-1] < length


def test_the_count_of_reps_is_that_of_seconds() -> None:
    dose = "  - {name: circles, reps: 7, rep_duration: 2s}"
    every = ["Go.", "Two.", "Three.", "Four.", "Five.", "Six.", "Last one.", "Seven."]
    fives = ["Go.", "Five.", "Last one."]
    ends = ["Go.", "Last one."]
    for count, said in (("auto", every), ("every", every), ("every-5", fives), ("ends", ends)):
        found = spoken(dose, count=Count(count))
        assert found[found.index("Go.") : found.index("And stop.")] == said, count


# The count-in


@pytest.mark.parametrize("seconds", [3, 5, 10])
def test_the_count_in_lasts_as_many_seconds(seconds: int) -> None:
    script = compile_script(routine("  - {name: squat, hold: 1s}"), Coaching(countdown=seconds))
    (count_in,) = (i for i in intervals(script) if i.kind is IntervalKind.COUNT_IN)
    assert count_in.span.minimum == count_in.span.maximum == seconds * 1000
    assert [each.offset for each in count_in.placements] == list(range(seconds * 1000, 0, -1000))
    assert text(count_in.placements[0]).lower() == phrases_for("en").number(seconds)


def test_without_a_count_in_nobody_is_made_ready() -> None:
    script = compile_script(load("foot-relief"), Coaching(countdown=0))
    assert not [i for i in intervals(script) if i.kind is IntervalKind.COUNT_IN]
    assert not [line for line in lines(script) if line.startswith("Ready")]
    assert CueKind.COUNTDOWN in {
        cue.kind for cue in script.cues()
    }  # holds are counted all the same


@pytest.mark.parametrize(
    ("seconds", "rest", "counted"),
    [
        (10, "30s", "Ten, Nine, Eight, Seven, Six, Five, Four, Three, Two, One"),
        (10, "19s", "Three, Two, One"),  # it would take more than half of the rest
        (5, "10s", "Five, Four, Three, Two, One"),
        (5, "5s", "Two, One"),
        (3, "10s", "Three, Two, One"),
        (3, "1s", ""),
        (0, "30s", ""),
    ],
)
def test_a_rest_counts_in_as_well_but_no_more_than_half_of_it(
    seconds: int, rest: str, counted: str
) -> None:
    script = compile_script(
        routine(f"  - {{name: squat, sets: 2, hold: 1s, rest: {rest}}}"),
        Coaching(countdown=seconds, warn_at=()),
    )
    (found,) = (i for i in script.items if isinstance(i, Interval) and i.kind is IntervalKind.REST)
    said = [text(each) for each in found.placements if each.cue.kind is CueKind.COUNTDOWN]
    assert ", ".join(said) == counted


# Warnings and landmarks


@pytest.mark.parametrize(
    ("marks", "told_at"),
    [
        ((), []),
        ((Mark(10_000),), [10]),
        ((Mark(30_000), Mark(10_000)), [30, 10]),
        ((Mark(percent=25),), [30]),
        ((Mark(percent=10), Mark(12_000)), [12]),
        ((Mark(percent=7),), [8]),  # 8.4 s, whole seconds
        ((Mark(percent=60), Mark(61_000)), [72, 61]),
        ((Mark(percent=97), Mark(119_000), Mark(5_000), Mark(percent=3)), []),
    ],
)
def test_the_time_left_is_told_when_that_is_asked_for(
    marks: tuple[Mark, ...], told_at: list[int]
) -> None:
    """But not in the first five seconds, nor in the last."""
    found = counter(Coaching(warn_at=marks, max_silence=0)).held(2 * MINUTE, "Go.")
    told = [each for each in found if "seconds" in text(each) or "to go" in text(each)]
    assert [each.offset // 1000 for each in told] == told_at
    rest = counter(Coaching(warn_at=marks, max_silence=0)).time_left(2 * MINUTE)
    assert [each.offset // 1000 for each in rest] == told_at


@pytest.mark.parametrize(("shortest", "told_at"), [(60, [30, 10]), (59, [10]), (19, [])])
def test_a_rest_of_a_range_warns_only_where_even_the_shortest_is_long_enough(
    shortest: int, told_at: list[int]
) -> None:
    found = counter(Coaching(warn_at=(Mark(30_000), Mark(10_000)), max_silence=0))
    marks = found.time_left(90_000, shortest * 1000)
    assert [each.offset // 1000 for each in marks] == told_at


def test_halfway_is_for_times_and_for_reps() -> None:
    dose = "  - {name: squat, reps: 6, hold: 16s}"
    heard, without = spoken(dose), spoken(dose, halfway=False)
    assert (heard.count("Halfway."), heard.count("Half done.")) == (6, 1)
    assert not {"Halfway.", "Half done."} & {*without}


def test_the_last_rep_may_go_unannounced() -> None:
    dose = "  - {name: squat, reps: 5, hold: 1s}"
    reps = ["Number two.", "Number three.", "Two to go."]
    assert [line for line in spoken(dose) if line in (*reps, "Last one.")] == [*reps, "Last one."]
    without = spoken(dose, last_one=False)
    numbers = ["Number two.", "Number three.", "Number four.", "Number five."]
    assert [line for line in without if line in (*reps, *numbers, "Last one.")] == numbers


# Encouragement

MANY = "\n".join(f"  - {{name: e{number}, hold: 1s}}" for number in range(12))


def praise(**coaching: Any) -> list[str]:
    script = compile_script(routine(MANY), Coaching(**coaching))
    found: list[list[str]] = []
    for item in script.items:
        if isinstance(item, Marker) and item.kind is MarkerKind.EXERCISE:
            found.append([])
        elif isinstance(item, Cue) and item.kind is CueKind.ENCOURAGEMENT:
            found[-1].append(str(getattr(item.sound, "text", "")))
    return [" ".join(lines) for lines in found if lines]


@given(seed=st.integers(0, 10_000))
@settings(max_examples=examples(25))
def test_praise_is_never_the_same_twice_in_a_row_and_a_seed_always_gives_the_same(
    seed: int,
) -> None:
    found = praise(seed=seed)
    assert len(found) == 12
    assert found == praise(seed=seed)
    wordings = [re.sub(r"e\d+", "…", line) for line in found]
    assert all(before != after for before, after in pairwise(wordings))
    assert set(wordings) == {re.sub(r"e\d+", "…", line) for line in praise()}


def test_another_seed_gives_another_order() -> None:
    assert len({tuple(praise(seed=seed)) for seed in range(20)}) > 5


def test_without_encouragement_it_is_only_said_what_is_over() -> None:
    assert praise(encouragement=False) == []
    assert spoken(MANY, encouragement=False).count("Finished: e3.") == 1


# Switches


@settings(max_examples=examples(40))
@given(routine=routines())
def test_without_chimes_there_is_no_chime_anywhere(routine: Routine) -> None:
    script = compile_script(routine, Coaching(chimes=False))
    assert not [cue for cue in script.cues() if isinstance(cue.sound, Chime)]


def test_chimes_begin_and_end_a_session_and_change_sides() -> None:
    script = compile_script(routine("  - {name: lunge, sides: right-then-left, hold: 1s}"))
    chimes = [cue.sound for cue in script.cues() if isinstance(cue.sound, Chime)]
    assert chimes == [Chime.START, Chime.SIDE, Chime.END]


BREATHED = "  - {name: squat, breath: In and out., eyes_free: Feel the floor., hold: 1s}"


def test_lines_on_breath_and_for_those_who_cant_look_are_told_when_wanted() -> None:
    assert "In and out." in spoken(BREATHED)
    assert "In and out." not in spoken(BREATHED, breath=False)
    assert "Feel the floor." not in spoken(BREATHED)
    assert "Feel the floor." in spoken(BREATHED, eyes_free=True)


def test_a_position_described_for_those_who_cant_look_is_known_in_later_rounds() -> None:
    for between in ("", "    rest_between: 40s\n"):
        again = f"  - rounds: 3\n{between}    exercises:\n    {BREATHED.strip()}"
        assert spoken(again, eyes_free=True).count("Feel the floor.") == 1


# Which side is first

SIDED = """
  - {name: lunge, limb: leg, sides: right-then-left, sets: 2, reps: {right: 2, left: 3}, hold: 1s}
  - {name: march, limb: knee, sides: alternating, reps: 1, hold: 1s}
  - {name: kick, limb: foot, sides: left, hold: 1s}
"""


@pytest.mark.parametrize(
    ("first_side", "sides", "marched"),
    [
        (None, ["right leg", "left leg"] * 2, "Left knee."),
        ("right", ["right leg", "left leg"] * 2, "Left knee."),
        ("left", ["left leg", "right leg"] * 2, "Right knee."),
    ],
)
def test_the_first_side_swaps_the_order_and_no_more(
    first_side: Any, sides: list[str], marched: str
) -> None:
    script = compile_script(routine(SIDED), Coaching(first_side=first_side))
    blocks: list[tuple[str, int]] = []
    for item in script.items:
        if isinstance(item, Marker) and item.kind is MarkerKind.SIDE:
            blocks.append((item.title, 0))
        elif isinstance(item, Marker) and item.kind is MarkerKind.REP and blocks:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + 1)
    assert [name for name, _ in blocks] == [*sides, "left foot"]
    assert dict(blocks[:2]) == {"right leg": 2, "left leg": 3}
    *_, last = (line for line in lines(script) if line.endswith(" knee."))
    assert last == marched
    asked = "left" if first_side == "left" else "right"
    assert f"Ready: {asked} knee." in lines(script)


# Silence

WORK = "  - {name: walk, work: 10min, sets: 2, rest: 5min}"


def longest_silence(timeline: Timeline) -> int:
    """Between the end of one sound and the beginning of the next (ms)."""
    ends = [(cue.start, cue.end) for cue in timeline.cues]
    silences = [after[0] - before[1] for before, after in pairwise(ends)]
    return max(silences) // SAMPLES_PER_MS


def timeline_of(routine: Routine, coaching: Coaching) -> Timeline:
    script = compile_script(routine, coaching)
    return fit(script, clip_lengths(script.sounds(), 0))


@pytest.mark.parametrize("count", [Count.AUTO, Count.OFF])
@pytest.mark.parametrize("silence", [10_000, 20_000, 60_000])
def test_no_silence_is_longer_than_asked_for(silence: int, count: Count) -> None:
    for told_routine in (routine(WORK), load("foot-relief"), load("couch-to-5k")):
        coaching = Coaching(max_silence=silence, count=count)
        assert longest_silence(timeline_of(told_routine, coaching)) <= silence


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_what_is_shipped_leaves_no_word_out_and_nobody_in_the_dark_at_any_length(name: str) -> None:
    told_routine = load(name)
    coaching = resolve({}, {}, told_routine).settings
    script = compile_script(told_routine, coaching)
    clips = clip_lengths(script.sounds(), 0)
    limits = fit(script, clips).fit
    for length in (limits.shortest, limits.natural, limits.longest):
        timeline = fit(script, clips, length)
        assert timeline.notes == ()
        assert not coaching.max_silence or longest_silence(timeline) <= coaching.max_silence


def test_without_a_limit_nothing_is_said_to_break_a_silence() -> None:
    script = compile_script(routine(WORK), Coaching(max_silence=0, warn_at=(), halfway=False))
    assert script.orient_after == 0
    timeline = fit(script, clip_lengths(script.sounds(), 0))
    kinds = {cue.cue.kind for cue in timeline.cues}
    assert CueKind.ORIENT not in kinds
    assert longest_silence(timeline) > 9 * MINUTE


# Pauses


@pytest.mark.parametrize(
    ("amount", "between", "ready"),
    [
        (Amount(), (4_000, 6_000, 20_000), (600, 1_200, 4_000)),
        (Amount(ms=0), (0, 0, 0), (0, 0, 0)),
        (Amount(ms=7_000), (7_000,) * 3, (7_000,) * 3),
        (Amount(percent=50), (2_000, 3_000, 10_000), (300, 600, 2_000)),
        (Amount(percent=200), (8_000, 12_000, 40_000), (1_200, 2_400, 8_000)),
    ],
)
def test_transition_and_get_ready_are_lengths_or_factors(
    amount: Amount, between: tuple[int, ...], ready: tuple[int, ...]
) -> None:
    dose = "  - {name: a, hold: 1s}\n  - {name: b, sides: right-then-left, hold: 1s}"
    script = compile_script(routine(dose), Coaching(transition=amount, get_ready=amount))
    assert spans(script, Wait.EXERCISES) == {between}
    assert spans(script, Wait.READY) == {ready}
    sides = (
        (6_000, 10_000, 25_000) if amount.ms is None else (amount.ms * 100 // amount.percent,) * 3
    )
    scaled = tuple(side * amount.percent // 100 for side in sides)
    assert spans(script, Wait.SIDES) == {scaled}
    plain = compile_script(routine(dose))
    for wait in (Wait.SETTLE, Wait.FIRST):
        assert spans(script, wait) == spans(plain, wait)


def intervals(script: Script) -> list[Interval]:
    return [item for item in script.items if isinstance(item, Interval)]


def spans(script: Script, wait: Wait) -> set[tuple[int, ...]]:
    gaps = [item.span for item in script.items if isinstance(item, Gap) and item.wait is wait]
    assert gaps
    return {(span.minimum, span.natural, span.maximum) for span in gaps}


def test_the_pace_moves_natural_lengths_inside_the_same_limits() -> None:
    dose = "  - {name: a, hold: 1s}\n  - {name: b, hold: 1s}"
    naturals = []
    for pace in (Pace.BRISK, Pace.NORMAL, Pace.SLOW):
        script = compile_script(routine(dose), Coaching(pace=pace))
        ((shortest, natural, longest),) = spans(script, Wait.EXERCISES)
        assert (shortest, longest) == (4_000, 20_000)
        naturals.append(natural)
    assert naturals == [4_500, 6_000, 8_100]


# The length of the session


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (None, "Two exercises."),
        (20 * MINUTE, "Twenty minutes, two exercises."),
        (20 * MINUTE + 1, "About twenty minutes, two exercises."),
        (29_000, "Two exercises."),
    ],
)
def test_the_welcome_says_how_long_it_will_be(duration: int | None, said: str) -> None:
    dose = "  - {name: a, hold: 1s}\n  - {name: b, hold: 1s}"
    assert spoken(dose, duration=duration)[2] == said
