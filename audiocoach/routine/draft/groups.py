"""Exercises that belong together: circuits, supersets, minutes; and what is said once for all."""

from __future__ import annotations

import re

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Figure


def put_grouped(book: Book, name: str, made: Figure) -> None:
    """A figure of a group: of the last one begun, or of one that it begins."""
    begins = (
        name in ("rounds", "until_s")
        and book.grouped
        and (book.grouped[-1].keys() & {"rounds", "until_s"})
    )
    if begins and any(
        book.grouped[-1]["rounds" if "rounds" in book.grouped[-1] else "until_s"].spans[0][0]
        < (x.name_span or (0, 0))[0]
        < made.spans[0][0]
        for x in book.draft.exercises
    ):
        book.grouped.append({name: made})
    elif book.grouped:
        book.grouped[-1].setdefault(name, made)
    else:
        book.grouped.append({name: made})


def apply_defaults(book: Book) -> None:
    for exercise in book.draft.exercises:
        if exercise.phase != "main":
            continue
        for name, made in book.defaults.items():
            if holds_for(book, name, exercise):
                exercise.put(name, made)


def holds_for(book: Book, name: str, exercise: DraftExercise) -> bool:
    """Whether what is said of all exercises holds for this one."""
    figures = exercise.figures
    limits = book.numbered.get(name)
    if limits and not (exercise.label.isdigit() and limits[0] <= int(exercise.label) <= limits[1]):
        return False
    if name == "work_s":
        return not figures.keys() & {"hold_s", "work_s", "reps", "hold_breaths"}
    if name == "every_s":
        return "reps" in figures and not in_timed_group(book, exercise)
    if name == "rest_s":
        sets = figures.get("sets") or book.defaults.get("sets")
        return sets is not None and sets.value != 1 and not is_once(book, exercise)
    return not (name == "sets" and is_once(book, exercise)) and not (
        name == "sides" and "each" in figures
    )


def in_timed_group(book: Book, exercise: DraftExercise) -> bool:
    """Whether another heading than EMOM stands before it: an AMRAP."""
    until = next((each["until_s"] for each in book.grouped if "until_s" in each), None)
    every = book.defaults.get("every_s")
    if not until or not every or not exercise.name_span:
        return False
    return every.spans[0][0] < until.spans[0][0] < exercise.name_span[0]


def is_once(book: Book, exercise: DraftExercise) -> bool:
    at = book.draft.exercises.index(exercise)
    return any(clause.has("words", "once_only") for clause in book.own.get(at, []))


def make_supersets(book: Book) -> None:
    """A1 and A2 are done by turns."""
    letters: dict[str, list[int]] = {}
    for n, exercise in enumerate(book.draft.exercises):
        if re.fullmatch(r"[A-Za-z]\d", exercise.label):
            letters.setdefault(exercise.label[0].upper(), []).append(n)
    for members in letters.values():
        sets = [book.draft.exercises[n].figures.get("sets") for n in members]
        if (
            len(members) < 2
            or not sets[0]
            or any(not each or each.value != sets[0].value for each in sets)
        ):
            continue
        group = DraftGroup(members, {"rounds": sets[0]})
        rests = [book.draft.exercises[n].figures.pop("rest_s", None) for n in members]
        for n in members:
            del book.draft.exercises[n].figures["sets"]
        if rests[-1]:
            group.figures["rest_s"] = rests[-1]
        if (
            rests[0]
            and len({str(each and each.value) for each in rests[:-1]}) == 1
            and len(members) > 1
        ):
            group.figures["between_rest_s"] = rests[0]
        book.draft.groups.append(group)


def share_minutes(book: Book) -> None:
    """Sets by the minute: as many as the whole time has minutes."""
    every = [x for x in book.draft.exercises if x.value("every_s") is not None]
    if book.emom is None or not every or not isinstance(book.emom.value, int | float):
        return
    count = book.emom.value / (every[0].value("every_s") * len(every))
    if count >= 1 and count == int(count):
        for exercise in every:
            told = "the minutes, shared out among the exercises"
            doubt = "" if len(every) == 1 else "minutes"
            exercise.put("sets", Figure(int(count), book.emom.spans, doubt, told))


def make_groups(book: Book) -> None:
    """The circuits that the notes describe."""
    if book.draft.groups:
        return
    main = [n for n, each in enumerate(book.draft.exercises) if each.phase == "main"]
    places = [min(made.spans[0][0] for made in each.values()) for each in book.grouped]
    for n, figures in enumerate(book.grouped):
        if not figures.keys() & {"rounds", "until_s", "between_rest_s"}:
            continue
        members = main
        if len(book.grouped) > 1 or "until_s" in figures:
            end = places[n + 1] if n + 1 < len(places) else len(book.view)
            members = [m for m in main if places[n] < place_of(book, m) < end]
        if not members and len(book.grouped) == 1:
            members = main
        if members:
            book.draft.groups.append(DraftGroup(members, figures))


def place_of(book: Book, member: int) -> int:
    span = book.draft.exercises[member].name_span
    return span[0] if span else 0
