"""The position of an exercise, where its words name one that is to be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.model import Figure, Span
from audiocoach.routine.draft.sentences import Clause


def find_position(reading: Reading) -> None:
    back = list(taken_back(reading))
    for clause in reading.clauses:
        found = []
        for name, pattern in reading.grammar.section("position"):
            match = clause.search(pattern)
            revoked = match and any(a <= clause.spot(match)[0] < b for a, b in back)
            revoked = revoked or (match and _is_rested_in(reading, clause, match))
            if match and not revoked and not _is_elsewhere(clause, match):
                found.append((clause.spot(match)[0], -len(match[0]), name, clause.spot(match)))
        if any(name == "on hands and knees" for _, _, name, _ in found):  # "kneel on all fours"
            found = [each for each in found if each[2] != "kneeling"]
        if found:
            _, _, name, span = min(found)
            choice = len(found) > 1 or postures(reading, clause) > 1
            choice = choice and clause.has("words", "either")
            behind = clause.raw[span[1] - clause.span[0] :].lstrip(" ,")
            choice = choice or bool(reading.grammar.pattern("words", "either").match(behind))
            choice = choice or _is_aside(clause, span)  # "press-ups (on your knees if need be)"
            reading.exercise.put("position", Figure(name, (span,), "two ways" if choice else ""))
            return


def taken_back(reading: Reading) -> Iterator[Span]:
    """The words that the text takes back: "kneel down... no, not like that: on all fours"."""
    begin = -1
    for clause in reading.clauses:
        match = reading.grammar.pattern("words", "taken_back").search(clause.raw)
        if match:
            alone = not clause.raw[: match.start()].strip()
            yield (begin if alone and begin >= 0 else clause.span[0]), clause.spot(match)[1]
        begin = clause.span[0]


def _is_rested_in(reading: Reading, clause: Clause, match: re.Match[str]) -> bool:
    """Whether a position is that of a rest: "sit for a minute, then walk on"."""
    at = clause.spot(match)[0]
    rests = any(f.field == "rest" and f.span[0] <= at < f.span[1] for f in clause.findings)
    return rests and bool(reading.of("reps", "hold", "for", "work", "while", "sets"))


def _is_elsewhere(clause: Clause, match: re.Match[str]) -> bool:
    """Whether words name a position that is not the one to take: "after standing all day".

    Nor is one that is imagined, or that stands in what the exercise is good for.
    """
    pattern = clause.grammar.pattern
    before = match.string[: match.start()]
    imagined = pattern("words", "imagined").search(match[0])  # "sit back as if into a chair"
    return bool(imagined) or any(pattern(*name).search(before) for name in _NOT_TAKEN)


_NOT_TAKEN: Final = (("words", "no_position"), ("words", "imagined"), ("scope", "purpose"))
"""What may stand before a position that is not to be taken."""


def _is_aside(clause: Clause, span: Span) -> bool:
    """Whether words stand in parentheses, behind others."""
    before = clause.raw[: span[0] - clause.span[0]]
    other = clause.raw[:1] == "(" and clause.has("words", "either")
    return before.count("(") > before.count(")") and bool(before.partition("(")[0].strip() or other)


def postures(reading: Reading, clause: Clause) -> int:
    found = reading.grammar.pattern("words", "posture").findall(clause.raw)
    return len({word.casefold()[:3] for word in found})
