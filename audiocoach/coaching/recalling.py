"""What of a dose is told again in a later round, as another one has been met since.

Who has done twelve swings with 20 kilos is not sure any more that it is eight push-ups with five.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from audiocoach.coaching.body import Line
from audiocoach.coaching.dose import load_forms
from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Exercise
from audiocoach.routine.unfold import Turn, blocks


class _Figures(NamedTuple):
    """How many and with how much: of the first block, and of all."""

    reps: int | None
    """None where what is done is a time, which the listener does not have to know."""
    load: str | None
    all_reps: frozenset[int]
    loads: frozenset[str]


class Recall:
    """Goes through the turns of a routine, and knows whose figures have been met since when."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._met: dict[str, dict[Hashable, int]] = {"reps": {}, "load": {}}
        self._last: dict[tuple[int, ...], tuple[int, _Figures]] = {}
        self._known: dict[int, _Figures] = {}

    def of(
        self, index: int, turn: Turn, dose: Iterable[str], new: Iterable[str]
    ) -> tuple[Line, ...]:
        """What of its `dose` is to be told again before turn number `index`.

        What of it is `new` is told anyway.
        """
        figures = self._figures(turn.exercise)
        whole, known = (" ".join(each).casefold() for each in (dose, new))
        told = tuple(self._again(turn, figures, whole, known))
        for field, values in (("reps", figures.all_reps), ("load", figures.loads)):
            self._met[field] |= dict.fromkeys(values, index)
        self._last[turn.path] = (index, figures)
        return told

    def ahead(self, first: int, turn: Turn) -> None:
        """A turn is explained, with its dose, before turn number `first` is done."""
        self._last[turn.path] = (first - 1, self._figures(turn.exercise))

    def _again(self, turn: Turn, now: _Figures, dose: str, new: str) -> Iterator[Line]:
        if turn.path not in self._last:
            return
        last, before = self._last[turn.path]
        phrases = self._writer.phrases
        # Its own other side has been met since, too.
        since = len(now.all_reps) > 1 or self._others("reps", now.reps, last)
        if now.reps and now.reps == before.reps and since:
            often = phrases.inline("count-reps", reps=now.reps)
            if often.casefold() in dose and often.casefold() not in new:
                yield Line("known-dose", phrases("dose.reps", often=often), field="reps")
        since = len(now.loads) > 1 or self._others("load", now.load, last)
        if now.load and now.load == before.load and since:
            forms = load_forms(phrases, now.load)
            if forms[0].casefold() not in new:
                yield Line("known-dose", forms[-1], field="load")

    def _others(self, field: str, own: Hashable, last: int) -> bool:
        """Whether another figure has been met since turn number `last`."""
        return any(at > last for value, at in self._met[field].items() if value != own)

    def _figures(self, exercise: Exercise) -> _Figures:
        if id(exercise) not in self._known:
            found = tuple(blocks(exercise, self._writer.settings.first_side))
            counts = exercise.in_reps or exercise.way.paced
            self._known[id(exercise)] = _Figures(
                found[0].reps if counts else None,
                found[0].load,
                frozenset(each.reps for each in found if counts),
                frozenset(each.load for each in found if each.load),
            )
        return self._known[id(exercise)]
