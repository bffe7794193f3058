from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.server.ranges import plan

SIZE = 1000
TAG = '"abc"'


def asked(**headers: str) -> tuple[int, int, int]:
    planned = plan(SIZE, TAG, {name.replace("_", "-"): text for name, text in headers.items()})
    return planned.status, planned.start, planned.stop


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("bytes=0-", (206, 0, 1000)),
        ("bytes=0-0", (206, 0, 1)),
        ("bytes=10-19", (206, 10, 20)),
        ("Bytes = 10-19 ", (206, 10, 20)),
        ("bytes=990-2000", (206, 990, 1000)),
        ("bytes=-1", (206, 999, 1000)),
        ("bytes=-5000", (206, 0, 1000)),
        ("bytes=999-999", (206, 999, 1000)),
        ("bytes=1000-", (416, 0, 0)),
        ("bytes=-0", (416, 0, 0)),
        # What means nothing, or two things at once, is as if it were not there.
        ("bytes=20-10", (200, 0, 1000)),
        ("bytes=-", (200, 0, 1000)),
        ("bytes=0-1,5-6", (200, 0, 1000)),
        ("bytes=a-b", (200, 0, 1000)),
        ("lines=0-5", (200, 0, 1000)),
        ("bytes=" + "9" * 30 + "-", (200, 0, 1000)),
        ("bytes=٣-", (200, 0, 1000)),
    ],
)
def test_ranges(wanted: str, answer: tuple[int, int, int]) -> None:
    assert asked(range=wanted) == answer


def test_conditions() -> None:
    assert asked(range="bytes=1-2", if_range=TAG) == (206, 1, 3)
    assert asked(range="bytes=1-2", if_range='"other"') == (200, 0, 1000)
    assert asked(range="bytes=1-2", if_range="Sun, 29 Nov 2026 19:31:39 GMT") == (200, 0, 1000)
    assert asked(range="bytes=1-2", if_range=f"W/{TAG}") == (200, 0, 1000)
    assert asked(if_none_match=TAG) == asked(if_none_match=f'"x", W/{TAG}') == (304, 0, 0)
    assert asked(if_none_match="*") == (304, 0, 0)
    assert (
        asked(if_none_match='"x"') == asked(if_match=TAG) == asked(if_match="*") == (200, 0, 1000)
    )
    assert asked(if_match='"x"') == (412, 0, 0)


@given(st.integers(0, 50), st.text(alphabet="bytes=-, 0123456789", max_size=20))
def test_what_is_told_is_what_is_sent(size: int, wanted: str) -> None:
    planned = plan(size, TAG, {"range": wanted})
    assert 0 <= planned.start <= planned.stop <= size
    assert planned.headers["content-length"] == str(planned.stop - planned.start)
    if planned.status == 206:
        bounds = f"bytes {planned.start}-{planned.stop - 1}/{size}"
        assert planned.headers["content-range"] == bounds
    elif planned.status == 416:
        assert planned.headers["content-range"] == f"bytes */{size}"
    else:
        assert (planned.status, planned.start, planned.stop) == (200, 0, size)
