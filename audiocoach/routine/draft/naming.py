"""What an exercise is called, and the count that may stand in front of its name."""

from __future__ import annotations

import re

from audiocoach.routine.draft.blocks import Line, Section
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import number
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.sentences import Clause


def title_of(line: Line | None, lines: list[Line]) -> str:
    """The first line, or the first short one after it where that is a sentence."""
    short = [each for each in lines[:6] if len(each.text) <= 80 and not each.kind]
    if line is None or len(line.text) > 100:
        line = short[0] if short else line
    if line is None:
        return ""
    text = re.sub(r"^(?:re|fwd?|aw|wg|tr|rv)\s?:\s*", "", line.text, flags=re.IGNORECASE)
    text = re.split(r"\s{3,}|\||\(|(?<=[.!?:])\s", text)[0].strip(" .:-–—#")
    return " ".join(text.split())[:80].strip()


def lead_unit(book: Book) -> str:
    return "|".join(rf"(?:{pattern.pattern})\b" for _, pattern in book.grammar.units)


def count_in_front(book: Book, exercise: DraftExercise) -> None:
    """ "10 push-ups" in a list: ten reps."""
    if book.leading is None or exercise.figures.keys() & {"reps", "hold_s", "work_s", "sets"}:
        return
    begin, end, last = book.leading
    found = Clause(book.view[begin:end], begin, book.grammar).tagged.present()
    if found and found[0].kind in ("number", "times"):
        exercise.put("reps", Figure(number(found[0]), ((begin, last),), found[0].doubt))
    elif found and found[0].kind == "duration":
        exercise.put("work_s", Figure(number(found[0]), ((begin, last),), found[0].doubt))


def named_exercise(book: Book, section: Section) -> DraftExercise:
    begin, end = section.name
    clause = Clause(book.view[begin:end], begin, book.grammar)
    cut = next(
        (
            f.at
            for f in clause.findings
            if f.field not in ("for", "while", "rounds") or f.item.kind != "list"
        ),
        None,
    )
    text = clause.tagged.text
    noise = next(
        (
            n
            for n, c in enumerate(text)
            if c in clause.tagged.items
            and clause.tagged.items[c].kind in ("noise", "distance", "tempo")
        ),
        None,
    )
    places = [at for at in (cut, noise) if at]
    if places:
        at = min(places)
        kept = re.sub(r"[\s(@:,–—-]+$", "", text[:at])
        if kept:
            end = clause.tagged.source(0, len(kept))[1]
    unit = lead_unit(book)
    lead = re.match(rf"\d+(?:\s?[-–]\s?\d+)?\s?(?:x\b|{unit})?\s*", book.view[begin:end])
    if (
        lead
        and section.style in ("bullet", "letter", "lines", "number", "small")
        and lead[0].strip()
    ):
        book.leading = (begin, begin + len(lead[0].rstrip()), end)
        begin += lead.end()
    name = " ".join(book.draft.text[begin:end].replace("*", "").split()).strip(" :.-–—")
    return DraftExercise(name[:80].strip() or "?", (begin, end), label=section.label)


def name_in(clause: Clause) -> Span | None:
    """The words of a part that are no figure: the name."""
    runs = [
        match
        for match in re.finditer(r"[^\W\d_][^,;:()\U000F0000-\U000FFFFF]*", clause.tagged.text)
        if len(match[0].split()) <= 6
    ]
    best = max(runs, key=lambda match: len(match[0].strip()), default=None)
    if best is None or len(best[0].strip()) < 3:
        return None
    kept = re.sub(r"\s+(?:x|for|at|each|e|ea|of)\s*$", "", best[0].rstrip(" -–—.:"))
    begin, end = clause.tagged.source(best.start(), best.start() + len(kept))
    return begin, end
