"""The compiler turns a routine, and settings for how to coach it, into a script. Pure and
deterministic.

The order of telling (docs/architecture.md): name, why, position and support,
time to get there, the movement in one sentence with its dose, one feeling,
"ready", three, two, one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from audiocoach.coaching.body import Body, Line
from audiocoach.coaching.following import handing_over
from audiocoach.coaching.lasting import guides_breath, tells_of_breath
from audiocoach.coaching.naming import named_at_work
from audiocoach.coaching.pacing import longest_silence
from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.coaching.rests import pause_before, rest_by_the_clock
from audiocoach.coaching.rounds import naming, told_at_once
from audiocoach.coaching.rules import AMOUNTS, DOSES
from audiocoach.coaching.scenes import scenes
from audiocoach.coaching.sets import write_sets
from audiocoach.coaching.stations import speechless
from audiocoach.coaching.tasks import write_tasks
from audiocoach.coaching.telling import tell
from audiocoach.coaching.untils import refuse_unmet
from audiocoach.coaching.without_rest import led_late, way_into
from audiocoach.coaching.writer import Writer
from audiocoach.errors import AffectedSideError, RoutineError
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.unfold import blocks, closing_tasks, unfolded_reps
from audiocoach.settings.resolve import resolve
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import (
    FRAME_MS,
    Address,
    Chime,
    Glue,
    Interval,
    MarkerKind,
    Origin,
    Script,
    Utterance,
    Wait,
)

MOST_REPS: Final = 20_000
"""A rep every four seconds for a whole day; more is a typing mistake."""
_FETCH: Final = (5_000, 15_000, 30_000)
_SETTLE: Final = (4_000, 10_000, 45_000)
_BEFORE_BEGIN: Final = (1_000, 2_000, 5_000)
_ORIENT_AFTER: Final = 15_000
"""The longest pause (ms) that has no word in it."""


def compile_script(routine: Routine, coaching: Settings | None = None) -> Script:
    """Turn a routine into the whole flat sequence of cues, gaps, intervals and markers.

    Without `coaching`, the routine's own settings apply. The same routine and options give the
    same script. Raises RoutineError if the language has no phrases, a setting of the routine is
    impossible, or the session becomes too large.
    """
    if coaching is None:
        coaching = resolve({}, {}, routine).settings
    _refuse_endless(routine)
    _refuse_unknown_side(routine)
    writer = Writer(_phrases(routine), coaching, routine.language)
    _welcome(writer, routine)
    _exercises(writer, routine)
    _close(writer, routine)
    refuse_unmet(routine, writer.items)
    return Script(routine.title, routine.language, tuple(writer.items), _orient_after(coaching))


def _orient_after(coaching: Settings) -> int:
    """The longest pause (ms) without a word; 0 for any.

    A pause may become almost a frame longer as it is placed: who asks for a limit keeps it.
    """
    asked = coaching.max_silence
    within = longest_silence(asked, 0)
    return min(within - FRAME_MS if asked else within, _ORIENT_AFTER)


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
    counts = {"sets": change.sets, "reps": change.reps, "rounds": change.rounds}
    lines += [phrases(f"welcome.{what}", count=count) for what, count in counts.items() if count]
    return lines


def _refuse_endless(routine: Routine) -> None:
    reps = sum(map(unfolded_reps, routine.exercises))
    if reps > MOST_REPS:
        raise RoutineError(
            f"the routine unfolds into {reps:,} reps, and a session can hold {MOST_REPS:,}; "
            "lower rounds, sets or reps"
        )


def _refuse_unknown_side(routine: Routine) -> None:
    for exercise in routine.all_exercises():
        if exercise.sides.depends:
            message = (
                f"{exercise.sides.value!r} needs to know which side that is; "
                "choose with --affected right or --affected left"
            )
            told = f"{exercise.name}: sides"
            raise AffectedSideError(exercise.problem("sides", message, told))


def _phrases(routine: Routine) -> Phrases:
    try:
        return phrases_for(routine.language)
    except RoutineError as error:
        raise RoutineError(routine.problem("language", str(error), "language")) from None


# -- welcome ---------------------------------------------------------------------------


def _welcome(writer: Writer, routine: Routine) -> None:
    """What, how long, what you need, when to stop."""
    say, phrases = writer.say, writer.phrases
    writer.mark(MarkerKind.SECTION, phrases("section.welcome"), Address())
    writer.chime(Chime.START)
    say("hello", writer.vary("welcome.hello", title=routine.title))
    say("extent", _extent(writer, routine))
    for line in change_lines(routine):
        say("changed", line)
    writer.instruct("about", routine.about)
    _needs(writer, routine)
    if routine.safety:
        writer.instruct("session-safety", routine.safety)
    else:
        for line in _safety(phrases, routine):
            say("session-safety", line)
    say("begin", writer.vary("welcome.begin"))
    writer.gap(_BEFORE_BEGIN, Glue.BETWEEN, Wait.FIRST)


def _safety(phrases: Phrases, routine: Routine) -> Iterator[str]:
    """When to stop, and to breathe easily, unless an exercise says how to breathe."""
    guided = any(guides_breath(phrases, each) for each in routine.all_exercises())
    for line in phrases.variants("welcome.safety"):
        if not (guided and tells_of_breath(phrases, line)):
            yield line


def _extent(writer: Writer, routine: Routine) -> str:
    exercises = sum(1 for _ in routine.all_exercises())
    duration = writer.settings.duration
    if exercises == 1 and duration is None:
        return ""
    if duration is None or duration < 60_000:
        return writer.phrases("welcome.exercises", exercises=exercises)
    minutes, rest = divmod(duration + 30_000, 60_000)
    key = "welcome.length" if rest == 30_000 else "welcome.length-about"
    return writer.phrases(key, minutes=minutes, exercises=exercises)


def _needs(writer: Writer, routine: Routine) -> None:
    if routine.needs:
        things = writer.phrases.listing(routine.needs)
        origin = Origin(routine.line("equipment"), "equipment")
        writer.say("need", writer.phrases("welcome.need", things=things), origin)
        if not any(each.time for each in routine.prepared):
            writer.say("need", writer.phrases("welcome.fetch"))
            writer.gap(_FETCH, Glue.MOVE, Wait.FETCH)
    writer.instruct("prepare", routine.prepared)


# -- exercises -------------------------------------------------------------------------


def _exercises(writer: Writer, routine: Routine) -> None:
    """Every exercise in order, rounds unfolded, with what lies between them."""
    ordered = tuple(scenes(writer, routine))
    rounds = Counter(scene.address.exercise for scene in ordered)
    untold: tuple[Line, ...] = ()
    for scene, following in zip_longest(ordered, ordered[1:]):
        exercise = scene.turn.exercise
        rest = following.turn.rest if following else None
        writer.fade(scene.address.round - 1)
        writer.obey(exercise)
        if not scene.turn.rest:
            write_tasks(writer, scene.turn.tasks)
        tell(writer, scene)
        straight = {"straight_in": bool(scene.turn.rest), "straight_out": bool(rest)}
        at_once = following if rest and speechless(rest) else None
        told = tuple(handing_over(writer, at_once)) if at_once else ()
        body = Body.of(writer, exercise, **straight, hands_over=told)
        last = scene.address.round == rounds[scene.address.exercise]
        body = replace(body, named=named_at_work(writer, scene.station), last_round=last)
        body = replace(body, at_work=scene.at_work, whole=scene.turn.whole, untold=untold)
        body = replace(body, enters=way_into(writer, at_once), led_late=led_late(writer, scene))
        body = replace(body, rest_in=scene.turn.rest)
        begun = len(writer.items)
        write_sets(body)
        unheard = tuple(_unheard(writer, told, begun))
        kept = _takes_along(scene.turn.exercise, following.turn.exercise if following else None)
        untold = tuple(each for each in unheard if each.rule in (AMOUNTS if kept else DOSES))
        if at_once and any(each.rule == "next-exercise" for each in unheard):
            writer.unsaid(naming(told=told_at_once(writer, at_once.turn)))  # it had no room
        if rest and following:
            writer.fade(following.address.round - 1)
            writer.obey(following.turn.exercise)
            rest_by_the_clock(writer, body, following, rest)
            continue
        _finish(writer, exercise, last=last)
        if following:
            pause_before(writer, exercise, following.turn)
    writer.obey(None)
    writer.address = Address()
    write_tasks(writer, closing_tasks(routine))


def _unheard(writer: Writer, told: Iterable[Line], begun: int) -> Iterator[Line]:
    """Of what is to be told of what comes next, that for which no time since `begun` had room."""
    times = (item for item in writer.items[begun:] if isinstance(item, Interval))
    sounds = (each.cue.sound for time in times for each in time.placements)
    heard = [sound.text for sound in sounds if isinstance(sound, Utterance)]
    for line in told:
        whole = writer.utterance(line.text).text
        if not any(whole in text for text in heard):
            yield line


def _takes_along(done: Exercise, following: Exercise | None) -> bool:
    """Whether what follows is done with the load that is in the hands already."""
    if following is None:
        return False
    *_, last = blocks(done)
    return last.load == next(blocks(following)).load


def _finish(writer: Writer, exercise: Exercise, *, last: bool) -> None:
    """What is over with its `last` round; the encouraging words are an extra."""
    writer.fade(0)
    if last and writer.says("well-done"):
        writer.say("well-done", writer.vary("exercise.done", name=exercise.name))
    elif last and writer.telling is Telling.FULL:
        writer.say("name", writer.vary("exercise.over", name=exercise.name))
    writer.instruct("after", exercise.after)


# -- close -----------------------------------------------------------------------------


def _close(writer: Writer, routine: Routine) -> None:
    """Well done, when to do it next, and a moment of standing still."""
    say, phrases = writer.say, writer.phrases
    writer.fade(0)
    writer.closing = True
    writer.mark(MarkerKind.SECTION, phrases("section.close"), Address())
    exercises = sum(1 for _ in routine.all_exercises())
    if exercises > 1:
        say("done", writer.vary("close.done", exercises=exercises))
    writer.instruct("closing", routine.closing)
    _schedules(writer, routine)
    if not any(instruction.time for instruction in routine.closing):
        say("settle", writer.vary("close.settle"))
        writer.gap(_SETTLE, Glue.END, Wait.SETTLE)
    say("goodbye", writer.vary("close.goodbye"))
    writer.chime(Chime.END)


def _schedules(writer: Writer, routine: Routine) -> None:
    """How often to do each exercise, and the whole session."""
    for exercise in routine.all_exercises():
        _how_often(writer, exercise, "close.exercise-every", "close.per", name=exercise.name)
    _how_often(writer, routine, "close.every", "close.session-per")


def _how_often(
    writer: Writer, step: Exercise | Routine, every: str, per: str, **named: str
) -> None:
    schedule = step.schedule
    if schedule is None:
        return
    if schedule.every:
        text = writer.phrases(every, every=schedule.every, **named)
    else:
        text = writer.phrases(f"{per}-{schedule.per}", times=schedule.times, **named)
    writer.say("schedule", text, Origin(step.line("schedule"), "schedule"))
