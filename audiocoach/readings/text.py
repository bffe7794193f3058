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
from audiocoach.readings.table import Describing, Readings, readings

_REMEMBERED: Final = 4_096
"""Texts of a language that are not read anew: most of a session are said again and again."""
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_SLASHED: Final = r"(?<![\d/])(\d+)/(\d+)(?![\d/])"
_KEYS: Final = {"\N{PRIME}": "'", "\N{DOUBLE PRIME}": '"'}
_FRACTION_SLASH: Final = "\N{FRACTION SLASH}"
_AFTER_WHOLE: Final = re.compile("(?<=\\d)(?=[\u00bc-\u00be\u2150-\u215e])")
"""Between a whole number and a fraction that is one character."""
_PASSES: Final = 4
"""What one step leaves, an earlier one may have a reading for: `*e.g.*`."""
_SCALE: Final = "10"
_PICTURES_FROM: Final = 0x2600
"""Emoji are symbols from here on, and nobody misses them when they are not read."""
_SYMBOLS: Final = ("So", "Sk", "Sm", "Sc", "Co", "Cs", "Cf")
_ALWAYS: Final = "'\"-\N{RIGHT SINGLE QUOTATION MARK}\N{SOFT HYPHEN}"
_EMPHASIS: Final = re.compile(r"(?<!\d)[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?![\w*])|`|~~")
_COMMAS: Final = re.compile(
    r"\s+[-\N{EN DASH}\N{EM DASH}]+\s+|\s*\N{EM DASH}\s*|\s+/\s+"
    r"|\s*[\N{RIGHTWARDS ARROW}\N{RIGHTWARDS DOUBLE ARROW}\N{BULLET}|]\s*"
)
_DOTS: Final = re.compile(r"\s*(?:\.{3,}|\N{HORIZONTAL ELLIPSIS})\s*(?=(\S)?)")
_MARKED: Final = re.compile(
    r"[^A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f ,.;:!?()'\"\u00a1\u00ab\u00bb\u00bf-]"
    r"|^[ ,-]|[ ,-]$| [ ,.-]|, ?[,.;:!?]|\.{3}"
)
"""What there is in every text that has to be read, but for abbreviations."""
_STARTS: Final = r"\s+(?=[\"\u00ab\u00a1\u00bf(]?[^\W\da-z_])"
_ENDS: Final = re.compile(rf"(?<=[^\W\dA-Z] [A-Z]\.){_STARTS}|(?<=[^\W\dA-Z]{{4}}\.){_STARTS}")
"""Ends that look like an abbreviation: of "You are a V.", and of "Muy bien." (bienal, bienio)."""
_ONE_WORD: Final = re.compile(rf"\s*\w+\.{_STARTS}")
"""A sentence of one word, such as "Bien."; titles are words without a dot by then."""
_CHAIN: Final = re.compile(r"(?<![\w-])\d+(?:[-\N{EN DASH}]\d+){2,}(?![\w-])")


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
    unpictured = ord(mark) < _PICTURES_FROM and unicodedata.category(mark) in _SYMBOLS
    return unpictured and not known and not _COMMAS.fullmatch(mark) and mark not in "~*_`|"


def _goes_on(sentence: str, table: Readings | None) -> bool:
    """Whether what looks like the end of a sentence is an ordinal: `die 2.`."""
    ordinal = re.search(r"(\w+)\s+\d{1,3}\.$", sentence)
    return bool(table and ordinal and ordinal[1].casefold() in table.no_end_after)


# -- the steps -----------------------------------------------------------------------

_Step = Callable[[str], str]


@cache
def _reader(language: str) -> _Step:
    """What reads a text of that language: each of the steps after the one before."""
    table = readings(language)
    if table is None:
        raise ValueError(f"there are no readings for {language!r}")
    shortened = _abbreviated(table)
    steps = (
        _plain,
        *(_abbreviations(table), _units(table), _decimals(table), _numbers(table)),
        *(_symbols(table), _for_the_eye),
    )

    def read(text: str) -> str:
        if not _MARKED.search(text) and not shortened.search(text):
            return text
        before, said = "", text
        for _ in range(_PASSES):
            if said == before:
                break
            before = said
            for step in steps:
                said = step(said)
        return said if any(map(str.isalnum, said)) else text

    return lru_cache(_REMEMBERED)(read)


