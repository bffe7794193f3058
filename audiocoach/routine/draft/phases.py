"""The parts of a rep, each with its time: breaths, up and down, tempos."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.figures import TIMED, Reading, number
from audiocoach.routine.draft.model import Figure, Span
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import Item

_LONGEST_MOVE: Final = 10
"""Seconds that a movement takes at most."""
TEMPO: Final = re.compile(r"[\dx](?:[-/.: ]?[\dx]){2,3}", re.IGNORECASE)
"""A tempo that stands alone."""
_LONG: Final = 20
"""Seconds in which nobody lifts or lowers something."""
_PLACES: Final = {"down": 0, "up": 2}
"""Where a direction stands in a tempo."""
Part = tuple[str, Item, Span]
"""What a part of a rep is, its time, and its words."""


def find_phases(reading: Reading) -> None:
    """The parts of a rep, where at least two of them have a time and a direction."""
    parts: list[Part] = []
    for clause in reading.clauses:
        counted = any(each.field in ("reps", "sets", "total") for each in clause.findings)
        timed = (bool(parts) and not counted) or _is_even(clause)
        parts += parts_of(clause, reading.grammar, timed=timed)
    parts = _moved(reading, parts) or _bare_breaths(reading) or _bare_moves(reading)
    parts = [part for part in _directed(parts) if part[0] not in _PLACES or part[1].low < _LONG]
    for ends in (("breath_in", "breath_out"), ("up", "down")):
        mine = [part for part in parts if part[0] in (*ends, "hold")]
        if {part[0] for part in mine} >= set(ends) and not _is_held(reading, mine, ends):
            set_phases(reading, mine, ends)
            return
    if not any(_there_and_back(reading, clause) for clause in reading.clauses):
        _one_way(reading, parts)


def _is_even(clause: Clause) -> bool:
    """Whether one unit stands for all parts: "up for 2, hold for 3, down for 4 seconds"."""
    times = [item for item in clause.tagged.present() if item.kind in TIMED]
    numbers = [item for item in clause.tagged.present() if item.kind == "number"]
    counts = bool(times and numbers) and all(item.high > 1 for item in numbers)
    return counts and clause.has("phases", "up") and clause.has("phases", "down")


def _moved(reading: Reading, parts: list[Part]) -> list[Part]:
    """ "Out for 2 seconds, back for 4" is a movement, where no word tells of breathing."""
    breath = reading.grammar.pattern("scope", "breath")
    named = {name for name, _, _ in parts}
    if named >= {"breath_in", "breath_out"} or not named & {"breath_in", "breath_out"}:
        return parts
    if breath.search(" ".join([reading.exercise.name, *(c.raw for c in reading.clauses)])):
        return parts
    ways = {"breath_out": "up", "breath_in": "down"}
    return [(ways.get(name, name), item, span) for name, item, span in parts]


def _bare_breaths(reading: Reading) -> list[Part]:
    """The parts of a breath without a unit, "in for 4, out for 4": seconds, which is a question."""
    breath = reading.grammar.pattern("scope", "breath")
    if not breath.search(" ".join([reading.exercise.name, *(c.raw for c in reading.clauses)])):
        return []
    told = [
        part
        for clause in reading.clauses
        for part in parts_of(clause, reading.grammar, timed=True)
        if (part[0].startswith("breath") or part[0] == "hold") and part[1].low > 1
    ]
    return [(name, replace(item, doubt="elliptic"), span) for name, item, span in told]


def _bare_moves(reading: Reading) -> list[Part]:
    """The parts of a movement without a unit, "up for two, down for three": seconds, a question."""
    within = reading.grammar.pattern("words", "within")
    for clause in reading.clauses:
        text = clause.tagged.text
        numbers = [at for at, item in _items(clause, text) if item.kind == "number"]
        told = parts_of(clause, reading.grammar, timed=True)
        alone = len(told) == len(numbers) == len(clause.tagged.present())
        timed = all(within.search(text[:at]) for at in numbers)
        if alone and timed and {name for name, _, _ in told} >= {"up", "down"}:
            return [(name, replace(item, doubt="elliptic"), span) for name, item, span in told]
    return []


def _is_held(reading: Reading, parts: list[Part], ends: tuple[str, str]) -> bool:
    """Whether the times are too long for a breath, and no word tells of breathing."""
    if ends[0] != "breath_in" or all(item.high < _LONG for _, item, _ in parts):
        return False
    breath = reading.grammar.pattern("scope", "breath")
    words = [reading.exercise.name, *(clause.raw for clause in reading.clauses)]
    return not any(map(breath.search, words))


def _one_way(reading: Reading, parts: list[Part]) -> None:
    """One direction alone has a time, "down over 4 seconds": a tempo, open but for that."""
    if len(parts) != 1 or parts[0][0] not in _PLACES:
        return
    name, item, span = parts[0]
    over = reading.grammar.pattern("words", "over")
    told = any(
        over.search(clause.raw, span[0] - clause.span[0], span[1] - clause.span[0])
        for clause in reading.clauses
        if clause.span[0] <= span[0] < clause.span[1]
    )
    whole = item.kind in TIMED and item.low == item.high == int(item.low)
    if told and whole and item.high <= _LONGEST_MOVE:
        digits = ["x"] * 4
        digits[_PLACES[name]] = str(int(item.low))
        reading.exercise.put("tempo", Figure("-".join(digits), (span,), "tempo"))
        _take(reading, (span,))


def _there_and_back(reading: Reading, clause: Clause) -> bool:
    """Several short times in a sentence, each of a movement that no direction tells: a question.

    "Five seconds to get there, three seconds at the end, five seconds to come home."
    """
    parts = list(_legs(clause))
    moves = [part for part in parts if part[0] == "move"]
    ends = parts and parts[0][0] == parts[-1][0] == "move"
    long = any(item.high > _LONGEST_MOVE for _, item, _ in parts)
    if not ends or long or len(moves) < len(_PLACES):
        return False
    spans = tuple(span for _, _, span in parts)
    values = [number(item) for _, item, _ in parts]
    reading.exercise.put("phases_s", Figure(values, spans, "phase word"))
    _take(reading, spans)
    return True


def _legs(clause: Clause) -> Iterator[Part]:
    """The parts of a sentence with a time each: `move`, or `hold`; nothing if one is a rest."""
    grammar = clause.grammar
    found: list[Part] = []
    if any(pattern.search(clause.tagged.text) for pattern in grammar.each_pairs):
        return
    for begin, end in _parts(clause, grammar):
        part = clause.tagged.text[begin:end]
        items = [each for each in _items(clause, part) if not _is_article(clause, begin, *each)]
        usable = [(at, item) for at, item in items if _usable(item, timed=bool(found))]
        if len(usable) != len(items) or len(usable) > 1:
            return
        if not usable:
            continue
        at, item = usable[0]
        sided = any(
            grammar.pattern("side_words", side).search(part) for side in ("right", "left", "other")
        )
        rested = any(
            grammar.pattern(*each).search(part) for each in (("words", "eased"), ("macros", "rest"))
        )
        told = re.search(r"[^\W\d_]{2}", part)
        if sided or rested or not told or item.low < 1:
            return
        span = clause.tagged.source(begin, end)
        kept = grammar.pattern("phases", "hold").search(part) or any(
            each.field == "hold" and each.at == begin + at and each.span[0] >= span[0]
            for each in clause.findings
        )
        found.append(("hold" if kept else "move", item, span))
    yield from found


def _is_article(clause: Clause, begin: int, at: int, item: Item) -> bool:
    """Whether a one in words counts nothing: "hum on one low note"."""
    a, b = clause.tagged.source(begin + at, begin + at + 1)
    words = clause.raw[a - clause.span[0] : b - clause.span[0]]
    return item.kind == "number" and item.high == 1 and words.isalpha()


def _directed(parts: list[Part]) -> list[Part]:
    """A movement without a direction goes the way that no other part goes."""
    named = {name for name, _, _ in parts}
    missing = [way for way in ("up", "down") if way not in named]
    unnamed = [part for part in parts if part[0] == "move"]
    if len(missing) == 1 and len(unnamed) == 1:
        return [(missing[0], *part[1:]) if part[0] == "move" else part for part in parts]
    return [part for part in parts if part[0] != "move"]


def set_phases(reading: Reading, parts: list[Part], ends: tuple[str, str]) -> None:
    begin = next(n for n, part in enumerate(parts) if part[0] in ends)
    last = max(n for n, part in enumerate(parts) if part[0] in ends)
    kept = parts[begin : last + 1]
    after = parts[last + 1 : last + 2]
    if after and after[0][0] == "hold" and after[0][1].high <= 20 and ends[0] == "breath_in":
        kept += after
    if len(kept) > 6 or any(item.low > 60 for _, item, _ in kept):
        return
    values = [number(item) for _, item, _ in kept]
    doubt = next((item.doubt for _, item, _ in kept if item.doubt), "")
    spans = tuple(span for _, _, span in kept)
    reading.exercise.put("phases_s", Figure(values, spans, doubt))
    reading.exercise.phase_words = tuple(word for word, _, _ in kept)
    _take(reading, spans)


def _take(reading: Reading, spans: tuple[Span, ...]) -> None:
    """Leave out of what was found the times that parts of a rep have."""
    inside = set(spans)
    reading.found = [
        (each, clause)
        for each, clause in reading.found
        if not (
            each.item.kind in (*TIMED, "number")
            and any(a <= each.span[0] < b or each.span[0] <= a < each.span[1] for a, b in inside)
        )
    ]


def find_tempo(reading: Reading) -> None:
    for clause in reading.clauses:
        for at, char in enumerate(clause.tagged.text):
            item = clause.tagged.items.get(char)
            if item and item.kind == "tempo":
                span = clause.tagged.source(at, at + 1)
                reading.exercise.put("tempo", tempo_of(item.text, span))


def tempo_of(text: str, span: Span) -> Figure:
    """The figure of a tempo in digits; three of them, or an `x`, leave a question."""
    digits = re.findall(r"[\dx]", text.lower())
    doubt = "tempo" if len(digits) == 3 or "x" in digits else ""
    return Figure("-".join([*digits, "0"][:4]), (span,), doubt)


def parts_of(clause: Clause, grammar: Grammar, *, timed: bool) -> list[Part]:
    """The times of a sentence that belong to a direction: in, out, up, down, or a hold.

    `timed`: a time stood before, so that a bare number may be one too.
    """
    found: list[Part] = []
    before: list[str] = []
    for begin, end in _parts(clause, grammar):
        part = clause.tagged.text[begin:end]
        names = _kinds(part.strip(" .,;"), grammar)
        usable = [
            (at, item)
            for at, item in _items(clause, part)
            if _usable(item, timed=timed)
            and clause.tagged.source(begin + at, begin + at + 1) not in clause.dropped
        ]
        timed_ones = [(at, item) for at, item in usable if item.kind in TIMED]
        usable = timed_ones or usable  # "une pause de deux secondes"
        if len(usable) != 1:
            headed = part.rstrip().endswith(":")  # "Up: 2 s, down: 4 s."
            told = [name for name in names if headed or name not in _PLACES]
            before = [] if usable else told or before
            continue
        at, item = usable[0]
        timed = True
        names = names or before
        before = []
        if not names:
            within = grammar.pattern("words", "within").search(part[:at])
            if item.high > _LONGEST_MOVE or not within:
                continue
            names = ["move"]
        span = clause.tagged.source(begin, end)
        raw = clause.raw[span[0] - clause.span[0] : span[1] - clause.span[0]]
        lead = len(raw) - len(raw.lstrip())
        trail = len(raw) - len(raw.rstrip(" ,;."))
        over = grammar.pattern("words", "within").search(part[:at])
        slowly = over and grammar.pattern("words", "over").search(over[0])
        named = _way(names) if slowly else _kind(names)
        found.append((named, item, (span[0] + lead, span[1] - trail)))
    return found


def _usable(item: Item, *, timed: bool) -> bool:
    return item.kind in TIMED or (item.kind == "number" and timed)


def _items(clause: Clause, part: str) -> list[tuple[int, Item]]:
    """The items of a part, and where they stand in it."""
    items = clause.tagged.items
    return [(at, items[char]) for at, char in enumerate(part) if char in items]


def _kinds(part: str, grammar: Grammar) -> list[str]:
    """What the words of a part name, in their order: `up`, `hold`."""
    found = [
        (match.start(), name)
        for name, pattern in grammar.section("phases")
        for match in [pattern.search(part)]
        if match
    ]
    return [name for _, name in sorted(found)]


def _kind(names: list[str]) -> str:
    """The one of several words that tells what a part is: breath before hold before direction."""
    breaths = [name for name in names if name.startswith("breath")]
    return next(iter(breaths), "hold" if "hold" in names else names[0])


def _way(names: list[str]) -> str:
    """Which way something goes that is done over a time: "build the squeeze up over 3 seconds"."""
    told = [name for name in names if name != "hold"]
    return _kind(told) if told else "move"


def _parts(clause: Clause, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The parts of a sentence, up to a comma or "then"; of two times that nothing divides, each."""
    text = clause.tagged.text
    cuts = [m.end() for m in grammar.pattern("words", "split_parts").finditer(text)]
    for begin, end in pairwise([0, *cuts, len(text)]):
        times = [begin + at for at, item in _items(clause, text[begin:end]) if item.kind in TIMED]
        led = times[:1] and not text[begin : times[0]].strip()  # "3 seconds up 3 seconds down"
        inner = times[1:] if led else [at + 1 for at in times[:-1]]
        yield from pairwise([begin, *inner, end])
