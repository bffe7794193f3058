"""How long a position is held that is tiring or unsafe to wait in, before its first beat.

That is what `start` leads into: at most 6 s from its first word to the first beat. Where its words
are many, fewer seconds are counted behind them, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from audiocoach.coaching.pacing import sentence_pause, speaking_ms
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.turning import asks_to_move
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Instruction, Position
from audiocoach.routine.times import Time
from audiocoach.timeline.script import Cue, Gap, Interval, Utterance

LONGEST_HELD: Final = 6_000
"""So long (ms) it is held at most, if the words alone don't take longer."""
_LONGEST_COUNT: Final = 3
_SHORTEST_COUNT: Final = 2
"""One number alone would be no count."""
_SECOND: Final = 1_000
_CLAUSE: Final = re.compile("[,;:]")
_AFTER_CLAUSE: Final = 400
"""How long (ms) voices rest inside a sentence, at most."""


class Entering(NamedTuple):
    """The way into a position, and how many seconds are counted behind it."""

    told: tuple[Instruction, ...]
    counted: int
    held: int
    """How long (ms) the position is held before the count."""


def tires(exercise: Exercise) -> bool:
    """Whether nobody can wait in its position for long."""
    return bool(exercise.start) or exercise.position is Position.HANDS_AND_KNEES


def resting_between(phrases: Phrases, before: Exercise, after: Position) -> tuple[str, ...]:
    """What is said in a long pause between two efforts where one may still be in such a position.

    Not where `finish` has led out of it.
    """
    on_hands = before.position is Position.HANDS_AND_KNEES
    if on_hands and after is before.position:
        return (phrases("exercise.orient-on-hands"),)
    held = on_hands or (before.start and not before.finish)
    return (phrases("exercise.orient-tired"),) if held else ()


def entering(writer: Writer, start: tuple[Instruction, ...]) -> Entering:
    """What `start` says, with the longest count that leaves nobody waiting.

    What its last line asks for may be done during the count, if its own time is too long.
    """
    quick = (*start[:-1], _with_time(start[-1], shortest=True))
    calm = (*start[:-1], _with_time(start[-1], shortest=False))
    ways = [Entering(told, 0, _held(writer, told)) for told in (calm, quick)]
    for seconds in _counts(writer):
        for way in ways:
            if way.held + seconds * _SECOND <= LONGEST_HELD:
                return way._replace(counted=seconds)
    return ways[-1]


def in_haste(start: tuple[Instruction, ...]) -> tuple[Instruction, ...]:
    """The same, each line with no more time than it needs."""
    return tuple(_with_time(line, shortest=True) for line in start)


def moves(writer: Writer, line: Instruction) -> bool:
    """Whether a line of `start` has the time to turn over, or to come up."""
    return line.time is not None and asks_to_move(line.say, writer.language)


def can_stay(writer: Writer, passing: int, *texts: str) -> bool:
    """Whether the position can be held from one effort to the next while texts are told.

    And beside them for as long (ms) as it takes to pass from the one to the other.
    """
    return passing + _telling(writer, texts) <= LONGEST_HELD


def counted_on(writer: Writer, passing: int) -> int:
    """How many seconds are counted where the position is held since the last effort.

    That is while all was told since, and so long (ms) as is `passing` before and after it.
    """
    held = passing
    for item in takewhile(lambda each: not isinstance(each, Interval), reversed(writer.items)):
        if isinstance(item, Gap):
            held += item.span.natural
        elif isinstance(item, Cue) and isinstance(item.sound, Utterance):
            held += _lasting(writer, item.sound.text)
    fitting = (each for each in _counts(writer) if held + each * _SECOND <= LONGEST_HELD)
    return next(fitting, 0)


def _counts(writer: Writer) -> tuple[int, ...]:
    most = writer.settings.countdown
    return tuple(dict.fromkeys(min(most, each) for each in (_LONGEST_COUNT, _SHORTEST_COUNT, 0)))


def _with_time(line: Instruction, *, shortest: bool) -> Instruction:
    """The same, with a time that no session stretches: nobody waits longer than need be."""
    if line.time is None:
        return line
    least = line.time.minimum
    most = least if shortest else line.time.natural
    return line.model_copy(update={"time": Time.editorial(least, most, most)})


def _held(writer: Writer, told: tuple[Instruction, ...]) -> int:
    """How long (ms) from the first word until the count.

    Nobody is there before the time is over in which one turns over or comes up. Where the first
    line has a time, nobody is there while it is told; and if it is the first of several, not until
    its time is over.
    """
    turned = [at for at, line in enumerate(told, 1) if moves(writer, line)]
    told = told[turned[-1] :] if turned else told
    if not told:
        return 0
    timed = bool(told[0].time)
    behind = told[1:] if timed and len(told) > 1 else told
    texts = [text for line in behind for text in sentences(line.say, writer.language)]
    pause = sentence_pause(writer.settings.pace)
    waits = sum(line.time.natural - pause for line in behind if line.time)
    first = _lasting(writer, texts[0]) if timed and behind is told else 0
    return _telling(writer, texts) - first + waits


def _telling(writer: Writer, texts: Sequence[str]) -> int:
    """How long (ms) texts take with the pauses behind them."""
    pause = sentence_pause(writer.settings.pace)
    return sum(_lasting(writer, text) + pause for text in texts)


def _lasting(writer: Writer, text: str) -> int:
    clauses = len(_CLAUSE.findall(text))
    return speaking_ms(text, writer.settings.rate) + clauses * _AFTER_CLAUSE
