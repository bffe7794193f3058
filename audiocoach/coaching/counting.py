"""Where the numbers fall inside a prescribed time.

An N-second hold has N beats, 0 to N-1, and the release word, which follows it, on
beat N. Counting down, n falls n seconds before the end. The rules by length are in
docs/architecture.md, "How it is counted".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from audiocoach.coaching.lasting import Remarks, round_calls, unbroken
from audiocoach.coaching.pacing import longest_silence, speaking_ms
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import Writer
from audiocoach.routine.phases import SHORT_MS
from audiocoach.settings.values import Count, Direction
from audiocoach.timeline.script import Anchor, Cue, Origin, Placement

BEAT_MS: Final = 1_000
_TOGETHER_MS: Final = 10_000
"""The same where a rep has several counted phases: they are all counted up, or all down."""
_LEAST_MS: Final = 700
"""A number that is followed sooner than this is none: of 5.5 s five seconds are counted."""
_HURRIED: Final = 300
"""A word on beat 0 that lasts so much longer (ms) than until a number may be hurried for it."""
_FIVE_LEFT_UP_TO: Final = 20_000
_FIVE: Final = 5
_LAST_THREE: Final = (3, 2, 1)
_LAST_TWO: Final = 2
"""A number alone is no count, and behind the name of a rep sounds like which one it is."""
_ROOM_FOR_TWO: Final = 3_000
"""The shortest rest (ms) with room for a word and the last two seconds."""
_AFTER_OWN: Final = 480
"""Silence (ms) between words or a sound of the routine and "halfway"."""
_APART: Final = 2_000
"""Halfway is not said when the time left is told this soon after it."""
_LONG_REST_MS: Final = 180_000
"""Up to this length a rest has no longer silences than a short time: nobody is busy in it."""
_BEHIND_NUMBER: Final = 1_500
"""Silence (ms) between another number and the count into a set; half of it before a short one."""
_LONGEST_COUNT: Final = 600
"""Seconds; in a longer time not every one is counted, whatever was asked for."""


class Counter:
    """Places counts; every cue it makes carries the origin it was given."""

    def __init__(
        self,
        writer: Writer,
        origin: Origin = Origin(),
        rep: tuple[int, ...] = (),
        remarks: Remarks | None = None,
    ) -> None:
        """`rep` has the lengths (ms) of all that is counted in a rep, in one direction then."""
        self._writer = writer
        self._remarks = remarks or Remarks(writer)
        self._phrases = writer.phrases
        self._settings = writer.settings
        self._origin = origin
        self._longest = max(rep, default=0)
        together = len(rep) > 1 and self._longest <= _TOGETHER_MS
        self._all_up_to = _TOGETHER_MS if together else SHORT_MS

    def held(
        self, length: int, first: str, said: tuple[Placement, ...] = (), *, hold: bool = True
    ) -> tuple[Placement, ...]:
        """The cues inside a held or worked time of `length` ms, `said` among them.

        `first` is the word on beat 0; when it is empty, a time whose seconds are all
        counted begins with "one", and any other with "hold", if it is a `hold`.
        """
        counted = self._counted(length)
        opening = self._opening(first, counted, hold=hold)
        until = self.follows(first, self._settings.rate) if first else 0
        free = [beat for beat in counted if beat * BEAT_MS >= until and (beat or not opening)]
        if first and len(free) == 1 and not self._up(length):
            free = []  # "Up. One." would be taken for the number of the rep
        numbers = [self._number_at(beat, length) for beat in free]
        placements = [*opening, *numbers, *said]
        if not self.counts_all(length):  # no talk between numbers
            placements += self._landmarks(length, numbers, said)
        return tuple(sorted(placements, key=lambda each: instant(each, length)))

    @staticmethod
    def follows(word: str, rate: float) -> int:
        """How long (ms) after a word on a beat a number may follow it."""
        return speaking_ms(word, rate) - _HURRIED

    def countdown(self, seconds: int, rule: str = "count-in") -> tuple[Placement, ...]:
        """`three, two, one`: n falls n seconds before the end."""
        return tuple(
            Placement(self._number(left, rule), Anchor.END, left * BEAT_MS, led=left == 1)
            for left in range(seconds, 0, -1)
        )

    def fitting(self, shortest: int, most: int | None = None) -> int:
        """The seconds counted at the end of a rest that may be as short as this (ms).

        They take about half of it, and are never one alone; `most` is how many there may be, if
        not as many as were asked for.
        """
        wanted = self._settings.countdown if most is None else most
        room = _LAST_TWO if shortest == _ROOM_FOR_TWO else shortest // 2 // BEAT_MS
        seconds = wanted if wanted <= room else min(wanted, len(_LAST_THREE), room)
        return seconds if seconds >= _LAST_TWO else 0

    def behind(self, text: str, left: int, most: int, seconds: int) -> int:
        """How many of so many `seconds` are counted behind a text.

        "Four times. Three. Two. One." would be one count. In the time (ms) `left` all of them have
        to be apart from it; in the `most` there may be, where less is said, the last two.
        """
        if not ends_in_number(self._phrases, text):
            return seconds
        if left - seconds * BEAT_MS >= _BEHIND_NUMBER:
            return seconds
        two = min(seconds, _LAST_TWO)
        return two if most - two * BEAT_MS >= _BEHIND_NUMBER // 2 else 0

    def into_work(
        self, length: int, shortest: int, most: int | None = None
    ) -> tuple[Placement, ...]:
        """The end of a rest of up to `length` ms into work: time left, and a count-in."""
        fitting = self.fitting(shortest, most)
        marks = self.time_left(length, shortest, counted=fitting)
        return (*marks, *self.countdown(fitting, "rest-ends"))

    def time_left(
        self, length: int, shortest: int | None = None, *, counted: int = 0
    ) -> tuple[Placement, ...]:
        """Announcements of the time left, so that no long time passes without a word.

        What `warn_at` asks for is announced only if the time is long enough even at its `shortest`,
        and only before the last seconds that are `counted`.
        """
        warned = [
            left
            for left in self._warnings(length, RULES["time-left"].least)
            if left > counted * BEAT_MS and (shortest is None or left * 2 <= shortest)
        ]
        numbers = [length - left * BEAT_MS for left in range(counted, 0, -1)]
        return tuple(self._marks(length, numbers, warned, shortest))

    def counts_all(self, length: int) -> bool:
        """Whether every second of a time of `length` ms has its number."""
        return len(self._counted(length)) == self._beats(length)

    def counts(self, length: int) -> bool:
        """Whether a time of `length` ms has a number after its first word."""
        return any(self._counted(length))

    def number(self, value: int) -> Cue:
        """A bare count."""
        return self._number(value, "count")

    # -- which beats -----------------------------------------------------------

    def _counted(self, length: int) -> tuple[int, ...]:
        """The beats that have a number, as seconds from the start."""
        whole = length // BEAT_MS
        beats = range(self._beats(length))
        last = [whole - left for left in _LAST_THREE if whole >= left]
        match self._settings.count:
            case Count.OFF:
                return ()
            case Count.EVERY if length <= _LONGEST_COUNT * BEAT_MS:
                return tuple(beats)
            case Count.EVERY_5:
                fives = [beat for beat in beats if self._value(beat, length) % _FIVE == 0]
                return tuple(sorted({*fives, *last}))
            case Count.ENDS:
                return tuple(last)
            case _ if length <= self._all_up_to:
                return tuple(beats)
            case _:
                five = [whole - _FIVE] if whole > _FIVE and length <= _FIVE_LEFT_UP_TO else []
                return (*five, *last)

    def _beats(self, length: int) -> int:
        """How many seconds of a time there are to count."""
        if not self._up(length):
            return length // BEAT_MS
        return max(1, -(-(length - _LEAST_MS + 1) // BEAT_MS))

    def _up(self, length: int) -> bool:
        """Whether seconds are counted up."""
        if self._settings.count_direction is not Direction.AUTO:
            return self._settings.count_direction is Direction.UP
        every = self._settings.count is Count.EVERY and length <= _LONGEST_COUNT * BEAT_MS
        longest = max(length, self._longest)
        return every or (self._settings.count is Count.AUTO and longest <= self._all_up_to)

    def _value(self, beat: int, length: int) -> int:
        """The number on a beat: the second that begins, or how many are left."""
        return beat + 1 if self._up(length) else length // BEAT_MS - beat

    def _number_at(self, beat: int, length: int) -> Placement:
        """The number on a beat. Counted down it is placed from the end, so many seconds before."""
        value = self._value(beat, length)
        if self._up(length):
            return Placement(self._number(value, "count"), Anchor.START, beat * BEAT_MS)
        rule = "run-out" if value <= _FIVE else "count"
        return Placement(self._number(value, rule), Anchor.END, value * BEAT_MS)

    def _opening(self, first: str, counted: tuple[int, ...], *, hold: bool) -> list[Placement]:
        if not first and (0 in counted or not hold):
            return []
        words = first or f"{self._phrases('cue.hold')}."
        return [Placement(self._writer.cue("action", words, self._origin))]

    # -- landmarks ---------------------------------------------------------------

    def _landmarks(
        self, length: int, numbers: Iterable[Placement], said: Iterable[Placement]
    ) -> list[Placement]:
        """Halfway and the time left, but where a number is heard already, or words are `said`."""
        least = RULES["time-left"].least + 1
        counted = [instant(each, length) for each in numbers]
        heard = [*counted, *(instant(each, length) for each in said)]
        warned = [left for left in self._warnings(length, least) if length - left not in heard]
        halfway = [] if length // 2 in counted else self._halfway(length, warned, said)
        heard += [instant(each, length) for each in halfway]
        return [*halfway, *self._marks(length, heard, warned)]

    def _halfway(
        self, length: int, warned: list[int], said: Iterable[Placement]
    ) -> list[Placement]:
        """Half of it is over: said behind what the routine says or sounds right then."""
        if length < RULES["halfway"].least or not self._writer.says("halfway"):
            return []
        half = length // 2
        end = min([length, *(length - left for left in warned if length - left >= half)])
        if end - half < _APART:
            return []
        own = [each for each in said if instant(each, length) == half]
        over = max((half + self._writer.lasts(each.cue) + _AFTER_OWN for each in own), default=half)
        text, less = self._in_turn("cue.halfway")
        cue = self._writer.or_less(self._writer.cue("halfway", text, self._origin), less)
        return [Placement(cue, Anchor.START, over)]

    def _warnings(self, length: int, least: int) -> list[int]:
        """The times left (ms) to tell in a time of at least `least`, longest first.

        Whole seconds, before the last five and after the first five.
        """
        if length < least:
            return []
        wanted = {mark.left(length) // BEAT_MS * BEAT_MS for mark in self._settings.warn_at}
        five = _FIVE * BEAT_MS
        return sorted((left for left in wanted if five < left <= length - five), reverse=True)

    def _marks(
        self, length: int, said: list[int], warned: list[int], shortest: int | None = None
    ) -> list[Placement]:
        """Time-left lines: those asked for and round ones; and what breaks a long silence."""
        rests = self._remarks.resting and length <= _LONG_REST_MS
        limit = longest_silence(self._settings.max_silence, 0 if rests else length)
        told = [0, length, *said, *(length - left for left in warned)]
        round_ones = round_calls(length, told) if limit and self._settings.warn_at else []
        calls = [left for left in round_ones if shortest is None or left * 2 <= shortest]
        told += [length - left for left in calls]
        remarks = [
            Placement(self._remarks.cue(limit), Anchor.END, length - at)
            for at in (unbroken(told, limit) if length > limit else ())
        ]
        return [*remarks, *(self.left(left) for left in sorted([*calls, *warned], reverse=True))]

    def left(self, left: int) -> Placement:
        """How long (ms) is left, in words."""
        minutes, seconds = divmod(left // BEAT_MS, 60)
        if minutes and seconds:
            text = self._phrases("cue.minutes-seconds-left", minutes=minutes, seconds=seconds)
            less = ""
        elif minutes:
            text, less = self._in_turn("cue.minutes-left", minutes=minutes)
        else:
            text, less = self._in_turn("cue.seconds-left", seconds=seconds)
        cue = self._writer.cue("time-left", f"{text}.", self._origin)
        return Placement(self._writer.or_less(cue, less and f"{less}."), Anchor.END, left)

    def _in_turn(self, key: str, **values: object) -> tuple[str, str]:
        """A phrase in the wording whose turn it is, and in a shorter one if there is any."""
        text, least = self._writer.vary(key, **values), self._writer.shortest(key, **values)
        return text, least if len(least) < len(text) else ""

    def spoken(self, value: int) -> str:
        """A number as a sentence of its own."""
        word = self._phrases.number(value)
        return f"{word[:1].upper()}{word[1:]}."

    def _number(self, value: int, rule: str) -> Cue:
        return self._writer.cue(rule, self.spoken(value), self._origin)


def ends_in_number(phrases: Phrases, text: str) -> bool:
    """Whether a number of two or more is among the last two words: "four times", "set two"."""
    last = re.findall(r"\w+", text.casefold())[-2:]
    return any(each.isdecimal() or each in _numerals(phrases) for each in last)


@cache
def _numerals(phrases: Phrases) -> frozenset[str]:
    numbers = (phrases.number(value) for value in range(2, 61))
    return frozenset(re.findall(r"\w+", " ".join((*numbers, phrases.inline("count-reps", reps=2)))))


def instant(placement: Placement, length: int) -> int:
    """When (ms) a cue that doesn't follow another is heard in a time of `length` ms."""
    if placement.anchor is Anchor.END:
        return length - placement.offset
    return placement.offset
