"""What was read of a text: exercises and figures, each figure with its exact words.

The names of figures and their values are those of the labels by which drafts are scored (see
docs/drafting.md): all times are seconds, a range is `[min, max]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

DOSE_FIELDS: Final = (
    "sets",
    "reps",
    "hold_s",
    "hold_breaths",
    "work_s",
    "rest_s",
    "rep_rest_s",
    "rep_duration_s",
    "phases_s",
    "tempo",
    "every_s",
    "until_s",
)
"""How much an exercise is done, and how fast."""
EXERCISE_FIELDS: Final = (
    *DOSE_FIELDS,
    "each",
    "sides",
    "side_rest_s",
    "schedule",
    "position",
)
GROUP_FIELDS: Final = ("rounds", "until_s", "rest_s", "between_rest_s", "rest_after_s")

ONE_A_MINUTE: Final = "one a minute"
"""How the sets of one exercise follow from the minutes in which each begins with the minute."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, where its words stand, and the question it leaves open."""

    value: Any
    spans: tuple[Span, ...]
    doubt: str = ""
    """A word of `questions.py`; "" if it is sure."""
    derived: str = ""
    """How the value follows from words that do not hold it."""


@dataclass
class Sentence:
    """Words of the text, and what they are for: a field of the routine format, or ""."""

    span: Span
    role: str


@dataclass
class DraftExercise:
    """An exercise as read."""

    name: str
    name_span: Span | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    """Questions on fields that have no figure, by field."""
    equipment: dict[str, Span] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    phase_words: tuple[str, ...] = ()
    """What each of the phases is: `breath_in`, `up`, `hold`."""
    load: Span | None = None
    """What is lifted: a weight."""
    limb: str = ""
    """What has sides: a word of the language."""
    label: str = ""
    phase: str = "main"
    part: int = -1
    """Where the heading over this and other exercises stands; -1 if there is none."""
    over: int = -1
    """Where the line before this and other exercises stands that tells how all begin: "In bed"."""

    def put(self, name: str, figure: Figure) -> None:
        """Set a figure that is not set yet."""
        self.figures.setdefault(name, figure)

    def value(self, name: str) -> Any:
        """The value of a figure; None if there is none."""
        figure = self.figures.get(name)
        return figure.value if figure else None


@dataclass
class DraftGroup:
    """Exercises done one after the other, by their places in the draft."""

    members: list[int]
    figures: dict[str, Figure] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    """Questions on what has no figure: `members`."""


@dataclass
class Draft:
    """A text as read."""

    text: str
    language: str
    title: str
    exercises: list[DraftExercise] = field(default_factory=list)
    groups: list[DraftGroup] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    equipment: dict[str, Span] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    """Questions on what has no figure: of the session, or of a group that was not made."""
    left_out: list[Span] = field(default_factory=list)
    """Advertising and promises."""
    unread: list[Span] = field(default_factory=list)
    """Sentences with a number of which no figure was made."""
    forbidden: list[Span] = field(default_factory=list)
    """Exercises that the text says not to do."""

    def words(self, span: Span) -> str:
        """The words of the text at a place."""
        return self.text[slice(*span)]
