"""Circuits by the clock and short rests: all that has to be known is said before it is needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from catalogues import said_as
from facts import check_facts, told_before
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coachings, examples, routines

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import side_name
from audiocoach.coaching.doubts import uncounted
from audiocoach.coaching.hurried import hurried_moves
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.unfold import turns
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    Address,
    Interval,
    IntervalKind,
    Sound,
    Utterance,
)
from audiocoach.timeline.timeline import LeftOut


@settings(max_examples=examples(150))
@given(
    routine=st.sampled_from(languages()).flatmap(routines),
    coaching=coachings(),
    telling=st.sampled_from(["full", "brief"]),
)
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
    assert "For now, just listen to what comes later." not in opening
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
        *("Up next: clam.", "One side only: left leg."),
        *("Now turn onto your side.", "For forty seconds."),
    ]
    assert third[-6:-4] == ["Start away from you.", "Clockwise."]
    assert third.index("Right foot.") < third.index("Now turn onto your back.")
    assert not [each for each in timeline.notes if "rest" in repr(each)]


@pytest.mark.parametrize("language", languages())
def test_in_each_language_it_is_told_in_the_rest_if_that_is_long_enough(language: str) -> None:
    listen = phrases_for(language)("exercise.ahead-listen")
    movement = "Press through both feet, and lift your hips."
    long, short = timeline_of(circuit("45s", language)), timeline_of(circuit("15s", language))
    assert not {listen, movement} & {*before_the_first(long)}
    assert movement in rests(long)[0]
    assert {listen, movement} <= {*before_the_first(short)}
    assert movement not in rests(short)[0]


@pytest.mark.parametrize(
    ("language", "standing", "lying"),
    [
        ("en", "Standing.", "On your back."),
        ("de", "Im Stehen.", "Auf dem Rücken."),
        ("es", "De pie.", "Boca arriba."),
        ("fr", "Debout.", "Sur le dos."),
    ],
)
def test_what_comes_later_is_told_where_one_is_then_and_not_to_go_there(
    language: str, standing: str, lying: str
) -> None:
    """An order would be followed at once: "Lateral lunge. Stand up." """
    movement = "setup: One line. Another line. A third line. And a last one."
    routine = loads(
        f"title: T\nlanguage: {language}\nexercises:\n  - rounds: 2\n    rest_between: 15s\n"
        "    exercises:\n      - {name: Aa, work: 30s}\n"
        f"      - {{name: Bb, position: lying on back, {movement}, work: 30s}}\n"
        f"      - {{name: Cc, {movement}, work: 30s}}\n"
    )
    opening = before_the_first(timeline_of(routine))
    assert [each for each in opening if each in {"Bb.", lying, "Cc.", standing}] == [
        *("Bb.", lying, "Cc.", standing)
    ]


def test_in_a_short_rest_it_is_told_before_the_circuit() -> None:
    timeline = timeline_of(circuit("15s"))
    opening = before_the_first(timeline)
    at = opening.index("For now, just listen to what comes later.")
    assert opening[at + 1 :][:6] == [
        *("Exercise two: bridge.", "On your back.", "Bend your knees."),
        "Press through both feet, and lift your hips.",
        *("Eight times, and hold each time for five seconds.", "Exercise four: circle."),
    ]
    assert "Start away from you." in opening
    assert "clam" not in " ".join(opening), "its rest has the time for all there is to say"
    first, second, third, *_ = rests(timeline)
    assert first[1:5] == [
        *("Coming up: bridge.", "Now lie down on your back.", "Bend your knees.", "Hips up."),
    ]
    assert second[1:5] == [
        *("Up next: clam.", "One side only: left leg."),
        *("Now turn onto your side.", "For forty seconds."),
    ]
    assert {"Clockwise.", "Right foot."} <= set(third)


def test_what_a_rest_had_no_time_for_is_told_in_the_next_round() -> None:
    text = CIRCUIT.replace("easier: Lift less high.", "mistake: Don't arch. " + "Stay long. " * 6)
    routine = loads(text.format(rest="30s", language="en", title="Mixed"))
    first, *others = rests(timeline_of(routine))
    assert "Don't arch." not in first
    assert "Don't arch." in others[3]


def test_a_station_too_long_for_its_rest_is_told_before() -> None:
    text = CIRCUIT.replace("Bend your knees.", "Bend your knees. " + "Stay long, and breathe. " * 9)
    timeline = timeline_of(loads(text.format(rest="21s", language="en", title="Mixed")))
    opening = before_the_first(timeline)
    assert "Exercise two: bridge." in opening
    assert "clam" not in " ".join(opening), "the others have the time"


LONGEST_AHEAD_MS = 40_000


@pytest.mark.parametrize("name", ["circuit", "superset"])
@pytest.mark.parametrize("telling", ["full", "brief"])
def test_what_is_told_before_a_circuit_takes_no_longer_than_forty_seconds(
    name: str, telling: str
) -> None:
    timeline = timeline_of(load(name), eyes_free=True, coaching=Telling(telling))
    said = {cue.sound.text: cue.start for cue in timeline.cues if isinstance(cue.sound, Utterance)}
    if "For now, just listen to what comes later." in said:
        lasts = said["And now, the first one."] - said["For now, just listen to what comes later."]
        assert lasts <= LONGEST_AHEAD_MS * SAMPLE_RATE // 1000
    else:
        assert name == "circuit"


def test_what_a_rest_can_tell_only_in_brief_is_told_in_full_in_the_next_round() -> None:
    """And by touch, line by line."""
    touch = "eyes_free: [Your heels are under your knees, Your head is heavy.]"
    text = CIRCUIT.replace("setup: Bend", f"{touch}\n        setup: Bend")
    text = text.replace("lift your hips.", "lift your hips as high as they go, and no further.")
    routine = loads(text.format(rest="25s", language="en", title="Mixed"))
    timeline = timeline_of(routine, eyes_free=True)
    assert "Bridge." not in before_the_first(timeline)
    first, *others = rests(timeline)
    assert first[2:7] == [
        *("Now lie down on your back.", "Bend your knees.", "When we go on:", "Hips up."),
        "Eight times, and hold each time for five seconds.",
    ]
    whole = "Press through both feet, and lift your hips as high as they go, and no further."
    assert whole in others[3]
    assert "Hips up." not in others[3]


@pytest.mark.parametrize("language", languages())
def test_reps_that_lead_into_the_next_round_at_once_name_it_with_side_and_variant(
    language: str,
) -> None:
    phrases = phrases_for(language)
    row = "{name: Y, work: 9s, sides: left-then-right, side_rest: 5s, each: [P, Q]}"
    march = "{name: X, reps: 2, phases: [{say: A, time: 9s}]}"
    group = f"- rounds: 2\n  rest_between: 0s\n  exercises: [{row}, {march}]\n"
    routine = loads(f"title: T\nlanguage: {language}\nexercises:\n{group}")
    timeline = timeline_of(routine)
    (last,) = (
        heard(timeline, span.start, span.end)
        for span in timeline.spans
        if isinstance(span.item, Interval) and span.item.address == Address(2, 1, 1, rep=2)
    )
    left = side_name(phrases, next(routine.all_exercises()), "left")
    for part in (phrases("exercise.round", number=2, total=2), f"Y, {left}, P."):
        assert part in " ".join(last)


@pytest.mark.parametrize("language", languages())
def test_which_set_it_is_is_said_in_five_seconds(language: str) -> None:
    """In fewer words, before it is left out."""
    dose = "{name: X, sets: 3, reps: 4, tempo: 2-0-2-0, rest: 5s}"
    timeline = timeline_of(loads(f"title: T\nlanguage: {language}\nexercises: [{dose}]\n"))
    assert timeline.notes == ()
    told = said_as(language, "cue.set-next", number=2, total=3)
    short = phrases_for(language)("cue.set-of", number=2, total=3)
    assert {short, *told} & {*rests(timeline)[0]}


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


QUICK = CIRCUIT.partition("      - name: bridge")[0] + (
    "      - {{name: reverse lunge, work: 30s}}\n"
)


@pytest.mark.parametrize("language", languages())
def test_in_five_seconds_each_language_says_what_is_done(language: str) -> None:
    phrases = phrases_for(language)
    five = phrases.inline("dose.seconds", number=5)
    rest = said_as(language, "cue.rest") | said_as(language, "cue.rest-seconds", seconds=five)
    told = rests(timeline_of(loads(QUICK.format(rest="5s", language=language, title="Quick"))))
    for said, name in zip(told, ["reverse lunge", "march", "reverse lunge"], strict=True):
        assert said[0] in rest
        assert name in said[1].casefold()
        assert said[-3:-1] == [f"{phrases.number(left).capitalize()}." for left in (2, 1)]
        assert said[-1] == f"{name.capitalize()}."


def test_a_new_round_in_five_seconds_says_what_is_done() -> None:
    timeline = timeline_of(loads(QUICK.format(rest="5s", language="en", title="Quick")))
    assert rests(timeline) == [
        ["Rest.", "Coming up: reverse lunge.", "Two.", "One.", "Reverse lunge."],
        ["Rest.", "First up: march.", "Two.", "One.", "March."],
        ["Rest.", "Up next: reverse lunge.", "Two.", "One.", "Reverse lunge."],
    ]


SETS = """\
title: Short
language: {language}
exercises:
  - {{name: pull, sides: right-then-left, limb: leg, sets: 3, work: 10s, rest: {rest}}}
