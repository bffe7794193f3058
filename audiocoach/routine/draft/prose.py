"""Divides running sentences into the exercises that they tell of.

Nothing in the layout says where one exercise ends and the next begins; the words do. A part of a
sentence begins an exercise if it is *fresh*: it names a thing or a movement, and is not about the
one before ("hold it", "the other side"). It is then another exercise if the one before has its
dose, and either a word of order leads it ("next", "after that"), or a dose follows of a kind that
the one before has already: nobody does ten and twenty of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.model import Span
from audiocoach.routine.draft.naming import is_manner, name_in
from audiocoach.routine.draft.sentences import Clause, Finding
from audiocoach.routine.draft.tagged import Item

Piece = tuple[str, Span, list[Clause]]
"""A name, its place, and what is said of it."""
_KINDS: Final = {
    "sets": "sets",
    "reps": "count",
    "listed": "count",
    "repeat": "count",
    "more": "count",
    "total": "count",
    "hold": "time",
    "while": "time",
    "for": "time",
    "work": "time",
}
"""The kind of a dose, by its finding; what an exercise has one of, each."""
_SHORTEST: Final = 10
"""Seconds of a time that may be the dose of an exercise, and no phase of a rep."""
_MOST_LISTED: Final = 5
"""Words of a name in an enumeration."""
_MOST_NAME: Final = 8
_MOST_ARTICLE: Final = 2
_FEW_LETTERS: Final = 4
"""Letters between the numbers of one dose: "2 x 8"."""
_HEADED: Final = re.compile(r"\s*:|\s+[–—-]\s")
_STOPS: Final = re.compile(r"[,;:(.!?]|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence, up to a comma, "and" or "then"."""

    clause: Clause
    begin: int
    """Where it begins in its sentence, behind the word of order that leads it."""
    end: int
    name: tuple[int, int]
    """Where in its sentence it says what is done; empty if it is not fresh."""
    marked: bool
    """Whether a word of order leads it."""
    inside: bool
    """Whether it stands in the middle of its sentence."""
    kinds: frozenset[str]
    """The kinds of its doses."""
    dose: int
    """Where in its sentence its first dose stands; -1 if it has none."""
    whole: bool
    """Whether a dose of it may be all that an exercise has: no short time of a step."""
    listed: bool
    """Whether its dose is long enough for an exercise, and beside a short name."""
    aside: bool
    """Whether it is about something else: the session, pain, an exercise not to do."""
    general: bool
    """Whether its sentence tells how long or how often all is done."""

    @property
    def fresh(self) -> bool:
        """Whether it names something, and does not go on with what was."""
        return self.name[0] < self.name[1]


def exercises_in(book: Book, clauses: Sequence[Clause]) -> tuple[list[Piece], list[Clause]]:
    """The exercises of some sentences, in order, and the sentences that are about none of them."""
    parts = [part for clause in clauses for part in _parts(book, clause)]
    begins = _begins(parts)
    found = []
    for begin, end in pairwise([*begins, len(parts)]):
        own = [part for part in parts[begin:end] if not part.general]
        span = _named(book, own)
        name = " ".join(book.draft.text[slice(*span)].split())
        found.append((name, span, list(_told(book, own))))
    used = {id(part.clause) for part in parts[min(begins, default=len(parts)) :]}
    general = {id(part.clause) for part in parts if part.general}
    return found, [each for each in clauses if id(each) in general or id(each) not in used]


def _parts(book: Book, clause: Clause) -> Iterator[Part]:
    raw = clause.raw
    doses = {_place(clause, f.at): f for f in clause.findings if f.field in _KINDS}
    read = {_place(clause, f.at) for f in clause.findings}
    led = clause
    general = bool(clause.findings) and clause.has("scope", "session")
    for cut, begin, end in _cuts(book, raw):
        own = {at: each for at, each in doses.items() if cut <= at < end}
        if begin > cut:
            led = Clause(raw[begin:], clause.span[0] + begin, book.grammar)
        name = _name_of(book, clause, begin, end)
        kinds = {_KINDS[each.field] for each in own.values()}
        timed = _timed(clause, begin, end) - read
        if not own and name[0] < name[1]:
            kinds |= {"time" for _ in timed}
        words = len(raw[slice(*name)].split())
        yield Part(
            clause,
            begin,
            end,
            name,
            marked=begin > cut,
            inside=cut > 0,
            kinds=frozenset(kinds),
            dose=min(own or timed, default=-1),
            whole=bool(timed) or any(map(_is_whole, own.values())),
            listed=words <= _MOST_LISTED and bool(timed or any(map(_is_long, own.values()))),
            aside=any(led.has("scope", scope) for scope in ("ignored", "refused", "session")),
            general=general or (not doses and name[0] == name[1] and _tells_of_all(clause)),
        )


