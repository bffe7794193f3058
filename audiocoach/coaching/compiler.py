"""The compiler: a routine and how to tell it become a script. Pure and deterministic.

The order of telling (docs/architecture.md): name, why, position and support,
time to get there, the movement in one sentence with its dose, one feeling,
"ready", three, two, one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from audiocoach.coaching.counting import TEN_SECONDS_FROM, Counter
from audiocoach.coaching.dosing import Dosing, dose_lines
from audiocoach.coaching.moving import move, request
from audiocoach.coaching.options import Coaching
from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.coaching.writer import Writer
from audiocoach.errors import RoutineError
from audiocoach.routine.model import (
    Exercise,
    Group,
    Instruction,
    Position,
    Routine,
    Schedule,
    Sides,
)
from audiocoach.timeline.script import (
    Anchor,
    Chime,
    CueKind,
    Glue,
    Interval,
    MarkerKind,
    Origin,
    Placement,
    Script,
)

MOST_REPS: Final = 20_000
"""A rep every four seconds for a whole day; more is a slip of the pen."""
_FETCH: Final = (5_000, 15_000, 30_000)
_BETWEEN: Final = (4_000, 8_000, 20_000)
_SETTLE: Final = (6_000, 12_000, 45_000)
_BEFORE_BEGIN: Final = (1_000, 2_000, 5_000)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One telling of an exercise: where it stands in the routine, and what round opens with it."""

    exercise: Exercise
    path: tuple[int, ...]
    again: bool = False
    round: tuple[int, Group] | None = None


def compile_script(routine: Routine, coaching: Coaching = Coaching()) -> Script:
    """Turn a routine into the whole flat sequence of cues, gaps, intervals and markers.

    The same routine and options give the same script. Raises RoutineError if
    the language has no phrases, or the session grows beyond all measure.
    """
    _check_size(routine)
    writer = Writer(_phrases(routine), coaching, routine.language)
    teller = _Teller(writer, routine)
    teller.welcome()
    teller.exercises()
    teller.close()
    return Script(routine.title, routine.language, tuple(writer.items))


def _check_size(routine: Routine) -> None:
    reps = sum(map(_reps, routine.exercises))
    if reps > MOST_REPS:
        raise RoutineError(
            f"the routine unfolds into {reps:,} reps, and a session can hold {MOST_REPS:,}; "
            "lower rounds, sets or reps"
        )


def _reps(step: Exercise | Group) -> int:
    """How many reps (or bouts) a step comes to when all is unfolded."""
    if isinstance(step, Group):
        return step.rounds * sum(map(_reps, step.exercises))
    turns = 2 if step.sides is Sides.ALTERNATING else len(step.sides.blocks)
    return step.sets * turns * max(1, len(step.each)) * (step.reps or 1)


def _phrases(routine: Routine) -> Phrases:
    try:
        return phrases_for(routine.language)
    except RoutineError as error:
        raise RoutineError(f"{routine.where('language')}: language: {error}") from None


def change_lines(routine: Routine) -> list[str]:
    """What the user changed about the dose, in the words of the routine's language."""
    phrases = _phrases(routine)
    change = routine.change
    lines = []
    if change.level:
        lines.append(phrases(f"welcome.level-{change.level}"))
    if change.left_out:
        lines.append(phrases("welcome.left-out", names=phrases.listing(change.left_out)))
    if change.sides:
        lines.append(phrases(f"welcome.sides-{change.sides}"))
    if change.sets:
        key = "welcome.one-set" if change.sets == 1 else "welcome.sets"
        lines.append(phrases(key, count=change.sets))
    if change.reps:
        key = "welcome.one-rep" if change.reps == 1 else "welcome.reps"
        lines.append(phrases(key, count=change.reps))
    if change.rounds > 1:
        lines.append(phrases("welcome.rounds", count=change.rounds))
    return lines


