"""The remote: what happens when someone on the floor says "next", or asks how long is left.

From a timeline, a place in it and an intent, it finds the answer and where the sound continues. It
knows no assistant and no player; each of them is a thin layer over it. Some rules apply everywhere:
a question changes neither place nor state; a jump lands where the exercise is explained
(`timeline.landing`), never inside a prescribed time; and nothing that is prescribed can be changed
by voice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.timeline.landing import entered, landed, landings, lead, taken_up, units
from audiocoach.timeline.outline import Part, Unit, outline
from audiocoach.timeline.script import SAMPLE_RATE, Address, CueKind, IntervalKind
from audiocoach.timeline.timeline import Timeline

AGAIN: Final = 3 * SAMPLE_RATE
"""Until this long after an exercise was entered, "previous" means the one before it."""
_IN_MINUTES: Final = 90
"""Above so many seconds, time is told in whole minutes."""
_COUNTED: Final = frozenset({CueKind.COUNT, CueKind.COUNTDOWN, CueKind.REP, CueKind.HALFWAY})


class Intent(StrEnum):
    """What a listener may want."""

    BEGIN = "begin"
    PAUSE = "pause"
    GO_ON = "go-on"
    STOP = "stop"
    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    """This exercise, from its name on."""
    SAY_AGAIN = "say-again"
    SKIP_REST = "skip-rest"
    TIME_LEFT = "time-left"
    WHAT_NEXT = "what-next"
    WHICH = "which"
    HOW_MANY = "how-many"
    SLOWER = "slower"
    FASTER = "faster"
    FROM_START = "from-start"
    FEWER = "fewer"
    """Fewer reps, or a shorter hold: the prescription stays, and the answer says what is possible.
    """


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the catalogue, and its values: an assistant may use other words."""

    language: str
    key: str
    values: Mapping[str, str]
    """As they are spoken: numbers are words."""
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is: a sample of it, and whether it is playing."""

    at: int
    playing: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What to do. A player first goes to `place`; only then is `say` true."""

    place: Place
    said: Said | None = None
    """In the language of the session; nothing if the session speaks for itself."""
    anew: Intent | None = None
    """SLOWER or FASTER: the session must be made again at that pace, and continue where `resumed`
    says."""
    over: bool = False
    """The listener wants no more."""

    @property
    def say(self) -> str:
        """What is said, as a text."""
        return self.said.text if self.said else ""


