"""How each feature of the language sounds: what is said, for how long, at which instant."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from catalogues import plain
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import note_text
from audiocoach.errors import RoutineError
from audiocoach.routine.levels import Level
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.routine.times import Source, format_ms
from audiocoach.settings.values import Count
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    Anchor,
    Chime,
    Gap,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
    Sound,
    Wait,
)


def routine(exercises: str, top: str = "") -> Routine:
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    return loads(f"title: T\nlanguage: en\n{top}exercises:\n{body}\n")


def text(sound: Sound) -> str:
    return plain(sound.text) if isinstance(sound, Utterance) else f"({sound})"


def lines(of: Script) -> list[str]:
    return [text(cue.sound) for cue in of.cues()]


def intervals(of: Script, label: str = "") -> list[Interval]:
    found = [item for item in of.items if isinstance(item, Interval)]
    return [each for each in found if each.name == label or not label]


def lengths(of: Script, label: str) -> list[int]:
    """Seconds of each interval, which must be prescribed."""
    found = intervals(of, label)
    assert all(each.source is Source.PRESCRIBED for each in found)
    return [each.span.natural // 1000 for each in found]


def reps(of: Script) -> list[int]:
    """How many reps there are in a row, again and again."""
    counts: list[int] = []
    for item in of.items:
        if isinstance(item, Marker) and item.kind is MarkerKind.REP:
            if item.title.startswith("rep 1 of"):
                counts.append(0)
            counts[-1] += 1
    return counts


def timeline_of(of: Script) -> Timeline:
    return fit(of, clip_lengths(of.sounds(), 0))


def onsets(timeline: Timeline, *words: str) -> list[int]:
    """When (ms) these words are heard."""
    return [cue.start // SAMPLES_PER_MS for cue in timeline.cues if text(cue.sound) in words]


# Levels and ranges of ability

LEVELS = """
- name: stand
  support: {beginner: Hold on with both hands., advanced: No hands.}
  reps: {beginner: 2, intermediate: 3, advanced: 4}
  hold: 2-7s
"""


@pytest.mark.parametrize(
    ("level", "support", "count", "hold"),
    [
        (Level.BEGINNER, "Hold on with both hands.", 2, 2),
        (Level.INTERMEDIATE, "Hold on with both hands.", 3, 4),
        (Level.ADVANCED, "No hands.", 4, 7),
    ],
)
def test_each_level_is_told_and_done_as_it_is_written(
    level: Level, support: str, count: int, hold: int
) -> None:
    script = compile_script(routine(LEVELS).at_level(level))
    assert support in lines(script)
    assert lengths(script, "hold") == [hold] * count
    words = {2: "two", 3: "three", 4: "four", 7: "seven"}
    times = {2: "Twice", 3: "Three times", 4: "Four times"}
    dose = f"{times[count]}, and hold each time for {words[hold]} seconds."
    assert dose in lines(script)


def test_even_whole_exercises_are_written_by_level() -> None:
    text = """title: T
language: en
exercises:
  beginner: [{name: wall press, hold: 1s}]
  advanced: [{name: push-up, hold: 1s}, {name: plank, hold: 1s}]
