"""What happens in a block: one bout by the clock, or its reps, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.announcing import announce, cue_before, numbered
from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.pacing import paced
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block, rest_after
from audiocoach.routine.values import Side, of_side
from audiocoach.settings.values import Count
from audiocoach.timeline.script import (
    Anchor,
    Chime,
    Cue,
    CueKind,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Origin,
    Placement,
)

_AFTER_WORD: Final = 480
"""Silence (ms) between the release word and the rep phrase that follows it."""
_AFTER_CHIME: Final = 240
_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_GLUE: Final = {
    Source.PRESCRIBED: Glue.RIGID,
    Source.RANGE: Glue.RANGE,
    Source.EDITORIAL: Glue.TEMPO,
}


def write_block(body: Body, block: Block, after: Block | None) -> None:
    """Append what is done in a block; `after` is the block that follows it, if any."""
    body.writer.address = body.address_of(block)
    first, *_ = block.phases
    match first.kind:
        case PhaseKind.WORK:
            _bout(body, block, after, first)
        case PhaseKind.REP:
            _whole_reps(body, block, first)
            _stop(body, block, after)
        case _:
            _phased_reps(body, block)


# -- a bout by the clock ---------------------------------------------------------------


def _bout(body: Body, block: Block, after: Block | None, phase: Phase) -> None:
    counter, length = body.counter("work"), phase.time.natural
    placements = counter.held(length, _go(body, block), _own_cues(body, length))
    paced = body.exercise.way.paced
    if paced:
        placements = (placements[0], *_which_set(body, block), *placements[1:])
    if paced and after:
        count = counter.countdown(body.writer.coaching.countdown, "rest-ends")
        beats = {instant(each, length) for each in count}
        others = (each for each in placements if instant(each, length) not in beats)
        placements = (*others, *count)
    body.writer.interval(_interval(body, phase, IntervalKind.WORK, placements))
    if not (paced and after):
        _stop(body, block, after)


def _which_set(body: Body, block: Block) -> Iterator[Placement]:
    """Which of the sets that each begin on their time has begun."""
    total = body.exercise.set_count
    if total > 1 and body.writer.says("rep-number"):
        text = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
        cue = body.writer.cue("rep-number", text, body.origin("sets"))
        yield Placement(cue, Anchor.AFTER, _AFTER_WORD)


def _stop(body: Body, block: Block, after: Block | None) -> None:
    """The stop word, unless a rest opens with it, so that the two never collide."""
    if after is None and body.straight_out:
        return
    ends_set = after is None or after.set_number != block.set_number
    if ends_set and rest_after(body.exercise, block.set_number):
        return
    stop = body.exercise.stop
    text = sentence(stop) if stop else body.writer.phrases("cue.stop")
    body.writer.say("action", text, body.origin("stop"))


def _go(body: Body, block: Block) -> str:
    """The word on which the work begins."""
    own = block.variant.go if block.variant else None
    return sentence(own or body.exercise.go or body.writer.phrases("cue.go"))


def _own_cues(body: Body, length: int) -> tuple[Placement, ...]:
    """The routine's words at instants of a held or worked time."""
    return tuple(
        Placement(
            body.writer.cue("own-cue", sentence(cue.say), Origin(cue.line("say"))),
            Anchor.START if cue.at >= 0 else Anchor.END,
            abs(cue.at),
        )
        for cue in body.exercise.cues
        if abs(cue.at) < length
    )


# -- reps with nothing counted inside them ---------------------------------------------


def _whole_reps(body: Body, block: Block, phase: Phase) -> None:
    """The bare number tells that a rep is complete."""
    writer, total = body.writer, body.total_reps(block)
    counter, span = body.counter("reps"), paced(phase.time, writer.coaching.pace)
    limit = writer.coaching.max_silence
    silent = 0
    for rep in range(1, total + 1):
        opening = _rep_opening(body, block, rep)
        silent += span.maximum
        if opening is None and limit and silent > limit:
            opening = counter.number(rep - 1)
        if opening:
            silent = span.maximum
        placements = [Placement(opening)] if opening else []
        if rep == total > 1 and writer.says("last-one"):
            last = writer.cue("last-one", writer.phrases("cue.last-one"), body.origin("reps"))
            after = Placement(last, Anchor.AFTER, _AFTER_WORD)
            placements.append(after if opening else Placement(last))
        placements.extend(counter.time_left(span.maximum, span.minimum))
        _mark_rep(body, block, rep, total)
        writer.interval(_interval(body, phase, IntervalKind.REP, placements))
    if not body.alternating and numbered(body):
        writer.add(counter.number(total))
        writer.pause(_AFTER_WORD)


