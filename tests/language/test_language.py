"""Tags of languages, however they are written."""

from __future__ import annotations

import pytest
from babel.core import get_global

from audiocoach.language import base, region, same, three_letters, widened


@pytest.mark.parametrize(
    ("tag", "language", "rest"),
    [
        ("en", "en", ""),
        ("en-GB", "en", "gb"),
        ("en_US", "en", "us"),
        ("PT-br", "pt", "br"),
        ("zh-Hant-TW", "zh", "hant-tw"),
        ("de_AT.UTF-8", "de", "at.utf-8"),
        ("", "", ""),
    ],
)
def test_a_tag_has_a_language_and_a_region(tag: str, language: str, rest: str) -> None:
    assert (base(tag), region(tag)) == (language, rest)


def test_a_tag_becomes_wider_part_by_part() -> None:
    assert list(widened("zh_Hant-TW")) == ["zh-hant-tw", "zh-hant", "zh"]
    assert list(widened("en")) == ["en"]
    assert list(widened("")) == []


def test_regions_make_no_other_language() -> None:
    assert same("en-GB", "EN_us")
    assert not same("en", "eno")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de-AT", "deu"), ("EN", "eng"), ("fil", "fil"), ("xx", "und"), ("", "und"), ("gtts", "und")],
)
def test_a_tag_has_a_code_of_three_letters(tag: str, code: str) -> None:
    assert three_letters(tag) == code


def test_every_language_of_two_letters_has_its_own_code() -> None:
    """As Unicode has them, but for two it has merged into others."""
    merged = {"tgl": "tl", "twi": "tw"}
    aliases = {**get_global("language_aliases"), **merged}
    two_letters = {short for code, short in aliases.items() if len(code) == 3 and len(short) == 2}
    assert len(two_letters) > 180
    for short in two_letters:
        assert aliases[three_letters(short)] == short
