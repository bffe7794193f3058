"""The stations of a circuit by the clock: what is told of each in the rest that leads to it.

Each is told in full in the rest before its first time, if that is long enough; else before the
circuit begins. Any other rest names it, and says its side, its position and what is new of its
dose, so that nothing has to be known when the work begins that was not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS
from audiocoach.coaching.dose import dose_lines, spoken_seconds
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import movement_pause, sentence_pause, speaking_ms
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Group, Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Turn, round_count
from audiocoach.timeline.script import Origin

_NAMED_UP_TO: Final = 5_000
_A_WORD: Final = 1_000
"""A rest shorter than this (ms) has no time for a word."""
_NEEDED: Final = ("place", "setup", "eyes_free", "support")
"""Fields that are told before the movement; with that and the dose, all that is needed."""
AHEAD: Final = ("setup", "eyes_free", "support", "brief", "movement", "feel", "easier")
"""What is told of an exercise by the clock before its group begins."""
MORE: Final = ("easier", "mistake", "breath", "feel", "harder")
"""Fields that are told where a rest has room for them, in this round or the next."""
_OTHER_WORDING: Final = " " * 10
"""As many letters more may another wording of a phrase have."""
_LEAD: Final = 1_000
"""Silence (ms) between the last word of a telling and the count."""


@dataclass(frozen=True, slots=True)
class Station:
    """An exercise of a circuit by the clock, and what the listener knows of it."""

    turn: Turn
    before: Exercise | None
    """What is done before; None at the beginning."""
    dose: tuple[str, ...]
    """What is new of its dose."""
    known: bool = False
    """Whether it was told before: ahead of the circuit, or in an earlier round."""
    more: tuple[str, ...] = ()
    """Fields of `MORE` that are told in the rest before it."""

    @property
    def hardly_named(self) -> bool:
        """Whether the rest is so short that the name is said once more as the work begins.

        Where there is none, the last rep before has just said it.
        """
        rest, before = self.turn.rest, self.before
        if rest is None or (not rest.maximum and before and not before.way.whole_set):
            return False
        return rest.minimum <= _NAMED_UP_TO

    @property
    def exercise(self) -> Exercise:
        """What is done there."""
        return self.turn.exercise


def speechless(rest: Time) -> bool:
    """Whether a rest has no time for a word, so that what is done before it tells what follows."""
    return rest.maximum < _A_WORD


def in_brief(writer: Writer, exercise: Exercise) -> tuple[str, tuple[Instruction, ...]]:
    """A few words for the whole exercise, and their rule: in full, they are the movement."""
    rule = "movement" if writer.says("movement") else "brief"
    told = (*exercise.brief, *of_this_round(exercise, "movement"))
    return rule, told or exercise.movement[:1]


def doses(writer: Writer, exercise: Exercise, *, by_round: bool = False) -> tuple[str, ...]:
    """The dose of an exercise in lines."""
    first = writer.settings.first_side
    return tuple(dose_lines(writer.phrases, exercise, first, by_round=by_round))


def fits_its_rest(writer: Writer, station: Station) -> bool:
    """Whether the rest before a station has the time to tell all that is needed."""
    rest = station.turn.rest
    if rest is None:
        return False
    return speaking(writer, station_lines(writer, station)) <= _room(writer, station, rest.minimum)


def more_of(writer: Writer, station: Station, fields: Iterable[str]) -> tuple[str, ...]:
    """Those of some fields of `MORE` that the rest before a station has time for as well."""
    rest = station.turn.rest
    if rest is None:
        return ()
    left = _room(writer, station, rest.minimum) - speaking(writer, station_lines(writer, station))
    found: list[str] = []
    for field in fields:
        time = speaking(writer, _extra(writer, station, field))
        if 0 < time <= left:
            found.append(field)
            left -= time
    return tuple(found)


def station_lines(writer: Writer, station: Station) -> list[Line]:
    """What is told of a station in the rest before it, after its name.

    As a new round begins, also how it is set up, if there is the time. Of one that was told
    before nothing is repeated that a short rest has no time for.
    """
    if not station.known:
        return _lines(writer, station, _in_full(writer, station))
    known, rest = tuple(_in_few_words(writer, station)), station.turn.rest
    new = tuple(
        line
        for field in _NEEDED
        for line in instructed(writer, field, of_this_round(station.exercise, field))
    )
    again = _lines(writer, station, (*_set_up(writer, station), *known))
    room = _room(writer, station, rest.minimum) if rest else 0
    if station.turn.round and speaking(writer, again) <= room:
        return again
    briefly = _lines(writer, station, (*new, *known))
    if rest is None or _has_news(station.exercise) or _fits_in_short(writer, station, briefly):
        return briefly
    return _lines(writer, station, new)


def _lines(writer: Writer, station: Station, how: Iterable[Line]) -> list[Line]:
    more = (line for field in station.more for line in _extra(writer, station, field))
    return [
        *_moving(writer, station),
        *how,
        *more,
        *_dosed(writer, station),
        *_begins_with(writer, station),
    ]


def speaking(writer: Writer, lines: Iterable[Line]) -> int:
    """About how long (ms) lines take to be said, with the pauses between them."""
    pause = sentence_pause(writer.settings.pace)
    return sum(
        speaking_ms(line.text, writer.settings.rate) + (pause if line.after is None else line.after)
        for line in lines
    )


def _fits_in_short(writer: Writer, station: Station, lines: Iterable[Line]) -> bool:
    """Whether a rest before a station has the time for lines when all is said in short."""
    rest = station.turn.rest
    room = _room(writer, station, rest.minimum, short=True) if rest else 0
    short = (line._replace(text=min((line.text, *line.shorter), key=len)) for line in lines)
    return speaking(writer, short) <= room


def _room(writer: Writer, station: Station, rest: int, *, short: bool = False) -> int:
    """How long (ms) a telling may take in a rest, beside its opening, the name and the count.

    Or as long as it may take where these are told in `short`.
    """
    key = "exercise.only" if short else "exercise.next"
    name = writer.phrases(key, name=station.exercise.name)
    seconds = spoken_seconds(writer.phrases, rest)
    opening = writer.phrases("cue.rest-seconds", seconds=seconds)
    opening = writer.phrases("cue.rest") if short else opening + _OTHER_WORDING
    name += "" if short else _OTHER_WORDING
    body = Body.of(writer, station.exercise)
    start = body.start(body.blocks[0])
    entering = instructed(writer, "start", start)
    said = [Line("rest", opening), Line("name", name), *entering]
    if station.turn.round:
        number, total, _ = station.turn.round
        key = "exercise.round" if short else "exercise.next-round"
        said.append(Line("next", writer.phrases(key, number=number, total=total)))
    if station.before:
        done = Body.of(writer, station.before)
        said += instructed(writer, "finish", done.finish(done.blocks[-1]))
        said += [Line("rest", station.before.stop)] if station.before.stop else []
    counted = body.counter("name").fitting(rest, held=bool(start)) * BEAT_MS
    return rest - speaking(writer, said) - counted - (0 if short else _LEAD)


# -- the lines -----------------------------------------------------------------------


def _in_full(writer: Writer, station: Station) -> Iterator[Line]:
    """How it is done, for who has never heard of it."""
    exercise = station.exercise
    yield from _set_up(writer, station)
    if writer.says("movement"):
        yield from instructed(writer, "movement", exercise.movement or exercise.brief)
    else:
        yield from instructed(writer, *in_brief(writer, exercise))


def _set_up(writer: Writer, station: Station) -> Iterator[Line]:
    for rule in _NEEDED:
        if rule != "eyes_free" or not station.known:  # once described, a position is known
            yield from instructed(writer, rule, getattr(station.exercise, rule))


def of_this_round(exercise: Exercise, field: str) -> tuple[Instruction, ...]:
    """What is told in this round only."""
    return tuple(each for name, each in exercise.instructions() if name == field and each.round)


def _has_news(exercise: Exercise) -> bool:
    """Whether its few words are others in this round."""
    return any(of_this_round(exercise, field) for field in (*MORE, "brief", "movement"))


def _in_few_words(writer: Writer, station: Station) -> Iterator[Line]:
    for field in MORE:
        if field not in station.more:
            yield from instructed(writer, field, of_this_round(station.exercise, field))
    rule, told = in_brief(writer, station.exercise)
    for instruction in told:
        for text in sentences(instruction.say, writer.language):
            yield Line(rule, text, field=rule, line=instruction.line("say"))


def _moving(writer: Writer, station: Station) -> Iterator[Line]:
    before = station.turn.stands(station.before)
    after = station.exercise.position
    if after is not before:
        key, line = request(before, after), station.exercise.line("position")
        short = writer.phrases(key.replace("position.", "position-brief."))
        yield Line("position", writer.phrases(key), (short,), field="position", line=line)


def _dosed(writer: Writer, station: Station) -> Iterator[Line]:
    if writer.says("dose"):
        for text in station.dose:
            for sentence in sentences(text, writer.language):
                yield Line("station", sentence, field="dose")


def _begins_with(writer: Writer, station: Station) -> Iterator[Line]:
    """The side and the variant that come first, unless the dose has just said the only side."""
    exercise, body = station.exercise, Body.of(writer, station.exercise)
    block, side = body.blocks[0], body.side_of(body.blocks[0])
    only = len(exercise.sides.blocks) == 1 and writer.says("dose")
    told = only and side and any(body.side_name(side) in line for line in station.dose)
    if block.variant and not station.known and writer.says("purpose"):
        yield from instructed(writer, "variant", block.variant.say)
    if side and (not told or body.alternating):
        text = writer.phrases("cue.rep-side", side=body.side_name(side))
        yield Line("side-change", text, field="sides", line=exercise.line("sides"))
    if block.variant:
        text = writer.phrases("cue.variant", variant=block.variant.name)
        yield Line("variant-change", text, field="each", line=exercise.line("each"))


def opening_groups(writer: Writer, groups: Iterable[Group]) -> Iterator[tuple[str, Origin]]:
    """What the groups that begin here are called, and which of its rounds is the first."""
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


def instructed(
    writer: Writer, rule: str, instructions: Iterable[Instruction], set_number: int = 1
) -> Iterator[Line]:
    """Each sentence of instructions; the last of one has the time to do it after it."""
    pictured = movement_pause(writer.settings.pace) if RULES[rule].pictured else None
    for instruction in writer.needed(rule, instructions, set_number):
        *others, last = sentences(instruction.say, writer.language)
        line, time = instruction.line("say"), instruction.time
        for text in others:
            yield Line("station", text, (), pictured, rule, line)
        yield Line("station", last, (), time.natural if time else pictured, rule, line)


def _extra(writer: Writer, station: Station, rule: str) -> Iterator[Line]:
    """What a field says that helps, and is not needed."""
    told = tuple(instructed(writer, rule, getattr(station.exercise, rule)))
    if told and rule in ("easier", "harder"):
        yield Line(rule, writer.phrases(f"exercise.{rule}"), field=rule)
    yield from (line._replace(rule=rule) for line in told)