class _Teller:
    """Tells one routine: welcome, exercises, close."""

    def __init__(self, writer: Writer, routine: Routine) -> None:
        self._writer = writer
        self._routine = routine
        self._phrases = writer.phrases
        self._position = Position.STANDING
        self._total = sum(1 for _ in routine.all_exercises())
        self._numbers: dict[tuple[int, ...], int] = {}

    # -- welcome -------------------------------------------------------------

    def welcome(self) -> None:
        """What, how long, what you need, when to stop."""
        routine, say = self._routine, self._writer.say
        self._writer.mark(MarkerKind.SECTION, "Welcome")
        self._writer.chime(Chime.START)
        say(self._phrases("welcome.hello", title=routine.title), CueKind.WELCOME)
        say(self._extent(), CueKind.WELCOME)
        for line in change_lines(routine):
            say(line, CueKind.WELCOME)
        self._writer.instruct(routine.about, CueKind.WELCOME)
        self._needs()
        if routine.safety:
            self._writer.instruct(routine.safety, CueKind.SAFETY)
        else:
            for line in self._phrases.variants("welcome.safety"):
                say(line, CueKind.SAFETY)
        say(self._phrases("welcome.begin"), CueKind.WELCOME)
        self._writer.gap(_BEFORE_BEGIN, Glue.BETWEEN, "before the first exercise")

    def _extent(self) -> str:
        count = self._total
        one = "-one-exercise" if count == 1 else "-and-exercises"
        duration = self._writer.coaching.duration
        if duration is None or duration < 60_000:
            key = "welcome.exercises" if count > 1 else "welcome.one-exercise"
            return self._phrases(key, exercises=count)
        minutes, rest = divmod(duration + 30_000, 60_000)
        about = "" if rest == 30_000 else "-about"
        return self._phrases(f"welcome.length{about}{one}", minutes=minutes, exercises=count)

    def _needs(self) -> None:
        routine = self._routine
        if routine.needs:
            things = self._phrases.listing(routine.needs)
            origin = Origin(routine.line("equipment"), "equipment")
            self._writer.say(self._phrases("welcome.need", things=things), CueKind.WELCOME, origin)
            self._writer.say(self._phrases("welcome.fetch"), CueKind.WELCOME)
            if not routine.prepare:
                self._writer.gap(_FETCH, Glue.MOVE, "fetch what is needed")
        self._writer.instruct(routine.prepare, CueKind.WELCOME)

    # -- exercises -----------------------------------------------------------

    def exercises(self) -> None:
        """Every exercise in order, rounds unfolded, with what lies between them."""
        turns = _turns(self._routine.exercises)
        before = next(turns)
        self._exercise(before)
        done = 0
        for done, turn in enumerate(turns, start=1):
            self._finish(before.exercise, done - 1)
            self._between(before, turn)
            self._exercise(turn)
            before = turn
        self._finish(before.exercise, done)

    def _finish(self, exercise: Exercise, index: int) -> None:
        lines = self._phrases.variants("exercise.done")
        line = lines[index % len(lines)].format(name=exercise.name)
        self._writer.say(line, CueKind.ENCOURAGEMENT)
        self._writer.instruct(exercise.after, CueKind.SET_UP)

    def _between(self, before: _Turn, turn: _Turn) -> None:
        """A pause in which nothing is asked, or the rest before another round."""
        if turn.round:
            self._next_round(*turn.round)
            if turn.round[1].rest:
                return
        # What follows the last bout waits at least as long as the rest between bouts:
        # "walk, rest; repeat this" can be read as a rest after every bout.
        rest = before.exercise.rest
        least = rest.minimum if rest and not before.exercise.rest_after_last else 0
        if self._writer.paused_for >= _BETWEEN[0] and not least:
            return  # Two pauses with no word between them would feel like one too long.
        minimum, natural, maximum = (max(least, time) for time in _BETWEEN)
        self._writer.gap((minimum, natural, maximum), Glue.BETWEEN, "between exercises")

    def _next_round(self, number: int, group: Group) -> None:
        origin = Origin(group.line("rest"), "rest")
        text = self._phrases("exercise.next-round", number=number, total=group.rounds)
        self._writer.mark(MarkerKind.ROUND, f"round {number} of {group.rounds}", origin)
        if group.rest is None:
            self._writer.say(text, CueKind.NEXT, origin)
            return
        span = self._writer.coaching.span(group.rest)
        opening = self._writer.cue(self._phrases("cue.rest"), CueKind.REST, origin)
        following = self._writer.cue(text, CueKind.NEXT, origin)
        counter = Counter(self._phrases, self._writer.language, origin)
        self._writer.interval(
            Interval(
                span,
                Glue.RIGID if span.rigid else Glue.RANGE,
                group.rest.source,
                "rest",
                (
                    Placement(opening),
                    Placement(following, Anchor.AFTER, self._writer.coaching.sentence_pause),
                    *counter.time_left(span.maximum, ten=span.minimum >= TEN_SECONDS_FROM),
                ),
                origin=origin,
            )
        )

    def _exercise(self, turn: _Turn) -> None:
        exercise = turn.exercise
        origin = Origin(exercise.line("name"), "name")
        self._writer.mark(MarkerKind.EXERCISE, exercise.name, origin)
        self._writer.say(self._title(turn), CueKind.NAME, origin)
        if turn.again:
            self._set_up(exercise)
            self._writer.instruct(exercise.brief or exercise.movement[:1], CueKind.INSTRUCTION)
        else:
            self._tell(exercise)
        identity = f"exercise-{self._numbers[turn.path]}"
        Dosing(self._writer, exercise, identity).write()

    def _title(self, turn: _Turn) -> str:
        name = turn.exercise.name
        if turn.again:
            return self._phrases("exercise.again", name=name)
        number = self._numbers.setdefault(turn.path, len(self._numbers) + 1)
        key = "exercise.title" if self._total > 1 else "exercise.only"
        return self._phrases(key, number=number, total=self._total, name=name)

    def _tell(self, exercise: Exercise) -> None:
        instruct = self._writer.instruct
        instruct(exercise.purpose, CueKind.INSTRUCTION)
        self._set_up(exercise)
        instruct(exercise.movement, CueKind.INSTRUCTION)
        for text in (exercise.breath, exercise.feel, exercise.mistake):
            instruct(text, CueKind.INSTRUCTION)
        self._alternative("easier", exercise.easier)
        self._alternative("harder", exercise.harder)
        origin = Origin(exercise.line("work" if exercise.work else "reps"), "dose")
        for line in dose_lines(self._phrases, exercise):
            self._writer.say(line, CueKind.INSTRUCTION, origin)

    def _alternative(self, key: str, text: tuple[Instruction, ...]) -> None:
        if text:
            self._writer.say(self._phrases(f"exercise.{key}"), CueKind.INSTRUCTION)
            self._writer.instruct(text, CueKind.INSTRUCTION)

    def _set_up(self, exercise: Exercise) -> None:
        """What the hands and feet have to do first: in every round, however little is told."""
        self._writer.instruct(exercise.place, CueKind.SET_UP)
        self._take_position(exercise)
        self._writer.instruct(exercise.setup, CueKind.SET_UP)
        self._writer.instruct(exercise.support, CueKind.SAFETY)

    def _take_position(self, exercise: Exercise) -> None:
        """Ask for a change of position and give it its time; staying put needs no words."""
        before, self._position = self._position, exercise.position
        if before is exercise.position:
            return
        origin = Origin(exercise.line("position"), "position")
        text = self._phrases(request(before, exercise.position))
        self._writer.say(text, CueKind.SET_UP, origin)
        self._writer.gap(move(before, exercise.position), Glue.MOVE, "change position")

    # -- close ---------------------------------------------------------------

    def close(self) -> None:
        """Well done, when to do it next, and a moment of standing still."""
        say = self._writer.say
        self._writer.mark(MarkerKind.SECTION, "Close")
        say(self._phrases("close.done"), CueKind.CLOSE)
        self._writer.instruct(self._routine.closing, CueKind.CLOSE)
        self._schedules()
        say(self._phrases("close.settle"), CueKind.CLOSE)
        self._writer.gap(_SETTLE, Glue.END, "stay still")
        say(self._phrases("close.goodbye"), CueKind.CLOSE)
        self._writer.chime(Chime.END)

    def _schedules(self) -> None:
        routine = self._routine
        for exercise in routine.all_exercises():
            if exercise.schedule:
                text = self._exercise_schedule(exercise.name, exercise.schedule)
                origin = Origin(exercise.line("schedule"), "schedule")
                self._writer.say(text, CueKind.CLOSE, origin)
        schedule = routine.schedule
        if schedule is None:
            return
        origin = Origin(routine.line("schedule"), "schedule")
        if schedule.every:
            text = self._phrases("close.every", every=schedule.every)
        else:
            text = self._phrases(f"close.session-per-{schedule.per}", count=self._times(schedule))
        self._writer.say(text, CueKind.CLOSE, origin)

    def _exercise_schedule(self, name: str, schedule: Schedule) -> str:
        if schedule.every:
            return self._phrases("close.exercise-every", name=name, every=schedule.every)
        count = self._times(schedule)
        return self._phrases(f"close.per-{schedule.per}", name=name, count=count)

    def _times(self, schedule: Schedule) -> str:
        match schedule.times:
            case 1:
                return self._phrases.inline("close.once")
            case 2:
                return self._phrases.inline("close.twice")
            case number:
                return self._phrases.inline("close.times", number=number)


def _turns(
    steps: tuple[Exercise | Group, ...], path: tuple[int, ...] = (), *, again: bool = False
) -> Iterator[_Turn]:
    """The exercises in the order they are done, each round of a group in turn."""
    for index, step in enumerate(steps):
        here = (*path, index)
        if isinstance(step, Exercise):
            yield _Turn(step, here, again)
            continue
        for number in range(1, step.rounds + 1):
            turns = _turns(step.exercises, here, again=again or number > 1)
            first = next(turns)
            yield replace(first, round=(number, step)) if number > 1 else first
            yield from turns
