"""Where something is said of a rep: in the last phase of the one before, or with its first word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.news import News, behind
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.rhythm import (
    AFTER_WORD,
    ANY,
    NUMBERS_MATTER_FROM,
    ROOM_MS,
    Rhythm,
    room,
    word_of,
)
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.timeline.placing import BEAT_MS

BESIDE_NUMBERS: Final = ("reps-halfway", "two-more")
"""Landmarks in whose place the number of the rep may be heard."""
_HURRIED: Final = 300
"""So much faster (ms) a word may be said for what has to be heard with it."""
_ROOM_ALONE: Final = 1_000
"""A phase that can be so long (ms) has room for "last one" in place of its word."""
_SLOW: Final = 125
"""Two sentences in a row may take so much (percent) of the time that is thought."""
_MARGIN: Final = 110
"""One of them may take so much (percent) of it."""
_FAR_OFF: Final = 6_000
"""Who hears the next side so long (ms) before its rep takes it for an order to change now."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places that the phases of a block have for what is said of its reps."""

    body: Body
    rhythm: Rhythm
    long: bool
    """Whether a phase has a half time of its own."""
    names_sides: bool
    """Whether sides take turns, and no word of a rep says which it is."""
    of_two: bool
    """Whether there are but two reps, so that the one before the last is the first."""

    def told_in(self, news: News) -> int:
        """The phase of the rep before in which something is said: of a breath one with room."""
        phases = self.rhythm.phases
        last = len(phases) - 1
        if not self.rhythm.breathing or news.rule == "last-one":
            return last
        roomy = (index for index in range(last, -1, -1) if self.has_room(phases[index], news))
        return next(roomy, last)

    def has_room(self, phase: Phase, news: News, percent: int = 100) -> bool:
        """Whether a phase has room for its word and, behind it, for the fewest words on a rep.

        Also if a voice takes so much (percent) of the time that is thought.
        """
        word = word_of(self.body, phase, "right", known=True)
        rate = self.body.writer.settings.rate
        spoken = sum(speaking_ms(each, rate) for each in (word, news.few))
        return room(phase) >= AFTER_WORD + spoken * percent // 100

    def in_last(self, news: News) -> bool:
        """Whether it is said in the last phase of the rep before."""
        last, phases = self.rhythm.phases[-1], self.rhythm.phases
        if news.rule == "last-one":
            return self._can_give_way(last, news) and not self._begins_better(news)
        if self.spares_first(news):
            return self._can_give_way(last, news)
        if self.rhythm.breathing and news.rule == "reps-halfway":
            return any(self.has_room(phase, news) for phase in phases)
        if (news.rule == "rep-side" and self.pauses_first) or (self.long and room(last) >= ROOM_MS):
            return True
        return not self.rhythm.fast and room(last) >= ROOM_MS and self._ends_with(last, news)

    def _ends_with(self, last: Phase, news: News) -> bool:
        """The same of a last phase with more than a second or so."""
        sided, breathing = news.rule == "rep-side", self.rhythm.breathing
        counted = self.rhythm.has_numbers(self.body, last)
        if last.kind is PhaseKind.RELEASE and not (sided or counted):
            return self._can_give_way(last, news)
        if room(last) < NUMBERS_MATTER_FROM:
            return sided or breathing or self.has_room(last, news)
        if not counted or sided:
            return True
        ends = room(last) > SHORT_MS and self._counts_all(last)  # of fewer seconds all are counted
        return not news.number and (news.rule != "two-more" or ends)

    def _can_give_way(self, last: Phase, news: News) -> bool:
        """Whether the word of the last phase has room beside what must be heard, or can be spared.

        That of a release can't, nor can the only one of a rep.
        """
        if last.kind is PhaseKind.RELEASE:
            writer = self.body.writer
            if news.number:  # whichever it is: all of them have room, or none
                news = replace(news, number=ANY)
            both = behind(writer.phrases, word_of(self.body, last, "right", known=True), news)
            return room(last) >= speaking_ms(both, writer.settings.rate) - _HURRIED
        if self._is_one_word:
            return False
        return room(last) >= min(_ROOM_ALONE, room(self.rhythm.phases[0]))

    def _begins_better(self, news: News) -> bool:
        """Whether the last one is told as its rep begins, and not in the rep before.

        So it is where only the first word of a rep has room beside it. Where neither has, it takes
        the place of the first, as a number does, unless the last one is but a pause: who is told
        to lower, and then "last one", is left without the order to rise. No word is spared in the
        first rep, in which nobody knows it yet.
        """
        first, last = self.rhythm.phases[0], self.rhythm.phases[-1]
        silent = not word_of(self.body, last, "right", known=True)
        if silent or last.kind is PhaseKind.RELEASE or self.is_told_beside(last, news):
            return False
        if self.body.alternating:
            return self._tells_side and self.is_told_beside(first, news)
        pauses = last.kind is PhaseKind.PAUSE and not self.of_two
        gives_way = room(first) >= min(_ROOM_ALONE, room(last)) and not pauses
        return gives_way or self.is_told_beside(first, news)

    def is_told_beside(self, phase: Phase, news: News) -> bool:
        """Whether a phase has room for its word and the fewest words on a rep in one breath."""
        word = word_of(self.body, phase, "right", known=True)
        both = speaking_ms(
            behind(self.body.writer.phrases, word, news), self.body.writer.settings.rate
        )
        return both <= room(phase) + _HURRIED - BEAT_MS

    @property
    def _is_one_word(self) -> bool:
        """Whether a rep has room for one word in all: its own, or one on which rep it is."""
        first, *others = self.rhythm.phases
        if others or not self.rhythm.fast:
            return False
        silent = not (word_of(self.body, first, "right", known=True) or self.body.alternating)
        return silent or room(first) < ROOM_MS

    def _counts_all(self, phase: Phase) -> bool:
        """Whether every second of a phase has its number."""
        counted = self.rhythm.has_numbers(self.body, phase)
        return counted and self.rhythm.counter(self.body).counts_all(phase.time.natural)

    def has_place(self, landmark: News) -> bool:
        """Whether a landmark has a place at all.

        No word that says whose turn it is gives way to one; nor do up to five seconds that are
        counted to "two to go", which neither ends nor begins a count.
        """
        if landmark.rule in BESIDE_NUMBERS and self._is_one_word and self._tells_side:
            return False
        if landmark.rule != "two-more" or self.in_last(landmark):
            return True
        first, *others = self.rhythm.phases
        return self._has_place_for_two(first, others) if others else self._is_one_word

    def _has_place_for_two(self, first: Phase, others: list[Phase]) -> bool:
        """The same of "two to go", where its place would be the first phase of its rep."""
        last, rhythm = others[-1], self.rhythm
        counted = room(last) >= NUMBERS_MATTER_FROM and self._counts_all(last)
        if room(first) < ROOM_MS and self.leads_to_one:
            return False
        if self.names_sides:
            return not counted
        if room(first) < ROOM_MS:
            return not rhythm.has_numbers(self.body, last)
        return not (counted and rhythm.has_numbers(self.body, first))

    @property
    def leads_to_one(self) -> bool:
        """Whether the second phase of a rep begins with "one", right behind its first words."""
        _, *others = self.rhythm.phases
        return bool(others) and self.rhythm.opens_with_number(self.body, others[0])

    @property
    def _tells_side(self) -> bool:
        """Whether the words of the routine say whose turn it is."""
        return self.body.alternating and not self.names_sides

    def ends_with_side(self, side: News, *, first: bool) -> bool:
        """Whether the last phase has room for a side that is told there or in the `first`.

        Where that should begin with its own word and count, the side has its shorter name.
        """
        last = self.rhythm.phases[-1]
        if first:
            return self.has_room(last, side)
        return self.has_room(last, replace(side, forms=(side.least or side.few,)), _MARGIN)

    def spares_first(self, news: News) -> bool:
        """Whether it would take the place of a first word that says whose turn it is."""
        own = self._tells_side and self.rhythm.fast
        landmark = news.rule in BESIDE_NUMBERS
        return own and (landmark or news.number > 0)

    @property
    def ends_far_off(self) -> bool:
        """Whether the end of a rep is so long that the next side would be told much too early."""
        last = self.rhythm.phases[-1]
        return last.time.natural >= _FAR_OFF and last.kind is not PhaseKind.RELEASE

    @property
    def pauses_first(self) -> bool:
        """Whether a rep ends in a short pause: better than "hold" it tells the next side."""
        last = self.rhythm.phases[-1]
        return last.kind is PhaseKind.PAUSE and _ROOM_ALONE <= room(last) < ROOM_MS

    def in_first(self, news: News) -> bool:
        """Whether it is said with the first word of the rep, behind which nothing is counted."""
        if news.rule == "last-one":
            return True
        first, *others = self.rhythm.phases
        if self.rhythm.breathing:  # only a number that was asked for and has no room elsewhere
            asked = news.number > 0 and bool(others) and room(others[-1]) < ROOM_MS
            return asked or news.rule == "reps-halfway"
        if not self.rhythm.fast and not others:
            return False
        if news.number and self._is_crowded:
            return False
        return not self.rhythm.has_numbers(self.body, first)

    @property
    def _is_crowded(self) -> bool:
        """Whether the number of a rep has no place in its first phase.

        Right before or behind seconds it would be taken for one of them; and a word that says whose
        turn it is never gives way to it.
        """
        first, *others = self.rhythm.phases
        alone = room(first) < ROOM_MS or not word_of(self.body, first, "right", known=True)
        if not others:
            return alone and self._tells_side
        ends = alone and self.rhythm.has_numbers(self.body, others[-1])
        return ends or self.leads_to_one

    def goes_apart(self, side: News, both: News) -> bool:
        """Whether a side has no room behind the last one, and the first word of its rep has."""
        if not self.in_last(side):
            return True
        together = replace(both, forms=both.forms[:-1])
        roomy = together.forms and self.has_room(self.rhythm.phases[-1], together, _SLOW)
        return self.in_first(side) and not roomy

    def begins_with_pair(self, pair: News, both: News) -> bool:
        """Whether the last pair is told as it begins, with its side, as a number is.

        So it is where that has room, and the rep before has none beside its last word.
        """
        first, last = self.rhythm.phases[0], self.rhythm.phases[-1]
        movement = last.kind not in (PhaseKind.PAUSE, PhaseKind.RELEASE)
        if pair.rule != "last-one" or not movement or self.is_told_beside(last, pair):
            return False
        told = speaking_ms(both.few, self.body.writer.settings.rate)
        return told <= room(first) + _HURRIED - BEAT_MS

    def in_its_place(self, pair: News) -> bool:
        """Whether a landmark takes the place of a first word that has no room beside it."""
        cramped = self.rhythm.fast and room(self.rhythm.phases[0]) < ROOM_MS
        return cramped and pair.rule in BESIDE_NUMBERS

    @property
    def has_seconds_near(self) -> bool:
        """Whether seconds would be counted right behind the number of a rep.

        The last ones of the rep before, or those of its own first phase.
        """
        first, last = self.rhythm.phases[0], self.rhythm.phases[-1]
        if len(self.rhythm.phases) > 1 and self.rhythm.has_numbers(self.body, first):
            return True
        short = last.time.natural < NUMBERS_MATTER_FROM and self._counts_all(last)
        return self.rhythm.has_numbers(self.body, last) and not short
