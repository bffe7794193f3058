"""What is said during a long time: the time left, in round figures, and what fills the silence.

Nobody counts down fifteen minutes of ice. A coach announces halfway, whole minutes, the last
minute, thirty and ten seconds, and breaks long silences with a word on form or breath.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise
from audiocoach.timeline.script import Cue, Origin

_SECOND: Final = 1_000
_MINUTE: Final = 60 * _SECOND
_ROUND: Final = (5, 10, 2, 15, 20, 30, 3, 4, 45, 60, 90, 120, 180, 240, 300, 360)
"""Minutes left that people tell beside the last one, the most telling first."""
_HALF_A_MINUTE: Final = 30 * _SECOND
_APART: Final = 20 * _SECOND
"""Half a minute is told this far from anything else; the last minute, half a minute far."""
_MINUTES_APART: Final = (45 * _SECOND, 120 * _SECOND)
"""Other minutes are told a twelfth of the time apart, inside these limits."""
_LONG: Final = 15 * _SECOND
"""Only between words this far apart there is room for a whole sentence of the routine."""
_OWN: Final = ("feel", "breath", "mistake")
"""Fields with what a coach says again in the middle of an exercise."""
_MOST_LETTERS: Final = 90


def round_calls(length: int, told: Iterable[int]) -> list[int]:
    """The times left (ms) to announce in a time of `length` ms, besides those already `told`."""
    if length < _MINUTE:
        return []
    low, high = _MINUTES_APART
    apart = min(max(length // 12, low), high)
    wanted = [(minutes * _MINUTE, apart) for minutes in _ROUND]
    taken, calls = {0, *told}, []
    for left, distance in [(_MINUTE, _HALF_A_MINUTE), *wanted, (_HALF_A_MINUTE, _APART)]:
        at = length - left
        if at > 0 and all(abs(at - each) >= distance for each in taken):
            calls.append(left)
            taken.add(at)
    return sorted(calls, reverse=True)


def unbroken(told: Iterable[int], limit: int) -> list[int]:
    """The instants (ms) at which to speak so that no silence between those `told` is too long.

    On whole seconds, evenly spread, and no more than needed. Without a limit (0) there are none.
    """
    silences = pairwise(sorted(set(told))) if limit else ()
    return [mark for start, end in silences for mark in _evenly(start, end, limit)]


def _evenly(start: int, end: int, limit: int) -> list[int]:
    parts = max(-(-(end - start) // limit), 1)
    while True:
        steps = (start + part * (end - start) // parts for part in range(1, parts))
        marks = [step // _SECOND * _SECOND for step in steps]
        if max(after - before for before, after in pairwise([start, *marks, end])) <= limit:
            return marks
        parts += 1


def tells_of_breath(phrases: Phrases, text: str) -> bool:
    """Whether a text has a word for breath or breathing."""
    stems = phrases.inline("words.breathing").split()
    return any(each in text.casefold() for each in stems)


def guides_breath(phrases: Phrases, exercise: Exercise) -> bool:
    """Whether an exercise tells how to breathe, so that no phrase of ours should."""
    each = exercise
    words = (each.name, each.act.say, each.release.say, each.go, each.stop)
    own = (*words, *(line.say for line in each.movement), *(part.say for part in each.phases))
    return any(_is_of_breath(phrases, str(word)) for word in own if word)


def _is_of_breath(phrases: Phrases, words: str) -> bool:
    first, *_ = [*words.casefold().split(), ""]
    known = phrases.inline("words.breath").split()
    return first.strip(".,:!") in known or tells_of_breath(phrases, words)


class Remarks:
    """What fills a long time, in turn: the exercise's own lines, and general remarks.

    If `resting`, remarks on resting, and lines about what comes next. In an `effort` nothing is
    said that would let go of a load.
    """

    def __init__(
        self,
        writer: Writer,
        exercise: Exercise | None = None,
        *,
        resting: bool = False,
        effort: bool = False,
    ) -> None:
        self._writer = writer
        self._exercise = exercise
        self.resting = resting or exercise is None
        self._stock = f"cue.{'rest-remark' if self.resting else 'remark'}"
        if effort and not self.resting:
            self._stock = "cue.remark-effort"

    def cue(self, limit: int) -> Cue:
        """The remark whose turn it is, where nothing may be silent for longer than `limit` ms."""
        own = tuple(self._own()) if limit >= _LONG else ()
        key = self._stock
        name = self._exercise.name if self._exercise else ""
        both = range(len(own) + len(self._writer.phrases.wordings(key)))
        own_next, stock_next = divmod(self._writer.next_of(f"{key} {name}", both), 2)
        if own_next < len(own) and not stock_next:
            text, origin = own[own_next]
            if self.resting:  # it is for later
                first, *_ = sentences(text, self._writer.language)
                text = f"{self._writer.phrases('cue.rest-recall')} {first}"
            return self._writer.cue("remark", text, origin)
        texts = (self._writer.vary(key) for _ in self._writer.phrases.wordings(key))
        return self._writer.cue("remark", next(filter(self._goes_with_it, texts)))

    def _goes_with_it(self, remark: str) -> bool:
        """Whether a remark is in place: not one on breathing where the routine tells how."""
        each = self._exercise
        if self.resting or each is None or not tells_of_breath(self._writer.phrases, remark):
            return True
        return not guides_breath(self._writer.phrases, each)

    def _own(self) -> Iterator[tuple[str, Origin]]:
        for field in _OWN if self._exercise else ():
            for instruction in getattr(self._exercise, field):
                short = len(instruction.say) <= _MOST_LETTERS and not instruction.time
                if short and self._writer.says(field):
                    yield instruction.say, Origin(instruction.line("say"), field)
