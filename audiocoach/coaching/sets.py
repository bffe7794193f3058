"""The body of an exercise, set by set: what comes before each block, and what lies between."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, takewhile, zip_longest
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import Counter
from audiocoach.coaching.moving import SIDE_CHANGE, VARIANT_CHANGE
from audiocoach.coaching.reps import write_block
from audiocoach.coaching.rests import rest_after_set, set_dose, set_next
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Instruction, Variant
from audiocoach.routine.unfold import Block, blocks, rest_after
from audiocoach.routine.values import Side, SideNames, of_side
from audiocoach.timeline.script import Chime, Glue, IntervalKind, MarkerKind, Wait

_READY_GAP: Final = (600, 1_200, 4_000)
_SET_GAP: Final = (4_000, 8_000, 20_000)


def write_sets(
    writer: Writer, exercise: Exercise, *, straight_in: bool = False, straight_out: bool = False
) -> None:
    """Append every block of an exercise, with the changes and rests between them.

    By the clock an exercise begins `straight_in`, as the rest before has told it, and
    goes `straight_out` into the next one, which opens with its stop word.
    """
    found = tuple(blocks(exercise, writer.settings.first_side))
    body = Body(writer, exercise, found, writer.address, straight_in, straight_out)
    before: Block | None = None
    for block, after in zip_longest(found, found[1:]):
        _lead_in(body, before, block)
        write_block(body, block, after)
        before = block
    rest = rest_after(exercise, exercise.set_count)
    if rest:
        rest_after_set(body, rest, exercise.set_count, None)
    writer.address = body.address


def _lead_in(body: Body, before: Block | None, block: Block) -> None:
    if before is None:
        _first_block(body, block)
    elif before.set_number != block.set_number:
        _next_set(body, before, block)
    elif block.side and before.side != block.side:
        _change_side(body, block, block.side)
    elif block.variant:
        _change_variant(body, block, block.variant)


def _first_block(body: Body, block: Block) -> None:
    _mark_set(body, block)
    if body.straight_in:
        return
    _tell_variant(body, block)
    side = body.side_of(block)
    body.writer.instruct("start", of_side(body.exercise.start, side))
    _ready(body, side)


def _next_set(body: Body, before: Block, block: Block) -> None:
    writer = body.writer
    rest = rest_after(body.exercise, before.set_number)
    at_once = rest or body.exercise.way.paced
    if rest:
        rest_after_set(body, rest, before.set_number, block)
    if not at_once:
        writer.say("next", set_next(body, block), body.origin("sets"))
        for line in set_dose(body, block):
            writer.say(*line, body.origin("sets"))
        writer.gap(writer.settings.transition.of(_SET_GAP), Glue.BETWEEN, Wait.SETS)
    writer.fade(body.address.round + block.set_number - 2)
    _mark_set(body, block)
    if not at_once:
        _ready(body, body.side_of(block))


def _change_side(body: Body, block: Block, side: Side) -> None:
    writer = body.writer
    writer.chime(Chime.SIDE)
    _mark_side(body, block, side)
    text = writer.vary("cue.switch", side=body.side_name(side))
    writer.say("side-change", text, body.origin("sides"))
    if isinstance(body.exercise.load, SideNames):
        writer.say("next", writer.phrases("dose.load", load=block.load), body.origin("load"))
    told: tuple[Instruction, ...] = of_side(body.exercise.side_change, side)
    writer.instruct("side-change", told)
    if not any(instruction.time for instruction in told):
        writer.gap(writer.settings.transition.of(SIDE_CHANGE), Glue.MOVE, Wait.SIDES)
    _tell_variant(body, block)
    _ready(body, side)


def _change_variant(body: Body, block: Block, variant: Variant) -> None:
    writer = body.writer
    text = writer.phrases("cue.other", variant=variant.name)
    writer.say("variant-change", text, body.origin("each"))
    _explain(body, block, variant)
    writer.gap(writer.settings.transition.of(VARIANT_CHANGE), Glue.BETWEEN, Wait.VARIANTS)
    _ready(body, None)


# -- marks, variants, ready ------------------------------------------------------------


def _mark_set(body: Body, block: Block) -> None:
    writer, total = body.writer, body.exercise.set_count
    writer.address = replace(body.address, set=block.set_number)
    if total > 1:
        number = str(block.set_number)
        title = writer.phrases.inline("marker.set", number=number, total=str(total))
        writer.mark(MarkerKind.SET, title, writer.address, body.origin("sets"))
    if block.side:
        _mark_side(body, block, block.side)


def _mark_side(body: Body, block: Block, side: Side) -> None:
    address = replace(body.address, set=block.set_number, side=side)
    body.writer.mark(MarkerKind.SIDE, body.side_name(side), address, body.origin("sides"))


def _tell_variant(body: Body, block: Block) -> None:
    """Explain a variant the first time; afterwards its name is enough."""
    if block.variant and not _explain(body, block, block.variant):
        text = body.writer.phrases("cue.variant", variant=block.variant.name)
        body.writer.say("variant", text, body.origin("each"))


def _explain(body: Body, block: Block, variant: Variant) -> bool:
    """Explain a variant if no block before had it, and there is something to say.

    Gives whether it was explained.
    """
    heard = islice(body.blocks, body.straight_in, None)  # the clock left no time for the first
    before = takewhile(lambda each: each is not block, heard)
    if any(each.variant and each.variant.name == variant.name for each in before):
        return False
    if not variant.say or not body.writer.says("purpose"):
        return False
    body.writer.instruct("variant", variant.say)
    return True


def _ready(body: Body, side: Side | None) -> None:
    """Ready, and the count-in; without a count-in nobody needs to be made ready."""
    writer, seconds = body.writer, body.writer.settings.countdown
    if not seconds:
        return
    if side:
        text = writer.phrases("cue.ready-side", side=body.side_name(side))
    else:
        text = writer.phrases("cue.ready")
    writer.say("ready", text)
    writer.gap(writer.settings.get_ready.of(_READY_GAP), Glue.BETWEEN, Wait.READY)
    writer.exactly(seconds * 1000, IntervalKind.COUNT_IN, Counter(writer).countdown(seconds))
