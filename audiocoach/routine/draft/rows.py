"""Reads tables: a row is an exercise, a column a figure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.book import Book, struck
from audiocoach.routine.draft.cells import Cell
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading, number
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.naming import phase_of
from audiocoach.routine.draft.phases import TEMPO, tempo_of
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import how_often
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.things import equip

_FIELDS: Final = {
    "sets": "sets",
    "reps": "reps",
    "work": "work_s",
    "hold": "hold_s",
    "rest": "rest_s",
}
"""The figure of a column."""
_LABEL: Final = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
"""What marks the rows of a superset: "2a"."""
_FEWEST: Final = 3
"""Rows of a table with headings between them."""
_SHOWN: Final = 40
"""Letters of such a heading that tell what it is over."""
Column = tuple[str, Cell]
"""What a column holds, and its head."""


def read_tables(book: Book, tables: list[list[list[Cell]]]) -> None:
    """The tables of a text, each as rows of cells."""
    for rows in tables:
        _read_table(book, rows)


def _read_table(book: Book, rows: list[list[Cell]]) -> None:
    """A table with a column for the names; each row is an exercise."""
    rows = _apart(book, rows)
    columns = book.columns_of(rows[0])
    if "name" not in columns or len(rows) < _FEWEST - 1:  # "Name: ...   Side: ..." is a form
        return
    book.table_end = rows[-1][-1].end
    leveled = _leveled(book, rows[0])
    part: int | None = None
    for row in rows[1:]:
        cells = {name: row[n] for name, n in columns.items() if n < len(row)}
        name = cells.pop("name", None)
        over = _over_rows(row) if len(rows) > _FEWEST and row is not rows[-1] else None
        if over is not None or name is None or not any(map(str.isalpha, name.text)):
            part = part if over is None else over
            continue
        label = row[0].text.strip() if _LABEL.fullmatch(row[0].text.strip()) else ""
        exercise = DraftExercise(
            name.text.strip()[:80],
            (name.start, name.end),
            label=label,
            part=row[0].part if part is None else part,
        )
        exercise.phase = "main" if part is None else phase_of(book, _first_line(book, part))
        span = (row[0].start, row[-1].end)
        _put_leveled(book, exercise, leveled, (rows[0], row))
        for field, cell in cells.items():
            read_cell(book, exercise, (field, rows[0][columns[field]]), cell, span)
        clause = Clause(book.view[slice(*span)], span[0], book.grammar)
        if clause.has("scope", "refused"):
            book.draft.forbidden.append(span)
            continue
        book.clauses.append(clause)
        add(book, exercise, [])
        for n, cell in enumerate(row):
            if n not in columns.values() and cell.text.strip():
                _read_note(book, exercise, cell, span)
        equip(book, exercise, [clause])
        if len(row) > len(rows[0]):
            exercise.doubts["name"] = "columns"
            for field, made in exercise.figures.items():
                exercise.figures[field] = replace(made, doubt=made.doubt or "columns")
        book.own[len(book.draft.exercises) - 1] = [clause]


def _over_rows(row: list[Cell]) -> int | None:
    """Where a row has words in one cell alone, and is a heading over those below."""
    told = [cell for cell in row if any(map(str.isalnum, cell.text))]
    plain = len(told) == 1 and not any(map(str.isdigit, told[0].text))
    plain = plain and not struck(told[0].text)
    return told[0].start if plain else None


def _first_line(book: Book, begin: int) -> str:
    return book.view[begin : begin + _SHOWN].partition("\n")[0].partition("|")[0]


def _leveled(book: Book, header: list[Cell]) -> dict[str, dict[str, int]]:
    """The columns with one figure for each level, or side: "Reps beginner", "Right"."""
    found: dict[str, dict[str, int]] = {}
    for n, head in enumerate(header):
        for side in ("right", "left"):
            if book.grammar.pattern("side_words", side).fullmatch(head.text.strip()):
                found.setdefault("reps", {})[side] = n
        for field in _FIELDS:
            if book.grammar.pattern("table", field).search(head.text):
                for level, pattern in book.grammar.section("levels"):
                    if pattern.search(head.text):
                        found.setdefault(field, {})[level] = n
                break
    return {field: by_level for field, by_level in found.items() if len(by_level) > 1}


def _put_leveled(
    book: Book,
    exercise: DraftExercise,
    leveled: dict[str, dict[str, int]],
    rows: tuple[list[Cell], list[Cell]],
) -> None:
    """A figure for each level, from the cells of a row below a header."""
    header, row = rows
    span = (row[0].start, row[-1].end)
    for field, by_level in leveled.items():
        values: dict[str, dict[str, Any]] = {}
        for level, n in by_level.items():
            told = DraftExercise("")
            if n < len(row):
                read_cell(book, told, (field, header[n]), row[n], span)
            for name, made in told.figures.items():
                values.setdefault(name, {})[level] = made.value
        for name, value in values.items():
            if len(value) == len(by_level):
                same = len(set(map(str, value.values()))) == 1
                exercise.put(name, Figure(next(iter(value.values())) if same else value, (span,)))
        if "right" in by_level and values:
            exercise.put("sides", Figure("right-then-left", (span,), "order"))


def _apart(book: Book, rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows, with two columns where a head names two: "Work/Rest" over "30/15"."""
    for n, head in reversed(list(enumerate(rows[0]))):
        named = {field for half in _halves(head) for field in book.columns_of([half])}
        struck = all("/" in row[n].text for row in rows if n < len(row))
        if struck and len(named & _FIELDS.keys()) == len(_halves(head)):
            rows = [
                [*row[:n], *(_halves(row[n]) if n < len(row) else []), *row[n + 1 :]]
                for row in rows
            ]
    return rows


