"""Where the numbers fall, as a table that reads like the rules (docs: "Counting, exactly")."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from catalogues import plain
from hypothesis import given
from hypothesis import strategies as st

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.counting import Counter
from audiocoach.coaching.phrases import phrases_for
from audiocoach.coaching.writer import Writer
from audiocoach.routine.load import loads
from audiocoach.routine.times import Source
from audiocoach.timeline import Script
from audiocoach.timeline.script import Anchor, CueKind, Interval, Origin, Placement, Utterance


def counter() -> Counter:
    """One that says everything in its first wording."""
    return Counter(Writer(phrases_for("en"), Coaching(), "en"), Origin())


def onset(placement: Placement, length: int) -> int:
    """When a word begins (ms), in a time that lasts `length`."""
    if placement.anchor is Anchor.END:
        return length - placement.offset
    assert placement.anchor is Anchor.START
    return placement.offset


def allowed(length: int) -> int:
    """The longest silence (ms) in a time of so many ms."""
    if length <= 60_000:
        return 20_000
    return 40_000 if length <= 300_000 else 60_000


def words(placements: Iterable[Placement], length: int) -> str:
    """`0 One, 1 Two`: each word behind the second it falls on."""
    told = []
    for placement in placements:
        assert isinstance(placement.cue.sound, Utterance)
        told.append((onset(placement, length), plain(placement.cue.sound.text).rstrip(".")))
    return ", ".join(f"{at / 1000:g} {text}" for at, text in sorted(told))


@pytest.mark.parametrize(
    ("seconds", "first", "told"),
    [
        # Up to 5 s: every second, up.
        (1, "", "0 One"),
        (2, "", "0 One, 1 Two"),
        (3, "", "0 One, 1 Two, 2 Three"),
        (5, "", "0 One, 1 Two, 2 Three, 3 Four, 4 Five"),
        (3, "Lower", "0 Lower, 1 Two, 2 Three"),
        # 6 to 20 s: the seconds left, and halfway from 15 s on.
        (6, "", "0 Hold, 1 Five, 3 Three, 4 Two, 5 One"),
        (10, "", "0 Hold, 5 Five, 7 Three, 8 Two, 9 One"),
        (14, "Walk", "0 Walk, 9 Five, 11 Three, 12 Two, 13 One"),
        (16, "Walk", "0 Walk, 8 Halfway, 11 Five, 13 Three, 14 Two, 15 One"),
        (20, "Walk", "0 Walk, 10 Halfway, 15 Five, 17 Three, 18 Two, 19 One"),
        # Over 20 s: halfway, ten seconds, three, two, one.
        (24, "", "0 Hold, 12 Halfway, 14 Ten seconds, 21 Three, 22 Two, 23 One"),
        (30, "Go", "0 Go, 15 Halfway, 20 Ten seconds, 27 Three, 28 Two, 29 One"),
        # Longer still: never over 20 s unmarked.
        (
            60,
            "Go",
            "0 Go, 15 Let your breath settle, 30 Halfway, 50 Ten seconds, 57 Three, 58 Two, 59 One",
        ),
    ],
)
def test_a_held_time_is_counted_by_its_length(seconds: int, first: str, told: str) -> None:
    length = seconds * 1000
    assert words(counter().held(length, f"{first}." if first else ""), length) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        # About half of the rest, and never one number alone.
        (1, ""),
        (2, ""),
        (3, "1 Two, 2 One"),
        (4, "2 Two, 3 One"),
        (5, "3 Two, 4 One"),
        (6, "3 Three, 4 Two, 5 One"),
        (15, "12 Three, 13 Two, 14 One"),
        (19, "16 Three, 17 Two, 18 One"),
        (20, "10 Ten seconds, 17 Three, 18 Two, 19 One"),
        (30, "20 Ten seconds, 27 Three, 28 Two, 29 One"),
    ],
)
def test_a_rest_is_counted_out(seconds: int, told: str) -> None:
    length = seconds * 1000
    assert words(counter().into_work(length, length), length) == told


@pytest.mark.parametrize("seconds", [77, 118, 597])
def test_nothing_is_unmarked_for_long(seconds: int) -> None:
    length = seconds * 1000
    onsets = sorted({0, length, *(onset(each, length) for each in counter().held(length, ""))})
    assert max(after - before for before, after in pairwise(onsets)) <= allowed(length)


@pytest.mark.parametrize("length", [20_001, 21_000])
def test_halfway_and_ten_seconds_keep_apart(length: int) -> None:
    onsets = sorted(onset(each, length) for each in counter().held(length, ""))
    assert min(after - before for before, after in pairwise(onsets)) >= 1000


@given(length=st.integers(1, 20_000) | st.integers(24_000, 24 * 3_600_000))
def test_in_any_time_the_words_stand_apart_and_none_is_far_from_the_next(length: int) -> None:
    onsets = sorted(onset(each, length) for each in counter().held(length, ""))
    assert onsets[0] == 0
    assert onsets[-1] < length
    gaps = [after - before for before, after in pairwise([*onsets, length])]
    if length >= 6000:
        assert min(gaps) >= 500
    assert max(gaps) <= allowed(length)


@given(seconds=st.integers(6, 3600))
def test_down_counts_fall_at_the_second_they_name(seconds: int) -> None:
    length = seconds * 1000
    for placement in counter().held(length, "Go."):
        sound = placement.cue.sound
        assert isinstance(sound, Utterance)
        left = (length - onset(placement, length)) / 1000
        named = {"Five.": 5, "Three.": 3, "Two.": 2, "One.": 1, "Ten seconds.": 10}
        said = plain(sound.text)
        if said in named:
            assert left == named[said]
        elif said == "Halfway.":
            assert left == seconds / 2
        elif placement.cue.kind is CueKind.COUNTDOWN:
            assert left % 60 in (0, 30)
        elif placement.cue.kind is not CueKind.ORIENT:
            assert said == "Go."


# The word on beat N


def intervals(script: Script) -> list[Interval]:
    return [item for item in script.items if isinstance(item, Interval)]


def compiled(dose: str) -> Script:
    text = "title: T\nlanguage: en\nexercises:\n  - name: squat\n"
    return compile_script(loads(text + "".join(f"    {line}\n" for line in dose.splitlines())))


@pytest.mark.parametrize("seconds", [1, 3, 5, 6, 10, 20, 45, 120])
def test_the_release_word_falls_on_beat_n(seconds: int) -> None:
    found = intervals(compiled(f"reps: 2\nhold: {seconds}s"))
    holds = [index for index, each in enumerate(found) if each.name == "hold"]
    assert len(holds) == 2
    for index in holds:
        assert found[index].span.natural == seconds * 1000
        assert found[index].source is Source.PRESCRIBED
        release = found[index + 1].placements[0]
        assert (release.anchor, release.offset) == (Anchor.START, 0)
        assert release.cue.sound == Utterance("Release.", "en")


def test_every_countdown_ends_in_a_word_to_act_on() -> None:
    script = compiled("sets: 3\nwork: 30s\nrest: 20s\ngo: Walk")
    for index, item in enumerate(script.items):
        if not isinstance(item, Interval):
            continue
        last = item.placements[-1]
        if last.cue.sound != Utterance("One.", "en"):
            continue
        following = next(i for i in script.items[index + 1 :] if not hasattr(i, "title"))
        first = following.placements[0].cue if isinstance(following, Interval) else following
        assert "walk" in str(first).lower() or "stop" in str(first).lower() or "Rest" in str(first)


@pytest.mark.parametrize(
    "dose",
    [
        "hold: 3min",
        "work: 3min",
        "sets: 2\nhold: 1s\nrest: 2min",
        "sets: 2\nhold: 1s\nrest: 2min\nrest_after_last: true",
        "reps: 1\nphases: [{say: Lift, time: 1min}]",
        "reps: 2\nrep_duration: 1min",
        "reps: 1\nphases: [{say: Lift, time: ~1min}]",
    ],
)
def test_no_prescribed_time_is_silent_for_long(dose: str) -> None:
    """Onset to onset, with the lines that stand beside others left out."""
    for interval in intervals(compiled(dose)):
        length = interval.span.natural
        fixed = [
            each for each in interval.placements if each.anchor not in (Anchor.AFTER, Anchor.BEFORE)
        ]
        onsets = sorted({0, length, *(onset(each, length) for each in fixed)})
        longest = max(after - before for before, after in pairwise(onsets))
        assert longest <= allowed(interval.span.maximum), interval.name
