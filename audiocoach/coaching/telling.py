"""How an exercise is explained before it is done: its lines in order, its position, its dose."""

from __future__ import annotations

from typing import Final

from audiocoach.coaching.dose import in_bouts
from audiocoach.coaching.moving import move, request
from audiocoach.coaching.rounds import counts_its_exercises, opening_groups
from audiocoach.coaching.rules import TELLING
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import in_brief, of_this_round
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise
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
    for rule in TELLING:
        if rule in _AGAIN or not scene.turn.again:
            _tell_line(writer, rule, scene)
        elif rule != "movement":  # its words for this round are among the few
            writer.instruct(rule, of_this_round(exercise, rule))
    for line in scene.later:
        writer.say(line.rule, line.text, Origin(line.line, line.field))


def _listen_first(writer: Writer, scene: Scene) -> None:
    """Before a group by the clock: what of it has no time to be told in its rests."""
    if not scene.turn.ahead:
        return
    if not any(map(counts_its_exercises, scene.turn.opens)):
        writer.say("group", writer.phrases("exercise.ahead", count=len(scene.turn.ahead) + 1))
    if not scene.ahead:
        return
    writer.say("group", writer.phrases("exercise.ahead-listen"))
    for line in (line for each in scene.ahead for line in each.lines):
        writer.say(line.rule, line.text, Origin(line.line, line.field))
    writer.say("group", writer.phrases("exercise.ahead-begin"))


def _tell_line(writer: Writer, rule: str, scene: Scene) -> None:
    exercise = scene.turn.exercise
    match rule:
        case "position":
            _take_position(writer, scene)
        case "dose":
            _tell_dose(writer, exercise, scene.dose)
        case "brief" if scene.turn.again:
            writer.instruct(*in_brief(writer, exercise))
        case _:
            _tell_field(writer, rule, exercise)


def _tell_dose(writer: Writer, exercise: Exercise, lines: tuple[str, ...]) -> None:
    field = exercise.way.field if in_bouts(exercise) else "reps"
    origin = Origin(exercise.line(field), "dose")
    for line in lines:
        writer.say("dose", line, origin)


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
