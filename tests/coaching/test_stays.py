"""A stay of some breaths inside a rep: how many are left of it, and what follows them."""

from __future__ import annotations

import pytest
from heard_reps import groups, text
from strategies import hurried_lengths

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import loads
from audiocoach.timeline import fit

STAY = "{say: Stay, time: 3 breaths}"
BREATH = {
    "en": ("Inhale", "Exhale", "In, foot forward"),
    "de": ("Einatmen", "Ausatmen", "Ein, Fuß nach vorn"),
    "es": ("Inhala", "Exhala", "Inhala, pie adelante"),
    "fr": ("Inspirez", "Expirez", "Inspirez, pied devant"),
}


def stays(dose: str, language: str, reps: int) -> list[list[str]]:
    """What is heard in each rep."""
    source = f"""
title: T
language: {language}
breath: {{inhale: 4s, exhale: 5s}}
exercises:
  - {{name: X, reps: {reps}, {dose}}}
"""
    script = compile_script(loads(source))
    found = groups(fit(script, hurried_lengths(script, 0)))
    return [[text(cue) for _, cues in rep for cue in cues] for rep in found]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("dose", ["hold: 3 breaths", f"phases: [{STAY}]"])
def test_the_last_breath_is_that_of_the_last_rep(dose: str, language: str) -> None:
    """Before it, "the last one" would be heard as that of them all; one more is still told."""
    phrases = phrases_for(language)
    last, more = phrases("cue.breath-in", left=1), phrases("cue.breath-in-one-more")
    told = stays(dose, language, 3)
    assert [last in rep for rep in told] == [False, False, True]
    assert [more in rep for rep in told] == [True, True, False]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reps", [1, 3])
@pytest.mark.parametrize("ahead", [True, False])
def test_no_breath_is_the_last_where_others_follow(
    reps: int, language: str, *, ahead: bool
) -> None:
    phrases = phrases_for(language)
    inhale, exhale, _ = BREATH[language]
    cycle = f"{{say: {inhale}, time: inhale}}, {{say: {exhale}, time: exhale}}"
    told = stays(
        f"phases: [{STAY}, {cycle}]" if ahead else f"phases: [{cycle}, {STAY}]", language, reps
    )
    last = [phrases("cue.breath-in", left=1) in rep for rep in told]
    assert last == [False] * reps if ahead else last == [*[False] * (reps - 1), True]


@pytest.mark.parametrize("language", languages())
def test_a_stay_that_a_movement_ends_tells_its_last_breath_where_it_is_the_only_one(
    language: str,
) -> None:
    """So one is ready to move; in a flow that comes again it would be heard each time."""
    *_, move = BREATH[language]
    last = phrases_for(language)("cue.breath-in", left=1)
    flow = f'phases: [{STAY}, {{say: "{move}", time: inhale}}]'
    assert [last in rep for rep in stays(flow, language, 1)] == [True]
    assert [last in rep for rep in stays(flow, language, 2)] == [False, False]
