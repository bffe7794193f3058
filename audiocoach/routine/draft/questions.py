"""The questions that a draft leaves to a person, by the word for each doubt."""

from __future__ import annotations

from typing import Final

QUESTION: Final = "# check:"
"""What a line with a question begins with."""
QUESTIONS: Final = {
    "bound": "a limit or a start, not a fixed figure: what is right for you now?",
    "vague": "the text is not exact: how many, or how long, exactly?",
    "counts": "counts of a movement: as many reps, or as many seconds?",
    "several": "the text says different figures: which one holds?",
    "elliptic": "the unit is not said: are these seconds?",
    "levels": "another figure for other people: which one holds for you?",
    "affected": "which side is it? `build` asks, or takes --affected",
    "one side": "no other side is named: is this one done alone?",
    "two ways": "the text leaves the choice: which position?",
    "posture": "as in the exercise before: is that meant?",
    "as above": "the text says 'as above': does the timing hold here too?",
    "all": "said once for all exercises: does it hold for this one?",
    "times again": "as long once more: a second rep, the other way, or the other side?",
    "once more": "is the first time included, or does it come on top?",
    "distance": "the text gives a distance or no time: how long does it take?",
    "able": "as many or as long as possible: what is right for you now?",
    "phase word": "which part of the movement does this time belong to?",
    "name": "is this an exercise, and what is it called?",
    "refused": "the text seems to say not to do this one: is it to be left out?",
    "tempo": "three digits: lower, pause, lift?",
    "changes": "the schedule changes with time: which part holds now?",
    "both ways": "the other way: is that the other side?",
    "for all": "is the whole session done as often?",
    "both feet": "both at once, or one after the other?",
    "rest place": "between reps, or between sets?",
    "work or hold": "is this held still, or done for that long?",
    "choice": "the text names more than one: which one?",
    "writer": "the writer's figure is not in the words it gave",
    "last only": "said of the last one alone: leave it out, or make it an exercise?",
    "length": "is this the length of the session?",
    "out of reach": "as drafted, a session can't be that long; what is missing, or too much?",
    "title": "only the title says so: is this the length of the session?",
    "minutes": "the minutes are shared out among the exercises: is that meant?",
    "order": "one side after the other, or by turns, rep by rep?",
    "one or both": "one side at a time, or both together?",
    "conflict": "this and how often the whole session is done: how do they go together?",
    "beside": "another number stands beside it that was not understood: does this hold?",
    "unlikely": "hardly ever prescribed: is that meant?",
    "members": "which exercises belong to these rounds?",
    "variants": "one way and the other: are these two variants, one after the other?",
    "by turns": "only the letters tell: are these done by turns, a set of each?",
    "range": "a range, and the format has one number: which one?",
    "columns": "more cells than the head of the table has: do the columns fit?",
    "apiece": "so many in each set, or on each side?",
    "both sides": "the text counts both sides together: is it half of them on each?",
    "guess": "the words do not tell for certain: is this what it means?",
    "by the clock": "ours; rounds by the clock need a fixed time",
    "as many rounds": "as many rounds as fit into that time: how many are yours?",
    "whole": "is this said of the one exercise, or of all so far?",
    "no dose": "the text gives no dose: how many, or how long?",
}
"""What is asked, by the doubt."""


def question(doubt: str) -> str:
    """The question of a doubt; a doubt that is no word of the list is a question itself."""
    return QUESTIONS.get(doubt, doubt)


def open_questions(routine: str) -> list[int]:
    """The lines of a routine file that still ask a question of its draft."""
    lines = enumerate(routine.splitlines(), start=1)
    return [number for number, line in lines if line.lstrip().startswith(QUESTION)]
