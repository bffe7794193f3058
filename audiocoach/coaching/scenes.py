"""A routine in the order in which it is told: every turn, and what the listener already knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from audiocoach.coaching.ahead import Ahead, helps_at_work, moves_at_work, reminder, told_ahead
from audiocoach.coaching.body import Line
from audiocoach.coaching.differing import turns_over
from audiocoach.coaching.passages import more_of, passages
from audiocoach.coaching.recalling import Recall
from audiocoach.coaching.rounds import later_lines, round_at_work
from audiocoach.coaching.stations import (
    Passage,
    Station,
    doses,
    fits_its_rest,
    station_lines,
)
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Position, Routine
from audiocoach.routine.unfold import Turn, turns
from audiocoach.timeline.script import Address


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn, and what the listener already knows."""

    turn: Turn
    address: Address
    """Of the exercise, in this round."""
    title: str
    """What it is called at this point; empty if the rest before it has named it."""
    before: Exercise | None
    """What is done before; None at the beginning."""
    dose: tuple[str, ...]
    """What must be said about the dose: in a later round nothing, unless it has changed."""
    known: bool = False
    """Whether it was explained before, ahead of its circuit or in an earlier round."""
    more: tuple[Passage, ...] = ()
    """What else the rest before it has time for."""
    begins_told: bool = False
    """Whether its explanation, from the set-up on, comes only as its work begins."""
    reminded: bool = False
    """Whether its work begins with what one needs there, for which its rest has no time."""
    ahead: tuple[Ahead, ...] = ()
    """What is said before it, because the rests of its circuit have no time for it."""
    at_work: tuple[Line, ...] = ()
    """What is said as its work begins: the explanation, if there was no time for it before."""
    later: tuple[Line, ...] = ()
    """What is said about those that come later in its round, if their rests have no time for it."""
    recalled: tuple[Line, ...] = ()
    """What holds again of its dose, as another one has been met since."""
    turns_over: bool = False
    """Whether one lies on one side, and it is for the other."""

    @property
    def station(self) -> Station:
        """The same as the station of a circuit by the clock, explained in the rest before it."""
        about = (self.turn, self.before, self.dose, self.known, self.more)
        return Station(*about, self.begins_told, self.reminded, recalled=self.recalled)

    @property
    def position(self) -> Position:
        """The position in which the previous exercise left the listener."""
        return self.turn.stands(self.before)

    @property
    def moves(self) -> bool:
        """Whether the position changes, or the side one lies on."""
        return self.turns_over or self.position is not self.turn.exercise.position


def scenes(writer: Writer, routine: Routine) -> Iterator[Scene]:
    """Every turn of a routine in order."""
    total = sum(1 for _ in routine.all_exercises())
    numbers: dict[tuple[int, ...], int] = {}
    passes: Counter[tuple[int, ...]] = Counter()
    # The doses by the identity of their exercise, which most rounds share.
    told: dict[int, tuple[str, ...]] = {}
    heard: dict[tuple[int, ...], tuple[str, ...]] = {}
    untold: dict[tuple[int, ...], tuple[Passage, ...]] = {}
    heard_ahead: dict[tuple[int, ...], Ahead] = {}
    before: Exercise | None = None
    ordered = tuple(_as_told(turns(routine)))
    recall = Recall(writer)
    for index, turn in enumerate(ordered):
        number = numbers.setdefault(turn.path, len(numbers) + 1)
        passes[turn.path] += 1
        title = "" if turn.rest else _title(writer, turn, number, total)
        ahead = told_ahead(writer, tuple(_without_time(writer, ordered, index)))
        known = turn.again or turn.path in untold
        if (same := id(turn.exercise)) not in told:
            told[same] = doses(writer, turn.exercise)
        lines = told[same]
        dose = _new(turn, lines, heard.get(turn.path, ()))
        if turn.path not in heard:
            dose = _in_all_rounds(writer, ordered, index) or dose
        heard[turn.path] = lines
        for each in ahead:
            path = each.station.turn.path
            heard_ahead[path] = each
            untold[path] = passages(writer, each.station, each.lines)
            if each.dose:
                heard[path] = each.dose
                recall.ahead(index, each.station.turn)
        address = Address(number, passes[turn.path])
        own = heard_ahead.pop(turn.path, None)
        begins_told = own is not None and own.begins_told
        scene = Scene(turn, address, title, before, dose, known, (), begins_told, ahead=ahead)
        scene = replace(scene, recalled=recall.of(index, turn, lines, dose))
        scene = replace(scene, turns_over=turns_over(writer, before, turn))
        moves = moves_at_work(writer, own)
        again = () if begins_told else reminder(writer, scene.station, moves)
        scene = replace(scene, reminded=bool(again))
        waiting = untold.get(turn.path) or _untold(writer, scene.station)
        now = more_of(writer, replace(scene.station, recalled=()), waiting)
        left = tuple(each for each in waiting if each not in now)
        here = station_lines(writer, replace(scene.station, more=now)) if turn.rest else []
        begun = _at_work(writer, turn, (*round_at_work(writer, turn), *again, *moves), here, left)
        untold[turn.path] = tuple(each for each in left if not {*each} <= {*begun})
        station = replace(scene.station, more=now)
        later = later_lines(writer, station, _later(writer, ordered, index, heard))
        yield replace(scene, more=now, at_work=begun, later=later)
        before = turn.exercise


