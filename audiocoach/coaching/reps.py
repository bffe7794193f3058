"""What happens in a block: one bout by the clock, or its reps, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.announcing import AFTER_WORD, announce, cue_before, numbered, opened
from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import instant
from audiocoach.coaching.pacing import paced, sentence_pause
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side, of_side
from audiocoach.settings.values import Count
from audiocoach.timeline.script import (
    Anchor,
    Chime,
    Cue,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Origin,
    Placement,
)

_GLUE: Final = {
    Source.PRESCRIBED: Glue.RIGID,
    Source.RANGE: Glue.RANGE,
    Source.EDITORIAL: Glue.TEMPO,
}
_KINDS: Final = {PhaseKind.WORK: IntervalKind.WORK, PhaseKind.REP: IntervalKind.REP}


_HANDED_OVER_AT: Final = 9_000
"""How long (ms) before the end of a bout what follows it at once is named."""
_RINGING: Final = 1_560
"""How long (ms) a bell is given before words: as long as it sounds, and a little."""


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
    if body.hands_over and not after:
        placements = (*placements, *_handing_over(body, length))
    if paced and (after or body.hands_over):
        count = counter.countdown(body.writer.settings.countdown, "rest-ends")
        beats = {instant(each, length) for each in count}
        others = (each for each in placements if instant(each, length) not in beats)
        placements = (*others, *count)
    body.writer.add(_interval(body, phase, placements))
    if not (paced and after):
        _stop(body, block, after)


def _handing_over(body: Body, length: int) -> Iterator[Placement]:
    """What comes next, in time before the last seconds are counted."""
    writer, pause = body.writer, sentence_pause(body.writer.settings.pace)
    first, *others = (writer.cue(rule, text) for rule, text in body.hands_over)
    yield Placement(first, Anchor.END, min(_HANDED_OVER_AT, length // 2))
    yield from (Placement(cue, Anchor.AFTER, pause) for cue in others)


def _which_set(body: Body, block: Block) -> Iterator[Placement]:
    """Which of the sets that each begin on their time has begun."""
    total = body.exercise.set_count
    if total > 1 and body.writer.says("rep-number"):
        text = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
        cue = body.writer.cue("rep-number", text, body.origin("sets"))
        yield Placement(cue, Anchor.AFTER, AFTER_WORD)


def _stop(body: Body, block: Block, after: Block | None) -> None:
    """The stop word, unless a rest opens with it, so that the two never collide."""
    if body.runs_on(block, after):
        return
    stop = body.exercise.stop
    text = sentence(stop) if stop else body.writer.phrases("cue.stop")
    body.writer.say("action", text, body.origin("stop"))


def _go(body: Body, block: Block) -> str:
    """The word on which the work begins."""
    own = (block.variant.go if block.variant else None) or body.exercise.go
    if own is None and body.named and block is body.blocks[0]:
        side = body.side_of(block)
        name = ", ".join([body.exercise.name, *([body.side_name(side)] if side else [])])
        return body.writer.phrases("exercise.only", name=name)
    return sentence(own or body.writer.phrases("cue.go"))


def _own_cues(body: Body, length: int) -> tuple[Placement, ...]:
    """The routine's words at instants of a held or worked time, and its bell.

    Words at the instant of the bell come when it has rung.
    """
    writer, bell = body.writer, body.exercise.bell
    rings = bell.instants(length) if bell and writer.says("bell") else ()
    origin = body.origin("bell")
    found = [Placement(writer.cue("bell", Chime.BELL, origin), Anchor.START, at) for at in rings]
    for cue in body.exercise.cues:
        at = cue.at if cue.at >= 0 else length + cue.at
        if 0 <= at < length:
            words = writer.cue("own-cue", sentence(cue.say), Origin(cue.line("say")))
            found.append(Placement(words, Anchor.START, at + _RINGING * (at in rings)))
    return tuple(found)


# -- reps with nothing counted inside them ---------------------------------------------


def _whole_reps(body: Body, block: Block, phase: Phase) -> None:
    """The bare number tells that a rep is complete."""
    writer, total = body.writer, body.total_reps(block)
    counter, span = body.counter("reps"), paced(phase.time, writer.settings.pace)
    limit = writer.settings.max_silence
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
            last = writer.cue("last-one", writer.vary("cue.last-one"), body.origin("reps"))
            after = Placement(last, Anchor.AFTER, AFTER_WORD)
            placements.append(after if opening else Placement(last))
        placements.extend(counter.time_left(span.maximum, span.minimum))
        _mark_rep(body, block, rep, total)
        writer.add(_interval(body, phase, placements))
    if not body.alternating and numbered(body):
        writer.add(counter.number(total))
        writer.pause(AFTER_WORD)


def _rep_opening(body: Body, block: Block, rep: int) -> Cue | None:
    """What is said as a rep begins: go, then the count of those done, or whose turn it is."""
    origin = body.origin("reps")
    if rep == 1:
        return body.writer.cue("action", _go(body, block), origin)
    if body.alternating:
        return body.writer.cue("action", announce(body, block, rep)[1], origin)
    counted = numbered(body) or (body.writer.settings.count is Count.EVERY_5 and rep % 5 == 1)
    return body.counter("reps").number(rep - 1) if counted else None


# -- reps of phases --------------------------------------------------------------------


def _phased_reps(body: Body, block: Block) -> None:
    phases = [phase for phase in block.phases if phase.time.maximum]
    total = body.total_reps(block)
    for rep in range(1, total + 1):
        side = _mark_rep(body, block, rep, total)
        known = rep > body.exercise.sides.in_turn  # heard before, on this side
        for index, phase in enumerate(phases):
            announced = None
            if index == len(phases) - 1 and rep < total:
                announced = cue_before(body, block, phase, rep + 1)
            elif index == len(phases) - 1 and block is body.blocks[-1] and body.hands_over:
                announced = body.writer.cue(*body.hands_over[0])
            word = _word(body, phase, side, known=known, last=rep == total)
            _write_phase(body, phase, index, word, announced)


def _word(body: Body, phase: Phase, side: Side | None, *, known: bool, last: bool) -> str:
    """The word of a phase for one side: the last one, the brief one where it is known; or none."""
    word: str | None = of_side((last and phase.last) or (known and phase.brief) or phase.say, side)
    if word:
        return word
    key = phase.kind.cue
    return body.writer.phrases(key) if key else ""


def _write_phase(body: Body, phase: Phase, index: int, word: str, announced: Cue | None) -> None:
    writer, length = body.writer, phase.time.natural
    span = paced(phase.time, writer.settings.pace)
    opening = sentence(word) if word else ""
    counted = phase.time.source is Source.PRESCRIBED
    placements: list[Placement] = []
    if counted:
        said = _own_cues(body, length) if phase.kind is PhaseKind.HOLD else ()
        placements.extend(body.counter("hold").held(length, opening, said))
    elif word:
        origin = body.origin(_words_from(phase, "hold"))
        placements.append(Placement(writer.cue("action", opening, origin)))
    chime = phase.chime and writer.says("chime")
    if chime or announced:
        placements = opened(body, placements, length, announced, chime=chime)
    if not counted:
        placements.extend(body.counter("reps").time_left(span.maximum, span.minimum))
    writer.add(_interval(body, phase, placements, index, word))


# -- small things ----------------------------------------------------------------------


def _interval(
    body: Body, phase: Phase, placements: Iterable[Placement], index: int = 0, word: str = ""
) -> Interval:
    """The time of a phase; where it is free, number `index` lasts as long in each rep."""
    writer, source = body.writer, phase.time.source
    if source is Source.PRESCRIBED:
        field, share = body.exercise.way.field, ""
    else:
        field, share = _words_from(phase, "reps"), f"{body.identity}.{index}"
    return Interval(
        paced(phase.time, writer.settings.pace),
        _GLUE[source],
        source,
        _KINDS.get(phase.kind) or (IntervalKind.PHASE if word else IntervalKind.HOLD),
        tuple(placements),
        share,
        body.origin(field),
        phase.name or word,
        writer.address,
    )


def _words_from(phase: Phase, otherwise: str) -> str:
    """The field that a phase is written in, if it is one of its own."""
    return "phases" if phase.kind is PhaseKind.OWN else otherwise


def _mark_rep(body: Body, block: Block, rep: int, total: int) -> Side | None:
    """Mark the beginning of a rep; gives the side that does it."""
    writer, side = body.writer, body.side_of(block, rep)
    title = writer.phrases.inline("marker.rep", number=str(rep), total=str(total))
    address = replace(writer.address, side=side, rep=rep)
    writer.mark(MarkerKind.REP, title, address, body.origin("reps"))
    return side
