"""Which MP3 is whole: any kind that LAME makes, and none that is cut or changed."""

from __future__ import annotations

import random

import lameenc
import numpy as np
import pytest
from fake_translate import RATE, hum, speech
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.voice.gtts.frames import is_whole


def encoded(rate: int, channels: int, *, kbit: int = 0, seconds: float = 0.6) -> bytes:
    """Noise, loud and soft by turns, as MP3; with a variable bit rate if none is given."""
    encoder = lameenc.Encoder()
    encoder.silence()
    if kbit:
        encoder.set_bit_rate(kbit)
    else:
        encoder.set_vbr(4)
        encoder.set_vbr_quality(4)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    noise = np.random.default_rng(1).normal(size=(int(rate * seconds), channels)) * 3000
    noise[len(noise) // 3 : len(noise) // 2] /= 100
    return bytes(encoder.encode(noise.astype("<i2").tobytes()) + encoder.flush())


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000])
def test_each_kind_is_whole(rate: int, channels: int) -> None:
    for kbit in (0, 32, 64, *((128, 320) if rate >= 32000 else (8, 160))):
        mp3 = encoded(rate, channels, kbit=kbit)
        assert is_whole(mp3), kbit
        assert not is_whole(mp3[:-1])
        tagged = b"ID3\4\0\0\0\0\0\5" + bytes(5) + mp3 + b"TAG".ljust(128, b"x")
        assert is_whole(tagged)


@pytest.mark.parametrize("content", [b"", b"ID3", b"\xff", b"<html>", bytes(1000), b"TAG" * 99])
def test_what_is_no_mp3_is_not_whole(content: bytes) -> None:
    assert not is_whole(content)


@settings(max_examples=examples(300))
@given(content=st.binary(max_size=400), head=st.booleans())
def test_any_bytes_have_an_answer(content: bytes, head: bool) -> None:
    assert is_whole((speech("Hold.")[:300] if head else b"") + content) in (True, False)


@pytest.mark.parametrize("size", [1, 3])
def test_a_cut_is_noticed_anywhere_but_between_two_frames(size: int) -> None:
    mp3 = speech("Stand tall. " * size)
    cuts = [end for end in range(len(mp3)) if is_whole(mp3[:end])]
    assert all(end % 96 == 0 for end in cuts)
    assert not is_whole(mp3[96 * 4 :])  # the first frames would be missed by the others


@pytest.mark.parametrize(("kbit", "noticed"), [(32, 0.97), (64, 0.80)])
def test_of_changed_bytes_nearly_all_are_noticed(kbit: int, noticed: float) -> None:
    """In an answer of 64 kbit/s, one of seven changes the bits of the sound alone: 14 %.

    No decoder can tell those from others.
    """
    chance = random.Random(1)  # noqa: S311
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbit)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(1)
    mp3 = bytes(encoder.encode(hum(2.0, 150).tobytes()) + encoder.flush())
    found = 0
    for _ in range(500):
        content = bytearray(mp3)
        for at in chance.sample(range(len(mp3)), 60):
            content[at] ^= chance.randrange(1, 256)
        found += not is_whole(bytes(content))
    assert found / 500 >= noticed
