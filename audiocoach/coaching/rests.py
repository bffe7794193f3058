"""Rests: between sets, between rounds, by the clock; and the pause where none is prescribed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.counting import BEAT_MS, Counter
from audiocoach.coaching.dose import dose_of, in_bouts, load_forms, spoken_rest
from audiocoach.coaching.entering import entering
from audiocoach.coaching.lasting import Remarks
from audiocoach.coaching.moving import request
from audiocoach.coaching.pacing import TIGHT_PAUSE, paced, sentence_pause
from audiocoach.coaching.rounds import mark_round, next_round, opening_groups, rule_of, which_round
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.scenes import Scene
from audiocoach.coaching.stations import (
    SHORTENED_UP_TO,
    instructed,
    names_itself,
    speechless,
    station_lines,
)
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Instruction
from audiocoach.routine.times import Time
from audiocoach.routine.told import SideInstructions
from audiocoach.routine.unfold import Block, Turn, rest_after
from audiocoach.routine.values import of_side
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

TIGHT_UP_TO: Final = 8_000
"""A rest so short (ms) has the shortest pauses."""
_HURRIED_UP_TO: Final = 3_000
_HURRIED_PAUSE: Final = 120
"""In one still shorter (ms), even less silence before each line."""
_LESS_THAN_DOSE: Final = RULES["new-dose"].priority - 1
_LESS_THAN_NAME: Final = RULES["next-exercise"].priority - 1
"""In a short rest, what comes next matters more than that it is a rest."""
_PRESSING: Final = ("position", "station", "new-dose", "side-change", "variant-change")
"""What is said of an exercise that follows at once."""


_APART: Final = 1_000
"""Silence (ms) before the time left is told; a voice may be slower than is thought."""
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
    weight: int = RULES["rest"].priority
    """How much it matters to say that it is a rest."""
    about: Exercise | None = None
    """What comes next, of which a long rest has time to say more."""


def rest_after_set(body: Body, time: Time, done: Block, block: Block | None) -> None:
    """A rest after the set that ends with `done`, counting straight into the next block, if any."""
    writer, origin, share = body.writer, body.origin("rest"), f"{body.identity}.rest"
    address = replace(body.address, set=done.set_number)
    writer.mark(MarkerKind.REST, writer.phrases.inline("marker.rest"), address, origin)
    lines = _what_follows(body, done, block) if block else ()
    rest = _Rest(time, origin, body.exercise.stop, lines, _NEXT_AT, bool(block), share=share)
    rest = replace(rest, about=body.exercise if block else None)
    if block and time.minimum <= TIGHT_UP_TO:
        rest = replace(rest, weight=_LESS_THAN_DOSE)
    start = body.start(block) if block else ()
    _write(writer, replace(rest, finish=body.leaving(done), start=start))


def rest_by_the_clock(writer: Writer, done: Body, scene: Scene, time: Time) -> None:
    """A rest that explains the next exercise, and counts straight into it."""
    exercise = scene.turn.exercise
    origin = Origin(exercise.line("name"), "name")
    mark_round(writer, scene.turn)
    if not time.maximum:
        return
    told = () if speechless(time) else _in_a_rest(writer, scene)
    lines = [*instructed(writer, "after", done.exercise.after), *told]
    rest = _Rest(time, origin, done.exercise.stop, lines, to_work=True, about=exercise)
    following = Body.of(writer, exercise)
    first = following.blocks[0]
    if time.minimum <= _HURRIED_UP_TO and not names_itself(first):
        rest = replace(rest, weight=_LESS_THAN_NAME)
    finish, start = done.leaving(done.blocks[-1]), following.start(first)
    _write(writer, replace(rest, finish=finish, start=start))


def _in_a_rest(writer: Writer, scene: Scene) -> Iterator[Line]:
    """What has no dose, and then what comes next."""
    for task in scene.turn.tasks:
        yield from instructed(writer, "task", (task,))
        if task.pause:
            yield Line("pause", writer.vary("task.pause"))
    yield from _next_exercise(writer, scene)


def handing_over(writer: Writer, scene: Scene) -> Iterator[Line]:
    """What is said at the end of an exercise about the next one, which follows at once."""
    if scene.turn.round:
        number, total, group = scene.turn.round
        yield Line(rule_of(writer, number, total), which_round(writer, number, total, group))
    following, named = Body.of(writer, scene.turn.exercise), _named(writer, scene)
    # Its last form stands for all the lines, where a rep has room for one only.
    yield named._replace(shorter=(*named.shorter, following.called(following.blocks[0])))
    for line in station_lines(writer, scene.station):
        if line.rule in _PRESSING and writer.says(line.rule):
            orders = line.rule == "position" and scene.before and scene.before.way.paced
            yield _when_done(writer, scene, line) if orders else line


def _when_done(writer: Writer, scene: Scene, line: Line) -> Line:
    """A change of position for who may still be at what comes before it."""
    key = request(scene.position, scene.turn.exercise.position)
    what = writer.phrases.inline(key.replace(".", "-brief.")).rstrip(".")
    return line._replace(text=writer.phrases("cue.when-done", what=what), shorter=())


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
    writer.gap((minimum, natural, maximum), Glue.BETWEEN, Wait.EXERCISES)


def set_next(body: Body, block: Block) -> Line:
    """Which set or bout comes next; the last one counts as a landmark."""
    key, values = _wording_of_set(body, block)
    rule = "next" if values else "last-next"
    return Line(rule, body.writer.vary(key, **values), (_in_short(body, block),))


def _in_short(body: Body, block: Block) -> str:
    """The same in the fewest words."""
    key, values = _wording_of_set(body, block)
    short = body.writer.shortest(key, **values)
    if in_bouts(body.exercise):
        return short
    total = body.exercise.set_count
    counted = body.writer.phrases("cue.set-of", number=block.set_number, total=total)
    return min(short, counted, key=len)


def _wording_of_set(body: Body, block: Block) -> tuple[str, dict[str, int]]:
    total, bouts = body.exercise.set_count, in_bouts(body.exercise)
    if block.set_number == total and body.writer.settings.last_one:
        return "cue.last-bout-next" if bouts else "cue.last-set", {}
    key = "cue.bout-next" if bouts and body.exercise.go else "cue.set-next"
    return key, {"number": block.set_number, "total": total}


def _write(writer: Writer, rest: _Rest) -> None:
    """Append a rest, which the fit may move inside its range if it has one."""
    time, origin, span = rest.time, rest.origin, paced(rest.time, writer.settings.pace)
    pause = sentence_pause(writer.settings.pace) if rest.pause is None else rest.pause
    if span.minimum <= TIGHT_UP_TO:
        pause = TIGHT_PAUSE if span.minimum > _HURRIED_UP_TO else _HURRIED_PAUSE
    lines = tuple(line for line in rest.lines if writer.says(line.rule))
    said = (*_opening(writer, rest, span, pause), *_said(writer, lines, span, pause, origin))
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


def _said(
    writer: Writer, lines: Iterable[Line], span: Span, pause: int, origin: Origin
) -> Iterator[Placement]:
    """What is said in a rest, one line after the other."""
    before = pause
    for line in lines:
        place = Origin(line.line, line.field) if line.field else origin
        cue = writer.cue(line.rule, line.text, place)
        yield Placement(_shortened(writer, cue, line.shorter, span), Anchor.AFTER, before)
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
    cues.append(_rest_cue(writer, None, span, rest))
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
    if said and not way and isinstance(last := said[-1].cue.sound, Utterance):
        most = counter.fitting(span.minimum, most)
        most = counter.behind(last.text, span.minimum - _briefly(writer, said), most)
    marks = counter.into_work(span.maximum, span.minimum, most)
    counted = [each for each in marks if each.offset <= most * BEAT_MS]
    for each in marks[: len(marks) - len(counted)]:
        if span.natural - each.offset > over + _APART:
            timed = each.cue.kind is CueKind.COUNTDOWN
            yield replace(each, cue=replace(each.cue, priority=_TIME_LEFT)) if timed else each
    yield from _entering(writer, way.told if way else ())
    yield from counted


def _briefly(writer: Writer, said: Iterable[Placement]) -> int:
    """How long (ms) all takes that matters as much as the count, each in its fewest words."""
    kept = (each for each in said if each.cue.priority >= RULES["rest-ends"].priority)
    forms = ((each.offset, (each.cue, *_forms(each.cue))) for each in kept)
    return sum(offset + min(map(writer.lasts, cues)) for offset, cues in forms)


def _forms(cue: Cue) -> Iterator[Cue]:
    return (replace(cue, sound=sound) for sound in cue.shorter)


def _rest_cue(writer: Writer, stop: str | None, span: Span, about: _Rest) -> Cue:
    """How a rest opens: a stop word for what was done before, and how long the rest is.

    Where the fit decides how long, the cue has a sound for each length there may be.
    """
    before = f"{sentence(stop)} " if stop else ""
    rest = writer.phrases("cue.rest")
    timed = None if span.natural % 1000 else writer.wording("cue.rest-seconds")

    def opening(length: int) -> str:
        if timed is None or length % 1000:
            return before + rest
        return before + timed(seconds=spoken_rest(writer.phrases, length))

    forms = [before + rest, *([before.strip()] if before else [])]
    cue = writer.cue("rest", opening(span.natural), about.origin)
    cue = cue if before else replace(cue, priority=about.weight)
    cue = _shortened(writer, cue, (each for each in forms if each != opening(span.natural)), span)
    if span.rigid:
        return cue
    lengths = range(span.minimum, span.maximum + 1, 1000)
    choices = tuple((length, writer.utterance(opening(length))) for length in lengths)
    return replace(cue, choices=choices)


# -- what is said in a rest ----------------------------------------------------------


def _what_follows(body: Body, done: Block, block: Block) -> Iterator[Line]:
    """Which set comes next, and how it begins where that is not how the last one ended.

    The side matters more than the count: in a short rest it stays.
    """
    phrases, exercise = body.writer.phrases, body.exercise
    yield set_next(body, block)
    late = set(body.told_late(block))
    yield from (line for line in _first_side(body, block) if late.isdisjoint(line.shorter))
    if block.side and block.side != done.side:
        for each in of_side(exercise.side_change, block.side):
            for line in instructed(body.writer, "side-change", (each,), block.set_number):
                yield line._replace(rule="side-change")
    if block.variant and len(exercise.each) > 1:
        named = phrases("cue.variant", variant=block.variant.name)
        yield from () if named in late else (Line("variant-change", named),)
    yield from new_dose(body, done, block)
    for field, each in body.exercise.instructions():
        if each.set == block.set_number:
            yield from instructed(body.writer, field, (each,), block.set_number)


def _first_side(body: Body, block: Block) -> Iterator[Line]:
    """The side that a set begins with; in reps that take turns, that of the first."""
    side, exercise = body.side_of(block), body.exercise
    if side is None or not (body.alternating or len(exercise.sides.blocks) > 1):
        return
    what = body.side_name(side)
    short = body.writer.phrases("cue.rep-side", side=what)
    known = body.alternating or isinstance(exercise.start, SideInstructions)
    rule = "side-known" if known else "side-change"
    yield Line(rule, body.writer.vary("cue.start-with", what=what), (short,))


def new_dose(body: Body, before: Block, block: Block) -> Iterator[Line]:
    """What is different in the next set, or on the other side."""
    phrases, exercise = body.writer.phrases, body.exercise
    rest = rest_after(exercise, before.set_number)
    short = rest is not None and rest.minimum <= SHORTENED_UP_TO
    behind = short and before.set_number != block.set_number
    forms = dose_of(phrases, exercise, body.blocks, block, behind_rest=behind)
    same = (before.set_number, before.reps, before.named)
    if forms and same != (block.set_number, block.reps, block.named):
        yield Line("new-dose", forms[0], forms[1:])
    if block.load and before.load != block.load:
        text, *shorter = load_forms(phrases, block.load)
        yield Line("new-dose", text, tuple(shorter))


def _next_exercise(writer: Writer, scene: Scene) -> Iterator[Line]:
    if scene.turn.round:
        yield next_round(writer, scene.turn.round)
    yield from (Line("group", text) for text, _ in opening_groups(writer, scene.turn.opens))
    yield _named(writer, scene)
    yield from station_lines(writer, scene.station)
    yield from scene.later


def _named(writer: Writer, scene: Scene) -> Line:
    """What the exercise is called: alone, "march" would be taken for the order."""
    named = {"name": scene.turn.exercise.name}
    whole, short = writer.vary("exercise.next", **named), writer.phrases("exercise.only", **named)
    return Line("next-exercise", whole, (short,))


def _shortest_rest(exercise: Exercise) -> int:
    rests = exercise.rest if isinstance(exercise.rest, tuple) else (exercise.rest,)
    return min((rest.minimum for rest in rests if rest), default=0)