"""
    told = {level: compile_script(loads(text).at_level(level)) for level in Level}
    assert "Wall press." in lines(told[Level.BEGINNER])
    assert told[Level.INTERMEDIATE] == told[Level.BEGINNER]
    assert "Now, exercise two: plank." in lines(told[Level.ADVANCED])


# Lists: one for each set, one for each round


def test_each_set_has_its_own_reps_holds_and_rest() -> None:
    script = compile_script(
        routine("- {name: squat, reps: [3, 2, 1], hold: [1s, 2s, 4s], rest: [10s, 30s]}")
    )
    assert reps(script) == [3, 2, 1]
    assert lengths(script, "hold") == [1, 1, 1, 2, 2, 4]
    assert lengths(script, "rest") == [10, 30]
    told = (
        "Three times, and hold each time for one second.",
        "Then twice, and hold each time for two seconds.",
        "Then once, and hold for four seconds.",
    )
    assert {*told} <= {*lines(script)}


def test_a_rest_says_how_long_the_next_set_is() -> None:
    walk = compile_script(routine("- {name: walk, work: [20s, 40s], rest: 30s}"))
    assert lengths(walk, "work") == [20, 40]
    assert "For forty seconds." in said_in(walk, "rest")
    holds = compile_script(routine("- {name: plank, hold: [20s, 40s], rest: 30s}"))
    assert "A hold of forty seconds." in said_in(holds, "rest")
    counts = compile_script(routine("- {name: dip, reps: [9, 8], tempo: 1-0-1-0, rest: 30s}"))
    assert "Eight times." in said_in(counts, "rest")


def said_in(of: Script, label: str) -> list[str]:
    return [text(each.cue.sound) for each in intervals(of, label)[0].placements]


def test_each_round_has_its_own_reps() -> None:
    script = compile_script(
        routine(
            """
            - rounds: 3
              exercises:
                - {name: squat, reps: [5, 3, 2], rep_duration: 2s}
                - {name: dip, reps: 4, hold: 1s}
            """
        )
    )
    assert reps(script) == [5, 4, 3, 4, 2, 4]
    doses = [line for line in lines(script) if line.endswith((" times.", "Twice."))]
    # That of the dip is told again, as others have been met since.
    assert doses == ["Five times.", "Three times.", "Four times.", "Twice.", "Four times."]


# For each side


def test_each_side_has_its_own_dose_and_words() -> None:
    script = compile_script(
        routine(
            """
            - name: reach
              limb: {right: strong arm, left: weak arm}
              sides: right-then-left
              start: {right: Raise the strong arm., left: Raise the weak arm.}
              side_change: {left: Let it hang.}
              reps: {right: 2, left: 3}
              hold: {right: 3s, left: 1s}
            """
        )
    )
    assert reps(script) == [2, 3]
    assert lengths(script, "hold") == [3, 3, 1, 1, 1]
    told = lines(script)
    order = [
        "Strong arm: twice, and hold each time for three seconds.",
        "Weak arm: three times, and hold each time for one second.",
        "Ready: strong arm.",
        *("Raise the strong arm.", "(side)", "Change sides: weak arm."),
        *("Three times, and hold each time for one second.", "Let it hang."),
        *("Ready: weak arm.", "Raise the weak arm."),
    ]
    places = [told.index(line) for line in order]
    assert places == sorted(places)


# Until


@pytest.mark.parametrize(
    ("until", "count"), [("10s", 1), ("19s", 1), ("20s", 2), ("99s", 9), ("100s", 10)]
)
def test_as_many_whole_reps_as_fit_into_a_time(until: str, count: int) -> None:
    script = compile_script(
        routine(f"- {{name: breathe, until: {until}, phases: [{{time: 4s}}, {{time: 6s}}]}}")
    )
    assert reps(script) == [count]


@settings(max_examples=examples(50))
@given(seconds=st.integers(20, 600), work=st.integers(5, 20), rest=st.integers(0, 60))
def test_whole_rounds_fill_a_time_or_it_is_refused(seconds: int, work: int, rest: int) -> None:
    between = f"  rest: {rest}s\n" if rest else ""
    inside = f"{between}  exercises: [{{name: run, work: {work}s}}]"
    rounds = (seconds + rest) // (work + rest)
    fitting = rounds * (work + rest) - rest
    if fitting != seconds:
        with pytest.raises(RoutineError, match=f"{rounds} last {format_ms(fitting * 1000)}, "):
            compile_script(routine(f"- until: {seconds}s\n{inside}"))
    script = compile_script(routine(f"- until: {fitting}s\n{inside}"))
    assert sum(lengths(script, "work")) + sum(lengths(script, "rest")) == fitting


# Every so often


@settings(max_examples=examples(25))
@given(minutes=st.integers(1, 12), every=st.integers(20, 90), countdown=st.sampled_from([0, 3, 10]))
def test_a_set_begins_every_so_often_to_the_sample(
    minutes: int, every: int, countdown: int
) -> None:
    script = compile_script(
        routine(f"- {{name: squat, every: {every}s, sets: {minutes}, reps: 10, go: Down}}"),
        Coaching(countdown=countdown),
    )
    timeline = timeline_of(script)
    starts = [cue.start for cue in timeline.cues if text(cue.sound) == "Down."]
    assert len(starts) == minutes
    assert {after - before for before, after in pairwise(starts)} <= {every * SAMPLE_RATE}
    (stop,) = (cue.start for cue in timeline.cues if text(cue.sound) == "And stop.")
    assert stop == starts[-1] + every * SAMPLE_RATE
    assert timeline.notes == ()


def test_a_minute_tells_which_it_is_and_counts_into_the_next() -> None:
    script = compile_script(routine("- {name: squat, every: 60s, sets: 3, reps: 10}"))
    assert "Every minute: ten times." in lines(script)
    first, second, third = intervals(script, "work")
    for number, minute in (("one", first), ("two", second), ("three", third)):
        said = [text(each.cue.sound) for each in minute.placements]
        assert said[:2] == ["Go.", f"Set {number} of three."]
        assert said[-3:] == ["Three.", "Two.", "One."]
        assert any(words.startswith("Thirty seconds") for words in said), "half of what?"
        assert any(words.startswith("Ten seconds") for words in said)
    assert not any("Half" in line for line in lines(script))
    assert not [each for each in intervals(script) if each.kind is IntervalKind.REP]


# By the clock


@settings(max_examples=examples(25))
@given(
    works=st.lists(st.integers(10, 60), min_size=2, max_size=4),
    between=st.integers(10, 60),
    rest=st.none() | st.integers(10, 90),
    rounds=st.integers(1, 3),
)
def test_by_the_clock_it_takes_work_and_rest_from_go_to_go(
    works: list[int], between: int, rest: int | None, rounds: int
) -> None:
    steps = "\n".join(
        f"    - {{name: e{n}, work: {work}s, go: Go}}" for n, work in enumerate(works)
    )
    own = f"  rest: {rest}s\n" if rest and rounds > 1 else ""
    script = compile_script(
        routine(f"- rounds: {rounds}\n  rest_between: {between}s\n{own}  exercises:\n{steps}")
    )
    timeline = timeline_of(script)
    inside = [work + between for work in works]
    inside[-1] = works[-1] + (rest or between)
    expected = [seconds * 1000 for seconds in inside * rounds]
    starts = onsets(timeline, "Go.")
    assert [after - before for before, after in pairwise(starts)] == expected[:-1]
    (stop,) = onsets(timeline, "And stop.")
    assert stop == starts[-1] + works[-1] * 1000


CLOCK = """
- rounds: 2
  rest_between: 15s
  exercises:
    - name: march
      setup: Stand tall.
      movement: Lift your knees.
      brief: Knees up.
      work: 20s
      stop: And stand
    - name: plank
      position: on hands and knees
      setup: Spread your fingers.
      movement: Lift your knees an inch.
      brief: Knees off the floor.
      work: 30s
      go: Lift
