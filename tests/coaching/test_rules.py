"""The table of cue rules: all of it is used, and no more is said than it allows."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from catalogues import plain, said_as
from sounds import gong

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.coaching.rules import RULES, TELLING, says
from audiocoach.coaching.writer import Writer
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.select import select
from audiocoach.settings.values import Telling
from audiocoach.timeline import Utterance
from audiocoach.timeline.script import Cue, CueKind, Marker, MarkerKind

SWITCHES = {rule.switch for rule in RULES.values() if rule.switch}
WAYS = [Telling.FULL, Telling.BRIEF, Telling.MINIMAL]
SET, REP, REST = MarkerKind.SET, MarkerKind.REP, MarkerKind.REST

# What every rule has an occasion in.
RICH = """
title: Rich
language: en
duration: 30min
about: It does you good.
equipment: [a band]
prepare: {say: Fetch the band., time: ~20s (10-40s)}
safety: Stop if it hurts.
closing: Drink a glass of water.
schedule: {times: 2, per: week}
breath: {inhale: 3s, exhale: 4s}
exercises:
  - name: pull
    position: sitting on floor
    purpose: {say: It strengthens your back., time: ~1s}
    place: {say: Take the band to the mat., time: ~5s}
    setup: {say: Put it around your feet., time: ~10s}
    eyes_free: {say: The band lies on your insteps., time: ~2s}
    support: Lean on the wall.
    brief: Pull and let go.
    movement: {say: Pull the band toward you., time: ~2s}
    breath: Breathe out as you pull.
    feel: Your shoulder blades meet.
    mistake: Don't lift your shoulders.
    easier: Hold the band longer.
    harder: Hold the band shorter.
    start: {right: Straighten your right leg., left: Straighten your left leg.}
    finish: Bend your knees.
    after: {say: Put the band away., time: ~5s}
    schedule: {every: day}
    sides: left-then-right
    each:
      - {name: palms up, say: Turn your palms up.}
      - {name: palms down, say: Turn your palms down.}
    sets: 2
    reps: 6
    hold: 3s
    load: [the red band, the green band]
    rest: 25s
  - name: walk
    position: standing
    work: 90s
    cues: [{at: 5s, say: Shoulders down}, {at: 60s, sound: gong.wav}]
    bell: every 40s
  - {name: stroll, work: 20min}
  - name: march
    sides: alternating
    reps: 2
    phases: [{say: Up, time: 2s, chime: true}, {say: Down, time: 4s}]
  - {say: Lie down., pause: true}
  - {name: stay, hold: 4 breaths}
  - name: circuit
    rounds: 2
    rest_between: 30s
    exercises:
      - {name: squat, work: 20s, brief: Down and up.}
      - name: plank
        position: on hands and knees
        support: Your elbows stay under your shoulders.
        work: 20s
        movement: Lift your hips.
  - round_name: rung
    rounds: 2
    rest: 20s
    exercises: [{name: press, reps: 5, rep_duration: 2s}]
"""
ON = Coaching(eyes_free=True)


def whole() -> Routine:
    with TemporaryDirectory() as folder:
        gong(Path(folder))
        return loads(RICH, folder=Path(folder))


def rich() -> Routine:
    return select(whole(), rounds=3)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules of the cues that the compiler makes from now on, in order."""
    rules: list[str] = []
    cue = Writer.cue

    def recorded(writer: Writer, rule: str, *arguments: object) -> object:
        rules.append(rule)
        return cue(writer, rule, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Writer, "cue", recorded)
    return rules


def spoken(routine: Routine, coaching: Coaching) -> list[str]:
    cues = compile_script(routine, coaching).cues()
    return [plain(cue.sound.text) for cue in cues if isinstance(cue.sound, Utterance)]


# The table


def test_every_kind_of_cue_has_a_rule() -> None:
    assert {rule.kind for rule in RULES.values()} == set(CueKind)


