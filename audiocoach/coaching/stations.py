"""The stations of a circuit by the clock: what is said about each in the rest before it.

Each is explained in the rest before its first turn, in full or in brief, if that is long enough;
otherwise before the circuit begins (`ahead.py`). Helpful advice that had no room comes in a later
round. Every other rest says its name, side and position, and what is new in its dose, so that
everything the listener needs has been said when the work begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS
from audiocoach.coaching.differing import begun_anew, turns_over
from audiocoach.coaching.dose import dose_lines, load_forms, only_side, spoken_rest
from audiocoach.coaching.entering import entering, in_haste
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import (
    SHORTENED_UP_TO,
    TIGHT_PAUSE,
    movement_pause,
    sentence_pause,
    speaking_ms,
)
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import read_aloud, sentences
from audiocoach.routine.model import Exercise, Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Turn, blocks

_A_WORD: Final = 1_000
"""A rest shorter than this (ms) has no time for a word."""
NEEDED: Final = ("place", "setup", "support")
"""Fields that are told before the movement; with that and the dose, all that is needed."""
_IN_A_REST: Final = {"support": "support-again"}
"""Rules for the same in a rest: nobody can hold on before taking the position."""
BY_TOUCH: Final = "eyes_free"
MORE: Final = ("easier", "mistake", "breath", "feel", "harder")
"""Fields that are told where a rest has room for them, in this round or the next."""
HELPS: Final = ("mistake", "breath", "feel")
"""Of these, what helps while one is at it."""
_OTHER_WORDING: Final = " " * 10
"""As many letters more may another wording of a phrase have."""
_LEAD: Final = 1_000
"""Silence (ms) between the last word of a telling and the count."""


Passage = tuple[Line, ...]
"""Lines that are spoken together or not at all."""


@dataclass(frozen=True, slots=True)
class Station:
    """An exercise of a circuit by the clock, and what the listener knows about it."""

    turn: Turn
    before: Exercise | None
    """What is done before; None at the beginning."""
    dose: tuple[str, ...]
    """What is new of its dose."""
    known: bool = False
    """Whether it was explained before: ahead of the circuit, or in an earlier round."""
    more: tuple[Passage, ...] = ()
    """What the rest before it has time for besides the essentials."""
    begins_told: bool = False
    """Whether its explanation, from the set-up on, comes only as its work begins."""
    reminded: bool = False
    """Whether its work begins with what one needs there, for which its rest has no time."""
    recalled: tuple[Line, ...] = ()
    """What holds again of its dose, as another one has been met since."""
    place: int = 0
    """Which one of its circuit it is, where it is told before that begins."""

    @property
    def exercise(self) -> Exercise:
        """What is done there."""
        return self.turn.exercise

    def beside(self, field: str) -> Iterator[Line]:
        """What else is said from a field now."""
        return (line for line in chain.from_iterable(self.more) if line.field == field)


def speechless(rest: Time) -> bool:
    """Whether a rest has no time for a word, so that what follows is announced before it."""
    return rest.maximum < _A_WORD


def shortest_bout(exercise: Exercise) -> int:
    """How long (ms) it is worked at a time, at least."""
    return min(block.phases[0].time.natural for block in blocks(exercise))


def in_brief(writer: Writer, exercise: Exercise) -> tuple[str, tuple[Instruction, ...]]:
    """A few words for the whole exercise, and their rule; in the full version, they are the
    movement."""
    rule = "movement" if writer.says("movement") else "brief"
    told = (*exercise.brief, *of_this_round(exercise, "movement"))
    return rule, told or exercise.movement[:1]


def told_by_variant(exercise: Exercise) -> bool:
    """Whether only its first variant tells how it is done, so that what one feels comes behind."""
    untold = not (exercise.movement or exercise.brief)
    return untold and bool(exercise.each and exercise.each[0].say)


def doses(
    writer: Writer, exercise: Exercise, *, by_round: bool = False, round_name: str | None = None
) -> tuple[str, ...]:
    """The dose of an exercise in lines."""
    first = writer.settings.first_side
    return tuple(
        dose_lines(writer.phrases, exercise, first, by_round=by_round, round_name=round_name)
    )


def fits_its_rest(writer: Writer, station: Station) -> bool:
    """Whether the rest before a station has time for all the essentials."""
    return _fits(writer, station, _lines(writer, station, _in_brief(writer, station)))


def crammed_into_its_rest(writer: Writer, station: Station) -> bool:
    """Whether it has, if everything is said in its shortest form."""
    lines = _lines(writer, station, _in_brief(writer, station))
    return _fits(writer, station, lines, short=True)


def reminds_in_its_rest(writer: Writer, station: Station) -> bool:
    """Whether it has time, with the shortest forms and pauses, for what one needs there.

    That matters more than which round it is.
    """
    ours = movement_pause(writer.settings.pace)
    lines = (
        line if line.after and line.after > ours else line._replace(after=TIGHT_PAUSE)
        for line in _lines(writer, station, needs(writer, station))
    )
    anywhere = replace(station, turn=replace(station.turn, round=None))
    return _fits(writer, anywhere, lines, short=True)


def tells_its_dose(writer: Writer, station: Station) -> bool:
    """Whether it has the time for a few words and the dose."""
    return _fits(writer, station, _lines(writer, station, _in_few_words(writer, station)))


def room_left(writer: Writer, station: Station) -> int:
    """How long (ms) may be told in the rest before a station beside its lines."""
    return spare(writer, station) - speaking(writer, station_lines(writer, station))


def station_lines(writer: Writer, station: Station) -> list[Line]:
    """What is said about a station in the rest before it, after its name.

    The first time in full or in brief. Later again what one needs or holds on to, and the few
    words for its movement only where they fit; and then a dose that is known, if that fits too.
    """
    told = _station_lines(writer, replace(station, recalled=()))
    rest = station.turn.rest
    if not station.recalled or rest is None:
        return told
    known = _station_lines(writer, station)
    # Where there is no rest, the time before it is asked what it has room for.
    kept = len(known) > len(told) and (speechless(rest) or _fits(writer, station, known))
    return known if kept else told


def _station_lines(writer: Writer, station: Station) -> list[Line]:
    if station.begins_told:
        return _lines(writer, station, ())
    if not station.known:
        return _first_time(writer, station)
    needed = tuple(_needed_again(writer, station))
    if station.reminded:
        needed = tuple(line for line in needed if line.field not in NEEDED)
    again = _lines(writer, station, (*needed, *_in_few_words(writer, station)))
    rest = station.turn.rest
    if rest is None or _has_news(station.exercise) or _fits(writer, station, again, short=True):
        return again
    return _lines(writer, station, needed)


def _needed_again(writer: Writer, station: Station) -> Iterator[Line]:
    yield from needs(writer, station)
    yield from instructed(writer, BY_TOUCH, of_this_round(station.exercise, BY_TOUCH))


def _first_time(writer: Writer, station: Station) -> list[Line]:
    """For who has never heard of it: in full, or in brief where its rest has no time for that."""
    bare = replace(station, more=())
    if _fits(writer, bare, _lines(writer, bare, _in_full(writer, bare))):
        return _lines(writer, station, _in_full(writer, station))
    return _lines(writer, station, _in_brief(writer, station))


def _lines(writer: Writer, station: Station, how: Iterable[Line]) -> list[Line]:
    """Each text once, even if it is needed and among what more there is time for."""
    more = tuple(line for field in MORE for line in station.beside(field))
    side, early = tuple(side_of(writer, station)), _taken_for_side(writer, station)
    ways = begins_with(writer, station) if more and told_by_variant(station.exercise) else ()
    lines = (
        *(side if early else ()),
        *moving(writer, station),
        *how,
        *(line for line in ways if line.rule != "variant-change"),
        *more,
        *(line for line in station.recalled if line.field == "reps"),
        *newly_dosed(writer, station),
        *(line for line in station.recalled if line.field == "load"),
        *(() if early else side),
        *begins_with(writer, station),
    )
    # Backwards, so that of two rules for one text that counts which it had first.
    found = {line.text: line for line in reversed(lines)}
    return list(dict.fromkeys(found[line.text] for line in lines))


def speaking(writer: Writer, lines: Iterable[Line]) -> int:
    """About how long (ms) it takes to say these lines, with the pauses between them."""
    pause = sentence_pause(writer.settings.pace)
    return sum(
        speaking_ms(line.text, writer.settings.rate) + (pause if line.after is None else line.after)
        for line in lines
    )


def _fits(writer: Writer, station: Station, lines: Iterable[Line], *, short: bool = False) -> bool:
    """Whether a rest before a station has the time for lines; or when all is said in `short`."""
    rest = station.turn.rest
    if rest is None:
        return False
    if short:
        lines = (line._replace(text=min((line.text, *line.shorter), key=len)) for line in lines)
    return speaking(writer, lines) <= spare(writer, station, short=short)


def spare(writer: Writer, station: Station, *, short: bool = False, counted: bool = True) -> int:
    """How long (ms) a telling may take in a rest, beside its opening, the name and the count.

    Or as long as it may take where all is told in `short`; opening and name are, in any rest in
    which shorter forms are tried.
    """
    rest = station.turn.rest.minimum if station.turn.rest else 0
    named = {"name": station.exercise.name}
    if rest <= SHORTENED_UP_TO:
        opening = writer.phrases("cue.rest")
        name = writer.phrases("exercise.only", **named)
    else:
        spoken = spoken_rest(writer.phrases, rest)
        opening = writer.phrases("cue.rest-seconds", seconds=spoken) + _OTHER_WORDING
        name = writer.phrases("exercise.next", **named) + _OTHER_WORDING
    body = Body.of(writer, station.exercise)
    start = body.start(body.blocks[0])
    way = entering(writer, start) if start else None
    into = instructed(writer, "start", in_haste(way.told) if way else ())
    tasks = instructed(writer, "task", station.turn.tasks)
    said = [Line("rest", opening), *tasks, Line("name", name), *into]
    if station.turn.round:
        number, total, _ = station.turn.round
        key = "exercise.round" if short else "exercise.next-round"
        said.append(Line("next", writer.phrases(key, number=number, total=total)))
    if station.before:
        done = Body.of(writer, station.before)
        said += instructed(writer, "finish", done.finish(done.blocks[-1]))
        said += [Line("rest", station.before.stop)] if station.before.stop else []
        said += instructed(writer, "after", station.before.after)
    seconds = body.counter("name").fitting(rest, way.counted if way else None) if counted else 0
    return rest - speaking(writer, said) - seconds * BEAT_MS - (0 if short else _LEAD)


# -- the lines -----------------------------------------------------------------------


def _in_full(writer: Writer, station: Station) -> Iterator[Line]:
    """How it is done, for who has never heard of it."""
    exercise = station.exercise
    if not writer.says("movement"):
        yield from _in_brief(writer, station)
        return
    yield from needs(writer, station)
    yield from instructed(writer, "movement", exercise.movement or exercise.brief)
    yield from _for_this_round(writer, exercise)


def _in_brief(writer: Writer, station: Station) -> Iterator[Line]:
    """How to get ready, and a few words for the movement."""
    yield from needs(writer, station)
    yield from instructed(writer, *in_brief(writer, station.exercise))
    yield from _for_this_round(writer, station.exercise)


def needs(writer: Writer, station: Station) -> Iterator[Line]:
    """What one needs there or holds on to: it matters more than how the movement goes."""
    for rule in NEEDED:
        for line in instructed(writer, rule, getattr(station.exercise, rule)):
            yield line._replace(rule=_IN_A_REST.get(rule, rule))
    yield from station.beside(BY_TOUCH)


def of_this_round(exercise: Exercise, field: str) -> tuple[Instruction, ...]:
    """What is told in this round only."""
    return tuple(each for name, each in exercise.instructions() if name == field and each.round)


def _has_news(exercise: Exercise) -> bool:
    """Whether its few words are others in this round."""
    return any(of_this_round(exercise, field) for field in (*MORE, "brief", "movement"))


def _in_few_words(writer: Writer, station: Station) -> Iterator[Line]:
    """For who knows it: what is new in this round, and a few words, or more in their place."""
    for field in (*NEEDED, BY_TOUCH, "movement"):
        yield from station.beside(field)
    yield from _for_this_round(writer, station.exercise)
    rule, told = in_brief(writer, station.exercise)
    for instruction in told if not [*station.beside("movement")] else ():
        for text in sentences(instruction.say, writer.language):
            yield Line(rule, text, field=rule, line=instruction.line("say"))


def _for_this_round(writer: Writer, exercise: Exercise) -> Iterator[Line]:
    for field in MORE:
        yield from instructed(writer, field, of_this_round(exercise, field))


def posture(writer: Writer, station: Station) -> Iterator[Line]:
    """The position of a station that comes later, if it is a new one: nobody moves yet."""
    there = writer.phrases(f"position-there.{station.exercise.position.value}")
    yield from (line._replace(text=there, shorter=()) for line in moving(writer, station))


def moving(writer: Writer, station: Station) -> Iterator[Line]:
    """The change of position before a station, if there is one, and that in fewer words."""
    before = station.turn.stands(station.before)
    after = station.exercise.position
    if after is not before or turns_over(writer, station.before, station.turn):
        key, line = request(before, after), station.exercise.line("position")
        less = (key.replace(".", f"-{form}.") for form in ("brief", "least"))
        forms = (request(before, after, timed=True), *less)
        text, *shorter = dict.fromkeys(map(writer.phrases, forms))
        yield Line("position", text, tuple(shorter), field="position", line=line)


def newly_dosed(writer: Writer, station: Station) -> Iterator[Line]:
    """What is new of its dose; a load has fewer words as well."""
    loads = (each.load for each in Body.of(writer, station.exercise).blocks if each.load)
    forms = (load_forms(writer.phrases, load) for load in loads)
    shorter = {read_aloud(text, writer.language): tuple(less) for text, *less in forms}
    if writer.says("dose"):
        for text in station.dose:
            for sentence in sentences(text, writer.language):
                rule = "new-load" if sentence in shorter else "new-dose"
                yield Line(rule, sentence, shorter.get(sentence, ()), field="dose")
        yield from again_dosed(writer, station)


def again_dosed(writer: Writer, station: Station) -> Iterator[Line]:
    """What holds of its dose as a later round begins, if another one held as the last one ended."""
    if station.turn.again:
        rest = station.turn.rest
        rested = rest is not None and not speechless(rest)
        body = Body.of(writer, station.exercise, straight_in=rested)
        told = set(station.dose)
        yield from (line for line in begun_anew(body) if line.text not in told)


def side_of(writer: Writer, station: Station) -> Iterator[Line]:
    """The side that comes first; the first time, if there is no other, that there is none."""
    exercise, body = station.exercise, Body.of(writer, station.exercise)
    side = body.side_of(body.blocks[0])
    if side:
        short = writer.phrases("cue.rep-side", side=body.side_name(side))
        whole = "" if station.known else only_side(writer.phrases, exercise)
        shorter = (short,) if whole else ()
        place = ("sides", exercise.line("sides"))
        yield Line("side-change", whole or short, shorter, None, *place)


def _taken_for_side(writer: Writer, station: Station) -> bool:
    """Whether the side has to be known before all else, as one takes the position for it."""
    return bool(only_side(writer.phrases, station.exercise) or [*moving(writer, station)])


def begins_with(writer: Writer, station: Station) -> Iterator[Line]:
    """The variant that comes first."""
    exercise, block = station.exercise, Body.of(writer, station.exercise).blocks[0]
    if block.variant and not station.known and writer.says("purpose"):
        yield from instructed(writer, "variant", block.variant.say)
    if block.variant:
        text = writer.phrases("cue.variant", variant=block.variant.name)
        yield Line("variant-change", text, field="each", line=exercise.line("each"))


def instructed(
    writer: Writer, rule: str, instructions: Iterable[Instruction], set_number: int = 1
) -> Iterator[Line]:
    """Each sentence of instructions; the last of one has the time to do it after it."""
    pictured = movement_pause(writer.settings.pace) if RULES[rule].pictured else None
    for instruction in writer.needed(rule, instructions, set_number):
        if not instruction.say:  # its words have been heard as the last word of a hold
            continue
        *others, last = sentences(instruction.say, writer.language)
        line, time = instruction.line("say"), instruction.time
        for text in others:
            yield Line("station", text, (), pictured, rule, line)
        yield Line("station", last, (), time.natural if time else pictured, rule, line)
