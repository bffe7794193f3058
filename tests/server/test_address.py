from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.server.address import LONGEST, Address, of_query, options, read, with_query
from audiocoach.server.refusals import AddressError
from audiocoach.settings.resolve import Options

ENDINGS = (".mp3", ".json", ".chapters.json", ".html")


def reading(text: str) -> Address | None:
    path, _, query = text.partition("?")
    return read(path, query, ENDINGS)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("/sessions/foot-relief.mp3", "/s/foot-relief.mp3"),
        ("/s/foot-relief.mp3", "/s/foot-relief.mp3"),
        (
            "/sessions/foot-relief.mp3?coaching=brief&pace=slow",
            "/s/foot-relief/pace=slow,coaching=brief.mp3",
        ),
        ("/s/a/warn_at=30s,warn_at=10%25.mp3", "/s/a/warn_at=30s,warn_at=10%25.mp3"),
        ("/sessions/a.mp3?warn-at=30s,10s", "/s/a/warn_at=30s,warn_at=10s.mp3"),
        ("/sessions/a.mp3?only=toe%20walk&only=2", "/s/a/only=toe%20walk,only=2.mp3"),
        ("/sessions/a.mp3?pace=&voice=espeak%3Aen%2Bf3", "/s/a/voice=espeak:en%2Bf3.mp3"),
        ("/sessions/a.mp3?duration=20m&rate=1", "/s/a/duration=20:00,rate=1.0.mp3"),
        ("/sessions/a.mp3?chimes=no", "/s/a/chimes=off.mp3"),
        ("/s/a/pace=slow/from/75000.mp3", "/s/a/pace=slow/from/75000.mp3"),
        ("/sessions/a/from/0.json?pace=slow", "/s/a/pace=slow/from/0.json"),
        ("/s/my.own%20routine.chapters.json", "/s/my.own%20routine.chapters.json"),
        ("/s/..%2F..%2Fetc%2Fpasswd.mp3", "/s/..%2F..%2Fetc%2Fpasswd.mp3"),
    ],
)
def test_what_means_the_same_has_one_canonical_path(text: str, canonical: str) -> None:
    address = reading(text)
    assert address
    assert address.path == canonical
    assert reading(canonical) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "/s", "/s/", "/s/a", "/sessions/a", "/a.mp3", "/x/a.mp3"),
        *("/s/a/pace=slow/more.mp3", "/sessions/a/pace=slow.mp3", "/s/a.mp3?pace=slow"),
        *("/s/a.wav", "/s/from/1.mp3/a", "/s/a/from/1/2.mp3", "//s/a.mp3", "/s/../a/b/c.mp3"),
    ],
)
def test_what_is_no_address_of_a_session(text: str) -> None:
    assert reading(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/s/a/pase=slow.mp3", "'pase' is not a setting for an address; did you mean pace?"),
        ("/s/a/pace=slwo.mp3", "pace: 'slwo' is not possible here; did you mean slow? "
         "write slow, normal or brisk"),
        ("/s/a/pace=slow,pace=brisk.mp3", "pace is given twice; leave one out"),
        ("/s/a/offline=off.mp3", "'offline' is not a setting for an address; there are duration"),
        ("/s/a/fallback=on.mp3", "'fallback' is not a setting for an address"),
        ("/s/a/bed=~root%2Fx.wav.mp3", "bed: write off, rain, brook, drone; a file can't be named"),
        ("/s/a/rounds=101.mp3", "rounds: '101' is not a whole number from 1 to 100"),
        ("/s/a/from/1e3.mp3", "'1e3' is not a number of milliseconds"),
        ("/s/a/from/1234567890.mp3", "'1234567890' is not a number of milliseconds"),
        ("/s/%ff.mp3", "the address is not UTF-8"),
        ("/sessions/a.mp3?pace=%ff", "the query can't be read"),
        ("/s/a/" + "x" * LONGEST + ".mp3", "the address is longer than 2000 characters"),
        ("/sessions/a.mp3?" + "only=1&" * 61, "an address holds 60 settings at most"),
        ("/sessions/a.mp3?" + "only=1&" * 130, "the query can't be read"),
    ],
)  # fmt: skip
def test_what_an_address_can_not_say(text: str, message: str) -> None:
    with pytest.raises(AddressError) as told:
        reading(text)
    assert str(told.value).startswith(message)


@given(st.sampled_from(["/s/", "/sessions/", "/"]), st.text(), st.text())
@settings(max_examples=examples(500))
def test_any_text_is_an_address_or_none_or_an_error(start: str, middle: str, query: str) -> None:
    path = start + quote(middle, safe="/=,:%+") + ".mp3"
    try:
        found = read(path, quote(query, safe="=&%+"), ENDINGS)
    except AddressError:
        return
    assert found is None or read(found.path, "", ENDINGS) == found


@given(
    st.text(min_size=1).filter(lambda name: name.isprintable()),
    st.fixed_dictionaries(
        {},
        optional={
            "pace": st.sampled_from(["slow", "brisk"]),
            "duration": st.sampled_from(["natural", "19:30", "7min", "90500ms"]),
            "warn_at": st.sampled_from(["off", "10s", "30s,10%"]),
            "only": st.sampled_from(["1", "1,2", "toe walk"]),
            "chimes": st.sampled_from(["on", "off"]),
        },
    ),
    st.none() | st.integers(0, 999_999_999),
)
@settings(max_examples=examples(200))
def test_an_address_and_its_path_are_one(
    name: str, chosen: dict[str, str], start: int | None
) -> None:
    address = Address(name, options(chosen.items()), ".html", start)
    assert read(address.path, "", ENDINGS) == address


def test_a_form_sends_empty_values_and_means_none() -> None:
    chosen = of_query("pace=&coaching=brief&voice=")
    assert chosen == Options(coaching="brief")
    assert with_query("/", chosen) == "/?coaching=brief"
    assert with_query("/", Options()) == "/"
