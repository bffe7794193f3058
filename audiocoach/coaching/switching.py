"""A change of sides in a prescribed time: by the clock, as a rest is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import Counter
from audiocoach.coaching.differing import new_dose
from audiocoach.coaching.hastening import turned_first
from audiocoach.coaching.pacing import CHIMED, TIGHT_PAUSE, paced, sentence_pause
from audiocoach.coaching.rests import into_work, room_beside, spaced
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side, of_side
from audiocoach.timeline.script import (
    Anchor,
    Chime,
    Cue,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Placement,
)


def switch_in_time(body: Body, before: Block, block: Block, side: Side, time: Time) -> None:
    """Append the prescribed time between the sides, whose end counts straight into the next."""
    writer, origin = body.writer, body.origin("side_rest")
    address = replace(body.address, set=before.set_number)
    writer.mark(MarkerKind.REST, writer.phrases.inline("marker.rest"), address, origin)
    span, pause = paced(time, writer.settings.pace), sentence_pause(writer.settings.pace)
    start = body.start(block)
    ended, begun = (
        [writer.or_less(writer.cue(line.rule, line.text, origin), *line.shorter) for line in lines]
        for lines in (_ended(body, before), _told(body, before, block, side))
    )
    chime = [writer.cue("chime", Chime.SIDE)] if writer.says("chime") else []
    if _lasting(writer, [*ended, *begun]) + CHIMED > span.minimum:
        chime = []  # rather than that a side with a name is "the other side"
    spoken = _placed([*ended, *chime, *begun], pause)
    turned, start = turned_first(writer, start, room_beside(writer, span, spoken))
    spoken += tuple(
        Placement(writer.cue(line.rule, line.text, origin), Anchor.AFTER, pause) for line in turned
    )
    told = spaced(writer, span, spoken, start)
    placements = (
        *told,
        *into_work(writer, Counter(writer, origin), span, start, told),
    )
    glue = Glue.RIGID if span.rigid else Glue.RANGE
    share = f"{body.identity}.side-rest"
    kind = IntervalKind.REST
    writer.add(Interval(span, glue, time.source, kind, placements, share, origin, address=address))


def _placed(said: Sequence[Cue], pause: int) -> tuple[Placement, ...]:
    """One cue after the other; the word that ends an effort is on its beat."""
    return tuple(
        Placement(cue, Anchor.AFTER, pause) if place else Placement(cue)
        for place, cue in enumerate(said)
    )


def _lasting(writer: Writer, cues: Iterable[Cue]) -> int:
    """About how long (ms) cues take, each in the first of its shorter forms."""
    brief = (replace(each, sound=each.shorter[0]) if each.shorter else each for each in cues)
    return sum(writer.lasts(each) + TIGHT_PAUSE for each in brief)


def _ended(body: Body, before: Block) -> Iterator[Line]:
    """What ends with one side."""
    if body.exercise.stop:
        yield Line("action", sentence(body.exercise.stop))
    yield from (Line("finish", text) for text in _texts(body, body.leaving(before)))


def _told(body: Body, before: Block, block: Block, side: Side) -> Iterator[Line]:
    """How the other side begins, which one it is first of all that may be left."""
    writer, exercise, name = body.writer, body.exercise, body.side_name(side)
    short, late = writer.phrases("cue.rep-side", side=name), body.told_late(block)
    if short not in late:
        forms = (short, body.side_in_a_word(side))
        yield Line("side-change", writer.vary("cue.switch", side=name), forms)
    yield from new_dose(body, before, block)
    if block.variant:
        variant = writer.phrases("cue.variant", variant=block.variant.name)
        yield from () if variant in late else (Line("variant-change", variant),)
    told: tuple[Instruction, ...] = of_side(exercise.side_change, side)
    yield from (Line("side-change", text) for text in _texts(body, told))


def _texts(body: Body, told: tuple[Instruction, ...]) -> Iterator[str]:
    for each in told:
        yield from sentences(each.say, body.writer.language)
