"""The blocks of a session in the order in which they are done, each with its place in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from heard_in import DONE

from audiocoach.routine.model import Exercise, Position, Routine
from audiocoach.routine.unfold import Block, Turn, blocks, turns
from audiocoach.settings.values import Side
from audiocoach.timeline import Timeline, Utterance
from audiocoach.timeline.script import Interval
from audiocoach.timeline.timeline import PlacedSpan


class Worked(NamedTuple):
    """A block, and when it is done."""

    at: tuple[int, int]
    """The number of its exercise, and the round."""
    exercise: Exercise
    block: Block
    first: PlacedSpan
    last: PlacedSpan
    opening: int
    """The sample at which the first word in it begins; where there is none, it itself."""


def by_address(routine: Routine) -> dict[tuple[int, int], tuple[Turn, Position]]:
    """Each turn by the number of its exercise and the round, with the position before it."""
    numbers: dict[tuple[int, ...], int] = {}
    passes: Counter[tuple[int, ...]] = Counter()
    found = {}
    position = Position.STANDING
    for turn in turns(routine):
        number = numbers.setdefault(turn.path, len(numbers) + 1)
        passes[turn.path] += 1
        led = [task.position for task in turn.tasks if task.position]
        position = led[-1] if led else position
        found[number, passes[turn.path]] = turn, position
        position = turn.exercise.position
    return found


def worked(
    routine: Routine, timeline: Timeline, first_side: Side | None = None
) -> Iterator[Worked]:
    """Every block that is done, in order."""
    known = by_address(routine)
    found: list[tuple[tuple[object, ...], list[PlacedSpan]]] = []
    for span in timeline.spans:
        if not isinstance(span.item, Interval) or span.item.kind not in DONE:
            continue
        here = span.item.address
        key = (here.exercise, here.round, here.set, here.variant)
        if not found or found[-1][0] != key or _begins_anew(found[-1][1][-1], span):
            found.append((key, []))
        found[-1][1].append(span)
    spans = iter(found)
    starts = [cue.start for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    for at, (turn, _) in known.items():
        for block in blocks(turn.exercise, first_side):
            where, own = next(spans)
            assert where[:2] == at
            begins, ends = own[0].start, own[0].end
            opening = next((at for at in starts if begins <= at < ends), begins)
            yield Worked(at, turn.exercise, block, own[0], own[-1], opening)
    assert next(spans, None) is None


def _begins_anew(before: PlacedSpan, span: PlacedSpan) -> bool:
    assert isinstance(before.item, Interval)
    assert isinstance(span.item, Interval)
    return span.item.address.rep < before.item.address.rep or (
        span.item.address.side != before.item.address.side and span.item.address.rep <= 1
    )
