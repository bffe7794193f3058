"""What is another than before: it is heard as it is needed, and no word of less weight costs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from blocks import Worked, worked
from heard_in import LEADING, timeline, told, within
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import changing, changing_circuit, examples, on_the_minute, routine_of

from audiocoach import Coaching
from audiocoach.coaching.dose import side_name, spoken_time
from audiocoach.coaching.pacing import TIGHT_PAUSE, speaking_ms
from audiocoach.coaching.phrases import Phrases, languages, phrases_for
from audiocoach.readings.text import read_aloud
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.times import Time
from audiocoach.routine.told import SideInstructions
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import SideNames
from audiocoach.timeline import Timeline, Utterance
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    Cue,
    CueKind,
    Gap,
    Interval,
    IntervalKind,
    Sound,
)
from audiocoach.timeline.timeline import LeftOut, PlacedSpan

_FRAME = (CueKind.REST, CueKind.COUNTDOWN, CueKind.CHIME, CueKind.ORIENT, CueKind.ENCOURAGEMENT)
"""Kinds of cues that tell nothing of what is done next."""
_SPARE_MS = 400
"""What the last word of a rest keeps from what follows it."""


class News(NamedTuple):
    """A figure, a load, a side or a variant that is another than in the block before."""

    what: str
    said: tuple[str, ...]
    """Words of which any tells it."""


def news(
    phrases: Phrases, exercise: Exercise, before: Block | None, block: Block, *, begins: bool
) -> Iterator[News]:
    """What is another in a block than in the one before it, or in the last of the round before.

    Whose turn it is, and in which variant, is news in every round that `begins` with it.
    """
    if block.load and (before is None or before.load != block.load):
        none = phrases.inline("dose.load-none")
        yield News("load", (none if block.load == "none" else block.load,))
    if before is None:
        return
    if block.side and (begins or block.side != before.side):
        yield News("side", tuple(_side(phrases, exercise, block)))
    if block.variant and (begins or block.variant != before.variant):
        yield News("variant", (block.variant.name,))
    if block.reps != before.reps:
        yield News("reps", (phrases.inline("count-reps", reps=block.reps),))
    if block.named and before.named and block.named.natural != before.named.natural:
        yield News("time", (spoken_time(phrases, block.named),))


def _side(phrases: Phrases, exercise: Exercise, block: Block) -> Iterator[str]:
    assert block.side
    yield side_name(phrases, exercise, block.side)
    yield phrases("cue.side-only", side=block.side)
    if isinstance(exercise.limb, SideNames):
        yield phrases("cue.rep-other-side")
    for each in (exercise.start, exercise.side_change):
        if isinstance(each, SideInstructions):  # which name the side
            yield getattr(each, block.side)[0].say


def text(sound: Sound) -> str:
    return sound.text.casefold() if isinstance(sound, Utterance) else ""


def tells(cue: Cue, said: Sequence[str]) -> bool:
    return any(form in text(sound) for form in said for sound in cue.sounds())


def left_out(timeline: Timeline) -> list[LeftOut]:
    return [note for note in timeline.notes if isinstance(note, LeftOut)]


def check_news(routine: Routine, timeline: Timeline, rate: float, percent: int) -> None:
    phrases, language = phrases_for(routine.language), routine.language
    rounds = phrases.inline("dose.each-round").casefold()
    last: dict[int, Worked] = {}
    done: Worked | None = None
    for each in worked(routine, timeline):
        begins = done is None or each.at[:2] != done.at[:2]  # a turn, and not only a block
        before = last.get(each.at[0]) if begins else done
        since = done.last.start if done else 0
        far = before.last.start if before else 0
        known = before.block if before else None
        for fact in news(phrases, each.exercise, known, each.block, begins=begins):
            said = [read_aloud(form, language).rstrip(".").casefold() for form in fact.said]
            now = not begins or fact.what in ("side", "variant")
            heard = told_from(timeline, since if now else far, each)
            if any(form in line for line in heard for form in said):
                continue
            if not now and any(rounds in line for line in told_from(timeline, 0, each)):
                continue  # the doses of all rounds were told before the first
            first_words = [cue.cue for cue in timeline.cues if cue.start == each.opening]
            if not is_rested(done, each) and any(tells(cue, said) for cue in first_words):
                continue  # which has no room for all of it, nor is there a rest
            assert any(form in text(note.sound) for note in left_out(timeline) for form in said)
            tried = [cue for cue in cues_before(timeline, done, each) if tells(cue, said)]
            shortest = [
                speaking_ms(sound.text, rate) * percent // 100
                for cue in tried
                for sound in cue.sounds()
                if isinstance(sound, Utterance)
            ]
            assert left_by_frames(timeline, done, each) < min(shortest), (fact, heard)
        last[each.at[0]] = done = each


def is_rested(done: Worked | None, now: Worked) -> bool:
    return done is None or now.first.start > done.last.end


def told_from(timeline: Timeline, begin: int, now: Worked) -> list[str]:
    """What is heard from then on until a block begins, with its first word."""
    return [text(cue.sound) for cue in timeline.cues if begin <= cue.start <= now.opening]


def cues_before(timeline: Timeline, done: Worked | None, now: Worked) -> Iterator[Cue]:
    """All that might be said from the end of one block into the first time of the next."""
    for span in timeline.spans:
        if isinstance(span.item, Interval) and between(span, done, now):
            yield from (each.cue for each in span.item.placements)


def between(span: PlacedSpan, done: Worked | None, now: Worked) -> bool:
    return (done.last.start if done else 0) <= span.start <= now.first.start


def left_by_frames(timeline: Timeline, done: Worked | None, now: Worked) -> int:
    """How long (ms) one more word may take before a block, if nothing that frames it is said."""
    begin = done.last.end if done else 0
    between = [span for span in timeline.spans if begin <= span.start < now.first.start]
    assert not any(isinstance(span.item, Gap) and span.length for span in between), "it can wait"
    assert all(isinstance(span.item, Interval) and span.item.kind in LEADING for span in between)
    length = (now.first.start - begin) // SAMPLES_PER_MS
    kept = [
        cue.length // SAMPLES_PER_MS
        for cue in timeline.cues
        if begin <= cue.start < now.first.start and cue.cue.kind not in _FRAME
        if cue.cue.priority not in (56, 57, 60, 73)
    ]
    return length - sum(kept) - (len(kept) + 1) * (TIGHT_PAUSE + 48) - _SPARE_MS


AT_ONCE = {
    "rounds": "2",
    "rest_between": "0s",
    "exercises": [
        {"name": "toe press", "sides": "both", "work": "5s"},
        {
            "name": "toe press",
            "sides": "right-then-left",
            "work": {"right": "5s", "left": "6s"},
            "limb": "leg",
        },
    ],
}
"""No word of the dose has room in the five seconds before it."""


@settings(max_examples=examples(150))
@given(
    steps=st.lists(changing() | changing_circuit() | on_the_minute(), min_size=1, max_size=2),
    seed=st.integers(0, 99),
    countdown=st.sampled_from([0, 3]),
    percent=st.integers(75, 150),
    language=st.sampled_from(languages()),
)
@example(steps=[AT_ONCE], seed=0, countdown=0, percent=75, language="de")
def test_no_word_that_matters_less_costs_what_is_another_than_before(
    steps: list[dict[str, Any]], seed: int, countdown: int, percent: int, language: str
) -> None:
    routine = routine_of(*steps, language=language)
    coaching = Coaching(seed=seed, countdown=countdown)
    check_news(routine, told(routine, coaching, percent), coaching.rate, percent)


@settings(max_examples=examples(100))
@given(
    step=changing_circuit() | on_the_minute(),
    seed=st.integers(0, 99),
    percent=st.integers(75, 150),
    language=st.sampled_from(languages()),
)
def test_what_comes_next_is_never_named_alone_in_the_midst_of_something_else(
    step: dict[str, Any], seed: int, percent: int, language: str
) -> None:
    """It would be an order to change at once."""
    routine = routine_of(step, language=language)
    timeline = told(routine, Coaching(seed=seed), percent)
    for now, after in pairwise(worked(routine, timeline)):
        name = after.exercise.name
        if name != now.exercise.name:
            begin, end = now.first.start, now.last.end
            lines = [text(cue.sound) for cue in timeline.cues if begin <= cue.start < end]
            assert not [line for line in lines if line.startswith(name)]


@pytest.mark.parametrize("language", languages())
def test_a_new_dose_that_the_end_of_another_exercise_has_no_room_for_begins_its_own(
    language: str,
) -> None:
    """In the round before it ended with the dose of the other side."""
    timeline = told(routine_of(AT_ONCE, language=language), Coaching())
    phrases = phrases_for(language)
    dose = phrases("dose.brief-time", seconds=spoken_time(phrases, Time.prescribed(5_000)))
    opening = [text(cue.sound) for cue in timeline.cues if "toe press" in text(cue.sound)][-2]
    assert opening.endswith(read_aloud(dose, language).casefold())


@pytest.mark.parametrize("language", languages())
def test_so_does_one_that_reps_have_no_room_for(language: str) -> None:
    counted = {"name": "b", "sides": "right-then-left", "limb": "leg", "rep_duration": "4s"}
    steps = [{"name": "a", "reps": "2", "rep_duration": "1s"}, counted]
    counted["reps"] = {"right": "3", "left": "2"}  # type: ignore[assignment]
    timeline = told(
        routine_of({"rounds": "2", "rest_between": "0s", "exercises": steps}, language=language),
        Coaching(),
    )
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=3)).casefold()
    *_, opening = (text(cue.sound) for cue in timeline.cues if text(cue.sound).startswith("b, "))
    assert opening.endswith(often)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("before", "told_late"), [("[3 kg, 4 kg]", False), ("9 kg", True)])
def test_a_load_that_is_in_the_hands_already_takes_no_first_word(
    before: str, told_late: bool, language: str
) -> None:
    """Else it begins the reps for which the exercise before has no room, in the fewest words."""
    exercises = f"""
    - rounds: 2
      rest_between: 0s
      exercises:
        - {{name: A a, reps: 4, rep_duration: 2s, load: {before}}}
        - {{name: B b, reps: 4, rep_duration: 2s, load: [3 kg, 4 kg]}}
    """
    phrases = phrases_for(language)
    opened = [words[0] for words in within(timeline(exercises, language), IntervalKind.REP)]
    second = opened[12]  # of B, in round two
    assert second.endswith(read_aloud("4 kg.", language)) == told_late
    assert read_aloud(phrases("dose.load", load="4 kg"), language) not in opened
