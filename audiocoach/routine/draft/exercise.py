"""Makes the figures of one exercise of what its sentences say: counts, times, rests."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.figures import (
    TIMED,
    Found,
    Reading,
    by_time,
    clause_words,
    figure,
    is_moving,
    number,
)
from audiocoach.routine.draft.manner import (
    doubt_order,
    find_each,
    find_limb,
    find_sides,
    settle_sides,
    share_sides,
)
from audiocoach.routine.draft.model import ONE_A_MINUTE, DraftExercise, Figure
from audiocoach.routine.draft.phases import find_phases, find_tempo
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.repeats import count_in_all, find_repeats
from audiocoach.routine.draft.rests import find_rests
from audiocoach.routine.draft.sentences import Clause, Finding, first
from audiocoach.routine.draft.tagged import ITEMS
from audiocoach.routine.draft.unsure import find_doubts

_LONG: Final = 480
"""Seconds that hardly an exercise takes."""
_MINUTE: Final = 60
_NEAR: Final = 40
"""Letters behind a count in which its side may stand."""
_PARTS: Final = re.compile(r"[,;:(–—]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SENTENCE: Final = 4
"""Words in front of a time that tell what is done."""


def read_exercise(reading: Reading) -> DraftExercise:
    """Put all figures into the exercise, and give it."""
    count_in_all(reading)
    find_phases(reading)
    find_tempo(reading)
    find_reps(reading)
    find_times(reading)
    find_repeats(reading)
    find_rests(reading)
    find_every(reading)
    find_each(reading)
    find_sides(reading)
    settle_sides(reading)
    share_sides(reading)
    doubt_order(reading)
    find_limb(reading)
    find_position(reading)
    find_doubts(reading)
    return reading.exercise


def find_reps(reading: Reading) -> None:
    sets = reading.one("sets")
    if sets:
        reading.exercise.put("sets", figure(sets[0]))
    found = reading.of("reps") or reading.of("listed")
    found = [each for each in found if not _is_elliptic(reading, *each)]
    if by_time(reading):
        found = [each for each in found if each[0].item.kind != "times"]
    rounds = reading.of("rounds")
    named = _is_breathing(reading)
    if not found and (named or "breath_in" in reading.exercise.phase_words):
        found = [each for each in reading.of("hold") if each[0].item.kind == "breaths"]
    if not found and rounds and not reading.of("repeat", "hold", "for", "work"):
        found = rounds
    if not found:
        return
    found = _times_of_reps(reading, found)
    by = by_side(reading, found) or by_level(reading, found)
    if by:
        reading.exercise.put("reps", by)
        return
    made = figure(found[0][0])
    if isinstance(made.value, dict):
        count = len(made.value["per_set"])
        reading.exercise.put("sets", replace(made, value=count, derived="one number for each"))
    others = {str(number(each.item)) for each, _ in found}
    if len(others) > 1:
        made = Figure(made.value, made.spans, made.doubt or "several")
    reading.exercise.put("reps", made)


def _is_elliptic(reading: Reading, found: Finding, clause: Clause) -> bool:
    """Whether a bare number repeats the time of a side: "3 breaths right, 3 with the left"."""
    text, items = clause.tagged.text, clause.tagged.items
    before = [at for at, char in enumerate(text[: found.at]) if char in items]
    told = items[text[before[-1]]] if before else found.item
    if found.item.kind != "number" or told.kind not in (*TIMED, "breaths"):
        return False
    same = number(told) == found.item.value * (_MINUTE if told.unit == "min" else 1)
    if not same:
        return False
    ahead, behind = text[before[-1] + 1 : found.at], text[found.at + 1 :][:_NEAR]
    return _names_side(reading, ahead) and _names_side(reading, behind)


def _names_side(reading: Reading, words: str) -> bool:
    """Whether some words up to the next figure name one side."""
    own = re.split(f"[{ITEMS}]", words)[0]
    sides = (reading.grammar.pattern("side_words", side) for side in ("right", "left"))
    return any(side.search(own) for side in sides)


def _is_breathing(reading: Reading) -> bool:
    """Whether its name is that of breathing, and not only done "with the breath"."""
    name = reading.exercise.name
    match = reading.grammar.pattern("scope", "breath").search(name)
    beside = reading.grammar.pattern("equipment", "beside")
    return match is not None and not beside.search(name[: match.start()])


def _times_of_reps(reading: Reading, found: Found) -> Found:
    """ "10 steps left, 10 steps right, three times": what is counted in times is sets."""
    counted = [each for each in found if each[0].item.kind == "reps" and not each[0].item.doubt]
    times = [each for each in found if each[0].item.kind == "times"]
    if not counted or len(times) != 1 or reading.of("sets", "repeat", "more", "rounds"):
        return found
    reading.exercise.put("sets", figure(times[0][0]))
    return [each for each in found if each not in times]


def by_side(reading: Reading, found: Found) -> Figure | None:
    """`{right, left}`, where the words say another figure for each side."""
    sides: dict[str, Finding] = {}
    for each, clause in found:
        text = re.split(f"[{ITEMS}]", clause.tagged.text[each.at + 1 : each.at + _NEAR])[0]
        for side in ("right", "left"):
            words = reading.grammar.pattern("side_words", side).search(text)
            other = reading.grammar.pattern("side_words", "left" if side == "right" else "right")
            against = other.search(text)
            if words and (not against or words.start() < against.start()):
                sides.setdefault(side, each)
    if len(sides) < 2 or sides["right"].item.value == sides["left"].item.value:
        return None
    value = {side: number(each.item) for side, each in sorted(sides.items(), reverse=True)}
    return Figure(value, tuple(each.span for each in sides.values()))


def by_level(reading: Reading, found: Found) -> Figure | None:
    levels: dict[str, Finding] = {}
    for each, clause in found:
        begin = max(0, each.at - 45)
        nearest: tuple[int, str] | None = None
        for level in ("beginner", "intermediate", "advanced"):
            pattern = reading.grammar.pattern("levels", level)
            for match in pattern.finditer(clause.tagged.text, begin, each.at + 30):
                far = abs(each.at - (match.start() if match.start() > each.at else match.end()))
                nearest = min(nearest or (far, level), (far, level))
        if nearest:
            levels.setdefault(nearest[1], each)
    if len(levels) < 2:
        return None
    value = {level: number(each.item) for level, each in sorted(levels.items())}
    ordered = {k: value[k] for k in ("beginner", "intermediate", "advanced") if k in value}
    return Figure(ordered, tuple(each.span for each in levels.values()))


def find_times(reading: Reading) -> None:
    exercise = reading.exercise
    if "phases_s" in exercise.figures or "tempo" in exercise.figures:
        find_until(reading)
        return
    if "reps" in exercise.figures and not reading.of("hold"):
        pace = first(reading.clauses, "words", "pace")
        if pace:  # "15 times, about one every second"
            exercise.put("rep_duration_s", Figure(1, (pace,)))
            return
    for each, _ in reading.of("hold"):
        held(reading, each)
    for each, clause in reading.of("while"):
        if not is_moving(reading, clause, each):
            told = figure(each)
            unsure = told.doubt or ("work or hold" if "reps" in exercise.figures else "")
            exercise.put("hold_s", Figure(told.value, told.spans, unsure))
        elif "reps" not in exercise.figures:
            exercise.put("reps", Figure(number(each.item), (each.span,), "counts"))
    for each, _ in reading.of("work"):
        exercise.put("work_s", figure(each))
    for each, clause in [*reading.of("for", "lasting"), *_lengths(reading)]:
        timed(reading, each, clause)
    rest_only(reading)


def _lengths(reading: Reading) -> Found:
    """How long an exercise takes that has no count: "give yourself at least 4 minutes"."""
    if not reading.exercise.name or reading.exercise.figures.keys() & {"sets", "reps"}:
        return []
    return [each for each in reading.of("duration") if each[0].item.low < _LONG]


def held(reading: Reading, each: Finding) -> None:
    kind = each.item.kind
    if kind == "breaths" and "reps" in reading.exercise.figures:
        counted = reading.exercise.figures["reps"].spans
        if each.span in counted:
            return
    name = "hold_breaths" if kind == "breaths" else "hold_s"
    alike = [one for one in reading.of("hold", "for") if one[0].item.kind == kind]
    made = by_level(reading, alike) or by_side(reading, alike)
    held = [one for one, _ in reading.of("hold") if one.item.kind == kind]
    if made is None and len({str(number(one.item)) for one in held}) > 1:
        told = figure(each)
        made = Figure(told.value, told.spans, told.doubt or "several")
    made = made or figure(each)
    words = clause_words(reading, each)
    if not made.doubt and reading.grammar.pattern("words", "slowly").search(words):
        made = replace(made, doubt="phase word")
    reading.exercise.put(name, made)


def rest_only(reading: Reading) -> None:
    """A pose to rest in has its time as a rest."""
    timed = {"hold_s", "work_s", "reps", "hold_breaths"}
    rest, breaths = reading.one("rest"), reading.one("rest_breaths")
    if breaths and not reading.exercise.figures.keys() & timed:
        reading.exercise.put("hold_breaths", figure(breaths[0]))
        return
    if reading.of("distance", "repeat", "more", "total", "another"):
        return
    if reading.exercise.name and rest and not reading.exercise.figures.keys() & timed:
        made = figure(rest[0])
        moved = reading.is_named_moving() or is_moving(reading, rest[1], rest[0])
        made = replace(made, doubt=made.doubt or ("" if moved else "work or hold"))
        reading.exercise.put("work_s" if moved else "hold_s", made)
        reading.found.remove(rest)


def timed(reading: Reading, each: Finding, clause: Clause) -> None:
    figures = reading.exercise.figures
    if figures.keys() & {"hold_s", "work_s", "hold_breaths", "rep_duration_s"}:
        return
    alone = len(clause.tagged.text.strip(" .")) == 1
    if alone and {"sets", "reps"} <= figures.keys() and "rest_s" not in figures:
        figures["rest_s"] = figure(each)  # "3 sets, 12 R, 8 L. 45s"
        return
    moves = is_moving(reading, clause, each) or reading.is_named_moving()
    if "reps" in figures and not moves:
        made = figure(each)
        figures["hold_s"] = Figure(made.value, made.spans, made.doubt or "work or hold")
    elif "reps" in figures:
        made = figure(each)
        figures["work_s"] = Figure(made.value, made.spans, made.doubt or "work or hold")
    elif moves:
        figures["work_s"] = figure(each)
    else:
        made = figure(each)
        several = sum(one.field == each.field for one in clause.findings) > 1
        still = "" if _is_still(reading, each, clause) else "work or hold"
        unsure = "phase word" if several else still
        figures["hold_s"] = replace(made, doubt=made.doubt or unsure)


def _is_still(reading: Reading, each: Finding, clause: Clause) -> bool:
    """Whether what stands before a time may be held: no sentence that tells of something else.

    "Standing on the pillow, volley the ball against the wall for a minute" is no hold.
    """
    parts = _PARTS.split(clause.tagged.text[: each.at])
    told = [part for part in parts if len(_WORD.findall(part)) >= _SENTENCE]
    return not told or bool(reading.grammar.pattern("macros_of", "still").search(told[-1]))


def find_until(reading: Reading) -> None:
    """Paced breathing "for five minutes"."""
    if "reps" in reading.exercise.figures:
        return
    used = (
        set(reading.exercise.figures["phases_s"].spans)
        if "phases_s" in reading.exercise.figures
        else set()
    )
    for each, _ in reading.of("for", "hold", "work"):
        if each.item.kind == "duration" and each.item.low >= 30 and each.span not in used:
            reading.exercise.put("until_s", figure(each))


def find_every(reading: Reading) -> None:
    found = reading.one("every", "emom", "emom_for")
    if found is None:
        return
    whole = reading.one("emom_for")
    if whole and whole[0].item.low >= 60:
        count = int(whole[0].item.low // 60)
        reading.exercise.put("sets", Figure(count, (whole[0].span,), derived=ONE_A_MINUTE))
    value = number(found[0].item) if found[0].field == "every" else 60
    reading.exercise.put("every_s", Figure(value, (found[0].span,), found[0].item.doubt))
