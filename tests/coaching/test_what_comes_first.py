"""What one has to know before one moves is heard before: the side, the sets, the ways to do it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from blocks import by_address
from heard_in import beats, text, timeline, within
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, exercises, routine_of

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import dose_lines, side_name
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.readings.text import read_aloud
from audiocoach.routine.model import Routine
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    Cue,
    Interval,
    IntervalKind,
    Marker,
    MarkerKind,
    Utterance,
)

WORDS = {
    "en": ("leg", "Bend your knees.", "march", "eyes open", "eyes closed"),
    "de": ("Bein", "Beuge die Knie.", "Marsch", "Augen offen", "Augen zu"),
    "es": ("pierna", "Dobla las rodillas.", "marcha", "ojos abiertos", "ojos cerrados"),
    "fr": ("jambe", "Pliez les genoux.", "marche", "yeux ouverts", "yeux fermés"),
}
ORDERS = {
    "en": ("Lift your hips.", "Lean on the wall."),
    "de": ("Heb die Hüfte.", "Lehn dich an die Wand."),
    "es": ("Sube la cadera.", "Apóyate en la pared."),
    "fr": ("Levez le bassin.", "Appuyez-vous au mur."),
}
DOSES = ("work: {right: 20s, left: 30s}, sets: 2", "work: [20s, 30s]", "work: 20s, sets: 2")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("dose", DOSES)
def test_bouts_on_both_sides_are_told_in_sets(dose: str, language: str) -> None:
    """ "Twice" would be twice in a row; and the last set is no "last one"."""
    limb = WORDS[language][0]
    step = f"- {{name: X, sides: right-then-left, limb: {limb}, rest: 20s, {dose}}}"
    phrases, of = phrases_for(language), timeline(step, language)
    assert phrases("dose.sets", sets=2) in [text(cue.sound) for cue in of.cues]
    (rest,) = within(of, IntervalKind.REST)
    assert phrases.worded("cue.last-set", "") in rest


@settings(max_examples=examples(100))
@given(step=exercises(), language=st.sampled_from(languages()))
def test_every_dose_says_how_many_sets_and_which_ways_there_are(
    step: dict[str, Any], language: str
) -> None:
    (exercise,) = routine_of(step, language=language).all_exercises()
    phrases = phrases_for(language)
    lines = [*dose_lines(phrases, exercise, None)]
    several = len(exercise.sides.blocks) * max(1, len(exercise.each)) > 1
    if exercise.set_count > 1 and several and not exercise.way.paced:
        assert phrases("dose.sets", sets=exercise.set_count) in lines
    heard = " ".join(lines).casefold()
    assert all(each.name.casefold() in heard for each in exercise.each)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("dose", ["hold: 15s", "work: 20s", "reps: 3, hold: 4s"])
def test_the_ways_to_do_it_are_told_before(dose: str, language: str) -> None:
    *_, first, second = WORDS[language]
    step = f"- {{name: X, each: [{first}, {second}], {dose}}}"
    phrases = phrases_for(language)
    ways = phrases("dose.variants", variants=phrases.inline("then", first=first, last=second))
    heard = [text(cue.sound) for cue in timeline(step, language).cues]
    assert heard.index(ways) < heard.index(phrases("cue.variant", variant=first))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["20s", "60s", ""])
def test_the_only_side_is_known_before_one_lies_down_for_it(rest: str, language: str) -> None:
    limb, setup, name, *_ = WORDS[language]
    between = f"rest_between: {rest}" if rest else "rest: 30s"
    group = f"""
    - rounds: 3
      {between}
      exercises:
        - {{name: {name}, work: 20s}}
        - name: X
          position: lying on side
          sides: left
          limb: {limb}
          setup: {setup}
          work: 20s
    """
    phrases = phrases_for(language)
    heard = [text(cue.sound) for cue in timeline(group, language, 80).cues]
    side = phrases.inline("side-name", side="left", limb=limb).casefold()
    moves = [at for at, line in enumerate(heard) if line == phrases("position.lying-on-side")]
    assert len(moves) == 3
    for at in moves:
        assert side in heard[at - 1].casefold()


def sides_and_moves(routine: Routine) -> list[tuple[str, list[str], list[str]]]:
    """Of each exercise for one side: the side, the requests to move, and what is said before it."""
    phrases, known = phrases_for(routine.language), by_address(routine)
    found, since, before = [], list[str](), None
    for item in compile_script(routine).items:
        if isinstance(item, Marker) and item.kind is MarkerKind.EXERCISE:
            since = since if known[item.address.exercise, item.address.round][0].rest else []
        cues = [item] if isinstance(item, Cue) else []
        if isinstance(item, Interval):
            cues = [each.cue for each in item.placements]
            at = item.address
            if item.kind not in (IntervalKind.REST, IntervalKind.COUNT_IN):
                turn, position = known[at.exercise, at.round]
                exercise = turn.exercise
                only = exercise.sides.blocks[0]
                if (at.exercise, at.round) != before and only:
                    side = side_name(phrases, exercise, only)
                    keys = {
                        request(position, exercise.position, timed=timed) for timed in (False, True)
                    }
                    moves = [phrases(key) for key in keys] if position != exercise.position else []
                    found.append((side, moves, since))
                before, since = (at.exercise, at.round), []
                continue
        since = [*since, *(cue.sound.text for cue in cues if isinstance(cue.sound, Utterance))]
    return found


@settings(max_examples=examples(100))
@given(
    steps=st.lists(exercises(sides="left") | exercises(sides="right"), min_size=1, max_size=2),
    between=st.sampled_from(["", "15s", "40s"]),
    language=st.sampled_from(languages()),
)
def test_no_position_is_asked_for_before_the_only_side_is_known(
    steps: list[dict[str, Any]], between: str, language: str
) -> None:
    group = {"rounds": "2", "exercises": steps, **({"rest_between": between} if between else {})}
    routine = routine_of(group, language=language)
    for side, moves, lines in sides_and_moves(routine):
        asked = next((at for at, line in enumerate(lines) if line in moves), None)
        spoken = read_aloud(side, language).casefold()
        if asked is not None:
            assert any(spoken in line.casefold() for line in lines[:asked]), lines


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("between", ["rest_between: 20s", "rest: 40s"])
def test_the_weight_of_the_first_side_is_told_in_every_round(between: str, language: str) -> None:
    """Who did the other side last still holds its weight."""
    limb, _, name, *_ = WORDS[language]
    group = f"""
    - rounds: 3
      {between}
      exercises:
        - {{name: {name}, work: 20s}}
        - name: X
          sides: right-then-left
          limb: {limb}
          load: {{right: 4 kg, left: 2 kg}}
          reps: {{right: 5, left: 8}}
          tempo: 2-0-2-0
    """
    phrases = phrases_for(language)
    heard = [text(cue.sound) for cue in timeline(group, language, 80).cues]
    for load, rounds in (("4 kg", 2), ("2 kg", 3)):
        assert heard.count(read_aloud(phrases("dose.load", load=load), language)) == rounds
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=5))
    assert heard.count(often) == 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("rest", "early"), [("8s", False), ("20s", True), ("2min", True)])
def test_an_order_long_before_its_work_is_said_to_be_for_later(
    rest: str, early: bool, language: str
) -> None:
    """A set-up is to be done by then; the movement not before."""
    step = (
        f"- {{rounds: 2, rest: {rest}, exercises: [{{name: X, work: 20s, setup: Abc., "
        "movement: Def.}]}"
    )
    (heard, *_) = within(timeline(step, language), IntervalKind.REST)
    before, later = map(phrases_for(language), ("cue.rest-before", "cue.rest-recall"))
    assert "Abc." in heard
    if early:
        at = heard.index(before)
        assert heard[at : at + 4] == [before, "Abc.", later, "Def."]
        assert heard.count(later) == 1
    else:
        assert not {before, later} & {*heard}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", [12, 15, 18, 20, 25, 30, 45])
@pytest.mark.parametrize("more", ["", "setup: {setup}", "position: lying on back"])
def test_no_movement_is_ordered_long_before_it_is_done(more: str, rest: int, language: str) -> None:
    """Without a word that it is for later, or so late that who obeys at once holds for a moment."""
    _, movement, name, *_ = WORDS[language]
    moved, setup = ORDERS[language]
    told = more.format(setup=setup)
    step = f"name: {name}, work: 20s, movement: {moved}{', ' + told if told else ''}"
    group = f"""
    - rounds: 2
      rest_between: {rest}s
      exercises: [{{name: X, work: 20s, movement: {movement}}}, {{{step}}}]
    """
    phrases, of = phrases_for(language), timeline(group, language)
    later = phrases("cue.rest-recall")
    for span, cues in beats(of, IntervalKind.REST):
        heard = [text(cue.sound) for cue in cues]
        for order in {movement, moved} & {*heard}:
            place = heard.index(order)
            over = cues[place].start + speaking_ms(order, 1) * SAMPLE_RATE // 1000
            marked = any(each.startswith(later.rstrip(":\u00a0 ")) for each in heard[:place])
            assert marked or (span.end - over) / SAMPLE_RATE < 9, heard
        assert heard[-1] != later
        assert all(after for each, after in pairwise(heard) if each == later)


@pytest.mark.parametrize("language", languages())
def test_what_one_holds_on_to_is_ready_before_it_begins(language: str) -> None:
    name = WORDS[language][2]
    moved, setup = ORDERS[language]
    group = f"""
    - rest_between: 30s
      exercises:
        - {{name: X, work: 20s}}
        - {{name: {name}, work: 20s, support: {setup}, movement: {moved}}}
    """
    phrases = phrases_for(language)
    (heard,) = within(timeline(group, language), IntervalKind.REST)
    at = heard.index(phrases("cue.rest-before"))
    assert heard[at : at + 4] == [
        phrases("cue.rest-before"),
        setup,
        phrases("cue.rest-recall"),
        moved,
    ]


@pytest.mark.parametrize("language", languages())
def test_what_takes_its_time_is_done_at_once(language: str) -> None:
    """Who fetches a thing or turns over has no time for it when it goes on."""
    moved, setup = ORDERS[language]
    group = f"""
    - rest_between: 40s
      exercises:
        - {{name: X, work: 20s}}
        - {{name: Y, work: 20s, setup: {{say: {setup}, time: ~8s}}, movement: {moved}}}
    """
    phrases = phrases_for(language)
    (heard,) = within(timeline(group, language), IntervalKind.REST)
    assert phrases("cue.rest-before") not in heard
    at = heard.index(setup)
    assert heard[at : at + 3] == [setup, phrases("cue.rest-recall"), moved]


@pytest.mark.parametrize("language", languages())
def test_what_changes_the_side_is_done_in_the_rest(language: str) -> None:
    """Who waits with it would have the weight on the wrong leg when the next set begins."""
    limb = WORDS[language][0]
    moved, _ = ORDERS[language]
    step = f"""
    - name: X
      sides: right-then-left
      limb: {limb}
      sets: 2
      rest: 1min
      hold: 6s
      side_change: {moved}
    """
    phrases = phrases_for(language)
    (heard, *_) = within(timeline(step, language), IntervalKind.REST)
    assert moved in heard
    assert not {phrases("cue.rest-before"), phrases("cue.rest-recall")} & {*heard}
