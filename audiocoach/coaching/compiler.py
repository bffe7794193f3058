"""The compiler: a routine and how to tell it become a script. Pure and deterministic.

The order of telling (docs/architecture.md): name, why, position and support,
time to get there, the movement in one sentence with its dose, one feeling,
"ready", three, two, one.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from audiocoach.coaching.counting import Counter
from audiocoach.coaching.dose import dose_lines
from audiocoach.coaching.dosing import Dosing, rest_cue
from audiocoach.coaching.encouragement import Encouragement
from audiocoach.coaching.moving import move, request
from audiocoach.coaching.pacing import paced, sentence_pause
from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.coaching.rules import TELLING
from audiocoach.coaching.writer import Writer
from audiocoach.errors import RoutineError
from audiocoach.routine.model import Exercise, Group, Instruction, Position, Routine, Schedule
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Turn, turns, unfolded_reps
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import (
    Address,
    Chime,
    Glue,
    MarkerKind,
    Origin,
    Placement,
    Script,
    Wait,
)

MOST_REPS: Final = 20_000
"""A rep every four seconds for a whole day; more is a slip of the pen."""
_FETCH: Final = (5_000, 15_000, 30_000)
_BETWEEN: Final = (4_000, 8_000, 20_000)
_SETTLE: Final = (6_000, 12_000, 45_000)
_BEFORE_BEGIN: Final = (1_000, 2_000, 5_000)
_ORIENT_AFTER: Final = 15_000
"""The longest pause (ms) that has no word in it."""


def compile_script(routine: Routine, coaching: Settings | None = None) -> Script:
    """Turn a routine into the whole flat sequence of cues, gaps, intervals and markers.

    Without `coaching` it is told as the routine itself says. The same routine and options
    give the same script. Raises RoutineError if the language has no phrases, a setting of the
    routine can't be, or the session grows beyond all measure.
    """
    if coaching is None:
        coaching = resolve({}, {}, routine).settings
    _check_size(routine)
    writer = Writer(_phrases(routine), coaching, routine.language)
    teller = _Teller(writer, routine)
    teller.welcome()
    teller.exercises()
    teller.close()
    silence = min(coaching.max_silence, _ORIENT_AFTER)
    return Script(routine.title, routine.language, tuple(writer.items), silence)


def _check_size(routine: Routine) -> None:
    reps = sum(map(unfolded_reps, routine.exercises))
    if reps > MOST_REPS:
        raise RoutineError(
            f"the routine unfolds into {reps:,} reps, and a session can hold {MOST_REPS:,}; "
            "lower rounds, sets or reps"
        )


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
        lines.append(phrases("welcome.sets", count=change.sets))
    if change.reps:
        lines.append(phrases("welcome.reps", count=change.reps))
    if change.rounds > 1:
        lines.append(phrases("welcome.rounds", count=change.rounds))
    return lines


class _Teller:
    """Tells one routine: welcome, exercises, close."""

    def __init__(self, writer: Writer, routine: Routine) -> None:
        self._writer = writer
        self._routine = routine
        self._phrases = writer.phrases
        self._coaching = writer.coaching
        self._encouragement = Encouragement(writer.phrases, writer.coaching.seed)
        self._position = Position.STANDING
        self._total = sum(1 for _ in routine.all_exercises())
        self._numbers: dict[tuple[int, ...], int] = {}
        self._told: dict[tuple[int, ...], int] = {}
        self._doses: set[tuple[str, ...]] = set()

    # -- welcome -------------------------------------------------------------

    def welcome(self) -> None:
        """What, how long, what you need, when to stop."""
        routine, say = self._routine, self._writer.say
        self._writer.mark(MarkerKind.SECTION, self._phrases("section.welcome"), Address())
        self._writer.chime(Chime.START)
        say("hello", self._phrases("welcome.hello", title=routine.title))
        say("extent", self._extent())
        for line in change_lines(routine):
            say("changed", line)
        self._writer.instruct("about", routine.about)
        self._needs()
        if routine.safety:
            self._writer.instruct("session-safety", routine.safety)
        else:
            for line in self._phrases.variants("welcome.safety"):
                say("session-safety", line)
        say("begin", self._phrases("welcome.begin"))
        self._writer.gap(_BEFORE_BEGIN, Glue.BETWEEN, Wait.FIRST)

    def _extent(self) -> str:
        exercises = self._total
        duration = self._coaching.duration
        if exercises == 1 and duration is None:
            return ""
        if duration is None or duration < 60_000:
            return self._phrases("welcome.exercises", exercises=exercises)
        minutes, rest = divmod(duration + 30_000, 60_000)
        key = "welcome.length" if rest == 30_000 else "welcome.length-about"
        return self._phrases(key, minutes=minutes, exercises=exercises)

    def _needs(self) -> None:
        routine = self._routine
        if routine.needs:
            things = self._phrases.listing(routine.needs)
            origin = Origin(routine.line("equipment"), "equipment")
            self._writer.say("need", self._phrases("welcome.need", things=things), origin)
            self._writer.say("need", self._phrases("welcome.fetch", count=len(routine.needs)))
            if not routine.prepare:
                self._writer.gap(_FETCH, Glue.MOVE, Wait.FETCH)
        self._writer.instruct("prepare", routine.prepare)

    # -- exercises -----------------------------------------------------------

    def exercises(self) -> None:
        """Every exercise in order, rounds unfolded, with what lies between them."""
        done = 0
        ordered = tuple(turns(self._routine))
        for turn, following in zip_longest(ordered, ordered[1:]):
            rest = following.rest if following else None
            self._exercise(turn, clocked=bool(rest))
            if rest and following:
                self._rest_by_the_clock(turn, following, rest)
                continue
            self._finish(turn.exercise, done)
            done += 1
            if following:
                self._between(turn, following)

    def _finish(self, exercise: Exercise, done: int) -> None:
        """What is over; the encouraging words are an extra."""
        self._writer.fade(0)
        if self._writer.says("well-done"):
            line = self._encouragement.line(done, exercise.name)
            self._writer.say("well-done", line)
        elif self._writer.telling is Telling.FULL:
            self._writer.say("name", self._phrases("exercise.over", name=exercise.name))
        self._writer.instruct("after", exercise.after)

    def _between(self, before: Turn, turn: Turn) -> None:
        """A pause in which nothing is asked, or the rest before another round."""
        if turn.round:
            self._next_round(turn, *turn.round)
            if turn.round[2].rest:
                return
        # What follows the last bout waits at least as long as the rest between bouts:
        # "walk, rest; repeat this" can be read as a rest after every bout.
        least = _shortest_rest(before.exercise)
        if before.exercise.rest_after_last or least > _BETWEEN[2]:
            least = 0
        if self._writer.paused_for >= _BETWEEN[0] and not least:
            return  # Two pauses with no word between them would feel like one too long.
        minimum, natural, maximum = (
            max(least, time) for time in self._coaching.transition.of(_BETWEEN)
        )
        self._writer.gap((minimum, natural, maximum), Glue.BETWEEN, Wait.EXERCISES)

    def _next_round(self, turn: Turn, number: int, total: int, group: Group) -> None:
        origin = Origin(group.line("rest"), "rest")
        text = self._phrases("exercise.next-round", number=number, total=total)
        self._mark_round(turn)
        if group.rest is None:
            self._writer.say("next", text, origin)
            return
        span = paced(group.rest, self._coaching.pace)
        counter = Counter(self._writer, origin)
        placements = (
            Placement(rest_cue(self._writer, None, span, origin)),
            *self._writer.following([("next", text)], sentence_pause(self._coaching.pace), origin),
            *counter.time_left(span.maximum, span.minimum),
        )
        self._writer.rest(group.rest, placements, origin)

    def _mark_round(self, turn: Turn) -> None:
        if turn.round:
            number, total, group = turn.round
            title = self._phrases("section.round", number=str(number), total=str(total))
            origin = Origin(group.line("rounds"), "rounds")
            self._writer.mark(MarkerKind.ROUND, title, Address(round=number), origin)

    def _rest_by_the_clock(self, before: Turn, turn: Turn, rest: Time) -> None:
        """A rest that tells the next exercise, and counts straight into it."""
        exercise = turn.exercise
        origin = Origin(exercise.line("name"), "name")
        span = paced(rest, self._coaching.pace)
        lines = []
        if turn.round:
            number, total, _ = turn.round
            text = self._phrases("exercise.next-round", number=number, total=total)
            lines.append(("next", text))
        lines.append(("next-exercise", self._phrases("exercise.next", name=exercise.name)))
        if self._moves(exercise):
            lines.append(("position", self._phrases(request(self._position, exercise.position))))
            self._position = exercise.position
        rule, told = self._in_brief(exercise)
        lines.extend((rule, instruction.say) for instruction in told)
        self._mark_round(turn)
        placements = (
            Placement(rest_cue(self._writer, before.exercise.stop, span, origin)),
            *self._writer.following(lines, sentence_pause(self._coaching.pace), origin),
            *Counter(self._writer, origin).into_work(span.maximum, span.minimum),
        )
        self._writer.rest(rest, placements, origin)

    def _exercise(self, turn: Turn, *, clocked: bool) -> None:
        """One turn; `clocked` when a rest by the clock follows, which opens with the stop word."""
        exercise = turn.exercise
        before = self._told.get(turn.path, 0)
        self._told[turn.path] = before + 1
        self._writer.fade(before)
        title = self._title(turn)
        origin = Origin(exercise.line("name"), "name")
        address = Address(self._numbers[turn.path], before + 1)
        self._writer.mark(MarkerKind.EXERCISE, exercise.name, address, origin)
        if not turn.rest:
            self._listen_first(turn)
            self._writer.say("name", title, origin)
            self._tell(exercise, again=turn.again)
        identity = f"exercise-{self._numbers[turn.path]}"
        dosing = Dosing(self._writer, exercise, identity, before)
        dosing.write(straight_in=bool(turn.rest), straight_out=clocked)

    def _listen_first(self, turn: Turn) -> None:
        """Before a group by the clock: what comes after its first exercise."""
        if not turn.ahead:
            return
        self._writer.say("movement", self._phrases("exercise.ahead", count=len(turn.ahead) + 1))
        for exercise in turn.ahead:
            origin = Origin(exercise.line("name"), "name")
            self._writer.say("name", self._phrases("exercise.only", name=exercise.name), origin)
            for rule in _AHEAD:
                self._tell_line(rule, exercise, again=False)
        self._writer.say("movement", self._phrases("exercise.ahead-begin"))

    def _title(self, turn: Turn) -> str:
        name = turn.exercise.name
        known = turn.path in self._numbers
        number = self._numbers.setdefault(turn.path, len(self._numbers) + 1)
        if known:
            return self._phrases("exercise.again", name=name)
        key = "exercise.title" if self._total > 1 else "exercise.only"
        return self._phrases(key, number=number, total=self._total, name=name)

    def _tell(self, exercise: Exercise, *, again: bool) -> None:
        """Each line of the telling in its order; in a later round what must be known to do it."""
        for rule in TELLING:
            if rule == "dose":
                self._tell_dose(exercise, again=again)
            elif not again or rule in _AGAIN:
                self._tell_line(rule, exercise, again=again)

    def _tell_dose(self, exercise: Exercise, *, again: bool) -> None:
        """The dose; in a later round only where it is another one."""
        dose = tuple(dose_lines(self._phrases, exercise, self._coaching.first_side))
        if not again or dose not in self._doses:
            origin = Origin(exercise.line("work" if exercise.work else "reps"), "dose")
            for line in dose:
                self._writer.say("dose", line, origin)
        self._doses.add(dose)

    def _tell_line(self, rule: str, exercise: Exercise, *, again: bool) -> None:
        match rule:
            case "position":
                self._take_position(exercise)
            case "brief" if again or self._writer.says(rule):
                self._writer.instruct(*self._in_brief(exercise))
            case "brief":
                pass
            case "easier" | "harder":
                self._alternative(rule, exercise)
            case _:
                self._writer.instruct(rule, getattr(exercise, rule))

    def _in_brief(self, exercise: Exercise) -> tuple[str, tuple[Instruction, ...]]:
        """A few words for the whole exercise, and their rule: in full, they are the movement."""
        rule = "movement" if self._writer.says("movement") else "brief"
        return rule, exercise.brief or exercise.movement[:1]

    def _alternative(self, rule: str, exercise: Exercise) -> None:
        told = getattr(exercise, rule)
        if told:
            self._writer.say(rule, self._phrases(f"exercise.{rule}"))
            self._writer.instruct(rule, told)

    def _moves(self, exercise: Exercise) -> bool:
        return self._position is not exercise.position

    def _take_position(self, exercise: Exercise) -> None:
        """Ask for a change of position and give it its time; staying put needs no words."""
        if not self._moves(exercise):
            return
        before, self._position = self._position, exercise.position
        origin = Origin(exercise.line("position"), "position")
        self._writer.say("position", self._phrases(request(before, exercise.position)), origin)
        self._writer.gap(move(before, exercise.position), Glue.MOVE, Wait.MOVE)

    # -- close ---------------------------------------------------------------

    def close(self) -> None:
        """Well done, when to do it next, and a moment of standing still."""
        say = self._writer.say
        self._writer.fade(0)
        self._writer.mark(MarkerKind.SECTION, self._phrases("section.close"), Address())
        if self._total > 1:
            say("done", self._phrases("close.done"))
        self._writer.instruct("closing", self._routine.closing)
        self._schedules()
        if not any(instruction.time for instruction in self._routine.closing):
            say("settle", self._phrases("close.settle"))
            self._writer.gap(_SETTLE, Glue.END, Wait.SETTLE)
        say("goodbye", self._phrases("close.goodbye"))
        self._writer.chime(Chime.END)

    def _schedules(self) -> None:
        routine = self._routine
        for exercise in routine.all_exercises():
            if exercise.schedule:
                text = self._exercise_schedule(exercise.name, exercise.schedule)
                origin = Origin(exercise.line("schedule"), "schedule")
                self._writer.say("schedule", text, origin)
        schedule = routine.schedule
        if schedule is None:
            return
        origin = Origin(routine.line("schedule"), "schedule")
        if schedule.every:
            text = self._phrases("close.every", every=schedule.every)
        else:
            text = self._phrases(f"close.session-per-{schedule.per}", times=schedule.times)
        self._writer.say("schedule", text, origin)

    def _exercise_schedule(self, name: str, schedule: Schedule) -> str:
        if schedule.every:
            return self._phrases("close.exercise-every", name=name, every=schedule.every)
        return self._phrases(f"close.per-{schedule.per}", name=name, times=schedule.times)


_AHEAD: Final = ("setup", "eyes_free", "support", "brief", "movement", "feel", "easier")
"""What is told of an exercise by the clock before its group begins."""
_AGAIN: Final = frozenset({"place", "position", "setup", "eyes_free", "support", "brief"})
"""What is told of an exercise in a later round, too: what the hands and feet have to do first."""


def _shortest_rest(exercise: Exercise) -> int:
    rests = exercise.rest if isinstance(exercise.rest, tuple) else (exercise.rest,)
    return min((rest.minimum for rest in rests if rest), default=0)
