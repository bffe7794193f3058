"""What the words of a figure say, by the grammar that reads a text for us.

By this the figures of another writer are checked: an angle is no time, "three times a day" no set,
and a rest between sets is none between reps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from audiocoach.routine.draft.asked import WORDED
from audiocoach.routine.draft.book import view_of
from audiocoach.routine.draft.model import Draft, Figure, Span
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import Grammar, grammar_for

_TIMES: Final = frozenset(("duration", "counts", "durations"))
_COUNTS: Final = frozenset(("number", "times", "reps", "list", "more", "sets", "rounds"))
_KINDS: Final = {
    "sets": _COUNTS - {"reps"},
    "reps": (_COUNTS | {"counts", "breaths"}) - {"sets"},
    "rounds": _COUNTS - {"reps"},
    "hold_breaths": frozenset(("breaths",)),
    "schedule": frozenset(("frequency",)),
    "tempo": frozenset(("tempo",)),
}
"""The kinds of items a figure may come from; all others are times."""
_PLAIN_TIMES: Final = frozenset(("phases_s", "hold_s", "rest_s", "rep_rest_s"))
"""Times that may be told by a bare number: "hold for four"."""
_SIDES: Final = frozenset(("right", "left"))
_LEVELS: Final = frozenset(("beginner", "intermediate", "advanced"))
_ENDS: Final = 2
GROUP: Final = "group "
"""What stands before the name of a figure of a group, whose rest is another than a set's."""


class Words:
    """The words of a text, and the figures that we read in it."""

    def __init__(self, own: Draft) -> None:
        self.view = view_of(own.text)
        self.grammar: Grammar = grammar_for(own.language)
        self.sentences = list(_sentences(self.view))
        self.read = list(figures_of(own))

    def problem(self, field: str, value: Any, spans: tuple[Span, ...]) -> str:
        """Why a figure is not that of its words; "" if it is."""
        if not spans:
            return "its words are not in the text"
        name = field.removeprefix(GROUP)
        if name in WORDED:
            return "" if self._worded(name, value, spans) else "its words do not say so"
        if name == "schedule":
            same = self._often(value, spans) and self._is_said(name, value, spans)
            return "" if same else "its words say another schedule"
        wanted = _numbers_of(value)
        if not (wanted and _is_shaped(name, value)):
            return "that is not a figure"
        if not self._is_said(name, value, spans):
            return "its words say another figure"
        other = self._other(field, wanted, spans)
        return f"its words say `{other.removeprefix(GROUP).removesuffix('_s')}`" if other else ""

    def _is_said(self, field: str, value: Any, spans: tuple[Span, ...]) -> bool:
        """Whether all numbers of a value are in its words, and as many phases."""
        fewer = field == "phases_s" and len(value) > len(list(self._items(field, spans)))
        return not fewer and _numbers_of(value) <= self._said(field, spans)

    def _other(self, field: str, wanted: set[float], spans: tuple[Span, ...]) -> str:
        """What else than that field we are sure to have read in some words; "" if nothing."""
        inside = [
            (name, made)
            for name, made in self.read
            if any(a < end and begin < b for a, b in spans for begin, end in made.spans)
        ]
        if any(name == field for name, _ in inside):
            return ""
        return next(
            (name for name, made in inside if not made.doubt and _numbers_of(made.value) == wanted),
            "",
        )

    def saying_no(self) -> list[str]:
        """The sentences that say not to do an exercise."""
        pattern = self.grammar.pattern("scope", "refused")
        told = (self.view[slice(*span)] for span in self.sentences)
        return [each for each in told if pattern.search(each)]

    def denied(self, span: Span) -> bool:
        """Whether the sentence around some words seems to say that these are not needed."""
        around = next((each for each in self.sentences if each[0] <= span[0] < each[1]), span)
        sentence = Clause(self.view[slice(*around)], around[0], self.grammar)
        return sentence.has("words", "negated")

    def _often(self, value: Any, spans: tuple[Span, ...]) -> bool:
        """Whether a schedule is in the units that its words have: a day is no week."""
        if not isinstance(value, dict):
            return False
        told = [item for item, _ in self._items("schedule", spans)]
        if isinstance(value.get("every"), str):
            unit = value["every"].rpartition(" ")[2].removesuffix("s")
            return any(each.per == unit and each.unit == "every" for each in told)
        return any(
            each.per == value.get("per") and (each.unit != "every" or each.high == 1)
            for each in told
        )

    def _worded(self, field: str, value: Any, spans: tuple[Span, ...]) -> bool:
        words = [self.view[slice(*span)] for span in spans]
        if field == "each":
            known = isinstance(value, list) and all(isinstance(each, str) for each in value)
            told = " ".join(words).casefold()
            return known and len(value) > 1 and all(each.casefold() in told for each in value)
        if not isinstance(value, str):
            return False
        if field == "position":
            found = dict(self.grammar.section("position"))
            return value in found and any(found[value].search(each) for each in words)
        pattern = self.grammar.pattern("sides", value.replace("-", "_"))
        return value == "both" or any(pattern.search(each) for each in words)

    def _items(self, field: str, spans: tuple[Span, ...]) -> Iterator[tuple[Any, Clause]]:
        """The items inside the words, read in their whole sentences."""
        kinds = _KINDS.get(field, _TIMES)
        if field in _PLAIN_TIMES:
            kinds |= {"number"}
        for span in spans:
            for begin, end in self.sentences:
                if end <= span[0] or begin >= span[1]:
                    continue
                clause = Clause(self.view[begin:end], begin, self.grammar)
                for at, char in enumerate(clause.tagged.text):
                    item = clause.tagged.items.get(char)
                    place = clause.tagged.source(at, at + 1)
                    if item and item.kind in kinds and place[0] < span[1] and span[0] < place[1]:
                        yield item, clause

    def _said(self, field: str, spans: tuple[Span, ...]) -> set[float]:
        """All numbers that the words say, of the kind that the figure is."""
        said: set[float] = set()
        for item, clause in self._items(field, spans):
            if item.kind == "tempo":
                said |= {float(digit) for digit in item.text if digit.isdigit()}
                continue
            more = 1 if item.kind == "more" else 0
            said |= {item.low + more, item.high + more, *item.values}
            if item.kind == "frequency" and field != "schedule":
                said.clear()
            if clause.has("words", "once_only"):
                said.add(1)
        return said | ({0.0} if field == "tempo" else set())

    def doubt(self, field: str, spans: tuple[Span, ...]) -> str:
        """The doubt that the grammar sees in the words."""
        for item, clause in self._items(field, spans):
            if item.doubt:
                return str(item.doubt)
            if clause.has("bounds", "beside"):
                return "able"
            if clause.has("scope", "ignored"):
                return "the sentence may be about something else: does this belong to the dose?"
        if field == "sides" and self.grammar.pattern("sides", "affected").search(
            " ".join(self.view[slice(*span)] for span in spans)
        ):
            return "affected"
        return ""