class Remote:
    """Answers for one session."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.phrases: Phrases = phrases_for(timeline.language)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts that take time, with where each is entered."""
        return tuple(part for part, _, _ in self._entered)

    @cached_property
    def landings(self) -> tuple[int, ...]:
        """Where a jump may lead."""
        return landings(self.timeline)

    @cached_property
    def done(self) -> tuple[Unit, ...]:
        """Each rep, each bout and each rest, in order."""
        return units(outline(self.timeline))

    @cached_property
    def taken_up(self) -> tuple[int, ...]:
        """Where each of those can be resumed."""
        return taken_up(self.timeline)

    @cached_property
    def _entered(self) -> tuple[tuple[Part, int, int], ...]:
        return entered(self.timeline)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for _, start, _ in self._entered)

    # -- answers --------------------------------------------------------------------

    def answer(self, intent: Intent, place: Place, *, known: bool = False) -> Reply:
        """What happens on an intent. `known` is a listener who has done this routine before."""
        if place.at >= self.timeline.total and intent not in _ANY_TIME:
            return Reply(Place(place.at, playing=False), self._say("over"))
        act = _ACTS.get(intent)
        return act(self, place) if act else self._begin(known=known)

    def _begin(self, *, known: bool) -> Reply:
        """A listener who knows the welcome is spared it."""
        first = next((start for part, start, _ in self._entered if part.address.exercise), 0)
        return Reply(Place(first if known else 0))

    def _pause(self, place: Place) -> Reply:
        return Reply(Place(place.at, playing=False), self._say("paused"))

    def _go_on(self, place: Place) -> Reply:
        return Reply(Place(place.at))

    def _stop(self, place: Place) -> Reply:
        return Reply(Place(place.at, playing=False), over=True)

    def _next(self, place: Place) -> Reply:
        index = self._index(place.at) + 1
        if index == len(self._starts):
            return Reply(place, self._say("last"))
        return Reply(Place(self._starts[index]))

    def _previous(self, place: Place) -> Reply:
        index = self._index(place.at)
        if place.at - self._starts[index] < AGAIN:
            index = max(index - 1, 0)
        return Reply(Place(self._starts[index]))

    def _repeat(self, place: Place) -> Reply:
        return Reply(Place(self._starts[self._index(place.at)]))

    def _say_again(self, place: Place) -> Reply:
        """The sentence heard last; inside what is done, all from its announcement on."""
        told = [
            cue.start
            for cue in self.timeline.cues
            if cue.start <= place.at and cue.cue.kind not in _COUNTED
        ]
        return Reply(Place(landed(self.landings, told[-1] if told else 0)))

    def _skip_rest(self, place: Place) -> Reply:
        """On with what follows, from the countdown that leads into it."""
        unit = self._unit(place.at)
        if unit is None or unit.kind is not IntervalKind.REST:
            return Reply(place, self._say("no-rest"))
        start = lead(self.timeline, unit.steps[-1].end, unit.steps[0].start)
        return Reply(Place(start) if start > place.at else place)

    def _time_left(self, place: Place) -> Reply:
        index = self._index(place.at)
        part, end = self.parts[index], self._end(index)
        whole = self._length(self.timeline.total - place.at)
        if not part.address.exercise:
            return Reply(place, self._say("left", time=whole))
        here = self._length(end - place.at)
        return Reply(place, self._say("left-here", name=part.title, time=here, whole=whole))

    def _what_next(self, place: Place) -> Reply:
        index = self._index(place.at) + 1
        if index == len(self.parts):
            return Reply(place, self._say("last"))
        return Reply(place, self._say("coming", name=self.parts[index].title))

    def _which(self, place: Place) -> Reply:
        part = self.part(place.at)
        number, count = part.address.exercise, self._count
        if not number:
            return Reply(place, self._say("part", name=part.title))
        return Reply(place, self._say("which", number=number, count=count, name=part.title))

    def _how_many(self, place: Place) -> Reply:
        """What is left of the current set: reps, or the time if it has none or is one hold."""
        unit = self._unit(place.at)
        if unit is None:
            return Reply(place, self._say("done" if self._part_is_done(place.at) else "not-begun"))
        reps = [each for each in self.done if _same_set(each, unit)]
        one_hold = len(reps) == 1 and any(
            step.item.kind is IntervalKind.HOLD for step in unit.steps
        )
        if unit.kind is IntervalKind.REST or not reps or one_hold:
            return Reply(place, self._say("more-time", time=self._length(_end(unit) - place.at)))
        left = sum(each.steps[0].start > place.at for each in reps)
        if left < 2:
            return Reply(place, self._say("one-more" if left else "last-rep"))
        return Reply(place, self._say("more", count=left))

    def _slower(self, place: Place) -> Reply:
        return Reply(place, self._say("slower"), anew=Intent.SLOWER)

    def _faster(self, place: Place) -> Reply:
        return Reply(place, self._say("faster"), anew=Intent.FASTER)

    def _from_start(self, _place: Place) -> Reply:
        return Reply(Place(0))

    def _fewer(self, place: Place) -> Reply:
        return Reply(place, self._say("fewer"))

    # -- where one is ---------------------------------------------------------------

    def resumed(self, place: Place, anew: Remote) -> Place:
        """The same place in the session made again: the same rep of the same set and side.

        It is begun again, with the words that lead into it. Between what is done, the same
        sentence of the same part, counted from its start.
        """
        unit = self._unit(place.at)
        if unit is not None:
            twins = anew._alike(unit)
            number = self._alike(unit).index(unit)
            if number < len(twins):
                return Place(anew.taken_up[anew.done.index(twins[number])], place.playing)
        index = self._index(place.at)
        there = min(index, len(anew._starts) - 1)
        before = bisect_right(self.landings, place.at) - bisect_right(
            self.landings, self._starts[index]
        )
        first = bisect_right(anew.landings, anew._starts[there]) - 1
        at = anew.landings[min(first + before, len(anew.landings) - 1)]
        return Place(min(at, landed(anew.landings, anew._end(there) - 1)), place.playing)

    def part(self, at: int) -> Part:
        """The part one is in."""
        return self.parts[self._index(at)]

    def _index(self, at: int) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)

    def _end(self, index: int) -> int:
        return self._entered[index][2]

    @cached_property
    def _count(self) -> int:
        return max((part.address.exercise for part in self.parts), default=0)

    def _alike(self, unit: Unit) -> list[Unit]:
        """What is done at the address of a unit, and as it: rests apart from the rest."""
        resting = unit.kind is IntervalKind.REST
        return [
            each
            for each in self.done
            if each.address == unit.address and (each.kind is IntervalKind.REST) is resting
        ]

    def is_done(self, at: int) -> bool:
        """Whether nothing is left to do."""
        return bool(self.done) and at >= _end(self.done[-1])

    def _part_is_done(self, at: int) -> bool:
        """Whether all of the current part is done; if it has no reps, all of the session."""
        index = self._index(at)
        before = bisect_right(self._unit_starts, at)
        here = bisect_right(self._unit_starts, self._end(index))
        first = bisect_right(self._unit_starts, self._starts[index])
        return bool(before) and before == (here if first < here else len(self.done))

    @cached_property
    def _unit_starts(self) -> tuple[int, ...]:
        return tuple(unit.steps[0].start for unit in self.done)

    def _unit(self, at: int) -> Unit | None:
        """What is being done, a rest included; None while something is told."""
        index = bisect_right(self._unit_starts, at) - 1
        found = self.done[index] if index >= 0 else None
        return found if found and at < _end(found) else None

    # -- words ------------------------------------------------------------------------

    def _say(self, key: str, **values: str | int) -> Said:
        return said(self.phrases, f"remote.{key}", **values)

    def _length(self, samples: int) -> str:
        return length(self.phrases, samples)


