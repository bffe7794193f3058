"""Writes how much an exercise is done, in the fields of the routine format."""

from __future__ import annotations

from typing import Final

from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.notation import (
    MOST_COUNT,
    count_text,
    inner,
    scalar,
    span_text,
    time_text,
)
from audiocoach.routine.draft.pen import Lines, Pen
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
    "side_rest_s": "side_rest",
    "schedule": "schedule",
    "position": "position",
    "duration_s": "duration",
    "between_rest_s": "rest_between",
    "name": "name",
    "members": "exercises",
    "equipment": "equipment",
}
"""The field of the routine format that a figure belongs to."""
PLACEHOLDER: Final = "30s"
"""What stands where the text gives no dose."""
_FREE_REP: Final = "~3s (2-5s)"
_CHANGE: Final = "2s"
_MOVE: Final = "1s"
"""What changing sides takes, and moving before and after a hold, where rounds go by the clock."""


class Dose:
    """Writes how much an exercise is done."""

    def __init__(self, pen: Pen, page: Lines, exercise: DraftExercise) -> None:
        self.pen = pen
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
        self._load()

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
        self.pen.ask(self.page, name, made)
        if text:
            self.page.put(f"{name}: {text}{f'  # {note}' if note else ''}")
        else:
            self.page.comment(f'check: {name}: "{self.pen.quote(made)}" could not be written')

    def _sides(self, *, in_reps: bool) -> None:
        made = self.figures.get("sides")
        if made is None:
            return
        value = "right-then-left" if made.value == "each" else made.value
        if value == "alternating" and not in_reps:
            self.pen.ask(self.page, "sides", made)
            self.page.comment("sides: by turns, as the text says; timed work names no side")
            return
        self._line("sides", value, made)
        if self.exercise.limb:
            self.page.put(f"limb: {scalar(self.exercise.limb)}")
        change = self.figures.get("side_rest_s")
        in_turn = value.endswith(("then-left", "then-right"))
        if change and in_turn:
            self._line("side_rest", span_text(change.value), change)
        elif self.pen.rep_ms and in_turn:
            self.pen.ours(self.page, "side_rest", _CHANGE)

    def _load(self) -> None:
        """What is lifted, as the text has it."""
        load = self.exercise.load
        if load:
            self.page.put(f"load: {scalar(' '.join(self.pen.draft.words(load).split()))}")

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
            self.pen.question(self.page, "reps", "no dose")
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
            if self.pen.rep_ms:
                self.pen.ours(self.page, "rep_duration", time_text(self.pen.rep_ms / 1000))
            else:
                self.page.put(f"rep_duration: {_FREE_REP}  # free: the text does not say")
        elif made is None:
            if "name" not in self.exercise.doubts:
                self.pen.question(self.page, "work", "no dose")
            self.page.put(f"work: {PLACEHOLDER}  # not in the text")
        else:
            self._line(FIELDS[way], span_text(made.value), made)
        if way in ("hold_s", "hold_breaths"):
            self._around_hold()

    def _around_hold(self) -> None:
        """What is done before and after a hold, in reps or by the clock."""
        rest = self.figures.get("rep_rest_s") if "reps" in self.figures else None
        if self.pen.rep_ms:
            self.pen.ours(self.page, "act", f"{{time: {_MOVE}}}")
        if rest:
            text = span_text(rest.value)
            word = inner(self.pen.grammar.say("relax"))
            self._line("release", text and f"{{say: {word}, time: {text}}}", rest)
        elif self.pen.rep_ms:
            self.pen.ours(self.page, "release", f"{{time: {_MOVE}}}")

    def _breaths(self, made: Figure) -> None:
        value = made.value
        if isinstance(value, dict):
            value = value.get("right", value.get("beginner", 1))
        low = value[0] if isinstance(value, list) else value
        count = int(low) if isinstance(low, int | float) and 1 <= low < MOST_COUNT else 1
        self._line("hold", f"{count} breath{'s' if count > 1 else ''}", made)
        if made.value != count:
            self.page.comment(f'check: hold: "{self.pen.quote(made)}": the format has one number')

    def _phases(self, made: Figure) -> None:
        self.pen.ask(self.page, "phases", made)
        self.page.put("phases:")
        words = [*self.exercise.phase_words, *[""] * len(made.value)]
        for word, value in zip(words, made.value, strict=False):
            say = self.pen.grammar.say(word) if word else ""
            told = f"say: {inner(say)}, " if say else ""
            self.page.put(f"  - {{{told}time: {span_text(value) or '1s'}}}")

    def _tempo(self, made: Figure) -> None:
        digits = made.value.split("-")
        if all(digit.isdigit() for digit in digits) and "0" not in (digits[0], digits[2]):
            self._line("tempo", made.value, made)
            return
        self.pen.ask(self.page, "tempo", made)
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
            self.pen.doubtful += 1
            self.page.comment(
                f'check: rest: "{self.pen.quote(made)}": between sets, and how many sets?'
            )

    def _leftover(self, way: str) -> None:
        """Figures that have no place beside this way of filling a rep."""
        used = {
            "sides",
            "side_rest_s",
            "each",
            "sets",
            "reps",
            "rest_s",
            "position",
            "schedule",
            way,
        }
        if way in ("hold_s", "hold_breaths") and "reps" in self.figures:
            used.add("rep_rest_s")
        if way in ("phases_s", "tempo") and "reps" not in self.figures:
            used.add("until_s")
        if way == "work_s":
            used.discard("reps")
        for name, made in self.figures.items():
            if name not in used:
                self.pen.doubtful += 1
                words = self.pen.quote(made)
                self.page.comment(f'check: {FIELDS[name]}: "{words}": where does it belong?')
