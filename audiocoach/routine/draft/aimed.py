"""What a note says of some exercises, by their names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from audiocoach.routine.draft.adding import tell
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import Reading, number
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.schedules import how_often
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.sight import DOSES
from audiocoach.routine.draft.things import equip


def take_aimed(book: Book, clause: Clause) -> bool:
    """Whether a sentence is about other exercises, by their names; takes what it says."""
    pattern = book.grammar.pattern("words", "aimed")
    done = False
    for match in pattern.finditer(clause.raw):
        names = match["name"].casefold()
        known = book.draft.exercises
        targets = [x for x in known if mentions(names, x.name)]
        targets = targets or [x for x in known if mentions_kind(names, x.name)]
        begin = match.start("name")
        end = clause.raw.find(";", begin)
        part = Clause(
            clause.raw[begin : end if end > 0 else None], clause.span[0] + begin, book.grammar
        )
        often = how_often(book, part)
        rest = only_time(part)
        for target in targets:
            if often:
                target.put("schedule", often)
                done = True
            elif rest and "sets" in target.figures:
                target.put("rest_s", rest)
    if done and ";" in clause.raw:
        return False
    return done and not any(f.field in DOSES for f in clause.findings)


def take_ranked(book: Book, clause: Clause) -> bool:
    """How often the exercises are done that a note tells by their place: "the first two"."""
    matches = list(book.grammar.pattern("words", "ranked").finditer(clause.raw))
    done = False
    for match, after in zip_longest(matches, matches[1:]):
        end = after.start() if after else len(clause.raw)
        begin = clause.span[0] + match.start()
        often = how_often(book, Clause(clause.raw[match.start() : end], begin, book.grammar))
        if often:
            done = True
            for exercise in _ranked(book, match):
                exercise.figures["schedule"] = often
    return done


def _ranked(book: Book, match: re.Match[str]) -> list[DraftExercise]:
    """The exercises at some places."""
    known = book.draft.exercises
    if match["nth"]:
        ordinals = book.grammar.pattern("words", "ordinals").pattern.split("|")
        at = ordinals.index(match["nth"].casefold())
        return known[-1:] if at == len(ordinals) - 1 else known[at : at + 1]
    words = match["n"].casefold()
    count = int(words) if words.isdigit() else int(book.grammar.numbers[words])
    return known[:count] if match["first"] else known[-count:]


def only_time(clause: Clause) -> Figure | None:
    """The time in some words, if there is one alone."""
    found = [item for item in clause.tagged.present() if item.kind == "duration"]
    return Figure(number(found[0]), (clause.span,), found[0].doubt) if len(found) == 1 else None


def take_headed(book: Book, clauses: list[Clause]) -> bool:
    """A note that begins with the name of an exercise and a colon is about that one."""
    name, colon, _ = clauses[0].raw.partition(":") if clauses else ("", "", "")
    if not colon or len(name.split()) > 7:
        return False
    about = [x for x in book.draft.exercises if mentions(name, x.name)]
    if len(about) != 1:
        return False
    equip(book, about[0], clauses)
    tell(about[0], clauses)
    return True


def sides_for(book: Book, clause: Clause) -> None:
    told = Reading(DraftExercise(""), [clause], book.grammar)
    find_sides(told)
    sides = told.exercise.figures.get("sides")
    excepted = book.grammar.pattern("words", "except").search(clause.raw)
    names = excepted["names"].casefold() if excepted else ""
    for exercise in book.draft.exercises:
        if sides and not mentions(names, exercise.name) and exercise.phase == "main":
            exercise.put("sides", sides)


def mentions(words: str, name: str) -> bool:
    """Whether some words hold the whole name of an exercise."""
    wanted = stems(re.split(r"[,(]", name)[0])
    return bool(wanted) and wanted <= stems(words)


def mentions_kind(words: str, name: str) -> bool:
    """Whether some words are a kind of exercise: "stretches" for "towel stretch".

    A part of the name is, too: "la chaise" for "la chaise invisible".
    """
    told = stems(words)
    if told and told <= stems(name):
        return True
    head = re.split(r"[,(]", name)[0].split()
    kind = words.split()
    return bool(head and kind) and bool(stems(head[-1])) and stems(head[-1]) == stems(kind[-1])


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return frozenset(re.sub(r"(?:es|s|n|en|e)$", "", word) for word in words)
