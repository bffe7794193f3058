"""Pauses between sentences: a movement has to be pictured before the next one is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, routines

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import translate
from audiocoach.settings.values import Pace
from audiocoach.timeline.script import Cue, CueKind, Gap, Script, Wait

PICTURED = {"place", "setup", "eyes_free", "movement", "variant"}
"""Fields that tell a position or a movement."""
NO_SENTENCES = {CueKind.CHIME, CueKind.COUNT}
LEAST = {Pace.SLOW: (1_500, 750), Pace.NORMAL: (1_000, 500), Pace.BRISK: (700, 400)}
"""Silence (ms) after these, and after any other sentence."""


def pauses(script: Script) -> Iterator[tuple[Cue, Gap]]:
    """Each sentence outside an exercise's own times, with the pause after it."""
    for cue, gap in pairwise(script.items):
        if isinstance(cue, Cue) and isinstance(gap, Gap) and cue.kind not in NO_SENTENCES:
            yield cue, gap


def check(script: Script, pace: Pace) -> int:
    """How many sentences tell a position or a movement; each has its pause."""
    pictured, other = LEAST[pace]
    found = 0
    for cue, gap in pauses(script):
        told = cue.origin.field in PICTURED
        found += told
        if gap.wait is Wait.PAUSE:
            assert gap.span.natural >= (pictured if told else other), cue
    return found


@pytest.mark.parametrize("pace", Pace)
@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_what_has_to_be_pictured_has_a_longer_pause(name: str, pace: Pace) -> None:
    assert check(compile_script(load(name), Coaching(pace=pace, eyes_free=True)), pace) >= 3


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["foot-care", "foot-relief"])
def test_so_it_has_in_translations(name: str, language: str) -> None:
    script = compile_script(translate(load(name), language), Coaching(eyes_free=True))
    assert check(script, Pace.NORMAL) >= 20


@settings(max_examples=examples(30))
@given(routine=st.sampled_from(languages()).flatmap(routines))
def test_no_two_sentences_run_into_each_other(routine: Routine) -> None:
    script = compile_script(routine, Coaching())
    check(script, Pace.NORMAL)
    assert not any(isinstance(a, Cue) and isinstance(b, Cue) for a, b in pairwise(script.items))
