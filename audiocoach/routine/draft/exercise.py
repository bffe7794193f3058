"""Makes the figures of one exercise of what its sentences say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from audiocoach.routine.draft.model import DraftExercise, Figure, Span
from audiocoach.routine.draft.sentences import Clause, Finding, first
from audiocoach.routine.draft.tables import Grammar
from audiocoach.routine.draft.tagged import Item

_TIMED: Final = ("duration", "counts")
Found = list[tuple[Finding, Clause]]


def number(item: Item) -> Any:
    """The value of an item, whole where it can be: a number, a range, one for each set."""
    if item.values:
        return {"per_set": [_whole(value) for value in item.values]}
    if item.low == item.high:
        return _whole(item.low)
    return [_whole(item.low), _whole(item.high)]


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def figure(found: Finding, more: float = 0, derived: str = "") -> Figure:
    """The figure of a finding, `more` added to it."""
    value = number(found.item)
    if more and not isinstance(value, dict):
        value = [each + more for each in value] if isinstance(value, list) else value + more
    return Figure(value, (found.span,), found.item.doubt, derived)


class Reading:
    """One exercise as it is read: its clauses, and what was found in them."""

    def __init__(
        self, exercise: DraftExercise, clauses: Sequence[Clause], grammar: Grammar
    ) -> None:
        self.exercise = exercise
        self.clauses = clauses
        self.grammar = grammar
        self.found: Found = []
        for clause in clauses:
            if clause.has("words", "last_only"):
                self._last_only(clause)
            else:
                self.found += [(each, clause) for each in clause.findings]

    def _last_only(self, clause: Clause) -> None:
        """What holds for the last rep alone has no field: a question."""
        for each in clause.findings:
            name = "hold_breaths" if each.item.kind == "breaths" else f"{each.field}_s"
            if name in ("hold_breaths", "hold_s", "rest_s"):
                self.exercise.doubts[name] = "last only"

    def of(self, *names: str) -> Found:
        return [each for each in self.found if each[0].field in names]

    def one(self, *names: str) -> tuple[Finding, Clause] | None:
        return next(iter(self.of(*names)), None)

    def read(self) -> DraftExercise:
        """Put all figures into the exercise, and give it."""
        self._phases()
        self._tempo()
        self._reps()
        self._times()
        self._repeats()
        self._rests()
        self._every()
        self._each()
        self.find_sides()
        self._settle_sides()
        self._limb()
        self.find_position()
        self._doubts()
        return self.exercise

    # what is counted

    def _reps(self) -> None:
        sets = self.one("sets")
        if sets:
            self.exercise.put("sets", figure(sets[0]))
        found = self.of("reps")
        if self._by_time():
            found = [each for each in found if each[0].item.kind != "times"]
        rounds = self.of("rounds")
        if not found and rounds and not self.of("repeat", "hold", "for", "work"):
            found = rounds
        if not found:
            return
        by = self._by_side(found) or self._by_level(found)
        if by:
            self.exercise.put("reps", by)
            return
        made = figure(found[0][0])
        others = {str(number(each.item)) for each, _ in found}
        if len(others) > 1:
            made = Figure(made.value, made.spans, made.doubt or "several")
        self.exercise.put("reps", made)

    def _by_side(self, found: Found) -> Figure | None:
        """`{right, left}`, where the words say another figure for each side."""
        sides: dict[str, Finding] = {}
        for each, clause in found:
            text = clause.tagged.text[each.at : each.at + 40]
            for side in ("right", "left"):
                words = self.grammar.pattern("side_words", side).search(text)
                other = self.grammar.pattern("side_words", "left" if side == "right" else "right")
                against = other.search(text)
                if words and (not against or words.start() < against.start()):
                    sides.setdefault(side, each)
        if len(sides) < 2 or sides["right"].item.value == sides["left"].item.value:
            return None
        value = {side: number(each.item) for side, each in sorted(sides.items(), reverse=True)}
        return Figure(value, tuple(each.span for each in sides.values()))

    def _by_level(self, found: Found) -> Figure | None:
        levels: dict[str, Finding] = {}
        for each, clause in found:
            begin = max(0, each.at - 45)
            nearest: tuple[int, str] | None = None
            for level in ("beginner", "intermediate", "advanced"):
                pattern = self.grammar.pattern("levels", level)
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

    def _repeats(self) -> None:
        """How often the whole is done: as sets or as reps, by what else is known."""
        again = next((each for each in self.of("again") if not each[1].has("sides", "each")), None)
        another = self.one("another")
        exercise = self.exercise
        if another and exercise.value("reps") in (None, number(another[0].item)):
            if exercise.value("reps") is None:
                exercise.put("reps", figure(another[0]))
            exercise.put("sets", Figure(2, (another[0].span,), derived="once, and another time"))
        whole = self.one("whole_again")
        if whole:
            made = figure(whole[0])
            self._repeated(Figure(made.value, made.spans, "once more"))
        counted = self.of("more", "repeat", "total", *(["reps"] if self._by_time() else []))
        for found in counted:
            more = found[0].field == "more"
            made = figure(found[0], 1 if more else 0, "once, and so many more" if more else "")
            self._repeated(made)
        if again and not counted and exercise.figures.keys() & {"reps", "hold_s", "work_s"}:
            exercise.put("sets", Figure(2, (again[0].span,), derived="once, and again"))

    def _by_time(self) -> bool:
        """Whether it is done for a time, so that "three times" counts sets."""
        return any(self._moves(clause, each) for each, clause in self.of("for"))

    def _repeated(self, made: Figure) -> None:
        figures = self.exercise.figures
        if "reps" in figures and "sets" not in figures:
            if made.value == figures["reps"].value:
                return
            figures["sets"] = made
        elif "reps" not in figures and ("hold_s" in figures or "work_s" not in figures):
            figures["reps"] = made
        elif "sets" not in figures:
            figures["sets"] = made

    # what is timed

    def _times(self) -> None:
        exercise = self.exercise
        if "phases_s" in exercise.figures or "tempo" in exercise.figures:
            self._until()
            return
        for each, _ in self.of("hold"):
            self._held(each)
        for each, clause in self.of("while"):
            if not self._moves(clause, each):
                exercise.put("hold_s", figure(each))
            elif "reps" not in exercise.figures:
                exercise.put("reps", Figure(number(each.item), (each.span,), "counts"))
        for each, _ in self.of("work"):
            exercise.put("work_s", figure(each))
        for each, clause in self.of("for"):
            self._timed(each, clause)
        self._rest_only()

    def _held(self, each: Finding) -> None:
        kind = each.item.kind
        name = "hold_breaths" if kind == "breaths" else "hold_s"
        alike = [one for one in self.of("hold", "for") if one[0].item.kind == kind]
        made = self._by_level(alike) or self._by_side(alike)
        held = [one for one, _ in self.of("hold") if one.item.kind == kind]
        if made is None and len({str(number(one.item)) for one in held}) > 1:
            told = figure(each)
            made = Figure(told.value, told.spans, told.doubt or "several")
        self.exercise.put(name, made or figure(each))

    def _rest_only(self) -> None:
        """A pose to rest in has its time as a rest."""
        timed = {"hold_s", "work_s", "reps", "hold_breaths"}
        rest = self.one("rest")
        if self.exercise.name and rest and not self.exercise.figures.keys() & timed:
            made = figure(rest[0])
            self.exercise.put(
                "hold_s", Figure(made.value, made.spans, made.doubt or "work or hold")
            )
            self.found.remove(rest)

    def _timed(self, each: Finding, clause: Clause) -> None:
        figures = self.exercise.figures
        if figures.keys() & {"hold_s", "work_s", "hold_breaths", "rep_duration_s"}:
            return
        moves = self._moves(clause, each) or self._named_moving()
        if "reps" in figures and not moves:
            figures["hold_s"] = figure(each)
        elif "reps" in figures:
            made = figure(each)
            figures["work_s"] = Figure(made.value, made.spans, made.doubt or "work or hold")
        elif moves:
            figures["work_s"] = figure(each)
        else:
            figures["hold_s"] = figure(each)

    def _moves(self, clause: Clause, each: Finding) -> bool:
        before = clause.tagged.text[max(0, each.at - 110) : each.at + 40]
        return bool(self.grammar.pattern("macros_of", "moving").search(before))

    def _named_moving(self) -> bool:
        return bool(self.grammar.pattern("macros_of", "moving").search(self.exercise.name))

    def _until(self) -> None:
        """Paced breathing "for five minutes"."""
        if "reps" in self.exercise.figures:
            return
        used = (
            set(self.exercise.figures["phases_s"].spans)
            if "phases_s" in self.exercise.figures
            else set()
        )
        for each, _ in self.of("for", "hold", "work"):
            if each.item.kind == "duration" and each.item.low >= 30 and each.span not in used:
                self.exercise.put("until_s", figure(each))

    def _phases(self) -> None:
        """The parts of a rep, where at least two of them have a time and a direction."""
        parts: list[tuple[str, Item, Span]] = []
        for clause in self.clauses:
            parts += _parts(clause, self.grammar, timed=bool(parts))
        for ends in (("breath_in", "breath_out"), ("up", "down")):
            mine = [part for part in parts if part[0] in (*ends, "hold")]
            if {part[0] for part in mine} >= set(ends):
                self._set_phases(mine, ends)
                return

    def _set_phases(self, parts: list[tuple[str, Item, Span]], ends: tuple[str, str]) -> None:
        begin = next(n for n, part in enumerate(parts) if part[0] in ends)
        last = max(n for n, part in enumerate(parts) if part[0] in ends)
        kept = parts[begin : last + 1]
        after = parts[last + 1 : last + 2]
        if after and after[0][0] == "hold" and after[0][1].high <= 20 and ends[0] == "breath_in":
            kept += after
        if len(kept) > 6 or any(item.low > 60 for _, item, _ in kept):
            return
        values = [number(item) for _, item, _ in kept]
        doubt = next((item.doubt for _, item, _ in kept if item.doubt), "")
        spans = tuple(span for _, _, span in kept)
        self.exercise.put("phases_s", Figure(values, spans, doubt))
        self.exercise.phase_words = tuple(word for word, _, _ in kept)
        inside = set(spans)
        self.found = [
            (each, clause)
            for each, clause in self.found
            if not (
                each.item.kind in (*_TIMED, "number")
                and any(
                    a <= each.span[0] < b or each.span[0] <= a < each.span[1] for a, b in inside
                )
            )
        ]

    def _tempo(self) -> None:
        for clause in self.clauses:
            for at, char in enumerate(clause.tagged.text):
                item = clause.tagged.items.get(char)
                if item and item.kind == "tempo":
                    digits = re.findall(r"[\dx]", item.text)
                    doubt = "tempo" if len(digits) == 3 or "x" in digits else ""
                    value = "-".join([*digits, "0"][:4])
                    span = clause.tagged.source(at, at + 1)
                    self.exercise.put("tempo", Figure(value, (span,), doubt))

    # what comes between

    def _rests(self) -> None:
        figures = self.exercise.figures
        told = self.one("rep_rest")
        if told:
            figures["rep_rest_s"] = figure(told[0])
        for each, _ in self.of("rest", "between", "round_rest"):
            if each.item.kind == "number" and not each.item.doubt and not self._timed_before(each):
                continue
            if self._between_reps(each):
                self.exercise.put("rep_rest_s", figure(each))
            elif "sets" in figures or not ("hold_s" in figures and "reps" in figures):
                self.exercise.put("rest_s", figure(each))
            else:
                self.exercise.put("rep_rest_s", figure(each))
            break

    def _timed_before(self, each: Finding) -> bool:
        return any(a.item.kind in _TIMED and a.span[0] < each.span[0] for a, _ in self.found)

    def _between_reps(self, each: Finding) -> bool:
        """Whether a rest stands after the hold and before the number of reps."""
        figures = self.exercise.figures
        if each.field != "rest" or not {"hold_s", "reps"} <= figures.keys():
            return False
        return figures["hold_s"].spans[0][0] < each.span[0] < figures["reps"].spans[0][0] and (
            "sets" not in figures or each.span[0] < figures["sets"].spans[0][0]
        )

    def _every(self) -> None:
        found = self.one("every", "emom")
        if found is None:
            return
        value = number(found[0].item) if found[0].item.kind == "duration" else 60
        self.exercise.put("every_s", Figure(value, (found[0].span,), found[0].item.doubt))

    # how it is done

    def _each(self) -> None:
        for pattern in self.grammar.each_pairs:
            for clause in self.clauses:
                match = clause.search(pattern)
                if match:
                    names = self._variants(match, clause)
                    self.exercise.put("each", Figure(names, (clause.spot(match),)))
                    return
        self._across()

    def _across(self) -> None:
        """Two variants in two sentences: clockwise, and counterclockwise later."""
        pattern = self.grammar.pattern("each", "names")
        found: dict[str, Span] = {}
        for clause in self.clauses:
            for match in pattern.finditer(clause.raw):
                found.setdefault(match[0].casefold(), clause.spot(match))
        if len(found) == 2 and self.grammar.pattern("each", "across").search(" ".join(found)):
            self.exercise.put("each", Figure(list(found), tuple(found.values())))

    def _variants(self, match: re.Match[str], clause: Clause) -> list[str]:
        names = [m[0] for m in self.grammar.pattern("each", "names").finditer(match[0])]
        unique = list(dict.fromkeys(names))
        if len(unique) == 2:
            return unique
        listed = self.grammar.pattern("words", "ways").match(match.string, match.end())
        if listed and match.string is clause.raw:
            parts = self.grammar.pattern("words", "split_parts").split(listed["ways"])
            ways = [" ".join(part.split()) for part in parts if part.strip()]
            if len(ways) > 1:
                return ways
        return list(self.grammar.words("two_ways"))

    def find_sides(self) -> None:
        for value in (
            "alternating",
            "affected",
            "right_then_left",
            "left_then_right",
            "each",
            "right",
            "left",
        ):
            span = first(self.clauses, "sides", value)
            if span:
                name = value.replace("_", "-")
                doubt = "affected" if name == "affected" else ""
                self.exercise.put("sides", Figure(name, (span,), doubt))
                return

    def _limb(self) -> None:
        """What right and left belong to, by the words of the sides, else of the movement."""
        sides = self.exercise.figures.get("sides")
        words = " ".join(clause.raw for clause in self.clauses)
        pattern = self.grammar.pattern
        if sides is None:
            if pattern("say", "one_limb").search(words) and not pattern("say", "both_limbs").search(
                words
            ):
                self.exercise.doubts.setdefault("sides", "one or both")
            return
        if pattern("say", "both_limbs").search(words) and not sides.doubt:
            self.exercise.figures["sides"] = Figure(sides.value, sides.spans, "both feet")
        near = "".join(
            clause.raw[max(0, a - clause.span[0]) : b - clause.span[0]]
            for a, b in sides.spans
            for clause in self.clauses
            if clause.span[0] <= a < clause.span[1]
        )
        for text in (near, words):
            for name, limb in self.grammar.section("limbs"):
                if limb.search(text):
                    self.exercise.limb = self.grammar.say(name)
                    return

    def _settle_sides(self) -> None:
        """To the right and to the left are sides, unless a limb has sides of its own."""
        figures = self.exercise.figures
        each, sides = figures.get("each"), figures.get("sides")
        if any(isinstance(made.value, dict) and "right" in made.value for made in figures.values()):
            by = next(made for made in figures.values() if isinstance(made.value, dict))
            figures.setdefault("sides", Figure("right-then-left", by.spans))
        if not each or not sides:
            return
        turned = all(
            any(self.grammar.pattern("side_words", side).search(name) for side in ("right", "left"))
            for name in each.value
        )
        words = " ".join(clause.raw for clause in self.clauses)
        limb = self.grammar.pattern("side_words", "limb")
        if turned and not limb.search(words):
            del figures["each"]

    def find_position(self) -> None:
        for clause in self.clauses:
            found = []
            for name, pattern in self.grammar.section("position"):
                match = clause.search(pattern)
                if match:
                    found.append((clause.spot(match)[0], -len(match[0]), name, clause.spot(match)))
            if found:
                _, _, name, span = min(found)
                choice = len(found) > 1 or self._postures(clause) > 1
                choice = choice and clause.has("words", "either")
                self.exercise.put("position", Figure(name, (span,), "two ways" if choice else ""))
                return

    def _postures(self, clause: Clause) -> int:
        found = self.grammar.pattern("words", "posture").findall(clause.raw)
        return len({word.casefold()[:3] for word in found})

    def _doubts(self) -> None:
        figures = self.exercise.figures
        whole = " ".join(clause.tagged.text for clause in self.clauses)
        if self.grammar.pattern("bounds", "beside").search(whole):
            for name in ("reps", "hold_s", "hold_breaths", "work_s", "sets"):
                if name in figures and not figures[name].doubt:
                    made = figures[name]
                    figures[name] = Figure(made.value, made.spans, "able", made.derived)
        if any(each.field == "distance" for each, _ in self.found):
            self.exercise.doubts["work_s"] = "distance"
            self.exercise.doubts["rest_s"] = "distance"


def _parts(clause: Clause, grammar: Grammar, *, timed: bool) -> list[tuple[str, Item, Span]]:
    """The times of a sentence that belong to a direction: in, out, up, down, or a hold.

    `timed`: a time stood before, so that a bare number may be one too.
    """
    text = clause.tagged.text
    cuts = [0]
    cuts += [m.end() for m in grammar.pattern("words", "split_parts").finditer(text)]
    cuts.append(len(text))
    found = []
    for begin, end in pairwise(cuts):
        part = text[begin:end]
        kinds = [
            (match.start(), name)
            for name, pattern in grammar.section("phases")
            for match in [pattern.search(part)]
            if match
        ]
        items = [
            (at, clause.tagged.items[char])
            for at, char in enumerate(part)
            if char in clause.tagged.items
        ]
        usable = [
            (at, item)
            for at, item in items
            if item.kind in _TIMED or (item.kind == "number" and timed)
        ]
        if len(usable) != 1 or not kinds:
            continue
        _, item = usable[0]
        timed = True
        names = [name for _, name in sorted(kinds)]
        name = names[0]
        if "hold" in names and not {"breath_in", "breath_out"} & set(names):
            name = "hold"
        elif {"breath_in", "breath_out"} & set(names):
            name = next(n for n in names if n.startswith("breath"))
        span = clause.tagged.source(begin, end)
        raw = clause.raw[span[0] - clause.span[0] : span[1] - clause.span[0]]
        lead = len(raw) - len(raw.lstrip())
        found.append((name, item, (span[0] + lead, span[1] - (len(raw) - len(raw.rstrip(" ,;."))))))
    return found
