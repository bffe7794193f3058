"""Reads the numbers of a sentence, and what they are numbers of: seconds, reps, times a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from audiocoach.routine.draft.tables import WITHOUT_NUMBER, Grammar, ItemRule, shapes
from audiocoach.routine.draft.tagged import Item, Tagged

_SECONDS: Final = {"ms": 0.001, "s": 1, "min": 60, "h": 3600}
_FRACTIONS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_MOST: Final = 1_000_000
_FEWEST: Final = 5
"""Seconds behind minutes at least: "1 min 30", and no article."""
_JOINING: Final = frozenset(
    ("and", "on", "at", "the", "und", "am", "y", "el", "los", "et", "le", "les")
)
"""What may stand between days of the week."""
_DAYS: Final = {
    **dict(zip(("mo", "tu", "we", "th", "fr", "sa", "su"), range(7), strict=True)),
    **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), range(7), strict=True)),
    **dict(zip(("lu", "ma", "me", "je", "ve", "sa", "di"), range(7), strict=True)),
    **dict(zip(("lu", "ma", "mi", "ju", "vi", "sá", "do"), range(7), strict=True)),
}
_Maker = Callable[[re.Match[str], Tagged, Grammar, ItemRule], "Item | None"]


def tag(text: str, start: int, grammar: Grammar) -> Tagged:
    """A sentence with an item in place of each number that could be read."""
    return _tagged(text, grammar).moved(start)


@lru_cache(maxsize=4096)
def _tagged(text: str, grammar: Grammar) -> Tagged:
    """A sentence at the begin of the source: the same words are asked for many times."""
    tagged = Tagged(text, 0)
    for rule in shapes():
        tagged.replace(rule.pattern, partial(_shape, rule=rule))
    tagged.replace(grammar.number, partial(_number, grammar=grammar))
    if not tagged.items and not grammar.wordy_items.search(tagged.text):
        return tagged
    for rule in grammar.items:
        if not tagged.items and rule.kind not in WITHOUT_NUMBER:
            continue
        make = _MAKERS.get(rule.kind, _counted)
        tagged.replace(
            rule.pattern,
            partial(_made, make=make, tagged=tagged, grammar=grammar, rule=rule),
        )
    _bound(tagged, grammar)
    return tagged


def _made(
    match: re.Match[str], make: _Maker, tagged: Tagged, grammar: Grammar, rule: ItemRule
) -> Item | None:
    item = make(match, tagged, grammar, rule)
    if item is None or item.high > _MOST:
        return None
    return replace(item, doubt=item.doubt or rule.doubt)


def _shape(match: re.Match[str], rule: ItemRule) -> Item:
    if rule.kind == "clock":
        seconds = int(match["bare"] or int(match["minutes"]) * 60 + int(match["seconds"]))
        return Item("duration", seconds, seconds, unit="min")
    if rule.kind == "fraction":
        value = int(match["whole"] or 0) + _FRACTIONS[match["part"] or match["sign"]]
        return Item("number", value, value)
    if rule.kind == "tempo":
        return Item(
            "tempo", text=next(told for name, told in match.groupdict().items() if told).lower()
        )
    if rule.kind == "reps":
        return Item("reps", int(match["each"]), int(match["each"]))
    return Item(rule.kind)


def _number(match: re.Match[str], grammar: Grammar) -> Item | None:
    value = _value(match[0], grammar)
    doubt = "vague" if match[0].casefold() in grammar.about else ""
    return None if value is None or value > _MOST else Item("number", value, value, doubt)


def _value(words: str, grammar: Grammar) -> float | None:
    words = words.casefold()
    if words in _FRACTIONS:
        return _FRACTIONS[words]
    if words[0].isdigit():
        try:
            return float(words.replace(",", "."))
        except ValueError:
            return None
    if words in grammar.numbers:
        return grammar.numbers[words]
    parts = grammar.compound.fullmatch(words)
    if parts:
        return sum(grammar.numbers[part] for part in parts.groups() if part)
    return None


def _groups(match: re.Match[str], tagged: Tagged, name: str) -> Item | None:
    """The item that the group of that name, or one numbered after it, stands for."""
    for group, letter in match.groupdict().items():
        if letter and group.rstrip("0123456789") == name and letter in tagged.items:
            return tagged.items[letter]
    return None


def _word(match: re.Match[str], name: str) -> str:
    found = match.groupdict().items()
    return next((word for group, word in found if word and group.rstrip("0123456789") == name), "")


def _noise(_match: re.Match[str], _tagged: Tagged, _grammar: Grammar, _rule: ItemRule) -> Item:
    return Item("noise")


def _range(match: re.Match[str], tagged: Tagged, _grammar: Grammar, rule: ItemRule) -> Item | None:
    low, high = _groups(match, tagged, "a"), _groups(match, tagged, "b")
    first = low.low if low else (rule.value or (1,))[0]
    if high is None or not first < high.high or (low and low.low != low.high):
        return None
    return Item("number", first, high.high)


def _plus_half(
    match: re.Match[str], tagged: Tagged, _grammar: Grammar, _rule: ItemRule
) -> Item | None:
    number = _groups(match, tagged, "n")
    return number and replace(number, low=number.low + 0.5, high=number.high + 0.5)


def _duration(
    match: re.Match[str], tagged: Tagged, grammar: Grammar, rule: ItemRule
) -> Item | None:
    first, last = _groups(match, tagged, "a"), _groups(match, tagged, "b")
    if first and last:  # "30s to 60s"
        if not first.low < last.high:
            return None
        return Item("duration", first.low, last.high, first.doubt or last.doubt, unit=last.unit)
    more = _groups(match, tagged, "plus")
    if first and more:  # "1 minute 30 seconds"
        if more.kind == "number":  # "1 min 30"
            exact = first.unit == "min" and _FEWEST <= more.low == more.high < 60
            exact = exact and first.low == first.high
            return (
                replace(first, low=first.low + more.low, high=first.high + more.low)
                if exact
                else None
            )
        if first.unit == more.unit or first.low < more.high:
            return None
        return Item("duration", first.low + more.low, first.high + more.high, unit=first.unit)
    unit = _unit(_word(match, "u"), grammar)
    number = _groups(match, tagged, "n")
    low, high = (number.low, number.high) if number else (rule.value[0], rule.value[-1])
    half = 0.5 if _word(match, "half") or match.groupdict().get("half") is not None else 0
    times = _SECONDS[unit]
    # No doubt of the number is kept: a time that is told as "about" is meant so.
    return Item("duration", (low + half) * times, (high + half) * times, unit=unit)


def _durations(
    match: re.Match[str], tagged: Tagged, grammar: Grammar, _rule: ItemRule
) -> Item | None:
    """One time for each set: "30, 45 and 60 seconds"."""
    numbers = _groups(match, tagged, "list")
    if numbers is None:
        told = [tagged.items[char] for char in match[0] if char in tagged.items]
        exact = all(each.low == each.high for each in told)
        return Item("durations", values=tuple(each.low for each in told)) if exact else None
    times = _SECONDS[_unit(_word(match, "u"), grammar)]
    return Item("durations", values=tuple(value * times for value in numbers.values))


def _unit(word: str, grammar: Grammar) -> str:
    return next((name for name, pattern in grammar.units if pattern.fullmatch(word)), "s")


def _list(match: re.Match[str], tagged: Tagged, _grammar: Grammar, _rule: ItemRule) -> Item | None:
    numbers = [tagged.items[letter] for letter in match[0] if letter in tagged.items]
    if any(number.low != number.high for number in numbers):
        return None
    return Item("list", values=tuple(number.low for number in numbers))


def _frequency(
    match: re.Match[str], tagged: Tagged, grammar: Grammar, rule: ItemRule
) -> Item | None:
    number = _groups(match, tagged, "n")
    low, high = (number.low, number.high) if number else (rule.value[0], rule.value[-1])
    per = _per(_word(match, "per"), grammar) or rule.per
    return Item("frequency", low, high, number.doubt if number else "", per=per)


def _weekdays(
    match: re.Match[str], _tagged: Tagged, _grammar: Grammar, _rule: ItemRule
) -> Item | None:
    """Days of the week, one after the other, or from one to another: as many times a week."""
    named = match.groupdict()
    if named.get("first"):
        days = [_DAYS[named[end][:2].casefold()] for end in ("first", "last")]
        count = (days[1] - days[0]) % 7 + 1
        return Item("frequency", count, count, per="week") if 2 < count < 7 else None
    doubt = "vague" if "end" in match[0].casefold() else ""
    words = re.split(r"[\s,/&+]+", match[0].strip())
    count = sum(word.casefold() not in _JOINING for word in words if word)
    return Item("frequency", count, count, doubt, per="week") if 1 < count < 7 else None


def _same(match: re.Match[str], tagged: Tagged, _grammar: Grammar, rule: ItemRule) -> Item | None:
    """As long as the time before it, or twice as long: "hold for ten seconds, rest for as long"."""
    before = [tagged.items[char] for char in match.string[: match.start()] if char in tagged.items]
    times = rule.value[0] if rule.value else 1
    timed = [item for item in before if item.kind in ("duration", "counts")]
    if not timed:
        return None
    return replace(timed[-1], low=timed[-1].low * times, high=timed[-1].high * times)


def _every(match: re.Match[str], tagged: Tagged, grammar: Grammar, rule: ItemRule) -> Item | None:
    time = _groups(match, tagged, "d")
    if time:
        if time.unit not in ("h", "min") or time.low % _SECONDS[time.unit]:
            return None
        per = "hour" if time.unit == "h" else "minute"
        size = _SECONDS[time.unit]
        return Item("frequency", time.low / size, time.high / size, per=per, unit="every")
    number = _groups(match, tagged, "n")
    low, high = (number.low, number.high) if number else (rule.value[0], rule.value[-1])
    per = _per(_word(match, "per"), grammar) or rule.per or "day"
    return Item("frequency", low, high, per=per, unit="every")


def _per(word: str, grammar: Grammar) -> str:
    for name, pattern in grammar.section("per"):
        if word and pattern.fullmatch(word):
            return name
    return ""


def _counted(
    match: re.Match[str], tagged: Tagged, _grammar: Grammar, rule: ItemRule
) -> Item | None:
    number = _groups(match, tagged, "n")
    if number is None and not rule.value and not _word(match, "one"):
        return None
    low, high = (number.low, number.high) if number else ((rule.value or (1,))[0],) * 2
    return Item(rule.kind, low, high, number.doubt if number else "")


_MAKERS: Final[Mapping[str, _Maker]] = {
    "noise": _noise,
    "range": _range,
    "plus_half": _plus_half,
    "duration": _duration,
    "durations": _durations,
    "list": _list,
    "frequency": _frequency,
    "every": _every,
    "same": _same,
    "weekdays": _weekdays,
}


def _bound(tagged: Tagged, grammar: Grammar) -> None:
    """ "Up to ten" is a ten with a doubt."""
    for name in ("before", "after"):
        pattern = grammar.pattern("bounds", name)

        def make(match: re.Match[str]) -> Item | None:
            item = next((tagged.items[char] for char in match[0] if char in tagged.items), None)
            if item is None or item.kind in ("noise", "distance", "tempo"):
                return None
            return replace(item, doubt=item.doubt or "bound")

        tagged.replace(pattern, make)
