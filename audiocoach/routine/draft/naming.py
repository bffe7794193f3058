"""What an exercise is called, and the count that may stand in front of its name."""

from __future__ import annotations

import re
from typing import Final

from audiocoach.routine.draft.blocks import Section
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import number
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.sentences import Clause

_MOST_WORDS: Final = 6
"""Words of a name that stands among figures."""


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
    told = _name_behind(book, section)
    if told:
        phase = phase_of(book, section.label or book.view[begin:end])
        words = " ".join(book.draft.text[slice(*told)].split())
        return DraftExercise(words, told, label=section.label, phase=phase, part=section.part)
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
    return DraftExercise(
        name[:80].strip() or "?", (begin, end), label=section.label, part=section.part
    )


def _name_behind(book: Book, section: Section) -> Span | None:
    """The name that stands behind what is none: "Warm-up first: 4 min skipping"."""
    name = book.view[slice(*section.name)]
    if not section.lines or section.style == "part":
        return None
    first_line = section.lines[0]
    if book.grammar.pattern("scope", "by_clock").match(name):
        return name_in(book, Clause(name, section.name[0], book.grammar))
    run_in = section.heading is not None and first_line.end == section.heading.end
    if run_in and first_line.start > section.name[1] and leads(book, name):
        return name_in(book, Clause(first_line.text, first_line.start, book.grammar))
    return None


def leads(book: Book, name: str) -> bool:
    """Whether what stands in front is no name: "Then:", "Cool-down:"."""
    lead = book.grammar.pattern("words", "lead").fullmatch(name)
    return bool(lead) or (len(name.split()) < 4 and phase_of(book, name) != "main")


def phase_of(book: Book, label: str) -> str:
    """The phase of the session that a label names."""
    for name, phase in (("warmup", "warmup"), ("cooldown", "cooldown")):
        if label and book.grammar.pattern("scope", name).search(label):
            return phase
    return "main"


def name_in(book: Book, clause: Clause) -> Span | None:
    """The words of a part that are no figure: the name."""
    clock = book.grammar.pattern("scope", "by_clock")
    around = book.grammar.pattern("words", "around_name")
    found = []
    for match in re.finditer(r"[^\W\d_][^,;:()\U000F0000-\U000FFFFF]*", clause.tagged.text):
        words = match[0].rstrip(" -–—.:")
        lead = re.match(rf"(?:{around.pattern})+", f"{words} ", re.IGNORECASE)
        begin = lead.end() if lead else 0
        kept = re.sub(
            rf"(?:\s+(?:{around.pattern.strip()}))+$", "", f"{words[begin:]} ", flags=re.IGNORECASE
        )
        kept = kept.strip()
        if (
            len(kept) > 2
            and len(kept.split()) <= _MOST_WORDS
            and book.is_name(kept)
            and not clock.match(kept)
        ):
            place = match.start() + begin
            found.append((kept, clause.tagged.source(place, place + len(kept))))
    warm = [each for each in found if not _is_phase(book, each[0])]
    return next((span for _, span in warm or found), None)


def _is_phase(book: Book, words: str) -> bool:
    pattern = book.grammar.pattern
    return any(pattern("scope", name).match(words) for name in ("warmup", "cooldown"))
