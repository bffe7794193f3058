"""A rest by the clock that leaves hardly time to move: the position is told before all else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS
from audiocoach.coaching.dose import spoken_rest
from audiocoach.coaching.entering import entering, in_haste, moves
from audiocoach.coaching.moving import move
from audiocoach.coaching.pacing import TIGHT_PAUSE
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import instructed, speaking, speechless
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.routine.model import Exercise, Instruction
from audiocoach.routine.unfold import Block

_ENDS: Final = ("after", "task", "pause")
"""Fields and rules of what has to be done before one moves."""

_LONG: Final = 4_000
"""A turn that takes so long (ms) at least is begun at once in a short rest."""


def moves_in_haste(writer: Writer, done: Exercise, scene: Scene, lines: Iterable[Line]) -> bool:
    """Whether the `lines` of a rest before a scene, as they stand, leave no time to move."""
    rest, told = scene.turn.rest, tuple(lines)
    if rest is None or speechless(rest) or not any(map(_moves, told)):
        return False
    spoken = spoken_rest(writer.phrases, rest.minimum)
    opening = Line("rest", writer.phrases("cue.rest-seconds", seconds=spoken))
    ahead = takewhile(lambda line: not _moves(line), told)
    before = (line for line in ahead if not _ends(line))
    begins = words_before(writer, done, scene) + speaking(writer, [opening, *before])
    exercise = scene.turn.exercise
    ends = rest.minimum - _entered(writer, exercise)
    return begins + move(scene.position, exercise.position)[0] > ends


def _entered(writer: Writer, exercise: Exercise) -> int:
    """How long (ms) before it begins its `start` leads on from the position, taken by then."""
    body = Body.of(writer, exercise)
    start = body.start(body.blocks[0])
    if not start:
        return 0
    way = entering(writer, start)
    return speaking(writer, instructed(writer, "start", in_haste(way.told))) + way.counted * BEAT_MS


def words_before(writer: Writer, done: Exercise, scene: Scene) -> int:
    """How long (ms) is spoken in a rest, at least, before the position of a scene can be told.

    That ends what was `done` before, and is to be done first.
    """
    body = Body.of(writer, done)
    ended = [Line("rest", sentence(done.stop))] if done.stop else []
    left = (each for each in body.leaving(body.blocks[-1]) if each.say)
    ended += instructed(writer, "finish", left)
    ended += instructed(writer, "after", done.after)
    return _briefly(writer, (*ended, *instructed(writer, "task", scene.turn.tasks)))


def words_behind(writer: Writer, scene: Scene) -> int:
    """How long (ms) is spoken, at least, once the position is taken: its `start`."""
    body = Body.of(writer, scene.turn.exercise)
    return _briefly(writer, instructed(writer, "start", in_haste(body.start(body.blocks[0]))))


def turned_first(
    writer: Writer, start: tuple[Instruction, ...], room: int
) -> tuple[tuple[Line, ...], tuple[Instruction, ...]]:
    """What of `start` turns one over, to be told at once, and what of it still comes last.

    Nothing of it is told at once where there is `room` (ms) for all of it before the count.
    """
    turned = [at for at, line in enumerate(start, 1) if _takes_long(writer, line)]
    if not turned:
        return (), start
    way = entering(writer, start)
    hasty = speaking(writer, instructed(writer, "start", in_haste(start)))
    if hasty + way.counted * BEAT_MS <= room:
        return (), start
    told = instructed(writer, "start", start[: turned[-1]])
    return tuple(line._replace(rule="start", after=None) for line in told), start[turned[-1] :]


def _takes_long(writer: Writer, line: Instruction) -> bool:
    """Whether it turns one over, or brings one up, and even in haste there is no doing it late."""
    return moves(writer, line) and line.time is not None and line.time.minimum >= _LONG


def entered_after(writer: Writer, done: Body, before: Block, body: Body, block: Block) -> int:
    """How long (ms) it takes at least to leave one block, and to be led into another."""
    left = instructed(writer, "finish", (each for each in done.leaving(before) if each.say))
    return _briefly(writer, (*left, *instructed(writer, "start", in_haste(body.start(block)))))


def _briefly(writer: Writer, lines: Iterable[Line]) -> int:
    brief = (line if line.after else line._replace(after=TIGHT_PAUSE) for line in lines)
    return speaking(writer, brief)


def position_first(lines: Iterable[Line], *, only_side: bool) -> tuple[Line, ...]:
    """The same lines in the order in which who has to move at once needs them.

    The only side there is comes before the position: one lies down, or turns, for it.
    """
    told = tuple(lines)
    ended = tuple(takewhile(_ends, told))
    left = told[len(ended) :]
    before = takewhile(lambda line: not _moves(line), left)
    side = [line for line in before if only_side and line.rule == "side-change"]
    moved = [*side, *filter(_moves, left)]
    return (*ended, *moved, *(line for line in left if line not in moved))


def _ends(line: Line) -> bool:
    return line.field in _ENDS or line.rule in _ENDS


def _moves(line: Line) -> bool:
    return line.rule == "position"
