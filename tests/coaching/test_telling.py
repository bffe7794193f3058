"""What is told and in which order: sets, sides, variants, reps, rests, rounds."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import pairwise

import pytest
from catalogues import plain, said_as
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, prescription, routines

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.routine.times import Source
from audiocoach.settings.values import Pace
from audiocoach.timeline import Script, Utterance
from audiocoach.timeline.script import (
    Anchor,
    Cue,
    CueKind,
    Gap,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
    Sound,
    Wait,
)


def routine(exercises: str) -> Routine:
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    return loads(f"title: T\nlanguage: en\nexercises:\n{body}\n")


def script(exercises: str) -> Script:
    return compile_script(routine(exercises))


def text(sound: Sound) -> str:
    return plain(sound.text) if isinstance(sound, Utterance) else f"({sound})"


def told(of: Script, *kinds: CueKind) -> list[str]:
    return [text(cue.sound) for cue in of.cues() if not kinds or cue.kind in kinds]


def marks(of: Script, *kinds: MarkerKind) -> list[str]:
    return [item.title for item in of.items if isinstance(item, Marker) and item.kind in kinds]


# Order


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("countdown", [0, 3])
def test_after_a_long_telling_the_name_is_said_again_before_the_count(
    language: str, countdown: int
) -> None:
    """With the side that begins; who has just heard the name needs no more than "Ready"."""
    phrases = phrases_for(language)
    dose = "sides: left, limb: X, work: 20s"
    long = f"- {{name: A, setup: {'Do this. ' * 12}, {dose}}}"
    text = f"title: T\nlanguage: {language}\nexercises:\n{long}\n- {{name: B, {dose}}}\n"
    said = told(compile_script(loads(text), Coaching(countdown=countdown)))
    left = phrases.inline("side-name", side="left", limb="X")
    again = phrases("cue.ready-name-side", name="A", side=left)
    if countdown:
        assert said.count(again) == said.count(phrases("cue.ready-side", side=left)) == 1
    else:
        for name, often in (("A", 1), ("B", 0)):  # alone it would be an order
            following = said_as(language, "exercise.next", name=f"{name}, {left}")
            assert sum(said.count(each) for each in following) == often
            assert f"{name}, {left}." not in said


def test_without_a_count_in_a_variant_that_was_just_told_is_name_enough() -> None:
    """ "Hands. Make two fists. Part by part." would say again what nobody asks."""
    long = "setup: " + "Do this. " * 20
    dose = "{work: 20s, each: [{name: hands, say: Make two fists.}, {name: arms}]}"
    exercise = f"{{name: part by part, {long}, {dose[1:-1]}}}"
    said = told(compile_script(routine(f"- {exercise}"), Coaching(countdown=0)))
    assert said.count("Part by part.") == 1, "as its title"
    assert "Part by part: ready." in told(script(f"- {exercise}"))


def test_a_name_that_is_the_order_to_begin_is_not_said_before_it_holds() -> None:
    long = "setup: " + "Do this. " * 20
    said = told(script(f"- {{name: march, {long}, work: 20s, go: March}}"))
    assert said.count("March.") == 2, "as its title, and as it begins"
    assert "Ready." in said


def test_variants_inside_sides_inside_sets() -> None:
    found = script(
        """
        - name: circles
          limb: foot
          sets: 2
          sides: left-then-right
          each: [out, in]
          reps: 1
          rep_duration: ~3s
        """
    )
    order = [
        line
        for line in told(found)
        if line.startswith(("Ready", "Now ", "Change sides", "Last set"))
    ]
    # fmt: off
    assert order == [
        "Ready: left foot.", "Now in.", "Ready.", "Change sides: right foot.",
        "Ready: right foot.", "Now in.", "Ready.",
        "Last set is next.",
        "Ready: left foot.", "Now in.", "Ready.", "Change sides: right foot.",
        "Ready: right foot.", "Now in.", "Ready.",
    ]
    # fmt: on
    sides = marks(found, MarkerKind.SET, MarkerKind.SIDE)
    one = ["left foot", "right foot"]
    assert sides == ["set 1 of 2", *one, "set 2 of 2", *one]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ("right-then-left", ["right leg", "left leg"]),
        ("left-then-right", ["left leg", "right leg"]),
        ("right", ["right leg"]),
        ("left", ["left leg"]),
        ("both", []),
    ],
)
def test_sides_are_done_in_their_order(sides: str, expected: list[str]) -> None:
    found = script(f"- {{name: lift, limb: leg, sides: {sides}, reps: 2, hold: 1s}}")
    assert marks(found, MarkerKind.SIDE) == expected
    said = [line for line in told(found) if line.startswith("Ready")]
    assert said == ([f"Ready: {side}." for side in expected] or ["Ready."])


def test_a_side_change_is_told_before_there_is_time_for_it() -> None:
    found = script("- {name: lift, limb: leg, sides: right-then-left, hold: 1s}")
    index = told(found).index("Change sides: left leg.")
    assert told(found)[index - 1] == "(side)"
    items = list(found.items)
    at = next(i for i, item in enumerate(items) if "Change sides: left" in str(item))
    gap = next(item for item in items[at:] if isinstance(item, Gap) and not item.span.rigid)
    assert gap.wait is Wait.SIDES


def test_alternating_sides_are_named_at_every_rep() -> None:
    found = script("- {name: march, limb: knee, sides: alternating, reps: 2, hold: 1s}")
    assert [line.split(". ")[-1] for line in told(found) if line.endswith("t knee.")][-3:] == [
        *("Left knee.", "Right knee.", "Left knee."),
    ]
    assert "Ready: right knee." in told(found)


# Reps


def announced(reps: int) -> list[str]:
    return told(script(f"- {{name: squat, reps: {reps}, hold: 1s}}"), CueKind.REP)


@pytest.mark.parametrize(
    ("reps", "expected"),
    [
        (1, []),
        (2, ["Last one."]),
        (3, ["Number two.", "Last one."]),
        (4, ["Number two.", "Two to go.", "Last one."]),
        (5, ["Number two.", "Number three.", "Two to go.", "Last one."]),
        (6, ["Number two.", "Number three.", "Half done.", "Two to go.", "Last one."]),
        (
            7,
            [
                "Number two.",
                "Number three.",
                "Number four.",
                "Half done.",
                "Two to go.",
                "Last one.",
            ],
        ),
        (
            10,
            # After five of ten.
            [
                *("Number two.", "Number three.", "Number four.", "Number five.", "Half done."),
                *("Number seven.", "Number eight.", "Two to go.", "Last one."),
            ],
        ),
    ],
)
def test_reps_are_phrases(reps: int, expected: list[str]) -> None:
    assert announced(reps) == expected


@settings(max_examples=examples(60))
@given(routine=st.sampled_from(languages()).flatmap(routines))
def test_reps_and_seconds_are_never_both_bare_numbers(routine: Routine) -> None:
    phrases = phrases_for(routine.language)
    bare = {f"{phrases.number(number)}." for number in range(1, 100)}
    for cue in compile_script(routine).cues():
        if cue.kind is CueKind.REP and isinstance(cue.sound, Utterance):
            assert cue.sound.text.lower() not in bare


def test_a_rep_with_nothing_counted_inside_is_counted_itself() -> None:
    found = script("- {name: draw, reps: 4, rep_duration: 2s, go: Circle}")
    start = told(found).index("Circle.")
    assert told(found)[start : start + 6] == [
        *("Circle.", "Two.", "Three.", "Last one.", "Four.", "And stop."),
    ]


# Rests


def rests(of: Script) -> list[Interval]:
    return [i for i in of.items if isinstance(i, Interval) and i.kind is IntervalKind.REST]


@pytest.mark.parametrize(("after_last", "count"), [("false", 2), ("true", 3)])
def test_a_rest_is_between_and_after_the_last_when_wanted(after_last: str, count: int) -> None:
    found = script(
        f"- {{name: run, sets: 3, work: 5s, rest: 10s, rest_after_last: {after_last},"
        f" go: Run, stop: Stop}}"
    )
    assert len(rests(found)) == count
    for number, rest in enumerate(rests(found), start=1):
        said = [text(placement.cue.sound) for placement in rest.placements]
        assert said[0] == "Stop. Rest, ten seconds."
        if number == 1:
            assert said[1] == "Number two of three is next."
        if number == 2:
            assert said[1] == "The last one is next."
        if number == 3:
            assert len(said) == 1  # nothing follows
        else:
            assert said[-3:] == ["Three.", "Two.", "One."]


def test_a_range_says_the_length_it_is_given() -> None:
    (rest,) = rests(script("- {name: run, sets: 2, work: 5s, rest: 10-12s}"))
    assert [(at, text(sound)) for at, sound in rest.placements[0].cue.choices] == [
        (10_000, "Rest, ten seconds."),
        (11_000, "Rest, eleven seconds."),
        (12_000, "Rest, twelve seconds."),
    ]


@pytest.mark.parametrize("pace", Pace)
@pytest.mark.parametrize(("rest", "least"), [("10-15s", 10_000), ("20s", 20_000), ("2s", 4_000)])
def test_what_follows_the_last_bout_waits_at_least_as_long_as_the_rest(
    pace: Pace, rest: str, least: int
) -> None:
    found = compile_script(
        routine(f"- {{name: run, sets: 2, work: 5s, rest: {rest}}}\n- {{name: end, hold: 1s}}"),
        Coaching(pace=pace),
    )
    (gap,) = [i for i in found.items if isinstance(i, Gap) and i.wait is Wait.EXERCISES]
    assert gap.span.minimum >= least


def test_a_rest_longer_than_any_pause_between_exercises_is_for_sets_only() -> None:
    found = script("- {name: run, sets: 2, work: 5s, rest: 21s}\n- {name: end, hold: 1s}")
    (gap,) = [i for i in found.items if isinstance(i, Gap) and i.wait is Wait.EXERCISES]
    assert (gap.span.minimum, gap.span.maximum) == (4_000, 20_000)


def test_what_was_rested_after_is_not_waited_for_twice() -> None:
    found = script(
        """
        - {name: run, sets: 2, work: 5s, rest: 45s, rest_after_last: true}
        - {name: end, hold: 1s}
        """
    )
    (gap,) = [i for i in found.items if isinstance(i, Gap) and i.wait is Wait.EXERCISES]
    assert gap.span.minimum == 4_000


# Rounds

ROUNDS = """
- rounds: 3
  rest: 30s
  exercises:
    - {name: squat, movement: Sit back. Then stand., feel: The thighs work., reps: 2, hold: 1s}
    - {name: plank, brief: Up once more., movement: Lift the hips., hold: 5s}
