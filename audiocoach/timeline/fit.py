"""The fit: a script, the lengths of its clips and a target length become a timeline.

As TeX sets a line: clips are boxes, pauses are glue with a minimum, a natural
and a maximum length. Prescribed times are rigid. What stretches, and in which
order, is the table `_START` below; nothing is stretched beyond its own limits,
and no class of glue takes it all, because each class starts to stretch later
than the one before it and all arrive at their limits together.

Everything is whole milliseconds until the last step, which places samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from audiocoach.errors import FitError
from audiocoach.routine.times import Source, clock
from audiocoach.timeline.placing import CastCue, cast_gap, cast_interval, needed
from audiocoach.timeline.script import (
    FRAME_MS,
    SAMPLES_PER_MS,
    Cue,
    Gap,
    Glue,
    Interval,
    Marker,
    Script,
    Sound,
    Span,
)
from audiocoach.timeline.timeline import Fit, PlacedCue, PlacedMarker, PlacedSpan, Timeline

_FULL: Final = 1 << 20
"""Tension is a whole number: 0 is natural, this the longest, minus this the shortest."""

# At which percent of the tension each class of glue starts to give, when the
# session has to grow and when it has to shrink. Growing follows the design's
# section 5; shrinking goes the other way round, so that the time people need to
# get down and up is the last to be cut.
_GROW_FROM: Final = {
    Glue.MOVE: 0,
    Glue.RANGE: 15,
    Glue.BETWEEN: 30,
    Glue.TEMPO: 45,
    Glue.END: 60,
}
_SHRINK_FROM: Final = {
    Glue.END: 0,
    Glue.BETWEEN: 15,
    Glue.TEMPO: 30,
    Glue.RANGE: 45,
    Glue.MOVE: 60,
}
# Shared times move in steps large enough that a set keeps one rhythm: three
# frames of an MP3 (72 ms), so that equal reps fall equally on the frame grid.
_TEMPO_STEP: Final = 3 * FRAME_MS
# The length of a prescribed range is spoken, so it is a whole number of seconds.
_RANGE_STEP: Final = 1000


@dataclass(slots=True)
class _Variable:
    """One unknown of the fit: a gap, or all the intervals that share a length."""

    span: Span
    glue: Glue
    step: int
    members: int = 1

    def value(self, tension: int) -> int:
        """Its length (ms) at a tension: natural at 0, its limits at `_FULL` and `-_FULL`."""
        growing = tension >= 0
        start = (_GROW_FROM if growing else _SHRINK_FROM)[self.glue] * _FULL // 100
        share = max(0, abs(tension) - start)
        limit = self.span.maximum if growing else self.span.minimum
        moved = abs(limit - self.span.natural) * share // (_FULL - start)
        return self._on_step(self.span.natural + (moved if growing else -moved))

    @property
    def fine(self) -> bool:
        """Whether it takes any whole millisecond, and so can make up what steps leave over."""
        return self.step == 1 and self.members == 1

    def _on_step(self, value: int) -> int:
        if self.step == 1 or value in (self.span.minimum, self.span.maximum):
            return value
        nearest = (value + self.step // 2) // self.step * self.step
        return min(max(nearest, self.span.minimum), self.span.maximum)


@dataclass(slots=True)
class _Problem:
    """The script as numbers: what is fixed, and what can give."""

    fixed: int = 0
    variables: list[_Variable] = field(default_factory=list)
    of_item: dict[int, int] = field(default_factory=dict)
    """Item index to variable index."""

    def total(self, values: Sequence[int]) -> int:
        return self.fixed + sum(
            value * variable.members for value, variable in zip(values, self.variables, strict=True)
        )

    def at(self, tension: int) -> list[int]:
        return [variable.value(tension) for variable in self.variables]

    def fine_at(self, values: Sequence[int], tension: int) -> list[int]:
        """The values with those that take any millisecond moved to another tension."""
        return [
            variable.value(tension) if variable.fine else value
            for value, variable in zip(values, self.variables, strict=True)
        ]

    def add(self, variable: _Variable) -> int:
        self.variables.append(variable)
        return len(self.variables) - 1

    def set_tempo_step(self, step: int) -> None:
        for variable in self.variables:
            if variable.glue is Glue.TEMPO:
                variable.step = step


def fit(script: Script, lengths: Mapping[Sound, int], target: int | None = None) -> Timeline:
    """Give every pause its length so that the session lasts exactly `target` ms.

    `lengths` holds the length of each sound's clip in samples at 48 kHz, whole
    milliseconds each. Without a target the session takes its natural length.
    Pure: the same arguments give the same timeline.

    Raises FitError with the shortest and longest possible length when the
    target cannot be met.
    """
    milliseconds = {sound: -(-length // SAMPLES_PER_MS) for sound, length in lengths.items()}
    problem = _pose(script, milliseconds)
    natural = problem.at(0)
    shortest = problem.total([variable.span.minimum for variable in problem.variables])
    longest = problem.total([variable.span.maximum for variable in problem.variables])
    total = problem.total(natural) if target is None else target
    report = Fit(shortest, problem.total(natural), longest, total)
    if not shortest <= total <= longest:
        raise FitError(_out_of_reach(report))
    values = natural if target is None else _solve(problem, total)
    length_of = _lengths_of_items(script, milliseconds, problem, values)
    return _Placer(script, lengths, milliseconds, length_of).timeline(report)


# -- posing: the script as numbers ---------------------------------------------


def _pose(script: Script, lengths: Mapping[Sound, int]) -> _Problem:
    problem = _Problem()
    shared: dict[str, int] = {}
    for index, item in enumerate(script.items):
        match item:
            case Cue():
                problem.fixed += lengths[item.sound]
            case Gap() | Interval() if item.span.rigid:
                problem.fixed += item.span.natural
            case Gap():
                problem.of_item[index] = problem.add(_Variable(item.span, item.glue, step=1))
            case Interval():
                problem.of_item[index] = _pose_interval(problem, shared, item, lengths)
            case Marker():
                pass
    return problem


def _pose_interval(
    problem: _Problem, shared: dict[str, int], interval: Interval, lengths: Mapping[Sound, int]
) -> int:
    """The variable of an elastic interval: one for all that share a length."""
    if interval.source is Source.RANGE:
        return problem.add(_Variable(interval.span, interval.glue, _RANGE_STEP))
    span = _with_room(interval.span, needed(interval, lengths))
    known = shared.get(interval.share) if interval.share else None
    if known is None:
        known = problem.add(_Variable(span, interval.glue, _TEMPO_STEP))
        shared[interval.share] = known
        return known
    variable = problem.variables[known]
    variable.members += 1
    variable.span = _with_room(variable.span, span.minimum)
    return known


def _with_room(span: Span, least: int) -> Span:
    """The span with a minimum of at least `least`, so that its words fit, inside its maximum."""
    minimum = min(max(span.minimum, least), span.maximum)
    return Span(minimum, max(minimum, span.natural), span.maximum)


# -- solving: how much each gives ------------------------------------------------


def _solve(problem: _Problem, target: int) -> list[int]:
    """The length of every variable, so that the total is the target to the millisecond.

    First everything is set to the tension that comes nearest to the target; then
    what the large steps of tempo and rests left over is made up by the pauses
    that take any millisecond, again all at one tension.
    """
    for tempo_step in (_TEMPO_STEP, 1):
        problem.set_tempo_step(tempo_step)
        for values in _candidates(problem, target):
            if exact := _made_up(problem, values, target):
                return exact
    raise FitError(
        f"no sum of whole seconds of rest makes exactly {clock(target)}; "
        "try a length a few seconds away"
    )


def _candidates(problem: _Problem, target: int) -> Iterator[list[int]]:
    """Values just below the target, just above it, and in between one variable at a time."""
    tension = _tightest(lambda tension: problem.total(problem.at(tension)), target)
    below, above = problem.at(tension), problem.at(min(tension + 1, _FULL))
    yield below
    yield above
    yield _mixed(problem, below, above, target)


def _made_up(problem: _Problem, values: Sequence[int], target: int) -> list[int] | None:
    """The values with the fine ones moved so that the total is the target; None if they can't."""

    def total(tension: int) -> int:
        return problem.total(problem.fine_at(values, tension))

    if not total(-_FULL) <= target <= total(_FULL):
        return None
    tension = _tightest(total, target)
    below = problem.fine_at(values, tension)
    above = problem.fine_at(values, min(tension + 1, _FULL))
    left = target - problem.total(below)
    for index, value in enumerate(above):
        step = min(value - below[index], left)
        below[index] += step
        left -= step
    return below


