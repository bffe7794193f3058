"""The routine as a therapist or coach prescribes it: exercises, groups of them, and the whole.

Everything is frozen. Three ideas carry it (docs/routine-format.md): a rep is a
list of phases; a group is exercises and one repeater; a time is prescribed, a
prescribed range, or editorial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Discriminator, Field, PrivateAttr, Tag, ValidationInfo, model_validator

from audiocoach.errors import Problem, RoutineError
from audiocoach.routine.base import Model, slip
from audiocoach.routine.exercise import Exercise, Position, Sides
from audiocoach.routine.levels import Level
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.time_values import BreathTime, Length, Prescribed, RestTime
from audiocoach.routine.times import Time
from audiocoach.routine.told import (
    Instruction,
    Instructions,
    Preparation,
    Preparations,
    Schedule,
    Variant,
)
from audiocoach.routine.values import ClockRests, Count, Flag, Language, Name, Text, Translation
from audiocoach.routine.written import Written
from audiocoach.wording import counted, quoted

__all__ = ["Exercise", "Group", "Instruction", "Phase", "PhaseKind", "Position", "Routine"]
__all__ += ["Schedule", "Sides", "Step", "Task", "Variant"]


class Task(Instruction):
    """Something to do that has no dose: fetch a chair, lie down, wait until one is ready."""

    name: Name | None = None
    """The title of its chapter; without one it belongs to what comes before."""
    position: Position | None = None
    """Where it leaves the listener; left out, where the listener was."""
    pause: Flag = False
    """Whether the listener is asked to pause the player until all is ready."""


class Group(Model):
    """Exercises done one after the other, the whole repeated in rounds (a circuit)."""

    name: Name | None = None
    """What the whole is called; said when it begins."""
    round_name: Name | None = None
    """What a round is called, such as rung: "rung two of five"."""
    rounds: Count | None = None
    """Left out: one, or as many as `until` has room for."""
    until: Prescribed | None = None
    """In place of rounds: as many whole ones as fit into this time."""
    rest: RestTime | None = None
    """Between rounds."""
    rest_between: ClockRests | None = None
    """Between exercises, one for all or one after each, and between rounds without a rest of their
    own: a circuit by the clock.
    """
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _something_done(self) -> Self:
        if all(isinstance(step, Task) for step in self.exercises):
            raise ValueError("a group needs an exercise; put what has no dose outside it")
        return self

    @model_validator(mode="after")
    def _one_repeater(self, info: ValidationInfo) -> Self:
        if self.rounds and self.until:
            raise ValueError("rounds and until both say how many; leave one out")
        if self.rest and not self.until and (self.rounds or 1) == 1:
            slip("rest is between rounds, and there is one round; add rounds", info)
        return self

    @model_validator(mode="after")
    def _by_the_clock(self, info: ValidationInfo) -> Self:
        if not self.rest_between:
            return self
        if any(not isinstance(step, Exercise) for step in self.exercises):
            raise ValueError("rest_between is between exercises, so nothing else may stand inside")
        if isinstance(self.rest_between, tuple):
            self._one_rest_each(self.rest_between)
        if len(self.exercises) == 1 and (self.rounds or 1) == 1 and not self.until:
            slip("rest_between is between exercises, and there is one", info)
        return self

    def _one_rest_each(self, rests: tuple[Time, ...]) -> None:
        """Raises ValueError for a list that has not one rest for each place there is."""
        again = not self.rest and (self.until or (self.rounds or 1) > 1)
        needed = len(self.exercises) if again else len(self.exercises) - 1
        if len(rests) != needed:
            last = "" if again else " but the last"
            raise ValueError(
                f"rest_between has {counted(len(rests), 'value')}, and needs {needed}: "
                f"one after each exercise{last}"
            )


def _step_kind(value: Any) -> str:
    """A group is what has exercises of its own, or rounds and nothing that an exercise has.

    A task is what has something to say.
    """
    if not isinstance(value, dict):
        return next((tag for tag, kind in STEPS.items() if isinstance(value, kind)), "exercise")
    if "say" in value:
        return "task"
    rounds = "rounds" in value and value.keys() <= Group.model_fields.keys()
    return "group" if rounds or "exercises" in value else "exercise"


Step = Annotated[
    Annotated[Exercise, Tag("exercise")]
    | Annotated[Group, Tag("group")]
    | Annotated[Task, Tag("task")],
    Discriminator(_step_kind),
    Written("Step", "An exercise; a group, which has exercises; or a task: something to say."),
]
STEPS: Final[dict[str, type[Model]]] = {"exercise": Exercise, "group": Group, "task": Task}
"""The kinds of items of `exercises`, each by its tag."""


class Breath(Model):
    """How long a breath lasts, in and out: prescribed, or editorial."""

    inhale: BreathTime
    exhale: BreathTime


class Citation(Model):
    """Where the figures come from."""

    title: Text
    file: Name | None = None
    url: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What the user changed about the dose of a routine."""

    left_out: tuple[str, ...] = ()
    unneeded: tuple[str, ...] = ()
    """Equipment of what is left out that nothing else needs."""
    rounds: int | None = None
    level: str | None = None
    sides: Literal["right", "left", "both"] | None = None
    sets: int | None = None
    reps: int | None = None


