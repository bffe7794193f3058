"""The check of a draft that somebody else wrote: a language model, a program of the user's own.

No figure of theirs is taken on trust. Its words must stand in the text, and must say it by the
same grammar that reads a text for us; else it becomes a question, with what the writer said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from audiocoach.routine.draft.asked import WORDED
from audiocoach.routine.draft.book import view_of
from audiocoach.routine.draft.model import (
    EXERCISE_FIELDS,
    Draft,
    DraftExercise,
    DraftGroup,
    Figure,
    Span,
)
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import Grammar, grammar_for
from audiocoach.wording import one_line

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
_MOST_EXERCISES: Final = 200
_SIDES: Final = frozenset(("right", "left"))
_LEVELS: Final = frozenset(("beginner", "intermediate", "advanced"))
_ENDS: Final = 2


class AnswerError(Exception):
    """An answer that can't be used at all; the message says why."""


def parsed(answer: str) -> dict[str, Any]:
    """The JSON object in an answer, whatever stands around it. Raises AnswerError."""
    decoder = json.JSONDecoder()
    tried = 0
    for match in re.finditer(r"\{", answer):
        tried += 1
        try:
            found, _ = decoder.raw_decode(answer, match.start())
        except (ValueError, RecursionError):
            if tried > 50:
                break
            continue
        if isinstance(found, dict) and isinstance(found.get("exercises"), list):
            return found
    raise AnswerError("its answer holds no JSON object with exercises")


def checked(answer: dict[str, Any], own: Draft) -> Draft:
    """The draft that an answer makes, each figure held against the text; `own` is our reading."""
    return _Check(own).draft(answer)


