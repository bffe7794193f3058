"""Where sides take turns, each rep of a hold has its side, and so has the last pair."""

from __future__ import annotations

from itertools import product

import pytest
from catalogues import said_as
from heard_reps import groups, text
from strategies import hurried_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import side_name
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Routine
from audiocoach.settings.values import Side
from audiocoach.timeline import fit
from audiocoach.timeline.script import Interval

FOOT = {"en": "foot", "de": "Fuß", "es": "pie", "fr": "pied"}
ACTS = ("{time: 1s}", "{time: 1500ms}", "{time: 2s}", "{say: Up, time: 2s}", "{time: 3s}", "")
RELEASES = ("{time: 1s}", "{time: 2s}", "{time: 3s}", "{say: Down, time: 3s}", "{time: 5s}", "")
HOLDS = ("3s", "6s", "20s")


def routine_of(language: str, act: str, hold: str, release: str, reps: int) -> Routine:
    fields = [f"hold: {hold}", f"reps: {reps}", f"limb: {FOOT[language]}", "sides: alternating"]
    fields += [f"{name}: {told}" for name, told in (("act", act), ("release", release)) if told]
    text = f"title: T\nlanguage: {language}\nexercises: [{{name: X, {', '.join(fields)}}}]\n"
    return loads(text)


def heard(routine: Routine) -> list[tuple[Side, str]]:
    """The side of each rep, with what is heard right before it and on its first beat."""
    script = compile_script(routine)
    reps = [*groups(fit(script, hurried_lengths(script, 0)))]
    found: list[tuple[Side, str]] = []
    before = ""
    for rep in reps:
        item = rep[0][0].item
        assert isinstance(item, Interval)
        opening = " ".join(map(text, rep[0][1][:1]))
        assert item.address.side
        found.append((item.address.side, f"{before} {opening}".casefold()))
        before = " ".join(map(text, rep[-1][1]))
    return found


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("release", RELEASES)
def test_no_side_and_no_last_pair_is_lost(language: str, act: str, release: str) -> None:
    phrases = phrases_for(language)
    last = {*said_as(language, "cue.last-pair")}
    last |= {phrases("cue.last-of-side", side=side) for side in ("right", "left")}
    for hold, reps in product(HOLDS, (2, 4)):
        routine = routine_of(language, act, hold, release, reps)
        (exercise,) = routine.all_exercises()
        told = heard(routine)
        for side, words in told[1:]:
            names = side_name(phrases, exercise, side), phrases("cue.side-only", side=side)
            assert any(each.rstrip(".").casefold() in words for each in names), (hold, told)
        _, announced = told[-2]
        assert any(each.rstrip(".").casefold() in announced for each in last), (hold, told)


@pytest.mark.parametrize("language", languages())
def test_a_pair_of_names_says_which_of_them_is_the_last(language: str) -> None:
    """ "Last left." would say nothing of two bands: there it is "Last pair. Other side."."""
    limb = "{right: X Y Z one, left: X Y Z two}"
    fields = f"limb: {limb}, sides: alternating, reps: 3, rep_duration: 2s"
    routine = loads(f"title: T\nlanguage: {language}\nexercises: [{{name: X, {fields}}}]\n")
    phrases = phrases_for(language)
    wrong = {phrases("cue.last-of-side", side=side).casefold() for side in ("right", "left")}
    assert not any(each in words for _, words in heard(routine) for each in wrong)
