"""Circuits by the clock and short rests: all that has to be known is said before it is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coachings, examples, routines

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import dose_lines, side_name
from audiocoach.coaching.doubts import hurried_moves
from audiocoach.coaching.moving import request
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import sentences
from audiocoach.routine.load import loads
from audiocoach.routine.model import Position, Routine
from audiocoach.routine.unfold import Turn, turns
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    Cue,
    Interval,
    IntervalKind,
    Script,
    Sound,
    Utterance,
)

# What is heard before it is needed


def told_before(script: Script) -> Iterator[tuple[Interval, list[str], list[str]]]:
    """Each time that is worked, with all that may be heard before it, and since the last one."""
    ever: list[str] = []
    since: list[str] = []
    for item in script.items:
        cues = [item] if isinstance(item, Cue) else []
        if isinstance(item, Interval):
            if item.kind not in (IntervalKind.REST, IntervalKind.COUNT_IN):
                yield item, ever, since
                since = []
            cues = [placement.cue for placement in item.placements]
        texts = [cue.sound.text.casefold() for cue in cues if isinstance(cue.sound, Utterance)]
        ever += texts
        since += texts


def by_address(routine: Routine) -> dict[tuple[int, int], tuple[Turn, Position]]:
    """Each turn by the number of its exercise and the round, with the position before it."""
    numbers: dict[tuple[int, ...], int] = {}
    passes: Counter[tuple[int, ...]] = Counter()
    found = {}
    position = Position.STANDING
    for turn in turns(routine):
        number = numbers.setdefault(turn.path, len(numbers) + 1)
        passes[turn.path] += 1
        found[number, passes[turn.path]] = turn, position
        position = turn.exercise.position
    return found


def check_facts(routine: Routine, coaching: Settings) -> None:
    """Name, position, dose, load, side and variant of each block, as the sheet has them."""
    phrases = phrases_for(routine.language)
    known = by_address(routine)
    begun: set[tuple[int, int]] = set()
    last: tuple[object, ...] = ()
    for interval, ever, since in told_before(compile_script(routine, coaching)):
        at = interval.address
        turn, position = known[at.exercise, at.round]
        exercise = turn.exercise
        block = (at.exercise, at.round, at.set, at.side, at.variant)
        if block == last or not at.exercise:
            continue
        new = (at.exercise, at.round) not in begun
        # Where one follows the other at once, there is time for hardly more than a name.
        at_once = turn.rest is not None and not turn.rest.maximum
        begun.add((at.exercise, at.round))
        recent = " ".join(since)
        if new:
            assert at_once or exercise.name.casefold() in recent
            if exercise.position is not position and not at_once:
                assert phrases(request(position, exercise.position)).casefold() in recent
            # Of rounds without a rest between them only the first is told: what differs is not.
            told = () if at_once and at.round > 1 else (phrases, exercise, coaching.first_side)
            for line in dose_lines(*told) if told else ():
                for sentence in sentences(line, routine.language):
                    assert sentence.casefold() in ever, sentence
        if new and at_once:
            last = block
            continue
        if at.side and (new or last[3] != at.side) and not exercise.sides.in_turn > 1:
            assert side_name(phrases, exercise, at.side).casefold() in recent
        if at.variant and (new or last[4] != at.variant):
            assert exercise.each[at.variant - 1].name.casefold() in recent
        last = block


@settings(max_examples=examples(150))
@given(routine=routines(), coaching=coachings(), telling=st.sampled_from(["full", "brief"]))
def test_every_prescribed_fact_is_heard_before_it_is_needed(
    routine: Routine, coaching: Settings, telling: str
) -> None:
    check_facts(routine, replace(coaching, coaching=Telling(telling)))


# -- circuits ------------------------------------------------------------------------

CIRCUIT = """\
title: {title}
language: {language}
exercises:
  - rounds: 2
    rest_between: {rest}
    exercises:
      - {{name: march, work: 30s}}
      - name: bridge
        position: lying on back
        setup: Bend your knees.
        movement: Press through both feet, and lift your hips.
        easier: Lift less high.
        brief: Hips up.
        reps: 8
        hold: 5s
      - {{name: clam, position: lying on side, sides: left, limb: leg, work: 40s}}
      - name: circle
        position: lying on back
        each: [{{name: clockwise, say: Start away from you.}}, back]
        reps: 5
        rep_duration: 2s
        sides: right-then-left
        limb: foot