class _Check:
    def __init__(self, own: Draft) -> None:
        self.own = own
        self.text = own.text
        self.view = view_of(own.text)
        self.grammar: Grammar = grammar_for(own.language)
        self.sentences = list(_sentences(self.view))

    def draft(self, answer: dict[str, Any]) -> Draft:
        own = self.own
        title = answer.get("title")
        title = one_line(title)[:80] if isinstance(title, str) and title.strip() else own.title
        draft = Draft(self.text, own.language, title)
        draft.left_out, draft.forbidden = own.left_out, own.forbidden
        for entry in answer["exercises"][:_MOST_EXERCISES]:
            exercise = self._exercise(entry) if isinstance(entry, dict) else None
            if exercise:
                draft.exercises.append(exercise)
        self._session(draft, answer)
        self._groups(draft, answer)
        draft.equipment = self._things(answer)
        draft.unread = sorted({*own.unread, *self._untaken(draft)})
        return draft

    def _untaken(self, draft: Draft) -> Iterator[Span]:
        """The words of figures that we read, and of which the writer made none."""
        taken = [span for made in _figures(draft) for span in made.spans]
        for made in _figures(self.own):
            for begin, end in made.spans:
                if not any(a < end and begin < b for a, b in taken):
                    yield begin, end

    def _exercise(self, entry: dict[str, Any]) -> DraftExercise | None:
        name = entry.get("name")
        if not isinstance(name, str) or not re.search(r"[^\W_]", name) or self._forbidden(name):
            return None
        name = one_line(name)[:80].strip()
        twin = self._twin(name)
        exercise = DraftExercise(name, twin.name_span if twin else None)
        if twin:
            exercise.sentences, exercise.phase = twin.sentences, twin.phase
            exercise.limb, exercise.label = twin.limb, twin.label
        if name.casefold() not in " ".join(self.text.casefold().split()):
            exercise.doubts["name"] = "the writer's name is not in the text: is this an exercise?"
        for field in EXERCISE_FIELDS:
            self._take(exercise, field, entry, twin)
        exercise.equipment = self._things(entry)
        if twin and "phases_s" in exercise.figures:
            exercise.phase_words = twin.phase_words
        return exercise

    def _forbidden(self, name: str) -> bool:
        words = set(re.findall(r"\w{3,}", name.casefold()))
        told = [self.text[slice(*span)] for span in self.own.forbidden]
        told += [s for s in self.sentences_saying_no() if s]
        return any(words and words <= set(re.findall(r"\w{3,}", each.casefold())) for each in told)

    def sentences_saying_no(self) -> list[str]:
        """The sentences that say not to do an exercise."""
        pattern = self.grammar.pattern("scope", "refused")
        return [
            self.view[slice(*span)]
            for span in self.sentences
            if pattern.search(self.view[slice(*span)])
        ]

    def _twin(self, name: str) -> DraftExercise | None:
        """The exercise of our own reading that is the same one."""
        words = set(re.findall(r"\w{3,}", name.casefold()))
        best, most = None, 0.0
        for each in self.own.exercises:
            other = set(re.findall(r"\w{3,}", each.name.casefold()))
            alike = len(words & other) / max(len(words | other), 1)
            if alike > most:
                best, most = each, alike
        return best if most >= 0.5 else None

    def _take(
        self, exercise: DraftExercise, field: str, entry: dict[str, Any], twin: DraftExercise | None
    ) -> None:
        value = entry.get(field)
        if value in (None, [], {}, ""):
            return
        spans = self._spans(entry, field)
        problem = self._problem(field, value, spans)
        doubt = self._doubt(field, spans) or self._said_doubt(entry, field)
        ours = twin.figures.get(field) if twin else None
        if not problem and ours and ours.value != value:
            doubt = (
                doubt
                or f"the writer says {_short(value)}, the words seem to say {_short(ours.value)}"
            )
        if problem:
            exercise.doubts[field] = f"the writer says {_short(value)}, and {problem}"
        else:
            exercise.put(field, Figure(value, spans, doubt))

    def _said_doubt(self, entry: dict[str, Any], field: str) -> str:
        for each in _listed(entry, "ambiguous"):
            name, _, why = str(each).partition(":")
            if name.strip() == field:
                return one_line(why)[:200].strip() or "the writer is not sure"
        return ""

    def _spans(self, entry: dict[str, Any], field: str) -> tuple[Span, ...]:
        """The places of the words of a figure; none if any of them is not in the text."""
        evidence = entry.get("evidence")
        words = evidence.get(field) if isinstance(evidence, dict) else None
        listed = [words] if isinstance(words, str) else words
        if not isinstance(listed, list) or not listed:
            return ()
        spans = []
        for each in listed:
            at = self.text.find(each) if isinstance(each, str) and each.strip() else -1
            if at < 0:
                return ()
            spans.append((at, at + len(each)))
        return tuple(spans)

    # what the words say

    def _problem(self, field: str, value: Any, spans: tuple[Span, ...]) -> str:
        """Why a figure is not that of its words; "" if it is."""
        if not spans:
            return "its words are not in the text"
        if field in WORDED:
            return "" if self._worded(field, value, spans) else "its words do not say so"
        if field == "schedule" and not self._often(value, spans):
            return "its words say another schedule"
        try:
            wanted = set(_numbers(value))
        except (TypeError, ValueError):
            return "that is not a figure"
        if field != "schedule" and not (wanted and _is_shaped(field, value)):
            return "that is not a figure"
        fewer = field == "phases_s" and len(value) > len(list(self._items(field, spans)))
        right = wanted <= self._said(field, spans) and not fewer
        return "" if right else "its words say another figure"

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
            return known and len(value) > 1
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

    def _doubt(self, field: str, spans: tuple[Span, ...]) -> str:
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

    # the session

    def _session(self, draft: Draft, answer: dict[str, Any]) -> None:
        for field in ("duration_s", "schedule"):
            value = answer.get(field)
            spans = self._spans(answer, field)
            if value in (None, {}, []) or self._problem(field, value, spans):
                continue
            draft.figures[field] = Figure(value, spans, self._doubt(field, spans))

    def _groups(self, draft: Draft, answer: dict[str, Any]) -> None:
        names = [exercise.name for exercise in draft.exercises]
        for entry in _listed(answer, "groups"):
            if not isinstance(entry, dict) or not isinstance(entry.get("members"), list):
                continue
            members = [names.index(name) for name in entry["members"] if name in names]
            figures = {}
            for field in ("rounds", "rest_s", "between_rest_s", "until_s"):
                value, spans = entry.get(field), self._spans(entry, field)
                if value not in (None, [], {}) and not self._problem(field, value, spans):
                    figures[field] = Figure(value, spans, self._doubt(field, spans))
            if members and figures:
                draft.groups.append(DraftGroup(list(dict.fromkeys(members)), figures))

    def _things(self, entry: dict[str, Any]) -> dict[str, Span]:
        found = {}
        for name in _listed(entry, "equipment"):
            at = self.text.casefold().find(str(name).casefold()) if str(name).strip() else -1
            if isinstance(name, str) and at >= 0 and re.search(r"[^\W_]", name):
                found[one_line(name)[:80]] = (at, at + len(name))
        return found


def _listed(entry: dict[str, Any], field: str) -> list[Any]:
    """A list of an answer; empty if it is anything else."""
    found = entry.get(field)
    return found if isinstance(found, list) else []


def _figures(draft: Draft) -> Iterator[Figure]:
    yield from draft.figures.values()
    for exercise in draft.exercises:
        yield from exercise.figures.values()
    for group in draft.groups:
        yield from group.figures.values()


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


def _short(value: Any) -> str:
    return one_line(json.dumps(value, ensure_ascii=False))[:60]


def _sentences(view: str) -> Iterator[Span]:
    at = 0
    for match in re.finditer(r"[.!?]+(?=\s|$)|\n", view):
        if view[at : match.end()].strip():
            yield at, match.end()
        at = match.end()
    if view[at:].strip():
        yield at, len(view)
