"""What holds for any text: no figure without its words, no number lost, always a file or an error.

DRAFT_TEXTS=5000 makes it thorough.
"""

from __future__ import annotations

import os
import random
import re
import tracemalloc
from collections.abc import Callable

import pytest
from drafts import NAMES, TEXTS, drafted_text
from hypothesis import given
from hypothesis import strategies as st
from strategies import sized

from audiocoach.drafting import routine_of, scripts_of
from audiocoach.errors import AudiocoachError, RoutineError
from audiocoach.routine.draft.book import Book, view_of
from audiocoach.routine.draft.lexer import _tagged, tag
from audiocoach.routine.draft.lines import MARKER, lines_of, marks_of
from audiocoach.routine.draft.model import Draft, Figure
from audiocoach.routine.draft.sentences import LONGEST, Clause
from audiocoach.routine.draft.sources import MOST_BYTES, article_text
from audiocoach.routine.draft.tables import LANGUAGES, grammar_for
from audiocoach.routine.draft.tagged import Item, Tagged
from audiocoach.routine.draft.writing import write
from audiocoach.routine.load import loads

COUNT = int(os.environ.get("DRAFT_TEXTS", "120"))
ALL = [(TEXTS / name).read_text(encoding="utf-8") for name in NAMES]
MANY = 50
"""Exercises that may be too many for a session."""
OCR = "lI1O05S8B|"
SCRIPTS = [*range(32, 127), *range(0x370, 0x5FF), *range(0x4E00, 0x4F00), 10, 0xF0001, 0x1F600]


def _cut(text: str, chance: random.Random) -> str:
    begin = chance.randrange(len(text))
    return text[begin : begin + chance.randrange(2000)]


def _shuffled(between: str) -> Callable[[str, random.Random], str]:
    def shuffled(text: str, chance: random.Random) -> str:
        parts = text.split(between)
        chance.shuffle(parts)
        return between.join(parts)

    return shuffled


def _misread(text: str, chance: random.Random) -> str:
    return "".join(chance.choice(OCR) if chance.random() < 0.05 else char for char in text)


def _with_gaps(text: str, chance: random.Random) -> str:
    return "".join("" if chance.random() < 0.03 else char for char in text)


def _other_numbers(text: str, chance: random.Random) -> str:
    numbers = ["0", "1", "7", "99", "1000", "1000000000", "3.5"]
    return re.sub(r"\d+", lambda _: chance.choice(numbers), text)


def _other_spaces(text: str, chance: random.Random) -> str:
    return text.replace(" ", "\u00a0").replace("\n", chance.choice([" ", "\r\n", "\n\n"]))


