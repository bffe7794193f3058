"""Writes a draft as a routine file: YAML with the words of every figure, and its doubts.

What it writes is accepted by `loads`. Where the routine format can't hold something as it was
read, the exercise is written more plainly, and what was lost stands in a comment as a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from audiocoach.errors import RoutineError
from audiocoach.routine.draft.model import Draft, DraftExercise, DraftGroup, Figure, Span
from audiocoach.routine.draft.questions import question
from audiocoach.routine.draft.tables import Grammar, grammar_for
from audiocoach.routine.load import loads
from audiocoach.wording import one_line

FIELDS: Final = {
    "sets": "sets",
    "reps": "reps",
    "hold_s": "hold",
    "hold_breaths": "hold",
    "work_s": "work",
    "rest_s": "rest",
    "rep_rest_s": "release",
    "rep_duration_s": "rep_duration",
    "phases_s": "phases",
    "tempo": "tempo",
    "every_s": "every",
    "until_s": "until",
    "each": "each",
    "sides": "sides",
    "schedule": "schedule",
    "position": "position",
    "duration_s": "duration",
    "between_rest_s": "rest_between",
    "name": "name",
    "equipment": "equipment",
}
"""The field of the routine format that a figure belongs to."""
_ROLES: Final = ("purpose", "setup", "movement", "breath", "feel", "mistake", "easier", "harder")
_PLAIN: Final = re.compile(r"[^\W\d_][\w ().;!'/+%°…–—-]*")
_SPECIAL: Final = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"}
_MOST_COUNT: Final = 1000
_MOST_SECONDS: Final = 24 * 3600
_LONGEST_SENTENCE: Final = 400
_LONGEST_QUOTE: Final = 300
_DOSE_WORDS: Final = 3
"""Words that a sentence may have beside its figures and be no more than a dose."""
PLACEHOLDER: Final = "30s"
"""What stands where the text gives no dose."""
_FREE_REP: Final = "~3s (2-5s)"
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
            return Written(text, len(draft.exercises), writer.sure, writer.doubtful)
    raise AssertionError(text)


def _named(error: RoutineError, draft: Draft) -> set[int]:
    """The exercises that an error is about."""
    told = "\n".join(problem.field for problem in error.problems)
    return {n for n, each in enumerate(draft.exercises) if f"({each.name[:30]}" in told} or set(
        range(len(draft.exercises))
    )


@dataclass
class _Lines:
    """Lines of a file at one indent."""

    indent: str = ""
    lines: list[str] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.lines.append(f"{self.indent}{text}".rstrip())

    def comment(self, text: str) -> None:
        self.put(f"# {one_line(text)}")


class _Writer:
    def __init__(self, draft: Draft, plain: set[int], *, flat: bool) -> None:
        self.draft = draft
        self.plain = plain
        self.flat = flat
        self.grammar: Grammar = grammar_for(draft.language)
        self.sure = self.doubtful = 0
        self.counted = False
        """Whether what is written stands in a group that counts its rounds by the clock."""

    def text(self) -> str:
        """The whole file."""
        draft = self.draft
        page = _Lines()
        page.comment("Drafted by audiocoach from a text. Under `quotes` stand its words behind")
        page.comment('each figure; "~" marks a time it leaves open. Answer each "# check:" line,')
        page.comment("and delete it. Then: audiocoach check THIS FILE")
        page.put(f"title: {scalar(draft.title or self.grammar.say('title'))}")
        page.put(f"language: {draft.language}")
        self._session(page)
        page.put("")
        page.put("exercises:")
        for entry in self._entries():
            self._entry(page, entry)
        self._end(page)
        return "\n".join(page.lines) + "\n"

    # the session

    def _session(self, page: _Lines) -> None:
        figures = self.draft.figures
        length = figures.get("duration_s")
        if length:
            value = length.value[0] if isinstance(length.value, list) else length.value
            self._ask(page, "duration", length)
            if 0 < value <= _MOST_SECONDS:
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
        told = {FIELDS[name]: self._quote(made) for name, made in figures.items()}
        for group in self.draft.groups:
            for name, made in group.figures.items():
                told.setdefault(FIELDS.get(name, name), self._quote(made))
        self._quotes(page, told)

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

    def _schedule(self, page: _Lines, made: Figure) -> None:
        if isinstance(made.value.get("times"), list) and not made.doubt:
            made = Figure(made.value, made.spans, "range", made.derived)
        self._ask(page, "schedule", made)
        value = made.value
        if "every" in value:
            page.put(f"schedule: {{every: {inner(self._every(value['every']))}}}")
            return
        times = value["times"]
        if isinstance(times, list):
            times = times[0]
        if isinstance(times, int) and 0 < times <= _MOST_COUNT and value["per"] in ("day", "week"):
            page.put(f"schedule: {{times: {times}, per: {value['per']}}}")
        else:
            every = f"{self.grammar.say(value['per'])}" if times == 1 else ""
            if every:
                page.put(f"schedule: {{every: {inner(every)}}}")

    def _every(self, words: str) -> str:
        """`2-3 days` in the words of the language."""
        count, _, unit = words.rpartition(" ")
        if not count:
            return self.grammar.say(unit) or unit
        low, _, high = count.partition("-")
        many = self.grammar.say("range").format(low, high) if high else low
        return (self.grammar.say(unit) or "{} " + unit).format(many)

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
                first[members[0]] = DraftGroup(members, group.figures)
        for n in range(len(self.draft.exercises)):
            if n in first:
                yield first[n]
            elif n not in inside:
                yield n

    def _entry(self, page: _Lines, entry: int | DraftGroup) -> None:
        page.put("")
        if isinstance(entry, int):
            self._exercise(page, entry, "  ")
            return
        head = _Lines("    ")
        self._group(head, entry)
        page.lines += _as_item(head.lines, "  ")
        page.put("    exercises:")
        self.counted = "until_s" in entry.figures
        for n in entry.members:
            self._exercise(page, n, "      ")
        self.counted = False

    def _group(self, page: _Lines, group: DraftGroup) -> None:
        page.put("name: circuit")
        figures = group.figures
        names = {"rounds": "rounds", "until_s": "until", "rest_s": "rest"}
        if "until_s" in figures and "rounds" in figures:
            names.pop("until_s")
        for name, written in {**names, "between_rest_s": "rest_between"}.items():
            made = figures.get(name)
            if made is None:
                continue
            self._ask(page, written, made)
            text = count_text(made.value) if name == "rounds" else span_text(made.value)
            if not text or (name == "until_s" and isinstance(made.value, list)):
                page.comment(f"check: {written}: {self._quote(made)!r} could not be written")
            elif name == "rest_s" and self._one_round(figures):
                page.comment(f"check: rest: {text} between rounds, and how many rounds?")
            else:
                page.put(f"{written}: {text}")

    @staticmethod
    def _one_round(figures: Mapping[str, Figure]) -> bool:
        rounds = figures.get("rounds")
        return "until_s" not in figures and (rounds is None or rounds.value == 1)

    def _exercise(self, page: _Lines, number: int, indent: str) -> None:
        exercise = self.draft.exercises[number]
        own = _Lines(f"{indent}  ")
        self._name(own, exercise, number)
        position = exercise.figures.get("position")
        if position:
            self._ask(own, "position", position)
            own.put(f"position: {position.value}")
        if exercise.equipment:
            own.put(
                f"equipment: [{', '.join(inner(one_line(n)[:80]) for n in exercise.equipment)}]"
            )
        self._tell(own, exercise)
        if number in self.plain:
            _plainly(self, own, exercise)
        else:
            _Dose(self, own, exercise).put()
        schedule = exercise.figures.get("schedule")
        if schedule:
            self._schedule(own, schedule)
        for name, doubt in exercise.doubts.items():
            if name != "name":
                self._question(own, FIELDS.get(name, name), doubt)
        told = self._told(exercise)
        self._quotes(own, told)
        page.lines += _as_item(own.lines, indent)

    def _told(self, exercise: DraftExercise) -> dict[str, str]:
        """The words of each figure, by the field of the format."""
        told: dict[str, str] = {}
        for name, made in exercise.figures.items():
            if not (name == "sets" and made.value == 1):
                told.setdefault(FIELDS[name], self._quote(made))
        for span in exercise.equipment.values():
            told.setdefault("equipment", self.draft.words(span))
        return told

    def _name(self, page: _Lines, exercise: DraftExercise, number: int) -> None:
        told = exercise.name
        if not re.search(r"[^\W_]", told):
            told = f"{self.grammar.say('exercise')} {number + 1}"
        page.put(f"name: {scalar(told)}")
        if "name" in exercise.doubts:
            self._question(page, "name", exercise.doubts["name"])
        if exercise.phase != "main":
            page.put(f"phase: {exercise.phase}")

    def _tell(self, page: _Lines, exercise: DraftExercise) -> None:
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

    # questions and quotes

    def _ask(self, page: _Lines, name: str, made: Figure) -> None:
        """Count a figure, and put its question if it has one."""
        if not made.doubt:
            self.sure += 1
            return
        self.doubtful += 1
        page.comment(f'check: {name}: "{self._quote(made)}": {question(made.doubt)}')

    def _question(self, page: _Lines, name: str, doubt: str) -> None:
        self.doubtful += 1
        page.comment(f"check: {name}: {question(doubt)}")

    def _quote(self, made: Figure) -> str:
        words = dict.fromkeys(one_line(self.draft.words(span)) for span in made.spans)
        return " … ".join(words)[:_LONGEST_QUOTE]

    @staticmethod
    def _quotes(page: _Lines, told: Mapping[str, str]) -> None:
        kept = {name: text for name, text in told.items() if re.search(r"[^\W_]", text)}
        if kept:
            page.put("quotes:")
        for name, text in kept.items():
            page.put(f"  {name}: {scalar(text)}")

    def _end(self, page: _Lines) -> None:
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


class _Dose:
    """Writes how much an exercise is done."""

    def __init__(self, writer: _Writer, page: _Lines, exercise: DraftExercise) -> None:
        self.writer = writer
        self.page = page
        self.exercise = exercise
        self.figures = exercise.figures

    def put(self) -> None:
        """All fields of the dose."""
        way = self._way()
        self._sides(in_reps="reps" in self.figures and way != "work_s")
        self._each(way)
        self._sets(way)
        self._reps(way)
        self._fill(way)
        self._rests(way)
        self._leftover(way)

    def _way(self) -> str:
        """The figure that fills the time of a rep."""
        figures = self.figures
        for name in ("phases_s", "tempo", "every_s", "rep_duration_s"):
            if name in figures and not (name == "every_s" and "reps" not in figures):
                return name
        if "hold_s" in figures or "hold_breaths" in figures:
            return "hold_s" if "hold_s" in figures else "hold_breaths"
        return (
            "work_s"
            if "work_s" in figures and "reps" not in figures
            else ("reps" if "reps" in figures else "work_s")
        )

    def _line(self, name: str, text: str, made: Figure, note: str = "") -> None:
        self.writer._ask(self.page, name, made)
        if text:
            self.page.put(f"{name}: {text}{f'  # {note}' if note else ''}")
        else:
            self.page.comment(f'check: {name}: "{self.writer._quote(made)}" could not be written')

    def _sides(self, *, in_reps: bool) -> None:
        made = self.figures.get("sides")
        if made is None:
            return
        value = {"each": "right-then-left", "affected": "right-then-left"}.get(
            made.value, made.value
        )
        if value == "alternating" and not in_reps:
            self.writer._ask(self.page, "sides", made)
            self.page.comment("sides: by turns, as the text says; timed work names no side")
            return
        self._line("sides", value, made)
        if self.exercise.limb:
            self.page.put(f"limb: {scalar(self.exercise.limb)}")

    def _each(self, way: str) -> None:
        made = self.figures.get("each")
        if made is None:
            return
        names = [inner(one_line(str(name))[:80]) for name in made.value]
        self._line("each", "" if way == "every_s" else f"[{', '.join(names)}]", made)

    def _sets(self, way: str) -> None:
        made = self.figures.get("sets")
        if made is None or made.value == 1:
            return
        listed = any(
            isinstance(self.figures[name].value, dict) and "per_set" in self.figures[name].value
            for name in ("reps", way)
            if name in self.figures
        )
        if not listed:
            self._line("sets", count_text(made.value), made, made.derived)

    def _reps(self, way: str) -> None:
        made = self.figures.get("reps")
        if way == "work_s":
            return
        if made:
            self._line("reps", count_text(made.value), made, made.derived)
        elif "until_s" in self.figures and way in ("phases_s", "tempo"):
            until = self.figures["until_s"]
            self._line("until", span_text(until.value), until)
        elif way in ("phases_s", "tempo", "rep_duration_s"):
            self.writer._question(self.page, "reps", "no dose")
            self.page.put("reps: 1")

    def _fill(self, way: str) -> None:
        made = self.figures.get(way)
        if way == "phases_s" and made:
            self._phases(made)
        elif way == "tempo" and made:
            self._tempo(made)
        elif way == "hold_breaths" and made:
            self._breaths(made)
        elif way == "reps":
            if self.writer.counted:
                self.page.comment(
                    "check: rep_duration: ours; rounds by the clock need a fixed time"
                )
                self.page.put("rep_duration: 3s")
            else:
                self.page.put(f"rep_duration: {_FREE_REP}  # free: the text does not say")
        elif made is None:
            if "name" not in self.exercise.doubts:
                self.writer._question(self.page, "work", "no dose")
            self.page.put(f"work: {PLACEHOLDER}  # not in the text")
        else:
            self._line(FIELDS[way], span_text(made.value), made)
        rest = self.figures.get("rep_rest_s")
        if rest and way in ("hold_s", "hold_breaths") and "reps" in self.figures:
            text = span_text(rest.value)
            word = inner(self.writer.grammar.say("relax"))
            self._line("release", text and f"{{say: {word}, time: {text}}}", rest)

    def _breaths(self, made: Figure) -> None:
        value = made.value
        if isinstance(value, dict):
            value = value.get("right", value.get("beginner", 1))
        low = value[0] if isinstance(value, list) else value
        count = int(low) if isinstance(low, int | float) and 1 <= low < _MOST_COUNT else 1
        self._line("hold", f"{count} breath{'s' if count > 1 else ''}", made)
        if made.value != count:
            self.page.comment(
                f'check: hold: "{self.writer._quote(made)}": the format has one number'
            )

    def _phases(self, made: Figure) -> None:
        self.writer._ask(self.page, "phases", made)
        self.page.put("phases:")
        words = [*self.exercise.phase_words, *[""] * len(made.value)]
        for word, value in zip(words, made.value, strict=False):
            say = self.writer.grammar.say(word) if word else ""
            told = f"say: {inner(say)}, " if say else ""
            self.page.put(f"  - {{{told}time: {span_text(value) or '1s'}}}")

    def _tempo(self, made: Figure) -> None:
        digits = made.value.split("-")
        if all(digit.isdigit() for digit in digits) and "0" not in (digits[0], digits[2]):
            self._line("tempo", made.value, made)
            return
        self.writer._ask(self.page, "tempo", made)
        self.page.put("tempo:")
        names = ("eccentric", "bottom_pause", "concentric", "top_pause")
        for name, digit in zip(names, digits, strict=True):
            moved = name in ("eccentric", "concentric")
            time = f"{digit}s" if digit.isdigit() and not (moved and digit == "0") else "~1s"
            self.page.put(f"  {name}: {time}")

    def _rests(self, way: str) -> None:
        made = self.figures.get("rest_s")
        if made is None:
            return
        text = span_text(made.value)
        sets = self.figures.get("sets")
        several = sets is not None and sets.value != 1
        several = several or any(
            isinstance(each.value, dict) and "per_set" in each.value
            for each in self.figures.values()
        )
        if several and way != "every_s" and text:
            self._line("rest", text, made)
        else:
            self.writer.doubtful += 1
            self.page.comment(
                f'check: rest: "{self.writer._quote(made)}": between sets, and how many sets?'
            )

    def _leftover(self, way: str) -> None:
        """Figures that have no place beside this way of filling a rep."""
        used = {"sides", "each", "sets", "reps", "rest_s", "position", "schedule", way}
        if way in ("hold_s", "hold_breaths") and "reps" in self.figures:
            used.add("rep_rest_s")
        if way in ("phases_s", "tempo") and "reps" not in self.figures:
            used.add("until_s")
        if way == "work_s":
            used.discard("reps")
        for name, made in self.figures.items():
            if name not in used:
                self.writer.doubtful += 1
                words = self.writer._quote(made)
                self.page.comment(f'check: {FIELDS[name]}: "{words}": where does it belong?')


def _plainly(writer: _Writer, page: _Lines, exercise: DraftExercise) -> None:
    """An exercise whose dose the format can't hold: every figure is a question."""
    for name, made in exercise.figures.items():
        if name not in ("position", "schedule"):
            writer.doubtful += 1
            page.comment(
                f'check: {FIELDS[name]}: "{writer._quote(made)}": how is it to be written?'
            )
    page.put(f"work: {PLACEHOLDER}  # not in the text")


