"""The remote: where each word leads, over every bundled routine, language and moment."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples, routines

from audiocoach import Coaching, Pace
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.remote import AGAIN, Intent, Place, Remote
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import translate
from audiocoach.timeline import fit
from audiocoach.timeline.landing import units
from audiocoach.timeline.outline import HEADINGS, Unit, outline
from audiocoach.timeline.script import SAMPLE_RATE, CueKind, Interval, IntervalKind, Utterance

NAMES = [name for name, _ in bundled()]
QUESTIONS = (Intent.TIME_LEFT, Intent.WHAT_NEXT, Intent.WHICH, Intent.HOW_MANY, Intent.FEWER)
JUMPS = (Intent.NEXT, Intent.PREVIOUS, Intent.REPEAT, Intent.SAY_AGAIN, Intent.FROM_START)
MOMENTS = st.floats(0, 1.2)


def made(routine: Routine, pace: Pace = Pace.NORMAL) -> Remote:
    script = compile_script(routine, Coaching(pace=pace))
    return Remote(fit(script, clip_lengths(script.sounds(), 1)))


@cache
def remote(name: str, language: str = "en", pace: Pace = Pace.NORMAL) -> Remote:
    routine = load(name)
    if language == "en" or language in routine.translations:
        return made(translate(routine, language), pace)
    # Its texts stay English, what we say of our own does not.
    return made(routine.model_copy(update={"language": language}), pace)


def any_remote() -> st.SearchStrategy[Remote]:
    known = st.builds(remote, st.sampled_from(NAMES), st.sampled_from(languages()))
    return known | routines().map(made)


def inside(remote: Remote, at: int) -> bool:
    """Whether a position cuts a prescribed time that is no rest."""
    return any(
        isinstance(span.item, Interval)
        and span.item.kind is not IntervalKind.REST
        and span.start < at < span.end
        for span in remote.timeline.spans
    )


@settings(max_examples=examples(300))
@given(any_remote(), st.sampled_from(Intent), MOMENTS, st.booleans(), st.booleans())
def test_any_word_at_any_moment_leads_somewhere_safe(
    remote: Remote, intent: Intent, moment: float, playing: bool, known: bool
) -> None:
    place = Place(int(remote.timeline.total * moment), playing)
    reply = remote.answer(intent, place, known=known)
    assert 0 <= reply.place.at <= max(place.at, remote.timeline.total)
    if reply.place.at != place.at:
        assert not inside(remote, reply.place.at)
        if intent is not Intent.SKIP_REST:
            assert reply.place.at in remote.landings
    if intent in QUESTIONS and place.at < remote.timeline.total:
        assert reply.place == place, "a question changes neither place nor state"
        assert reply.say
        assert not re.search(r"[{}]|  ", reply.say)


@settings(max_examples=examples(200))
@given(any_remote(), MOMENTS, st.booleans())
def test_next_then_previous_comes_back(remote: Remote, moment: float, playing: bool) -> None:
    place = Place(int((remote.timeline.total - 1) * min(moment, 1)), playing)
    on = remote.answer(Intent.NEXT, place)
    if on.place.at == place.at:
        assert on.say, "in the last part it says so"
        return
    assert on.place.playing, "next works while paused, and plays"
    back = remote.answer(Intent.PREVIOUS, on.place)
    assert back.place == remote.answer(Intent.REPEAT, place).place


@settings(max_examples=examples(100))
@given(any_remote(), MOMENTS)
def test_repeat_within_three_seconds_stays_and_previous_goes_back(
    remote: Remote, moment: float
) -> None:
    start = remote.answer(Intent.REPEAT, Place(int(remote.timeline.total * min(moment, 0.999))))
    soon = Place(start.place.at + AGAIN - 1)
    if remote.answer(Intent.WHICH, soon) != remote.answer(Intent.WHICH, start.place):
        return  # a part of less than three seconds
    assert remote.answer(Intent.REPEAT, soon).place == start.place
    before = remote.answer(Intent.PREVIOUS, soon).place.at
    assert before < start.place.at or start.place.at == 0
    later = Place(start.place.at + AGAIN)
    if remote.answer(Intent.REPEAT, later).place == start.place:
        assert remote.answer(Intent.PREVIOUS, later).place == start.place


@settings(max_examples=examples(200))
@given(any_remote(), MOMENTS)
def test_a_skipped_rest_is_gone_but_its_countdown(remote: Remote, moment: float) -> None:
    place = Place(int(remote.timeline.total * min(moment, 0.999)))
    resting = [
        span
        for span in remote.timeline.spans
        if isinstance(span.item, Interval)
        and span.item.kind is IntervalKind.REST
        and span.start <= place.at < span.end
    ]
    reply = remote.answer(Intent.SKIP_REST, place)
    if not resting:
        assert reply.place == place
        assert reply.say
        return
    assert place.at <= reply.place.at <= resting[0].end
    left = [cue for cue in remote.timeline.cues if reply.place.at <= cue.start < resting[0].end]
    assert all(cue.cue.kind is CueKind.COUNTDOWN for cue in left) or reply.place.at == place.at


@settings(max_examples=examples(400))
@given(any_remote(), MOMENTS)
def test_times_add_up(remote: Remote, moment: float) -> None:
    """What is told of this exercise and of the whole is what the timeline has, to the second."""
    total, phrases = remote.timeline.total, remote.phrases
    at = int((total - 1) * min(moment, 1))
    parts = [*headings(remote), (total, "", 0)]
    lasting = [(one, after[0]) for one, after in pairwise(parts) if one[0] < after[0]]
    (_, title, exercise), end = [each for each in lasting if each[0][0] <= at][-1]
    whole = spoken(remote, total - at)
    expected = phrases("remote.left", time=whole)
    if exercise:
        here = spoken(remote, end - at)
        expected = phrases("remote.left-here", name=title, time=here, whole=whole)
    assert remote.answer(Intent.TIME_LEFT, Place(at)).say == expected


def headings(remote: Remote) -> list[tuple[int, str, int]]:
    """From the markers: where each part is entered, its title, and the number of its exercise."""
    resting = {
        span.end: span.start
        for span in remote.timeline.spans
        if isinstance(span.item, Interval) and span.item.kind is IntervalKind.REST
    }
    found = [
        (resting.get(mark.at, mark.at), title[:1].upper() + title[1:], mark.marker.address.exercise)
        for mark in remote.timeline.markers
        if mark.marker.kind in HEADINGS
        for title in [mark.marker.title]
    ]
    return [(0, remote.timeline.title, 0), *found] if found[0][0] else found


def spoken(remote: Remote, samples: int) -> str:
    """A length as it is heard: minutes above 90 s, rounded half up, else seconds."""
    seconds = math.floor(samples / SAMPLE_RATE + 0.5)
    if seconds > 90:
        minutes = math.floor(seconds / 60 + 0.5)
        return remote.phrases.inline("count.minutes", minutes=minutes)
    return remote.phrases.inline("count.seconds", seconds=seconds)


def test_left_is_told_for_this_exercise_first() -> None:
    session = remote("foot-relief")
    place = session.answer(Intent.NEXT, session.answer(Intent.NEXT, Place(0)).place).place
    say = session.answer(Intent.TIME_LEFT, place).say
    assert re.fullmatch(r"Toe walk: \w+ minutes to go\. In all, \w+ minutes\.", say)
    assert session.answer(Intent.WHICH, place).say == "Exercise two of five: Toe walk."
    assert session.answer(Intent.WHAT_NEXT, place).say == "Next: Ankle circles."


def test_what_is_left_of_a_set_is_counted_down() -> None:
    session = remote("foot-relief")
    units = [
        unit
        for part in session.parts
        if part.address.exercise == 1
        for passage in part.passages
        for unit in passage.units
    ]
    told = [session.answer(Intent.HOW_MANY, Place(unit.steps[0].start)).say for unit in units]
    assert told[:2] == ["Nine more after this.", "Eight more after this."]
    assert told[-2:] == ["One more after this.", "This is the last one."]


def test_after_the_last_rep_all_of_it_is_done() -> None:
    session = remote("desk-break")
    last = [each for each in session.done if each.address.exercise == 1][-1]
    after = Place(last.steps[-1].end + 1)
    assert session.part(after.at).address.exercise == 1
    told = {
        session.answer(Intent.HOW_MANY, place).say
        for place in (after, Place(session.timeline.total - 1))
    }
    assert told == {"That is all of it done."}
    assert session.answer(Intent.HOW_MANY, Place(0)).say == "It has not begun yet."


def test_of_one_hold_the_time_is_told() -> None:
    held = {"name": "plank", "hold": "30s"}
    session = made(Routine.model_validate({"title": "X", "language": "en", "exercises": [held]}))
    (hold,) = session.done
    place = Place(hold.steps[-1].end - 20 * SAMPLE_RATE)
    assert session.answer(Intent.HOW_MANY, place).say == "Twenty seconds more."


def test_a_listener_who_knows_it_is_spared_the_welcome() -> None:
    session = remote("foot-relief")
    assert session.answer(Intent.BEGIN, Place(5)).place == Place(0)
    place = session.answer(Intent.BEGIN, Place(0), known=True).place
    assert session.answer(Intent.WHICH, place).say == "Exercise one of five: Toe press."


def test_begin_again_after_the_end_and_only_that() -> None:
    session = remote("foot-relief")
    over = Place(session.timeline.total, playing=False)
    for intent in (Intent.NEXT, Intent.TIME_LEFT, Intent.GO_ON, Intent.PAUSE):
        reply = session.answer(intent, over)
        assert reply.say == "The session is over. Say: begin, to start again."
        assert not reply.place.playing
    assert session.answer(Intent.BEGIN, over).place == Place(0)
    assert session.answer(Intent.STOP, over).over


@pytest.mark.parametrize("pace", [Pace.SLOW, Pace.BRISK])
@pytest.mark.parametrize("name", ["foot-relief", "heel-drops", "circuit", "balance", "pyramid"])
def test_at_another_pace_it_goes_on_at_the_same_rep(name: str, pace: Pace) -> None:
    session, anew = remote(name), remote(name, pace=pace)
    for part in session.parts:
        for passage in part.passages:
            for number, unit in enumerate(passage.units):
                middle = (unit.steps[0].start + unit.steps[-1].end) // 2
                there = session.resumed(Place(middle), anew)
                twin = done_from(anew, there.at)
                assert (twin.kind, twin.address) == (unit.kind, unit.address), number
                assert not inside(anew, there.at)
                led = [
                    cue.cue.kind
                    for cue in anew.timeline.cues
                    if there.at <= cue.start < twin.steps[0].start
                ]
                assert set(led) <= {CueKind.COUNTDOWN, CueKind.REP}, "nothing else is heard before"
                if not led:
                    assert there.at == twin.steps[0].start


def done_from(remote: Remote, at: int) -> Unit:
    """What is done first of what begins at a position or later."""
    return next(unit for unit in units(outline(remote.timeline)) if unit.steps[0].start >= at)


def test_a_bout_is_taken_up_with_its_countdown() -> None:
    session, anew = remote("tabata"), remote("tabata", pace=Pace.SLOW)
    works = [span for span in session.timeline.spans if kind_of(span.item) is IntervalKind.WORK]
    there = session.resumed(Place(works[3].start + SAMPLE_RATE), anew)
    told = [cue.sound for cue in anew.timeline.cues if cue.start >= there.at][:4]
    assert [str(each.text) for each in told if isinstance(each, Utterance)] == [
        "Three.",
        "Two.",
        "One.",
        "Sprint.",
    ]


def kind_of(item: object) -> IntervalKind | None:
    return item.kind if isinstance(item, Interval) else None


@settings(max_examples=examples(100))
@given(st.sampled_from(NAMES), MOMENTS, st.sampled_from([Pace.SLOW, Pace.BRISK]))
def test_at_another_pace_it_goes_on_in_the_same_part(name: str, moment: float, pace: Pace) -> None:
    session, anew = remote(name), remote(name, pace=pace)
    place = Place(int(session.timeline.total * min(moment, 0.999)))
    there = session.resumed(place, anew)
    assert anew.answer(Intent.WHICH, there).say == session.answer(Intent.WHICH, place).say
    assert not inside(anew, there.at)


@pytest.mark.parametrize("language", languages())
def test_what_is_said_again_is_the_sentence_that_was_heard_last(language: str) -> None:
    session = remote("foot-relief", language)
    told = [
        cue
        for cue in session.timeline.cues
        if isinstance(cue.sound, Utterance) and cue.cue.kind is CueKind.INSTRUCTION
    ]
    for cue in told[:12]:
        place = session.answer(Intent.SAY_AGAIN, Place(cue.end + 100)).place
        assert place.at == cue.start
