"""What the tests of drafts share: the texts, and a draft as lines that a person can check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audiocoach.routine.draft.model import Draft
from audiocoach.routine.draft.questions import question
from audiocoach.routine.draft.reading import language_of, read
from audiocoach.routine.draft.sources import article_text

TEXTS = Path(__file__).parent / "texts"
GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.name for path in TEXTS.iterdir())
SHARED = Path(__file__).parents[4] / "shared"
"""Labelled texts and the sources of the first routines, where they lie beside the checkout."""


def drafted(name: str) -> Draft:
    """The draft of one of the texts."""
    return drafted_text((TEXTS / name).read_bytes(), name)


def drafted_text(data: bytes | str, name: str = "a.txt", language: str | None = None) -> Draft:
    """The draft of any text."""
    data = data.encode() if isinstance(data, str) else data
    text = article_text(data, name)
    return read(text, language or language_of(text) or "en")


def doses(draft: Draft, *fields: str) -> list[tuple[Any, ...]]:
    """The name and some figures of each exercise."""
    return [
        (each.name.lower(), *(each.value(field) for field in fields)) for each in draft.exercises
    ]


def groups(draft: Draft) -> list[tuple[list[str], dict[str, Any]]]:
    """The names and the figures of each group."""
    return [
        (
            [draft.exercises[n].name.lower() for n in group.members],
            {name: made.value for name, made in group.figures.items()},
        )
        for group in draft.groups
    ]


def told(draft: Draft) -> str:
    """The figures of a draft, each with its words and its question."""
    lines = [f"{draft.title} ({draft.language})"]
    lines += [_line(draft, "", name, made) for name, made in draft.figures.items()]
    if draft.equipment:
        lines.append(f"equipment: {', '.join(draft.equipment)}")
    for exercise in draft.exercises:
        lines += ["", exercise.name + (f" ({exercise.phase})" if exercise.phase != "main" else "")]
        lines += [_line(draft, "  ", name, made) for name, made in exercise.figures.items()]
        if exercise.equipment:
            lines.append(f"  equipment: {', '.join(exercise.equipment)}")
        lines += [f"  {name}: ? {question(doubt)}" for name, doubt in exercise.doubts.items()]
    for group in draft.groups:
        lines += ["", "group of " + ", ".join(draft.exercises[n].name for n in group.members)]
        lines += [_line(draft, "  ", name, made) for name, made in group.figures.items()]
    return "\n".join(lines) + "\n"


def _line(draft: Draft, indent: str, name: str, made: object) -> str:
    value, spans = getattr(made, "value", None), getattr(made, "spans", ())
    words = " … ".join(dict.fromkeys(draft.words(span) for span in spans)).replace("\n", " ")
    doubt = getattr(made, "doubt", "")
    return f"{indent}{name}: {value} <- {words}" + (f" ? {question(doubt)}" if doubt else "")
