"""Where exercises are left out, only what the others need is announced and prepared."""

from __future__ import annotations

import pytest

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.errors import RoutineError
from audiocoach.routine.load import load, loads
from audiocoach.routine.select import select
from audiocoach.routine.translate import translate
from audiocoach.timeline.script import Cue, CueKind, Utterance

_BAND, _PENCIL = "resisted flexion", "toe pencil pickup"


def welcomed(routine: str, language: str, *only: str) -> int:
    """How many sentences of the welcome are heard: what is needed, and what to do first."""
    items = compile_script(translate(select(load(routine), only=only), language)).items
    cues = (item for item in items if isinstance(item, Cue) and item.kind is CueKind.WELCOME)
    return sum(isinstance(cue.sound, Utterance) for cue in cues)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("routine", ["foot-relief", "foot-care"])
def test_what_nobody_needs_now_is_neither_announced_nor_prepared(
    routine: str, language: str
) -> None:
    nothing, band, pencil, both = (
        welcomed(routine, language, "toe press", *more)
        for more in ((), (_BAND,), (_PENCIL,), (_BAND, _PENCIL))
    )
    assert band - nothing == 3  # what one needs, tie the band, lay it there
    assert pencil - nothing == 3  # what one needs, take it there, put it down
    assert both - nothing == 5  # all that is needed is one sentence


def test_what_no_exercise_claims_is_for_all() -> None:
    assert select(load("balance"), only=["heel raise"]).needs == load("balance").needs


_STEP = "exercises: [{name: A, reps: 5, rep_duration: 3s, equipment: [a band]}]\n"


def test_what_is_prepared_has_to_be_needed() -> None:
    text = f"title: T\nlanguage: en\nprepare: {{say: Tie it., equipment: [a bend]}}\n{_STEP}"
    with pytest.raises(RoutineError) as error:
        loads(text)
    assert "prepare 1 is for 'a bend'" in str(error.value)
    assert "they have: 'a band'" in str(error.value)
    assert loads(text.replace("bend", "band")).prepared


@pytest.mark.parametrize("field", ["about", "closing", "safety"])
def test_other_instructions_prepare_nothing(field: str) -> None:
    text = f"title: T\nlanguage: en\n{field}: {{say: Tie it., equipment: [a band]}}\n{_STEP}"
    with pytest.raises(RoutineError):
        loads(text)
