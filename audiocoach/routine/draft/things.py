"""What an exercise or a session needs: chairs, bands, weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.sentences import Clause

_AROUND: Final = 25
"""Letters around a thing in which words may tell that it is optional."""
_NEAR: Final = 12
"""Letters between two things that are a choice: "a towel or a pillow"."""


def things_in(book: Book, clause: Clause) -> Iterable[tuple[str, Span]]:
    """The things that a sentence asks for, each with its place."""
    if clause.has("equipment", "nothing") or clause.has("words", "imagined"):
        return
    found = list(book.grammar.pattern("equipment", "things").finditer(clause.raw))
    chosen = _chosen(book, clause, found)
    aside = [m.span() for m in re.finditer(r"\([^)]*\)", clause.raw) if is_choice(book, m[0])]
    for match in found:
        before = re.split(r"[(,.;)]", clause.raw[: match.start()])[-1]
        inside = any(begin < match.start() < end for begin, end in aside)
        pretended = book.grammar.pattern("equipment", "as_if").search(before)
        without = book.grammar.pattern("equipment", "without").search(before)
        idle = book.grammar.pattern("equipment", "idle").search(_part(clause.raw, match))
        if not (match.start() in chosen or inside or without or pretended or idle):
            yield match[0].strip(), clause.spot(match)


def _part(raw: str, match: re.Match[str]) -> str:
    """The part of a sentence in which something stands, up to a bracket or a semicolon."""
    before = re.split(r"[(;)]", raw[: match.start()])[-1]
    return f"{before}{match[0]}{re.split(r'[(;)]', raw[match.end() :])[0]}"


def _chosen(book: Book, clause: Clause, found: list[re.Match[str]]) -> set[int]:
    """Where things begin that may be taken or left, and those listed with one of them.

    "A book, a ball or a cushion" is one choice of three.
    """
    optional = book.grammar.pattern("equipment", "optional")
    or_else = book.grammar.pattern("equipment", "or_else")
    kind = book.grammar.pattern("equipment", "kind")
    chosen = set()
    for n, match in reversed(list(enumerate(found))):
        before = re.split(r"[(,.;)]", clause.raw[: match.start()])[-1]
        after = re.split(r"[(,.;)]", clause.raw[match.end() :])[0][:_AROUND]
        listed = False
        if n + 1 < len(found) and found[n + 1].start() in chosen:
            between = clause.raw[match.end() : found[n + 1].start()]
            behind = clause.raw[found[n + 1].end() :][:_AROUND]
            listed = between.lstrip()[:1] == "," and len(between) < _NEAR
            listed = listed and is_choice(book, between + behind)
        last = found[n - 1].end() if n else 0
        apart = len(clause.raw[last : match.start()]) >= _NEAR or not n
        # "Cross-legged, or on a chair", but not "a red or green band".
        other = apart and or_else.search(before) and not kind.search(before)
        behind = clause.raw[match.end() :][:_NEAR]
        lone = n + 1 == len(found) and is_choice(book, behind.split(",")[0])  # "a bench or box"
        if listed or other or lone or optional.search(f"{before[-_AROUND:]}{match[0]}{after}"):
            chosen.add(match.start())
    return chosen


def equip(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    for clause in clauses:
        if clause.has("scope", "ignored") and not clause.has("scope", "setup"):
            continue
        found = list(things_in(book, clause))
        for name, span in found:
            exercise.equipment.setdefault(short_name(book, name), span)
        between = [book.view[a[1] : b[0]] for (_, a), (_, b) in pairwise(found)]
        if any(len(each) < _NEAR and is_choice(book, each) for each in between):
            exercise.doubts["equipment"] = "choice"
    if exercise.name_span:
        begin = exercise.name_span[0]
        named = Clause(book.view[slice(*exercise.name_span)], begin, book.grammar)
        for name, span in things_in(book, named):
            ahead = named.raw[: span[0] - begin]
            if book.grammar.pattern("equipment", "beside").search(ahead):
                exercise.equipment.setdefault(short_name(book, name), span)
        for match in book.grammar.pattern("equipment", "in_name").finditer(exercise.name):
            at = book.draft.text.find(match[0], begin)
            if at >= 0 and not exercise.equipment:
                exercise.equipment[short_name(book, match[0])] = (at, at + len(match[0]))


_LOAD: Final = re.compile(
    r"(?<![\w.,/+<>-])\d{1,3}(?:[.,]\d)?\s?(?:kg|lbs?|kilos?)(?![\w²/])", re.I
)


def weigh(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    """The weight that stands beside the dose, if there is one alone and no limit."""
    found = []
    for clause in clauses:
        dosed = any(each.field in ("sets", "reps", "hold", "work") for each in clause.findings)
        limits = book.grammar.pattern("words", "limit").search(clause.raw)
        if dosed and not limits:
            found += [(clause, match) for match in _LOAD.finditer(clause.raw)]
    if len(found) == 1:
        clause, match = found[0]
        exercise.load = clause.spot(match)


def is_choice(book: Book, words: str) -> bool:
    return bool(book.grammar.pattern("words", "either").search(words))


def short_name(book: Book, name: str) -> str:
    pairs = (pair.split("=") for pair in book.grammar.words("short_things"))
    known = {short.casefold(): thing for short, thing in pairs}
    return known.get(name.casefold(), " ".join(name.split()))


_COLONS: Final = tuple(":–-")
"""What leads a list in which things need no article."""


def equip_session(book: Book, clause: Clause) -> None:
    needed = clause.has("equipment", "need")
    seated = any(clause.search(pattern) for _, pattern in book.grammar.section("position"))
    if needed or seated:
        for name, span in [*things_in(book, clause), *_listed(book, clause)]:
            if not any(a <= span[0] < b or span[0] <= a < span[1] for a, b in _told(book)):
                book.draft.equipment.setdefault(name, span)


def _told(book: Book) -> Iterable[Span]:
    return list(book.draft.equipment.values())


def _listed(book: Book, clause: Clause) -> Iterator[tuple[str, Span]]:
    """Whatever a list of what is needed names: "You need a mirror and a warm flannel"."""
    pattern = book.grammar.pattern
    leads = pattern("equipment", "list").search(clause.raw)
    if leads is None or clause.has("equipment", "nothing"):
        return
    text = re.sub(r"\([^)]*\)", lambda match: " " * len(match[0]), clause.raw).rstrip(" .!")
    at = leads.end()
    text = text.partition(")")[0] if ")" in text[at:] else text
    bare = text[:at].rstrip()[-1:] in _COLONS
    for cut in [*pattern("words", "split_finely").finditer(text, at), None]:
        end = cut.start() if cut else len(text)
        item = pattern("equipment", "item").match(text, at, end)
        unwanted = item and pattern("equipment", "no_thing").search(text, at, end)
        chosen = pattern("equipment", "optional").search(text, at, end)
        if item is None or not (bare or item["some"]):
            return
        if not unwanted and not (chosen and chosen.start() <= item.end() + 1):
            begin, stop = item.span("thing")
            yield item["thing"], (clause.span[0] + begin, clause.span[0] + stop)
        at = cut.end() if cut else end


def _ends(name: str, others: Iterable[str]) -> bool:
    """Whether a thing ends the name of another one: "Band", and "Theraband"; "ball", "football"."""
    compound = re.compile(rf"(?i)\w{re.escape(name)}(?:n|en|e|s|es|er)?$")
    return any(map(compound.search, others))


def sort_equipment(book: Book) -> None:
    """One name for a thing: "band" after "exercise band" is the same."""
    for exercise in book.draft.exercises:
        kept: dict[str, Span] = {}
        for name, span in sorted(exercise.equipment.items(), key=lambda each: -len(each[0])):
            if not any(name.split()[-1].casefold() == k.split()[-1].casefold() for k in kept):
                kept[name] = span
        told = [*book.draft.equipment, *kept]
        kept = {name: span for name, span in kept.items() if not _ends(name, told)}
        exercise.equipment = dict(sorted(kept.items(), key=lambda each: each[1]))
    often = book.draft.figures.get("schedule")
    for exercise in book.draft.exercises:
        own = exercise.figures.get("schedule")
        if own and often and "every" in often.value and "times" in own.value and not own.doubt:
            exercise.figures["schedule"] = Figure(own.value, own.spans, "conflict")
