"""The warm-up and the cool-down, where a note tells of them: "warm up with 3 minutes marching"."""

from __future__ import annotations

from typing import Final

from audiocoach.routine.draft.book import Book, cut
from audiocoach.routine.draft.figures import Reading, figure
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Sentence
from audiocoach.routine.draft.naming import name_in
from audiocoach.routine.draft.sentences import Clause, Finding

_SHORTEST: Final = 20
"""Seconds of a warm-up at least."""
_OF_ROUNDS: Final = frozenset(("between", "round_rest", "group_until", "rounds"))
"""The findings that are of a group."""


def is_warm(clause: Clause) -> bool:
    return clause.has("scope", "warmup") or clause.has("scope", "cooldown")


def halves(book: Book, clause: Clause) -> list[Clause]:
    """A sentence on the warm-up and the cool-down, as two."""
    if not (clause.has("scope", "warmup") and clause.has("scope", "cooldown")):
        return [clause]
    parts = cut(book, clause, "split_finely")
    timed = [any(item.kind == "duration" for item in part.tagged.present()) for part in parts]
    return parts if len(parts) == 2 and all(timed) and all(map(is_warm, parts)) else [clause]


def _only_time(clause: Clause) -> Finding | None:
    """The only time of a sentence without another figure: "warm up 3 min marching"."""
    places = [at for at, char in enumerate(clause.tagged.text) if char in clause.tagged.items]
    items = [clause.tagged.items[clause.tagged.text[at]] for at in places]
    alone = len(items) == 1 and items[0].kind == "duration"
    if clause.findings or not alone or items[0].low < _SHORTEST:
        return None
    return Finding("for", items[0], clause.tagged.source(places[0], places[0] + 1), places[0])


def _time_of(clause: Clause, phase: str) -> Finding | None:
    """The time behind the word for a warm-up, else the first: "heat, then warm up for 5 min"."""
    timed = [f for f in clause.findings if f.item.kind == "duration" and f.item.low >= _SHORTEST]
    match = clause.search(clause.grammar.pattern("scope", phase))
    end = clause.spot(match)[1] if match else clause.span[0]
    return next((each for each in timed if each.span[1] > end), next(iter(timed), None))


def add_warm_up(book: Book, clause: Clause) -> bool:
    """ "Warm up with 3 minutes of marching" is an exercise."""
    warm = clause.has("scope", "warmup")
    if not (warm or clause.has("scope", "cooldown")):
        return False
    match = book.grammar.pattern("words", "of").search(clause.tagged.text)
    timed = _time_of(clause, "warmup" if warm else "cooldown")
    if any(each.field in _OF_ROUNDS for each in clause.findings):
        return False
    timed = timed or _only_time(clause)
    if timed is None:
        return False
    span = name_in(book, clause)
    if match and (span is None or warm):
        group = next(name for name, words in match.groupdict().items() if words)
        told = match.start(group), match.end(group)
        span = clause.tagged.source(*told) if book.is_name(match[group].strip()) else span
    if span is None:
        return False
    exercise = DraftExercise(book.draft.text[slice(*span)].strip()[:80], span)
    exercise.phase = "warmup" if warm else "cooldown"
    if book.grammar.pattern("words", "either").search(exercise.name):
        exercise.doubts["name"] = "choice"
    exercise.put("work_s", figure(timed))
    find_sides(Reading(exercise, [clause], book.grammar))
    exercise.sentences.append(Sentence(clause.span, "movement"))
    if warm:
        shifted = {n + 1: clauses for n, clauses in book.own.items()}
        book.own = {0: [clause], **shifted}
        book.draft.exercises.insert(0, exercise)
        for group_ in book.draft.groups:
            group_.members = [n + 1 for n in group_.members]
    else:
        book.draft.exercises.append(exercise)
    return True
