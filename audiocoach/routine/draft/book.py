"""What is known of a text while it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from audiocoach.routine.draft.cells import Cell
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import Draft, Figure
from audiocoach.routine.draft.sentences import Clause, Finding, sentences
from audiocoach.routine.draft.tables import Grammar

DOSES: Final = frozenset(
    [
        "sets",
        "reps",
        "hold",
        "for",
        "work",
        "repeat",
        "more",
        "total",
        "while",
        "every",
        "another",
        "emom",
        "distance",
    ]
)
"""The findings that make a dose."""
_BLANKED: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "*": " ", "_": " ", "×": "x"}
)
_COUNTED: Final = re.compile(r"\d{1,3} [^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,3}")
"""A line of a list such as "10 push-ups"."""

_COLUMNS: Final = (
    "schedule",
    "tempo",
    "rest",
    "work",
    "dose",
    "hold",
    "sets",
    "reps",
    "sides",
    "equipment",
    "name",
)
"""What a column may hold, in the order in which its head is read."""
_MOST_HEAD: Final = 5
"""Words of the head of a column."""
_LONGEST_NAMED: Final = 110
_LONGEST_TIMED: Final = 60
_LONGEST_HEADING: Final = 160
"""Letters of a line that names an exercise, of one with no more than a time, of a heading."""


def view_of(text: str) -> str:
    """The text with marks of emphasis blanked and signs in one form; as long as it is."""
    text = re.sub(r"(?<=\d) ?\* ?(?=\d)", lambda match: match[0].replace("*", "x"), text)
    text = re.sub(r"(?m)^(\s*)\* ", lambda match: f"{match[1]}• ", text)
    return text.translate(_BLANKED)


@dataclass
class Grouping:
    """What is said of a group, and the heading over its members, if there is one."""

    figures: dict[str, Figure]
    part: int = -1

    @property
    def place(self) -> int:
        """Where its first figure stands."""
        return min(made.spans[0][0] for made in self.figures.values())


class Book:
    """A text, its draft as far as it goes, and what holds for more than one exercise."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.grammar = grammar
        self.view = view_of(text)
        self.draft = Draft(text, grammar.language, "")
        self.defaults: dict[str, Figure] = {}
        """What is said of all exercises."""
        self.numbered: dict[str, tuple[int, int]] = {}
        """The defaults that hold for some numbers only: "exercises 2 to 5"."""
        self.grouped: list[Grouping] = []
        """What is said of groups, in the order of the text."""
        self.clauses: list[Clause] = []
        """All that were read, for what is left unread."""
        self.own: dict[int, list[Clause]] = {}
        """The sentences of each exercise."""
        self.emom: Figure | None = None
        self.context: list[Clause] = []
        """The heading over some exercises: "In standing"."""
        self.phase_words: tuple[str, ...] = ()
        """What the phases are that hold for every rep."""
        self.leading: tuple[int, int, int] | None = None
        """Where a count in front of a name begins and ends, and where the name ends."""

    def sentences(self, lines: Sequence[Line]) -> list[Clause]:
        """The sentences of some lines, noted as read."""
        found = sentences(lines, self.grammar)
        self.clauses += found
        return found

    def has_dose(self, lines: Sequence[Line]) -> bool:
        """Whether some lines hold a dose."""
        if len(lines) == 1 and _COUNTED.fullmatch(lines[0].text):
            return True
        return any(self.dosed(clause) for clause in sentences(lines, self.grammar))

    def dosed(self, clause: Clause) -> bool:
        """Whether a sentence holds a dose, and is about an exercise."""
        if any(clause.has("scope", name) for name in ("ignored", "session", "refused")):
            return False
        return any(
            finding.field in DOSES | {"rounds"} or self._listed(finding, clause)
            for finding in clause.findings
        )

    def _listed(self, finding: Finding, clause: Clause) -> bool:
        """Whether a bare number behind a name is a dose: "Calf raise: 20"."""
        return finding.field == "listed" and self.is_name(re.split(r"[:–-]", clause.raw)[0])

    def names_itself(self, line: Line) -> bool:
        """Whether a line names an exercise and gives its dose: "Calf raise: 20"."""
        if line.kind not in ("", "bullet") or len(line.text) > _LONGEST_NAMED:
            return False
        clause = Clause(line.text, line.start, self.grammar)
        if clause.has("scope", "ignored") or clause.has("scope", "session"):
            return False
        found = [each for each in clause.findings if each.field in DOSES | {"listed"}]
        if not found:
            return False
        text = clause.tagged.text
        begin = min(each.at for each in found)
        name = re.split(r"[:(,–—]|\s-\s", text[:begin])[0].strip()
        counted = any(each.field in ("reps", "sets", "listed", "repeat") for each in found)
        if not name:
            after = re.split(r"[:(,.;–—]", text[begin + 1 :].lstrip())[0]
            return self.is_name(after.strip(), 5) and not clause.has("scope", "part_heading")
        if not self.is_name(name, 7):
            return False
        return counted or (len(name.split()) < 5 and len(text) < _LONGEST_TIMED)

    def is_name(self, words: str, most: int = 7) -> bool:
        """Whether some words may be the name of an exercise."""
        plain = re.search(r"[^\W\d_]{3}", words)
        refused = self.grammar.pattern("scope", "not_a_name").search(words)
        return bool(plain) and not refused and len(words.split()) <= most

    def heads_part(self, line: Line) -> int:
        """How many letters of a line are a heading over exercises: "Tuesday: "; 0 if none."""
        if line.kind not in ("", "hash") or len(line.text) > _LONGEST_HEADING:
            return 0
        match = self.grammar.pattern("scope", "part_heading").match(line.text)
        return match.end() if match else 0

    def heads_table(self, cells: Sequence[Cell]) -> bool:
        """Whether some cells are the head of a table of exercises."""
        columns = self.columns_of(cells)
        return "name" in columns and len(columns) > 1

    def columns_of(self, header: Sequence[Cell]) -> dict[str, int]:
        """What each column of a table holds, by its head."""
        columns: dict[str, int] = {}
        for n, cell in enumerate(header):
            if len(cell.text.split()) > _MOST_HEAD or any(map(str.isdigit, cell.text)):
                continue
            for field in _COLUMNS:
                if field not in columns and self.grammar.pattern("table", field).search(cell.text):
                    columns[field] = n
                    break
        return columns
