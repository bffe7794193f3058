"""How often some exercises are done, where one sentence shares it out among them.

"Exercises 1 to 4 daily, exercise 5 every other day." "The bed exercises three times a day." "Do
these two hourly." It is read last, when all exercises are known: by their numbers, their place,
their kind or the heading over them. What a sentence gives to some is taken from the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.aimed import MOST_KNOWN, about, ranked, stems
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import Reading, number
from audiocoach.routine.draft.groups import place_of
from audiocoach.routine.draft.lines import KINDS
from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.numbered import MARKS, marks_in
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import how_often, put_often
from audiocoach.routine.draft.sentences import Clause

_OFTEN: Final = frozenset(("frequency", "weekdays", "every"))
"""The kinds of items that tell how often."""
_NUMBERS: Final = re.compile(
    rf"(?:(?:numbers?|nos?\.|nrn?\.|n[ºo°]s?|{KINDS}\w{{0,2}})\s+|^)(?P<marks>{MARKS})(?=[\s,;:)])"
    r"(?!\s?(?:x\b|%|/))",
    re.IGNORECASE,
)
"""The numbers or letters of exercises: "exercises 1 to 4", "A and B"."""
_BARE: Final = re.compile(rf"(?P<marks>{MARKS})(?=\s)(?!\s?(?:x\b|%|/))")
"""The same without a word for what they count, where a sentence goes on: "..., 3 once a week"."""
_NEAR: Final = 3
"""Letters between a sentence and the one before it, that "them" is about."""
_MOST_HEAD: Final = 8
"""Words before a colon that may be names."""

_MOST_SUBJECT: Final = 3
"""Words that a sentence may begin with as the name of some exercises."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """The exercises that some words of a sentence are about, and where in it these stand."""

    at: int
    exercises: tuple[DraftExercise, ...]
    rest: bool = False
    """Whether they are all that no other words are about."""


_Share = tuple[list[_Mention], Figure]
"""Some exercises, and how often they are done."""


def share_out(book: Book) -> None:
    """Give each exercise how often it is done, where a sentence tells it of some only."""
    if not 0 < len(book.draft.exercises) <= MOST_KNOWN:
        return
    clauses = sorted({each.span: each for each in book.clauses}.values(), key=lambda x: x.span)
    told = [
        (clause, _mentions(book, clause, before))
        for before, clause in pairwise([None, *clauses])
        if clause is not None and _may_share(clause)
    ]
    shared = [
        (clause, made)
        for clause, mentions in sorted(told, key=lambda each: _only_rest(each[1]))
        if mentions and (made := _shares(book, clause, mentions))
    ]
    for clause, _ in shared:
        _take_back(book, clause)
    for _, made in shared:
        _give(book, made)


def _may_share(clause: Clause) -> bool:
    often = any(item.kind in _OFTEN for item in clause.tagged.present())
    return often and not clause.has("scope", "refused")


def _only_rest(mentions: Sequence[_Mention]) -> bool:
    """Whether a sentence tells only of those that others do not tell of; it comes last."""
    return bool(mentions) and all(each.rest for each in mentions)


def _mentions(book: Book, clause: Clause, before: Clause | None) -> list[_Mention]:
    """The words of a sentence that are about some exercises, in order, and none about all."""
    found = [*_numbered(book, clause), *_placed(book, clause), *_of_kind(book, clause)]
    found += _headed(book, clause)
    near = before is not None and 0 <= clause.span[0] - before.span[1] <= _NEAR
    if not found and before is not None and near and clause.has("words", "them"):
        found = [_Mention(0, each.exercises) for each in _numbered(book, before)]
    rest = book.grammar.pattern("words", "others").search(clause.raw)
    if rest:
        found += [] if found else _subject(book, clause)
        found.append(_Mention(rest.start(), (), rest=True))
    main = sum(each.phase == "main" for each in book.draft.exercises)
    kept = [each for each in found if each.rest or 0 < len(each.exercises) < main or len(found) > 1]
    return sorted(kept, key=lambda each: each.at)


def _numbered(book: Book, clause: Clause) -> Iterator[_Mention]:
    """Exercises by their numbers or letters."""
    known = {each.label.casefold() for each in book.draft.exercises if each.label}
    counts = [span for span, _ in _often_in(clause)]
    told = list(_NUMBERS.finditer(clause.raw))
    ahead = (
        []
        if len(counts) < 2
        else book.grammar.pattern("words", "before_marks").finditer(clause.raw)
    )
    bare = (_BARE.match(clause.raw, each.end()) for each in ahead)
    told += [each for each in bare if each and all(each.start("marks") >= x.end() for x in told)]
    for match in told:
        marks = frozenset(marks_in(match["marks"]))
        begin, end = match.span("marks")
        inside = any(a < end and begin < b for a, b in counts)
        if marks <= known and not inside:
            meant = [x for x in book.draft.exercises if x.label.casefold() in marks]
            yield _Mention(match.start(), tuple(meant))


def _placed(book: Book, clause: Clause) -> Iterator[_Mention]:
    """Exercises by their place: "the first two", "the two below", "both kinds"."""
    known = book.draft.exercises
    for name in ("ranked", "some"):
        for match in book.grammar.pattern("words", name).finditer(clause.raw):
            yield _Mention(match.start(), tuple(ranked(book, match)))
    behind = [x for n, x in enumerate(known) if place_of(book, n) > clause.span[0]]
    ahead = [x for n, x in enumerate(known) if place_of(book, n) < clause.span[0]]
    for match in book.grammar.pattern("words", "next_ones").finditer(clause.raw):
        count = _count(book, match)
        if count <= len(behind):
            yield _Mention(match.start(), tuple(behind[:count]))
    for match in book.grammar.pattern("words", "last_ones").finditer(clause.raw):
        count = _count(book, match)
        if count <= len(ahead):
            yield _Mention(match.start(), tuple(ahead[-count:]))


def _count(book: Book, match: re.Match[str]) -> int:
    """How many exercises some words tell of: "both", "the three below"."""
    words = next((each for each in match.groups() if each), "2").casefold()
    return int(words) if words.isdigit() else int(book.grammar.numbers.get(words, 2))


def _of_kind(book: Book, clause: Clause) -> Iterator[_Mention]:
    """Exercises by their kind: that of the heading over them, of their names or positions."""
    split = book.grammar.pattern("words", "split_finely")
    for match in book.grammar.pattern("words", "kinds_of").finditer(clause.raw):
        kinds = [each for each in split.split(match[match.lastgroup or 0]) if each.strip()]
        each_kind = [_under(book, kind) for kind in kinds]
        told = [x for some in each_kind for x in some]
        if all(each_kind):
            yield _Mention(match.start(), tuple(_once(told)))


def _under(book: Book, kind: str) -> list[DraftExercise]:
    """The exercises under a heading that names a kind, or in a position that it names."""
    known = [each for each in book.draft.exercises if each.phase == "main"]
    wanted = stems(kind)
    headed = [x for x in known if wanted and wanted <= stems(_heading_of(book, x))]
    if headed:
        return headed
    where = Reading(DraftExercise(""), [Clause(kind, 0, book.grammar)], book.grammar)
    find_position(where)
    told = str(where.exercise.value("position")).split()[0]
    placed = [x for x in known if str(x.value("position")).split()[0] == told != "None"]
    return placed or [x for x in known if wanted and wanted <= stems(x.name)]


def _heading_of(book: Book, exercise: DraftExercise) -> str:
    place = max(exercise.part, exercise.over)
    return book.view[place:].partition("\n")[0] if place >= 0 else ""


def _headed(book: Book, clause: Clause) -> Iterator[_Mention]:
    """Exercises by their names before a colon: "Long and quick squeezes: six times a day"."""
    name, colon, _ = clause.raw.partition(": ")
    if not colon or len(name.split()) > _MOST_HEAD:
        return
    pieces = book.grammar.pattern("words", "split_finely").split(name)
    last = pieces[-1].rpartition(" ")[2]
    told: list[DraftExercise] = []
    for piece in pieces:
        targets = _exactly(book, piece) or _exactly(book, f"{piece} {last}") or about(book, piece)
        if not targets:
            return
        told += targets
    yield _Mention(0, tuple(_once(told)))


def _subject(book: Book, clause: Clause) -> Iterator[_Mention]:
    """Exercises by the words that a sentence begins with: "the stretches daily, the rest ..."."""
    (begin, _), _ = _often_in(clause)[0]
    article = book.grammar.pattern("words", "article")
    words = article.sub("", clause.raw[:begin]).split()
    pieces = book.grammar.pattern("words", "split_finely").split(" ".join(words))
    several = [about(book, article.sub("", piece)) for piece in pieces]
    if len(pieces) > 1 and all(several):  # "calf raises and the bridge daily, the rest ..."
        yield _Mention(0, tuple(_once([x for some in several for x in some])))
        return
    for count in range(min(len(words), _MOST_SUBJECT), 0, -1):
        told = about(book, " ".join(words[:count]))
        if told:
            yield _Mention(0, tuple(told))
            return


def _exactly(book: Book, name: str) -> list[DraftExercise]:
    """The exercises with all the words of a name."""
    wanted = stems(name)
    return [x for x in book.draft.exercises if wanted and wanted <= stems(x.name)]


def _often_in(clause: Clause) -> list[tuple[Span, str]]:
    """Where in a sentence it says how often, and the unit of each: "day"."""
    return [
        (_inside(clause, n), clause.tagged.items[letter].per)
        for n, letter in enumerate(clause.tagged.text)
        if letter in clause.tagged.items and clause.tagged.items[letter].kind in _OFTEN
    ]


def _inside(clause: Clause, at: int) -> Span:
    """The place in a sentence of one letter of it as tagged."""
    begin, end = clause.tagged.source(at, at + 1)
    return begin - clause.span[0], end - clause.span[0]


def _parts(clause: Clause, mentions: Sequence[_Mention]) -> Iterator[tuple[list[_Mention], Clause]]:
    """The parts of a sentence, each with the exercises that it is about, and how often."""
    often = [begin for (begin, _), _ in _often_in(clause)]
    leads = often[0] < mentions[0].at and often[-1] < mentions[-1].at
    cuts = [0]
    tokens = sorted([(at, None) for at in often] + [(each.at, each) for each in mentions], key=_at)
    for (_, one), (at, other) in pairwise(tokens):
        if (leads and one and not other) or (not leads and other and not one):
            cuts.append(at)
    for begin, end in pairwise([*cuts, len(clause.raw)]):
        part = Clause(clause.raw[begin:end], clause.span[0] + begin, clause.grammar)
        yield [each for each in mentions if begin <= each.at < end], part


def _at(token: tuple[int, _Mention | None]) -> int:
    return token[0]


def _shares(book: Book, clause: Clause, mentions: Sequence[_Mention]) -> list[_Share]:
    """Which exercises a sentence is about, and how often each; empty if it is not clear."""
    made: list[_Share] = []
    rest = any(each.rest for each in mentions)
    for own, part in _parts(clause, mentions):
        often = how_often(book, part) or (_again_so_often(clause, part) if made else None)
        if often is None and made and all(each.rest for each in own):
            continue  # "... daily, the rest when you like"
        if often is None or (rest and not own):  # "... daily, the rest": of which others?
            return []
        made.append((own, often))
    return made


def _give(book: Book, shares: Sequence[_Share]) -> None:
    """Give the exercises that a sentence is about how often they are done, and no others."""
    named = [x for own, _ in shares for each in own for x in each.exercises]
    for own, often in shares:
        for exercise in [x for each in own for x in _meant(book, each, named)]:
            exercise.put("schedule", often)
        if not own:  # "daily, but exercises 4 and 5 only three times a week"
            put_often(book, often)


def _meant(
    book: Book, mention: _Mention, named: Sequence[DraftExercise]
) -> Iterable[DraftExercise]:
    return _others(book, named) if mention.rest else mention.exercises


def _others(book: Book, named: Sequence[DraftExercise]) -> list[DraftExercise]:
    known = {id(each) for each in named}
    return [x for x in book.draft.exercises if id(x) not in known and x.phase == "main"]


def _once(exercises: Sequence[DraftExercise]) -> Iterable[DraftExercise]:
    """Each of some exercises once, in order."""
    return {id(each): each for each in exercises}.values()


def _again_so_often(clause: Clause, part: Clause) -> Figure | None:
    """ "Three times a day; everything else twice": a day, too."""
    counts = [n for n, x in enumerate(part.tagged.text) if _is_times(part, x)]
    units = {per for _, per in _often_in(clause)}
    if len(counts) != 1 or len(units) != 1:
        return None
    item = part.tagged.items[part.tagged.text[counts[0]]]
    span = part.tagged.source(counts[0], counts[0] + 1)
    return Figure({"times": number(item), "per": units.pop()}, (span,), item.doubt)


def _is_times(part: Clause, letter: str) -> bool:
    return letter in part.tagged.items and part.tagged.items[letter].kind == "times"


def _take_back(book: Book, clause: Clause) -> None:
    """Drop what was taken of a sentence on how often before all exercises were known."""
    for figures in [book.draft.figures, *(each.figures for each in book.draft.exercises)]:
        often = figures.get("schedule")
        if often and clause.span[0] <= often.spans[0][0] < clause.span[1]:
            del figures["schedule"]
