"""Where time is short: what is left out, and what takes its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from catalogues import said_as
from heard_in import number, text, timeline, within

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.settings.values import Count
from audiocoach.timeline.script import IntervalKind

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
    told = [text(cue.sound) for cue in timeline(dose, language).cues]
    behind = next(after for before, after in reversed([*pairwise(told)]) if before == start)
    assert behind.startswith(phrases_for(language)("cue.variant", variant=variant)), (
        "no room before"
    )


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


def by_turns(language: str, tempo: str, percent: int = 75) -> list[list[str]]:
    """What is heard in each phase of reps whose sides take turns, rep by rep."""
    limb = ENTERED[language][2]
    dose = f"- {{name: X, sides: alternating, limb: {limb}, reps: 5, tempo: {tempo}}}"
    return within(timeline(dose, language, percent), IntervalKind.PHASE)


@pytest.mark.parametrize("language", languages())
def test_the_side_leaves_room_for_what_is_done(language: str) -> None:
    """In its shortest form, rather than that it takes the place of the word of the movement."""
    lower = f"{phrases_for(language)('cue.lower')}."
    others = by_turns(language, "2-0-2-0")[2::4]
    assert len(others) == 5
    assert all(phase[0].endswith(f" {lower}") for phase in others)


@pytest.mark.parametrize("language", languages())
def test_a_short_pause_tells_whose_turn_is_next(language: str) -> None:
    """In place of "hold", so that the side is known before the beat; the last pair more than it."""
    phrases, phases = phrases_for(language), by_turns(language, "2-1-2-1")
    told = [
        {
            phrases("cue.side-only", side=side),
            phrases("cue.rep-side", side=phrases.inline("side-name", side=side, limb=limb)),
        }
        for limb in ENTERED[language][2:3]
        for side in ("right", "left")
    ]
    pauses = [phase[0] for phase in phases[3::4]]
    assert all(
        pause in told[place % 2] for place, pause in enumerate(pauses, 1) if place not in (8, 10)
    )
    assert pauses[7] in said_as(language, "cue.last-pair")
    assert pauses[9] not in told[0]
    assert all(phase[0].startswith(phrases("cue.lower")) for phase in phases[4:32:4])
    assert {phase[0] for phase in phases[1::4]} == {f"{phrases('cue.pause')}."}


REPS = {
    "quick": "tempo: 1-0-1-0",
    "fast": "tempo: 2-0-2-0",
    "uneven": "tempo: 4-0-8-0",
    "slow": "tempo: 8-0-8-0",
    "held": "hold: 6s",
    "own": "phases: [{say: Lower, time: 3s}, {say: Other foot on and up, brief: Up, time: 2s}]",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("count", Count)
@pytest.mark.parametrize("way", REPS)
def test_no_landmark_of_the_reps_is_lost_without_a_note(
    way: str, count: Count, language: str
) -> None:
    """However its seconds are counted."""
    told = timeline(f"- {{name: X, reps: 8, {REPS[way]}}}", language, 80, count=count)
    said = [text(cue.sound) for cue in (*told.cues, *told.notes)]
    for key in ("cue.reps-halfway", "cue.two-more", "cue.last-one"):
        words = [each.rstrip(".").lower() for each in said_as(language, key)]
        assert any(word in line.lower() for word in words for line in said), key


@pytest.mark.parametrize("language", languages())
def test_a_number_alone_behind_a_word_is_not_counted_down(language: str) -> None:
    """ "Up. One." would be heard as the number of the rep."""
    dose = f"- {{name: X, reps: 8, {REPS['own']}}}"
    phases = within(timeline(dose, language, 80, count="ends"), IntervalKind.PHASE)
    assert not any(number(language, 1) in phase for phase in phases[1::2])
    assert [number(language, 2), number(language, 1)] in [phase[1:] for phase in phases[::2]]


FLOORS = {
    "en": ("First floor", "Second floor", "Third floor"),
    "de": ("Erster Stock", "Zweiter Stock", "Dritter Stock"),
    "es": ("Primer piso", "Segundo piso", "Tercer piso"),
    "fr": ("Premier cran", "Second cran", "Troisième cran"),
}


@pytest.mark.parametrize("language", languages())
def test_of_phases_of_one_kind_all_are_counted_or_none(language: str) -> None:
    """However long the words get in the mouth of a voice: "First floor. Two. Second floor." """
    words = ", ".join(f"{{say: {word}, time: 2s}}" for word in FLOORS[language])
    phases = f"{words}, {{name: oh, time: 6s}}, {{say: Oh, time: ~5s}}"
    for percent in (65, 76, 79, 100):
        told = timeline(f"- {{name: X, reps: 3, phases: [{phases}]}}", language, percent)
        rep = within(told, IntervalKind.PHASE)[:3]
        assert len({number(language, 2) in phase for phase in rep}) == 1, (percent, rep)


@pytest.mark.parametrize("language", languages())
def test_a_set_of_one_rep_is_counted_as_the_others_are(language: str) -> None:
    """Where these have the numbers of the reps, its seconds would be taken for such."""
    dose = "- {name: X, sets: 2, reps: [4, 1], rest: 30s, tempo: 3-1-1-0}"
    *_, first, _, _ = within(timeline(dose, language, 80), IntervalKind.PHASE)
    assert len(first) == 1


@pytest.mark.parametrize("language", languages())
def test_halfway_comes_behind_the_words_of_the_routine_at_that_instant(language: str) -> None:
    finish = ENTERED[language][1]
    dose = f"- {{name: X, work: 20s, cues: [{{at: 10s, say: {finish}}}]}}"
    (work,) = within(timeline(dose, language), IntervalKind.WORK)
    place = work.index(finish)
    assert work[place + 1] in said_as(language, "cue.halfway")


OWN_SIDES = {
    "en": ("To the right", "To the left", "Back to the middle"),
    "de": ("Nach rechts", "Nach links", "Zur Mitte"),
    "es": ("A la derecha", "A la izquierda", "Al centro"),
    "fr": ("À droite", "À gauche", "Au milieu"),
}


BACKS = {
    "en": ("right side of the back", "left side of the back"),
    "de": ("rechte Seite des Rückens", "linke Seite des Rückens"),
    "es": ("lado derecho de la espalda", "lado izquierdo de la espalda"),
    "fr": ("côté droit du dos", "côté gauche du dos"),
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("percent", [78, 100])
def test_the_last_pair_has_its_side_in_a_word_where_its_name_has_no_room(
    percent: int, language: str
) -> None:
    right, left = BACKS[language]
    dose = f"""
    - name: X
      sides: alternating
      limb: {{right: {right}, left: {left}}}
      reps: 5
      phases: [{{say: A, time: 3s}}, {{say: B, time: 3s}}]
    """
    heard = [text(cue.sound) for cue in timeline(dose, language, percent).cues]
    last = {each.rstrip(".") for each in said_as(language, "cue.last-pair")}
    (told,) = [line for line in heard if any(line.startswith(each) for each in last)]
    word = phrases_for(language)("cue.side-only", side="right")
    assert word in told or right.casefold() in told.casefold()


@pytest.mark.parametrize("language", languages())
def test_a_landmark_never_takes_the_place_of_the_word_for_a_side(language: str) -> None:
    right, left, middle = OWN_SIDES[language]
    dose = f"""
    - name: X
      sides: alternating
      reps: 6
      phases: [{{say: {{right: {right}, left: {left}}}, time: 2s}}, {{say: {middle}, time: 2s}}]
    """
    told = timeline(dose, language, 85)
    first = [phase[0] for phase in within(told, IntervalKind.PHASE)[::2]]
    assert all(line.startswith(right) for line in first[::2])
    assert all(line.startswith(left) for line in first[1::2])
    heard = " ".join(text(cue.sound) for cue in told.cues).casefold()
    for key in ("cue.reps-halfway", "cue.two-pairs", "cue.last-pair"):
        assert any(each.rstrip(".").casefold() in heard for each in said_as(language, key))


@pytest.mark.parametrize("language", languages())
def test_who_is_told_what_follows_at_once_is_counted_into_it(language: str) -> None:
    walks = """
    - rounds: 3
      rest_between: 0s
      exercises: [{name: brisk walk, work: 3min}, {name: slow walk, work: 3min}]
    """
    for work in within(timeline(walks, language), IntervalKind.WORK):
        assert work[-3:] == [number(language, left) for left in (3, 2, 1)]
