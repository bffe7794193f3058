"""What is known of a text while it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from audiocoach.routine.draft.blocks import Line
from audiocoach.routine.draft.model import Draft, Figure
from audiocoach.routine.draft.sentences import Clause, sentences
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
    ]
)
"""The findings that make a dose."""
_BLANKED: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "*": " ", "_": " ", "×": "x"}
)
_COUNTED: Final = re.compile(r"\d{1,3} [^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,3}")
"""A line of a list such as "10 push-ups"."""


def view_of(text: str) -> str:
    """The text with marks of emphasis blanked and signs in one form; as long as it is."""
    text = re.sub(r"(?<=\d) ?\* ?(?=\d)", lambda match: match[0].replace("*", "x"), text)
    text = re.sub(r"(?m)^(\s*)\* ", lambda match: f"{match[1]}• ", text)
    return text.translate(_BLANKED)


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
        self.grouped: list[dict[str, Figure]] = []
        """What is said of groups, in the order of the text."""
        self.clauses: list[Clause] = []
        """All that were read, for what is left unread."""
        self.own: dict[int, list[Clause]] = {}
        """The sentences of each exercise."""
        self.emom: Figure | None = None
        self.context: list[Clause] = []
        """The heading over some exercises: "In standing"."""
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
        if clause.has("scope", "ignored") or clause.has("scope", "session"):
            return False
        return any(finding.field in DOSES | {"rounds"} for finding in clause.findings)
