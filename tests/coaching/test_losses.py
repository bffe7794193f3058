"""Where time is short: what is left out, and what takes its place."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

import pytest

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline import Timeline, Utterance, fit
from audiocoach.timeline.script import FRAME_MS, FRAME_SAMPLES, Interval, IntervalKind, Sound


def text(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else ""


def timeline(exercises: str, language: str, percent: int = 100, **coaching: Any) -> Timeline:
    """A session whose words last that part of the time they are thought to."""
    body = textwrap.indent(textwrap.dedent(exercises).strip(), "  ")
    routine = loads(f"title: T\nlanguage: {language}\nexercises:\n{body}\n")
    script = compile_script(routine, Coaching(**coaching))
    rate = Coaching().rate
    frames = {
        each: speaking_ms(text(each), rate) * percent // 100 // FRAME_MS for each in script.sounds()
    }
    return fit(script, {each: count * FRAME_SAMPLES for each, count in frames.items()})


def within(of: Timeline, *kinds: IntervalKind) -> list[list[str]]:
    """What is heard in each time of some kinds."""
    found = []
    for span in of.spans:
        if isinstance(span.item, Interval) and span.item.kind in kinds:
            cues = (cue for cue in of.cues if span.start <= cue.start < span.end)
            found.append([text(cue.sound) for cue in cues])
    return found


def number(language: str, value: int) -> str:
    word = phrases_for(language).number(value)
    return f"{word[:1].upper()}{word[1:]}."


ENTERED = {
    "en": ("Raise the right leg.", "Lower your leg.", "leg", "with a straight knee"),
    "de": ("Heb das rechte Bein.", "Leg das Bein ab.", "Bein", "mit gestrecktem Knie"),
    "es": ("Levanta la pierna derecha.", "Baja la pierna.", "pierna", "con la rodilla recta"),
    "fr": ("Levez la jambe droite.", "Posez la jambe.", "jambe", "genou tendu"),
}


@pytest.mark.parametrize("language", languages())
def test_the_way_into_a_position_stays_in_a_short_rest(language: str) -> None:
    start, finish, limb, variant = ENTERED[language]
    dose = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      start: {{right: {start}, left: Go.}}
      finish: {finish}
      each: [{variant}, other]
      sets: 2
      reps: 3
      hold: 4s
      rest: 5s
    """
    (rest,) = within(timeline(dose, language), IntervalKind.REST)
    assert rest[0] == finish
    assert start in rest


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["", "  rest: 20s"])
def test_who_holds_on_is_not_told_to_let_go(rest: str, language: str) -> None:
    """A single hold ends with the words that lead out of it, heard once."""
    dose = f"""
    - name: X
      support: Hold the rail.
      start: Lift a foot.
      finish: Put it down. Well held.
      sets: 2
      hold: 20s
    {rest}
    """
    heard = [text(cue.sound) for cue in timeline(dose, language).cues]
    assert f"{phrases_for(language)('cue.release')}." not in heard
    assert [line for line in heard if line in ("Put it down.", "Well held.")] == [
        *("Put it down.", "Well held."),
    ] * 2


@pytest.mark.parametrize("language", languages())
def test_a_dose_matters_more_than_the_count_into_it(language: str) -> None:
    circuit = """
    - rounds: 3
      rest_between: 5s
      exercises:
        - {name: squat, reps: [21, 15, 9], tempo: 1-0-1-0}
        - {name: push-up, reps: [21, 15, 9], tempo: 1-0-1-0}
    """
    phrases = phrases_for(language)
    rests = within(timeline(circuit, language), IntervalKind.REST)
    for rest, reps in zip(rests[1:], (15, 15, 9, 9), strict=True):
        often = phrases.inline("count-reps", reps=reps)
        assert phrases("dose.reps", often=often) in rest


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", range(2, 13))
def test_no_number_is_left_alone_before_the_work(seconds: int, language: str) -> None:
    """After the name or the dose, "one" would be part of it; and it is no count."""
    _, finish, limb, variant = ENTERED[language]
    circuit = f"""
    - rounds: 2
      rest_between: {seconds}s
      exercises:
        - {{name: plank, hold: 10s, finish: {finish}}}
        - name: {variant}
          sides: right-then-left
          limb: {limb}
          side_rest: {seconds}s
          reps: {{right: 3, left: 5}}
          tempo: 2-0-2-0
          load: [2 kg, 3 kg]
    """
    for rest in within(timeline(circuit, language), IntervalKind.REST):
        numbers = [line for line in rest if line in {number(language, n) for n in (1, 2, 3)}]
        assert len(numbers) != 1, rest


@pytest.mark.parametrize("percent", [60, 75])
@pytest.mark.parametrize("language", languages())
def test_in_fast_reps_that_take_turns_each_begins_with_a_word(language: str, percent: int) -> None:
    """A pair with its number or a landmark, the other side with its name, however short."""
    limb = ENTERED[language][2]
    dose = f"- {{name: X, sides: alternating, limb: {limb}, reps: 8, tempo: 1-0-1-0}}"
    phases = within(timeline(dose, language, percent), IntervalKind.PHASE)
    pairs, others = [phase[0] for phase in phases[:-4:4]], [phase[0] for phase in phases[2::4]]
    phrases = phrases_for(language)
    named = [
        {
            phrases("cue.rep-side", side=phrases.inline("side-name", side=side, limb=limb)),
            phrases("cue.side-only", side=side),
        }
        for side in ("right", "left")
    ]
    assert not named[0] & {*pairs}
    assert {*others} <= named[1]


@pytest.mark.parametrize("language", languages())
def test_a_named_phase_is_heard_to_begin_where_no_number_says_so(language: str) -> None:
    dose = """
    - name: X
      reps: 3
      phases: [{say: A, time: 4s}, {name: pause, time: 4s}]
    """
    phases = within(timeline(dose, language, count="ends"), IntervalKind.PHASE, IntervalKind.HOLD)
    assert [phase[0] for phase in phases] == ["A.", "Pause."] * 3


@pytest.mark.parametrize("language", languages())
def test_a_phase_without_a_word_begins_with_its_count_before_the_last_rep_too(
    language: str,
) -> None:
    dose = "- {name: X, reps: 2, phases: [{say: A, time: 1s}, {time: 6s}]}"
    phases = within(timeline(dose, language), IntervalKind.PHASE, IntervalKind.HOLD)
    assert [phase[0] for phase in phases] == ["A.", number(language, 1)] * 2
    before, last = phases[1], phases[3]
    counted = [number(language, value) for value in range(1, 7)]
    assert last == counted
    assert before[:-1] == counted[: len(before) - 1]
    assert all(first != second for first, second in pairwise(before))