def said(phrases: Phrases, key: str, **values: str | int) -> Said:
    """A sentence of the catalogue of a language."""
    heard = {
        name: value if isinstance(value, str) else phrases.number(value)
        for name, value in values.items()
    }
    return Said(phrases.language, key, heard, phrases(key, **values))


def length(phrases: Phrases, samples: int) -> str:
    """A length in words: whole minutes above 90 s, seconds below."""
    seconds = (max(samples, 0) + SAMPLE_RATE // 2) // SAMPLE_RATE
    if seconds > _IN_MINUTES:
        return phrases.inline("count.minutes", minutes=(seconds + 30) // 60)
    return phrases.inline("count.seconds", seconds=seconds)


def told_anew(samples: int) -> Iterator[int]:
    """How much is left, from the given length down, at each point where `length` says less."""
    half = SAMPLE_RATE // 2
    minutes = range(_IN_MINUTES + 60, samples // SAMPLE_RATE + 2, 60)
    for seconds in (*reversed(minutes), *range(_IN_MINUTES + 1, 0, -1)):
        if (left := seconds * SAMPLE_RATE - half - 1) < samples:
            yield left


def _end(unit: Unit) -> int:
    return unit.steps[-1].end


def _same_set(one: Unit, other: Unit) -> bool:
    return bool(one.address.rep) and _set(one.address) == _set(other.address)


def _set(address: Address) -> tuple[object, ...]:
    """All of an address but the rep."""
    return (address.exercise, address.round, address.set, address.side, address.variant)


_ANY_TIME: Final[Iterable[Intent]] = frozenset(
    {Intent.BEGIN, Intent.FROM_START, Intent.PREVIOUS, Intent.REPEAT, Intent.STOP}
)
"""What still makes sense when the session is over."""
_ACTS: Final[dict[Intent, Callable[[Remote, Place], Reply]]] = {
    Intent.PAUSE: Remote._pause,
    Intent.GO_ON: Remote._go_on,
    Intent.STOP: Remote._stop,
    Intent.NEXT: Remote._next,
    Intent.PREVIOUS: Remote._previous,
    Intent.REPEAT: Remote._repeat,
    Intent.SAY_AGAIN: Remote._say_again,
    Intent.SKIP_REST: Remote._skip_rest,
    Intent.TIME_LEFT: Remote._time_left,
    Intent.WHAT_NEXT: Remote._what_next,
    Intent.WHICH: Remote._which,
    Intent.HOW_MANY: Remote._how_many,
    Intent.SLOWER: Remote._slower,
    Intent.FASTER: Remote._faster,
    Intent.FROM_START: Remote._from_start,
    Intent.FEWER: Remote._fewer,
}
