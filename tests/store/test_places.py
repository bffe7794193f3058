"""What holds for a cache in any place: a folder, fsspec's memory, S3."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audiocoach.errors import DeliveryError
from audiocoach.store import Cache, key
from audiocoach.store.entry import HEADER_SIZE, sealed
from audiocoach.store.folder import Folder
from audiocoach.store.place import Place

Opened = Callable[[], Place]
KEY = key("a text", 1)
PAYLOAD = bytes(range(256)) * 4


def test_what_was_put_is_got(place: Opened) -> None:
    cache = Cache(place())
    assert cache.get("clip", KEY) is None
    assert cache.length("clip", KEY) is None
    cache.put("clip", KEY, PAYLOAD, samples=12_345)
    cache.put("mp3", KEY, b"")
    for each in (cache, Cache(place())):
        assert each.get("clip", KEY) == PAYLOAD
        assert each.length("clip", KEY) == 12_345
        assert (each.get("mp3", KEY), each.length("mp3", KEY)) == (b"", 0)
        assert each.lengths("clip", [KEY, key("none"), KEY]) == {KEY: 12_345}
    assert cache.warning is None


def test_what_is_put_again_is_one_entry(place: Opened) -> None:
    cache = Cache(place())
    cache.put("clip", KEY, PAYLOAD)
    cache.put("clip", KEY, PAYLOAD[::-1])
    assert cache.usage() == {"clip": (1, HEADER_SIZE + len(PAYLOAD))}
    assert Cache(place()).get("clip", KEY) == PAYLOAD[::-1]


def test_a_flipped_bit_anywhere_is_noticed_and_healed(place: Opened) -> None:
    payload = PAYLOAD[:40]
    whole = sealed("clip", KEY, payload, 7)
    for where in {*range(0, len(whole), 5), HEADER_SIZE - 1, HEADER_SIZE, len(whole) - 1}:
        damaged = bytearray(whole)
        damaged[where] ^= 1 << where % 8
        place().write("clip", KEY, bytes(damaged))
        cache = Cache(place())
        assert cache.get("clip", KEY) is None
        assert cache.length("clip", KEY) == (None if where < HEADER_SIZE else 7)
    Cache(place()).put("clip", KEY, payload, samples=7)
    assert Cache(place()).get("clip", KEY) == payload


@pytest.mark.parametrize("kept", [0, 1, HEADER_SIZE - 1, HEADER_SIZE, HEADER_SIZE + 99])
def test_a_cut_entry_is_missing(place: Opened, kept: int) -> None:
    place().write("clip", KEY, sealed("clip", KEY, PAYLOAD[:100], 5)[:kept])
    cache = Cache(place())
    assert cache.get("clip", KEY) is None
    if kept <= HEADER_SIZE or isinstance(place(), Folder):  # S3 does not tell the size with a part
        assert cache.length("clip", KEY) is None or kept == HEADER_SIZE
    cache.put("clip", KEY, PAYLOAD[:100], samples=5)
    assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (PAYLOAD[:100], 5)


def test_a_longer_a_foreign_and_a_renamed_entry_are_missing(place: Opened) -> None:
    whole, other = sealed("clip", KEY, PAYLOAD, 7), key("another")
    for kind, of, content in (
        ("clip", KEY, whole + b"\0"),
        ("clip", other, whole),
        ("mp3", KEY, whole),
        ("bed", KEY, random.Random(1).randbytes(300)),  # noqa: S311 - no secret
    ):
        place().write(kind, of, content)
        assert Cache(place()).get(kind, of) is None


def test_all_that_is_there_is_told_and_cleared(place: Opened) -> None:
    cache = Cache(place())
    assert cache.usage() == {}
    assert cache.clear() == 0
    for kind, text in (("clip", "a"), ("clip", "b"), ("region", "c")):
        cache.put(kind, key(text), b"x" * 936)
    assert cache.usage() == {"clip": (2, 2000), "region": (1, 1000)}
    assert cache.clear() == 3000
    assert cache.usage() == {}
    assert cache.get("clip", key("a")) is None


def test_a_place_that_can_be_used_proves_it_and_is_as_before(place: Opened) -> None:
    Cache(place()).prove()
    assert Cache(place()).usage() == {}


class Full:
    """A place that takes nothing more."""

    def __init__(self, inner: Place) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def write(self, *_entry: object) -> None:
        raise OSError(28, "No space left on device")

    def prove(self) -> None:
        self.write()


def test_a_full_place_is_a_warning_and_the_build_goes_on(place: Opened) -> None:
    cache = Cache(Full(place()))  # type: ignore[arg-type]
    cache.put("clip", KEY, PAYLOAD, samples=9)
    assert (cache.get("clip", KEY), cache.length("clip", KEY)) == (PAYLOAD, 9)
    assert Cache(place()).get("clip", KEY) is None
    assert "No space left on device" in (cache.warning or "")
    with pytest.raises(DeliveryError, match="No space left on device"):
        cache.prove()


# A folder near it


def test_what_was_read_once_is_near(place: Opened, tmp_path: Path) -> None:
    Cache(place()).put("clip", KEY, PAYLOAD, samples=9)
    near = Folder(tmp_path / "near")
    cache = Cache(place(), near)
    assert cache.length("clip", KEY) == 9
    assert cache.get("clip", KEY) == PAYLOAD
    Cache(place()).clear()
    later = Cache(place(), near)
    assert (later.get("clip", KEY), later.length("clip", KEY)) == (PAYLOAD, 9)


def test_a_length_that_was_asked_once_is_near(place: Opened, tmp_path: Path) -> None:
    Cache(place()).put("clip", KEY, PAYLOAD, samples=9)
    Cache(place()).put("clip", key("b"), PAYLOAD, samples=10)
    near = Folder(tmp_path / "near")
    lengths = {KEY: 9, key("b"): 10}
    assert Cache(place(), near).lengths("clip", [*lengths, key("c")]) == lengths
    Cache(place()).clear()
    assert Cache(place(), near).lengths("clip", [*lengths, key("c")]) == lengths
    assert Cache(place(), near).get("clip", KEY) is None, "and the clip is spoken again"


@pytest.mark.parametrize("damaged", ["near", "far", "both"])
def test_damage_on_either_side_never_reaches_a_session(
    place: Opened, tmp_path: Path, damaged: str
) -> None:
    near, other = Folder(tmp_path / "near"), bytearray(sealed("clip", KEY, PAYLOAD, 9))
    other[-1] ^= 1
    cache = Cache(place(), near)
    cache.put("clip", KEY, PAYLOAD, samples=9)
    cache.flush()
    for name, each in (("near", near), ("far", place())):
        if damaged in {name, "both"}:
            each.write("clip", KEY, bytes(other))
    assert cache.get("clip", KEY) == (None if damaged == "both" else PAYLOAD)
    cache.put("clip", KEY, PAYLOAD, samples=9)
    cache.flush()
    for healed in (Cache(near), Cache(place())):
        assert healed.get("clip", KEY) == PAYLOAD


def test_many_are_asked_for_at_once_and_near_then(place: Opened, tmp_path: Path) -> None:
    payloads = {key(number): b"%d" % number for number in range(40)}
    for each, payload in payloads.items():
        Cache(place()).put("region", each, payload)
    near = Folder(tmp_path / "near")
    asked = [*payloads, key("none"), *payloads]
    assert Cache(place(), near).payloads("region", asked) == payloads
    assert Cache(near).payloads("region", asked) == payloads


def test_what_was_put_is_there_once_the_cache_is_flushed(place: Opened, tmp_path: Path) -> None:
    """Also what was put by several threads; a warning waits for the last of it."""
    payloads = {key(number): b"%d" % number for number in range(200)}
    cache = Cache(place(), Folder(tmp_path / "near"))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: cache.put("region", each, payloads[each]), payloads))
    assert cache.warning is None
    assert Cache(place()).payloads("region", payloads) == payloads


def test_what_is_of_one_computer_stays_on_it(place: Opened, tmp_path: Path) -> None:
    cache = Cache(place(), Folder(tmp_path / "near"))
    cache.put("notice", KEY, b"given")
    assert cache.get("notice", KEY) == b"given"
    assert cache.length("notice", KEY) == 0
    assert Cache(place()).usage() == {}


def test_only_what_is_near_is_trimmed(place: Opened, tmp_path: Path) -> None:
    near = Folder(tmp_path / "near")
    cache = Cache(place(), near)
    for number in range(5):
        cache.put("clip", key(number), b"x" * 936)
    assert cache.trim(2000) > 0
    assert Cache(near).usage()["clip"][0] < 3
    assert cache.usage() == {"clip": (5, 5000)}


def test_a_folder_near_that_can_not_be_written_is_no_matter(place: Opened, tmp_path: Path) -> None:
    (tmp_path / "near").touch()
    cache = Cache(place(), Folder(tmp_path / "near"))
    cache.put("clip", KEY, PAYLOAD, samples=9)
    assert cache.warning is None
    assert Cache(place()).get("clip", KEY) == cache.get("clip", KEY) == PAYLOAD
