"""How a rep is announced: whose turn it is, which one it is, how many are left; and where.

A rep is announced in the last phase of the one before. Where seconds are counted there, or
there is no room, its number goes to its own first word, and takes the place of that or joins
it; only the last one is always announced before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, instant
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.rhythm import AFTER_WORD, ROOM_MS, Rhythm, room
from audiocoach.coaching.rules import RULES
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import Phase, PhaseKind, whole_ms
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import SideNames
from audiocoach.settings.values import Count
from audiocoach.timeline.script import Anchor, Chime, Cue, CueKind, Placement

_AFTER_CHIME: Final = 240
_CHIMED: Final = 840
"""How long (ms) the word after a chime comes later for it."""
NUMBERS: Final = (CueKind.COUNT, CueKind.COUNTDOWN)
_NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long only a landmark takes the place of numbers."""
_ROOM_IN_ONE: Final = 1_500
"""A release that can be so long (ms) has room for its word and "last one" in one breath."""
_ROOM_ALONE: Final = 1_000
"""A phase that can be so long (ms) has room for "last one" in place of its word."""
_MINUTE: Final = 60_000
_LONG_BREATHING: Final = 3 * _MINUTE
_MANY: Final = 12
"""Reps in all sets and sides together, after which the last one is encouraged."""
_ABOUT: Final = 5_000
"""So near (ms) to a minute before the end one may say that it is a minute."""


@dataclass(frozen=True, slots=True)
class News:
    """What is said of a rep: the rule, the words, and fewer of them for where room is short."""

    rule: str
    text: str
    fewer: str = ""
    number: int = 0
    """Of the rep, where that is all there is to say."""
    more: str = ""
    """The words with an encouraging one, for where there is room for it."""


