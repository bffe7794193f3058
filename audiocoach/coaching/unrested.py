"""What is lost where an exercise follows another at once: `check` reports it in notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audiocoach.coaching.body import Body
from audiocoach.coaching.rhythm import hands_over
from audiocoach.coaching.scenes import scenes
from audiocoach.coaching.stations import needs, speechless
from audiocoach.coaching.without_rest import field_of, led_late
from audiocoach.coaching.writer import Writer
from audiocoach.errors import Problem
from audiocoach.routine.model import Routine
from audiocoach.wording import quoted


def untold_again(routine: Routine) -> Iterator[Problem]:
    """What one needs or holds on to where no rest comes before, and no time is left to tell it."""
    writer, seen = Writer.of(routine), set[tuple[int, ...]]()
    for scene in scenes(writer, routine):
        turn, before, exercise = scene.turn, scene.before, scene.turn.exercise
        rest, told = turn.rest, [*needs(writer, scene.station)]
        at_once = rest is not None and speechless(rest) and not scene.reminded
        if not (told and at_once and before) or before.way.whole_set or turn.path in seen:
            continue
        seen.add(turn.path)
        if hands_over(
            Body.of(writer, before), " ".join([exercise.name, *(each.text for each in told)])
        ):
            continue
        message = (
            "is told before the first round, and never again: no rest comes before the exercise, "
            "and there is no time to tell it as it begins; leave a few seconds of rest_between"
        )
        field = told[0].field
        yield exercise.problem(field, message, f"exercise {quoted(exercise.name)}: {field}")


def unled(routine: Routine) -> Iterator[Problem]:
    """What leads into a position or out of it, for which there is neither a rest nor other room."""
    writer, seen = Writer.of(routine), set[tuple[str, int]]()
    for scene in scenes(writer, routine):
        writer.obey(scene.turn.exercise)
        body = Body.of(writer, scene.turn.exercise, straight_in=True)
        body = replace(body, led_late=led_late(writer, scene))
        heard = body.told_late(body.blocks[0]) if body.led_late else ()
        for text in body.led_late[: len(body.led_late) - len(heard)]:
            field, exercise = field_of(writer, scene, text)
            if (field, exercise.line(field)) in seen:
                continue
            seen.add((field, exercise.line(field)))
            message = (
                f"{quoted(text)} is not heard where the next exercise begins at once; leave a few "
                "seconds of rest_between"
            )
            yield exercise.problem(field, message, f"exercise {quoted(exercise.name)}: {field}")
