"""Sees which figures of an exercise its own sentences leave open: limits, steps, breaths, times."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.model import Figure
from audiocoach.routine.draft.sentences import Clause

_MANY_TIMES: Final = 4
"""Times in the text of one exercise that are more than a hold, its range and two rests."""
_MINUTE: Final = 60
"""Seconds; work for longer is no rep."""
_MOST_SETS: Final = 5
"""Sets that "repeat so many times" may be, beside reps."""


def find_doubts(reading: Reading) -> None:
    figures = reading.exercise.figures
    whole = " ".join(clause.tagged.text for clause in reading.clauses)
    if reading.grammar.pattern("bounds", "beside").search(whole):
        for name in ("reps", "hold_s", "hold_breaths", "work_s", "sets"):
            if name in figures and not figures[name].doubt:
                made = figures[name]
                figures[name] = Figure(made.value, made.spans, "able", made.derived)
    _doubt_breaths(reading)
    _doubt_beside_time(reading)
    _doubt_two_doses(reading)
    _doubt_steps(reading)
    back = any(clause.has("words", "way_back") for clause in reading.clauses)
    if back and "rest_s" not in figures:
        reading.exercise.doubts.setdefault("rest_s", "distance")
    if any(each.field == "distance" for each, _ in reading.found):
        reading.exercise.doubts["work_s"] = "distance"
        reading.exercise.doubts["rest_s"] = "distance"


def _doubt_breaths(reading: Reading) -> None:
    """Breaths that may be no hold, and counts of them that may be no reps.

    "Afterwards take five breaths to settle" is beside the reps; "let the breath come in four or
    five waves" tells how to breathe.
    """
    figures = reading.exercise.figures
    breaths = figures.get("hold_breaths")
    if breaths and "hold_s" in figures:
        figures["hold_breaths"] = replace(breaths, doubt=breaths.doubt or "several")
    elif breaths and "reps" in figures and _is_said(reading, breaths, "settling"):
        figures["hold_breaths"] = replace(breaths, doubt=breaths.doubt or "phase word")
    reps = figures.get("reps")
    if reps and _is_said(reading, reps, "waves"):
        figures["reps"] = replace(reps, doubt=reps.doubt or "guess")


def _doubt_beside_time(reading: Reading) -> None:
    """Counts beside a time that may be all there is.

    "40 seconds; aim for 12 reps" is done by the clock. "10 times. Walk about for a minute" has a
    time behind the count, in a sentence of its own, that may be a rest.
    """
    figures = reading.exercise.figures
    reps, sets, work = (figures.get(name) for name in ("reps", "sets", "work_s"))
    timed = work or figures.get("hold_s")
    if reps and timed and not reading.of("hold") and _is_said(reading, reps, "aimed"):
        figures["reps"] = replace(reps, doubt=reps.doubt or "work or hold")
    times = [each.span for each, _ in reading.of("reps") if each.item.kind == "times"]
    if work and sets and sets.spans[0] in times and not reading.is_named_moving():
        apart = _clause_of(reading, sets) is not _clause_of(reading, work)
        if apart and sets.spans[0][0] < work.spans[0][0]:
            for name, made in (("sets", sets), ("work_s", work)):
                figures[name] = replace(made, doubt=made.doubt or "work or hold")


def _doubt_two_doses(reading: Reading) -> None:
    """A count beside minutes in one sentence: "3 minutes of marching and 10 arm circles"."""
    figures = reading.exercise.figures
    work, reps = figures.get("work_s"), figures.get("reps")
    if not work or not reps or work.doubt != "work or hold" or _most(work.value) < _MINUTE:
        return
    if _clause_of(reading, work) is _clause_of(reading, reps):
        for name in ("reps", "each"):
            if name in figures:
                made = figures[name]
                figures[name] = replace(made, doubt=made.doubt or "work or hold")


def _clause_of(reading: Reading, made: Figure) -> Clause | None:
    """The sentence in which a figure stands."""
    at = made.spans[0][0]
    return next((c for c in reading.clauses if c.span[0] <= at < c.span[1]), None)


def _is_said(reading: Reading, made: Figure, name: str) -> bool:
    """Whether a pattern of the words stands in the sentence of a figure."""
    clause = _clause_of(reading, made)
    return clause is not None and clause.has("words", name)


def _doubt_steps(reading: Reading) -> None:
    """A hold among many times is that of one of several steps; many sets are rather reps."""
    figures = reading.exercise.figures
    held, sets = figures.get("hold_s"), figures.get("sets")
    timed = sum(
        item.kind == "duration" for clause in reading.clauses for item in clause.tagged.present()
    )
    if held and timed >= _MANY_TIMES:
        figures["hold_s"] = replace(held, doubt=held.doubt or "phase word")
    repeated = [each.span for each, _ in reading.of("repeat", "reps") if each.item.kind == "times"]
    if sets and "reps" in figures and sets.spans[0] in repeated and _most(sets.value) > _MOST_SETS:
        for name in ("sets", "reps"):
            figures[name] = replace(figures[name], doubt=figures[name].doubt or "several")


def _most(value: Any) -> float:
    return max(value) if isinstance(value, list) else value if isinstance(value, int) else 0
