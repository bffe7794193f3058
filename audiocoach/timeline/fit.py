"""The fit: a script, the lengths of its clips and a target length become a timeline.

As TeX sets a line: clips are boxes, pauses are glue with a minimum, a natural
and a maximum length, prescribed times are rigid. `stretch.py` decides how much
each pause gives, `placing.py` what is heard inside it; here everything gets its
place. Whole milliseconds until the last step, which places samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiocoach.errors import FitError
from audiocoach.timeline.placing import CastCue, cast_gap, cast_interval
from audiocoach.timeline.script import (
    FRAME_MS,
    SAMPLES_PER_MS,
    Cue,
    Gap,
    Interval,
    Marker,
    Script,
    Sound,
)
from audiocoach.timeline.stretch import Problem, pose, solve
from audiocoach.timeline.timeline import Fit, Note, PlacedCue, PlacedMarker, PlacedSpan, Timeline


def fit(script: Script, lengths: Mapping[Sound, int], target: int | None = None) -> Timeline:
    """Give every pause its length so that the session lasts exactly `target` ms.

    `lengths` holds the length of each sound's clip in samples at 48 kHz, whole
    milliseconds each. Without a target the session takes its natural length.
    Pure: the same arguments give the same timeline.

    Raises FitError with the shortest and longest possible length when the
    target cannot be met.
    """
    milliseconds = {sound: -(-length // SAMPLES_PER_MS) for sound, length in lengths.items()}
    problem = pose(script, milliseconds)
    natural = problem.at(0)
    natural_total = problem.total(natural)
    total = natural_total if target is None else target
    report = Fit(problem.shortest, natural_total, problem.longest, total)
    if not report.shortest <= total <= report.longest:
        raise FitError(total, report.shortest, natural_total, report.longest)
    values = natural if target is None else solve(problem, total)
    length_of = _lengths_of_items(script, milliseconds, problem, values)
    return _Placer(script, lengths, milliseconds, length_of).timeline(report)


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
        self._notes: list[Note] = []
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
    script: Script, lengths: Mapping[Sound, int], problem: Problem, values: Sequence[int]
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
    script: Script, lengths: Mapping[Sound, int], problem: Problem, exact: Mapping[int, int]
) -> dict[int, int] | None:
    nudged = dict(exact)
    now = carry = 0
    last: tuple[int, Gap] | None = None
    for index, item in enumerate(script.items):
        if isinstance(item, Gap) and index in problem.of_item:
            end = now + exact[index] + carry
            snapped = (end + FRAME_MS // 2) // FRAME_MS * FRAME_MS - now
            if item.span.minimum <= snapped <= item.span.maximum:
                nudged[index] = snapped
                carry = end - now - snapped
                last = index, item
        now += lengths[item.sound] if isinstance(item, Cue) else nudged.get(index, 0)
    if carry == 0 or last is None:
        return nudged
    index, gap = last
    nudged[index] += carry
    return nudged if gap.span.minimum <= nudged[index] <= gap.span.maximum else None
