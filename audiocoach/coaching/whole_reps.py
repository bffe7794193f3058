"""Reps with nothing counted inside: the number is said as each begins."""

from __future__ import annotations

from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.doing import (
    first_word,
    handed_over,
    interval_of,
    mark_rep,
    news_cue,
)
from audiocoach.coaching.news import numbered, of_pairs
from audiocoach.coaching.pacing import longest_silence, paced
from audiocoach.coaching.rhythm import AFTER_WORD
from audiocoach.routine.phases import Phase
from audiocoach.routine.unfold import Block
from audiocoach.settings.values import Count
from audiocoach.timeline.placing import ANNOUNCED_MS
from audiocoach.timeline.script import (
    Anchor,
    Cue,
    Placement,
)

_FIVE: Final = 5
_ROOM_FOR_BOTH: Final = 2_000
"""The shortest rep (ms) with room for its number and for the last one behind it."""
_ROOM_FOR_ONE: Final = 900
"""The shortest (ms) with room for either, and not for a number alone."""
_ROOM_AHEAD: Final = 1_400
"""The shortest (ms) in which the last one can be announced in the rep before it."""
_ROOM_TO_WAIT: Final = 2_500
"""The shortest (ms) in which a while may pass between the two."""


def write_whole_reps(body: Body, block: Block, phase: Phase) -> None:
    """The bare number is heard as the rep begins that it counts, the last one before it does."""
    writer, total = body.writer, body.total_reps(block)
    counter, span = body.counter("reps"), paced(phase.time, writer.settings.pace)
    limit, silent = longest_silence(writer.settings.max_silence, 0), 0
    # Where sides take turns, it begins the last pair.
    last = total + 1 - body.exercise.sides.in_turn
    with_itself = _begins_with_last(body, span.minimum, last)
    told_with = last if with_itself else last - 1
    for rep in range(1, total + 1):
        announces = rep == told_with and last > 1 and writer.says("last-one")
        instead = announces and (with_itself or _ROOM_FOR_ONE <= span.minimum < _ROOM_FOR_BOTH)
        opening = None if instead else _rep_opening(body, block, rep)
        silent += span.maximum
        if opening is None and limit and silent > limit:
            opening = counter.number(rep)
        if opening:
            silent = span.maximum
        placements = [Placement(opening)] if opening else []
        if announces and with_itself:
            placements.append(Placement(_last_one_now(body, block, rep)))
        if rep == total and block is body.blocks[-1]:
            handed = (news_cue(body, news, "name") for news in handed_over(body))
            placements += [Placement(cue, Anchor.AFTER, AFTER_WORD // 2) for cue in handed]
        placements.extend(counter.time_left(span.maximum, span.minimum))
        if announces and not with_itself:
            placements.append(_last_one(body, span.minimum))
        mark_rep(body, block, rep, total)
        writer.add(interval_of(body, phase, placements))


def _begins_with_last(body: Body, least: int, last: int) -> bool:
    """Whether rep `last` itself begins with "last one".

    So it is where a rep of `least` ms has no room for that behind the side whose turn it is, or at
    all; and where the rep before is the first, which has its own word.
    """
    if _ROOM_FOR_ONE <= least < _ROOM_AHEAD or (body.alternating and least < _ROOM_TO_WAIT):
        return True
    return least < _ROOM_FOR_BOTH and last == 2


def _last_one_now(body: Body, block: Block, rep: int) -> Cue:
    """The last one as it begins, and whose turn it is."""
    writer, side = body.writer, body.side_of(block, rep) if body.alternating else None
    named = [writer.phrases("cue.rep-side", side=body.side_name(side))] if side else []
    key = of_pairs("cue.last-one") if body.alternating else "cue.last-one"
    short, told = writer.shortest(key), " ".join([writer.vary(key), *named])
    cue = writer.cue("last-one", told, body.origin("reps"))
    return writer.or_less(
        cue, " ".join([short, *named]), body.last_of_side(side) if side else short
    )


def _last_one(body: Body, least: int) -> Placement:
    """The last one, at the end of the rep before it, which lasts `least` ms or more."""
    key = of_pairs("cue.last-one") if body.alternating else "cue.last-one"
    cue = body.writer.cue("last-one", body.writer.vary(key), body.origin("reps"))
    cue = body.writer.or_less(cue, body.writer.shortest(key))
    if least >= _ROOM_FOR_BOTH:
        return Placement(cue, Anchor.BEFORE, ANNOUNCED_MS)
    return Placement(cue, Anchor.END, least * 7 // 10)


def _rep_opening(body: Body, block: Block, rep: int) -> Cue | None:
    """What is said as a rep begins: go, then which one it is, or whose turn it is."""
    if rep == 1:
        return body.writer.cue("action", first_word(body, block), body.origin("reps"))
    number = (rep + 1) // 2 if body.alternating else rep
    counted = numbered(body) or (
        body.writer.settings.count is Count.EVERY_5 and number % _FIVE == 0
    )
    if not body.alternating:
        return body.counter("reps").number(rep) if counted else None
    side = body.side_of(block, rep)
    named = body.writer.phrases("cue.rep-side", side=body.side_name(side)) if side else ""
    if not counted or not rep % 2:
        return body.writer.cue("action", named, body.origin("reps"))
    bare, what = body.counter("reps").spoken(number), named.rstrip(".")
    text = body.writer.phrases("cue.number-with", what=what, number=number)
    return body.writer.or_less(body.writer.cue("action", text, body.origin("reps")), bare)