def _tightest(total: Callable[[int], int], target: int) -> int:
    """The highest tension at which `total`, which never falls as tension rises, is in reach."""
    low, high = -_FULL, _FULL + 1
    while high - low > 1:
        middle = (low + high) // 2
        if total(middle) <= target:
            low = middle
        else:
            high = middle
    return low


def _mixed(problem: _Problem, below: Sequence[int], above: Sequence[int], target: int) -> list[int]:
    mixed = list(below)
    total = problem.total(mixed)
    for index, variable in enumerate(problem.variables):
        step = (above[index] - mixed[index]) * variable.members
        if total + step <= target:
            mixed[index] = above[index]
            total += step
    return mixed


# -- placing: where everything is ------------------------------------------------


class _Placer:
    """Walks the script once more with every length known."""

    def __init__(
        self,
        script: Script,
        lengths: Mapping[Sound, int],
        milliseconds: Mapping[Sound, int],
        length_of: Mapping[int, int],
    ) -> None:
        self._script = script
        self._lengths = lengths
        self._milliseconds = milliseconds
        self._length_of = length_of
        self._cues: list[PlacedCue] = []
        self._markers: list[PlacedMarker] = []
        self._spans: list[PlacedSpan] = []
        self._notes: list[str] = []
        self._now = 0

    def timeline(self, report: Fit) -> Timeline:
        for index, item in enumerate(self._script.items):
            match item:
                case Cue():
                    self._place(CastCue(0, item.sound, item))
                    self._now += self._milliseconds[item.sound]
                case Marker():
                    self._markers.append(PlacedMarker(self._now * SAMPLES_PER_MS, item))
                case Gap() | Interval():
                    self._stretch(item, self._length_of[index])
        return Timeline(
            self._script.title,
            self._script.language,
            tuple(self._cues),
            tuple(self._markers),
            tuple(self._spans),
            self._now * SAMPLES_PER_MS,
            report,
            tuple(dict.fromkeys(self._notes)),
        )

    def _stretch(self, item: Gap | Interval, length: int) -> None:
        self._spans.append(PlacedSpan(self._now * SAMPLES_PER_MS, length * SAMPLES_PER_MS, item))
        if isinstance(item, Gap):
            cast = cast_gap(item, length, self._milliseconds, self._script.orient_after)
        else:
            cast = cast_interval(item, length, self._milliseconds)
        for cue in cast.cues:
            self._place(cue)
        self._notes.extend(cast.notes)
        self._now += length

    def _place(self, cue: CastCue) -> None:
        start = (self._now + cue.offset) * SAMPLES_PER_MS
        self._cues.append(PlacedCue(start, self._lengths[cue.sound], cue.sound, cue.cue))


