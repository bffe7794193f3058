"""Whatever is written is read in words or told: nothing is dropped, and nothing is left to luck."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching.phrases import languages
from audiocoach.readings.addresses import addresses
from audiocoach.readings.table import readings
from audiocoach.readings.text import read_aloud
from audiocoach.readings.unread import misread, unread

ONLY_SEEN = set("*_`|/[]{}()<>\"'.,;:!?¡¿«»“”‘’„‚‹›-–—−‑‒―…•·→⇒\N{SOFT HYPHEN}")
"""Emphasis, brackets, quotes, dashes, bullets and arrows: pauses, or nothing, as the docs say."""
LETTERS = string.ascii_lowercase
some = st.text(LETTERS, min_size=1, max_size=4)
TOKENS = st.one_of(
    st.text("bcdfgmnps", min_size=2, max_size=4),
    st.text(LETTERS, min_size=2, max_size=5).map("{}.".format),
    st.text(LETTERS, min_size=1, max_size=3).map("{}. u.".format),
    st.tuples(some, some).map(".".join),
    st.text(string.ascii_uppercase, min_size=2, max_size=4),
    st.sampled_from(string.ascii_letters),
    st.tuples(st.text(LETTERS, min_size=1, max_size=2), some).map("/".join),
    st.tuples(some, st.text(LETTERS, min_size=1, max_size=2)).map("/".join),
    st.tuples(st.integers(1, 99).map(str), some).map("".join),
    st.tuples(st.integers(1, 99).map(str), some).map("/".join),
    st.tuples(some, st.sampled_from("~^\\§†‰¬¤"), some).map("".join),
)


def told(text: str, language: str) -> list[str]:
    """What `check` says of a text."""
    return [*unread(text, language), *misread(text, language), *addresses(text)]


@settings(max_examples=examples(1500))
@given(written=TOKENS, language=st.sampled_from(languages()))
def test_shorthand_is_read_or_told(written: str, language: str) -> None:
    """As a whole: what comes out of a reading has no shorthand left, unless it is told."""
    text = f"Banana {written} bananana."
    table, said = readings(language), read_aloud(text, language)
    assert table is not None
    parts, known = written.split("/"), table.known
    is_word = len(parts) > 1 and all(
        len(each) > 2 or (len(each) > 1 and each in known) for each in parts
    )
    is_word |= bool({written.casefold(), written.strip(".").casefold()} & known)
    is_word |= len(set(written)) == 1 and len(written) > 2  # mmm
    is_word |= written in "TUVWXY" or re.sub(r"^\d+", "#", written) in known
    is_read = written not in said.split() and said.split() != text.replace("/", " ").split()
    assert is_read or is_word or told(text, language), said


@pytest.mark.parametrize("language", languages())
def test_no_symbol_is_dropped_in_silence(language: str) -> None:
    bare = read_aloud("Lift now.", language)
    for code in (*range(0x21, 0x180), *range(0x2010, 0x2600)):
        mark = chr(code)
        text = f"Lift {mark} now."
        dropped = read_aloud(text, language).replace(",", "") == bare
        if mark.isprintable() and not mark.isalnum() and dropped and mark not in ONLY_SEEN:
            assert told(text, language), f"U+{code:04X} {mark}"


TOLD = {
    "en": {
        "lat. raise, do it, b.i.d. and s/p": ["s/p", "b.i.d.", "lat."],
        "DNF, Q and 10ea of 40:20": ["DNF", "Q", "10ea", "40:20"],
        "Do NOT stop, make an L, at 6:30, A) Lift (Slowly.)": [],
        "FEET AND TOES, CALVES": [],
        "DF/PF or AROM/PROM, 3 kg, in kg, mmm": ["DF/PF", "kg"],
        "45 lbs, 18 in. apart": [],
        "Y raise, T-spine, 8am, 3rd set, AMRAP": [],
        "lift your leg slowly. then lower it.": [],
        'say "Count to 10" and lift 5\'': ["5'"],
    },
    "de": {"prox. gelegen, DNF, s/p": ["s/p", "prox.", "DNF"], "Halte NICHT an, ein V": []},
    "es": {"art. media, DNF, q/p": ["q/p", "art.", "DNF"], "NO y a": []},
    "fr": {"art. bas, DNF, la 13e": ["art.", "DNF", "13e"], "PAS à y": []},
}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [(language, *row) for language, rows in TOLD.items() for row in rows.items()],
)
def test_what_has_no_reading_is_found(language: str, text: str, words: list[str]) -> None:
    assert misread(text, language) == words


def test_what_has_a_reading_is_not_told() -> None:
    for language in languages():
        table = readings(language)
        assert table is not None
        for written in table.abbreviations:
            text = f"Lift {written.replace('#', '3')} now"
            assert misread(text, language) == [], text
    assert misread("3x10 & e.g.", "it") == []
