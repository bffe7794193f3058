"""How a rep is announced (whose turn, which number, how many are left), and where.

A rep is announced in the last phase of the one before. Where seconds are counted there, or
there is no room, its number goes to its own first word, and takes the place of that or joins
it; only the last one is always announced before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.rhythm import AFTER_WORD, ROOM_MS, Rhythm, room, word_of
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind, whole_ms
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import SideNames
from audiocoach.settings.values import Count
from audiocoach.timeline.script import Cue

_CHIMED: Final = 840
"""How long (ms) the word after a chime comes later for it."""
_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""
_ROOM_IN_ONE: Final = 1_500
"""A release that can be so long (ms) has room for its word and "last one" in one breath."""
_ROOM_ALONE: Final = 1_000
"""A phase that can be so long (ms) has room for "last one" in place of its word."""
_BESIDE_NUMBERS: Final = ("reps-halfway", "two-more")
"""Landmarks in whose place the number of the rep may be heard."""
_MINUTE: Final = 60_000
_LONG_BREATHING: Final = 3 * _MINUTE
_MANY: Final = 12
"""Reps in all sets and sides together, after which the last one is encouraged."""
_ABOUT: Final = 5_000
"""So near (ms) to a minute before the end one may say that it is a minute."""


@dataclass(frozen=True, slots=True)
class News:
    """What is said of a rep."""

    rule: str
    forms: tuple[str, ...]
    """All of it, then in ever fewer words, for where there is less room."""
    number: int = 0
    """The number of the rep, if that is all there is to say."""
    least: str = ""
    """For where there is no room for any of them: "Left."."""

    @property
    def few(self) -> str:
        """The fewest of its words."""
        return self.forms[-1]


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
        self._long = _has_long_phases(block)
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
            both = self._writer.phrases("cue.number-with", what=word, number=news.number)
            return self._cue(both, bare) if roomy else self._cue(bare)
        if not roomy:
            return self._cue(news.few, news.least)
        if self.names_sides and news.rule not in _BESIDE_NUMBERS:  # whose turn, then what is done
            *told, few = news.forms
            forms = (told, [few, *filter(None, [news.least])])
            ways = ([*(f"{each} {sentence(word)}" for each in some), *some] for some in forms)
            return self._cue(*chain.from_iterable(ways))
        return self._beside(word, news, room(phase))

    def instead(self, news: News, word: str, phase: Phase) -> Cue | None:
        """What the last phase says in place of its word, where there is no room for both.

        The announcement of the last rep, and of whatever follows it at once, is never lost; rather
        the word that everybody knows by now. So it is with a short pause before the other side.
        """
        left = room(phase) - _CHIMED * self.chimes(phase, crowded=True)
        handed = news.rule == "next-exercise" and left < ROOM_MS
        if handed or (news.rule == "rep-side" and self._pauses_first()):
            return self._cue(*(news.forms[-1:] if handed else news.forms), news.least)
        last = news.rule == "last-one" or self._spares_first(news)
        if not last or left >= _NUMBERS_MATTER_FROM:
            return None
        rate = self._writer.settings.rate
        if phase.kind is PhaseKind.RELEASE:
            if left >= AFTER_WORD + sum(speaking_ms(each, rate) for each in (word, news.few)):
                return None
            both = f"{sentence(word)} {news.few}"
            return self._cue(both, _joined(word, news.few), sentence(word))
        if not word or left < ROOM_MS:
            return self._cue(news.few)
        return self._beside(word, news, left)

    def _beside(self, word: str, news: News, left: int) -> Cue:
        """A word and what is said of a rep, in `left` ms: in few words, before the word is lost."""
        least = _joined(word, news.few)
        fits = speaking_ms(least, self._writer.settings.rate) <= left
        plain = news.forms[-2:][0]
        return self._cue(f"{sentence(word)} {plain}", least, "" if fits else news.few)

    def chimes(self, phase: Phase, *, crowded: bool) -> bool:
        """Whether a phase keeps its chime: not if that leaves no room for words that must be heard.

        So it is `crowded` with the announcement of the last rep, or with what begins a set.
        """
        if not phase.chime or not self._writer.says("chime"):
            return False
        return not crowded or room(phase) - _CHIMED >= ROOM_MS

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
        if (self._long and not cramped) or (news.rule == "rep-side" and self._pauses_first()):
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
        """Whether a landmark would take the place of a first word that says whose turn it is."""
        own = self._body.alternating and not self.names_sides
        return own and self.rhythm.fast and news.rule in _BESIDE_NUMBERS

    def _pauses_first(self) -> bool:
        """Whether a rep ends in a short pause: better than "hold" it tells the next side."""
        last = self.rhythm.phases[-1]
        return last.kind is PhaseKind.PAUSE and _ROOM_ALONE <= room(last) < ROOM_MS

    def _in_first(self, news: News) -> bool:
        """Whether it is said with the first word of the rep, behind which nothing is counted."""
        if news.rule == "last-one":
            return True
        first, *others = self.rhythm.phases
        if self.rhythm.breathing or (not self.rhythm.fast and not others):
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
        breathing = self.rhythm.breathing
        return self._place(self._of_breath(rep) if breathing else self._of_rep(rep, self._total))

    def _place(self, news: News | None) -> _Told:
        if news is None:
            return _Told()
        last, first = self._in_last(news), self._in_first(news)
        if last and first and news.rule == "rep-side":
            last = self._has_room(self.rhythm.phases[-1], news)
        # Rather than that a landmark is lost, it takes the place of what is counted.
        first = first or (news.rule in _BESIDE_NUMBERS and not self.rhythm.breathing)
        return _Told(before=news) if last else _Told(opening=news if first else None)

    def _of_rep(self, rep: int, total: int) -> News | None:
        if landmark := self._landmark(rep, total):
            return self._at_landmark(*landmark)
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
        found = _landmarks(rep, total, long=self._long, short=short)
        return next((each for each in found if self._writer.says(each[0])), None)

    def _of_turn(self, rep: int) -> _Told:
        """Whose turn it is, and with the first of a pair which pair that is.

        The last pair is announced before it, even if the side goes to its own first word.
        """
        pair, side = self._of_pair(rep), self._of_side(rep)
        if pair and self._in_its_place(pair):
            pair = self._or_number(pair, (rep + 1) // 2)
        if side and self._pauses_first() and (pair is None or pair.rule != "last-one"):
            return _Told(before=side, opening=pair if pair and self._in_first(pair) else None)
        both = self._both(pair, side)
        last = pair is not None and pair.rule == "last-one" and self._in_last(pair)
        if last and side and both and self._goes_apart(side, both):
            return _Told(before=pair, opening=side if self._in_first(side) else None)
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

    def _both(self, pair: News | None, side: News | None) -> News | None:
        """Which pair it is, and whose turn; the number gives way to seconds behind it."""
        if pair is None or side is None or (pair.number and self._counts_on()):
            return side or pair
        if (self.rhythm.fast and pair.number) or self._in_its_place(pair):
            return pair
        if pair.number:
            what = side.few.rstrip(".")
            joined = self._writer.phrases("cue.number-with", what=what, number=pair.number)
            return News("rep-side", (f"{pair.few} {side.few}", joined, side.few), least=side.least)
        both = [f"{each} {side.few}" for each in pair.forms[-2:]]
        if pair.rule == "last-one":
            return News(pair.rule, (*both, pair.few))
        if side.least:
            both.append(f"{pair.few} {side.least}")
        return News("rep-side", (*both, side.few), least=side.least)

    def _in_its_place(self, pair: News) -> bool:
        """Whether a landmark takes the place of a first word that has no room beside it."""
        cramped = self.rhythm.fast and room(self.rhythm.phases[0]) < ROOM_MS
        return cramped and pair.rule in _BESIDE_NUMBERS

    def _or_number(self, landmark: News, pair: int) -> News:
        """A landmark, or where it has no room the number of the pair that it is told with."""
        if not numbered(self._body):
            return landmark
        return replace(landmark, least=self._body.counter("reps").spoken(pair))

    def _counts_on(self) -> bool:
        """Whether the last seconds of a rep are counted, behind what is said of the next."""
        last = self.rhythm.phases[-1]
        counted = self.rhythm.has_numbers(self._body, last)
        return counted and not self.rhythm.counter(self._body).counts_all(last.time.natural)

    def _of_breath(self, rep: int) -> News | None:
        """A word of time now and then; numbers only for who asks for every one there is."""
        rule, _ = self._landmark(rep, self._total) or ("", "")
        if rule == "reps-halfway":
            key = "cue.half-over"
            return News(rule, (self._writer.vary(key), self._writer.shortest(key)))
        if rule == "last-one" or (not rule and self._writer.settings.count is Count.EVERY):
            return self._of_rep(rep, self._total)
        if self._minute_left(rep):
            left = self._writer.vary("cue.minutes-left", minutes=1)
            return News("time-left", (sentence(left),))
        return None

    def _minute_left(self, rep: int) -> bool:
        """Whether the last minute of a long time begins about with a rep."""
        length = whole_ms(self.rhythm.phases)
        if length is None or length * self._total < _LONG_BREATHING:
            return False
        off = length * (self._total - rep + 1) - _MINUTE
        return abs(off) <= _ABOUT and -length < 2 * off <= length


def _joined(word: str, news: str) -> str:
    """A word and what is said of a rep in one breath: "Lift, last one."."""
    return f"{word.rstrip('.!?…')}, {news[:1].lower()}{news[1:]}" if word else news


def numbered(body: Body) -> bool:
    """Whether each rep that is done is counted."""
    return body.writer.settings.count in (Count.AUTO, Count.EVERY)


def _has_long_phases(block: Block) -> bool:
    """Whether a phase has a half time of its own: then reps are announced in whole words."""
    least = RULES["halfway"].least
    long = (phase for phase in block.phases if phase.time.natural >= least)
    return any(phase.kind is PhaseKind.OWN for phase in long)


def _landmarks(rep: int, total: int, *, long: bool, short: bool) -> Iterator[tuple[str, str]]:
    """The rules that fit this rep, the most telling first, each with its phrase.

    It is told in a last phase that is too `short` for a whole sentence, or has time for one.
    """
    if rep == total > 1:
        yield "last-one", "cue.last-bout-next" if long and not short else "cue.last-one"
    if long:
        return
    if rep == total - 1 and total >= RULES["two-more"].least:
        yield "two-more", "cue.two-more"
    if rep == -(-total // 2) + 1 and total >= RULES["reps-halfway"].least:
        yield "reps-halfway", "cue.reps-halfway"
