"""What a text is divided into, and what sees figures in its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from audiocoach.routine.draft.cells import Header
from audiocoach.routine.draft.lines import Line


@dataclass
class Section:
    """A part of the text with a name: an exercise, as far as the layout says."""

    name: tuple[int, int]
    lines: list[Line] = field(default_factory=list)
    """Its text, that of the heading's line after the name included."""
    style: str = ""
    label: str = ""
    heading: Line | None = None
    part: int = -1
    """Where the heading over this and other exercises stands; -1 if there is none."""

    @property
    def told(self) -> list[Line]:
        """Its text, or its heading if it has no other."""
        return self.lines or ([self.heading] if self.heading else [])


class Eye(Header, Protocol):
    """What sees figures in lines."""

    def has_dose(self, lines: Sequence[Line]) -> bool:
        """Whether some lines hold a dose."""

    def has_own_dose(self, line: Line) -> bool:
        """Whether a line has the dose of an exercise, and not that of a group alone."""

    def is_shared(self, line: Line) -> bool:
        """Whether a line has the dose of each of several exercises: "Do these ten times each"."""

    def is_position(self, line: Line) -> bool:
        """Whether a line names a position and nothing else: "Standing", "On the bed"."""

    def counts(self, line: Line) -> bool:
        """Whether a line has reps or sets."""

    def may_be_name(self, line: Line) -> bool:
        """Whether a line may be the name of an exercise, and nothing else."""

    def goes_on(self, line: Line) -> bool:
        """Whether a line goes on with what was, and names nothing: "Hold for five seconds."."""

    def by_clock(self, line: Line) -> bool:
        """Whether a line begins with a word for work by the clock: "EMOM, 12 minutes"."""

    def is_only_dose(self, line: Line) -> bool:
        """Whether a line is a dose and names nothing: "3 x 10, rest 60 s"."""

    def may_head(self, line: Line) -> bool:
        """Whether a line may be a heading, and is no mere dose."""

    def names_itself(self, line: Line, *, strictly: bool = False, apart: bool = True) -> bool:
        """Whether a line names an exercise and gives its dose: "Calf raise: 20".

        `strictly`: it stands among others that do not; `apart` from them, by an empty line.
        """

    def is_far(self, line: Line) -> bool:
        """Whether a line tells no more than a distance: "Plan for 10 km"."""

    def takes_long(self, line: Line) -> bool:
        """Whether a line tells no more than how long a session takes: "Flow, 60 minutes"."""

    def heads_part(self, line: Line) -> int:
        """How many letters of a line are a heading over exercises: "Tuesday: "; 0 if none."""

    def heads_others(self, line: Line) -> bool:
        """Whether a marked line heads exercises, and is none: "C) AMRAP 7 min"."""

    def is_column(self, words: str) -> bool:
        """Whether some words are what a form asks for, and no name: "Reps", "Rest"."""

    def paces(self, lines: Sequence[Line]) -> bool:
        """Whether some lines tell the parts of a breath: "breathe in: 4 seconds"."""

    def only_rests(self, line: Line) -> bool:
        """Whether a line tells how long to rest, and nothing else."""

    def rests_between(self, line: Line) -> bool:
        """Whether a line tells how long to rest between sets, and nothing else."""

    def is_warm(self, line: Line) -> bool:
        """Whether a heading is over the warm-up or the cool-down."""

    def ends_part(self, line: Line) -> bool:
        """Whether a line is beside the exercises under a heading: "Cool-down: 5 min walk"."""
