"""What is certain of a cue that begins beside its place, and may sound alike all around it."""

from __future__ import annotations

import pytest

from audiocoach.verify.checks import ONSET_MS, _beyond


@pytest.mark.parametrize(
    ("apart", "slack", "certain"),
    [
        (12, 0, 12),
        (-12, ONSET_MS, -12),  # speech: its place is known to a few milliseconds
        (59, 60, 0),
        (-59, 60, 0),
        (90, 60, 30),
        (-90, 60, -30),
    ],
)
def test_a_bell_that_rings_on_is_late_only_where_that_is_certain(
    apart: int, slack: int, certain: int
) -> None:
    assert _beyond(apart, slack) == certain
