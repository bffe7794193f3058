"""Every part of a rep is heard, in whichever way: by its word, its name, or its count."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from catalogues import said_as
from heard_reps import Numbers, done, groups, left_out, text
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, exercises, hurried_lengths, routine_of, short_reps

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.settings.values import Count
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import SAMPLE_RATE, CueKind
from audiocoach.timeline.timeline import PlacedCue, PlacedSpan

Rep = list[tuple[PlacedSpan, list[PlacedCue]]]


def session(exercise: dict[str, Any], language: str) -> Timeline:
    script = compile_script(routine_of(exercise, language=language))
    return fit(script, hurried_lengths(script, 0))


def reps_of(exercise: dict[str, Any], language: str) -> list[Rep]:
    return list(groups(session(exercise, language)))


def rep_in(*phases: dict[str, Any], reps: int = 6, **more: Any) -> dict[str, Any]:
    return {"name": "X", "reps": reps, "phases": [*phases], **more}


# Names and silent parts


@settings(max_examples=examples(100))
@given(exercise=short_reps(), language=st.sampled_from(languages()))
def test_a_part_without_a_word_is_named_or_counted(exercise: dict[str, Any], language: str) -> None:
    """So in the first rep: later the number of the rep may take the place of a word."""
    first, *_ = reps_of(exercise, language)
    for phase, (span, cues) in zip(exercise.get("phases", ()), first, strict=False):
        if "say" in phase:
            continue
        if "name" in phase:
            assert text(cues[0]) == f"{phase['name'].capitalize()}."
        elif span.length >= 2 * SAMPLE_RATE:
            assert cues, exercise


@pytest.mark.parametrize("language", languages())
def test_the_first_turn_of_parts_without_words_begins_with_a_word(language: str) -> None:
    """The others begin with their side, in place of the "one" of a count."""
    exercise = rep_in({"time": "6s"}, {"time": "1s"}, reps=2, sides="alternating")
    begins = [text(rep[0][1][0]) for rep in reps_of(exercise, language)]
    assert begins[0] == f"{phrases_for(language)('cue.go')}."
    assert len(begins) == 4


@pytest.mark.parametrize("language", languages())
def test_no_number_of_a_rep_is_told_before_the_seconds_of_a_long_release(language: str) -> None:
    reads = Numbers(language)
    exercise = {"name": "X", "reps": 6, "hold": "2s", "release": {"time": "11s"}}
    for rep in reps_of(exercise, language):
        *_, (_, cues) = rep
        numbers = [place for place, cue in enumerate(cues) if reads.is_rep(cue)]
        assert not any(reads.second(cue) for place in numbers for cue in cues[place:])
        assert any(reads.second(cue) for cue in cues)


@pytest.mark.parametrize("language", languages())
def test_quick_parts_are_called_by_their_names(language: str) -> None:
    named = rep_in({"name": "reach", "time": "2s"}, {"name": "return", "time": "1s"}, reps=2)
    first, _ = [[text(cues[0]) for _, cues in rep] for rep in reps_of(named, language)]
    assert first == ["Reach.", "Return."]


def test_breaths_that_are_only_named_are_breaths() -> None:
    named = rep_in({"name": "breathe in", "time": "4s"}, {"name": "breathe out", "time": "4s"})
    told = [text(cue) for rep in reps_of(named, "en") for _, cues in rep for cue in cues]
    assert not any("umber" in line for line in told)
    assert said_as("en", "cue.half-over") & {*told}


# Numbers


def is_auto(exercise: dict[str, Any]) -> bool:
    return bool(exercise.get("coaching", {}).get("count", Count.AUTO) == Count.AUTO)


@settings(max_examples=examples(200))
@given(exercise=exercises() | short_reps(), language=st.sampled_from(languages()))
def test_no_bare_number_of_a_rep_stands_beside_a_second(
    exercise: dict[str, Any], language: str
) -> None:
    """ "Lower. Two. Three." and then "Two." has more than one reading."""
    reads, timeline = Numbers(language), session(exercise, language)
    numbers = {phrases_for(language).number(n) for n in range(2, 10)}
    for (before, cues), (span, later) in pairwise(done(timeline)):
        heard = [*cues[-1:], *later[:1]]
        if len(heard) < 2 or span.start != before.end or not is_auto(exercise):
            continue
        seconds = [reads.second(cue) is not None for cue in heard]
        rep = [cue.cue.kind is CueKind.ACTION and reads.is_rep(cue) for cue in heard]
        bare = [
            found and len(text(cue).split()) == 1 for found, cue in zip(rep, heard, strict=True)
        ]
        assert not (any(bare) and any(seconds)), [*map(text, heard)]
        ends = text(heard[0]).rstrip(".").lower().split()[-1] in numbers
        assert not (ends and rep[0] and seconds[1]), [*map(text, heard)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", [3, 5, 9])
def test_a_second_of_its_own_keeps_its_word_behind_seconds(language: str, seconds: int) -> None:
    """No rep of "Pull. Lower. Two. Three." begins with "Two.": it would be one more of them."""
    phases = {"say": "Pull", "time": "1s"}, {"say": "Lower", "time": f"{seconds}s"}
    found = reps_of(rep_in(*phases), language)
    assert [text(rep[0][1][0]) for rep in found] == ["Pull."] * 6


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", [3, 4, 5, 7, 9])
def test_two_to_go_costs_no_seconds_of_a_long_last_part(language: str, seconds: int) -> None:
    """Of up to five seconds none, of more the last few."""
    reads = Numbers(language)
    found = reps_of(
        rep_in({"say": "Ab", "time": "1s"}, {"say": "Cd", "time": f"{seconds}s"}), language
    )
    counted = [sum(reads.second(cue) is not None for cue in rep[-1][1]) for rep in found]
    assert counted[3] >= counted[1] - (0 if seconds <= 5 else 4)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("words", ["Ab", "Ab cd ef gh ij kl"])
def test_three_seconds_and_more_are_counted_however_long_their_words_are(
    language: str, words: str
) -> None:
    reads = Numbers(language)
    found = reps_of(rep_in({"say": "Ab", "time": "1s"}, {"say": words, "time": "3s"}), language)
    assert all(any(reads.second(cue) for cue in rep[-1][1]) for rep in found[:2])


@pytest.mark.parametrize("language", languages())
def test_the_seconds_before_the_next_side_are_counted(language: str) -> None:
    reads = Numbers(language)
    phases = {"say": "Ab", "time": "1s"}, {"say": "Cd", "time": "4s"}
    found = reps_of(rep_in(*phases, sides="alternating", limb="arm"), language)
    for rep in found[:4]:
        *_, side = rep[-1][1]
        assert any(reads.second(cue) for cue in rep[-1][1])
        assert reads.second(side) is None


@pytest.mark.parametrize("language", languages())
def test_two_to_go_is_not_followed_by_one(language: str) -> None:
    """ "Two to go. One. Two." would be a count: the word of the movement comes between."""
    held = {"name": "X", "reps": 6, "hold": "3s", "act": {"say": "Ab", "time": "2s"}}
    held["release"] = {"say": "Cd", "time": "1s"}
    (rep,) = [rep for rep in reps_of(held, language) if rep[0][0].item.address.rep == 5]  # type: ignore[union-attr]
    first = text(rep[0][1][0])
    assert first.casefold().endswith("ab.")
    assert any(first.startswith(each.rstrip(".")) for each in said_as(language, "cue.two-more"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("word", ["Ab", "Ab cd ef", "Ab cd ef gh ij kl mn"])
def test_behind_a_short_release_every_number_is_heard_or_none(language: str, word: str) -> None:
    """Not those alone that a voice says quickly enough; no note tells of each of the others."""
    held = {"name": "X", "reps": 10, "hold": "2s", "act": {"say": "Op", "time": "1s"}}
    timeline = session(held | {"release": {"say": word, "time": "2s"}}, language)
    assert left_out(timeline) == []
    told = [text(rep[-1][1][-1]).rstrip(".") for rep in groups(timeline)]
    numbers = [phrases_for(language)("cue.number", number=n).rstrip(".").lower() for n in (2, 3, 4)]
    heard = [line.lower().endswith(number) for line, number in zip(told, numbers, strict=False)]
    assert len({*heard}) == 1
    assert any(heard) or len(word) > 10


# The last one


@settings(max_examples=examples(150))
@given(exercise=short_reps(), language=st.sampled_from(languages()))
def test_no_word_is_lost_in_the_first_rep(exercise: dict[str, Any], language: str) -> None:
    """Nobody knows it yet: who is told to lower, and then "last one", has no order to rise."""
    first, *_ = reps_of(exercise, language)
    parts = exercise.get("phases") or [exercise["act"], {}, exercise["release"]]
    for part, (_, cues) in zip(parts, first, strict=True):
        word = part.get("say") or part.get("name", "").capitalize()
        assert not word or any(text(cue).startswith(word) for cue in cues), [*map(text, cues)]


AS_IT_BEGINS = ["1-0-1-0", "2-0-1-0", "3-0-1-0"]
BEFORE_IT = ["1-0-2-0", "2-0-2-0", "1-1-2-0", "2-0-1-2"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reps", [2, 3, 8])
@pytest.mark.parametrize("tempo", [*AS_IT_BEGINS, *BEFORE_IT, "1-0-2-1"])
def test_the_last_one_costs_no_word_that_has_room_beside_it(
    tempo: str, reps: int, language: str
) -> None:
    """Where it has none, it takes the place of a pause, or of the first word of the last rep."""
    phrases = phrases_for(language)
    down, up = (phrases(f"cue.{key}") for key in ("lower", "lift"))
    found = reps_of({"name": "X", "reps": reps, "tempo": tempo}, language)
    *_, before, last = [[text(cues[0]) for _, cues in rep] for rep in found]
    told = {each.rstrip(".").casefold() for each in said_as(language, "cue.last-one")}
    begins = any(last[0].rstrip(".").casefold().endswith(each) for each in told)
    announced = [text(cue).rstrip(".").casefold() for cue in found[-2][-1][1]]
    assert begins is (tempo in AS_IT_BEGINS or (tempo[-1] == "1" and reps == 2))
    assert begins is not any(line.endswith(each) for line in announced for each in told)
    assert all(any(word.startswith(up) for word in rep) for rep in (before, last))
    assert before[0].startswith(down) or (reps > 2 and tempo[0] == "1")
    assert last[0].startswith(down) or (begins and tempo[0] == "1")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("seconds", [1, 2])
def test_a_quick_breath_keeps_its_way_out(seconds: int, language: str) -> None:
    """Neither half of them nor the last one takes the place of "out"."""
    phrases = phrases_for(language)
    inhale, exhale = (each.capitalize() for each in phrases.inline("words.breath").split()[:2])
    parts = ({"say": word, "time": f"{seconds}s"} for word in (inhale, exhale))
    (breath, *_) = phrases.inline("words.breathing").split()
    found = reps_of(rep_in(*parts, reps=8) | {"name": breath}, language)
    assert all(text(rep[-1][1][0]).startswith(exhale) for rep in found)
    told = " ".join(text(cue) for rep in found for _, cues in rep for cue in cues).casefold()
    half = said_as(language, "cue.reps-halfway") | said_as(language, "cue.half-over")
    for words in (said_as(language, "cue.last-one"), half):
        assert any(each.rstrip(".").casefold() in told for each in words), told


@settings(max_examples=examples(150))
@given(exercise=short_reps(), language=st.sampled_from(languages()))
def test_the_last_rep_is_announced_before_it_or_as_it_begins(
    exercise: dict[str, Any], language: str
) -> None:
    reads, found = Numbers(language), reps_of(exercise, language)
    pair = 2 if exercise["sides"] == "alternating" else 1
    if len(found) == pair:
        return
    before = [cue for rep in found[-2 * pair : -pair] for _, cues in rep for cue in cues]
    opening = found[-pair][0][1][:1]
    assert any(map(reads.is_last, [*before, *opening])), [*map(text, before)]


@settings(max_examples=examples(100))
@given(
    exercise=exercises(sides="alternating") | short_reps(sides="alternating"),
    language=st.sampled_from(languages()),
)
def test_where_sides_take_turns_what_is_left_is_told_of_both(
    exercise: dict[str, Any], language: str
) -> None:
    """ "Last one." could be that of this side, or of the exercise."""
    alone = {
        each.rstrip(".").casefold()
        for key in ("cue.last-one", "cue.two-more", "cue.last-bout-next")
        for each in said_as(language, key)
    }
    timeline = session(exercise, language)
    told = [text(cue) for _, cues in done(timeline) for cue in cues]
    for words in (*told, *map(text, left_out(timeline))):
        lines = words.casefold().replace(",", ".").split(".")
        assert not alone & {line.strip() for line in lines}, words


@pytest.mark.parametrize("language", languages())
def test_reps_of_one_word_and_second_end_with_the_last_one(language: str) -> None:
    """And no rep is silent: the last one is not announced over the word of another."""
    heard = [
        [text(cue) for _, cues in rep for cue in cues]
        for rep in reps_of(rep_in({"say": "Ab", "time": "1s"}), language)
    ]
    assert [len(words) for words in heard] == [1] * 6
    (last,) = heard[-1]
    assert last in said_as(language, "cue.last-one")


# Whose turn it is


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tempo", ["2-0-1-0", "3-0-1-0", "4-0-2-0", "2-0-2-0"])
def test_each_side_is_named_at_its_turn(tempo: str, language: str) -> None:
    """The right one too, with its number: who lost the thread hears whose turn it is."""
    phrases = phrases_for(language)
    of = {"name": "X", "reps": 7, "sides": "alternating", "limb": "leg", "tempo": tempo}
    for before, rep in pairwise(reps_of(of, language)):
        side = rep[0][0].item.address.side  # type: ignore[union-attr]
        names = (
            phrases.inline("side-name", side=side, limb="leg"),
            phrases("cue.side-only", side=side),
        )
        told = " ".join(text(cue) for cue in (*before[-1][1], *rep[0][1])).casefold()
        assert any(name.rstrip(".").casefold() in told for name in names), told


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tempo", ["2-0-1-0", "3-0-1-0", "2-0-2-0"])
def test_the_last_pair_costs_no_last_word(tempo: str, language: str) -> None:
    """Who is down on one leg hears when to rise, and the last pair as it begins with its side."""
    of = {"name": "X", "reps": 7, "sides": "alternating", "limb": "leg", "tempo": tempo}
    found, lift = reps_of(of, language), phrases_for(language)("cue.lift")
    assert all(text(rep[-1][1][0]).startswith(lift) for rep in found)
    told = [text(cue) for _, cues in (found[-3][-1], found[-2][0]) for cue in cues]
    last = {each.rstrip(".").casefold() for each in said_as(language, "cue.last-pair")}
    assert any(each in line.casefold() for line in told for each in last), told
