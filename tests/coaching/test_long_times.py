"""Long times: told on round figures, filled with content, and encouraged late."""

from __future__ import annotations

from itertools import pairwise

import pytest
from catalogues import said_as
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import load, loads
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import Anchor, CueKind, Interval, IntervalKind, Utterance

MINUTE = 60_000
ROUND = {10, 30, *(60 * minutes for minutes in range(1, 24 * 60))}
"""Seconds left that a person would tell."""


def routine(exercise: str, language: str = "en") -> str:
    return f"title: T\nlanguage: {language}\nexercises:\n  - {exercise}\n"


def intervals(
    exercise: str, coaching: Coaching | None = None, language: str = "en"
) -> list[Interval]:
    script = compile_script(loads(routine(exercise, language)), coaching)
    wanted = (IntervalKind.WORK, IntervalKind.HOLD, IntervalKind.PHASE)
    return [i for i in script.items if isinstance(i, Interval) and i.kind in wanted]


def told(interval: Interval, *kinds: CueKind) -> list[tuple[int, str]]:
    """What is said in an interval, by the second it begins."""
    length, found = interval.span.natural, []
    for each in interval.placements:
        assert isinstance(each.cue.sound, Utterance)
        at = length - each.offset if each.anchor is Anchor.END else each.offset
        if not kinds or each.cue.kind in kinds:
            found.append((at // 1000, each.cue.sound.text.rstrip(".")))
    return sorted(found)


CALLS: dict[str, dict[int, tuple[str, int]]] = {
    "90s": {80: ("seconds", 10)},
    "2min": {90: ("seconds", 30), 110: ("seconds", 10)},
    "5min": {
        60: ("minutes", 4),
        240: ("minutes", 1),
        270: ("seconds", 30),
        290: ("seconds", 10),
    },
    "15min": {
        300: ("minutes", 10),
        600: ("minutes", 5),
        720: ("minutes", 3),
        840: ("minutes", 1),
        870: ("seconds", 30),
        890: ("seconds", 10),
    },
}
"""For a time of work, by the second of each call: how much is left."""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("work", CALLS)
def test_time_is_told_on_round_figures(work: str, language: str) -> None:
    (interval,) = intervals(f"{{name: ice, work: {work}}}", language=language)
    calls = [each for each in told(interval, CueKind.COUNTDOWN) if " " in each[1]]
    assert [at for at, _ in calls] == list(CALLS[work])
    for at, text in calls:
        unit, left = CALLS[work][at]
        assert text in said_as(language, f"cue.{unit}-left", **{unit: left})
    assert all(one != other for (_, one), (_, other) in pairwise(calls)), "each in other words"
    ((at, half),) = told(interval, CueKind.HALFWAY)
    assert at == interval.span.natural // 2000
    assert f"{half}." in said_as(language, "cue.halfway")


@settings(max_examples=examples(60))
@given(
    seconds=st.integers(61, 3 * 3600),
    language=st.sampled_from(languages()),
    silence=st.sampled_from([None, 30_000, 60_000, 0]),
)
def test_any_long_time_is_told_as_people_tell_it(
    seconds: int, language: str, silence: int | None
) -> None:
    exercise = f"{{name: walk, work: {seconds}s, feel: A., breath: B.}}"
    (interval,) = intervals(exercise, Coaching(max_silence=silence), language)
    length = interval.span.natural
    calls = [at for at, text in told(interval, CueKind.COUNTDOWN) if " " in text]
    assert {seconds - at for at in calls} <= ROUND
    assert len(calls) <= 4 + seconds // 120
    said = [text for _, text in told(interval, CueKind.ORIENT)]
    assert all(one != other for one, other in pairwise(said))
    onsets = sorted({0, length // 1000, *(at for at, _ in told(interval))})
    longest = max(after - before for before, after in pairwise(onsets)) * 1000
    default = 40_000 if length <= 5 * MINUTE else 60_000
    assert silence == 0 or longest <= (silence or default) + 1000


@pytest.mark.parametrize("language", languages())
def test_fifteen_minutes_of_ice_are_no_countdown(language: str) -> None:
    """There were 45 calls: "Fourteen minutes forty to go"."""
    (ice,) = intervals("{name: ice, work: 15min}", language=language)
    assert len(told(ice)) <= 24
    assert len(told(ice, CueKind.COUNTDOWN, CueKind.HALFWAY)) <= 11


@pytest.mark.parametrize("language", languages())
def test_the_lines_of_the_exercise_come_again_before_any_stock_comes_twice(language: str) -> None:
    exercise = "{name: run, work: 40min, feel: Land softly., mistake: Don't hurry.}"
    (run,) = intervals(exercise, language=language)
    said = [text for _, text in told(run, CueKind.ORIENT)]
    assert said[0] == "Land softly"
    assert said[2] == "Don't hurry"
    assert len(set(said[:7])) == 7
    stock = {text.rstrip(".") for text in phrases_for(language).variants("cue.remark")}
    assert {*said} <= stock | {"Land softly", "Don't hurry"}


@pytest.mark.parametrize("language", languages())
def test_told_briefly_it_has_none_of_the_lines_that_brief_leaves_out(language: str) -> None:
    exercise = "{name: run, work: 20min, feel: Land softly.}"
    (run,) = intervals(exercise, Coaching(coaching=Telling.BRIEF), language)
    assert "Land softly" not in [text for _, text in told(run)]
    (full,) = intervals(exercise, language=language)
    assert "Land softly" in [text for _, text in told(full)]


def test_a_run_of_the_couch_to_5k_is_never_silent_for_long() -> None:
    """It was, for 150 s."""
    told_routine = load("couch-to-5k")
    script = compile_script(told_routine, resolve({}, {}, told_routine).settings)
    for item in script.items:
        if isinstance(item, Interval):
            onsets = sorted({0, item.span.natural // 1000, *(at for at, _ in told(item))})
            assert max(after - before for before, after in pairwise(onsets)) <= 40


# Encouragement


def encouragement(
    exercise: str, coaching: Coaching | None = None, language: str = "en"
) -> list[list[tuple[int, str]]]:
    return [told(each, CueKind.ENCOURAGEMENT) for each in intervals(exercise, coaching, language)]


@pytest.mark.parametrize("language", languages())
def test_an_effort_is_encouraged_in_its_last_third_and_once(language: str) -> None:
    ((found,),) = encouragement("{name: run, work: 6min}", language=language)
    assert 240 <= found[0] <= 348
    assert f"{found[1]}." in phrases_for(language).variants("cue.encourage")


@pytest.mark.parametrize("language", languages())
def test_of_many_efforts_the_last_third_is_encouraged_each_in_its_own_words(language: str) -> None:
    exercise = "{name: run, sets: 6, work: 60s, rest: 30s, go: Run}"
    found = encouragement(exercise, language=language)
    assert [len(each) for each in found] == [0, 0, 0, 0, 1, 1]
    words = {f"{each[0][1]}." for each in found[4:]}
    assert len(words) == 2
    assert words <= {*phrases_for(language).variants("cue.encourage")}
    phases = "[{say: Run, time: 60s}, {say: Walk, time: 60s}]"
    runs = encouragement(f"{{name: r, reps: 6, phases: {phases}}}", language=language)
    assert [len(each) for each in runs] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("exercise", "coaching"),
    [
        ("{name: run, work: 6min}", Coaching(encouragement=False)),
        ("{name: run, work: 6min}", Coaching(coaching=Telling.MINIMAL)),
        ("{name: sprint, sets: 8, work: 20s, rest: 10s}", Coaching()),
        ("{name: plank, hold: 60s}", Coaching()),
        ("{name: squat, sets: 4, every: 60s, reps: 6}", Coaching()),
    ],
)
def test_where_it_is_off_or_out_of_place_there_is_none(
    exercise: str, coaching: Coaching, language: str
) -> None:
    assert not any(encouragement(exercise, coaching, language))
    script = compile_script(loads(routine(exercise, language)), coaching)
    said = [cue.sound.text for cue in script.cues() if isinstance(cue.sound, Utterance)]
    assert not {*said} & {*phrases_for(language).variants("cue.encourage")}