def test_every_switch_is_an_option_that_is_on_or_off() -> None:
    expected = ["breath", "chimes", "encouragement", "eyes_free", "halfway", "last_one"]
    assert sorted(SWITCHES) == expected
    types = {field.name: field.type for field in fields(Coaching)}
    assert {types[switch] for switch in SWITCHES} == {"bool"}


def test_every_rule_says_when_and_how_much_it_matters() -> None:
    assert all(rule.when for rule in RULES.values())
    assert all(0 <= rule.priority <= 100 for rule in RULES.values())
    whens = [rule.when for rule in RULES.values()]
    assert len(set(whens)) == len(whens)


def test_the_weights_are_those_of_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")
    weights = dict(re.findall(r"`([a-z-]+)`\s(\d\d)\b[,.]", page))
    assert len(weights) > 10
    assert {name: RULES[name].priority for name in weights} == {
        name: int(weight) for name, weight in weights.items()
    }


def test_what_keeps_people_safe_and_what_to_do_now_matter_most() -> None:
    most = sorted(RULES, key=lambda name: -RULES[name].priority)[:3]
    assert set(most) == {"action", "support", "session-safety"}
    kinds = {RULES[name].kind for name in RULES if name not in most}
    assert CueKind.SAFETY not in kinds


def test_less_is_said_from_full_to_minimal() -> None:
    told = {way: {name for name, rule in RULES.items() if way in rule.told} for way in WAYS}
    for more, less in pairwise(WAYS):
        assert told[less] - {"brief"} < told[more]
    assert "brief" not in told[Telling.FULL]
    assert not any(Telling.FADE in rule.told for rule in RULES.values())


STEP = """
title: T
language: en
exercises:
  - name: heel drop
    position: standing
    setup: Stand on the edge of a step.
    movement: Let the heel sink.
    start: Take the left foot off.
    sets: 2
    reps: [5, 1]
    tempo: 3-1-1-0
    load: [5 kg, 10 kg]
    rest: 20s
  - {name: squat, setup: Feet apart., hold: 20s}
"""


def test_minimally_dose_sets_load_and_the_way_into_a_position_are_told() -> None:
    """Less is explained, but nobody has to guess what to do, or on what they stand."""
    said = spoken(loads(STEP), Coaching(coaching=Telling.MINIMAL))
    first = ("Stand on the edge of a step.", "Five times, then once.", "Two sets.")
    later = ("Take the left foot off.", "Once.", "Load: 10 kilos.", "A hold of twenty seconds.")
    places = [said.index(line) for line in (*first, *later)]
    assert places == sorted(places)
    assert said.index("Feet apart.") < said.index("A hold of twenty seconds.")


# The compiler keeps to it


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_telling_says_all_that_the_table_allows_and_no_more(
    way: Telling, used: list[str]
) -> None:
    compile_script(rich(), replace(ON, coaching=way))
    assert set(used) == {name for name in RULES if says(name, ON, way)}


def test_every_rule_is_used(used: list[str]) -> None:
    for way in WAYS:
        compile_script(rich(), replace(ON, coaching=way))
    assert set(used) == RULES.keys()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_a_switch_takes_away_its_rules_and_nothing_else(
    switch: str, way: Telling, used: list[str]
) -> None:
    compile_script(rich(), replace(ON, coaching=way))
    on = set(used)
    used.clear()
    off: dict[str, Any] = {switch: False}
    compile_script(rich(), replace(ON, coaching=way, **off))
    gone = on - set(used)
    assert gone == {name for name in on if RULES[name].switch == switch}
    assert set(used) <= on


# Telling an exercise


def told(exercise: Exercise, rule: str) -> str:
    found = getattr(exercise, rule)
    return str(found[0].say)


