"""What an exercise is called, and the count that may stand in front of its name."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import number
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.parts import Section
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.tables import Grammar

_ANGLES: Final = re.compile(r"90\s?[-/]\s?90(?!\d)")
"""A number that belongs to a name: the 90-90 stretch."""
_COUNT: Final = re.compile(r" \(\d{1,2}\)$")
"""What tells exercises of the same name apart."""
_ROOM: Final = 70
"""Letters of a name before such a count."""
_DASH: Final = re.compile(r"\s*[-–—:,]\s+")
_COUNTED: Final = re.compile(r"\d{1,3} (?P<name>[^\W\d_][^,.;:(]{2,60})")
"""A count in front of a name."""
_HEAD: Final = 20
"""Letters of a heading that tell what it is over."""
_RUN: Final = re.compile(r"[^\W\d_](?:(?! [-–—] )[^,;:.!?()\U000F0000-\U000FFFFF])*")
"""Words without a figure or a sign between them."""
_NEAR: Final = 25
"""Letters before a name under a heading over others; behind more of them stands a sentence."""
_SHORTEST: Final = 3
"""Letters of a name at least."""
_MOST_WORDS: Final = 6
"""Words of a name that stands among figures."""
_FIRST: Final = 3
"""Sentences of a paragraph in which its name stands."""
_MOST_ALONE: Final = 4
"""Words of a name that is a sentence."""


def tell_apart(book: Book) -> None:
    """Count exercises that are called the same, in their order: "run", "run (2)".

    What is also done in between is told apart by its phase: "walk (warm-up)".
    """
    seen: Counter[str] = Counter()
    between = {each.name.casefold() for each in book.draft.exercises if each.phase == "main"}
    for exercise in book.draft.exercises:
        name = _COUNT.sub("", exercise.name)
        if exercise.phase != "main" and name.casefold() in between:
            name = f"{name[:_ROOM]} ({book.grammar.say(exercise.phase)})"
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        exercise.name = name if count == 1 else f"{name[:_ROOM]} ({count})"


def lead_unit(book: Book) -> str:
    return "|".join(rf"(?:{pattern.pattern})\b" for _, pattern in book.grammar.units)


def count_in_front(book: Book, exercise: DraftExercise) -> None:
    """ "10 push-ups" in a list: ten reps."""
    minutes = "every_s" in exercise.figures  # whose sets are as many as the minutes
    filled = {"reps", "hold_s", "work_s"} | (set() if minutes else {"sets"})
    if book.leading is None or exercise.figures.keys() & filled:
        return
    begin, end, last = book.leading
    found = Clause(book.view[begin:end], begin, book.grammar).tagged.present()
    if found and found[0].kind in ("number", "times"):
        exercise.put("reps", Figure(number(found[0]), ((begin, last),), found[0].doubt))
    elif found and found[0].kind == "duration":
        exercise.put("work_s", Figure(number(found[0]), ((begin, last),), found[0].doubt))


def named_exercise(book: Book, section: Section) -> DraftExercise:
    told = _name_behind(book, section)
    if told:
        label = section.label or book.view[slice(*section.name)]
        return _exercise(book, section, told, phase_of(book, label))
    begin, end = _without_figures(book, section)
    if section.style == "lines":
        first = book.said(section.told[:1])[:1]
        told = _name_described(book, section.told[0]) or (
            bare_name(book, *first) if first else None
        )
        if told:
            return _exercise(book, section, told, phase_of(book, section.told[0].text))
    begin += _ordered(book, book.view[begin:end])
    begin += _counted_off(book.grammar, book.view[begin:end])
    lead_in = book.grammar.pattern("words", "lead_in").match(book.view[begin:end])
    if lead_in and lead_in.end() < end - begin:
        begin += lead_in.end()
    end = _shortened(book, begin, end)
    told_before = book.view[begin:end].strip(" :")
    ordered = book.grammar.pattern("prose", "next").fullmatch(f"{told_before} ")
    marked = section.style in ("number", "letter", "bullet") and len(section.told) == 1
    if (section.style in ("lines", "runin") or marked) and (ordered or leads(book, told_before)):
        line = section.told[0]
        told = name_in(book, Clause(line.text, line.start, book.grammar))
        if told:
            return _exercise(book, section, told, phase_of(book, book.view[begin:end]))
    named = book.view[begin:end]
    phase = phase_of(book, named if _says_how(book, named) else section.label)
    if phase != "main" and not book.is_name(book.view[begin:end]):
        told = name_in(book, Clause(book.view[begin : section.told[0].end], begin, book.grammar))
        return _exercise(book, section, told or (begin, end), phase)
    return _exercise(book, section, (begin, end), phase)


def _ordered(book: Book, words: str) -> int:
    """Letters of what only says when, before a dash: "first thing every day - heel raise"."""
    lead = book.grammar.pattern("words", "lead").match(words)
    sign = _DASH.match(words, lead.end()) if lead else None
    return sign.end() if sign and len(words) > sign.end() + _SHORTEST else 0


def _counted_off(grammar: Grammar, words: str) -> int:
    """Letters of a word of order and the small words behind it: "Second, the", "Por último, el"."""
    order = grammar.pattern("prose", "next").match(words)
    if order is None or order[0].rstrip()[-1] not in ",:" or order.end() + _SHORTEST > len(words):
        return 0
    small = re.compile(rf"(?:{grammar.pattern('words', 'around_name').pattern}\s+)*", re.IGNORECASE)
    lead = small.match(words, order.end())
    begin = lead.end() if lead else order.end()
    return 0 if is_manner(grammar, words[begin:].partition(",")[0]) else begin


def name_below(book: Book, section: Section) -> Span | None:
    """The name before a colon behind how one begins: "Lie on your back. Bridge: lift the hips"."""
    head = Clause(book.view[slice(*section.name)], section.name[0], book.grammar)
    clauses = book.said(section.told[:1])
    before, after = ([head], clauses) if section.style == "runin" else (clauses[:1], clauses[1:])
    for clause in after:
        if len(before) >= _FIRST or book.dosed(before[-1]):
            return None  # what follows is about that
        name, colon, told = clause.raw.partition(": ")
        known = leads(book, name) or book.is_column(name) or phase_of(book, name) != "main"
        if colon and told and name[:1].isupper() and book.is_name(name, _MOST_WORDS) and not known:
            return clause.span[0], clause.span[0] + len(name)
        before.append(clause)
    return None


def _exercise(book: Book, section: Section, span: Span, phase: str) -> DraftExercise:
    small = book.grammar.pattern("words", "around_name").pattern
    tail = re.search(rf"(?:\s+{small})+$", book.view[slice(*span)], re.IGNORECASE)
    span = (span[0], span[0] + tail.start()) if tail else span
    name = " ".join(book.draft.text[slice(*span)].replace("*", "").split()).strip(" :.-–—'’′\"”″")
    name = name if ")" in name else name.split(" (")[0]
    if not any(map(str.isalpha, name)) and section.heading:
        name = " ".join(section.heading.text.split())
    name = name[:80].strip() or "?"
    if phase == "main" and section.part >= 0:
        phase = phase_of(book, book.view[section.part :].partition("\n")[0][:_HEAD])
    return DraftExercise(name, span, label=section.label, phase=phase, part=section.part)


def _without_figures(book: Book, section: Section) -> Span:
    """A heading up to its first figure, and from behind a count that leads it."""
    begin, end = section.name
    clause = Clause(book.view[begin:end], begin, book.grammar)
    text = clause.tagged.text
    own = [
        each.at
        for each in clause.findings
        if (each.field not in ("for", "while", "rounds") or each.item.kind != "list")
        and text[each.at] in clause.tagged.items  # "EMOM" alone has none
    ]
    kinds = ("noise", "distance", "tempo")
    noise = [
        at
        for at, char in enumerate(text)
        if char in clause.tagged.items
        and clause.tagged.items[char].kind in kinds
        and not _ANGLES.fullmatch(book.view[slice(*clause.tagged.source(at, at + 1))])
    ]
    places = [at for at in (*own[:1], *noise[:1]) if at]
    if places:
        kept = re.sub(r"[\s(@:,–—-]+$", "", text[: min(places)])
        end = clause.tagged.source(0, len(kept))[1] if kept else end
    same = book.grammar.pattern("words", "same_dose").search(book.view[begin:end])
    end = begin + same.start() if same and same.start() else end
    end = begin + _named_letters(book, book.view[begin:end])
    lead = re.match(
        rf"\d+(?:\s?[-–]\s?\d+)?(?![-–]?\d|(?:st|nd|rd|th)\b)\s?(?:x\b|{lead_unit(book)})?\s*",
        book.view[begin:end],
    )
    styles = ("bullet", "letter", "lines", "number", "small")
    lead = None if _ANGLES.match(book.view[begin:end]) else lead
    if lead and section.style in styles and lead[0].strip():
        book.leading = (begin, begin + len(lead[0].rstrip()), end)
        begin += lead.end()
    return begin, end


def _named_letters(book: Book, words: str) -> int:
    """How many letters of a name come before what goes on with it: "chin tucks, hold"."""
    name, comma, behind = words.rpartition(",")
    goes_on = comma and book.grammar.pattern("prose", "goes_on").match(behind.strip())
    return len(name) if goes_on and name.strip() else len(words)


def _shortened(book: Book, begin: int, end: int) -> int:
    """Where a name ends that is a sentence: at its first comma or colon."""
    words = book.view[begin:end]
    if len(words.split()) <= _MOST_WORDS:
        return end
    cut = re.search(r"[,;:.!?(]|\s[–—-]\s", words[_SHORTEST:])
    return begin + _SHORTEST + cut.start() if cut else end


def _name_behind(book: Book, section: Section) -> Span | None:
    """The name that stands behind what is none: "Warm-up first: 4 min skipping"."""
    name = book.view[slice(*section.name)]
    first_line = section.lines[0] if section.lines else None
    below = first_line and section.heading and first_line.start > section.heading.end
    if first_line is None or (below and _says_how(book, name)):
        return None
    if section.style == "part":
        return _name_in_part(book, section, name)
    if book.grammar.pattern("scope", "by_clock").match(name) and section.heading:
        whole = section.heading
        told = name_in(book, Clause(whole.text, whole.start, book.grammar))
        return told or name_in(book, book.said([first_line])[0])
    run_in = section.heading is not None and first_line.end == section.heading.end
    if (below or (run_in and first_line.start > section.name[1])) and leads(book, name):
        if not below and book.is_name(first_line.text) and not book.has_dose([first_line]):
            return first_line.start, first_line.end
        return name_in(book, book.said([first_line])[0], led=True)
    return None


def _name_in_part(book: Book, section: Section, name: str) -> Span | None:
    """The name in the first line under a heading over a part."""
    line = section.lines[0]
    first = book.said([line])[0]
    alone = bare_name(book, first)
    if alone:
        return alone
    if book.grammar.pattern("scope", "by_clock").match(name):
        return counted_name(book, first) or name_in(book, first)
    bare = section.heading is not None and section.name[0] == section.heading.start
    told = name_in(book, Clause(line.text, line.start, book.grammar)) if bare else None
    return told if told and told[0] - line.start < _NEAR else None


def bare_name(book: Book, clause: Clause) -> Span | None:
    """A name that is a sentence of its own, in front of its dose: "Mountain climbers."."""
    whole = clause.raw.rstrip(" .:")
    begin = _counted_off(book.grammar, whole)
    words = whole[begin:].split(",")[0]  # "Mountain climbers, hands on the step."
    alone = clause.raw[len(whole) :].strip() and not clause.tagged.present()
    named = alone and book.is_name(words, _MOST_ALONE) and not book.goes_on(_line(clause))
    begin += clause.span[0]
    return (begin, begin + len(words)) if named else None


def counted_name(book: Book, clause: Clause) -> Span | None:
    """The name behind a count that begins a sentence: "12 swings at the start of"."""
    counted = _COUNTED.match(clause.raw)
    if counted is None:
        return None
    small = book.grammar.pattern("words", "around_name").pattern
    words = re.split(rf"\s{small}\s", counted["name"], maxsplit=1, flags=re.IGNORECASE)[0].rstrip()
    begin = clause.span[0] + counted.start("name")
    if not book.is_name(words):
        return None
    book.leading = (clause.span[0], begin - 1, begin + len(words))
    return begin, begin + len(words)


def _line(clause: Clause) -> Line:
    return Line(*clause.span, clause.raw, gap=False)


def leads(book: Book, name: str) -> bool:
    """Whether what stands in front is no name: "Then:", "Cool-down:"."""
    lead = book.grammar.pattern("words", "lead").fullmatch(name)
    return bool(lead) or (len(name.split()) < 4 and phase_of(book, name) != "main")


def _says_how(book: Book, name: str) -> bool:
    """Whether a heading names what one warms up or cools down with: "Warm-up walk"."""
    movement = book.grammar.pattern("names", "movement").search(name)
    return movement is not None and phase_of(book, name) != "main" and book.is_name(name)


def phase_of(book: Book, label: str) -> str:
    """The phase of the session that a label names."""
    for name, phase in (("warmup", "warmup"), ("cooldown", "cooldown")):
        if label and book.grammar.pattern("scope", name).search(label):
            return phase
    return "main"


def name_in(book: Book, clause: Clause, *, led: bool = False) -> Span | None:
    """The words of a part that are no figure: the name. `led`: a word of order stands before it."""
    text = clause.tagged.text
    clock = book.grammar.pattern("scope", "by_clock")
    figures = [at for at, char in enumerate(text) if char in clause.tagged.items]
    before: list[Span] = []
    after: list[Span] = []
    phases: list[Span] = []
    for match in _RUN.finditer(text):
        begin, end = _bare(book.grammar, match[0])
        kept = match[0][begin:end]
        if is_manner(book.grammar, kept) or is_small(book.grammar, kept):
            continue
        if len(kept) < _SHORTEST or not book.is_name(kept, _MOST_WORDS) or clock.match(kept):
            continue
        place = match.start() + begin
        span = clause.tagged.source(place, place + len(kept))
        if _is_phase(book, match[0]):
            phases.append(span)
        else:
            (before if not figures or place < figures[0] else after).append(span)
    if figures and _describes(book, clause.tagged.source(figures[0], figures[0] + 1)):
        before = []
    best = (before[:1] if led else before[-1:]) or after[:1] or phases[-1:]
    return best[0] if best else None


def is_manner(grammar: Grammar, words: str) -> bool:
    """Whether some words are no name, but how something is done: "backwards", "standing"."""
    patterns = [grammar.pattern("each", "names"), grammar.pattern("table", "rest")]
    patterns += [pattern for _, pattern in grammar.section("position")]
    return any(pattern.fullmatch(words) for pattern in patterns)


def is_small(grammar: Grammar, words: str) -> bool:
    """Whether some words name nothing, but are of a dose: "per side", "min"."""
    small = grammar.pattern("words", "name_tail").pattern
    units = "|".join(pattern.pattern for _, pattern in grammar.units)
    return bool(re.fullmatch(rf"(?:(?:{small}|{units})[\s./]*)+", words, re.IGNORECASE))


def _name_described(book: Book, line: Line) -> Span | None:
    """The name behind the time of a line, where that belongs to it."""
    clause = Clause(line.text, line.start, book.grammar)
    text = clause.tagged.text
    figures = [at for at, char in enumerate(text) if char in clause.tagged.items]
    if not figures or not _describes(book, clause.tagged.source(figures[0], figures[0] + 1)):
        return None
    return name_in(book, clause)


def _describes(book: Book, span: Span) -> bool:
    """Whether a time belongs to the name behind it: "a brisk 5-minute walk"."""
    return bool(book.grammar.pattern("words", "attribute").search(book.view[slice(*span)]))


def _bare(grammar: Grammar, words: str) -> tuple[int, int]:
    """Where a name begins and ends without the small words around it."""
    order = grammar.pattern("prose", "next").match(words)
    begin = order.end() if order else 0
    around = re.compile(rf"(?:{grammar.pattern('words', 'around_name').pattern}\s+)+", re.I)
    lead = around.match(words, begin)
    begin = lead.end() if lead else begin
    end = grammar.pattern("words", "name_ends").search(words, begin)
    rest = words[begin : end.start() if end else None].rstrip(" -–—.:")
    tail = re.search(rf"(?:\s+{grammar.pattern('words', 'name_tail').pattern})+$", rest, re.I)
    return begin, begin + (tail.start() if tail else len(rest))


def _is_phase(book: Book, words: str) -> bool:
    pattern = book.grammar.pattern
    return any(pattern("scope", name).match(words) for name in ("warmup", "cooldown"))
