"""Cutting a text into what the service takes at a time."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.errors import VoiceError
from audiocoach.voice.gtts.text import LONGEST_PART, pieces

WORDS = st.lists(
    st.text("abcdéß語", min_size=1, max_size=12).flatmap(
        lambda word: st.sampled_from([word, word, word, word + ",", word + ".", word + "?"])
    ),
    min_size=1,
    max_size=120,
)
FEW_WORDS = st.lists(
    st.sampled_from(["a", "bb", "ccc", "dd,", "eee.", "f,", "gggg"]), min_size=1, max_size=9
)


def texts(text: str, longest: int = LONGEST_PART) -> list[str]:
    return [part.text for part in pieces(text, longest)]


@given(WORDS)
def test_no_word_is_lost_and_no_part_too_long(words: list[str]) -> None:
    found = texts(" ".join(words))
    assert " ".join(found) == " ".join(words)
    assert all(0 < len(part) <= LONGEST_PART for part in found)


@given(st.text(max_size=400))
def test_any_text_is_cut_or_refused(text: str) -> None:
    if not any(map(str.isalnum, text)):
        with pytest.raises(VoiceError):
            pieces(text)
        return
    assert all(len(part) <= LONGEST_PART and any(map(str.isalnum, part)) for part in texts(text))


@given(FEW_WORDS)
def test_the_cut_is_the_best_of_all(words: list[str]) -> None:
    """Against every way to cut: seldom inside a clause, then few parts, then at sentences."""
    longest = 10

    def cost(chosen: list[str]) -> tuple[int, int, int]:
        ends = [part[-1] for part in chosen[:-1]]
        inside = sum(end not in ".," for end in ends)
        return inside, len(chosen), ends.count(",")

    ways = [
        [" ".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, len(words)), strict=True)]
        for count in range(len(words))
        for cuts in combinations(range(1, len(words)), count)
    ]
    possible = [way for way in ways if all(len(part) <= longest for part in way)]
    assert cost(texts(" ".join(words), longest)) == min(map(cost, possible))


def test_a_text_of_100_characters_is_one_part() -> None:
    text = "Hold, and hold. " * 6 + "Rest"
    assert len(text) == 100
    assert texts(text) == [text]


def test_cuts_and_pauses() -> None:
    text = "One, two. Three, (four.) Five six seven"
    assert [(part.text, part.pause) for part in pieces(text, 17)] == [
        ("One, two.", 450),
        ("Three, (four.)", 450),
        ("Five six seven", 40),
    ]
    assert [part.pause for part in pieces("Up now, and down again", 14)] == [200, 40]


def test_where_there_are_no_spaces() -> None:
    assert texts("请站直。慢慢呼吸，然后放松。", 8) == ["请站直。", "慢慢呼吸，", "然后放松。"]
    assert texts("ab" * 12, 10) == ["ababababab", "ababababab", "abab"]
    assert texts("e\u0323\u0302" * 3 + "x\u0323" * 9, 4)  # accents stay on their letters


def test_what_is_not_spoken_is_not_asked_for() -> None:
    assert texts("  Rest.\n\tNow\x00go  ") == ["Rest. Now go"]
    assert texts("Rest " + "- " * 14 + "now", 10) == ["Rest -", "- - - now"]
    for silent in ("", " ", "...", "—", "?!\n"):
        with pytest.raises(VoiceError, match="has nothing to say; reword it"):
            pieces(silent)
    with pytest.raises(VoiceError, match="more than 10000 characters"):
        pieces("long " * 2001)


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    assert len(texts("word, " * 1600)) == 100
