"""The text of a routine file: YAML with the words of every figure, and each doubt a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from audiocoach.errors import RoutineError
from audiocoach.routine.draft.clock import OTHER_REP, USUAL_REP, rep_times, rounds_in
from audiocoach.routine.draft.dosing import FIELDS, PLACEHOLDER, Dose
from audiocoach.routine.draft.model import Draft, DraftExercise, DraftGroup, Figure, Span
from audiocoach.routine.draft.notation import (
    MOST_COUNT,
    MOST_SECONDS,
    count_text,
    inner,
    scalar,
    span_text,
    time_text,
)
from audiocoach.routine.draft.pen import Lines, Pen
from audiocoach.routine.load import loads
from audiocoach.routine.model import Group
from audiocoach.wording import one_line

_ROLES: Final = ("purpose", "setup", "movement", "breath", "feel", "mistake", "easier", "harder")
_LONGEST_SENTENCE: Final = 400
_DOSE_WORDS: Final = 3
"""Words that a sentence may have beside its figures and be no more than a dose."""
_BREATH: Final = "breath: {inhale: 4s, exhale: 4s}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How plainly a draft is written: as it was read, or with less than the text says."""

    by_round: bool = False
    """Whether groups that go on until a time is over say how many rounds instead."""
    plain: frozenset[int] = frozenset()
    """The exercises whose dose is a question."""
    flat: bool = False
    """Whether there are no groups."""


