"""The rounds of a group: what each is called, and what is new later in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audiocoach.coaching.body import Line
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.stations import (
    Station,
    fits_its_rest,
    newly_dosed,
    room_left,
    speaking,
)
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.routine.model import Group
from audiocoach.routine.unfold import Turn, round_count
from audiocoach.timeline.script import Address, MarkerKind, Origin


def opening_groups(writer: Writer, groups: Iterable[Group]) -> Iterator[tuple[str, Origin]]:
    """The names of the groups that begin here, and the first of its rounds."""
    for group in groups:
        if group.name:
            name = writer.phrases("exercise.only", name=group.name)
            yield name, Origin(group.line("name"), "name")
        rounds, origin = round_count(group), Origin(group.line("rounds"), "rounds")
        if rounds > 1 and (group.name or group.round_name):
            yield _first_round(writer.phrases, group, rounds), origin


def _first_round(phrases: Phrases, group: Group, rounds: int) -> str:
    if not group.round_name:
        return phrases("exercise.round", number=1, total=rounds)
    return f"{phrases('round.named', name=group.round_name, number=1, total=rounds)}."


def later_lines(writer: Writer, station: Station, later: Iterable[Station]) -> tuple[Line, ...]:
    """The new doses of stations whose own rests can't tell them, in a rest that has the time."""
    found = [
        line
        for each in later
        if each.dose and not fits_its_rest(writer, each)
        for line in _later(writer, each)
    ]
    fits = station.turn.rest is None or speaking(writer, found) <= room_left(writer, station)
    return tuple(found) if fits else ()


def _later(writer: Writer, station: Station) -> Iterator[Line]:
    """What is new at a station, in one breath with its name: alone, the name would be an order."""
    first, *others = newly_dosed(writer, station)
    *_, brief = (first.text, *first.shorter)
    dose = brief[:1].lower() + brief[1:]
    text = writer.phrases("exercise.later", name=station.exercise.name, dose=dose)
    yield first._replace(text=text, shorter=(), line=station.exercise.line("name"))
    yield from others


def next_round(writer: Writer, about: tuple[int, int, Group]) -> Line:
    """Which round comes next, as a rest says it."""
    number, total, group = about
    counted = {"number": number, "total": total}
    short = which_round(writer, number, total, group)
    if group.round_name:
        named = {"name": group.round_name, **counted}
        whole = writer.vary("exercise.next", name=writer.phrases.inline("round.named", **named))
        brief = {"name": group.round_name, "number": number}
        return Line(
            "next-named", whole, (short, sentence(writer.phrases("round.named-brief", **brief)))
        )
    rule = rule_of(writer, number, total)
    return Line(rule, writer.vary("exercise.next-round", **counted), (short,))


def rule_of(writer: Writer, number: int, total: int) -> str:
    """Its rule: the last round is announced however little is told, as the last set is."""
    return "last-next" if number == total and writer.settings.last_one else "next"


def which_round(writer: Writer, number: int, total: int, group: Group) -> str:
    """Which round it is, in few words."""
    counted = {"number": number, "total": total}
    if group.round_name:
        return sentence(writer.phrases("round.named", name=group.round_name, **counted))
    return writer.phrases("exercise.round", **counted)


def mark_round(writer: Writer, turn: Turn) -> None:
    """Mark the round that begins with a turn, if one does."""
    if turn.round:
        number, total, group = turn.round
        counted = {"number": str(number), "total": str(total)}
        name = group.round_name
        title = (
            writer.phrases("round.named", name=name, **counted)
            if name
            else writer.phrases("section.round", **counted)
        )
        origin = Origin(group.line("rounds"), "rounds")
        writer.mark(MarkerKind.ROUND, title, Address(round=number), origin)
