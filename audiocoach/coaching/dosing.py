"""The body of an exercise: its sets, sides, reps, holds and rests, as intervals with counts.

Nothing here knows a particular exercise. Every rep is a list of phases; timed
work is one phase done once a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.counting import BEAT_MS, Counter, instant
from audiocoach.coaching.dose import side_name, spoken_seconds
from audiocoach.coaching.moving import SIDE_CHANGE, VARIANT_CHANGE
from audiocoach.coaching.pacing import paced
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import Writer, sentence
from audiocoach.routine.model import Exercise, Phase, Sides, Variant
from audiocoach.routine.times import Source, Time
from audiocoach.routine.unfold import Block, blocks, rest_after
from audiocoach.routine.values import SideNames
from audiocoach.settings.values import Count, Side
from audiocoach.timeline.script import (
    Anchor,
    Chime,
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

_READY_GAP: Final = (600, 1_200, 4_000)
_SET_GAP: Final = (4_000, 8_000, 20_000)
_AFTER_WORD: Final = 480
"""Silence (ms) between the release word and the rep phrase that follows it."""
_AFTER_CHIME: Final = 240
_NEXT_AT: Final = 600
"""Silence (ms) between the opening of a rest and the line on what comes next."""
_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""
_NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)


class Dosing:
    """Writes the body of one exercise, which was done `times_before` in earlier rounds."""

    def __init__(
        self, writer: Writer, exercise: Exercise, identity: str, times_before: int = 0
    ) -> None:
        self._writer = writer
        self._exercise = exercise
        self._identity = identity
        self._times_before = times_before
        self._address = writer.address
        """Of the exercise, in this round."""
        self._straight_in = self._straight_out = False
        self._phrases = writer.phrases
        self._explained: set[str] = set()
        self._blocks = tuple(blocks(exercise, writer.coaching.first_side))
        self._sides = tuple(dict.fromkeys(block.side for block in self._blocks))

    def write(self, *, straight_in: bool = False, straight_out: bool = False) -> None:
        """Append every block, with the changes and rests between them.

        By the clock an exercise begins `straight_in`, as the rest before has told it, and
        goes `straight_out` into the next one, which opens with its stop word.
        """
        self._straight_in, self._straight_out = straight_in, straight_out
        before: Block | None = None
        for block in self._blocks:
            self._lead_in(before, block)
            self._block(block)
            before = block
        self._writer.address = self._address
        rest = rest_after(self._exercise, self._exercise.set_count)
        if rest:
            self._rest(rest, self._exercise.set_count, None)

    def _side_name(self, side: Side) -> str:
        return side_name(self._phrases, self._exercise, side)

    # -- what comes before a block ------------------------------------------

    def _lead_in(self, before: Block | None, block: Block) -> None:
        if before is None:
            self._first(block)
        elif before.set_number != block.set_number:
            self._next_set(before, block)
        elif block.side and before.side != block.side:
            self._change_side(block, block.side)
        elif block.variant:
            self._change_variant(block.variant)

    def _first(self, block: Block) -> None:
        self._mark_set(block)
        if self._straight_in:
            return
        self._variant(block.variant)
        start = self._exercise.start_with(block.side or self._first_side(block))
        self._writer.instruct("start", start)
        self._ready(self._first_side(block))

    def _mark_set(self, block: Block) -> None:
        total = self._exercise.set_count
        address = replace(self._address, set=block.set_number)
        self._writer.address = address
        if total > 1:
            number = str(block.set_number)
            title = self._phrases.inline("marker.set", number=number, total=str(total))
            self._writer.mark(MarkerKind.SET, title, address, self._origin("sets"))
        if block.side:
            self._mark_side(block, block.side)

    def _mark_side(self, block: Block, side: Side) -> None:
        address = replace(self._address, set=block.set_number, side=side)
        self._writer.mark(MarkerKind.SIDE, self._side_name(side), address, self._origin("sides"))

    def _variant(self, variant: Variant | None) -> None:
        """Explain a variant the first time; afterwards its name is enough."""
        if variant is None:
            return
        if variant.name in self._explained:
            self._name_variant(variant)
            return
        self._explained.add(variant.name)
        if variant.say and self._writer.says("purpose"):
            self._writer.instruct("variant", variant.say)
        else:
            self._name_variant(variant)

    def _name_variant(self, variant: Variant) -> None:
        text = self._phrases("cue.variant", variant=variant.name)
        self._writer.say("variant", text, self._origin("each"))

    def _ready(self, side: Side | None) -> None:
        """Ready, and the count-in; without a count-in nobody needs to be made ready."""
        if not self._writer.coaching.countdown:
            return
        if side:
            text = self._phrases("cue.ready-side", side=self._side_name(side))
        else:
            text = self._phrases("cue.ready")
        self._writer.say("ready", text)
        ready_gap = self._writer.coaching.get_ready.of(_READY_GAP)
        self._writer.gap(ready_gap, Glue.BETWEEN, Wait.READY)
        self._count_in()

    def _first_side(self, block: Block) -> Side | None:
        if not self._alternating:
            return block.side
        return self._writer.coaching.first_side or "right"

    def _count_in(self) -> None:
        seconds = self._writer.coaching.countdown
        self._writer.interval(
            Interval(
                Span.exactly(seconds * 1000),
                Glue.RIGID,
                Source.EDITORIAL,
                IntervalKind.COUNT_IN,
                self._counter("").countdown(seconds),
            )
        )

    def _change_side(self, block: Block, side: Side) -> None:
        self._writer.chime(Chime.SIDE)
        self._mark_side(block, side)
        text = self._phrases("cue.switch", side=self._side_name(side))
        self._writer.say("side-change", text, self._origin("sides"))
        told = self._exercise.change_to(side)
        self._writer.instruct("side-change", told)
        if not any(instruction.time for instruction in told):
            change = self._writer.coaching.transition.of(SIDE_CHANGE)
            self._writer.gap(change, Glue.MOVE, Wait.SIDES)
        self._variant(block.variant)
        self._ready(side)

    def _change_variant(self, variant: Variant) -> None:
        text = self._phrases("cue.other", variant=variant.name)
        self._writer.say("variant-change", text, self._origin("each"))
        if variant.say and variant.name not in self._explained and self._writer.says("purpose"):
            self._variant(variant)
        self._explained.add(variant.name)
        change = self._writer.coaching.transition.of(VARIANT_CHANGE)
        self._writer.gap(change, Glue.BETWEEN, Wait.VARIANTS)
        self._ready(None)

    def _next_set(self, before: Block, block: Block) -> None:
        rest = rest_after(self._exercise, before.set_number)
        if rest:
            self._rest(rest, before.set_number, block)
        if not rest and not self._exercise.every:
            self._writer.say("next", self._set_next(block), self._origin("sets"))
            set_gap = self._writer.coaching.transition.of(_SET_GAP)
            self._writer.gap(set_gap, Glue.BETWEEN, Wait.SETS)
        self._writer.fade(self._times_before + block.set_number - 1)
        self._mark_set(block)
        if not rest and not self._exercise.every:
            self._ready(self._first_side(block))

    # -- rests ---------------------------------------------------------------

    def _rest(self, time: Time, done: int, block: Block | None) -> None:
        """A rest after set number `done`, whose end counts straight into the next block, if any."""
        origin = self._origin("rest")
        address = replace(self._address, set=done)
        self._writer.mark(MarkerKind.REST, self._phrases.inline("marker.rest"), address, origin)
        span = paced(time, self._writer.coaching.pace)
        placements = [Placement(rest_cue(self._writer, self._exercise.stop, span, origin))]
        if block:
            placements.extend(self._what_follows(block, origin))
            placements.extend(self._counter("rest").into_work(span.maximum, span.minimum))
        else:
            placements.extend(self._counter("rest").time_left(span.maximum, span.minimum))
        self._writer.rest(time, placements, origin, f"{self._identity}.rest")

    def _what_follows(self, block: Block, origin: Origin) -> tuple[Placement, ...]:
        """How the next set begins where that is not how the last one ended, and which it is.

        The side comes first and matters more than the count: in a short rest it stays.
        """
        texts: list[tuple[str, str]] = []
        if block.side and len(self._sides) > 1:
            side = self._phrases("cue.start-with", what=self._side_name(block.side))
            texts.append(("side-change", side))
        if block.variant and len(self._exercise.each) > 1:
            name = self._phrases("cue.variant", variant=block.variant.name)
            texts.append(("variant-change", name))
        texts.append(("next", self._set_next(block)))
        if isinstance(self._exercise.work, tuple) and block.work:
            seconds = spoken_seconds(self._phrases, block.work.natural)
            texts.append(("next", self._phrases("dose.work", seconds=seconds)))
        elif isinstance(self._exercise.hold, tuple) and block.hold:
            seconds = spoken_seconds(self._phrases, block.hold.natural)
            texts.append(("next", self._phrases("dose.hold", seconds=seconds)))
        elif isinstance(self._exercise.reps, tuple):
            texts.append(("next", self._phrases("dose.reps", reps=block.reps)))
        return self._writer.following(texts, _NEXT_AT, origin)

    def _set_next(self, block: Block) -> str:
        total = self._exercise.set_count
        last = block.set_number == total and self._writer.coaching.last_one
        if not self._exercise.work:
            if last:
                return self._phrases("cue.last-set")
            return self._phrases("cue.set-next", number=block.set_number, total=total)
        if last:
            return self._phrases("cue.last-bout-next")
        if not self._exercise.go:
            return self._phrases("cue.set-next", number=block.set_number, total=total)
        return self._phrases(
            "cue.bout-next", action=self._exercise.go, number=block.set_number, total=total
        )

    # -- the block itself ----------------------------------------------------

    def _block(self, block: Block) -> None:
        variant = self._exercise.each.index(block.variant) + 1 if block.variant else 0
        self._writer.address = replace(
            self._address, set=block.set_number, side=block.side, variant=variant
        )
        if block.work:
            self._work(block.work, block)
        elif self._exercise.rep_duration:
            self._counted_reps(self._exercise.rep_duration, block)
        else:
            self._phased_reps(block)

    def _work(self, time: Time, block: Block) -> None:
        go = sentence(self._go(block))
        placements = self._counter("work").held(time.natural, go, self._own_cues(time.natural))
        if self._exercise.every:
            placements = (placements[0], *self._minute(block), *placements[1:])
        if self._leads_into_next(block):
            seconds = self._writer.coaching.countdown
            count = self._counter("work").countdown(seconds, "rest-ends")
            beats = {instant(each, time.natural) for each in count}
            others = (each for each in placements if instant(each, time.natural) not in beats)
            placements = (*others, *count)
        self._writer.interval(self._fixed(time, IntervalKind.WORK, placements))
        if not self._rest_follows(block) and not self._leads_into_next(block):
            self._say_stop()

    def _minute(self, block: Block) -> Iterator[Placement]:
        """Which of the sets that begin `every` so often has begun."""
        total = self._exercise.set_count
        text = self._phrases("cue.set-of", number=block.set_number, total=total)
        if total > 1 and self._writer.says("rep-number"):
            cue = self._writer.cue("rep-number", text, self._origin("sets"))
            yield Placement(cue, Anchor.AFTER, _AFTER_WORD)

    def _leads_into_next(self, block: Block) -> bool:
        """Whether the next set begins `every` so often, with no rest of its own before it."""
        return bool(self._exercise.every) and block.set_number < self._exercise.set_count

    def _rest_follows(self, block: Block) -> bool:
        """A rest opens with the stop word itself, so that the two never collide."""
        if self._straight_out and block == self._blocks[-1]:
            return True
        last_in_set = block.side == self._sides[-1] and (
            not self._exercise.each or block.variant == self._exercise.each[-1]
        )
        return last_in_set and rest_after(self._exercise, block.set_number) is not None

    def _say_stop(self) -> None:
        stop = self._exercise.stop
        text = sentence(stop) if stop else self._phrases("cue.stop")
        self._writer.say("action", text, self._origin("stop"))

    def _own_cues(self, length: int) -> tuple[Placement, ...]:
        """The routine's words at instants of a held or worked time."""
        return tuple(
            Placement(
                self._writer.cue("own-cue", sentence(cue.say), Origin(cue.line("say"))),
                Anchor.START if cue.at >= 0 else Anchor.END,
                abs(cue.at),
            )
            for cue in self._exercise.cues
            if abs(cue.at) < length
        )

    def _counted_reps(self, time: Time, block: Block) -> None:
        """Reps with nothing counted inside them: the bare number tells that a rep is complete."""
        total = self._total_reps(block)
        span = paced(time, self._writer.coaching.pace)
        silent = 0
        for rep in range(1, total + 1):
            placements = []
            opening = self._rep_opening(rep, total, block)
            if opening is None and self._is_too_long(silent + span.maximum):
                opening = self._counter("reps").number(rep - 1)
            silent = (0 if opening else silent) + span.maximum
            if opening:
                placements.append(Placement(opening))
            if rep == total > 1 and self._writer.says("last-one"):
                text = self._phrases("cue.last-one")
                last = self._writer.cue("last-one", text, self._origin("reps"))
                anchor = Anchor.AFTER if placements else Anchor.START
                placements.append(Placement(last, anchor, _AFTER_WORD if opening else 0))
            placements.extend(self._counter("reps").time_left(span.maximum, span.minimum))
            side = self._side_of(rep) if self._alternating else block.side
            self._mark_rep(rep, total, side)
            self._writer.interval(self._phase_interval(span, time, IntervalKind.REP, placements, 0))
        if not self._alternating and self._numbered:
            self._writer.add(self._counter("reps").number(total))
            self._writer.pause(_AFTER_WORD)
        if not self._rest_follows(block):
            self._say_stop()

    def _is_too_long(self, silence: int) -> bool:
        limit = self._writer.coaching.max_silence
        return bool(limit) and silence > limit

    @property
    def _numbered(self) -> bool:
        """Whether each rep that is done is counted."""
        return self._writer.coaching.count in (Count.AUTO, Count.EVERY)

    def _rep_opening(self, rep: int, total: int, block: Block) -> Cue | None:
        """What is said as a rep begins: go, then the count of those done, or whose turn it is."""
        origin = self._origin("reps")
        if rep == 1:
            return self._writer.cue("action", sentence(self._go(block)), origin)
        if self._alternating:
            return self._writer.cue("action", self._announce(rep, total)[1], origin)
        counted = self._numbered or (self._writer.coaching.count is Count.EVERY_5 and rep % 5 == 1)
        return self._counter("reps").number(rep - 1) if counted else None

    def _go(self, block: Block) -> str:
        """The word on which the work begins."""
        own = block.variant.go if block.variant else None
        return own or self._exercise.go or self._phrases("cue.go")

    @property
    def _alternating(self) -> bool:
        return self._exercise.sides is Sides.ALTERNATING

    def _total_reps(self, block: Block) -> int:
        """Reps in a block; when sides alternate, each side has its own."""
        return block.reps * (2 if self._alternating else 1)

    def _phased_reps(self, block: Block) -> None:
        phases = [phase for phase in self._phases(block) if phase.time.maximum]
        total = self._total_reps(block)
        for rep in range(1, total + 1):
            side = self._side_of(rep) if self._alternating else block.side
            self._mark_rep(rep, total, side)
            for index, phase in enumerate(phases):
                announcement = None
                if index == len(phases) - 1 and rep < total:
                    announcement = self._announcement(rep + 1, total, phase)
                worded = _worded(phase, side, known=self._is_known(rep))
                self._phase(worded, index, announcement)

    def _is_known(self, rep: int) -> bool:
        """Whether the rep was heard before, on this side: then few words do."""
        return rep > (2 if self._alternating else 1)

    def _phases(self, block: Block) -> tuple[Phase, ...]:
        exercise = self._exercise
        if exercise.tempo:
            words = ("cue.lower", "cue.pause", "cue.lift", "cue.pause")
            return tuple(
                phase if phase.say else phase.model_copy(update={"say": self._phrases(word)})
                for phase, word in zip(exercise.tempo.phases, words, strict=True)
            )
        if block.hold is None:
            return exercise.phases
        act = exercise.act.say or self._phrases("cue.act")
        release = exercise.release.say or self._phrases("cue.release")
        return (
            exercise.act.model_copy(update={"say": act}),
            Phase(time=block.hold),
            exercise.release.model_copy(update={"say": release}),
        )

    def _phase(self, phase: Phase, index: int, announcement: Cue | None) -> None:
        word = sentence(phase.say) if isinstance(phase.say, str) else ""
        origin = self._origin("phases" if self._exercise.phases else "hold")
        opening = self._writer.cue("action", word, origin) if word else None
        held = phase.time.source is Source.PRESCRIBED
        span = paced(phase.time, self._writer.coaching.pace)
        if held:
            said = self._own_cues(phase.time.natural) if self._exercise.hold else ()
            placements = list(self._counter("hold").held(phase.time.natural, word, said))
        else:
            placements = [Placement(opening)] if opening else []
        chime = phase.chime and self._writer.says("chime")
        if chime or announcement:
            length = phase.time.natural
            placements = self._opened(placements, length, announcement, chime=chime)
        if not held:
            placements.extend(self._counter("reps").time_left(span.maximum, span.minimum))
        label = phase.name or (phase.say if isinstance(phase.say, str) else None) or ""
        kind = IntervalKind.PHASE if phase.say else IntervalKind.HOLD
        interval = self._phase_interval(span, phase.time, kind, placements, index)
        self._writer.interval(replace(interval, label=label))

    def _opened(
        self, placements: list[Placement], length: int, announcement: Cue | None, *, chime: bool
    ) -> list[Placement]:
        """The chime before the word on beat 0, the announcement after it.

        Numbers give way on the beats on which these are still heard.
        """
        at_once = placements and instant(placements[0], length) == 0
        word = placements[0].cue if at_once and placements[0].cue.kind is CueKind.ACTION else None
        lead = [Placement(self._writer.cue("chime", Chime.SIDE))] if chime else []
        if word:
            lead.append(Placement(word, Anchor.AFTER, _AFTER_CHIME) if lead else Placement(word))
        beats = len(lead)
        if announcement:
            after = Placement(announcement, Anchor.AFTER, _AFTER_WORD)
            lead.append(after if lead else Placement(announcement))
            beats += 2 if beats else 1
        others = placements[1:] if word else placements
        kept = (
            each
            for each in others
            if each.cue.kind not in _NUMBERS or instant(each, length) >= beats * BEAT_MS
        )
        return [*lead, *kept]

    def _announcement(self, rep: int, total: int, phase: Phase) -> Cue | None:
        """The cue before rep number `rep`, if there is one and the phase has room for it."""
        rule, text = self._announce(rep, total)
        if not text or not self._writer.says(rule):
            return None
        numbers = self._counts_all(phase) and phase.time.natural >= _NUMBERS_MATTER_FROM
        if rule == "rep-number" and numbers:
            return None
        return self._writer.cue(rule, text, self._origin("reps"))

    def _counts_all(self, phase: Phase) -> bool:
        """Whether the phase has a number on each second, or a word and then numbers."""
        prescribed = phase.time.source is Source.PRESCRIBED
        return prescribed and self._counter("reps").counts_all(phase.time.natural)

    def _announce(self, rep: int, total: int) -> tuple[str, str]:
        """What is said before rep number `rep` of `total`: a phrase, never a bare number."""
        if self._alternating:
            side = self._side_name(self._side_of(rep))
            return "rep-side", self._phrases("cue.rep-side", side=side)
        for rule, key in self._landmarks(total - rep + 1, rep, total):
            if self._writer.says(rule):
                return rule, self._phrases(key)
        if self._long_phases:
            return "rep-number", self._phrases("cue.number-next", number=rep, total=total)
        return "rep-number", self._phrases("cue.number", number=rep) if self._numbered else ""

    def _landmarks(self, left: int, rep: int, total: int) -> Iterator[tuple[str, str]]:
        """The rules that fit this rep, the most telling first, each with its phrase."""
        if left == 1:
            yield "last-one", "cue.last-bout-next" if self._long_phases else "cue.last-one"
        if self._long_phases:
            return
        if left == 2 and total >= RULES["two-more"].least:
            yield "two-more", "cue.two-more"
        if rep == -(-total // 2) + 1 and total >= RULES["reps-halfway"].least:
            yield "reps-halfway", "cue.halfway"

    @property
    def _long_phases(self) -> bool:
        """Whether a phase has a half time of its own: then reps are announced in whole words."""
        least = RULES["halfway"].least
        return any(phase.time.natural >= least for phase in self._exercise.phases)

    def _side_of(self, rep: int) -> Side:
        """Whose turn it is where sides alternate."""
        first: Side = self._writer.coaching.first_side or "right"
        second: Side = "left" if first == "right" else "right"
        return first if rep % 2 else second

    # -- small things --------------------------------------------------------

    def _phase_interval(
        self, span: Span, time: Time, kind: IntervalKind, placements: list[Placement], index: int
    ) -> Interval:
        if time.source is Source.PRESCRIBED:
            return self._fixed(time, kind, tuple(placements))
        return Interval(
            span,
            Glue.RANGE if time.source is Source.RANGE else Glue.TEMPO,
            time.source,
            kind,
            tuple(placements),
            share=f"{self._identity}.{index}",
            origin=self._origin("phases" if self._exercise.phases else "reps"),
        )

    def _fixed(self, time: Time, kind: IntervalKind, placements: tuple[Placement, ...]) -> Interval:
        fields = ("work", "every", "phases", "tempo", "rep_duration")
        field = next((each for each in fields if getattr(self._exercise, each)), "hold")
        return Interval(
            Span.exactly(time.natural),
            Glue.RIGID,
            Source.PRESCRIBED,
            kind,
            placements,
            origin=self._origin(field),
        )

    def _mark_rep(self, rep: int, total: int, side: Side | None) -> None:
        title = self._phrases.inline("marker.rep", number=str(rep), total=str(total))
        address = replace(self._writer.address, side=side, rep=rep)
        self._writer.mark(MarkerKind.REP, title, address, self._origin("reps"))

    def _counter(self, field: str) -> Counter:
        return Counter(self._writer, self._origin(field))

    def _origin(self, field: str) -> Origin:
        return Origin(self._exercise.line(field), field) if field else Origin()


def rest_cue(writer: Writer, stop: str | None, span: Span, origin: Origin) -> Cue:
    """How a rest opens: a stop word for what was done before, and how long the rest is.

    Where the fit decides how long, the cue has a sound for each length there may be.
    """
    cue = writer.cue("rest", _stop_and_rest(writer.phrases, stop, span.natural), origin)
    if span.rigid:
        return cue
    choices = tuple(
        (length, Utterance(_stop_and_rest(writer.phrases, stop, length), writer.language))
        for length in range(span.minimum, span.maximum + 1, 1000)
    )
    return replace(cue, choices=choices)


def _stop_and_rest(phrases: Phrases, stop: str | None, length: int) -> str:
    before = f"{sentence(stop)} " if stop else ""
    if length % 1000:
        return before + phrases("cue.rest")
    return before + phrases("cue.rest-seconds", seconds=spoken_seconds(phrases, length))


def _worded(phase: Phase, side: Side | None, *, known: bool) -> Phase:
    """The phase with the words for one side, the brief ones where it is known."""
    say = (known and phase.brief) or phase.say
    if isinstance(say, SideNames):
        say = say.left if side == "left" else say.right
    return phase if say is phase.say else phase.model_copy(update={"say": say})
