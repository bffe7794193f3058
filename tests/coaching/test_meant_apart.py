"""Words that would be taken for others by where they stand: numbers, orders, a wish for haste."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from catalogues import said_as
from heard_in import DONE, number, text, timeline, within

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.lasting import tells_of_breath
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.settings.values import Count
from audiocoach.timeline.script import CueKind, Interval, IntervalKind
from audiocoach.timeline.timeline import LeftOut


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("reps", "rest"), [(4, "6s"), (3, "4s")])
def test_no_count_follows_right_behind_how_often(language: str, reps: int, rest: str) -> None:
    """ "Four times. Three. Two. One." is one count to the ear."""
    dose = f"- {{name: X, sets: 2, reps: [5, {reps}], tempo: 1-0-1-0, rest: {rest}}}"
    (heard,) = within(timeline(dose, language), IntervalKind.REST)
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=reps))
    assert often in heard
    counts = [number(language, each) for each in (3, 2, 1)]
    left = counts[1:] if rest == "6s" else []
    assert [each for each in heard if each in counts] == left


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rest", ["4s", "5s", "6s", "8s"])
def test_the_length_of_the_next_hold_is_no_order_to_begin(language: str, rest: str) -> None:
    """ "Hold for twenty seconds." and then two seconds of silence had it begun too early."""
    phrases = phrases_for(language)
    dose = f"- {{name: X, hold: [10s, 20s], rest: {rest}}}"
    (heard,) = within(timeline(dose, language), IntervalKind.REST)
    told = phrases.inline("count-seconds", seconds=20)
    assert phrases("dose.hold", seconds=told) not in heard
    assert phrases("cue.then", what=told) in heard


@pytest.mark.parametrize("language", languages())
def test_no_count_of_three_follows_a_load_that_is_said_late(language: str) -> None:
    group = """
    - rounds: 2
      rest_between: 12s
      exercises:
        - {name: X, reps: [6, 1], tempo: 2-0-2-0, load: [2 kg, 4 kg]}
        - {name: Y, position: sitting on floor, work: 10s}
    """
    *_, heard, _ = within(timeline(group, language), IntervalKind.REST)
    counts = [number(language, each) for each in (3, 2, 1)]
    assert [each for each in heard if each in counts] == counts[1:]


@pytest.mark.parametrize("language", languages())
def test_a_rest_by_the_clock_gives_nobody_time_of_their_own(language: str) -> None:
    group = """
    - rounds: 2
      rest_between: 25s
      exercises:
        - {name: X, work: 20s}
        - {name: Y, position: on hands and knees, work: 20s}
    """
    phrases = phrases_for(language)
    heard = [line for each in within(timeline(group, language), IntervalKind.REST) for line in each]
    assert phrases("position.timed-standing") in heard
    assert phrases("position.standing") not in heard


# Breathing

BREATH = {
    "en": ("breath of fire", "In", "Out"),
    "de": ("Feueratmung", "Ein", "Aus"),
    "es": ("respiración de fuego", "Inhala", "Exhala"),
    "fr": ("respiration du feu", "Inspirez", "Expirez"),
}


@pytest.mark.parametrize("language", languages())
def test_quick_breaths_keep_their_words_and_have_no_numbers(language: str) -> None:
    name, inhale, exhale = BREATH[language]
    phases = f"[{{say: {inhale}, time: 1s}}, {{say: {exhale}, time: 1s}}]"
    dose = f"- {{name: {name}, reps: 12, phases: {phases}}}"
    heard = within(timeline(dose, language, 60), IntervalKind.PHASE)
    assert heard[1::2] == [[f"{exhale}."]] * 12, "whose lungs are full has to hear when to let go"
    told = {place: words for place, words in enumerate(heard[0::2], 1) if words != [f"{inhale}."]}
    (half,), (last,) = told.pop(7), told.pop(12)
    assert not told
    assert half in said_as(language, "cue.reps-halfway")
    assert last in said_as(language, "cue.last-one")


@pytest.mark.parametrize("language", languages())
def test_quick_breaths_are_numbered_for_who_asks_for_every_number(language: str) -> None:
    name, inhale, exhale = BREATH[language]
    phases = f"[{{say: {inhale}, time: 1s}}, {{say: {exhale}, time: 1s}}]"
    dose = f"- {{name: {name}, reps: 12, phases: {phases}}}"
    heard = within(timeline(dose, language, 60, count=Count.EVERY), IntervalKind.PHASE)
    assert heard[2:8:2] == [[number(language, each)] for each in (2, 3, 4)]


@pytest.mark.parametrize("language", languages())
def test_in_and_out_of_a_second_may_be_no_breath(language: str) -> None:
    _, inhale, exhale = BREATH[language]
    phases = f"[{{say: {inhale[:3]}, time: 1s}}, {{say: {exhale[:3]}, time: 1s}}]"
    heard = within(timeline(f"- {{name: X, reps: 6, phases: {phases}}}", language, 60), *DONE)
    assert heard[2] == [number(language, 2)]


@pytest.mark.parametrize("language", languages())
def test_half_of_four_long_breaths_is_told(language: str) -> None:
    _, inhale, exhale = BREATH[language]
    phases = ", ".join(f"{{say: {each}, time: 4s}}" for each in (inhale, "Hm", exhale, "Hm"))
    heard = within(timeline(f"- {{name: X, reps: 4, phases: [{phases}]}}", language), *DONE)
    (at,) = (at for at, words in enumerate(heard) if said_as(language, "cue.half-over") & {*words})
    assert 4 <= at < 8


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("way", ["hold", "work"])
def test_a_time_in_breaths_is_paced_even_if_it_is_one(language: str, way: str) -> None:
    phrases = phrases_for(language)
    body = f"- {{name: X, {way}: 1 breath}}\n- {{name: Y, {way}: 2 breaths}}"
    routine = f"title: T\nlanguage: {language}\nbreath: {{inhale: 4s, exhale: 6s}}\nexercises:\n"
    script = compile_script(loads(routine + textwrap.indent(body, "  ")))
    kinds = (IntervalKind.HOLD, IntervalKind.WORK, IntervalKind.PHASE)
    times = [each for each in script.items if isinstance(each, Interval) and each.kind in kinds]
    one, two = (
        [(place.offset, text(place.cue.sound)) for place in each.placements]
        for each in times
        if each.span.natural >= 10_000
    )
    out = phrases("cue.breath-out")
    assert one[-1] == (4_000, out)
    assert [said for said in two if said[1] == out] == [(4_000, out), (14_000, out)]
    counts = {number(language, each) for each in range(1, 10)}
    assert not counts & {said for _, said in (*one, *two)}


@pytest.mark.parametrize("language", languages())
def test_who_holds_the_breath_is_not_told_to_breathe(language: str) -> None:
    name, inhale, _ = BREATH[language]
    phrases = phrases_for(language)
    for called, more, told in (
        (name, "", False),
        ("X", f", stop: {inhale}", False),
        ("X", "", True),
    ):
        dose = f"- {{name: {called}, work: 4min{more}}}"
        of = timeline(dose, language, max_silence=15_000)
        heard = [line for each in within(of, IntervalKind.WORK) for line in each]
        remarks = [line for line in heard if line in phrases.variants("cue.remark")]
        assert remarks
        assert any(tells_of_breath(phrases, line) for line in remarks) is told


# Reps


@pytest.mark.parametrize("language", languages())
def test_a_word_that_numbers_reps_never_counts_seconds_in_another_round(language: str) -> None:
    group = """
    - rounds: 2
      rest_between: 15s
      exercises: [{name: X, reps: [3, 1], tempo: 2-0-2-0}, {name: Y, work: 10s}]
    """
    phases = within(timeline(group, language), IntervalKind.PHASE)
    lower, lift = (f"{phrases_for(language)(key)}." for key in ("cue.lower", "cue.lift"))
    assert phases[-2:] == [[lower], [lift]]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reps", [4, 5, 6, 7, 8, 9])
def test_no_rep_loses_both_its_words_to_landmarks(language: str, reps: int) -> None:
    dose = f"- {{name: X, reps: {reps}, tempo: 1-0-1-0}}"
    heard = within(timeline(dose, language, 60), IntervalKind.PHASE)
    words = {f"{phrases_for(language)(key)}." for key in ("cue.lower", "cue.lift")}
    for first, last in zip(heard[::2], heard[1::2], strict=True):
        assert words & {*first, *last}
    told = [line for each in heard for line in each]
    assert said_as(language, "cue.last-one") & {*told}
    assert said_as(language, "cue.two-more") & {*told}


@pytest.mark.parametrize("language", languages())
def test_no_second_is_counted_before_a_phase_that_begins_with_one(language: str) -> None:
    """ "Palm up. Two. One. Two. Three." counts back."""
    phases = "[{say: Aa, time: 2s}, {time: 3s}, {say: Bb, time: 2s}, {time: 3s}]"
    heard = within(timeline(f"- {{name: X, reps: 3, phases: {phases}}}", language), *DONE)
    one, two, three = (number(language, each) for each in (1, 2, 3))
    assert heard[:4] == [["Aa."], [one, two, three], ["Bb."], [one, two, three]]


@pytest.mark.parametrize("language", languages())
def test_of_several_phases_of_two_seconds_each_is_counted_or_none(language: str) -> None:
    phases = "[{say: Aa, time: 2s}, {say: Aa bb cc dd ee ff, time: 2s}, {say: Bb, time: 6s}]"
    heard = within(timeline(f"- {{name: X, reps: 2, phases: {phases}}}", language), *DONE)
    assert heard[0] == ["Aa."]
    assert heard[2][1] == number(language, 2)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("before", ["3s", "6s", "12s"])
@pytest.mark.parametrize("word", ["", "say: Aa, "])
@pytest.mark.parametrize("single", ["1s", "1500ms"])
def test_a_second_without_a_word_is_no_number_behind_a_count(
    language: str, before: str, word: str, single: str
) -> None:
    """ "Six. One." is no count: that it begins is told in a word."""
    last = f", {{{word}time: 2s}}" if word else ""
    phases = f"[{{time: {before}}}, {{time: {single}}}{last}]"
    dose = f"- {{name: X, reps: 3, phases: {phases}}}"
    heard = within(timeline(dose, language, 80), *DONE)
    now = phrases_for(language)("cue.act")
    assert heard[1] == [f"{now}."]
    assert number(language, 1) in heard[0]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", [8, 15])
def test_the_next_side_is_not_told_long_before_its_turn(language: str, seconds: int) -> None:
    """Heard with a weight overhead, "left arm" would be an order to change hands."""
    phases = f"[{{say: Aa, time: 5s}}, {{say: Bb, time: {seconds}s}}]"
    dose = f"- {{name: X, sides: alternating, reps: 3, phases: {phases}}}"
    heard = within(timeline(dose, language), *DONE)
    phrases = phrases_for(language)
    for place, side in enumerate(("left", "right") * 2, 1):
        named = phrases("side-name", side=side, limb="side")
        assert heard[2 * place][0] == f"{named}. Aa."
        assert not any(named in line for line in heard[2 * place - 1])


@pytest.mark.parametrize("language", languages())
def test_a_word_that_names_the_side_never_gives_way_to_a_number(language: str) -> None:
    words = {"right": "Right foot out", "left": "Left foot out"}
    phases = "[{say: {right: Right foot out, left: Left foot out}, time: 2s}, {say: Ab, time: 2s}]"
    dose = f"- {{name: X, sides: alternating, limb: foot, reps: 6, phases: {phases}}}"
    heard = within(timeline(dose, language, 120), *DONE)
    assert heard[::2] == [[f"{words[side]}."] for side in ("right", "left") * 6]
    assert heard[3] == [f"Ab, {number(language, 2).lower()}"]


@pytest.mark.parametrize("language", languages())
def test_each_pair_has_its_number_or_a_landmark_where_the_side_has_hardly_room(
    language: str,
) -> None:
    hold = "hold: 4s, release: {say: Ab, time: 3s}"
    dose = f"- {{name: X, sides: alternating, reps: 5, {hold}}}"
    heard = within(timeline(dose, language, 110), *DONE)
    before = [" ".join(words).casefold() for words in heard if words[0] == "Ab."][1:-1:2]
    two, three, four, _ = before
    numbers = [number(language, each).rstrip(".").casefold() for each in (2, 3, 4)]
    landmark = [each.rstrip(".").casefold() for each in said_as(language, "cue.two-pairs")]
    assert two.rstrip(".").endswith(numbers[0]) or numbers[0] in two
    assert numbers[1] in three
    assert numbers[2] in four or any(each in four for each in landmark)


# Waiting


@pytest.mark.parametrize("language", languages())
def test_no_pause_is_filled_with_the_line_of_the_one_before(language: str) -> None:
    """However many pauses without a line lie between them."""
    turns = "\n".join(
        f"- {{name: X, position: {position}, work: 20s}}"
        for position in ("lying on back", "standing") * 3
    )
    cues = timeline(turns, language).cues
    lines = [text(cue.sound) for cue in cues if cue.cue.kind is CueKind.ORIENT]
    assert len(lines) > 4
    assert all(one != other for one, other in pairwise(lines))


@pytest.mark.parametrize("language", languages())
def test_the_last_one_never_takes_the_place_of_the_side_that_begins_a_rep(language: str) -> None:
    """It may end the rep before. Where a voice has no time for both, a note says so."""
    of = timeline("- {name: X, sides: alternating, reps: 2, phases: [{time: 2s}]}", language, 60)
    noted = [text(note.sound) for note in of.notes if isinstance(note, LeftOut)]
    (_, *before), told, *_ = within(of, *DONE)
    second = " ".join([*before, *told, *noted]).casefold()
    phrases = phrases_for(language)
    sides = (phrases("side-name", side="left", limb="side"), phrases("cue.side-only", side="left"))
    assert any(each.rstrip(".").casefold() in second for each in sides)
    ones = {*said_as(language, "cue.last-pair"), phrases("cue.last-of-side", side="right")}
    assert any(each.rstrip(".").casefold() in second for each in ones)


@pytest.mark.parametrize("language", languages())
def test_no_five_follows_how_often_what_comes_at_once_is_done(language: str) -> None:
    """ "Six times. Five. Three." is one count to the ear."""
    group = """
    - rounds: 2
      rest_between: 0s
      exercises:
        - {name: X, reps: [2, 6], tempo: 1-0-1-0}
        - {name: Y, work: 20s}
    """
    first, second = within(timeline(group, language), IntervalKind.WORK)
    phrases = phrases_for(language)
    often = phrases("dose.reps", often=phrases.inline("count-reps", reps=6))
    three, five = number(language, 3), number(language, 5)
    assert often in first
    assert first[first.index(often) + 1] == three
    assert five in second  # behind which no dose is told
