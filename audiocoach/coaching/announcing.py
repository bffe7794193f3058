"""How a rep is announced (whose turn, which number, how many are left), and where.

A rep is announced in the last phase of the one before. Where seconds are counted there, or
there is no room, its number goes to its own first word, and takes the place of that or joins
it; only the last one is always announced before it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.news import News, has_long_phases, joined, landmarks, numbered
from audiocoach.coaching.pacing import CHIMED, speaking_ms
from audiocoach.coaching.rhythm import AFTER_WORD, ROOM_MS, Rhythm, room, word_of
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind, whole_ms
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import SideNames
from audiocoach.settings.values import Count
from audiocoach.timeline.script import Cue

_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""
_ROOM_IN_ONE: Final = 1_500
"""A release that can be so long (ms) has room for its word and "last one" in one breath."""
_ROOM_ALONE: Final = 1_000
"""A phase that can be so long (ms) has room for "last one" in place of its word."""
_BESIDE_NUMBERS: Final = ("reps-halfway", "two-more")
"""Landmarks in whose place the number of the rep may be heard."""
_FAR_OFF: Final = 6_000
"""Who hears the next side so long (ms) before its rep takes it for an order to change now."""
_MINUTE: Final = 60_000
_LONG_BREATHING: Final = 3 * _MINUTE
_MANY: Final = 12
"""Reps in all sets and sides together, after which the last one is encouraged."""
_ABOUT: Final = 5_000
"""So near (ms) to a minute before the end one may say that it is a minute."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a rep: in the last phase of the one before, and with its own first word."""

    before: News | None = None
    opening: News | None = None