def _lengths_of_items(
    script: Script, lengths: Mapping[Sound, int], problem: _Problem, values: Sequence[int]
) -> dict[int, int]:
    """The length (ms) of every gap and interval, by item index.

    Pauses are nudged by less than a frame so that what follows them starts on
    the MP3 frame grid wherever it can: equal words then become equal frames,
    which are encoded once. What is nudged is carried to the next pause.
    """
    exact = {
        index: values[problem.of_item[index]] if index in problem.of_item else item.span.natural
        for index, item in enumerate(script.items)
        if isinstance(item, Gap | Interval)
    }
    return _nudged(script, lengths, problem, exact) or exact


def _nudged(
    script: Script, lengths: Mapping[Sound, int], problem: _Problem, exact: Mapping[int, int]
) -> dict[int, int] | None:
    nudged = dict(exact)
    now = carry = last = 0
    for index, item in enumerate(script.items):
        if isinstance(item, Gap) and index in problem.of_item:
            end = now + exact[index] + carry
            snapped = (end + FRAME_MS // 2) // FRAME_MS * FRAME_MS - now
            if item.span.minimum <= snapped <= item.span.maximum:
                nudged[index] = snapped
                carry = end - now - snapped
                last = index
        now += lengths[item.sound] if isinstance(item, Cue) else nudged.get(index, 0)
    if carry == 0:
        return nudged
    nudged[last] += carry
    span = script.items[last].span  # type: ignore[union-attr]
    return nudged if span.minimum <= nudged[last] <= span.maximum else None


# -- words -------------------------------------------------------------------------


def _out_of_reach(report: Fit) -> str:
    limits = (
        f"the session can last from {clock(report.shortest)} to {clock(report.longest)} "
        f"({clock(report.natural)} by nature), not {clock(report.total)}, "
        "without changing what is prescribed"
    )
    if report.total < report.shortest:
        return f"{limits}; leave an exercise out with --skip, or use --duration natural"
    return f"{limits}; repeat it with --rounds, or use --duration natural"