def _at_work(
    writer: Writer, turn: Turn, told: Passage, here: Iterable[Line], left: Iterable[Passage]
) -> tuple[Line, ...]:
    """What a bout of a station says as it begins.

    That is what is `told` now of how it is done and not in the rest `here`; and the first time, of
    what is `left`, the first that helps.
    """
    heard = {line.text for line in here}
    told = tuple(line for line in told if line.text not in heard)
    if turn.again or turn.rest is None:
        return told
    return (*told, *helps_at_work(writer, turn.exercise, told, left))


def _untold(writer: Writer, station: Station) -> tuple[Passage, ...]:
    """What the rest before the first time of a station leaves for later."""
    if station.turn.rest is None or station.known:
        return ()
    return passages(writer, station, station_lines(writer, station))


def _as_told(ordered: Iterable[Turn]) -> Iterator[Turn]:
    """Each turn with what is told before its first set, and in its round."""
    passes: Counter[tuple[int, ...]] = Counter()
    # By their identity: most rounds share their exercises, which may say thousands of things.
    same: dict[int, Exercise] = {}
    for turn in ordered:
        passes[turn.path] += 1
        exercise = turn.exercise
        if id(exercise) in same:
            yield turn
        elif exercise.told_by_round:
            yield replace(turn, exercise=exercise.in_round(passes[turn.path]))
        else:
            same[id(exercise)] = exercise
            yield turn


def _new(turn: Turn, lines: tuple[str, ...], heard: tuple[str, ...]) -> tuple[str, ...]:
    """What must be said of a dose: all of another one, or in a short rest what is another."""
    if turn.rest:
        return tuple(line for line in lines if line not in heard)
    return () if turn.again and lines == heard else lines


def _without_time(writer: Writer, ordered: Sequence[Turn], first: int) -> Iterator[Station]:
    """The stations of a circuit that the rests before their first time can't tell."""
    for place in range(2, 2 + len(ordered[first].ahead)):
        index = first + place - 1
        turn, before = ordered[index], ordered[index - 1].exercise
        writer.obey(turn.exercise)
        by_round = _in_all_rounds(writer, ordered, index)
        dose = by_round or doses(writer, turn.exercise)
        station = Station(turn, before, dose, place=place)
        if not fits_its_rest(writer, station):
            yield station
    writer.obey(None)


def _later(
    writer: Writer,
    ordered: Sequence[Turn],
    first: int,
    heard: Mapping[tuple[int, ...], tuple[str, ...]],
) -> Iterator[Station]:
    """The other stations of a round that begins, from the second on, with what is new of each."""
    if not ordered[first].round:
        return
    others = takewhile(lambda place: _goes_on(ordered[place]), range(first + 1, len(ordered)))
    for place in others:
        turn = ordered[place]
        lines = doses(writer, turn.exercise)
        dose = tuple(line for line in lines if line not in heard.get(turn.path, ()))
        yield Station(turn, ordered[place - 1].exercise, dose, known=True)


def _goes_on(turn: Turn) -> bool:
    """Whether a round goes on with a turn, by the clock."""
    return turn.again and turn.round is None and turn.rest is not None


def _in_all_rounds(writer: Writer, ordered: Sequence[Turn], index: int) -> tuple[str, ...]:
    """The doses of all rounds, where they differ and a rest before a later one can't tell it."""
    first = ordered[index]
    if first.whole is None:
        return ()
    for place in range(index + 1, len(ordered)):
        turn = ordered[place]
        if turn.path == first.path and turn.rest is not None:
            dose = doses(writer, turn.exercise)
            station = Station(turn, ordered[place - 1].exercise, dose, known=True)
            if not fits_its_rest(writer, station):
                groups = (each.round[2] for each in ordered[place::-1] if each.round)
                return doses(writer, first.whole, by_round=True, round_name=next(groups).round_name)
    return ()


def _title(writer: Writer, turn: Turn, number: int, total: int) -> str:
    if turn.again:
        return writer.vary("exercise.again", name=turn.exercise.name)
    key = "exercise.title" if total > 1 else "exercise.only"
    return writer.vary(key, number=number, total=total, name=turn.exercise.name)
