"""A written text as it is read aloud: one place, before any voice.

Abbreviations, units, fractions, ranges and symbols become words, and anything purely visual
(emphasis, arrows, emoji) is removed. Whatever a language has no reading for stays as it is. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from sentencex import segment

from audiocoach.language import base
from audiocoach.readings import sides
from audiocoach.readings.abbreviations import abbreviated, abbreviations
from audiocoach.readings.addresses import without_addresses
from audiocoach.readings.numbers import decimals, numbers, units
from audiocoach.readings.rates import clocks, rates
from audiocoach.readings.table import Readings, readings

_REMEMBERED: Final = 4_096
"""Texts of a language that are not read anew: most of a session are said again and again."""
_KEYS: Final = {"\N{PRIME}": "'", "\N{DOUBLE PRIME}": '"'}
_TYPED: Final = tuple(
    (re.compile(typed), mark)
    for typed, mark in (
        (r"[-=]+>|<-+(?!\d)", "\N{RIGHTWARDS ARROW}"),
        (r">=", "\N{GREATER-THAN OR EQUAL TO}"),
        (r"<=", "\N{LESS-THAN OR EQUAL TO}"),
        (r"\+\s?/\s?[-\N{EN DASH}]|\+-(?=\s?\d)", "\N{PLUS-MINUS SIGN}"),
        (r"(?<=\d)\s?[~\N{FULLWIDTH TILDE}]\s?(?=\d)", "-"),
        (r"(?<=\d)\s?[\u2011-\u2015]\s?(?=\d)", "-"),
        (r"(?<=\d)(\s?)\N{MINUS SIGN}\1(?=\d)", "-"),
    )
)
"""How marks are typed that a keyboard does not have, and every dash of a range."""
_FRACTION_SLASH: Final = "\N{FRACTION SLASH}"
_AFTER_WHOLE: Final = re.compile("(?<=\\d)(?=[\u00bc-\u00be\u2150-\u215e])")
"""Between a whole number and a fraction that is one character."""
_PASSES: Final = 4
"""What one step leaves, an earlier one may have a reading for: `*e.g.*`."""
SYMBOLS: Final = ("So", "Sk", "Sm", "Sc", "Co", "Cs", "Cf")
"""The kinds of characters that are only seen."""
_ALWAYS: Final = "'\"-\N{RIGHT SINGLE QUOTATION MARK}\N{SOFT HYPHEN}"
_EMPHASIS: Final = re.compile(r"(?<!\d)[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?![\w*])|`|~~")
COMMAS: Final = re.compile(
    r"\s+[-\N{EN DASH}\N{EM DASH}]+\s+|\s*\N{EM DASH}\s*|\s+/\s+"
    r"|\s*[\N{RIGHTWARDS ARROW}\N{RIGHTWARDS DOUBLE ARROW}\N{BULLET}|]\s*"
)
_DOTS: Final = re.compile(r"\s*(?:\.{3,}|\N{HORIZONTAL ELLIPSIS})\s*(?=(\S)?)")
_MARKED: Final = re.compile(
    r"[^A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f ,.;:!?()'\"\u00a1\u00ab\u00bb\u00bf-]"
    r"|\w\.\w|\b[IVX]{2}|\b[IVX]\b|^[ ,-]|[ ,-]$| [ ,.-]|, ?[,.;:!?]|\.{3}"
)
"""What there is in every text that has to be read, but for abbreviations."""
_STARTS: Final = r"\s+(?=[\"\u00ab\u00a1\u00bf(]?[^\W\da-z_])"
_ENDS: Final = re.compile(rf"(?<=[^\W\dA-Z] [A-Z]\.){_STARTS}|(?<=[^\W\dA-Z]{{4}}\.){_STARTS}")
"""Ends that look like an abbreviation: of "You are a V.", and of "Muy bien." (bienal, bienio)."""
_ONE_WORD: Final = re.compile(rf"\s*\w+\.{_STARTS}")
"""A sentence of one word, such as "Bien."; titles are words without a dot by then."""


def read_aloud(text: str, language: str) -> str:
    """The text in words that any voice says right; unchanged where nothing has to be read."""
    table = readings(language)
    return _reader(base(language))(text) if table else text


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text as they are read aloud: each is one utterance."""
    table, found = readings(language), list[str]()
    for part in _parts(read_aloud(text, language), base(language)):
        if found and (_goes_on(found[-1], table) or not any(map(str.isalnum, part))):
            found[-1] += f" {part}" if part[:1].isalnum() else part
        elif part:
            found.append(part)
    return found


