"""How a rep is announced (whose turn, which number, how many are left), and where.

A rep is announced in the last phase of the one before. Where seconds are counted there, or
there is no room, its number goes to its own first word, and takes the place of that or joins
it; only the last one is always announced before it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import ends_in_number
from audiocoach.coaching.news import (
    News,
    behind,
    has_long_phases,
    joined,
    landmarks,
    numbered,
    of_pairs,
)
from audiocoach.coaching.pacing import CHIMED, speaking_ms
from audiocoach.coaching.places import BESIDE_NUMBERS, Places
from audiocoach.coaching.rhythm import AFTER_WORD, NUMBERS_MATTER_FROM, ROOM_MS, Rhythm, room
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind, whole_ms
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import SideNames
from audiocoach.settings.values import Count
from audiocoach.timeline.script import Cue

_MINUTE: Final = 60_000
_LONG_BREATHING: Final = 3 * _MINUTE
_MANY: Final = 12
"""Reps in all sets and sides together, after which the last one is encouraged."""
_HURRIED: Final = 170
"""Percent of a phase that words may be thought to take, and still be hurried to fit it."""
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
        self._places = Places(
            body, self.rhythm, self._long, self.names_sides, of_two=self._total == 2
        )

    def before(self, rep: int, index: int) -> News | None:
        """What phase number `index` of the rep before says of a rep: the last one, if it can."""
        news = self._placed(rep).before if rep <= self._total else None
        return news if news and self._places.told_in(news) == index else None

    @property
    def opens_with_side(self) -> bool:
        """Whether whose turn it is is said as a rep begins."""
        return self.names_sides and self._total > 1 and self._placed(2).opening is not None

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
        if self.names_sides and news.rule not in BESIDE_NUMBERS:  # whose turn, then what is done
            *told, few = news.forms
            sides = [few, *filter(None, [news.least])]
            whole, named = ([f"{each} {sentence(word)}" for each in some] for some in (told, sides))
            in_one = (joined(each, sentence(word)) for each in sides)
            if self._places.leads_to_one:  # no number stands right before that
                told = [each for each in told if not ends_in_number(self._writer.phrases, each)]
            return self._cue(*whole, *told, *named, *in_one, *sides)
        return self._beside(word, news, phase)

    def instead(self, news: News, word: str, phase: Phase) -> Cue | None:
        """What the last phase says in place of its word, where there is no room for both.

        The announcement of the last rep is never lost; rather the word that everybody knows by now.
        So it is with a short pause before the other side.
        """
        left = room(phase) - CHIMED * self.chimes(phase, crowded=True)
        if news.rule == "rep-side" and self._places.pauses_first:
            return self._cue(*news.forms, news.least)
        if left >= NUMBERS_MATTER_FROM:
            return None
        if phase.kind is PhaseKind.RELEASE:
            return self._released(news, word, left)
        if not (news.rule == "last-one" or self._places.spares_first(news)):
            return None
        if not word or (left < ROOM_MS and not self._places.is_told_beside(phase, news)):
            return self._cue(news.few)
        return self._beside(word, news, phase)

    def _released(self, news: News, word: str, left: int) -> Cue | None:
        """The word of a release and what is said of a rep in one breath, if `left` (ms) is short.

        A side has a shorter name of its own.
        """
        rate = self._writer.settings.rate
        both = (word, news.few)
        if news.rule == "rep-side" or left >= AFTER_WORD + sum(speaking_ms(t, rate) for t in both):
            return None
        return self._cue(f"{sentence(word)} {news.few}", behind(self._writer.phrases, word, news))

    def _beside(self, word: str, news: News, phase: Phase) -> Cue:
        """A word and what is said of a rep, in a phase: in few words, before the word is lost."""
        if news.number:
            return self._cue(self._numbered(word, news.number), sentence(word))
        plain, least = news.forms[-2:][0], joined(word, news.few)
        if news.rule == "two-more" and self._places.leads_to_one:  # "two to go" is no number of it
            ahead = joined(news.few, word)
            return self._cue(f"{plain} {sentence(word)}", sentence(ahead), sentence(word))
        fits = self._places.is_told_beside(phase, news)
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
        return self._place(self._of_rep(rep, self._total))

    def _place(self, news: News | None) -> _Told:
        if news is None:
            return _Told()
        last, first = self._places.in_last(news), self._places.in_first(news)
        if last and news.rule == "rep-side" and not self._places.pauses_first:
            last = self._places.ends_with_side(news, first=first)
        # Rather than that a landmark or a side is lost, it takes the place of what is counted.
        matters = news.rule in (*BESIDE_NUMBERS, "rep-side")
        first = first or (matters and not self.rhythm.breathing)
        return _Told(before=news) if last else _Told(opening=news if first else None)

    def _of_rep(self, rep: int, total: int) -> News | None:
        if landmark := self._landmark(rep, total):
            return self._at_landmark(*landmark)
        return self._number_of(rep, total)

    def _number_of(self, rep: int, total: int) -> News | None:
        """Which rep it is, if that is told."""
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
        if not self._has_place(told_as):
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
        last = self.rhythm.phases[-1]
        ahead = News("last-one", (self._writer.shortest("cue.last-bout-next"),))
        short = room(last) < ROOM_MS or not self._places.in_last(ahead)
        for rule, general in landmarks(rep, total, long=self._long, short=short):
            key = of_pairs(general) if self._body.alternating else general
            least = News(rule, (self._writer.shortest(key),))
            if self._writer.says(rule) and self._places.has_place(least):
                return rule, key
        return None

    def _of_turn(self, rep: int) -> _Told:
        """Whose turn it is, and with the first of a pair which pair that is.

        The last pair is announced before it, even if the side goes to its own first word.
        """
        where, pair, side = self._places, self._of_pair(rep), self._of_side(rep)
        if pair and where.in_its_place(pair):
            pair = self._or_number(pair, (rep + 1) // 2)
        if side and where.ends_far_off:
            return _Told(before=pair if pair and where.in_last(pair) else None, opening=side)
        if side and where.pauses_first and (pair is None or pair.rule != "last-one"):
            return _Told(before=side, opening=pair if pair and where.in_first(pair) else None)
        both = self._both(pair, side, (rep + 1) // 2)
        if pair and side and both and where.begins_with_pair(pair, both):
            return _Told(opening=both)
        if pair and side and both and self._comes_before(pair) and where.goes_apart(side, both):
            return _Told(before=pair, opening=side)
        return self._place(self._in_whole(both) if pair and side and both else both)

    def _in_whole(self, both: News) -> News:
        """Of the last pair, no form in the fewest words where a longer one has room."""
        whole = replace(both, forms=both.forms[:-1])
        roomy = both.rule == "last-one" and self._places.has_room(self.rhythm.phases[-1], whole)
        return whole if roomy else both

    def _comes_before(self, pair: News) -> bool:
        """Whether it is said in the rep before, where it can be: no number stands before "one"."""
        told = pair.rule == "last-one" or self._places.leads_to_one
        return told and self._places.in_last(pair)

    def _of_pair(self, rep: int) -> News | None:
        pair, second = (rep + 1) // 2, not rep % 2
        if second or (self.rhythm.breathing and pair < self._pairs):
            return None
        return self._of_rep(pair, self._pairs)

    def _of_side(self, rep: int) -> News | None:
        side = self._body.side_of(self._block, rep)
        if side is None or not self.names_sides or not self._writer.says("rep-side"):
            return None  # or its own word names it
        name = self._body.side_name(side)
        named, other = (
            self._writer.phrases("cue.rep-side", side=name),
            self._body.side_in_a_word(side),
        )
        later = any(isinstance(phase.say, SideNames) for phase in self._block.phases)
        told = [self._writer.phrases("cue.turn-of-side", side=name)] if later else []
        return News("rep-side", (*told, named), least=other if len(other) < len(named) else "")

    def _both(self, pair: News | None, side: News | None, number: int) -> News | None:
        """Which pair it is, and whose turn; the number gives way to seconds behind it."""
        if pair is None or side is None:
            return side or pair
        if pair.number and (self._places.has_seconds_near or not self._has_place(pair)):
            return side
        if self._places.in_its_place(pair):
            return pair
        named = (side.few, *filter(None, [side.least]))
        if pair.number:
            return self._numbered_side(pair, side, named)
        both = [f"{each} {told}" for told in side.forms for each in pair.forms[-2:]]
        if side.least:
            both.append(f"{pair.few} {side.least}")
        if pair.rule != "last-one" or self.rhythm.fast:
            both += [joined(each, pair.few) for each in named]
        if pair.rule == "last-one":
            last = self._body.last_of_side(self._body.side_of(self._block) or "right")
            most = room(self.rhythm.phases[0]) * _HURRIED // 100
            hopeless = speaking_ms(last, self._writer.settings.rate) > most
            return News(pair.rule, (*both, last), least=named[-1] if hopeless else "")
        if numbered(self._body) and not self._places.has_seconds_near:
            both += [self._numbered(each, number) for each in named]
        return News("rep-side", (*both, side.few), least=side.least)

    def _numbered_side(self, pair: News, side: News, named: tuple[str, ...]) -> News:
        """Whose turn it is, with the number of the pair; that alone where a second has no room."""
        less = tuple(self._numbered(each, pair.number) for each in named)
        if not self.rhythm.fast:
            return News(
                "rep-side", (f"{pair.few} {side.forms[0]}", *less, side.few), least=side.least
            )
        if room(self.rhythm.phases[0]) < ROOM_MS:
            bare = self._body.counter("reps").spoken(pair.number)
            return News("rep-side", less[-1:], least=bare)
        return News("rep-side", (*less, side.few), least=side.least)

    def _has_place(self, news: News) -> bool:
        return self._places.in_last(news) or self._places.in_first(news)

    def _numbered(self, words: str, number: int) -> str:
        """`Left arm, two.`"""
        return self._writer.phrases("cue.number-with", what=words.rstrip(".!?…"), number=number)

    def _or_number(self, landmark: News, pair: int) -> News:
        """A landmark, or where it has no room the number of the pair that it is told with."""
        if not numbered(self._body) or self._places.leads_to_one:
            return landmark
        return replace(landmark, least=self._body.counter("reps").spoken(pair))

    def _of_breath(self, rep: int) -> News | None:
        """A word of time now and then; numbers only for who asks for every one there is."""
        rule, _ = self._landmark(rep, self._total) or ("", "")
        if rule != "last-one" and self._half_over(rep):
            short, key = self._writer.shortest, "cue.half-over"
            over = News("reps-halfway", (short(key),))
            if room(self.rhythm.phases[-1]) < ROOM_MS or not self._places.in_last(over):
                return News(over.rule, (short("cue.reps-halfway"),))
            return News(over.rule, (self._writer.vary(key), *over.forms))
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
