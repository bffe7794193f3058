"""What is said before a circuit by the clock begins: only what its rests have no time for.

Nobody remembers two minutes of talk. So the longer it would be, the less is said about each
station; finally its movement, and then its set-up, are said only as its work begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from audiocoach.coaching.body import Line
from audiocoach.coaching.dose import in_bouts, only_side
from audiocoach.coaching.pacing import movement_pause
from audiocoach.coaching.stations import (
    HELPS,
    NEEDED,
    Passage,
    Station,
    begins_with,
    crammed_into_its_rest,
    in_brief,
    instructed,
    needs,
    posture,
    reminds_in_its_rest,
    shortest_bout,
    side_of,
    speaking,
    speechless,
    tells_its_dose,
)
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Instruction

LONGEST: Final = 40_000
"""How long (ms) it may take, unless what the listener must know takes longer."""
_SETTLED: Final = 2_000
"""So long (ms) before the half of a bout all is said of how it is done."""
_HOW: Final = (
    ("place", "setup", "eyes_free", "support", "movement", "breath"),
    ("place", "setup", "eyes_free", "support", "movement"),
    ("place", "setup", "support", "movement"),
    ("place", "setup", "support", "brief"),
)
"""Fields in which a station may be told, from much to little."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A station of a circuit, and what is said about it beforehand."""

    station: Station
    lines: tuple[Line, ...]
    dose: tuple[str, ...]
    """What is already known about its dose."""
    begins_told: bool = False
    """Whether its explanation, from the set-up on, comes only as its work begins."""


def told_ahead(writer: Writer, stations: Sequence[Station]) -> tuple[Ahead, ...]:
    """What is said before a circuit about the stations whose rests are too short for it.

    As much about each as there is time for. If even a few words about each are too many, stations
    are left out whose rests have time for those words alone. If that is not enough, so is the
    movement of any bout that can explain it itself, and finally its set-up: hearing that as the
    bout begins costs a few seconds once, but nobody remembers eight of them in a row. In that case
    no dose is repeated at once either.
    """
    found: tuple[Ahead, ...] = ()
    for fields in _HOW:
        found = tuple(_told(writer, station, fields) for station in stations)
        if lasting(writer, found) <= LONGEST:
            return found
    found = tuple(each for each in found if not crammed_into_its_rest(writer, each.station))
    if lasting(writer, found) <= LONGEST:
        return found
    found = tuple(
        _told(writer, each.station, NEEDED) if at_work(writer, each.station.exercise) else each
        for each in found
    )
    if lasting(writer, found) <= LONGEST:
        return found
    found = tuple(
        replace(_told(writer, each.station, ()), begins_told=True)
        if at_work(writer, each.station.exercise, set_up=True)
        else each
        for each in found
    )
    return (*found[:1], *(_with_news(each, before) for before, each in pairwise(found)))


def _with_news(told: Ahead, before: Ahead) -> Ahead:
    """What is told of a station, without a dose that is the same as that of the one before."""
    if told.dose != before.dose:
        return told
    return replace(told, lines=tuple(line for line in told.lines if line.rule != "dose"))


def lasting(writer: Writer, told: Iterable[Ahead]) -> int:
    """About how long (ms) it takes to say all of this."""
    return speaking(writer, (line for each in told for line in each.lines))


def at_work(writer: Writer, exercise: Exercise, *, set_up: bool = False) -> tuple[Line, ...]:
    """The explanation to give as a bout begins: in full, or in brief if the bout is short.

    Includes its `set_up`, unless that takes extra time or the position is entered earlier.
    """
    first = {field: getattr(exercise, field) for field in NEEDED if set_up}
    if set_up and _takes_time(exercise):
        return ()
    before = [line for field, told in first.items() for line in _lines(writer, field, told)]
    full = ("movement", exercise.movement if writer.says("movement") else ())
    told = (tuple(_lines(writer, *each)) for each in (full, in_brief(writer, exercise)))
    whole = ((*before, *lines) for lines in told if lines)
    room = _first_half(exercise)
    return next((lines for lines in whole if speaking(writer, lines) <= room), ())


