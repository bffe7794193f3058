"""Finds one exercise that is told step by step: "1. Sit. 2. Breathe in. 3. Hold."."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.dividing import run_in
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.parts import Eye, Section

_SET_UP: Final = 2
"""Lines in front of the first step, one to get ready and the name."""
_FEWEST_STEPS: Final = 3
_MOST_SAID: Final = 0.6
"""Share of the lines that go on with what was, if they are steps."""


def steps_in(body: list[Line], title: Line | None, eye: Eye) -> Section | None:
    """One exercise told in numbered steps: "1. Sit. 2. Breathe in. 3. Hold."."""
    spoken = _phases(body, title, eye)
    if spoken:
        return spoken
    numbered = [n for n, line in enumerate(body) if line.kind == "number"]
    marks = [int(body[n].mark) for n in numbered]
    steps = [n for n in numbered if eye.goes_on(body[n]) or _is_cue(body[n], eye)]
    dosed = any(eye.goes_on(line) and eye.has_own_dose(line) for line in body)
    if len(numbered) < _FEWEST_STEPS or marks != list(range(1, len(marks) + 1)) or not dosed:
        return None
    begin, end = numbered[0], numbered[-1] + 1
    headed = any(line.kind == "hash" for line in body[:begin])
    if headed or len(steps) < _MOST_SAID * len(numbered) or _are_headings(body, numbered, eye):
        return None
    end += next((n for n, line in enumerate(body[end:]) if _is_apart(line, eye)), len(body) - end)
    above = reversed(body[max(0, begin - _SET_UP) : begin])
    over = next((line for line in above if not line.kind and eye.may_be_name(line)), None)
    head = over or title
    if head is None:
        return None
    begin = body.index(over) + 1 if over else begin
    return Section((head.start, head.end), body[begin:end], "steps", heading=head)


def _are_headings(body: list[Line], numbered: list[int], eye: Eye) -> bool:
    """Whether several numbered lines stand over a paragraph with a dose: exercises, not steps."""
    below = [body[n + 1] for n in numbered if n + 1 < len(body)]
    return sum(not line.kind and eye.has_own_dose(line) for line in below) > 1


def _is_cue(line: Line, eye: Eye) -> bool:
    """Whether a line tells what to do, without a dose and a name: "Lower yourself again."."""
    return not (eye.has_own_dose(line) or eye.may_be_name(line) or run_in(replace(line, kind="")))


def _is_apart(line: Line, eye: Eye) -> bool:
    """Whether a line is none of the steps: a paragraph other than "Repeat ten times."."""
    return line.gap and not (eye.goes_on(line) and eye.has_own_dose(line))


def _phases(body: list[Line], title: Line | None, eye: Eye) -> Section | None:
    """One exercise told by what each line begins with: "Inhale: 4 s", "Hold: 4 s", "Cycles: 8"."""
    led = [n for n, line in enumerate(body) if run_in(line)]
    if len(led) < _FEWEST_STEPS or title is None or led != list(range(len(body))):
        return None
    told = [n for n in led if eye.goes_on(body[n])]
    if len(told) < _MOST_SAID * len(led):
        return None
    return Section((title.start, title.end), body, "steps", heading=title)
