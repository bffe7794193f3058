"""Clocks and rates: 1:30, 2'30'', 6:30/km, 170 steps/min, 10 reps/leg."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from audiocoach.readings.table import Readings

_DASH: Final = r"[-\N{EN DASH}]"
_PRIME: Final = "'"
_RATIO_FROM: Final = 15
"""From here on `40:20` is rather work and rest than minutes and seconds."""
_INCHES: Final = 12


def clocks(table: Readings) -> Callable[[str], str]:
    """Lengths of time in words; a time of day stays as it is."""
    ranges = re.compile(rf"(?<=\d:\d\d)\s?{_DASH}\s?(?=\d+:\d\d)")
    of_day = r"(?!\d|:\d|\s?(?:[ap]\.?m\b|Uhr\b))"
    ends = r"(?:\s?(min|h)\b(\.(?=\s+[a-z]))?|(?=\s?/))?"
    colon = re.compile(
        rf"(?<![\w:.,/])(?:(\d):)?(\d{{1,3}}):([0-5]\d){of_day}{ends}", re.IGNORECASE
    )
    prime = re.compile(r"(?<![\w'])(\d{1,3})'\s?([0-5]?\d)(\"|(?![\w']))")
    hours = re.compile(r"(?<![\w/])(\d{1,2})\s?h\s?([0-5]\d)(?:\s?min\b)?(?![\w:])")

    short = re.compile(r"(?<![\w/.,])(\d{1,3})\s?(?:min\s?([0-5]\d)(?:\s?s)?|m([0-5]?\d)s)(?!\w)")
    timed = re.compile(r"(\w+)\s(\d{1,3})(['\"])(?![\w'\"])")

    def parts(*amounts: tuple[str | None, str]) -> str:
        told = [counted(table, int(of), unit) for of, unit in amounts if of and int(of)]
        return " ".join(told) or counted(table, 0, amounts[-1][1])

    def read_colon(found: re.Match[str]) -> str:
        hours, more, less, unit, _ = found.groups()
        if unit and unit.casefold() == "h":
            return parts((more, "h"), (less, "min"))
        rate = bool(unit) or found.string[found.end() :].lstrip().startswith("/")
        before = re.search(r"(\w+)\s$", found.string[: found.start()])
        of_day = before and before[1].casefold() in table.o_clock
        if not (rate or hours) and (of_day or (int(more) >= _RATIO_FROM and less != "00")):
            return found[0]
        return parts((hours, "h"), (more, "min"), (less, "s"))

    def read_prime(found: re.Match[str]) -> str:
        more, less, closed = found.groups()
        if "'" in table.units or int(less) >= _INCHES:
            return parts((more, "min"), (less, "s"))
        return parts((more, "ft"), (less, '"')) if closed else found[0]

    def read_timed(found: re.Match[str]) -> str:
        word, number, mark = found.groups()
        quoted = found.string[: found.start()].count(mark) % 2
        if word.casefold() not in table.timed or quoted:
            return found[0]
        return f"{word} {parts((number, 'min' if mark == _PRIME else 's'))}"

    def read(text: str) -> str:
        text = colon.sub(read_colon, ranges.sub(f" {table.to} ", text))
        text = hours.sub(lambda found: parts((found[1], "h"), (found[2], "min")), text)
        text = short.sub(lambda found: parts((found[1], "min"), (found[2] or found[3], "s")), text)
        return timed.sub(read_timed, prime.sub(read_prime, text))

    return read


def counted(table: Readings, number: int, unit: str) -> str:
    """`2 minutes`."""
    one, more = table.units[unit]
    return f"{number} {one if 0 < number < table.plural_from else more}"


def rates(table: Readings) -> Callable[[str], str]:
    """What stands after a slash: the unit of a rate after anything, all else after a count."""
    words = {folded(name): said for name, said in table.per.items()}
    number = r"\d[\d.,]*"
    before = r"(?:\d+\s?[x\xd7]\s?)?"
    unit = r"(?:[x\xd7\xb0%'\"]|[^\W\d_]+\.?)?"
    count = rf"{before}{number}(?:\s?{_DASH}\s?{number})?\s?{unit}"
    alone = rf"(?:{any_of((*table.units, *table.counted))})\.?"
    anything = r"[^\W\d_]{2,}\.?"
    units = any_of(name for name in table.per if name in table.units or name[0].isdigit())
    goes_on = r"(?:\.(?=\s+[^\WA-Z]|[,;:)]))?"
    of_count = rf"({count}|{alone})\s?{table.slash}\s?({any_of(table.per)})"
    of_any = rf"({anything})\s?/\s?({units})"
    pattern = re.compile(rf"(?<![\w/.,])(?:{of_count}|{of_any})(?![\w/]){goes_on}")
    of_one = words.keys() - {folded(each) for each in (*table.units, *table.counted)}
    speeds = {folded(name) for name in table.units if "/" in name}

    def read(found: re.Match[str]) -> str:
        of, per = found[1] or found[3], found[2] or found[4]
        unit = re.sub(r"[\d\W]+", "", of)
        if folded(unit) in of_one or folded(f"{unit}/{per}") in speeds:
            return found[0]
        bare = table.units.get(of.rstrip("."))
        return f"{bare[1] if bare else of} {words[folded(per)]}"

    return lambda text: pattern.sub(read, text)


def any_of(names: Iterable[str]) -> str:
    """A pattern of names; a capital may be written small where there are more letters."""
    ordered = sorted(names, key=len, reverse=True)
    spaced = {each: re.escape(each).replace(r"\ ", r"\s?") for each in ordered}
    return "|".join(f"(?i:{form})" if len(each) > 1 else form for each, form in spaced.items())


def folded(name: str) -> str:
    """A name as it is looked up: of several letters in any case, with spaces or without."""
    return re.sub(r"\s", "", name).casefold() if len(name) > 1 else name