"""


def rested(language: str, seconds: int) -> set[str]:
    """All ways to say that a rest begins."""
    time = phrases_for(language).inline("dose.seconds", number=seconds)
    return said_as(language, "cue.rest") | said_as(language, "cue.rest-seconds", seconds=time)


@pytest.mark.parametrize("language", languages())
def test_the_side_is_said_in_three_seconds(language: str) -> None:
    routine = loads(SETS.format(language=language, rest="3s"))
    side = side_name(phrases_for(language), next(routine.all_exercises()), "right")
    for said in rests(timeline_of(routine)):
        assert said[0] in rested(language, 3)
        assert side.casefold() in " ".join(said).casefold()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["1s", "2s", "4s"])
def test_no_work_ends_in_silence(language: str, rest: str) -> None:
    """The side that is next ends it too, where there is no time for both."""
    routine = loads(SETS.format(language=language, rest=rest))
    side = side_name(phrases_for(language), next(routine.all_exercises()), "right")
    named = f"{side[:1].upper()}{side[1:]}."
    for said in rests(timeline_of(routine)):
        assert said[0] in {named, *rested(language, int(rest.rstrip("s")))}


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


def test_what_the_reps_leave_of_a_minute_is_time_to_move() -> None:
    swing = "{name: swing, every: 60s, reps: 10}"
    push = "{name: push-up, position: on hands and knees, every: 60s, reps: 8}"
    text = f"title: T\nlanguage: en\nexercises:\n- rounds: 2\n  exercises: [{swing}, {push}]\n"
    assert not list(hurried_moves(loads(text)))


def test_without_a_count_in_the_side_is_said_all_the_same() -> None:
    routine = loads(SETS.format(language="en", rest="3s").replace(", rest: 3s", ""))
    script = compile_script(routine, replace(resolve({}, {}, routine).settings, countdown=0))
    for interval, _, since in told_before(script):
        assert f"{interval.address.side} leg" in " ".join(since)


BY_ROUND = """\
title: Ladder
language: {language}
exercises:
  - rounds: 3
    rest_between: {rest}
    exercises:
      - {{name: march, work: 40s}}
      - {{name: row, work: [30s, 32s, 34s], load: [5 kg, 6 kg, 7 kg]}}
