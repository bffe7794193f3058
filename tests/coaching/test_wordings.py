"""What is said often is said in several ways: in turn, and by the seed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from textwrap import dedent

import pytest
from catalogues import catalogue, variables
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, routines

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.coaching.writer import Writer
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import translate
from audiocoach.timeline.script import Cue, CueKind, Script, Utterance

EVENTS = (
    "exercise-title", "exercise-next", "exercise-done", "exercise-orient", "cue-halfway",
    "cue-two-more", "cue-last-one", "cue-rest-seconds", "cue-set-next", "cue-bout-next",
    "cue-switch", "cue-minutes-left", "cue-seconds-left", "close-goodbye",
)  # fmt: skip
"""What happens more than once in a session, or in each one."""


def varied(language: str) -> list[str]:
    """The messages that have more than one wording, and are no list that is said whole."""
    whole = ("calibration", "welcome-safety", "voice-piper")
    names = (message.id.name for message in catalogue(language))
    several = (name for name in names if len(phrases_for(language).wordings(name)) > 1)
    return [name for name in several if name not in whole]


def words(language: str, count: int) -> dict[str, list[str]]:
    phrases = phrases_for(language)
    texts = ("name", "seconds", "title", "side", "what")
    return {
        name: [
            phrases.worded(name, wording, **{
                each: "x" if each in texts and (each, name[:3]) != ("seconds", "cue") else count
                for each in variables(language)[name]
            })
            for wording in phrases.wordings(name)
        ]
        for name in varied(language)
    }  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_each_event_has_several_wordings(language: str) -> None:
    assert set(EVENTS) <= set(varied(language))


@pytest.mark.parametrize("count", [1, 2, 21])
@pytest.mark.parametrize("language", languages())
def test_no_two_wordings_are_the_same(language: str, count: int) -> None:
    for name, found in words(language, count).items():
        assert len(set(found)) == len(found), name
        assert all(text == text.strip() and text for text in found), name


@pytest.mark.parametrize("language", languages())
def test_what_falls_on_a_beat_is_short_in_every_wording(language: str) -> None:
    """A word that is heard before a rep begins must not make the rep longer."""
    pairs = ("cue-two-pairs", "cue-last-pair")
    for name in ("cue-halfway", "cue-two-more", "cue-last-one", *pairs):
        assert all(len(text) <= 22 for text in words(language, 2)[name]), name


@pytest.mark.parametrize("language", languages())
def test_praise_never_begins_twice_in_the_same_way(language: str) -> None:
    openings = [re.split(r"[.:,]", text)[0] for text in words(language, 2)["exercise-done"]]
    assert len(set(openings)) == len(openings)


# In a session


UNLIKE_OTHERS = {"cue-seconds-left", "cue-minutes-left", "cue-start-with"}
"""What a dose says in the same words: "ten seconds", "First: left leg"."""

UNKNOWN = "?"


@cache
def patterns(language: str) -> list[tuple[re.Pattern[str], str, str]]:
    phrases, found = phrases_for(language), []
    for name in set(varied(language)) - UNLIKE_OTHERS:
        marks = {each: f"<{each}>" for each in variables(language)[name]}
        for wording in phrases.wordings(name):
            first = phrases.worded(name, wording, **marks).split(". ")[0].rstrip(".")
            pattern = re.sub(r"<\w+>", ".+", re.escape(first))
            found.append((re.compile(rf"(?i){pattern}"), name, wording))
    return found


@cache
def events(text: str, language: str) -> list[tuple[str, str]]:
    """What a text may tell, and in which wording; of two possible things no wording is known."""
    told = []
    for part in text.removesuffix(".").split(". "):
        found = {(name, how) for each, name, how in patterns(language) if each.fullmatch(part)}
        told += [(name, how if len(found) == 1 else UNKNOWN) for name, how in found]
    return told


def heard(script: Script) -> Iterator[tuple[str, str]]:
    """Each event of a session with the wording it was told in, in order.

    What stands in place of a movement's own word may be the shortest one: room is short there.
    """
    for item in script.items:
        cues = [item] if isinstance(item, Cue) else []
        for cue in cues + [each.cue for each in getattr(item, "placements", ())]:
            if isinstance(cue.sound, Utterance):
                short = cue.kind is CueKind.ACTION
                for name, how in events(cue.sound.text, script.language):
                    yield name, UNKNOWN if short else how


def check_turns(script: Script) -> int:
    """How many events there are with a wording; none is the one of the last time."""
    told = defaultdict(list)
    for name, wording in heard(script):
        told[name].append(wording)
    for name, wordings in told.items():
        pairs = pairwise(wordings)
        assert all(one != other or one is UNKNOWN for one, other in pairs), (name, wordings)
    return sum(map(len, told.values()))


@settings(max_examples=examples(40))
@given(routine=routines(), seed=st.integers(0, 999))
def test_nothing_is_worded_twice_in_a_row(routine: Routine, seed: int) -> None:
    check_turns(compile_script(routine, Coaching(seed=seed)))


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("language", languages())
def test_a_session_in_each_language_takes_turns(language: str, seed: int) -> None:
    for name in ("foot-relief", "foot-care"):
        routine = load(name)
        told = routine if language == "en" else translate(routine, language)
        assert check_turns(compile_script(told, Coaching(seed=seed))) > 20


def test_a_wording_without_room_is_not_counted() -> None:
    """Three holds a rung that name nothing before they end: the fourth wording is the first."""
    ladder = """
      title: T
      language: en
      exercises:
        - round_name: rung
          rounds: 3
          exercises:
            - until: 42s
              exercises: [{name: press, hold: 11s, act: {time: 1s}, release: {time: 2s}}]
    """
    assert check_turns(compile_script(loads(dedent(ladder)), Coaching())) > 1


@settings(max_examples=examples(20))
@given(routine=routines(), seed=st.integers(0, 999))
def test_the_same_routine_and_seed_give_the_same_words(routine: Routine, seed: int) -> None:
    assert compile_script(routine, Coaching(seed=seed)) == compile_script(
        routine, Coaching(seed=seed)
    )


def test_another_seed_gives_other_words() -> None:
    routine = load("foot-relief")
    found = {
        tuple(wording for _, wording in heard(compile_script(routine, Coaching(seed=seed))))
        for seed in range(8)
    }
    assert len(found) > 5


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_all_wordings_are_said_before_one_is_said_again(seed: int) -> None:
    writer = Writer(phrases_for("en"), Coaching(seed=seed), "en")
    said = [writer.vary("exercise.done", name="x") for _ in range(10)]
    assert said[:5] == said[5:]
    assert len(set(said[:5])) == 5


@pytest.mark.parametrize(
    ("last", "listed"),
    [
        ("marcha", "puente y marcha"),
        ("inclinación", "puente e inclinación"),
        ("hilo", "puente e hilo"),
        ("hielo", "puente y hielo"),
        ("yoga", "puente y yoga"),
    ],
)
def test_spanish_y_becomes_e_before_the_sound_of_i(last: str, listed: str) -> None:
    assert phrases_for("es").listing(["puente", last]) == listed


@pytest.mark.parametrize("language", languages())
def test_a_round_and_the_exercise_it_begins_with_are_not_announced_alike(language: str) -> None:
    """A rest says both, one after the other."""
    found = words(language, 2)
    rounds, exercises, firsts = (
        {text.split()[0] for text in found[name]}
        for name in ("exercise-next-round", "exercise-next", "exercise-first")
    )
    assert not rounds & exercises
    assert not firsts & (rounds | exercises)
