"""What all ways of filling a block share: its first word, its times, and its last words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.dose import spoken_time
from audiocoach.coaching.news import News
from audiocoach.coaching.pacing import QUICK, paced, speaking_ms
from audiocoach.coaching.rhythm import ROOM_MS, hands_over, room
from audiocoach.coaching.rules import DOSES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side
from audiocoach.timeline.script import (
    Cue,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Placement,
)

_GLUE: Final = {
    Source.PRESCRIBED: Glue.RIGID,
    Source.RANGE: Glue.RANGE,
    Source.EDITORIAL: Glue.TEMPO,
}
_SPARED: Final = ("station", *DOSES)
"""Rules of lines for which a rep has no room."""
_KINDS: Final = {PhaseKind.WORK: IntervalKind.WORK, PhaseKind.REP: IntervalKind.REP}


def first_word(body: Body, block: Block) -> str:
    """The word on which the work begins."""
    if opens_with_name(body, block):
        return named_with(body, body.called(block), *body.told_late(block))
    late, go = " ".join(body.told_late(block)), own_go(body, block)
    if late:
        return f"{late} {sentence(go)}" if go else late
    return sentence(go or body.writer.phrases("cue.go"))


def named_with(body: Body, name: str, *late: str) -> str:
    """A name, and what comes late with it: before it, what one has to do first."""
    told = (*late, name) if body.led_late else (name, *late)
    return " ".join(filter(None, told))


def hold_word(body: Body, block: Block) -> str:
    """The word on which a hold begins, where it has to tell how long that is; else empty."""
    time = body.new_length(block)
    if time is None or body.writer.address.rep > 1:
        return ""
    return body.writer.phrases("cue.hold-for", seconds=spoken_time(body.writer.phrases, time))


def opens_with_name(body: Body, block: Block) -> bool:
    """Whether the first word is the name, because the rest before had hardly time for it."""
    return body.named and block is body.blocks[0] and own_go(body, block) is None


def own_go(body: Body, block: Block) -> str | None:
    """The routine's own word for it."""
    return (block.variant.go if block.variant else None) or body.exercise.go


def handed_over(body: Body) -> Iterator[News]:
    """What the last rep says about an exercise that follows at once, if one does."""
    lines = [line for line in body.hands_over if line.rule not in _SPARED]
    for name in (line for line in lines if line.rule == "next-exercise"):
        brief, called, few = name.shorter[-3:]
        which = [line.text for line in lines if line.rule in ("next", "last-next")]
        whole = " ".join(line.text for line in lines)
        if hands_over(body, few):
            yield News(name.rule, (whole, *(f"{each} {called}" for each in which), few))
        elif hands_over(body, brief):  # what follows begins with its side
            yield News(name.rule, (brief,))
        else:  # what follows begins with its name
            yield from (News("next", (each,)) for each in which if hands_over(body, each))


def round_in_place(body: Body) -> str:
    """The round that follows at once, in the place of a last word beside which nothing has room.

    Empty where there is none, where it has no room either, or something is said behind that word.
    """
    lines = [line for line in body.hands_over if line.rule in ("next", "last-next")]
    if not lines or next(handed_over(body), None) or not body.writer.says(lines[0].rule):
        return ""
    *_, brief = (lines[0].text, *lines[0].shorter)
    *_, last = (phase for phase in body.blocks[-1].phases if phase.time.maximum)
    quick = speaking_ms(brief, body.writer.settings.rate) * QUICK // 100
    return brief if quick <= room(last) < ROOM_MS else ""


def news_cue(body: Body, news: News, field: str) -> Cue:
    """All there is to say, or less if there is no room."""
    cue = body.writer.cue(news.rule, news.forms[0], body.origin(field))
    return body.writer.or_less(cue, *news.forms[1:], news.least)


def interval_of(
    body: Body, phase: Phase, placements: Iterable[Placement], index: int = 0, word: str = ""
) -> Interval:
    """The time of a phase; if it is free, phase `index` is equally long in every rep."""
    writer, source = body.writer, phase.time.source
    if source is Source.PRESCRIBED:
        field, share = body.exercise.way.field, ""
    else:
        kept = phase.time.minimum == phase.time.maximum  # which no other may stretch
        field, share = words_from(phase, "reps"), "" if kept else f"{body.identity}.{index}"
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
        body.exercise.value("load", writer.address.set, writer.address.side) or "",
    )


def words_from(phase: Phase, otherwise: str) -> str:
    """The field that a phase is written in, if it has its own."""
    return "phases" if phase.kind is PhaseKind.OWN else otherwise


def mark_rep(body: Body, block: Block, rep: int, total: int) -> Side | None:
    """Mark the beginning of a rep; gives the side that does it."""
    writer, side = body.writer, body.side_of(block, rep)
    title = writer.phrases.inline("marker.rep", number=str(rep), total=str(total))
    address = replace(writer.address, side=side, rep=rep)
    writer.mark(MarkerKind.REP, title, address, body.origin("reps"))
    return side
