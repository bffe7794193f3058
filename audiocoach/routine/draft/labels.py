"""A draft as the labels by which drafts are scored; see docs/drafting.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from audiocoach.routine.draft.model import (
    EXERCISE_FIELDS,
    GROUP_FIELDS,
    ONE_A_MINUTE,
    Draft,
    DraftExercise,
    Figure,
    Span,
)
from audiocoach.routine.draft.questions import question


def labels(draft: Draft) -> dict[str, Any]:
    """The draft in the shape of the labels; each figure with its words under `evidence`."""
    names = [exercise.name for exercise in draft.exercises]
    return {
        "title": draft.title,
        "language": draft.language,
        "exercises": [_exercise(draft, exercise) for exercise in draft.exercises],
        "groups": [
            {
                "members": [names[n] for n in group.members],
                **{name: _value(group.figures, name) for name in GROUP_FIELDS},
                **_told(draft, group.figures, {}, group.doubts),
            }
            for group in draft.groups
        ],
        "duration_s": _value(draft.figures, "duration_s"),
        "schedule": _value(draft.figures, "schedule"),
        "equipment": list(draft.equipment),
        **_told(draft, draft.figures, draft.equipment, draft.doubts),
        "left_out": [draft.words(span) for span in draft.left_out],
        "unread": [draft.words(span) for span in draft.unread],
    }


def _exercise(draft: Draft, exercise: DraftExercise) -> dict[str, Any]:
    found: dict[str, Any] = {"name": exercise.name}
    figures = _as_told(exercise.figures)
    found |= {name: _value(figures, name) for name in EXERCISE_FIELDS}
    found["equipment"] = list(exercise.equipment)
    return found | _told(draft, figures, exercise.equipment, exercise.doubts)


def _as_told(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figures, with the minutes that the text gives in place of the sets made of them."""
    told = dict(figures)
    sets, every = told.get("sets"), told.get("every_s")
    if sets and every and sets.derived == ONE_A_MINUTE:
        del told["sets"]
        told["until_s"] = replace(sets, value=sets.value * every.value, derived="")
    return told


def _value(figures: Mapping[str, Figure], name: str) -> Any:
    return figures[name].value if name in figures else None


def _told(
    draft: Draft,
    figures: Mapping[str, Figure],
    equipment: Mapping[str, Span],
    doubts: Mapping[str, str],
) -> dict[str, Any]:
    evidence: dict[str, Any] = {
        name: [draft.words(span) for span in made.spans] for name, made in figures.items()
    }
    if equipment:
        evidence["equipment"] = [draft.words(span) for span in equipment.values()]
    return {
        "evidence": evidence,
        "derived": {name: made.derived for name, made in figures.items() if made.derived},
        "ambiguous": [
            *(f"{name}: {question(made.doubt)}" for name, made in figures.items() if made.doubt),
            *(f"{name}: {question(doubt)}" for name, doubt in doubts.items()),
        ],
    }
