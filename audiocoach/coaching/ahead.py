"""What is told of a circuit by the clock before it begins: only what its rests have no time for.

Nobody remembers two minutes of talk: the longer it would be, the less of each station is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Line
from audiocoach.coaching.pacing import movement_pause
from audiocoach.coaching.stations import (
    Station,
    begins_with,
    crammed_into_its_rest,
    in_brief,
    instructed,
    posture,
    speaking,
    speechless,
    tells_its_dose,
)
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Instruction

_LONGEST: Final = 40_000
"""How long (ms) it may take, unless what has to be known takes longer."""
_HOW: Final = (
    ("place", "setup", "eyes_free", "support", "movement"),
    ("place", "setup", "support", "movement"),
    ("place", "setup", "support", "brief"),
)
"""Fields in which a station may be told, from much to little."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A station of a circuit, and what is told of it before."""

    station: Station
    lines: tuple[Line, ...]

    @property
    def dose(self) -> tuple[str, ...]:
        """What is told of its dose."""
        return tuple(line.text for line in self.lines if line.rule == "dose")


def told_ahead(writer: Writer, stations: Sequence[Station]) -> tuple[Ahead, ...]:
    """What is told before a circuit of those stations whose rests can't tell what is needed.

    As much of each as all of them leave time for. Where even a few words of each are too many,
    those are left out whose rests have the time for these if nothing else is said.
    """
    found: tuple[Ahead, ...] = ()
    for fields in _HOW:
        found = tuple(_told(writer, station, fields) for station in stations)
        if speaking(writer, (line for each in found for line in each.lines)) <= _LONGEST:
            return found
    return tuple(each for each in found if not crammed_into_its_rest(writer, each.station))


def _told(writer: Writer, station: Station, fields: Iterable[str]) -> Ahead:
    exercise = station.exercise
    name = writer.phrases("exercise.only", name=exercise.name)
    lines = (
        Line("name", name, field="name", line=exercise.line("name")),
        *posture(writer, station),
        *(line for field in fields for line in _field(writer, station, field)),
        *_dosed(writer, station),
        *_first(writer, station),
    )
    return Ahead(station, lines)


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


def _first(writer: Writer, station: Station) -> Iterator[Line]:
    """The first side and variant, where no rest is there to say them in."""
    rest, each = station.turn.rest, station.exercise.each
    if rest and speechless(rest):
        yield from begins_with(writer, station)
    elif each and writer.says("purpose"):
        told = instructed(writer, "variant", each[0].say)
        yield from (line._replace(rule="variant") for line in told)
