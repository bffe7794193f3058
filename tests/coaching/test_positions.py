"""What is tiring or unsafe to wait in: entered last, each time anew, and left by its own words."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, coachings, examples, exercises, routine_of

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import sentences
from audiocoach.routine.load import bundled, load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.values import of_side
from audiocoach.settings.resolve import resolve
from audiocoach.settings.values import Telling
from audiocoach.timeline import Script, Timeline, Utterance, fit
from audiocoach.timeline.script import SAMPLES_PER_MS, Address, Interval, IntervalKind, Sound
from audiocoach.timeline.timeline import LeftOut, PlacedSpan

LONGEST_HELD_MS = 6_000


def routine(exercises: str, language: str = "en") -> Routine:
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    return loads(f"title: T\nlanguage: {language}\nexercises:\n{body}\n")


def text(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else f"({sound})"


def lines(of: Script) -> list[str]:
    return [text(cue.sound) for cue in of.cues()]


def timeline_of(of: Script) -> Timeline:
    return fit(of, clip_lengths(of.sounds(), 0))


def told(dose: str, language: str = "en", **coaching: Any) -> list[str]:
    """What is heard, in order, from the first "Ready" on."""
    script = compile_script(routine(dose, language), Coaching(**coaching))
    heard = [text(cue.sound) for cue in timeline_of(script).cues]
    ready = phrases_for(language)("cue.ready").rstrip(".")
    return heard[next(i for i, line in enumerate(heard) if line.startswith(ready)) :]


def cut(heard: list[str], *words: str) -> list[str]:
    """Those of the words that are heard, in order."""
    return [line for line in heard if line in words]


RAISED = """
- name: raise
  limb: leg
  sides: right-then-left
  start: {right: Raise the right leg., left: Raise the left leg.}
  finish: {right: Right leg down., left: Left leg down.}
  sets: 2
  hold: 10s
"""
ORDER = [
    *("Raise the right leg.", "Right leg down.", "Raise the left leg.", "Left leg down."),
] * 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", "  rest: 20s", "  rest: 15-25s"])
def test_each_set_and_side_enters_the_position_anew_and_leaves_it(rest: str, language: str) -> None:
    assert cut(told(RAISED + rest, language), *ORDER) == ORDER


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("telling", [Telling.BRIEF, Telling.MINIMAL, Telling.FADE])
def test_few_words_never_cost_these(telling: Telling, language: str) -> None:
    assert cut(told(RAISED, language, coaching=telling), *ORDER) == ORDER


COUNT_IN = {
    "en": ["Three.", "Two.", "One.", "Now."],
    "de": ["Drei.", "Zwei.", "Eins.", "Jetzt."],
    "es": ["Tres.", "Dos.", "Uno.", "Ahora."],
    "fr": ["Trois.", "Deux.", "Un.", "Maintenant."],
}


@pytest.mark.parametrize("language", languages())
def test_it_is_entered_after_all_that_is_said_and_right_before_the_count(language: str) -> None:
    heard = told(RAISED + "  rest: 20s", language)
    entered = [place for place, line in enumerate(heard) if line.startswith("Raise the")]
    assert len(entered) == 4
    assert all(heard[place + 1 : place + 5] == COUNT_IN[language] for place in entered)


BETWEEN = {
    "en": ["Rest, twenty seconds.", "Last set is next.", "First: right leg."],
    "de": ["Pause, zwanzig Sekunden.", "Gleich kommt der letzte Satz.", "Zuerst: leg rechts."],
    "es": [
        *("Descanso: veinte segundos.", "Ahora viene la última serie."),
        "Primero: leg, lado derecho.",
    ],
    "fr": [
        *("Pause : vingt secondes.", "Ensuite : la dernière série."),
        "D'abord : leg, côté droit.",
    ],
}


@pytest.mark.parametrize("language", languages())
def test_a_rest_opens_with_the_way_out_and_ends_with_the_way_in(language: str) -> None:
    heard = told(RAISED + "  rest: 20s\n  stop: And stop", language)
    rest = heard.index(BETWEEN[language][0])
    assert heard[rest - 2 : rest] == ["And stop.", "Left leg down."]
    assert heard[rest : rest + 3] == BETWEEN[language]
    assert heard[heard.index(COUNT_IN[language][0], rest) - 1] == "Raise the right leg."


@pytest.mark.parametrize("language", languages())
def test_by_the_clock_too(language: str) -> None:
    circuit = """
    - rounds: 2
      rest_between: 30s
      exercises:
        - {name: march, work: 20s}
        - {name: plank, work: 20s, start: Knees up., finish: Knees down.}
    """
    go = f"{phrases_for(language)('cue.go')}."
    heard = cut(told(circuit, language), go, "Knees up.", "Knees down.")
    assert heard == [go, "Knees up.", go, "Knees down."] * 2


def test_what_takes_time_gets_it_before_the_count() -> None:
    dose = """
    - name: raise
      sets: 2
      hold: 5s
      rest: 30s
      start:
        - {say: Lie back., time: ~4s}
        - {say: Raise it., time: ~1s}
    """
    timeline = timeline_of(compile_script(routine(dose)))
    found = {cue.start // SAMPLES_PER_MS: text(cue.sound) for cue in timeline.cues}
    raised = [at for at, line in found.items() if line == "Raise it."]
    lying = [at for at, line in found.items() if line == "Lie back."]
    counted = [at for at, line in found.items() if line == "Three."][::2]
    assert len(raised) == len(lying) == 2
    for lie, lift, count in zip(lying, raised, counted, strict=False):
        assert lift - lie >= 4_000
        assert count - lift >= 1_000


def test_a_variant_is_changed_in_the_position_in_few_words() -> None:
    """All are told before; then nothing keeps the leg in the air but the count."""
    heard = told(RAISED.replace("hold: 10s", "reps: 2\n  hold: 1s") + VARIANTS)
    place = heard.index("Now in.")
    assert heard[place + 1 : place + 5] == ["Three.", "Two.", "One.", "Now."]
    before = lines(compile_script(routine(RAISED + VARIANTS)))
    first = before.index("Raise the right leg.")
    assert before.index("Toes out.") < before.index("In.") < before.index("Toes in.") < first
    assert cut(heard, *ORDER) == ORDER


VARIANTS = "  each: [{name: out, say: Toes out.}, {name: in, say: Toes in.}]\n"


def test_a_variant_that_takes_time_is_a_reason_to_leave_the_position() -> None:
    variants = "  each: [out, {name: in, say: {say: Turn the band., time: ~9s}}]\n"
    heard = cut(told(RAISED + variants), *ORDER, "Turn the band.")
    assert heard[:5] == [
        *("Raise the right leg.", "Right leg down.", "Turn the band."),
        *("Raise the right leg.", "Right leg down."),
    ]


@pytest.mark.parametrize("countdown", [0, 3, 5, 10])
def test_a_long_count_in_does_not_keep_anybody_in_the_position(countdown: int) -> None:
    for rest in ("", "  rest: 40s"):
        script = compile_script(routine(RAISED + rest), Coaching(countdown=countdown))
        waits = held(timeline_of(script), "Raise the right leg.", "Raise the left leg.")
        assert len(waits) == 4
        assert all(0 < wait <= LONGEST_HELD_MS for wait in waits)


@pytest.mark.parametrize("language", languages())
def test_the_last_rep_ends_in_words_of_its_own(language: str) -> None:
    dose = """
    - name: heel drop
      sets: 2
      reps: 3
      phases:
        - {say: Lower, time: ~3s}
        - {say: Foot off, brief: Off, last: Both heels down, time: ~3s}
    """
    heard = cut(told(dose, language), "Foot off.", "Off.", "Both heels down.")
    assert heard == ["Foot off.", "Off.", "Both heels down."] * 2


# For any routine


def efforts(timeline: Timeline) -> list[PlacedSpan]:
    """What is done, in order: the first span of each block that is entered anew."""
    found: list[PlacedSpan] = []
    before: Address | None = None
    for span in timeline.spans:
        if not isinstance(span.item, Interval) or span.item.kind in LEADING:
            continue
        if span.item.address.rep > 1:
            continue
        address = replace(span.item.address, rep=0, variant=0)
        if address != before:
            found.append(span)
        before = address
    return found


def held(timeline: Timeline, *entering: str) -> list[int]:
    """How long (ms) the words that lead into a position wait for each effort; 0 if none do."""
    ends = [cue.end for cue in timeline.cues if text(cue.sound) in entering]
    found, before = [], 0
    for effort in efforts(timeline):
        last = max((end for end in ends if before < end <= effort.start), default=effort.start)
        found.append((effort.start - last) // SAMPLES_PER_MS)
        before = effort.start
    return found


@st.composite
def entered(draw: st.DrawFn) -> dict[str, Any]:
    """An exercise whose position is entered by words of its own, in its file's form."""
    exercise = draw(exercises())
    raised = {"say": "Raise it.", "time": "~1500ms (1s-2s)"}
    into = [{"say": "Lie back.", "time": "~4s"}, raised, "Raise it."]
    exercise["start"] = [into[0], draw(st.sampled_from(into[1:]))]
    exercise["finish"] = "And down."
    return exercise


