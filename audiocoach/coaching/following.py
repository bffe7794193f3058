"""What a rest says of what follows it: the next set, or the next exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS
from audiocoach.coaching.differing import new_dose
from audiocoach.coaching.dose import bout_a_set, spoken_rest
from audiocoach.coaching.minutes import left_when_done
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import SHORTENED_UP_TO, movement_pause
from audiocoach.coaching.rounds import (
    naming,
    next_round,
    opening_groups,
    round_in_brief,
    rule_of,
    told_at_once,
    which_round,
)
from audiocoach.coaching.rules import DOSES
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import instructed, spare, speaking, station_lines
from audiocoach.coaching.turning import reached
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.language import base
from audiocoach.routine.model import Exercise, Position
from audiocoach.routine.told import SideInstructions
from audiocoach.routine.unfold import Block, rest_after
from audiocoach.routine.values import of_side

_MOVING: Final = ("position", "place", "setup", "support-again")
"""What the listener has to do for what follows, once what comes before is done."""
_BEFORE, _LATER = "cue.rest-before", "cue.rest-recall"
_MOVEMENTS: Final = dict.fromkeys(("movement", "brief", "eyes_free"), _LATER)
"""Fields with what would be done at once by who does not hear that it is for later."""
_ORDERS: Final = {"setup": _BEFORE, "support": _BEFORE, **_MOVEMENTS}
"""The same, and what is done by then."""
_SLOWER: Final = 1_000
"""So much longer (ms) a voice may take for it all than is thought."""
_EARLY: Final = 3_000
"""So long (ms) before the count, an order is one for later."""
_PRESSING: Final = (*_MOVING, "station", *DOSES, "side-change", "variant-change")
"""What is said of an exercise that follows at once."""


def next_set(body: Body, done: Block, block: Block) -> tuple[Line, ...]:
    """Which set comes next, and how it begins where that is not how the last one ended.

    What would be done too early is told to be for later, where the rest has room to say so.
    """
    writer, rest = body.writer, rest_after(body.exercise, done.set_number)
    lines = (set_next(body, block), *_begun(body, done, block))
    if rest is None:
        return lines
    spoken = spoken_rest(writer.phrases, rest.minimum)
    opening = Line("rest", writer.phrases("cue.rest-seconds", seconds=spoken))
    led = (*instructed(writer, "finish", body.leaving(done)), opening)
    led = (*led, *instructed(writer, "start", body.start(block)))
    room = rest.minimum - speaking(writer, led) - (writer.settings.countdown + 1) * BEAT_MS
    told = tuple(for_later(writer, lines, body.exercise.position, room, _ORDERS))
    return told if speaking(writer, told) <= room else lines


def _begun(body: Body, done: Block, block: Block) -> Iterator[Line]:
    """How a set begins; the side matters more than the count: in a short rest it stays."""
    phrases, exercise = body.writer.phrases, body.exercise
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


def set_next(body: Body, block: Block) -> Line:
    """Which set or bout comes next; the last one counts as a landmark."""
    key, values = _wording_of_set(body, block)
    rule = "next" if values else "last-next"
    return Line(rule, body.writer.vary(key, **values), (_in_short(body, block),))


def _in_short(body: Body, block: Block) -> str:
    """The same in the fewest words."""
    key, values = _wording_of_set(body, block)
    short = body.writer.shortest(key, **values)
    if bout_a_set(body.exercise):
        return short
    total = body.exercise.set_count
    counted = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
    return min(short, counted, key=len)


def _wording_of_set(body: Body, block: Block) -> tuple[str, dict[str, int]]:
    total, bouts = body.exercise.set_count, bout_a_set(body.exercise)
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
    named = _named(writer, scene.turn.exercise.name, naming(told=bool(scene.turn.round)))
    yield from _not_yet(writer, scene, named)
    yield from scene.later


def _not_yet(writer: Writer, scene: Scene, named: Line) -> tuple[Line, ...]:
    """How the next exercise is done; what would be done too early is told to be for later.

    It is called by its name. Where there is no room to say so of a set-up, so it is of what follows
    that, or of all with the name.
    """
    lines = tuple(line for line in station_lines(writer, scene.station) if writer.says(line.rule))
    room = spare(writer, scene.station)
    position = scene.turn.exercise.position
    ways = [
        tuple(for_later(writer, lines, position, room, orders)) for orders in (_ORDERS, _MOVEMENTS)
    ]
    if ways[0] == lines:
        return (named, *lines)
    room -= _opening_in_whole(writer, scene)
    brief = named._replace(text=named.shorter[-1])
    longer = speaking(writer, [named]) - speaking(writer, [brief]) if _tries_less(scene) else 0
    if told := next((each for each in ways if speaking(writer, each) <= room - longer), ()):
        return (named, *told)
    if not scene.moves:
        name = scene.turn.exercise.name
        return (named._replace(text=writer.phrases("exercise.next-later", name=name)), *lines)
    fits = speaking(writer, ways[-1]) + _SLOWER <= room
    return (brief, *ways[-1]) if fits else (named, *lines)


def _tries_less(scene: Scene) -> bool:
    """Whether shorter forms are tried in the rest before a scene; else whole ones are reckoned."""
    rest = scene.turn.rest
    return rest is not None and rest.minimum <= SHORTENED_UP_TO


def _opening_in_whole(writer: Writer, scene: Scene) -> int:
    """How much longer (ms) the opening of a rest takes than in the fewest words."""
    rest = scene.turn.rest
    if rest is None or not _tries_less(scene):
        return 0
    spoken = spoken_rest(writer.phrases, rest.minimum)
    whole = Line("rest", writer.phrases("cue.rest-seconds", seconds=spoken))
    return speaking(writer, [whole]) - speaking(writer, [Line("rest", writer.phrases("cue.rest"))])


def for_later(
    writer: Writer,
    lines: Iterable[Line],
    position: Position,
    room: int,
    orders: Mapping[str, str],
) -> Iterator[Line]:
    """The lines of a rest with `room` (ms) for them, and what says which `orders` are for later.

    Not of what has a time of its own, or moves one from the position: that is done at once.
    """
    now, when = movement_pause(writer.settings.pace), ""
    for line in lines:
        room -= speaking(writer, [line])
        moved = reached(line.text, position, base(writer.language))
        key = orders.get(line.field, when)
        if key != when and room >= _EARLY and not moved and (line.after or 0) <= now:
            yield Line("for-later", writer.phrases(key))
            when = key
        yield line


def _named(writer: Writer, name: str, key: str) -> Line:
    """What the exercise is called: alone, "march" would be taken for the order."""
    whole, short = writer.vary(key, name=name), writer.phrases("exercise.only", name=name)
    return Line("next-exercise", whole, (short,))


def handing_over(writer: Writer, scene: Scene) -> Iterator[Line]:
    """What is said at the end of an exercise about the next one, which follows at once."""
    if scene.turn.round and told_at_once(writer, scene.turn):
        number, total, group = scene.turn.round
        brief = round_in_brief(writer, number, group)
        text = which_round(writer, number, total, group)
        yield Line(rule_of(writer, number, total), text, (brief,))
    following = Body.of(writer, scene.turn.exercise)
    first, key = following.blocks[0], naming(told=told_at_once(writer, scene.turn))
    at_own_pace = scene.before is not None and scene.before.way.paced
    # In the middle of other work, a side alone would be taken for one of that.
    sided = at_own_pace and first.side is not None
    called = following.with_side(first.side) if sided else scene.turn.exercise.name
    brief = writer.phrases("cue.then", what=scene.turn.exercise.name)
    # Its last two forms stand for all the lines, where a rep has room for one only: behind another.
    forms = (brief, following.called(first), following.announced(first))
    yield _named(writer, called, key)._replace(shorter=forms)
    lines = station_lines(writer, scene.station)
    told = (each for each in lines if each.rule in _PRESSING and writer.says(each.rule))
    if not at_own_pace or scene.before is None:
        yield from told
        return
    kept = (each for each in told if not (sided and each.rule == "side-change"))
    yield from _once_done(writer, scene, scene.before, kept)


def _once_done(
    writer: Writer, scene: Scene, before: Exercise, told: Iterable[Line]
) -> Iterator[Line]:
    """What is told of what comes next, for who may still be at what comes `before` it."""
    body = Body.of(writer, before)
    left = tuple(left_when_done(writer, body.finish(body.blocks[-1])))
    yield from left
    done = bool(left)
    for line in told:
        moved = _moved(writer, scene, line)._replace(after=None)  # there is no time to wait in
        yield moved if done or line.rule not in _MOVING else _when_done(writer, moved)
        done = done or line.rule in _MOVING


def _moved(writer: Writer, scene: Scene, line: Line) -> Line:
    """A line of what comes next; a position without the "now" of one that is taken at once."""
    if line.rule != "position":
        return line
    key = request(scene.position, scene.turn.exercise.position).replace(".", "-brief.")
    return line._replace(text=sentence(writer.phrases(key)), shorter=())


def _when_done(writer: Writer, line: Line) -> Line:
    """What has to be done next, for who may still be at what comes before it."""
    what = line.text.rstrip(".")
    if line.rule == "position":
        what = f"{what[:1].lower()}{what[1:]}"
    return line._replace(text=writer.phrases("cue.when-done", what=what), shorter=())
