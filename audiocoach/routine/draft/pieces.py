"""Reads several exercises in one line: "jog 2 min, walk 90 sec"."""

from __future__ import annotations

from collections import Counter

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.blocks import Section
from audiocoach.routine.draft.book import DOSES, Book
from audiocoach.routine.draft.figures import figure
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Span
from audiocoach.routine.draft.naming import name_in
from audiocoach.routine.draft.sentences import Clause


def pieces_of(
    book: Book, section: Section, clauses: list[Clause]
) -> list[tuple[str, Span, Clause]]:
    head = section.heading
    if not clauses or head is None or head.kind not in ("label", "bullet"):
        return []
    clause = clauses[0]
    name = book.view[slice(*section.name)]
    run_in = section.lines[0].text != head.text
    if run_in and not book.grammar.pattern("words", "lead").fullmatch(name):
        return []
    text = clause.raw
    skip = book.grammar.pattern("words", "lead").match(text)
    at = skip.end() if skip else 0
    parts = []
    for match in [*book.grammar.pattern("words", "split").finditer(text, at), None]:
        end = match.start() if match else len(text)
        if text[at:end].strip():
            begin = at + len(text[at:end]) - len(text[at:end].lstrip())
            parts.append(Clause(text[begin:end].rstrip(" ."), clause.span[0] + begin, book.grammar))
        at = match.end() if match else end
    dosed = [part for part in parts if any(f.field in DOSES for f in part.findings)]
    if len(parts) < 2 or len(dosed) < len(parts):
        return []
    named = []
    for part in parts:
        span = name_in(part)
        if span is None:
            return []
        named.append((book.draft.text[slice(*span)], span, part))
    return named


def add_sequence(
    book: Book, parts: list[tuple[str, Span, Clause]], clauses: list[Clause], section: Section
) -> None:
    count = Counter(name.casefold() for name, _, _ in parts)
    seen: Counter[str] = Counter()
    members = []
    phase = phase_of(book, section.label)
    for name, span, part in parts:
        seen[name.casefold()] += 1
        unique = f"{name} ({seen[name.casefold()]})" if count[name.casefold()] > 1 else name
        members.append(len(book.draft.exercises))
        add(book, DraftExercise(unique[:80], span, phase=phase), [part])
    for clause in clauses[1:]:
        match = book.grammar.pattern("words", "block").search(clause.tagged.text)
        counted = [
            f for f in clause.findings if f.field in ("repeat", "reps", "more", "rounds", "total")
        ]
        if match and counted:
            more = 1 if counted[0].field == "more" else 0
            book.draft.groups.append(DraftGroup(members, {"rounds": figure(counted[0], more)}))


def phase_of(book: Book, label: str) -> str:
    for name, phase in (("warmup", "warmup"), ("cooldown", "cooldown")):
        if label and book.grammar.pattern("scope", name).search(label):
            return phase
    return "main"