def test_an_exercise_is_told_in_the_order_of_the_table() -> None:
    lines = spoken(whole(), ON)
    exercise = next(whole().all_exercises())
    own = [rule for rule in TELLING if rule not in ("position", "brief", "dose")]
    places = [lines.index(told(exercise, rule)) for rule in own]
    assert places == sorted(places)
    between = [
        lines.index("Now sit down on the floor."),
        lines.index("Six times, and hold each time for three seconds."),
    ]
    assert places[own.index("place")] < between[0] < places[own.index("setup")]
    assert (
        places[-1] < between[1] < lines.index("Straighten your left leg.") < lines.index("Three.")
    )
    assert told(exercise, "brief") not in lines


def test_every_step_of_the_telling_is_a_rule_and_all_but_two_are_fields() -> None:
    assert RULES.keys() >= set(TELLING)
    assert set(TELLING) - Exercise.model_fields.keys() == {"dose"}


# Fading

FADING = """
title: T
language: en
exercises:
  - rounds: 3
    exercises:
      - name: dip
        movement: Bend your arms.
        breath: Breathe out as you rise.
        brief: Down and up.
        sets: 3
        reps: 4
        hold: 1s
        rest: 20s
"""


def parts(telling: Telling, *kinds: MarkerKind) -> list[list[str]]:
    """What is said from each marker of those kinds on to the next, inside exercises."""
    found: list[list[str]] = [[]]
    inside = False
    for item in compile_script(loads(FADING), Coaching(coaching=telling)).items:
        if isinstance(item, Marker):
            inside = item.kind is MarkerKind.EXERCISE or (inside and item.kind in (SET, REP, REST))
            if item.kind in kinds:
                found.append([])
        cues = [placement.cue for placement in getattr(item, "placements", ())]
        for cue in [item] if isinstance(item, Cue) else cues:
            inside = inside and cue.kind is not CueKind.ENCOURAGEMENT
            if inside and isinstance(cue.sound, Utterance):
                found[-1].append(plain(cue.sound.text))
    return found[1:]


def test_fading_tells_one_round_in_full_then_in_brief_then_minimally() -> None:
    """And the sets of each round likewise, never more than in the round or set before."""
    faded = parts(Telling.FADE, MarkerKind.EXERCISE, SET)
    assert len(faded) == 3 * (1 + 3)
    for number, said in enumerate(faded):
        round_before, set_before = number // 4, max(number % 4 - 1, 0)
        way = WAYS[min(round_before + set_before, 2)]
        assert said == parts(way, MarkerKind.EXERCISE, SET)[number], (number, way)
    assert "Breathe out as you rise." in faded[0]
    assert "Number two." in faded[2]
    assert "Number two." not in faded[3]


@pytest.mark.parametrize("telling", WAYS)
@pytest.mark.parametrize("rest", ["rest: 20s", ""])
def test_the_last_set_is_announced_however_little_is_told(telling: Telling, rest: str) -> None:
    bouts = f"  - {{name: march, sets: 3, reps: 2, tempo: 2-0-2-0, {rest}}}\n"
    routine = loads("title: T\nlanguage: en\nexercises:\n" + bouts)
    said = spoken(routine, Coaching(coaching=telling))
    assert any("ast set" in text for text in said)
    off = spoken(routine, Coaching(coaching=telling, last_one=False))
    assert not any("ast set" in text for text in off)


@pytest.mark.parametrize("telling", Telling)
@pytest.mark.parametrize("rest", ["rest: 20s", "rest_between: 30s", "rest_between: 0s"])
@pytest.mark.parametrize("language", languages())
def test_so_is_the_last_round(telling: Telling, rest: str, language: str) -> None:
    bouts = "[{name: march, work: 20s}, {name: squat, work: 20s}]"
    group = f"{{rounds: 3, {rest}, exercises: {bouts}}}"
    routine = loads(f"title: T\nlanguage: {language}\nexercises: [{group}]\n")
    cues = compile_script(routine, Coaching(coaching=telling)).cues()
    said = {cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)}
    told = said_as(language, "exercise.next-round", number=3, total=3)
    assert said & {*told, *said_as(language, "exercise.round", number=3, total=3)}