class RoutineFile:
    """Writes a draft as a file; `pen` has counted its figures afterwards."""

    def __init__(self, draft: Draft, manner: Manner) -> None:
        self.draft = draft
        self.manner = manner
        self.pen = Pen(draft)

    def text(self) -> str:
        """The whole file."""
        draft = self.draft
        page = Lines()
        page.comment("Drafted by audiocoach from a text. Under `quotes` stand its words behind")
        page.comment('each figure; "~" marks a time it leaves open. Answer each "# check:" line,')
        page.comment("and delete it. Then: audiocoach check THIS FILE")
        named = draft.title if re.search(r"[^\W_]", draft.title) else ""
        page.put(f"title: {scalar(named or self.pen.grammar.say('title'))}")
        page.put(f"language: {draft.language}")
        self._session(page)
        page.put("")
        page.put("exercises:")
        for entry in self._entries():
            self._entry(page, entry)
        if self.manner.flat:
            self._ungrouped(page)
        self._end(page)
        return "\n".join(page.lines) + "\n"

    # the session

    def _session(self, page: Lines) -> None:
        figures = self.draft.figures
        length = figures.get("duration_s")
        if length:
            value = length.value[0] if isinstance(length.value, list) else length.value
            self.pen.ask(page, "duration", length)
            if 0 < value <= MOST_SECONDS and length.doubt != "out of reach":
                page.put(f"duration: {time_text(value)}")
        schedule = figures.get("schedule")
        if schedule:
            self._schedule(page, schedule)
        if any("hold_breaths" in each.figures for each in self.draft.exercises):
            page.comment("check: breath: how long is a breath for you? The text counts breaths.")
            page.put(_BREATH)
        equipment = self._equipment()
        if equipment:
            page.put(f"equipment: [{', '.join(map(inner, equipment))}]")
        for name, doubt in self.draft.doubts.items():
            self.pen.question(page, FIELDS.get(name, name), doubt)
        told = {FIELDS[name]: self.pen.quote(made) for name, made in figures.items()}
        for group in self.draft.groups:
            for name, made in group.figures.items():
                told.setdefault(FIELDS.get(name, name), self.pen.quote(made))
        self.pen.quotes(page, told)

    def _equipment(self) -> list[str]:
        every = [
            *self.draft.equipment,
            *(n for each in self.draft.exercises for n in each.equipment),
        ]
        kept: list[str] = []
        for name in every:
            if name.casefold() not in {each.casefold() for each in kept}:
                kept.append(name)
        return [one_line(name)[:80] for name in kept]

    def _schedule(self, page: Lines, made: Figure) -> None:
        if isinstance(made.value.get("times"), list) and not made.doubt:
            made = Figure(made.value, made.spans, "range", made.derived)
        self.pen.ask(page, "schedule", made)
        value = made.value
        if "every" in value:
            page.put(f"schedule: {{every: {inner(self._every(value['every']))}}}")
            return
        times = value["times"]
        if isinstance(times, list):
            times = times[0]
        if isinstance(times, int) and 0 < times <= MOST_COUNT and value["per"] in ("day", "week"):
            page.put(f"schedule: {{times: {times}, per: {value['per']}}}")
        else:
            every = f"{self.pen.grammar.say(value['per'])}" if times == 1 else ""
            if every:
                page.put(f"schedule: {{every: {inner(every)}}}")

    def _every(self, words: str) -> str:
        """`2-3 days` in the words of the language."""
        count, _, unit = words.rpartition(" ")
        if not count:
            return self.pen.grammar.say(unit) or unit
        low, _, high = count.partition("-")
        many = self.pen.grammar.say("range").format(low, high) if high else low
        return (self.pen.grammar.say(unit) or "{} " + unit).format(many)

    # exercises and groups

    def _entries(self) -> Iterator[int | DraftGroup]:
        """The exercises and groups in their order; an exercise stands once."""
        groups = [] if self.manner.flat else self.draft.groups
        first: dict[int, DraftGroup] = {}
        inside: set[int] = set()
        for group in groups:
            members = [n for n in group.members if n not in inside]
            if members:
                inside |= set(members)
                first[members[0]] = DraftGroup(members, group.figures, group.doubts)
        for n in range(len(self.draft.exercises)):
            if n in first:
                yield first[n]
            elif n not in inside:
                yield n

    def _entry(self, page: Lines, entry: int | DraftGroup) -> None:
        page.put("")
        if isinstance(entry, int):
            self._exercise(page, entry, "  ")
            return
        page.lines += self._timed(entry) if is_timed(entry) else self._grouped(entry)

    def _ungrouped(self, page: Lines) -> None:
        """What is said of groups, where there are none."""
        for group in self.draft.groups:
            names = ", ".join(self.draft.exercises[n].name for n in group.members)
            for name, made in group.figures.items():
                self.pen.doubtful += 1
                page.comment(
                    f'check: {FIELDS.get(name, name)}: "{self.pen.quote(made)}": of {names}: '
                    "how is it to be written?"
                )

    def _grouped(
        self, entry: DraftGroup, *, rounds: int = 0, rep_times: Sequence[int] = ()
    ) -> list[str]:
        """A group of exercises; with `rounds` instead of its time, or with such reps (ms)."""
        head, page = Lines("    "), Lines()
        self._group(head, entry, rounds)
        positions = {self.draft.exercises[n].value("position") for n in entry.members}
        if rep_times and len(positions) > 1 and "between_rest_s" not in entry.figures:
            self.pen.ours(head, "rest_between", "0s")
        for n, rep_ms in zip_longest(entry.members, rep_times, fillvalue=0):
            self.pen.rep_ms = rep_ms
            self._exercise(page, n, "      ")
        self.pen.rep_ms = 0
        return [*_as_item(head.lines, "  "), "    exercises:", *page.lines]

    def _timed(self, entry: DraftGroup) -> list[str]:
        """A group that goes on until a time is over: whole rounds fill it, or are a question."""
        counted = self.pen.sure, self.pen.doubtful
        usual, other = (
            _loaded(self._grouped(entry, rep_times=[each] * len(entry.members)))
            for each in (USUAL_REP, OTHER_REP)
        )
        self.pen.sure, self.pen.doubtful = counted
        chosen = rep_times(usual, other) if usual and other and not self.manner.by_round else None
        if chosen:
            return self._grouped(entry, rep_times=chosen)
        return self._grouped(entry, rounds=rounds_in(usual) if usual else 1)

    def _group(self, page: Lines, group: DraftGroup, rounds: int) -> None:
        page.put(f"name: {scalar(self.pen.grammar.say('circuit'))}")
        for name, doubt in group.doubts.items():
            self.pen.question(page, FIELDS.get(name, name), doubt)
        figures = group.figures
        names = {"rounds": "rounds", "until_s": "until", "rest_s": "rest"}
        if "until_s" in figures and "rounds" in figures:
            names.pop("until_s")
        for name, written in {**names, "between_rest_s": "rest_between"}.items():
            made = figures.get(name)
            if made is None:
                continue
            if name == "until_s" and rounds:
                self.pen.ask(page, "rounds", replace(made, doubt=made.doubt or "as many rounds"))
                page.put(f"rounds: {rounds}")
                continue
            self.pen.ask(page, written, made)
            text = count_text(made.value) if name == "rounds" else span_text(made.value)
            if not text or (name == "until_s" and isinstance(made.value, list)):
                page.comment(f"check: {written}: {self.pen.quote(made)!r} could not be written")
            elif name == "rest_s" and _one_round(figures, rounds):
                page.comment(f"check: rest: {text} between rounds, and how many rounds?")
            else:
                page.put(f"{written}: {text}")

        after = figures.get("rest_after_s")
        if after:
            self.pen.doubtful += 1
            page.comment(
                f'check: rest: "{self.pen.quote(after)}": after the last round; '
                "make it an exercise of its own?"
            )

    def _exercise(self, page: Lines, number: int, indent: str) -> None:
        exercise = self.draft.exercises[number]
        own = Lines(f"{indent}  ")
        self._name(own, exercise, number)
        position = exercise.figures.get("position")
        if position:
            self.pen.ask(own, "position", position)
            own.put(f"position: {position.value}")
        if exercise.equipment:
            own.put(
                f"equipment: [{', '.join(inner(one_line(n)[:80]) for n in exercise.equipment)}]"
            )
        self._tell(own, exercise)
        if number in self.manner.plain:
            _plainly(self, own, exercise)
        else:
            Dose(self.pen, own, exercise).put()
        schedule = exercise.figures.get("schedule")
        if schedule:
            self._schedule(own, schedule)
        for name, doubt in exercise.doubts.items():
            if name != "name":
                self.pen.question(own, FIELDS.get(name, name), doubt)
        told = self._told(exercise)
        self.pen.quotes(own, told)
        page.lines += _as_item(own.lines, indent)

    def _told(self, exercise: DraftExercise) -> dict[str, str]:
        """The words of each figure, by the field of the format."""
        told: dict[str, str] = {}
        for name, made in exercise.figures.items():
            if not (name == "sets" and made.value == 1):
                told.setdefault(FIELDS[name], self.pen.quote(made))
        if exercise.load:
            told["load"] = one_line(self.draft.words(exercise.load))
        for span in exercise.equipment.values():
            told.setdefault("equipment", self.draft.words(span))
        return told

    def _name(self, page: Lines, exercise: DraftExercise, number: int) -> None:
        told = exercise.name
        if not re.search(r"[^\W_]", told):
            told = f"{self.pen.grammar.say('exercise')} {number + 1}"
        page.put(f"name: {scalar(told)}")
        if "name" in exercise.doubts:
            self.pen.question(page, "name", exercise.doubts["name"])
        if exercise.phase != "main":
            page.put(f"phase: {exercise.phase}")

    def _tell(self, page: Lines, exercise: DraftExercise) -> None:
        """The sentences, as they are, without those that are only a dose."""
        told: dict[str, list[str]] = {}
        figures = [span for made in exercise.figures.values() for span in made.spans]
        for sentence in exercise.sentences:
            text = one_line(self.draft.words(sentence.span)).strip(" *_#|")
            if sentence.role not in _ROLES or not re.search(r"[^\W_]", text):
                continue
            if self._only_dose(sentence.span, figures):
                continue
            if len(text) > _LONGEST_SENTENCE:
                page.comment(
                    f"check: {sentence.role}: too long to be said in one breath: {text[:80]}…"
                )
                continue
            told.setdefault(sentence.role, []).append(text)
        for role in _ROLES:
            texts = told.get(role, [])
            if len(texts) == 1:
                page.put(f"{role}: {scalar(texts[0])}")
            elif texts:
                page.put(f"{role}:")
                for text in texts:
                    page.put(f"  - {scalar(text)}")

    def _only_dose(self, span: Span, figures: Iterable[Span]) -> bool:
        begin, end = span
        kept = list(self.draft.text[begin:end])
        found = False
        for a, b in figures:
            if begin <= a < end:
                found = True
                kept[a - begin : b - begin] = " " * len(kept[a - begin : b - begin])
        return found and len(re.findall(r"[^\W_]+", "".join(kept))) <= _DOSE_WORDS

    def _end(self, page: Lines) -> None:
        draft = self.draft
        for heading, spans in (
            ("The text says not to do these; they are left out:", draft.forbidden),
            ("Left out, as advertising or promises:", draft.left_out),
            ("Not made into figures, and holding a number:", draft.unread),
        ):
            if spans:
                page.put("")
                page.comment(heading)
            for span in spans:
                page.comment(f"- {draft.words(span)}")


