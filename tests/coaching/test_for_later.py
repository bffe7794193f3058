"""What is told of later is heard as that, and what is told of now as what comes next."""

from __future__ import annotations

import pytest
from catalogues import said_as
from heard_in import text, timeline, within

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.timeline.script import IntervalKind

WAYS = """
- name: X
  hold: 20s
  start: Up.
  each: [{name: A, say: Turn one way.}, {name: B, say: Turn the other way.}]
"""
RESTED = """
- rounds: 3
  rest: 30s
  rest_between: 10s
  exercises: [{name: Y, work: 20s}, {name: Z, hold: 15s}]
"""
AT_ONCE = """
- rounds: 3
  rest_between: 0s
  exercises: [{name: Y, work: 8s}, {name: Z, work: 40s}]
"""
KEYS = ("first", "next")
LAST_IN_FULL = """
- rounds: 2
  rest_between: 12s
  exercises:
    - {name: X, work: 20s, movement: Bend.}
    - {name: Y, work: 20s, movement: Jump.}
    - name: Z
      work: 20s
      position: lying on side
      setup: [Put the right forearm under your shoulder., Stretch both legs out long.]
      movement: Lift the hips off the floor, and keep them up.
"""


def heard(exercises: str, language: str) -> list[str]:
    return [text(cue.sound) for cue in timeline(exercises, language).cues]


@pytest.mark.parametrize("language", languages())
def test_a_variant_explained_for_later_is_no_order_for_now(language: str) -> None:
    phrases, told = phrases_for(language), heard(WAYS, language)
    listen = told.index(phrases("exercise.ahead-listen"))
    assert told[listen - 1] == "Turn one way."
    assert told[listen + 1 : listen + 3] == [phrases("cue.then", what="B"), "Turn the other way."]
    assert told[listen + 3] in said_as(language, "cue.start-with", what="A")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rounds", [RESTED, AT_ONCE])
@pytest.mark.parametrize("name", ["", "  round_name: rung\n"])
def test_an_exercise_begins_its_round_and_does_not_come_after_it(
    name: str, rounds: str, language: str
) -> None:
    """ "Up next: rung two of three. And next: squat." """
    kinds = (IntervalKind.REST, IntervalKind.HOLD, IntervalKind.WORK)
    told = [" ".join(words) for words in within(timeline(rounds + name, language), *kinds)]
    key, named = ("round.named", {"name": "rung"}) if name else ("exercise.round", {})
    for number in (2, 3):
        counted = {"number": number, "total": 3, **named}
        ways = said_as(language, key, **counted)
        ways |= set() if name else said_as(language, "exercise.next-round", **counted)
        heard = [each for each in told if any(way.casefold() in each.casefold() for way in ways)]
        assert len(heard) == 1
        first, after = (said_as(language, f"exercise.{each}", name="Y") for each in KEYS)
        assert any(each in heard[0] for each in first)
        assert not any(each in heard[0] for each in after)


@pytest.mark.parametrize("language", languages())
def test_what_is_told_beforehand_says_which_one_it_is_where_others_come_before(
    language: str,
) -> None:
    phrases, told = phrases_for(language), heard(LAST_IN_FULL, language)
    place = told.index(phrases("exercise.ahead-listen"))
    assert told[place + 1] == phrases("exercise.ahead-number", number=3, name="Z")
    alone = LAST_IN_FULL.replace("    - {name: Y, work: 20s, movement: Jump.}\n", "")
    whole = heard(alone, language)
    place = whole.index(phrases("exercise.ahead-listen"))
    assert whole[place + 1] == phrases("exercise.only", name="Z")


FELT = """
- name: X
  position: lying on back
  each: [{name: A, say: Let both knees sink.}, {name: B, say: To the other side.}]
  hold: 30s
  feel: You feel it along your side.
  mistake: Keep the shoulders down.
"""


@pytest.mark.parametrize("language", languages())
def test_what_one_feels_is_told_behind_how_it_is_done(language: str) -> None:
    told = heard(FELT, language)
    how = told.index("Let both knees sink.")
    assert told[how + 1 : how + 3] == ["You feel it along your side.", "Keep the shoulders down."]
    assert told.index("You feel it along your side.") > how
    moved = heard(FELT + "  movement: Sink.\n", language)
    assert moved.index("You feel it along your side.") < moved.index("Let both knees sink.")


@pytest.mark.parametrize("language", languages())
def test_so_it_is_in_a_rest_by_the_clock(language: str) -> None:
    stations = "- rounds: 2\n  rest_between: 40s\n  exercises:\n    - {name: W, work: 20s}\n    "
    told = heard(stations + FELT.strip().replace("\n", "\n    "), language)
    assert "You feel it along your side." in told
    assert told.index("You feel it along your side.") > told.index("Let both knees sink.")


MORE = {
    "en": ("more", "left", "to go"),
    "de": ("noch",),
    "es": ("queda", "falta", "más"),
    "fr": ("encore", "reste", "plus qu"),
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", ["cue.two-pairs", "cue.last-pair"])
def test_what_is_left_of_both_sides_is_no_new_dose(key: str, language: str) -> None:
    """ "Deux par côté" is what an exercise begins with."""
    last = {"en": "last", "de": "letzt", "es": "últim", "fr": "dernière"}[language]
    for told in said_as(language, key):
        assert any(word in told.casefold() for word in (*MORE[language], last)), told


RUNS = """
- rounds: 2
  rest_between: 0s
  exercises: [{name: Y, work: 40s}, {name: Z, work: [30s, 50s]}]
"""


@pytest.mark.parametrize("language", languages())
def test_no_time_left_is_told_right_behind_the_length_of_what_comes_next(language: str) -> None:
    """ "For fifty seconds. Ten seconds to go." """
    phrases = phrases_for(language)
    seconds = {each: phrases.inline("dose.seconds", number=each) for each in (30, 50)}
    doses = {phrases("dose.work", seconds=each) for each in seconds.values()}
    left = {f"{each}." for each in said_as(language, "cue.seconds-left", seconds=10)}
    works = within(timeline(RUNS, language), IntervalKind.WORK)
    told = [words for words in works if doses & {*words}]
    assert told
    assert not [
        words for words in told if left & {*words[words.index(next(iter(doses & {*words}))) :]}
    ]
    assert [words for words in works if left & {*words}]
