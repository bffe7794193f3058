"""How a rep is announced: whose turn it is, which one it is, how many are left; and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.rules import RULES
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.settings.values import Count
from audiocoach.timeline.script import Anchor, Chime, Cue, CueKind, Placement

AFTER_WORD: Final = 480
"""Silence (ms) between the release word and the rep phrase that follows it."""
_AFTER_CHIME: Final = 240
_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""


def cue_before(body: Body, block: Block, phase: Phase, rep: int) -> Cue | None:
    """The cue before rep number `rep`, if there is one and the phase has room for it."""
    rule, text = announce(body, block, rep)
    if not text or not body.writer.says(rule):
        return None
    if rule == "rep-number" and _full_of_numbers(body, phase):
        return None
    return body.writer.cue(rule, text, body.origin("reps"))


def announce(body: Body, block: Block, rep: int) -> tuple[str, str]:
    """What is said before rep number `rep`, and its rule: a phrase, never a bare number."""
    phrases, total, side = body.writer.phrases, body.total_reps(block), body.side_of(block, rep)
    if body.alternating and side:
        return "rep-side", phrases("cue.rep-side", side=body.side_name(side))
    long = _has_long_phases(block)
    for rule, key in _landmarks(rep, total, long=long):
        if body.writer.says(rule):
            return rule, body.writer.vary(key)
    if long:
        return "rep-number", body.writer.vary("cue.number-next", number=rep, total=total)
    return "rep-number", phrases("cue.number", number=rep) if numbered(body) else ""


def opened(
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


def numbered(body: Body) -> bool:
    """Whether each rep that is done is counted."""
    return body.writer.settings.count in (Count.AUTO, Count.EVERY)


def _full_of_numbers(body: Body, phase: Phase) -> bool:
    """Whether a phase that is not short has a number on each second, or a word and then numbers."""
    length, prescribed = phase.time.natural, phase.time.source is Source.PRESCRIBED
    long = prescribed and length >= _NUMBERS_MATTER_FROM
    return long and body.counter("hold").counts_all(length)


def _has_long_phases(block: Block) -> bool:
    """Whether a phase has a half time of its own: then reps are announced in whole words."""
    least = RULES["halfway"].least
    long = (phase for phase in block.phases if phase.time.natural >= least)
    return any(phase.kind is PhaseKind.OWN for phase in long)


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
