"""What there is to say of a station beside the essentials: now, if its rest has room, or later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from audiocoach.coaching.body import Line
from audiocoach.coaching.stations import (
    BY_TOUCH,
    MORE,
    NEEDED,
    Passage,
    Station,
    instructed,
    room_left,
    speaking,
)
from audiocoach.coaching.writer import Writer


def passages(writer: Writer, station: Station, told: Iterable[Line]) -> tuple[Passage, ...]:
    """What else there is to say about a station besides what is `told`, most important first.

    What is for one round only is left out.
    """
    known = {line.text for line in told}
    found: list[Passage] = []
    for field in (*NEEDED, "movement", BY_TOUCH, *MORE):
        lines = [line for line in _field(writer, station, field) if line.text not in known]
        apart = attrgetter("line" if field == BY_TOUCH else "field")
        found += (tuple(each) for _, each in groupby(lines, apart))
    return tuple(filter(None, found))


def more_of(writer: Writer, station: Station, untold: Iterable[Passage]) -> tuple[Passage, ...]:
    """Those passages that the rest before a station has time for as well."""
    rest = station.turn.rest
    if rest is None or station.begins_told:
        return ()
    left = room_left(writer, station)
    found: list[Passage] = []
    for passage in untold:
        if (time := speaking(writer, passage)) <= left:
            found.append(passage)
            left -= time
    return tuple(found)


def _field(writer: Writer, station: Station, rule: str) -> Iterator[Line]:
    """What a field says in any round."""
    always = (each for each in getattr(station.exercise, rule) if not getattr(each, "round", None))
    told = tuple(instructed(writer, rule, always))
    if told and rule in ("easier", "harder"):
        yield Line(rule, writer.phrases(f"exercise.{rule}"), field=rule)
    yield from (line._replace(rule=rule) for line in told)
