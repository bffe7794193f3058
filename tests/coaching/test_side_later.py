"""Where a side moves only later in its rep, its name alone is no order before it."""

from __future__ import annotations

import pytest
from heard_in import timeline
from heard_reps import text

from audiocoach.coaching.phrases import languages, phrases_for

FLOW = (
    "phases: [{say: Arms up, time: ~4s (3-6s)}, {say: {right: Right back, left: Left back},"
    " time: ~4s (3-6s)}, {say: Arms down, time: ~4s (3-6s)}]"
)


def turns(language: str, dose: str) -> tuple[list[str], list[str]]:
    """All that is heard, and which sides are told as those of this time."""
    of = timeline(f"- {{name: X, sides: alternating, {dose}}}", language, 90)
    heard = [text(each) for each in of.cues]
    before, _, _ = phrases_for(language)("cue.turn-of-side", side="…").partition("…")
    return heard, [each.partition(before)[2] for each in heard if before in each]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reps", [1, 3])
def test_the_side_is_told_as_that_of_this_time(language: str, reps: int) -> None:
    """ "Left foot." ten seconds before the left foot moves has it moved at once."""
    heard, sides = turns(language, f"reps: {reps}, {FLOW}")
    assert len(sides) == 2 * reps - 1
    assert not {f"{each[:1].upper()}{each[1:]}" for each in sides} & {*heard}


@pytest.mark.parametrize("language", languages())
def test_a_side_that_moves_at_once_is_told_by_itself(language: str) -> None:
    heard, sides = turns(language, "reps: 3, hold: 3s")
    assert heard
    assert not sides
