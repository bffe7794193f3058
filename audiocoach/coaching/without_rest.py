"""What follows at once, without a rest: what leads into it, and out of what was done before."""

from __future__ import annotations

from audiocoach.coaching.body import Body
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import speechless
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Instruction


def way_into(writer: Writer, scene: Scene | None) -> tuple[Instruction, ...]:
    """The `start` of what follows at once, if anything does."""
    if scene is None:
        return ()
    body = Body.of(writer, scene.turn.exercise)
    return body.start(body.blocks[0])


def led_late(writer: Writer, scene: Scene) -> tuple[str, ...]:
    """The sentences of `finish` and `start` for which only its own beginning is left.

    A minute that belongs to one set says them before it ends.
    """
    rest, before = scene.turn.rest, scene.before
    if rest is None or before is None or before.way.paced or not speechless(rest):
        return ()
    done = Body.of(writer, before)
    told = (*done.leaving(done.blocks[-1]), *way_into(writer, scene))
    return tuple(text for each in told for text in sentences(each.say, writer.language))


def field_of(writer: Writer, scene: Scene, text: str) -> tuple[str, Exercise]:
    """The field that one of those sentences stands in, and its exercise."""
    own = (sentences(each.say, writer.language) for each in way_into(writer, scene))
    if scene.before is None or any(text in told for told in own):
        return "start", scene.turn.exercise
    return "finish", scene.before
