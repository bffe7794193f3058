"""Reads a text: finds its exercises, and the figures of each, with their exact words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.blocks import Cell, Line, Section, lay_out, lines_of
from audiocoach.routine.draft.exercise import Reading, figure, number
from audiocoach.routine.draft.model import Draft, DraftExercise, DraftGroup, Figure, Sentence, Span
from audiocoach.routine.draft.sentences import Clause, Finding, first, sentences
from audiocoach.routine.draft.tables import LANGUAGES, Grammar, grammar_for

_DOSES: Final = frozenset(
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
    ]
)
_BLANKED: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": "\t",
        "*": " ",
        "_": " ",
        "×": "x",
    }
)
_SHORTEST_SESSION: Final = 180
"""Seconds; a time below is no length of a session."""
_ROUNDS: Final = {
    "between": "between_rest_s",
    "round_rest": "rest_s",
    "group_until": "until_s",
    "rounds": "rounds",
}
"""The figures of a group, by what the grammar calls them."""
_COUNTED: Final = re.compile(r"\d{1,3} [^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,3}")
"""A line of a list such as "10 push-ups"."""
_NEAR: Final = 12
"""Letters between two things that are a choice: "a towel or a pillow"."""
_ALIKE: Final = {"*": re.compile(r"(?<=\d) ?\* ?(?=\d)")}


def view_of(text: str) -> str:
    """The text with marks of emphasis blanked and signs in one form; as long as it is."""
    text = _ALIKE["*"].sub(lambda match: match[0].replace("*", "x"), text)
    text = re.sub(r"(?m)^(\s*)\* ", lambda match: f"{match[1]}• ", text)
    return text.translate(_BLANKED)


def language_of(text: str) -> str | None:
    """The language of a text, by its commonest words; None if none of ours leads clearly."""
    words = Counter(re.findall(r"[^\W\d_]+", text[:20_000].casefold()))
    scores = {
        language: sum(words[word] for word in grammar_for(language).words("language"))
        for language in LANGUAGES
    }
    best, second = sorted([*scores.values(), 0], reverse=True)[:2]
    if best < 2 or best < 1.3 * second:
        return None
    return max(scores, key=lambda language: scores[language])


def read(text: str, language: str) -> Draft:
    """Read a text in that language, one of `LANGUAGES`."""
    return _Reader(text, grammar_for(language)).read()


class _Reader:
    def __init__(self, text: str, grammar: Grammar) -> None:
        self.grammar = grammar
        self.view = view_of(text)
        self.draft = Draft(text, grammar.language, "")
        self.defaults: dict[str, Figure] = {}
        self.grouped: list[dict[str, Figure]] = []
        """What is said of groups, in the order of the text."""
        self.numbered: dict[str, tuple[int, int]] = {}
        self.clauses: list[Clause] = []
        """All that were read, for what is left unread."""
        self.own: dict[int, list[Clause]] = {}
        self.emom: Figure | None = None
        self.context: list[Clause] = []
        """The heading over some exercises: "In standing"."""

    def read(self) -> Draft:
        lines = lines_of(self.view)
        circuit = any(
            finding.field in ("work", "rounds", "group_until")
            or clause.has("scope", "each_exercise")
            for clause in sentences(lines, self.grammar)
            if not clause.has("scope", "ignored")
            for finding in clause.findings
        )
        layout = lay_out(lines, self._has_dose, circuit=circuit)
        self.draft.title = self._title(layout.title, lines)
        notes = ([layout.title] if layout.title else []) + layout.notes
        for table in layout.tables:
            self._table(table)
        forbidden = False
        context: list[Clause] = []
        for section in layout.sections:
            self.context = context
            context = self._heading_of_next(section, layout.sections) or context
            forbidden = self._section(section, notes, circuit=circuit, forbidden=forbidden)
        paragraphs = [
            self._sentences([line]) for line in sorted(notes, key=lambda each: each.start)
        ]
        styles = {section.style for section in layout.sections}
        if not self.draft.exercises or (styles <= {"runin", "lines"} and not layout.tables):
            first_line = layout.title.start if layout.title else -1
            paragraphs = [
                each
                for each in paragraphs
                if (each[:1] and each[0].span[0] == first_line) or not self._loose(each)
            ]
        for paragraph in paragraphs:
            self._note(paragraph)
        self._apply_defaults()
        self._supersets()
        self._minutes()
        self._group()
        self._sort_equipment()
        self._leave_out()
        return self.draft

    def _heading_of_next(self, section: Section, sections: list[Section]) -> list[Clause]:
        """The last line of a part, if it is a heading over those that follow; taken out of it."""
        line = section.lines[-1] if len(section.lines) > 1 else None
        if line is None or section is sections[-1] or not line.gap or line.kind:
            return []
        if len(line.text.split()) > 9 or line.text[-1] in ".!?,;" or self._has_dose([line]):
            return []
        section.lines.pop()
        return self._sentences([line])

    def _sentences(self, lines: Sequence[Line]) -> list[Clause]:
        found = sentences(lines, self.grammar)
        self.clauses += found
        return found

    def _title(self, line: Line | None, lines: list[Line]) -> str:
        """The first line, or the first short one after it where that is a sentence."""
        short = [each for each in lines[:6] if len(each.text) <= 80 and not each.kind]
        if line is None or len(line.text) > 100:
            line = short[0] if short else line
        if line is None:
            return ""
        text = re.sub(r"^(?:re|fwd?|aw|wg|tr|rv)\s?:\s*", "", line.text, flags=re.IGNORECASE)
        text = re.split(r"\s{3,}|\||\(|(?<=[.!?:])\s", text)[0].strip(" .:-–—#")
        return " ".join(text.split())[:80].strip()

    def _has_dose(self, lines: Sequence[Line]) -> bool:
        if len(lines) == 1 and _COUNTED.fullmatch(lines[0].text):
            return True
        return any(self._dosed(clause) for clause in sentences(lines, self.grammar))

    def _dosed(self, clause: Clause) -> bool:
        if clause.has("scope", "ignored") or clause.has("scope", "session"):
            return False
        return any(finding.field in _DOSES | {"rounds"} for finding in clause.findings)

    # exercises

    def _section(
        self, section: Section, notes: list[Line], *, circuit: bool, forbidden: bool
    ) -> bool:
        """Read a part of the text; gives whether what follows is forbidden."""
        name = self.view[slice(*section.name)]
        pattern = self.grammar.pattern
        if section.style != "lines" and pattern("scope", "forbidden_heading").match(name):
            self.draft.forbidden.append(section.name)
            return True
        dosed = self._has_dose(section.lines) or self._rests_only(section)
        listed = section.style in ("number", "letter", "small", "bullet", "restart")
        isnote = bool(pattern("scope", "notes_heading").match(name)) and len(name.split()) < 4
        if forbidden and not dosed:
            return True
        alone = not dosed and not (
            circuit and (listed or section.style.startswith(("hash", "short")))
        )
        if (
            alone
            and section.style in ("number", "letter")
            and section.lines
            and not isnote
            and not self._refused(section)
        ):
            self._exercises(section)
            self.draft.exercises[-1].doubts["name"] = "no dose"
            return forbidden
        if isnote or alone:
            head = section.heading
            notes += [head] if head and section.lines and head not in section.lines else []
            notes += section.lines or ([head] if head else [])
            return forbidden
        if self._refused(section):
            self.draft.forbidden.append(section.name)
            self._sentences(section.lines)
            return forbidden
        self._exercises(section)
        return forbidden

    def _rests_only(self, section: Section) -> bool:
        """Whether a heading has a rest as its only time, such as a pose to rest in."""
        if section.style in ("lines", "bullet", "restart"):
            return False
        found = [
            f.field for clause in sentences(section.lines, self.grammar) for f in clause.findings
        ]
        return bool(found) and set(found) <= {"rest"}

    def _refused(self, section: Section) -> bool:
        """Whether a part of the text is about an exercise not to be done."""
        head = self.view[slice(*section.name)]
        if len(head.split()) < 11 and self.grammar.pattern("scope", "refused").search(head):
            return True
        clauses = sentences(section.lines[:3], self.grammar)
        return any(
            clause.has("scope", "refused") and clause.has("words", "refused_it")
            for clause in clauses
        )

    def _exercises(self, section: Section) -> None:
        clauses = self._sentences(section.lines)
        parts = self._split(section, clauses)
        if parts:
            self._sequence(parts, clauses, section)
            return
        self._leading: tuple[int, int, int] | None = None
        exercise = self._named(section)
        own = self._own(clauses)
        self._add(exercise, own)
        self._count_in_front(exercise)
        self._variant(exercise, own)

    @property
    def _lead_unit(self) -> str:
        return "|".join(rf"(?:{pattern.pattern})\b" for _, pattern in self.grammar.units)

    def _count_in_front(self, exercise: DraftExercise) -> None:
        """ "10 push-ups" in a list: ten reps."""
        if self._leading is None or exercise.figures.keys() & {"reps", "hold_s", "work_s", "sets"}:
            return
        begin, end, last = self._leading
        found = Clause(self.view[begin:end], begin, self.grammar).tagged.present()
        if found and found[0].kind in ("number", "times"):
            exercise.put("reps", Figure(number(found[0]), ((begin, last),), found[0].doubt))
        elif found and found[0].kind == "duration":
            exercise.put("work_s", Figure(number(found[0]), ((begin, last),), found[0].doubt))

    def _own(self, clauses: list[Clause]) -> list[Clause]:
        """The sentences about the exercise itself; those about the session are noted."""
        own = []
        for clause in clauses:
            if clause.has("scope", "session") and clause.findings:
                self._note([clause])
            elif not self._aimed(clause):
                own.append(clause)
        return own

    def _named(self, section: Section) -> DraftExercise:
        begin, end = section.name
        clause = Clause(self.view[begin:end], begin, self.grammar)
        cut = next(
            (
                f.at
                for f in clause.findings
                if f.field not in ("for", "while", "rounds") or f.item.kind != "list"
            ),
            None,
        )
        text = clause.tagged.text
        noise = next(
            (
                n
                for n, c in enumerate(text)
                if c in clause.tagged.items
                and clause.tagged.items[c].kind in ("noise", "distance", "tempo")
            ),
            None,
        )
        places = [at for at in (cut, noise) if at]
        if places:
            at = min(places)
            kept = re.sub(r"[\s(@:,–—-]+$", "", text[:at])
            if kept:
                end = clause.tagged.source(0, len(kept))[1]
        unit = self._lead_unit
        lead = re.match(rf"\d+(?:\s?[-–]\s?\d+)?\s?(?:x\b|{unit})?\s*", self.view[begin:end])
        if (
            lead
            and section.style in ("bullet", "letter", "lines", "number", "small")
            and lead[0].strip()
        ):
            self._leading = (begin, begin + len(lead[0].rstrip()), end)
            begin += lead.end()
        name = " ".join(self.draft.text[begin:end].replace("*", "").split()).strip(" :.-–—")
        return DraftExercise(name[:80].strip() or "?", (begin, end), label=section.label)

    def _add(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        kept = [
            clause
            for clause in clauses
            if not clause.has("scope", "ignored") and not clause.has("scope", "refused")
        ]
        if exercise.name_span:
            head = Clause(
                self.view[slice(*exercise.name_span)], exercise.name_span[0], self.grammar
            )
            named = Reading(DraftExercise(""), [head], self.grammar)
            named.find_position()
            named.find_sides()
            for field in ("position", "sides"):
                if field in named.exercise.figures:
                    exercise.put(field, named.exercise.figures[field])
        Reading(exercise, kept, self.grammar).read()
        self._as_above(exercise, kept)
        if self.context:
            over = Reading(DraftExercise(""), self.context, self.grammar)
            over.find_position()
            for name, made in over.exercise.figures.items():
                exercise.put(name, made)
        self._equipment(exercise, clauses)
        self._tell(exercise, clauses)
        self._schedule(exercise, kept)
        self.own[len(self.draft.exercises)] = clauses
        self.draft.exercises.append(exercise)

    def _schedule(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        for clause in clauses:
            made = self._often(clause)
            if made:
                exercise.put("schedule", made)
                return

    def _often(self, clause: Clause) -> Figure | None:
        """How often, in a sentence."""
        dropped = self.grammar.pattern("words", "not_often")
        text = dropped.sub(lambda match: " " * len(match[0]), clause.tagged.text)
        found = [
            (at, clause.tagged.items[char])
            for at, char in enumerate(text)
            if char in clause.tagged.items and clause.tagged.items[char].kind == "frequency"
        ]
        if not found:
            return None
        at, item = found[0]
        if item.per in ("", "month", "minute"):
            return None
        if item.unit == "every":
            count = number(item)
            plain = item.low == item.high == 1
            amount = "-".join(map(str, count)) if isinstance(count, list) else str(count)
            value = {"every": item.per if plain else f"{amount} {item.per}s"}
        else:
            value = {"times": number(item), "per": item.per}
        others = {(str(each.value), each.per, each.unit) for _, each in found}
        others -= {("1", "day", ""), ("1.0", "day", "")}  # "twice a day, every day"
        doubt = "changes" if len(others) > 1 else item.doubt
        return Figure(value, (clause.tagged.source(at, at + 1),), doubt)

    def _as_above(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        before = self.draft.exercises[-1] if self.draft.exercises else None
        span = first(clauses, "words", "as_above")
        if before is None or span is None:
            return
        position = before.figures.get("position")
        if position:
            exercise.put("position", Figure(position.value, (span,), position.doubt))
        timing = {"hold_s", "work_s", "phases_s", "tempo", "hold_breaths"}
        if first(clauses, "words", "as_above_all") and not exercise.figures.keys() & timing:
            for field in ("phases_s", "tempo", "hold_s", "hold_breaths"):
                told = before.figures.get(field)
                if told:
                    exercise.put(field, Figure(told.value, (span,), "as above", "as above"))
                    exercise.phase_words = before.phase_words

    def _variant(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        """ "Then do the same again with the knee bent" is an exercise of its own."""
        pattern = self.grammar.pattern("words", "same_again")
        for clause in clauses:
            match = pattern.search(clause.tagged.text)
            if match is None:
                continue
            span = clause.spot(match)
            how = match["variant"]
            twin = DraftExercise(f"{exercise.name}, {how}"[:80], span, label=exercise.label)
            twin.equipment = dict(exercise.equipment)
            twin.phase_words, twin.limb = exercise.phase_words, exercise.limb
            for field, told in exercise.figures.items():
                twin.figures[field] = Figure(told.value, (span,), told.doubt, "as before")
            exercise.figures.pop("sets", None) if exercise.figures.get("sets") and exercise.figures[
                "sets"
            ].spans[0][0] >= span[0] else None
            self.own[len(self.draft.exercises)] = []
            self.draft.exercises.append(twin)
            return

    # tables

    def _table(self, rows: list[list[Cell]]) -> None:
        """A table with a column for the names; each row is an exercise."""
        columns = self._columns(rows[0])
        if "name" not in columns:
            return
        for row in rows[1:]:
            cells = {name: row[n] for name, n in columns.items() if n < len(row)}
            name = cells.pop("name", None)
            if name is None or not any(map(str.isalpha, name.text)):
                continue
            exercise = DraftExercise(name.text.strip()[:80], (name.start, name.end))
            span = (row[0].start, row[-1].end)
            for field, cell in cells.items():
                self._cell(exercise, field, cell, rows[0][columns[field]], span)
            clause = Clause(self.view[slice(*span)], span[0], self.grammar)
            self.clauses.append(clause)
            self._add(exercise, [])
            self.own[len(self.draft.exercises) - 1] = [clause]

    def _columns(self, header: list[Cell]) -> dict[str, int]:
        columns: dict[str, int] = {}
        order = ("schedule", "tempo", "rest", "hold", "sets", "reps", "sides", "equipment", "name")
        for n, cell in enumerate(header):
            for field in order:
                pattern = self.grammar.pattern("table", field)
                if field not in columns and pattern.search(cell.text):
                    columns[field] = n
                    break
        return columns

    def _cell(
        self, exercise: DraftExercise, field: str, cell: Cell, head: Cell, span: Span
    ) -> None:
        if self.grammar.pattern("table", "none").fullmatch(cell.text.strip()):
            return
        clause = Clause(cell.text, cell.start, self.grammar)
        item = next(iter(clause.tagged.present()), None)
        if field == "sides":
            first_side = Reading(DraftExercise(""), [clause], self.grammar)
            first_side.find_sides()
            for name, made in first_side.exercise.figures.items():
                exercise.put(name, Figure(made.value, (span,), made.doubt))
        elif field == "equipment":
            exercise.equipment.setdefault(cell.text.strip(), (cell.start, cell.end))
        if item is None or item.kind in ("noise", "distance"):
            return
        if field == "schedule":
            week = self.grammar.pattern("table", "week").search(head.text)
            often = self._often(clause)
            value = (
                often.value if often else {"times": number(item), "per": "week" if week else "day"}
            )
            exercise.put("schedule", Figure(value, (span,), item.doubt))
        elif field in ("sets", "reps", "hold", "rest"):
            self._count(exercise, field, clause, head, span)

    def _count(
        self, exercise: DraftExercise, field: str, clause: Clause, head: Cell, span: Span
    ) -> None:
        found = {each.field: each for each in clause.findings}
        if field in ("sets", "reps") and {"sets", "reps"} <= found.keys():
            exercise.put(
                "sets", Figure(number(found["sets"].item), (span,), found["sets"].item.doubt)
            )
            exercise.put(
                "reps", Figure(number(found["reps"].item), (span,), found["reps"].item.doubt)
            )
            return
        item = next(iter(clause.tagged.present()))
        unit = re.search(r"\(?(min|m)\b", head.text, re.IGNORECASE)
        times = 60 if item.kind == "number" and unit and field in ("hold", "rest") else 1
        value = number(item)
        if times > 1 and not isinstance(value, dict):
            value = [each * times for each in value] if isinstance(value, list) else value * times
        name = {"hold": "hold_s", "rest": "rest_s"}.get(field, field)
        if item.kind == "duration" and field == "reps":
            name = "hold_s"
        doubt = item.doubt
        if item.kind == "breaths":
            name = "hold_breaths"
        exercise.put(name, Figure(value, (span,), doubt))

    # several in one line: "jog 2 min, walk 90 sec"

    def _split(self, section: Section, clauses: list[Clause]) -> list[tuple[str, Span, Clause]]:
        head = section.heading
        if not clauses or head is None or head.kind not in ("label", "bullet"):
            return []
        clause = clauses[0]
        name = self.view[slice(*section.name)]
        run_in = section.lines[0].text != head.text
        if run_in and not self.grammar.pattern("words", "lead").fullmatch(name):
            return []
        text = clause.raw
        skip = self.grammar.pattern("words", "lead").match(text)
        at = skip.end() if skip else 0
        parts = []
        for match in [*self.grammar.pattern("words", "split").finditer(text, at), None]:
            end = match.start() if match else len(text)
            if text[at:end].strip():
                begin = at + len(text[at:end]) - len(text[at:end].lstrip())
                parts.append(
                    Clause(text[begin:end].rstrip(" ."), clause.span[0] + begin, self.grammar)
                )
            at = match.end() if match else end
        dosed = [part for part in parts if any(f.field in _DOSES for f in part.findings)]
        if len(parts) < 2 or len(dosed) < len(parts):
            return []
        named = []
        for part in parts:
            span = self._name_in(part)
            if span is None:
                return []
            named.append((self.draft.text[slice(*span)], span, part))
        return named

    def _name_in(self, clause: Clause) -> Span | None:
        """The words of a part that are no figure: the name."""
        runs = [
            match
            for match in re.finditer(r"[^\W\d_][^,;:()\U000F0000-\U000FFFFF]*", clause.tagged.text)
            if len(match[0].split()) <= 6
        ]
        best = max(runs, key=lambda match: len(match[0].strip()), default=None)
        if best is None or len(best[0].strip()) < 3:
            return None
        kept = re.sub(r"\s+(?:x|for|at|each|e|ea|of)\s*$", "", best[0].rstrip(" -–—.:"))
        begin, end = clause.tagged.source(best.start(), best.start() + len(kept))
        return begin, end

    def _sequence(
        self, parts: list[tuple[str, Span, Clause]], clauses: list[Clause], section: Section
    ) -> None:
        count = Counter(name.casefold() for name, _, _ in parts)
        seen: Counter[str] = Counter()
        members = []
        phase = self._phase_of(section.label)
        for name, span, part in parts:
            seen[name.casefold()] += 1
            unique = f"{name} ({seen[name.casefold()]})" if count[name.casefold()] > 1 else name
            members.append(len(self.draft.exercises))
            self._add(DraftExercise(unique[:80], span, phase=phase), [part])
        for clause in clauses[1:]:
            match = self.grammar.pattern("words", "block").search(clause.tagged.text)
            counted = [
                f
                for f in clause.findings
                if f.field in ("repeat", "reps", "more", "rounds", "total")
            ]
            if match and counted:
                more = 1 if counted[0].field == "more" else 0
                self.draft.groups.append(DraftGroup(members, {"rounds": figure(counted[0], more)}))

    def _phase_of(self, label: str) -> str:
        for name, phase in (("warmup", "warmup"), ("cooldown", "cooldown")):
            if label and self.grammar.pattern("scope", name).search(label):
                return phase
        return "main"

    # notes

    def _loose(self, clauses: list[Clause]) -> bool:
        """An exercise without a heading: a text that is one paragraph."""
        if not any(self._dosed(clause) and not self._warm(clause) for clause in clauses):
            return False
        if any(finding.field == "rounds" for clause in clauses for finding in clause.findings):
            return False
        words = re.split(r"[,.;:!?\n]", clauses[0].raw)[0].split()[:8]
        span = clauses[0].span[0], clauses[0].span[0] + len(" ".join(words))
        exercise = DraftExercise(" ".join(words)[:80] or "?", span)
        exercise.doubts["name"] = "name"
        self._add(exercise, self._own(clauses))
        return True

    def _note(self, clauses: list[Clause]) -> None:
        """What a paragraph outside of the exercises says of all of them, or of one."""
        if self._headed(clauses):
            return
        aimed = [clause for clause in clauses if not self._aimed(clause)]
        usable = [
            c
            for c in aimed
            if not c.has("scope", "ignored") or c.has("scope", "each_exercise") or self._warm(c)
        ]
        whole = any(clause.has("scope", "each_exercise") for clause in usable)
        for clause in usable:
            if self._warm_up(clause):
                continue
            self._session(clause)
            if whole:
                self._default(clause)
            self._session_equipment(clause)

    def _headed(self, clauses: list[Clause]) -> bool:
        """A note that begins with the name of an exercise and a colon is about that one."""
        name, colon, _ = clauses[0].raw.partition(":") if clauses else ("", "", "")
        about = [x for x in self.draft.exercises if _mentions(name, x.name)]
        if not colon or len(name.split()) > 7 or len(about) != 1:
            return False
        self._equipment(about[0], clauses)
        self._tell(about[0], clauses)
        return True

    def _warm(self, clause: Clause) -> bool:
        return clause.has("scope", "warmup") or clause.has("scope", "cooldown")

    def _session(self, clause: Clause) -> None:
        often = self._often(clause)
        if often:
            self.draft.figures.setdefault("schedule", often)
        for each in clause.findings:
            self._length(each)
            self._for_all(each, clause)
        if clause.has("scope", "session"):
            where = Reading(DraftExercise(""), [clause], self.grammar)
            where.find_position()
            for name, made in where.exercise.figures.items():
                self.defaults.setdefault(name, made)
        if clause.has("sides", "right_then_left") and clause.has("words", "finish"):
            self._sides_for(clause)

    def _length(self, each: Finding) -> None:
        """The length of the session."""
        figures = self.draft.figures
        if each.item.kind != "duration" or each.item.low < _SHORTEST_SESSION:
            return
        if each.field == "duration":
            figures["duration_s"] = self._better(figures.get("duration_s"), figure(each))
        elif each.field == "title_duration" and "duration_s" not in figures:
            figures["duration_s"] = Figure(number(each.item), (each.span,), "title")

    def _grouped(self, name: str, made: Figure) -> None:
        """A figure of a group: of the last one begun, or of one that it begins."""
        begins = (
            name in ("rounds", "until_s")
            and self.grouped
            and (self.grouped[-1].keys() & {"rounds", "until_s"})
        )
        if begins and any(
            self.grouped[-1]["rounds" if "rounds" in self.grouped[-1] else "until_s"].spans[0][0]
            < (x.name_span or (0, 0))[0]
            < made.spans[0][0]
            for x in self.draft.exercises
        ):
            self.grouped.append({name: made})
        elif self.grouped:
            self.grouped[-1].setdefault(name, made)
        else:
            self.grouped.append({name: made})

    def _for_all(self, each: Finding, clause: Clause) -> None:
        """What a note says of all exercises, or of the rounds they are done in."""
        default = self.defaults.setdefault
        if each.field in _ROUNDS:
            self._grouped(_ROUNDS[each.field], figure(each))
        elif each.field in ("every", "work"):
            default(f"{each.field}_s", figure(each))
        elif each.field in ("emom", "emom_for"):
            default("every_s", Figure(60, (each.span,)))
            if each.field == "emom_for" and each.item.low:
                self.emom = figure(each)
        elif each.field in ("repeat", "reps", "more"):
            if clause.has("scope", "whole") and not clause.has("scope", "each_exercise"):
                self._grouped("rounds", figure(each, 1 if each.field == "more" else 0))
        elif each.field == "rest" and clause.has("words", "between_sets"):
            default("rest_s", figure(each))

    @staticmethod
    def _better(old: Figure | None, new: Figure) -> Figure:
        """Of two lengths the later one, unless it is the doubtful one."""
        if old is None or (old.doubt and not new.doubt):
            return new
        return old if new.doubt else new

    def _sides_for(self, clause: Clause) -> None:
        match = self.grammar.pattern("sides", "right_then_left").search(clause.tagged.text)
        excepted = self.grammar.pattern("words", "except").search(clause.raw)
        names = excepted["names"].casefold() if excepted else ""
        for exercise in self.draft.exercises:
            if match and not _mentions(names, exercise.name) and exercise.phase == "main":
                exercise.put("sides", Figure("right-then-left", (clause.spot(match),)))

    def _default(self, clause: Clause) -> None:
        """A dose that is said once for all exercises."""
        which = self.grammar.pattern("scope", "numbered").search(clause.raw)
        limits = (int(which[1]), int(which[2] or which[1])) if which else None
        reading = Reading(DraftExercise(""), [clause], self.grammar)
        reading.read()
        if limits:
            often = self.draft.figures.pop("schedule", None)
            if often:
                reading.exercise.put("schedule", often)
        for name, made in reading.exercise.figures.items():
            if name not in ("position", "each"):
                self.defaults.setdefault(name, made)
                if limits:
                    self.numbered[name] = limits
        again = next((f for f in clause.findings if f.field == "again"), None)
        if again:
            self.defaults.setdefault("sets", Figure(2, (again.span,), derived="once, and again"))

    def _aimed(self, clause: Clause) -> bool:
        """Whether a sentence is about other exercises, by their names; takes what it says."""
        pattern = self.grammar.pattern("words", "aimed")
        done = False
        for match in pattern.finditer(clause.raw):
            names = match["name"].casefold()
            known = self.draft.exercises
            targets = [x for x in known if _mentions(names, x.name)]
            targets = targets or [x for x in known if _mentions_kind(names, x.name)]
            begin = match.start("name")
            end = clause.raw.find(";", begin)
            part = Clause(
                clause.raw[begin : end if end > 0 else None], clause.span[0] + begin, self.grammar
            )
            often = self._often(part)
            rest = self._only_time(part)
            for target in targets:
                if often:
                    target.put("schedule", often)
                    done = True
                elif rest and "sets" in target.figures:
                    target.put("rest_s", rest)
        if done and ";" in clause.raw:
            return False
        return done and not any(f.field in _DOSES for f in clause.findings)

    @staticmethod
    def _only_time(clause: Clause) -> Figure | None:
        """The time in some words, if there is one alone."""
        found = [item for item in clause.tagged.present() if item.kind == "duration"]
        return Figure(number(found[0]), (clause.span,), found[0].doubt) if len(found) == 1 else None

    def _warm_up(self, clause: Clause) -> bool:
        """ "Warm up with 3 minutes of marching" is an exercise."""
        warm = clause.has("scope", "warmup")
        if not (warm or clause.has("scope", "cooldown")):
            return False
        match = self.grammar.pattern("words", "of").search(clause.tagged.text)
        timed = next(
            (f for f in clause.findings if f.item.kind == "duration" and f.item.low >= 20), None
        )
        if match is None or timed is None:
            return False
        group = next(name for name, words in match.groupdict().items() if words)
        span = clause.tagged.source(match.start(group), match.end(group))
        exercise = DraftExercise(self.draft.text[slice(*span)].strip()[:80], span)
        exercise.phase = "warmup" if warm else "cooldown"
        if self.grammar.pattern("words", "either").search(exercise.name):
            exercise.doubts["name"] = "choice"
        exercise.put("work_s", figure(timed))
        exercise.sentences.append(Sentence(clause.span, "movement"))
        if warm:
            shifted = {n + 1: clauses for n, clauses in self.own.items()}
            self.own = {0: [clause], **shifted}
            self.draft.exercises.insert(0, exercise)
            for group_ in self.draft.groups:
                group_.members = [n + 1 for n in group_.members]
        else:
            self.draft.exercises.append(exercise)
        return True

    # what is said once

    def _apply_defaults(self) -> None:
        for exercise in self.draft.exercises:
            if exercise.phase != "main":
                continue
            for name, made in self.defaults.items():
                if self._holds(name, exercise):
                    exercise.put(name, made)

    def _holds(self, name: str, exercise: DraftExercise) -> bool:
        """Whether what is said of all exercises holds for this one."""
        figures = exercise.figures
        limits = self.numbered.get(name)
        if limits and not (
            exercise.label.isdigit() and limits[0] <= int(exercise.label) <= limits[1]
        ):
            return False
        if name == "work_s":
            return not figures.keys() & {"hold_s", "work_s", "reps", "hold_breaths"}
        if name == "every_s":
            return "reps" in figures and not self._timed_group(exercise)
        if name == "rest_s":
            sets = figures.get("sets") or self.defaults.get("sets")
            return sets is not None and sets.value != 1 and not self._once(exercise)
        return not (name == "sets" and self._once(exercise)) and not (
            name == "sides" and "each" in figures
        )

    def _timed_group(self, exercise: DraftExercise) -> bool:
        """Whether another heading than EMOM stands before it: an AMRAP."""
        until = next((each["until_s"] for each in self.grouped if "until_s" in each), None)
        every = self.defaults.get("every_s")
        if not until or not every or not exercise.name_span:
            return False
        return every.spans[0][0] < until.spans[0][0] < exercise.name_span[0]

    def _once(self, exercise: DraftExercise) -> bool:
        at = self.draft.exercises.index(exercise)
        return any(clause.has("words", "once_only") for clause in self.own.get(at, []))

    def _supersets(self) -> None:
        """A1 and A2 are done by turns."""
        letters: dict[str, list[int]] = {}
        for n, exercise in enumerate(self.draft.exercises):
            if re.fullmatch(r"[A-Za-z]\d", exercise.label):
                letters.setdefault(exercise.label[0].upper(), []).append(n)
        for members in letters.values():
            sets = [self.draft.exercises[n].figures.get("sets") for n in members]
            if (
                len(members) < 2
                or not sets[0]
                or any(not each or each.value != sets[0].value for each in sets)
            ):
                continue
            group = DraftGroup(members, {"rounds": sets[0]})
            rests = [self.draft.exercises[n].figures.pop("rest_s", None) for n in members]
            for n in members:
                del self.draft.exercises[n].figures["sets"]
            if rests[-1]:
                group.figures["rest_s"] = rests[-1]
            if (
                rests[0]
                and len({str(each and each.value) for each in rests[:-1]}) == 1
                and len(members) > 1
            ):
                group.figures["between_rest_s"] = rests[0]
            self.draft.groups.append(group)

    def _minutes(self) -> None:
        """Sets by the minute: as many as the whole time has minutes."""
        every = [x for x in self.draft.exercises if x.value("every_s") is not None]
        if self.emom is None or not every or not isinstance(self.emom.value, int | float):
            return
        count = self.emom.value / (every[0].value("every_s") * len(every))
        if count >= 1 and count == int(count):
            for exercise in every:
                told = "the minutes, shared out among the exercises"
                doubt = "" if len(every) == 1 else "minutes"
                exercise.put("sets", Figure(int(count), self.emom.spans, doubt, told))

    def _group(self) -> None:
        """The circuits that the notes describe."""
        if self.draft.groups:
            return
        main = [n for n, each in enumerate(self.draft.exercises) if each.phase == "main"]
        places = [min(made.spans[0][0] for made in each.values()) for each in self.grouped]
        for n, figures in enumerate(self.grouped):
            if not figures.keys() & {"rounds", "until_s", "between_rest_s"}:
                continue
            members = main
            if len(self.grouped) > 1 or "until_s" in figures:
                end = places[n + 1] if n + 1 < len(places) else len(self.view)
                members = [m for m in main if places[n] < self._place(m) < end]
            if not members and len(self.grouped) == 1:
                members = main
            if members:
                self.draft.groups.append(DraftGroup(members, figures))

    def _place(self, member: int) -> int:
        span = self.draft.exercises[member].name_span
        return span[0] if span else 0

    # equipment and words

    def _things(self, clause: Clause) -> Iterable[tuple[str, Span]]:
        if clause.has("equipment", "nothing"):
            return
        optional = self.grammar.pattern("equipment", "optional")
        aside = [m.span() for m in re.finditer(r"\([^)]*\)", clause.raw)]
        for match in self.grammar.pattern("equipment", "things").finditer(clause.raw):
            before = re.split(r"[(,.;)]", clause.raw[: match.start()])[-1]
            after = re.split(r"[(,.;)]", clause.raw[match.end() :])[0]
            around = f"{before[-25:]}{match[0]}{after[:25]}"
            inside = any(begin < match.start() < end for begin, end in aside)
            if not optional.search(around) and not inside:
                yield match[0].strip(), clause.spot(match)

    def _equipment(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        for clause in clauses:
            if clause.has("scope", "ignored") and not clause.has("scope", "setup"):
                continue
            found = list(self._things(clause))
            for name, span in found:
                exercise.equipment.setdefault(self._thing(name), span)
            between = [self.view[a[1] : b[0]] for (_, a), (_, b) in pairwise(found)]
            if any(len(each) < _NEAR and self._or(each) for each in between):
                exercise.doubts["equipment"] = "choice"
        if exercise.name_span:
            begin = exercise.name_span[0]
            for match in self.grammar.pattern("equipment", "in_name").finditer(exercise.name):
                at = self.draft.text.find(match[0], begin)
                if at >= 0 and not exercise.equipment:
                    exercise.equipment[self._thing(match[0])] = (at, at + len(match[0]))

    def _or(self, words: str) -> bool:
        return bool(self.grammar.pattern("words", "either").search(words))

    def _thing(self, name: str) -> str:
        known = dict(pair.split("=") for pair in self.grammar.words("short_things"))
        return known.get(name, " ".join(name.split()))

    def _session_equipment(self, clause: Clause) -> None:
        needed = clause.has("equipment", "need")
        seated = any(clause.search(pattern) for _, pattern in self.grammar.section("position"))
        if needed or seated:
            for name, span in self._things(clause):
                self.draft.equipment.setdefault(name, span)

    def _sort_equipment(self) -> None:
        """One name for a thing: "band" after "exercise band" is the same."""
        for exercise in self.draft.exercises:
            kept: dict[str, Span] = {}
            for name, span in sorted(exercise.equipment.items(), key=lambda each: -len(each[0])):
                if not any(name.split()[-1].casefold() == k.split()[-1].casefold() for k in kept):
                    kept[name] = span
            exercise.equipment = dict(sorted(kept.items(), key=lambda each: each[1]))
        whole = self.draft.figures.get("schedule")
        for exercise in self.draft.exercises:
            own = exercise.figures.get("schedule")
            if own and whole and "every" in whole.value and "times" in own.value and not own.doubt:
                exercise.figures["schedule"] = Figure(own.value, own.spans, "conflict")

    def _tell(self, exercise: DraftExercise, clauses: list[Clause]) -> None:
        for clause in clauses:
            exercise.sentences.append(Sentence(clause.span, self._role(clause)))

    def _role(self, clause: Clause) -> str:
        if clause.has("scope", "promise"):
            return "left out"
        for role in ("mistake", "feel", "easier", "harder", "purpose", "setup"):
            if clause.has("scope", role):
                return role
        return "breath" if clause.has("scope", "breath") and not clause.findings else "movement"

    def _leave_out(self) -> None:
        """List what was left out, and each sentence with a number that is nowhere yet."""
        draft = self.draft
        places = [
            span for x in draft.exercises for made in x.figures.values() for span in made.spans
        ]
        places += [span for made in draft.figures.values() for span in made.spans]
        places += [span for g in draft.groups for made in g.figures.values() for span in made.spans]
        used = sorted(places)
        for line in lines_of(self.view):
            for clause in sentences([line], self.grammar):
                if clause.has("scope", "promise"):
                    draft.left_out.append(clause.span)
                elif any(not _inside(span, used) for span in _numbers(clause)):
                    draft.unread.append(clause.span)


def _numbers(clause: Clause) -> list[Span]:
    """The places of the numbers of a sentence, noise included."""
    return [
        clause.tagged.source(at, at + 1)
        for at, char in enumerate(clause.tagged.text)
        if char in clause.tagged.items
    ] + [
        (clause.span[0] + match.start(), clause.span[0] + match.end())
        for match in re.finditer(r"\d+", clause.raw)
    ]


def _inside(span: Span, places: list[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in places)


def _stems(text: str) -> set[str]:
    return {
        re.sub(r"(?:es|s|n|en)$", "", word) for word in re.findall(r"[^\W\d_]{3,}", text.casefold())
    }


def _mentions(words: str, name: str) -> bool:
    """Whether some words hold the whole name of an exercise."""
    stems = _stems(re.split(r"[,(]", name)[0])
    return bool(stems) and stems <= _stems(words)


def _mentions_kind(words: str, name: str) -> bool:
    """Whether some words are a kind of exercise: "stretches" for "towel stretch"."""
    head = re.split(r"[,(]", name)[0].split()
    kind = words.split()
    return bool(head and kind) and bool(_stems(head[-1])) and _stems(head[-1]) == _stems(kind[-1])
