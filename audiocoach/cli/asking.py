"""The questions of `audiocoach new`, and the routine made of the answers.

An answer is a line of the file; one that can't be used is asked for again, with the reason that
`audiocoach check` would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import typer

from audiocoach.errors import RoutineError, UsageError
from audiocoach.routine.draft.notation import scalar
from audiocoach.routine.draft.tables import LANGUAGES
from audiocoach.routine.exercise import Position, Sides
from audiocoach.routine.load import loads

_DOSES: Final = ("hold", "reps", "time")
_HELP: Final = "hold: stay still; reps: a number of times; time: do it for a certain time"
Ask = Callable[[str, str], str]
Tell = Callable[[str], None]


def asked_side() -> str:
    """The affected side, asked for in the terminal: right or left."""
    tell = partial(typer.echo, err=True)
    return _choice("Which side is the affected one", ("right", "left"), "right", _prompt, tell)


def asked_routine(language: str) -> tuple[str, bool]:
    """A routine file, by questions in the terminal, and whether all of them were answered.

    Who stops in an exercise keeps those before it. Raises UsageError for an unknown language.
    """
    if language not in LANGUAGES:
        raise UsageError(f"--language {language}: one of {', '.join(LANGUAGES)}", place="language")
    return _asked(language, _prompt, lambda text: typer.echo(text, err=True))


def _prompt(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default, err=True)).strip()


def _asked(language: str, ask: Ask, tell: Tell) -> tuple[str, bool]:
    head = [f"language: {language}"]
    title = _value("Title", "My routine", "title", head, ask, tell)
    text = f"title: {title}\nlanguage: {language}\nexercises:\n"
    number = 1
    while True:
        default = "" if number > 1 else "heel raise"
        tell(f"\nExercise {number}" + (" (no name: done)" if number > 1 else ""))
        try:
            name = ask("Name", default)
            own = _exercise(name, ask, tell) if name else []
        except typer.Abort:
            if number == 1:
                raise
            return text, False
        if not name:
            return text, True
        problem = _refused(text + "\n".join(own))
        if problem:
            tell(f"{problem}. Once more:")
            continue
        text += "\n".join(own) + "\n"
        number += 1


def _refused(text: str) -> str:
    """Why a file can't be used; "" if it can."""
    try:
        loads(text)
    except RoutineError as error:
        return error.problems[0].message
    return ""


def _exercise(name: str, ask: Ask, tell: Tell) -> list[str]:
    own = [f"name: {scalar(name)}"]
    position = _choice("Position", tuple(Position), "standing", ask, tell)
    own.append(f"position: {position}")
    how = ask("How is it done, in a sentence (or nothing)", "")
    if how:
        own.append(f"movement: {scalar(how)}")
    tell(_HELP)
    dose = _choice("Dose", _DOSES, "reps", ask, tell)
    for field, question, default in _fields(dose):
        own.append(f"{field}: {_value(question, default, field, own, ask, tell)}")
    if dose == "reps":
        own.append("rep_duration: ~3s (2-5s)")
    sides = _choice("Sides", tuple(Sides), "both", ask, tell)
    if sides == "alternating" and dose != "reps":
        tell("Only reps can alternate; using right-then-left.")
        sides = "right-then-left"
    own.append(f"sides: {sides}")
    own += _sets(own, ask, tell)
    return [f"  - {own[0]}", *(f"    {line}" for line in own[1:])]


def _fields(dose: str) -> Sequence[tuple[str, str, str]]:
    match dose:
        case "hold":
            return (("reps", "How many times", "3"), ("hold", "How long is each hold", "10s"))
        case "time":
            return (("work", "How long", "30s"),)
        case _:
            return (("reps", "How many times", "10"),)


def _sets(own: list[str], ask: Ask, tell: Tell) -> list[str]:
    sets = _value("How many sets", "1", "sets", own, ask, tell)
    if sets == "1":
        return []
    found = [f"sets: {sets}"]
    rest = _value("How long is the rest between sets", "30s", "rest", [*own, *found], ask, tell)
    return [*found, f"rest: {rest}"]


def _choice(question: str, known: Sequence[str], default: str, ask: Ask, tell: Tell) -> str:
    while True:
        answer = ask(f"{question} ({', '.join(known)})", default).casefold()
        close = [each for each in known if each.startswith(answer)]
        if answer in known or len(close) == 1:
            return answer if answer in known else close[0]
        tell(f"{answer!r} is none of them.")


def _value(question: str, default: str, field: str, own: list[str], ask: Ask, tell: Tell) -> str:
    """An answer that the format takes for that field."""
    while True:
        answer = ask(question, default)
        text = scalar(answer) if field == "title" else answer
        problem = _problem(field, text, own)
        if not problem:
            return text
        tell(problem)


def _problem(field: str, text: str, own: list[str]) -> str:
    """What is wrong with a value, as a check of the file would say it; "" if nothing is."""
    if field == "title":
        tried = f"title: {text}\nlanguage: en\nexercises:\n  - {{name: x, hold: 1s}}\n"
    else:
        dose = [line for line in own if line.split(":")[0] in ("reps", "hold", "work", "sets")]
        lines = ["name: x", *dose, f"{field}: {text}"]
        if not any(line.split(":")[0] in ("hold", "work") for line in lines):
            lines.append("rep_duration: ~3s")
        tried = "title: x\nlanguage: en\nexercises:\n  - " + "\n    ".join(lines) + "\n"
    return _refused(tried)
