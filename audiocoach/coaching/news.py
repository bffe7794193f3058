"""What is said of a rep, and which reps are landmarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.rules import RULES
from audiocoach.routine.phases import PhaseKind
from audiocoach.routine.unfold import Block
from audiocoach.settings.values import Count

_OF_PAIRS: Final = {
    "cue.last-one": "cue.last-pair",
    "cue.last-bout-next": "cue.last-pair",
    "cue.two-more": "cue.two-pairs",
}


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


def joined(word: str, news: str) -> str:
    """A word and what is said of a rep in one breath: "Lift, last one."."""
    return f"{word.rstrip('.!?…')}, {news[:1].lower()}{news[1:]}" if word else news


def behind(phrases: Phrases, word: str, news: News) -> str:
    """The same of any news: "Close, number two."."""
    if news.number:
        return phrases("cue.number-behind", what=word.rstrip(".!?…"), number=news.number)
    return joined(word, news.few)


def numbered(body: Body) -> bool:
    """Whether each rep that is done is counted."""
    return body.writer.settings.count in (Count.AUTO, Count.EVERY)


def has_long_phases(block: Block) -> bool:
    """Whether a phase has a half time of its own: then reps are announced in whole words."""
    least = RULES["halfway"].least
    long = (phase for phase in block.phases if phase.time.natural >= least)
    return any(phase.kind is PhaseKind.OWN for phase in long)


def landmarks(rep: int, total: int, *, long: bool, short: bool) -> Iterator[tuple[str, str]]:
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


def of_pairs(key: str) -> str:
    """The phrase of a landmark where sides take turns: "last one" could be that of one side."""
    return _OF_PAIRS.get(key, key)
