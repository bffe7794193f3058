"""Numbers: with a unit, as a fraction, a scale, a range, and how many times."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from audiocoach.readings.rates import any_of, folded
from audiocoach.readings.table import Describing, Readings

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_SLASHED: Final = r"(?<![\d/])(\d+)/(\d+)(?![\d/])"
_SCALE: Final = "10"
_CHAIN: Final = re.compile(r"(?<![\w-])\d+(?:[-\N{EN DASH}]\d+){2,}(?![\w-])")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def units(table: Readings) -> Callable[[str], str]:
    """Units after a number, and the first one of a range."""
    names = {folded(name): words for name, words in table.units.items()}
    unit = any_of(table.units)
    ranges = re.compile(
        rf"(?<=\d)\s?({unit})\s?[-\N{{EN DASH}}]\s?(?={_NUMBER}\s?(?:{unit})(?!\w))"
    )
    goes_on = r"\.(?=\s+[^\WA-Z]|\s+[&+/]|[,;:)])"
    number = rf"(?<![\w/])((?:\d+ )?\d+/\d+|{_NUMBER})"
    between = r"([-\s]?)" if table.describing else r"(\s?)"
    pattern = re.compile(rf"{number}{between}({unit})(?![\w/])(?:{goes_on})?")

    def read(found: re.Match[str]) -> str:
        mark = found[3]
        if mark == '"' and found.string[: found.start()].count('"') % 2:
            return found[0]  # the end of a quotation
        one, more = names[folded(mark)]
        if (way := table.describing) and " " not in one and _describes(way, found):
            joined = way.joined if found[2] == "-" else " "
            return f"{found[1]}{joined}{more if way.plural else one}"
        value = _value(found[1])
        single = value == 1 or 0 < value < 1 or 1 < value < table.plural_from
        return f"{found[1]} {one if single else more}"

    return lambda text: pattern.sub(read, ranges.sub(rf" \1 {table.to} ", text))


def _describes(way: Describing, found: re.Match[str]) -> bool:
    """Whether a number and its unit describe what follows."""
    if found[2] == "-":
        return re.match(r"[-\s]\w", found.string[found.end() :]) is not None
    before = re.search(
        rf"(\w+)\s+(?:{_NUMBER}\s?[-\N{{EN DASH}}]\s?)?$", found.string[: found.start()]
    )
    after = re.match(r"\s+(?:\w+-)?([^\W\d_]+)", found.string[found.end() :])
    if after is None or found[0].endswith("."):
        return False
    what = after[1].casefold()
    named = before is not None and before[1].casefold() in way.after
    return what in way.things or (named and what not in way.not_before)


def _value(number: str) -> float:
    *whole, last = number.split()
    if "/" not in last:
        thousands = re.fullmatch(r"\d+[.,]\d{3}", last)
        return float(re.sub("[.,]", "" if thousands else ".", last))
    over, _, under = last.partition("/")
    return sum(map(int, whole)) + int(over) / max(int(under), 1)


def decimals(table: Readings) -> Callable[[str], str]:
    """The decimals of another language: `1,5` in English. Thousands stay as they are."""
    other = "," if table.decimal == "." else r"\."
    pattern = re.compile(rf"(?<![\w.,:])(\d{{1,4}}){other}(\d{{1,2}})(?![\w.,:]\S|\d)")
    return lambda text: pattern.sub(rf"\1{table.decimal}\2", text)


def numbers(table: Readings) -> Callable[[str], str]:
    """Fractions, scales, ranges, ratios, Roman numerals, and how many times."""
    mixed = re.compile(rf"(?<![\w/])(\d+) ({'|'.join(table.mixed)})(?![\d/])")
    several = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s?[-\N{{EN DASH}}]\s?({_NUMBER})(?![\w/-])")
    by = re.compile(r"(?<=\d)\s?[xX\N{MULTIPLICATION SIGN}*]\s?(?=\d)")
    so_many = table.often or table.times
    so_often = re.compile(r"(?<!\w)[x\N{MULTIPLICATION SIGN}]\s?(\d+)(?!\w)")
    once = re.compile(r"(?<![\w.,:-])1\s?[x\xd7](?!\w|\s?\d)|(?<!\w)[x\xd7]\s?1(?!\w)")
    often = re.compile(r"(?<!\w)(\d+)\s?[x\N{MULTIPLICATION SIGN}](?!\w)")

    roman = re.compile(rf"(\w+) ({'|'.join(sorted(_ROMAN, key=len, reverse=True))})(?![\w/'-])")
    ratio = re.compile(r"(?<![\w.,:])(\d{1,2}):(\d)(?![\w:])")

    def fraction(found: re.Match[str]) -> str:
        over, under = found.groups()
        if f"{over}/{under}" in table.fractions:
            return table.fractions[f"{over}/{under}"]
        if under == _SCALE and int(over) <= int(under):
            return f"{over} {table.out_of} {under}"
        return f"{over} {under}"

    def numeral(found: re.Match[str]) -> str:
        goes_on = re.match(r"\s+[^\WA-Z]", found.string[found.end() :])
        sure = len(found[2]) > 1 or (found[1].casefold() in table.numbered and not goes_on)
        return f"{found[1]} {_ROMAN.index(found[2]) + 1}" if sure else found[0]

    parts_of = re.compile(r"(?<=\d/\d)\s?[x\xd7](?!\w)")
    close = re.compile(rf"(?<=\d)(?=(?:{any_of(table.counted)})(?!\w))") if table.counted else None

    def read(text: str) -> str:
        text = parts_of.sub(f" {so_many}", close.sub(" ", text) if close else text)
        text = mixed.sub(lambda found: f"{found[1]} {table.mixed[found[2]]}", text)
        text = re.sub(_SLASHED, fraction, roman.sub(numeral, text))
        text = ratio.sub(rf"\1 {table.ratio} \2", text)
        text = _CHAIN.sub(lambda found: ", ".join(re.findall(r"\d+", found[0])), text)
        text = several.sub(rf"\1 {table.to} \2", text)
        text = by.sub(f" {table.times} ", text)
        text = once.sub(table.once, text)
        return often.sub(rf"\1 {so_many}", so_often.sub(rf"\1 {so_many}", text))

    return read