class Routine(Model):
    """A routine: what a session of it must hold, whatever its length."""

    title: Name
    language: Language
    duration: Length | None = None
    """The length a session is fitted to unless another is asked for."""
    about: Instructions = ()
    source: Citation | None = None
    schedule: Schedule | None = None
    level: Level = Level.BEGINNER
    """The level of those who do not choose one."""
    breath: Breath | None = None
    """How long a breath lasts, for times that are written in breaths."""
    equipment: tuple[Name, ...] = ()
    prepare: Preparations = ()
    """What to fetch or do before the first exercise, whatever of it is done."""
    safety: Instructions = ()
    closing: Instructions = ()
    coaching: dict[str, str] = Field(default_factory=dict)
    """Settings of its own, unless the user says otherwise."""  # read in settings/table.py
    quotes: dict[str, Text] = Field(default_factory=dict)
    translations: dict[Language, dict[Text, Translation]] = Field(default_factory=dict)
    """For each other language, what is said in place of each text."""
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]
    _change: Change = PrivateAttr(default=Change())
    _at: dict[Level, Routine] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _something_done(self) -> Self:
        if all(isinstance(step, Task) for step in self.exercises):
            raise ValueError("a routine needs an exercise: something with a dose")
        return self

    @model_validator(mode="after")
    def _prepares_for_something(self) -> Self:
        used = (thing for each in self.all_exercises() for thing in each.equipment)
        known = dict.fromkeys((*self.equipment, *used))
        for number, each in enumerate(self.prepare, start=1):
            for thing in each.equipment:
                if thing not in known:
                    listed = ", ".join(map(quoted, known)) or "none"
                    raise ValueError(
                        f"prepare {number} is for {quoted(thing)}, which neither the equipment of "
                        f"the routine nor that of an exercise has (they have: {listed})"
                    )
        return self

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it is written for; none if it is the same for everybody."""
        return tuple(self._at)

    def at_level(self, level: Level) -> Routine:
        """The routine for those of that level.

        Raises RoutineError if it is the same for everybody, and its own level is another.
        """
        if not self._at and level is self.level:
            return self
        if not self._at:
            message = "this routine is the same at every level; leave --level out"
            raise RoutineError(Problem(message, self._file))
        return self._at[level]

    @property
    def change(self) -> Change:
        """What the user changed about the dose; the welcome says it."""
        return self._change

    def changed(self, exercises: tuple[Step, ...], change: Change) -> Routine:
        """This routine with other exercises, remembering what the user changed."""
        routine = self.model_copy(update={"exercises": exercises})
        routine._change = change
        return routine

    def names_of(self, exercise: Exercise) -> tuple[str, ...]:
        """What an exercise is called: in the file, and in each translation."""
        own = exercise.name
        return (own, *(table[own] for table in self.translations.values() if table.get(own)))

    @property
    def needs(self) -> tuple[str, ...]:
        """The equipment to have at hand: the routine's, or what is left of it after a change."""
        used = tuple(
            dict.fromkeys(thing for each in self.all_exercises() for thing in each.equipment)
        )
        return tuple(
            thing for thing in self.equipment or used if thing not in self._change.unneeded
        )

    @property
    def prepared(self) -> tuple[Preparation, ...]:
        """What to do first: all of it, or what is left to prepare after a change."""
        needed = set(self.needs)
        return tuple(
            each
            for each in self.prepare
            if not each.equipment or not needed.isdisjoint(each.equipment)
        )

    @property
    def sound_files(self) -> set[str]:
        """The files of the user's own sounds at all levels, as the routine has them."""
        found = (
            each.sound
            for routine in (self, *map(self.at_level, self.levels))
            for exercise in routine.all_exercises()
            for each in (*exercise.cues, exercise.bell)
            if each and each.sound
        )
        return {sound.name for sound in found}

    def all_exercises(self) -> Iterator[Exercise]:
        """Every exercise in order, each once, groups opened."""
        yield from _flatten(self.exercises)


def _flatten(steps: tuple[Step, ...]) -> Iterator[Exercise]:
    for step in steps:
        if isinstance(step, Group):
            yield from _flatten(step.exercises)
        elif isinstance(step, Exercise):
            yield step


Group.model_rebuild()