def _plain(text: str) -> str:
    """Accents and letters together, fractions as `1/2`, primes as the marks of a keyboard."""
    said = _AFTER_WHOLE.sub(" ", text)
    said = "".join(map(_spelt, unicodedata.normalize("NFC", said)))
    said = re.sub(r"(?<=\d)''", '"', said)
    return re.sub(r"(?<=\d)\N{NO-BREAK SPACE}|\N{NARROW NO-BREAK SPACE}(?=\d)", " ", said)


def _spelt(mark: str) -> str:
    if unicodedata.decomposition(mark).startswith("<fraction>"):
        return unicodedata.normalize("NFKC", mark).replace(_FRACTION_SLASH, "/")
    return _KEYS.get(mark, mark)


def _abbreviations(table: Readings) -> _Step:
    rows = {_key(written): (written, said) for written, said in table.abbreviations.items()}
    pattern = _abbreviated(table)
    also_units = {f"{unit}." for unit in table.units}

    def read(found: re.Match[str]) -> str:
        key, capital = _key(found[0]), False
        if key not in rows:
            key, capital = key[:1].lower() + key[1:], True
        written, said = rows[key]
        before, after = found.string[: found.start()], found.string[found.end() :]
        if written in also_units and re.search(r"\d\s?$", before):
            return found[0]
        if capital:
            said = said[:1].upper() + said[1:]
        if written.startswith("/"):
            return f" {said}"
        if written.endswith(("/", "#")):
            return f"{said} "
        ends = not after.strip() or (written in table.ends and re.match(r"\s+[^\W\da-z]", after))
        return f"{said}." if written.endswith(".") and ends else said

    return lambda text: pattern.sub(read, text)


def _abbreviated(table: Readings) -> re.Pattern[str]:
    """The pattern of any abbreviation; where none begins, that is seen at its first letter."""
    keys = sorted(table.abbreviations, key=len, reverse=True)
    heads = "".join(sorted({re.escape(form) for key in keys for form in (key[0], key[0].upper())}))
    return re.compile(f"(?=[{heads}])(?:{'|'.join(map(_written, keys))})")


def _key(written: str) -> str:
    return re.sub(r"[\s#]", "", written)


def _written(key: str) -> str:
    """The pattern of an abbreviation: its first letter may be a capital, a space may be missing."""
    bare = key.removesuffix("#").rstrip()
    first = bare[0]
    head = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    inner = r"\s?".join(map(re.escape, bare[1:].split(" ")))
    before = r"(?<![\w/.])" if first.isalnum() else r"(?<=[\w)])" if first == "/" else ""
    if first.isdigit():
        before += r"(?<!\d\s)"  # "1 1/2 h" is no whole number and "half an hour"
    after = r"(?!\w)" if bare[-1].isalnum() else ""
    if key.endswith("#"):
        after = r"\s?(?=\d)"
    elif bare.endswith("/"):
        after = r"\s?(?=\w)"
    return f"{before}{head}{inner}{after}"


def _units(table: Readings) -> _Step:
    names = {_unit(name): words for name, words in table.units.items()}
    unit = "|".join(
        f"(?i:{re.escape(name)})" if len(name) > 1 else re.escape(name)
        for name in sorted(table.units, key=len, reverse=True)
    )
    goes_on = r"\.(?=\s+[^\WA-Z]|\s+[&+]|[,;:)])"
    number = rf"(?<![\w/])((?:\d+ )?\d+/\d+|{_NUMBER})"
    between = r"([-\s]?)" if table.describing else r"(\s?)"
    pattern = re.compile(rf"{number}{between}({unit})(?![\w/])(?:{goes_on})?")

    def read(found: re.Match[str]) -> str:
        mark = found[3]
        if mark == '"' and found.string[: found.start()].count('"') % 2:
            return found[0]  # the end of a quotation
        one, more = names[_unit(mark)]
        if (way := table.describing) and " " not in one and _describes(way, found):
            joined = way.joined if found[2] == "-" else " "
            return f"{found[1]}{joined}{more if way.plural else one}"
        value = _value(found[1])
        single = value == 1 or 0 < value < 1 or 1 < value < table.plural_from
        return f"{found[1]} {one if single else more}"

    return lambda text: pattern.sub(read, text)


