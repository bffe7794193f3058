"""What a sheet prescribes, and whether it is heard before it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from blocks import by_address

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import dose_lines, side_name
from audiocoach.coaching.hurried import hurried_moves
from audiocoach.coaching.moving import request
from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.readings.text import read_aloud, sentences
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.unfold import turns
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Side
from audiocoach.timeline.script import Cue, Interval, IntervalKind, Script, Utterance


def told_before(script: Script) -> Iterator[tuple[Interval, list[str], list[str]]]:
    """Each time that is worked, with all that may be heard before it, and since the last one."""
    ever: list[str] = []
    since: list[str] = []
    for item in script.items:
        cues = [item] if isinstance(item, Cue) else []
        if isinstance(item, Interval):
            if item.kind not in (IntervalKind.REST, IntervalKind.COUNT_IN):
                yield item, ever, since
                since = []
            cues = [placement.cue for placement in item.placements]
        texts = [cue.sound.text.casefold() for cue in cues if isinstance(cue.sound, Utterance)]
        ever += texts
        since += texts


def opening(interval: Interval) -> str:
    """The first words of what is done, which a chime may come before."""
    sounds = (each.cue.sound for each in interval.placements)
    return next((each.text.casefold() for each in sounds if isinstance(each, Utterance)), "")


def heard_all(lines: Iterable[str], ever: list[str], language: str) -> bool:
    """Whether each sentence of some lines was heard, as it is read aloud."""
    told = (read_aloud(each, language) for line in lines for each in sentences(line, language))
    return all(sentence.casefold() in ever for sentence in told)


def in_all_rounds(
    phrases: Phrases, routine: Routine, whole: Exercise | None, first: Side | None
) -> Iterator[Iterator[str]]:
    """The dose of all rounds at once, by each name that a round of the routine has."""
    if whole:
        for name in {None, *(each.round[2].round_name for each in turns(routine) if each.round)}:
            yield dose_lines(phrases, whole, first, by_round=True, round_name=name)


def check_facts(routine: Routine, coaching: Settings) -> None:
    """Name, position, dose, load, side and variant of each block, as the sheet has them."""
    phrases, first = phrases_for(routine.language), coaching.first_side
    known = by_address(routine)
    begun: set[tuple[int, int]] = set()
    last: tuple[object, ...] = ()
    for interval, ever, since in told_before(compile_script(routine, coaching)):
        at = interval.address
        turn, position = known[at.exercise, at.round]
        exercise = turn.exercise
        block = (at.exercise, at.round, at.set, at.side, at.variant)
        if block == last or not at.exercise:
            continue
        new = (at.exercise, at.round) not in begun
        at_once = turn.rest is not None and not turn.rest.maximum
        begun.add((at.exercise, at.round))
        recent = " ".join(since)
        named = read_aloud(exercise.name, routine.language).casefold()
        # What follows at once is told before, behind its name, if the one before it has no room.
        here = [*around(named, ever), recent] if new and at_once else [recent]
        if new:
            own_go = exercise.go or (exercise.each and exercise.each[0].go)
            assert own_go or named in f"{recent} {opening(interval)}"
            if exercise.position is not position:
                key = request(position, exercise.position, first=not last)
                # In a circuit, where time is short, in few words.
                forms = (".", *(("-brief.", "-least.") if turn.rest is not None else ()))
                asked = [phrases(key.replace(".", form, 1)).casefold() for form in forms]
                asked.append(phrases(request(position, exercise.position, timed=True)).casefold())
                assert any(each in text for each in asked for text in here) or hurried(
                    routine, exercise
                )
            now, whole = dose_lines(phrases, exercise, first), turn.whole
            ways = [now, *in_all_rounds(phrases, routine, whole, first)]
            assert any(heard_all(each, ever, routine.language) for each in ways)
        if at.side and (new or last[3] != at.side) and not exercise.sides.in_turn > 1:
            side = side_name(phrases, exercise, at.side).casefold()
            # As the first word where the time between the sides has no room for it.
            assert any(side in each for each in (*here, "" if new else opening(interval)))
        if at.variant and (new or last[4] != at.variant):
            variant = exercise.each[at.variant - 1].name.casefold()
            # Likewise where the rest before a set or a side has none.
            assert any(variant in each for each in (*here, "" if new else opening(interval)))
        last = block


def around(name: str, told: list[str]) -> Iterator[str]:
    """What was told behind each naming of an exercise."""
    places = (index for index, text in enumerate(told) if name in text)
    return (" ".join(told[index : index + 20]) for index in places)


def hurried(routine: Routine, exercise: Exercise) -> bool:
    """Whether a note says that nobody can get into the position of an exercise in time."""
    start = f"exercise {exercise.name!r}: position: there are "
    return any(start in str(note) for note in hurried_moves(routine))
