"""How often an exercise or a session is done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import number
from audiocoach.routine.draft.lines import Line, lines_of
from audiocoach.routine.draft.model import DOSE_FIELDS, DraftExercise, Figure
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tagged import Item

_HOURS: Final = re.compile(
    r"\d{3} \d{3}|\d{5}|\b\d{1,2}[.:h]\d\d\b|\d ?[-–] ?\d{1,2} ?(?:h|Uhr|am|pm)\b"
)
"""A telephone number, or hours of the day."""
_ADDED: Final = re.compile(r"\+ ?\d+(?:[.,]\d+)? ?(?:kg|kilos?|lbs?|%)")
"""What is added every few days."""
_MOST_OVER: Final = 12
"""Words of a heading that tells how often what stands under it is done."""
_FEWEST_OVER: Final = 2
"""Headings with exercises under each, if they tell of these and not of the session."""


def how_often(book: Book, clause: Clause) -> Figure | None:
    """How often, in a sentence."""
    dropped = book.grammar.pattern("words", "not_often")
    text = dropped.sub(lambda match: " " * len(match[0]), clause.tagged.text)
    found = [
        (at, clause.tagged.items[char])
        for at, char in enumerate(text)
        if char in clause.tagged.items and clause.tagged.items[char].kind == "frequency"
    ]
    if not found:
        return None
    between = text[found[0][0] : found[-1][0]]
    opposed = book.grammar.pattern("words", "but_often").search(between)
    if ";" not in between and not opposed:
        found = [each for each in found if not _is_daily(each[1])] or found[:1]
    at, item = next((each for each in found[1:] if _is_total(clause, each[0])), found[0])
    if _ADDED.search(clause.raw):
        return None
    if item.per in ("", "month", "minute") or _is_open(clause, item):
        return None
    if item.unit == "every" or (item.per == "hour" and item.value == 1):
        count = number(item)
        plain = item.low == item.high == 1
        amount = "-".join(map(str, count)) if isinstance(count, list) else str(count)
        value = {"every": item.per if plain else f"{amount} {item.per}s"}
    else:
        value = {"times": number(item), "per": item.per}
    others = {(str(each.value), each.per, each.unit) for _, each in found}
    several = len(others) > 1 and not _is_total(clause, at)
    doubt = "changes" if several else item.doubt
    return Figure(value, (clause.tagged.source(at, at + 1),), doubt)


def _is_total(clause: Clause, at: int) -> bool:
    """Whether "in all" stands behind how often: "Thursday and Saturday too, 3 days in total"."""
    pattern = clause.grammar.pattern("words", "altogether")
    return pattern.match(clause.tagged.text[at + 1 :]) is not None


def _is_daily(item: Item) -> bool:
    """Whether an item is no more than "every day", as in "every day, morning and evening"."""
    return (item.low, item.high, item.per, item.unit) == (1, 1, "day", "")


def _is_open(clause: Clause, item: Item) -> bool:
    """Whether "Monday to Friday" is when somebody answers the telephone."""
    return item.per == "week" and bool(_HOURS.search(clause.raw))


def put_over(book: Book, lines: list[Line]) -> None:
    """How often the exercises are done that stand under headings that each tell it.

    "From the first day, four times a day" stands over some, "From week 3, twice a day" over others.
    """
    told = [(line.start, often) for line in lines[1:] if (often := _told_over(book, line))]
    over: dict[int, list[DraftExercise]] = {at: [] for at, _ in told}
    for exercise in book.draft.exercises:
        place = exercise.name_span[0] if exercise.name_span else -1
        heads = [at for at, _ in told if at <= place]
        if heads and exercise.phase == "main":
            over[heads[-1]].append(exercise)
    if sum(map(bool, over.values())) < _FEWEST_OVER:
        return
    for at, often in told:
        for exercise in over[at]:
            exercise.put("schedule", often)
        if over[at] and book.draft.figures.get("schedule", often).spans == often.spans:
            book.draft.figures.pop("schedule", None)


def _told_over(book: Book, line: Line) -> Figure | None:
    """How often, in a heading that stands apart and holds no dose."""
    apart = line.gap and line.kind in ("", "hash", "label") and line.text[-1] not in ".!?;,"
    if not apart or len(line.text.split()) > _MOST_OVER or book.has_own_dose(line):
        return None
    return how_often(book, book.clause(line))


def put_schedule(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    for clause in clauses:
        made = how_often(book, clause)
        if made and exercise.phase != "main":  # a walk home has no schedule of its own
            put_often(book, made)
        elif made:
            exercise.put("schedule", made)
        if made:
            return


def settle_often(book: Book) -> None:
    """How often all is done, where only what is no exercise, or each exercise, tells of it."""
    session = book.draft.figures
    exercises = [each for each in book.draft.exercises if "name" not in each.doubts]
    apart = [
        each
        for each in book.draft.exercises
        if each.doubts.get("name") == "name" and len(each.figures.keys() & set(DOSE_FIELDS)) < 2
    ]
    told = [each.figures["schedule"] for each in apart if "schedule" in each.figures]
    own = [each for each in exercises if "schedule" in each.figures]
    main = [each for each in exercises if each.phase == "main"]
    if told and "schedule" not in session and not own and exercises:
        session["schedule"] = replace(told[0], doubt=told[0].doubt or "for all")
        for each in apart:
            each.figures.pop("schedule", None)
    elif "schedule" not in session and not any(
        "schedule" in each.figures for each in book.draft.exercises
    ):
        _last_resort(book)
    _share_often(book)
    _ask_of_others(book)
    often = session.get("schedule")
    if often and often.doubt and len(main) > 1 and all(each in own for each in main):
        del session["schedule"]


def _share_often(book: Book) -> None:
    """How often the other exercises are done, where one has a frequency of its own.

    "Do each of them 10 times, three times a day, unless stated otherwise" is said of exercises;
    "go through the sheet three times a day" of the session.
    """
    often = book.draft.figures.get("schedule")
    main = [each for each in book.draft.exercises if each.phase == "main"]
    if often is None or not any(_differs(each, often) for each in main):
        return
    begin = often.spans[0][0]
    told = [each for each in book.clauses if each.span[0] <= begin < each.span[1]]
    of_some = (("words", "others"), ("words", "kind_of"))
    if any(each.has("words", "whole_sheet") for each in told):
        return
    dosed = any(each.findings and each.has("scope", "each_exercise") for each in told)
    if dosed or any(each.has(*name) for each in told for name in of_some):
        del book.draft.figures["schedule"]
        for exercise in main:
            exercise.put("schedule", often)


def _ask_of_others(book: Book) -> None:
    """A question of how often all is done, where a sentence that nobody has read says otherwise."""
    often = book.draft.figures.get("schedule")
    if often is None or often.doubt:
        return
    used = [each.value("schedule") for each in book.draft.exercises]
    for clause in book.said(lines_of(book.view)):
        other = None if clause.has("scope", "refused") else how_often(book, clause)
        if other and other.value not in (often.value, *used):
            book.draft.figures["schedule"] = replace(often, doubt="several")
            return


def _differs(exercise: DraftExercise, often: Figure) -> bool:
    """Whether an exercise has a frequency of its own."""
    return exercise.value("schedule") not in (None, often.value)


def _last_resort(book: Book) -> None:
    """How often, as a question, where only a sentence that no rule understands tells of it."""
    for clause in book.said(lines_of(book.view)) if book.draft.exercises else ():
        often = None if clause.has("scope", "refused") else how_often(book, clause)
        if often and often.value.get("times") and often.value["per"] in ("day", "week"):
            book.draft.figures["schedule"] = replace(often, doubt=often.doubt or "for all")
            return


def put_often(book: Book, often: Figure) -> None:
    """How often the session is done; told twice and otherwise, it is a question."""
    known = book.draft.figures.setdefault("schedule", often)
    if known.value != often.value and not known.doubt:
        book.draft.figures["schedule"] = replace(known, doubt="several")
