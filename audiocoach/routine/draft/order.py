"""Puts the exercises of a draft into the order of the text, whatever reader found each of them."""

from __future__ import annotations

from itertools import accumulate

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.model import DraftExercise


def put_in_order(book: Book) -> None:
    """Order exercises by their places; a warm-up that is told behind all others comes first."""
    exercises = book.draft.exercises
    places = list(accumulate((_place(each) for each in exercises), _or_before))
    late = _is_told_late(exercises, places)

    def key(n: int) -> tuple[bool, int]:
        return exercises[n].phase != "warmup" or not late, places[n]

    order = sorted(range(len(exercises)), key=key)
    moved = {old: new for new, old in enumerate(order)}
    book.draft.exercises = [exercises[n] for n in order]
    book.own = {moved[n]: clauses for n, clauses in book.own.items()}
    for group in book.draft.groups:
        group.members = sorted(moved[n] for n in group.members)


def _place(exercise: DraftExercise) -> int:
    return exercise.name_span[0] if exercise.name_span else -1


def _or_before(before: int, place: int) -> int:
    """A place, or that of the exercise before where there is none."""
    return place if place >= 0 else before


def _is_told_late(exercises: list[DraftExercise], places: list[int]) -> bool:
    """Whether the warm-up, under no heading, stands behind all other exercises."""
    warm = [n for n, each in enumerate(exercises) if each.phase == "warmup"]
    main = [places[n] for n, each in enumerate(exercises) if each.phase == "main"]
    apart = all(exercises[n].part < 0 for n in warm)
    return apart and min((places[n] for n in warm), default=0) > max(main, default=0)
