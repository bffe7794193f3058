"""An exercise that follows another at once is named at the end of that one: the last chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.dose import next_amount
from audiocoach.coaching.minutes import Lead, left_when_done
from audiocoach.coaching.pacing import sentence_pause
from audiocoach.coaching.rules import AMOUNTS, DOSES, RULES
from audiocoach.coaching.stations import speaking
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import read_aloud
from audiocoach.routine.unfold import Block
from audiocoach.timeline.script import Anchor, Cue, CueKind, Placement

_HANDED_OVER_AT: Final = 9_000
"""How long (ms) before the end of a bout what follows it at once is named."""
_SPARED: Final = ("setup", "station", *DOSES, "next", "last-next")
"""Rules of lines that are told only where there is room: dose, set-up and round."""
_APART: Final = 750
"""Silence (ms) between a new dose, with its commas, and a time left."""
_APART_FROM_TIME: Final = 5_000
"""So long (ms) behind a dose no time left is told: 30 s of what comes, ten of what is done."""
_MOVING: Final = 6_000
"""So much earlier (ms) if the listener has to move for it."""
_A_CALL: Final = 2_000
"""How long (ms) a time left is told."""
_IN_NUMBERS: Final = 5_000
"""From so long (ms) before an end on, a number alone tells the seconds that are left."""
_AFTER_HALF: Final = 1_500
"""So long (ms) after the half of a bout there is room for "halfway"."""


def next_in_set(body: Body, block: Block, after: Block) -> Iterator[Line]:
    """What is done before the next set, which begins by the clock as this one ends; its dose."""
    yield from left_when_done(body.writer, body.finish(block))
    yield from _next_dose(body, block, after)


def _next_dose(body: Body, block: Block, after: Block) -> Iterator[Line]:
    phrases = body.writer.phrases
    if what := next_amount(phrases, block, after):
        text = read_aloud(phrases("cue.then", what=what), body.writer.language)
        yield Line("new-dose", text, after=_APART)


def handing_over_in(
    writer: Writer,
    told: Iterable[Line],
    length: int,
    said: Iterable[Placement],
    lead: Lead | None,
) -> Iterator[Placement]:
    """What comes next, in time before the last seconds are counted, or the lead into it.

    It comes before a time left that is `said` meanwhile, and after "halfway" or instead of it. What
    leads out of a position is said from the half on, as some have finished by then.
    """
    pause, half = sentence_pause(writer.settings.pace), length // 2
    counted = BEAT_MS + (lead.lasts if lead else writer.settings.countdown * BEAT_MS)
    lines = _fitting(writer, tuple(told), half - counted)
    if not lines:
        return
    lasts = speaking(writer, lines)
    begins = max(_HANDED_OVER_AT, counted + lasts)
    begins += _MOVING * any(line.rule == "position" for line in lines)
    begins = half if any(line.rule == "finish" for line in lines) else begins
    ends = [each.offset for each in said if each.anchor is Anchor.END]
    met = [at for at in ends if begins - lasts < at < begins + _A_CALL]
    begins = min(max([begins, *(at + lasts for at in met)]), half)
    if length >= RULES["halfway"].least and half - _AFTER_HALF < begins:
        following = max((at for at in ends if at < half), default=counted)
        has_room = following + lasts <= half - _AFTER_HALF
        begins = half - _AFTER_HALF if has_room else half  # in place of "halfway"
    first, *others = (line_cue(writer, line) for line in lines)
    # The others stand behind it, wherever it stands: it matters as much as they do.
    weight = max([first.priority, *(cue.priority for cue in others)])
    yield Placement(replace(first, priority=weight), Anchor.END, begins)
    yield from (Placement(cue, Anchor.AFTER, pause) for cue in others)


def without_halfway(
    writer: Writer, said: Iterable[Placement], handed: Iterable[Placement], length: int
) -> Iterator[Placement]:
    """What is `said` in a bout, without "halfway" if what comes next takes its place."""
    taken = {instant(each, length) for each in handed if each.anchor is Anchor.END}
    for each in said:
        if each.cue.kind is CueKind.HALFWAY and instant(each, length) in taken:
            writer.unsaid("cue.halfway")
        else:
            yield each


def apart_from_dose(
    writer: Writer, said: Iterable[Placement], handed: Sequence[Placement], length: int
) -> Iterator[Placement]:
    """What is `said` in a bout, without a number alone or a time left that a dose would run into.

    "Six times. Five. Three. Two. One." is one count by ear, and "For thirty seconds. Ten seconds."
    one length: of that, the last three seconds stay.
    """
    dosed = handed[-1].cue.priority in {RULES[each].priority for each in AMOUNTS}
    counted, pause = writer.settings.countdown * BEAT_MS, sentence_pause(writer.settings.pace)
    over = handed[0].offset - sum(writer.lasts(each.cue) + pause for each in handed)
    for each in said:
        left = length - instant(each, length)
        near = left <= _IN_NUMBERS or over - _APART_FROM_TIME < left <= handed[0].offset
        alone = each.cue.kind is CueKind.COUNTDOWN and counted < left and near
        if not (dosed and alone):
            yield each


def _fitting(writer: Writer, lines: tuple[Line, ...], room: int) -> tuple[Line, ...]:
    """All lines but those on dose, set-up and round for which there is no `room` (ms).

    How much is done matters more than how one stands for it, of which nobody can use the second
    half alone; and that more than which round it is.
    """
    kept = tuple(line for line in lines if line.rule not in _SPARED)
    spared = (line for line in lines if line.rule in _SPARED)
    left_out: set[str] = set()
    for line in sorted(spared, key=_weight):
        fits = speaking(writer, (*kept, line)) <= room and line.rule not in left_out
        kept = (*kept, line) if fits else kept
        left_out |= set() if fits or line.rule != "setup" else {line.rule}
    return tuple(line for line in lines if line in kept)


def _weight(line: Line) -> tuple[bool, int]:
    return line.rule not in DOSES, -RULES[line.rule].priority


def line_cue(writer: Writer, line: Line) -> Cue:
    """The cue of a line, with its shorter form."""
    return writer.or_less(writer.cue(line.rule, line.text), next(iter(line.shorter), ""))
