"""Groups by the clock: each exercise begins on its time, whatever lies between."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from catalogues import said_as
from strategies import clip_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.errors import RoutineError
from audiocoach.routine.load import loads
from audiocoach.routine.model import Position
from audiocoach.routine.select import select
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


@pytest.mark.parametrize("differs", ["reps: [10, 8, 6]", "reps: 10, load: [8 kg, 12 kg, 16 kg]"])
def test_what_differs_by_round_leaves_an_emom_on_the_minute(differs: str) -> None:
    of = timeline(EMOM.replace("reps: 10", differs))
    assert lasting(of) == [60_000, 45_000] * 3


def test_breaths_go_straight_into_a_growing_hold() -> None:
    expected = [15_000, 33_000, 15_000, 63_000, 15_000, 93_000]
    assert lasting(timeline(BREATHS)) == expected


def test_until_lasts_as_long_as_it_says() -> None:
    assert begins(timeline(AMRAP))[-1] == 300_000


ONE_AND_A_HALF = "{name: squat, reps: 10, tempo: 1-0-1-0}, {name: march, work: 40s}"


@pytest.mark.parametrize(
    ("group", "message"),
    [
        (
            f"until: 6min, rest: 30s, exercises: [{ONE_AND_A_HALF}]",
            "until: 6:00 can't be met by whole rounds: 4 last 5:30, 5 last 7:00; "
            "write one of the two",
        ),
        (
            "until: 5min, exercises: [{name: a, work: 20s}, {name: b, work: 30s, sides: "
            "right-then-left}]",
            "until: 5:00 can't be met: with what is not prescribed in them, 3 rounds last about",
        ),
        (
            "until: 60s, rest_between: 10s, exercises: [{name: a, hold: 10s}]",
            "until: 1:00 can't be met: with what is not prescribed in them, 3 rounds last about",
        ),
    ],
)
def test_a_time_that_rounds_can_t_fill_is_refused_with_what_they_last(
    group: str, message: str
) -> None:
    with pytest.raises(RoutineError, match=re.escape(f"<routine>:4:6: {message}")):
        timeline(f"\n  - {{{group}}}\n")


def test_the_length_that_is_told_is_the_one_it_would_have() -> None:
    group = "until: 5min, exercises: [{name: a, work: 20s}, {name: b, work: 30s, sides: right}"
    lying = "{name: c, position: lying on back, work: 10s}"
    with pytest.raises(RoutineError) as raised:
        timeline(f"\n  - {{{group}, {lying}]}}\n")
    minutes, seconds = str(raised.value).partition(" last about ")[2][:4].split(":")
    written = timeline(f"\n  - {{{group}, {lying}]}}\n".replace("until: 5min", "rounds: 5"))
    assert abs(begins(written)[-1] / 1000 - int(minutes) * 60 - int(seconds)) < 40


def test_a_dose_that_the_user_changed_has_as_many_rounds_as_fit() -> None:
    text = f"title: T\nlanguage: en\nexercises:{AMRAP}"
    script = compile_script(select(loads(text), only=["squat"]))
    assert sum(getattr(item, "kind", None) is MarkerKind.EXERCISE for item in script.items) == 15


@pytest.mark.parametrize("language", languages())
def test_what_follows_fast_reps_at_once_is_named_as_it_begins(language: str) -> None:
    """Not before: in place of "lift" the name of what comes next would be an order."""
    phrases = phrases_for(language)
    cues = timeline(AMRAP, language).cues
    said = [cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)]
    lower, lift = f"{phrases('cue.lower')}.", f"{phrases('cue.lift')}."
    begun = said.index(lift)
    place = next(at for at in range(begun, len(said)) if said[at].startswith("Squat."))
    assert said[place] in ("Squat.", f"Squat. {lower}")
    assert said[place - 2] in said_as(language, "cue.last-one")
    assert said[place - 1] == lift
    assert said[place + 1] == lift


@pytest.mark.parametrize("length", [15, 16, 18, 20, 24, 40])
def test_a_short_bout_says_that_something_comes_not_only_its_name(length: int) -> None:
    """ "Squat." in the middle of a plank would be an order; rather "halfway" is left out."""
    group = f"[{{name: plank, work: {length}s}}, {{name: squat, work: 30s}}]"
    found = timeline(f"\n  - {{rounds: 1, rest_between: 0s, exercises: {group}}}\n")
    said = [cue.sound.text for cue in found.cues if isinstance(cue.sound, Utterance)]
    assert said.count("Coming up: squat.") == 1
    assert said.count("Squat.") == 2, "ahead, and as it begins"
    assert not found.notes


def test_what_follows_at_once_is_named_before() -> None:
    of = timeline(EMOM)
    said = [cue for cue in of.cues if isinstance(cue.sound, Utterance)]
    texts = {id(cue): cue.sound.text for cue in said if isinstance(cue.sound, Utterance)}
    marks = [mark.at for mark in of.markers if mark.marker.kind is MarkerKind.EXERCISE]
    for at, name in zip(marks[1:], ["push-up", "swing"] * 3, strict=False):
        just_before = range(at - 20_000 * SAMPLES_PER_MS, at)
        heard = [cue for cue in said if cue.start in just_before and name in texts[id(cue)]]
        assert len(heard) == 1
    assert sum("hands and knees" in text for text in texts.values()) == 3
    assert "Round two of three." in texts.values()


@pytest.mark.parametrize("language", languages())
def test_in_a_rest_without_time_for_a_word_none_is_tried(language: str) -> None:
    """What is done before names what follows, as where there is no rest; a note would be noise."""
    of = timeline(BREATHS.replace("rest_between: 0s", "rest_between: 500ms"), language)
    rests = [each for each in intervals(of) if each[0].kind is IntervalKind.REST]
    assert [length for _, _, length in rests] == [500 * SAMPLES_PER_MS] * 5
    assert not any(item.placements for item, _, _ in rests)
    said = [cue.sound.text for cue in of.cues if isinstance(cue.sound, Utterance)]
    assert said.count("Empty hold.") == 1, "told ahead; the last breath before it keeps its words"
    assert said.count("Out.") >= 3
    assert not any(getattr(note, "kind", None) is IntervalKind.REST for note in of.notes)


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
        assert side.casefold() in texts[0].casefold()
        assert len(texts) >= 4  # and three, two, one


@pytest.mark.parametrize("language", languages())
def test_three_seconds_to_change_sides_still_name_the_side(language: str) -> None:
    dose = "work: 20s, sides: right-then-left, limb: Q, side_rest: 3s, each: [A, B]"
    found = timeline(f"\n  - {{name: X, {dose}}}", language)
    phrases = phrases_for(language)
    left = phrases.inline("side-name", side="left", limb="Q")
    said = [cue.sound.text for cue in found.cues if isinstance(cue.sound, Utterance)]
    switched = {
        phrases.worded("cue.switch", wording, side=left)
        for wording in phrases.wordings("cue.switch")
    }
    shorter = {phrases("cue.rep-side", side=left), phrases("cue.side-only", side="left")}
    assert (switched | shorter) & {*said}


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


ROUNDS = """
  - name: block
    rounds: 3
    rest: 45s
    exercises:
      - name: bridge
        position: lying on back
        support: A cushion under your head.
        reps: 2
        hold: 3s
        start: Lift your hips.
        finish: Hips down.
      - {name: squat, reps: 2, tempo: 2-0-2-0, after: Put the chair away.}
