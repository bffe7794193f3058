"""A dose that stands once over a bare list of names: it is that of each of them.

"40 seconds of work, 20 of rest, three rounds" over six names; or a line for beginners and one for
the advanced. Where no word says that it is meant for each, that is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading, figure
from audiocoach.routine.draft.lines import NAME_WORDS, Line
from audiocoach.routine.draft.model import DOSE_FIELDS, DraftExercise, DraftGroup, Figure
from audiocoach.routine.draft.notes import take_length
from audiocoach.routine.draft.schedules import how_often, put_often
from audiocoach.routine.draft.sentences import Clause, Finding
from audiocoach.routine.draft.things import equip_session
from audiocoach.routine.draft.warm import is_warm

_FEWEST: Final = 3
"""Names of a list."""
_MOST_LISTS: Final = 2
"""Lists with a dose over them; more are each the cues of one exercise."""
_NEAR: Final = 4
"""Lines over a list in which its dose may stand."""
_MOST_WORDS: Final = 12
"""Words of a marked line that names an exercise, and tells a little more."""
_LONGEST: Final = 90
"""Letters of a line of a list."""
_STOPS: Final = re.compile(r"[,(.:;!?–—]|\s-\s")
_TURNS: Final = frozenset(("work", "between", "rounds", "every"))
"""The findings of work by turns."""
_OF_GROUP: Final = {"rounds": "rounds", "round_rest": "rest_s", "between": "between_rest_s"}
_OF_EACH: Final = frozenset(("work", "for", "hold", "reps", "sets", "repeat"))
"""The findings that are a dose."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A bare list of names, and the lines over it that hold its dose."""

    over: list[Line]
    begin: int
    end: int

    def holds(self, place: int) -> bool:
        """Whether a place in the text is inside of the list."""
        return self.begin <= place < self.end


def listings(book: Book, lines: Sequence[Line]) -> list[Listing]:
    """The bare lists of a text with a dose over them."""
    found = []
    for begin, end in _runs(book, lines):
        over = _over(book, lines[:begin])
        if over:
            found.append(Listing(over, lines[begin].start, lines[end - 1].end))
    return found if len(found) <= _MOST_LISTS else []


