"""Rests: between sets, between rounds, by the clock; and the pause where none is prescribed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, Counter
from audiocoach.coaching.dose import in_bouts, spoken_seconds
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import paced, sentence_pause
from audiocoach.coaching.telling import Scene, in_brief
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Group, Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Block, Turn
from audiocoach.timeline.script import (
    Address,
    Anchor,
    Cue,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Origin,
    Placement,
    Span,
    Wait,
)

_BETWEEN: Final = (4_000, 6_000, 20_000)
_NEXT_AT: Final = 600
"""Silence (ms) between the opening of a rest and the line on which set comes next."""

_Line = tuple[str, str]
"""What may be said in a rest: the rule, and the text."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """A prescribed rest, and what is said in it."""

    time: Time
    origin: Origin
    stop: str | None = None
    """The word that ends what was done before."""
    lines: Iterable[_Line] = ()
    pause: int | None = None
    """Silence (ms) before each of the lines; None for that between sentences."""
    to_work: bool = False
    """Whether it leads to work, and counts into it."""
    finish: tuple[Instruction, ...] = ()
    """What leads out of what was done before."""
    start: tuple[Instruction, ...] = ()
    """What leads into what comes next: said last, right before the count."""
    share: str = ""


def rest_after_set(body: Body, time: Time, done: Block, block: Block | None) -> None:
    """A rest after the set that ends with `done`, counting straight into the next block, if any."""
    writer, origin, share = body.writer, body.origin("rest"), f"{body.identity}.rest"
    address = replace(body.address, set=done.set_number)
    writer.mark(MarkerKind.REST, writer.phrases.inline("marker.rest"), address, origin)
    lines = _what_follows(body, block) if block else ()
    rest = _Rest(time, origin, body.exercise.stop, lines, _NEXT_AT, bool(block), share=share)
    start = body.start(block) if block else ()
    _write(writer, replace(rest, finish=body.finish(done), start=start))


def rest_by_the_clock(writer: Writer, done: Body, scene: Scene, time: Time) -> None:
    """A rest that tells the next exercise, and counts straight into it."""
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("name"), "name")
    _mark_round(writer, scene.turn)
    if not time.maximum:  # the exercise before has told it
        return
    lines = _next_exercise(writer, scene)
    rest = _Rest(time, origin, done.exercise.stop, lines, to_work=True)
    following = Body.of(writer, exercise)
    start = following.start(following.blocks[0])
    _write(writer, replace(rest, finish=done.finish(done.blocks[-1]), start=start))


def handing_over(writer: Writer, scene: Scene) -> Iterator[tuple[str, str]]:
    """What the end of an exercise says of the next one, which follows it at once."""
    exercise = scene.turn.exercise
    yield "next-exercise", writer.vary("exercise.next", name=exercise.name)
    if scene.moves:
        yield "position", writer.phrases(request(scene.position, exercise.position))


def pause_before(writer: Writer, before: Exercise, turn: Turn) -> None:
    """A pause in which nothing is asked, or the rest before another round."""
    if turn.round:
        group, line = turn.round[2], _next_round(writer, turn.round)
        origin = Origin(group.line("rest"), "rest")
        _mark_round(writer, turn)
        if group.rest:
            _write(writer, _Rest(group.rest, origin, lines=[line]))
            return
        writer.say(*line, origin)
    # What follows the last bout waits at least as long as the rest between bouts:
    # "walk, rest; repeat this" can be read as a rest after every bout.
    least = _shortest_rest(before)
    if before.rest_after_last or least > _BETWEEN[2]:
        least = 0
    if writer.paused_for >= _BETWEEN[0] and not least:
        return  # Two pauses with no word between them would feel like one too long.
    minimum, natural, maximum = (
        max(least, time) for time in writer.settings.transition.of(_BETWEEN)
    )
    writer.gap((minimum, natural, maximum), Glue.BETWEEN, Wait.EXERCISES)


def set_next(body: Body, block: Block) -> str:
    """Which set or bout comes next."""
    vary, exercise = body.writer.vary, body.exercise
    total, bouts = exercise.set_count, in_bouts(exercise)
    if block.set_number == total and body.writer.settings.last_one:
        return vary("cue.last-bout-next" if bouts else "cue.last-set")
    if not bouts or not exercise.go:
        return vary("cue.set-next", number=block.set_number, total=total)
    return vary("cue.bout-next", number=block.set_number, total=total)


def _write(writer: Writer, rest: _Rest) -> None:
    """Append a rest, which the fit may move inside its range if it has one."""
    time, origin, span = rest.time, rest.origin, paced(rest.time, writer.settings.pace)
    pause = sentence_pause(writer.settings.pace) if rest.pause is None else rest.pause
    placements = (
        *_opening(writer, rest, span, pause),
        *writer.following(rest.lines, pause, origin),
        *_ending(writer, rest, span),
    )
    writer.add(
        Interval(
            span,
            Glue.RIGID if span.rigid else Glue.RANGE,
            time.source,
            IntervalKind.REST,
            placements,
            rest.share,
            origin,
            address=writer.address,
        )
    )


def _opening(writer: Writer, rest: _Rest, span: Span, pause: int) -> Iterator[Placement]:
    """How a rest opens: out of what was done, and how long it is."""
    finish = [text for each in rest.finish for text in sentences(each.say, writer.language)]
    if not finish:
        yield Placement(_rest_cue(writer, rest.stop, span, rest.origin))
        return
    if rest.stop:
        finish.insert(0, sentence(rest.stop))
    cues = [writer.cue("finish", text, Origin(rest.finish[0].line("say"))) for text in finish]
    cues.append(_rest_cue(writer, None, span, rest.origin))
    yield Placement(cues[0])
    yield from (Placement(cue, Anchor.AFTER, pause) for cue in cues[1:])


def _entering(writer: Writer, start: tuple[Instruction, ...]) -> Iterator[Placement]:
    """What is tiring to wait in, each with its time, right before what follows it."""
    pause = sentence_pause(writer.settings.pace)
    for each in start:
        *others, last = sentences(each.say, writer.language)
        for text in others:
            yield Placement(writer.cue("start", text), Anchor.BEFORE, pause)
        time = each.time.natural if each.time else pause
        origin = Origin(each.line("say"))
        yield Placement(writer.cue("start", last, origin), Anchor.BEFORE, time)


def _ending(writer: Writer, rest: _Rest, span: Span) -> Iterator[Placement]:
    """How a rest ends: the time left; and into the work, if that is what it leads to."""
    if rest.to_work:
        yield from into_work(writer, rest.origin, span, rest.start)
    else:
        yield from Counter(writer, rest.origin).time_left(span.maximum, span.minimum)


def into_work(
    writer: Writer, origin: Origin, span: Span, start: tuple[Instruction, ...]
) -> Iterator[Placement]:
    """The end of a rest that leads into work: `start` comes last, right before the count."""
    counter, held = Counter(writer, origin), bool(start)
    marks = counter.into_work(span.maximum, span.minimum, held=held)
    counted = [each for each in marks if each.offset <= counter.count_in(held=held) * BEAT_MS]
    yield from marks[: len(marks) - len(counted)]
    yield from _entering(writer, start)
    yield from counted


def _rest_cue(writer: Writer, stop: str | None, span: Span, origin: Origin) -> Cue:
    """How a rest opens: a stop word for what was done before, and how long the rest is.

    Where the fit decides how long, the cue has a sound for each length there may be.
    """
    before = f"{sentence(stop)} " if stop else ""
    rest = writer.phrases("cue.rest")
    timed = None if span.natural % 1000 else writer.wording("cue.rest-seconds")

    def opening(length: int) -> str:
        if timed is None or length % 1000:
            return before + rest
        return before + timed(seconds=spoken_seconds(writer.phrases, length))

    cue = writer.cue("rest", opening(span.natural), origin)
    if span.rigid:
        return cue
    lengths = range(span.minimum, span.maximum + 1, 1000)
    choices = tuple((length, writer.utterance(opening(length))) for length in lengths)
    return replace(cue, choices=choices)


# -- what is said in a rest ----------------------------------------------------------


def _what_follows(body: Body, block: Block) -> Iterator[_Line]:
    """How the next set begins where that is not how the last one ended, and which it is.

    The side comes first and matters more than the count: in a short rest it stays.
    """
    phrases, exercise = body.writer.phrases, body.exercise
    if block.side and len(exercise.sides.blocks) > 1:
        what = body.side_name(block.side)
        yield "side-change", body.writer.vary("cue.start-with", what=what)
    if block.variant and len(exercise.each) > 1:
        yield "variant-change", phrases("cue.variant", variant=block.variant.name)
    yield "next", set_next(body, block)
    yield from set_dose(body, block)


def set_dose(body: Body, block: Block) -> Iterator[_Line]:
    """What is another in this set."""
    phrases, exercise = body.writer.phrases, body.exercise
    if exercise.way.field in exercise.lists and block.named:
        seconds = spoken_seconds(phrases, block.named.natural)
        yield "next", phrases("dose.work" if in_bouts(exercise) else "dose.hold", seconds=seconds)
    elif "reps" in exercise.lists:
        yield "next", phrases("dose.reps", reps=block.reps)
    if "load" in exercise.lists:
        yield "next", phrases("dose.load", load=block.load)


def _next_exercise(writer: Writer, scene: Scene) -> Iterator[_Line]:
    exercise, phrases = scene.turn.exercise, writer.phrases
    if scene.turn.round:
        yield _next_round(writer, scene.turn.round)
    yield "next-exercise", writer.vary("exercise.next", name=exercise.name)
    if scene.moves:
        yield "position", phrases(request(scene.position, exercise.position))
    rule, told = in_brief(writer, exercise)
    for instruction in told:
        yield rule, instruction.say


def _next_round(writer: Writer, about: tuple[int, int, Group]) -> _Line:
    number, total, group = about
    if group.round_name:
        named = {"name": group.round_name, "number": number, "total": total}
        return "next", writer.vary(
            "exercise.next", name=writer.phrases.inline("round.named", **named)
        )
    return "next", writer.vary("exercise.next-round", number=number, total=total)


def _mark_round(writer: Writer, turn: Turn) -> None:
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


def _shortest_rest(exercise: Exercise) -> int:
    rests = exercise.rest if isinstance(exercise.rest, tuple) else (exercise.rest,)
    return min((rest.minimum for rest in rests if rest), default=0)