class Announcer:
    """Knows for each rep of a block what is said about it, and where."""

    def __init__(self, body: Body, block: Block) -> None:
        self._body = body
        self._block = block
        self._writer = body.writer
        self._total = body.total_reps(block)
        self._pairs = self._total // body.exercise.sides.in_turn
        self._long = has_long_phases(block)
        named = any(isinstance(phase.say, SideNames) for phase in block.phases[:1])
        self.names_sides = body.alternating and not named
        self._told: dict[int, _Told] = {}
        self.rhythm = Rhythm.of(body, block)

    def before(self, rep: int, index: int) -> News | None:
        """What phase number `index` of the rep before says of a rep: the last one, if it can."""
        news = self._placed(rep).before if rep <= self._total else None
        return news if news and self._told_in(news) == index else None

    def _told_in(self, news: News) -> int:
        """The phase of the rep before in which something is said: of a breath one with room."""
        phases = self.rhythm.phases
        last = len(phases) - 1
        if not self.rhythm.breathing or news.rule == "last-one":
            return last
        roomy = (index for index in range(last, -1, -1) if self._has_room(phases[index], news))
        return next(roomy, last)

    def _has_room(self, phase: Phase, news: News) -> bool:
        """Whether a phase has room for its word and, behind it, for the fewest words on a rep."""
        word = word_of(self._body, phase, "right", known=True)
        rate = self._writer.settings.rate
        return room(phase) >= AFTER_WORD + sum(speaking_ms(each, rate) for each in (word, news.few))

    def opening(self, rep: int, word: str, phase: Phase) -> Cue | None:
        """The first word of a rep, together with its announcement if that belongs there."""
        news = self._placed(rep).opening if rep > 1 else None
        if news is None:
            return None
        roomy = bool(word) and room(phase) >= ROOM_MS
        if news.number:
            bare = self._body.counter("reps").spoken(news.number)
            return self._cue(self._numbered(word, news.number), bare) if roomy else self._cue(bare)
        if not roomy:
            return self._cue(news.few, news.least)
        if self.names_sides and news.rule not in _BESIDE_NUMBERS:  # whose turn, then what is done
            *told, few = news.forms
            sides = [few, *filter(None, [news.least])]
            whole, named = ([f"{each} {sentence(word)}" for each in some] for some in (told, sides))
            in_one = (joined(each, sentence(word)) for each in sides)
            return self._cue(*whole, *told, *named, *in_one, *sides)
        return self._beside(word, news, room(phase))

    def instead(self, news: News, word: str, phase: Phase) -> Cue | None:
        """What the last phase says in place of its word, where there is no room for both.

        The announcement of the last rep is never lost; rather the word that everybody knows by now.
        So it is with a short pause before the other side.
        """
        left = room(phase) - CHIMED * self.chimes(phase, crowded=True)
        if news.rule == "rep-side" and self._pauses_first():
            return self._cue(*news.forms, news.least)
        breath = self.rhythm.breathing and news.rule == "reps-halfway" and left < ROOM_MS
        last = news.rule == "last-one" or breath or self._spares_first(news)
        if not last or left >= _NUMBERS_MATTER_FROM:
            return None
        rate = self._writer.settings.rate
        if phase.kind is PhaseKind.RELEASE:
            if left >= AFTER_WORD + sum(speaking_ms(each, rate) for each in (word, news.few)):
                return None
            both = f"{sentence(word)} {news.few}"
            return self._cue(both, joined(word, news.few), sentence(word))
        if not word or left < ROOM_MS:
            return self._cue(news.few, sentence(word) if word and breath else "")
        return self._beside(word, news, left)

    def _beside(self, word: str, news: News, left: int) -> Cue:
        """A word and what is said of a rep, in `left` ms: in few words, before the word is lost."""
        if news.number:
            return self._cue(self._numbered(word, news.number), sentence(word))
        least = joined(word, news.few)
        fits = speaking_ms(least, self._writer.settings.rate) <= left
        plain = news.forms[-2:][0]
        return self._cue(f"{sentence(word)} {plain}", least, "" if fits else news.few)

    def chimes(self, phase: Phase, *, crowded: bool) -> bool:
        """Whether a phase keeps its chime: not if that leaves no room for words that must be heard.

        So it is `crowded` with the announcement of the last rep, or with what begins a set.
        """
        if not phase.chime or not self._writer.says("chime"):
            return False
        return not crowded or room(phase) - CHIMED >= ROOM_MS

    def _cue(self, text: str, *shorter: str) -> Cue:
        cue = self._writer.cue("action", text, self._body.origin("reps"))
        return self._writer.or_less(cue, *shorter)

    def _in_last(self, news: News) -> bool:
        """Whether it is said in the last phase of the rep before."""
        last, rhythm = self.rhythm.phases[-1], self.rhythm
        released = last.kind is PhaseKind.RELEASE
        if news.rule == "last-one" or self._spares_first(news):
            least = _ROOM_IN_ONE if released else min(_ROOM_ALONE, room(rhythm.phases[0]))
            return room(last) >= least
        cramped = room(last) < ROOM_MS
        # Half of the breaths are over even in place of "out", where that has only a second.
        half_over = rhythm.breathing and news.rule == "reps-halfway"
        side = news.rule == "rep-side" and self._pauses_first()
        if half_over or side or (self._long and not cramped):
            return True
        if rhythm.fast or cramped:
            return False
        counted = rhythm.has_numbers(self._body, last)
        if not counted or room(last) < _NUMBERS_MATTER_FROM or news.rule == "rep-side":
            return True
        if news.number:
            return False
        return news.rule != "two-more" or rhythm.counter(self._body).counts_all(room(last))

    def _spares_first(self, news: News) -> bool:
        """Whether it would take the place of a first word that is needed.

        Either that says whose turn it is, or the last word of the rep gives way already.
        """
        own = self._body.alternating and not self.names_sides and self.rhythm.fast
        landmark = news.rule in _BESIDE_NUMBERS
        return (own and (landmark or news.number > 0)) or (self._hurried and landmark)

    def _ends_far_off(self) -> bool:
        """Whether the end of a rep is so long that the next side would be told much too early."""
        last = self.rhythm.phases[-1]
        return last.time.natural >= _FAR_OFF and last.kind is not PhaseKind.RELEASE

    def _pauses_first(self) -> bool:
        """Whether a rep ends in a short pause: better than "hold" it tells the next side."""
        last = self.rhythm.phases[-1]
        return last.kind is PhaseKind.PAUSE and _ROOM_ALONE <= room(last) < ROOM_MS

    def _in_first(self, news: News) -> bool:
        """Whether it is said with the first word of the rep, behind which nothing is counted."""
        if news.rule == "last-one":
            return True
        first, *others = self.rhythm.phases
        if self.rhythm.breathing:  # only a number that was asked for and has no room elsewhere
            return news.number > 0 and bool(others) and room(others[-1]) < ROOM_MS
        if not self.rhythm.fast and not others:
            return False
        if news.number and others and self.rhythm.opens_with_number(self._body, others[0]):
            return False
        return not self.rhythm.has_numbers(self._body, first)

    # -- what there is to say --------------------------------------------------------

    def _placed(self, rep: int) -> _Told:
        """Each is worded once, as wordings take turns."""
        if rep not in self._told:
            self._told[rep] = self._worded(rep)
        return self._told[rep]

    def _worded(self, rep: int) -> _Told:
        if self._body.alternating:
            return self._of_turn(rep)
        if self.rhythm.breathing:
            return self._place(self._of_breath(rep))
        told = self._place(self._of_rep(rep, self._total))
        if self._hurried and told.before and told.before.rule in _BESIDE_NUMBERS:
            return replace(told, opening=self._number_of(rep, self._total))
        return told

    def _place(self, news: News | None) -> _Told:
        if news is None:
            return _Told()
        last, first = self._in_last(news), self._in_first(news)
        if last and first and news.rule == "rep-side":
            last = self._has_room(self.rhythm.phases[-1], news)
        # Rather than that a landmark or a side is lost, it takes the place of what is counted.
        matters = news.rule in (*_BESIDE_NUMBERS, "rep-side")
        first = first or (matters and not self.rhythm.breathing)
        return _Told(before=news) if last else _Told(opening=news if first else None)

    def _of_rep(self, rep: int, total: int) -> News | None:
        if landmark := self._landmark(rep, total):
            return self._at_landmark(*landmark)
        return self._number_of(rep, total)

    def _number_of(self, rep: int, total: int) -> News | None:
        """Which rep it is, if that is told."""
        if self._hurried and self._landmark(rep + 1, total):
            return None  # its last word gives way to that, so its first one stays
        if not self._writer.says("rep-number"):
            return None
        if self._long and self._writer.settings.count is not Count.OFF:
            text = self._writer.vary("cue.number-next", number=rep, total=total)
            return News("rep-number", (text,))
        if not numbered(self._body):
            return None
        return News("rep-number", (self._writer.phrases("cue.number", number=rep),), number=rep)

    def _at_landmark(self, rule: str, key: str) -> News:
        """In the wording whose turn it is; one that is not heard takes no turn."""
        shortest = self._writer.shortest(key)
        with_side = self.names_sides and rule != "last-one"
        told_as = News("rep-side" if with_side else rule, (shortest,))
        if not (self._in_last(told_as) or self._in_first(told_as)):
            return News(rule, (shortest,))
        text = self._writer.vary(key)
        return News(rule, (*self._encouraging(rule, text), text, shortest))

    def _encouraging(self, rule: str, text: str) -> tuple[str, ...]:
        """The last one of many with a word of encouragement: once an exercise, as it ends."""
        body, many = self._body, sum(block.reps for block in self._body.blocks) >= _MANY
        ends = rule == "last-one" and self._block is body.blocks[-1] and body.last_round
        effort = not (self.rhythm.breathing or body.alternating or self._long)
        if many and ends and effort and self._writer.says("encourage"):
            return (f"{text} {self._writer.vary('cue.encourage-rep')}",)
        return ()

    def _landmark(self, rep: int, total: int) -> tuple[str, str] | None:
        short = room(self.rhythm.phases[-1]) < ROOM_MS
        found = landmarks(rep, total, long=self._long, short=short)
        return next((each for each in found if self._writer.says(each[0])), None)

    @property
    def _hurried(self) -> bool:
        """Whether neither its first nor its last phase has room for more than a word.

        A landmark at either end of a rep would leave it none of its own: "Two to go. Last one."
        """
        first, *others = self.rhythm.phases
        short = bool(others) and max(room(first), room(others[-1])) < ROOM_MS
        return short and self.rhythm.fast and not self._body.alternating

    def _of_turn(self, rep: int) -> _Told:
        """Whose turn it is, and with the first of a pair which pair that is.

        The last pair is announced before it, even if the side goes to its own first word.
        """
        pair, side = self._of_pair(rep), self._of_side(rep)
        if pair and self._in_its_place(pair):
            pair = self._or_number(pair, (rep + 1) // 2)
        if side and self._ends_far_off():
            return _Told(before=pair if pair and self._in_last(pair) else None, opening=side)
        if side and self._pauses_first() and (pair is None or pair.rule != "last-one"):
            return _Told(before=side, opening=pair if pair and self._in_first(pair) else None)
        both = self._both(pair, side, (rep + 1) // 2)
        last = pair is not None and pair.rule == "last-one" and self._in_last(pair)
        if last and side and both and self._goes_apart(side, both):
            return _Told(before=pair, opening=side)
        return self._place(both)

    def _goes_apart(self, side: News, both: News) -> bool:
        """Whether a side has no room behind the last one, and the first word of its rep has."""
        if not self._in_last(side):
            return True
        first, last = self.rhythm.phases[0], self.rhythm.phases[-1]
        roomy = self._in_first(side) and room(first) >= ROOM_MS
        return roomy and not self._has_room(last, replace(both, forms=both.forms[:-1]))

    def _of_pair(self, rep: int) -> News | None:
        pair, second = (rep + 1) // 2, not rep % 2
        if second or (self.rhythm.breathing and pair < self._pairs):
            return None
        return self._of_rep(pair, self._pairs)

    def _of_side(self, rep: int) -> News | None:
        side = self._body.side_of(self._block, rep)
        if side is None or not self.names_sides or not self._writer.says("rep-side"):
            return None  # or its own word names it
        named = self._writer.phrases("cue.rep-side", side=self._body.side_name(side))
        other = self._body.side_in_a_word(side)
        return News("rep-side", (named,), least=other if len(other) < len(named) else "")

    def _both(self, pair: News | None, side: News | None, number: int) -> News | None:
        """Which pair it is, and whose turn; the number gives way to seconds behind it."""
        if pair is None or side is None or (pair.number and self._has_seconds_near()):
            return side or pair
        if (self.rhythm.fast and pair.number) or self._in_its_place(pair):
            return pair
        named = (side.few, *filter(None, [side.least]))
        if pair.number:
            less = (self._numbered(each, pair.number) for each in named)
            told = (f"{pair.few} {side.few}", *less, side.few)
            return News("rep-side", told, least=side.least)
        both = [f"{each} {side.few}" for each in pair.forms[-2:]]
        if pair.rule == "last-one":
            return News(pair.rule, (*both, pair.few))
        if side.least:
            both.append(f"{pair.few} {side.least}")
        both += [joined(each, pair.few) for each in named]
        if numbered(self._body) and not self._has_seconds_near():
            both += [self._numbered(each, number) for each in named]
        return News("rep-side", (*both, side.few), least=side.least)

    def _numbered(self, words: str, number: int) -> str:
        """`Left arm, two.`"""
        return self._writer.phrases("cue.number-with", what=words.rstrip(".!?…"), number=number)

    def _in_its_place(self, pair: News) -> bool:
        """Whether a landmark takes the place of a first word that has no room beside it."""
        cramped = self.rhythm.fast and room(self.rhythm.phases[0]) < ROOM_MS
        return cramped and pair.rule in _BESIDE_NUMBERS

    def _or_number(self, landmark: News, pair: int) -> News:
        """A landmark, or where it has no room the number of the pair that it is told with."""
        if not numbered(self._body):
            return landmark
        return replace(landmark, least=self._body.counter("reps").spoken(pair))

    def _has_seconds_near(self) -> bool:
        """Whether seconds would be counted right behind the number of a rep.

        The last ones of the rep before, or those of its own first phase.
        """
        first, last = self.rhythm.phases[0], self.rhythm.phases[-1]
        if len(self.rhythm.phases) > 1 and self.rhythm.has_numbers(self._body, first):
            return True
        counted = self.rhythm.has_numbers(self._body, last)
        return counted and not self.rhythm.counter(self._body).counts_all(last.time.natural)

    def _of_breath(self, rep: int) -> News | None:
        """A word of time now and then; numbers only for who asks for every one there is."""
        rule, _ = self._landmark(rep, self._total) or ("", "")
        if rule != "last-one" and self._half_over(rep):
            short = self._writer.shortest
            if room(self.rhythm.phases[-1]) < ROOM_MS:
                return News("reps-halfway", (short("cue.reps-halfway"),))
            key = "cue.half-over"
            return News("reps-halfway", (self._writer.vary(key), short(key)))
        if rule == "last-one" or (not rule and self._writer.settings.count is Count.EVERY):
            return self._of_rep(rep, self._total)
        if self._minute_left(rep):
            left = self._writer.vary("cue.minutes-left", minutes=1)
            return News("time-left", (sentence(left),))
        return None

    def _half_over(self, rep: int) -> bool:
        """Whether half of the breaths are over before this one, of many or in a long time."""
        total, length = self._total, whole_ms(self.rhythm.phases) or 0
        long = total > 2 and not total % 2 and total * length >= 2 * RULES["halfway"].least
        enough = total >= RULES["reps-halfway"].least or long
        return enough and rep == -(-total // 2) + 1 and self._writer.says("reps-halfway")

    def _minute_left(self, rep: int) -> bool:
        """Whether the last minute of a long time begins about with a rep."""
        length = whole_ms(self.rhythm.phases)
        if length is None or length * self._total < _LONG_BREATHING:
            return False
        off = length * (self._total - rep + 1) - _MINUTE
        return abs(off) <= _ABOUT and -length < 2 * off <= length
