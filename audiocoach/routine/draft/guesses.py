"""Guesses what a number in the sentences of an exercise means, where no rule has read it.

A rule knows the words that authors mostly use. Whatever else they say, what is counted or timed
narrows down what it can be: seconds are a hold, work or a rest, whichever the exercise lacks. That
is a guess, so each becomes a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import TIMED, moves, number
from audiocoach.routine.draft.leftovers import is_read, values_of
from audiocoach.routine.draft.lines import lines_of
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.sentences import LONGEST_SESSION, Clause
from audiocoach.routine.draft.tagged import Item

GUESS: Final = "guess"
"""The doubt of a guess."""
_COUNTS: Final[Mapping[str, str]] = {
    "sets": "sets",
    "reps": "reps",
    "times": "reps",
    "breaths": "hold_breaths",
    "number": "reps",
    "list": "reps",
}
"""What a count can be, by the kind of its item."""
_STILL: Final = ("hold_s", "work_s", "hold_breaths", "phases_s", "tempo", "rep_duration_s")
"""What fills the time of a rep."""
_LEAST_REST: Final = 15
"""Seconds; a shorter time beside sets is rather a hold."""
_LONGEST: Final = {"hold_s": 120, "work_s": 600, "rest_s": 300, "rep_rest_s": 60}
"""Seconds that a guess has at most."""
_SHORTEST_LENGTH: Final = 480
"""Seconds of the length of a session that is only guessed."""
_FEWEST: Final = 2
_MOST: Final = 50
"""What reps are at least and at most."""
_NEAR: Final = 2
"""Words in front of a bare number that counts: "And do a dozen, or fewer"."""


def guess(book: Book) -> None:
    """Make figures of the numbers of each exercise that no rule has read, as questions."""
    for n, exercise in enumerate(book.draft.exercises):
        for clause, item, at in list(_unread(book, exercise, book.own.get(n, []))):
            field = _field(exercise, clause, item, at)
            timed = field in ("hold_s", "work_s") and {"hold_s", "work_s"} & book.defaults.keys()
            if field and not timed:
                span = clause.tagged.source(at, at + 1)
                exercise.put(field, Figure(number(item), (span,), item.doubt or GUESS))


def guess_length(book: Book) -> None:
    """How long all takes, as a question, where only a sentence tells it that is about more.

    "I do all of it every evening, and it takes me about 25 minutes."
    """
    if "duration_s" in book.draft.figures or len(book.draft.exercises) < _FEWEST:
        return
    for clause in book.said(lines_of(book.view)):
        told = [each for each in clause.findings if each.field == "duration"]
        lasts = told and _SHORTEST_LENGTH <= told[0].item.low <= LONGEST_SESSION
        before = clause.raw[: told[0].span[1] - clause.span[0]] if told else ""
        refused = book.grammar.pattern("scope", "refused").search(before)
        if lasts and len(told) == len(clause.findings) and not refused:
            made = Figure(number(told[0].item), (told[0].span,), told[0].item.doubt or "length")
            book.draft.figures["duration_s"] = made
            return


def _unread(
    book: Book, exercise: DraftExercise, clauses: list[Clause]
) -> Iterator[tuple[Clause, Item, int]]:
    """The numbers in the sentences of an exercise that are no figure, and where they stand."""
    every = [*exercise.figures.values(), *book.draft.figures.values()]
    known = {value for made in exercise.figures.values() for value in values_of(made.value)}
    named = exercise.name_span or (-1, -1)
    for clause in clauses:
        aside = clause.has("scope", "ignored") or clause.has("words", "last_only")
        if aside or any(clause.has("levels", level) for level in ("beginner", "advanced")):
            continue
        if clause.span[0] < named[1] and named[0] < clause.span[1]:
            continue
        for at, letter in enumerate(clause.tagged.text):
            item = clause.tagged.items.get(letter)
            span = clause.tagged.source(at, at + 1)
            if item is None or span in clause.dropped or is_read(item, span, every):
                continue
            if not {item.low, item.high, *item.values} <= known:
                yield clause, item, at


def _field(exercise: DraftExercise, clause: Clause, item: Item, at: int) -> str:
    """What a number is taken for; "" if it tells too little."""
    figures = exercise.figures
    if item.kind in TIMED:
        field = _time(exercise, clause, item)
        return field if item.high <= _LONGEST.get(field, 0) else ""
    field = _COUNTS.get(item.kind, "")
    if field == "hold_breaths" and figures.keys() & {"reps", *_STILL}:
        return ""
    if field == "sets" and not figures.keys() & {"reps", "work_s"}:
        return ""
    if field == "reps" and figures.keys() & {"work_s", "hold_breaths", "phases_s"}:
        return ""
    if item.kind == "number" and not (
        _FEWEST < item.low <= item.high <= _MOST and len(clause.tagged.text[:at].split()) <= _NEAR
    ):
        return ""
    return "" if field in figures else field


def _time(exercise: DraftExercise, clause: Clause, item: Item) -> str:
    """Whether a time is a hold, work or a rest."""
    figures = exercise.figures
    counted = figures.keys() & {"reps", "sets"}
    rests = "sets" in figures and "rest_s" not in figures and item.low >= _LEAST_REST
    if not figures.keys() & {*_STILL, "every_s"} and not rests:
        moved = moves(clause.grammar, clause.raw) or moves(clause.grammar, exercise.name)
        return "work_s" if moved and not counted else "hold_s"
    if rests:
        return "rest_s"
    held = "hold_s" in figures and "reps" in figures and "sets" not in figures
    return "rep_rest_s" if held and "rep_rest_s" not in figures else ""
