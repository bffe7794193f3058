"""How an exercise is done: sides, variants."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.model import Figure, Span
from audiocoach.routine.draft.sentences import Clause, first
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import ITEMS


def find_each(reading: Reading) -> None:
    told = reading.exercise.figures
    for pattern in reading.grammar.each_pairs:
        for clause in reading.clauses:
            match = clause.search(pattern)
            if match:
                names = variants(reading, match, clause)
                counted = any(each.field in ("reps", "listed") for each in clause.findings)
                swung = names == list(reading.grammar.words("two_ways")) or _is_swung(match[0])
                doubt = "" if counted else "variants" if swung or "reps" in told else ""
                reading.exercise.put("each", Figure(names, (clause.spot(match),), doubt))
                return
    across(reading)


def _is_swung(words: str) -> bool:
    """Whether both ways are one movement: "swing it forwards and backwards"."""
    return len(words.split()) <= _BOTH and not re.search(rf"[\d{ITEMS}]", words)


def across(reading: Reading) -> None:
    """Two variants in two sentences: clockwise, and counterclockwise later."""
    pattern = reading.grammar.pattern("each", "names")
    found: dict[str, Span] = {}
    for clause in reading.clauses:
        for match in pattern.finditer(clause.raw):
            found.setdefault(match[0].casefold(), clause.spot(match))
    if len(found) == 2 and reading.grammar.pattern("each", "across").search(" ".join(found)):
        doubt = "variants" if any(map(_is_to_and_fro, found)) else ""
        reading.exercise.put("each", Figure(list(found), tuple(found.values()), doubt))


def _is_to_and_fro(words: str) -> bool:
    """Whether words are a direction there and back, which is no variant for certain."""
    return len(words.split()) >= _BOTH


def variants(reading: Reading, match: re.Match[str], clause: Clause) -> list[str]:
    names = [m[0] for m in reading.grammar.pattern("each", "names").finditer(match[0])]
    unique = list(dict.fromkeys(names))
    if len(unique) == 2:
        return unique
    listed = reading.grammar.pattern("words", "ways").match(match.string, match.end())
    if listed and match.string is clause.raw:
        parts = reading.grammar.pattern("words", "split_parts").split(listed["ways"])
        ways = [" ".join(part.split()) for part in parts if part.strip()]
        if len(ways) > 1:
            return ways
    return list(reading.grammar.words("two_ways"))


_BOTH: Final = 3
"""Words of two ways of one movement."""
_NEAR_HAND: Final = 40
"""Letters around a hand in which stands what is held in it."""
_TURNS: Final = ("alternating", "right-then-left", "left-then-right")
"""Sides in an order."""
_FEW: Final = 6
"""Words of a sentence that names a side and tells nothing else."""
_TWICE: Final = re.compile(r"(?<![\w/+.,])(?!7/7|24/24)([12]?\d|30) ?[/+] ?\1(?![\w/+])")
"""The same count for each side: "12/12"."""


def find_sides(reading: Reading) -> None:
    exercise = reading.exercise
    turns = reading.grammar.pattern("sides", "alternating")
    if exercise.name_span and turns.search(exercise.name):  # "Alternating lunges"
        exercise.put("sides", Figure("alternating", (exercise.name_span,)))
        return
    too = first(reading.clauses, "sides", "each_too")
    if too:
        reading.exercise.put("sides", Figure("each", (too,)))
        return
    for value in (
        "alternating",
        "affected",
        "right_then_left",
        "left_then_right",
        "each",
        "right",
        "left",
    ):
        span = _span_of(reading, value)
        if span:
            name = value.replace("_", "-")
            doubt = "affected" if name == "affected" else _doubt_each(reading, span)
            reading.exercise.put("sides", Figure(name, (span,), doubt))
            return
    for clause in reading.clauses:
        twice = _TWICE.search(clause.raw)
        if twice:
            reading.exercise.put("sides", Figure("each", (clause.spot(twice),)))
            return
    _one_side(reading)


def _span_of(reading: Reading, value: str) -> Span | None:
    """The words of a side; "a bottle in each hand" tells what is held, and no side."""
    if value != "each":
        return first(reading.clauses, "sides", value)
    pattern = reading.grammar.pattern("sides", value)
    for clause in reading.clauses:
        for text in dict.fromkeys((clause.raw, clause.tagged.text)):
            for match in pattern.finditer(text):
                apart = _is_held(reading.grammar, match) or _is_of_them(reading.grammar, match)
                if match[0].strip() and not apart:
                    return clause.spot(match)
    return None


def _is_of_them(grammar: Grammar, match: re.Match[str]) -> bool:
    """Whether "each" is each of those that were counted: "4 of them, 20 seconds each"."""
    told = list(grammar.pattern("words", "apiece").finditer(match[0]))
    before = match.string[: match.start()]
    bare = bool(told) and told[-1].end() == len(match[0])
    return bare and bool(grammar.pattern("words", "of_them").search(before))


def _is_held(grammar: Grammar, match: re.Match[str]) -> bool:
    """Whether words on each hand stand right beside a thing that is held in it."""
    if not grammar.pattern("limbs", "hand").search(match[0]):
        return False
    things = grammar.pattern("equipment", "things")
    before = match.string[: match.start()][-_NEAR_HAND:]
    behind = match.string[match.end() :][:_NEAR_HAND]
    held = grammar.pattern("words", "held_in")
    ahead = any(held.search(before[thing.end() :]) for thing in things.finditer(before))
    follows = things.search(behind)
    return ahead or (follows is not None and len(behind[: follows.start()].split()) <= 1)


def _doubt_each(reading: Reading, span: Span) -> str:
    """The doubt about "both feet", and about "each" beside sets: "3 sets of 10 each"."""
    for clause in reading.clauses:
        if clause.span[0] <= span[0] < clause.span[1]:
            words = clause.raw[span[0] - clause.span[0] :]
            counted = any(each.field == "sets" for each in clause.findings)
            if reading.grammar.pattern("sides", "both").match(words):
                return "both feet"
            bare = reading.grammar.pattern("sides", "bare").search(words)
            return "apiece" if counted and bare else ""
    return ""


def side_of_all(
    clause: Clause, grammar: Grammar, *, alone: bool = False
) -> tuple[str, Span] | None:
    """The side that is named for everything: "all of this with the left foot".

    `alone`: it is known that the sentence is about how all of something is done.
    """
    ordered = clause.has("sides", "right_then_left") or clause.has("sides", "left_then_right")
    alone = alone or len(clause.raw.split()) < _FEW  # "Injured ankle only, please."
    if ordered or not (alone or clause.has("words", "for_all")):
        return None
    places = [("sides", "affected"), ("side_words", "right_limb"), ("side_words", "left_limb")]
    found = [
        (clause.spot(match), name.removesuffix("_limb"))
        for section, name in places
        if (match := clause.search(grammar.pattern(section, name)))
    ]
    span, side = min(found, default=((0, 0), ""))
    return (side, span) if side else None


def _one_side(reading: Reading) -> None:
    """The only side that is named, where no word tells of another: a question."""
    words = " ".join(clause.raw for clause in reading.clauses)
    pattern = reading.grammar.pattern
    if pattern("side_words", "other").search(words):
        return
    for side, against in (("right", "left"), ("left", "right")):
        span = first(reading.clauses, "side_words", f"{side}_limb")
        if span and not pattern("side_words", against).search(words):
            reading.exercise.put("sides", Figure(side, (span,), "one side"))


def find_limb(reading: Reading) -> None:
    """What right and left belong to, by the words of the sides, else of the movement."""
    sides = reading.exercise.figures.get("sides")
    words = " ".join(clause.raw for clause in reading.clauses)
    pattern = reading.grammar.pattern
    if sides is None:
        if pattern("say", "one_limb").search(words) and not pattern("say", "both_limbs").search(
            words
        ):
            reading.exercise.doubts.setdefault("sides", "one or both")
        return
    if pattern("say", "both_limbs").search(words) and not sides.doubt:
        reading.exercise.figures["sides"] = Figure(sides.value, sides.spans, "both feet")
    near = "".join(
        clause.raw[max(0, a - clause.span[0]) : b - clause.span[0]]
        for a, b in sides.spans
        for clause in reading.clauses
        if clause.span[0] <= a < clause.span[1]
    )
    for text in (near, words):
        for name, limb in reading.grammar.section("limbs"):
            if limb.search(text):
                reading.exercise.limb = reading.grammar.say(name)
                return


def settle_sides(reading: Reading) -> None:
    """To the right and to the left are sides, unless a limb has sides of its own."""
    figures = reading.exercise.figures
    each = figures.get("each")
    if any(isinstance(made.value, dict) and "right" in made.value for made in figures.values()):
        by = next(made for made in figures.values() if isinstance(made.value, dict))
        figures.setdefault("sides", Figure("right-then-left", by.spans))
    if not each:
        return
    switched = figures.get("sides")
    if switched and switched.value == "each" and _lies_in(switched, each):
        del figures["sides"]  # "ten in one direction, ten in the other"
        return
    if switched and _is_same_ways(reading, switched, each):
        del figures["each"]
        return
    if switched is None and each.doubt == "variants" and _is_of_a_side(reading):
        figures["sides"] = replace(each, value="each", doubt="both ways")
        del figures["each"]
        return
    turned = all(_sides_named(reading, name) for name in each.value)
    words = " ".join(clause.raw for clause in reading.clauses)
    limb = reading.grammar.pattern("side_words", "limb")
    if turned and not limb.search(words):
        order = (
            "right-then-left"
            if "right" in _sides_named(reading, each.value[0])
            else ("left-then-right")
        )
        figures.setdefault("sides", Figure(order, each.spans))
        del figures["each"]


def _is_same_ways(reading: Reading, sides: Figure, each: Figure) -> bool:
    """Whether "each way" is to the right and to the left: no limb has sides besides."""
    if each.value != list(reading.grammar.words("two_ways")) or _has_limb(reading, sides):
        return False
    return sides.value == "each" or (sides.value in _TURNS and not _is_of_a_limb(reading))


def _is_of_a_limb(reading: Reading) -> bool:
    """Whether the words name a limb on one side, "the right hip", and not only that side."""
    pattern = reading.grammar.pattern
    words = " ".join(clause.raw for clause in reading.clauses)
    return any(
        limb.search(match[0])
        for side in ("right", "left")
        for match in pattern("side_words", f"{side}_limb").finditer(words)
        for _, limb in reading.grammar.section("limbs")
    )


def _lies_in(made: Figure, other: Figure) -> bool:
    """Whether the words of a figure are a part of those of another."""
    return all(any(a <= begin and end <= b for a, b in other.spans) for begin, end in made.spans)


def _is_of_a_side(reading: Reading) -> bool:
    """Whether what is done the other way, too, names one side of the body: "the left arm"."""
    pattern = reading.grammar.pattern
    words = " ".join(clause.raw for clause in reading.clauses)
    return any(pattern("side_words", f"{side}_limb").search(words) for side in ("right", "left"))


def share_sides(reading: Reading) -> None:
    """ "Twenty in all, switching legs every time" is ten on each side."""
    figures = reading.exercise.figures
    sides, made = figures.get("sides"), figures.get("reps")
    if sides is None or made is None or sides.value not in ("alternating", "each"):
        return
    if not isinstance(made.value, int) or made.value % 2:
        return
    if _is_altogether(reading, made):
        told = "half of them on each side"
        figures["reps"] = replace(made, value=made.value // 2, doubt="both sides", derived=told)


def _is_altogether(reading: Reading, made: Figure) -> bool:
    """Whether a count is that of all: "20 in all", or "insgesamt 20-mal"."""
    pattern = reading.grammar.pattern("words", "altogether")
    begin, end = made.spans[-1]
    for clause in reading.clauses:
        if clause.span[0] < end <= clause.span[1]:
            at = clause.span[0]
            ahead = _WORDS.search(clause.raw[: begin - at])
            own = clause.raw[begin - at : end - at].lstrip("0123456789 ")
            told = (clause.raw[end - at :], own, ahead[0] if ahead else "")
            return any(map(pattern.match, told))
    return False


_WORDS: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? ?$")
"""The words right before something."""


def doubt_order(reading: Reading) -> None:
    """Each side, where words tell of both or of changing: all of one first, or by turns?"""
    sides = reading.exercise.figures.get("sides")
    held = reading.exercise.figures.keys() & {"hold_s", "hold_breaths"}
    if sides and sides.value == "alternating" and held and not sides.doubt:
        if "reps" not in reading.exercise.figures:  # nobody takes turns in what is held once
            reading.exercise.figures["sides"] = replace(sides, doubt="order")
        return
    if sides and not sides.doubt and _is_looked(reading, sides):
        reading.exercise.figures["sides"] = replace(sides, doubt="order")
    if sides is None or sides.value != "each" or sides.doubt:
        return
    if "reps" not in reading.exercise.figures:  # what is held is held on one side first
        return
    pattern = reading.grammar.pattern
    words = " ".join(clause.raw for clause in reading.clauses)
    moved = not reading.exercise.figures.keys() & {"hold_s", "hold_breaths"}
    both = moved and all(pattern("side_words", side).search(words) for side in ("right", "left"))
    turned = pattern("names", "by_turns").search(reading.exercise.name)
    if both or turned or pattern("sides", "changing").search(words):
        reading.exercise.figures["sides"] = replace(sides, doubt="order")


def _is_looked(reading: Reading, sides: Figure) -> bool:
    """Whether both sides are parts of a movement that goes on, told in words without a figure.

    "Walk for 2 minutes. Look over your right shoulder, then your left."
    """
    figures = reading.exercise.figures
    if not str(sides.value).endswith(("-left", "-right")) or "work_s" not in figures:
        return False
    told = [c for c in reading.clauses if c.span[0] <= sides.spans[0][0] < c.span[1]]
    return "reps" not in figures and not any(clause.findings for clause in told)


def _has_limb(reading: Reading, made: Figure) -> bool:
    """Whether the words of a figure name a limb: "then the other foot"."""
    limb = reading.grammar.pattern("side_words", "limb")
    words = " ".join(
        clause.raw[max(0, a - clause.span[0]) : max(0, b - clause.span[0])]
        for a, b in made.spans
        for clause in reading.clauses
        if clause.span[0] <= a < clause.span[1]
    )
    return bool(limb.search(words))


def _sides_named(reading: Reading, words: str) -> list[str]:
    """Which sides some words name."""
    pattern = reading.grammar.pattern
    return [side for side in ("right", "left") if pattern("side_words", side).search(words)]
