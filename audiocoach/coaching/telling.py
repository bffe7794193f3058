"""How an exercise is explained before it is done: its lines in order, its position, its dose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.ahead import Ahead
from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.dose import in_bouts, only_side
from audiocoach.coaching.moving import move, request
from audiocoach.coaching.rounds import counts_its_exercises, opening_groups
from audiocoach.coaching.rules import TELLING
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import (
    HELPS,
    again_dosed,
    in_brief,
    of_this_round,
    side_of,
    told_by_variant,
)
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Position
from audiocoach.timeline.script import Glue, MarkerKind, Origin, Wait

_AGAIN: Final = frozenset({"place", "position", "setup", "support", "brief", "dose"})
"""What is told of an exercise in a later round, too: what the hands and feet have to do first."""


def tell(writer: Writer, scene: Scene) -> None:
    """Name an exercise, and say what the listener needs to know.

    An exercise that a rest by the clock has explained is not explained again.
    """
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("name"), "name")
    writer.mark(MarkerKind.EXERCISE, exercise.name, scene.address, origin)
    if scene.turn.rest:
        return
    for text, place in opening_groups(writer, scene.turn.opens):
        writer.say("group", text, place)
    _listen_first(writer, scene)
    writer.say("name", scene.title, origin)
    _tell_side(writer, scene)
    behind = HELPS if told_by_variant(exercise) else ()
    for rule in (each for each in TELLING if each not in behind):
        if rule in _AGAIN or not scene.turn.again:
            _tell_line(writer, rule, scene)
        elif rule != "movement":  # its words for this round are among the few
            writer.instruct(rule, of_this_round(exercise, rule))
    for line in scene.later:
        writer.say(line.rule, line.text, Origin(line.line, line.field))


def _tell_side(writer: Writer, scene: Scene) -> None:
    """Which side it is for, or begins with, before the position that one takes for it."""
    exercise = scene.turn.exercise
    known = scene.turn.again and not scene.moves
    only = only_side(writer.phrases, exercise)
    if known or not (only or exercise.position is Position.LYING_ON_SIDE):
        return
    if only:
        for line in side_of(writer, scene.station):
            writer.say(line.rule, line.text, Origin(line.line, line.field))
        return
    body = Body.of(writer, exercise)
    if side := body.side_of(body.blocks[0]):
        text = writer.vary("cue.start-with", what=body.side_name(side))
        writer.say("side-change", text, body.origin("sides"))


def _listen_first(writer: Writer, scene: Scene) -> None:
    """Before a group by the clock: what of it has no time to be told in its rests."""
    if not scene.turn.ahead:
        return
    if not any(map(counts_its_exercises, scene.turn.opens)):
        writer.say("group", writer.phrases("exercise.ahead", count=len(scene.turn.ahead) + 1))
    if not scene.ahead:
        return
    writer.say("group", writer.phrases("exercise.ahead-listen"))
    for line in (line for each in scene.ahead for line in _in_its_place(writer, scene, each)):
        writer.say(line.rule, line.text, Origin(line.line, line.field))
    writer.say("group", writer.phrases("exercise.ahead-begin"))


def _in_its_place(writer: Writer, scene: Scene, told: Ahead) -> Iterator[Line]:
    """The lines of a station; which exercise it is where some are told in their rests instead.

    By the number that its title would have: nobody could tell another count from that one.
    """
    if len(scene.ahead) == len(scene.turn.ahead):
        yield from told.lines
        return
    number = scene.address.exercise + told.station.place - 1
    numbered = {"number": number, "name": told.station.exercise.name}
    for line in told.lines:
        text = writer.phrases("exercise.ahead-number", **numbered)
        yield line._replace(text=text) if line.rule == "name" else line


def _tell_line(writer: Writer, rule: str, scene: Scene) -> None:
    exercise = scene.turn.exercise
    match rule:
        case "position":
            _take_position(writer, scene)
        case "dose":
            _tell_dose(writer, scene)
        case "brief" if scene.turn.again:
            writer.instruct(*in_brief(writer, exercise))
        case _:
            _tell_field(writer, rule, exercise)


def _tell_dose(writer: Writer, scene: Scene) -> None:
    exercise = scene.turn.exercise
    field = exercise.way.field if in_bouts(exercise) else "reps"
    origin = Origin(exercise.line(field), "dose")
    for text in scene.dose:
        writer.say("dose", text, origin)
    again = () if scene.dose else tuple(again_dosed(writer, scene.station))
    for line in (*side_of(writer, scene.station), *again) if again else ():
        writer.say(line.rule, line.text, origin)
    known = {line.text for line in again}
    for line in scene.recalled:
        if not scene.dose and line.text not in known:
            writer.say(line.rule, line.text, origin)


def _tell_field(writer: Writer, rule: str, exercise: Exercise) -> None:
    """A line that stands in a field of the exercise."""
    told = getattr(exercise, rule)
    if rule == "brief" and writer.says(rule):
        rule, told = in_brief(writer, exercise)
    elif rule in ("easier", "harder") and told:
        writer.say(rule, writer.phrases(f"exercise.{rule}"))
    writer.instruct(rule, told)


def _take_position(writer: Writer, scene: Scene) -> None:
    """Ask for a change of position and give it its time; staying put needs no words."""
    if not scene.moves:
        return
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("position"), "position")
    key = request(scene.position, exercise.position, first=scene.before is None)
    text = writer.phrases(key)
    writer.say("position", text, origin)
    writer.gap(move(scene.position, exercise.position), Glue.MOVE, Wait.MOVE)
