from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audiocoach.sound.crc16 import crc16, crc16_bulk, join, join_all, repeat


def test_is_crc_16_arc() -> None:
    # The check value of the catalogue of parametrised CRC algorithms.
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=3000))
def test_bulk_is_the_same(data: bytes) -> None:
    assert crc16_bulk(data) == crc16(data)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_joined(first: bytes, second: bytes) -> None:
    assert join(crc16(first), crc16(second), len(second)) == crc16(first + second)


@given(st.binary(max_size=40), st.integers(0, 50))
def test_repeated(data: bytes, times: int) -> None:
    assert repeat(crc16(data), len(data), times) == crc16(data * times)


@given(st.lists(st.binary(max_size=60)))
def test_all_joined(parts: list[bytes]) -> None:
    assert join_all((crc16(part), len(part)) for part in parts) == crc16(b"".join(parts))
