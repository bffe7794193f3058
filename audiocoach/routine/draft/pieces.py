"""Reads several exercises in one line: "jog 2 min, walk 90 sec"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.adding import add
from audiocoach.routine.draft.book import Book, cut
from audiocoach.routine.draft.figures import figure
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Span
from audiocoach.routine.draft.naming import bare_name, leads, name_in, phase_of
from audiocoach.routine.draft.parts import Section
from audiocoach.routine.draft.prose import Piece, exercises_in
from audiocoach.routine.draft.schedules import how_often, put_often
from audiocoach.routine.draft.sentences import Clause, Finding

_FEW: Final = 2
"""Exercises that a paragraph may seem to have which begins with the name of one."""
_PROSE: Final = frozenset(("lines", "runin", "loose", "part"))
"""The styles of parts that may be a paragraph."""
_SHOWN: Final = 20
"""Letters of a heading that tell what it is."""
_AHEAD: Final = 12
"""Letters before a dose in which "each" may stand."""
_SHORTEST: Final = 10
"""Seconds of an exercise at least."""
_MOST_NAME: Final = 4
"""Words of a name in an enumeration."""
_LEAST_TIME: Final = 60
"""Seconds of a time in the first words of a paragraph that is the dose of what they name."""
_OWN: Final = frozenset(("sets", "reps", "hold", "for", "work", "listed", "while", "distance"))
"""The findings that make a piece an exercise of its own."""


def pieces_of(
    book: Book, section: Section, clauses: list[Clause], notes: list[Line]
) -> list[Piece]:
    """The exercises of a part that has several; none if it has one.

    `notes` takes what a paragraph says of none of them.
    """
    found = _in_line(book, section, clauses)
    head = section.heading
    name = book.view[slice(*section.name)]
    cooled = head is not None and head.kind == "label" and _has_time(Clause(name, 0, book.grammar))
    if head is None or not (section.style in _PROSE or cooled):
        return found
    headed = section.style == "runin" and not book.grammar.pattern("prose", "next").match(name)
    headed = headed and not _has_time(Clause(name, section.name[0], book.grammar))
    apart = section.style == "runin" or cooled
    whole = book.said([head, *section.lines[1:]]) if apart else clauses
    told, rest = exercises_in(book, whole)
    if len(told) <= max(len(found), _FEW if headed else 1):
        return found
    notes += [Line(*each.span, each.raw, gap=True, part=section.part) for each in rest]
    return told


def _has_time(name: Clause) -> bool:
    """Whether the first sentence of a paragraph has a time: "Cool down with a 5-minute walk."."""
    return any(
        item.kind == "duration" and item.low >= _LEAST_TIME for item in name.tagged.present()
    )


def _in_line(book: Book, section: Section, clauses: list[Clause]) -> list[Piece]:
    """The exercises that one line names side by side."""
    head = section.heading
    if not clauses or head is None:
        return []
    name = book.view[slice(*section.name)]
    headed = section.style.startswith(("short", "hash")) and len(section.lines) == 1
    headed = headed and leads(book, name)
    if section.style == "part" or headed:
        return _whole(book, clauses)
    if book.by_clock(head) and head.kind in ("number", "letter"):
        return _by_clock(book, clauses[0], book.said([head]))
    if head.kind not in ("label", "bullet") and section.style not in ("lines", "runin"):
        return []
    run_in = section.lines[0].text != head.text
    if run_in and not leads(book, name):
        return _enumerated(book, book.clause(head)) or _in_front_of_all(book, clauses[0])
    counted, clause = _without_rounds(book, clauses[0])
    found = _strict(book, clause) or _enumerated(book, clause)
    if counted and found:
        begin = len(book.draft.exercises)
        members = list(range(begin, begin + len(found)))
        book.draft.groups.append(DraftGroup(members, {"rounds": figure(counted)}))
    return found


def _by_clock(book: Book, clause: Clause, over: list[Clause]) -> list[Piece]:
    """ "AMRAP 6 min: 10 thrusters + 8 V-ups": what is done in rounds for that time."""
    behind = clause.raw.partition(": ")[2]
    if behind:
        clause = Clause(behind, clause.span[1] - len(behind), book.grammar)
    found = _strict(book, clause)
    until = next((f for each in over for f in each.findings if f.field == "group_until"), None)
    if found and until:
        begin = len(book.draft.exercises)
        members = list(range(begin, begin + len(found)))
        book.draft.groups.append(DraftGroup(members, {"until_s": figure(until)}))
    return found


def _without_rounds(book: Book, clause: Clause) -> tuple[Finding | None, Clause]:
    """ "2 rounds of 10 halos and 5 inchworms": the rounds, and the rest."""
    match = book.grammar.pattern("words", "rounds_of").match(clause.tagged.text)
    counted = next((each for each in clause.findings if each.field == "rounds"), None)
    if match is None or counted is None:
        return None, clause
    begin = clause.tagged.source(match.end() - 1, match.end())[1]
    return counted, Clause(clause.raw[begin - clause.span[0] :], begin, book.grammar)


def _enumerated(book: Book, clause: Clause) -> list[Piece]:
    """Several names with one dose for each: "clams, bridges and squats, 10 of each"."""
    text = clause.tagged.text
    begin = min((at for at, char in enumerate(text) if char in clause.tagged.items), default=0)
    apiece = book.grammar.pattern("words", "apiece")
    at = _source(clause, begin) - clause.span[0]
    if not begin or not apiece.search(clause.raw, max(0, at - _AHEAD)):
        return []
    front = apiece.sub(lambda match: " " * len(match[0]), text[:begin])
    front = front[front.find(":") + 1 :]
    skipped = begin - len(front)
    joints = book.grammar.pattern("words", "split_finely")
    cuts = [(0, 0), *(match.span() for match in joints.finditer(front)), (len(front),) * 2]
    places = [(a, b) for (_, a), (b, _) in pairwise(cuts) if front[a:b].strip(" –—-:,")]
    if len(places) < 2:
        return []
    dose = Clause(clause.raw[at:], clause.span[0] + at, book.grammar)
    found: list[Piece] = []
    for a, b in places:
        words = front[a:b].strip(" –—-:,")
        place = skipped + front.index(words, a)
        span = clause.tagged.source(place, place + len(words))
        if not book.is_name(words, _MOST_NAME):
            return []
        found.append((book.draft.text[slice(*span)], span, [dose]))
    return found if _has_own(dose) and not _is_short(dose) else []


def _is_short(dose: Clause) -> bool:
    """Whether a dose is a time too short for an exercise: "a second each"."""
    item = dose.findings[0].item
    return item.kind == "duration" and item.low < _SHORTEST


def _source(clause: Clause, at: int) -> int:
    return clause.tagged.source(at, at + 1)[0]


def _has_own(part: Clause) -> bool:
    return any(each.field in _OWN for each in part.findings) and not part.has("scope", "ignored")


def _strict(book: Book, clause: Clause) -> list[Piece]:
    """The parts of one sentence, where each has a dose and a name."""
    found = _named(book, cut(book, clause, "split"))
    if found:
        return found
    finely = _named(book, cut(book, clause, "split_finely"))
    return finely if all(_in_front(book, part[0], span) for _, span, part in finely) else []


def _in_front_of_all(book: Book, clause: Clause) -> list[Piece]:
    """The names behind a label with their doses: "Drills: high knees 2 x 20 s, skips 2 x 20 s"."""
    found = _strict(book, clause)
    before = all(span[0] < _first_figure(part) for _, span, [part] in found)
    return found if before else []


def _first_figure(part: Clause) -> int:
    text = part.tagged.text
    at = next(at for at, char in enumerate(text) if char in part.tagged.items)
    return _source(part, at)


def _in_front(book: Book, part: Clause, name: Span) -> bool:
    """Whether a name stands before the first figure of its part, or that begins the part."""
    text = part.tagged.text
    figure_at = next(at for at, char in enumerate(text) if char in part.tagged.items)
    front = book.without_lead(text[:figure_at]).strip()
    before = name[0] < part.tagged.source(figure_at, figure_at + 1)[0]
    return before or not front or leads(book, front)


def _named(book: Book, parts: list[Clause]) -> list[Piece]:
    goes_on = book.grammar.pattern("prose", "goes_on")
    spans = [None if goes_on.match(part.raw) else name_in(book, part) for part in parts]
    if len(parts) < 2 or not all(map(_has_own, parts)):
        return []
    named = [span for span in spans if span]
    if len(named) < len(parts):
        return []
    return [
        (book.draft.text[slice(*span)], span, [part])
        for span, part in zip(named, parts, strict=True)
    ]


def _whole(book: Book, clauses: list[Clause]) -> list[Piece]:
    """The parts of a paragraph; what has no dose belongs to the part before it.

    A part without a name is called as the one before, "jog 10 minutes before and 10 after", or
    by its distance, "8 x 400 m".
    """
    found: list[Piece] = []
    if bare_name(book, clauses[0]):
        return found
    for clause in clauses:
        ahead: Span | None = None
        for part in cut(book, clause, "split"):
            if not (_has_own(part) or _is_timed(part)):
                ahead = _brought(book, part) or _led(book, clause, part)
                if found:
                    found[-1][2].append(part)
                continue
            named, ahead = name_in(book, part) or ahead, None
            span = named or (part.findings[0].span if part.findings else part.span)
            before = found[-1][0] if found else ""
            if named or before or any(each.field == "distance" for each in part.findings):
                name = book.draft.text[slice(*span)]
                found.append((name if named or not before else before, span, [part]))
    return found if len(found) > 1 else []


def _brought(book: Book, part: Clause) -> Span | None:
    """The name at the end of a part before its dose: "stop at a bench and do knee hugs"."""
    told = book.grammar.pattern("prose", "brings").search(f"{part.raw}, ")
    if told is None or not book.is_name(told["name"], _MOST_NAME):
        return None
    return part.span[0] + told.start("name"), part.span[0] + told.end("name")


def _led(book: Book, clause: Clause, part: Clause) -> Span | None:
    """The name behind a word of order, before its dose: "Then calf stretch, each side 40 s"."""
    lead = book.grammar.pattern("prose", "next").match(clause.raw)
    begins = lead is not None and part.span[0] in (clause.span[0], clause.span[0] + lead.end())
    begin = clause.span[0] + lead.end() if lead else 0
    words = book.view[begin : part.span[1]].rstrip(" ,.")
    named = begins and not part.tagged.present() and book.is_name(words, _MOST_NAME)
    return (begin, begin + len(words)) if named else None


def _is_timed(part: Clause) -> bool:
    """Whether a part has one time that may be that of an exercise: "child's pose, a minute"."""
    told = part.tagged.present()
    long = len(told) == 1 and told[0].kind == "duration" and told[0].low >= _SHORTEST
    return long and not part.findings and not part.has("scope", "ignored")


def add_sequence(book: Book, parts: list[Piece], clauses: list[Clause], section: Section) -> None:
    members = []
    over = phase_of(book, section.label or section_heading(book, section))
    for name, span, told in parts:
        members.append(len(book.draft.exercises))
        phase = over if over != "main" else phase_of(book, told[0].raw)
        exercise = DraftExercise(name[:80], span, phase=phase, part=section.part)
        if not _is_called(book, name, span) and not all(map(_is_timed_only, told)):
            exercise.doubts["name"] = "name"
        if section.style in ("runin", "loose") and len(told) > 1:
            exercise.doubts["name"] = "name"
        add(book, exercise, told)
    for clause in clauses[1:]:
        often = None if clause.findings else how_often(book, clause)
        if often:
            put_often(book, often)
        match = book.grammar.pattern("words", "block").search(clause.tagged.text)
        counted = [
            f for f in clause.findings if f.field in ("repeat", "reps", "more", "rounds", "total")
        ]
        if match and counted:
            more = 1 if counted[0].field == "more" else 0
            book.draft.groups.append(DraftGroup(members, {"rounds": figure(counted[0], more)}))


def _is_called(book: Book, name: str, span: Span) -> bool:
    """Whether a piece has a name of its own, and not that of the piece before."""
    return " ".join(book.draft.text[slice(*span)].split()) == " ".join(name.split())


def _is_timed_only(part: Clause) -> bool:
    """Whether a sentence has times, distances and nothing that is counted: "and 10 min after"."""
    counted = ("reps", "sets", "hold", "repeat", "listed")
    return not any(each.field in counted for each in part.findings)


def section_heading(book: Book, section: Section) -> str:
    """The words of the heading over a section, or of its own."""
    head = section.heading
    begin = section.part if section.part >= 0 else head.start if head else section.name[0]
    return book.view[begin : begin + _SHOWN].split("\n")[0]