"""


@pytest.mark.parametrize("language", languages())
def test_a_dose_by_round_that_no_rest_can_tell_is_told_before_the_first(language: str) -> None:
    """And again where the end of the exercise before has the time."""
    phrases = phrases_for(language)
    timeline = timeline_of(loads(BY_ROUND.format(language=language, rest="0s")))
    opening = before_the_first(timeline)
    each = phrases.inline("dose.each-round")
    lengths = [phrases.inline("dose.seconds", number=number) for number in (30, 32, 34)]
    first, second, third = lengths
    two = phrases.inline("then", first=first, last=second)
    both = phrases.inline("then", first=two, last=third)
    dose = phrases.inline("dose.work", seconds=both)
    assert phrases("dose.by-each", each=each, dose=dose) in opening
    later = [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    assert later.count(phrases("dose.work", seconds=lengths[2])) == 1
    roomy = before_the_first(timeline_of(loads(BY_ROUND.format(language=language, rest="30s"))))
    begins = phrases("dose.by-each", each=each, dose="")
    assert not any(line.startswith(begins) for line in roomy)


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        ("work: 30s, load: [5 kg, 6 kg, 7 kg]", "For thirty seconds."),
        ("every: 60s, reps: 8, load: [5 kg, 6 kg, 7 kg]", "Eight times, within sixty seconds."),
    ],
)
def test_what_differs_by_round_is_not_told_as_so_many_sets(dose: str, told: str) -> None:
    first = "{name: march, every: 60s, reps: 5}" if "every" in dose else "{name: march, work: 40s}"
    steps = f"{first}, {{name: row, {dose}}}"
    group = f"{{rounds: 3, rest_between: 0s, exercises: [{steps}]}}"
    text = f"title: T\nlanguage: en\nexercises: [{group}]"
    opening = before_the_first(timeline_of(loads(text)))
    loads_told = "Load, round by round: 5 kilos, then 6 kilos, then 7 kilos."
    assert opening[opening.index(loads_told) - 1] == told


def test_what_follows_reps_at_once_is_named_by_the_last_and_what_follows_work_once_more() -> None:
    text = BY_ROUND.replace("work: 40s", "reps: 3, tempo: 4-0-4-0").format(language="en", rest="0s")
    timeline = timeline_of(loads(text))
    said = [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    assert sum("row" in text.lower() for text in said) == 5, "ahead, in each round, and at the end"
    assert said.count("March. Lower.") == 2


def test_what_fills_a_long_rest_gives_way_to_what_must_be_told_in_it() -> None:
    """A voice may be slower than a telling was thought to be, so that the two meet."""
    for words in range(20):
        lines = ["Move your left foot to the wall.", f"Then stand {'very ' * words}tall."] * 2
        step = f"{{name: b, work: 30s, setup: [{', '.join(lines)}], brief: Up.}}"
        group = f"rounds: 2, rest_between: 1min, exercises: [{step}, {{name: a, work: 30s}}]"
        script = compile_script(loads(f"title: T\nlanguage: en\nexercises: [{{{group}}}]\n"))
        lengths = {
            sound: (11 + 4 * len(sound.text)) * 1152
            for sound in script.sounds()
            if isinstance(sound, Utterance)
        }
        notes = fit(script, dict.fromkeys(script.sounds(), 20 * 1152) | lengths).notes
        beside = [note.beside for note in notes if isinstance(note, LeftOut)]
        stock = phrases_for("en").variants("cue.rest-remark")
        assert not [each for each in beside if isinstance(each, Utterance) and each.text in stock]


@pytest.mark.parametrize("language", languages())
def test_the_time_left_gives_way_to_a_telling_that_lasts_that_long(language: str) -> None:
    """By plan, without a note, also where the voice is a little slower than is thought."""
    for words in range(30):
        step = f"{{name: b, work: 30s, setup: Stand {'very ' * words}tall., movement: Up.}}"
        group = f"rounds: 1, rest_between: 30s, exercises: [{{name: a, work: 30s}}, {step}]"
        head = f"title: T\nlanguage: {language}\n"
        script = compile_script(loads(f"{head}exercises: [{{{group}}}]\n"))
        lengths = dict.fromkeys(script.sounds(), 20 * 1152)
        for sound in script.sounds():
            if isinstance(sound, Utterance):
                told = 300 + 75 * len(sound.text)
                lengths[sound] = told * 104 // 100 * SAMPLE_RATE // 1000 // 1152 * 1152
        assert fit(script, lengths).notes == ()


@pytest.mark.parametrize("language", languages())
def test_a_long_rest_reminds_of_what_comes_next(language: str) -> None:
    group = BY_ROUND.replace("work: 40s", "work: 40s, feel: Light on your feet.")
    timeline = timeline_of(loads(group.format(language=language, rest="2min")))
    remind = f"{phrases_for(language)('cue.rest-recall')} Light on your feet."
    _, second, *_ = rests(timeline)
    assert remind in second
    quiet = [
        (after.start - before.end) / SAMPLE_RATE
        for span in timeline.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST
        for before, after in pairwise(
            cue for cue in timeline.cues if span.start <= cue.start < span.end
        )
    ]
    assert max(quiet) < 21


@pytest.mark.parametrize(
    ("dose", "noted"),
    [
        ("reps: 5, tempo: 2-0-1-0", True),
        ("reps: 5, tempo: 3-1-1-0, coaching: {count: every}", False),
        ("reps: 5, tempo: 1-0-1-0", False),
        ("reps: 5, tempo: 3-1-4-0", False),
        ("reps: 5, hold: 3s", False),
        ("work: 30s", False),
    ],
)
def test_seconds_that_are_left_out_by_plan_are_noted(dose: str, noted: bool) -> None:
    routine = loads(f"title: T\nlanguage: en\nexercises:\n  - {{name: squat, {dose}}}\n")
    notes = [str(each) for each in uncounted(routine)]
    assert bool(notes) == noted
    assert all("exercise 'squat': tempo: its seconds are not counted" in each for each in notes)
