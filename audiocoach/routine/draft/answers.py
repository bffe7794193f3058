"""The check of a draft that somebody else wrote: a language model, a program of the user's own.

Nothing of theirs is taken on trust. The words of a figure must stand in the text, and must say it
by the same grammar that reads a text for us (`said.py`); else it becomes a question, with what the
writer said. So does an exercise where we found none, and what is said of the session.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from audiocoach.routine.draft.model import (
    EXERCISE_FIELDS,
    Draft,
    DraftExercise,
    DraftGroup,
    Figure,
    Span,
)
from audiocoach.routine.draft.said import GROUP, Words, figures_of
from audiocoach.wording import one_line

_MOST_EXERCISES: Final = 200
_MOST_NAMED: Final = 80
"""Letters of a name or of a title."""
_ALIKE: Final = 0.5
"""Share of the words that two names of one exercise have in common, at least."""
_NOTHING: Final[tuple[object, ...]] = (None, [], {}, "")


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
        self.folded = _folded(own.text)
        self.words = Words(own)

    def draft(self, answer: dict[str, Any]) -> Draft:
        own = self.own
        draft = Draft(self.text, own.language, self._title(answer))
        draft.left_out, draft.forbidden = own.left_out, own.forbidden
        seen: set[str] = set()
        for entry in answer["exercises"][:_MOST_EXERCISES]:
            exercise = self._exercise(entry) if isinstance(entry, dict) else None
            if exercise is None:
                continue
            if exercise.name.casefold() in seen:
                exercise.doubts.setdefault("name", "the writer gives it twice: is it done twice?")
            seen.add(exercise.name.casefold())
            draft.exercises.append(exercise)
        self._session(draft, answer)
        for entry in _listed(answer, "groups"):
            if isinstance(entry, dict):
                self._group(draft, entry)
        draft.equipment = self._things(answer)
        draft.unread = sorted({*own.unread, *self._untaken(draft)})
        return draft

    def _title(self, answer: dict[str, Any]) -> str:
        """The title of the answer if it stands in the text, else ours."""
        title = answer.get("title")
        title = one_line(title)[:_MOST_NAMED].strip() if isinstance(title, str) else ""
        title = " ".join(title.split())
        return title if title and _folded(title) in self.folded else self.own.title

    def _untaken(self, draft: Draft) -> Iterator[Span]:
        """The words of figures that we read, and of which the writer made none."""
        taken = [span for _, made in figures_of(draft) for span in made.spans]
        for _, made in figures_of(self.own):
            for begin, end in made.spans:
                if not any(a < end and begin < b for a, b in taken):
                    yield begin, end

    # exercises

    def _exercise(self, entry: dict[str, Any]) -> DraftExercise | None:
        name = entry.get("name")
        if not isinstance(name, str) or not re.search(r"[^\W_]", name):
            return None
        name = one_line(name)[:_MOST_NAMED].strip()
        twin = self._twin(name)
        known = twin is not None and twin.name.casefold() == name.casefold()
        if not known and self._forbidden(name):
            return None
        exercise = DraftExercise(name, twin.name_span if twin else None)
        if twin:
            exercise.sentences, exercise.phase = twin.sentences, twin.phase
            exercise.limb, exercise.label = twin.limb, twin.label
        if _folded(name) not in self.folded:
            exercise.doubts["name"] = "the writer's name is not in the text: is this an exercise?"
        elif twin is None:
            exercise.doubts["name"] = "the text seems to have no exercise here: is this one?"
        elif "name" in twin.doubts:
            exercise.doubts["name"] = twin.doubts["name"]
        for field in EXERCISE_FIELDS:
            self._take(exercise, field, entry, twin)
        exercise.equipment = self._things(entry)
        if twin and "phases_s" in exercise.figures:
            exercise.phase_words = twin.phase_words
        return exercise

    def _forbidden(self, name: str) -> bool:
        words = _words(name)
        told = [self.text[slice(*span)] for span in self.own.forbidden]
        told += self.words.saying_no()
        return any(words and words <= _words(each) for each in told)

    def _twin(self, name: str) -> DraftExercise | None:
        """The exercise of our own reading that is the same one."""
        words = _words(name)
        best, most = None, 0.0
        for each in self.own.exercises:
            other = _words(each.name)
            alike = len(words & other) / max(len(words | other), 1)
            if alike > most:
                best, most = each, alike
        return best if most >= _ALIKE else None

    def _take(
        self, exercise: DraftExercise, field: str, entry: dict[str, Any], twin: DraftExercise | None
    ) -> None:
        value = entry.get(field)
        if value in _NOTHING:
            return
        ours = twin.figures.get(field) if twin else None
        made = self._figure(field, entry, ours, behind=exercise.name_span)
        if isinstance(made, str):
            exercise.doubts[field] = made
        else:
            exercise.put(field, made)

    def _figure(
        self,
        field: str,
        entry: dict[str, Any],
        ours: Figure | None,
        *,
        behind: Span | None = None,
        grouped: bool = False,
    ) -> Figure | str:
        """A figure of the answer, or what is asked in place of it.

        `ours` is what we read, `behind` the name behind which its words are looked for first.
        """
        value, spans = entry.get(field), self._spans(entry, field, behind[0] if behind else 0)
        problem = self.words.problem(f"{GROUP}{field}" if grouped else field, value, spans)
        if problem:
            return f"the writer says {_short(value)}, and {problem}"
        doubt = self.words.doubt(field, spans) or _said_doubt(entry, field)
        if ours and ours.value != value:
            doubt = (
                doubt
                or f"the writer says {_short(value)}, the words seem to say {_short(ours.value)}"
            )
        return Figure(value, spans, doubt)

    def _spans(self, entry: dict[str, Any], field: str, begin: int) -> tuple[Span, ...]:
        """The places of the words of a figure, from there on if they stand in the text repeatedly;
        none if any of them is not in it."""
        evidence = entry.get("evidence")
        words = evidence.get(field) if isinstance(evidence, dict) else None
        listed = [words] if isinstance(words, str) else words
        if not isinstance(listed, list):
            return ()
        spans = []
        for each in listed:
            if not isinstance(each, str) or not each.strip():
                return ()
            at = self.text.find(each, begin)
            at = self.text.find(each) if at < 0 else at
            if at < 0:
                return ()
            spans.append((at, at + len(each)))
        return tuple(spans)

    # the session

    def _session(self, draft: Draft, answer: dict[str, Any]) -> None:
        for field in ("duration_s", "schedule"):
            if answer.get(field) in _NOTHING:
                continue
            made = self._figure(field, answer, self.own.figures.get(field))
            if isinstance(made, str):
                draft.doubts[field] = made
            else:
                draft.figures[field] = made

    def _group(self, draft: Draft, entry: dict[str, Any]) -> None:
        """Exercises done by turns; without a figure that its words say, questions on all."""
        names = [exercise.name for exercise in draft.exercises]
        told = [str(each) for each in _listed(entry, "members")]
        group = DraftGroup([names.index(name) for name in dict.fromkeys(told) if name in names])
        for field in ("rounds", "rest_s", "between_rest_s", "until_s"):
            if entry.get(field) in _NOTHING:
                continue
            made = self._figure(field, entry, None, grouped=True)
            if isinstance(made, str):
                group.doubts[field] = made
            else:
                group.figures[field] = made
        unknown = one_line(", ".join(name for name in told if name not in names))[:_MOST_NAMED]
        if unknown:
            group.doubts["members"] = f"the writer says {unknown}, and there is no such exercise"
        if group.members and group.figures:
            draft.groups.append(group)
            return
        for field, doubt in group.doubts.items():
            draft.doubts[field] = f"of {one_line(', '.join(told))[:_MOST_NAMED]}: {doubt}"

    def _things(self, entry: dict[str, Any]) -> dict[str, Span]:
        """What is needed: whole words of the text, that we read so, or in no sentence with not."""
        found = {}
        known = {each.casefold() for each in _equipment(self.own)}
        for name in _listed(entry, "equipment"):
            if not isinstance(name, str) or not re.search(r"[^\W_]", name):
                continue
            whole = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
            spans = (match.span() for match in whole.finditer(self.text))
            sure = name.casefold() in known
            span = next((each for each in spans if sure or not self.words.denied(each)), None)
            if span:
                found[one_line(name)[:_MOST_NAMED]] = span
        return found


def _equipment(draft: Draft) -> Iterator[str]:
    yield from draft.equipment
    for exercise in draft.exercises:
        yield from exercise.equipment


def _said_doubt(entry: dict[str, Any], field: str) -> str:
    for each in _listed(entry, "ambiguous"):
        name, _, why = str(each).partition(":")
        if name.strip() == field:
            return one_line(why)[:200].strip() or "the writer is not sure"
    return ""


def _listed(entry: dict[str, Any], field: str) -> list[Any]:
    """A list of an answer; empty if it is anything else."""
    found = entry.get(field)
    return found if isinstance(found, list) else []


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold()))


def _short(value: Any) -> str:
    return one_line(json.dumps(value, ensure_ascii=False))[:60]