@settings(max_examples=examples(100))
@given(exercise=entered(), coaching=coachings(), language=st.sampled_from(languages()))
def test_no_position_of_effort_waits_long_for_its_first_beat(
    exercise: dict[str, Any], coaching: Coaching, language: str
) -> None:
    """Each set and side enters it anew, last of all; only a set that begins by the clock can't.

    Where rests are too short for the words, a note says so: one for all that are as long.
    """
    timeline = timeline_of(compile_script(routine_of(exercise, language=language), coaching))
    waits = held(timeline, "Raise it.")
    if "every" in exercise:
        waits = waits[:1]
    noted = {
        note.length
        for note in timeline.notes
        if isinstance(note, LeftOut) and text(note.sound) == "Raise it."
    }
    silent = [effort for effort, wait in zip(efforts(timeline), waits, strict=False) if not wait]
    assert {_rest_before(timeline, effort) for effort in silent} == noted
    assert max(waits) <= LONGEST_HELD_MS


def _rest_before(timeline: Timeline, effort: PlacedSpan) -> int:
    """The length (ms) of what leads straight into an effort."""
    (before,) = (span for span in timeline.spans if span.end == effort.start and span.length)
    return before.length // SAMPLES_PER_MS


@pytest.mark.parametrize("preset", ["gentle", "standard", "express", "eyes-free"])
@pytest.mark.parametrize(
    "name",
    [name for name, _ in bundled() if any(each.start for each in load(name).all_exercises())],
)
def test_nor_in_what_is_bundled(name: str, preset: str) -> None:
    found = load(name)
    for exercise in found.all_exercises():
        for side in ("right", "left"):
            told = of_side(exercise.start, side)
            if not told or exercise.name in MOVES_FIRST:
                continue
            entering = next((each for each in told if not each.time), told[-1])
            last = sentences(entering.say, found.language)[-1]
            script = compile_script(found, resolve({"preset": preset}, {}, found).settings)
            waits = [wait for wait in held(timeline_of(script), last) if wait]
            assert waits
            assert max(waits) <= LONGEST_HELD_MS


MOVES_FIRST = {"four, seven, eight"}
"""What leads into it is a breath out, which takes its time and is no position."""
LEADING = (IntervalKind.REST, IntervalKind.COUNT_IN)
