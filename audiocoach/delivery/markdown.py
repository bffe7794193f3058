"""The cue sheet to print: a table for each exercise, on one or two pages of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.delivery.words import JOINT, minutes, note_text, plain, rough, sound_text, summary
from audiocoach.routine.recordings import Recording
from audiocoach.timeline.outline import Part, Passage, outline
from audiocoach.timeline.script import (
    SAMPLES_PER_MS,
    CueKind,
    Gap,
    Glue,
    IntervalKind,
    MarkerKind,
    Span,
)
from audiocoach.timeline.timeline import PlacedSpan, Timeline

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|&#~$]")
_COUNTING: Final = frozenset({CueKind.COUNT, CueKind.COUNTDOWN})
_DOING: Final = frozenset({CueKind.ACTION, CueKind.REST})
_UNTOLD: Final = _COUNTING | {CueKind.NAME, CueKind.ENCOURAGEMENT, CueKind.CHIME}
"""What only the listener needs."""
_SHORT_PAUSE: Final = 2_500
"""A pause (ms) no longer than this is not told."""
_LONGEST_WORDS: Final = 6
"""Of the words that make a rep, so many are told."""


@dataclass(slots=True)
class _Row:
    """A row of the table of a part, as it grows."""

    start: int
    end: int | None = None
    said: list[str] = field(default_factory=list)
    to_do: str = ""

    def text(self) -> str:
        return f"| {_from_to(self)} | {' '.join(self.said)} | {self.to_do} |"


def markdown_sheet(timeline: Timeline) -> str:
    """A timeline as Markdown (CommonMark with GitHub's tables), for printing.

    All reps share a row. Counts, chimes, praise and the texts of headings are left out; times in
    brackets among the words are pauses.
    """
    phrases, found = phrases_for(timeline.language), outline(timeline)
    lines = chain(
        _opening(phrases, timeline, found), _body(phrases, found), _endnotes(phrases, timeline)
    )
    return "\n".join(lines) + "\n"


def _opening(phrases: Phrases, timeline: Timeline, found: tuple[Part, ...]) -> Iterator[str]:
    exercises = [part for part in found if part.address.exercise and not part.again]
    count = phrases.inline("sheet.exercises", count=len(exercises))
    yield from (f"# {_escaped(timeline.title)}", "")
    yield f"**{minutes(timeline.total)}** · {count} · {phrases.inline('sheet.brackets')}"
    if not exercises:
        return
    yield ""
    yield from _header(phrases, "", "exercise", "begins", "lasts", "to-do")
    for part in exercises:
        number = part.address.exercise
        to_do = _in_all(phrases, [each for each in found if each.address.exercise == number])
        yield (
            f"| {number} | {_escaped(part.title)} | {minutes(part.start)} "
            f"| {minutes(part.end - part.start)} | {_escaped(to_do)} |"
        )


def _in_all(phrases: Phrases, rounds: list[Part]) -> str:
    """What is done of an exercise; round by round where its dose is not the same in all."""
    told = summary(phrases, rounds[0].passages)
    if len(rounds) == 1:
        return told
    count = phrases.inline("done.rounds", count=len(rounds))
    if len(set(map(_dose, rounds))) == 1:
        return f"{told}, {count}"
    each = " / ".join(summary(phrases, part.passages) for part in rounds)
    return phrases.inline("done.side", side=count, what=each)


def _dose(part: Part) -> tuple[tuple[Span, str], ...]:
    """How long each thing that is done lasts, and with what load; rests left out."""
    units = chain.from_iterable(passage.units for passage in part.passages)
    steps = chain.from_iterable(unit.steps for unit in units)
    items = (step.item for step in steps if step.item.kind is not IntervalKind.REST)
    return tuple((item.span, item.load) for item in items)


def _header(phrases: Phrases, *columns: str) -> tuple[str, str]:
    """The first two lines of a table."""
    heads = "".join(f" {phrases.inline(f'sheet.{key}')} |" if key else " |" for key in columns)
    return f"|{heads}", f"|{'---|' * len(columns)}"


def _body(phrases: Phrases, found: tuple[Part, ...]) -> Iterator[str]:
    in_round = False
    for part in found:
        if part.again and in_round:
            yield _known(phrases, part)
            continue
        in_round = part.kind is MarkerKind.ROUND
        time = "" if in_round else f" ({_from_to(part)})"
        yield from ("", f"## {_numbered(part)}{time}", "")
        if part.kind is MarkerKind.SECTION and not part.passages:
            for row in _rows(phrases, part):
                yield f"{minutes(row.start)} · {' '.join(row.said)}"
            continue
        yield from _header(phrases, "time", "said", "to-do")
        yield from (row.text() for row in _rows(phrases, part))


def _known(phrases: Phrases, part: Part) -> str:
    """An exercise of a later round, which was told in full before, as one row."""
    before = phrases.inline("sheet.as-before")
    to_do = _to_do(phrases, part.passages)
    return f"| {_from_to(part)} | **{_numbered(part)}**, {before} | {to_do} |"


def _numbered(part: Part) -> str:
    number = f"{part.address.exercise}. " if part.address.exercise else ""
    return number + _escaped(part.title)


def _endnotes(phrases: Phrases, timeline: Timeline) -> Iterator[str]:
    if timeline.notes:
        yield from ("", f"## {phrases.inline('sheet.notes')}", "")
        yield from (f"- {_escaped(note_text(note, phrases))}" for note in timeline.notes)


def _rows(phrases: Phrases, part: Part) -> Iterator[_Row]:
    """One row for each thing that is done, and one for what is told before, between and after."""
    apart = {id(cue) for passage in part.passages for cue in passage.cues}
    things: list[tuple[int, str | _Row]] = [
        *((span.end, _pause(phrases, span)) for span in part.spans if _waits(span)),
        *((passage.start, _done_in(phrases, passage)) for passage in part.passages),
        *(
            (cue.start, _escaped(sound_text(phrases, cue.sound)))
            for cue in part.cues
            if id(cue) not in apart and cue.cue.kind not in _UNTOLD
        ),
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


def _done_in(phrases: Phrases, passage: Passage) -> _Row:
    """The words that make one move or rest, each once, and what is done: `Grip. … Release.`"""
    words = list(dict.fromkeys(_told(phrases, passage)))
    more = ["…"] if len(words) > _LONGEST_WORDS else []
    said = [_escaped(" … ".join([*words[:_LONGEST_WORDS], *more]))]
    if any(cue.cue.kind in _COUNTING for cue in passage.cues):
        said.append(f"*({phrases.inline('sheet.with-counts')})*")
    return _Row(passage.start, passage.end, said, _to_do(phrases, [passage]))


def _told(phrases: Phrases, passage: Passage) -> Iterator[str]:
    for cue in passage.cues:
        if isinstance(cue.sound, Recording):
            yield f"({cue.sound.name})"
        elif cue.cue.kind in _DOING:
            yield sound_text(phrases, cue.sound)


def _to_do(phrases: Phrases, passages: Iterable[Passage]) -> str:
    """What is done, in a narrow column, where no figure may be cut."""
    text = JOINT.join(map(_escaped, summary(phrases, passages).split(JOINT)))
    return f"**{text}**" if text else ""


def _pause(phrases: Phrases, pause: PlacedSpan) -> str:
    """In its place between the words. It ends where the words after it begin."""
    ms = (pause.length // SAMPLES_PER_MS + 500) // 1000 * 1000
    return f"*({plain(rough(phrases, ms))})*"


def _waits(span: PlacedSpan) -> bool:
    item = span.item
    elastic = isinstance(item, Gap) and item.glue is not Glue.RIGID
    return elastic and span.length // SAMPLES_PER_MS > _SHORT_PAUSE


def _from_to(stretch: Part | _Row) -> str:
    """When it is: `1:22–2:10`, or where it only begins."""
    return "–".join(minutes(at) for at in (stretch.start, stretch.end) if at is not None)


def _escaped(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown or HTML would read."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