def is_timed(group: DraftGroup) -> bool:
    """Whether a group goes on until a time is over."""
    return "until_s" in group.figures and "rounds" not in group.figures


def _one_round(figures: Mapping[str, Figure], instead: int) -> bool:
    """Whether a group is done once; `instead` of its time it may have so many rounds."""
    if "until_s" in figures and "rounds" not in figures:
        return instead == 1
    return "rounds" not in figures or figures["rounds"].value == 1


def _loaded(lines: list[str]) -> Group | None:
    """The group in some lines of a file; None if the format can't hold it."""
    try:
        (group,) = loads(
            "\n".join(("title: draft", "language: en", "exercises:", *lines))
        ).exercises
    except RoutineError:
        return None
    return group if isinstance(group, Group) else None


def _plainly(writer: RoutineFile, page: Lines, exercise: DraftExercise) -> None:
    """An exercise whose dose the format can't hold: every figure is a question."""
    for name, made in exercise.figures.items():
        if name not in ("position", "schedule"):
            writer.pen.doubtful += 1
            page.comment(
                f'check: {FIELDS[name]}: "{writer.pen.quote(made)}": how is it to be written?'
            )
    page.put(f"work: {PLACEHOLDER}  # not in the text")


def _as_item(lines: list[str], indent: str) -> list[str]:
    """Lines of a mapping as an item of a list."""
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]] if lines else []
