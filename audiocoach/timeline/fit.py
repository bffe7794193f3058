"""The fit: a script, the lengths of its clips and a target length become a timeline.

As TeX sets a line: clips are boxes, pauses are glue with a minimum, a natural
and a maximum length, prescribed times are rigid. `stretch.py` decides how much
each pause gives, `placing.py` what is heard inside it; here everything gets its
place. Whole milliseconds until the last step, which places samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from audiocoach.errors import FitError
from audiocoach.timeline.placing import (
    Cast,
    CastCue,
    at_an_end,
    cast_gap,
    cast_interval,
    leads,
)
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


class UnspokenError(LookupError):
    """A fit turns on sounds of which no length is known: have them spoken, and fit again."""

    def __init__(self, sounds: Iterable[Sound]) -> None:
        super().__init__(*sounds)
        self.sounds = tuple(sounds)


def fit(
    script: Script,
    lengths: Mapping[Sound, int],
    target: int | None = None,
    beats: Mapping[Sound, int] = MappingProxyType({}),
) -> Timeline:
    """Give every pause its length so that the session lasts exactly `target` ms.

    `lengths` holds the length of each sound's clip in samples at 48 kHz, whole
    milliseconds each; `beats`, likewise, how long after its start the beat of a clip is, for
    those that are placed by it (`on_beats`): others begin at their instant. Without a target
    the session takes its natural length.
    Pure: the same arguments give the same timeline. So do lengths of no more sounds than it
    turns on: a rest of a range, say, is told by one sound of several.

    Raises FitError with the shortest and longest possible length when the
    target cannot be met, UnspokenError where it turns on a sound that has no length.
    """
    milliseconds = _Known((each, -(-length // SAMPLES_PER_MS)) for each, length in lengths.items())
    ahead = leads({sound: beat // SAMPLES_PER_MS for sound, beat in beats.items()})
    problem = pose(script, milliseconds, ahead)
    milliseconds.check()
    natural = problem.at(0)
    natural_total = problem.total(natural)
    total = natural_total if target is None else target
    report = Fit(problem.shortest, natural_total, problem.longest, total)
    if not report.shortest <= total <= report.longest:
        raise FitError(total, report.shortest, natural_total, report.longest)
    values = natural if target is None else solve(problem, total)
    clips = _Clips(_Known(lengths), beats, milliseconds, ahead)
    timeline = _placed(script, clips, _nudged(script, problem, values), report)
    milliseconds.check()
    return timeline


class _Known(dict[Sound, int]):
    """What is known of sounds, and 0 of any other, which is noted."""

    def __init__(self, known: Mapping[Sound, int] | Iterable[tuple[Sound, int]]) -> None:
        super().__init__(known)
        self._unknown: dict[Sound, None] = {}

    def __missing__(self, sound: Sound) -> int:
        self._unknown[sound] = None
        return 0

    def check(self) -> None:
        """Raise UnspokenError if any other was asked for."""
        if self._unknown:
            raise UnspokenError(self._unknown)


@dataclass(frozen=True, slots=True)
class _Clips:
    """What is known of the clips: lengths and beats in samples, lengths and leads in ms."""

    samples: Mapping[Sound, int]
    beats: Mapping[Sound, int]
    ms: Mapping[Sound, int]
    leads: Mapping[Sound, int]


def _placed(script: Script, clips: _Clips, length_of: Mapping[int, int], report: Fit) -> Timeline:
    """Walk the script once more with every length known."""
    cues: list[PlacedCue] = []
    markers: list[PlacedMarker] = []
    spans: list[PlacedSpan] = []
    notes: list[Note] = []
    now = 0
    waited: Sound | None = None
    for index, item in enumerate(script.items):
        start, length = now * SAMPLES_PER_MS, length_of.get(index, 0)
        if isinstance(item, Marker):
            markers.append(PlacedMarker(start, item))
            continue
        if isinstance(item, Gap | Interval):
            spans.append(PlacedSpan(start, length * SAMPLES_PER_MS, item))
        if isinstance(item, Cue):
            on_beat = at_an_end(script.items, index) and item.sound in clips.leads
            lead = clips.leads[item.sound] if on_beat else 0
            cast = Cast((CastCue(lead, item.sound, item, on_beat),))
        elif isinstance(item, Gap):
            cast = cast_gap(_unlike(item, waited), length, clips.ms, script.orient_after)
            waited = cast.cues[-1].sound if cast.cues else waited
        else:
            cast = cast_interval(item, length, clips.ms, clips.leads)
        for each in cast.cues:
            at = start + each.offset * SAMPLES_PER_MS
            cues.append(
                PlacedCue(
                    at,
                    clips.samples[each.sound],
                    each.sound,
                    each.cue,
                    at + clips.beats[each.sound] if each.on_beat else None,
                )
            )
        notes.extend(cast.notes)
        now += length
    return Timeline(
        script.title,
        script.language,
        tuple(cues),
        tuple(markers),
        tuple(spans),
        now * SAMPLES_PER_MS,
        report,
        tuple(dict.fromkeys(notes)),
    )


def _unlike(gap: Gap, last: Sound | None) -> Gap:
    """The pause with lines of which the first is not what was said in the one before."""
    first, *others = gap.fillers or (None,)
    if first is None or not others or first.sound != last:
        return gap
    return replace(gap, fillers=(*others, first))


def _nudged(script: Script, problem: Problem, values: Sequence[int]) -> dict[int, int]:
    """The length (ms) of every item but the markers, by index.

    Pauses are nudged by less than a frame so that what follows them starts on
    the MP3 frame grid wherever it can: equal words then become equal frames,
    which are encoded once. What is nudged is carried to the next pause.
    """
    exact = problem.lengths(values)
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
        now += nudged.get(index, 0)
    if carry == 0 or last is None:
        return nudged
    index, gap = last
    nudged[index] += carry
    return nudged if gap.span.minimum <= nudged[index] <= gap.span.maximum else exact
