"""What sheets say in the language of a session: lengths, what is done, and notes.

Texts that must stay on one line contain no-break spaces; `plain` removes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.recordings import Recording
from audiocoach.routine.times import Source
from audiocoach.timeline.outline import Passage, PlacedInterval, Unit
from audiocoach.timeline.script import (
    SAMPLE_RATE,
    SAMPLES_PER_MS,
    Chime,
    Interval,
    IntervalKind,
    Sound,
    Utterance,
    Wait,
)
from audiocoach.timeline.timeline import Hurried, Note
from audiocoach.wording import clock

JOINT: Final = "\N{NO-BREAK SPACE}"
_MINUTES_FROM: Final = 120_000
"""A length (ms) that is told in minutes."""
_Done = tuple[IntervalKind, str, str]
"""What a unit is, its text or, of a rep, its length, and what stands behind it."""


def plain(text: str) -> str:
    """`text` that may be broken at any space."""
    return text.replace(JOINT, " ")


def _joined(text: str) -> str:
    return text.replace(" ", JOINT)


# -- lengths --------------------------------------------------------------------------


def minutes(samples: int) -> str:
    """A position or length to the second: `1:22`."""
    return clock(samples // SAMPLES_PER_MS // 1000 * 1000)


def seconds(phrases: Phrases, ms: int) -> str:
    """A length to the millisecond: `1.5 s`, `90 s`."""
    return phrases.inline("time.seconds", figure=phrases.inline("figure", number=ms / 1000))


def exact(phrases: Phrases, ms: int) -> str:
    """A length to the millisecond, as a routine would write it: `500ms`, `1.5s`, `1:30`."""
    if ms >= 60_000 and not ms % 1000:
        return clock(ms)
    if 0 < ms < 1000:
        return phrases.inline("exact.milliseconds", number=ms)
    return phrases.inline("exact.seconds", number=ms / 1000)


def rough(phrases: Phrases, ms: int, least: int | None = None) -> str:
    """A length as people say it, or one from `least` to `ms`: `3 s`, `60–90 s`, `2:30 min`."""
    unit, figure = _figure(phrases, ms)
    if least is not None:
        other, lowest = _figure(phrases, least)
        if other != unit:
            return f"{rough(phrases, least)}–{rough(phrases, ms)}"
        figure = f"{lowest}–{figure}"
    return _joined(phrases.inline(unit, figure=figure))


def _figure(phrases: Phrases, ms: int) -> tuple[str, str]:
    """The message of a unit, and how many of it."""
    if ms < _MINUTES_FROM:
        return "time.seconds", phrases.inline("figure", number=(ms + 50) // 100 / 10)
    whole, rest = divmod((ms + 500) // 1000, 60)
    return "time.minutes", f"{whole}:{rest:02d}" if rest else str(whole)


# -- what is done ---------------------------------------------------------------------


def timed(phrases: Phrases, interval: Interval, time: str) -> str:
    """What is done, with its length in words: `hold 3 s`."""
    if interval.label:
        return f"{interval.label}{JOINT}{time}"
    return _joined(phrases.inline(f"timed.{interval.kind.value}", time=time))


def sound_text(phrases: Phrases, sound: Sound) -> str:
    """What is said, or which chime sounds: `start chime`; or the file of a sound."""
    match sound:
        case Utterance():
            return sound.text
        case Chime():
            return phrases.inline(f"chime.{sound.value}")
        case Recording():
            return sound.name


def summary(phrases: Phrases, passages: Iterable[Passage], *, brief: bool = False) -> str:
    """What is done, in short: `6 × work 20 s, 5 × rest 15 s (prescribed 10–15 s)`.

    If it should be brief, ranges, loads and unprescribed lengths of reps are left out.
    """
    sides: dict[str, list[tuple[int, _Done]]] = {}
    rests: Counter[_Done] = Counter()
    for passage in passages:
        done = (_done(phrases, unit, brief=brief) for unit in passage.units)
        for each, run in groupby(done):
            count = sum(1 for _ in run)
            if each[0] is IntervalKind.REST:
                rests[each] += count
            else:
                sides.setdefault(passage.side, []).append((count, each))
    then = f", {phrases.inline('done.then')} "
    told = {side: then.join(_runs(phrases, runs)) for side, runs in sides.items()}
    if len(set(told.values())) == 1:
        told = {then.join(filter(None, told)): next(iter(told.values()))}
    text = ""
    for side, what in told.items():
        line = phrases.inline("done.side", side=side, what=what) if side else what
        text = phrases.inline("done.sides", first=text, second=line) if text else line
    resting = [_times(phrases, count, rest) for rest, count in rests.items()]
    return ", ".join(filter(None, [text, *resting]))


def _runs(phrases: Phrases, runs: Iterable[tuple[int, _Done]]) -> Iterator[str]:
    """One after the other, the same ones together: `2 × 5 × hold 3 s`."""
    for (count, done), same in groupby(runs):
        times = sum(1 for _ in same)
        if count == 1:
            yield _times(phrases, times, done)
        else:
            yield _multiplied(times, _times(phrases, count, done))


def _done(phrases: Phrases, unit: Unit, *, brief: bool) -> _Done:
    """Its prescribed times, or if it has none, about how long it takes; and its load."""
    load = "" if brief else _load(unit)
    fixed = [step for step in unit.steps if step.item.source is not Source.EDITORIAL]
    if unit.kind is IntervalKind.REP:
        (step,) = unit.steps
        time = "" if brief and not fixed else _lasting(phrases, step)
        return unit.kind, time, _aside(phrases, step, brief=brief) + load
    told = (
        timed(phrases, step.item, _lasting(phrases, step)) + _aside(phrases, step, brief=brief)
        for step in fixed or unit.steps
    )
    return unit.kind, ", ".join(told), load


def _load(unit: Unit) -> str:
    """` · 40 kg`, in which the figure keeps its unit."""
    load = unit.steps[0].item.load.replace(" ", JOINT, 1)
    return f" ·{JOINT}{load}" if load else ""


def _lasting(phrases: Phrases, step: PlacedInterval) -> str:
    time = rough(phrases, step.length // SAMPLES_PER_MS)
    if step.item.source is not Source.EDITORIAL:
        return time
    return _joined(phrases.inline("timed.about", time=time))


def _aside(phrases: Phrases, step: PlacedInterval, *, brief: bool) -> str:
    if brief or step.item.source is not Source.RANGE:
        return ""
    span = step.item.span
    time = rough(phrases, span.maximum, span.minimum)
    return f" ({_joined(phrases.inline('timed.range', time=time))})"


def _times(phrases: Phrases, count: int, done: _Done) -> str:
    kind, text, aside = done
    if kind is not IntervalKind.REP:
        what = f"({text})" if count > 1 and ", " in text else text
        return _multiplied(count, what) + aside
    if not text:
        return _joined(phrases.inline("done.reps-brief", count=count)) + aside
    return _joined(phrases.inline("done.reps", count=count, time=text)) + aside


def _multiplied(count: int, text: str) -> str:
    return text if count == 1 else f"{count}{JOINT}×{JOINT}{text}"


# -- notes ----------------------------------------------------------------------------


def note_text(note: Note, phrases: Phrases) -> str:
    """A note as a sentence: which words are not heard, or heard faster, and why."""
    words = sound_text(phrases, note.sound)
    if isinstance(note, Hurried):
        lasts, factor = round(note.natural / SAMPLE_RATE, 2), round(note.natural / note.length, 2)
        return phrases.inline("note.hurried", words=words, natural=lasts, factor=factor)
    family = "wait" if isinstance(note.kind, Wait) else "kind"
    place = note.label or phrases.inline(f"{family}.{note.kind.value}")
    length = exact(phrases, note.length)
    text = phrases.inline("note.left-out", words=words, place=place, length=length)
    if note.beside:
        text = phrases.inline("note.beside", note=text, words=sound_text(phrases, note.beside))
    if note.matters_less:
        text = phrases.inline("note.matters", note=text)
    return phrases.inline("note.line", line=note.line, note=text) if note.line else text