def moves_at_work(writer: Writer, told: Ahead | None) -> Passage:
    """What moves, as the first bout of a station begins: if it was told before without that.

    Behind its set-up where that is told then too.
    """
    if told is None or {"movement", "brief"} & {line.rule for line in told.lines}:
        return ()
    return at_work(writer, told.station.exercise, set_up=told.begins_told)


def reminder(writer: Writer, station: Station, moves: Passage) -> Passage:
    """What one needs or holds on to, told again as a bout begins if its rest has no time for it.

    Nothing if the bout has none either, beside what `moves`.
    """
    exercise = station.exercise
    if station.turn.rest is None or not station.known or _takes_time(exercise):
        return ()
    if reminds_in_its_rest(writer, station):
        return ()
    told = tuple(line for line in needs(writer, station) if line.field in NEEDED)
    return told if speaking(writer, (*told, *moves)) <= _first_half(exercise) else ()


def _takes_time(exercise: Exercise) -> bool:
    """Whether its set-up takes extra time, or the position is entered earlier."""
    told = chain.from_iterable(getattr(exercise, field) for field in NEEDED)
    return bool(exercise.start) or any(each.time for each in told)


def helps_at_work(
    writer: Writer, exercise: Exercise, told: Passage, untold: Iterable[Passage]
) -> Passage:
    """The first helpful passage for which a bout has room after what is already `told`."""
    room = _first_half(exercise) - speaking(writer, told)
    helping = (each for each in untold if each[0].field in HELPS)
    return next((each for each in helping if speaking(writer, each) <= room), ())


def _first_half(exercise: Exercise) -> int:
    """How long (ms) may be told as a bout begins; 0 where its words are the routine's own."""
    if not in_bouts(exercise) or exercise.cues or exercise.bell:
        return 0
    return shortest_bout(exercise) // 2 - _SETTLED


def _lines(writer: Writer, rule: str, told: Iterable[Instruction]) -> Iterator[Line]:
    return (line._replace(rule=rule) for line in instructed(writer, rule, told))


def _told(writer: Writer, station: Station, fields: Iterable[str]) -> Ahead:
    exercise = station.exercise
    name = writer.phrases("exercise.only", name=exercise.name)
    dose = tuple(_dosed(writer, station))
    lines = (
        Line("name", name, field="name", line=exercise.line("name")),
        *_side(writer, station),
        *posture(writer, station),
        *(line for field in fields for line in _field(writer, station, field)),
        *dose,
        *_first(writer, station),
    )
    return Ahead(station, lines, tuple(line.text for line in dose))


def _field(writer: Writer, station: Station, field: str) -> Iterator[Line]:
    """What a field says. Nobody does it yet, so it takes no time but that of understanding."""
    exercise, rule = station.exercise, field
    told: Iterable[Instruction] = getattr(exercise, field)
    if field == "brief" or (field == "movement" and not (told and writer.says(field))):
        rule, told = in_brief(writer, exercise)
    longest = movement_pause(writer.settings.pace)
    for line in instructed(writer, rule, told):
        yield line._replace(rule=rule, after=min(line.after or longest, longest))


def _dosed(writer: Writer, station: Station) -> Iterator[Line]:
    known = replace(station, known=True)
    if writer.says("dose") and not tells_its_dose(writer, known):
        yield from (Line("dose", text, field="dose") for text in station.dose)


def _side(writer: Writer, station: Station) -> Iterator[Line]:
    """The side that comes first, if it is the only one or no rest is there to say it in."""
    rest, only = station.turn.rest, only_side(writer.phrases, station.exercise)
    if only or (rest and speechless(rest)):
        yield from side_of(writer, station)


def _first(writer: Writer, station: Station) -> Iterator[Line]:
    """The first variant, where no rest is there to say it in."""
    rest, each = station.turn.rest, station.exercise.each
    if rest and speechless(rest):
        yield from begins_with(writer, station)
    elif each and writer.says("purpose"):
        yield from _lines(writer, "variant", each[0].say)
