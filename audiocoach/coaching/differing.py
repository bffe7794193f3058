"""What is another in a block than in the one before it: how many, how long, the load, the side."""

from __future__ import annotations

from collections.abc import Iterator

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.dose import dose_of, load_forms
from audiocoach.coaching.pacing import SHORTENED_UP_TO
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Position
from audiocoach.routine.unfold import Block, Turn, rest_after


def new_dose(body: Body, before: Block, block: Block) -> Iterator[Line]:
    """What is different in the next set, or on the other side."""
    rest = rest_after(body.exercise, before.set_number)
    short = rest is not None and rest.minimum <= SHORTENED_UP_TO
    behind = (
        rest.minimum if rest is not None and short and before.set_number != block.set_number else 0
    )
    same = (before.set_number, before.reps, before.named)
    differs = same != (block.set_number, block.reps, block.named)
    yield from _differing(body, before, block, differs=differs, behind_rest=behind)


def begun_anew(body: Body) -> Iterator[Line]:
    """What is different as a later round begins from how the one before it ended.

    Who did the other side last still holds its weight.
    """
    last, block = body.blocks[-1], body.blocks[0]
    differs = (last.reps, last.named) != (block.reps, block.named)
    behind = SHORTENED_UP_TO if body.straight_in else 0
    yield from _differing(body, last, block, differs=differs, behind_rest=behind)


def _differing(
    body: Body, before: Block, block: Block, *, differs: bool, behind_rest: int
) -> Iterator[Line]:
    phrases, exercise = body.writer.phrases, body.exercise
    forms = dose_of(phrases, exercise, body.blocks, block, behind_rest=behind_rest)
    if forms and differs:
        yield Line("new-dose", forms[0], forms[1:])
    if block.load and before.load != block.load:
        text, *shorter = load_forms(phrases, block.load)
        yield Line("new-load", text, tuple(shorter))


def turns_over(writer: Writer, before: Exercise | None, turn: Turn) -> bool:
    """Whether one lies on the side already, and what comes next is for the other side.

    That may be done as one lies: it is the leg above in one exercise, and that below in another.
    """
    there = Position.LYING_ON_SIDE
    if before is None or not (before.position is there is turn.exercise.position):
        return False
    if any(task.position for task in turn.tasks):
        return False
    done, following = Body.of(writer, before), Body.of(writer, turn.exercise)
    last = done.side_of(done.blocks[-1], done.total_reps(done.blocks[-1]))
    first = following.side_of(following.blocks[0])
    return bool(last and first) and last != first