def _parts(text: str, language: str) -> Iterator[str]:
    """What stands between two ends of sentences, as far as dots and capitals tell."""
    for segmented in segment(language, text):
        word = _ONE_WORD.match(segmented)
        if word:
            yield word[0].strip()
        yield from map(str.strip, _ENDS.split(segmented[word.end() if word else 0 :]))


def _goes_on(sentence: str, table: Readings | None) -> bool:
    """Whether what looks like the end of a sentence is an ordinal: `die 2.`."""
    ordinal = re.search(r"(\w+)\s+\d{1,3}\.$", sentence)
    return bool(table and ordinal and ordinal[1].casefold() in table.no_end_after)


# -- the steps -----------------------------------------------------------------------

_Step = Callable[[str], str]


@cache
def _reader(language: str) -> _Step:
    """What reads a text of that language."""
    table = _table(language)
    shortened, sided = abbreviated(table), sides.marks(table.sides)

    def read(text: str) -> str:
        if not any(each.search(text) for each in (_MARKED, shortened, sided)):
            return text
        said = _repeated(text, (lambda each: _repeated(each, _steps(language)), _for_the_eye))
        return said if any(map(str.isalnum, said)) else text

    return lru_cache(_REMEMBERED)(read)


def in_words(text: str, language: str) -> str:
    """The text with all there is a reading for in words, and with what no reading takes away."""
    return _repeated(text, _steps(base(language)))


@cache
def _steps(language: str) -> tuple[_Step, ...]:
    """Each reads what the one before has left."""
    table = _table(language)
    return (
        *(without_addresses, _plain, clocks(table), rates(table), abbreviations(table)),
        *(sides.reader(table.sides), units(table), decimals(table), numbers(table)),
        *(_symbols(table), table.own),
    )


def _table(language: str) -> Readings:
    table = readings(language)
    if table is None:
        raise ValueError(f"there are no readings for {language!r}")
    return table


def _repeated(text: str, steps: tuple[_Step, ...]) -> str:
    before, said = "", text
    for _ in range(_PASSES):
        if said == before:
            break
        before = said
        for step in steps:
            said = step(said)
    return said


def _plain(text: str) -> str:
    """Accents and letters together, fractions as `1/2`, primes as the marks of a keyboard."""
    said = _AFTER_WHOLE.sub(" ", text)
    said = "".join(map(_spelt, unicodedata.normalize("NFC", said)))
    said = re.sub(r"(?<=\d)''", '"', said)
    for pattern, mark in _TYPED:
        said = pattern.sub(mark, said)
    return re.sub(r"(?<=\d)\N{NO-BREAK SPACE}|\N{NARROW NO-BREAK SPACE}(?=\d)", " ", said)


def _spelt(mark: str) -> str:
    if unicodedata.decomposition(mark).startswith("<fraction>"):
        return unicodedata.normalize("NFKC", mark).replace(_FRACTION_SLASH, "/")
    return _KEYS.get(mark, mark)


def _symbols(table: Readings) -> _Step:
    pattern = re.compile("|".join(map(re.escape, table.symbols)))
    nearly = re.compile(r"[~\N{ALMOST EQUAL TO}]\s?(?=\d)")
    below = re.compile(r"(?<![\w.,-])[-\N{MINUS SIGN}](?=\d)")

    def read(text: str) -> str:
        text = _EMPHASIS.sub("", nearly.sub(f"{table.about} ", text))
        text = below.sub(f"{table.minus} ", text)
        return pattern.sub(lambda found: f" {table.symbols[found[0]]} ", text)

    return read


def _for_the_eye(text: str) -> str:
    """Without what is only to be seen: arrows and dashes are pauses, emoji are nothing."""
    text = COMMAS.sub(", ", f" {text} ")
    text = _DOTS.sub(lambda found: ", " if found[1] else ".", text)
    text = re.sub(r"(?<=\w)/(?=\w)|[/\\\[\]{}^\N{VARIATION SELECTOR-16}]", " ", text)
    text = "".join(" " if _only_seen(mark) else mark for mark in text)
    text = re.sub(r"\s+(?=[,.](?:\s|$))|,\s*(?=[,.;:!?])", "", " ".join(text.split()))
    return text.strip(" ,")


def _only_seen(mark: str) -> bool:
    return unicodedata.category(mark) in SYMBOLS and mark not in _ALWAYS
