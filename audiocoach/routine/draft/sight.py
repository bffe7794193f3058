"""What sees figures in lines: which hold a dose, which name an exercise, which head others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.cells import Cell
from audiocoach.routine.draft.lines import NAME_WORDS, Line
from audiocoach.routine.draft.sentences import Clause, Finding, sentences
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import ITEMS

DOSES: Final = frozenset(
    [
        "sets",
        "reps",
        "hold",
        "for",
        "work",
        "repeat",
        "more",
        "total",
        "while",
        "every",
        "another",
        "emom",
        "distance",
    ]
)
"""The findings that make a dose."""
_OF_GROUPS: Final = frozenset(("emom", "emom_for", "every"))
"""The findings that a group has, too."""
_COUNTS: Final = frozenset(("reps", "sets", "listed", "repeat"))
"""The findings that count something."""
_COUNTED: Final = re.compile(
    r"\d{1,3} (?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,3})(?= *(?:$|[(,;]))"
)
"""A line of a list such as "10 push-ups"."""
_LETTERS: Final = re.compile(
    r"\(?(?:\d[a-z]|[A-Z]\d)\s?(?:[+&/–-]|and|und|y|et)\s?(?:\d[a-z]|[A-Z]\d)\b"
)
"""The letters of several exercises, as before their rounds: "4a + 4b, 3 rounds"."""

_COLUMNS: Final = (
    "schedule",
    "tempo",
    "rest",
    "work",
    "dose",
    "hold",
    "sets",
    "reps",
    "sides",
    "equipment",
    "name",
)
"""What a column may hold, in the order in which its head is read."""
_DOSED: Final = ("reps", "hold", "work")
"""What the head of a column names where its cells are counts or times."""
_MOST_HEAD: Final = 5
"""Words of the head of a column."""
_FEW: Final = 5
"""Words of a short name."""
_MOST_OVER: Final = 10
"""Words of a line that begins a circuit: "then 3 rounds of:"."""
_LONG: Final = 1200
_LONGER: Final = 2700
"""Seconds that an exercise hardly takes, and one of moving about."""
_MOST_WORDS: Final = 7
_MOST_WITH_ARTICLE: Final = 5
"""Words of a name that begins with an article; more of them are a sentence."""
_MOST_NAMED: Final = 9
"""Words of a name, and of one that a colon ends."""
_LONGEST_NAMED: Final = 110
_LONGEST_TIMED: Final = 60
_LONGEST_HEADING: Final = 160
"""Letters of a line that names an exercise, of one with no more than a time, of a heading."""


class Sight:
    """Sees what lines are about, by the grammar of a language; an `Eye` for dividing a text."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._said: dict[tuple[int, str], list[Clause]] = {}
        self._clauses: dict[tuple[int, str], Clause] = {}

    def said(self, lines: Sequence[Line]) -> list[Clause]:
        """The sentences of some lines; each line is read once, however often it is asked for."""
        found: list[Clause] = []
        for line in lines:
            key = line.start, line.text
            if key not in self._said:
                self._said[key] = sentences([line], self.grammar)
            found += self._said[key]
        return found

    def clause(self, line: Line) -> Clause:
        """A line as one sentence, read once."""
        key = line.start, line.text
        if key not in self._clauses:
            self._clauses[key] = Clause(line.text, line.start, self.grammar)
        return self._clauses[key]

    def has_dose(self, lines: Sequence[Line]) -> bool:
        """Whether some lines hold a dose."""
        if len(lines) == 1 and self._is_counted(lines[0]):
            return True
        return any(self.dosed(clause) for clause in self.said(lines))

    def _is_counted(self, line: Line) -> bool:
        """Whether a line begins with a count of what it names: "20 climbers, counting each leg"."""
        counted = _COUNTED.match(line.text)
        whole = counted is not None and counted.end() == len(line.text)
        listed = counted is not None and line.kind == "bullet" and self.is_name(counted["name"])
        return whole or listed

    def dosed(self, clause: Clause) -> bool:
        """Whether a sentence holds a dose, and is about an exercise."""
        if any(clause.has("scope", name) for name in ("ignored", "session", "refused")):
            return False
        return clause.has("words", "same_dose") or any(
            finding.field in DOSES | {"rounds"} or self._listed(finding, clause)
            for finding in clause.findings
        )

    def has_own_dose(self, line: Line) -> bool:
        """Whether a line has the dose of an exercise, and not that of a group alone."""
        found = {f.field for each in self.said([line]) for f in each.findings}
        return self.has_dose([line]) and bool(found & (DOSES - _OF_GROUPS))

    def is_shared(self, line: Line) -> bool:
        """Whether a line has the dose of each of several exercises: "Do these ten times each"."""
        return any(
            clause.has("scope", "each_exercise") and any(x.field in DOSES for x in clause.findings)
            for clause in self.said([line])
        )

    def is_position(self, line: Line) -> bool:
        """Whether a line names a position and nothing else: "Standing", "On the bed"."""
        positions = self.grammar.section("position")
        named = any(pattern.fullmatch(line.text) for _, pattern in positions)
        return named or (len(line.text.split()) < _FEW and not self.is_name(line.text))

    def counts(self, line: Line) -> bool:
        """Whether a line has reps or sets."""
        found = {each.field for clause in self.said([line]) for each in clause.findings}
        return bool(found & {"sets", "reps", "listed"})

    def _listed(self, finding: Finding, clause: Clause) -> bool:
        """Whether a bare number behind a name is a dose: "Calf raise: 20"."""
        return finding.field == "listed" and self.is_name(re.split(r"[:–-]", clause.raw)[0])

    def may_be_name(self, line: Line) -> bool:
        """Whether a line may be the name of an exercise, and nothing else."""
        plain = line.text[-1] not in ".!?;," and not self.has_dose([line])
        return plain and self.is_name(line.text, NAME_WORDS)

    def goes_on(self, line: Line) -> bool:
        """Whether a line goes on with what was, and names nothing: "Hold for five seconds."."""
        pattern = self.grammar.pattern
        refused = pattern("scope", "not_a_name").search(line.text)
        return bool(refused and pattern("prose", "goes_on").match(line.text))

    def by_clock(self, line: Line) -> bool:
        """Whether a line begins with a word for work by the clock: "EMOM, 12 minutes"."""
        return bool(self.grammar.pattern("scope", "by_clock").match(line.text))

    def is_only_dose(self, line: Line) -> bool:
        """Whether a line is a dose and names nothing: "3 x 10, rest 60 s"."""
        clause = self.clause(line)
        first = clause.tagged.text[:1]
        return (
            first in clause.tagged.items and self.has_own_dose(line) and not self.names_itself(line)
        )

    def may_head(self, line: Line) -> bool:
        """Whether a line may be a heading, and is no mere dose: "Repeat 6 times"."""
        return self.is_name(line.text, NAME_WORDS) or not self.has_dose([line])

    def names_itself(self, line: Line, *, strictly: bool = False, apart: bool = True) -> bool:
        """Whether a line names an exercise and gives its dose: "Calf raise: 20".

        `strictly`: it stands among others that do not; `apart` from them, by an empty line.
        """
        clause = self.clause(line)
        if not self._may_name(line, clause, strictly=strictly, apart=apart):
            return False
        text = clause.tagged.text
        found = [each for each in clause.findings if each.field in DOSES | {"listed"}]
        moving = self.grammar.pattern("macros_of", "moving")
        found += [  # "Recovery walk, 60 seconds"
            each
            for each in clause.findings
            if each.field == "rest" and moving.search(text, 0, each.at)
        ]
        if not found:
            return False
        begin = min(each.at for each in found)
        name = self.without_lead(re.split(r"[:(,–—]|\s-\s", text[:begin])[0].strip())
        most = _MOST_NAMED if re.match(rf"{re.escape(name)} ?:", text) else _MOST_WORDS
        first = clause.tagged.items.get(text[begin])
        if not name and (first is None or first.kind == "rounds"):  # "EMOM" alone has no item
            return False
        if strictly and not (name[:1].isupper() and len(name.split()) <= _FEW):
            return False
        if not name:
            return self._names_behind(line, text[begin + 1 :].lstrip())
        short = len(name.split()) < _FEW and len(text) < _LONGEST_TIMED
        return self.is_name(name, most) and (short or any(each.field in _COUNTS for each in found))

    def _names_behind(self, line: Line, behind: str) -> bool:
        """Whether a line names an exercise behind its dose: "20 calf raises"."""
        counted = _COUNTED.match(line.text)
        behind = counted["name"] if counted else behind
        lead = self.grammar.pattern("words", "around_name").match(behind)
        if lead and behind[lead.end() :][:1] == " ":
            behind = behind[lead.end() :].strip()
        words = re.split(r"[:(,.;–—]", behind)[0].strip()
        small = self.grammar.pattern("words", "name_tail").pattern
        sides = re.fullmatch(rf"[x {ITEMS}]*(?:\s?(?:{small}))+", words, re.IGNORECASE)
        return sides is None and self.is_name(words, _FEW)  # "2 x 10 each side"

    def _may_name(self, line: Line, clause: Clause, *, strictly: bool, apart: bool) -> bool:
        """Whether a line has the form of a name with its dose."""
        aside = any(clause.has("scope", name) for name in ("ignored", "session"))
        if aside or _LETTERS.match(line.text):
            return False
        if strictly and (line.kind or (apart and not line.gap) or clause.has("scope", "by_clock")):
            return False
        longest = _LONGEST_TIMED if strictly else _LONGEST_NAMED
        return line.kind in ("", "bullet") and len(line.text) <= longest

    def without_lead(self, words: str) -> str:
        """A name without what only joins it to the text: "Then", "Last is"."""
        lead = self.grammar.pattern("words", "lead_in").match(words)
        return words[lead.end() :] if lead and lead.end() < len(words) else words

    def is_name(self, words: str, most: int = _MOST_WORDS) -> bool:
        """Whether some words may be the name of an exercise: "Knee lift", "La planche"."""
        if len(words.split()) > most:
            return False
        if words[:1].isupper() and len(words.split()) <= _MOST_WITH_ARTICLE:
            words = self.grammar.pattern("words", "named_article").sub("", words)
        plain = re.search(r"[^\W\d_]{3}", words)
        return bool(plain) and not self.grammar.pattern("scope", "not_a_name").search(words)

    def is_far(self, line: Line) -> bool:
        """Whether a line tells no more than a distance: "Plan for 10 km"."""
        return {each.field for each in self.clause(line).findings} == {"distance"}

    def takes_long(self, line: Line) -> bool:
        """Whether a line tells no more than how long a session takes: "Flow, 60 minutes"."""
        found = self.clause(line).findings
        moving = self.grammar.pattern("macros_of", "moving").search(line.text)
        least = _LONGER if moving else _LONG
        return bool(found) and all(
            each.item.kind == "duration" and each.item.low >= least for each in found
        )

    def heads_part(self, line: Line) -> int:
        """How many letters of a line are a heading over exercises: "Tuesday: "; 0 if none."""
        if line.kind == "label":
            return len(line.text) if self._counts_rounds(line) else 0
        if line.kind not in ("", "hash") or len(line.text) > _LONGEST_HEADING:
            return 0
        match = self.grammar.pattern("scope", "part_heading").match(line.text)
        if match:
            return match.end()
        weeks = self.grammar.pattern("scope", "weeks_heading").match(line.text)
        if weeks and line.gap and not self.has_own_dose(line):
            return weeks.end()
        return len(line.text) if not line.kind and self._counts_rounds(line) else 0

    def _counts_rounds(self, line: Line) -> bool:
        """Whether a line leads to what is done in rounds: "then 3 rounds of:"."""
        counted = {each.field for each in self.clause(line).findings} & {"rounds", "group_until"}
        small = self.grammar.pattern("words", "around_name").fullmatch(line.text.split()[-1])
        leads = line.text[-1] == ":" or (small is not None and not self.has_own_dose(line))
        return bool(counted) and len(line.text.split()) <= _MOST_OVER and leads

    def heads_others(self, line: Line) -> bool:
        """Whether a marked line heads exercises, and is none: "C) AMRAP 7 min"."""
        found = {each.field for each in self.clause(line).findings}
        over = bool(found & {"rounds", "group_until", "emom"}) or line.text.isupper()
        over = (
            over
            or line.kind == "label"
            or line.text[-1] == ":"
            or self.heads_part(replace(line, kind="")) > 0
        )
        return over and len(line.text.split()) < NAME_WORDS and not self.has_own_dose(line)

    def is_column(self, words: str) -> bool:
        """Whether some words are what a form asks for, and no name: "Reps", "Rest"."""
        asked = (self.grammar.pattern("table", each) for each in _COLUMNS if each != "name")
        return any(pattern.fullmatch(words.strip()) for pattern in asked)

    def paces(self, lines: Sequence[Line]) -> bool:
        """Whether some lines tell the parts of a breath: "breathe in: 4 seconds"."""
        timed = [each for each in self.said(lines) if each.tagged.items]
        return all(
            any(each.has("phases", way) for each in timed) for way in ("breath_in", "breath_out")
        )

    def only_rests(self, line: Line) -> bool:
        """Whether a line tells how long to rest, and nothing else."""
        found = {each.field for each in self.clause(line).findings}
        return bool(found) and found <= {"rest", "round_rest"}

    def rests_between(self, line: Line) -> bool:
        """Whether a line tells how long to rest between sets, and nothing else."""
        between = self.grammar.pattern("words", "between_sets")
        return between.search(line.text) is not None and self.only_rests(line)

    def is_warm(self, line: Line) -> bool:
        """Whether a heading is over the warm-up or the cool-down."""
        pattern = self.grammar.pattern
        return any(pattern("scope", each).match(line.text) for each in ("warmup", "cooldown"))

    def ends_part(self, line: Line) -> bool:
        """Whether a line is beside the exercises under a heading: "Cool-down: 5 min walk"."""
        lead = self.grammar.pattern("words", "lead").match(line.text)
        text = line.text[lead.end() :] if lead else line.text
        minute = line.mark.casefold().startswith("min")  # "Min 2: 10 press-ups"
        marked = line.kind == "label" and not minute
        return marked or bool(self.grammar.pattern("scope", "cooldown").match(text))

    def heads_table(self, cells: Sequence[Cell]) -> bool:
        """Whether some cells are the head of a table of exercises."""
        columns = self.columns_of(cells)
        return "name" in columns and len(columns) > 1

    def columns_of(self, header: Sequence[Cell]) -> dict[str, int]:
        """What each column of a table holds, by its head."""
        columns: dict[str, int] = {}
        for n, cell in enumerate(header):
            if len(cell.text.split()) > _MOST_HEAD or any(map(str.isdigit, cell.text)):
                continue
            told = {
                each for each in _DOSED if self.grammar.pattern("table", each).search(cell.text)
            }
            if "dose" not in columns and "reps" in told and len(told) > 1:  # "Reps/time"
                columns["dose"] = n
                continue
            for field in _COLUMNS:
                if field not in columns and self.grammar.pattern("table", field).search(cell.text):
                    columns[field] = n
                    break
        return columns