def _tells_of_all(clause: Clause) -> bool:
    """Whether a sentence tells how often or how long, and nothing else."""
    often = any(item.kind in ("frequency", "weekdays") for item in clause.tagged.present())
    return often or any(each.field in ("duration", "lasting") for each in clause.findings)


def _cuts(book: Book, raw: str) -> Iterator[tuple[int, int, int]]:
    """Where each part begins, with and without the word of order that leads it, and its end."""
    pattern = book.grammar.pattern
    ends = sorted({*(match.end() for match in pattern("prose", "joints").finditer(raw)), len(raw)})
    cut = begin = 0
    for end in ends:
        marker = pattern("prose", "next").match(raw, begin, len(raw)) if begin == cut else None
        begin = marker.end() if marker else begin
        if begin >= end:
            continue
        yield cut, begin, end
        cut = begin = end


def _place(clause: Clause, at: int) -> int:
    """Where in a sentence an item stands."""
    return clause.tagged.source(at, at + 1)[0] - clause.span[0]


def _timed(clause: Clause, begin: int, end: int) -> set[int]:
    """Where a part begins with a time, as "2 minutes shoulder rolls" does."""
    found = [(at, item) for at, _, item in _amounts(clause) if begin <= at < end][:1]
    return {at for at, item in found if item.kind == "duration" and item.low >= _SHORTEST}


def _is_long(dose: Finding) -> bool:
    return _KINDS[dose.field] != "time" or dose.item.low >= _SHORTEST


def _is_whole(dose: Finding) -> bool:
    return dose.item.kind == "breaths" or _is_long(dose)


def _name_of(book: Book, clause: Clause, begin: int, end: int) -> tuple[int, int]:
    """Where a part says what is done; empty if it goes on with what was."""
    raw = clause.raw
    pattern = book.grammar.pattern
    opened = pattern("prose", "opens").match(raw, begin, end)
    at = opened.end() if opened else begin
    goes_on = pattern("prose", "goes_on")
    if goes_on.match(raw, begin) or goes_on.match(raw, at):
        return begin, begin
    others = pattern("words", "others").match(raw, at, end)
    if others or pattern("prose", "again").search(raw, begin, end):
        return begin, begin
    items = [each for each in _amounts(clause) if at <= each[0] < end]
    last = items[0][0] if items else end
    if last <= at and not items:  # nothing but what stands before a name
        return begin, begin
    if last <= at:
        ends = [b for (_, b, _), (c, _, _) in pairwise(items) if c - b > _FEW_LETTERS]
        behind = raw[(ends or [items[-1][1]])[0] :].lstrip(" .")
        span = name_in(book, Clause(raw[at:end], clause.span[0] + at, book.grammar))
        moved = pattern("macros_of", "moving").match(behind.partition(" ")[2])  # "of walking"
        if span is None or (goes_on.match(behind) and not moved):
            return begin, begin
        return span[0] - clause.span[0], span[1] - clause.span[0]
    words = _STOPS.split(raw[at:last])[0]
    stop = pattern("words", "name_ends").search(words, 3)
    words = words[: stop.start()] if stop else words
    words = " ".join(words.split(" ")[:_MOST_NAME]).rstrip()
    words = re.sub(rf"(?:\s+{pattern('words', 'name_tail').pattern})+$", "", words, flags=re.I)
    return (at, at + len(words)) if book.is_name(words, _MOST_NAME) else (begin, begin)


@lru_cache(maxsize=64)
def _amounts(clause: Clause) -> tuple[tuple[int, int, Item], ...]:
    """Where in a sentence amounts begin and end; "one" and "the two" may be articles."""
    return tuple(_told_amounts(clause))


def _told_amounts(clause: Clause) -> Iterator[tuple[int, int, Item]]:
    for n, letter in enumerate(clause.tagged.text):
        item = clause.tagged.items.get(letter)
        if item is None or item.kind in ("frequency", "weekdays"):
            continue
        begin, end = (at - clause.span[0] for at in clause.tagged.source(n, n + 1))
        article = item.kind == "number" and item.high <= _MOST_ARTICLE
        if not (article and clause.raw[begin:end].isalpha()):
            yield begin, end, item