def figures_of(draft: Draft) -> Iterator[tuple[str, Figure]]:
    """All figures of a draft, with their names; those of a group have `GROUP` in front."""
    yield from draft.figures.items()
    for exercise in draft.exercises:
        yield from exercise.figures.items()
    for group in draft.groups:
        yield from ((f"{GROUP}{name}", made) for name, made in group.figures.items())


def _numbers_of(value: Any) -> set[float]:
    """All numbers of a value; none for what is no figure."""
    try:
        return set(_numbers(value))
    except (TypeError, ValueError):
        return set()


def _is_shaped(field: str, value: Any) -> bool:
    """Whether a value has the shape of a figure: a number, `[min, max]`, or several by name."""
    if isinstance(value, dict):
        if set(value) == {"per_set"}:
            return isinstance(value["per_set"], list)
        return set(value) <= _SIDES or set(value) <= _LEVELS
    if isinstance(value, list) and field != "phases_s":
        return len(value) == _ENDS
    return field != "phases_s" or isinstance(value, list)


def _numbers(value: Any) -> Iterator[float]:
    """All numbers of a value. Raises ValueError or TypeError for what is no figure."""
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, int | float):
        if not 0 <= value <= 1_000_000:
            raise ValueError
        yield float(value)
    elif isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("per",):
                yield from _numbers(each)
    elif isinstance(value, str):
        yield from (float(digits) for digits in re.findall(r"\d+(?:\.\d+)?", value))
    else:
        raise TypeError


def _sentences(view: str) -> Iterator[Span]:
    at = 0
    for match in re.finditer(r"[.!?]+(?=\s|$)|\n", view):
        if view[at : match.end()].strip():
            yield at, match.end()
        at = match.end()
    if view[at:].strip():
        yield at, len(view)
