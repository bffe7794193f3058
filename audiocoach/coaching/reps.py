"""What happens in a block: one bout by the clock, or its reps, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.announcing import Announcer
from audiocoach.coaching.body import Body
from audiocoach.coaching.breaths import breaths, is_paced
from audiocoach.coaching.counting import BEAT_MS, Counter, ends_in_number, instant
from audiocoach.coaching.doing import (
    first_word,
    handed_over,
    hold_word,
    interval_of,
    mark_rep,
    named_with,
    news_cue,
    opens_with_name,
    own_go,
    round_in_place,
    words_from,
)
from audiocoach.coaching.encouraging import encouraged
from audiocoach.coaching.handing import (
    apart_from_dose,
    handing_over_in,
    next_in_set,
    without_halfway,
)
from audiocoach.coaching.minutes import Lead, led_out, time_for_half, which_set
from audiocoach.coaching.news import News, joined
from audiocoach.coaching.own_cues import own_cues
from audiocoach.coaching.pacing import paced, sentence_pause, speaking_ms
from audiocoach.coaching.rhythm import AFTER_WORD, ROOM_MS, Rhythm, room, word_of
from audiocoach.coaching.whole_reps import write_whole_reps
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.timeline.placing import ANNOUNCED_MS
from audiocoach.timeline.script import Anchor, Chime, Cue, CueKind, Origin, Placement, Utterance

_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_AFTER_CHIME: Final = 240
_LONG: Final = 40_000
"""In the last phase of a rep that is so long (ms), the next rep is announced near its end."""
_TOLD_BEFORE: Final = 16_000
_WARNING: Final = 2_500
"""The same (ms) for any rep, where the one before ends in a rest that is not counted."""
_COUNTED_ON: Final = 3_000
"""In a last phase of this length (ms) seconds are counted until what is said of the next rep."""
_A_NUMBER: Final = 700
"""So long (ms) after its second a number is over, and a little more."""
_TOLD_LAST: Final = ("last-one", "two-more", "reps-halfway", "rep-side")
"""Rules of what is said behind seconds, right before the next rep."""
_NAMED_IN: Final = 2_000
"""Where the first rep begins with a name, nothing is counted so long (ms)."""


def write_block(body: Body, block: Block, after: Block | None) -> None:
    """Append what is done in a block; `after` is the block that follows, if any."""
    body.writer.address = body.address_of(block)
    first, *_ = block.phases
    match first.kind:
        case PhaseKind.WORK:
            _bout(body, block, after, first)
        case PhaseKind.REP:
            write_whole_reps(body, block, first)
            _stop(body, block, after)
        case _:
            _phased_reps(body, block, after)
            _stop(body, block, after)


# -- a bout by the clock ---------------------------------------------------------------


def _bout(body: Body, block: Block, after: Block | None, phase: Phase) -> None:
    counter, length = body.counter("work"), phase.time.natural
    first, own = first_word(body, block), own_cues(body, length)
    placements = counter.held(length, first, own)
    if phase.time.breaths:
        begun = body.writer.cue("action", first, body.origin("work"))
        placements = (*breaths(body, phase.time, begun), *own)
    if block is body.blocks[0]:
        placements = (placements[0], *_how(body), *placements[1:])
    paced = body.exercise.way.paced
    if not paced:
        late = body.blocks.index(block) * 3 >= len(body.blocks) * 2
        placements = encouraged(body.writer, placements, length, late=late)
    if paced:
        placements = (placements[0], *which_set(body, block), *placements[1:])
        placements = tuple(time_for_half(body, placements, length))
    set_told = tuple(next_in_set(body, block, after)) if paced and after else ()
    told = set_told if after else body.hands_over
    leads = paced and (after or body.hands_over)
    lead = Lead.into(body, after, told, length) if leads else None
    if handed := tuple(handing_over_in(body.writer, told, length, placements, lead)):
        kept = without_halfway(body.writer, placements, handed, length)
        placements = (*apart_from_dose(body.writer, kept, handed, length), *handed)
    if lead:
        placements = led_out(placements, lead, length)
    body.writer.add(interval_of(body, phase, placements))
    if not (paced and after):
        _stop(body, block, after)


def _how(body: Body) -> Iterator[Placement]:
    """How a bout is done, if nothing before it had the time to say so."""
    pause = sentence_pause(body.writer.settings.pace)
    for line in body.at_work:
        cue = body.writer.cue(line.rule, line.text, Origin(line.line, line.field))
        yield Placement(cue, Anchor.AFTER, pause)


def _stop(body: Body, block: Block, after: Block | None) -> None:
    """The stop word, unless a rest opens with it, so that the two never collide.

    A rep whose last phase leads out of it, or is free, needs none; nor does a breath, nor what goes
    on in the same position: there one is told to stay behind work, as the last word of a hold does.
    """
    stop, last = body.exercise.stop, block.phases[-1]
    free = last.time.source is not Source.PRESCRIBED and last.kind is not PhaseKind.REP
    ended = last.kind is PhaseKind.RELEASE or free or Rhythm.of(body, block).breathing
    ended = ended or body.stays(block, after)
    if body.stays_at_work(block, after):
        body.writer.say("action", body.writer.vary("cue.stay"), body.origin("work"))
        return
    if body.runs_on(block, after) or (ended and not stop):
        return
    text = sentence(stop) if stop else body.writer.phrases("cue.stop")
    body.writer.say("action", text, body.origin("stop"))


def _opening(body: Body, block: Block, word: str) -> Cue | None:
    """The first word of a block behind what the rest before it has no time for, if there is any.

    The name gives way to it where there is no room for both, and it to the side and the variant.
    """
    named, late = opens_with_name(body, block), " ".join(body.told_late(block))
    if not (named or late):
        return None
    name = body.called(block) if named else ""
    openings = (name, body.turn_of(block)) if body.turn_of(block) else (name,)
    told = [named_with(body, each, late) for each in openings]
    if body.led_late and late:
        return _in_forms(body, *_led(body, block, (*told, late), sentence(word) if word else ""))
    told += [name] if name and late else []
    if not word:
        return _in_forms(body, *told)
    kept, word = body.way_of(block) if named else late, sentence(word)
    forms = [f"{each} {word}" for each in told]
    if named and not (kept or block.phases[0].say):
        return _in_forms(body, *_never_named(body, block, forms, told))
    return _in_forms(body, *forms, *([f"{kept} {word}"] if named and kept else []), kept or word)


def _led(body: Body, block: Block, told: tuple[str, ...], word: str) -> Iterator[str]:
    """The same where nobody is in place without what is `told`: rather that than any other word."""
    most, rate = block.phases[0].time.maximum, body.writer.settings.rate
    for form in (*(f"{each} {word}" for each in told if word), *told):
        if speaking_ms(form, rate) <= most:
            yield form
    yield told[-1]


def _never_named(
    body: Body, block: Block, forms: Iterable[str], told: Iterable[str]
) -> Iterator[str]:
    """The same for an exercise that nobody has named yet.

    With its side, it is told rather without the word of the movement than without the name.
    """
    name = body.writer.phrases("exercise.only", name=body.exercise.name)
    if not block.side:
        yield from (*forms, *told, name)
        return
    (first, *others), (whole, *brief) = forms, told
    yield from (first, whole, f"{name} {body.side_in_a_word(block.side)}", *others, *brief, name)


def _in_forms(body: Body, *forms: str) -> Cue:
    first, *others = dict.fromkeys(forms)
    return body.writer.or_less(body.writer.cue("action", first, body.origin("name")), *others)


# -- reps of phases --------------------------------------------------------------------


def _phased_reps(body: Body, block: Block, after: Block | None) -> None:
    announcer, total = Announcer(body, block), body.total_reps(block)
    rhythm = announcer.rhythm
    phases = rhythm.phases
    for rep in range(1, total + 1):
        side = mark_rep(body, block, rep, total)
        known = rep > body.exercise.sides.in_turn  # heard before, on this side
        for index, phase in enumerate(phases):
            counted = rhythm.counts_in(
                body, index, last=rep == total, sided=announcer.opens_with_side
            )
            word = word_of(body, phase, side, known=known, last=rep == total)
            word = word or rhythm.mark(body, index)
            if index == len(phases) - 1:
                word = body.last_word(block, after) or word
            news = announcer.before(rep + 1, index)
            if rep == 1 and index == 0:
                begun = word or (counted and news is None)  # news take the place of a bare count
                silent = "" if begun else body.writer.phrases("cue.go")
                word = own_go(body, block) or word or silent
            opening = announcer.opening(rep, word, phase) if index == 0 else None
            if rep == 1 and index == 0:
                opening = _opening(body, block, word)
            if rep == total and index == len(phases) - 1 and block is body.blocks[-1]:
                news, word = next(handed_over(body), None), round_in_place(body) or word
            once, last = block.reps == 1, rep == total
            ends = rhythm.ends_breaths(body, index, once=once, last=last)
            held = hold_word(body, block) if phase.kind is PhaseKind.HOLD else ""
            said = _Said(phase, index, word, opening, news, held, counted=counted, ends=ends)
            _write_phase(body, announcer, said)


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
    held: str
    """What is said in place of "hold", where that has to tell how long."""
    counted: bool
    """Whether its seconds are."""
    ends: bool
    """Whether no breath follows those that it lasts, if it is written in breaths."""


def _write_phase(body: Body, announcer: Announcer, said: _Said) -> None:
    writer, phase, rhythm = body.writer, said.phase, announcer.rhythm
    length, span = phase.time.natural, paced(phase.time, writer.settings.pace)
    counter, counted = rhythm.counter(body), said.counted
    placements = _first_words(body, said, counter)
    if counted and phase.kind is PhaseKind.OWN and not said.index:
        placements = [*encouraged(writer, placements, length, late=_late(body))]
    news, announced = said.news, None
    if news and (instead := announcer.instead(news, said.word, phase)):
        instead = _with_opening(body, said.opening, news) or instead
        first = Placement(instead)
        if not said.index and rhythm.fast and room(phase) < ROOM_MS:
            first = Placement(instead, Anchor.END, span.minimum * 7 // 10)
        others = _without_numbers(placements)
        placements = [first, *(each for each in others if instant(each, length))]
    elif news:
        announced = news_cue(body, news, "reps")
    if announced and counted and (counter.counts_all(length) or not said.word):
        told_last = news and news.rule in _TOLD_LAST and length >= _COUNTED_ON
        if news and told_last and counter.counts_all(length):
            lasts = [
                speaking_ms(each, writer.settings.rate) for each in (*news.forms[:-2], news.few)
            ]
            placements = _told_last(placements, announced, length, lasts)
            announced = None
        else:
            placements = _without_numbers(placements)  # nobody takes up a count in its middle
    if announced and (
        not placements  # as it begins, the next rep would be taken for this one
        or length >= _LONG
        or (not counted and _is_long_release(phase))
    ):
        before = _TOLD_BEFORE if length >= _LONG else _WARNING
        anchored = (Anchor.END, before) if length > before else (Anchor.BEFORE, ANNOUNCED_MS)
        placements.append(Placement(announced, *anchored))
        announced = None
    begins = said.opening is not None and writer.address.rep == 1
    crowded = begins or (news is not None and news.rule == "last-one")
    chime = announcer.chimes(phase, crowded=crowded)
    if chime or announced:
        placements = _opened(body, placements, length, announced, chime=chime)
    if phase.time.source is not Source.PRESCRIBED and not is_paced(phase.time, said.word):
        placements.extend(body.counter("reps").time_left(span.maximum, span.minimum))
    writer.add(interval_of(body, phase, placements, said.index, said.word))


def _with_opening(body: Body, opening: Cue | None, news: News) -> Cue | None:
    """What is said of the next rep in the only phase of one that begins with words of its own."""
    forms = (opening.sound, *opening.shorter) if opening else ()
    told = [each.text for each in forms if isinstance(each, Utterance)]
    if not told:
        return None
    cue = body.writer.cue("action", f"{told[0]} {news.few}", body.origin("reps"))
    return body.writer.or_less(cue, *(joined(each, news.few) for each in told))


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
    word = placements[0].cue if at_once and placements[0].cue.kind not in _NUMBERS else None
    lead = [Placement(body.writer.cue("chime", Chime.SIDE))] if chime else []
    if word:
        lead.append(Placement(word, Anchor.AFTER, _AFTER_CHIME) if lead else Placement(word))
    beats = len(lead)
    if announced:
        after = Placement(announced, Anchor.AFTER, AFTER_WORD)
        lead.append(after if lead else Placement(announced))
        beats += 2 if beats else 1
    others = placements[1:] if word else placements
    kept = (
        each
        for each in others
        if each.cue.kind not in _NUMBERS or instant(each, length) >= beats * BEAT_MS
    )
    return [*lead, *kept]


def _told_last(
    placements: list[Placement], announced: Cue, length: int, lasts: list[int]
) -> list[Placement]:
    """What is counted in a phase of `length` ms, and at its end what is said of the next rep.

    That takes the place of a number or two: it `lasts` so long (ms), or as long as its last form.
    """
    ends = [length - ANNOUNCED_MS - each - _A_NUMBER for each in lasts]
    until = next((each for each in ends if each >= 0), 0)
    counted = (each for each in placements if instant(each, length) <= until)
    return [*counted, Placement(announced, Anchor.BEFORE, ANNOUNCED_MS)]


def _is_long_release(phase: Phase) -> bool:
    """Whether it is so long that what comes next is better told near its end, as a warning."""
    prescribed = phase.time.source is Source.PRESCRIBED
    return phase.kind is PhaseKind.RELEASE and prescribed and phase.time.natural > SHORT_MS


def _without_numbers(placements: list[Placement]) -> list[Placement]:
    return [each for each in placements if each.cue.kind not in _NUMBERS]


def _first_words(body: Body, said: _Said, counter: Counter) -> list[Placement]:
    """What is said in a phase but for what comes next: its word, and what is counted in it."""
    phase, length = said.phase, said.phase.time.natural
    origin = body.origin(words_from(phase, "hold"))
    word = body.writer.cue("action", sentence(said.word), origin) if said.word else None
    first = said.opening or word
    own = own_cues(body, length) if phase.kind is PhaseKind.HOLD else ()
    if is_paced(phase.time, said.word):
        return [*breaths(body, phase.time, first, ends=said.ends), *own]
    if not said.counted:
        return [Placement(first)] if first else []
    opening = sentence(said.word) if said.word else said.held
    held = counter.held(length, opening, own, hold=phase.kind is PhaseKind.HOLD)
    if said.opening is None:
        return [*held]
    told = said.opening.sound
    text = told.text if isinstance(told, Utterance) else ""
    if body.writer.address.rep > 1 and ends_in_number(body.writer.phrases, text):
        return [Placement(said.opening)]  # behind which rep it is, a number would be another one
    until = max(body.writer.lasts(said.opening), _NAMED_IN)
    later = (each for each in held[1:] if instant(each, length) > until)
    return [Placement(said.opening), *later]


def _late(body: Body) -> bool:
    """Whether the rep at hand is one of the last third."""
    return body.writer.address.rep * 3 > body.total_reps(body.blocks[0]) * 2
