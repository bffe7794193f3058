"""What happens in a block: one bout by the clock, or its reps, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.announcing import NUMBERS, Announcer, News, numbered, opened
from audiocoach.coaching.body import Body
from audiocoach.coaching.breaths import PACED_FROM, breaths
from audiocoach.coaching.counting import Counter, instant
from audiocoach.coaching.encouraging import encouraged
from audiocoach.coaching.handing import handing_over_in, without_halfway
from audiocoach.coaching.own_cues import own_cues
from audiocoach.coaching.pacing import longest_silence, paced
from audiocoach.coaching.rhythm import AFTER_WORD, Rhythm
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side, of_side
from audiocoach.settings.values import Count
from audiocoach.timeline.script import (
    Anchor,
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
_LONG: Final = 40_000
"""In the last phase of a rep that is so long (ms), the next rep is announced near its end."""
_TOLD_BEFORE: Final = 16_000
_KINDS: Final = {PhaseKind.WORK: IntervalKind.WORK, PhaseKind.REP: IntervalKind.REP}
_FIVE: Final = 5
_LAST_AHEAD: Final = 1_440
"""So long (ms) before it begins the last rep is announced."""
_WARNING: Final = 2_500
"""The same (ms) for any rep, where the one before ends in a rest that is not counted."""
_ROOM_FOR_BOTH: Final = 2_000
"""The shortest rep (ms) with room for its number and for the last one behind it."""
_ROOM_FOR_ONE: Final = 900
"""The shortest (ms) with room for either, and not for a number alone."""
_ROOM_AHEAD: Final = 1_400
"""The shortest (ms) in which the last one can be announced in the rep before it."""
_ROOM_TO_WAIT: Final = 2_500
"""The shortest (ms) in which a while may pass between the two."""
_NAMED_IN: Final = 2_000
"""Where the first rep begins with a name, nothing is counted so long (ms)."""


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
            _stop(body, block, after)


# -- a bout by the clock ---------------------------------------------------------------


def _bout(body: Body, block: Block, after: Block | None, phase: Phase) -> None:
    counter, length = body.counter("work"), phase.time.natural
    placements = counter.held(length, _go(body, block), own_cues(body, length))
    paced = body.exercise.way.paced
    if not paced:
        late = body.blocks.index(block) * 3 >= len(body.blocks) * 2
        placements = encouraged(body.writer, placements, length, late=late)
    if paced:
        placements = (placements[0], *_which_set(body, block), *placements[1:])
    if body.hands_over and not after:
        handed = tuple(handing_over_in(body, length, placements))
        placements = (*without_halfway(placements, handed, length), *handed)
    if paced and (after or body.hands_over):
        count = counter.countdown(body.writer.settings.countdown, "rest-ends")
        beats = {instant(each, length) for each in count}
        others = (each for each in placements if instant(each, length) not in beats)
        placements = (*others, *count)
    body.writer.add(_interval(body, phase, placements))
    if not (paced and after):
        _stop(body, block, after)


def _which_set(body: Body, block: Block) -> Iterator[Placement]:
    """Which of the sets that each begin on their time has begun."""
    total = body.exercise.set_count
    if total > 1 and body.writer.says("rep-number"):
        text = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
        cue = body.writer.cue("rep-number", text, body.origin("sets"))
        yield Placement(cue, Anchor.AFTER, AFTER_WORD)


def _stop(body: Body, block: Block, after: Block | None) -> None:
    """The stop word, unless a rest opens with it, so that the two never collide.

    A rep whose last phase leads out of it, or is free, needs none; nor does a breath.
    """
    stop, last = body.exercise.stop, block.phases[-1]
    free = last.time.source is not Source.PRESCRIBED and last.kind is not PhaseKind.REP
    ended = last.kind is PhaseKind.RELEASE or free or Rhythm.of(body, block).breathing
    if body.runs_on(block, after) or (ended and not stop):
        return
    text = sentence(stop) if stop else body.writer.phrases("cue.stop")
    body.writer.say("action", text, body.origin("stop"))


def _go(body: Body, block: Block) -> str:
    """The word on which the work begins."""
    if _opens_with_name(body, block):
        return body.called(block)
    return sentence(_own_go(body, block) or body.writer.phrases("cue.go"))


def _opens_with_name(body: Body, block: Block) -> bool:
    """Whether the first word is the name, as the rest before had hardly time for it."""
    return body.named and block is body.blocks[0] and _own_go(body, block) is None


def _with_name(body: Body, block: Block, word: str) -> Cue:
    """The first word of a rep behind the name, or without it where there is no room for both."""
    origin, name = body.origin("name"), body.called(block)
    if not word:
        return body.writer.cue("action", name, origin)
    both = body.writer.cue("action", f"{name} {sentence(word)}", origin)
    return body.writer.or_less(both, sentence(word))


def _own_go(body: Body, block: Block) -> str | None:
    """The word that the routine has for it."""
    return (block.variant.go if block.variant else None) or body.exercise.go


# -- reps with nothing counted inside them ---------------------------------------------


def _whole_reps(body: Body, block: Block, phase: Phase) -> None:
    """The bare number is heard as the rep begins that it counts, the last one before it does."""
    writer, total = body.writer, body.total_reps(block)
    counter, span = body.counter("reps"), paced(phase.time, writer.settings.pace)
    limit, silent = longest_silence(writer.settings.max_silence, 0), 0
    with_itself = _begins_with_last(body, span.minimum, total)
    told_with = total if with_itself else total - 1
    for rep in range(1, total + 1):
        announces = rep == told_with and total > 1 and writer.says("last-one")
        instead = announces and (with_itself or _ROOM_FOR_ONE <= span.minimum < _ROOM_FOR_BOTH)
        opening = None if instead else _rep_opening(body, block, rep)
        silent += span.maximum
        if opening is None and limit and silent > limit:
            opening = counter.number(rep)
        if opening:
            silent = span.maximum
        placements = [Placement(opening)] if opening else []
        if announces:
            wordy = rep == 1 or body.alternating
            last = None if with_itself else _last_one(body, span.minimum, wordy=wordy)
            placements.append(last or Placement(_last_one_now(body, block, rep)))
        if rep == total and block is body.blocks[-1]:
            handed = (_news_cue(body, news, "name") for news in _handed(body))
            placements += [Placement(cue, Anchor.AFTER, AFTER_WORD // 2) for cue in handed]
        placements.extend(counter.time_left(span.maximum, span.minimum))
        _mark_rep(body, block, rep, total)
        writer.add(_interval(body, phase, placements))


def _begins_with_last(body: Body, least: int, total: int) -> bool:
    """Whether the last rep itself begins with "last one".

    So it is where a rep of `least` ms has no room for that behind the side whose turn it is, or at
    all; and where the rep before is the first, which has its own word.
    """
    if _ROOM_FOR_ONE <= least < _ROOM_AHEAD or (body.alternating and least < _ROOM_TO_WAIT):
        return True
    return least < _ROOM_FOR_BOTH and total == 2


def _last_one_now(body: Body, block: Block, rep: int) -> Cue:
    """The last one as it begins, and whose turn it is."""
    writer, side = body.writer, body.side_of(block, rep) if body.alternating else None
    named = [writer.phrases("cue.rep-side", side=body.side_name(side))] if side else []
    short = writer.shortest("cue.last-one")
    cue = writer.cue(
        "last-one", " ".join([writer.vary("cue.last-one"), *named]), body.origin("reps")
    )
    return writer.or_less(cue, " ".join([short, *named]), short)


def _last_one(body: Body, least: int, *, wordy: bool) -> Placement:
    """The last one, toward the end of the rep before it, which lasts `least` ms or more.

    Where that is short and opens with more than a number, it follows at once.
    """
    cue = body.writer.cue("last-one", body.writer.vary("cue.last-one"), body.origin("reps"))
    cue = body.writer.or_less(cue, body.writer.shortest("cue.last-one"))
    if wordy and _ROOM_FOR_BOTH <= least < _ROOM_TO_WAIT:
        return Placement(cue, Anchor.AFTER, AFTER_WORD // 2)
    return Placement(cue, Anchor.END, _LAST_AHEAD if least >= _ROOM_FOR_BOTH else least * 7 // 10)


def _rep_opening(body: Body, block: Block, rep: int) -> Cue | None:
    """What is said as a rep begins: go, then which one it is, or whose turn it is."""
    if rep == 1:
        return body.writer.cue("action", _go(body, block), body.origin("reps"))
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
    text = f"{body.counter('reps').spoken(number)} {named}"
    return body.writer.or_less(body.writer.cue("action", text, body.origin("reps")), named)


# -- reps of phases --------------------------------------------------------------------


def _phased_reps(body: Body, block: Block) -> None:
    announcer, total = Announcer(body, block), body.total_reps(block)
    phases = announcer.rhythm.phases
    for rep in range(1, total + 1):
        side = _mark_rep(body, block, rep, total)
        known = rep > body.exercise.sides.in_turn  # heard before, on this side
        for index, phase in enumerate(phases):
            word = _word(body, phase, side, known=known, last=rep == total)
            if rep == 1 and index == 0:
                word = _own_go(body, block) or word
            opening = announcer.opening(rep, word, phase) if index == 0 else None
            if rep == 1 and index == 0 and _opens_with_name(body, block):
                opening = _with_name(body, block, word)
            news = announcer.before(rep + 1) if index == len(phases) - 1 else None
            if rep == total and index == len(phases) - 1 and block is body.blocks[-1]:
                news = next(_handed(body), None)
            _write_phase(body, announcer, _Said(phase, index, word, opening, news))


def _handed(body: Body) -> Iterator[News]:
    """What the last rep says of an exercise that follows it at once, if one does."""
    lines = [line for line in body.hands_over if line.rule != "station"]
    for name in (line for line in lines if line.rule == "next-exercise"):
        *_, few = name.shorter
        which = [line.text for line in lines if line.rule == "next"]
        yield News(
            name.rule, " ".join([*which, few]), few, more=" ".join(line.text for line in lines)
        )


def _news_cue(body: Body, news: News, field: str) -> Cue:
    """All there is to say, or less of it where there is no room."""
    cue = body.writer.cue(news.rule, news.more or news.text, body.origin(field))
    return body.writer.or_less(cue, news.text, news.fewer)


@dataclass(frozen=True, slots=True)
class _Said:
    """A phase of a rep, and what is said in it."""

    phase: Phase
    index: int
    word: str
    opening: Cue | None
    """What takes the place of its word."""
    news: News | None
    """Of the next rep."""


def _word(body: Body, phase: Phase, side: Side | None, *, known: bool, last: bool) -> str:
    """The word of a phase for one side: the last one, the brief one where it is known; or none."""
    word: str | None = of_side((last and phase.last) or (known and phase.brief) or phase.say, side)
    if word:
        return word
    if key := phase.kind.cue:
        return body.writer.phrases(key)
    name = phase.heard_name or ""
    return f"{name[:1].upper()}{name[1:]}"


def _write_phase(body: Body, announcer: Announcer, said: _Said) -> None:
    writer, phase, rhythm = body.writer, said.phase, announcer.rhythm
    length, span = phase.time.natural, paced(phase.time, writer.settings.pace)
    counter, counted = rhythm.counter(body), rhythm.counts(phase)
    placements = _first_words(body, said, counter, counted=counted)
    if counted and phase.kind is PhaseKind.OWN and not said.index:
        placements = [*encouraged(writer, placements, length, late=_late(body))]
    news, announced = said.news, None
    if news and (instead := announcer.instead(news, said.word, phase)):
        first = Placement(instead)
        if not said.index and rhythm.fast:
            first = Placement(instead, Anchor.END, span.minimum * 7 // 10)
        others = _without_numbers(placements)
        placements = [first, *(each for each in others if instant(each, length))]
    elif news:
        announced = _news_cue(body, news, "reps")
    if announced and counted and (counter.counts_all(length) or not said.word):
        placements = _without_numbers(placements)  # nobody takes up a count in its middle
    if announced and (
        not placements  # as it begins, the next rep would be taken for this one
        or length >= _LONG
        or (not counted and _is_long_release(phase))
    ):
        before = _TOLD_BEFORE if length >= _LONG else _WARNING
        placements.append(Placement(announced, Anchor.END, before))
        announced = None
    chime = announcer.chimes(phase, last=news is not None and news.rule == "last-one")
    if chime or announced:
        placements = opened(body, placements, length, announced, chime=chime)
    if phase.time.source is not Source.PRESCRIBED and phase.time.breaths < PACED_FROM:
        placements.extend(body.counter("reps").time_left(span.maximum, span.minimum))
    writer.add(_interval(body, phase, placements, said.index, said.word))


def _is_long_release(phase: Phase) -> bool:
    """Whether it is so long that what comes next is better told near its end, as a warning."""
    prescribed = phase.time.source is Source.PRESCRIBED
    return phase.kind is PhaseKind.RELEASE and prescribed and phase.time.natural > SHORT_MS


def _without_numbers(placements: list[Placement]) -> list[Placement]:
    return [each for each in placements if each.cue.kind not in NUMBERS]


def _first_words(body: Body, said: _Said, counter: Counter, *, counted: bool) -> list[Placement]:
    """What is said in a phase but for what comes next: its word, and what is counted in it."""
    phase, length = said.phase, said.phase.time.natural
    origin = body.origin(_words_from(phase, "hold"))
    word = body.writer.cue("action", sentence(said.word), origin) if said.word else None
    first = said.opening or word
    own = own_cues(body, length) if phase.kind is PhaseKind.HOLD else ()
    if phase.time.breaths >= PACED_FROM:
        return [*breaths(body, phase.time, first), *own]
    if not counted:
        return [Placement(first)] if first else []
    opening = sentence(said.word) if said.word else ""
    held = counter.held(length, opening, own, hold=phase.kind is PhaseKind.HOLD)
    if said.opening is None:
        return [*held]
    named = body.writer.address.rep == 1
    later = (each for each in held[1:] if not named or instant(each, length) > _NAMED_IN)
    return [Placement(said.opening), *later]


def _late(body: Body) -> bool:
    """Whether the rep at hand is one of the last third."""
    return body.writer.address.rep * 3 > body.total_reps(body.blocks[0]) * 2


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
        body.exercise.value("load", writer.address.set, writer.address.side) or "",
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
