"""The cue sheet to print: a table an exercise, reps in one row, one or two pages of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from audiocoach.delivery.cuesheet import (
    Block,
    Part,
    blocks,
    cues_in,
    dose,
    minutes,
    parts,
    rough,
    whole,
    words_done,
)
from audiocoach.timeline.script import SAMPLES_PER_MS, CueKind, Gap, Glue, MarkerKind, Utterance
from audiocoach.timeline.timeline import PlacedCue, PlacedSpan, Timeline

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|&#~$]")
_COUNTING: Final = frozenset({CueKind.COUNT, CueKind.COUNTDOWN})
_UNTOLD: Final = _COUNTING | {CueKind.NAME, CueKind.ENCOURAGEMENT}
"""What only the listener needs."""
_SHORT_PAUSE: Final = 2_500
"""A pause (ms) no longer than this is not told."""
_HEADER: Final = ("| time | said | to do |", "|---|---|---|")


@dataclass(slots=True)
class _Row:
    """A row of the table of a part, as it grows."""

    start: int
    end: int | None = None
    said: list[str] = field(default_factory=list)
    to_do: str = ""

    def text(self) -> str:
        time = minutes(self.start) if self.end is None else _range(self.start, self.end)
        return f"| {time} | {' '.join(self.said)} | {self.to_do} |"


def markdown_sheet(timeline: Timeline) -> str:
    """A timeline as Markdown (CommonMark with GitHub's tables), for printing.

    Counts, chimes, praise and what the headings say are left out; times in
    brackets among the words are pauses.
    """
    found = parts(timeline)
    lines = chain(_opening(timeline, found), _body(found), _notes(timeline))
    return "\n".join(lines) + "\n"


def _opening(timeline: Timeline, found: tuple[Part, ...]) -> Iterator[str]:
    exercises = [part for part in found if part.number and not part.again]
    count = f"{len(exercises)} exercise{'s' if len(exercises) != 1 else ''}"
    yield f"# {_escaped(timeline.title)}"
    yield ""
    yield f"**{minutes(timeline.total)}** · {count} · times in brackets are pauses"
    if not exercises:
        return
    rounds = Counter(part.number for part in found)
    yield ""
    yield "| | exercise | begins | lasts | to do |"
    yield "|---|---|---|---|---|"
    for part in exercises:
        to_do = dose(blocks(part))
        if rounds[part.number] > 1:
            to_do += f", {rounds[part.number]} rounds"
        length = minutes(part.end - part.start)
        yield (
            f"| {part.number} | {_escaped(part.title)} | {minutes(part.start)} | {length} "
            f"| {_escaped(to_do)} |"
        )


def _body(found: tuple[Part, ...]) -> Iterator[str]:
    in_round = False
    for part in found:
        if part.again and in_round:
            yield _short(part)
            continue
        in_round = part.kind is MarkerKind.ROUND
        number = f"{part.number}. " if part.number else ""
        time = "" if in_round else f" ({_range(part.start, part.end)})"
        yield ""
        yield f"## {number}{_escaped(part.title)}{time}"
        yield ""
        if part.kind is MarkerKind.SECTION and not blocks(part):
            for row in _rows(part):
                yield f"{minutes(row.start)} · {' '.join(row.said)}"
            continue
        yield from _HEADER
        for row in _rows(part):
            yield row.text()


def _short(part: Part) -> str:
    """An exercise of a later round, which was told in full before, as one row."""
    to_do = _escaped_whole(dose(blocks(part)))
    name = f"{part.number}. {_escaped(part.title)}"
    return f"| {_range(part.start, part.end)} | **{name}**, as before | {_strong(to_do)} |"


def _notes(timeline: Timeline) -> Iterator[str]:
    if timeline.notes:
        yield ""
        yield "## Notes"
        yield ""
        for note in timeline.notes:
            yield f"- {_escaped(note)}"


def _rows(part: Part) -> Iterator[_Row]:
    """What is done is one row, and what is told before, between and after it is one as well."""
    done = blocks(part)
    inside = [cues_in(block, part.cues) for block in done]
    apart = {id(cue) for cues in inside for cue in cues}
    things: list[tuple[int, str | _Row]] = [
        *((pause.start + pause.length, _pause(pause)) for pause in part.spans if _is_pause(pause)),
        *((block.start, _done(block, cues)) for block, cues in zip(done, inside, strict=True)),
        *((cue.start, _said(cue)) for cue in part.cues if id(cue) not in apart and _is_told(cue)),
    ]
    things.sort(key=lambda thing: thing[0])
    row = _Row(part.start)
    for at, thing in things:
        if isinstance(thing, _Row):
            yield from [row] if row.said else []
            yield thing
            row = _Row(part.start)
        elif row.said:
            row.said.append(thing)
        elif not thing.startswith("*("):  # no row begins with a pause
            row = _Row(at, said=[thing])
    yield from [row] if row.said else []


def _done(block: Block, cues: Iterable[PlacedCue]) -> _Row:
    words = [_escaped(words_done(cues))]
    if any(cue.cue.kind in _COUNTING for cue in cues):
        words.append("*(with counts)*")
    return _Row(block.start, block.end, words, _strong(_escaped_whole(dose([block]))))


def _pause(pause: PlacedSpan) -> str:
    """In its place between the words. It ends where the words after it begin."""
    return f"*({rough((pause.length // SAMPLES_PER_MS + 500) // 1000 * 1000)})*"


def _said(cue: PlacedCue) -> str:
    return _escaped(cue.sound.text) if isinstance(cue.sound, Utterance) else ""


def _is_told(cue: PlacedCue) -> bool:
    return isinstance(cue.sound, Utterance) and cue.cue.kind not in _UNTOLD


def _is_pause(span: PlacedSpan) -> bool:
    item = span.item
    elastic = isinstance(item, Gap) and item.glue is not Glue.RIGID
    return elastic and span.length // SAMPLES_PER_MS > _SHORT_PAUSE


def _range(start: int, end: int) -> str:
    return f"{minutes(start)}–{minutes(end)}"


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _escaped(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown or HTML would read."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def _escaped_whole(text: str) -> str:
    """The same in a narrow column, where a figure would else be cut."""
    return whole(_escaped(text))
