"""What the two texts of the foot routines prescribe, written down by hand with the quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ears import IN_SECONDS, NUMBERS, SIDES
from score import (
    EXACT,
    ROUGH,
    Finding,
    Heard,
    Measure,
    Rhythm,
    Score,
    check_beats,
    check_every_slot,
    check_no_other_count,
    check_nothing_extra,
    check_rhythms,
    check_same_sounds,
    clock,
)

PRESS, WALK, CIRCLES, FLEXION, PICKUP = "press", "walk", "circles", "flexion", "pickup"


@dataclass(frozen=True)
class Source:
    """What one of the two texts says, where they differ."""

    name: str
    order: tuple[str, ...]
    rest: tuple[float, float]
    """Seconds of rest between two walks, from and to."""
    circle_blocks: tuple[str, ...]
    """The leg of each block of ten circles."""


FOOT_CARE = Source(
    name="foot-care",
    # "Toe Press", "Ankle Circles", "Toe Walking", "Resisted Flexion", "Toe Pencil Pickups"
    order=(PRESS, CIRCLES, WALK, FLEXION, PICKUP),
    # "Walk forward for 20 seconds, and then rest for 15 seconds."
    rest=(15.0, 15.0),
    # "rotate the leg's ankle clockwise for 10 counts. Afterward, repeat the exercise with the
    # other leg."
    circle_blocks=("right", "left"),
)
FOOT_RELIEF = Source(
    name="foot-relief",
    # "1. Toe Presses", "2. Toe Walking", "3. Ankle Circles", "4. Resisted Flexion", "5. Toe …"
    order=(PRESS, WALK, CIRCLES, FLEXION, PICKUP),
    # "walk forward for 20 seconds. Once you have completed this walk, rest for 10-15 seconds."
    rest=(10.0, 15.0),
    # "clockwise for 10 counts. Then, rotate the extended leg's ankle counterclockwise for 10
    # counts. Switch legs and repeat."
    circle_blocks=("right", "right", "left", "left"),
)
SOURCES = {source.name: source for source in (FOOT_CARE, FOOT_RELIEF)}

# "grip the floor with your toes and hold this position for a count of three … 10 reps"
PRESS_REPS, PRESS_HOLD = 10, 3
# "Flex your feet backward and hold the position for 5 counts … 10 repetitions"
FLEXION_REPS, FLEXION_HOLD = 10, 5
# "hold it for 10 seconds … repeat this exercise 5 times with both of your feet"
PICKUP_REPS, PICKUP_HOLD = 5, 10
# "hold it for 10 seconds, and release it afterward", "hold for 10 seconds, then drop it": one
# word for both, as "let go", on one leg with a hand on the wall, could be the wall.
PICKUP_END = "drop"
# "Walk forward for 20 seconds … Repeat this exercise five more times."
WALKS, WALK_SECONDS = 6, 20
# "clockwise for 10 counts": ten circles of 2 to 4 s, each counted as it begins
CIRCLE_SECONDS = (2.0, 4.0)

# Counting rules: a hold of up to 5 s is counted up, a number each second; 6 to 20 s has the
# seconds left, five and three, two, one; 20 s has halfway too. Repetitions are never bare
# numbers: "number four", halfway after half of six or more, the last two announced.
WALK_CALLS = ((10.0, "halfway"), (15.0, "five"), (17.0, "three"), (18.0, "two"), (19.0, "one"))
PICKUP_CALLS = ((5.0, "five"), (7.0, "three"), (8.0, "two"), (9.0, "one"))
BETWEEN_TEN_REPS = (
    "number two", "number three", "number four", "number five", "halfway",
    "number seven", "number eight", "two to go", "last one",
)  # fmt: skip
BETWEEN_FIVE_REPS = ("number two", "number three", "two to go", "last one")


def score_of(source: Source) -> Score:
    """What has to be heard in a session, by its text."""
    score = Score()
    write: dict[str, Callable[[], None]] = {
        PRESS: lambda: _reps(score, PRESS, ("grip", "release"), PRESS_REPS, PRESS_HOLD),
        FLEXION: lambda: _reps(score, FLEXION, ("pull", "ease back"), FLEXION_REPS, FLEXION_HOLD),
        WALK: lambda: _walks(score, source),
        CIRCLES: lambda: _circle_blocks(score, source),
        PICKUP: lambda: _pickups(score),
    }
    for part in source.order:
        write[part]()
    return score


def _reps(score: Score, part: str, words: tuple[str, str], reps: int, hold: int) -> None:
    """Action, a number each second from the start of the hold, release on the next beat."""
    action, release = words
    first = act = score.count_in(part, action)
    for rep in range(reps):
        if rep:
            score.add(BETWEEN_TEN_REPS[rep - 1], 0.5, 3.0, part)
            act = score.add(action, 0.5, 6.0, part)
        beats = [(score.add("one", 0.5, 3.0, part), 0.0)]
        beats += [(score.beat(NUMBERS[n], 1.0, part), float(n)) for n in range(1, hold)]
        beats.append((score.beat(release, 1.0, part), float(hold)))
        score.measures.append(Measure(f"{part}: hold {rep + 1}", tuple(beats)))
        score.closed.append((f"{part}: repetition {rep + 1}", act, beats[-1][0]))
    score.closed.append((f"{part}: {reps} repetitions", first, len(score.slots) - 1))


def _walks(score: Score, source: Source) -> None:
    walk = score.count_in(WALK, "walk")
    for bout in range(1, WALKS + 1):
        end = (float(WALK_SECONDS), "heels down")
        down = score.calls(f"walk: bout {bout}", walk, (*WALK_CALLS, end))
        if bout == WALKS:
            return
        score.add("rest", 0.3, 3.0, WALK, required=False)
        spoken = score.add("fifteen seconds", 0.3, 3.0, WALK)
        shortest, longest = source.rest
        three = score.add("three", shortest - 9, longest - 3, WALK)
        walk = score.counted_down(WALK, "walk", three)
        score.rests.append((down, spoken, walk))


def _circle_blocks(score: Score, source: Source) -> None:
    leg = None
    for block, side in enumerate(source.circle_blocks, start=1):
        if side != leg:
            circle = score.count_in(CIRCLES, "circle", f"{side} leg", start=["leg straight up"])
        else:  # it stays up
            circle = score.count_in(CIRCLES, "circle", ready="now the other way")
        leg = side
        counts = [circle]
        counts += [score.add(number, *CIRCLE_SECONDS, CIRCLES) for number in NUMBERS[1:]]
        score.rhythms.append(Rhythm(f"circles: block {block}", counts, *CIRCLE_SECONDS))
        score.closed.append((f"circles: block {block}", circle, counts[-2]))  # then "last one"


def _pickups(score: Score) -> None:
    for side in SIDES:
        start = [f"set your {side} toes on the pencil"]
        grip = score.count_in(PICKUP, "grip the pencil", f"{side} foot", start=start)
        first = grip
        for rep in range(1, PICKUP_REPS + 1):
            if rep > 1:
                score.add(BETWEEN_FIVE_REPS[rep - 2], 0.5, 3.0, PICKUP)
                grip = score.add("grip the pencil", 0.5, 6.0, PICKUP)
            score.add("lift", 1.0, 8.0, PICKUP)
            hold = score.add("hold", 1.0, 5.0, PICKUP)
            name = f"pickup: {side} {rep}"
            score.calls(name, hold, (*PICKUP_CALLS, (float(PICKUP_HOLD), PICKUP_END)))
        name = f"pickup: {PICKUP_REPS} on the {side}"
        score.closed.append((name, first, len(score.slots) - 1))


def check_rests(heard: Heard, source: Source, chapters: Sequence[float]) -> list[Finding]:
    """Five rests as prescribed; after the sixth walk as long before anything is asked.

    What comes first after it is the next exercise's name, and with it a chapter: until then
    no count and no order may be heard.
    """
    findings = []
    for down, spoken, walk in heard.score.rests:
        start, end = heard.time(down), heard.time(walk)
        if start is None or end is None:
            continue
        rest, at = end - start, clock(start)
        if not source.rest[0] - EXACT <= rest <= source.rest[1] + EXACT:
            findings.append(f"walk: a rest of {rest:.3f} s at {at}")
        segment = heard.filled[spoken]
        if heard.words is not None and segment is not None:
            said = IN_SECONDS.get(heard.words[segment].removesuffix(" seconds"))
            if said is not None and abs(rest - said) > EXACT:
                findings.append(f"walk: {said:.0f} s of rest said, {rest:.3f} s given at {at}")
    over = heard.time(last_walk_over(heard))
    if over is not None:
        nothing_asked = min(chapter for chapter in chapters if chapter > over) - over
        if nothing_asked < source.rest[0] - EXACT:
            findings.append(f"walk: only {nothing_asked:.3f} s after the last one")
    return findings


def last_walk_over(heard: Heard) -> int:
    return max(n for n, slot in enumerate(heard.score.slots) if slot.word == "heels down")


def check_number_of_walks(heard: Heard) -> list[Finding]:
    """Six times the acoustic pattern of a walk, wherever in the session it is."""
    return _patterns(heard, [0.0, *(at for at, _ in WALK_CALLS), float(WALK_SECONDS)], WALKS)


def check_number_of_pickups(heard: Heard) -> list[Finding]:
    """Five and five times the acoustic pattern of a pickup's hold; a walk ends in it too."""
    beats = [0.0, *(at for at, _ in PICKUP_CALLS), float(PICKUP_HOLD)]
    return _patterns(heard, beats, 2 * PICKUP_REPS + WALKS)


def _patterns(heard: Heard, beats: list[float], expected: int) -> list[Finding]:
    """How often a pattern of words comes, roughly, with nothing else in it."""
    times = np.array([segment.at for segment in heard.segments])
    windows = np.lib.stride_tricks.sliding_window_view(times, len(beats))
    found = int(np.all(np.abs(windows - windows[:, :1] - beats) <= ROUGH, axis=1).sum())
    if found == expected:
        return []
    return [f"{found} holds or walks of {beats[-1]:.0f} s instead of {expected}"]


BEAT_CHECKS: tuple[Callable[[Heard], list[Finding]], ...] = (
    check_every_slot,
    check_beats,
    check_rhythms,
    check_nothing_extra,
    check_no_other_count,
    check_number_of_walks,
    check_number_of_pickups,
    check_same_sounds,
)
