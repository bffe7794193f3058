"""Reads tables: a row is an exercise, a column a figure."""

from __future__ import annotations

import re

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.blocks import Cell
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import Reading, number
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.schedules import how_often
from audiocoach.routine.draft.sentences import Clause

Column = tuple[str, Cell]
"""What a column holds, and its head."""


def read_table(book: Book, rows: list[list[Cell]]) -> None:
    """A table with a column for the names; each row is an exercise."""
    columns = columns_of(book, rows[0])
    if "name" not in columns:
        return
    for row in rows[1:]:
        cells = {name: row[n] for name, n in columns.items() if n < len(row)}
        name = cells.pop("name", None)
        if name is None or not any(map(str.isalpha, name.text)):
            continue
        exercise = DraftExercise(name.text.strip()[:80], (name.start, name.end))
        span = (row[0].start, row[-1].end)
        for field, cell in cells.items():
            read_cell(book, exercise, (field, rows[0][columns[field]]), cell, span)
        clause = Clause(book.view[slice(*span)], span[0], book.grammar)
        book.clauses.append(clause)
        add(book, exercise, [])
        book.own[len(book.draft.exercises) - 1] = [clause]


def columns_of(book: Book, header: list[Cell]) -> dict[str, int]:
    columns: dict[str, int] = {}
    order = ("schedule", "tempo", "rest", "hold", "sets", "reps", "sides", "equipment", "name")
    for n, cell in enumerate(header):
        for field in order:
            pattern = book.grammar.pattern("table", field)
            if field not in columns and pattern.search(cell.text):
                columns[field] = n
                break
    return columns


def read_cell(book: Book, exercise: DraftExercise, column: Column, cell: Cell, span: Span) -> None:
    field, head = column
    if book.grammar.pattern("table", "none").fullmatch(cell.text.strip()):
        return
    clause = Clause(cell.text, cell.start, book.grammar)
    item = next(iter(clause.tagged.present()), None)
    if field == "sides":
        first_side = Reading(DraftExercise(""), [clause], book.grammar)
        find_sides(first_side)
        for name, made in first_side.exercise.figures.items():
            exercise.put(name, Figure(made.value, (span,), made.doubt))
    elif field == "equipment":
        exercise.equipment.setdefault(cell.text.strip(), (cell.start, cell.end))
    if item is None or item.kind in ("noise", "distance"):
        return
    if field == "schedule":
        week = book.grammar.pattern("table", "week").search(head.text)
        often = how_often(book, clause)
        value = often.value if often else {"times": number(item), "per": "week" if week else "day"}
        exercise.put("schedule", Figure(value, (span,), item.doubt))
    elif field in ("sets", "reps", "hold", "rest"):
        read_count(exercise, column, clause, span)


def read_count(exercise: DraftExercise, column: Column, clause: Clause, span: Span) -> None:
    field, head = column
    found = {each.field: each for each in clause.findings}
    if field in ("sets", "reps") and {"sets", "reps"} <= found.keys():
        exercise.put("sets", Figure(number(found["sets"].item), (span,), found["sets"].item.doubt))
        exercise.put("reps", Figure(number(found["reps"].item), (span,), found["reps"].item.doubt))
        return
    item = next(iter(clause.tagged.present()))
    unit = re.search(r"\(?(min|m)\b", head.text, re.IGNORECASE)
    times = 60 if item.kind == "number" and unit and field in ("hold", "rest") else 1
    value = number(item)
    if times > 1 and not isinstance(value, dict):
        value = [each * times for each in value] if isinstance(value, list) else value * times
    name = {"hold": "hold_s", "rest": "rest_s"}.get(field, field)
    if item.kind == "duration" and field == "reps":
        name = "hold_s"
    doubt = item.doubt
    if item.kind == "breaths":
        name = "hold_breaths"
    exercise.put(name, Figure(value, (span,), doubt))
