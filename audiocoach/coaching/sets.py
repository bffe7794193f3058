"""The body of an exercise, set by set: what comes before each block, and in between."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, Counter
from audiocoach.coaching.differing import new_dose
from audiocoach.coaching.doing import own_go
from audiocoach.coaching.entering import counted_on, entering, resting_between
from audiocoach.coaching.following import set_next
from audiocoach.coaching.moving import SIDE_CHANGE, VARIANT_CHANGE
from audiocoach.coaching.pacing import sentence_pause
from audiocoach.coaching.reps import write_block
from audiocoach.coaching.rests import rest_after_set
from audiocoach.coaching.rules import TELLING
from audiocoach.coaching.stations import HELPS, told_by_variant
from audiocoach.coaching.switching import switch_in_time
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Instruction, Variant
from audiocoach.routine.unfold import Block, rest_after
from audiocoach.routine.values import Side, of_side
from audiocoach.timeline.script import Chime, CueKind, Glue, IntervalKind, MarkerKind, Wait

_NAME_KEPT: Final = 20_000
"""After so long a telling (ms) the name is said once more before the exercise begins."""
_READY_GAP: Final = (600, 1_200, 4_000)
_SET_GAP: Final = (4_000, 8_000, 20_000)


def write_sets(body: Body) -> None:
    """Append every block of an exercise, with the changes and rests between them."""
    writer, exercise = body.writer, body.exercise
    before: Block | None = None
    for block, after in zip_longest(body.blocks, body.blocks[1:]):
        _lead_in(body, before, block)
        write_block(body, block, after)
        _leave(body, block, after)
        before = block
    rest = rest_after(exercise, exercise.set_count)
    if rest:
        rest_after_set(body, rest, body.blocks[-1], None)
    writer.address = body.address


def _lead_in(body: Body, before: Block | None, block: Block) -> None:
    if before is None:
        _first_block(body, block)
    elif before.set_number != block.set_number:
        _next_set(body, before, block)
    elif block.side and before.side != block.side:
        _to_other_side(body, before, block, block.side)
    elif block.variant:
        _change_variant(body, before, block, block.variant)


def _first_block(body: Body, block: Block) -> None:
    _mark_set(body, block)
    if body.straight_in:
        return
    _tell_variant(body, block)
    # A name that is also the word on which the work begins would be an order.
    is_order = body.exercise.name.casefold() == (own_go(body, block) or "").casefold()
    named = body.writer.since(CueKind.NAME) > _NAME_KEPT and not is_order
    _enter(body, block, body.side_of(block), named=named)


def _next_set(body: Body, before: Block, block: Block) -> None:
    writer = body.writer
    rest = rest_after(body.exercise, before.set_number)
    at_once = rest or body.exercise.way.paced
    if rest:
        rest_after_set(body, rest, before, block)
    if not at_once:
        for line in (set_next(body, block), *new_dose(body, before, block)):
            writer.say(line.rule, line.text, body.origin("sets"))
        if block.side != before.side:
            writer.instruct("side-change", of_side(body.exercise.side_change, block.side))
        if block.variant and len(body.exercise.each) > 1:
            _name_variant(body, block.variant)
        for field, each in body.exercise.instructions():
            if each.set == block.set_number:
                writer.instruct(field, (each,), block.set_number)
        orient = resting_between(writer.phrases, body.exercise, body.exercise.position)
        writer.gap(writer.settings.transition.of(_SET_GAP), Glue.BETWEEN, Wait.SETS, orient)
    writer.fade(body.address.round + block.set_number - 2)
    _mark_set(body, block)
    if not at_once:
        _enter(body, block, body.side_of(block))


def _to_other_side(body: Body, before: Block, block: Block, side: Side) -> None:
    if not body.exercise.side_rest:
        _change_side(body, before, block, side)
        return
    switch_in_time(body, before, block, side, body.exercise.side_rest)
    _mark_side(body, block, side)


def _change_side(body: Body, before: Block, block: Block, side: Side) -> None:
    writer = body.writer
    writer.chime(Chime.SIDE)
    _mark_side(body, block, side)
    told: tuple[Instruction, ...] = of_side(body.exercise.side_change, side)
    named = {"side": body.side_name(side)}
    # Who hears of the other leg at once lifts it, long before `start` says so.
    rests = body.start(block) and not told
    text = (
        writer.phrases("cue.switch-rest", **named) if rests else writer.vary("cue.switch", **named)
    )
    writer.say("side-change", text, body.origin("sides"))
    for line in new_dose(body, before, block):
        writer.say(line.rule, line.text, body.origin("sides"))
    writer.instruct("side-change", told)
    if not any(instruction.time for instruction in told):
        writer.gap(writer.settings.transition.of(SIDE_CHANGE), Glue.MOVE, Wait.SIDES)
    _tell_variant(body, block)
    _enter(body, block, side, told=True)


def _change_variant(body: Body, before: Block, block: Block, variant: Variant) -> None:
    writer = body.writer
    text = body.told_in_place(block)
    writer.say("variant-change", text, body.origin("each"))
    if body.stays(before, block):
        writer.pause(sentence_pause(writer.settings.pace))  # nobody has to picture it for long
        _count_in(writer, counted_on(writer, body.passing(before, block)))
        return
    _explain(body, block, variant)
    writer.gap(writer.settings.transition.of(VARIANT_CHANGE), Glue.BETWEEN, Wait.VARIANTS)
    # Where sides take turns, the variant begins with the first of them again.
    side = body.side_of(block) if body.alternating or body.start(block) else None
    _enter(body, block, side, told=not body.alternating)


def _leave(body: Body, block: Block, after: Block | None) -> None:
    """Lead out of what `start` has led into, unless the next block or a rest begins at once."""
    if not body.stays(block, after) and not body.runs_on(block, after):
        body.writer.instruct("finish", body.leaving(block))


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
    """Explain a variant the first time; afterwards its name is enough.

    Where none can be explained later, in the position of effort, all are, in their order; the one
    to begin with is named last.
    """
    variant, later = block.variant, _told_with_first(body, block)
    if later and variant:
        _name_variant(body, variant, body.writer.vary("cue.start-with", what=variant.name))
        _explain(body, block, variant)
        body.writer.say("variant", body.writer.phrases("exercise.ahead-listen"))
    for each in later:
        _name_variant(body, each, body.writer.phrases("cue.then", what=each.name))
        body.writer.instruct("variant", each.say)
    if variant and later:
        _name_variant(body, variant, body.writer.vary("cue.start-with", what=variant.name))
    elif variant and not _explain(body, block, variant):
        _name_variant(body, variant)


def _told_with_first(body: Body, block: Block) -> tuple[Variant, ...]:
    """The variants that are explained together with that of the first block."""
    if block is not body.blocks[0] or not (body.start(block) and body.told_ahead):
        return ()
    told = body.writer.says("purpose")
    return tuple(variant for variant in body.exercise.each[1:] if variant.say and told)


def _name_variant(body: Body, variant: Variant, text: str = "") -> None:
    text = text or body.writer.phrases("cue.variant", variant=variant.name)
    body.writer.say("variant", text, body.origin("each"))


def _explain(body: Body, block: Block, variant: Variant) -> bool:
    """Explain a variant if no block before had it, and there is something to say.

    Gives whether it was explained.
    """
    before = takewhile(lambda each: each is not block, body.blocks)
    if any(each.variant and each.variant.name == variant.name for each in before):
        return False
    if not variant.say or not body.writer.says("purpose"):
        return False
    body.writer.instruct("variant", variant.say)
    if block is body.blocks[0] and told_by_variant(body.exercise):
        for field in (each for each in TELLING if each in HELPS):
            body.writer.instruct(field, getattr(body.exercise, field))
    return True


def _enter(
    body: Body, block: Block, side: Side | None, *, told: bool = False, named: bool = False
) -> None:
    """Ready, with the name once more if it is `named`; what is tiring to wait in; the count-in.

    Without a count-in nobody needs to be made ready: only the name is said, unless a variant was
    just told; or a side that was not `told`.
    """
    writer, start = body.writer, body.start(block)
    if writer.settings.countdown:
        writer.say("ready", _ready(body, side, named=named))
        writer.gap(writer.settings.get_ready.of(_READY_GAP), Glue.BETWEEN, Wait.READY)
    elif named and not block.variant:
        name = writer.vary("exercise.next", name=body.with_side(side))  # alone it is an order
        writer.say("name", name, body.origin("name"))
        writer.breathe()
    elif side and not told:
        only = writer.phrases("cue.rep-side", side=body.side_name(side))
        writer.say("side-change", only, body.origin("sides"))
        writer.breathe()
    if not start:
        _count_in(writer, writer.settings.countdown)
        return
    way = entering(writer, start)
    writer.instruct("start", way.told)
    writer.breathe()
    _count_in(writer, way.counted)


def _ready(body: Body, side: Side | None, *, named: bool) -> str:
    words = {"name": body.exercise.name} if named else {}
    if side:
        words["side"] = body.side_behind_name(side) if named else body.side_name(side)
    return body.writer.phrases("-".join(["cue.ready", *words]), **words)


def _count_in(writer: Writer, seconds: int) -> None:
    """The last seconds before an effort."""
    if seconds:
        placements = Counter(writer).countdown(seconds)
        writer.exactly(seconds * BEAT_MS, IntervalKind.COUNT_IN, placements)
