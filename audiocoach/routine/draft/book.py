"""What is known of a text while it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf
from typing import Final

from audiocoach.routine.draft.exports import barred
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import Draft, Figure, Span
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.sight import Sight
from audiocoach.routine.draft.tables import Grammar

_BLANKED: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "*": " ", "_": " ", "×": "x"}
)

_DOTS: Final = r"\.{4,}|…{2,}|(?:\. ){4,}"
_LEADERS: Final = rf"(?m)(?<=\w)[ .](?:{_DOTS})(?= *\w)(?!.*(?:{_DOTS}))"
"""Dots that lead from a name to its words: "Warm-up ...... brisk walk"; a row has more of them."""

_PARTED: Final = re.compile(r"[^;\n]*(?:;[^;\n]*){2,}")
"""A line in which semicolons part three cells or more, as exported tables have them."""
_FEWEST_ROWS: Final = 3
"""Such lines below each other that are a table."""

_STRUCK: Final = re.compile(r"~~(?=\S)[^~\n]{1,300}~~")
"""Words that are struck through, as Markdown has it."""


def struck(text: str) -> list[Span]:
    """The places of what is struck through."""
    return [match.span() for match in _STRUCK.finditer(text)]


def _unstruck(text: str) -> str:
    """The text with what is struck through blanked, but for a name that begins a line.

    The tables of the grammar see by its marks that it is not to be done.
    """

    def kept(match: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        leads = match[0][2].isalpha() and not re.search(r"[^\W\d_]", before)
        return match[0] if leads else " " * len(match[0])

    return _STRUCK.sub(kept, text)


def _piped(text: str) -> str:
    """The text with tables whose cells semicolons part as those have them that pipes part."""
    lines = text.split("\n")
    counts = [line.count(";") if _PARTED.fullmatch(line) else 0 for line in lines]
    begin = 0
    for count, same in groupby(counts):
        end = begin + len(list(same))
        if count and end - begin >= _FEWEST_ROWS:
            lines[begin:end] = [line.replace(";", "|") for line in lines[begin:end]]
        begin = end
    return "\n".join(lines)


def view_of(text: str) -> str:
    """The text with marks of emphasis blanked and signs in one form; as long as it is."""
    text = _piped(_unstruck(barred(text)))
    text = re.sub(r"(?<=\d) ?\* ?(?=\d)", lambda match: match[0].replace("*", "x"), text)
    text = re.sub(r"(?m)^([^\S\n]*)\* ", lambda match: f"{match[1]}• ", text)
    text = re.sub(r"(?m)^([^\S\n]*\d)(\ufe0f?\u20e3)", _keyed, text)
    text = re.sub(r"(?<![^\W_])[lI](?=\d)", "1", text)  # as scans have a one
    text = re.sub(r"(?<=\w) → (?=\w)", " : ", text)
    text = re.sub(r"(?<=\d)-?ish\b|(?<=\w )n(?= \w)", _plain, text)  # as chats have it
    text = re.sub(_LEADERS, lambda match: f" :{' ' * (len(match[0]) - 2)}", text)
    text = re.sub(_DOTS, lambda match: " " * len(match[0]), text)
    return text.translate(_BLANKED)


def _keyed(match: re.Match[str]) -> str:
    """A number on a key, as chats have it: "1.", as long as it is."""
    return f"{match[1]}.{' ' * (len(match[2]) - 1)}"


def _plain(match: re.Match[str]) -> str:
    """ "8ish" and "back n forth" without what is only spoken, as long as it is."""
    return "&" if match[0] == "n" else " " * len(match[0])


@dataclass
class Grouping:
    """What is said of a group, and the heading over its members, if there is one."""

    figures: dict[str, Figure]
    part: int = -1

    @property
    def place(self) -> int:
        """Where its first figure stands."""
        return min(made.spans[0][0] for made in self.figures.values())


class Book(Sight):
    """A text, its draft as far as it goes, and what holds for more than one exercise."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        super().__init__(grammar)
        self.view = view_of(text)
        self.draft = Draft(text, grammar.language, "")
        self.defaults: dict[str, Figure] = {}
        """What is said of all exercises."""
        self.parted: dict[int, dict[str, Figure]] = {}
        """What is said of the exercises under a heading, by where that stands."""
        self.asks_sides = False
        """Whether a dose is for each side of the exercises that have sides, which are not named."""
        self.numbered: list[tuple[tuple[str, str], dict[str, Figure]]] = []
        """What is said of some exercises only, by their numbers: "exercises 2 to 5", "B to D"."""
        self.grouped: list[Grouping] = []
        """What is said of groups, in the order of the text."""
        self.clauses: list[Clause] = []
        """All that were read, for what is left unread."""
        self.table_end: float = inf
        """Where the last table ends; beyond all places if there is none."""
        self.own: dict[int, list[Clause]] = {}
        """The sentences of each exercise."""
        self.one_by_one = False
        """Whether each exercise has all its rounds before the next."""
        self.emom: Figure | None = None
        self.later: list[Clause] = []
        """What the text of one exercise says of others, which may not be known yet."""
        self.dosed_styles: dict[str, Span] = {}
        """The styles of parts of which several have a dose: where the first is, and what follows
        the last."""
        self.lists: list[Span] = []
        """Where lists of marked lines begin and end, that stand one right below the other."""
        self.context: list[Clause] = []
        """The heading over some exercises: "In standing"."""
        self.phase_words: tuple[str, ...] = ()
        """What the phases are that hold for every rep."""
        self.leading: tuple[int, int, int] | None = None
        """Where a count in front of a name begins and ends, and where the name ends."""

    def shared(self, part: int) -> dict[str, Figure]:
        """What is said of the exercises under a heading, or of all.

        The dose below the only heading that has one may be that of all: a question.
        """
        mine = self.parted.get(part, {})
        if not mine and len(self.parted) == 1:
            (only,) = self.parted.values()
            mine = {n: replace(x, doubt="all") for n, x in only.items() if n in ("sets", "reps")}
        return {**self.defaults, **mine}

    def sentences(self, lines: Sequence[Line]) -> list[Clause]:
        """The sentences of some lines, noted as read."""
        found = self.said(lines)
        self.clauses += found
        return found


def cut(book: Book, clause: Clause, at_words: str) -> list[Clause]:
    """The parts of a sentence that may be exercises of their own."""
    text = clause.raw
    skip = book.grammar.pattern("words", "lead").match(text)
    at = skip.end() if skip else 0
    parts = []
    for match in [*book.grammar.pattern("words", at_words).finditer(text, at), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip():
            begin = at + len(text[at:end]) - len(text[at:end].lstrip())
            parts.append(Clause(text[begin:end].rstrip(" ."), clause.span[0] + begin, book.grammar))
        at = match.end() if match else end
    return parts