"""


def circuit(rest: str, language: str = "en") -> Routine:
    return loads(CIRCUIT.format(rest=rest, language=language, title="Mixed"))


def timeline_of(routine: Routine, **coaching: object) -> Timeline:
    """As a voice of about 150 words a minute speaks it."""
    settled = resolve(coaching, {}, routine).settings
    script = compile_script(routine, settled)
    lengths: dict[Sound, int] = {
        sound: (8 + 3 * len(sound.text)) * 1152 if isinstance(sound, Utterance) else 20 * 1152
        for sound in script.sounds()
    }
    return fit(script, lengths)


def heard(timeline: Timeline, start: int, end: int) -> list[str]:
    """What is said between two instants (samples)."""
    return [
        cue.sound.text
        for cue in timeline.cues
        if isinstance(cue.sound, Utterance) and start <= cue.start < end
    ]


def rests(timeline: Timeline) -> list[list[str]]:
    """What is said in each rest, and as the work after it begins."""
    return [
        heard(timeline, span.start, span.end + SAMPLE_RATE // 2)
        for span in timeline.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST
    ]


def before_the_first(timeline: Timeline) -> list[str]:
    start = next(span.start for span in timeline.spans if is_work(span.item))
    return heard(timeline, 0, start)


def is_work(item: object) -> bool:
    return isinstance(item, Interval) and item.kind is IntervalKind.WORK


def test_in_a_long_rest_a_station_is_told_before_its_first_time() -> None:
    timeline = timeline_of(circuit("30s"))
    opening = before_the_first(timeline)
    assert "Listen first." not in opening
    assert not {"Bridge.", "Clam.", "Circle."} & set(opening)
    first, second, third, *_ = rests(timeline)
    assert first == [
        *("Rest, thirty seconds.", "Coming up: bridge.", "Now lie down on your back."),
        *("Bend your knees.", "Press through both feet, and lift your hips."),
        *("If this is too hard:", "Lift less high."),
        "Eight times, and hold each time for five seconds.",
        *("Three.", "Two.", "One.", "Now."),
    ]
    assert second[1:5] == [
        *("Up next: clam.", "Now lie down on your side.", "For forty seconds."),
        "One side only: left leg.",
    ]
    assert third[-7:-4] == ["Start away from you.", "Right foot.", "Clockwise."]
    assert not [each for each in timeline.notes if "rest" in repr(each)]


def test_in_a_short_rest_it_is_told_before_the_circuit() -> None:
    timeline = timeline_of(circuit("15s"))
    opening = before_the_first(timeline)
    at = opening.index("Listen first.")
    assert opening[at + 1 : at + 8] == [
        *("Bridge.", "Bend your knees.", "Press through both feet, and lift your hips."),
        *("If this is too hard:", "Lift less high."),
        *("Eight times, and hold each time for five seconds.", "Clam."),
    ]
    assert opening[at + 8 : at + 10] == ["For forty seconds.", "One side only: left leg."]
    assert "Start away from you." in opening
    first, second, third, *_ = rests(timeline)
    assert first[1:4] == ["Coming up: bridge.", "Now lie down on your back.", "Hips up."]
    assert second[1:4] == ["Up next: clam.", "Now lie down on your side.", "Left leg."]
    assert {"Clockwise.", "Right foot."} <= set(third)


def test_what_a_rest_had_no_time_for_is_told_in_the_next_round() -> None:
    text = CIRCUIT.replace("easier: Lift less high.", "mistake: Don't arch. " + "Stay long. " * 6)
    routine = loads(text.format(rest="30s", language="en", title="Mixed"))
    first, *others = rests(timeline_of(routine))
    assert "Don't arch." not in first
    assert "Don't arch." in others[3]


def test_a_station_too_long_for_its_rest_is_told_before() -> None:
    text = CIRCUIT.replace("Bend your knees.", "Bend your knees. " + "Stay long, and breathe. " * 9)
    timeline = timeline_of(loads(text.format(rest="20s", language="en", title="Mixed")))
    opening = before_the_first(timeline)
    assert "Bridge." in opening
    assert "Clam." not in opening, "the others have the time"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["5s", "7s", "10s", "20s", "45s", "20-40s"])
@pytest.mark.parametrize("telling", ["full", "brief", "minimal"])
def test_name_and_side_are_heard_in_any_rest(language: str, rest: str, telling: str) -> None:
    routine = circuit(rest, language)
    phrases = phrases_for(language)
    timeline = timeline_of(routine, coaching=Telling(telling))
    order = [turn.exercise for turn in turns(routine)][1:]
    found = [
        each
        for each in rests(timeline)
        if any(exercise.name in " ".join(each).casefold() for exercise in order)
    ]
    for exercise, said in zip(order, found, strict=True):
        text = " ".join(said).casefold()
        assert exercise.name in text
        if exercise.sides.blocks[0]:
            side = side_name(phrases, exercise, exercise.sides.blocks[0])
            assert side.casefold() in text


# -- short rests ---------------------------------------------------------------------


def test_a_new_round_in_five_seconds_says_what_is_done() -> None:
    head = CIRCUIT.partition("      - name: bridge")[0]
    text = head + "      - {{name: reverse lunge, work: 30s}}\n"
    timeline = timeline_of(loads(text.format(rest="5s", language="en", title="Quick")))
    assert rests(timeline) == [
        ["Rest.", "Coming up: reverse lunge.", "Two.", "One.", "Reverse lunge."],
        ["Rest now, five seconds.", "March.", "Two.", "One.", "March."],
        ["Rest.", "Then comes: reverse lunge.", "Two.", "One.", "Reverse lunge."],
    ]


SETS = """\
title: Short
language: {language}
exercises:
  - {{name: pull, sides: right-then-left, limb: leg, sets: 3, work: 10s, rest: {rest}}}
