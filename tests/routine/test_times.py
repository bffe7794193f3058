"""Times: what may be written, how it is read back, and what is said about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.routine.times import LONGEST_MS, Source, Time, breaths, parse_ms, parse_time
from audiocoach.wording import clock

HINT = "write it with its unit, such as 3s, 1:30, 2min or 500ms"


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("3s", 3000),
        ("3 s", 3000),
        ("3\N{NO-BREAK SPACE}s", 3000),
        (" 3s\n", 3000),
        ("500ms", 500),
        ("1.5s", 1500),
        ("2min", 120_000),
        ("1.5min", 90_000),
        ("0.0005h", 1800),
        ("1h", 3_600_000),
        ("1:30", 90_000),
        ("90:00", 5_400_000),
        ("1:00:00", 3_600_000),
        ("010s", 10_000),
        ("0s", 0),
        ("24h", LONGEST_MS),
        ("60 seconds", 60_000),
        ("90 sec", 90_000),
        ("45secs", 45_000),
        ("1 second", 1000),
        ("250 milliseconds", 250),
        ("20m", 1_200_000),
        ("1 minute", 60_000),
        ("2 mins", 120_000),
        ("1.5 minutes", 90_000),
        ("1 hour", 3_600_000),
        ("2 hrs", 7_200_000),
        ("1min 30s", 90_000),
        ("1m30s", 90_000),
        ("1 h 5 min", 3_900_000),
        ("1 minute 0.5 seconds", 60_500),
    ],
)
def test_a_prescribed_time(text: str, ms: int) -> None:
    assert parse_ms(text) == ms
    assert parse_time(text) == Time.prescribed(ms)


@pytest.mark.parametrize(
    "text",
    [
        *("10-15s", "10s-15s", "10 - 15 s", "10\N{EN DASH}15s"),
        *("10 to 15s", "10s to 15 seconds", "10-15 secs", "0:10 to 15s", "10s  to  0min 15s"),
    ],
)
def test_a_range_is_told_at_its_longer_end(text: str) -> None:
    assert parse_time(text) == Time(10_000, 15_000, 15_000, Source.RANGE)


@pytest.mark.parametrize("text", ["~3s (2-5s)", "~3s(2s\N{EN DASH}5s)", "~ 3 s ( 2 - 5 s )"])
def test_an_editorial_time_with_limits(text: str) -> None:
    assert parse_time(text) == Time.editorial(2000, 3000, 5000)


def test_an_editorial_time_without_limits_may_shrink_by_a_third_and_grow_by_a_half() -> None:
    assert parse_time("~3s") == Time.editorial(2000, 3000, 4500)
    assert parse_time("~20h").maximum == LONGEST_MS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("15", f"'15' has no unit; {HINT}"),
        ("1.5", f"'1.5' has no unit; {HINT}"),
        ("", f"is not a time; {HINT}"),
        ("-", f"'-' is not a time; {HINT}"),
        ("soon", f"'soon' is not a time; {HINT}"),
        ("1e3", f"'1e3' is not a time; {HINT}"),
        ("1:5", f"'1:5' is not a time; {HINT}"),
        ("٣s", f"'٣s' is not a time; {HINT}"),
        ("x" * 100, f"'{'x' * 59}…' is not a time; {HINT}"),
        ("~" + " " * 1_000_000 + "(", f"'~{' ' * 58}…' is not a time; {HINT}"),
        ("-3s", f"'-3s' is below zero; {HINT}"),
        ("3 reps", "'3 reps': 'reps' is not a unit; the units are ms, s, min and h"),
        ("3M", "'3M': 'M' is not a unit; the units are ms, s, min and h"),
        ("30s 2min", f"'30s 2min' is not a time; {HINT}"),
        ("2m30", f"'2m30' is not a time; {HINT}"),
        ("1-2min 30s", "'1-2min 30s' has no unit; write it with its unit, such as 10-15s"),
        ("3,5s", "'3,5s' has a decimal comma; write a point, as in 1.5s"),
        ("0.5ms", "'0.5ms' is finer than a millisecond"),
        ("1:75", "'1:75' has more than 59 after a colon"),
        ("1:75:00", "'1:75:00' has more than 59 after a colon"),
        ("25h", "a time can be 24 hours at most"),
        ("999999999999h", "a time can be 24 hours at most"),
        ("10-15", "'10-15' has no unit; write it with its unit, such as 10-15s"),
        ("10s-15", f"'15' has no unit; {HINT}"),
        ("15-10s", "the range '15-10s' must go from a shorter to a longer time"),
        ("10-10s", "the range '10-10s' must go from a shorter to a longer time"),
        ("3-", "'3-' is not a range; write two times, such as 10-15s"),
        ("1-2-3s", "'1-2-3s' is not a range; write two times, such as 10-15s"),
        ("~", "'~' is not an editorial time; write it as ~3s or ~3s (2-5s)"),
        ("~2-5s", "'~2-5s' is not an editorial time; write it as ~3s or ~3s (2-5s)"),
        ("~3s (2-5s", "'~3s (2-5s' is not an editorial time; write it as ~3s or ~3s (2-5s)"),
        ("~3s (3s)", "'3s' is not a range; write two times, such as 10-15s"),
        ("~3", f"'3' has no unit; {HINT}"),
        ("~9s (2-5s)", "'~9s (2-5s)': the natural time must lie inside its limits"),
        ("~0s", "'~0s' must be longer than zero, or have limits: ~0s (0-5s)"),
    ],
)
def test_what_is_no_time_says_what_is(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_time(text)
    assert str(caught.value) == message


FIXED = (Time.prescribed(4000), Time.prescribed(6000))
FREE = (Time.editorial(3000, 4000, 6000), Time.prescribed(6000))


@pytest.mark.parametrize(
    ("text", "breath", "time"),
    [
        ("inhale", FIXED, Time.prescribed(4000)),
        ("exhale", FIXED, Time.prescribed(6000)),
        ("1 breath", FIXED, Time.prescribed(10_000)),
        (" 5  breaths", FIXED, Time.prescribed(50_000)),
        ("999 breaths", FIXED, Time.prescribed(9_990_000)),
        ("inhale", FREE, FREE[0]),
        ("exhale", FREE, Time.prescribed(6000)),
        ("2 breaths", FREE, Time.editorial(18_000, 20_000, 24_000)),
    ],
)
def test_a_time_in_breaths(text: str, breath: tuple[Time, Time], time: Time) -> None:
    assert breaths(text, breath) == time


@pytest.mark.parametrize("text", ["3s", "~3s (2-5s)", "soon", "", "-", "1:30"])
def test_other_times_are_none_in_breaths(text: str) -> None:
    assert breaths(text, FIXED) is None
    assert breaths(text, None) is None


NO_BREATHS = "is not a time in breaths; write inhale, exhale or 5 breaths"


@pytest.mark.parametrize(
    ("text", "breath", "message"),
    [
        ("0 breaths", FIXED, NO_BREATHS),
        ("1000 breaths", FIXED, NO_BREATHS),
        ("1.5 breaths", FIXED, NO_BREATHS),
        ("3-5 breaths", FIXED, NO_BREATHS),
        ("~5 breaths", FIXED, NO_BREATHS),
        ("Inhale", None, NO_BREATHS),
        ("901 breaths", (Time.prescribed(90_000), FIXED[1]), "a time can be 24 hours at most"),
        (
            "5 breaths",
            None,
            "is a time in breaths, so the routine must say how long one is: "
            "breath: {inhale: 4s, exhale: 4s}",
        ),
    ],
)
def test_what_is_no_time_in_breaths_says_what_is(
    text: str, breath: tuple[Time, Time] | None, message: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        breaths(text, breath)
    assert str(caught.value) == message


MS = st.integers(0, LONGEST_MS)
TIMES = st.one_of(
    st.builds(Time.prescribed, MS),
    st.lists(MS, min_size=2, max_size=2, unique=True)
    .map(sorted)
    .map(lambda ends: Time(ends[0], ends[1], ends[1], Source.RANGE)),
    st.lists(MS, min_size=3, max_size=3)
    .map(sorted)
    .filter(lambda ends: ends[0] < ends[2])
    .map(lambda ends: Time.editorial(*ends)),
)


@given(TIMES)
def test_a_time_is_written_so_that_it_reads_back(time: Time) -> None:
    assert parse_time(str(time)) == time


@given(st.text(alphabet="0123456789.:-~() smhin", max_size=15))
def test_any_text_is_a_time_within_its_limits_or_an_error(text: str) -> None:
    try:
        time = parse_time(text)
    except ValueError:
        return
    assert 0 <= time.minimum <= time.natural <= time.maximum <= LONGEST_MS
    assert parse_time(str(time)) == time


def test_a_position_has_thousandths_only_where_there_are_any() -> None:
    assert (clock(61_000), clock(61_050), clock(3_600_000)) == ("1:01", "1:01.050", "1:00:00")
