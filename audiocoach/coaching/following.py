"""What a rest says of what follows it: the next set, or the next exercise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.dose import dose_of, in_bouts, load_forms
from audiocoach.coaching.moving import request
from audiocoach.coaching.rounds import (
    next_round,
    opening_groups,
    round_at_work,
    rule_of,
    which_round,
)
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import SHORTENED_UP_TO, instructed, station_lines
from audiocoach.coaching.writer import Writer
from audiocoach.routine.told import SideInstructions
from audiocoach.routine.unfold import Block, rest_after
from audiocoach.routine.values import of_side

_MOVING: Final = ("position", "place", "setup", "support-again")
"""What the listener has to do for what follows, once what comes before is done."""
_PRESSING: Final = (
    *(*_MOVING, "station", "new-load", "new-dose", "side-change", "variant-change"),
)
"""What is said of an exercise that follows at once."""


def next_set(body: Body, done: Block, block: Block) -> Iterator[Line]:
    """Which set comes next, and how it begins where that is not how the last one ended.

    The side matters more than the count: in a short rest it stays.
    """
    phrases, exercise = body.writer.phrases, body.exercise
    yield set_next(body, block)
    late = set(body.told_late(block))
    yield from (line for line in _first_side(body, block) if late.isdisjoint(line.shorter))
    if block.side and block.side != done.side:
        for each in of_side(exercise.side_change, block.side):
            for line in instructed(body.writer, "side-change", (each,), block.set_number):
                yield line._replace(rule="side-change")
    if block.variant and len(exercise.each) > 1:
        named = phrases("cue.variant", variant=block.variant.name)
        yield from () if named in late else (Line("variant-change", named),)
    yield from new_dose(body, done, block)
    for field, each in body.exercise.instructions():
        if each.set == block.set_number:
            for line in instructed(body.writer, field, (each,), block.set_number):
                yield line._replace(rule="new-dose")


def _first_side(body: Body, block: Block) -> Iterator[Line]:
    """The side that a set begins with; in reps that take turns, that of the first."""
    side, exercise = body.side_of(block), body.exercise
    if side is None or not (body.alternating or len(exercise.sides.blocks) > 1):
        return
    what = body.side_name(side)
    short = body.writer.phrases("cue.rep-side", side=what)
    known = body.alternating or isinstance(exercise.start, SideInstructions)
    rule = "side-known" if known else "side-change"
    yield Line(rule, body.writer.vary("cue.start-with", what=what), (short,))


def new_dose(body: Body, before: Block, block: Block) -> Iterator[Line]:
    """What is different in the next set, or on the other side."""
    phrases, exercise = body.writer.phrases, body.exercise
    rest = rest_after(exercise, before.set_number)
    short = rest is not None and rest.minimum <= SHORTENED_UP_TO
    behind = short and before.set_number != block.set_number
    forms = dose_of(phrases, exercise, body.blocks, block, behind_rest=behind)
    same = (before.set_number, before.reps, before.named)
    if forms and same != (block.set_number, block.reps, block.named):
        yield Line("new-dose", forms[0], forms[1:])
    if block.load and before.load != block.load:
        text, *shorter = load_forms(phrases, block.load)
        yield Line("new-load", text, tuple(shorter))


def set_next(body: Body, block: Block) -> Line:
    """Which set or bout comes next; the last one counts as a landmark."""
    key, values = _wording_of_set(body, block)
    rule = "next" if values else "last-next"
    return Line(rule, body.writer.vary(key, **values), (_in_short(body, block),))


def _in_short(body: Body, block: Block) -> str:
    """The same in the fewest words."""
    key, values = _wording_of_set(body, block)
    short = body.writer.shortest(key, **values)
    if in_bouts(body.exercise):
        return short
    total = body.exercise.set_count
    counted = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
    return min(short, counted, key=len)


def _wording_of_set(body: Body, block: Block) -> tuple[str, dict[str, int]]:
    total, bouts = body.exercise.set_count, in_bouts(body.exercise)
    if block.set_number == total and body.writer.settings.last_one:
        return "cue.last-bout-next" if bouts else "cue.last-set", {}
    key = "cue.bout-next" if bouts and body.exercise.go else "cue.set-next"
    return key, {"number": block.set_number, "total": total}


def next_exercise(writer: Writer, scene: Scene) -> Iterator[Line]:
    """What has no dose, and then what comes next."""
    for task in scene.turn.tasks:
        yield from (line._replace(rule="task") for line in instructed(writer, "task", (task,)))
        if task.pause:
            yield Line("pause", writer.vary("task.pause"), (writer.shortest("task.pause"),))
    if scene.turn.round:
        yield next_round(writer, scene.turn.round)
    yield from (Line("group", text) for text, _ in opening_groups(writer, scene.turn.opens))
    yield _named(writer, scene)
    yield from station_lines(writer, scene.station)
    yield from scene.later


def _named(writer: Writer, scene: Scene) -> Line:
    """What the exercise is called: alone, "march" would be taken for the order."""
    named = {"name": scene.turn.exercise.name}
    whole, short = writer.vary("exercise.next", **named), writer.phrases("exercise.only", **named)
    return Line("next-exercise", whole, (short,))


def handing_over(writer: Writer, scene: Scene) -> Iterator[Line]:
    """What is said at the end of an exercise about the next one, which follows at once."""
    if scene.turn.round and not round_at_work(writer, scene.turn):
        number, total, group = scene.turn.round
        yield Line(rule_of(writer, number, total), which_round(writer, number, total, group))
    following, named = Body.of(writer, scene.turn.exercise), _named(writer, scene)
    brief = writer.phrases("cue.then", what=scene.turn.exercise.name)
    first = following.blocks[0]
    # Its last two forms stand for all the lines, where a rep has room for one only: behind another.
    yield named._replace(shorter=(brief, following.called(first), following.announced(first)))
    done = not (scene.before and scene.before.way.paced)
    for line in station_lines(writer, scene.station):
        if line.rule in _PRESSING and writer.says(line.rule):
            yield line if done or line.rule not in _MOVING else _when_done(writer, scene, line)
            done = done or line.rule in _MOVING


def _when_done(writer: Writer, scene: Scene, line: Line) -> Line:
    """What has to be done next, for who may still be at what comes before it."""
    what = line.text.rstrip(".")
    if line.rule == "position":
        key = request(scene.position, scene.turn.exercise.position)
        what = writer.phrases.inline(key.replace(".", "-brief.")).rstrip(".")
    return line._replace(text=writer.phrases("cue.when-done", what=what), shorter=())
