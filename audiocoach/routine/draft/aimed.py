"""What a note says of some exercises, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from audiocoach.routine.draft.adding import tell
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading, number
from audiocoach.routine.draft.groups import is_numbered, is_within
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.phases import find_phases
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import how_often
from audiocoach.routine.draft.sentences import Clause
from audiocoach.routine.draft.things import equip

_MOST_HEADED: Final = 7
"""Words before a colon that may be names."""
_SMALL: Final = re.compile(
    r"the|and|with|then|de[rlsn]|die|das|und|mit|dann|l[oae]s|con|une|avec|puis", re.IGNORECASE
)
"""Words of no meaning for a name, in any of the languages."""
_STAR: Final = re.compile(r"\s*[*†‡]")
"""What marks the rows of a table that a note below is about."""
_SHORTEST: Final = 5
"""Letters of a name that words may begin with by chance."""
MOST_KNOWN: Final = 300
"""Exercises among which a name means one of them."""
_OFTEN: Final = frozenset(("frequency", "weekdays", "every"))
"""The kinds of items that tell how often."""
_MOST_KIND: Final = 3
"""Words that name a kind of exercise, or a part of a name."""


def take_aimed(book: Book, clause: Clause, own: str = "", *, resting: bool = False) -> list[Clause]:
    """Take what a sentence says of other exercises, by their names; gives what is left of it.

    `own`: the exercise in whose text it stands, which is none of the others. `resting`: the
    sentence before was about rests, and this one goes on with that.
    """
    resting = resting or is_resting(clause)
    timed = any(item.kind in ("frequency", "duration") for item in clause.tagged.present())
    if not 0 < len(book.draft.exercises) <= MOST_KNOWN or not timed:
        return [clause]
    left: list[Clause] = []
    aimed: list[DraftExercise] = []
    but = book.grammar.pattern("words", "but_for").search(clause.raw)
    apart = _listed(book, but["names"]) if but else []
    often = how_often(book, clause) if apart else None
    if often:
        for exercise in book.draft.exercises:
            if exercise not in apart:
                exercise.put("schedule", often)
        return []
    for part in _parts(book, clause):
        others = part.has("words", "others")
        known = [x for x in book.draft.exercises if x not in aimed and x.phase == "main"]
        known = [x for x in known if not is_numbered(book, x)]
        told = aimed or own or book.numbered or any("schedule" in x.figures for x in known)
        targets = known if others and told else named(book, part.raw, own)
        targets = [] if part.has("scope", "refused") else targets
        if targets and _give(book, targets, part, resting=resting):
            aimed += targets
        else:
            left.append(part)
    return left if aimed else [clause]


def is_resting(clause: Clause) -> bool:
    """Whether a sentence says how long to rest."""
    told = any(each.field in ("rest", "between", "round_rest") for each in clause.findings)
    return told or clause.has("words", "between_sets")


def _parts(book: Book, clause: Clause) -> Iterator[Clause]:
    """The parts of a sentence, each with a figure and the names that it is about."""
    cuts = [
        match.span() for match in book.grammar.pattern("words", "aimed_cuts").finditer(clause.raw)
    ]
    begin = 0
    for end, after in [*cuts, (len(clause.raw), len(clause.raw))]:
        if after < len(clause.raw) and _goes_on(book, clause, after):
            continue
        part = Clause(clause.raw[begin:end], clause.span[0] + begin, book.grammar)
        told = any(item.kind in ("frequency", "duration") for item in part.tagged.present())
        if told or after == len(clause.raw):
            yield part
            begin = after


def _goes_on(book: Book, clause: Clause, at: int) -> bool:
    """Whether what is behind a cut tells how often, and nothing else: "morning and evening".

    Or how often in all: "Thursday and Saturday too, 3 days a week in total".
    """
    rest = Clause(clause.raw[at:].rstrip(" ."), clause.span[0] + at, book.grammar)
    items = rest.tagged.present()
    often = bool(items) and items[0].kind == "frequency"
    total = book.grammar.pattern("words", "altogether").match(rest.tagged.text[1:])
    return often and (len(rest.tagged.text) == 1 or bool(total))


def _give(book: Book, targets: list[DraftExercise], part: Clause, *, resting: bool) -> bool:
    """Give some exercises how often, or how long to rest, as a part of a sentence says."""
    often = how_often(book, part)
    rest = only_time(part) if resting and not often else None
    for target in targets:
        if often:
            target.put("schedule", often)
        elif rest and "sets" in target.figures:
            target.put("rest_s", rest)
        elif rest and "reps" in target.figures:
            target.put("rep_rest_s", rest)
    return bool(often or rest)


def named(book: Book, words: str, own: str = "") -> list[DraftExercise]:
    """The exercises that some words name behind an article: "the plank", "the stretches".

    All of them, or that in whose text the words stand, are no others.
    """
    known = book.draft.exercises
    found = [x for x in known if _begins(words, x.name)]
    for match in book.grammar.pattern("words", "definite").finditer(words):
        phrase = match["name"]
        if book.grammar.pattern("scope", "session").search(phrase):
            continue
        targets = [x for x in known if mentions(phrase, x.name)] or _of_kind(phrase, known)
        mine = own and (mentions(phrase, own) or mentions_kind(phrase.split()[0], own))
        if not mine and len(targets) < max(len(known), 2):
            found += [x for x in targets if x not in found]
    return found


def _begins(words: str, name: str) -> bool:
    """Whether some words begin with a name, as chats have it: "knee hug is morning and night"."""
    told = _head(name).casefold().strip()
    return len(told) > _SHORTEST and words.casefold().lstrip().startswith(f"{told} ")


def _of_kind(phrase: str, known: Sequence[DraftExercise]) -> list[DraftExercise]:
    """The exercises whose names hold the most first words of a phrase."""
    words = phrase.split()
    for count in range(min(len(words), _MOST_KIND), 0, -1):
        told = " ".join(words[:count])
        exact = [x for x in known if stems(told) and stems(told) <= stems(x.name)]
        targets = exact or [x for x in known if mentions_kind(told, x.name)]
        if targets:
            return targets
    return []


def take_ranked(book: Book, clause: Clause) -> bool:
    """How often the exercises are done that a note tells by their place: "the first two"."""
    matches = list(book.grammar.pattern("words", "ranked").finditer(clause.raw))
    matches = matches or _counted(book, clause)
    if matches:
        others = book.grammar.pattern("words", "others").finditer(clause.raw, matches[0].end())
        matches += others
    told: list[DraftExercise] = []
    for match, after in zip_longest(matches, matches[1:]):
        end = after.start() if after else len(clause.raw)
        begin = clause.span[0] + match.start()
        often = how_often(book, Clause(clause.raw[match.start() : end], begin, book.grammar))
        if often:
            targets = _told_by(book, match) if match.re.groups else _rest_of(book, told)
            for exercise in targets:
                exercise.figures["schedule"] = often
            told += targets
    return bool(told)


def _counted(book: Book, clause: Clause) -> list[re.Match[str]]:
    """The numbers of exercises in a sentence that tells more than once how often."""
    often = [each for each in clause.tagged.present() if each.kind in _OFTEN]
    numbered = book.grammar.pattern("scope", "numbered")
    return list(numbered.finditer(clause.raw)) if len(often) > 1 else []


def _told_by(book: Book, match: re.Match[str]) -> list[DraftExercise]:
    """The exercises that a sentence tells by their place, or by their numbers."""
    if "nth" in match.groupdict():
        return ranked(book, match)
    limits = match[1], match[2] or match[1]
    return [each for each in book.draft.exercises if is_within(limits, each.label)]


def _rest_of(book: Book, told: Sequence[DraftExercise]) -> list[DraftExercise]:
    """The exercises that a note has not named: "the first hourly, the rest twice a day"."""
    return [each for each in book.draft.exercises if each not in told and each.phase == "main"]


def ranked(book: Book, match: re.Match[str]) -> list[DraftExercise]:
    """The exercises at some places."""
    known = book.draft.exercises
    if match.groupdict().get("nth"):
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


def take_kind(book: Book, clause: Clause) -> bool:
    """A dose behind the name of some exercises, and a colon: "Stretches: 30 seconds, twice"."""
    name, colon, told = clause.raw.partition(": ")
    targets = about(book, name) if colon and len(name.split()) <= _MOST_KIND else []
    if not 0 < len(targets) < len(book.draft.exercises) or clause.has("scope", "ignored"):
        return False
    part = Clause(told, clause.span[1] - len(told), book.grammar)
    if not book.dosed(part):
        return False
    for target in targets:
        reading = Reading(DraftExercise(target.name), [part], book.grammar)
        for field, made in read_exercise(reading).figures.items():
            target.put(field, made)
    return True


def heads_one(book: Book, clause: Clause) -> bool:
    """Whether a sentence begins with the name of one exercise and a colon: "Side plank: ..."."""
    name, colon, told = clause.raw.partition(": ")
    short = bool(colon and told) and len(name.split()) <= _MOST_KIND
    short = short and len(book.draft.exercises) <= MOST_KNOWN
    return short and len(about(book, name)) == 1


def take_headed(book: Book, clauses: list[Clause]) -> bool:
    """A note that begins with names of exercises and a colon is about these."""
    name, colon, _ = clauses[0].raw.partition(":") if clauses else ("", "", "")
    name = name.split("(")[0]
    known = book.draft.exercises
    if not colon or len(name.split()) > _MOST_HEADED or len(known) > MOST_KNOWN:
        return False
    targets = [x for x in known if mentions(name, x.name)]
    targets = targets if len(targets) == 1 else _listed(book, name)
    if not targets or len(targets) == len(known):
        return False
    told = Reading(DraftExercise(""), clauses[: None if len(targets) == 1 else 1], book.grammar)
    find_phases(told)
    find_sides(told)
    find_position(told)
    for target in targets:
        equip(book, target, clauses)
        tell(target, clauses)
        for field, made in told.exercise.figures.items():
            if made.value == "each":
                continue
            if field == "sides" and target.value("sides") == "each":  # the order of these was open
                target.figures["sides"] = made
            target.put(field, made)
        target.phase_words = target.phase_words or told.exercise.phase_words
    return True


def sides_for(book: Book, clause: Clause) -> None:
    told = Reading(DraftExercise(""), [clause], book.grammar)
    find_sides(told)
    sides = told.exercise.figures.get("sides")
    line = book.view.rfind("\n", 0, clause.span[0]) + 1
    excepted = book.grammar.pattern("words", "except").search(book.view, line, clause.span[1])
    apart = _listed(book, excepted["names"]) if excepted else []
    single = book.grammar.pattern("words", "one_at_a_time").search(book.view, line, clause.span[0])
    only = about(book, book.view[line : single.start()]) if single and not excepted else []
    only = _starred(book, line) or only
    only = [] if len(only) == len(book.draft.exercises) else only
    each = (
        [] if only or excepted else [x for x in book.draft.exercises if x.value("sides") == "each"]
    )
    for exercise in only or each or book.draft.exercises:
        if sides and exercise not in apart and exercise.phase == "main":
            made = replace(sides, doubt=sides.doubt or "all")
            if exercise.value("sides") == "each":  # the order of these was not said
                exercise.figures["sides"] = made
            exercise.put("sides", made)


def _starred(book: Book, line: int) -> list[DraftExercise]:
    """The exercises with a star, where the line of a note begins with one, or tells of it."""
    told = book.draft.text[line:].partition("\n")[0]
    if not (_STAR.match(told) or book.grammar.pattern("words", "star").search(told)):
        return []
    return [
        each
        for each in book.draft.exercises
        if each.name_span and _STAR.search(book.draft.text[slice(*_around(each.name_span))])
    ]


def _around(span: Span) -> Span:
    return span[0], span[1] + 3


def about(book: Book, name: str) -> list[DraftExercise]:
    """The exercises that a heading names, wholly or in part."""
    known = book.draft.exercises
    return [x for x in known if mentions(name, x.name)] or _of_kind(name, known)


def _listed(book: Book, names: str) -> list[DraftExercise]:
    """The exercises in an enumeration of names: "the half squat and the heel raise"."""
    article = book.grammar.pattern("words", "article")
    found: list[DraftExercise] = []
    for piece in book.grammar.pattern("words", "split_finely").split(names):
        phrase = article.sub("", piece.strip())
        found += about(book, phrase)
    return found


def mentions(words: str, name: str) -> bool:
    """Whether some words hold the whole name of an exercise."""
    wanted = stems(_head(name))
    return bool(wanted) and wanted <= stems(words)


def same_name(name: str) -> frozenset[str]:
    """What names that are the same up to a comma have in common; empty if there is nothing."""
    return stems(_head(name))


def mentions_kind(words: str, name: str) -> bool:
    """Whether some words are a kind of exercise: "stretches" for "towel stretch".

    A part of the name is, too: "la chaise" for "la chaise invisible".
    """
    told = stems(words)
    if told and told <= stems(name):
        return True
    kind = _kind(words)
    return bool(kind) and kind == _kind(_head(name))


@lru_cache(maxsize=1024)
def _kind(words: str) -> frozenset[str]:
    """The stem of the last word, in which a kind is told; empty if it has none."""
    return stems(words.rsplit(maxsplit=1)[-1]) if words.strip() else frozenset()


@lru_cache(maxsize=1024)
def _head(name: str) -> str:
    """A name up to its first comma or parenthesis."""
    return re.split(r"[,(]", name)[0]


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    kept = (word for word in words if not _SMALL.fullmatch(word))
    return frozenset(re.sub(r"(?<=\w{3})(?:es|s|n|en|e)+$", "", word) for word in kept)
