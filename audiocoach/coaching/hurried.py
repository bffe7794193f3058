"""Rests in which nobody can do what has to be done meanwhile: `check` reports them in notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.entering import moves
from audiocoach.coaching.hastening import entered_after, words_before, words_behind
from audiocoach.coaching.moving import SIDE_CHANGE, move
from audiocoach.coaching.scenes import scenes
from audiocoach.coaching.stations import speechless
from audiocoach.coaching.writer import Writer
from audiocoach.errors import Problem
from audiocoach.routine.model import Exercise, Position, Routine, Sides
from audiocoach.routine.times import Time, format_ms
from audiocoach.routine.unfold import Block, blocks, rest_after, turns
from audiocoach.wording import quoted

_TURN_OVER: Final = "turn over to the other side"
_LOAD_CHANGE: Final = 8_000
"""The least time (ms) to put one weight down and take up another: our judgement."""


def hurried_moves(routine: Routine) -> Iterator[Problem]:
    """Rests by the clock in which nobody can get from one position to the other.

    That begins when it is told, behind what ends the exercise before, and what is to be done first;
    and ends as `start` leads on from it.
    """
    writer, seen = Writer.of(routine), set[tuple[object, ...]]()
    for scene in scenes(writer, routine):
        exercise, done = scene.turn.exercise, scene.before
        rest = None if exercise.way.paced else scene.turn.rest  # what a minute leaves is one too
        key = (scene.turn.path, scene.position)
        if not (rest and done and scene.moves) or key in seen:
            continue
        writer.obey(exercise)
        told = words_before(writer, done, scene) + words_behind(writer, scene)
        told = 0 if speechless(rest) else told
        least = move(scene.position, exercise.position)[0]
        if least + told <= rest.maximum:
            continue
        seen.add(key)
        there = f"get from {scene.position.value} to {exercise.position.value}"
        there = _TURN_OVER if scene.turns_over else there
        spent = f", of which {format_ms(round(told, -2))} go to other words," if told else ""
        message = (
            f"there are {rest}{spent} to {there}, which takes {format_ms(least)} at "
            "least; make the rest longer, or put exercises in one position side by side"
        )
        yield exercise.problem("position", message, f"exercise {quoted(exercise.name)}: position")


def hurried_changes(routine: Routine) -> Iterator[Problem]:
    """Rests inside an exercise in which nobody can turn over, or change the load."""
    for exercise in routine.all_exercises():
        if exercise.sides is Sides.ALTERNATING and exercise.position is Position.LYING_ON_SIDE:
            message = (
                f"there is no time between two reps to {_TURN_OVER}; write right-then-left, or "
                "another position"
            )
            yield exercise.problem("sides", message, f"exercise {quoted(exercise.name)}: sides")
        noted: set[str] = set()
        for rest, before, after in _between(exercise):
            for field, least, change in _changes(exercise, before, after):
                if rest.maximum >= least or field in noted:
                    continue
                noted.add(field)
                yield _too_short(exercise, field, rest, least, change)


def hurried_starts(routine: Routine) -> Iterator[Problem]:
    """Rests in which nobody can turn over, or come up, as `start` asks to."""
    writer, noted = Writer.of(routine), set[int]()
    for rest, done, before, body, block in _entered(writer, routine):
        lines = [each for each in body.start(block) if moves(writer, each)]
        least = entered_after(writer, done, before, body, block)
        if not lines or least <= rest.maximum or id(body.exercise) in noted:
            continue
        noted.add(id(body.exercise))
        exercise, asked = body.exercise, quoted(lines[0].say)
        message = (
            f"there are {rest} to do what {asked} asks for, which takes {format_ms(least)} at "
            "least, with the words; make the rest longer"
        )
        yield exercise.problem("start", message, f"exercise {quoted(exercise.name)}: start")


def _entered(writer: Writer, routine: Routine) -> Iterator[tuple[Time, Body, Block, Body, Block]]:
    """Every rest between two blocks of which the second has a `start`, with both.

    Not where another position is asked for as well: that is a note of its own.
    """
    for exercise in routine.all_exercises():
        writer.obey(exercise)
        body = Body.of(writer, exercise)
        for rest, before, after in _between(exercise):
            yield rest, body, before, body, after
    for scene in scenes(writer, routine):
        pause, paced = scene.turn.rest, scene.turn.exercise.way.paced
        if pause and scene.before and not (paced or scene.moves or speechless(pause)):
            done, body = Body.of(writer, scene.before), Body.of(writer, scene.turn.exercise)
            yield pause, done, done.blocks[-1], body, body.blocks[0]


def hurried_loads(routine: Routine) -> Iterator[Problem]:
    """Loads that are others in the next round, where no rest in between leaves time to change them.

    What reps leave of their minute is such time, and so is a pause that nobody prescribed.
    """
    done: dict[tuple[int, ...], tuple[int, str | None]] = {}
    rests: list[Time | None] = []
    noted: set[tuple[int, ...]] = set()
    for index, turn in enumerate(turns(routine)):
        exercise, found = turn.exercise, tuple(blocks(turn.exercise))
        rests.append(turn.rest)
        last, before = done.get(turn.path, (index, None))
        done[turn.path] = (index, found[-1].load)
        between, after = rests[last + 1 : index + 1], found[0].load
        if exercise.way.paced:
            rests[-1] = None
            continue
        prescribed = [rest for rest in between if rest]
        if not (before and after and before != after and prescribed) or turn.path in noted:
            continue
        longest = max(prescribed, key=lambda rest: rest.maximum)
        if len(prescribed) == len(between) and longest.maximum < _LOAD_CHANGE:
            noted.add(turn.path)
            yield _too_short(exercise, "load", longest, _LOAD_CHANGE, _of_load(before, after))


def _too_short(exercise: Exercise, field: str, rest: Time, least: int, change: str) -> Problem:
    message = (
        f"there are {rest} {change}, which takes {format_ms(least)} or more; make the rest longer"
    )
    return exercise.problem(field, message, f"exercise {quoted(exercise.name)}: {field}")


def _of_load(before: str, after: str) -> str:
    return f"to change from {before} to {after}"


def _between(exercise: Exercise) -> Iterator[tuple[Time, Block, Block]]:
    """The prescribed rests between the blocks of an exercise."""
    for before, after in pairwise(blocks(exercise)):
        turned = before.set_number == after.set_number and before.side != after.side
        rest = exercise.side_rest if turned else rest_after(exercise, before.set_number)
        changed = turned or before.set_number != after.set_number
        if rest and changed and not exercise.way.paced:
            yield rest, before, after


def _changes(exercise: Exercise, before: Block, after: Block) -> Iterator[tuple[str, int, str]]:
    """What has to be changed between two blocks: its field, the least time (ms), in words."""
    if exercise.position is Position.LYING_ON_SIDE and before.side != after.side:
        yield "sides", SIDE_CHANGE[0], f"to {_TURN_OVER}"
    if before.load and after.load and before.load != after.load:
        yield "load", _LOAD_CHANGE, _of_load(before.load, after.load)