def _rep_opening(body: Body, block: Block, rep: int) -> Cue | None:
    """What is said as a rep begins: go, then the count of those done, or whose turn it is."""
    origin = body.origin("reps")
    if rep == 1:
        return body.writer.cue("action", _go(body, block), origin)
    if body.alternating:
        return body.writer.cue("action", announce(body, block, rep)[1], origin)
    counted = numbered(body) or (body.writer.coaching.count is Count.EVERY_5 and rep % 5 == 1)
    return body.counter("reps").number(rep - 1) if counted else None


# -- reps of phases --------------------------------------------------------------------


def _phased_reps(body: Body, block: Block) -> None:
    phases = [phase for phase in block.phases if phase.time.maximum]
    total = body.total_reps(block)
    for rep in range(1, total + 1):
        side = _mark_rep(body, block, rep, total)
        known = rep > (2 if body.alternating else 1)  # heard before, on this side
        for index, phase in enumerate(phases):
            announced = None
            if index == len(phases) - 1 and rep < total:
                announced = cue_before(body, block, phase, rep + 1)
            _phase(body, phase, index, _word(body, phase, side, known=known), announced)


def _word(body: Body, phase: Phase, side: Side | None, *, known: bool) -> str:
    """The word of a phase for one side, the brief one where the phase is known; or none."""
    word: str | None = of_side((known and phase.brief) or phase.say, side)
    return word or (body.writer.phrases(phase.kind.cue) if phase.kind.cue else "")


def _phase(body: Body, phase: Phase, index: int, word: str, announced: Cue | None) -> None:
    writer, length = body.writer, phase.time.natural
    span = paced(phase.time, writer.coaching.pace)
    opening = sentence(word) if word else ""
    counted = phase.time.source is Source.PRESCRIBED
    placements: list[Placement] = []
    if counted:
        said = _own_cues(body, length)
        placements.extend(body.counter("hold").held(length, opening, said))
    elif word:
        origin = body.origin("phases" if phase.kind is PhaseKind.OWN else "hold")
        placements.append(Placement(writer.cue("action", opening, origin)))
    chime = phase.chime and writer.says("chime")
    if chime or announced:
        placements = _opened(body, placements, length, announced, chime=chime)
    if not counted:
        placements.extend(body.counter("reps").time_left(span.maximum, span.minimum))
    kind = IntervalKind.PHASE if word else IntervalKind.HOLD
    interval = _interval(body, phase, kind, placements, index)
    writer.interval(replace(interval, label=phase.name or word))


def _opened(
    body: Body,
    placements: list[Placement],
    length: int,
    announced: Cue | None,
    *,
    chime: bool,
) -> list[Placement]:
    """The chime before the word on beat 0, the announcement after it.

    Numbers give way on the beats on which these are still heard.
    """
    at_once = placements and instant(placements[0], length) == 0
    word = placements[0].cue if at_once and placements[0].cue.kind is CueKind.ACTION else None
    lead = [Placement(body.writer.cue("chime", Chime.SIDE))] if chime else []
    if word:
        lead.append(Placement(word, Anchor.AFTER, _AFTER_CHIME) if lead else Placement(word))
    beats = len(lead)
    if announced:
        after = Placement(announced, Anchor.AFTER, _AFTER_WORD)
        lead.append(after if lead else Placement(announced))
        beats += 2 if beats else 1
    others = placements[1:] if word else placements
    kept = (
        each
        for each in others
        if each.cue.kind not in _NUMBERS or instant(each, length) >= beats * BEAT_MS
    )
    return [*lead, *kept]


# -- small things ----------------------------------------------------------------------


def _interval(
    body: Body, phase: Phase, kind: IntervalKind, placements: Iterable[Placement], index: int = 0
) -> Interval:
    """The time of a phase; where it is free, number `index` lasts as long in each rep."""
    source = phase.time.source
    if source is Source.PRESCRIBED:
        field, share = body.exercise.way.field, ""
    else:
        field, share = (
            "phases" if phase.kind is PhaseKind.OWN else "reps",
            f"{body.identity}.{index}",
        )
    span, origin = paced(phase.time, body.writer.coaching.pace), body.origin(field)
    return Interval(span, _GLUE[source], source, kind, tuple(placements), share, origin)


def _mark_rep(body: Body, block: Block, rep: int, total: int) -> Side | None:
    """Mark the beginning of a rep; gives the side that does it."""
    writer, side = body.writer, body.side_of(block, rep)
    title = writer.phrases.inline("marker.rep", number=str(rep), total=str(total))
    address = replace(writer.address, side=side, rep=rep)
    writer.mark(MarkerKind.REP, title, address, body.origin("reps"))
    return side
