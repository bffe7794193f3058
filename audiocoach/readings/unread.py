"""What a voice can't read as it is written, or each would read in its own way: `check` tells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from audiocoach.readings.table import Readings, readings
from audiocoach.readings.text import COMMAS, SYMBOLS, in_words, read_aloud

_PICTURES_FROM: Final = 0x2600
"""Emoji are symbols from here on, and nobody misses them when they are not read."""
_MARKS: Final = frozenset("\u00a7\u00b6\u2020\u2021\u2030\u2031")
"""Marks that Unicode calls punctuation, and voices call by names or not at all."""
_LETTER: Final = r"[^\W\d_]"
_APOSTROPHES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}"
_ALONE_BEFORE: Final = rf"(?<![\w./{_APOSTROPHES}-])"
_ALONE_AFTER: Final = rf"(?![\w./{_APOSTROPHES}-])"
_VOWELS: Final = "aeiouyäöüàâáéèêëíîïóôúûœ"
_SHAPES: Final = frozenset("TUVWXY")
"""Letters that are shapes: a Y raise, an upside-down V."""
_LONGEST: Final = 5
"""Of an abbreviation; a longer word before a dot ends a sentence, though no capital follows."""
_WORD: Final = 3
"""So many letters on each side of a slash are two words: cat/cow."""
_TIME_OF_DAY: Final = re.compile(r"\s?(?:[ap]\.?m\b|Uhr\b|h\b)")


def misread(text: str, language: str) -> list[str]:
    """The words, each once, that are shorthand and have no reading in the language."""
    table = readings(language)
    if table is None:
        return []
    said = in_words(text, language)
    tokens = (
        found[0]
        for pattern, known in _KINDS
        for found in re.finditer(pattern, said)
        if not (known(found, table) or _names(found[0]) & table.known)
    )
    return list(dict.fromkeys(tokens))


def _names(token: str) -> set[str]:
    """How a token may stand among the known ones."""
    folded = token.casefold()
    bare = folded.rstrip(".")
    return {folded, bare if len(bare) > 1 else folded, re.sub(r"^\d+", "#", folded)}


def _never(_found: re.Match[str], _table: Readings) -> bool:
    return False


def _begins_large(found: re.Match[str], _table: Readings) -> bool:
    """A sentence of one word: (Slowly.)"""
    return found[0][0].isupper()


def _is_sound(found: re.Match[str], _table: Readings) -> bool:
    """What one hums or hisses: mmm."""
    return len(set(found[0])) == 1 and len(found[0]) >= _WORD


def _of_words(found: re.Match[str], table: Readings) -> bool:
    """A slash between words, or numbers: cat/cow, 90/90."""

    parts = [part.strip('.!?"-') for part in found[0].split("/")]
    return (
        found[0] == "/"
        or all(map(str.isdecimal, parts))
        or all(_is_word(each, table) for each in parts)
    )


def _is_word(part: str, table: Readings) -> bool:
    letters = part.casefold()
    if part.isupper() and len(part) <= _LONGEST:
        return part in _SHAPES or letters in table.known or part in table.abbreviations
    is_long = len(part) >= _WORD and letters not in table.units and not part[0].isdecimal()
    return is_long or (len(part) > 1 and letters in table.known)


def _in_capitals(found: re.Match[str], _table: Readings) -> bool:
    """A text that is in capitals from end to end has no abbreviations to tell apart."""
    return found.string.isupper() and bool(re.search(rf"{_LETTER}{{5,}}", found.string))


def _is_letter(found: re.Match[str], table: Readings) -> bool:
    """A shape, the label of a list (`A)`), or what a word before it calls a letter (an L)."""
    label = not found.string[: found.start()].strip() and found.string[found.end() :][:1] in ").:"
    before = re.search(r"(\w+)\W*$", found.string[: found.start()])
    named = before is not None and before[1].casefold() in table.before_letters
    return found[0] in _SHAPES or (found[0].isupper() and (label or named))


def _in_quotes(found: re.Match[str], _table: Readings) -> bool:
    """The end of a quotation: "Count to 10"."""
    mark = found[0][-1]
    return not mark.isdecimal() and found.string[: found.end() - 1].count(mark) % 2 == 1


def _of_day(found: re.Match[str], table: Readings) -> bool:
    before = re.search(r"(\w+)\s$", found.string[: found.start()])
    after = _TIME_OF_DAY.match(found.string, found.end())
    return bool(after) or (before is not None and before[1].casefold() in table.o_clock)


_KINDS: Final[tuple[tuple[str, Callable[[re.Match[str], Readings], bool]], ...]] = (
    (r"[^\s/,;:()]*/[^\s,;:()]*", _of_words),
    (rf"(?<![\w.])(?:{_LETTER}+\.)+{_LETTER}+\.?", _never),  # b.i.d.
    (rf"(?<![\w.]){_LETTER}{{1,{_LONGEST}}}\.(?=\s+[^\WA-Z\d_]|\s*[,;:])", _never),  # lat. raise
    (rf"(?<=\(){_LETTER}{{2,{_LONGEST}}}\.(?=\))", _begins_large),  # (lat.)
    (rf"(?<![\w.])[^\W\d_{_VOWELS}{_VOWELS.upper()}]{{2,}}\.(?=\s|$)", _never),  # lt.
    (r"(?<![\w/])[A-Z\xc0-\xd6\xd8-\xde]{2,4}(?![\w/])", _in_capitals),
    (rf"(?<![\w./{_APOSTROPHES}-]){_LETTER}(?![\w/{_APOSTROPHES}-]|\.{_LETTER})", _is_letter),
    (rf"(?<![\w.,:])\d+{_LETTER}+", _never),  # 10ea
    (rf"(?<!\w)\d+[{_APOSTROPHES}\"]\d*", _in_quotes),  # 5'10
    (r"(?<![\w:.])\d+:\d+(?![:.]?\d)", _of_day),  # 40:20
    (r"\S*[~\N{ALMOST EQUAL TO}\\^]\S*", _never),
    (r"\d+\.-\d+\.?", _never),  # 2.-3.
    (rf"{_ALONE_BEFORE}[^\W\dA-Z_{_VOWELS}]{{2,}}{_ALONE_AFTER}", _is_sound),  # kg
)
"""What shorthand looks like that no reading has taken away, and when it is none."""


def unread(text: str, language: str) -> str:
    """The characters, each once, that no voice of the language can read; "" if there are none."""
    table = readings(language)
    if table is None:
        return ""
    marks = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(each for each in marks if _is_foreign(each, table))


def _is_foreign(mark: str, table: Readings) -> bool:
    if mark.isalpha():
        return not unicodedata.name(mark, "").startswith(("LATIN", "FEMININE", "MASCULINE"))
    known = mark in table.symbols or mark in table.units or not read_aloud(mark, "en")
    if mark in _MARKS:
        return True
    unpictured = ord(mark) < _PICTURES_FROM and unicodedata.category(mark) in SYMBOLS
    seen = bool(COMMAS.fullmatch(mark)) or mark in "~\N{ALMOST EQUAL TO}*_`|"
    return unpictured and not known and not seen
