"""Reads work done by turns in one line: "run 2 min / walk 1 min x 6", "8 x (1 min on, 2 off)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import figure
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Figure, Span
from audiocoach.routine.draft.naming import name_in, phase_of
from audiocoach.routine.draft.sentences import SHORTEST_SESSION, Clause, Finding
from audiocoach.routine.draft.tagged import ITEMS, Item, letters

_SIGNS: Final = r"\s*(?:/|\+|,|;|&|\s-\s|–|→)\s*"
_N, _T, _O, _S, _M = map(letters, ("number", "times", "rounds", "sets", "more"))
_FRONT: Final = re.compile(rf"\s*(?:(?P<n>{_N})\s?x|(?P<t>{_T}|{_O}|{_S}))(?:\s?(?:x|:|\())*\s*")
_HEADED: Final = re.compile(rf"[^:{ITEMS}]{{0,40}}?(?P<t>{_T}|{_O}|{_S})[^:{ITEMS}]{{0,15}}:\s*")
"""A count in what stands before a colon: "Main set, three times: "."""
_NAMED: Final = re.compile(
    rf"[^:{ITEMS}]{{0,20}}?(?P<n>{_N})\s?(?:x\s)?(?P<what>[^\W\d_][^:{ITEMS}]{{2,25}}):\s+"
)
"""A count of what is named before a colon: "8 hill sprints: 20 s up, 60 s walking down"."""
_BACK: Final = re.compile(
    rf"(?:[\s,;:)]*|[,;/.)]+\s?(?:[^\W\d_]+\s){{1,4}})"
    rf"(?:x\s?(?P<n>{_N})|(?P<t>{_T}|{_O}|{_S}|{_M}))[\s.)]*$"
)
_SIGNED: Final = re.compile(r"[/+]|\bx\b")
"""A sign that stands between what is done by turns, or for how often."""
_FEWEST_TURNS: Final = 2
_LONG: Final = 15
"""Seconds of a time that is no part of a rep."""
_LABEL: Final = re.compile(r"(?:[^\W\d_]+ ){0,2}[^\W\d_]+: (?![^:]*:)")
"""A label that is no name: "Main bit: run 2 min, walk 1 min"."""
_MOST_WORDS: Final = 8
_TIMED: Final = "duration"


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the things done by turns: its name, and its time."""

    name: Span
    words: str
    time: Figure


@dataclass(frozen=True, slots=True)
class Turns:
    """What a line has done by turns, and how often or how long."""

    turns: list[Turn]
    figures: dict[str, Figure]
    """`rounds`, or `until_s`."""


def turns_in(book: Book, line: Line) -> Turns | None:
    """What is done by turns in a line that holds nothing else; None if it is another line."""
    clause = book.clause(line)
    kinds = [item.kind for item in clause.tagged.present() if item.kind != "distance"]
    timed = kinds.count(_TIMED)
    bare = kinds.count("number") if timed == 1 else 0  # "jog for 3 minutes, walk for 2"
    if timed + bare < _FEWEST_TURNS or not 0 <= len(kinds) - timed - bare <= 1:
        return None
    moving = book.grammar.pattern("macros_of", "moving").search(clause.raw)
    eased = book.grammar.pattern("words", "eased").search(clause.raw)
    long = min(each.low for each in clause.tagged.present() if each.kind == _TIMED) >= _LONG
    parts = not long and all(clause.has("phases", way) for way in ("up", "down"))  # of a rep
    if parts or not (moving or eased or long or _SIGNED.search(clause.raw)):
        return None
    counted = _counted(book, clause)
    if counted is None or any(each.field == "hold" for each in clause.findings):
        return None
    made, begin, end = counted
    places = _parts(book, clause.tagged.text, begin, end)
    what = _NAMED.match(clause.tagged.text)
    called = clause.tagged.source(*what.span("what")) if what and "rounds" in made else None
    turns = [
        _turn(book, clause, place, bare=bare > 0, called=None if n else called)
        for n, place in enumerate(places)
    ]
    named = [turn for turn in turns if turn]
    if called:
        made["rounds"] = replace(made["rounds"], doubt=made["rounds"].doubt or "members")
    return Turns(named, made) if 1 < len(named) == len(turns) else None


def told_apart(book: Book, lines: list[Line]) -> list[Line]:
    """The lines, with a sentence that has work by turns as a line of its own."""
    found = []
    for line in lines:
        sentences = book.said([line])
        cuts = {at for each in sentences if _is_turned(book, each) for at in each.span}
        inner = sorted(at for at in cuts if line.start < at < line.end)
        if len(sentences) < 2 or turns_in(book, line) or not inner:
            found.append(line)
            continue
        for begin, end in pairwise([line.start, *inner, line.end]):
            text = book.view[begin:end]
            lead = len(text) - len(text.lstrip())
            if any(map(str.isalnum, text)):
                part = replace(line, start=begin + lead, end=end, text=text.strip())
                found.append(
                    part if begin == line.start else replace(part, kind="", mark="", gap=True)
                )
    return found


def _is_turned(book: Book, clause: Clause) -> bool:
    """Whether a sentence has work by turns, and says how often or how long."""
    times = [item for item in clause.tagged.present() if item.kind in (_TIMED, "number")]
    moving = book.grammar.pattern("macros_of", "moving").search(clause.raw)
    if len(times) < _FEWEST_TURNS or not moving:
        return False
    return turns_in(book, Line(*clause.span, clause.raw, gap=True)) is not None