"""


@pytest.mark.parametrize("language", languages())
def test_a_rest_between_rounds_lasts_until_the_next_first_rep(language: str) -> None:
    """Whatever has to be told before that is told in it."""
    of = timeline(ROUNDS, language)
    rests = [each for each in intervals(of) if each[0].kind is IntervalKind.REST]
    assert len(rests) == 2
    for _, start, length in rests:
        assert length == 45_000 * SAMPLES_PER_MS
        before = max(at + lasts for _, at, lasts in intervals(of) if at < start)
        after = min(at for item, at, _ in intervals(of) if at > start)
        assert (before, after) == (start, start + length)
        said = [cue.sound.text for cue in of.cues if start <= cue.start < start + length]  # type: ignore[union-attr]
        phrases = phrases_for(language)
        for told in ("Put the chair away.", "A cushion under your head.", "Lift your hips."):
            assert told in said
        assert phrases(request(Position.STANDING, Position.LYING_ON_BACK)) in said
    assert of.notes == ()


MIXED = """
  - rounds: 2
    rest_between: 10s
    exercises:
      - {name: squats, movement: "Sit back, and stand up fast.", work: 20s, go: Squat}
      - name: mountain climbers
        position: on hands and knees
        movement: Straighten your legs, and run your knees to your chest.
        work: 20s
        go: Climb
"""


def test_a_rest_repeats_only_what_it_has_time_for() -> None:
    """What was told before the circuit is no loss, and no note."""
    head = "title: T\nlanguage: en\ncoaching: {countdown: 10}\n"
    script = compile_script(loads(f"{head}exercises:{MIXED}"))
    lengths = clip_lengths(script.sounds(), 0)
    for sound in script.sounds():
        if isinstance(sound, Utterance):
            lengths[sound] = speaking_ms(sound.text, 1.0) * SAMPLES_PER_MS
    of = fit(script, lengths)
    said = [cue.sound.text for cue in of.cues if isinstance(cue.sound, Utterance)]
    assert of.notes == ()
    assert said.count("Straighten your legs, and run your knees to your chest.") == 1
    assert said.count("Sit back, and stand up fast.") == 1


def test_a_long_countdown_takes_no_more_of_a_telling_than_is_counted() -> None:
    """Of ten seconds only three are counted in so short a rest."""
    head = "title: T\nlanguage: en\ncoaching: {countdown: 10}\n"
    stations = "[{name: a, work: 20s}, {name: b, work: 20s, movement: Run.}]"
    script = compile_script(
        loads(f"{head}exercises: [{{rest_between: 15s, exercises: {stations}}}]")
    )
    assert "For now, just listen to what comes later." not in [
        getattr(cue.sound, "text", "") for cue in script.cues()
    ]
