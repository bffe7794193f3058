"""The rounds of a group: what each is called, and what is new later in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from audiocoach.coaching.body import Line
from audiocoach.coaching.dose import in_bouts
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.stations import (
    Station,
    fits_its_rest,
    newly_dosed,
    room_left,
    shortest_bout,
    speaking,
    speechless,
)
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.routine.model import Exercise, Group
from audiocoach.routine.unfold import Turn, round_count
from audiocoach.timeline.script import Address, MarkerKind, Origin

_SHORTEST_TELLING: Final = 10_000
"""In a bout from this length (ms) on there is room to say which round it begins."""


def opening_groups(writer: Writer, groups: Iterable[Group]) -> Iterator[tuple[str, Origin]]:
    """What the groups that begin here are called, and their rounds: the first, or how many."""
    for group in groups:
        if group.name:
            name = writer.phrases("exercise.only", name=group.name)
            yield name, Origin(group.line("name"), "name")
        rounds, origin = round_count(group), Origin(group.line("rounds"), "rounds")
        if rounds > 1:
            yield _first_round(writer.phrases, group, rounds), origin


def _first_round(phrases: Phrases, group: Group, rounds: int) -> str:
    if counts_its_exercises(group):
        return phrases("exercise.rounds-of", rounds=rounds, count=len(group.exercises))
    if group.round_name:
        return f"{phrases('round.named', name=group.round_name, number=1, total=rounds)}."
    return phrases("exercise.round" if group.name else "exercise.rounds", number=1, total=rounds)


def counts_its_exercises(group: Group) -> bool:
    """Whether it is told as so many rounds of so many exercises, as it has no name to go by."""
    several = len(group.exercises) > 1 and round_count(group) > 1
    alike = all(isinstance(step, Exercise) for step in group.exercises)
    return several and alike and not (group.name or group.round_name)


def round_at_work(writer: Writer, turn: Turn) -> tuple[Line, ...]:
    """The round that a bout begins, if it follows at once: what comes before has hardly time."""
    exercise = turn.exercise
    if not turn.round or turn.rest is None or not speechless(turn.rest):
        return ()
    own = exercise.cues or exercise.bell or exercise.way.paced
    if own or not in_bouts(exercise) or shortest_bout(exercise) < _SHORTEST_TELLING:
        return ()
    number, total, group = turn.round
    return (Line(rule_of(writer, number, total), which_round(writer, number, total, group)),)


def told_at_once(writer: Writer, turn: Turn) -> bool:
    """Whether a round that follows without a rest is told at the end of what comes before."""
    return bool(turn.round) and not round_at_work(writer, turn)


def naming(*, told: bool) -> str:
    """The phrase that names what comes next, or begins a round that was just `told`.

    "Up next: rung two. Up next: squat." would have the squat come after the rung.
    """
    return "exercise.first" if told else "exercise.next"


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
        return Line("next-named", whole, (short, round_in_brief(writer, number, group)))
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


def round_in_brief(writer: Writer, number: int, group: Group) -> str:
    """Which round it is, in the fewest words."""
    counted = {"number": number}
    if group.round_name:
        return sentence(writer.phrases("round.named-brief", name=group.round_name, **counted))
    return writer.phrases("exercise.round-brief", **counted)


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