def _counted(book: Book, clause: Clause) -> tuple[dict[str, Figure], int, int] | None:
    """How often or how long a line is done, and where the rest of it begins and ends."""
    text = clause.tagged.text
    lead = book.grammar.pattern("words", "lead").match(text) or _LABEL.match(text)
    begin = lead.end() if lead else 0
    turned = book.grammar.pattern("words", "by_turns").match(text[begin:])
    first = begin + turned.end() if turned else begin
    whole = book.grammar.pattern("words", "in_all").search(text)
    if whole and clause.tagged.items[text[whole.start(_group(whole))]].low >= SHORTEST_SESSION:
        made = _figure(clause, "until_s", whole.start(_group(whole)))
        return {"until_s": made}, first, whole.start()
    again = book.grammar.pattern("words", "once_more").search(text, first)
    if again and again.end() == len(text):
        made = Figure(2, (clause.spot(again),), derived="once, and once more")
        return {"rounds": made}, first, again.start()
    told = book.grammar.pattern("words", "in_total").search(text)
    text = text[: told.start()] if told and told.end() == len(text) else text
    front = _FRONT.match(text, begin) or _HEADED.match(text, begin) or _NAMED.match(text)
    back = _BACK.search(text, begin)
    match = front or back
    if match is None or (front and back):
        return None
    made = _figure(clause, "rounds", match.start(_group(match)))
    return {"rounds": made}, *((match.end(), len(text)) if front else (first, match.start()))


def _group(match: re.Match[str]) -> str:
    return next(name for name, words in match.groupdict().items() if words)


def _figure(clause: Clause, field: str, at: int) -> Figure:
    item = clause.tagged.items[clause.tagged.text[at]]
    more = 1 if item.kind == "more" else 0
    told = Finding(field, item, clause.tagged.source(at, at + 1), at)
    return figure(told, more, "once, and so many more" if more else "")


def _parts(book: Book, text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Where the parts of a line are."""
    joints = re.compile(
        rf"{_SIGNS}(?:{book.grammar.pattern('words', 'joint').pattern})?\s*"
        rf"|\s+(?:{book.grammar.pattern('words', 'joint').pattern})\s+",
        re.IGNORECASE,
    )
    cuts = [(begin, begin), *(m.span() for m in joints.finditer(text, begin, end)), (end, end)]
    places = [(a, b) for (_, a), (b, _) in pairwise(cuts)]
    return [(a, b) for a, b in places if text[a:b].strip(" ().")]


def _turn(
    book: Book, clause: Clause, place: tuple[int, int], *, bare: bool, called: Span | None
) -> Turn | None:
    """A part with one time and a name, and nothing else. `bare`: a number may be its time.

    `called`: its name, where that stands before.
    """
    begin, end = place
    text = clause.tagged.text[begin:end]
    times = [begin + at for at, letter in enumerate(text) if _is_time(clause, letter)]
    items = [begin + at for at, letter in enumerate(text) if letter in clause.tagged.items]
    lasting = book.grammar.pattern("words", "lasting")
    times = times or [at for at in items if bare and lasting.search(text[: at - begin])]
    words = re.findall(r"[^\W\d_]+", text)
    if len(times) != 1 or not 0 < len(words) <= _MOST_WORDS:
        return None
    span = clause.tagged.source(begin, end)
    raw = book.view[slice(*span)]
    lead = len(raw) - len(raw.lstrip(" ("))
    part = Clause(raw.strip(" ()."), span[0] + lead, book.grammar)
    name = called or name_in(book, part)
    if name is None and book.grammar.pattern("words", "eased").search(part.raw):
        name = part.span  # a rest needs no name
    if name is None:
        return None
    return Turn(name, book.view[slice(*name)], _timed(clause, times[0]))


def _timed(clause: Clause, at: int) -> Figure:
    """The time at a place; of a bare number, in the unit of the other, which is a question."""
    made = _figure(clause, "for", at)
    if _is_time(clause, clause.tagged.text[at]) or not isinstance(made.value, int | float):
        return made
    unit = next(item.unit for item in clause.tagged.present() if item.kind == _TIMED)
    return replace(made, value=made.value * (60 if unit == "min" else 1), doubt="elliptic")


def _is_time(clause: Clause, letter: str) -> bool:
    item: Item | None = clause.tagged.items.get(letter)
    return item is not None and item.kind == _TIMED


def add_turns(book: Book, line: Line, told: Turns, part: int) -> None:
    """Put what is done by turns into the draft: a group of exercises, or one with its rest."""
    eased = [book.grammar.pattern("words", "eased").search(turn.words) for turn in told.turns]
    phase = phase_of(book, line.mark)
    begin = len(book.draft.exercises)
    first = told.turns[0]
    if "rounds" in told.figures and len(told.turns) == 2 and eased[1] and not eased[0]:
        exercise = DraftExercise(first.words, first.name, phase=phase, part=part)
        exercise.put("sets", told.figures["rounds"])
        exercise.put("work_s", first.time)
        exercise.put("rest_s", told.turns[1].time)
        add(book, exercise, [])
        return
    for turn in told.turns:
        exercise = DraftExercise(turn.words[:80], turn.name, phase=phase, part=part)
        exercise.put("work_s", turn.time)
        add(book, exercise, [])
    members = list(range(begin, len(book.draft.exercises)))
    book.draft.groups.append(DraftGroup(members, told.figures))
