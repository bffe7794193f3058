"""Numbers in as many bytes as they need: back as they were, and never past their end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.varint import read, written


@given(st.integers(0, 2**63 - 1), st.binary(max_size=3), st.binary(max_size=3))
def test_a_number_is_read_as_it_was_written(value: int, before: bytes, after: bytes) -> None:
    content = written(value)
    assert len(content) == max(1, -(-value.bit_length() // 7))
    message = before + content + after
    assert read(message, len(before), 9) == (value, len(before + content))


@given(st.integers(2**7, 2**63 - 1))
def test_one_that_is_cut_or_too_long_is_none(value: int) -> None:
    content = written(value)
    with pytest.raises(IndexError):
        read(content[:-1], 0, 9)
    with pytest.raises(ValueError, match="too large"):
        read(content, 0, len(content) - 1)
