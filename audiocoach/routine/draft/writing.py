"""Writes a draft as a routine file: YAML with the words of every figure, and its doubts.

What it writes is accepted by `loads`. Where the routine format can't hold something as it was
read, the exercise is written more plainly, and what was lost stands in a comment as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from audiocoach.errors import RoutineError
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
from audiocoach.wording import one_line

_ROLES: Final = ("purpose", "setup", "movement", "breath", "feel", "mistake", "easier", "harder")
_LONGEST_SENTENCE: Final = 400
_DOSE_WORDS: Final = 3
"""Words that a sentence may have beside its figures and be no more than a dose."""
_BREATH: Final = "breath: {inhale: 4s, exhale: 4s}"


@dataclass(frozen=True, slots=True)
class Written:
    """A routine file, and how many figures in it are sure, and how many are to be checked."""

    text: str
    exercises: int
    sure: int
    doubtful: int


def write(draft: Draft) -> Written:
    """The routine file of a draft that has exercises. It loads."""
    plain: set[int] = set()
    text = ""
    for attempt in range(4):
        writer = _Writer(draft, plain, flat=attempt > 1)
        text = writer.text()
        try:
            loads(text)
        except RoutineError as error:
            plain |= _named(error, draft) if attempt == 0 else set(range(len(draft.exercises)))
        else:
            return Written(text, len(draft.exercises), writer.pen.sure, writer.pen.doubtful)
    raise AssertionError(text)


def _named(error: RoutineError, draft: Draft) -> set[int]:
    """The exercises that an error is about."""
    told = "\n".join(problem.field for problem in error.problems)
    return {n for n, each in enumerate(draft.exercises) if f"({each.name[:30]}" in told} or set(
        range(len(draft.exercises))
    )


class _Writer:
    def __init__(self, draft: Draft, plain: set[int], *, flat: bool) -> None:
        self.draft = draft
        self.plain = plain
        self.flat = flat
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
        self._end(page)
        return "\n".join(page.lines) + "\n"

    # the session

    def _session(self, page: Lines) -> None:
        figures = self.draft.figures
        length = figures.get("duration_s")
        if length:
            value = length.value[0] if isinstance(length.value, list) else length.value
            self.pen.ask(page, "duration", length)
            if 0 < value <= MOST_SECONDS:
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
        groups = [] if self.flat else self.draft.groups
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
        head = Lines("    ")
        self._group(head, entry)
        page.lines += _as_item(head.lines, "  ")
        page.put("    exercises:")
        self.pen.counted = "until_s" in entry.figures
        for n in entry.members:
            self._exercise(page, n, "      ")
        self.pen.counted = False

    def _group(self, page: Lines, group: DraftGroup) -> None:
        page.put(f"name: {scalar(self.pen.grammar.say('circuit'))}")
        for name, doubt in group.doubts.items():
            self.pen.question(page, "exercises" if name == "members" else name, doubt)
        figures = group.figures
        names = {"rounds": "rounds", "until_s": "until", "rest_s": "rest"}
        if "until_s" in figures and "rounds" in figures:
            names.pop("until_s")
        for name, written in {**names, "between_rest_s": "rest_between"}.items():
            made = figures.get(name)
            if made is None:
                continue
            self.pen.ask(page, written, made)
            text = count_text(made.value) if name == "rounds" else span_text(made.value)
            if not text or (name == "until_s" and isinstance(made.value, list)):
                page.comment(f"check: {written}: {self.pen.quote(made)!r} could not be written")
            elif name == "rest_s" and self._one_round(figures):
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

    @staticmethod
    def _one_round(figures: Mapping[str, Figure]) -> bool:
        rounds = figures.get("rounds")
        return "until_s" not in figures and (rounds is None or rounds.value == 1)

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
        if number in self.plain:
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


def _plainly(writer: _Writer, page: Lines, exercise: DraftExercise) -> None:
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
