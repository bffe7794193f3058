"""Tables in a text: rows of cells, told by pipes, tabs or wide gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from audiocoach.routine.draft.lines import CELLS, Line

_GAPS: Final = re.compile(r"\s*\t\s*|\s{2,}")
_FEWEST_GAPS: Final = 2
"""Wide gaps in a line whose narrow ones part cells, too."""
_MOST_BETWEEN: Final = 4
"""Words of a heading between rows."""


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    text: str
    start: int
    end: int
    part: int = -1
    """As in a line; of the first cell of a row."""


class Header(Protocol):
    """What knows the head of a table."""

    def heads_table(self, cells: Sequence[Cell]) -> bool:
        """Whether some cells are the head of a table of exercises."""


def tables_in(lines: list[Line], header: Header) -> tuple[list[list[list[Cell]]], list[Line]]:
    """The tables, as rows of cells, and the lines outside of them."""
    tables: list[list[list[Cell]]] = []
    others: list[Line] = []
    open_table = narrow = False
    for n, line in enumerate(lines):
        cells = cells_of(line)
        finer = cells_of(line, narrow=True)
        if not open_table:
            narrow = len(finer) > max(len(cells), _FEWEST_GAPS) and header.heads_table(finer)
        cells = finer if narrow else cells
        if open_table and line.kind == "number" and len(cells) == len(tables[-1][0]) - 1:
            cells.insert(0, Cell("", line.start, line.start))  # what marks the row
        if open_table and _is_between(lines, n, len(tables[-1][0]), narrow=narrow):
            tables[-1].append([Cell(line.text, line.start, line.end)])
            continue
        alike = len(cells) == len(tables[-1][0]) > _FEWEST_GAPS if open_table else False
        open_table = open_table and len(cells) > 1 and (alike or not line.gap)
        if open_table:
            if len(tables[-1]) == 1:
                tables[-1][0] = _realigned(tables[-1][0], cells)
            tables[-1].append(cells)
        elif len(cells) > 1 and header.heads_table(cells):
            tables.append([cells])
            open_table = True
        else:
            others.append(line)
    return tables, others


def _is_between(lines: list[Line], at: int, columns: int, *, narrow: bool) -> bool:
    """Whether a line is a heading between the rows of a table: "Upper body"."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    short = len(lines[at].text.split()) <= _MOST_BETWEEN and lines[at].text[-1] not in ".:"
    alone = short and not lines[at].kind and len(cells_of(lines[at], narrow=narrow)) == 1
    return alone and after is not None and len(cells_of(after, narrow=narrow)) == columns


def _realigned(header: list[Cell], row: list[Cell]) -> list[Cell]:
    """The head of a table with a cell cut in two that stands over two columns: "Reps Hold"."""
    if len(row) != len(header) + 1:
        return header
    begins = [each.start - row[0].start for each in row]
    found: list[Cell] = []
    for cell in header:
        at = cell.start - header[0].start
        inner = [begin - at for begin in begins if 0 < begin - at < len(cell.text)]
        if len(inner) == 1 and cell.text[inner[0] - 1] == " ":
            cut = inner[0]
            first = cell.text[:cut].rstrip()
            found.append(Cell(first, cell.start, cell.start + len(first), cell.part))
            found.append(Cell(cell.text[cut:], cell.start + cut, cell.end))
        else:
            found.append(cell)
    return found


def cells_of(line: Line, *, narrow: bool = False) -> list[Cell]:
    """The cells of a row. `narrow`: two spaces part them."""
    found = []
    at = 0
    wide = narrow or len(CELLS.findall(line.text)) >= _FEWEST_GAPS
    wide = wide and "|" not in line.text
    for match in [*(_GAPS if wide else CELLS).finditer(line.text), None]:
        begin, end = (match.span()) if match else (len(line.text), len(line.text))
        if end > at or match is None:
            text = line.text[at:begin]
            if text or at:
                found.append(Cell(text, line.start + at, line.start + begin))
        at = end
    if found and not found[-1].text:
        found.pop()
    return found
