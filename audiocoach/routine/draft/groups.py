"""Exercises that belong together: circuits, supersets, minutes; and what is said once for all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from audiocoach.routine.draft.book import Book, Grouping
from audiocoach.routine.draft.figures import figure
from audiocoach.routine.draft.model import (
    DOSE_FIELDS,
    ONE_A_MINUTE,
    DraftExercise,
    DraftGroup,
    Figure,
)

_TIMING: Final = ("hold_s", "hold_breaths", "work_s", "phases_s", "tempo")
"""What is said of all, and may be another where an exercise has a dose of its own."""
_LONGEST_REP: Final = 120
"""Seconds; a longer time is that of the whole exercise."""


_LONG_HOLD: Final = 20
"""Seconds of a hold that may be done once."""


def put_grouped(book: Book, name: str, made: Figure, part: int) -> None:
    """A figure of a group: of that under a heading, of the last begun, or of one it begins."""
    mine = [each for each in book.grouped if each.part == part]
    if not mine or (part < 0 and _begins(book, mine[-1], name, made)):
        book.grouped.append(Grouping({name: made}, part))
    else:
        known = mine[-1].figures
        again = name in known and bool(known[name].derived) and not made.derived
        known[name] = made if again else known.get(name, made)  # "again. Three rounds in all."


def _begins(book: Book, last: Grouping, name: str, made: Figure) -> bool:
    """Whether a figure belongs to another group than the last: exercises stand in between."""
    told = last.figures.get("rounds") or last.figures.get("until_s")
    if told is None or name not in ("rounds", "until_s"):
        return False
    names = [(x.name_span or (0, 0))[0] for x in book.draft.exercises]
    return any(told.spans[0][0] < place < made.spans[0][0] for place in names)


def apply_defaults(book: Book) -> None:
    """Give each exercise what is said of all."""
    for grouping in book.grouped if book.one_by_one else ():
        between = grouping.figures.pop("between_rest_s", None)
        if between:
            book.defaults.setdefault("rest_s", between)
    book.grouped = [each for each in book.grouped if each.figures]
    for exercise in book.draft.exercises:
        if exercise.phase != "main":
            continue
        _apply_numbered(book, exercise)
        shared = book.shared(exercise.part)
        held = [name for name in shared if holds_for(book, name, exercise)]
        dosed = bool(exercise.figures.keys() & set(DOSE_FIELDS))
        whole = {"hold_s", "reps"} <= exercise.figures.keys()
        sides = shared.get("sides")
        if sides and sides.value == "affected" and exercise.value("sides") == "each":
            own = exercise.figures["sides"]  # "help it with the other hand"
            exercise.figures["sides"] = replace(own, doubt=own.doubt or "all")
        for name in held:
            told = shared[name]
            timing = name in _TIMING or (whole and name in ("sets", "rest_s"))
            timing = timing or (name == "reps" and _is_done(exercise))
            timing = timing or (name in ("sets", "rest_s") and "work_s" in exercise.figures)
            unsure = dosed and timing and not told.doubt
            exercise.put(name, replace(told, doubt="all") if unsure else told)
            exercise.phase_words = exercise.phase_words or book.phase_words
        _settle_sides(book, exercise)


def _settle_sides(book: Book, exercise: DraftExercise) -> None:
    """Sides with a question of their own need no other; those of a dose on a condition are one."""
    sides = exercise.figures.get("sides")
    if sides:
        if sides.doubt:
            exercise.doubts.pop("sides", None)
    elif book.asks_sides and _has_sides(book, exercise):
        exercise.doubts.setdefault("sides", "one or both")


def _is_done(exercise: DraftExercise) -> bool:
    """Whether what an exercise has of its own may be all there is: half a minute, six breaths."""
    held, breaths = exercise.value("hold_s"), exercise.value("hold_breaths")
    return breaths is not None or (isinstance(held, int | float) and held >= _LONG_HOLD)


def holds_for(book: Book, name: str, exercise: DraftExercise) -> bool:
    """Whether what is said of all exercises holds for this one."""
    return _has_sides(book, exercise) if name == "sides" else _has_room(book, name, exercise)


def _has_room(book: Book, name: str, exercise: DraftExercise) -> bool:
    """Whether a dose that is said of all can be added to that of an exercise."""
    figures, shared = exercise.figures, book.shared(exercise.part)
    if name in ("phases_s", "tempo", "rep_rest_s"):
        return "reps" in figures or "reps" in shared
    filled = {"hold_s", "work_s", "reps", "hold_breaths"}
    if name in ("work_s", "hold_s") or (name == "hold_breaths" and "reps" not in shared):
        return not figures.keys() & {*filled, "phases_s", "tempo"}
    if name == "reps" and (_is_timed(exercise) or is_once(book, exercise)):
        return False
    if name == "every_s":
        return "reps" in figures and not in_timed_group(book, exercise)
    sets = figures.get("sets") or shared.get("sets")
    if name == "rest_s" and (sets is None or sets.value == 1):
        return False
    name = "sets" if name == "rest_s" else name
    return not (name == "sets" and is_once(book, exercise))


def _is_timed(exercise: DraftExercise) -> bool:
    """Whether an exercise has all its dose without reps: a time, or "three times 30 seconds"."""
    figures = exercise.figures
    held = {"sets", "hold_s"} <= figures.keys()
    return held or "work_s" in figures or _is_long(exercise.value("hold_s"))


def _is_long(seconds: Any) -> bool:
    """Whether a time is that of a whole exercise: walking for minutes, once."""
    highest = max(seconds) if isinstance(seconds, list) else seconds
    return isinstance(highest, int | float) and highest > _LONGEST_REP


def _apply_numbered(book: Book, exercise: DraftExercise) -> None:
    """Give an exercise what is said of some by their numbers: "exercises 2 to 5", "B to D"."""
    for limits, figures in book.numbered:
        if is_within(limits, exercise.label):
            for name in sorted(figures, key=_order):
                if name == "position" or holds_for(book, name, exercise):
                    exercise.put(name, figures[name])


def is_numbered(book: Book, exercise: DraftExercise) -> bool:
    """Whether something is said of an exercise by its number."""
    return any(is_within(limits, exercise.label) for limits, _ in book.numbered)


def _order(name: str) -> int:
    """A time has room where there are no counts yet; rests need these."""
    return 0 if name in _TIMING else 1 if name in ("reps", "sets") else 2


def is_within(limits: tuple[str, str], label: str) -> bool:
    """Whether the number or letter of an exercise is one of those between two."""
    first, last = limits
    if label.isdigit() and first.isdigit():
        return int(first) <= int(label) <= int(last)
    return first.casefold() <= label.casefold() <= last.casefold()


def _has_sides(book: Book, exercise: DraftExercise) -> bool:
    """Whether the side that is named for all is that of an exercise, too."""
    both = book.grammar.pattern("words", "both_at_once")
    own = book.own.get(book.draft.exercises.index(exercise), [])
    return not any(clause.search(both) for clause in own)


def in_timed_group(book: Book, exercise: DraftExercise) -> bool:
    """Whether another heading than EMOM stands before it: an AMRAP."""
    until = next((g.figures["until_s"] for g in book.grouped if "until_s" in g.figures), None)
    every = book.defaults.get("every_s")
    if not until or not every or not exercise.name_span:
        return False
    return every.spans[0][0] < until.spans[0][0] < exercise.name_span[0]


def is_once(book: Book, exercise: DraftExercise) -> bool:
    at = book.draft.exercises.index(exercise)
    return any(clause.has("words", "once_only") for clause in book.own.get(at, []))


def make_supersets(book: Book) -> None:
    """A1 and A2 are done by turns."""
    told = bool(book.grammar.pattern("words", "superset").search(book.view))
    letters: dict[str, list[int]] = {}
    for n, exercise in enumerate(book.draft.exercises):
        if re.fullmatch(r"[A-Za-z]\d|\d[A-Za-z]", exercise.label):
            letters.setdefault(exercise.label[0].upper(), []).append(n)
    for members in letters.values():
        sets = [book.draft.exercises[n].figures.get("sets") for n in members]
        if len(members) > 1 and not any(sets[:-1]) and _share_rounds(book, members):
            continue
        if (
            len(members) < 2
            or not sets[0]
            or any(not each or each.value != sets[0].value for each in sets)
        ):
            continue
        spans = tuple(span for each in sets if each for span in each.spans)
        rounds = Figure(sets[0].value, spans, sets[0].doubt, sets[0].derived)
        group = DraftGroup(members, {"rounds": _by_turns(rounds, told=told)})
        rests = [book.draft.exercises[n].figures.pop("rest_s", None) for n in members]
        for n in members:
            del book.draft.exercises[n].figures["sets"]
        if rests[-1]:
            group.figures["rest_s"] = _by_turns(rests[-1], told=told)
        if (
            rests[0]
            and len({str(each and each.value) for each in rests[:-1]}) == 1
            and len(members) > 1
        ):
            group.figures["between_rest_s"] = _by_turns(rests[0], told=told)
        book.draft.groups.append(group)


def _share_rounds(book: Book, members: list[int]) -> bool:
    """The rounds that stand behind the last of some letters: "A1 squat 5, A2 row 6, 4 rounds"."""
    rounds = next(
        (
            figure(each)
            for clause in book.own.get(members[-1], [])
            for each in clause.findings
            if each.field == "rounds"
        ),
        None,
    )
    if rounds is None:
        return False
    book.draft.exercises[members[-1]].figures.pop("sets", None)
    group = DraftGroup(members, {"rounds": rounds})
    rest = book.draft.exercises[members[-1]].figures.pop("rest_s", None)
    if rest:
        group.figures["rest_s"] = rest
    book.draft.groups.append(group)
    return True


def _by_turns(made: Figure, *, told: bool) -> Figure:
    """A figure of a group; a question where only letters tell of that."""
    doubt = made.doubt or ("" if told else "by turns")
    return Figure(made.value, made.spans, doubt, made.derived)


def share_all_minutes(book: Book) -> None:
    """Sets by the minute, where the whole session is done so."""
    every = [x for x in book.draft.exercises if x.value("every_s") is not None]
    if book.emom is not None and every:
        share_minutes(every, book.emom)


def share_minutes(exercises: list[DraftExercise], whole: Figure) -> None:
    """Sets by the minute: as many as the whole time has minutes."""
    if not isinstance(whole.value, int | float):
        return
    count = whole.value / (exercises[0].value("every_s") * len(exercises))
    if count >= 1 and count == int(count):
        for exercise in exercises:
            alone = len(exercises) == 1
            told = ONE_A_MINUTE if alone else "the minutes, shared out among the exercises"
            doubt = "" if alone else "minutes"
            exercise.put("sets", Figure(int(count), whole.spans, doubt, told))


def make_groups(book: Book) -> None:
    """The circuits that headings and notes describe."""
    inside: set[int] = set()
    loose = not book.draft.groups
    for grouping in sorted(book.grouped, key=lambda each: each.part < 0):
        if not grouping.figures.keys() & {"rounds", "until_s", "between_rest_s"}:
            continue
        if grouping.part < 0 and not loose:
            continue
        members = [n for n in _members(book, grouping) if n not in inside]
        same = next((each for each in book.draft.groups if each.members == members), None)
        if same:
            same.figures |= {k: v for k, v in grouping.figures.items() if k not in same.figures}
        elif members:
            inside |= set(members)
            _share_rests(book, members, grouping.figures)
            book.draft.groups.append(DraftGroup(members, grouping.figures))
    book.draft.groups.sort(key=lambda each: each.members[0])


def _members(book: Book, grouping: Grouping) -> list[int]:
    """The exercises of a group: those under its heading, or those that follow it, or all."""
    main = [n for n, each in enumerate(book.draft.exercises) if each.phase == "main"]
    if grouping.part >= 0:
        return [n for n in main if book.draft.exercises[n].part == grouping.part]
    main = [n for n in main if not _is_behind(book, grouping, book.draft.exercises[n])]
    plain = [each for each in book.grouped if each.part < 0]
    if len(plain) == 1 and "until_s" not in grouping.figures:
        return main
    ends = [each.place for each in plain if each.place > grouping.place]
    end = min(ends, default=len(book.view))
    members = [n for n in main if grouping.place < place_of(book, n) < end]
    return members or (main if len(plain) == 1 else [])


def _is_behind(book: Book, grouping: Grouping, exercise: DraftExercise) -> bool:
    """Whether an exercise stands under a heading such as "Finisher", behind all rounds."""
    finisher = book.grammar.pattern("scope", "finisher")
    heading = book.view[exercise.part :].partition("\n")[0] if exercise.part >= 0 else ""
    return exercise.part > grouping.place and bool(finisher.match(heading))


def _share_rests(book: Book, members: list[int], figures: dict[str, Figure]) -> None:
    """One rest behind each exercise of a circuit is the rest between them."""
    exercises = [book.draft.exercises[n] for n in members]
    rests = [each.figures.get("rest_s") for each in exercises if "sets" not in each.figures]
    values = {str(rest and rest.value) for rest in rests}
    if "rounds" not in figures or len(rests) < max(len(exercises), 2) or len(values) > 1:
        return
    if rests[0] is not None:
        figures.setdefault("between_rest_s", rests[0])
        for each in exercises:
            del each.figures["rest_s"]


def place_of(book: Book, member: int) -> int:
    span = book.draft.exercises[member].name_span
    return span[0] if span else 0