def _as_item(lines: list[str], indent: str) -> list[str]:
    """Lines of a mapping as an item of a list."""
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]] if lines else []


# values as they are written


def time_text(seconds: float) -> str:
    """A time as a routine has it: `5min`, `90s`, `1.5s`; "" if it is none."""
    if not 0.001 <= seconds <= _MOST_SECONDS:
        return ""
    if seconds >= 120 and seconds % 60 == 0:
        return f"{int(seconds // 60)}min"
    return f"{seconds:.3f}".rstrip("0").rstrip(".") + "s"


def span_text(value: Any) -> str:
    """A time or range, one for each set, by side or by level; "" if it can't be written."""
    if isinstance(value, dict):
        return _mapped(value, span_text)
    if isinstance(value, list):
        low, high = value
        if not time_text(low) or not time_text(high) or low >= high:
            return ""
        if low % 60 == 0 and high % 60 == 0:
            return f"{int(low // 60)}-{int(high // 60)}min"
        return f"{time_text(low) if low % 1 else int(low)}-{time_text(high)}".replace("min", "min")
    return time_text(value)


def count_text(value: Any) -> str:
    """A number or range of ability, one for each set, by side or by level."""
    if isinstance(value, dict):
        return _mapped(value, count_text)
    numbers = value if isinstance(value, list) else [value]
    if not all(number == int(number) and 1 <= number <= _MOST_COUNT for number in numbers):
        return ""
    return "-".join(str(int(number)) for number in numbers)


def _mapped(value: Mapping[str, Any], text: Any) -> str:
    if "per_set" in value:
        parts = [text(each) for each in value["per_set"]]
        return f"[{', '.join(parts)}]" if all(parts) else ""
    told = {key: text(each) for key, each in value.items()}
    return "{" + ", ".join(f"{k}: {v}" for k, v in told.items()) + "}" if all(told.values()) else ""


def scalar(text: str) -> str:
    """A text as a YAML value, in quotes where it needs them."""
    text = one_line(text)
    if _PLAIN.fullmatch(text) and text.casefold() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)


def inner(text: str) -> str:
    """A text as a value inside brackets or braces."""
    return scalar(text)
