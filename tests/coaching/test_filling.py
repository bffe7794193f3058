"""Phrases are filled in as Project Fluent's own runtime and Babel would do it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import pytest
from babel.core import Locale
from babel.numbers import format_decimal
from catalogues import WORDS, catalogue, numbered, variables
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching import phrases as catalogues
from audiocoach.coaching.phrases import Phrases, languages, phrases_for
from audiocoach.errors import RoutineError

LANGUAGES = languages()


@cache
def theirs(language: str, source: str = "") -> FluentBundle:
    """A catalogue, or a text in its place, as fluent.runtime has it, with our functions."""
    text = source or resources.files(catalogues).joinpath(f"{language}.ftl").read_text("utf-8")

    def words(value: Any) -> Any:
        whole = isinstance(value, int | float) and value == int(value)
        return phrases_for(language).number(int(value)) if whole else value

    def figure(value: Any, **options: Any) -> Any:
        if isinstance(value, int | float):
            return fluent_number(value, useGrouping=False, **options)
        return value

    def begins(text: str, pattern: str) -> str:
        return "yes" if re.match(pattern, text, re.IGNORECASE) else "no"

    functions: dict[str, Any] = {"WORDS": words, "FIGURE": figure, "QUOTED": repr, "BEGINS": begins}
    bundle = FluentBundle([language], functions=functions, use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle


def by_theirs(bundle: FluentBundle, name: str, wording: str, values: dict[str, Any]) -> str:
    """What fluent.runtime makes of a message, or of one of its attributes."""
    message = bundle.get_message(name)
    pattern = message.attributes[wording] if wording else message.value
    assert pattern
    text, errors = bundle.format_pattern(pattern, values)
    assert not errors
    return str(text)


@pytest.mark.parametrize("count", [0, 1, 1.5, 2, 3.25, 21, 1_000, 1_234_567])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_what_the_runtime_of_fluent_makes_of_it(
    language: str, count: float
) -> None:
    phrases, texts = phrases_for(language), ("right", "Igel {x}")
    for message in catalogue(language):
        name = message.id.name
        for text in texts:
            needed = variables(language)[name]
            values = {each: text if each in WORDS else count for each in needed}
            for wording in phrases.wordings(name):
                expected = by_theirs(theirs(language), name, wording, values)
                said = phrases.worded(name, wording, **values)
                assert said == expected[:1].upper() + expected[1:], (name, wording, values)


SOURCE = """\
-term = { $case ->
   *[one] the band
    [two] the bands
}
    .where = in the bag
n = { $n }, { FIGURE($n) }, { FIGURE($n, minimumFractionDigits: 2) }
literal = { 1 } { 1000 } { 1.50 } { "{" } { "\\u00A0" }x
term = { -term(case: "two") }, { -term(case: "one") }
attribute = { listed.b }
listed = x
    .b = { $n ->
        [1.5] half
        [one] one { $n ->
           *[1] inner
        }
       *[other] other
    }
function = { WORDS(listed) } { BEGINS($t, "a+") ->
    [yes] y
   *[no] n
}
text = { $t ->
    [aa] same
    [1] figure
   *[other] none
}
"""


@pytest.mark.parametrize("text", ["aa", "1", "other", "{ $n }", "ß"])
@pytest.mark.parametrize("number", [0, 1, 1.0, 1.5, 2, 12_345.678])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fluent_can_write_is_filled_in_as_its_runtime_does(
    language: str, number: float, text: str
) -> None:
    phrases, bundle = Phrases(language, numbered(language) + SOURCE), theirs(language, SOURCE)
    for name in phrases.messages:
        for wording in phrases.wordings(name):
            values = {"n": number, "t": text}
            expected = by_theirs(bundle, name, wording, values)
            said = phrases.worded(name, wording, **values)
            assert said == expected[:1].upper() + expected[1:], (name, wording)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = { $m }\n", "$m is None"),
        ("a = { $list }\n", "$list is ()"),
        ("a = { TIMES($n) }\n", "there is no function TIMES"),
        ("a = { b }\n", "there is no b"),
        ("a = { b.c }\nb = x\n", "there is no b.c"),
        ("a = { b }\nb =\n    .c = x\n", "there is no b"),
        ("a = { -t }\n", "there is no -t"),
        ("a = { -t }\n-t = { $n }\n", "$n is None"),
    ],
)
def test_what_a_phrase_lacks_is_named(text: str, message: str) -> None:
    with pytest.raises(RoutineError, match=rf"'a' can't be said: {re.escape(message)}$"):
        Phrases("en", numbered("en") + text)("a", n=1, list=())


@pytest.mark.parametrize("numbers", ["", "-numbers = some\n    .decimal = .\n", "-numbers = one\n"])
def test_a_catalogue_that_does_not_say_how_numbers_are_written_is_named(numbers: str) -> None:
    with pytest.raises(RoutineError, match="the xx phrases lack '-numbers'"):
        Phrases("xx", f"{numbers}a = {{ $n }}\n")("a", n=2)


SIZES = st.one_of(
    st.integers(0, 999_999), st.integers(0, 10**9).map(lambda thousandths: thousandths / 1000)
)


@settings(max_examples=examples(100))
@given(SIZES)
def test_a_number_is_written_and_chooses_its_form_as_in_the_cldr(value: float) -> None:
    for language in LANGUAGES:
        numbers = phrases_for(language).numbers
        assert numbers.written(value) == format_decimal(value, locale=language)
        plain = format_decimal(value, locale=language, group_separator=False)
        assert numbers.written(value, grouped=False) == plain
        form = Locale.parse(language).plural_form(value)
        assert numbers.form(value) == form or (form == "many" and value % 1_000_000 == 0)
