"""The body of an exercise: what all who tell its sets, reps and rests must know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from audiocoach.coaching.counting import Counter
from audiocoach.coaching.dose import side_name
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Sides
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side
from audiocoach.timeline.script import Address, Origin


@dataclass(frozen=True, slots=True)
class Body:
    """What is done of one exercise in one turn."""

    writer: Writer
    exercise: Exercise
    blocks: tuple[Block, ...]
    address: Address
    """Of the exercise, in this round."""
    straight_in: bool = False
    """Whether it begins at once, as the rest by the clock before it has told it."""
    straight_out: bool = False
    """Whether such a rest comes after it, which opens with its stop word."""

    @property
    def identity(self) -> str:
        """What its intervals of one length have in common."""
        return f"exercise-{self.address.exercise}"

    @property
    def alternating(self) -> bool:
        """Whether the sides take turns, rep by rep."""
        return self.exercise.sides is Sides.ALTERNATING

    def origin(self, field: str) -> Origin:
        """The line of a field of the exercise."""
        return Origin(self.exercise.line(field), field)

    def counter(self, field: str) -> Counter:
        """Counts what that field prescribes."""
        return Counter(self.writer, self.origin(field))

    def side_name(self, side: Side) -> str:
        """`right foot`."""
        return side_name(self.writer.phrases, self.exercise, side)

    def address_of(self, block: Block) -> Address:
        """Where a block stands."""
        variant = self.exercise.each.index(block.variant) + 1 if block.variant else 0
        return replace(self.address, set=block.set_number, side=block.side, variant=variant)

    def total_reps(self, block: Block) -> int:
        """Reps in a block; when sides alternate, each side has its own."""
        return block.reps * self.exercise.sides.in_turn

    def side_of(self, block: Block, rep: int = 1) -> Side | None:
        """Whose turn it is in a rep of the block, None where both work."""
        if not self.alternating:
            return block.side
        first: Side = self.writer.settings.first_side or "right"
        second: Side = "left" if first == "right" else "right"
        return first if rep % 2 else second