"""


def test_a_circuit_is_told_before_and_in_its_rests_only_what_is_next() -> None:
    script = compile_script(routine(CLOCK))
    told = lines(script)
    before = told[: told.index("Go.")]
    for line in ("Stand tall.", "Lift your knees.", "Spread your fingers."):
        assert before.count(line) == 1
    for line in ("Lift your knees.", "Lift your knees an inch."):
        assert told.count(line) == 1
    assert told.count("Spread your fingers.") == 3, "what one needs is said in every round"
    one, two, three = intervals(script, "rest")
    said = [text(each.cue.sound) for each in one.placements]
    assert said == [
        *("And stand. Rest, fifteen seconds.", "Coming up: plank."),
        *("Now come onto your hands and knees.", "Spread your fingers.", "Knees off the floor."),
        *("Three.", "Two.", "One."),
    ]
    assert "Next round: two of two." in [text(each.cue.sound) for each in two.placements]
    assert len(three.placements) == len(one.placements)
    gaps = [item.wait for item in script.items if isinstance(item, Gap)]
    assert Wait.EXERCISES not in gaps
    assert gaps.count(Wait.READY) == 1


# Breaths


def test_breaths_are_as_long_as_the_routine_says() -> None:
    dose = """
    - name: breathe
      reps: 2
      phases:
        - {say: In, time: inhale}
        - {say: Out, time: exhale}
        - {say: Stay, time: 3 breaths}
    """
    fixed = compile_script(routine(dose, "breath: {inhale: 3s, exhale: 5s}\n"))
    assert [lengths(fixed, word) for word in ("In", "Out", "Stay")] == [[3] * 2, [5] * 2, [24] * 2]
    free = compile_script(routine(dose, "breath: {inhale: ~4s (3-6s), exhale: ~5s (4-8s)}\n"))
    (stay, _) = intervals(free, "Stay")
    assert stay.source is Source.EDITORIAL
    assert (stay.span.minimum, stay.span.natural, stay.span.maximum) == (21_000, 27_000, 42_000)


# Phases

PHASES = """
- name: salute
  limb: leg
  sides: alternating
  reps: 2
  phases:
    - say: {right: Right leg back, left: Left leg back}
      brief: {right: Right, left: Left}
      time: ~4s
      chime: true
    - {say: Hold it there, brief: Hold, time: 5-10s}
