"""Which words are heard inside a time, and when: never two at once, the important ones first."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import note_text
from audiocoach.routine.times import Source
from audiocoach.timeline import placing
from audiocoach.timeline.placing import (
    ANNOUNCED_MS,
    BEAT_MS,
    SEPARATION_MS,
    Cast,
    cast_gap,
    cast_interval,
    leads,
    limits,
    needed,
)
from audiocoach.timeline.script import (
    FRAME_MS,
    Anchor,
    Chime,
    Cue,
    CueKind,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Origin,
    Placement,
    Script,
    Sound,
    Span,
    Utterance,
    Wait,
)

HIGH, LOW = 90, 10


def word(text: str) -> Utterance:
    return Utterance(text, "en")


def placed(
    text: str, priority: int, offset: int = 0, anchor: Anchor = Anchor.START, line: int = 0
) -> Placement:
    cue = Cue(word(text), CueKind.ACTION, Origin(line), priority=priority)
    return Placement(cue, anchor, offset)


def with_shorter(placement: Placement, *texts: str) -> Placement:
    """The same, with shorter forms of its cue."""
    return replace(placement, cue=replace(placement.cue, shorter=tuple(map(word, texts))))


def of_kind(kind: CueKind, placement: Placement) -> Placement:
    """The same, its cue of another kind."""
    return replace(placement, cue=replace(placement.cue, kind=kind))


def interval(*placements: Placement) -> Interval:
    return Interval(
        Span(0, 5000, 60_000), Glue.TEMPO, Source.EDITORIAL, IntervalKind.HOLD, placements
    )


def cast(length: int, lengths: dict[str, int], *placements: Placement) -> Cast:
    sounds: dict[Sound, int] = {word(text): ms for text, ms in lengths.items()}
    return cast_interval(interval(*placements), length, sounds)


def heard(found: Cast) -> list[tuple[int, str]]:
    return [(cue.offset, getattr(cue.sound, "text", "")) for cue in found.cues]


def told(found: Cast) -> tuple[str, ...]:
    """The notes as they are reported."""
    return tuple(note_text(note, phrases_for("en")) for note in found.notes)


# Anchors


def test_offsets_are_from_the_start_from_the_end_and_from_the_word_before() -> None:
    found = cast(
        10_000,
        {"go": 400, "then": 600, "three": 300},
        placed("go", HIGH, 100),
        placed("then", LOW, 480, Anchor.AFTER),
        placed("three", HIGH, 3000, Anchor.END),
    )
    assert heard(found) == [(100, "go"), (980, "then"), (7000, "three")]
    assert found.notes == ()


def test_a_cue_may_speak_the_length_it_stands_in() -> None:
    choices = tuple((ms, word(f"{ms}")) for ms in (10_000, 11_000))
    cue = Cue(word("long"), CueKind.REST, choices=choices)
    lengths: dict[Sound, int] = {word(text): 500 for text in ("long", "10000", "11000")}
    for length, text in ((10_000, "10000"), (11_000, "11000"), (12_000, "long")):
        assert heard(cast_interval(interval(Placement(cue)), length, lengths)) == [(0, text)]


def test_what_stands_at_an_instant_is_placed_by_its_beat() -> None:
    """Late ones begin sooner; what follows a word follows it as it did."""
    sounds: dict[Sound, int] = {word("go"): 400, word("then"): 600, word("three"): 300}
    ahead = leads({word("go"): 50, word("then"): 20, word("three"): BEAT_MS + 30})
    found = cast_interval(
        interval(
            placed("go", HIGH, 100),
            placed("then", LOW, 480, Anchor.AFTER),
            placed("three", HIGH, 3000, Anchor.END),
        ),
        10_000,
        sounds,
        ahead,
    )
    first = 100 + BEAT_MS - 50
    assert heard(found) == [(first, "go"), (first + 880, "then"), (7000, "three")]
    assert [cue.on_beat for cue in found.cues] == [True, False, True]


def test_words_have_room_from_their_beat_to_the_start_of_the_next() -> None:
    told = interval(placed("seven", HIGH, 0), placed("eight", HIGH, 1000))
    rigid = replace(told, span=Span.exactly(2000))
    script = Script("T", "en", (rigid,))
    found = limits(script, {word("seven"): 150, word("eight"): 70})
    assert found == {
        word("seven"): 1000 - SEPARATION_MS - 70,
        word("eight"): 1000 - SEPARATION_MS - BEAT_MS,
    }


# Who gives way


def left_out(kinds: tuple[CueKind, CueKind], first: int, second: int) -> tuple[str, ...]:
    """The notes where a word of one priority runs into one of another."""
    found = cast(
        3000,
        {"a": 1000, "b": 500},
        of_kind(kinds[0], placed("a", first, 0, line=7)),
        of_kind(kinds[1], placed("b", second, 900, line=8)),
    )
    ((_, kept),) = heard(found)
    assert kept == ("b" if second > first else "a")
    return told(found)


@pytest.mark.parametrize("first", CueKind)
@pytest.mark.parametrize("second", CueKind)
def test_of_two_that_overlap_the_more_important_is_heard(first: CueKind, second: CueKind) -> None:
    """Whatever they are for: what matters is in their priority alone."""
    out = "is left out: hold of 3s has no room for it beside"
    # Nobody misses an orienting line.
    no_b = () if second is CueKind.ORIENT else (f"line 8: 'b' {out} 'a', which matters more",)
    no_a = () if first is CueKind.ORIENT else (f"line 7: 'a' {out} 'b', which matters more",)
    assert left_out((first, second), 60, 50) == no_b
    assert left_out((first, second), 50, 60) == no_a


def test_of_two_that_matter_the_same_the_one_that_was_there_first_is_heard() -> None:
    assert left_out((CueKind.COUNT, CueKind.COUNT), 50, 50) == (
        "line 8: 'b' is left out: hold of 3s has no room for it beside 'a'",
    )


def test_a_chime_is_left_out_by_its_name() -> None:
    chime = Placement(Cue(Chime.SIDE, CueKind.CHIME, priority=LOW))
    lengths: dict[Sound, int] = {Chime.SIDE: 500, word("a"): 500}
    found = cast_interval(interval(chime, placed("a", HIGH)), 3000, lengths)
    out = "'side chime' is left out: hold of 3s has no room for it beside 'a', which matters more"
    assert told(found) == (out,)


@pytest.mark.parametrize(
    ("gap", "both"), [(SEPARATION_MS, True), (SEPARATION_MS - 1, False), (-1, False)]
)
def test_two_words_are_two_frames_apart_at_least(gap: int, *, both: bool) -> None:
    following = placed("b", LOW, 1000 + gap)
    found = cast(9000, {"a": 1000, "b": 500}, placed("a", HIGH), following)
    assert len(found.cues) == (2 if both else 1)
    assert SEPARATION_MS == 2 * FRAME_MS == 48


def test_one_word_without_room_among_thousands_is_soon_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = []
    clash = placing._Stage.clash

    def counted(stage: placing._Stage, chosen: dict[int, int]) -> tuple[int, ...] | None:
        tries.append(len(chosen))
        return clash(stage, chosen)

    monkeypatch.setattr(placing._Stage, "clash", counted)
    many = [with_shorter(placed("a", LOW, 1000 * n), "b") for n in range(4000)]
    found = cast(4_000_000, {"a": 500, "b": 300, "x": 300}, *many, placed("x", LOW - 1, 2_000_200))
    assert [cue.sound for cue in found.cues] == [word("a")] * 4000
    assert len(told(found)) == 1
    assert len(tries) < 60


def test_a_word_that_would_be_cut_off_is_left_out() -> None:
    for anchor, offset in ((Anchor.START, 2900), (Anchor.END, 100), (Anchor.END, 3001)):
        found = cast(3000, {"a": 200}, placed("a", HIGH, offset, anchor))
        assert found.cues == ()
        assert told(found) == ("'a' is left out: hold of 3s has no room for it",)


def test_what_followed_a_word_that_is_left_out_moves_up() -> None:
    found = cast(
        4000,
        {"long": 3000, "then": 500, "one": 400},
        placed("long", 50),
        placed("then", 60, 300, Anchor.AFTER),
        placed("one", HIGH, 1000, Anchor.END),
    )
    assert heard(found) == [(300, "then"), (3000, "one")]
    assert [note.partition(" ")[0] for note in told(found)] == ["'long'"]


# Weight decides, not order; and shorter forms are tried first

RESTING = {
    "Rest, five seconds.": 1400,
    "Rest.": 500,
    "Round two of two.": 1300,
    "Coming up: lunge.": 1300,
    "Lunge.": 600,
    "Two.": 400,
    "One.": 400,
}


def resting(length: int) -> Cast:
    """A rest that says how long it is, which round begins and what is next, and counts."""
    return cast(
        length,
        RESTING,
        with_shorter(placed("Rest, five seconds.", 84), "Rest."),
        placed("Round two of two.", 56, 400, Anchor.AFTER),
        with_shorter(placed("Coming up: lunge.", 82, 400, Anchor.AFTER), "Lunge."),
        placed("Two.", 72, 2000, Anchor.END),
        placed("One.", 72, 1000, Anchor.END),
    )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (9000, "Rest, five seconds. Round two of two. Coming up: lunge. Two. One."),
        (5600, "Rest. Round two of two. Lunge. Two. One."),
        (5000, "Rest, five seconds. Lunge. Two. One."),
        (3600, "Rest. Lunge. Two. One."),
        (2000, "Rest. Lunge."),
        (1500, "Rest, five seconds."),
        (700, "Rest."),
        (500, ""),
    ],
)
def test_the_less_room_the_shorter_and_then_the_fewer(length: int, words: str) -> None:
    found = resting(length)
    assert " ".join(text for _, text in heard(found)) == words
    assert len(found.cues) + len(found.notes) == 5, "what is heard in short needs no note"


def test_the_last_of_a_row_stays_if_it_matters_most() -> None:
    """In the order of time it would be the first to go."""
    found = cast(
        2000,
        {"round": 900, "name": 900, "brief": 900},
        placed("round", 50),
        placed("name", 80, 300, Anchor.AFTER),
        placed("brief", 90, 300, Anchor.AFTER),
    )
    assert [text for _, text in heard(found)] == ["brief"]
    assert told(found) == (
        "'round' is left out: hold of 2s has no room for it beside 'brief', which matters more",
        "'name' is left out: hold of 2s has no room for it beside 'brief', which matters more",
    )


def test_the_longest_form_that_fits_is_heard() -> None:
    for length, text in ((1100, "a"), (1000, "b"), (700, "c")):
        one = with_shorter(placed("a", HIGH), "b", "c")
        found = cast(length, {"a": 1000, "b": 800, "c": 300}, one)
        assert heard(found) == [(0, text)]


# Whatever is asked for

_priorities = st.integers(0, 100) | st.sampled_from([LOW, HIGH])
_placements = st.lists(
    st.tuples(_priorities, st.sampled_from(Anchor), st.integers(0, 12_000), st.integers(24, 4000)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=examples(300))
@given(wanted=_placements, length=st.integers(0, 15_000), shortened=st.sets(st.integers(0, 7)))
def test_never_two_at_once_in_whatever_form(
    wanted: list[tuple[int, Anchor, int, int]], length: int, shortened: set[int]
) -> None:
    lengths = {f"word {number}": ms for number, (*_, ms) in enumerate(wanted)}
    lengths |= {f"{text} in short": ms // 2 for text, ms in lengths.items()}
    whole = [
        placed(f"word {number}", priority, offset, anchor)
        for number, (priority, anchor, offset, _) in enumerate(wanted)
    ]
    shorter = [
        with_shorter(each, f"word {number} in short") if number in shortened else each
        for number, each in enumerate(whole)
    ]
    found = cast(length, lengths, *shorter)
    ends = [(offset, offset + lengths[text]) for offset, text in heard(found)]
    assert all(start >= 0 and end + SEPARATION_MS <= length for start, end in ends)
    assert all(before[1] + SEPARATION_MS <= after[0] for before, after in pairwise(ends))
    assert len(found.cues) + len(found.notes) == len(wanted)


@settings(max_examples=examples(300))
@given(wanted=_placements, length=st.integers(0, 15_000))
def test_never_two_at_once_and_none_cut_off(
    wanted: list[tuple[int, Anchor, int, int]], length: int
) -> None:
    lengths = {f"word {number}": ms for number, (*_, ms) in enumerate(wanted)}
    placements = [
        placed(f"word {number}", priority, offset, anchor)
        for number, (priority, anchor, offset, _) in enumerate(wanted)
    ]
    found = cast(length, lengths, *placements)
    ends = [(offset, offset + lengths[text]) for offset, text in heard(found)]
    assert all(start >= 0 and end + SEPARATION_MS <= length for start, end in ends)
    assert all(before[1] + SEPARATION_MS <= after[0] for before, after in pairwise(ends))
    assert len(found.cues) + len(found.notes) == len(wanted)
    for _, text in heard(found):
        assert not [note for note in told(found) if note.startswith(f"'{text}'")]


@settings(max_examples=examples(300))
@given(wanted=_placements, length=st.integers(0, 15_000))
def test_the_most_important_that_fits_is_always_heard(
    wanted: list[tuple[int, Anchor, int, int]], length: int
) -> None:
    lengths: dict[str, int] = {}
    priorities: dict[str, int] = {}
    placements: list[Placement] = []
    for priority, anchor, offset, ms in wanted:
        start = length - offset if anchor is Anchor.END else offset
        if start < 0 or start + ms + SEPARATION_MS > length:
            continue  # it has no room even alone
        name = f"word {len(placements)}"
        placements.append(
            placed(name, priority, offset, Anchor.END if anchor is Anchor.END else Anchor.START)
        )
        lengths[name] = ms
        priorities[name] = priority
    spoken = {text for _, text in heard(cast(length, lengths, *placements))}
    most = max(priorities.values(), default=0)
    assert not priorities or spoken & {name for name in priorities if priorities[name] == most}


def test_a_word_without_room_takes_no_place() -> None:
    """At 2.5 s of 3 s, one second has no room: the first word could be heard whole."""
    found = cast(
        3000,
        {"fits": 2700, "too long": 1000},
        placed("fits", LOW),
        placed("too long", HIGH, 2500),
    )
    assert heard(found) == [(0, "fits")]


@settings(max_examples=examples(200))
@given(wanted=_placements)
def test_a_time_as_long_as_needed_leaves_no_word_out_for_want_of_room_at_its_end(
    wanted: list[tuple[int, Anchor, int, int]],
) -> None:
    """`needed` is about words in turn: those that follow one another, then a countdown."""
    lengths: dict[Sound, int] = {
        word(f"word {number}"): ms for number, (*_, ms) in enumerate(wanted)
    }
    placements = [
        placed(f"word {number}", priority, SEPARATION_MS + offset, Anchor.AFTER)
        for number, (priority, _, offset, _) in enumerate(wanted)
    ]
    whole = interval(*placements)
    least = needed(whole, lengths)
    short = least - (ANNOUNCED_MS - SEPARATION_MS if wanted else 0)
    assert cast_interval(whole, least, lengths).notes == ()
    assert cast_interval(whole, short, lengths).notes == ()  # fits, but runs into what follows
    assert len(cast_interval(whole, short - 1, lengths).notes) > 0


def test_an_orienting_line_without_room_is_left_out_without_a_note() -> None:
    found = cast(
        1000, {"a": 900, "b": 900}, placed("a", HIGH), of_kind(CueKind.ORIENT, placed("b", LOW))
    )
    assert [text for _, text in heard(found)] == ["a"]
    assert found.notes == ()


def test_more_room_is_needed_for_the_longest_of_its_choices() -> None:
    cue = Cue(word("a"), CueKind.REST, choices=((1000, word("a longer one")),))
    lengths: dict[Sound, int] = {word("a"): 100, word("a longer one"): 900}
    assert needed(interval(Placement(cue)), lengths) == 900 + SEPARATION_MS


# Gaps


def lines(count: int) -> tuple[Cue, ...]:
    return tuple(Cue(word(f"line {number}"), CueKind.ORIENT) for number in range(count))


@settings(max_examples=examples(200))
@given(
    length=st.integers(0, 300_000),
    count=st.integers(1, 4),
    ms=st.integers(200, 6000),
    orient_after=st.integers(8000, 60_000),
)
def test_no_silence_in_a_gap_is_longer_than_wanted(
    length: int, count: int, ms: int, orient_after: int
) -> None:
    fillers = lines(count)
    lengths: dict[Sound, int] = {cue.sound: ms for cue in fillers}
    gap = Gap(Span(0, 0, 300_000), Glue.MOVE, Wait.MOVE, fillers)
    found = cast_gap(gap, length, lengths, orient_after)
    # A line not said is noted; where it is said nothing overlaps, and it moves by a frame at most.
    edges = [0, *(edge for cue in found.cues for edge in (cue.offset, cue.offset + ms)), length]
    assert edges == sorted(edges)
    if not found.notes:
        silences = [after - before for before, after in pairwise(edges)][::2]
        assert max(silences) <= max(orient_after, 0) + FRAME_MS
    texts = [text for _, text in heard(found)]
    assert all(before != after for before, after in pairwise(texts)) or count == 1


@pytest.mark.parametrize(("length", "said"), [(15_000, 0), (30_000, 1)])
def test_a_pause_that_was_only_nudged_to_the_next_frame_is_no_longer_one(
    length: int, said: int
) -> None:
    """Whether a line is heard in a pause of just 15 s would be up to the words before it."""
    gap = Gap(Span(0, 0, 300_000), Glue.MOVE, Wait.MOVE, lines(2))
    lengths: dict[Sound, int] = {cue.sound: 500 for cue in gap.fillers}
    for nudged in range(1 - FRAME_MS, FRAME_MS):
        assert len(cast_gap(gap, length + nudged, lengths, 15_000).cues) == said
    assert len(cast_gap(gap, length + 2 * FRAME_MS, lengths, 15_000).cues) == said + 1


@pytest.mark.parametrize(("orient_after", "fillers"), [(0, 2), (15_000, 0), (60_000, 2)])
def test_a_gap_that_stays_silent(orient_after: int, fillers: int) -> None:
    gap = Gap(Span.exactly(60_000), Glue.MOVE, Wait.DO, lines(fillers))
    lengths: dict[Sound, int] = {cue.sound: 500 for cue in gap.fillers}
    assert cast_gap(gap, 60_000, lengths, orient_after) == Cast()
