"""What is allowed in a routine but is probably a mistake: `check` reports it in notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audiocoach.coaching.ahead import LONGEST, lasting
from audiocoach.coaching.body import Body
from audiocoach.coaching.entering import LONGEST_HELD, entering
from audiocoach.coaching.rhythm import Rhythm, could_be_counted
from audiocoach.coaching.scenes import scenes
from audiocoach.coaching.turning import with_turns
from audiocoach.coaching.writer import Writer
from audiocoach.errors import Problem
from audiocoach.language import base
from audiocoach.readings.addresses import addresses
from audiocoach.readings.unread import misread, unread
from audiocoach.routine.model import Exercise, Group, Position, Routine, Step
from audiocoach.routine.translate import spoken
from audiocoach.routine.values import of_side
from audiocoach.wording import quoted

_NAMES: Final = ("alexa", "amazon", "[eé]chos?|echoes", "computers?", "ziggy", "siri", "cortana")
"""What assistants listen for as they are sold."""
_CALLED: Final = r"(?:hey|hi|ok|okay),? (?:google|siri|jarvis|mycroft|nabu|rhasspy|home assistant)"
_MISHEARD: Final = (
    *("alexis", "lexus", "election", "unacceptable", "a letter"),  # Alexa
    *("gecko", "art deco", "tobacco", "eco"),  # Echo
    *("a city", "hey,? jerry"),  # Siri
    *("ok,? cool", "okay,? cool"),  # Google
    "montana",  # Cortana
)
"""What wakes them all the same: Schönherr et al. 2020 (arXiv 2008.00508), and what testers saw."""
_WAKING: Final = re.compile(rf"\b({'|'.join((*_NAMES, _CALLED, *_MISHEARD))})\b", re.IGNORECASE)

_LIFTED: Final = {
    "en": re.compile(
        r"\b(?:raises?|lifts?|curls?|bridges?|thrusts?|shrugs?|deadlifts?|crunch)\b", re.I
    ),
    "de": re.compile(r"(?:heben|brücken?|lift|curls?|crunch)\b", re.I),
    "es": re.compile(r"\b(?:elevaci(?:ón|ones)|puentes?|curl|encogimientos?|peso muerto)\b", re.I),
    "fr": re.compile(r"\b(?:élévations?|relevés?|ponts?|curl|soulevés?|haussements?)\b", re.I),
}
"""Names, by language, of exercises that begin with the lift."""
_UP: Final = {
    "en": re.compile(r"(?:slowly )?(?:lift|raise|rise|(?:stand|push|press|come|curl) up)\b", re.I),
    "de": re.compile(r"(?:heb|steh auf|(?:komm|drück dich|roll dich) (?:\w+ )?(?:hoch|auf))", re.I),
    "es": re.compile(r"(?:levant[ae]|lev[aá]ntate|elev[ae]|sub[ae]|ponte de pie)\b", re.I),
    "fr": re.compile(r"(?:[ée]lev|soulev|relev|lev|mont|redress)ez\b", re.I),
}
"""First words, by language, of a movement that begins with the lift."""
_HINGED: Final = {
    "en": re.compile(
        r"\b(?:(?:(?:single|one)[- ]leg(?:ged)?|romanian|(?:stiff|straight)[- ]leg(?:ged)?) "
        r"(?:\w+ )*deadlifts?|(?:nordic|jefferson) (?:\w+ )*curls?)\b",
        re.I,
    ),
    "de": re.compile(
        r"(?:(?:einbeinig|rumänisch|gestreckt)\w* (?:\w+ )*(?:kreuzheben|deadlift)"
        r"|(?:nordic|jefferson)[- ](?:\w+[- ])*curls?)\b",
        re.I,
    ),
    "es": re.compile(
        r"\b(?:peso muerto (?:\w+ )*(?:una (?:sola )?pierna|unilateral|rumano|rígidas)"
        r"|curl (?:nórdico|jefferson))\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:soulevés? de terre (?:\w+ )*(?:une (?:seule )?jambe|unilatéral|roumain|tendues)"
        r"|(?:curl (?:nordique|jefferson)|(?:nordic|jefferson) curl))\b",
        re.I,
    ),
}
"""Names, by language, of exercises that are called by the lift, and begin high."""
_DOWN: Final = {
    "en": re.compile(
        r"(?:slowly )?(?:lower|hinge|sink|tip|lean|fold|bow|bend (?:forward|at)|let yourself)\b",
        re.I,
    ),
    "de": re.compile(r"(?:senk|sink|kipp|neig|(?:beug|lehn) dich|lass dich)", re.I),
    "es": re.compile(r"(?:baj[ae]|desciend[ae]|inclín[ae](?:te)?|déja?te caer)\b", re.I),
    "fr": re.compile(r"(?:descend|baiss|abaiss|pench|inclin|laissez-vous)", re.I),
}
"""First words, by language, of a movement that begins by going down."""
_HIGH: Final = (Position.STANDING, Position.SITTING_ON_CHAIR, Position.KNEELING)
"""Positions in which who goes down first is up already."""


def unread_texts(routine: Routine) -> Iterator[Problem]:
    """Texts with letters or symbols that no voice of the language can read."""
    for each in spoken(routine):
        if marks := unread(each.text, routine.language):
            message = (
                f"a voice that speaks {quoted(routine.language)} can't read {quoted(marks)} in "
                f"{quoted(each.text)}; write it in words of that language"
            )
            yield replace(routine.problem("", message), line=each.line, column=0)


def shorthand(routine: Routine) -> Iterator[Problem]:
    """Texts with shorthand that has no reading, and with what is left out when they are read."""
    for each in spoken(routine):
        if words := misread(each.text, routine.language):
            told = " and ".join(map(quoted, words))
            message = (
                f"nobody can tell how a voice reads {told} in {quoted(each.text)}; "
                "write it as it is to be said"
            )
            yield replace(routine.problem("", message), line=each.line, column=0)
        if unheard := addresses(each.text):
            told = " and ".join(map(quoted, unheard))
            message = (
                f"{told} in {quoted(each.text)} is not spoken, because nobody could use it by "
                "ear; leave it out, or say in words where to find it"
            )
            yield replace(routine.problem("", message), line=each.line, column=0)


def waking_texts(routine: Routine) -> Iterator[Problem]:
    """Texts that would wake an assistant in the middle of a session."""
    for each in spoken(routine):
        if found := waking(each.text):
            message = (
                f"an assistant may be woken by {quoted(found)} in {quoted(each.text)}; "
                "reword it if one is in earshot"
            )
            yield replace(routine.problem("", message), line=each.line, column=0)


def waking(text: str) -> str | None:
    """The part of a text that wakes an assistant, or sounds like it; None if there is none."""
    found = _WAKING.search(text)
    return found[0] if found else None


def stopped_clocks(routine: Routine) -> Iterator[Problem]:
    """Rounds of timed work, such as run and walk, whose clock stops between the exercises."""
    for group in _groups(routine.exercises):
        exercises = [each for each in group.exercises if isinstance(each, Exercise)]
        timed = all(each.work and each.set_count == 1 for each in exercises)
        there = len({each.position for each in exercises}) == 1
        if timed and there and len(exercises) > 1 and group.rest_between is None:
            message = (
                "the clock stops between its exercises, for a pause and a count-in before each; "
                "with rest_between: 0s they follow each other at once"
            )
            yield group.problem("exercises", message, "group")


def told_long_ahead(routine: Routine) -> Iterator[Problem]:
    """Circuits with so much explanation beforehand that nobody would remember it."""
    writer = Writer.of(routine)
    for scene in scenes(writer, routine):
        if scene.ahead and (time := lasting(writer, scene.ahead)) > LONGEST:
            *_, group = scene.turn.opens  # one by the clock holds no other
            rested = group.rest_between is not None
            less = "fewer words in place, setup and support"
            way = (
                f"with a longer rest_between, or {less}, each exercise is explained when its turn "
                "comes"
            )
            message = (
                f"about {time // 1000} s of explanation come before its first round, because its "
                f"rests have no time for it; {way if rested else f'use {less}'}"
            )
            yield group.problem("rest_between" if rested else "exercises", message, "group")


def long_starts(routine: Routine) -> Iterator[Problem]:
    """Positions whose way in alone keeps one waiting in them, even with nothing counted."""
    writer = Writer.of(routine)
    for exercise in routine.all_exercises():
        writer.obey(exercise)
        sides = (of_side(exercise.start, side) for side in ("right", "left"))
        ways = (tuple(with_turns(each, exercise.position, routine.language)) for each in sides)
        longest = max((entering(writer, start).held for start in ways if start), default=0)
        longest = longest * 10 // 11  # what is thought of a voice has a tenth too much
        if longest > LONGEST_HELD:
            message = (
                f"from its first word to the first beat it takes about {-(-longest // 1000)} s, "
                f"and nobody should wait for more than {LONGEST_HELD // 1000} s in a position that "
                "is tiring or unsafe; use fewer words, say in setup what can be said before, or "
                "give its first line a time if that is only the way there"
            )
            yield exercise.problem("start", message, f"exercise {quoted(exercise.name)}: start")


def _groups(steps: tuple[Step, ...]) -> Iterator[Group]:
    for step in steps:
        if isinstance(step, Group):
            yield step
            yield from _groups(step.exercises)


def uncounted(routine: Routine) -> Iterator[Problem]:
    """Tempos whose seconds would be counted if the reps were not numbered as well."""
    writer = Writer.of(routine)
    for exercise in routine.all_exercises():
        writer.obey(exercise)
        body = Body.of(writer, exercise)
        rhythm = Rhythm.of(body, body.blocks[0])
        if exercise.in_reps and not rhythm.counted and any(map(could_be_counted, rhythm.phases)):
            message = (
                "its seconds are not counted, because in such quick reps there is only room for "
                "the number of the rep; coaching: {count: every} counts them as well"
            )
            told = f"exercise {quoted(exercise.name)}: {exercise.way.field}"
            yield exercise.problem(exercise.way.field, message, told)


def lowered_first(routine: Routine) -> Iterator[Problem]:
    """Tempos, which begin with the way down, of exercises whose first movement goes up."""
    writer = Writer.of(routine)
    for exercise in routine.all_exercises():
        tempo = exercise.tempo
        led = exercise.start or (tempo and tempo.eccentric.say)
        if tempo is None or led or not _lifted(exercise, base(routine.language)):
            continue
        down = writer.phrases("cue.lower")
        own = tempo.concentric.say
        up = own if isinstance(own, str) else writer.phrases("cue.lift")
        phases = ((up, tempo.concentric), (None, tempo.top_pause), (down, tempo.eccentric))
        written = ", ".join(
            f"{{say: {word}, time: {phase.time}}}" if word else f"{{time: {phase.time}}}"
            for word, phase in phases
            if phase.time.natural
        )
        message = (
            f"each rep begins with {quoted(down)}, as a tempo does, and nobody is up yet; write "
            f"phases: [{written}] in its place, or a start that says how to get up first"
        )
        yield exercise.problem("tempo", message, f"exercise {quoted(exercise.name)}: tempo")


def _lifted(exercise: Exercise, language: str) -> bool:
    """Whether its name, or the first words of its movement, say that a rep begins with the lift.

    Not so one that is begun high, whose movement or name says that it goes down first.
    """
    if language not in _LIFTED:
        return False
    moved = exercise.movement[0].say if exercise.movement else ""
    hinged = _HINGED[language].search(exercise.name) and not _UP[language].match(moved)
    if exercise.position in _HIGH and (hinged or _DOWN[language].match(moved)):
        return False
    return bool(_LIFTED[language].search(exercise.name) or _UP[language].match(moved))
