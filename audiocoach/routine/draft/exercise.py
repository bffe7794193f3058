"""Makes the figures of one exercise of what its sentences say: counts, times, rests."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from audiocoach.routine.draft.figures import Found, Reading, figure, number
from audiocoach.routine.draft.manner import (
    doubt_order,
    find_each,
    find_limb,
    find_position,
    find_sides,
    settle_sides,
    share_sides,
)
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.phases import find_phases, find_tempo
from audiocoach.routine.draft.rests import find_rests
from audiocoach.routine.draft.sentences import Clause, Finding, first
from audiocoach.routine.draft.tagged import ITEMS

_NEAR: Final = 40
"""Letters behind a count in which its side may stand."""


def read_exercise(reading: Reading) -> DraftExercise:
    """Put all figures into the exercise, and give it."""
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
    if by_time(reading):
        found = [each for each in found if each[0].item.kind != "times"]
    rounds = reading.of("rounds")
    named = reading.grammar.pattern("scope", "breath").search(reading.exercise.name)
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


def find_repeats(reading: Reading) -> None:
    """How often the whole is done: as sets or as reps, by what else is known."""
    again = next((each for each in reading.of("again") if not each[1].has("sides", "each")), None)
    again = reading.one("again_each", "second") or again
    another = next((each for each in reading.of("another") if not _is_variant(each[1])), None)
    exercise = reading.exercise
    other = another and number(another[0].item) in _held_for(exercise)  # "8 breaths, swap, 8 more"
    if another and not other and exercise.value("reps") in (None, number(another[0].item)):
        if exercise.value("reps") is None:
            exercise.put("reps", figure(another[0]))
        exercise.put("sets", Figure(2, (another[0].span,), derived="once, and another time"))
    whole = reading.one("whole_again")
    if whole:
        made = figure(whole[0])
        repeated(reading, Figure(made.value, made.spans, "once more"))
    told = reading.of("reps", "listed", "sets", "repeat", "more")
    rounds = ["rounds"] if not told and reading.of("hold", "for", "work") else []
    counted = reading.of(
        "more", "repeat", "total", *rounds, *(["reps"] if by_time(reading) else [])
    )
    for found in counted:
        once = found[0].field == "repeat" and found[0].item.value == 1  # "repeat once"
        more = found[0].field == "more" or once
        made = figure(found[0], 1 if more else 0, "once, and so many more" if more else "")
        if more and number(found[0].item) == exercise.value("reps"):  # "ten, then ten more"
            made = Figure(2, (found[0].span,), derived="once, and another time")
        sets = reading.grammar.pattern("words", "set_words")
        if more and sets.search(clause_words(reading, found[0])):  # "do one more set"
            exercise.put("sets", made)
        repeated(reading, made)
    if told and not reading.of("sets", "more") and reading.of("rounds"):
        repeated(reading, figure(reading.of("rounds")[0][0]))
    alone = not counted or (len(counted) == 1 and counted[0][0].field == "repeat")
    if again and alone and exercise.figures.keys() & {"reps", "hold_s", "hold_breaths", "work_s"}:
        exercise.put("sets", Figure(2, (again[0].span,), derived="once, and again"))


def _is_variant(clause: Clause) -> bool:
    """Whether a sentence tells of two variants: "ten circles, then backwards for another ten"."""
    return any(pattern.search(clause.tagged.text) for pattern in clause.grammar.each_pairs)


def _held_for(exercise: DraftExercise) -> list[Any]:
    """How long a rep is held, if there are no reps."""
    return [] if "reps" in exercise.figures else [exercise.value("hold_breaths")]


def by_time(reading: Reading) -> bool:
    """Whether it is done for a time, so that "three times" counts sets."""
    if reading.of("work"):
        return True
    return any(is_moving(reading, clause, each) for each, clause in reading.of("for"))


def repeated(reading: Reading, made: Figure) -> None:
    figures = reading.exercise.figures
    if "reps" in figures and "sets" not in figures:
        reps = figures["reps"]
        if made.value == reps.value:
            return
        if _is_of_sets(reading, reps, made):
            figures["reps"], made = made, reps
        figures["sets"] = made
    elif "reps" not in figures and ("hold_s" in figures or "work_s" not in figures):
        figures["reps"] = made
    elif "sets" not in figures:
        figures["sets"] = made


def _is_of_sets(reading: Reading, reps: Figure, repeat: Figure) -> bool:
    """Whether times that follow a repeat count sets: "Repeat 12 times. Do the lot twice."."""
    times = [each.span for each, _ in reading.of("reps") if each.item.kind == "times"]
    return reps.spans[0] in times and repeat.spans[0][1] <= reps.spans[0][0]


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
    for each, clause in reading.of("for", "lasting"):
        timed(reading, each, clause)
    rest_only(reading)


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


def clause_words(reading: Reading, each: Finding) -> str:
    """The words of a finding in the text."""
    return next(
        clause.raw[each.span[0] - clause.span[0] : each.span[1] - clause.span[0]]
        for clause in reading.clauses
        if clause.span[0] <= each.span[0] < clause.span[1]
    )


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
        moved = named_moving(reading)
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
    moves = is_moving(reading, clause, each) or named_moving(reading)
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
        unsure = made.doubt or ("phase word" if several else "")
        figures["hold_s"] = replace(made, doubt=unsure)


def is_moving(reading: Reading, clause: Clause, each: Finding) -> bool:
    before = clause.tagged.text[max(0, each.at - 110) : each.at + 40]
    return bool(reading.grammar.pattern("macros_of", "moving").search(before))


def named_moving(reading: Reading) -> bool:
    return bool(reading.grammar.pattern("macros_of", "moving").search(reading.exercise.name))


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
        reading.exercise.put("sets", Figure(count, (whole[0].span,), derived="one a minute"))
    value = number(found[0].item) if found[0].field == "every" else 60
    reading.exercise.put("every_s", Figure(value, (found[0].span,), found[0].item.doubt))


def find_doubts(reading: Reading) -> None:
    figures = reading.exercise.figures
    whole = " ".join(clause.tagged.text for clause in reading.clauses)
    if reading.grammar.pattern("bounds", "beside").search(whole):
        for name in ("reps", "hold_s", "hold_breaths", "work_s", "sets"):
            if name in figures and not figures[name].doubt:
                made = figures[name]
                figures[name] = Figure(made.value, made.spans, "able", made.derived)
    if any(each.field == "distance" for each, _ in reading.found):
        reading.exercise.doubts["work_s"] = "distance"
        reading.exercise.doubts["rest_s"] = "distance"