def _halves(cell: Cell) -> list[Cell]:
    """The two parts of a cell around a stroke; of one without, the second is empty."""
    first, stroke, second = cell.text.partition("/")
    at = cell.start + len(first) + len(stroke)
    halves = replace(cell, text=first, end=cell.start + len(first)), Cell(second, at, cell.end)
    return [_bare(half) for half in halves]


def _bare(cell: Cell) -> Cell:
    text = cell.text.strip()
    begin = cell.start + len(cell.text) - len(cell.text.lstrip())
    return replace(cell, text=text, start=begin, end=begin + len(text))


def _read_note(book: Book, exercise: DraftExercise, cell: Cell, span: Span) -> None:
    """A cell whose column holds no figure: the side and the position that it may name."""
    told = Reading(DraftExercise(""), [Clause(cell.text, cell.start, book.grammar)], book.grammar)
    find_sides(told)
    find_position(told)
    for name, made in told.exercise.figures.items():
        exercise.put(name, Figure(made.value, (span,), made.doubt, made.derived))


def read_cell(book: Book, exercise: DraftExercise, column: Column, cell: Cell, span: Span) -> None:
    """A cell: what its column says, and the sides and rests that stand in it."""
    field, head = column
    if book.grammar.pattern("table", "none").fullmatch(cell.text.strip()):
        return
    clause = Clause(cell.text, cell.start, book.grammar)
    if field == "tempo" and TEMPO.fullmatch(cell.text.strip()):
        exercise.put("tempo", tempo_of(cell.text, span))
    elif field == "equipment":
        exercise.equipment.setdefault(cell.text.strip(), (cell.start, cell.end))
    elif field == "schedule" and _is_often(book, clause, head):
        _schedule(book, exercise, clause, head, span)
    elif field in _FIELDS or field in ("dose", "sides", "schedule", "tempo"):
        _read_dose(book, exercise, column, clause, span)


def _read_dose(
    book: Book, exercise: DraftExercise, column: Column, clause: Clause, span: Span
) -> None:
    """A cell with a dose or a part of one."""
    field, head = column
    if field in _FIELDS:
        _count(exercise, field, clause, _times(head, field), span)
    whole = field in ("dose", "schedule", "tempo")  # "hold 3 s" in place of a tempo
    told = Reading(DraftExercise(exercise.name if whole else ""), [clause], book.grammar)
    read_exercise(told)
    wanted = told.exercise.figures if whole else ("sides",)
    if whole and not wanted and field != "tempo":
        _count(exercise, "reps", clause, 1, span)
    for name in wanted:
        made = told.exercise.figures.get(name)
        if made:
            exercise.put(name, Figure(made.value, (span,), made.doubt, made.derived))


def _is_often(book: Book, clause: Clause, head: Cell) -> bool:
    """Whether a cell says how often in a day or week, and not how many: "How often: 3 x 10"."""
    per = any(pattern.search(head.text) for _, pattern in book.grammar.section("per"))
    return per or how_often(book, clause) is not None


def _schedule(book: Book, exercise: DraftExercise, clause: Clause, head: Cell, span: Span) -> None:
    often = how_often(book, clause)
    item = next(iter(clause.tagged.present()), None)
    if often:
        exercise.put("schedule", Figure(often.value, (span,), often.doubt))
    elif item and item.kind not in ("noise", "distance"):
        per = "week" if book.grammar.pattern("table", "week").search(head.text) else "day"
        exercise.put("schedule", Figure({"times": number(item), "per": per}, (span,), item.doubt))


def _times(head: Cell, field: str) -> int:
    """Seconds of the unit that a head names: "Hold (min)"."""
    minutes = re.search(r"\(?(min|m)\b", head.text, re.IGNORECASE)
    return 60 if minutes and field in ("work", "hold", "rest") else 1


def _count(exercise: DraftExercise, field: str, clause: Clause, times: int, span: Span) -> None:
    found = {each.field: each.item for each in clause.findings}
    if field in ("sets", "reps") and {"sets", "reps"} <= found.keys():
        for name in ("sets", "reps"):
            exercise.put(name, Figure(number(found[name]), (span,), found[name].doubt))
        return
    item = next(iter(clause.tagged.present()), None)
    if item is None or item.kind in ("noise", "distance"):
        return
    value = number(item)
    if times > 1 and item.kind == "number" and not isinstance(value, dict):
        value = [each * times for each in value] if isinstance(value, list) else value * times
    name = _FIELDS[field]
    if item.kind == "breaths":
        name = "hold_breaths"
    elif item.kind == "duration" and field == "reps":
        name = "hold_s"
    exercise.put(name, Figure(value, (span,), item.doubt))
