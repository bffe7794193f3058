"""An M4B that a stranger gives: what a frame tells is looked at before its memory is read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from audiocoach.errors import VerificationError
from audiocoach.verify.mp4 import Mp4, opened_mp4


def frame(channels: int, form: str = "fltp") -> Any:
    def read() -> Any:
        if channels != 1:
            raise AssertionError("of other channels there is no memory: this is a crash")
        return np.ones((1, 1024), np.float32)

    layout = SimpleNamespace(nb_channels=channels)
    return SimpleNamespace(format=SimpleNamespace(name=form), layout=layout, to_ndarray=read)


def sound(*frames: Any, samples: int) -> Mp4:
    codec = SimpleNamespace(channels=1)
    stream = SimpleNamespace(
        rate=48_000, codec_context=codec, duration=samples, time_base=Fraction(1, 48_000)
    )
    return Mp4(SimpleNamespace(decode=lambda _: iter(frames)), stream)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [frame(12), frame(2), frame(1, "s16")])
def test_a_frame_of_another_kind_ends_it(other: Any) -> None:
    decoder = sound(frame(1), other, frame(1), samples=4096)
    assert [len(decoder.read()) for _ in range(2)] == [1024, 0]


def test_what_fills_the_last_frame_is_left_out() -> None:
    decoder = sound(*[frame(1)] * 3, samples=2000)
    assert [len(decoder.read()) for _ in range(3)] == [1024, 976, 0]


def test_what_is_no_mp4_after_its_first_bytes_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.m4b").write_bytes(b"\0\0\0\x18ftypM4B " + bytes(400))
    decoded = pytest.raises(VerificationError, match=r"^\S+ can't be decoded: ")
    with decoded as caught, opened_mp4(tmp_path / "x.m4b"):
        pass
    assert "\n" not in str(caught.value)