class Announcer:
    """Knows for each rep of a block what is said of it, and where."""

    def __init__(self, body: Body, block: Block) -> None:
        self._body = body
        self._block = block
        self._writer = body.writer
        self._total = body.total_reps(block)
        self._pairs = self._total // body.exercise.sides.in_turn
        self._long = _has_long_phases(block)
        self._told: dict[int, News | None] = {}
        self.rhythm = Rhythm.of(body, block)

    def before(self, rep: int) -> News | None:
        """What the last phase of the rep before says of a rep."""
        news = self._news(rep) if rep <= self._total else None
        return news if news and self._in_last(news) else None

    def opening(self, rep: int, word: str, phase: Phase) -> Cue | None:
        """The first word of a rep with what there is to say of the rep, if that stands there."""
        news = self._news(rep) if rep > 1 else None
        if news is None or self._in_last(news) or not self._in_first(news):
            return None
        roomy, phrases = bool(word) and room(phase) >= ROOM_MS, self._writer.phrases
        if news.rule == "rep-side" and isinstance(phase.say, SideNames):
            return None  # the word names the side
        if not news.number:
            said = [sentence(word), news.text]
            if self._body.alternating:  # whose turn it is, before what is done
                said.reverse()
            text = " ".join(said) if roomy else news.fewer or news.text
            return self._cue(text, news.text, news.fewer)
        bare = self._body.counter("reps").spoken(news.number)
        joined = phrases("cue.number-with", what=word, number=news.number)
        return self._cue(joined, bare) if roomy else self._cue(bare)

    def instead(self, news: News, word: str, phase: Phase) -> Cue | None:
        """What the last phase says in place of its word, where there is no room for both.

        The last one is never lost, nor what follows at once: rather the word that everybody knows
        by now.
        """
        left = room(phase) - _CHIMED * self.chimes(phase, last=True)
        if news.rule == "next-exercise" and left < ROOM_MS:
            return self._cue(news.fewer)
        if news.rule != "last-one" or left >= _NUMBERS_MATTER_FROM:
            return None
        fewer = news.fewer or news.text
        rate = self._writer.settings.rate
        if phase.kind is PhaseKind.RELEASE and left >= AFTER_WORD + sum(
            speaking_ms(each, rate) for each in (word, fewer)
        ):
            return None
        if phase.kind is PhaseKind.RELEASE:  # whoever holds must hear it
            return self._cue(f"{sentence(word)} {fewer}", sentence(word))
        if not word or left < ROOM_MS:
            return self._cue(fewer)
        return self._cue(f"{sentence(word)} {news.text}", fewer)

    def chimes(self, phase: Phase, *, last: bool) -> bool:
        """Whether a phase has its chime: not where that leaves no room for the `last` one."""
        if not phase.chime or not self._writer.says("chime"):
            return False
        return not last or room(phase) - _CHIMED >= ROOM_MS

    def _cue(self, text: str, *shorter: str) -> Cue:
        cue = self._writer.cue("action", text, self._body.origin("reps"))
        return self._writer.or_less(cue, *shorter)

    def _in_last(self, news: News) -> bool:
        """Whether it is said in the last phase of the rep before."""
        last, rhythm = self.rhythm.phases[-1], self.rhythm
        released = last.kind is PhaseKind.RELEASE
        if news.rule == "last-one":
            least = _ROOM_IN_ONE if released else min(_ROOM_ALONE, room(rhythm.phases[0]))
            return room(last) >= least
        cramped = released and room(last) < ROOM_MS
        if self._long and not cramped:
            return True
        if rhythm.fast or cramped:
            return False
        counted = rhythm.has_numbers(self._body, last)
        if not counted or room(last) < _NUMBERS_MATTER_FROM or news.rule == "rep-side":
            return True
        if news.number:
            return False
        return news.rule != "two-more" or rhythm.counter(self._body).counts_all(room(last))

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

    def _news(self, rep: int) -> News | None:
        """Each is worded once, as wordings take turns."""
        if rep not in self._told:
            self._told[rep] = self._worded(rep)
        return self._told[rep]

    def _worded(self, rep: int) -> News | None:
        if self._body.alternating:
            return self._of_side(rep)
        return self._of_breath(rep) if self.rhythm.breathing else self._of_rep(rep, self._total)

    def _of_rep(self, rep: int, total: int) -> News | None:
        if landmark := self._landmark(rep, total):
            return self._at_landmark(*landmark)
        if not self._writer.says("rep-number"):
            return None
        if self._long and self._writer.settings.count is not Count.OFF:
            return News("rep-number", self._writer.vary("cue.number-next", number=rep, total=total))
        if not numbered(self._body):
            return None
        return News("rep-number", self._writer.phrases("cue.number", number=rep), number=rep)

    def _at_landmark(self, rule: str, key: str) -> News:
        """In the wording whose turn it is; one that is not heard takes no turn."""
        shortest = self._writer.shortest(key)
        told_as = News("rep-side" if self._body.alternating else rule, shortest)
        if not (self._in_last(told_as) or self._in_first(told_as)):
            return News(rule, shortest)
        text = self._writer.vary(key)
        return News(rule, text, shortest, more=self._encouraging(rule, text))

    def _encouraging(self, rule: str, text: str) -> str:
        """The last one of many with a word of encouragement: once an exercise, as it ends."""
        body, many = self._body, sum(block.reps for block in self._body.blocks) >= _MANY
        ends = rule == "last-one" and self._block is body.blocks[-1] and body.last_round
        effort = not (self.rhythm.breathing or body.alternating or self._long)
        if many and ends and effort and self._writer.says("encourage"):
            return f"{text} {self._writer.vary('cue.encourage-rep')}"
        return ""

    def _landmark(self, rep: int, total: int) -> tuple[str, str] | None:
        short = room(self.rhythm.phases[-1]) < ROOM_MS
        found = _landmarks(rep, total, long=self._long, short=short)
        return next((each for each in found if self._writer.says(each[0])), None)

    def _of_side(self, rep: int) -> News | None:
        """The side; with its first rep of a pair also which that is, with the last one always."""
        side = self._body.side_of(self._block, rep)
        if side is None or not self._writer.says("rep-side"):
            return None
        named = self._writer.phrases("cue.rep-side", side=self._body.side_name(side))
        pair, first = (rep + 1) // 2, rep % 2 == 1
        news = None
        if (first or pair == self._pairs) and pair > 1 and not self.rhythm.breathing:
            news = self._of_rep(pair, self._pairs)
        if rep == self._total and self._writer.says("last-one"):
            news = news or self._at_landmark("last-one", "cue.last-one")
        if news is None or (news.number and self._counts_on()):
            return News("rep-side", named)
        if self.rhythm.fast and news.number:
            return news
        last = news.rule == "last-one" and rep == self._total
        few = news.fewer or news.text
        return News(
            "last-one" if last else "rep-side",
            f"{few} {named}",
            few if last else named,
            more=f"{news.text} {named}",
        )

    def _counts_on(self) -> bool:
        """Whether the last seconds of a rep are counted, behind what is said of the next."""
        last = self.rhythm.phases[-1]
        counted = self.rhythm.has_numbers(self._body, last)
        return counted and not self.rhythm.counter(self._body).counts_all(last.time.natural)

    def _of_breath(self, rep: int) -> News | None:
        """A word of time now and then; numbers only for who asks for every one there is."""
        rule, _ = self._landmark(rep, self._total) or ("", "")
        if rule == "reps-halfway":
            return News(rule, self._writer.vary("cue.half-over"))
        if rule == "last-one" or (not rule and self._writer.settings.count is Count.EVERY):
            return self._of_rep(rep, self._total)
        if self._minute_left(rep):
            return News("time-left", sentence(self._writer.vary("cue.minutes-left", minutes=1)))
        return None

    def _minute_left(self, rep: int) -> bool:
        """Whether the last minute of a long time begins about with a rep."""
        length = whole_ms(self.rhythm.phases)
        if length is None or length * self._total < _LONG_BREATHING:
            return False
        off = length * (self._total - rep + 1) - _MINUTE
        return abs(off) <= _ABOUT and -length < 2 * off <= length


def opened(
    body: Body,
    placements: list[Placement],
    length: int,
    announced: Cue | None,
    *,
    chime: bool,
) -> list[Placement]:
    """The chime before the word on beat 0, the announcement after it.

    Numbers give way on the beats on which these are still heard.
    """
    at_once = placements and instant(placements[0], length) == 0
    word = placements[0].cue if at_once and placements[0].cue.kind not in NUMBERS else None
    lead = [Placement(body.writer.cue("chime", Chime.SIDE))] if chime else []
    if word:
        lead.append(Placement(word, Anchor.AFTER, _AFTER_CHIME) if lead else Placement(word))
    beats = len(lead)
    if announced:
        after = Placement(announced, Anchor.AFTER, AFTER_WORD)
        lead.append(after if lead else Placement(announced))
        beats += 2 if beats else 1
    others = placements[1:] if word else placements
    kept = (
        each
        for each in others
        if each.cue.kind not in NUMBERS or instant(each, length) >= beats * BEAT_MS
    )
    return [*lead, *kept]


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
        yield "reps-halfway", "cue.halfway"
