"""Sees what of a draft is not certain: it is marked, however surely each rule read its words.

A rule of the grammar sees a few words, and is sure of them. Whether these words were the whole
story is seen here: a name that is no name, a number beside a figure that nothing has read, figures
that nobody would prescribe.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from audiocoach.routine.draft.aimed import named, same_name
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.guesses import GUESS
from audiocoach.routine.draft.leftovers import is_read, values_of
from audiocoach.routine.draft.lines import lines_of
from audiocoach.routine.draft.model import DOSE_FIELDS, DraftExercise, DraftGroup, Figure, Span
from audiocoach.routine.draft.naming import is_manner
from audiocoach.routine.draft.sentences import SHORTEST_SESSION, Clause
from audiocoach.routine.draft.tagged import Item

_NUMBERS: Final = frozenset(
    (
        "number",
        "duration",
        "counts",
        "breaths",
        "times",
        "more",
        "reps",
        "sets",
        "rounds",
        "list",
        "durations",
    )
)
"""The kinds of items that may belong to a dose."""
_MOST: Final[Mapping[str, float]] = {
    "sets": 10,
    "reps": 30,
    "hold_breaths": 30,
    "work_s": 2700,
    "rest_s": 300,
    "rep_rest_s": 60,
    "rounds": 12,
    "between_rest_s": 300,
    "until_s": 1800,
}
"""More than this is hardly ever prescribed. Ours, from the doses of 68 labelled texts."""
_TIMES: Final = ("number", "times", "sets")
"""The kinds of items that may count rounds."""
_LONGEST_HOLD: Final = 300
_LONG_SESSION: Final = 4200
"""Seconds; a longer session is rather a class that the text tells of."""
_MOST_A_DAY: Final = 10
_MOST_ARTICLE: Final = 2
"""A number in words that may be an article, "une", or "the two"."""
_MOST_UNREAD: Final = 2
"""Unread numbers of one exercise; more are likely to be those of another."""
_VOWEL: Final = re.compile(r"[aeiouyäöüáéíóúàâèêëîïôûùœ]")
"""A word without one is an abbreviation, and no name."""
_FEW_BESIDE: Final = 4
"""Words of a sentence that tells how often, and nothing else: "Do it every morning."."""
_MOST_TOGETHER: Final = 60
"""Exercises of one sheet; in a longer text a note names none of them for certain."""
_MOST_LARGE: Final = 0.6
"""Share of names that begin with a large letter, so that a small one is odd."""
_MOST_WORDS: Final = 6
"""Words of a name; a longer one is likely to be a sentence."""


def mark_doubts(book: Book) -> None:
    """Put a question to each figure of the draft that is not certain."""
    for n, exercise in enumerate(book.draft.exercises):
        _name(book, exercise)
        _numbers_beside(book, exercise, book.own.get(n, []))
        _last_one(exercise, book.own.get(n, []))
        _seat(book, exercise)
        _unlikely(exercise.figures)
        _odd_dose(exercise)
    _odd_names(book)
    _titled(book)
    _exceptions(book)
    for n, exercise in enumerate(book.draft.exercises):
        _doubt_whole(book, exercise, book.own.get(n, []))
    _often(book)
    for group in book.draft.groups:
        _unlikely(group.figures)
        _members(book, group)
    _for_some(book)
    length = book.draft.figures.get("duration_s")
    if length and not _is_told_of_all(book, length):
        length = book.draft.figures["duration_s"] = doubted(length, "length")
    if length and not SHORTEST_SESSION <= _highest(length.value) <= _LONG_SESSION:
        book.draft.figures["duration_s"] = doubted(length, "unlikely")
    _unlikely(book.draft.figures)


def _is_told_of_all(book: Book, length: Figure) -> bool:
    """Whether a time stands before the exercises, or in a sentence on the session."""
    places = [each.name_span[0] for each in book.draft.exercises if each.name_span]
    if length.spans[0][0] < min(places, default=0):
        return True
    told = [each for each in book.clauses if _inside(length.spans[0], each.span)]
    every = (("scope", "session"), ("scope", "whole"), ("words", "for_all"))
    short = any(len(each.tagged.text.split()) <= _MOST_WORDS for each in told)
    return not told or short or any(each.has(*name) for each in told for name in every)


def doubted(made: Figure, doubt: str) -> Figure:
    """A figure with a question, if it has none yet."""
    return made if made.doubt else replace(made, doubt=doubt)


def _name(book: Book, exercise: DraftExercise) -> None:
    """A name that reads like a part of a sentence, or like a heading over others."""
    name = exercise.name
    telling = book.grammar.pattern("words", "telling").search(name)
    clock = book.grammar.pattern("scope", "by_clock").search(name)
    long = len(name.split()) > _MOST_WORDS
    manner = is_manner(book.grammar, name)
    spoken = all(_VOWEL.search(word) for word in re.findall(r"[^\W\d_]{4,}", name.casefold()))
    bare = book.grammar.pattern("words", "article").sub("", name) if name[:1].isupper() else name
    odd = telling or clock or long or manner or not spoken or _is_odd(book, bare)
    if odd or not book.is_name(bare, most=len(name)):
        exercise.doubts.setdefault("name", "name")


def _doubt_whole(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    """All figures of an exercise that the text seems to say not to do."""
    told = [each for each in clauses if each.has("scope", "refused")]
    if not any(each.has("words", "refused_it") for each in told):
        return
    for name, made in exercise.figures.items():
        exercise.figures[name] = doubted(made, "refused")
    book.draft.forbidden += [each.span for each in told]


def _is_odd(book: Book, name: str) -> bool:
    """Whether a name is one that no exercise has, or a small word alone that is no movement."""
    pattern = book.grammar.pattern
    small = name.isalpha() and name.islower() and not name.endswith("s")  # "inchworms"
    alone = small and not pattern("names", "movement").search(name)
    return alone or bool(pattern("names", "odd").search(name))


def _odd_names(book: Book) -> None:
    """Names unlike the others: small among large letters, or told already in another name."""
    known = book.draft.exercises
    large = sum(each.name[:1].isupper() for each in known)
    turned = {n for group in book.draft.groups for n in group.members}
    alike = Counter(same_name(each.name) for each in known)
    for n, exercise in enumerate(known):
        if n in turned or exercise.phase != "main" or "work_s" in exercise.figures:
            continue
        small = exercise.name[:1].islower() and large > _MOST_LARGE * len(known)
        name = same_name(exercise.name)
        if small or (name and alike[name] > 1):
            exercise.doubts.setdefault("name", "name")


def _titled(book: Book) -> None:
    """The first words of a text as an exercise, where others follow: rather the title."""
    begin = len(book.view) - len(book.view.lstrip())
    end = book.view.find("\n", begin)
    for exercise in book.draft.exercises if len(book.draft.exercises) > 1 else ():
        if exercise.name_span and end > exercise.name_span[0] >= begin:
            exercise.doubts.setdefault("name", "name")


def _exceptions(book: Book) -> None:
    """Figures of an exercise that a note names beside a number which nothing has read."""
    if len(book.draft.exercises) > _MOST_TOGETHER:
        return
    own = {clause.span for clauses in book.own.values() for clause in clauses}
    every = [*book.draft.figures.values(), *book.defaults.values()]
    every += [made for each in book.parted.values() for made in each.values()]
    every += [made for group in book.draft.groups for made in group.figures.values()]
    every += [made for each in book.draft.exercises for made in each.figures.values()]
    for clause in book.clauses:
        if clause.span in own or clause.has("scope", "ignored"):
            continue
        unread = any(not is_read(item, span, every) for item, span in _amounts(clause))
        for exercise in named(book, clause.raw) if unread else ():
            _doubt_dose(exercise)


def _doubt_dose(exercise: DraftExercise) -> None:
    for name, made in exercise.figures.items():
        if name in DOSE_FIELDS:
            exercise.figures[name] = doubted(made, "beside")


def _often(book: Book) -> None:
    """How often the session is done, by words among the exercises that do not speak of all."""
    made = book.draft.figures.get("schedule")
    places = [each.name_span[0] for each in book.draft.exercises if each.name_span]
    if made is None or made.spans[0][0] < min(places, default=0):
        return
    told = [each for each in book.clauses if _inside(made.spans[0], each.span)]
    if not any(map(_is_of_all, told)):
        book.draft.figures["schedule"] = doubted(made, "for all")


def _is_of_all(clause: Clause) -> bool:
    """Whether a sentence speaks of all exercises, or tells nothing but how often."""
    every = (("scope", "session"), ("scope", "whole"), ("words", "for_all"))
    if clause.has("words", "others"):  # "Bridges every other day, everything else daily"
        return False
    alone = len(clause.tagged.present()) == 1 and len(clause.tagged.text.split()) <= _FEW_BESIDE
    return alone or any(clause.has(*each) for each in every)


def _last_one(exercise: DraftExercise, clauses: list[Clause]) -> None:
    """A hold that may be that of the last rep alone: "stay for two breaths on the last"."""
    last = [each.span for each in clauses if each.has("words", "on_last")]
    for name in ("hold_s", "hold_breaths"):
        made = exercise.figures.get(name)
        if made and any(_inside(span, place) for span in made.spans for place in last):
            exercise.figures[name] = doubted(made, "last only")


def _seat(book: Book, exercise: DraftExercise) -> None:
    """Sitting, in a text that has no seat: it may be the floor."""
    made = exercise.figures.get("position")
    seat = book.grammar.pattern("words", "seat")
    trained = "sets" in exercise.figures  # a machine has a seat
    if made and made.value == "sitting on chair" and not trained and not seat.search(book.view):
        exercise.figures["position"] = doubted(made, "two ways")


def _members(book: Book, group: DraftGroup) -> None:
    """A group of which it is not sure what belongs to it."""
    members = [book.draft.exercises[n] for n in group.members]
    own = ["sets" in each.figures for each in members]
    alone = any(own) and not all(own)  # "3 x 12" behind the rounds
    if alone or any("name" in each.doubts for each in members):
        group.doubts["members"] = "members"
        for name, made in group.figures.items():
            group.figures[name] = doubted(made, "members")


def _for_some(book: Book) -> None:
    """Rounds, where a sentence has other ones for some: "Under-16s do 4"."""
    groups = [each for each in book.draft.groups if "rounds" in each.figures]
    clauses = book.said(lines_of(book.view, whole=True)) if groups else []
    told = [
        item.value
        for clause in clauses
        if clause.has("words", "for_some")
        for item in clause.tagged.present()
        if item.kind == "rounds" or (item.kind in _TIMES and _few(item))
    ]
    for group in groups:
        rounds = group.figures["rounds"]
        if any(value != rounds.value for value in told):
            group.figures["rounds"] = doubted(rounds, "levels")


def _few(item: Item) -> bool:
    """Whether a number may be one of rounds."""
    return 1 <= item.low <= item.high <= _MOST["rounds"]


def _numbers_beside(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    """Figures of an exercise whose sentences hold another number, which nothing has read."""
    own = [made for made in exercise.figures.values() if made.doubt != GUESS]
    every = [*own, *book.draft.figures.values()]
    every += [made for group in book.draft.groups for made in group.figures.values()]
    known = {number for made in own for number in values_of(made.value)}
    known |= {len(made.value["per_set"]) for made in own if _listed(made)}
    unread = [
        item
        for clause in clauses
        if not clause.has("scope", "ignored")
        for item, span in _amounts(clause)
        if not is_read(item, span, every) and not {item.low, item.high, *item.values} <= known
    ]
    if unread:
        for name, made in exercise.figures.items():
            exercise.figures[name] = made if name == "position" else doubted(made, "beside")
    either = book.grammar.pattern("words", "either")
    for clause in clauses:
        if _is_choice(clause, either):
            for name, made in exercise.figures.items():
                if name in DOSE_FIELDS and any(_inside(span, clause.span) for span in made.spans):
                    exercise.figures[name] = doubted(made, "choice")
    if len(unread) > _MOST_UNREAD:
        exercise.doubts.setdefault("name", "name")


def _is_choice(clause: Clause, either: re.Pattern[str]) -> bool:
    """Whether a sentence leaves the choice between two doses: "3 minutes, or twice around"."""
    text = clause.tagged.text
    kinds = {
        at: clause.tagged.items[c].kind for at, c in enumerate(text) if c in clause.tagged.items
    }
    doses = [at for at, kind in kinds.items() if kind in _NUMBERS]
    return any(either.search(text[a + 1 : b]) for a, b in pairwise(doses))


def _inside(span: Span, whole: Span) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]


def _listed(made: Figure) -> bool:
    return isinstance(made.value, dict) and "per_set" in made.value


def _amounts(clause: Clause) -> Iterator[tuple[Item, Span]]:
    """The numbers of a sentence that may belong to a dose."""
    for at, letter in enumerate(clause.tagged.text):
        item = clause.tagged.items.get(letter)
        span = clause.tagged.source(at, at + 1)
        if item is None or item.kind not in _NUMBERS or span in clause.dropped:
            continue
        words = clause.raw[span[0] - clause.span[0] : span[1] - clause.span[0]]
        if item.kind == "number" and item.high <= _MOST_ARTICLE and words.isalpha():
            continue
        yield item, span


def _odd_dose(exercise: DraftExercise) -> None:
    """A dose of which one figure is hardly ever prescribed, as in "6 x 400" of a run."""
    if any(made.doubt == "unlikely" for made in exercise.figures.values()):
        _doubt_dose(exercise)


def _unlikely(figures: dict[str, Figure]) -> None:
    for name, made in figures.items():
        if name == "schedule":
            times = _highest(made.value.get("times"))
            if times > _MOST_A_DAY or (made.value.get("per") == "week" and times > 7):
                figures[name] = doubted(made, "unlikely")
        elif _highest(made.value) > _most(name, figures):
            figures[name] = doubted(made, "unlikely")


def _most(name: str, figures: Mapping[str, Figure]) -> float:
    """What a figure has at most; a hold is long where it is no rep."""
    if name == "hold_s":
        return _LONGEST_HOLD if "reps" in figures else _MOST["work_s"]
    return _MOST.get(name, float("inf"))


def _highest(value: Any) -> float:
    """The highest number in a value; 0 if there is none."""
    if isinstance(value, dict):
        return max(map(_highest, value.values()), default=0)
    if isinstance(value, list):
        return max(map(_highest, value), default=0)
    return float(value) if isinstance(value, int | float) else 0
