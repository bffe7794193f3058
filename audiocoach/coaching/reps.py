"""What happens in a block: one bout by the clock, or its reps, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.model import Phase
from audiocoach.routine.times import Source, Time
from audiocoach.routine.unfold import Block, rest_after
from audiocoach.routine.values import SideNames
from audiocoach.settings.options import Count, Side
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
_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""
_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_GLUE: Final = {
    Source.PRESCRIBED: Glue.RIGID,
    Source.RANGE: Glue.RANGE,
    Source.EDITORIAL: Glue.TEMPO,
}


def write_block(body: Body, block: Block, after: Block | None) -> None:
    """Append what is done in a block; `after` is the block that follows it, if any."""
    body.writer.address = body.address_of(block)
    if block.work:
        _bout(body, block, after, block.work)
    elif body.exercise.rep_duration:
        _whole_reps(body, block, body.exercise.rep_duration)
        _stop(body, block, after)
    else:
        _phased_reps(body, block)


# -- a bout by the clock ---------------------------------------------------------------


def _bout(body: Body, block: Block, after: Block | None, time: Time) -> None:
    counter, length = body.counter("work"), time.natural
    placements = counter.held(length, _go(body, block), _own_cues(body, length))
    every = body.exercise.every
    if every:
        placements = (placements[0], *_which_set(body, block), *placements[1:])
    if every and after:
        count = counter.countdown(body.writer.coaching.countdown, "rest-ends")
        beats = {instant(each, length) for each in count}
        others = (each for each in placements if instant(each, length) not in beats)
        placements = (*others, *count)
    body.writer.interval(_interval(body, time, IntervalKind.WORK, placements))
    if not (every and after):
        _stop(body, block, after)


def _which_set(body: Body, block: Block) -> Iterator[Placement]:
    """Which of the sets that begin `every` so often has begun."""
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


def _whole_reps(body: Body, block: Block, time: Time) -> None:
    """The bare number tells that a rep is complete."""
    writer, total = body.writer, body.total_reps(block)
    counter, span = body.counter("reps"), writer.coaching.span(time)
    limit = writer.coaching.max_silence
    silent = 0
    for rep in range(1, total + 1):
        opening = _rep_opening(body, block, rep, total)
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
        writer.interval(_interval(body, time, IntervalKind.REP, placements))
    if not body.alternating and _numbered(body):
        writer.add(counter.number(total))
        writer.pause(_AFTER_WORD)


def _rep_opening(body: Body, block: Block, rep: int, total: int) -> Cue | None:
    """What is said as a rep begins: go, then the count of those done, or whose turn it is."""
    origin = body.origin("reps")
    if rep == 1:
        return body.writer.cue("action", _go(body, block), origin)
    if body.alternating:
        return body.writer.cue("action", _announce(body, block, rep, total)[1], origin)
    counted = _numbered(body) or (body.writer.coaching.count is Count.EVERY_5 and rep % 5 == 1)
    return body.counter("reps").number(rep - 1) if counted else None


def _numbered(body: Body) -> bool:
    """Whether each rep that is done is counted."""
    return body.writer.coaching.count in (Count.AUTO, Count.EVERY)


# -- reps of phases --------------------------------------------------------------------


def _phased_reps(body: Body, block: Block) -> None:
    phases = [phase for phase in _phases(body, block) if phase.time.maximum]
    total = body.total_reps(block)
    for rep in range(1, total + 1):
        side = _mark_rep(body, block, rep, total)
        known = rep > (2 if body.alternating else 1)  # heard before, on this side
        for index, phase in enumerate(phases):
            announcement = None
            if index == len(phases) - 1 and rep < total:
                announcement = _announcement(body, block, phase, rep + 1, total)
            _phase(body, phase, index, _word(phase, side, known=known), announcement)


def _phases(body: Body, block: Block) -> tuple[Phase, ...]:
    exercise, phrases = body.exercise, body.writer.phrases
    if exercise.tempo:
        words = ("cue.lower", "cue.pause", "cue.lift", "cue.pause")
        return tuple(
            phase if phase.say else phase.model_copy(update={"say": phrases(word)})
            for phase, word in zip(exercise.tempo.phases, words, strict=True)
        )
    if block.hold is None:
        return exercise.phases
    act = exercise.act.say or phrases("cue.act")
    release = exercise.release.say or phrases("cue.release")
    return (
        exercise.act.model_copy(update={"say": act}),
        Phase(time=block.hold),
        exercise.release.model_copy(update={"say": release}),
    )


def _word(phase: Phase, side: Side | None, *, known: bool) -> str:
    """The word of a phase for one side, the brief one where the phase is known; or none."""
    say = (known and phase.brief) or phase.say
    if isinstance(say, SideNames):
        return say.left if side == "left" else say.right
    return say or ""


def _phase(body: Body, phase: Phase, index: int, word: str, announcement: Cue | None) -> None:
    writer, length = body.writer, phase.time.natural
    span = writer.coaching.span(phase.time)
    opening = sentence(word) if word else ""
    counted = phase.time.source is Source.PRESCRIBED
    placements: list[Placement] = []
    if counted:
        said = _own_cues(body, length) if body.exercise.hold else ()
        placements.extend(body.counter("hold").held(length, opening, said))
    elif word:
        origin = body.origin("phases" if body.exercise.phases else "hold")
        placements.append(Placement(writer.cue("action", opening, origin)))
    chime = phase.chime and writer.says("chime")
    if chime or announcement:
        placements = _opened(body, placements, length, announcement, chime=chime)
    if not counted:
        placements.extend(body.counter("reps").time_left(span.maximum, span.minimum))
    kind = IntervalKind.PHASE if word else IntervalKind.HOLD
    interval = _interval(body, phase.time, kind, placements, index)
    writer.interval(replace(interval, label=phase.name or word))


def _opened(
    body: Body,
    placements: list[Placement],
    length: int,
    announcement: Cue | None,
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
    if announcement:
        after = Placement(announcement, Anchor.AFTER, _AFTER_WORD)
        lead.append(after if lead else Placement(announcement))
        beats += 2 if beats else 1
    others = placements[1:] if word else placements
    kept = (
        each
        for each in others
        if each.cue.kind not in _NUMBERS or instant(each, length) >= beats * BEAT_MS
    )
    return [*lead, *kept]


# -- announcing reps -------------------------------------------------------------------


def _announcement(body: Body, block: Block, phase: Phase, rep: int, total: int) -> Cue | None:
    """The cue before rep number `rep`, if there is one and the phase has room for it."""
    rule, text = _announce(body, block, rep, total)
    if not text or not body.writer.says(rule):
        return None
    length = phase.time.natural
    if rule == "rep-number" and length >= _NUMBERS_MATTER_FROM and _all_counted(body, phase):
        return None
    return body.writer.cue(rule, text, body.origin("reps"))


def _all_counted(body: Body, phase: Phase) -> bool:
    """Whether the phase has a number on each second, or a word and then numbers."""
    prescribed = phase.time.source is Source.PRESCRIBED
    return prescribed and body.counter("hold").counts_all(phase.time.natural)


def _announce(body: Body, block: Block, rep: int, total: int) -> tuple[str, str]:
    """What is said before rep number `rep` of `total`, and its rule; never a bare number."""
    phrases, side = body.writer.phrases, body.side_of(block, rep)
    if body.alternating and side:
        return "rep-side", phrases("cue.rep-side", side=body.side_name(side))
    long = _long_phases(body)
    for rule, key in _landmarks(rep, total, long=long):
        if body.writer.says(rule):
            return rule, phrases(key)
    if long:
        return "rep-number", phrases("cue.number-next", number=rep, total=total)
    return "rep-number", phrases("cue.number", number=rep) if _numbered(body) else ""


def _landmarks(rep: int, total: int, *, long: bool) -> Iterator[tuple[str, str]]:
    """The rules that fit this rep, the most telling first, each with its phrase."""
    if rep == total:
        yield "last-one", "cue.last-bout-next" if long else "cue.last-one"
    if long:
        return
    if rep == total - 1 and total >= RULES["two-more"].least:
        yield "two-more", "cue.two-more"
    if rep == -(-total // 2) + 1 and total >= RULES["reps-halfway"].least:
        yield "reps-halfway", "cue.halfway"


def _long_phases(body: Body) -> bool:
    """Whether a phase has a half time of its own: then reps are announced in whole words."""
    least = RULES["halfway"].least
    return any(phase.time.natural >= least for phase in body.exercise.phases)


# -- small things ----------------------------------------------------------------------


def _interval(
    body: Body, time: Time, kind: IntervalKind, placements: Iterable[Placement], index: int = 0
) -> Interval:
    """A time of the exercise; phase number `index` of each rep lasts as long where it is free."""
    exercise = body.exercise
    span, share = body.writer.coaching.span(time), f"{body.identity}.{index}"
    if time.source is Source.PRESCRIBED:
        fields = ("work", "every", "phases", "tempo", "rep_duration")
        field, share = next((each for each in fields if getattr(exercise, each)), "hold"), ""
    else:
        field = "phases" if exercise.phases else "reps"
    glue, origin = _GLUE[time.source], body.origin(field)
    return Interval(span, glue, time.source, kind, tuple(placements), share, origin)


def _mark_rep(body: Body, block: Block, rep: int, total: int) -> Side | None:
    """Mark the beginning of a rep; gives the side that does it."""
    writer, side = body.writer, body.side_of(block, rep)
    title = writer.phrases.inline("marker.rep", number=str(rep), total=str(total))
    address = replace(writer.address, side=side, rep=rep)
    writer.mark(MarkerKind.REP, title, address, body.origin("reps"))
    return side
