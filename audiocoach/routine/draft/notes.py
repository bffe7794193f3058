"""What stands outside of the exercises: the session, all of them, a warm-up."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.aimed import (
    heads_one,
    is_resting,
    sides_for,
    take_aimed,
    take_headed,
    take_kind,
    take_ranked,
)
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import TIMED, Reading, figure, number
from audiocoach.routine.draft.groups import holds_for, place_of, put_grouped, share_minutes
from audiocoach.routine.draft.manner import side_of_all
from audiocoach.routine.draft.model import DraftExercise, DraftGroup, Figure
from audiocoach.routine.draft.opening import take_some
from audiocoach.routine.draft.parted import take_default, take_parted
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import how_often, put_often
from audiocoach.routine.draft.sentences import LONGEST_SESSION, SHORTEST_SESSION, Clause, Finding
from audiocoach.routine.draft.things import equip_session
from audiocoach.routine.draft.warm import add_warm_up, halves, is_warm

_ROUNDS: Final = {
    "between": "between_rest_s",
    "round_rest": "rest_s",
    "group_until": "until_s",
    "rounds": "rounds",
}
"""The figures of a group, by what the grammar calls them."""


_LONG_SESSION: Final = 600
"""Seconds that no exercise takes."""
_AGAIN: Final = frozenset(("reps", "repeat", "more", "again", "rounds", "second", "sets"))
"""The findings that say how often something is done."""
_OF_LISTS: Final = frozenset(("rounds", "again", "second", "repeat", "more"))
"""The findings that tell how often a list is gone through."""
_FEWEST: Final = 2
"""Exercises of a list."""
_FEW_BEFORE: Final = 8
"""Words of a paragraph before a sentence that is about what they tell."""
_NEAR_HEADING: Final = 40
"""Letters from the begin of a heading in which "three times" means rounds."""


def take_note(book: Book, clauses: list[Clause], part: int = -1, *, title: bool = False) -> None:
    """What a paragraph outside of the exercises says of all of them, or of one.

    `part`: the heading over some exercises that it stands under. `title`: it is that of the text,
    which speaks of all: "Your daily stretches".
    """
    begins = next((n for n in range(1, len(clauses)) if heads_one(book, clauses[n])), 0)
    if begins:
        take_note(book, clauses[:begins], part)
        clauses = clauses[begins:]
    if take_headed(book, clauses):
        return
    aimed = []
    resting = False
    for clause in clauses:
        if take_ranked(book, clause) or take_kind(book, clause) or take_some(book, clause):
            continue
        if _take_list(book, clause):
            continue
        aimed += [clause] if title else take_aimed(book, clause, resting=resting)
        resting = is_resting(clause)
    usable = [
        c
        for c in aimed
        if not c.has("scope", "ignored")
        or c.has("scope", "each_exercise")
        or is_warm(c)
        or (part >= 0 and c.findings[:1] and c.findings[0].field == "rest")
    ]
    whole = any(clause.has("scope", "each_exercise") for clause in usable)
    for clause in usable:
        added = [add_warm_up(book, half) for half in halves(book, clause)]
        if not any(added):
            _take_usable(book, clause, part, whole=whole)


def _take_usable(book: Book, clause: Clause, part: int, *, whole: bool) -> None:
    """What a sentence says of the session, of all exercises, or of those under a heading.

    `whole`: the paragraph that it is from speaks of each exercise.
    """
    if not take_parted(book, clause, part):
        take_session(book, clause, part)
        if whole:
            take_default(book, clause)
        elif clause.has("scope", "each_rep"):
            take_rep(book, clause)
    equip_session(book, clause)


def _take_list(book: Book, clause: Clause) -> bool:
    """ "and repeat the whole block once more": what stands right below a list is about that."""
    begin, end = max((each for each in book.lists if each[1] <= clause.span[0]), default=(0, 0))
    told = next((each for each in clause.findings if each.field in _OF_LISTS), None)
    if told is None or any(map(str.isalnum, book.view[end : clause.span[0]])):
        return False
    if clause.has("words", "for_some"):
        return False
    if told.field != "rounds" and not (
        clause.has("words", "block") or clause.has("scope", "whole")
    ):
        return False
    members = [n for n in range(len(book.draft.exercises)) if begin <= place_of(book, n) < end]
    if len(members) < _FEWEST:
        return False
    once = told.field in ("again", "second")
    rounds = figure(told, 1 if told.field == "more" else 0)
    rounds = Figure(2, (told.span,), derived="once, and again") if once else rounds
    rests = {
        _ROUNDS[each.field]: figure(each)
        for each in clause.findings
        if each.field in ("between", "round_rest")
    }
    book.draft.groups.append(DraftGroup(members, {"rounds": rounds, **rests}))
    return True


def take_session(book: Book, clause: Clause, part: int) -> None:
    often = _but_one(book, clause) or how_often(book, clause)
    under = [x for x in book.draft.exercises if x.part == part >= 0]
    if (
        often
        and under
        and (clause.span[0] < part + _NEAR_HEADING or _is_joined(book, part, clause))
    ):
        for exercise in under:
            exercise.put("schedule", often)
    elif often:
        put_often(book, often)
    for each in clause.findings:
        take_length(book, each)
        take_for_all(book, _leveled(each, clause), clause, part)
    if not is_warm(clause):
        _take_manner(book, clause)
    ordered = clause.has("sides", "right_then_left") or clause.has("sides", "left_then_right")
    if ordered and clause.has("words", "finish"):
        sides_for(book, clause)


def _is_joined(book: Book, part: int, clause: Clause) -> bool:
    """Whether no empty line stands between a heading over some exercises and a sentence."""
    return re.search(r"\n\s*\n", book.view[part : clause.span[0]]) is None


def _take_manner(book: Book, clause: Clause) -> None:
    """The position and the side that all exercises have."""
    if any(exercise.part == clause.span[0] for exercise in book.draft.exercises):
        return  # a heading over some
    if clause.has("scope", "refused"):
        return  # "no kneeling"
    whole = clause.has("scope", "session")
    ahead = (
        clause.has("scope", "setup") or clause.has("words", "for_all") or clause.raw[-1:] == ":"
    ) and clause.span[0] < min(
        (place_of(book, n) for n in range(len(book.draft.exercises))), default=0
    )
    where = Reading(DraftExercise(""), [clause], book.grammar)
    find_position(where)
    for name, made in where.exercise.figures.items():
        known = book.defaults.get(name)
        chosen = known is not None and known.doubt == "two ways"  # "sitting or lying. Begin ..."
        before = book.view[clause.span[0] : made.spans[0][0]]
        negated = book.grammar.pattern("words", "negated").search(before)
        if whole or ((ahead or chosen) and not (clause.findings or negated)):
            doubt = made.doubt or "all"
            if known is None or (chosen and doubt != "two ways"):
                book.defaults[name] = replace(made, doubt=doubt)
    span = side_of_all(clause, book.grammar)
    if span:
        book.defaults.setdefault("sides", Figure(span[0], (span[1],), "all"))


def _but_one(book: Book, clause: Clause) -> Figure | None:
    """How often, where it is another for one of them: "twice a day, but the first hourly"."""
    match = book.grammar.pattern("words", "except_one").search(clause.raw)
    if match is None:
        return None
    begin = clause.span[0]
    rule, apart = (
        how_often(book, Clause(text, at, book.grammar))
        for text, at in (
            (clause.raw[: match.start()], begin),
            (clause.raw[match.start() :], begin + match.start()),
        )
    )
    ordinals = book.grammar.pattern("words", "ordinals").pattern.split("|")
    told = match["which"].casefold()
    which = int(told) - 1 if told.isdigit() else ordinals.index(told)
    exercises = book.draft.exercises
    if apart and exercises and which < len(exercises):
        exercises[-1 if which == len(ordinals) - 1 else which].put("schedule", apart)
    return rule if apart else None


def take_length(book: Book, each: Finding) -> None:
    """The length of the session."""
    figures = book.draft.figures
    if each.item.kind != "duration":
        return
    if each.field == "duration" or (each.field == "lasting" and each.item.low >= SHORTEST_SESSION):
        old, new = figures.get("duration_s"), figure(each)
        made = better(old, new)
        twice = old is not None and old.value != new.value and not (old.doubt or new.doubt)
        figures["duration_s"] = replace(made, doubt="several") if twice else made
    elif each.field == "for" and SHORTEST_SESSION < each.item.low <= LONGEST_SESSION:
        figures.setdefault("duration_s", Figure(number(each.item), (each.span,), "length"))
    elif each.field == "title_duration" and "duration_s" not in figures:
        figures["duration_s"] = Figure(number(each.item), (each.span,), "title")


def better(old: Figure | None, new: Figure) -> Figure:
    """Of two lengths the later one, unless it is the doubtful one."""
    if old is None or (old.doubt and not new.doubt):
        return new
    return old if new.doubt else new


def take_for_all(book: Book, each: Finding, clause: Clause, part: int) -> None:
    """What a note says of all exercises, or of the rounds they are done in."""
    if each.field in _ROUNDS:
        put_grouped(book, _ROUNDS[each.field], figure(each), part)
    elif each.field == "sets_each":
        book.defaults.setdefault("sets", figure(each))
        book.one_by_one = True
    elif each.field in ("every", "work"):
        _work_for_all(book, each, part)
    elif each.field in ("emom", "emom_for"):
        _by_the_minute(book, each, part)
    elif each.field in ("again", "second") and part >= 0:
        put_grouped(book, "rounds", Figure(2, (each.span,), derived="once, and again"), part)
    elif each.field in ("repeat", "reps", "more"):
        headed = each.item.kind == "times" and _is_at_heading(book, clause, part)
        if headed:
            put_grouped(book, "rounds", figure(each), part)
        elif clause.has("scope", "whole") and not clause.has("scope", "each_exercise"):
            put_grouped(book, "rounds", figure(each, 1 if each.field == "more" else 0), part)
    elif each.field == "rest":
        _rest_for_all(book, each, clause, part)


def _is_at_heading(book: Book, clause: Clause, part: int) -> bool:
    """Whether a sentence stands right below the heading over some exercises, before them."""
    near = part >= 0 and clause.span[0] < part + _NEAR_HEADING
    places = [x.name_span[0] for x in book.draft.exercises if x.part == part and x.name_span]
    return near and clause.span[0] < min(places, default=clause.span[1])


def _work_for_all(book: Book, each: Finding, part: int) -> None:
    """The time of all exercises, or of those under a heading."""
    field = f"{each.field}_s"
    under = [x for x in book.draft.exercises if x.part == part >= 0]
    for exercise in under:
        if holds_for(book, field, exercise):
            exercise.put(field, figure(each))
    if not under:
        book.defaults.setdefault(field, figure(each))


def _rest_for_all(book: Book, each: Finding, clause: Clause, part: int) -> None:
    if clause.has("words", "between_sets"):
        book.defaults.setdefault("rest_s", figure(each))
    elif part >= 0 and each.item.kind in TIMED and _is_after(book, each, part):
        again = any(other.field in _AGAIN for other in clause.findings)
        put_grouped(book, "rest_s" if again else "rest_after_s", figure(each), part)


def _by_the_minute(book: Book, each: Finding, part: int) -> None:
    """One exercise a minute by turns: those under a heading, or all."""
    if part < 0:
        book.defaults.setdefault("every_s", Figure(60, (each.span,)))
        if each.field == "emom_for" and each.item.low:
            book.emom = figure(each)
        return
    members = [x for x in book.draft.exercises if x.part == part]
    for exercise in members:
        exercise.put("every_s", Figure(60, (each.span,)))
    if each.field == "emom_for" and members:
        share_minutes(members, figure(each))


def _is_after(book: Book, each: Finding, part: int) -> bool:
    """Whether words stand behind the last exercise under a heading."""
    places = [x.name_span[0] for x in book.draft.exercises if x.part == part and x.name_span]
    return bool(places) and each.span[0] > max(places)


def _leveled(each: Finding, clause: Clause) -> Finding:
    """A finding beside which stands another for other people: a question."""
    told = [clause.has("levels", level) for level in ("beginner", "advanced")]
    some = any(told) or clause.has("words", "for_some")
    if each.item.doubt or not (all(told) or (some and each.field == "rounds")):
        return each
    return replace(each, item=replace(each.item, doubt="levels"))


def take_rep(book: Book, clause: Clause) -> None:
    """What is said of every rep: "each repetition lasts six seconds, three up, three down"."""
    reading = Reading(DraftExercise(""), [clause], book.grammar)
    read_exercise(reading)
    for name in ("phases_s", "tempo", "hold_s", "rep_rest_s"):
        if name in reading.exercise.figures:
            book.defaults.setdefault(name, reading.exercise.figures[name])
            book.phase_words = reading.exercise.phase_words


def own_sentences(book: Book, clauses: list[Clause], name: str, part: int = -1) -> list[Clause]:
    """The sentences about the exercise itself; those about the session are noted.

    `part`: the heading over several exercises that it stands under.
    """
    own = []
    of_others = False
    for clause in clauses:
        of_others = _is_of_others(clause) or (of_others and _tells_often(clause))
        if clause.has("words", "after_block") and is_resting(clause):
            take_note(book, [clause], part)
        elif of_others:  # "1 and 2 twice a day. Yes, seven days a week."
            book.later += [clause] if _is_of_others(clause) else []
        elif is_of_exercise(book, clause):
            own.append(clause)
        elif (
            _is_length(clause)
            or _is_often(clause)
            or (clause.has("scope", "session") and clause.findings and not _is_own(clause))
        ):
            take_note(book, [clause])
            _doubt_rounds(book, clause)
        else:
            own += take_aimed(book, clause, name)
    return own


def _is_of_others(clause: Clause) -> bool:
    """Whether a sentence tells how often exercises are done by number, or all the others."""
    numbered = clause.has("scope", "numbered") and clause.has("scope", "each_exercise")
    return _tells_often(clause) and (numbered or clause.has("words", "others"))


def _tells_often(clause: Clause) -> bool:
    """Whether a sentence tells how often something is done, and no dose."""
    often = any(item.kind == "frequency" for item in clause.tagged.present())
    return often and not clause.findings


def take_later(book: Book) -> None:
    """Take what the text of one exercise says of others, when all are known."""
    for clause in book.later:
        take_note(book, [clause])


def is_of_exercise(book: Book, clause: Clause) -> bool:
    """Whether "do the whole thing twice" may be said of the exercise whose text goes before.

    It stands in the same paragraph, behind something else; which of both is meant is a question.
    """
    begin = book.view.rfind("\n", 0, clause.span[0]) + 1
    inside = len(book.view[begin : clause.span[0]].split()) >= _FEW_BEFORE
    counted = {each.field for each in clause.findings} & _AGAIN
    whole = clause.has("scope", "whole") and not clause.has("scope", "each_exercise")
    return bool(counted) and whole and (inside or len(clause.findings) > len(counted))


def _doubt_rounds(book: Book, clause: Clause) -> None:
    """Rounds told in the text of an exercise: of that alone, or of all?"""
    for grouping in book.grouped:
        for name, made in grouping.figures.items():
            if clause.span[0] <= made.spans[0][0] < clause.span[1]:
                grouping.figures[name] = replace(made, doubt=made.doubt or "members")


def _is_length(clause: Clause) -> bool:
    """Whether a sentence tells how long all takes, and nothing else."""
    told = {each.field for each in clause.findings} == {"duration"}
    return told and clause.findings[0].item.low >= _LONG_SESSION


def _is_often(clause: Clause) -> bool:
    """Whether a sentence tells how often all is done: "all of this twice a day"."""
    often = any(item.kind == "frequency" for item in clause.tagged.present())
    return (
        often
        and not clause.findings
        and clause.has("words", "for_all")
        and not clause.has("words", "others")
    )


def _is_own(clause: Clause) -> bool:
    """Whether a sentence has sets of something: "three rounds of 4 breaths, one between rounds".

    Or what stands right before it is done once more: "then do the whole thing again".
    """
    fields = {each.field for each in clause.findings}
    if fields == {"again"}:
        return True
    dosed = bool(fields & {"reps", "hold", "while"})
    counted = dosed and bool(fields & {"sets", "rounds"})
    return counted and not clause.has("scope", "each_exercise")
