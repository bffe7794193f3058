"""Rests: between sets, between rounds, by the clock; and the pause where none is prescribed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS, Counter
from audiocoach.coaching.dose import only_side, spoken_rest
from audiocoach.coaching.entering import entering, in_haste, resting_between
from audiocoach.coaching.following import next_exercise, next_set
from audiocoach.coaching.hastening import moves_in_haste, position_first, turned_first
from audiocoach.coaching.lasting import Remarks
from audiocoach.coaching.pacing import (
    SHORTENED_UP_TO,
    TIGHT_PAUSE,
    TIGHT_UP_TO,
    movement_pause,
    paced,
    sentence_pause,
)
from audiocoach.coaching.rounds import mark_round, next_round
from audiocoach.coaching.rules import DOSES, RULES
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import instructed, speaking, speechless
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Block, Turn
from audiocoach.timeline.script import (
    Anchor,
    Cue,
    CueKind,
    Glue,
    Interval,
    IntervalKind,
    MarkerKind,
    Origin,
    Placement,
    Span,
    Utterance,
    Wait,
)

_BETWEEN: Final = (4_000, 6_000, 20_000)
_NEXT_AT: Final = 600
"""Silence (ms) between the opening of a rest and the line on which set comes next."""
_HURRIED_UP_TO: Final = 3_000
_HURRIED_PAUSE: Final = 120
"""In one still shorter (ms), even less silence before each line."""
_OF_DOSES: Final = tuple(RULES[each].priority for each in DOSES)
_APART: Final = 1_000
"""Silence (ms) before the time left is told; a voice may be slower than is thought."""
_AHEAD: Final = 5_000
"""So long (ms) before one is led into a position no time left is told: that comes first."""
_APART_FROM_DOSE: Final = 5_000
"""The same behind a dose: "For thirty seconds. Ten seconds." would be heard as a correction."""
_TIME_LEFT: Final = RULES["next"].priority - 1
"""In a rest, what comes next matters more than how much of it is left."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """A prescribed rest, and what is said in it."""

    time: Time
    origin: Origin
    stop: str | None = None
    """The word that ends what was done before."""
    lines: Iterable[Line] = ()
    pause: int | None = None
    """Silence (ms) before each of the lines; None for that between sentences."""
    to_work: bool = False
    """Whether it leads to work, and counts into it."""
    finish: tuple[Instruction, ...] = ()
    """What leads out of what was done before."""
    start: tuple[Instruction, ...] = ()
    """What leads into what comes next: said last, right before the count."""
    share: str = ""
    about: Exercise | None = None
    """What comes next, of which a long rest has time to say more."""
    hasty: bool = False
    """Whether one has to move at once: then nothing is said of its length."""


def rest_after_set(body: Body, time: Time, done: Block, block: Block | None) -> None:
    """A rest after the set that ends with `done`, counting straight into the next block, if any."""
    writer, origin, share = body.writer, body.origin("rest"), f"{body.identity}.rest"
    address = replace(body.address, set=done.set_number)
    writer.mark(MarkerKind.REST, writer.phrases.inline("marker.rest"), address, origin)
    lines = next_set(body, done, block) if block else ()
    rest = _Rest(time, origin, body.exercise.stop, lines, _NEXT_AT, bool(block), share=share)
    rest = replace(rest, about=body.exercise if block else None)
    start = body.start(block) if block else ()
    _write(writer, replace(rest, finish=body.leaving(done), start=start))


def rest_by_the_clock(writer: Writer, done: Body, scene: Scene, time: Time) -> None:
    """A rest that explains the next exercise, and counts straight into it."""
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("name"), "name")
    mark_round(writer, scene.turn)
    if not time.maximum:
        return
    wordless = speechless(time)  # then what follows begins with what leads into it
    told = () if wordless else next_exercise(writer, scene)
    lines = (*instructed(writer, "after", done.exercise.after), *told)
    hasty = moves_in_haste(writer, done.exercise, scene, lines)
    if hasty:
        lines = position_first(lines, only_side=bool(only_side(writer.phrases, exercise)))
    rest = _Rest(time, origin, done.exercise.stop, lines, to_work=True, about=exercise, hasty=hasty)
    following = Body.of(writer, exercise)
    finish, start = done.leaving(done.blocks[-1]), following.start(following.blocks[0])
    _write(writer, rest if wordless else replace(rest, finish=finish, start=start))


def pause_before(writer: Writer, before: Exercise, turn: Turn) -> None:
    """A pause in which nothing is required; a new round is announced."""
    if turn.round:
        group, line = turn.round[2], next_round(writer, turn.round)
        origin = Origin(group.line("rest"), "rest")
        mark_round(writer, turn)
        writer.say(line.rule, line.text, origin)
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
    orient = resting_between(writer.phrases, before, turn.exercise.position)
    writer.gap((minimum, natural, maximum), Glue.BETWEEN, Wait.EXERCISES, orient)


def _write(writer: Writer, rest: _Rest) -> None:
    """Append a rest, which the fit may move inside its range if it has one."""
    time, origin, span = rest.time, rest.origin, paced(rest.time, writer.settings.pace)
    pause = sentence_pause(writer.settings.pace) if rest.pause is None else rest.pause
    lines = tuple(line for line in rest.lines if writer.says(line.rule))
    opening = tuple(_opening(writer, rest, span, pause))
    told = (*opening, *_said(writer, lines, span, pause, origin))
    turned, start = turned_first(writer, rest.start, room_beside(writer, span, told))
    if turned:
        told = (*opening, *_said(writer, (*turned, *lines), span, pause, origin))
        rest = replace(rest, start=start)
    said = spaced(writer, span, told, rest.start, counted=rest.to_work)
    placements = (*said, *_ending(writer, rest, span, said))
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


def spaced(
    writer: Writer,
    span: Span,
    said: tuple[Placement, ...],
    start: tuple[Instruction, ...],
    *,
    counted: bool = True,
) -> tuple[Placement, ...]:
    """What is said in a rest with shorter pauses, where it has no time for comfortable ones.

    A pause that the routine asks for stays as it is.
    """
    tight = span.minimum <= TIGHT_UP_TO
    if not tight and (
        span.minimum > SHORTENED_UP_TO or _fits(writer, span, said, start, counted=counted)
    ):
        return said
    pause = TIGHT_PAUSE if span.minimum > _HURRIED_UP_TO else _HURRIED_PAUSE
    ours = movement_pause(writer.settings.pace)
    return tuple(
        replace(each, offset=pause) if pause < each.offset <= ours else each for each in said
    )


def _fits(
    writer: Writer,
    span: Span,
    said: Iterable[Placement],
    start: tuple[Instruction, ...],
    *,
    counted: bool,
) -> bool:
    """Whether a rest has time for all that matters as much as the count, and for the count."""
    way = entering(writer, start) if start else None
    into = speaking(writer, instructed(writer, "start", way.told)) if way else 0
    seconds = Counter(writer).fitting(span.minimum, way.counted if way else None) if counted else 0
    return _briefly(writer, said, "rest-ends") + into + seconds * BEAT_MS <= span.minimum


def _said(
    writer: Writer, lines: Iterable[Line], span: Span, pause: int, origin: Origin
) -> Iterator[Placement]:
    """What is said in a rest, one line after the other."""
    before = pause
    for line in lines:
        place = Origin(line.line, line.field) if line.field else origin
        cue = writer.cue(line.rule, line.text, place)
        cue = _shortened(writer, cue, line.shorter, span)
        # What asks to pause makes no sense without what it is for.
        yield Placement(cue, Anchor.AFTER, before, led=line.rule == "pause")
        before = pause if line.after is None else line.after


def _shortened(writer: Writer, cue: Cue, shorter: Iterable[str], span: Span) -> Cue:
    """The cue with shorter forms, if the rest may be short: each is one more text to speak."""
    if span.minimum > SHORTENED_UP_TO:
        return cue
    return replace(cue, shorter=tuple(map(writer.utterance, shorter)))


def _opening(writer: Writer, rest: _Rest, span: Span, pause: int) -> Iterator[Placement]:
    """How a rest opens: out of what was done, and how long it is."""
    finish = [text for each in rest.finish for text in sentences(each.say, writer.language)]
    if not finish:
        if rest.stop or not speechless(rest.time):
            yield Placement(_rest_cue(writer, rest.stop, span, rest))
        return
    if rest.stop:
        finish.insert(0, sentence(rest.stop))
    cues = [writer.cue("finish", text, Origin(rest.finish[0].line("say"))) for text in finish]
    if not rest.hasty:
        cues.append(_rest_cue(writer, None, span, rest))
    yield Placement(cues[0])
    yield from (Placement(cue, Anchor.AFTER, pause) for cue in cues[1:])


def _entering(writer: Writer, start: tuple[Instruction, ...], room: int) -> Iterator[Placement]:
    """What is tiring to wait in, each with its time, right before what follows it.

    Where the `room` (ms) is too short for that, with as little time as can be.
    """
    pause = sentence_pause(writer.settings.pace)
    if speaking(writer, instructed(writer, "start", start)) > room:
        start, pause = in_haste(start), TIGHT_PAUSE
    for each in start:
        *others, last = sentences(each.say, writer.language)
        for text in others:
            yield Placement(writer.cue("start", text), Anchor.BEFORE, pause)
        time = each.time.natural if each.time else pause
        origin = Origin(each.line("say"))
        yield Placement(writer.cue("start", last, origin), Anchor.BEFORE, time)


def _ending(
    writer: Writer, rest: _Rest, span: Span, said: Sequence[Placement]
) -> Iterator[Placement]:
    """How a rest ends: the time left; and into the work, if that is what it leads to."""
    if rest.to_work:
        remarks = Remarks(writer, rest.about, resting=True)
        counter = Counter(writer, rest.origin, remarks=remarks)
        yield from into_work(writer, counter, span, rest.start, said)
    else:
        yield from Counter(writer, rest.origin).time_left(span.maximum, span.minimum)


def into_work(
    writer: Writer,
    counter: Counter,
    span: Span,
    start: tuple[Instruction, ...],
    said: Sequence[Placement] = (),
) -> Iterator[Placement]:
    """The end of a rest that leads into work: `start` comes last, right before the count.

    The time left is announced a while after everything that is `said` in the rest.
    """
    way = entering(writer, start) if start else None
    most = way.counted if way else writer.settings.countdown
    over = sum(each.offset + writer.lasts(each.cue) for each in said)
    dosed = said and said[-1].cue.priority in _OF_DOSES
    if dosed and not way and isinstance(last := said[-1].cue.sound, Utterance):
        most = counter.fitting(span.minimum, most)
        room = span.minimum - _briefly(writer, said, "rest-ends")
        most = counter.behind(last.text, span.natural - over, room, most)
    apart = _APART_FROM_DOSE if dosed else _APART
    marks = counter.into_work(span.maximum, span.minimum, most)
    counted = [each for each in marks if each.offset <= most * BEAT_MS]
    entered = speaking(writer, instructed(writer, "start", start)) + most * BEAT_MS if way else 0
    for each in marks[: len(marks) - len(counted)]:
        if entered and entered < each.offset < entered + _AHEAD:
            continue
        if span.natural - each.offset > over + apart:
            timed = each.cue.kind is CueKind.COUNTDOWN
            yield replace(each, cue=replace(each.cue, priority=_TIME_LEFT)) if timed else each
    room = span.minimum - _briefly(writer, said, "new-dose")
    yield from _entering(writer, way.told if way else (), room)
    yield from counted


def room_beside(writer: Writer, span: Span, said: Iterable[Placement]) -> int:
    """How long (ms) a rest is, at least, beside all that is said in it, in its fewest words."""
    return span.minimum - _briefly(writer, said, "next")


def _briefly(writer: Writer, said: Iterable[Placement], rule: str) -> int:
    """How long (ms) all takes that matters as much as a rule, each in its fewest words."""
    kept = (each for each in said if each.cue.priority >= RULES[rule].priority)
    forms = ((each.offset, (each.cue, *_forms(each.cue))) for each in kept)
    return sum(offset + min(map(writer.lasts, cues)) for offset, cues in forms)


def _forms(cue: Cue) -> Iterator[Cue]:
    return (replace(cue, sound=sound) for sound in cue.shorter)


def _rest_cue(writer: Writer, stop: str | None, span: Span, about: _Rest) -> Cue:
    """How a rest opens: a stop word for what was done before, and how long the rest is.

    Where the fit decides how long, the cue has a sound for each length there may be.
    """
    if about.hasty:
        rule, text = ("action", sentence(stop)) if stop else ("rest", writer.phrases("cue.rest"))
        return writer.cue(rule, text, about.origin)
    before = f"{sentence(stop)} " if stop else ""
    rest = writer.phrases("cue.rest")
    timed = None if span.natural % 1000 else writer.wording("cue.rest-seconds")

    def opening(length: int) -> str:
        if timed is None or length % 1000:
            return before + rest
        return before + timed(seconds=spoken_rest(writer.phrases, length))

    forms = [before + rest, *([before.strip()] if before else [])]
    cue = writer.cue("rest", opening(span.natural), about.origin)
    # A word that ends the work matters as much as any other that does.
    cue = replace(cue, priority=RULES["action"].priority) if before else cue
    cue = _shortened(writer, cue, (each for each in forms if each != opening(span.natural)), span)
    if span.rigid:
        return cue
    lengths = range(span.minimum, span.maximum + 1, 1000)
    choices = tuple((length, writer.utterance(opening(length))) for length in lengths)
    return replace(cue, choices=choices)


def _shortest_rest(exercise: Exercise) -> int:
    rests = exercise.rest if isinstance(exercise.rest, tuple) else (exercise.rest,)
    return min((rest.minimum for rest in rests if rest), default=0)
