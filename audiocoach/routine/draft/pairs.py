"""Reads work done by turns in one line: "run 2 min / walk 1 min x 6", "8 x (1 min on, 2 off)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import Reading, figure
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Figure, Span
from audiocoach.routine.draft.naming import name_in, phase_of
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.sentences import SHORTEST_SESSION, Clause, Finding
from audiocoach.routine.draft.tagged import ITEMS, Item, letters

_SIGNS: Final = r"\s*(?:/|\+|,|;|&|\s-\s|–|→)\s*"
_N, _T, _O, _S, _M, _X = map(letters, ("number", "times", "rounds", "sets", "more", "noise"))
_FRONT: Final = re.compile(rf"\s*(?:(?P<n>{_N})\s?x|(?P<t>{_T}|{_O}|{_S}))(?:\s?(?:x|:|\())*\s*")
_HEADED: Final = re.compile(rf"[^:{ITEMS}]{{0,40}}?(?P<t>{_T}|{_O}|{_S})[^:{ITEMS}]{{0,15}}:\s*")
"""A count in what stands before a colon: "Main set, three times: "."""
_NAMED: Final = re.compile(
    rf"[^:{ITEMS}]{{0,20}}?(?P<n>{_N})\s?(?:x\s)?(?P<what>[^\W\d_][^:{ITEMS}]{{2,25}}):\s+"
)
"""A count of what is named before a colon: "8 hill sprints: 20 s up, 60 s walking down"."""
_BACK: Final = re.compile(
    rf"(?:[\s,;:)]*|[,;/.)]+\s?(?:[^\W\d_]+\s){{1,8}})"
    rf"(?:x\s?(?P<n>{_N})|(?P<t>{_T}|{_O}|{_S}|{_M}))(?:,?\s{_X})?[\s.!)]*$"
)
"""A count at the end, and what others do: "four times, beginners only twice!"."""
_SIGNED: Final = re.compile(r"[/+]|\bx\b")
"""A sign that stands between what is done by turns, or for how often."""
_FEWEST_TURNS: Final = 2
_LONG: Final = 15
"""Seconds of a time that is no part of a rep."""
_LABEL: Final = re.compile(r"(?:[^\W\d_]+ ){0,5}[^\W\d_]+: (?![^:]*:)")
"""A label that is no name: "Main bit: run 2 min, walk 1 min"."""
_ASIDE: Final = re.compile(
    r"\s(?:at an? |where|in einem |bei de[mr]|wo|a un |en (?:el|la) que|donde|à une? |où)\b",
    re.IGNORECASE,
)
"""What leads to more on how something is done: "run at a pace where you can talk"."""
_BRACKETS: Final = re.compile(rf"\([^(){ITEMS}]*\)")
_MOST_COUNTED: Final = 6
"""Words of a sentence that says how often: "Go through that four times."."""
_MOST_WORDS: Final = 8
_TIMED: Final = "duration"
_NO_TURNS: Final = frozenset(("distance", "noise"))
"""The kinds of items that tell neither a time nor how often."""


_NO_WORK: Final = frozenset(("hold", "round_rest"))
"""The findings of lines that have no work by turns: a hold, and what is over a circuit."""


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

    def is_with_rest(self, book: Book) -> bool:
        """Whether it is one thing and a rest, as an exercise may have it."""
        return len(self.turns) == _FEWEST_TURNS and _is_eased(book, self.turns[1])


def turns_in(book: Book, line: Line) -> Turns | None:
    """What is done by turns in a line that holds nothing else; None if it is another line."""
    clause = book.clause(line)
    kinds = [item.kind for item in _amounts(clause) if item.kind not in _NO_TURNS]
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
    if counted is None or any(each.field in _NO_WORK for each in clause.findings):
        return None
    made, begin, end = counted
    places = _parts(book, _without_asides(clause.tagged.text), begin, end)
    what = _NAMED.match(clause.tagged.text)
    called = clause.tagged.source(*what.span("what")) if what and "rounds" in made else None
    turns = [
        _turn(book, clause, place, bare=bare > 0, called=None if n else called)
        for n, place in enumerate(places)
    ]
    named = _labelled(book, clause, [turn for turn in turns if turn])
    if any(_is_work(book, turn.words) for turn in named):  # "40 s work, 20 s rest"
        return None
    if called:
        made["rounds"] = replace(made["rounds"], doubt=made["rounds"].doubt or "members")
    return Turns(named, made) if 1 < len(named) == len(turns) else None


def _without_asides(text: str) -> str:
    """A line with blanks for what stands in brackets without a figure: "(no racing, please)"."""
    return _BRACKETS.sub(lambda match: " " * len(match[0]), text)


def _labelled(book: Book, clause: Clause, turns: list[Turn]) -> list[Turn]:
    """The turns, the first called by its label: "Strides: 6 x 15 s along the grass, 45 s easy"."""
    label = _LABEL.match(clause.raw)
    movement = book.grammar.pattern("names", "movement")
    lead = book.grammar.pattern("words", "lead").match(clause.raw)
    if label is None or lead or len(turns) != _FEWEST_TURNS or not movement.search(label[0]):
        return turns
    if movement.search(turns[0].words) or not _is_eased(book, turns[1]):
        return turns
    words = label[0].rstrip(": ")
    span = (clause.span[0], clause.span[0] + len(words))
    return [replace(turns[0], name=span, words=words), turns[1]]


def _is_work(book: Book, words: str) -> bool:
    """Whether some words are no name, but tell that one works: "d'effort"."""
    told = re.findall(r"[^\W\d_]{2,}", words)
    return len(told) == 1 and bool(book.grammar.pattern("table", "work").fullmatch(told[0]))


def _is_eased(book: Book, turn: Turn) -> bool:
    """Whether a turn is a rest."""
    return bool(book.grammar.pattern("words", "eased").search(turn.words))


def _amounts(clause: Clause) -> list[Item]:
    """The items of a sentence but articles: "un ritmo", "einem Tempo"."""
    found = []
    for at, letter in enumerate(clause.tagged.text):
        item = clause.tagged.items.get(letter)
        if item is None:
            continue
        words = clause.raw[slice(*(n - clause.span[0] for n in clause.tagged.source(at, at + 1)))]
        if item.kind != "number" or item.high > 1 or not words.isalpha():
            found.append(item)
    return found


def told_apart(book: Book, lines: list[Line]) -> list[Line]:
    """The lines, with a sentence that has work by turns as a line of its own."""
    found = []
    for line in lines:
        sentences = _with_counts(book, book.said([line]))
        cuts = {at for each in _standing_out(book, sentences) for at in each.span}
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


def _standing_out(book: Book, sentences: list[Clause]) -> Iterator[Clause]:
    """The sentences with work by turns, but those that tell the dose of what stands before them.

    "Stand on tiptoe. Walk for 20 seconds, and rest for 15. Repeat five more times."
    """
    for before, each in zip([None, *sentences], sentences, strict=False):
        told = _turned(book, each)
        placed = before is not None and not before.findings and _places(book, before)
        if told and not (placed and told.is_with_rest(book)):
            yield each


def _places(book: Book, clause: Clause) -> bool:
    """Whether a sentence tells how one stands, sits or lies for what comes next."""
    reading = Reading(DraftExercise(""), [clause], book.grammar)
    find_position(reading)
    return bool(reading.exercise.figures)


def _with_counts(book: Book, sentences: list[Clause]) -> list[Clause]:
    """The sentences, each as one with the next if that only says how often it is done."""
    found: list[Clause] = []
    for each in sentences:
        items = [item for item in each.tagged.present() if item.kind != "noise"]
        counts = len(items) == 1 and items[0].kind in ("times", "rounds", "more")
        counts = counts and len(each.raw.split()) <= _MOST_COUNTED
        if found and counts and _turned(book, _both(book, found[-1], each)):
            found[-1] = _both(book, found[-1], each)
        else:
            found.append(each)
    return found


def _both(book: Book, first: Clause, second: Clause) -> Clause:
    begin, end = first.span[0], second.span[1]
    return Clause(book.view[begin:end], begin, book.grammar)


def _turned(book: Book, clause: Clause) -> Turns | None:
    """The work by turns of a sentence that says how often or how long."""
    times = [item for item in clause.tagged.present() if item.kind in (_TIMED, "number")]
    moving = book.grammar.pattern("macros_of", "moving").search(clause.raw)
    if len(times) < _FEWEST_TURNS or not moving:
        return None
    return turns_in(book, Line(*clause.span, clause.raw, gap=True))


def _counted(book: Book, clause: Clause) -> tuple[dict[str, Figure], int, int] | None:
    """How often or how long a line is done, and where the rest of it begins and ends."""
    text = clause.tagged.text
    lead = book.grammar.pattern("words", "lead").match(text)
    label = _LABEL.match(text, lead.end() if lead else 0)
    begin = next((each.end() for each in (label, lead) if each), 0)
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
    places = [(a, b) for (_, a), (b, _) in pairwise(cuts) if text[a:b].strip(" ().")]
    aside = [
        n > 0
        and not re.search(f"[{ITEMS}]", text[a:b])
        and bool(_ASIDE.search(text, places[n - 1][0], b))
        for n, (a, b) in enumerate(places)
    ]
    return [place for place, more in zip(places, aside, strict=True) if not more]


def _turn(
    book: Book, clause: Clause, place: tuple[int, int], *, bare: bool, called: Span | None
) -> Turn | None:
    """A part with one time and a name, and nothing else. `bare`: a number may be its time.

    `called`: its name, where that stands before.
    """
    begin, end = place
    text = _without_asides(clause.tagged.text)[begin:end]
    times = [begin + at for at, letter in enumerate(text) if _is_time(clause, letter)]
    items = [begin + at for at, letter in enumerate(text) if letter in clause.tagged.items]
    lasting = book.grammar.pattern("words", "lasting")
    times = times or [at for at in items if bare and lasting.search(text[: at - begin])]
    words = re.findall(r"[^\W\d_]+", _ASIDE.split(text)[0])
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
        moved = book.grammar.pattern("macros_of", "moving").search(told.turns[1].words)
        either = moved and eased[1].start() < moved.start()  # "recover at a walk": an exercise?
        doubt = "guess" if either else ""
        for name, made in (("sets", told.figures["rounds"]), ("rest_s", told.turns[1].time)):
            exercise.put(name, replace(made, doubt=made.doubt or doubt))
        exercise.put("work_s", first.time)
        add(book, exercise, [])
        return
    for turn in told.turns:
        exercise = DraftExercise(turn.words[:80], turn.name, phase=phase, part=part)
        exercise.put("work_s", turn.time)
        add(book, exercise, [])
    members = list(range(begin, len(book.draft.exercises)))
    book.draft.groups.append(DraftGroup(members, told.figures))
