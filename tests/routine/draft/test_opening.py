"""What a note says of some exercises, or of all before they begin, holds for these."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import drafted_text

LISTED = """1. Heel slide
Slide the heel. 10 times.

2. Leg lift
Lift it. 10 times.

3. Step-up
Step up. 10 times.
"""
HOURLY = """1. Heel slide
Slide the heel. Do this one hourly.

2. Leg lift
Lift it and hold for 5 s.
"""


def read_with(opening: str, field: str) -> list[Any]:
    """The value and the doubt of a field of each exercise below an opening."""
    draft = drafted_text(f"My knee\n\n{opening}\n\n{LISTED}", language="en")
    figures = [each.figures.get(field) for each in draft.exercises]
    return [made and (made.value, made.doubt) for made in figures]


@pytest.mark.parametrize(
    "opening",
    [
        "The first two exercises are for both legs; the rest is for your new knee only.",
        "The first two moves are for both legs; the others are just for the bad leg.",
    ],
)
def test_a_side_is_given_to_those_that_are_meant(opening: str) -> None:
    assert read_with(opening, "sides") == [None, None, ("affected", "affected")]


@pytest.mark.parametrize(
    "opening",
    [
        "Start lying on your back; later, do them sitting.",
        "How to begin: lie on your back, knees bent.",
        "Practise lying on your back.",
    ],
)
def test_a_position_before_the_exercises_is_asked_about(opening: str) -> None:
    assert [made and made[0] for made in read_with(opening, "position")] == ["lying on back"] * 3
    assert all(made[1] for made in read_with(opening, "position"))


@pytest.mark.parametrize(
    "opening",
    [
        "I used to sit on a chair all day.",
        "If you can't lie on your back, ask us.",
    ],
)
def test_a_position_that_is_only_mentioned_is_none(opening: str) -> None:
    assert read_with(opening, "position") == [None, None, None]


def test_a_frequency_for_the_others_is_theirs() -> None:
    draft = drafted_text(
        f"My knee\n\nDo 10 of each, three times a day, unless it says something else.\n\n{HOURLY}",
        language="en",
    )
    told = [each.value("schedule") for each in draft.exercises]
    assert told == [{"every": "hour"}, {"times": 3, "per": "day"}]
    assert "schedule" not in draft.figures


def test_a_frequency_of_the_session_stays_its_own() -> None:
    draft = drafted_text(
        f"My knee\n\nDo 10 of each exercise. Go through the sheet three times a day.\n\n{HOURLY}",
        language="en",
    )
    assert draft.figures["schedule"].value == {"times": 3, "per": "day"}