def _begins(parts: Sequence[Part]) -> list[int]:
    """At which parts exercises begin."""
    begins: list[int] = []
    done: set[str] = set()
    whole = False
    for n, part in enumerate(parts):
        if part.aside:
            continue
        step = part.marked and part.inside and bool(done) and not whole  # "count to 4, then open"
        if part.fresh and (
            not begins or (not step and _is_other(parts, n, done, led=_is_led(parts[begins[-1]])))
        ):
            begins = begins if done else begins[:-1]
            begins.append(n)
            done, whole = set(), False
        done |= part.kinds if begins else set()
        whole = whole or (bool(begins) and part.whole)
    return begins if done else begins[:-1]


def _is_headed(part: Part) -> bool:
    """Whether its name stands before a colon or a dash."""
    return bool(_HEADED.match(part.clause.raw[part.name[1] :]))


def _is_led(part: Part) -> bool:
    """Whether a word of order leads it, or its name is a sentence, or stands before a colon."""
    whole = not part.inside and part.end == len(part.clause.raw)
    short = len(part.clause.raw.split()) <= _MOST_LISTED and part.clause.raw.endswith(".")
    return part.marked or _is_headed(part) or (whole and short)


def _is_other(parts: Sequence[Part], at: int, done: set[str], *, led: bool) -> bool:
    """Whether a fresh part begins another exercise than that with these kinds of doses.

    `led`: a word of order leads that one, or its name stands alone.
    """
    part = parts[at]
    ahead = _ahead(parts, at)
    if part.marked:
        told = any(each.kinds for each in parts[at:] if each.clause is part.clause)
        step = part.inside and bool(done) and not (told or ahead & done)
        return bool(ahead) and not step  # "count to four, then spread them. Seven times."
    if part.inside:
        return part.listed and bool(part.kinds & done or (part.kinds and not done and not led))
    return bool(ahead & done) or not (done or led)


def _ahead(parts: Sequence[Part], at: int) -> set[str]:
    """The kinds of the doses from a part on, up to the next that may begin an exercise."""
    found: set[str] = set()
    for n, part in enumerate(parts[at:]):
        begins = part.fresh and (part.marked or (found and not part.inside))
        if part.aside or (n and begins):
            break
        found |= part.kinds
    return found


def _named(book: Book, parts: Sequence[Part]) -> Span:
    """What is brought in right before the dose, "and do heel raises, 20", else what is first."""
    dosed = next(part for part in parts if part.kinds)
    first = _first_named(book, parts[: parts.index(dosed) + 1])
    begin, end = first.name
    raw = dosed.clause.raw
    after = first.begin if dosed.clause is first.clause else 0
    told = book.grammar.pattern("prose", "brings").search(raw[: dosed.dose], after)
    if told and not _is_headed(first) and _may_be_brought(book, told["name"]):
        first, (begin, end) = dosed, told.span("name")
    return first.clause.span[0] + begin, first.clause.span[0] + end


def _may_be_brought(book: Book, name: str) -> bool:
    on = book.grammar.pattern("prose", "goes_on").match(name)
    return on is None and book.is_name(name, _MOST_LISTED + 1)


def _first_named(book: Book, parts: Sequence[Part]) -> Part:
    """The first part that names more than how one begins: "lie down, and lift the leg"."""
    setup = book.grammar.pattern("scope", "setup")
    lead = book.grammar.pattern("words", "lead")
    for part in parts:
        name = part.clause.raw[slice(*part.name)]
        if lead.fullmatch(f"{name}:"):  # "morning: cat and cow, ten"
            continue
        if part.fresh and _is_headed(part):
            return part
        if part.fresh and not (setup.match(name) or is_manner(book.grammar, name)):
            return part
    return parts[0]


def _told(book: Book, parts: Sequence[Part]) -> Iterator[Clause]:
    """The sentences of an exercise, or what of each belongs to it."""
    for clause, own in groupby(parts, key=lambda part: part.clause):
        mine = list(own)
        begin, end = mine[0].begin, mine[-1].end
        words = clause.raw[begin:end].rstrip(" ,;")
        whole = begin == 0 and end == len(clause.raw)
        yield clause if whole else Clause(words, clause.span[0] + begin, book.grammar)