def _spliced(text: str, chance: random.Random) -> str:
    other = chance.choice(ALL)
    return text[: len(text) // 2] + other[len(other) // 2 :]


def _of_no_sense(_: str, chance: random.Random) -> str:
    return "".join(chr(chance.choice(SCRIPTS)) for _ in range(chance.randrange(500)))


MUTATIONS = [
    _cut,
    _shuffled(" "),
    _shuffled("\n"),
    _misread,
    _with_gaps,
    _other_numbers,
    _other_spaces,
    _spliced,
    _of_no_sense,
]


def mutated(chance: random.Random) -> str:
    """A text cut, shuffled, misread, with other numbers, or of no sense at all."""
    return chance.choice(MUTATIONS)(chance.choice(ALL), chance)


def all_figures(draft: Draft) -> list[Figure]:
    found = list(draft.figures.values())
    found += [made for each in draft.exercises for made in each.figures.values()]
    return found + [made for each in draft.groups for made in each.figures.values()]


def unmarked(line: str) -> str:
    """A line without the number of a list in front of it."""
    line = re.sub(r"^\W+", "", line)
    match = MARKER.match(line)
    return line[match.end() :] if match else line


def check(text: str, language: str | None = None) -> None:
    """Read it, and hold what must hold."""
    try:
        draft = drafted_text(text, language=language)
    except AudiocoachError:
        return
    whole = draft.text
    for made in all_figures(draft):
        assert made.spans
        for begin, end in made.spans:
            assert 0 <= begin < end <= len(whole)
            assert whole[begin:end].strip()
    if draft.exercises:
        try:
            written = routine_of(draft, "a.txt").text
        except RoutineError:
            if len(draft.exercises) < MANY:
                raise
            return
        for script in scripts_of(loads(written)):
            assert script.items
        numbers = set(re.findall(r"\d+", "\n".join(map(unmarked, whole.split("\n")))))
        lost = {each for each in numbers if each not in written}
        assert not lost, lost


def unseen(draft: Draft) -> list[str]:
    """The numbers, in digits or words, that stand in no figure, name or list of the draft."""
    view, grammar = view_of(draft.text), grammar_for(draft.language)
    spans = [span for made in all_figures(draft) for span in made.spans]
    spans += [*draft.left_out, *draft.unread, *draft.forbidden]
    spans += [span for x in draft.exercises for span in (x.load, x.name_span) if span]
    marks = marks_of(view)
    return [
        match[0]
        for match in grammar.number.finditer(view)
        if match[0][0].isdigit() or grammar.numbers.get(match[0].casefold(), 2) > 1  # no article
        if match.start() not in marks
        if not any(begin < match.end() and match.start() < end for begin, end in spans)
    ]


@pytest.mark.parametrize("text", ALL, ids=NAMES)
def test_every_figure_has_its_words_and_no_number_is_lost(text: str) -> None:
    check(text)
    assert unseen(drafted_text(text)) == []


def test_any_garbled_text_is_a_draft_that_compiles_or_a_clear_error() -> None:
    chance = random.Random(20)  # noqa: S311 - the same texts each time
    for _ in range(COUNT):
        check(mutated(chance), chance.choice([None, *LANGUAGES]))


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_any_text_at_all(text: str, language: str) -> None:
    check(text, language)


@given(
    st.text("abc 12-", max_size=30),
    st.lists(st.sampled_from(["[0-9]+", "a+b?", "bc", " +", "c[^c]*"])),
)
def test_a_tagged_sentence_knows_the_place_of_every_letter(text: str, patterns: list[str]) -> None:
    tagged = Tagged(text, 100)
    places = [(100 + n, 101 + n) for n in range(len(text))]
    now = text
    for pattern in patterns:
        tagged.replace(re.compile(pattern), lambda _: Item("number"))
        moved: list[tuple[int, int]] = []
        at = 0
        for match in re.finditer(pattern, now):
            moved += places[at : match.start()]
            moved.append((places[match.start()][0], places[match.end() - 1][1]))
            at = match.end()
        places = moved + places[at:]
        now = tagged.text
        assert len(now) == len(places)
    for n in range(len(places)):
        assert tagged.source(n, len(places)) == (places[n][0], places[-1][1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_of_a_grammar_compiles(language: str) -> None:
    grammar = grammar_for(language)
    assert len(grammar.items) > 20
    assert len(grammar.figures) > 30
    assert tag("1 2 3", 0, grammar).items


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_every_grammar_has_what_the_english_one_has(language: str) -> None:
    english, other = grammar_for("en")._table, grammar_for(language)._table
    assert english.keys() == other.keys()
    for section in ("bounds", "scope", "words", "phases", "position", "table", "each", "levels"):
        assert not english[section].keys() - other[section].keys(), section


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\0\1\2" * 500, "binary file"),
        (bytes(range(128, 256)) * 20, "binary file"),
        (b"12 34 56", "holds no words"),
        (b"%PDF-1.4\nBT (Squat: 3 x 10) Tj ET", "is a PDF file; save it as text"),
        (rb"{\rtf1\ansi Squat: 3 x 10\par}", "is an RTF file; save it as text"),
        (b"PK\x03\x04 Squat: 3 x 10", "is a Word, OpenDocument or ZIP file; save it as text"),
        (b"", "holds no words"),
        (b"squat 10 reps. " * 20_000, "letters"),
        (b"- squat 5\n" * 4_000, "lines"),
        (b"x" * (MOST_BYTES + 1), "bytes"),
    ],
)
def test_what_is_no_article_is_a_clear_error(data: bytes, problem: str) -> None:
    with pytest.raises(AudiocoachError, match=problem) as caught:
        article_text(data, "a.txt")
    assert str(caught.value).startswith("a.txt: ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_in_any_common_encoding_is_the_same(encoding: str) -> None:
    text = "Étirements\n\nMollet : tenez 30 secondes, 3 fois de chaque côté.\n"
    assert article_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("part", ["x", "1", "squat and ", "a. ", "3x10 "])
def test_a_line_without_an_end_costs_no_more_than_its_letters(part: str) -> None:
    """Clauses have a limit, so that no pattern sees a whole text."""
    line = "Squat 10 reps, " + part * (2 * LONGEST // len(part))
    assert len(Clause(line, 0, grammar_for("en")).raw) == LONGEST
    assert all(
        len(each.raw) <= LONGEST for each in Book(line, grammar_for("en")).said(lines_of(line))
    )
    assert drafted_text(line, language="en").exercises


def test_a_sentence_is_read_once_however_often_a_text_has_it() -> None:
    drafted_text("\n\n".join([ALL[0]] * 6), language="en")
    before = _tagged.cache_info().misses
    drafted_text("\n\n".join([ALL[0]] * 12), language="en")
    assert _tagged.cache_info().misses - before < 50


def test_a_long_text_takes_little_memory() -> None:
    text = "\n\n".join(ALL * 3)[: sized(8_000, 50_000)]
    tracemalloc.start()
    write(drafted_text(text, language="en"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1000 * len(text)