"""


def test_later_rounds_are_told_briefly() -> None:
    lines = told(script(ROUNDS))
    for line, count in {
        "Exercise one of two: squat.": 1,
        "First up: squat.": 2,
        "Sit back.": 3,
        "Then stand.": 3,
        "The thighs work.": 1,
        "Now, exercise two: plank.": 1,
        "Plank again.": 2,
        "Lift the hips.": 1,
        "Up once more.": 2,
        "Twice, and hold each time for one second.": 1,
        "Next round: two of three.": 1,
        "Next round: three of three.": 1,
    }.items():
        assert lines.count(line) == count, line
    assert marks(script(ROUNDS), MarkerKind.ROUND) == ["Round 2 of 3", "Round 3 of 3"]
    assert [rest.span.natural for rest in rests(script(ROUNDS))] == [30_000, 30_000]


@settings(max_examples=examples(80))
@given(routine=routines())
def test_all_that_is_prescribed_is_in_the_script_in_order(routine: Routine) -> None:
    found = [
        (item.span.minimum, item.span.maximum)
        for item in compile_script(routine).items
        if isinstance(item, Interval) and item.source is not Source.EDITORIAL
    ]
    assert found == prescription(routine)


@settings(max_examples=examples(60))
@given(routine=routines())
def test_no_encouragement_twice_in_a_row(routine: Routine) -> None:
    praise = told(compile_script(routine), CueKind.ENCOURAGEMENT)
    openings = [line.partition(",")[0] for line in praise]
    assert all(before != after for before, after in pairwise(openings))


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_there_is_a_pause_between_any_two_cues(name: str) -> None:
    found = compile_script(load(name))
    for before, after in neighbours(found):
        assert not (isinstance(before, Cue) and isinstance(after, Cue)), (before, after)


def neighbours(of: Script) -> Iterator[tuple[object, object]]:
    items = [item for item in of.items if not isinstance(item, Marker)]
    yield from pairwise(items)


# What the user changed


def test_the_welcome_says_what_the_user_changed() -> None:
    changed = select(load("foot-relief"), skip=("2", "ankle circles"), rounds=2)
    lines = told(compile_script(changed), CueKind.WELCOME)
    assert "Your choice: without toe walk and ankle circles." in lines
    assert "Your choice: two rounds." in lines
    untouched = told(compile_script(load("foot-relief")), CueKind.WELCOME)
    assert not [line for line in untouched if "Changed" in line]


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_after_words_never_start_an_interval(name: str) -> None:
    """What is said after another word needs that word before it."""
    for item in compile_script(load(name)).items:
        if isinstance(item, Interval) and item.placements:
            assert item.placements[0].anchor is not Anchor.AFTER


@pytest.mark.parametrize("language", languages())
def test_who_sits_when_a_session_begins_is_not_told_to_sit_down_all_the_same(language: str) -> None:
    seated = "{name: A, position: sitting on chair, hold: 3s}"
    stood = "{name: B, hold: 3s}"
    both = loads(f"title: T\nlanguage: {language}\nexercises: [{seated}, {stood}, {seated}]\n")
    phrases, sounds = phrases_for(language), compile_script(both).sounds()
    asked = [phrases(f"position.{each}sitting-on-chair") for each in ("first-", "")]
    assert [
        each.text for each in sounds if isinstance(each, Utterance) and each.text in asked
    ] == asked


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("closing", ["", "closing: {say: X., time: ~10s (8-90s), orient: Y.}"])
def test_at_the_end_nobody_is_told_that_it_goes_on(closing: str, language: str) -> None:
    text = f"title: T\nlanguage: {language}\n{closing}\nexercises: [{{name: N, hold: 5s}}]"
    items = compile_script(loads(text), Coaching()).items
    (close,) = (at for at, item in enumerate(items) if _is_close(item, language))
    phrases = phrases_for(language)
    going_on, over = (set(phrases.variants(f"{when}.orient")) for when in ("exercise", "close"))
    told = [words for item in items[:close] for words in _said_inside(item)]
    assert set(told) == going_on
    told = [words for item in items[close:] for words in _said_inside(item)]
    assert set(told) == over | ({"Y."} if closing else set())


def _is_close(item: object, language: str) -> bool:
    title = phrases_for(language)("section.close")
    return isinstance(item, Marker) and item.kind is MarkerKind.SECTION and item.title == title


def _said_inside(item: object) -> list[str]:
    fillers = item.fillers if isinstance(item, Gap) and item.wait is not Wait.PAUSE else ()
    return [each.sound.text for each in fillers if isinstance(each.sound, Utterance)]