"""


def test_words_are_for_each_side_and_become_fewer() -> None:
    script = compile_script(routine(PHASES))
    words = ["Right leg back.", "Left leg back.", "Right.", "Left."]
    assert [line for line in lines(script) if line in words] == words
    held = [line for line in lines(script) if line.startswith("Hold")]
    assert held == ["Hold it there."] * 2 + ["Hold."] * 2


def test_a_chime_sounds_on_the_beat_and_its_word_after_it() -> None:
    script = compile_script(routine(PHASES))
    first = next(each for each in intervals(script) if each.label.endswith("back"))
    chime, word = first.placements[:2]
    assert (chime.cue.sound, chime.anchor, chime.offset) == (Chime.SIDE, Anchor.START, 0)
    assert (text(word.cue.sound), word.anchor) == ("Right leg back.", Anchor.AFTER)
    assert word.offset > 0
    silent = compile_script(routine(PHASES), Coaching(chimes=False))
    assert text(intervals(silent, first.label)[0].placements[0].cue.sound) == "Right leg back."


@pytest.mark.parametrize("seconds", range(3, 13))
@pytest.mark.parametrize("count", [Count.AUTO, Count.EVERY, Count.EVERY_5, Count.ENDS, Count.OFF])
def test_what_comes_next_is_announced_where_numbers_would_be_in_the_way(
    count: Count, seconds: int
) -> None:
    """Of reps in phases of any length the last one is announced, and nothing is left out.

    Only "two to go" gives way to seconds, where three to five of them are all counted.
    """
    phases = f"phases: [{{say: Up, time: 4s, chime: true}}, {{say: Down, time: {seconds}s}}]"
    script = compile_script(
        routine(f"- {{name: heel raise, reps: 6, {phases}}}"), Coaching(count=count)
    )
    timeline = timeline_of(script)
    assert timeline.notes == ()
    assert len(onsets(timeline, "Last one.")) == len(onsets(timeline, "Half done.")) == 1
    told = [text(cue.sound) for cue in timeline.cues]
    every = count in (Count.AUTO, Count.EVERY) and seconds <= 5
    counted = every or (count is not Count.OFF and seconds == 3)
    assert sum("Two to go" in line or "two to go" in line for line in told) == (not counted)
    assert len(onsets(timeline, "(side)")) == sum(line.startswith("Up") for line in told) == 6
    assert not [line for line in lines(script) if line.startswith("Number")]


def test_a_phase_of_a_range_is_the_fits_to_choose_inside_it() -> None:
    script = compile_script(routine(PHASES))
    held = [each for each in intervals(script) if each.source is Source.RANGE]
    assert [(each.span.minimum, each.span.maximum) for each in held] == [(5_000, 10_000)] * 4
    shortest = fit(script, clip_lengths(script.sounds(), 0)).fit.shortest
    timeline = fit(script, clip_lengths(script.sounds(), 0), shortest)
    found = [span.length for span in timeline.spans if span.item in held]
    assert found == [5 * SAMPLE_RATE] * 4


def test_a_tempo_has_words_of_its_own() -> None:
    script = compile_script(
        routine(
            """
            - name: heel drop
              reps: 2
              tempo:
                eccentric: {say: Sink, time: ~3s}
                bottom_pause: 1s
                concentric: {say: Push up, time: 2s}
            """
        )
    )
    phases = [each for each in intervals(script) if each.kind is not IntervalKind.COUNT_IN]
    assert [text(each.placements[0].cue.sound) for each in phases] == [
        *("Sink.", "Hold.", "Push up. Last one.", "Sink.", "Hold.", "Push up.")
    ]
    sources = {each.name: each.source for each in phases}
    assert sources["Sink"] is Source.EDITORIAL
    assert sources["Push up"] is Source.PRESCRIBED


# Words at an instant


@settings(max_examples=examples(40))
@given(at=st.integers(3, 27) | st.integers(-27, -3), length=st.integers(30, 90))
def test_words_of_the_routine_are_heard_at_their_instant(at: int, length: int) -> None:
    script = compile_script(
        routine(f"- {{name: run, work: {length}s, cues: [{{at: {at}s, say: Arms loose}}]}}"),
        Coaching(count=Count.OFF, halfway=False, warn_at=(), max_silence=0),
    )
    timeline = timeline_of(script)
    (start,) = onsets(timeline, "Go.")
    (heard,) = onsets(timeline, "Arms loose.")
    assert heard == start + (at if at > 0 else length + at) * 1000


def test_where_a_count_is_in_the_way_it_is_told_that_the_words_are_left_out() -> None:
    script = compile_script(
        routine("- {name: run, work: 30s, cues: [{at: -3s, say: Last push now}]}")
    )
    timeline = timeline_of(script)
    assert onsets(timeline, "Last push now.") == []
    (note,) = (note_text(note, phrases_for("en")) for note in timeline.notes)
    assert "'Last push now.' is left out" in note
    assert "beside 'Three.', which matters more" in note
