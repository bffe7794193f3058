"""A session is in one language: no word of another catalogue is heard in it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from catalogues import catalogue
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import coachings, examples, routines

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.readings.text import read_aloud
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import spoken, translate
from audiocoach.timeline import Script, Utterance


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


class _Texts(Visitor):
    def __init__(self) -> None:
        self.words: set[str] = set()

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.words |= words(node.value)


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Every word that a catalogue has."""
    texts = _Texts()
    for message in catalogue(language):
        texts.visit(message)
    return frozenset(texts.words)


def strange(routine: Routine, script: Script) -> set[str]:
    """The words of a session that are neither the routine's nor of its language's catalogue."""
    language = routine.language
    # An abbreviation is read in full: that of a made-up word too, at the end of its sentence.
    texts = [text for each in spoken(routine) for text in (each.text, f"X {each.text}.")]
    # The name of a phase that no number begins is heard too, in the language of the routine alone.
    for exercise in routine.all_exercises():
        texts += [phase.name for phase in exercise.rep_phases() if phase.name]
    own = {word for each in texts for word in words(each) | words(read_aloud(each, language))}
    if language == "en":
        own |= {"right", "left"}
    heard = {
        word
        for cue in script.cues()
        for sound in cue.sounds()
        if isinstance(sound, Utterance)
        for word in words(sound.text)
    }
    return heard - own - vocabulary(language)


@pytest.mark.parametrize("language", languages())
@settings(max_examples=examples(100))
@given(data=st.data(), coaching=coachings())
def test_no_word_of_another_language_is_heard(
    language: str, data: st.DataObject, coaching: Coaching
) -> None:
    routine = data.draw(routines(language, made_up=True))
    script = compile_script(translate(routine, language), coaching)
    assert not strange(routine, script)


@pytest.mark.parametrize(
    ("language", "limb", "told"),
    [
        ("en", "leg", ["First: right leg.", "Ready: left leg."]),
        ("de", "Bein", ["Zuerst: rechtes Bein.", "Mach dich bereit: linkes Bein."]),
        ("es", "pierna", ["Prepárate: pierna izquierda."]),
        ("fr", "jambe", ["Préparez-vous : jambe gauche."]),
    ],
)
def test_a_side_is_named_in_the_language_of_the_file(
    language: str, limb: str, told: list[str]
) -> None:
    dose = f"{{name: X, sides: right-then-left, limb: {limb}, hold: 9s}}"
    routine = loads(f"title: T\nlanguage: {language}\nexercises: [{dose}]")
    routine = translate(routine, language)
    heard = [getattr(cue.sound, "text", "") for cue in compile_script(routine).cues()]
    assert [line for line in told if line not in heard] == []


def test_such_words_would_be_noticed() -> None:
    routine = loads("title: T\nlanguage: de\nexercises: [{name: Dehnen, hold: 9s}]")
    english = compile_script(load("foot-care"))
    assert {"right", "ready", "hold"} <= strange(routine, english)
