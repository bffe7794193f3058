"""The body of an exercise: its sets, sides, reps, holds and rests, as intervals with counts.

Nothing here knows a particular exercise. Every rep is a list of phases; timed
work is one phase done once a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from audiocoach.coaching.counting import Counter
from audiocoach.coaching.moving import SIDE_CHANGE, VARIANT_CHANGE
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise, Phase, Sides, Variant
from audiocoach.routine.times import Source, Time
from audiocoach.timeline.script import (
    Anchor,
    Chime,
    Cue,
    CueKind,
    Glue,
    Interval,
    MarkerKind,
    Origin,
    Placement,
    Span,
    Utterance,
)

Side = Literal["right", "left"]

_READY_GAP: Final = (600, 1_200, 4_000)
_SET_GAP: Final = (4_000, 8_000, 20_000)
_COUNT_IN: Final = 3
_AFTER_WORD: Final = 480
"""Silence (ms) between the release word and the rep phrase that follows it."""
_NEXT_SET_AT: Final = 600
"""Silence (ms) between the opening of a rest and the line on what comes next."""
_HALFWAY_REPS: Final = 6


@dataclass(frozen=True, slots=True)
class Block:
    """The reps (or the one timed bout) done on one side, in one variant, in one set."""

    set_number: int
    side: Side | None
    variant: Variant | None


def blocks(exercise: Exercise) -> Iterator[Block]:
    """Every block in order: variants inside sides, sides inside sets."""
    for set_number in range(1, exercise.sets + 1):
        for side in exercise.sides.blocks:
            for variant in exercise.each or (None,):
                yield Block(set_number, side, variant)


def side_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """`right foot`."""
    return phrases.inline("side-name", side=side, limb=exercise.limb)


def dose_lines(phrases: Phrases, exercise: Exercise) -> Iterator[str]:
    """The dose in words: how many, how long, which sides."""
    yield _amount(phrases, exercise)
    if exercise.sets > 1 and not exercise.work:
        yield phrases("dose.sets", sets=exercise.sets)
    match exercise.sides.blocks:
        case (first, second) if first and second:
            key = "dose.bouts-side-then-side" if exercise.work else "dose.side-then-side"
            yield phrases(
                key,
                first=side_name(phrases, exercise, first),
                second=side_name(phrases, exercise, second),
            )
        case (only,) if only:
            yield phrases("dose.side-only", side=side_name(phrases, exercise, only))
    if exercise.sides is Sides.ALTERNATING:
        yield phrases("dose.alternating", side=side_name(phrases, exercise, "right"))


def _amount(phrases: Phrases, exercise: Exercise) -> str:
    reps, sets = exercise.reps, exercise.sets
    if exercise.work:
        key = "dose.work" if sets == 1 else "dose.bouts-rest" if exercise.rest else "dose.bouts"
        return phrases(key, sets=sets, seconds=spoken_seconds(phrases, exercise.work.natural))
    held = exercise.hold or _held_phase(exercise)
    if held:
        key = "dose.reps-hold" if reps and reps > 1 else "dose.hold"
        return phrases(key, reps=reps, seconds=spoken_seconds(phrases, held.natural))
    if len(exercise.each) == 2:
        first, second = (variant.name for variant in exercise.each)
        return phrases("dose.reps-each", reps=reps, first=first, second=second)
    return phrases("dose.reps", reps=reps)


def _held_phase(exercise: Exercise) -> Time | None:
    """The one prescribed time among the phases of a rep, if there is just one."""
    times = [each.time for each in exercise.phases if each.time.source is Source.PRESCRIBED]
    return times[0] if len(times) == 1 else None


def spoken_seconds(phrases: Phrases, length: int) -> str:
    """A length (ms) in words: `three seconds`, `two minutes`, `1.5 seconds`."""
    seconds, rest = divmod(length, 1000)
    if rest:
        return phrases.inline("dose.seconds", number=length / 1000)
    if seconds % 60 == 0 and seconds > 60:
        return phrases.inline("dose.minutes", number=seconds // 60)
    return phrases.inline("dose.seconds", number=seconds)


class Dosing:
    """Writes the body of one exercise."""

    def __init__(self, writer: Writer, exercise: Exercise, identity: str) -> None:
        self._writer = writer
        self._exercise = exercise
        self._identity = identity
        self._phrases = writer.phrases
        self._explained: set[str] = set()

    def write(self) -> None:
        """Append every block, with the changes and rests between them."""
        before: Block | None = None
        for block in blocks(self._exercise):
            self._lead_in(before, block)
            self._block(block)
            before = block
        if self._exercise.rest and self._exercise.rest_after_last:
            self._rest(self._exercise.rest, None)

    def _side_name(self, side: Side) -> str:
        return side_name(self._phrases, self._exercise, side)

    # -- what comes before a block ------------------------------------------

    def _lead_in(self, before: Block | None, block: Block) -> None:
        if before is None:
            self._mark_set(block)
            self._variant(block.variant)
            self._writer.instruct(self._exercise.start, CueKind.SET_UP)
            self._ready(self._first_side(block))
        elif before.set_number != block.set_number:
            self._next_set(block)
        elif block.side and before.side != block.side:
            self._change_side(block, block.side)
        elif block.variant:
            self._change_variant(block.variant)

    def _mark_set(self, block: Block) -> None:
        if self._exercise.sets > 1:
            total = self._exercise.sets
            title = self._phrases.inline("mark.set", number=block.set_number, total=total)
            self._writer.mark(MarkerKind.SET, title, self._origin("sets"))
        if block.side:
            self._writer.mark(MarkerKind.SIDE, self._side_name(block.side), self._origin("sides"))

    def _variant(self, variant: Variant | None) -> None:
        """Explain a variant the first time; afterwards its name is enough."""
        if variant is None:
            return
        if variant.name in self._explained:
            self._name_variant(variant)
            return
        self._explained.add(variant.name)
        if variant.say:
            self._writer.instruct(variant.say, CueKind.INSTRUCTION)
        else:
            self._name_variant(variant)

    def _name_variant(self, variant: Variant) -> None:
        text = self._phrases("cue.variant", variant=variant.name)
        self._writer.say(text, CueKind.INSTRUCTION, self._origin("each"))

    def _ready(self, side: Side | None) -> None:
        if side:
            text = self._phrases("cue.ready-side", side=self._side_name(side))
        else:
            text = self._phrases("cue.ready")
        self._writer.say(text, CueKind.ACTION)
        self._writer.gap(_READY_GAP, Glue.BETWEEN, "get ready")
        self._count_in()

    def _first_side(self, block: Block) -> Side | None:
        return "right" if self._alternating else block.side

    def _count_in(self) -> None:
        counter = self._counter("")
        self._writer.interval(
            Interval(
                Span.exactly(_COUNT_IN * 1000),
                Glue.RIGID,
                Source.EDITORIAL,
                "count-in",
                counter.countdown(_COUNT_IN),
            )
        )

    def _change_side(self, block: Block, side: Side) -> None:
        self._writer.chime(Chime.SIDE)
        self._mark_set(block)
        text = self._phrases("cue.switch", side=self._side_name(side))
        self._writer.say(text, CueKind.SIDE, self._origin("sides"))
        self._writer.instruct(self._exercise.side_change, CueKind.SIDE)
        self._writer.gap(SIDE_CHANGE, Glue.MOVE, "change sides")
        self._variant(block.variant)
        self._ready(side)

    def _change_variant(self, variant: Variant) -> None:
        text = self._phrases("cue.other", variant=variant.name)
        self._writer.say(text, CueKind.SIDE, self._origin("each"))
        if variant.say and variant.name not in self._explained:
            self._variant(variant)
        self._explained.add(variant.name)
        self._writer.gap(VARIANT_CHANGE, Glue.BETWEEN, "change direction")
        self._ready(None)

    def _next_set(self, block: Block) -> None:
        if self._exercise.rest:
            self._rest(self._exercise.rest, block)
            self._mark_set(block)
            return
        self._writer.say(self._set_next(block), CueKind.NEXT, self._origin("sets"))
        self._writer.gap(_SET_GAP, Glue.BETWEEN, "between sets")
        self._mark_set(block)
        self._ready(self._first_side(block))

    # -- rests ---------------------------------------------------------------

    def _rest(self, time: Time, block: Block | None) -> None:
        """A rest, whose end counts straight into the next block (None: nothing follows)."""
        origin = self._origin("rest")
        self._writer.mark(MarkerKind.REST, self._phrases.inline("mark.rest"), origin)
        span = self._writer.coaching.span(time)
        opening = self._rest_cue(span, origin)
        placements = [Placement(opening)]
        if block:
            for text, kind in self._what_follows(block):
                cue = self._cue(text, kind, origin)
                placements.append(Placement(cue, Anchor.AFTER, _NEXT_SET_AT))
            placements.extend(self._counter("rest").rest(span.maximum, span.minimum))
        else:
            placements.extend(self._counter("rest").time_left(span.maximum))
        glue = Glue.RIGID if span.rigid else Glue.RANGE
        self._writer.interval(
            Interval(
                span,
                glue,
                time.source,
                "rest",
                tuple(placements),
                share=f"{self._identity}.rest",
                origin=origin,
            )
        )

    def _what_follows(self, block: Block) -> Iterator[tuple[str, CueKind]]:
        """How the next set begins where that is not how the last one ended, and which it is.

        The side comes first and matters more than the count: in a short rest it stays.
        """
        if block.side and len(self._exercise.sides.blocks) > 1:
            side = self._phrases("cue.start-with", what=self._side_name(block.side))
            yield side, CueKind.SIDE
        if block.variant and len(self._exercise.each) > 1:
            yield self._phrases("cue.variant", variant=block.variant.name), CueKind.SIDE
        yield self._set_next(block), CueKind.NEXT

    def _rest_cue(self, span: Span, origin: Origin) -> Cue:
        cue = self._cue(self._rest_text(span.natural), CueKind.REST, origin)
        if span.rigid:
            return cue
        lengths = range(span.minimum, span.maximum + 1, 1000)
        choices = tuple(
            (length, Utterance(self._rest_text(length), self._writer.language))
            for length in lengths
        )
        return replace(cue, choices=choices)

    def _rest_text(self, length: int) -> str:
        stop = f"{self._exercise.stop}. " if self._exercise.stop else ""
        if length % 1000:
            return stop + self._phrases("cue.rest")
        seconds = spoken_seconds(self._phrases, length)
        return stop + self._phrases("cue.rest-seconds", seconds=seconds)

    def _set_next(self, block: Block) -> str:
        total = self._exercise.sets
        if not self._exercise.work:
            if block.set_number == total:
                return self._phrases("cue.last-set")
            return self._phrases("cue.set-next", number=block.set_number, total=total)
        if block.set_number == total:
            return self._phrases("cue.last-bout-next")
        if not self._exercise.go:
            return self._phrases("cue.set-next", number=block.set_number, total=total)
        return self._phrases(
            "cue.bout-next", action=self._exercise.go, number=block.set_number, total=total
        )

    # -- the block itself ----------------------------------------------------

    def _block(self, block: Block) -> None:
        if self._exercise.work:
            self._work(self._exercise.work, block)
        elif self._exercise.rep_duration:
            self._counted_reps(self._exercise.rep_duration, block)
        else:
            self._phased_reps()

    def _work(self, time: Time, block: Block) -> None:
        go = self._go(block)
        placements = self._counter("work").held(time.natural, f"{go}.")
        self._writer.interval(self._fixed(time, "work", placements))
        if not self._rest_follows(block):
            self._say_stop()

    def _rest_follows(self, block: Block) -> bool:
        """A rest opens with the stop word itself, so that the two never collide."""
        exercise = self._exercise
        last_in_set = block.side == exercise.sides.blocks[-1] and (
            not exercise.each or block.variant == exercise.each[-1]
        )
        another = block.set_number < exercise.sets or exercise.rest_after_last
        return exercise.rest is not None and last_in_set and another

    def _say_stop(self) -> None:
        stop = self._exercise.stop
        text = f"{stop}." if stop else self._phrases("cue.stop")
        self._writer.say(text, CueKind.ACTION, self._origin("stop"))

    def _counted_reps(self, time: Time, block: Block) -> None:
        """Reps with nothing counted inside them: the bare number tells that a rep is complete."""
        total = self._total_reps()
        span = self._writer.coaching.span(time)
        for rep in range(1, total + 1):
            placements = [Placement(self._rep_opening(rep, total, block))]
            if rep == total > 1:
                last = self._cue(self._phrases("cue.last-one"), CueKind.REP, self._origin("reps"))
                placements.append(Placement(last, Anchor.AFTER, _AFTER_WORD))
            placements.extend(self._counter("reps").time_left(span.maximum))
            self._mark_rep(rep, total)
            self._writer.interval(self._phase_interval(span, time, "rep", placements, 0))
        if not self._alternating:
            self._writer.add(self._counter("reps").number(total))
            self._writer.pause(_AFTER_WORD)
        self._say_stop()

    def _rep_opening(self, rep: int, total: int, block: Block) -> Cue:
        """What is said as a rep begins: go, then the count of those done, or whose turn it is."""
        origin = self._origin("reps")
        if rep == 1:
            return self._cue(f"{self._go(block)}.", CueKind.ACTION, origin)
        if self._alternating:
            return self._cue(self._announce(rep, total), CueKind.ACTION, origin)
        return self._counter("reps").number(rep - 1)

    def _go(self, block: Block) -> str:
        """The word on which the work begins."""
        own = block.variant.go if block.variant else None
        return own or self._exercise.go or self._phrases("cue.go")

    @property
    def _alternating(self) -> bool:
        return self._exercise.sides is Sides.ALTERNATING

    def _total_reps(self) -> int:
        """Reps in a block; when sides alternate, each side has its own."""
        return (self._exercise.reps or 1) * (2 if self._alternating else 1)

    def _phased_reps(self) -> None:
        phases = [phase for phase in self._phases() if phase.time.maximum]
        total = self._total_reps()
        for rep in range(1, total + 1):
            self._mark_rep(rep, total)
            for index, phase in enumerate(phases):
                announcement = ""
                if index == len(phases) - 1 and rep < total:
                    announcement = self._announce(rep + 1, total)
                self._phase(phase, index, announcement)

    def _phases(self) -> tuple[Phase, ...]:
        exercise = self._exercise
        if exercise.tempo:
            tempo = exercise.tempo
            return (
                Phase(say=self._phrases("cue.lower"), time=tempo.eccentric),
                Phase(say=self._phrases("cue.pause"), time=tempo.bottom_pause),
                Phase(say=self._phrases("cue.lift"), time=tempo.concentric),
                Phase(say=self._phrases("cue.pause"), time=tempo.top_pause),
            )
        if exercise.hold is None:
            return exercise.phases
        act = exercise.act.say or self._phrases("cue.act")
        release = exercise.release.say or self._phrases("cue.release")
        return (
            exercise.act.model_copy(update={"say": act}),
            Phase(time=exercise.hold, name="hold"),
            exercise.release.model_copy(update={"say": release}),
        )

    def _phase(self, phase: Phase, index: int, announcement: str) -> None:
        word = f"{phase.say}." if phase.say else ""
        origin = self._origin("phases" if self._exercise.phases else "hold")
        opening = self._cue(word, CueKind.ACTION, origin) if word else None
        if phase.time.source is Source.PRESCRIBED and not (opening and announcement):
            placements = list(self._counter("hold").held(phase.time.natural, word))
        else:
            # Where the next rep must be announced there is no room for numbers as well.
            placements = [Placement(opening)] if opening else []
        if announcement:
            cue = self._cue(announcement, CueKind.REP, self._origin("reps"))
            anchor, offset = (Anchor.AFTER, _AFTER_WORD) if placements else (Anchor.START, 0)
            placements.append(Placement(cue, anchor, offset))
        span = self._writer.coaching.span(phase.time)
        if phase.time.source is Source.EDITORIAL:
            placements.extend(self._counter("reps").time_left(span.maximum))
        label = phase.name or phase.say or "hold"
        self._writer.interval(self._phase_interval(span, phase.time, label, placements, index))

    def _announce(self, rep: int, total: int) -> str:
        """What is said before rep number `rep` of `total`: a phrase, never a bare number."""
        if self._alternating:
            side: Side = "right" if rep % 2 else "left"
            return self._phrases("cue.rep-side", side=self._side_name(side))
        left = total - rep + 1
        if left == 1:
            return self._phrases("cue.last-one")
        if left == 2 and total > 3:
            return self._phrases("cue.two-more")
        if total >= _HALFWAY_REPS and rep == -(-total // 2) + 1:
            return self._phrases("cue.halfway")
        return self._phrases("cue.number", number=rep)

    # -- small things --------------------------------------------------------

    def _phase_interval(
        self, span: Span, time: Time, label: str, placements: list[Placement], index: int
    ) -> Interval:
        if time.source is Source.PRESCRIBED:
            return self._fixed(time, label, tuple(placements))
        return Interval(
            span,
            Glue.TEMPO,
            time.source,
            label,
            tuple(placements),
            share=f"{self._identity}.{index}",
            origin=self._origin("reps"),
        )

    def _fixed(self, time: Time, label: str, placements: tuple[Placement, ...]) -> Interval:
        field = "work" if self._exercise.work else "hold"
        return Interval(
            Span.exactly(time.natural),
            Glue.RIGID,
            Source.PRESCRIBED,
            label,
            placements,
            origin=self._origin(field),
        )

    def _mark_rep(self, rep: int, total: int) -> None:
        title = self._phrases.inline("mark.rep", number=rep, total=total)
        self._writer.mark(MarkerKind.REP, title, self._origin("reps"))

    def _counter(self, field: str) -> Counter:
        return Counter(self._phrases, self._writer.language, self._origin(field))

    def _cue(self, text: str, kind: CueKind, origin: Origin) -> Cue:
        return self._writer.cue(text, kind, origin)

    def _origin(self, field: str) -> Origin:
        return Origin(self._exercise.line(field), field) if field else Origin()