def _runs(book: Book, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where bare names stand one below the other, marked alike."""
    bare = [_is_bare(book, line) for line in lines]
    cuts = [
        n
        for n, (before, line) in enumerate(pairwise(lines), 1)
        if not (bare[n] and bare[n - 1] and line.kind == before.kind)
        or (line.gap and not line.kind)
    ]
    for begin, end in pairwise([0, *cuts, len(lines)]):
        if end - begin >= _FEWEST and bare[begin]:
            yield begin, end


def _is_bare(book: Book, line: Line) -> bool:
    """Whether a line names an exercise, and gives no dose."""
    if line.kind not in ("", "bullet", "number", "letter", "small") or len(line.text) > _LONGEST:
        return False
    if book.has_dose([line]) or book.heads_part(line) or line.text[-1] in ":;":
        return False
    name = _STOPS.split(line.text)[0]
    whole = line.kind != "" or book.may_be_name(line)
    return whole and book.is_name(name, NAME_WORDS if not line.kind else _MOST_WORDS)


def _over(book: Book, before: Sequence[Line]) -> list[Line]:
    """The lines over a list with its dose."""
    found: list[Line] = []
    for line in reversed(before[max(1, len(before) - _NEAR) :]):
        clauses = book.said([line])
        if any(map(is_warm, clauses)):
            continue
        if line.kind or book.heads_part(line):
            break
        fields = {each.field for clause in clauses for each in clause.findings}
        turned = bool(fields & _TURNS)
        if not (turned or _is_for_level(book, line)) and book.names_itself(line):
            break
        aside = _is_aside(clauses) and not _is_for_level(book, line)
        if turned or (fields & _OF_EACH and not aside):
            found.insert(0, line)
    fields = {each.field for clause in book.said(found) for each in clause.findings}
    return found if fields & _OF_EACH else []


def _is_for_level(book: Book, line: Line) -> bool:
    return any(words.match(line.text) for _, words in book.grammar.section("levels"))


def _is_aside(clauses: Sequence[Clause]) -> bool:
    return any(clause.has("scope", name) for clause in clauses for name in ("ignored", "refused"))


def take_listing(book: Book, listing: Listing) -> None:
    """Give the exercises of a list the dose over it."""
    members = [
        n
        for n, each in enumerate(book.draft.exercises)
        if each.name_span and listing.holds(each.name_span[0])
    ]
    each_of, group = _told(book, listing)
    for n in members:
        exercise = book.draft.exercises[n]
        own = exercise.figures.keys() & set(DOSE_FIELDS)
        for name, made in each_of.items():
            if not (own and name in DOSE_FIELDS):
                exercise.put(name, made)
    known = next((each for each in book.draft.groups if each.members == members), None)
    if known:  # told below the list, too: "Three rounds."
        known.figures = group | known.figures
    elif group and members:
        book.draft.groups.append(DraftGroup(members, group))


def _told(book: Book, listing: Listing) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """The figures of each name of a list, and those of all together."""
    by_level: dict[str, list[Clause]] = {}
    for line in listing.over:
        for clause in book.sentences([line]):
            for level, part in _levels(book, clause):
                by_level.setdefault(level, []).append(part)
            _note(book, clause)
    each_of = {level: _figures(book, told) for level, told in by_level.items()}
    if any("work_s" in made for made in each_of.values()):
        each_of = {level: _worked(made) for level, made in each_of.items()}
    figures = _merged(each_of)
    groups = _merged({level: _of_group(told) for level, told in by_level.items()})
    clauses = [clause for told in by_level.values() for clause in told]
    apiece = next(_found(clauses, "sets_each"), None)
    timed = any(_found(clauses, "work")) and not any(_found(clauses, "rounds"))
    times = (each for each in _found(clauses, "reps", "repeat") if each.item.kind == "times")
    sets = apiece or (next(times, None) if timed else None)
    if sets:  # each has all its sets before the next begins
        own = figures.pop("rest_s", None)
        figures.pop("reps", None)
        rest = groups.get("between_rest_s", own)
        doubt = sets.item.doubt or ("" if apiece else "all")
        figures["sets"] = replace(figure(sets), doubt=doubt)
        return figures | ({"rest_s": rest} if rest else {}), {}
    if groups:
        _by_turns(figures, groups)
    return figures, groups


def _found(clauses: list[Clause], *fields: str) -> Iterator[Finding]:
    return (each for clause in clauses for each in clause.findings if each.field in fields)


def _by_turns(figures: dict[str, Figure], groups: dict[str, Figure]) -> None:
    """Work by turns: its sets are rounds, and what is done for a time is work."""
    rest = figures.pop("rest_s", None)
    if "sets" in figures:
        groups.setdefault("rounds", figures.pop("sets"))
        free = ("rest_s", "between_rest_s")
    else:
        free = ("between_rest_s", "rest_s")
    place = next((name for name in free if name not in groups), None)
    if rest and place:
        groups[place] = rest
    if "reps" not in figures and "hold_s" in figures:
        figures.setdefault("work_s", figures.pop("hold_s"))


def _worked(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Figures in which a time that may be one of holding is one of work."""
    if "work_s" in figures or "hold_s" not in figures:
        return figures
    return {("work_s" if name == "hold_s" else name): made for name, made in figures.items()}


def _figures(book: Book, clauses: list[Clause]) -> dict[str, Figure]:
    """What is said of each; a question where no word says that it is of each."""
    reading = Reading(DraftExercise(""), clauses, book.grammar)
    reading.found = [each for each in reading.found if each[0].field not in _OF_GROUP]
    made = read_exercise(reading).figures
    said = any(clause.has("scope", "each_exercise") for clause in clauses)
    turned = bool(reading.of("work"))
    if any(clause.search(book.grammar.pattern("table", "work")) for clause in clauses):
        made = _worked(made)
    skipped = ("position", "each", "sides") if turned else ("position", "each")
    return {
        name: each if said or turned else replace(each, doubt=each.doubt or "all")
        for name, each in made.items()
        if name not in skipped
    }


def _of_group(clauses: list[Clause]) -> dict[str, Figure]:
    """What is said of all together: rounds, and rests."""
    made: dict[str, Figure] = {}
    for clause in clauses:
        for each in clause.findings:
            if each.field in _OF_GROUP:
                made.setdefault(_OF_GROUP[each.field], figure(each))
    return made


def _levels(book: Book, clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The parts of a sentence that are for one level each: "beginners 20 s; advanced 40 s"."""
    named = sorted(
        (match.start(), level)
        for level, words in book.grammar.section("levels")
        for match in [words.search(clause.raw)]
        if match
    )
    if not named or (len(named) == 1 and named[0][0] > 0):
        yield "", clause
        return
    cuts = [max(clause.raw.rfind(sign, 0, at) for sign in ";,.") + 1 for at, _ in named[1:]]
    for (_, level), begin, end in zip(named, [0, *cuts], [*cuts, len(clause.raw)], strict=True):
        part = clause.raw[begin:end]
        at = begin + len(part) - len(part.lstrip())
        yield level, Clause(part.strip(), clause.span[0] + at, book.grammar)


def _merged(told: dict[str, dict[str, Figure]]) -> dict[str, Figure]:
    """The figures for all, and those that differ by level, as one of levels."""
    made = dict(told.pop("", {}))
    for name in {name for figures in told.values() for name in figures}:
        values = {level: each[name] for level, each in told.items() if name in each}
        spans = tuple(span for each in values.values() for span in each.spans)
        first = next(iter(values.values()))
        if len(values) == len(told) > 1 and len({str(each.value) for each in values.values()}) > 1:
            by_level: Any = {level: each.value for level, each in values.items()}
            made.setdefault(name, Figure(by_level, spans, first.doubt))
        else:
            made.setdefault(name, replace(first, doubt=first.doubt or "levels"))
    return made


def _note(book: Book, clause: Clause) -> None:
    """What is said of the session beside the dose."""
    often = how_often(book, clause)
    if often:
        put_often(book, often)
    for each in clause.findings:
        take_length(book, each)
    equip_session(book, clause)
