"""Sheets in the language of the session: every word from its catalogue or from the routine."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from xml.etree import ElementTree as ET

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples, routines

from audiocoach.coaching import phrases as catalogues
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages
from audiocoach.delivery.cuesheet import timeline_sheet
from audiocoach.delivery.markdown import markdown_sheet
from audiocoach.delivery.picture import picture
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import spoken, translate
from audiocoach.timeline import Timeline, fit

OTHERS = [language for language in languages() if language != "en"]
TOKEN = re.compile(r"qq\d+x|qq?\d*…", re.IGNORECASE)
"""What stands for each text of a routine."""
SOUND = re.compile(r"\b(?:gong|bowl)\.wav\b")


class _Texts(Visitor):
    def __init__(self) -> None:
        self.words: set[str] = set()

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.words |= words(node.value)


def words(text: str) -> set[str]:
    """The words of a text, without those that were cut off."""
    return {word.casefold() for word in re.findall(r"[^\W\d_]+(?![\w…])", text)}


@cache
def catalogue(language: str) -> set[str]:
    """Every word there is in the catalogue of a language."""
    text = resources.files(catalogues).joinpath(f"{language}.ftl").read_text("utf-8")
    found = _Texts()
    found.visit(FluentParser().parse(text))
    return found.words


def sheets(timeline: Timeline) -> dict[str, str]:
    """All that can be read on each."""
    svg = ET.fromstring(picture(timeline).encode())  # noqa: S314 - we wrote it ourselves
    return {
        "text": timeline_sheet(timeline),
        "Markdown": markdown_sheet(timeline),
        "picture": "\n".join(svg.itertext()),
    }


def timeline_of(routine: Routine, slowness: int) -> Timeline:
    script = compile_script(routine)
    return fit(script, clip_lengths(script.sounds(), 1, slowness))


def in_tokens(routine: Routine, language: str) -> Routine:
    """The routine in a language in which each of its texts is a token."""
    table = {each.text: f"Qq{number}x" for number, each in enumerate(spoken(routine))}
    return translate(routine.model_copy(update={"translations": {language: table}}), language)


@pytest.mark.parametrize("language", OTHERS)
@settings(max_examples=examples(15))
@given(routine=routines(), slowness=st.sampled_from([1, 8]))
def test_every_word_is_of_the_language(language: str, routine: Routine, slowness: int) -> None:
    """A slow voice has words left out, so that there are notes; sounds have the user's names."""
    timeline = timeline_of(in_tokens(routine, language), slowness)
    for sheet, text in sheets(timeline).items():
        assert TOKEN.search(text)
        strange = words(SOUND.sub("", TOKEN.sub("", text))) - catalogue(language)
        assert not strange, f"{sheet}: {sorted(strange)}"


@pytest.mark.parametrize("slowness", [1, 8])
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["foot-relief", "foot-care"])
def test_nothing_english_is_left_on_the_sheets_of_a_translation(
    name: str, language: str, slowness: int
) -> None:
    routine = translate(load(name), language)
    own = catalogue(language).union(*map(words, load(name).translations[language].values()))
    for sheet, text in sheets(timeline_of(routine, slowness)).items():
        strange = words(text) - own
        assert not strange, f"{sheet}: {sorted(strange)}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_length_has_a_decimal_comma(language: str) -> None:
    exercise = "reps: 2, hold: 1500ms, setup: [{say: Qq1x., time: ~4500ms}]"
    text = f"title: Qq2x\nlanguage: {language}\nexercises: [{{name: Qq3x, {exercise}}}]\n"
    for sheet, told in sheets(timeline_of(loads(text), 1)).items():
        lengths = re.findall(r"[\d.,]+(?=[ \N{NO-BREAK SPACE}]s\b)", told)
        assert "1,5" in lengths, sheet
        assert not [length for length in lengths if "." in length], sheet