def _describes(way: Describing, found: re.Match[str]) -> bool:
    """Whether a number and its unit describe what follows."""
    if found[2] == "-":
        return True
    before = re.search(
        rf"(\w+)\s+(?:{_NUMBER}\s?[-\N{{EN DASH}}]\s?)?$", found.string[: found.start()]
    )
    after = re.match(r"\s+(?:\w+-)?([^\W\d_]+)", found.string[found.end() :])
    if after is None or found[0].endswith("."):
        return False
    what = after[1].casefold()
    named = before is not None and before[1].casefold() in way.after
    return what in way.things or (named and what not in way.not_before)


def _unit(name: str) -> str:
    return name.casefold() if len(name) > 1 else name


def _value(number: str) -> float:
    *whole, last = number.split()
    if "/" not in last:
        thousands = re.fullmatch(r"\d+[.,]\d{3}", last)
        return float(re.sub("[.,]", "" if thousands else ".", last))
    over, _, under = last.partition("/")
    return sum(map(int, whole)) + int(over) / max(int(under), 1)


def _decimals(table: Readings) -> _Step:
    """The decimals of another language: `1,5` in English. Thousands stay as they are."""
    other = "," if table.decimal == "." else r"\."
    pattern = re.compile(rf"(?<![\w.,:])(\d{{1,4}}){other}(\d{{1,2}})(?![\w.,:]\S|\d)")
    return lambda text: pattern.sub(rf"\1{table.decimal}\2", text)


def _numbers(table: Readings) -> _Step:
    """Fractions, scales, ranges, and how many times."""
    mixed = re.compile(rf"(?<![\w/])(\d+) ({'|'.join(table.mixed)})(?![\d/])")
    several = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s?[-\N{{EN DASH}}]\s?({_NUMBER})(?![\w/-])")
    by = re.compile(r"(?<=\d)\s?[x\N{MULTIPLICATION SIGN}*]\s?(?=\d)")
    so_often = re.compile(r"(?<!\w)[x\N{MULTIPLICATION SIGN}]\s?(\d+)(?!\w)")
    often = re.compile(r"(?<!\w)(\d+)\s?[x\N{MULTIPLICATION SIGN}](?!\w)")

    def fraction(found: re.Match[str]) -> str:
        over, under = found.groups()
        if f"{over}/{under}" in table.fractions:
            return table.fractions[f"{over}/{under}"]
        if under == _SCALE and int(over) <= int(under):
            return f"{over} {table.out_of} {under}"
        return f"{over} {under}"

    def read(text: str) -> str:
        text = mixed.sub(lambda found: f"{found[1]} {table.mixed[found[2]]}", text)
        text = re.sub(_SLASHED, fraction, text)
        text = _CHAIN.sub(lambda found: ", ".join(re.findall(r"\d+", found[0])), text)
        text = several.sub(rf"\1 {table.to} \2", text)
        text = by.sub(f" {table.times} ", text)
        return often.sub(rf"\1 {table.times}", so_often.sub(rf"\1 {table.times}", text))

    return read


def _symbols(table: Readings) -> _Step:
    pattern = re.compile("|".join(map(re.escape, table.symbols)))
    nearly = re.compile(r"~\s?(?=\d)")
    below = re.compile(r"(?<![\w.,-])[-\N{MINUS SIGN}](?=\d)")

    def read(text: str) -> str:
        text = _EMPHASIS.sub("", nearly.sub(f"{table.about} ", text))
        text = below.sub(f"{table.minus} ", text)
        return pattern.sub(lambda found: f" {table.symbols[found[0]]} ", text)

    return read


def _for_the_eye(text: str) -> str:
    """Without what is only to be seen: arrows and dashes are pauses, emoji are nothing."""
    text = _COMMAS.sub(", ", f" {text} ")
    text = _DOTS.sub(lambda found: ", " if found[1] else ".", text)
    text = re.sub(r"(?<=\w)/(?=\w)|[/\\\[\]{}^\N{VARIATION SELECTOR-16}]", " ", text)
    text = "".join(" " if _only_seen(mark) else mark for mark in text)
    text = re.sub(r"\s+(?=[,.](?:\s|$))|,\s*(?=[,.;:!?])", "", " ".join(text.split()))
    return text.strip(" ,")


def _only_seen(mark: str) -> bool:
    return unicodedata.category(mark) in _SYMBOLS and mark not in _ALWAYS
