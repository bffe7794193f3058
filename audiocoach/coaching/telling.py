"""How one exercise is told before it is done: its lines in their order, position, dose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.dose import dose_lines, in_bouts
from audiocoach.coaching.moving import move, request
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.rules import TELLING
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Group, Instruction, Position, Routine
from audiocoach.routine.unfold import Turn, round_count, turns
from audiocoach.timeline.script import Address, Glue, MarkerKind, Origin, Wait

_AHEAD: Final = ("setup", "eyes_free", "support", "brief", "movement", "feel", "easier")
"""What is told of an exercise by the clock before its group begins."""
_AGAIN: Final = frozenset({"place", "position", "setup", "eyes_free", "support", "brief", "dose"})
"""What is told of an exercise in a later round, too: what the hands and feet have to do first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn, and what the listener brings to it."""

    turn: Turn
    address: Address
    """Of the exercise, in this round."""
    title: str
    """What it is called now; empty if the rest before it names it."""
    position: Position
    """Where the exercise before left the listener."""
    dose: tuple[str, ...]
    """What must be said of the dose: in a later round nothing, unless it is another one."""

    @property
    def moves(self) -> bool:
        """Whether the position changes."""
        return self.position is not self.turn.exercise.position


def scenes(writer: Writer, routine: Routine) -> Iterator[Scene]:
    """Every turn of a routine in order."""
    phrases = writer.phrases
    total = sum(1 for _ in routine.all_exercises())
    numbers: dict[tuple[int, ...], int] = {}
    passes: Counter[tuple[int, ...]] = Counter()
    heard: dict[tuple[int, ...], tuple[str, ...]] = {}
    position = Position.STANDING
    for turn in turns(routine):
        exercise = turn.exercise
        number = numbers.setdefault(turn.path, len(numbers) + 1)
        passes[turn.path] += 1
        title = "" if turn.rest else _title(writer, turn, number, total)
        dose: tuple[str, ...] = ()
        if not turn.rest:
            lines = tuple(dose_lines(phrases, exercise, writer.settings.first_side))
            dose = () if turn.again and lines == heard.get(turn.path) else lines
            heard[turn.path] = lines
        yield Scene(turn, Address(number, passes[turn.path]), title, position, dose)
        position = exercise.position


def _title(writer: Writer, turn: Turn, number: int, total: int) -> str:
    if turn.again:
        return writer.vary("exercise.again", name=turn.exercise.name)
    key = "exercise.title" if total > 1 else "exercise.only"
    return writer.vary(key, number=number, total=total, name=turn.exercise.name)


def tell(writer: Writer, scene: Scene) -> None:
    """Name an exercise, and say what must be known to do it.

    One that a rest by the clock has told is not told again.
    """
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("name"), "name")
    writer.mark(MarkerKind.EXERCISE, exercise.name, scene.address, origin)
    if scene.turn.rest:
        return
    _open_groups(writer, scene.turn.opens)
    _listen_first(writer, scene.turn.ahead)
    writer.say("name", scene.title, origin)
    for rule in TELLING:
        if rule in _AGAIN or not scene.turn.again:
            _tell_line(writer, rule, scene)


def in_brief(writer: Writer, exercise: Exercise) -> tuple[str, tuple[Instruction, ...]]:
    """A few words for the whole exercise, and their rule: in full, they are the movement."""
    rule = "movement" if writer.says("movement") else "brief"
    return rule, exercise.brief or exercise.movement[:1]


def _open_groups(writer: Writer, groups: tuple[Group, ...]) -> None:
    """What the groups that begin here are called, and which of its rounds is the first."""
    for group in groups:
        if group.name:
            name = writer.phrases("exercise.only", name=group.name)
            writer.say("group", name, Origin(group.line("name"), "name"))
        rounds, origin = round_count(group), Origin(group.line("rounds"), "rounds")
        if rounds > 1 and (group.name or group.round_name):
            writer.say("group", _first_round(writer.phrases, group, rounds), origin)


def _first_round(phrases: Phrases, group: Group, rounds: int) -> str:
    if not group.round_name:
        return phrases("exercise.round", number=1, total=rounds)
    return f"{phrases('round.named', name=group.round_name, number=1, total=rounds)}."


def _listen_first(writer: Writer, ahead: tuple[Exercise, ...]) -> None:
    """Before a group by the clock: what comes after its first exercise."""
    if not ahead:
        return
    writer.say("movement", writer.phrases("exercise.ahead", count=len(ahead) + 1))
    for exercise in ahead:
        name = writer.phrases("exercise.only", name=exercise.name)
        writer.say("name", name, Origin(exercise.line("name"), "name"))
        for rule in _AHEAD:
            _tell_field(writer, rule, exercise)
    writer.say("movement", writer.phrases("exercise.ahead-begin"))


def _tell_line(writer: Writer, rule: str, scene: Scene) -> None:
    exercise = scene.turn.exercise
    match rule:
        case "position":
            _take_position(writer, scene)
        case "dose":
            field = exercise.way.field if in_bouts(exercise) else "reps"
            origin = Origin(exercise.line(field), "dose")
            for line in scene.dose:
                writer.say("dose", line, origin)
        case "brief" if scene.turn.again:
            writer.instruct(*in_brief(writer, exercise))
        case _:
            _tell_field(writer, rule, exercise)


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
    text = writer.phrases(request(scene.position, exercise.position))
    writer.say("position", text, origin)
    writer.gap(move(scene.position, exercise.position), Glue.MOVE, Wait.MOVE)
