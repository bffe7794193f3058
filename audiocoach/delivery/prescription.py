"""What a routine prescribes, as a table: the figures, and the words that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from audiocoach.coaching.compiler import change_lines
from audiocoach.routine.model import Exercise, Group, Phase, Routine, Sides, Step, Task
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import by_the_clock, round_count
from audiocoach.routine.values import SideCounts, SideNames, SideTimes


def dose_table(routine: Routine) -> str:
    """A block for each exercise: each prescribed figure, followed by its quote if there is one.

    What the user changed is at the top. A routine with levels is shown at one of them.
    """
    head = [routine.title, *change_lines(routine), *_head(routine), *_schedule(routine, "   ")]
    lines = [*head, *_steps(routine.exercises, count(1), "")]
    return "\n".join(lines) + "\n"


def _head(routine: Routine) -> Iterator[str]:
    if routine.levels:
        yield f"   levels: {', '.join(routine.levels)}"
    if routine.breath:
        breath = f"{routine.breath.inhale} in, {routine.breath.exhale} out"
        yield "   " + _figure(routine, "breath", breath)


def _steps(steps: Iterable[Step], numbers: Iterator[int], indent: str) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Group):
            yield f"{indent}{_repeats(step)}:"
            yield from _steps(step.exercises, numbers, indent + "  ")
            continue
        if isinstance(step, Task):
            yield f"{indent}- {step.name or step.say}{', pause' if step.pause else ''}"
            continue
        named = "" if "position" in step.model_fields_set else ", not said"
        yield f"{indent}{next(numbers)}. {step.name} ({step.position.value}{named})"
        yield from (f"{indent}     {line}" for line in _figures(step))
        yield from _schedule(step, f"{indent}     ")


def _repeats(group: Group) -> str:
    number = round_count(group)
    parts = [f"{number} round{'' if number == 1 else 's'}"]
    if group.name:
        parts[0] = f"{group.name}: {parts[0]}"
    if group.until:
        parts[0] += f" until {group.until}"
    if ability := group.ability("rounds"):
        parts[0] += f" ({ability})"
    if group.rest:
        parts.append(f"rest {group.rest} between rounds")
    if group.rest_between:
        parts.append(f"rest {_shown(group.rest_between)} between exercises")
    elif by_the_clock(group) and len(group.exercises) > 1:
        parts.append("no rest between exercises")
    return ", ".join(parts)


def _schedule(prescribed: Exercise | Routine, indent: str) -> Iterator[str]:
    schedule = prescribed.schedule
    if schedule:
        every, times = f"every {schedule.every}", f"{schedule.times} times a {schedule.per}"
        yield indent + _figure(prescribed, "schedule", every if schedule.every else times)


def _figures(exercise: Exercise) -> Iterator[str]:
    parts = exercise.way.parts
    figures = ("sets", "reps", "until", exercise.way.field, "load", "rest", "side_rest")
    for field in (*(each for each in figures if each not in parts), *parts):
        value = getattr(exercise, field)
        free = isinstance(value, Phase) and value.time.source is Source.EDITORIAL
        if value is None or free or (field == "sets" and value == 1):
            continue
        counted = f" ({_counted(exercise)})" if field == "until" else ""
        yield _figure(exercise, field, _shown(value) + counted)
    if exercise.sides is not Sides.BOTH or "sides" in exercise.quotes:
        yield _figure(exercise, "sides", exercise.sides.value)
    if exercise.each:
        yield _figure(exercise, "each", ", ".join(variant.name for variant in exercise.each))


def _shown(value: Any) -> str:
    """A value as one reads it: `8`, `8, 10, 12`, `right 8, left 12` or `In 4s · Out 6s`."""
    match value:
        case Phase():
            return str(value.time)
        case (Phase(), *_):
            return " · ".join(map(_shown_phase, value))
        case tuple():
            return ", ".join(map(str, value))
        case SideCounts() | SideTimes() | SideNames():
            return f"right {value.right}, left {value.left}"
        case _:
            return str(value)


def _counted(exercise: Exercise) -> str:
    reps = exercise.reps_until
    sides = " on each side" if exercise.sides is Sides.ALTERNATING else ""
    return f"{reps} rep{'' if reps == 1 else 's'}{sides}"


def _shown_phase(phase: Phase) -> str:
    return f"{phase.name or _shown(phase.say or 'phase')} {phase.time}"


def _figure(prescribed: Exercise | Routine, field: str, value: str) -> str:
    quote, ability = prescribed.quotes.get(field), prescribed.ability(field)
    value += f" ({ability})" if ability else ""
    source = f'   "{quote}"' if quote else ""
    return f"{field} {value}{source}"