"""


@pytest.mark.parametrize("language", languages())
def test_the_side_is_said_in_three_seconds(language: str) -> None:
    routine = loads(SETS.format(language=language, rest="3s"))
    side = side_name(phrases_for(language), next(routine.all_exercises()), "right")
    for said in rests(timeline_of(routine)):
        assert phrases_for(language)("cue.rest") in said
        assert side.casefold() in " ".join(said).casefold()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["1s", "2s", "4s"])
def test_no_work_ends_in_silence(language: str, rest: str) -> None:
    routine = loads(SETS.format(language=language, rest=rest))
    for said in rests(timeline_of(routine)):
        assert said[0].startswith(phrases_for(language)("cue.rest").rstrip("."))


def test_a_stop_word_is_the_last_to_go() -> None:
    text = SETS.format(language="en", rest="1s").replace("work:", "stop: Let go, work:")
    for said in rests(timeline_of(loads(text))):
        assert said[0] == "Let go."


def test_a_move_nobody_can_make_is_noted() -> None:
    notes = [str(each) for each in hurried_moves(circuit("10s"))]
    assert len(notes) == 1
    (note,) = notes
    assert "exercise 'march': position: there are 10s to get from lying on back to standing" in note
    assert "takes 12s at least" in note
    assert len(list(hurried_moves(circuit("5s")))) == 4
    assert not list(hurried_moves(circuit("12s")))


def test_without_a_count_in_the_side_is_said_all_the_same() -> None:
    routine = loads(SETS.format(language="en", rest="3s").replace(", rest: 3s", ""))
    script = compile_script(routine, replace(resolve({}, {}, routine).settings, countdown=0))
    for interval, _, since in told_before(script):
        assert f"{interval.address.side} leg" in " ".join(since)
